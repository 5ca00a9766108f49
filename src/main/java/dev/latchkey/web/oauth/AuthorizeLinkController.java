package dev.latchkey.web.oauth;

import dev.latchkey.account.Account;
import dev.latchkey.account.PreferredLanguages;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.oauth.authorization.AuthorizationSignIns;
import dev.latchkey.oauth.authorization.AuthorizationSignIns.Waiting;
import dev.latchkey.text.Languages;
import dev.latchkey.text.Texts;
import dev.latchkey.web.DeadLinkPages;
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

    private final LinkSignIns links;
    private final AuthorizationSignIns signIns;
    private final Languages locales;
    private final PreferredLanguages languages;
    private final DeadLinkPages deadLinks;
    private final Texts texts;

    AuthorizeLinkController(
            LinkSignIns links,
            AuthorizationSignIns signIns,
            Languages locales,
            PreferredLanguages languages,
            DeadLinkPages deadLinks,
            @Named("messages") Texts texts) {
        this.links = links;
        this.signIns = signIns;
        this.locales = locales;
        this.languages = languages;
        this.deadLinks = deadLinks;
        this.texts = texts;
    }

    @Get
    HttpResponse<?> show(HttpRequest<?> request, String token) {
        return links.show(token, PURPOSE, new Question(request, token));
    }

    @Post
    @Consumes(MediaType.ALL)
    HttpResponse<?> signIn(HttpRequest<?> request, String token) {
        return links.signIn(request, token, PURPOSE, new Question(request, token));
    }

    /** What waits for a link. */
    private final class Question implements LinkSignIns.Pages {
        private final HttpRequest<?> request;
        private final String token;

        Question(HttpRequest<?> request, String token) {
            this.request = request;
            this.token = token;
        }

        @Override
        public HttpResponse<?> ask(Account account, boolean overlooked) {
            languages.of(account.id()).ifPresent(language -> locales.follow(request, language.toLanguageTag()));
            return Pages.show(
                    overlooked ? HttpStatus.UNPROCESSABLE_ENTITY : HttpStatus.OK,
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
                    ExistingPassphrase.isOf(account),
                    "errors",
                    ExistingPassphrase.errors(overlooked, texts, locales.resolveOrDefault(request)));
        }

        @Override
        public HttpResponse<?> dead(Inspection.Refused refusal) {
            return deadLinks.explain(request, refusal.withoutChanges(), "authorize.dead", next().toString());
        }

        /** To the question while it is known. */
        @Override
        public URI next() {
            return URI.create(signIns.waitingFor(token)
                    .map(waiting -> AUTHORIZE + waiting.query())
                    .orElse(ACCOUNT));
        }
    }
}
