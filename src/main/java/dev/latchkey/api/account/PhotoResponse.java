package dev.latchkey.api.account;

import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/** Where a photo is shown. */
@Serdeable
record PhotoResponse(@Nullable String photoUrl) {}
