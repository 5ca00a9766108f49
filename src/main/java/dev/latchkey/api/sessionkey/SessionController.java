package dev.latchkey.api.sessionkey;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.account.Account;
import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.contact.ContactService;
import dev.latchkey.membership.MembershipService;
import dev.latchkey.session.ClientName;
import dev.latchkey.session.SessionKeyService;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Objects;

/** API-004, 005 and 009: sessions and the password they stand on. */
@Controller
@SessionKeyApi
@ExecuteOn(TaskExecutors.BLOCKING)
final class SessionController {
    private static final String LOGGED_IN = "Login successful.";
    private static final String NOT_LOGGED_IN = "Invalid email or password.";
    private static final String NOT_CONFIRMED = "Registration is not confirmed.";
    private static final String LOGGED_OUT = "Logout successful.";
    private static final String NOT_LOGGED_OUT = "Invalid email or session key.";
    private static final String UPDATED = "Password successfully updated.";
    private static final String NOT_UPDATED = "Passwords do not match or Invalid session/email.";

    private final SessionKeyCalls calls;
    private final SessionKeyService sessions;
    private final MembershipService memberships;
    private final ContactService contacts;
    private final boolean concealed;

    SessionController(
            SessionKeyCalls calls,
            SessionKeyService sessions,
            MembershipService memberships,
            ContactService contacts,
            LatchkeySettings settings) {
        this.calls = calls;
        this.sessions = sessions;
        this.memberships = memberships;
        this.contacts = contacts;
        this.concealed = settings.unknownUser() == UnknownUser.CONCEAL;
    }

    @Post("/login")
    HttpResponse<?> logIn(HttpRequest<?> request) {
        return calls.withPassword(
                request,
                NOT_LOGGED_IN,
                HttpStatus.UNAUTHORIZED,
                account -> contacts.isConfirmed(account) ? open(request, account) : notConfirmed());
    }

    /** Concealed, it would tell that the registration made this account, and so that the address was free. */
    private HttpResponse<?> notConfirmed() {
        return concealed
                ? MessageResponse.unauthorized(NOT_LOGGED_IN)
                : MessageResponse.as(HttpStatus.FORBIDDEN, NOT_CONFIRMED);
    }

    private HttpResponse<?> open(HttpRequest<?> request, Account account) {
        return sessions.open(account, ClientName.of(request.getHeaders().get(HttpHeaders.USER_AGENT)))
                .<HttpResponse<?>>map(key -> HttpResponse.ok(new LoggedIn(LOGGED_IN, account.pin(), key))
                        .header(HttpHeaders.CACHE_CONTROL, "no-store"))
                .orElseGet(() -> MessageResponse.unauthorized(NOT_LOGGED_IN));
    }

    @Post("/logout")
    HttpResponse<?> logOut(HttpRequest<?> request) {
        return calls.withSession(request, NOT_LOGGED_OUT, (account, body) -> {
            sessions.close(Objects.requireNonNull(body.string("session_key")));
            return MessageResponse.ok(LOGGED_OUT);
        });
    }

    /** Needs a session in spite of its name; all sessions and tokens die, this one too. */
    @Put("/forget_password")
    HttpResponse<?> replacePassword(HttpRequest<?> request) {
        return calls.withSession(request, NOT_UPDATED, (account, body) -> {
            String fresh = body.string("new_password");
            if (fresh == null
                    || !fresh.equals(body.string("confirm_new_password"))
                    || !SessionKeyCalls.isPassword(fresh)) {
                return MessageResponse.badRequest(NOT_UPDATED);
            }
            return memberships.replace(account, fresh)
                    ? MessageResponse.ok(UPDATED)
                    : MessageResponse.unauthorized(NOT_UPDATED);
        });
    }

    /**
     * A session that was opened.
     *
     * @param userId the account's PIN, the one number it has
     */
    @Serdeable
    record LoggedIn(
            String message,
            @JsonProperty("user_id") int userId,
            @JsonProperty("session_key") String sessionKey) {

        @Override
        public String toString() {
            return "a session";
        }
    }
}
