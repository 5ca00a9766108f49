package dev.latchkey.web.account;

import dev.latchkey.account.Account;
import dev.latchkey.account.PreferredLanguages;
import dev.latchkey.http.Forms;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.membership.leaving.ClosingService;
import dev.latchkey.membership.leaving.KeepOutcome;
import dev.latchkey.text.Languages;
import dev.latchkey.web.DeadLinkPages;
import dev.latchkey.web.Moment;
import dev.latchkey.web.Pages;
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

/** The page behind the link that takes a closed account back: only its button does. */
@Controller("/keep/{token}")
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class KeepController {
    private static final String BUTTON = "keep";
    private static final String WORDS = "keep.dead";

    private final ClosingService closings;
    private final Forms forms;
    private final DeadLinkPages deadLinks;
    private final PreferredLanguages languages;
    private final Languages locales;

    KeepController(
            ClosingService closings,
            Forms forms,
            DeadLinkPages deadLinks,
            PreferredLanguages languages,
            Languages locales) {
        this.closings = closings;
        this.forms = forms;
        this.deadLinks = deadLinks;
        this.languages = languages;
        this.locales = locales;
    }

    @Get
    HttpResponse<?> show(HttpRequest<?> request, String token) {
        return answer(request, token, closings.look(token));
    }

    @Post
    @Consumes(MediaType.ALL)
    HttpResponse<?> keep(HttpRequest<?> request, String token) {
        return answer(request, token, forms.isPressed(request, BUTTON) ? closings.keep(token) : closings.look(token));
    }

    private HttpResponse<?> answer(HttpRequest<?> request, String token, KeepOutcome outcome) {
        return switch (outcome) {
            case KeepOutcome.Open open -> page(request, open);
            case KeepOutcome.Kept kept -> HttpResponse.seeOther(URI.create(address(token) + "/done"));
            case KeepOutcome.LinkRefused refused ->
                deadLinks.explain(request, refused.refusal(), WORDS, next(refused.refusal()));
        };
    }

    private HttpResponse<?> page(HttpRequest<?> request, KeepOutcome.Open open) {
        Account account = open.account();
        languages.of(account.id()).ifPresent(language -> locales.follow(request, language.toLanguageTag()));
        return Pages.show(
                HttpStatus.OK,
                "keep",
                "email",
                account.email().value(),
                "eraseAt",
                Moment.of(open.eraseAt(), locales.resolveOrDefault(request)));
    }

    /** Told for as long as the closing is remembered, so it may be reloaded. */
    @Get("/done")
    HttpResponse<?> done(HttpRequest<?> request, String token) {
        KeepOutcome now = closings.look(token);
        if (now instanceof KeepOutcome.LinkRefused refused && refused.refusal().reason() == Inspection.Reason.USED) {
            deadLinks.speakTo(request, refused.refusal());
            return Pages.show(HttpStatus.OK, "kept");
        }
        return now instanceof KeepOutcome.Open
                ? HttpResponse.seeOther(URI.create(address(token)))
                : answer(request, token, now);
    }

    /** Whoever has their account back can sign in; everybody else starts anew. */
    private static String next(Inspection.Refused refusal) {
        return refusal.reason() == Inspection.Reason.USED ? "/account" : "/";
    }

    private static String address(String token) {
        return "/keep/" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    }
}
