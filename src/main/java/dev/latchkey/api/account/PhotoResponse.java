package dev.latchkey.api.account;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import org.jspecify.annotations.Nullable;

/** Where a photo is shown. */
@Serdeable
record PhotoResponse(
        @Schema(nullable = true, requiredMode = RequiredMode.REQUIRED) @Nullable
        String photoUrl) {}
