package dev.latchkey.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which assistants may be connected, and how.
 *
 * @param oauthClients a JSON file of predefined clients, a list of client metadata in the words of RFC 7591; absent for
 *     none
 * @param oauthRegistration whether clients may register themselves (RFC 7591)
 * @param mcpAnonymous whether {@code /mcp} mails links for callers that nobody signed in
 * @param openaiChallenge what proves to the directory of ChatGPT's apps who runs this host; absent where it is not listed
 */
@ConfigurationProperties("latchkey")
public record OAuthSettings(
        @Nullable Path oauthClients,
        @Bindable(defaultValue = "false") boolean oauthRegistration,
        @Bindable(defaultValue = "true") boolean mcpAnonymous,
        @Nullable String openaiChallenge) {}
