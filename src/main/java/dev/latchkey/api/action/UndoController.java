package dev.latchkey.api.action;

import dev.latchkey.assistant.AssistantTexts;
import dev.latchkey.assistant.DeadLinks;
import dev.latchkey.history.UndoOutcome;
import dev.latchkey.history.UndoService;
import dev.latchkey.http.Forms;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/** Undo for front ends: no key, the token of a notice is the right. */
@Controller(consumes = MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class UndoController {
    private final Forms forms;
    private final UndoService undos;
    private final DeadLinks deadLinks;
    private final AssistantTexts texts;
    private final Problems problems;

    UndoController(Forms forms, UndoService undos, DeadLinks deadLinks, AssistantTexts texts, Problems problems) {
        this.forms = forms;
        this.undos = undos;
        this.deadLinks = deadLinks;
        this.texts = texts;
        this.problems = problems;
    }

    @Post("/api/update/undo")
    HttpResponse<?> undo(HttpRequest<?> request) {
        String token = forms.json(request).string("token");
        if (token == null || token.isBlank()) {
            throw new ProblemException(
                    Problem.ofField(ProblemType.INVALID_REQUEST, "token", texts.text("token.missing")));
        }
        return switch (undos.undo(token)) {
            case UndoOutcome.Undone undone -> {
                deadLinks.speakTo(request, undone.account().id());
                yield HttpResponse.ok(new UndoResponse("undone", undone.restored(), texts.text("undo.done")))
                        .header(HttpHeaders.CACHE_CONTROL, "no-store");
            }
            case UndoOutcome.Refused refused ->
                problems.respond(request, deadLinks.problemOf(request, refused.refusal(), "undo"));
        };
    }

    /**
     * A change was taken back.
     *
     * @param restored names of the fields that hold again what they held before
     */
    @Serdeable
    record UndoResponse(String status, List<String> restored, String instructions) {}
}
