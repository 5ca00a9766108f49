package dev.latchkey.mail;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Stores states in lower case, as operators and migrations write them. */
@Singleton
final class MailStateConverter implements AttributeConverter<MailState, String> {

    @Override
    public @Nullable String convertToPersistedValue(@Nullable MailState state, ConversionContext context) {
        return state == null ? null : state.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public @Nullable MailState convertToEntityValue(@Nullable String stored, ConversionContext context) {
        return stored == null ? null : MailState.valueOf(stored.toUpperCase(Locale.ROOT));
    }
}
