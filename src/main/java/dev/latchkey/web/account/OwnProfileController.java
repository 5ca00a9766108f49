package dev.latchkey.web.account;

import dev.latchkey.database.OutcomeUnknown;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import dev.latchkey.http.TransientFailure;
import dev.latchkey.membership.OwnEdits;
import dev.latchkey.membership.OwnEdits.Outcome;
import dev.latchkey.profile.ChangeRefused;
import dev.latchkey.profile.OwnOutcome;
import dev.latchkey.profile.OwnProfiles;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.ProfileView;
import dev.latchkey.profile.nickname.NicknameSuggestions;
import dev.latchkey.session.PageSession;
import dev.latchkey.text.Texts;
import dev.latchkey.web.edit.EditForm;
import dev.latchkey.web.edit.EditPage.Place;
import dev.latchkey.web.edit.EditPages;
import dev.latchkey.web.edit.NicknameAnswers;
import dev.latchkey.web.edit.UploadedPhotos;
import dev.latchkey.web.session.OwnForms;
import io.micronaut.http.HttpHeaders;
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
import jakarta.inject.Named;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The form that a mailed link opens, for who is signed in: it uses nothing up. */
@Controller("/account/profile")
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
final class OwnProfileController {
    private static final Logger LOG = LoggerFactory.getLogger(OwnProfileController.class);
    private static final String HERE = "/account/profile";

    private final OwnEdits edits;
    private final OwnProfiles profiles;
    private final NicknameSuggestions nicknames;
    private final NicknameAnswers answers;
    private final OwnForms forms;
    private final CallerAddressResolver callers;
    private final AccountPages accountPages;
    private final EditPages pages;
    private final UploadedPhotos photos;
    private final Problems problems;
    private final Texts texts;

    OwnProfileController(
            OwnEdits edits,
            OwnProfiles profiles,
            NicknameSuggestions nicknames,
            NicknameAnswers answers,
            OwnForms forms,
            CallerAddressResolver callers,
            AccountPages accountPages,
            EditPages pages,
            UploadedPhotos photos,
            Problems problems,
            @Named("messages") Texts texts) {
        this.edits = edits;
        this.profiles = profiles;
        this.nicknames = nicknames;
        this.answers = answers;
        this.forms = forms;
        this.callers = callers;
        this.accountPages = accountPages;
        this.pages = pages;
        this.photos = photos;
        this.problems = problems;
        this.texts = texts;
    }

    /** @param saved names of the fields that were saved just now, as the form's own answer leads here */
    @Get("{?saved}")
    HttpResponse<?> show(HttpRequest<?> request, PageSession session, @Nullable @QueryValue String saved) {
        List<String> names = saved == null ? List.of() : fields(saved);
        return opened(
                session, place -> names.isEmpty() ? pages.stored(request, place) : pages.saved(request, place, names));
    }

    @Post
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    HttpResponse<?> save(HttpRequest<?> request, PageSession session) {
        try (Form form = forms.read(request, session)) {
            EditForm typed = EditForm.of(form);
            try {
                return form.text(EditForm.SUGGEST) == null
                        ? save(request, session, form, typed)
                        : suggest(request, session, typed);
            } catch (RuntimeException e) {
                if (!TransientFailure.isBehind(e)) {
                    throw e;
                }
                LOG.warn("A form could not be saved for now", e);
                return pages.unavailable(request, place(session, null), typed, e instanceof OutcomeUnknown);
            }
        }
    }

    /** The photo that was uploaded with a form that could not be saved, for the session that sent it. */
    @Get("/kept.jpg")
    @Produces(MediaType.ALL)
    HttpResponse<?> keptPhoto(HttpRequest<?> request, PageSession session) {
        return photos.kept(place(session, null))
                .<HttpResponse<?>>map(jpeg -> HttpResponse.ok(jpeg).contentType(MediaType.IMAGE_JPEG_TYPE))
                .orElseGet(() -> problems.respond(request, Problem.worded(ProblemType.NOT_FOUND, "no.kept-photo")));
    }

