package dev.latchkey.magiclink;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.PreferredLanguages;
import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.LinkSettings;
import dev.latchkey.mail.Letter;
import dev.latchkey.mail.MailKind;
import dev.latchkey.mail.OutboxMail;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The mail with the link. Its subject id is the request; the link is minted when it is sent, never before. */
@Singleton
final class EditLinkMail implements MailKind {
    static final String KIND = "edit-link";

    private final LinkRequests requests;
    private final MagicLinks links;
    private final LinkTokens tokens;
    private final Accounts accounts;
    private final PreferredLanguages languages;
    private final BaseUrl baseUrl;
    private final LinkSettings settings;
    private final Clock clock;

    EditLinkMail(
            LinkRequests requests,
            MagicLinks links,
            LinkTokens tokens,
            Accounts accounts,
            PreferredLanguages languages,
            BaseUrl baseUrl,
            LinkSettings settings,
            Clock clock) {
        this.requests = requests;
        this.links = links;
        this.tokens = tokens;
        this.accounts = accounts;
        this.languages = languages;
        this.baseUrl = baseUrl;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public Optional<Letter> compose(OutboxMail mail) {
        return requests.findById(requestOf(mail)).flatMap(this::compose);
    }

    private Optional<Letter> compose(LinkRequest request) {
        UUID accountId = request.accountId();
        if (accountId == null) {
            return Optional.of(new Letter.Decoy());
        }
        return links.findByRequestId(request.id())
                .filter(link -> link.openAt(clock.instant()))
                .flatMap(link -> accounts.findById(accountId).filter(Account::usable))
                .map(account -> message(request, account));
    }

    private Letter message(LinkRequest request, Account account) {
        String link = baseUrl.resolve("/edit/" + tokens.mint(request.linkId(), request.purpose()));
        return new Letter.Message(
                account.email().value(),
                languages.of(account.id()).orElse(Locale.ENGLISH),
                KIND,
                Map.of("link", link, "matchPhrase", request.matchPhrase(), "lifetime", settings.linkLifetime()),
                List.of(request.matchPhrase()));
    }

    @Override
    public void accepted(OutboxMail mail, Instant at) {
        Instant expiresAt = at.plus(settings.linkLifetime());
        requests.markSent(requestOf(mail), expiresAt);
        links.startLifetime(requestOf(mail), expiresAt);
    }

    @Override
    public void undeliverable(OutboxMail mail, Instant at) {
        // The link stays: an operator may send the mail again once the mailbox takes it.
        requests.markUndeliverable(requestOf(mail), at);
    }

    private static UUID requestOf(OutboxMail mail) {
        return UUID.fromString(mail.subjectId());
    }
}
