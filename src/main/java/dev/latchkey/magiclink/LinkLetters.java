package dev.latchkey.magiclink;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.PreferredLanguages;
import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.LinkSettings;
import dev.latchkey.mail.Letter;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Writes the mails that carry a link. It is minted when the mail is sent, never before. */
@Singleton
class LinkLetters {
    private final LinkRequests requests;
    private final MagicLinks links;
    private final LinkTokens tokens;
    private final Accounts accounts;
    private final PreferredLanguages languages;
    private final BaseUrl baseUrl;
    private final LinkSettings settings;
    private final Clock clock;

    LinkLetters(
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

    Optional<Letter> compose(UUID requestId, String template) {
        return requests.findById(requestId).flatMap(request -> compose(request, template));
    }

    private Optional<Letter> compose(LinkRequest request, String template) {
        UUID accountId = request.accountId();
        if (accountId == null) {
            return Optional.of(new Letter.Decoy());
        }
        return links.findByRequestId(request.id())
                .filter(link -> link.openAt(clock.instant()))
                .flatMap(link -> accounts.findById(accountId).filter(Account::usable))
                .map(account -> message(request, account, template));
    }

    private Letter message(LinkRequest request, Account account, String template) {
        String token = tokens.mint(request.linkId(), request.purpose());
        return new Letter.Message(
                account.email().value(),
                languages.of(account.id()).orElse(Locale.ENGLISH),
                template,
                Map.of(
                        "link",
                        baseUrl.resolve(request.purpose().pathOf(token)),
                        "matchPhrase",
                        request.matchPhrase(),
                        "lifetime",
                        settings.linkLifetime()),
                List.of(request.matchPhrase()));
    }

    void accepted(UUID requestId, Instant at) {
        Instant expiresAt = at.plus(settings.linkLifetime());
        requests.markSent(requestId, expiresAt);
        links.startLifetime(requestId, expiresAt);
    }

    /** The account was blocked before its mail could be sent: the link that nobody got must not lie about for ever. */
    void dropped(UUID requestId, Instant at) {
        requests.markWithdrawn(requestId, at);
        links.deleteByRequestId(requestId);
    }

    void undeliverable(UUID requestId, Instant at) {
        // The link stays: an operator may send the mail again once the mailbox takes it.
        requests.markUndeliverable(requestId, at);
    }
}
