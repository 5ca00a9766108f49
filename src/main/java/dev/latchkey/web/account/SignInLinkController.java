package dev.latchkey.web.account;

import dev.latchkey.account.Account;
import dev.latchkey.account.PreferredLanguages;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.Forms;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.membership.SignInLinks;
import dev.latchkey.membership.SignInLinks.Used;
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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The page behind a link that signs in. Looking signs nobody in, and neither does a form without the value of its one
 * button, which is what mail scanners send.
 */
@Controller("/account/in/{token}")
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class SignInLinkController {
    private static final LinkPurpose PURPOSE = LinkPurpose.SIGN_IN;

    private final SignInLinks signInLinks;
    private final LinkRequestService links;
    private final SignedInBrowsers browsers;
    private final CallerAddressResolver callers;
    private final Forms forms;
    private final OwnOrigin origin;
    private final Languages locales;
    private final PreferredLanguages languages;
    private final DeadLinkPages deadLinks;
    private final Pages pages;

    SignInLinkController(
            SignInLinks signInLinks,
            LinkRequestService links,
            SignedInBrowsers browsers,
            CallerAddressResolver callers,
            Forms forms,
            OwnOrigin origin,
            Languages locales,
            PreferredLanguages languages,
            DeadLinkPages deadLinks,
            Pages pages) {
        this.signInLinks = signInLinks;
        this.links = links;
        this.browsers = browsers;
        this.callers = callers;
        this.forms = forms;
        this.origin = origin;
        this.locales = locales;
        this.languages = languages;
        this.deadLinks = deadLinks;
        this.pages = pages;
    }

    private static String address(String token) {
        return PURPOSE.pathOf(URLEncoder.encode(token, StandardCharsets.UTF_8));
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
        return switch (signInLinks.use(token, PURPOSE, keep, SignedInBrowsers.client(request), callers.of(request))) {
            case Used.SignedIn in ->
                browsers.remember(request, HttpResponse.seeOther(SignInController.ACCOUNT), in.cookie());
            case Used.Refused refused -> dead(request, token, refused.refusal());
        };
    }

    @Post("/resend")
    @Consumes(MediaType.ALL)
    HttpResponse<?> resend(HttpRequest<?> request, String token) {
        return links.requestAgain(token, PURPOSE, callers.of(request))
                .<HttpResponse<?>>map(outcome -> pages.asked(request, outcome, true, address(token)))
                .orElseGet(() -> show(request, token));
    }

    private HttpResponse<?> page(HttpRequest<?> request, String token, Account account) {
        languages.of(account.id()).ifPresent(language -> locales.follow(request, language.toLanguageTag()));
        return Pages.show(
                HttpStatus.OK,
                "account/in",
                "action",
                address(token),
                "email",
                account.email().value(),
                "pin",
                Integer.toString(account.pin()),
                "unproven",
                account.passphraseHash() != null && !account.verified());
    }

    private HttpResponse<?> dead(HttpRequest<?> request, String token, Inspection.Refused refusal) {
        return deadLinks.explainSignIn(request, address(token), refusal);
    }
}
