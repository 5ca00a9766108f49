package dev.latchkey.magiclink;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.PreferredLanguages;
import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.LinkSettings;
import dev.latchkey.mail.MailContent;
import dev.latchkey.mail.MailKind;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.trace.Traces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The mails with a link, each about a request. The link is minted when the mail is sent, never before. */
@Singleton
final class LinkMail implements MailKind {
    static final String EDIT = "edit-link";
    static final String SIGN_IN = "sign-in-link";
    static final String AUTHORIZE = "authorize-link";
    static final String CONFIRM = "confirm-link";
    /** The one mail that goes to an undeliverable address: its owner asked by hand that it be tried again. */
    static final String TRIAL = "mailbox-link";

    static final String REGISTRATION = "registration-link";
    /** Somebody wanted to sign up with the address of an account; its owner gets a link to it instead. */
    static final String ACCOUNT_EXISTS = "account-exists";

    static final Set<String> KINDS = Set.of(EDIT, SIGN_IN, AUTHORIZE, CONFIRM, TRIAL, REGISTRATION, ACCOUNT_EXISTS);

    /** Nobody has an address below this domain (RFC 2606). */
    private static final String NOBODY = "nobody@example.invalid";

    private final LinkRequests requests;
    private final MagicLinks links;
    private final LinkIssuer issuer;
    private final RanOutLinks ranOut;
    private final LinkTokens tokens;
    private final Accounts accounts;
    private final PreferredLanguages languages;
    private final List<MailedBeside> beside;
    private final BaseUrl baseUrl;
    private final Duration lifetime;
    private final Traces traces;
    private final Clock clock;

    LinkMail(
            LinkRequests requests,
            MagicLinks links,
            LinkIssuer issuer,
            RanOutLinks ranOut,
            LinkTokens tokens,
            Accounts accounts,
            PreferredLanguages languages,
            List<MailedBeside> beside,
            BaseUrl baseUrl,
            LinkSettings settings,
            Traces traces,
            Clock clock) {
        this.requests = requests;
        this.links = links;
        this.issuer = issuer;
        this.ranOut = ranOut;
        this.tokens = tokens;
        this.accounts = accounts;
        this.languages = languages;
        this.beside = beside;
        this.baseUrl = baseUrl;
        this.lifetime = settings.linkLifetime();
        this.traces = traces;
        this.clock = clock;
    }

    @Override
    public Set<String> names() {
        return KINDS;
    }

    /** Which mail follows a sign-up tells whether the address was taken. */
    @Override
    public String metric(String name) {
        return Set.of(EDIT, SIGN_IN, AUTHORIZE, TRIAL).contains(name) ? name : "sign-up";
    }

    @Override
    public Optional<String> requestOf(OutboxMessage mail) {
        return Optional.of(mail.aboutId());
    }

    @Override
    public Optional<MailContent> compose(OutboxMessage mail) {
        traces.follows(idOf(mail));
        return requests.findMailed(idOf(mail)).flatMap(request -> compose(request, mail.kind()));
    }

    private Optional<MailContent> compose(LinkRequests.Mailed request, String kind) {
        String texts = kind.equals(TRIAL) ? CONFIRM : kind;
        UUID accountId = request.accountId();
        if (accountId == null) {
            return message(request, NOBODY, Locale.ENGLISH, texts).map(MailContent.Decoy::new);
        }
        Instant now = clock.instant();
        if (!request.openAt(now) && !request.outdatedAt(now)) {
            return Optional.empty();
        }
        return accounts.findById(accountId)
                .filter(Account::usable)
                .flatMap(account -> request.outdatedAt(now)
                        ? Optional.of(new MailContent.Outdated())
                        : message(
                                        request,
                                        account.email().value(),
                                        languages.of(accountId).orElse(Locale.ENGLISH),
                                        texts)
                                .map(message -> account.undeliverable() && !kind.equals(TRIAL)
                                        ? new MailContent.Withheld(message)
                                        : message));
    }

    private Optional<MailContent.Message> message(LinkRequests.Mailed request, String to, Locale locale, String texts) {
        return beside.stream()
                .filter(more -> more.purpose() == request.purpose())
                .findFirst()
                .map(more -> more.of(request.linkId()))
                .orElse(Optional.of(Map.of()))
                .map(more -> message(request, to, locale, texts, more));
    }

    private MailContent.Message message(
            LinkRequests.Mailed request, String to, Locale locale, String texts, Map<String, Object> more) {
        String token = tokens.mint(request.linkId(), request.purpose());
        String link = baseUrl.resolve(request.purpose().pathOf(token));
        String phrase = request.matchPhrase();
        String door = request.door().name().toLowerCase(Locale.ROOT).replace('_', '-');
        String assistant = request.assistant();
        Map<String, Object> model = new HashMap<>(more);
        model.put("link", link);
        model.put("matchPhrase", phrase);
        model.put("lifetime", lifetime);
        model.put("at", request.createdAt());
        model.put("by", List.of(assistant == null ? door : door + "-named"));
        model.put("who", Objects.requireNonNullElse(assistant, ""));
        return new MailContent.Message(to, locale, "link", texts, model, List.of(phrase));
    }

    @Override
    public Optional<String> recipient(OutboxMessage mail) {
        return requests.findMailed(idOf(mail))
                .map(LinkRequests.Mailed::accountId)
                .flatMap(accounts::findById)
                .map(account -> account.email().value());
    }

    @Override
    public void renew(OutboxMessage mail, Instant at) {
        issuer.renew(idOf(mail), at);
    }

    @Override
    public void accepted(OutboxMessage mail, Instant at) {
        ranOut.makeRoom();
        Instant end = at.plus(lifetime);
        requests.markSent(idOf(mail), end);
        links.startLifetime(idOf(mail), end, OpenLinks.longest(at, lifetime));
    }

    /** The account was blocked before its mail could be sent: the link that nobody got must not lie about for ever. */
    @Override
    public void dropped(OutboxMessage mail, Instant at) {
        requests.markWithdrawn(idOf(mail), LinkState.UNSENT, at);
        links.deleteByRequestId(idOf(mail));
    }

    @Override
    public void undeliverable(OutboxMessage mail, Instant at) {
        Instant end = at.plus(lifetime);
        requests.markUndeliverable(idOf(mail), at, end);
        links.endUnsent(idOf(mail), end, OpenLinks.longest(at, lifetime));
    }

    private static UUID idOf(OutboxMessage mail) {
        return UUID.fromString(mail.aboutId());
    }
}
