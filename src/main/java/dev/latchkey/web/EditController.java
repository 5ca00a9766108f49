package dev.latchkey.web;

import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.Forms;
import dev.latchkey.http.MultipartForm;
import dev.latchkey.http.TransientFailure;
import dev.latchkey.http.Upload;
import dev.latchkey.magiclink.LinkStatusService;
import dev.latchkey.profile.LoadOutcome;
import dev.latchkey.profile.ProfileEdits;
import dev.latchkey.profile.ProfileInput;
import dev.latchkey.profile.SaveOutcome;
import dev.latchkey.profile.nickname.NicknameSuggestions;
import dev.latchkey.profile.proposal.ProposedChanges;
import dev.latchkey.session.SignInService;
import io.micronaut.http.HttpHeaders;
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
import java.time.Duration;
import java.util.Map;
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

    /** Sent by the button that asks for a nickname. */
    private static final String SUGGEST = "suggestNickname";

    private final ProfileEdits edits;
    private final NicknameSuggestions nicknames;
    private final LinkStatusService statuses;
    private final SignInService signIns;
    private final CallerAddressResolver callers;
    private final Forms forms;
    private final EditPages pages;
    private final DeadLinkPages deadLinks;
    private final ProposedChanges proposals;

    EditController(
            ProfileEdits edits,
            NicknameSuggestions nicknames,
            LinkStatusService statuses,
            SignInService signIns,
            CallerAddressResolver callers,
            Forms forms,
            EditPages pages,
            DeadLinkPages deadLinks,
            ProposedChanges proposals) {
        this.edits = edits;
        this.nicknames = nicknames;
        this.statuses = statuses;
        this.signIns = signIns;
        this.callers = callers;
        this.forms = forms;
        this.pages = pages;
        this.deadLinks = deadLinks;
        this.proposals = proposals;
    }

    /** Where the form of a token lives. */
    static String address(String token) {
        return "/edit/" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    }

    @Get
    HttpResponse<?> show(HttpRequest<?> request, String token) {
        return loaded(request, token, null, loaded -> pages.stored(request, token, loaded));
    }

    @Post
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    HttpResponse<?> save(HttpRequest<?> request, String token) {
        try (MultipartForm form = forms.form(request)) {
            SubmittedForm typed = SubmittedForm.of(form);
            try {
                return form.text(SUGGEST) == null
                        ? answer(request, token, typed, save(token, typed))
                        : suggest(request, token, typed);
            } catch (RuntimeException e) {
                if (!TransientFailure.isBehind(e)) {
                    throw e;
                }
                LOG.warn("A form could not be saved for now", e);
                LoadOutcome.Loaded loaded = lookAgain(token);
                // A link that still opens says that nothing was saved.
                boolean unknown = loaded == null && e instanceof OutcomeUnknown;
                return pages.unavailable(request, token, loaded, typed, unknown);
            }
        }
    }

    /** Somebody who is out of ideas wants one; the link and what is stored stay as they are. */
    private HttpResponse<?> suggest(HttpRequest<?> request, String token, SubmittedForm typed) {
        return opened(request, token, typed, loaded -> {
            String nickname = nicknames.free(1).getFirst();
            return pages.suggested(request, token, loaded, typed, nickname);
        });
    }

    private SaveOutcome save(String token, SubmittedForm typed) {
        Upload photo = typed.photo();
        ProfileInput input = typed.input();
        if (photo == null && typed.accepted("photo")) {
            return edits.save(
                    token,
                    proposedPhoto(token)
                            .map(bytes -> input.withPhoto(() -> bytes))
                            .orElse(input));
        }
        return edits.save(token, photo == null || photo.tooLarge() ? input : input.withPhoto(photo));
    }

    private Optional<byte[]> proposedPhoto(String token) {
        return edits.load(token) instanceof LoadOutcome.Loaded loaded
                ? proposals.photoOf(loaded.link())
                : Optional.empty();
    }

    private HttpResponse<?> answer(HttpRequest<?> request, String token, SubmittedForm typed, SaveOutcome outcome) {
        return switch (outcome) {
            case SaveOutcome.Saved saved -> {
                signIns.noteProof(saved.owner(), callers.of(request));
                yield HttpResponse.seeOther(URI.create(address(token) + AfterEditController.saved(typed.dropped())));
            }
            case SaveOutcome.LinkRefused refused ->
                deadLinks.explain(
                        request, token, refused.refusal(), typed.form().bio());
            case SaveOutcome.Unchanged unchanged ->
                opened(request, token, typed, loaded -> pages.unchanged(request, token, loaded, typed));
            case SaveOutcome.InvalidFields invalid ->
                opened(
                        request,
                        token,
                        typed,
                        loaded -> pages.invalid(request, token, loaded, typed, EditPages.reasons(invalid.fields())));
            case SaveOutcome.PhotoRefused photo ->
                opened(
                        request,
                        token,
                        typed,
                        loaded -> pages.invalid(request, token, loaded, typed, EditPages.reason(photo.reason())));
            case SaveOutcome.TooManyUploads many ->
                opened(
                        request,
                        token,
                        typed,
                        loaded -> pages.invalid(request, token, loaded, typed, Map.of("photo", "too-many"))
                                .status(HttpStatus.TOO_MANY_REQUESTS)
                                .header(HttpHeaders.RETRY_AFTER, seconds(many.retryAfter())));
            case SaveOutcome.VersionConflict conflict ->
                opened(request, token, typed, loaded -> pages.conflict(request, token, conflict, typed));
        };
    }

    /** Rounded up, as somebody who comes a moment too early is refused again. */
    private static String seconds(Duration wait) {
        return Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
    }

    /** A form that came back shows that somebody looked; the GET before it must not write that down. */
    private HttpResponse<?> opened(
            HttpRequest<?> request,
            String token,
            SubmittedForm typed,
            Function<LoadOutcome.Loaded, HttpResponse<?>> page) {
        return loaded(request, token, typed.form().bio(), loaded -> {
            statuses.noteOpened(loaded.link());
            return page.apply(loaded);
        });
    }

    private HttpResponse<?> loaded(
            HttpRequest<?> request,
            String token,
            @Nullable String typed,
            Function<LoadOutcome.Loaded, HttpResponse<?>> page) {
        return switch (edits.load(token)) {
            case LoadOutcome.LinkRefused refused -> deadLinks.explain(request, token, refused.refusal(), typed);
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
