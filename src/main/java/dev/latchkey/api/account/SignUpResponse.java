package dev.latchkey.api.account;

import dev.latchkey.profile.ProfileView;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A new account; {@code null} where nothing was told. */
@Serdeable
record SignUpResponse(
        UUID id,
        String email,

        @Schema(nullable = true, requiredMode = RequiredMode.REQUIRED) @Nullable
        String name,

        @Schema(nullable = true, requiredMode = RequiredMode.REQUIRED) @Nullable
        String bio,

        int pin) {

    static SignUpResponse of(ProfileView view) {
        return new SignUpResponse(
                view.account().id(),
                view.account().email().value(),
                view.profile().name(),
                view.profile().bio(),
                view.account().pin());
    }
}
