package dev.latchkey.api.sessionkey;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Bodies that are read field by field; their shapes for the document. */
final class Bodies {
    private Bodies() {}

    @Serdeable
    @Schema(name = "EmailAndPassword")
    record Credentials(
            @Schema(minLength = 5, maxLength = 25) String email,
            @Schema(minLength = 6, maxLength = 6) String password) {}

    @Serdeable
    @Schema(name = "Session")
    record Session(
            String email, @JsonProperty("session_key") String sessionKey) {}

    @Serdeable
    @Schema(name = "NewPassword")
    record NewPassword(
            String email,
            @JsonProperty("new_password") String newPassword,
            @JsonProperty("confirm_new_password") String confirmNewPassword,
            @JsonProperty("session_key") String sessionKey) {}

    @Serdeable
    @Schema(name = "Deletion")
    record Deletion(
            String email,
            String password,
            @JsonProperty("session_key") String sessionKey) {}

    @Serdeable
    @Schema(name = "Details")
    record Details(
            @JsonProperty("first_name") @Schema(minLength = 5, maxLength = 25)
            String firstName,

            @JsonProperty("last_name") @Schema(minLength = 5, maxLength = 25)
            String lastName,

            @Nullable @Schema(minLength = 5, maxLength = 25) String address1,
            @Nullable @Schema(minLength = 5, maxLength = 25) String address2,
            @Nullable @Schema(minLength = 5, maxLength = 25) String city,
            @Nullable @Schema(minLength = 5, maxLength = 25) String state,
            @Schema(minLength = 5, maxLength = 25) String country,

            @JsonProperty("pin_code") @Schema(minLength = 5, maxLength = 25)
            String pinCode,

            @JsonProperty("contact_country_code") @Schema(pattern = "[0-9]{3}")
            String contactCountryCode,

            @JsonProperty("contact_number") @Schema(pattern = "[0-9]{10}")
            String contactNumber) {}
}
