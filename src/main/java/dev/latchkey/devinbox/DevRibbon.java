package dev.latchkey.devinbox;

import dev.latchkey.http.Views;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Map;

/** Says on every page that this is no place for real people, and leads to the inbox. */
@Singleton
@OnlyInDev
final class DevRibbon implements Views.Frame {
    @Override
    public void add(HttpRequest<?> request, Map<String, Object> model) {
        model.put("devInbox", "/dev/inbox");
    }
}
