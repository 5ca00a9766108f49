package dev.latchkey.account;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Stores an address as text. */
@Singleton
final class EmailAddressConverter implements AttributeConverter<EmailAddress, String> {

    @Override
    public @Nullable String convertToPersistedValue(@Nullable EmailAddress address, ConversionContext context) {
        return address == null ? null : address.value();
    }

    @Override
    public @Nullable EmailAddress convertToEntityValue(@Nullable String stored, ConversionContext context) {
        return stored == null ? null : new EmailAddress(stored);
    }
}
