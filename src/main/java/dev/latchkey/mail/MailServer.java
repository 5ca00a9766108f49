package dev.latchkey.mail;

import java.util.Optional;

/** The mail server, as far as it can be asked without a mail. */
public interface MailServer {

    /** Where it is and how it is spoken to: {@code smtp.example.com:587, starttls}. */
    String name();

    /**
     * Connects, protects the connection and signs in, as for a mail. Takes as long as its time-outs allow.
     *
     * @return why it cannot be used; empty where it can
     */
    Optional<String> connect();
}
