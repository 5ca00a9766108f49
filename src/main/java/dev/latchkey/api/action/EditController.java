package dev.latchkey.api.action;

import dev.latchkey.assistant.AssistantTexts;
import dev.latchkey.assistant.DeadLinks;
import dev.latchkey.http.Forms;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import dev.latchkey.magiclink.LinkStatusService;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.profile.LoadOutcome;
import dev.latchkey.profile.ProfileChange;
import dev.latchkey.profile.ProfileEdits;
import dev.latchkey.profile.ProfileView;
import dev.latchkey.text.Languages;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Load and Save for front ends: no key, the token is the right. */
@Controller(consumes = MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class EditController {
    private final Forms forms;
    private final ProfileEdits edits;
    private final LinkStatusService statuses;
    private final SaveAnswers answers;
    private final DeadLinks deadLinks;
    private final PhotoUrls photos;
    private final AssistantTexts texts;
    private final Problems problems;

    EditController(
            Forms forms,
            ProfileEdits edits,
            LinkStatusService statuses,
            SaveAnswers answers,
            DeadLinks deadLinks,
            PhotoUrls photos,
            AssistantTexts texts,
            Problems problems) {
        this.forms = forms;
        this.edits = edits;
        this.statuses = statuses;
        this.answers = answers;
        this.deadLinks = deadLinks;
        this.photos = photos;
        this.texts = texts;
        this.problems = problems;
    }

    @Post("/api/update/load")
    HttpResponse<?> load(HttpRequest<?> request) {
        JsonFields body = forms.json(request);
        return switch (edits.load(token(body.string("token")))) {
            case LoadOutcome.LinkRefused refused -> {
                statuses.noteRanOut();
                yield problems.respond(request, deadLinks.problemOf(request, refused.refusal()));
            }
            case LoadOutcome.Loaded loaded -> {
                statuses.noteOpened(loaded.link());
                speakTo(request, loaded.view());
                yield uncached(HttpResponse.ok(LoadResponse.of(loaded.link(), loaded.view(), photos)));
            }
        };
    }

    @Post("/api/update/save")
    HttpResponse<?> save(HttpRequest<?> request) {
        return forms.isForm(request) ? saveForm(request) : saveJson(request);
    }

    private HttpResponse<?> saveJson(HttpRequest<?> request) {
        JsonFields body = forms.json(request);
        return save(request, token(body.string("token")), () -> SaveRequests.of(body));
    }

    private HttpResponse<?> saveForm(HttpRequest<?> request) {
        try (var form = forms.form(request)) {
            return save(request, token(form.text("token")), () -> SaveRequests.of(form));
        }
    }

    private HttpResponse<?> save(HttpRequest<?> request, String token, Supplier<ProfileChange> body) {
        ProfileChange change = change(request, token, body);
        return answers.answer(request, edits.save(token, loaded -> {
            speakTo(request, loaded.view());
            return change;
        }));
    }

    /** Where it cannot be read, that is said to whose link it is in their language, which is looked up for this alone. */
    private ProfileChange change(HttpRequest<?> request, String token, Supplier<ProfileChange> body) {
        try {
            return body.get();
        } catch (ProblemException inNoLanguageYet) {
            deadLinks.speakAfter(request, token);
            return body.get();
        }
    }

    private static void speakTo(HttpRequest<?> request, ProfileView owner) {
        Languages.reveal(request, owner.profile().locale());
    }

    private String token(@Nullable String sent) {
        if (sent == null || sent.isBlank()) {
            throw new ProblemException(
                    Problem.ofField(ProblemType.INVALID_REQUEST, "token", texts.text("token.missing")));
        }
        return sent;
    }

    private static MutableHttpResponse<?> uncached(MutableHttpResponse<?> response) {
        return response.header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
