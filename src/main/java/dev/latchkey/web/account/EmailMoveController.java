package dev.latchkey.web.account;

import dev.latchkey.account.Account;
import dev.latchkey.account.PreferredLanguages;
import dev.latchkey.http.Forms;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.membership.moving.MoveOutcome;
import dev.latchkey.membership.moving.MovingService;
import dev.latchkey.text.Languages;
import dev.latchkey.web.DeadLinkPages;
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

/** The page behind the link in a mail to where an account is to move to: only its button moves it. */
@Controller("/email/{token}")
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class EmailMoveController {
    private static final String BUTTON = "move";
    private static final String WORDS = "move.dead";
    private static final String ACCOUNT = "/account/email";

    private final MovingService moves;
    private final Forms forms;
    private final DeadLinkPages deadLinks;
    private final PreferredLanguages languages;
    private final Languages locales;

    EmailMoveController(
            MovingService moves,
            Forms forms,
            DeadLinkPages deadLinks,
            PreferredLanguages languages,
            Languages locales) {
        this.moves = moves;
        this.forms = forms;
        this.deadLinks = deadLinks;
        this.languages = languages;
        this.locales = locales;
    }

    @Get
    HttpResponse<?> show(HttpRequest<?> request, String token) {
        return answer(request, token, moves.look(token));
    }

    @Post
    @Consumes(MediaType.ALL)
    HttpResponse<?> move(HttpRequest<?> request, String token) {
        return answer(request, token, forms.isMeant(request, BUTTON) ? moves.confirm(token) : moves.look(token));
    }

    private HttpResponse<?> answer(HttpRequest<?> request, String token, MoveOutcome outcome) {
        return switch (outcome) {
            case MoveOutcome.Open open ->
                page(request, HttpStatus.OK, "move", open.account(), open.to().value());
            case MoveOutcome.Moved moved -> HttpResponse.seeOther(URI.create(address(token) + "/done"));
            case MoveOutcome.Taken taken ->
                page(
                        request,
                        HttpStatus.CONFLICT,
                        "move-taken",
                        taken.account(),
                        taken.to().value());
            case MoveOutcome.LinkRefused refused -> deadLinks.explain(request, refused.refusal(), WORDS, ACCOUNT);
        };
    }

    private HttpResponse<?> page(HttpRequest<?> request, HttpStatus status, String view, Account account, String to) {
        languages.of(account.id()).ifPresent(language -> locales.follow(request, language.toLanguageTag()));
        return Pages.show(status, view, "from", account.email().value(), "to", to);
    }

    /** Told for as long as the move is remembered, so it may be reloaded. */
    @Get("/done")
    HttpResponse<?> done(HttpRequest<?> request, String token) {
        MoveOutcome now = moves.look(token);
        if (now instanceof MoveOutcome.LinkRefused refused && refused.refusal().reason() == Inspection.Reason.USED) {
            deadLinks.speakTo(request, refused.refusal());
            return Pages.show(HttpStatus.OK, "moved");
        }
        return now instanceof MoveOutcome.Open
                ? HttpResponse.seeOther(URI.create(address(token)))
                : answer(request, token, now);
    }

    private static String address(String token) {
        return "/email/" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    }
}
