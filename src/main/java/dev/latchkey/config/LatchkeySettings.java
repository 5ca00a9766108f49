package dev.latchkey.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What every part of the service needs to know.
 *
 * @param baseUrl origin of every link, without a trailing slash, such as {@code https://id.example.com}
 * @param dataDir where the SQLite file, the generated secret and local photos live
 * @param secret base64 of at least 32 bytes; generated into the data directory when absent
 * @param actionKeys bearer keys of the assistant's action
 * @param metricsKeys bearer keys of the metrics
 * @param unknownUser whether callers with a key learn that an account does not exist
 * @param allowedOrigins origins of other front ends that may call Load and Save
 */
@ConfigurationProperties("latchkey")
public record LatchkeySettings(
        @Nullable String baseUrl,
        @Bindable(defaultValue = "./data") Path dataDir,
        @Nullable String secret,
        @Nullable List<String> actionKeys,
        @Nullable List<String> metricsKeys,
        @Bindable(defaultValue = "report") UnknownUser unknownUser,
        @Nullable List<String> allowedOrigins) {

    public LatchkeySettings {
        dataDir = dataDir.toString().isBlank() ? Path.of("./data") : dataDir;
        actionKeys = present(actionKeys);
        metricsKeys = present(metricsKeys);
        allowedOrigins = present(allowedOrigins);
    }

    @Override
    public List<String> actionKeys() {
        return Objects.requireNonNullElse(actionKeys, List.of());
    }

    @Override
    public List<String> metricsKeys() {
        return Objects.requireNonNullElse(metricsKeys, List.of());
    }

    @Override
    public List<String> allowedOrigins() {
        return Objects.requireNonNullElse(allowedOrigins, List.of());
    }

    private static List<String> present(@Nullable List<String> values) {
        return values == null
                ? List.of()
                : values.stream()
                        .map(String::strip)
                        .filter(value -> !value.isEmpty())
                        .toList();
    }

    /** What a caller with a key is told about an address or PIN that no account has. */
    public enum UnknownUser {
        /** 404: the assistant can ask the person to check what they typed. */
        REPORT,
        /** The same answer as for a known account, in shape and in time. */
        CONCEAL
    }
}
