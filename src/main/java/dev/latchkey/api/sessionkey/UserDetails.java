package dev.latchkey.api.sessionkey;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.account.Account;
import dev.latchkey.contact.Contact;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** API-006: twelve fields, {@code null} where nothing was told. */
@Serdeable
record UserDetails(
        String email,
        @JsonProperty("first_name") @Nullable String firstName,
        @JsonProperty("last_name") @Nullable String lastName,
        @Nullable String address1,
        @Nullable String address2,
        @Nullable String city,
        @Nullable String state,
        @Nullable String country,
        @JsonProperty("pin_code") @Nullable String pinCode,
        @JsonProperty("contact_country_code") @Nullable String contactCountryCode,
        @JsonProperty("contact_number") @Nullable String contactNumber,
        @JsonProperty("created_at") Instant createdAt) {

    static UserDetails of(Account account, Contact contact) {
        return new UserDetails(
                account.email().value(),
                contact.firstName(),
                contact.lastName(),
                contact.address1(),
                contact.address2(),
                contact.city(),
                contact.state(),
                contact.country(),
                contact.pinCode(),
                contact.contactCountryCode(),
                contact.contactNumber(),
                account.createdAt());
    }
}
