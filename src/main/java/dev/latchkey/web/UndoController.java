package dev.latchkey.web;

import dev.latchkey.account.PreferredLanguages;
import dev.latchkey.history.Change;
import dev.latchkey.history.UndoOutcome;
import dev.latchkey.history.UndoService;
import dev.latchkey.http.Forms;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.text.Languages;
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
import java.util.List;
import java.util.Locale;

/** The page behind "It was not me": looking changes nothing, and neither does a form that was sent without its button. */
@Controller("/undo/{token}")
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
public final class UndoController {
    /** What the button is called that takes a change back. */
    public static final String BUTTON = "undo";

    private final UndoService undos;
    private final Forms forms;
    private final SignedInBrowsers browsers;
    private final DeadLinkPages deadLinks;
    private final PreferredLanguages languages;
    private final Languages locales;

    UndoController(
            UndoService undos,
            Forms forms,
            SignedInBrowsers browsers,
            DeadLinkPages deadLinks,
            PreferredLanguages languages,
            Languages locales) {
        this.undos = undos;
        this.forms = forms;
        this.browsers = browsers;
        this.deadLinks = deadLinks;
        this.languages = languages;
        this.locales = locales;
    }

    @Get
    HttpResponse<?> show(HttpRequest<?> request, String token) {
        return switch (undos.look(token)) {
            case UndoOutcome.Open open -> page(request, open);
            case UndoOutcome.Refused refused -> dead(request, refused.refusal());
        };
    }

    @Post
    @Consumes(MediaType.ALL)
    HttpResponse<?> undo(HttpRequest<?> request, String token) {
        if (!forms.isPressed(request, BUTTON)) {
            return show(request, token);
        }
        return switch (undos.undo(token)) {
            case UndoOutcome.Undone undone ->
                browsers.forget(request, HttpResponse.seeOther(URI.create(address(token) + "/done")));
            case UndoOutcome.Refused refused -> dead(request, refused.refusal());
        };
    }

    private HttpResponse<?> page(HttpRequest<?> request, UndoOutcome.Open open) {
        Change change = open.change();
        languages.of(change.accountId()).ifPresent(language -> locales.follow(request, language.toLanguageTag()));
        Locale locale = locales.resolveOrDefault(request);
        List<Line> lines = change.restores(open.account().email()).entrySet().stream()
                .map(entry -> Line.of(entry.getKey(), entry.getValue(), locale))
                .toList();
        return Pages.show(
                HttpStatus.OK,
                "undo",
                "lines",
                lines,
                "letIn",
                change.letIn(),
                "at",
                Moment.of(change.happenedAt(), locale),
                "until",
                Moment.of(change.undoUntil(), locale));
    }

    /** Told from the change's history, so it may be reloaded for as long as that is kept. */
    @Get("/done")
    HttpResponse<?> done(HttpRequest<?> request, String token) {
        return switch (undos.look(token)) {
            case UndoOutcome.Refused refused ->
                refused.refusal().reason() == Inspection.Reason.USED
                        ? undone(request, refused.refusal())
                        : dead(request, refused.refusal());
            case UndoOutcome.Open open -> HttpResponse.seeOther(URI.create(address(token)));
        };
    }

    private HttpResponse<?> undone(HttpRequest<?> request, Inspection.Refused done) {
        deadLinks.speakTo(request, done);
        return Pages.show(HttpStatus.OK, "undone", "restored", done.changed());
    }

    private HttpResponse<?> dead(HttpRequest<?> request, Inspection.Refused refusal) {
        return deadLinks.explain(request, refusal, "undo.dead", "/account");
    }

    private static String address(String token) {
        return "/undo/" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    }

    /**
     * What one field will hold again.
     *
     * @param shape how it is said: {@code value}, {@code nothing}, or by a sentence for what cannot be shown
     */
    public record Line(String key, String shape, String value) {
        static Line of(String key, String before, Locale locale) {
            return switch (key) {
                case "passphrase", "photo" -> new Line(key, before.isEmpty() ? "none" : "earlier", "");
                case "new_email" -> new Line(key, "stays", "");
                case "locale" ->
                    new Line(
                            key,
                            before.isEmpty() ? "nothing" : "value",
                            before.isEmpty()
                                    ? ""
                                    : Locale.forLanguageTag(before).getDisplayName(locale));
                default -> new Line(key, before.isEmpty() ? "nothing" : "value", before);
            };
        }
    }
}
