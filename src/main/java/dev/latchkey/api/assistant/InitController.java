package dev.latchkey.api.assistant;

import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Pin;
import dev.latchkey.api.form.Forms;
import dev.latchkey.api.form.JsonFields;
import dev.latchkey.api.problem.Problem;
import dev.latchkey.api.problem.ProblemException;
import dev.latchkey.api.problem.ProblemType;
import dev.latchkey.api.problem.Problems;
import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.magiclink.RequestOutcome;
import dev.latchkey.magiclink.Subject;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Init: an assistant asks for a link on somebody's behalf. */
@Controller(consumes = MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class InitController {
    private final Forms forms;
    private final LinkRequestService links;
    private final LatchkeySettings settings;
    private final AssistantTexts texts;
    private final Problems problems;

    InitController(
            Forms forms, LinkRequestService links, LatchkeySettings settings, AssistantTexts texts, Problems problems) {
        this.forms = forms;
        this.links = links;
        this.settings = settings;
        this.texts = texts;
        this.problems = problems;
    }

    @Post("/api/update/init")
    HttpResponse<?> init(HttpRequest<?> request, ActionCaller action) {
        Subject subject = subject(forms.json(request));
        Caller caller = new Caller(action.keyDigest(), action.user(), action.conversation());
        return switch (links.request(subject, caller, settings.unknownUser())) {
            case RequestOutcome.Accepted accepted ->
                HttpResponse.accepted()
                        .body(new InitResponse(
                                "accepted",
                                accepted.requestId(),
                                accepted.matchPhrase(),
                                texts.text("init.instructions", accepted.matchPhrase())));
            case RequestOutcome.UserNotFound none ->
                refuse(request, ProblemType.USER_NOT_FOUND, texts.text("init.user-not-found"), null);
            case RequestOutcome.AccountBlocked blocked ->
                refuse(request, ProblemType.ACCOUNT_BLOCKED, texts.text("init.account-blocked"), null);
            case RequestOutcome.LimitReached limit ->
                refuse(
                        request,
                        ProblemType.TOO_MANY_REQUESTS,
                        texts.text("init.too-many-requests", inWords(limit.retryAfter())),
                        limit.retryAfter());
        };
    }

    /** The address alone decides where both are given. Models send empty strings for what they do not know. */
    private Subject subject(JsonFields body) {
        String email = body.string("email");
        String pin = body.digits("pin");
        if (email != null && !email.isBlank()) {
            return EmailAddress.parse(email)
                    .<Subject>map(Subject.ByEmail::new)
                    .orElseThrow(() -> unusable("email", texts.text("init.email")));
        }
        if (pin != null && !pin.isBlank()) {
            return Pin.parse(pin)
                    .<Subject>map(Subject.ByPin::new)
                    .orElseThrow(() -> unusable("pin", texts.text("init.pin")));
        }
        throw new ProblemException(ProblemType.INVALID_REQUEST, texts.text("init.neither"));
    }

    private static ProblemException unusable(String field, String detail) {
        return new ProblemException(Problem.ofField(ProblemType.INVALID_REQUEST, field, detail));
    }

    private HttpResponse<?> refuse(
            HttpRequest<?> request, ProblemType type, String detail, @Nullable Duration retryAfter) {
        Problem problem = Problem.of(type, detail);
        return problems.respond(request, retryAfter == null ? problem : problem.withRetryAfter(retryAfter));
    }

    /** Rounded up to what a person would say. */
    static String inWords(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        if (seconds == 1) {
            return "1 second";
        }
        return seconds <= 90 ? seconds + " seconds" : (seconds + 59) / 60 + " minutes";
    }
}
