package dev.latchkey.api.action;

import dev.latchkey.account.EmailAddress;
import dev.latchkey.assistant.AssistantLinks.InitResponse;
import dev.latchkey.assistant.AssistantTexts;
import dev.latchkey.config.SessionSettings;
import dev.latchkey.http.FieldTexts;
import dev.latchkey.http.Forms;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemException;
import dev.latchkey.http.ProblemType;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
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

/** Sign-up from the chat: an assistant asks for an account on somebody's behalf, and never for a passphrase. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class SignUpController {
    private final Forms forms;
    private final SignUpService signUps;
    private final String termsVersion;
    private final AssistantTexts texts;
    private final FieldTexts fieldTexts;

    SignUpController(
            Forms forms, SignUpService signUps, SessionSettings sessions, AssistantTexts texts, FieldTexts fieldTexts) {
        this.forms = forms;
        this.signUps = signUps;
        this.termsVersion = sessions.termsVersion();
        this.texts = texts;
        this.fieldTexts = fieldTexts;
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
            case SignUpOutcome.Created created -> HttpResponse.accepted().body(answer(created.link()));
            case SignUpOutcome.EmailTaken taken ->
                throw new ProblemException(ProblemType.EMAIL_TAKEN, texts.text("signup.email-taken"));
            case SignUpOutcome.InvalidFields invalid ->
                throw new ProblemException(texts.invalid(
                        "signup.invalid",
                        invalid.fields().stream().map(fieldTexts::errorOf).toList()));
            case SignUpOutcome.LimitReached limit -> throw new ProblemException(tooMany(limit.retryAfter()));
        };
    }

    private InitResponse answer(LinkOutcome.Accepted accepted) {
        return new InitResponse(
                "accepted",
                accepted.requestId(),
                accepted.matchPhrase(),
                texts.text("signup.instructions", accepted.matchPhrase()));
    }

    private Problem tooMany(Duration wait) {
        return Problem.of(ProblemType.TOO_MANY_REQUESTS, texts.text("signup.too-many-requests", texts.wait(wait)))
                .withRetryAfter(wait);
    }

    private static ProblemException unusable(String field, String detail) {
        return new ProblemException(Problem.ofField(ProblemType.INVALID_REQUEST, field, detail));
    }
}
