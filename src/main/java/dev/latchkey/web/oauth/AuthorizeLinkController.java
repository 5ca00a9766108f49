package dev.latchkey.web.oauth;

import dev.latchkey.account.Account;
import dev.latchkey.account.PreferredLanguages;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.Forms;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.membership.SignInLinks;
import dev.latchkey.membership.SignInLinks.Used;
import dev.latchkey.oauth.authorization.AuthorizationSignIns;
import dev.latchkey.oauth.authorization.AuthorizationSignIns.Waiting;
import dev.latchkey.text.Languages;
import dev.latchkey.web.DeadLinkPages;
import dev.latchkey.web.Pages;
import dev.latchkey.web.session.OwnOrigin;
import dev.latchkey.web.session.SignedInBrowsers;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The page behind a mailed link of somebody who is to answer an assistant: its one button signs in with the browser in
 * front of them, and leads on to the question. As with every such link, looking and scanning do nothing.
 */
@Controller("/oauth/in/{token}")
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class AuthorizeLinkController {
    private static final LinkPurpose PURPOSE = LinkPurpose.AUTHORIZE;
    /** What the query of a request follows. */
    static final String AUTHORIZE = "/oauth/authorize?";

    private static final String ACCOUNT = "/account";

    private final SignInLinks signInLinks;
    private final AuthorizationSignIns signIns;
    private final SignedInBrowsers browsers;
    private final CallerAddressResolver callers;
    private final Forms forms;
    private final OwnOrigin origin;
    private final Languages locales;
    private final PreferredLanguages languages;
    private final DeadLinkPages deadLinks;

    AuthorizeLinkController(
            SignInLinks signInLinks,
            AuthorizationSignIns signIns,
            SignedInBrowsers browsers,
            CallerAddressResolver callers,
            Forms forms,
            OwnOrigin origin,
            Languages locales,
            PreferredLanguages languages,
            DeadLinkPages deadLinks) {
        this.signInLinks = signInLinks;
        this.signIns = signIns;
        this.browsers = browsers;
        this.callers = callers;
        this.forms = forms;
        this.origin = origin;
        this.locales = locales;
        this.languages = languages;
        this.deadLinks = deadLinks;
    }

    @Get
    HttpResponse<?> show(HttpRequest<?> request, String token) {
        return switch (signInLinks.look(token, PURPOSE)) {
            case Inspection.Open open -> page(request, token, open.account());
            case Inspection.Refused refused -> dead(request, token, refused);
        };
    }

    @Post
    @Consumes(MediaType.ALL)
    HttpResponse<?> signIn(HttpRequest<?> request, String token) {
        if (!forms.isForm(request) || !origin.made(request)) {
            return show(request, token);
        }
        boolean pressed;
        boolean keep;
        try (Form form = forms.form(request)) {
            pressed = "sign-in".equals(form.text("do"));
            keep = "keep".equals(form.text("existing"));
        }
        return pressed ? signIn(request, token, keep) : show(request, token);
    }

    private HttpResponse<?> signIn(HttpRequest<?> request, String token, boolean keep) {
        String next = next(token); // What waits is gone with the link.
        return switch (signInLinks.use(token, PURPOSE, keep, SignedInBrowsers.client(request), callers.of(request))) {
            case Used.SignedIn in -> browsers.remember(request, HttpResponse.seeOther(URI.create(next)), in.cookie());
            case Used.Refused refused -> dead(request, token, refused.refusal());
        };
    }

    private HttpResponse<?> page(HttpRequest<?> request, String token, Account account) {
        languages.of(account.id()).ifPresent(language -> locales.follow(request, language.toLanguageTag()));
        return Pages.show(
                HttpStatus.OK,
                "oauth/in",
                "action",
                PURPOSE.pathOf(URLEncoder.encode(token, StandardCharsets.UTF_8)),
                "client",
                signIns.waitingFor(token).map(Waiting::client).orElse(null),
                "email",
                account.email().value(),
                "pin",
                Integer.toString(account.pin()),
                "unproven",
                account.passphraseHash() != null && !account.verified());
    }

    private HttpResponse<?> dead(HttpRequest<?> request, String token, Inspection.Refused refusal) {
        return deadLinks.explain(request, refusal.withoutChanges(), "authorize.dead", next(token));
    }

    /** To the question while it is known. */
    private String next(String token) {
        return signIns.waitingFor(token)
                .map(waiting -> AUTHORIZE + waiting.query())
                .orElse(ACCOUNT);
    }
}
