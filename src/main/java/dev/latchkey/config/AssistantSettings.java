package dev.latchkey.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.List;

/**
 * What assistants may do.
 *
 * @param imageHosts hosts from which a proposed photo is fetched over https
 * @param mcpLinksPerHour links that all callers of {@code /mcp} together may ask for within an hour, as they have no
 *     key
 */
@ConfigurationProperties("latchkey")
public record AssistantSettings(
        @Bindable(defaultValue = "files.oaiusercontent.com") List<String> imageHosts,
        @Bindable(defaultValue = "1000") int mcpLinksPerHour) {

    public AssistantSettings {
        imageHosts = imageHosts.stream()
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .toList();
    }
}
