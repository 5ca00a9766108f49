package dev.latchkey.api.action;

import dev.latchkey.assistant.AssistantLinks.InitResponse;
import dev.latchkey.assistant.AssistantSignUps;
import dev.latchkey.http.Forms;
import dev.latchkey.http.JsonFields;
import dev.latchkey.magiclink.Caller;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Sign-up from the chat. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class SignUpController {
    private final Forms forms;
    private final AssistantSignUps signUps;

    SignUpController(Forms forms, AssistantSignUps signUps) {
        this.forms = forms;
        this.signUps = signUps;
    }

    @Post("/api/signup/init")
    HttpResponse<InitResponse> signUp(HttpRequest<?> request, Caller caller) {
        JsonFields body = forms.json(request);
        return HttpResponse.accepted().body(signUps.signUp(body.string("email"), body, caller));
    }
}
