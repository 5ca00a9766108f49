package dev.latchkey.config.operating;

import dev.latchkey.config.LatchkeySettings.ActionKey;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where operators ask, by which keys.
 *
 * @param adminPort the port of the admin API, of health and of metrics; absent where there is no admin API. 0 for any free one
 * @param adminHost the address that it listens on
 * @param adminKeys bearer keys, each as {@code key} or {@code name:key}; {@link #operators} reads them
 */
@ConfigurationProperties("latchkey")
public record AdminSettings(
        @Nullable Integer adminPort,
        @Bindable(defaultValue = "127.0.0.1") String adminHost,
        @Bindable(defaultValue = "") List<String> adminKeys) {
    /** The setting that turns the admin API on. */
    public static final String PORT = "latchkey.admin-port";

    /** What it holds where the admin API is on. */
    public static final String A_PORT = "\\s*\\d+\\s*";

    public AdminSettings {
        adminHost = adminHost.isBlank() ? "127.0.0.1" : adminHost.strip();
        adminKeys = adminKeys.stream()
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .toList();
    }

    /** Whether there is an admin API. */
    public boolean on() {
        return adminPort != null;
    }

    /** Who may ask there. */
    public List<ActionKey> operators() {
        return adminKeys.stream().map(ActionKey::parse).toList();
    }

    /** Says nothing of its keys. */
    @Override
    public String toString() {
        return on() ? "admin API on " + adminHost + ":" + adminPort : "no admin API";
    }
}
