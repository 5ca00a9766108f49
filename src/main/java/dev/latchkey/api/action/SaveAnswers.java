package dev.latchkey.api.action;

import dev.latchkey.assistant.AssistantTexts;
import dev.latchkey.assistant.DeadLinks;
import dev.latchkey.assistant.SaveProblems;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import dev.latchkey.photo.PhotoUrls;
import dev.latchkey.profile.ChangeRefused;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.SaveOutcome;
import dev.latchkey.session.SignInService;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import jakarta.inject.Singleton;
import java.util.List;

/** Puts the outcome of a save into an answer. */
@Singleton
final class SaveAnswers {
    private final SignInService signIns;
    private final CallerAddressResolver callers;
    private final AssistantTexts texts;
    private final SaveProblems saveProblems;
    private final DeadLinks deadLinks;
    private final PhotoUrls photos;
    private final Problems problems;

    SaveAnswers(
            SignInService signIns,
            CallerAddressResolver callers,
            AssistantTexts texts,
            SaveProblems saveProblems,
            DeadLinks deadLinks,
            PhotoUrls photos,
            Problems problems) {
        this.signIns = signIns;
        this.callers = callers;
        this.texts = texts;
        this.saveProblems = saveProblems;
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
            case ChangeRefused refused -> problems.respond(request, saveProblems.of(refused));
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
}
