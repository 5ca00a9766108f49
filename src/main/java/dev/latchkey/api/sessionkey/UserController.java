package dev.latchkey.api.sessionkey;

import dev.latchkey.account.Account;
import dev.latchkey.contact.ContactService;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.membership.MembershipService;
import dev.latchkey.membership.PassphraseChange;
import dev.latchkey.session.SessionKeyService;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** API-006, 007 and 008: what is known of a user. */
@Controller("/user_mngt_user")
@SessionKeyApi
@ExecuteOn(TaskExecutors.BLOCKING)
final class UserController {
    private static final String NO_SESSION = "Invalid session or user not found.";
    private static final String UPDATED = "User details successfully updated.";
    private static final String NOT_UPDATED = "Invalid input format or session.";
    private static final String DELETED = "User account successfully deleted.";
    private static final String NOT_DELETED = "Invalid email, password, or session key.";

    private final Refusals refusals;
    private final SessionKeyService sessions;
    private final ContactService contacts;
    private final MembershipService memberships;
    private final CallerAddressResolver callers;

    UserController(
            Refusals refusals,
            SessionKeyService sessions,
            ContactService contacts,
            MembershipService memberships,
            CallerAddressResolver callers) {
        this.refusals = refusals;
        this.sessions = sessions;
        this.contacts = contacts;
        this.memberships = memberships;
        this.callers = callers;
    }

    @Operation(operationId = "showUser", summary = "API-006")
    @Parameter(name = "email", in = ParameterIn.QUERY, required = true, schema = @Schema(type = "string"))
    @Parameter(name = "session_key", in = ParameterIn.QUERY, required = true, schema = @Schema(type = "string"))
    @ApiResponse(
            responseCode = "200",
            description = "The twelve fields",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = UserDetails.class)))
    @ApiResponse(
            responseCode = "401",
            description = "No such session",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = MessageResponse.class)))
    @Get
    HttpResponse<?> show(HttpRequest<?> request) {
        return fromQuery(request)
                .<HttpResponse<?>>map(account -> HttpResponse.ok(UserDetails.of(account, contacts.of(account.id())))
                        .header(HttpHeaders.CACHE_CONTROL, "no-store"))
                .orElseGet(() -> MessageResponse.unauthorized(NO_SESSION));
    }

    @Operation(operationId = "updateUser", summary = "API-007")
    @Parameter(name = "email", in = ParameterIn.QUERY, required = true, schema = @Schema(type = "string"))
    @Parameter(name = "session_key", in = ParameterIn.QUERY, required = true, schema = @Schema(type = "string"))
    @RequestBody(
            content = {@Content(mediaType = "application/json", schema = @Schema(implementation = Bodies.Details.class))
            })
    @ApiResponse(
            responseCode = "200",
            description = "Updated",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = MessageResponse.class)))
    @ApiResponse(
            responseCode = "400",
            description = "A field breaks its rule",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = MessageResponse.class)))
    @ApiResponse(
            responseCode = "401",
            description = "No such session",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = MessageResponse.class)))
    @Put
    HttpResponse<?> change(HttpRequest<?> request) {
        Optional<Account> account = fromQuery(request);
        if (account.isEmpty()) {
            return MessageResponse.unauthorized(NOT_UPDATED);
        }
        return refusals.withBody(
                request,
                NOT_UPDATED,
                body -> ContactFields.read(body, account.get())
                        .<HttpResponse<?>>map(
                                change -> contacts.change(account.get().id(), change)
                                        ? MessageResponse.ok(UPDATED)
                                        : MessageResponse.unauthorized(NOT_UPDATED))
                        .orElseGet(() -> MessageResponse.badRequest(NOT_UPDATED)));
    }

    @Operation(operationId = "deleteUser", summary = "API-008")
    @RequestBody(
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = Bodies.Deletion.class))
            })
    @ApiResponse(
            responseCode = "200",
            description = "Deleted",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = MessageResponse.class)))
    @ApiResponse(
            responseCode = "401",
            description = "Wrong e-mail, password or session key",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = MessageResponse.class)))
    @ApiResponse(
            responseCode = "429",
            description = "Too many attempts; Retry-After says when the next may be made",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = MessageResponse.class)))
    @Delete
    HttpResponse<?> delete(HttpRequest<?> request) {
        return refusals.withBody(request, NOT_DELETED, body -> {
            String password = body.string("password");
            Optional<Account> account = find(body.string("email"), body.string("session_key"));
            if (account.isEmpty() || password == null) {
                return MessageResponse.unauthorized(NOT_DELETED);
            }
            return switch (memberships.delete(account.get(), password, callers.of(request))) {
                case PassphraseChange.Done done -> MessageResponse.ok(DELETED);
                case PassphraseChange.SlowedDown slow -> Refusals.slowDown(slow.retryAfter());
                case PassphraseChange.WrongPassphrase wrong -> MessageResponse.unauthorized(NOT_DELETED);
                case PassphraseChange.Invalid invalid -> throw new IllegalStateException("Nothing new was set");
            };
        });
    }

    /** Each of the two exactly once, or nobody. */
    private Optional<Account> fromQuery(HttpRequest<?> request) {
        return find(single(request, "email"), single(request, "session_key"));
    }

    private static @Nullable String single(HttpRequest<?> request, String name) {
        List<String> values = request.getParameters().getAll(name);
        return values.size() == 1 ? values.getFirst() : null;
    }

    private Optional<Account> find(@Nullable String email, @Nullable String key) {
        return email == null || key == null ? Optional.empty() : sessions.find(email, key);
    }
}
