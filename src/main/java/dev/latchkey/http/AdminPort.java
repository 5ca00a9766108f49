package dev.latchkey.http;

import dev.latchkey.config.LatchkeySettings.ActionKey;
import dev.latchkey.config.operating.AdminSettings;
import io.micronaut.context.BeanProvider;
import io.micronaut.http.HttpRequest;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The port at which operators ask, where there is one, and the keys that open it. */
@Singleton
public final class AdminPort {
    /** Of a key without one. */
    private static final String UNNAMED = "an operator";

    private final boolean on;
    private final BearerKeys keys;
    private final Map<String, String> names = new HashMap<>();
    private final BeanProvider<EmbeddedServer> server;

    AdminPort(AdminSettings settings, BeanProvider<EmbeddedServer> server) {
        on = settings.on();
        this.server = server;
        List<ActionKey> operators = settings.operators();
        keys = new BearerKeys(
                operators.stream().flatMap(key -> key.bearers().stream()).toList());
        operators.forEach(operator -> operator.bearers()
                .forEach(key ->
                        names.put(BearerKeys.digestOf(key), Objects.requireNonNullElse(operator.name(), UNNAMED))));
    }

    /** Whether there is one. */
    public boolean isOn() {
        return on;
    }

    /** Whether a call came in there. */
    public boolean carries(HttpRequest<?> request) {
        // The pages' port is the first that the server opens.
        return on && request.getServerAddress().getPort() != server.get().getPort();
    }

    /** Who asks, as their key is called; empty where the call presents none of the keys. */
    public Optional<String> operator(HttpRequest<?> request) {
        return keys.find(request).map(digest -> names.getOrDefault(digest, UNNAMED));
    }
}
