package dev.latchkey.oauth.authorization;

import com.nimbusds.oauth2.sdk.OAuth2Error;
import dev.latchkey.config.client.RedirectAddress;
import dev.latchkey.oauth.GrantScope;
import dev.latchkey.oauth.client.OAuthClient;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a query at the authorization endpoint comes to. */
public sealed interface Checked {

    /**
     * A request that somebody can be asked about.
     *
     * @param client who asks
     * @param redirectUri where the answer goes
     * @param scopes what it asks for, at least one that is known
     * @param state goes back with the answer as it is; absent where the client sent none
     * @param codeChallenge of PKCE, by SHA-256
     * @param query the same request again, without what does not count
     * @param issuer who answers
     */
    record Valid(
            OAuthClient client,
            String redirectUri,
            Set<GrantScope> scopes,
            @Nullable String state,
            String codeChallenge,
            String query,
            String issuer)
            implements Checked {

        public Valid {
            scopes = Set.copyOf(scopes);
        }

        /** Whether the answer stays on this person's own machine, so that the host of the client vouches for nobody. */
        public boolean staysOnDevice() {
            return RedirectAddress.parse(redirectUri)
                    .filter(RedirectAddress::staysOnDevice)
                    .isPresent();
        }

        /** Where to go with a code. */
        public URI granted(String code) {
            return Answers.code(redirectUri, code, state, issuer);
        }

        /** Where to go when the answer is no. */
        public URI denied() {
            return Answers.error(redirectUri, OAuth2Error.ACCESS_DENIED, state, issuer);
        }
    }

    /** A request that is answered with an error of the protocol, to the client. */
    record Redirected(URI to) implements Checked {}

    /** A request that must not be answered to where it says: the person is told (RFC 6749, section 4.1.2.1). */
    record Unusable(Reason reason) implements Checked {}

    /** Why nobody is redirected. */
    enum Reason {
        /** No client has this id, or what it publishes is not what it must be. */
        UNKNOWN_CLIENT,
        /** The client does not take its answers there. */
        REDIRECT_MISMATCH,
        /** What the client publishes cannot be had at the moment. */
        UNREACHABLE,
        /** Who asks, or where the answer goes, is missing, said twice, or too long. */
        MALFORMED
    }
}
