package dev.latchkey.devinbox;

import dev.latchkey.mail.MailKinds;
import dev.latchkey.mail.MailStamp;
import dev.latchkey.mail.OutboxMail;
import jakarta.inject.Singleton;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;

/** Writes on each mail which request it answers, so that a test finds the mail of its own. */
@Singleton
@OnlyInDev
final class RequestIdStamp implements MailStamp {
    static final String HEADER = "X-Latchkey-Request-Id";

    private final MailKinds kinds;

    RequestIdStamp(MailKinds kinds) {
        this.kinds = kinds;
    }

    @Override
    public void put(OutboxMail mail, Message message) {
        String request = kinds.find(mail).flatMap(kind -> kind.requestOf(mail)).orElse(null);
        try {
            if (request != null) {
                message.setHeader(HEADER, request);
            }
        } catch (MessagingException e) {
            throw new IllegalStateException("A message that takes no header", e);
        }
    }
}
