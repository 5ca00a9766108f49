package dev.latchkey.assistant;

import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.magiclink.Inspection;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Says why a token opens nothing, to whoever held one that did in the language of its account. */
@Singleton
public final class DeadLinks {
    private final AssistantTexts texts;
    private final OwnersLanguage language;

    DeadLinks(AssistantTexts texts, OwnersLanguage language) {
        this.texts = texts;
        this.language = language;
    }

    public Problem problemOf(HttpRequest<?> request, Inspection.Refused refusal) {
        language.speakTo(request, refusal.accountId());
        return switch (refusal.reason()) {
            case UNKNOWN -> Problem.of(ProblemType.LINK_UNKNOWN, texts.text("link.unknown"));
            case EXPIRED -> Problem.of(ProblemType.LINK_EXPIRED, texts.text("link.expired"));
            case REVOKED -> Problem.of(ProblemType.LINK_REVOKED, texts.text("link.revoked"));
            case USED -> used(refusal.since());
        };
    }

    private Problem used(@Nullable Instant since) {
        Instant when = since == null ? Instant.EPOCH : since.truncatedTo(ChronoUnit.SECONDS);
        return Problem.of(ProblemType.LINK_USED, texts.text("link.used", when)).with("usedAt", when.toString());
    }
}
