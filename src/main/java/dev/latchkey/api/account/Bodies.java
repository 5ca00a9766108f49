package dev.latchkey.api.account;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Bodies that are read field by field, so that each mistake has its own words; their shapes for the document. */
final class Bodies {
    private Bodies() {}

    /** Somebody signs up. */
    @Serdeable
    @Schema(name = "SignUpRequest")
    record SignUpRequest(
            @Nullable String email,
            @Nullable String password,
            @Nullable String name,
            @Nullable String pronouns,
            @Nullable String locale) {}

    @Serdeable
    @Schema(name = "Credentials")
    record Credentials(String email, String password) {}

    @Serdeable
    @Schema(name = "PasswordGrant", description = "RFC 6749, section 4.3.2")
    record PasswordGrant(
            @Schema(description = "absent, or the word password") @Nullable
            String grant_type,

            String username,
            String password) {}

    @Serdeable
    @Schema(name = "ProfileFields")
    record ProfileFields(
            @Nullable String name,
            @Nullable String pronouns,
            @Nullable String bio,
            @Nullable String locale,
            @Nullable String nickname) {}

    @Serdeable
    @Schema(name = "PhotoForm")
    record PhotoForm(
            @Schema(type = "string", format = "binary") String photo) {}

    @Serdeable
    @Schema(name = "NewPassphrase")
    record NewPassphrase(
            String current, @Schema(name = "new") String fresh) {}

    @Serdeable
    @Schema(name = "Password")
    record Password(String password) {}
}
