package dev.latchkey.api.action;

import dev.latchkey.assistant.AssistantLinks;
import dev.latchkey.assistant.Drafts;
import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.http.Forms;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.Problems;
import dev.latchkey.magiclink.Caller;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Init and Status: an assistant asks for a link on somebody's behalf, and how far it has come. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class InitController {
    private final Forms forms;
    private final AssistantLinks links;
    private final Drafts drafts;
    private final UnknownUser unknownUser;
    private final Problems problems;

    InitController(Forms forms, AssistantLinks links, Drafts drafts, LatchkeySettings settings, Problems problems) {
        this.forms = forms;
        this.links = links;
        this.drafts = drafts;
        this.unknownUser = settings.unknownUser();
        this.problems = problems;
    }

    @Post("/api/update/init")
    @Consumes(MediaType.ALL)
    HttpResponse<?> init(HttpRequest<?> request, Caller caller) {
        JsonFields body = forms.json(request);
        AssistantLinks.Reply reply = links.request(
                body.string("email"), body.digits("pin"), "pin", caller, unknownUser, drafts.whole(body, caller));
        return switch (reply) {
            case AssistantLinks.Reply.Accepted accepted ->
                HttpResponse.accepted().body(accepted.response());
            case AssistantLinks.Reply.Refused refused -> problems.respond(request, refused.problem());
        };
    }

    @Get("/api/update/status/{requestId}")
    HttpResponse<?> status(HttpRequest<?> request, Caller caller, String requestId) {
        return links.status(requestId, unknownUser)
                .<HttpResponse<?>>map(HttpResponse::ok)
                .orElseGet(() -> problems.respond(request, links.noRequest()));
    }
}
