package dev.latchkey.magiclink;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.PreferredLanguages;
import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.LinkSettings;
import dev.latchkey.mail.MailContent;
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
    /** Nobody has an address below this domain (RFC 2606). */
    private static final String NOBODY = "nobody@example.invalid";

    private final LinkRequests requests;
    private final MagicLinks links;
    private final RanOutLinks ranOut;
    private final LinkTokens tokens;
    private final Accounts accounts;
    private final PreferredLanguages languages;
    private final BaseUrl baseUrl;
    private final LinkSettings settings;
    private final LinkIssuer issuer;
    private final Clock clock;

    LinkLetters(
            LinkRequests requests,
            MagicLinks links,
            RanOutLinks ranOut,
            LinkTokens tokens,
            Accounts accounts,
            PreferredLanguages languages,
            BaseUrl baseUrl,
            LinkSettings settings,
            LinkIssuer issuer,
            Clock clock) {
        this.requests = requests;
        this.links = links;
        this.ranOut = ranOut;
        this.tokens = tokens;
        this.accounts = accounts;
        this.languages = languages;
        this.baseUrl = baseUrl;
        this.settings = settings;
        this.issuer = issuer;
        this.clock = clock;
    }

    Optional<MailContent> compose(UUID requestId, String template) {
        return requests.findById(requestId).flatMap(request -> compose(request, template));
    }

    private Optional<MailContent> compose(LinkRequest request, String template) {
        UUID accountId = request.accountId();
        if (accountId == null) {
            return Optional.of(new MailContent.Decoy(message(request, NOBODY, Locale.ENGLISH, template)));
        }
        Instant now = clock.instant();
        return links.findByRequestId(request.id())
                .filter(link -> link.openAt(now) || link.expiresAt() == null)
                .flatMap(link -> accounts.findById(accountId)
                        .filter(Account::usable)
                        .map(account -> link.openAt(now)
                                ? message(
                                        request,
                                        account.email().value(),
                                        languages.of(account.id()).orElse(Locale.ENGLISH),
                                        template)
                                : new MailContent.Outdated()));
    }

    void renew(UUID requestId, Instant at) {
        issuer.renew(requestId, at);
    }

    private MailContent.Message message(LinkRequest request, String to, Locale locale, String template) {
        String token = tokens.mint(request.linkId(), request.purpose());
        return new MailContent.Message(
                to,
                locale,
                "link",
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
        ranOut.makeRoom();
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
        Instant end = at.plus(settings.linkLifetime());
        requests.markUndeliverable(requestId, at, end);
        links.endUnsent(requestId, end);
    }
}
