package dev.latchkey.api.action;

import dev.latchkey.assistant.AssistantTexts;
import dev.latchkey.assistant.DeadLinks;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.FieldTexts;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import dev.latchkey.photo.PhotoResult;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.profile.ChangeRefused;
import dev.latchkey.profile.InvalidField;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.SaveOutcome;
import dev.latchkey.session.SignInService;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;

/** Puts the outcome of a save into an answer. */
@Singleton
final class SaveAnswers {
    private final SignInService signIns;
    private final CallerAddressResolver callers;
    private final AssistantTexts texts;
    private final FieldTexts fieldTexts;
    private final DeadLinks deadLinks;
    private final PhotoUrls photos;
    private final Problems problems;

    SaveAnswers(
            SignInService signIns,
            CallerAddressResolver callers,
            AssistantTexts texts,
            FieldTexts fieldTexts,
            DeadLinks deadLinks,
            PhotoUrls photos,
            Problems problems) {
        this.signIns = signIns;
        this.callers = callers;
        this.texts = texts;
        this.fieldTexts = fieldTexts;
        this.deadLinks = deadLinks;
        this.photos = photos;
        this.problems = problems;
    }

    HttpResponse<?> answer(HttpRequest<?> request, SaveOutcome outcome) {
        return switch (outcome) {
            case SaveOutcome.Saved saved -> {
                signIns.noteProof(saved.owner(), callers.of(request));
                yield HttpResponse.ok(new SaveResponse(
                        "saved", saved.changed().stream().map(ProfileField::key).toList(), texts.text("save.saved")));
            }
            case SaveOutcome.Unchanged unchanged ->
                HttpResponse.ok(new SaveResponse("unchanged", List.of(), texts.text("save.unchanged")));
            case SaveOutcome.LinkRefused refused ->
                problems.respond(request, deadLinks.problemOf(request, refused.refusal()));
            case ChangeRefused.InvalidFields invalid -> problems.respond(request, invalid(invalid.fields()));
            case ChangeRefused.PhotoRefused refused -> problems.respond(request, photo(refused.reason()));
            case ChangeRefused.TooManyUploads many ->
                problems.respond(
                        request,
                        Problem.of(
                                        ProblemType.TOO_MANY_REQUESTS,
                                        texts.text("save.uploads", texts.wait(many.retryAfter())))
                                .withRetryAfter(many.retryAfter()));
            case SaveOutcome.VersionConflict conflict ->
                problems.respond(
                        request,
                        Problem.of(ProblemType.VERSION_CONFLICT, texts.text("save.conflict"))
                                .with("current", LoadResponse.of(conflict.link(), conflict.current(), photos))
                                .with(
                                        "fields",
                                        conflict.fields().stream()
                                                .map(ProfileField::key)
                                                .toList()));
        };
    }

    private Problem invalid(List<InvalidField> fields) {
        return texts.invalid(
                "save.invalid", fields.stream().map(fieldTexts::errorOf).toList());
    }

    private Problem photo(PhotoResult.Reason reason) {
        ProblemType type = switch (reason) {
            case TOO_LARGE, TOO_MANY_PIXELS -> ProblemType.TOO_LARGE;
            case UNSUPPORTED, DAMAGED -> ProblemType.UNSUPPORTED_PHOTO;
        };
        return Problem.ofField(type, ProfileField.PHOTO.key(), texts.text("save.photo." + lower(reason)));
    }

    private static String lower(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
