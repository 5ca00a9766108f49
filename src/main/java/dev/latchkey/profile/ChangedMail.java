package dev.latchkey.profile;

import dev.latchkey.account.Accounts;
import dev.latchkey.account.PreferredLanguages;
import dev.latchkey.magiclink.LinkStatusService;
import dev.latchkey.mail.MailContent;
import dev.latchkey.mail.MailKind;
import dev.latchkey.mail.OutboxMail;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The notice that a profile was changed: field names, never values. It is about the request that was saved. */
@Singleton
final class ChangedMail implements MailKind {
    static final String KIND = "changed";

    private final LinkStatusService saves;
    private final Accounts accounts;
    private final PreferredLanguages languages;

    ChangedMail(LinkStatusService saves, Accounts accounts, PreferredLanguages languages) {
        this.saves = saves;
        this.accounts = accounts;
        this.languages = languages;
    }

    @Override
    public Set<String> names() {
        return Set.of(KIND);
    }

    @Override
    public Optional<MailContent> compose(OutboxMail mail) {
        return saves.savedWith(UUID.fromString(mail.aboutId()))
                .flatMap(save -> accounts.findById(save.accountId())
                        .map(account -> new MailContent.Message(
                                account.email().value(),
                                languages.of(account.id()).orElse(Locale.ENGLISH),
                                KIND,
                                KIND,
                                Map.of("changed", save.changed(), "at", save.at()),
                                List.of())));
    }

    @Override
    public void accepted(OutboxMail mail, Instant at) {
        // Nobody waits for it.
    }

    @Override
    public void undeliverable(OutboxMail mail, Instant at) {
        // Parked where the operator sees it; the change itself stands.
    }
}
