package dev.latchkey.web.edit;

import dev.latchkey.history.UndoOutcome;
import dev.latchkey.history.UndoService;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.Forms;
import dev.latchkey.magiclink.Inspection;
import dev.latchkey.magiclink.LinkInspector;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.text.Languages;
import dev.latchkey.web.DeadLinkPages;
import dev.latchkey.web.LinkPages;
import dev.latchkey.web.Moment;
import dev.latchkey.web.Pages;
import dev.latchkey.web.UndoController;
import dev.latchkey.web.session.SignedInBrowsers;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What a link leads to once its work is done: what was saved with it, the way back from that, and a fresh link. */
@Controller("/edit/{token}")
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class AfterEditController {
    private final LinkInspector inspector;
    private final LinkRequestService links;
    private final UndoService undos;
    private final Forms forms;
    private final SignedInBrowsers browsers;
    private final Languages locales;
    private final CallerAddressResolver callers;
    private final DeadLinkPages deadLinks;
    private final UnsavedForms unsaved;
    private final LinkPages pages;

    AfterEditController(
            LinkInspector inspector,
            LinkRequestService links,
            UndoService undos,
            Forms forms,
            SignedInBrowsers browsers,
            Languages locales,
            CallerAddressResolver callers,
            DeadLinkPages deadLinks,
            UnsavedForms unsaved,
            LinkPages pages) {
        this.inspector = inspector;
        this.links = links;
        this.undos = undos;
        this.forms = forms;
        this.browsers = browsers;
        this.locales = locales;
        this.callers = callers;
        this.deadLinks = deadLinks;
        this.unsaved = unsaved;
        this.pages = pages;
    }

    /** Where it is told what was saved, below the address of the form. */
    static String saved(List<String> dropped) {
        return dropped.isEmpty() ? "/saved" : "/saved?dropped=" + String.join(",", dropped);
    }

    /**
     * Told from the link's history, so it may be reloaded for as long as that is kept.
     *
     * @param dropped names of the fields whose proposals were not taken; they went with the link
     */
    @Get("/saved{?dropped}")
    HttpResponse<?> saved(HttpRequest<?> request, String token, @Nullable @QueryValue String dropped) {
        return switch (inspector.inspect(token, LinkPurpose.EDIT_PROFILE)) {
            case Inspection.Open open -> HttpResponse.seeOther(URI.create(EditController.address(token)));
            case Inspection.Refused refused ->
                refused.reason() == Inspection.Reason.USED
                        ? saved(request, token, refused, dropped)
                        : unsaved.explain(request, token, refused);
        };
    }

    private HttpResponse<?> saved(
            HttpRequest<?> request, String token, Inspection.Refused used, @Nullable String dropped) {
        UndoOutcome.Look undo = look(token, used);
        if (undoneBy(undo).isPresent()) {
            return undone(token);
        }
        deadLinks.speakTo(request, used);
        Moment until = undo instanceof UndoOutcome.Open open
                ? Moment.of(open.change().undoUntil(), locales.resolveOrDefault(request))
                : null;
        return Pages.show(
                HttpStatus.OK,
                "saved",
                "changed",
                used.changed(),
                "dropped",
                unchanged(dropped, used.changed()),
                "typedFor",
                used.accountId() == null ? null : unsaved.nameOf(used.accountId()),
                "undo",
                EditController.address(token) + "/undo",
                "until",
                until);
    }

    /** Takes back what was saved with the link; without its button, as mail scanners send forms, nothing. */
    @Post("/undo")
    @Consumes(MediaType.ALL)
    HttpResponse<?> undo(HttpRequest<?> request, String token) {
        boolean pressed = forms.isPressed(request, UndoController.BUTTON);
        return switch (inspector.inspect(token, LinkPurpose.EDIT_PROFILE)) {
            case Inspection.Open open -> HttpResponse.seeOther(URI.create(EditController.address(token)));
            case Inspection.Refused refused ->
                refused.reason() == Inspection.Reason.USED
                        ? undo(request, token, refused, pressed)
                        : unsaved.explain(request, token, refused);
        };
    }

    private HttpResponse<?> undo(HttpRequest<?> request, String token, Inspection.Refused used, boolean pressed) {
        return pressed && undo(token, used) instanceof UndoOutcome.Undone
                ? browsers.forget(request, undone(token))
                // It says what stands, and whether it can be undone.
                : HttpResponse.seeOther(URI.create(EditController.address(token) + "/saved"));
    }

    /** Told from the change's history, so it may be reloaded for as long as that is kept. */
    @Get("/undone")
    HttpResponse<?> undone(HttpRequest<?> request, String token) {
        return switch (inspector.inspect(token, LinkPurpose.EDIT_PROFILE)) {
            case Inspection.Open open -> HttpResponse.seeOther(URI.create(EditController.address(token)));
            case Inspection.Refused refused ->
                undoneBy(look(token, refused))
                        .<HttpResponse<?>>map(done -> {
                            deadLinks.speakTo(request, refused);
                            return Pages.show(HttpStatus.OK, "undone", "restored", done.changed());
                        })
                        .orElseGet(() -> saved(request, token, null));
        };
    }

    private static MutableHttpResponse<?> undone(String token) {
        return HttpResponse.seeOther(URI.create(EditController.address(token) + "/undone"));
    }

    private UndoOutcome undo(String token, Inspection.Refused used) {
        return ofRequest(token, used, undos::undoRequest).orElseGet(AfterEditController::unknown);
    }

    private UndoOutcome.Look look(String token, Inspection.Refused used) {
        return ofRequest(token, used, undos::lookAtRequest).orElseGet(AfterEditController::unknown);
    }

    private <T> Optional<T> ofRequest(String token, Inspection.Refused used, BiFunction<UUID, UUID, T> way) {
        UUID owner = used.accountId();
        return owner == null
                ? Optional.empty()
                : inspector.requestOf(token, LinkPurpose.EDIT_PROFILE).map(request -> way.apply(owner, request));
    }

    private static UndoOutcome.Refused unknown() {
        return new UndoOutcome.Refused(Inspection.Refused.unknown());
    }

    /** What is known of an undo that was done; empty when none was. */
    private static Optional<Inspection.Refused> undoneBy(UndoOutcome.Look undo) {
        return undo instanceof UndoOutcome.Refused refused && refused.refusal().reason() == Inspection.Reason.USED
                ? Optional.of(refused.refusal())
                : Optional.empty();
    }

    /** Whoever wrote something of their own instead has decided already. */
    private static List<String> unchanged(@Nullable String dropped, List<String> changed) {
        List<String> names = dropped == null ? List.of() : List.of(dropped.split(","));
        return Arrays.stream(ProfileField.values())
                .map(ProfileField::key)
                .filter(field -> names.contains(field) && !changed.contains(field))
                .toList();
    }

    @Post("/resend")
    @Consumes(MediaType.ALL)
    HttpResponse<?> resend(HttpRequest<?> request, String token) {
        return links.requestAgain(token, LinkPurpose.EDIT_PROFILE, callers.of(request))
                .<HttpResponse<?>>map(
                        outcome -> pages.asked(request, outcome, LinkPages.Way.ofLink(EditController.address(token))))
                .orElseGet(() -> notIssued(request, token));
    }

    private HttpResponse<?> notIssued(HttpRequest<?> request, String token) {
        return switch (inspector.inspect(token, LinkPurpose.EDIT_PROFILE)) {
            case Inspection.Open open -> HttpResponse.seeOther(URI.create(EditController.address(token)));
            case Inspection.Refused refused -> unsaved.explain(request, token, refused);
        };
    }
}
