package dev.latchkey.membership.moving;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.PreferredLanguages;
import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.MailSettings;
import dev.latchkey.history.ChangeLog;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkTokens;
import dev.latchkey.mail.MailContent;
import dev.latchkey.mail.MailKind;
import dev.latchkey.mail.OutboxMessage;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The mail to where an account is to move to. A mailbox that is nobody's here gets the link; whoever has an account with
 * it is told that somebody wanted to use it, and has nothing to do. It is about the wish.
 */
@Singleton
final class MoveMail implements MailKind {
    static final String KIND = "email-move";

    private static final String VIEW = "message";
    private static final String WANTED = "email-wanted";

    private final EmailMoves moves;
    private final Accounts accounts;
    private final ChangeLog changes;
    private final LinkTokens tokens;
    private final PreferredLanguages languages;
    private final BaseUrl baseUrl;
    private final Duration unsentFor;
    private final Clock clock;

    MoveMail(
            EmailMoves moves,
            Accounts accounts,
            ChangeLog changes,
            LinkTokens tokens,
            PreferredLanguages languages,
            BaseUrl baseUrl,
            MailSettings settings,
            Clock clock) {
        this.moves = moves;
        this.accounts = accounts;
        this.changes = changes;
        this.tokens = tokens;
        this.languages = languages;
        this.baseUrl = baseUrl;
        this.unsentFor = settings.mailGiveUpAfter().plus(EmailMove.LIFETIME);
        this.clock = clock;
    }

    @Override
    public Set<String> names() {
        return Set.of(KIND);
    }

    @Override
    public Optional<MailContent> compose(OutboxMessage mail) {
        return moves.findById(moveOf(mail))
                .filter(move -> move.state() == EmailMove.State.OPEN)
                .flatMap(move -> accounts.findById(move.accountId())
                        .filter(Account::usable)
                        .flatMap(account -> compose(move, account)));
    }

    private Optional<MailContent> compose(EmailMove move, Account account) {
        if (!move.openAt(clock.instant())) {
            return move.expiresAt() == null ? Optional.of(new MailContent.Outdated()) : Optional.empty();
        }
        EmailAddress to = new EmailAddress(move.email());
        Optional<Account> owner =
                accounts.findByEmail(to).filter(other -> !other.id().equals(account.id()));
        if (owner.isEmpty()) {
            MailContent.Message link = link(move, account, to);
            return Optional.of(changes.holdsEmail(to, account.id()) ? new MailContent.Decoy(link) : link);
        }
        MailContent.Message wanted = new MailContent.Message(
                to.value(),
                languageOf(owner.get()),
                VIEW,
                WANTED,
                Map.of("link", baseUrl.resolve("/"), "email", to.value(), "at", move.askedAt()),
                List.of());
        if (owner.get().undeliverable()) {
            return Optional.of(new MailContent.Withheld(wanted));
        }
        return Optional.of(owner.get().usable() ? wanted : new MailContent.Decoy(wanted));
    }

    private MailContent.Message link(EmailMove move, Account account, EmailAddress to) {
        String token = tokens.mint(move.linkId(), LinkPurpose.CHANGE_EMAIL);
        return new MailContent.Message(
                to.value(),
                languageOf(account),
                VIEW,
                KIND,
                Map.of(
                        "link",
                        baseUrl.resolve(LinkPurpose.CHANGE_EMAIL.pathOf(token)),
                        "email",
                        to.value(),
                        "from",
                        account.email().value(),
                        "at",
                        move.askedAt(),
                        "end",
                        EmailMove.LIFETIME),
                List.of());
    }

    private Locale languageOf(Account account) {
        return languages.of(account.id()).orElse(Locale.ENGLISH);
    }

    @Override
    public Optional<String> recipient(OutboxMessage mail) {
        return moves.findById(moveOf(mail)).map(EmailMove::email);
    }

    @Override
    public void renew(OutboxMessage mail, Instant at) {
        moves.renew(moveOf(mail), tokens.newLinkId(at), at.plus(unsentFor));
    }

    @Override
    public void accepted(OutboxMessage mail, Instant at) {
        moves.startLifetime(moveOf(mail), at.plus(EmailMove.LIFETIME));
    }

    @Override
    public void undeliverable(OutboxMessage mail, Instant at) {
        moves.endUnsent(moveOf(mail), at.plus(EmailMove.LIFETIME));
    }

    private static UUID moveOf(OutboxMessage mail) {
        return UUID.fromString(mail.aboutId());
    }
}
