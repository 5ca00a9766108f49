package dev.latchkey.oauth;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a code or a refresh token can be exchanged for. */
public sealed interface Redemption {

    /**
     * Tokens.
     *
     * @param refresh absent unless the grant is for going on without its owner
     * @param lifetime of the access token
     */
    record Tokens(String access, @Nullable String refresh, Set<GrantScope> scopes, Duration lifetime)
            implements Redemption {
        @Override
        public String toString() {
            return "tokens";
        }
    }

    /** It is unknown, of another client, too old, used before, or what comes with it does not belong to it. */
    record Refused() implements Redemption {}

    /** More was asked for than the owner allowed. */
    record ScopeRefused() implements Redemption {}

    /** This grant was exchanged too often lately; what was presented still works. */
    record LimitReached(Duration retryAfter) implements Redemption {}
}
