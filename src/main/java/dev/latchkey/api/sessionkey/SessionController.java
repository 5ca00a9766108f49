package dev.latchkey.api.sessionkey;

import dev.latchkey.account.Account;
import dev.latchkey.config.LatchkeySettings;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.contact.ContactService;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.membership.MembershipService;
import dev.latchkey.membership.PassphraseChange;
import dev.latchkey.session.SessionKeyService;
import dev.latchkey.session.SignInOutcome;
import dev.latchkey.session.SignInService;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    private final Refusals refusals;
    private final SignInService signIns;
    private final SessionKeyService sessions;
    private final MembershipService memberships;
    private final ContactService contacts;
    private final CallerAddressResolver callers;
    private final boolean concealed;

    SessionController(
            Refusals refusals,
            SignInService signIns,
            SessionKeyService sessions,
            MembershipService memberships,
            ContactService contacts,
            CallerAddressResolver callers,
            LatchkeySettings settings) {
        this.refusals = refusals;
        this.signIns = signIns;
        this.sessions = sessions;
        this.memberships = memberships;
        this.contacts = contacts;
        this.callers = callers;
        this.concealed = settings.unknownUser() == UnknownUser.CONCEAL;
    }

    @Operation(operationId = "login", summary = "API-004")
    @RequestBody(
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = Bodies.Credentials.class))
            })
    @ApiResponse(
            responseCode = "200",
            description = "A session key",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = LoggedIn.class)))
    @ApiResponse(
            responseCode = "401",
            description = "Wrong e-mail or password",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = MessageResponse.class)))
    @ApiResponse(
            responseCode = "403",
            description = "Not confirmed yet",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = MessageResponse.class)))
    @ApiResponse(
            responseCode = "429",
            description = "Too many attempts; Retry-After says when the next may be made",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = MessageResponse.class)))
    @Post("/login")
    HttpResponse<?> logIn(HttpRequest<?> request) {
        return refusals.withBody(request, NOT_LOGGED_IN, body -> {
            String email = body.string("email");
            String password = body.string("password");
            return email == null || password == null
                    ? MessageResponse.unauthorized(NOT_LOGGED_IN)
                    : logIn(signIns.check(email, password, callers.of(request)));
        });
    }

    private HttpResponse<?> logIn(SignInOutcome outcome) {
        return switch (outcome) {
            case SignInOutcome.Refused refused -> MessageResponse.unauthorized(NOT_LOGGED_IN);
            case SignInOutcome.SlowedDown slow -> Refusals.slowDown(slow.retryAfter());
            case SignInOutcome.Matched matched ->
                contacts.isConfirmed(matched.account()) ? open(matched.account()) : notConfirmed();
        };
    }

    /** Concealed, it would tell that the registration made this account, and so that the address was free. */
    private HttpResponse<?> notConfirmed() {
        return concealed
                ? MessageResponse.unauthorized(NOT_LOGGED_IN)
                : MessageResponse.as(HttpStatus.FORBIDDEN, NOT_CONFIRMED);
    }

    private HttpResponse<?> open(Account account) {
        return sessions.open(account)
                .<HttpResponse<?>>map(key -> HttpResponse.ok(new LoggedIn(LOGGED_IN, account.pin(), key))
                        .header(HttpHeaders.CACHE_CONTROL, "no-store"))
                .orElseGet(() -> MessageResponse.unauthorized(NOT_LOGGED_IN));
    }

    @Operation(operationId = "logout", summary = "API-005")
    @RequestBody(
            content = {@Content(mediaType = "application/json", schema = @Schema(implementation = Bodies.Session.class))
            })
    @ApiResponse(
            responseCode = "200",
            description = "The session ended",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = MessageResponse.class)))
    @ApiResponse(
            responseCode = "401",
            description = "No such session",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = MessageResponse.class)))
    @Post("/logout")
    HttpResponse<?> logOut(HttpRequest<?> request) {
        return refusals.withBody(request, NOT_LOGGED_OUT, body -> {
            String key = body.string("session_key");
            if (key == null || find(body.string("email"), key).isEmpty()) {
                return MessageResponse.unauthorized(NOT_LOGGED_OUT);
            }
            sessions.close(key);
            return MessageResponse.ok(LOGGED_OUT);
        });
    }

    /** Needs a session in spite of its name; all sessions and tokens die, this one too. */
    @Operation(operationId = "forgetPassword", summary = "API-009")
    @RequestBody(
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = Bodies.NewPassword.class))
            })
    @ApiResponse(
            responseCode = "200",
            description = "Changed; every session ended",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = MessageResponse.class)))
    @ApiResponse(
            responseCode = "400",
            description = "The passwords differ or break the rule",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = MessageResponse.class)))
    @ApiResponse(
            responseCode = "401",
            description = "No such session",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = MessageResponse.class)))
    @Put("/forget_password")
    HttpResponse<?> replacePassword(HttpRequest<?> request) {
        return refusals.withBody(request, NOT_UPDATED, body -> {
            String fresh = body.string("new_password");
            String again = body.string("confirm_new_password");
            String key = body.string("session_key");
            Optional<Account> account = key == null ? Optional.empty() : find(body.string("email"), key);
            if (account.isEmpty()) {
                return MessageResponse.unauthorized(NOT_UPDATED);
            }
            if (fresh == null || !fresh.equals(again) || !Passwords.isValid(fresh)) {
                return MessageResponse.badRequest(NOT_UPDATED);
            }
            return memberships.replace(account.get(), fresh) instanceof PassphraseChange.Done
                    ? MessageResponse.ok(UPDATED)
                    : MessageResponse.unauthorized(NOT_UPDATED);
        });
    }

    private Optional<Account> find(@Nullable String email, String key) {
        return email == null ? Optional.empty() : sessions.find(email, key);
    }
}
