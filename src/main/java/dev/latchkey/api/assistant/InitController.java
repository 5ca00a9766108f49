package dev.latchkey.api.assistant;

import dev.latchkey.api.form.Forms;
import dev.latchkey.api.form.JsonFields;
import dev.latchkey.api.problem.Problems;
import dev.latchkey.config.LatchkeySettings;
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
    private final LinkDesk desk;
    private final Drafts drafts;
    private final LatchkeySettings settings;
    private final Problems problems;

    InitController(Forms forms, LinkDesk desk, Drafts drafts, LatchkeySettings settings, Problems problems) {
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
        LinkDesk.Reply reply = desk.request(
                body.string("email"),
                body.digits("pin"),
                "pin",
                caller,
                settings.unknownUser(),
                drafts.whole(body, caller));
        return switch (reply) {
            case LinkDesk.Reply.Accepted accepted -> HttpResponse.accepted().body(accepted.response());
            case LinkDesk.Reply.Refused refused -> problems.respond(request, refused.problem());
        };
    }
}
