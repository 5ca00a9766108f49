package dev.latchkey.oauth;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody allows an assistant.
 *
 * @param clientHost by which people know the client: whoever has that name has shown that it is theirs
 * @param clientName what it calls itself; absent where it does not
 * @param redirectUri where the code goes
 * @param codeChallenge of PKCE, by SHA-256
 */
public record Consent(
        String clientId,
        String clientHost,
        @Nullable String clientName,
        Set<GrantScope> scopes,
        String redirectUri,
        String codeChallenge) {

    /** The client as its owner may recognise it. */
    String client() {
        return clientName == null ? clientHost : clientName + " (" + clientHost + ")";
    }
}
