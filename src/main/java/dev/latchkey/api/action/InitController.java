package dev.latchkey.api.action;

import dev.latchkey.assistant.AssistantLinks;
import dev.latchkey.assistant.AssistantLinks.InitResponse;
import dev.latchkey.assistant.AssistantLinks.StatusResponse;
import dev.latchkey.assistant.Drafts;
import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.http.Forms;
import dev.latchkey.http.JsonFields;
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

    InitController(Forms forms, AssistantLinks links, Drafts drafts, LatchkeySettings settings) {
        this.forms = forms;
        this.links = links;
        this.drafts = drafts;
        this.unknownUser = settings.unknownUser();
    }

    @Post("/api/update/init")
    @Consumes(MediaType.ALL)
    HttpResponse<InitResponse> init(HttpRequest<?> request, Caller caller) {
        JsonFields body = forms.json(request);
        return HttpResponse.accepted()
                .body(links.request(
                        body.string("email"),
                        body.digits("pin"),
                        "pin",
                        caller,
                        unknownUser,
                        drafts.whole(body, caller)));
    }

    @Get("/api/update/status/{requestId}")
    StatusResponse status(Caller caller, String requestId) {
        return links.status(requestId, unknownUser);
    }
}
