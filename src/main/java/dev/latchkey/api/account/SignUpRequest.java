package dev.latchkey.api.account;

import dev.latchkey.http.JsonFields;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/** Somebody signs up. */
@Serdeable
record SignUpRequest(
        @Nullable String email,
        @Nullable String password,
        @Nullable String name,
        @Nullable String locale) {

    static SignUpRequest of(JsonFields body) {
        return new SignUpRequest(
                body.string("email"), body.string("password"), body.string("name"), body.string("locale"));
    }

    @Override
    public String toString() {
        return "a sign-up";
    }
}
