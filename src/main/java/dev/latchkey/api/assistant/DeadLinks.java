package dev.latchkey.api.assistant;

import dev.latchkey.api.problem.Problem;
import dev.latchkey.api.problem.ProblemType;
import dev.latchkey.magiclink.Inspection;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Says why a token opens nothing. */
@Singleton
final class DeadLinks {
    private final AssistantTexts texts;

    DeadLinks(AssistantTexts texts) {
        this.texts = texts;
    }

    Problem problemOf(Inspection.Refused refusal) {
        return switch (refusal.reason()) {
            case UNKNOWN -> Problem.of(ProblemType.LINK_UNKNOWN, texts.text("link.unknown"));
            case EXPIRED -> Problem.of(ProblemType.LINK_EXPIRED, texts.text("link.expired"));
            case REVOKED -> Problem.of(ProblemType.LINK_REVOKED, texts.text("link.revoked"));
            case USED -> used(refusal.since());
        };
    }

    private Problem used(@org.jspecify.annotations.Nullable Instant since) {
        Instant when = since == null ? Instant.EPOCH : since.truncatedTo(ChronoUnit.SECONDS);
        return Problem.of(ProblemType.LINK_USED, texts.text("link.used", when)).with("usedAt", when.toString());
    }
}
