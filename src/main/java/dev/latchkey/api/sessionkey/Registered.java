package dev.latchkey.api.sessionkey;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;

/** API-002 and API-010: where to confirm the registration. */
@Serdeable
record Registered(
        String message, @JsonProperty("confirmation_link") String confirmationLink) {}
