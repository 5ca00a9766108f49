package dev.latchkey.api.action;

import dev.latchkey.assistant.AssistantLinks;
import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.http.Problems;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Status: an assistant asks how far a request has come. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class StatusController {
    private final AssistantLinks desk;
    private final LatchkeySettings settings;
    private final Problems problems;

    StatusController(AssistantLinks desk, LatchkeySettings settings, Problems problems) {
        this.desk = desk;
        this.settings = settings;
        this.problems = problems;
    }

    @Get("/api/update/status/{requestId}")
    HttpResponse<?> status(HttpRequest<?> request, ActionCaller caller, String requestId) {
        return desk.status(requestId, settings.unknownUser())
                .<HttpResponse<?>>map(HttpResponse::ok)
                .orElseGet(() -> problems.respond(request, desk.noRequest()));
    }
}
