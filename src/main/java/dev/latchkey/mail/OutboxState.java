package dev.latchkey.mail;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a message in the outbox stands; one that was accepted is no longer there. */
public enum OutboxState {
    /** To be sent at its due time, or being sent under a lease that ends then. */
    WAITING,
    /** Given up until an operator puts it back. */
    PARKED;

    /** As operators and migrations write them. */
    @Singleton
    static final class Lowercase implements AttributeConverter<OutboxState, String> {

        @Override
        public @Nullable String convertToPersistedValue(@Nullable OutboxState state, ConversionContext context) {
            return state == null ? null : state.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public @Nullable OutboxState convertToEntityValue(@Nullable String stored, ConversionContext context) {
            return stored == null ? null : OutboxState.valueOf(stored.toUpperCase(Locale.ROOT));
        }
    }
}
