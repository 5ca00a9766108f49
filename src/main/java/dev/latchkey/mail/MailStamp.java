package dev.latchkey.mail;

import jakarta.mail.Message;

/** What an environment writes on every mail, immediately before it is sent. */
public interface MailStamp {

    /** Adds headers of its own to a message that is complete. */
    void put(OutboxMessage mail, Message message);
}
