package dev.latchkey.api.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.session.IssuedToken;
import io.micronaut.serde.annotation.Serdeable;

/** A token, named as in RFC 6749, section 5.1. */
@Serdeable
record TokenResponse(
        @JsonProperty("access_token") String accessToken,
        @JsonProperty("token_type") String tokenType,
        @JsonProperty("expires_in") long expiresIn) {

    static TokenResponse of(IssuedToken token) {
        return new TokenResponse(token.text(), "bearer", token.lifetime().toSeconds());
    }
}
