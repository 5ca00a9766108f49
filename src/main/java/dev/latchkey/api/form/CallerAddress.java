package dev.latchkey.api.form;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.util.HttpClientAddressResolver;
import jakarta.inject.Singleton;
import java.util.Objects;

/** Where a call comes from, for the brake on sign-ins; behind a proxy, what its header says. */
@Singleton
public final class CallerAddress {
    private final HttpClientAddressResolver resolver;

    CallerAddress(HttpClientAddressResolver resolver) {
        this.resolver = resolver;
    }

    public String of(HttpRequest<?> request) {
        return Objects.requireNonNullElse(resolver.resolve(request), "unknown");
    }
}
