package dev.latchkey.web.account;

import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.Forms;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.Subject;
import dev.latchkey.session.PageSession;
import dev.latchkey.web.Identifier;
import dev.latchkey.web.LinkPages;
import dev.latchkey.web.LinkPages.Way;
import dev.latchkey.web.session.OwnForms;
import dev.latchkey.web.session.OwnOrigin;
import dev.latchkey.web.session.PassphraseForms;
import dev.latchkey.web.session.PassphraseForms.Outcome;
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

/** Signs in, by a mailed link or by address and passphrase, and out. Nobody learns here who has an account. */
@Controller("/account")
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class SignInController {
    static final URI ACCOUNT = URI.create("/account");
    private static final URI PASSPHRASE = URI.create("/account/profile#passphrase");
    private static final String LINK = ACCOUNT.getPath() + "/link";

    private final LinkRequestService links;
    private final PassphraseForms passphrases;
    private final SignedInBrowsers browsers;
    private final CallerAddressResolver callers;
    private final Forms forms;
    private final OwnForms ownForms;
    private final OwnOrigin origin;
    private final LinkPages pages;
    private final SignInPages signInPages;

    SignInController(
            LinkRequestService links,
            PassphraseForms passphrases,
            SignedInBrowsers browsers,
            CallerAddressResolver callers,
            Forms forms,
            OwnForms ownForms,
            OwnOrigin origin,
            LinkPages pages,
            SignInPages signInPages) {
        this.links = links;
        this.passphrases = passphrases;
        this.browsers = browsers;
        this.callers = callers;
        this.forms = forms;
        this.ownForms = ownForms;
        this.origin = origin;
        this.pages = pages;
        this.signInPages = signInPages;
    }

    /** Forms that were wrong are shown at these addresses, and people load them again. */
    @Get(uris = {"/link", "/sign-in", "/sign-out", "/assistants"})
    HttpResponse<?> again() {
        return HttpResponse.seeOther(ACCOUNT);
    }

    @Post("/link")
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    HttpResponse<?> mailLink(HttpRequest<?> request) {
        Identifier typed;
        try (Form form = forms.form(request)) {
            typed = Identifier.in(form);
            if (Identifier.isToCorrect(form)) {
                return signInPages.again(typed);
            }
        }
        if (!origin.made(request)) {
            return signInPages.foreign();
        }
        return typed.subject()
                .<HttpResponse<?>>map(subject -> send(request, typed, subject))
                .orElseGet(() -> signInPages.refused(typed));
    }

    private HttpResponse<?> send(HttpRequest<?> request, Identifier typed, Subject subject) {
        LinkOutcome outcome = links.requestSignIn(subject, Caller.page(callers.of(request)));
        return pages.asked(request, outcome, Way.of(typed, ACCOUNT.getPath(), LINK));
    }

    /** For who is signed in and is asked for a fresh proof. */
    @Post("/link/again")
    @Consumes(MediaType.ALL)
    HttpResponse<?> mailOwnLink(HttpRequest<?> request, PageSession session) {
        ownForms.check(request, session);
        Caller caller = Caller.page(callers.of(request));
        LinkOutcome outcome = links.confirm(session.account(), LinkPurpose.SIGN_IN, caller, UnknownUser.REPORT);
        return pages.asked(request, outcome, new Way(ACCOUNT.getPath(), LINK + "/again", null, session.csrf()));
    }

    @Post("/sign-in")
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    HttpResponse<?> signIn(HttpRequest<?> request) {
        if (!origin.made(request)) {
            return signInPages.foreign();
        }
        Outcome outcome;
        boolean toProfile;
        try (Form form = forms.form(request)) {
            outcome = passphrases.signIn(request, form);
            toProfile = SignInPages.leadsToProfile(form.text(SignInPages.TO));
        }
        return switch (outcome) {
            case Outcome.Refused refused -> signInPages.refused(refused, toProfile);
            case Outcome.SignedIn in ->
                browsers.remember(request, HttpResponse.seeOther(toProfile ? PASSPHRASE : ACCOUNT), in.cookie());
        };
    }

    @Post("/sign-out")
    @Consumes(MediaType.ALL)
    HttpResponse<?> signOut(HttpRequest<?> request, PageSession session) {
        ownForms.check(request, session);
        return browsers.signOut(request, HttpResponse.seeOther(ACCOUNT));
    }
}
