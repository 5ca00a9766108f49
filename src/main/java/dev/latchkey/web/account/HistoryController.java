package dev.latchkey.web.account;

import dev.latchkey.history.HistoryCursor;
import dev.latchkey.history.HistoryService;
import dev.latchkey.history.UndoOutcome;
import dev.latchkey.history.UndoService;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.session.PageSession;
import dev.latchkey.web.session.OwnForms;
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
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened to the account, and the undo of it. */
@Controller(HistoryController.PATH)
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class HistoryController {
    static final String PATH = "/account/history";

    private static final String AFTER = "after";
    private static final String BUTTON = "undo";
    private static final int ENTRIES = 20;

    private final HistoryService history;
    private final UndoService undos;
    private final OwnForms forms;
    private final AccountPages pages;
    private final SignedInBrowsers browsers;

    HistoryController(
            HistoryService history, UndoService undos, OwnForms forms, AccountPages pages, SignedInBrowsers browsers) {
        this.history = history;
        this.undos = undos;
        this.forms = forms;
        this.pages = pages;
        this.browsers = browsers;
    }

    @Get
    HttpResponse<?> show(HttpRequest<?> request, PageSession session) {
        return page(request, session, HttpStatus.OK, null);
    }

    /**
     * Takes a change back, and with that signs everybody out: this browser, too, as nobody knows whose it is. Whoever can
     * sign in again may go on.
     */
    @Post("/{id}/undo")
    @Consumes(MediaType.ALL)
    HttpResponse<?> undo(HttpRequest<?> request, PageSession session, String id) {
        boolean pressed;
        try (Form form = forms.read(request, session)) {
            pressed = "yes".equals(form.text(BUTTON));
        }
        if (!pressed) {
            return HttpResponse.seeOther(URI.create(PATH));
        }
        UUID change = idIn(id);
        UndoOutcome outcome = change == null
                ? new UndoOutcome.Refused(Inspection.Refused.unknown())
                : undos.undoChange(session.accountId(), change);
        return switch (outcome) {
            case UndoOutcome.Undone undone ->
                browsers.forget(
                        request,
                        HttpResponse.seeOther(URI.create(LinkPurpose.UNDO_CHANGE.pathOf(undone.token()) + "/done")));
            case UndoOutcome.Refused refused ->
                refused(request, session, refused.refusal().reason());
        };
    }

    private HttpResponse<?> refused(HttpRequest<?> request, PageSession session, Inspection.Reason reason) {
        return switch (reason) {
            case USED -> page(request, session, HttpStatus.GONE, "history.used");
            case EXPIRED -> page(request, session, HttpStatus.GONE, "history.expired");
            case UNKNOWN, REVOKED -> page(request, session, HttpStatus.NOT_FOUND, "history.unknown");
        };
    }

    private HttpResponse<?> page(
            HttpRequest<?> request, PageSession session, HttpStatus status, @Nullable String refusal) {
        HistoryCursor after = after(request);
        HistoryService.Page page = history.page(session.accountId(), after, ENTRIES);
        Locale locale = pages.speakTo(request, session);
        return pages.show(
                request,
                session,
                status,
                "history",
                "entries",
                page.entries().stream()
                        .map(entry -> HappenedEntry.of(entry, locale))
                        .toList(),
                "refusal",
                refusal,
                "older",
                page.next() == null ? null : PATH + "?" + AFTER + "=" + page.next(),
                "newest",
                after == null ? null : PATH);
    }

    private static @Nullable HistoryCursor after(HttpRequest<?> request) {
        List<String> given = request.getParameters().getAll(AFTER);
        if (given.isEmpty()) {
            return null;
        }
        return HistoryCursor.parse(given.size() == 1 ? given.getFirst() : "")
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemType.INVALID_REQUEST)));
    }

    private static @Nullable UUID idIn(String text) {
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equals(text) ? id : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
