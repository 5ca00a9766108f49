package dev.latchkey.web.edit;

import dev.latchkey.http.Forms;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.http.TransientFailure;
import dev.latchkey.magiclink.OpenLinks;
import dev.latchkey.profile.LoadOutcome;
import dev.latchkey.profile.ProfileEdits;
import dev.latchkey.web.edit.EditPage.Place;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets people take their time: more of it for their link, and what they typed before back or gone. */
@Controller("/edit/{token}")
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class EditPaceController {
    private static final Logger LOG = LoggerFactory.getLogger(EditPaceController.class);

    private final ProfileEdits edits;
    private final OpenLinks links;
    private final UploadedPhotos photos;
    private final UnsavedForms unsaved;
    private final EditPages pages;
    private final Forms forms;

    EditPaceController(
            ProfileEdits edits,
            OpenLinks links,
            UploadedPhotos photos,
            UnsavedForms unsaved,
            EditPages pages,
            Forms forms) {
        this.edits = edits;
        this.links = links;
        this.photos = photos;
        this.unsaved = unsaved;
        this.pages = pages;
        this.forms = forms;
    }

    /**
     * Gives the link more time. Whoever pressed the button in the middle of the form finds in the answer what they typed;
     * nothing of it is saved.
     */
    @Post("/time")
    @Consumes(MediaType.ALL)
    HttpResponse<?> time(HttpRequest<?> request, String token) {
        if (!forms.isForm(request)) {
            return time(request, token, null);
        }
        try (Form form = forms.form(request)) {
            EditForm typed = EditForm.of(form);
            return time(request, token, typed.isEmpty() ? null : typed);
        }
    }

    private HttpResponse<?> time(HttpRequest<?> request, String token, @Nullable EditForm typed) {
        try {
            return switch (edits.load(token)) {
                case LoadOutcome.LinkRefused refused -> unsaved.explain(request, token, refused.refusal(), typed);
                case LoadOutcome.Loaded loaded -> {
                    boolean given = links.prolong(loaded.link());
                    yield typed == null ? form(token) : form(request, token, typed, given);
                }
            };
        } catch (RuntimeException e) {
            if (typed == null || !TransientFailure.isBehind(e)) {
                throw e;
            }
            LOG.warn("A link could not be given more time for now", e);
            return pages.unavailable(request, Place.behind(token, null), typed, false);
        }
    }

    private HttpResponse<?> form(HttpRequest<?> request, String token, EditForm typed, boolean given) {
        return switch (edits.load(token)) {
            case LoadOutcome.LinkRefused refused -> unsaved.explain(request, token, refused.refusal(), typed);
            case LoadOutcome.Loaded loaded -> {
                photos.take(Place.behind(token, loaded), typed);
                yield pages.timed(
                        request,
                        Place.behind(token, loaded),
                        typed,
                        given || loaded.link().hasMoreTime());
            }
        };
    }

    /** Forgets what was typed before and came back. */
    @Post("/forget")
    @Consumes(MediaType.ALL)
    HttpResponse<?> forget(HttpRequest<?> request, String token) {
        return switch (edits.load(token)) {
            case LoadOutcome.LinkRefused refused -> unsaved.explain(request, token, refused.refusal());
            case LoadOutcome.Loaded loaded -> {
                unsaved.forget(request, loaded.link().accountId());
                yield form(token);
            }
        };
    }

    private static HttpResponse<?> form(String token) {
        return HttpResponse.seeOther(URI.create(EditController.address(token)));
    }
}
