package dev.latchkey.web.edit;

import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.Forms;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import dev.latchkey.http.TransientFailure;
import dev.latchkey.magiclink.LinkStatusService;
import dev.latchkey.profile.ChangeRefused;
import dev.latchkey.profile.LoadOutcome;
import dev.latchkey.profile.ProfileEdits;
import dev.latchkey.profile.SaveOutcome;
import dev.latchkey.profile.nickname.NicknameSuggestions;
import dev.latchkey.session.SignInService;
import dev.latchkey.web.edit.EditPage.Place;
import dev.latchkey.web.session.ExistingPassphrase;
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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The edit form behind a magic link. Looking changes nothing; only the POST of a changed form uses the link up. */
@Controller("/edit/{token}")
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class EditController {
    private static final Logger LOG = LoggerFactory.getLogger(EditController.class);

    private final ProfileEdits edits;
    private final NicknameSuggestions nicknames;
    private final LinkStatusService statuses;
    private final SignInService signIns;
    private final SignedInBrowsers browsers;
    private final CallerAddressResolver callers;
    private final Forms forms;
    private final EditPages pages;
    private final UnsavedForms unsaved;
    private final UploadedPhotos photos;
    private final Problems problems;

    EditController(
            ProfileEdits edits,
            NicknameSuggestions nicknames,
            LinkStatusService statuses,
            SignInService signIns,
            SignedInBrowsers browsers,
            CallerAddressResolver callers,
            Forms forms,
            EditPages pages,
            UnsavedForms unsaved,
            UploadedPhotos photos,
            Problems problems) {
        this.edits = edits;
        this.nicknames = nicknames;
        this.statuses = statuses;
        this.signIns = signIns;
        this.browsers = browsers;
        this.callers = callers;
        this.forms = forms;
        this.pages = pages;
        this.unsaved = unsaved;
        this.photos = photos;
        this.problems = problems;
    }

    /** Where the form of a token lives. */
    static String address(String token) {
        return "/edit/" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    }

    @Get
    HttpResponse<?> show(HttpRequest<?> request, String token) {
        return loaded(request, token, null, loaded -> {
            Place place = Place.behind(token, loaded);
            return pages.opened(
                    request, place, unsaved.find(request, loaded.link().accountId()));
        });
    }

    /** The photo that an assistant proposes, for whoever holds the link; it has no other address before it is saved. */
    @Get("/proposed.jpg")
    @Produces(MediaType.ALL)
    HttpResponse<?> proposedPhoto(HttpRequest<?> request, String token) {
        return photo(request, token, loaded -> photos.proposed(loaded.link()), "no.proposed-photo");
    }

    /** The photo that was uploaded with a form that could not be saved, in the same way. */
    @Get("/kept.jpg")
    @Produces(MediaType.ALL)
    HttpResponse<?> keptPhoto(HttpRequest<?> request, String token) {
        return photo(request, token, loaded -> photos.kept(Place.behind(token, loaded)), "no.kept-photo");
    }

    private HttpResponse<?> photo(
            HttpRequest<?> request, String token, Function<LoadOutcome.Loaded, Optional<byte[]>> find, String none) {
        Optional<byte[]> jpeg =
                edits.load(token) instanceof LoadOutcome.Loaded loaded ? find.apply(loaded) : Optional.empty();
        return jpeg.<HttpResponse<?>>map(bytes -> HttpResponse.ok(bytes).contentType(MediaType.IMAGE_JPEG_TYPE))
                .orElseGet(() -> problems.respond(request, Problem.worded(ProblemType.NOT_FOUND, none)));
    }

    @Post
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    HttpResponse<?> save(HttpRequest<?> request, String token) {
        try (Form form = forms.form(request)) {
            EditForm typed = EditForm.of(form);
            try {
                if (form.text(EditForm.SUGGEST) != null) {
                    return suggest(request, token, typed);
                }
                return typed.overlooksPassphrase() && asks(token)
                        ? askAgain(request, token, typed)
                        : answer(request, token, typed, save(token, typed));
            } catch (RuntimeException e) {
                if (!TransientFailure.isBehind(e)) {
                    throw e;
                }
                LOG.warn("A form could not be saved for now", e);
                LoadOutcome.Loaded loaded = lookAgain(token);
                // A link that still opens says that nothing was saved.
                boolean unknown = loaded == null && e instanceof OutcomeUnknown;
                return pages.unavailable(request, Place.behind(token, loaded), typed, unknown);
            }
        }
    }

    /** Somebody who is out of ideas wants one; the link and what is stored stay as they are. */
    private HttpResponse<?> suggest(HttpRequest<?> request, String token, EditForm typed) {
        return opened(request, token, typed, loaded -> {
            photos.take(Place.behind(token, loaded), typed);
            String nickname = nicknames.free(1).getFirst();
            return pages.suggested(request, Place.behind(token, loaded), typed, nickname);
        });
    }

    private boolean asks(String token) {
        return edits.load(token) instanceof LoadOutcome.Loaded loaded
                && ExistingPassphrase.isOf(loaded.view().account());
    }

    /** Nobody's passphrase is taken away, or left to a stranger, because a question was overlooked. */
    private HttpResponse<?> askAgain(HttpRequest<?> request, String token, EditForm typed) {
        return opened(request, token, typed, loaded -> {
            photos.take(Place.behind(token, loaded), typed);
            return pages.overlooked(request, Place.behind(token, loaded), typed);
        });
    }

    private SaveOutcome save(String token, EditForm typed) {
        return edits.save(token, loaded -> typed.change(photos.take(Place.behind(token, loaded), typed)));
    }

    private HttpResponse<?> answer(HttpRequest<?> request, String token, EditForm typed, SaveOutcome outcome) {
        return switch (outcome) {
            case SaveOutcome.Saved saved -> {
                signIns.noteProof(saved.owner(), callers.of(request));
                unsaved.forget(request, saved.accountId());
                yield browsers.signInByLink(
                        request,
                        HttpResponse.seeOther(URI.create(address(token) + AfterEditController.saved(typed.dropped()))),
                        saved.accountId());
            }
            case SaveOutcome.LinkRefused refused -> unsaved.explain(request, token, refused.refusal(), typed);
            case SaveOutcome.Unchanged unchanged ->
                opened(request, token, typed, loaded -> pages.unchanged(request, Place.behind(token, loaded), typed));
            case ChangeRefused refused ->
                opened(
                        request,
                        token,
                        typed,
                        loaded -> pages.refused(request, Place.behind(token, loaded), typed, refused));
            case SaveOutcome.VersionConflict conflict ->
                opened(
                        request,
                        token,
                        typed,
                        loaded -> pages.conflict(
                                request,
                                Place.behind(token, new LoadOutcome.Loaded(conflict.link(), conflict.current())),
                                conflict.fields(),
                                typed));
        };
    }

    /** A form that came back shows that somebody looked; the GET before it must not write that down. */
    private HttpResponse<?> opened(
            HttpRequest<?> request, String token, EditForm typed, Function<LoadOutcome.Loaded, HttpResponse<?>> page) {
        return loaded(request, token, typed, loaded -> {
            statuses.noteOpened(loaded.link());
            return page.apply(loaded);
        });
    }

    private HttpResponse<?> loaded(
            HttpRequest<?> request,
            String token,
            @Nullable EditForm typed,
            Function<LoadOutcome.Loaded, HttpResponse<?>> page) {
        return switch (edits.load(token)) {
            case LoadOutcome.LinkRefused refused -> unsaved.explain(request, token, refused.refusal(), typed);
            case LoadOutcome.Loaded loaded -> page.apply(loaded);
        };
    }

    private LoadOutcome.@Nullable Loaded lookAgain(String token) {
        try {
            return edits.load(token) instanceof LoadOutcome.Loaded loaded ? loaded : null;
        } catch (RuntimeException e) {
            LOG.debug("Not even a look is possible", e);
            return null;
        }
    }
}
