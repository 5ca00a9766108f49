package dev.latchkey.web.oauth;

import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkStatusService;
import dev.latchkey.magiclink.Provenance;
import dev.latchkey.magiclink.Subject;
import dev.latchkey.membership.SignInLinks;
import dev.latchkey.membership.SignInLinks.Used;
import dev.latchkey.oauth.authorization.AuthorizationSignIns;
import dev.latchkey.oauth.authorization.AuthorizationSignIns.Guess;
import dev.latchkey.oauth.authorization.Checked;
import dev.latchkey.web.Identifier;
import dev.latchkey.web.LinkPages;
import dev.latchkey.web.oauth.AuthorizePages.Mailed;
import dev.latchkey.web.session.PassphraseForms;
import dev.latchkey.web.session.PassphraseForms.Outcome;
import dev.latchkey.web.session.SignedInBrowsers;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The forms with which somebody signs in to answer: an address or PIN to be mailed at, the code of that mail, or address
 * and passphrase. Each leads to the question, and tells nobody who has an account.
 */
@Singleton
final class AuthorizeSignIn {
    static final String CODE = "code";
    private static final String REQUEST = "request";

    private final AuthorizationSignIns signIns;
    private final SignInLinks links;
    private final LinkStatusService statuses;
    private final PassphraseForms passphrases;
    private final SignedInBrowsers browsers;
    private final CallerAddressResolver callers;
    private final AuthorizePages pages;
    private final LinkPages linkPages;

    AuthorizeSignIn(
            AuthorizationSignIns signIns,
            SignInLinks links,
            LinkStatusService statuses,
            PassphraseForms passphrases,
            SignedInBrowsers browsers,
            CallerAddressResolver callers,
            AuthorizePages pages,
            LinkPages linkPages) {
        this.signIns = signIns;
        this.links = links;
        this.statuses = statuses;
        this.passphrases = passphrases;
        this.browsers = browsers;
        this.callers = callers;
        this.pages = pages;
        this.linkPages = linkPages;
    }

    HttpResponse<?> answer(HttpRequest<?> request, Checked.Valid asked, Form form) {
        String code = form.text(CODE);
        if (code != null) {
            return type(request, asked, form, code);
        }
        if (form.text(PassphraseForms.PASSPHRASE) != null) {
            return signIn(request, asked, form);
        }
        Identifier typed = Identifier.in(form);
        if (Identifier.isToCorrect(form)) {
            return pages.again(asked, typed);
        }
        return typed.subject()
                .<HttpResponse<?>>map(subject -> mail(request, asked, typed, subject))
                .orElseGet(() -> pages.refused(asked, typed));
    }

    private HttpResponse<?> mail(HttpRequest<?> request, Checked.Valid asked, Identifier typed, Subject subject) {
        Caller caller = Caller.page(callers.of(request));
        return switch (signIns.mail(subject, caller, Asking.of(asked).host(), asked.query())) {
            case LinkOutcome.Accepted accepted ->
                pages.mailed(request, new Mailed(asked, accepted.requestId(), accepted.matchPhrase(), typed));
            case LinkOutcome.LimitReached limit -> linkPages.asked(request, limit, AuthorizePages.way(asked, typed));
        };
    }

    private HttpResponse<?> signIn(HttpRequest<?> request, Checked.Valid asked, Form form) {
        return switch (passphrases.signIn(request, form)) {
            case Outcome.Refused refused -> pages.refused(asked, refused);
            case Outcome.SignedIn in -> question(request, asked, in.cookie());
        };
    }

    private HttpResponse<?> type(HttpRequest<?> request, Checked.Valid asked, Form form, String code) {
        Mailed mailed = mailed(asked, form).orElse(null);
        if (mailed == null) {
            return pages.ended(asked);
        }
        if (code.isBlank()) {
            return pages.missing(request, mailed);
        }
        return switch (signIns.guess(mailed.requestId(), asked.query(), code)) {
            case Guess.Wrong wrong -> pages.wrong(request, mailed, wrong.left());
            case Guess.Ended ended -> pages.ended(asked);
            case Guess.Right right -> use(request, asked, right.token());
        };
    }

    /** The mail whose code somebody types; empty where there is none. */
    private Optional<Mailed> mailed(Checked.Valid asked, Form form) {
        return parsed(Objects.requireNonNullElse(form.text(REQUEST), ""))
                .flatMap(id -> statuses.provenanceOf(id)
                        .map(Provenance::matchPhrase)
                        .map(phrase -> new Mailed(asked, id, phrase, Identifier.in(form))));
    }

    /** There is nobody here to say that a passphrase from before the first proof is theirs, so it goes. */
    private HttpResponse<?> use(HttpRequest<?> request, Checked.Valid asked, String token) {
        return switch (links.use(
                token, LinkPurpose.AUTHORIZE, false, SignedInBrowsers.client(request), callers.of(request))) {
            case Used.SignedIn in -> question(request, asked, in.cookie());
            case Used.Refused refused -> pages.ended(asked);
        };
    }

    private HttpResponse<?> question(HttpRequest<?> request, Checked.Valid asked, String cookie) {
        URI address = URI.create(AuthorizePages.address(asked));
        return browsers.remember(request, HttpResponse.seeOther(address), cookie);
    }

    private static Optional<UUID> parsed(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
