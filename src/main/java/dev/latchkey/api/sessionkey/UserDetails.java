package dev.latchkey.api.sessionkey;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.account.Account;
import dev.latchkey.contact.Contact;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** API-006: twelve fields, {@code null} where nothing was told. */
@Serdeable
record UserDetails(
        String email,

        @JsonProperty("first_name") @Schema(nullable = true, requiredMode = RequiredMode.REQUIRED) @Nullable
        String firstName,

        @JsonProperty("last_name") @Schema(nullable = true, requiredMode = RequiredMode.REQUIRED) @Nullable
        String lastName,

        @Schema(nullable = true, requiredMode = RequiredMode.REQUIRED) @Nullable
        String address1,

        @Schema(nullable = true, requiredMode = RequiredMode.REQUIRED) @Nullable
        String address2,

        @Schema(nullable = true, requiredMode = RequiredMode.REQUIRED) @Nullable
        String city,

        @Schema(nullable = true, requiredMode = RequiredMode.REQUIRED) @Nullable
        String state,

        @Schema(nullable = true, requiredMode = RequiredMode.REQUIRED) @Nullable
        String country,

        @JsonProperty("pin_code") @Schema(nullable = true, requiredMode = RequiredMode.REQUIRED) @Nullable
        String pinCode,

        @JsonProperty("contact_country_code") @Schema(nullable = true, requiredMode = RequiredMode.REQUIRED) @Nullable
        String contactCountryCode,

        @JsonProperty("contact_number") @Schema(nullable = true, requiredMode = RequiredMode.REQUIRED) @Nullable
        String contactNumber,

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
