package dev.latchkey.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.util.List;
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
        @Bindable(defaultValue = "") List<String> actionKeys,
        @Bindable(defaultValue = "") List<String> metricsKeys,
        @Bindable(defaultValue = "report") UnknownUser unknownUser,
        @Bindable(defaultValue = "") List<String> allowedOrigins) {

    public LatchkeySettings {
        dataDir = dataDir.toString().isBlank() ? Path.of("./data") : dataDir;
        actionKeys = present(actionKeys);
        metricsKeys = present(metricsKeys);
        allowedOrigins = present(allowedOrigins);
    }

    private static List<String> present(List<String> values) {
        return values.stream()
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
