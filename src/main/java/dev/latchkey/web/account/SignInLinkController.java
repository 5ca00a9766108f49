package dev.latchkey.web.account;

import dev.latchkey.account.Account;
import dev.latchkey.account.PreferredLanguages;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.text.Languages;
import dev.latchkey.text.Texts;
import dev.latchkey.web.DeadLinkPages;
import dev.latchkey.web.LinkPages;
import dev.latchkey.web.Pages;
import dev.latchkey.web.session.ExistingPassphrase;
import dev.latchkey.web.session.LinkSignIns;
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
import jakarta.inject.Named;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The page behind a link that signs in on the account's own pages. */
@Controller("/account/in/{token}")
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class SignInLinkController {
    private static final LinkPurpose PURPOSE = LinkPurpose.SIGN_IN;

    private final LinkSignIns signIns;
    private final LinkRequestService links;
    private final CallerAddressResolver callers;
    private final Languages locales;
    private final PreferredLanguages languages;
    private final DeadLinkPages deadLinks;
    private final Texts texts;
    private final LinkPages pages;

    SignInLinkController(
            LinkSignIns signIns,
            LinkRequestService links,
            CallerAddressResolver callers,
            Languages locales,
            PreferredLanguages languages,
            DeadLinkPages deadLinks,
            LinkPages pages,
            @Named("messages") Texts texts) {
        this.signIns = signIns;
        this.links = links;
        this.callers = callers;
        this.locales = locales;
        this.languages = languages;
        this.deadLinks = deadLinks;
        this.pages = pages;
        this.texts = texts;
    }

    private static String address(String token) {
        return PURPOSE.pathOf(URLEncoder.encode(token, StandardCharsets.UTF_8));
    }

    @Get
    HttpResponse<?> show(HttpRequest<?> request, String token) {
        return signIns.show(token, PURPOSE, new Door(request, token));
    }

    @Post
    @Consumes(MediaType.ALL)
    HttpResponse<?> signIn(HttpRequest<?> request, String token) {
        return signIns.signIn(request, token, PURPOSE, new Door(request, token));
    }

    @Post("/resend")
    @Consumes(MediaType.ALL)
    HttpResponse<?> resend(HttpRequest<?> request, String token) {
        return links.requestAgain(token, PURPOSE, callers.of(request))
                .<HttpResponse<?>>map(outcome -> pages.asked(request, outcome, LinkPages.Way.ofLink(address(token))))
                .orElseGet(() -> show(request, token));
    }

    /** To one's own pages. */
    private final class Door implements LinkSignIns.Pages {
        private final HttpRequest<?> request;
        private final String token;

        Door(HttpRequest<?> request, String token) {
            this.request = request;
            this.token = token;
        }

        @Override
        public HttpResponse<?> ask(Account account, boolean overlooked) {
            languages.of(account.id()).ifPresent(language -> locales.follow(request, language.toLanguageTag()));
            return Pages.show(
                    overlooked ? HttpStatus.UNPROCESSABLE_ENTITY : HttpStatus.OK,
                    "account/in",
                    "action",
                    address(token),
                    "email",
                    account.email().value(),
                    "pin",
                    Integer.toString(account.pin()),
                    "unproven",
                    ExistingPassphrase.isOf(account),
                    "errors",
                    ExistingPassphrase.errors(overlooked, texts, locales.resolveOrDefault(request)));
        }

        @Override
        public HttpResponse<?> dead(Inspection.Refused refusal) {
            return deadLinks.explainSignIn(request, address(token), refusal);
        }

        @Override
        public URI next() {
            return SignInController.ACCOUNT;
        }
    }
}
