package dev.latchkey.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.List;

/**
 * What assistants may do.
 *
 * @param imageHosts hosts from which a proposed photo is fetched over https
 * @param mcpLinksPerHour links that callers of {@code /mcp} may ask for within an hour from one network address, which
 *     all users of an assistant may share
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
