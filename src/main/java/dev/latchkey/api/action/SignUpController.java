package dev.latchkey.api.action;

import dev.latchkey.account.EmailAddress;
import dev.latchkey.assistant.AssistantTexts;
import dev.latchkey.assistant.InitResponse;
import dev.latchkey.config.SessionSettings;
import dev.latchkey.http.FieldError;
import dev.latchkey.http.FieldTexts;
import dev.latchkey.http.Forms;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.LinkOutcome;
import dev.latchkey.membership.SignUp;
import dev.latchkey.membership.SignUpOutcome;
import dev.latchkey.membership.SignUpService;
import dev.latchkey.profile.ProfileField;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Sign-up from the chat: an assistant asks for an account on somebody's behalf, and never for a passphrase. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class SignUpController {
    private final Forms forms;
    private final SignUpService signUps;
    private final String termsVersion;
    private final AssistantTexts texts;
    private final FieldTexts fieldTexts;
    private final Problems problems;

    SignUpController(
            Forms forms,
            SignUpService signUps,
            SessionSettings sessions,
            AssistantTexts texts,
            FieldTexts fieldTexts,
            Problems problems) {
        this.forms = forms;
        this.signUps = signUps;
        this.termsVersion = sessions.termsVersion();
        this.texts = texts;
        this.fieldTexts = fieldTexts;
        this.problems = problems;
    }

    @Post("/api/signup/init")
    HttpResponse<?> signUp(HttpRequest<?> request, Caller caller) {
        JsonFields body = forms.json(request);
        String typed = body.string("email");
        EmailAddress email = EmailAddress.parse(typed == null ? "" : typed)
                .orElseThrow(() -> unusable("email", texts.text("signup.email")));
        if (!Boolean.TRUE.equals(body.bool("consent"))) {
            throw unusable("consent", texts.text("signup.consent"));
        }
        SignUp wish = SignUp.withConsent(
                email, ProfileField.read(ProfileField.ON_ARRIVAL, body::string), termsVersion, caller);
        return switch (signUps.signUp(wish)) {
            case SignUpOutcome.Created created -> accepted(created.link());
            case SignUpOutcome.EmailTaken taken ->
                problems.respond(request, Problem.of(ProblemType.EMAIL_TAKEN, texts.text("signup.email-taken")));
            case SignUpOutcome.InvalidFields invalid -> {
                List<FieldError> errors =
                        invalid.fields().stream().map(fieldTexts::errorOf).toList();
                String sentences = errors.stream().map(FieldError::detail).collect(Collectors.joining(" "));
                yield problems.respond(
                        request,
                        Problem.of(ProblemType.INVALID_FIELDS, texts.text("signup.invalid", sentences))
                                .withErrors(errors));
            }
            case SignUpOutcome.LimitReached limit -> wait(request, limit.retryAfter());
        };
    }

    private HttpResponse<?> accepted(LinkOutcome.Accepted accepted) {
        return HttpResponse.accepted()
                .body(new InitResponse(
                        "accepted",
                        accepted.requestId(),
                        accepted.matchPhrase(),
                        texts.text("signup.instructions", accepted.matchPhrase())));
    }

    private HttpResponse<?> wait(HttpRequest<?> request, Duration wait) {
        return problems.respond(
                request,
                Problem.of(ProblemType.TOO_MANY_REQUESTS, texts.text("signup.too-many-requests", texts.wait(wait)))
                        .withRetryAfter(wait));
    }

    private static ProblemException unusable(String field, String detail) {
        return new ProblemException(Problem.ofField(ProblemType.INVALID_REQUEST, field, detail));
    }
}
