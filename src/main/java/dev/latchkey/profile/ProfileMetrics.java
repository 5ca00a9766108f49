package dev.latchkey.profile;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Locale;

/** Counts how saves end. */
@Singleton
final class ProfileMetrics {
    private final MeterRegistry registry;

    ProfileMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(SaveOutcome outcome) {
        String result = switch (outcome) {
            case SaveOutcome.Saved saved -> "saved";
            case SaveOutcome.Unchanged unchanged -> "unchanged";
            case SaveOutcome.LinkRefused refused ->
                "link-" + refused.refusal().reason().name().toLowerCase(Locale.ROOT);
            case ChangeRefused.InvalidFields invalid -> "invalid-fields";
            case ChangeRefused.PhotoRefused photo -> "photo-refused";
            case ChangeRefused.TooManyUploads many -> "too-many-uploads";
            case SaveOutcome.VersionConflict conflict -> "version-conflict";
        };
        registry.counter("latchkey.saves", "result", result).increment();
    }
}
