package dev.latchkey.operator;

import dev.latchkey.account.EmailAddress;
import dev.latchkey.config.BaseUrl;
import dev.latchkey.mail.MailContent;
import dev.latchkey.mail.MailKind;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.mail.OutboxMessages;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the owner of an account that an operator deleted it. There is nothing left to look anything up in, so the row
 * itself has address and language, for as long as the mail waits: one that is given up is not parked, it goes.
 */
@Singleton
final class DeletedMail implements MailKind {
    static final String KIND = "account-deleted";

    private final BaseUrl baseUrl;
    private final OutboxMessages mails;

    DeletedMail(BaseUrl baseUrl, OutboxMessages mails) {
        this.baseUrl = baseUrl;
        this.mails = mails;
    }

    static String about(EmailAddress email, Locale locale) {
        return locale.toLanguageTag() + " " + email;
    }

    @Override
    public Set<String> names() {
        return Set.of(KIND);
    }

    @Override
    public Optional<MailContent> compose(OutboxMessage mail) {
        String[] about = partsOf(mail);
        return Optional.of(new MailContent.Message(
                about[1],
                Locale.forLanguageTag(about[0]),
                "message",
                KIND,
                Map.of("link", baseUrl.resolve("/support"), "email", about[1], "at", mail.createdAt()),
                List.of()));
    }

    @Override
    public Optional<String> recipient(OutboxMessage mail) {
        return Optional.of(partsOf(mail)[1]);
    }

    private static String[] partsOf(OutboxMessage mail) {
        return mail.aboutId().split(" ", 2);
    }

    @Override
    public void accepted(OutboxMessage mail, Instant at) {
        // Nothing is left that could be told of it.
    }

    @Override
    public void undeliverable(OutboxMessage mail, Instant at) {
        mails.remove(mail.id());
    }
}
