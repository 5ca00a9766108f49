package dev.latchkey.web.oauth;

import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.Forms;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.oauth.Consent;
import dev.latchkey.oauth.Grants;
import dev.latchkey.oauth.authorization.AuthorizationRequests;
import dev.latchkey.oauth.authorization.Checked;
import dev.latchkey.session.PageSession;
import dev.latchkey.web.session.OwnForms;
import dev.latchkey.web.session.OwnOrigin;
import dev.latchkey.web.session.SignedInBrowsers;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The authorization endpoint: asks whoever is signed in whether an assistant is to be let in, and takes the answer to it;
 * everybody else signs in first. What cannot be asked about is told to the person alone, and led nowhere.
 */
@Controller("/oauth/authorize")
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class AuthorizeController {
    private static final String DECISION = "do";
    private static final String ALLOW = "allow";
    private static final String DENY = "deny";
    private static final String OTHER_ACCOUNT = "other";

    private final AuthorizationRequests requests;
    private final Grants grants;
    private final AuthorizeSignIn signIn;
    private final SignedInBrowsers browsers;
    private final OwnForms ownForms;
    private final OwnOrigin origin;
    private final Forms forms;
    private final CallerAddressResolver callers;
    private final AuthorizePages pages;

    AuthorizeController(
            AuthorizationRequests requests,
            Grants grants,
            AuthorizeSignIn signIn,
            SignedInBrowsers browsers,
            OwnForms ownForms,
            OwnOrigin origin,
            Forms forms,
            CallerAddressResolver callers,
            AuthorizePages pages) {
        this.requests = requests;
        this.grants = grants;
        this.signIn = signIn;
        this.browsers = browsers;
        this.ownForms = ownForms;
        this.origin = origin;
        this.forms = forms;
        this.callers = callers;
        this.pages = pages;
    }

    @Get
    HttpResponse<?> show(HttpRequest<?> request) {
        return ask(request, asked -> page(request, asked));
    }

    @Post
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    HttpResponse<?> answer(HttpRequest<?> request) {
        return ask(request, asked -> {
            try (Form form = forms.form(request)) {
                return answer(request, asked, form);
            }
        });
    }

    private HttpResponse<?> ask(HttpRequest<?> request, Function<Checked.Valid, HttpResponse<?>> way) {
        return switch (requests.check(request.getUri().getRawQuery(), callers.of(request))) {
            case Checked.Valid asked -> way.apply(asked);
            case Checked.Redirected redirected -> HttpResponse.seeOther(redirected.to());
            case Checked.Unusable unusable -> pages.unusable(unusable.reason());
        };
    }

    private HttpResponse<?> page(HttpRequest<?> request, Checked.Valid asked) {
        return browsers.find(request)
                .<HttpResponse<?>>map(session -> pages.consent(request, session, asked))
                .orElseGet(() -> pages.signIn(asked));
    }

    private HttpResponse<?> answer(HttpRequest<?> request, Checked.Valid asked, Form form) {
        String decision = form.text(DECISION);
        if (decision == null || !Set.of(ALLOW, DENY, OTHER_ACCOUNT).contains(decision)) {
            return origin.made(request) ? signIn.answer(request, asked, form) : pages.foreign(asked);
        }
        Optional<PageSession> session = browsers.find(request);
        if (session.isEmpty()) {
            return again(asked);
        }
        ownForms.check(form, session.get());
        return switch (decision) {
            case ALLOW -> allow(session.get(), asked);
            case DENY -> HttpResponse.seeOther(asked.denied());
            default -> browsers.signOut(request, HttpResponse.seeOther(URI.create(AuthorizePages.address(asked))));
        };
    }

    private HttpResponse<?> allow(PageSession session, Checked.Valid asked) {
        Consent consent = new Consent(
                asked.client().id(),
                asked.client().host(),
                asked.client().name(),
                asked.scopes(),
                asked.redirectUri(),
                asked.codeChallenge());
        return grants.allow(session, consent)
                .<HttpResponse<?>>map(code -> HttpResponse.seeOther(asked.granted(code)))
                .orElseGet(() -> again(asked));
    }

    /** Where whoever is signed out meanwhile can sign in again. */
    private static HttpResponse<?> again(Checked.Valid asked) {
        return HttpResponse.seeOther(URI.create(AuthorizePages.address(asked)));
    }
}
