package dev.latchkey.api.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/** Where a photo is shown. */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
record PhotoResponse(@Nullable String photoUrl) {}
