package dev.latchkey.api.action;

import dev.latchkey.assistant.AssistantLinks;
import dev.latchkey.assistant.Drafts;
import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.http.Forms;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.Problems;
import dev.latchkey.magiclink.Caller;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Init: an assistant asks for a link on somebody's behalf. */
@Controller(consumes = MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class InitController {
    private final Forms forms;
    private final AssistantLinks desk;
    private final Drafts drafts;
    private final LatchkeySettings settings;
    private final Problems problems;

    InitController(Forms forms, AssistantLinks desk, Drafts drafts, LatchkeySettings settings, Problems problems) {
        this.forms = forms;
        this.desk = desk;
        this.drafts = drafts;
        this.settings = settings;
        this.problems = problems;
    }

    @Post("/api/update/init")
    HttpResponse<?> init(HttpRequest<?> request, ActionCaller action) {
        JsonFields body = forms.json(request);
        Caller caller = new Caller(action.keyDigest(), action.user(), action.conversation());
        AssistantLinks.Reply reply = desk.request(
                body.string("email"),
                body.digits("pin"),
                "pin",
                caller,
                settings.unknownUser(),
                drafts.whole(body, caller));
        return switch (reply) {
            case AssistantLinks.Reply.Accepted accepted ->
                HttpResponse.accepted().body(accepted.response());
            case AssistantLinks.Reply.Refused refused -> problems.respond(request, refused.problem());
        };
    }
}
