package dev.latchkey.api.assistant;

import dev.latchkey.api.problem.Problem;
import dev.latchkey.api.problem.ProblemType;
import dev.latchkey.api.problem.Problems;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkState;
import dev.latchkey.magiclink.LinkStatus;
import dev.latchkey.magiclink.LinkStatusService;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Status: an assistant asks how far a request has come. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class StatusController {
    private final LinkStatusService statuses;
    private final AssistantTexts texts;
    private final Problems problems;

    StatusController(LinkStatusService statuses, AssistantTexts texts, Problems problems) {
        this.statuses = statuses;
        this.texts = texts;
        this.problems = problems;
    }

    @Get("/api/update/status/{requestId}")
    HttpResponse<?> status(HttpRequest<?> request, ActionCaller caller, String requestId) {
        Optional<LinkStatus> status = parse(requestId).flatMap(statuses::statusOf);
        return status.isPresent()
                ? HttpResponse.ok(response(status.get()))
                : problems.respond(request, Problem.of(ProblemType.REQUEST_NOT_FOUND, texts.text("status.not-found")));
    }

    private static Optional<UUID> parse(String requestId) {
        try {
            return Optional.of(UUID.fromString(requestId));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private StatusResponse response(LinkStatus status) {
        String state = status.state().name().toLowerCase(Locale.ROOT);
        String value = status.state() == LinkState.SAVED ? String.join(", ", status.changed()) : status.matchPhrase();
        boolean confirmed = status.state() == LinkState.SAVED && status.purpose() != LinkPurpose.EDIT_PROFILE;
        return new StatusResponse(
                status.requestId(),
                state,
                status.matchPhrase(),
                status.changed(),
                texts.text("status." + (confirmed ? "confirmed" : state), value));
    }
}