    /** Asked by the form while somebody types a nickname. */
    @Post("/nickname")
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    @Produces(MediaType.ALL)
    HttpResponse<?> nickname(HttpRequest<?> request, PageSession session) {
        try (Form form = forms.read(request, session)) {
            String typed = form.text("nickname");
            return profiles.find(session.accountId())
                    .<HttpResponse<?>>map(
                            mine -> answers.answer(request, mine, mine.account().verified(), typed))
                    .orElseGet(() -> HttpResponse.seeOther(SignInController.ACCOUNT));
        }
    }

    private HttpResponse<?> save(HttpRequest<?> request, PageSession session, Form form, EditForm typed) {
        return opened(session, place -> {
            ProfileChange change = typed.change(photos.take(place, typed));
            String current = form.text(EditPages.CURRENT);
            return answer(request, session, typed, edits.save(session, change, current, callers.of(request)));
        });
    }

    private HttpResponse<?> suggest(HttpRequest<?> request, PageSession session, EditForm typed) {
        return opened(session, place -> {
            photos.take(place, typed);
            return pages.suggested(request, place, typed, nicknames.free(1).getFirst());
        });
    }

    private MutableHttpResponse<?> answer(
            HttpRequest<?> request, PageSession session, EditForm typed, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> answer(request, session, typed, done.outcome());
            case Outcome.LinkNeeded needed -> unproven(request, session, typed, "own.link");
            case Outcome.CurrentMissing missing -> unproven(request, session, typed, "own.current.missing");
            case Outcome.CurrentWrong wrong -> unproven(request, session, typed, "own.current.wrong");
            case Outcome.SlowedDown slow -> {
                long seconds = Problem.seconds(slow.retryAfter());
                yield unproven(request, session, typed, "own.current.slow", slow.retryAfter())
                        .status(HttpStatus.TOO_MANY_REQUESTS)
                        .header(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
            }
        };
    }

    private MutableHttpResponse<?> answer(
            HttpRequest<?> request, PageSession session, EditForm typed, OwnOutcome outcome) {
        return switch (outcome) {
            case OwnOutcome.Stored stored -> {
                photos.forget(place(session, stored.view()), typed);
                yield stored.changed().isEmpty()
                        ? opened(session, place -> pages.unchanged(request, place, typed))
                        : HttpResponse.seeOther(URI.create(HERE + "?saved=" + names(stored)));
            }
            case OwnOutcome.Stale stale ->
                pages.conflict(request, place(session, stale.current()), stale.fields(), typed);
            case ChangeRefused refused -> opened(session, place -> pages.refused(request, place, typed, refused));
            case OwnOutcome.Gone gone -> HttpResponse.seeOther(SignInController.ACCOUNT);
        };
    }

    private MutableHttpResponse<?> unproven(
            HttpRequest<?> request, PageSession session, EditForm typed, String why, Object... values) {
        String sentence = texts.text(accountPages.speakTo(request, session), why, values);
        return opened(session, place -> pages.unproven(request, place, typed, sentence));
    }

    private MutableHttpResponse<?> opened(PageSession session, Function<Place, MutableHttpResponse<?>> page) {
        return profiles.find(session.accountId())
                .<MutableHttpResponse<?>>map(mine -> page.apply(place(session, mine)))
                .orElseGet(() -> HttpResponse.seeOther(SignInController.ACCOUNT));
    }

    private Place place(PageSession session, @Nullable ProfileView mine) {
        boolean hasOne = session.account().passphraseHash() != null;
        boolean asksProof = edits.asksProof(session);
        return new Place(HERE, mine, null, session, asksProof && hasOne, asksProof && !hasOne);
    }

    private static String names(OwnOutcome.Stored stored) {
        return stored.changed().stream().map(ProfileField::key).collect(Collectors.joining(","));
    }

    private static List<String> fields(String names) {
        List<String> asked = List.of(names.split(","));
        return Arrays.stream(ProfileField.values())
                .map(ProfileField::key)
                .filter(asked::contains)
                .toList();
    }
}
