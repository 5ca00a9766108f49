package dev.latchkey.api.sessionkey;

import dev.latchkey.http.Problem;
import dev.latchkey.http.Problems.ErrorBody;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;

/** Errors of this API are one sentence, those that the server answers before any controller is asked included. */
@Singleton
@SessionKeyApi
final class SessionKeyErrors implements ErrorBody {
    private static final Set<String> ROOTS = Set.of(
            "version",
            "register",
            "confirm_registration",
            "resend_registration_link",
            "login",
            "logout",
            "user_mngt_user",
            "forget_password");

    @Override
    public boolean at(String path) {
        String[] segments = path.split("/", 3);
        return segments.length > 1 && ROOTS.contains(segments[1]);
    }

    @Override
    public Map<String, Object> body(Problem problem) {
        return Map.of("message", problem.detail());
    }
}
