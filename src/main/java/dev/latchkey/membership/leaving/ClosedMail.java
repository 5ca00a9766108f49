package dev.latchkey.membership.leaving;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.PreferredLanguages;
import dev.latchkey.config.BaseUrl;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkTokens;
import dev.latchkey.mail.MailContent;
import dev.latchkey.mail.MailKind;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.membership.moving.EmailMoves;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Says that an account was closed and when it will be erased, with the link that takes it back. It is about the account,
 * and perhaps about a move, and then goes to the address that was left with it.
 */
@Singleton
final class ClosedMail implements MailKind {
    static final String KIND = "account-closed";

    private final Closures closures;
    private final EmailMoves moves;
    private final Accounts accounts;
    private final LinkTokens tokens;
    private final PreferredLanguages languages;
    private final BaseUrl baseUrl;
    private final Clock clock;

    ClosedMail(
            Closures closures,
            EmailMoves moves,
            Accounts accounts,
            LinkTokens tokens,
            PreferredLanguages languages,
            BaseUrl baseUrl,
            Clock clock) {
        this.closures = closures;
        this.moves = moves;
        this.accounts = accounts;
        this.tokens = tokens;
        this.languages = languages;
        this.baseUrl = baseUrl;
        this.clock = clock;
    }

    /** What such a mail to an earlier address is about. */
    static String about(UUID accountId, String moveId) {
        return accountId + " " + moveId;
    }

    @Override
    public Set<String> names() {
        return Set.of(KIND);
    }

    @Override
    public Optional<MailContent> compose(OutboxMessage mail) {
        UUID id = accountOf(mail);
        return closures.find(id)
                .filter(closure -> closure.openAt(clock.instant()))
                .flatMap(closure -> accounts.findById(id)
                        .filter(account -> account.status() == AccountStatus.CLOSED)
                        .flatMap(account -> to(mail, account).map(to -> {
                            MailContent.Message message = message(to, account, closure);
                            return account.undeliverable()
                                            && to.equals(account.email().value())
                                    ? new MailContent.Withheld(message)
                                    : message;
                        })));
    }

    private MailContent.Message message(String to, Account account, Closures.Closure closure) {
        String token = tokens.mint(closure.linkId(), LinkPurpose.KEEP_ACCOUNT);
        return new MailContent.Message(
                to,
                languages.of(account.id()).orElse(Locale.ENGLISH),
                "message",
                KIND,
                Map.of(
                        "link",
                        baseUrl.resolve(LinkPurpose.KEEP_ACCOUNT.pathOf(token)),
                        "email",
                        account.email().value(),
                        "at",
                        closure.closedAt(),
                        "end",
                        closure.eraseAt()),
                List.of());
    }

    @Override
    public Optional<String> recipient(OutboxMessage mail) {
        return accounts.findById(accountOf(mail)).flatMap(account -> to(mail, account));
    }

    @Override
    public void renew(OutboxMessage mail, Instant at) {
        closures.renew(accountOf(mail), tokens.newLinkId(at));
    }

    @Override
    public void accepted(OutboxMessage mail, Instant at) {
        // The link works from the closing on, until the account is erased.
    }

    @Override
    public void undeliverable(OutboxMessage mail, Instant at) {
        // Parked where the operator sees it; the account stays closed.
    }

    private static UUID accountOf(OutboxMessage mail) {
        return UUID.fromString(mail.aboutId().split(" ", 2)[0]);
    }

    private Optional<String> to(OutboxMessage mail, Account account) {
        int end = mail.aboutId().indexOf(' ');
        return end < 0
                ? Optional.of(account.email().value())
                : moves.leftWith(UUID.fromString(mail.aboutId().substring(end + 1)));
    }
}
