package dev.latchkey.oauth.authorization;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationErrorResponse;
import com.nimbusds.oauth2.sdk.AuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The two answers of the authorization endpoint, as addresses; each says who answers (RFC 9207). */
final class Answers {
    private Answers() {}

    static URI code(String redirectUri, String code, @Nullable String state, String issuer) {
        return new AuthorizationSuccessResponse(
                        URI.create(redirectUri),
                        new AuthorizationCode(code),
                        null,
                        state(state),
                        new Issuer(issuer),
                        ResponseMode.QUERY)
                .toURI();
    }

    static URI error(String redirectUri, ErrorObject error, @Nullable String state, String issuer) {
        return new AuthorizationErrorResponse(
                        URI.create(redirectUri), error, state(state), new Issuer(issuer), ResponseMode.QUERY)
                .toURI();
    }

    private static @Nullable State state(@Nullable String state) {
        return state == null ? null : new State(state);
    }
}
