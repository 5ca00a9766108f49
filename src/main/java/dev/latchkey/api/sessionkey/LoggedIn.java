package dev.latchkey.api.sessionkey;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;

/**
 * API-004.
 *
 * @param userId the account's PIN, the one number it has
 */
@Serdeable
record LoggedIn(
        String message,
        @JsonProperty("user_id") int userId,
        @JsonProperty("session_key") String sessionKey) {

    @Override
    public String toString() {
        return "a session";
    }
}
