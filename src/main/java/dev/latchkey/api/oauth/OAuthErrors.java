package dev.latchkey.api.oauth;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import dev.latchkey.http.Problem;
import dev.latchkey.http.Problems.ErrorBody;
import dev.latchkey.oauth.client.ClientRegistration;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Errors of these endpoints are OAuth's, those that the server answers before any controller is asked included. */
@Singleton
final class OAuthErrors implements ErrorBody {
    static final ErrorObject TOO_MANY = new ErrorObject(
            OAuth2Error.TEMPORARILY_UNAVAILABLE_CODE,
            "Too many requests; try again later",
            HttpStatus.TOO_MANY_REQUESTS.getCode());

    private final Set<String> paths = new HashSet<>(Set.of("/oauth/token", "/oauth/revoke"));

    OAuthErrors(ClientRegistration registration) {
        if (registration.isOpen()) {
            paths.add("/oauth/register");
        }
    }

    @Override
    public boolean at(String path) {
        return paths.contains(path);
    }

    @Override
    public int status(Problem problem) {
        return of(problem).getHTTPStatusCode();
    }

    @Override
    public Map<String, Object> body(Problem problem) {
        return of(problem).toJSONObject();
    }

    /** What the protocol calls it. A request that is wrong in whatever way is one code, and 400 with it. */
    static ErrorObject of(Problem problem) {
        int status = problem.type().status();
        return switch (status) {
            case 429 -> TOO_MANY;
            case 405, 406, 408 -> OAuth2Error.INVALID_REQUEST.setHTTPStatusCode(status);
            case 503, 504 -> OAuth2Error.TEMPORARILY_UNAVAILABLE.setHTTPStatusCode(status);
            default -> status < 500 ? OAuth2Error.INVALID_REQUEST : OAuth2Error.SERVER_ERROR;
        };
    }
}
