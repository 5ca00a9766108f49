package dev.latchkey.assistant;

import dev.latchkey.account.EmailAddress;
import dev.latchkey.assistant.AssistantLinks.InitResponse;
import dev.latchkey.config.SessionSettings;
import dev.latchkey.http.FieldTexts;
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
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sign-up from a chat: an assistant asks for an account on somebody's behalf, and never for a passphrase. */
@Singleton
public final class AssistantSignUps {
    private final SignUpService signUps;
    private final String termsVersion;
    private final AssistantTexts texts;
    private final FieldTexts fieldTexts;

    AssistantSignUps(SignUpService signUps, SessionSettings sessions, AssistantTexts texts, FieldTexts fieldTexts) {
        this.signUps = signUps;
        this.termsVersion = sessions.termsVersion();
        this.texts = texts;
        this.fieldTexts = fieldTexts;
    }

    /**
     * Makes an account whose mailbox is still to be proved.
     *
     * @param typed their address
     * @param body with {@code consent}, and what is told of the person
     * @throws ProblemException when no mail was sent
     */
    public InitResponse signUp(@Nullable String typed, JsonFields body, Caller caller) {
        EmailAddress email = EmailAddress.parse(typed == null ? "" : typed)
                .orElseThrow(() -> unusable("email", texts.text("signup.email")));
        requireConsent(body);
        SignUp wish = SignUp.withConsent(
                email, ProfileField.read(ProfileField.ON_ARRIVAL, body::string), termsVersion, caller);
        return switch (signUps.signUp(wish)) {
            case SignUpOutcome.Created created -> answer(created.link());
            case SignUpOutcome.EmailTaken taken ->
                throw new ProblemException(ProblemType.EMAIL_TAKEN, texts.text("signup.email-taken"));
            case SignUpOutcome.InvalidFields invalid ->
                throw new ProblemException(texts.invalid(
                        "signup.invalid",
                        invalid.fields().stream().map(fieldTexts::errorOf).toList()));
            case SignUpOutcome.LimitReached limit -> throw new ProblemException(tooMany(limit.retryAfter()));
        };
    }

    /** Refuses a body in which nobody agreed to the terms. */
    public void requireConsent(JsonFields body) {
        if (!Boolean.TRUE.equals(body.bool("consent"))) {
            throw unusable("consent", texts.text("signup.consent"));
        }
    }

    private InitResponse answer(LinkOutcome.Accepted accepted) {
        return new InitResponse(
                "accepted",
                accepted.requestId(),
                accepted.matchPhrase(),
                texts.text("signup.instructions", accepted.matchPhrase()));
    }

    private Problem tooMany(Duration wait) {
        return Problem.of(ProblemType.TOO_MANY_REQUESTS, texts.text("signup.too-many-requests", wait))
                .withRetryAfter(wait);
    }

    private static ProblemException unusable(String field, String detail) {
        return new ProblemException(Problem.ofField(ProblemType.INVALID_REQUEST, field, detail));
    }
}
