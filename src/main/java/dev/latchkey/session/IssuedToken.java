package dev.latchkey.session;

import java.time.Duration;

/**
 * A fresh bearer token; kept nowhere in this form.
 *
 * @param text a signed JWT
 */
public record IssuedToken(String text, Duration lifetime) {

    @Override
    public String toString() {
        return "an access token";
    }
}
