package dev.latchkey.api.sessionkey;

import dev.latchkey.account.Account;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.contact.ContactService;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.LinkOutcome;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.membership.SignUp;
import dev.latchkey.membership.SignUpOutcome;
import dev.latchkey.membership.SignUpService;
import dev.latchkey.session.SignInOutcome;
import dev.latchkey.session.SignInService;
import dev.latchkey.text.InvisibleCharacters;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.views.ModelAndView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * API-001, 002, 003 and 010. The link is told to the caller, so following it proves no mailbox: the account is confirmed
 * for this API and unverified everywhere else.
 */
@Controller
@SessionKeyApi
@ExecuteOn(TaskExecutors.BLOCKING)
final class RegistrationController {
    private static final String REGISTERED = "Registration successful, please click the confirmation link.";
    private static final String CONFIRMED = "Registration successfully confirmed. You can now login.";
    private static final String NOT_CONFIRMED = "Invalid or expired confirmation link.";
    private static final String FRESH_LINK = "New registration link generated.";
    private static final String NO_FRESH_LINK = "Invalid email/password or account is already confirmed.";
    private static final String BAD_EMAIL = "Invalid email: it must be an e-mail address of 5 to 25 characters.";
    private static final String BAD_PASSWORD = "Invalid password: it must have exactly 6 characters.";
    private static final String TAKEN = "Email address is already registered.";
    private static final String BAD_BODY = "Invalid input format: email and password are required as strings.";

    private final Refusals refusals;
    private final SignUpService signUps;
    private final SignInService signIns;
    private final LinkRequestService links;
    private final ContactService contacts;
    private final CallerAddressResolver callers;
    private final BaseUrl baseUrl;

    RegistrationController(
            Refusals refusals,
            SignUpService signUps,
            SignInService signIns,
            LinkRequestService links,
            ContactService contacts,
            CallerAddressResolver callers,
            BaseUrl baseUrl) {
        this.refusals = refusals;
        this.signUps = signUps;
        this.signIns = signIns;
        this.links = links;
        this.contacts = contacts;
        this.callers = callers;
        this.baseUrl = baseUrl;
    }

    @Operation(operationId = "version", summary = "API-001")
    @ApiResponse(
            responseCode = "200",
            description = "Which version this is",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Version.class)))
    @Get("/version")
    Version version() {
        return new Version("2.0.0", "User-Management-Service");
    }

    @Operation(operationId = "register", summary = "API-002")
    @RequestBody(
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = Bodies.Credentials.class))
            })
    @ApiResponse(
            responseCode = "201",
            description = "Registered; not yet confirmed",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Registered.class)))
    @ApiResponse(
            responseCode = "400",
            description = "A rule was broken",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = MessageResponse.class)))
    @ApiResponse(
            responseCode = "409",
            description = "The address is taken",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = MessageResponse.class)))
    @ApiResponse(
            responseCode = "429",
            description = "Too many attempts; Retry-After says when the next may be made",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = MessageResponse.class)))
    @Post("/register")
    HttpResponse<?> register(HttpRequest<?> request) {
        return refusals.withBody(
                request, BAD_BODY, body -> register(request, body.string("email"), body.string("password")));
    }

    private HttpResponse<?> register(HttpRequest<?> request, @Nullable String email, @Nullable String password) {
        if (email == null || password == null) {
            return MessageResponse.badRequest(BAD_BODY);
        }
        Optional<EmailAddress> address = Optional.of(InvisibleCharacters.trim(email))
                .filter(typed -> typed.length() >= 5 && typed.length() <= 25)
                .flatMap(EmailAddress::parse);
        if (address.isEmpty()) {
            return MessageResponse.badRequest(BAD_EMAIL);
        }
        if (!Passwords.isValid(password)) {
            return MessageResponse.badRequest(BAD_PASSWORD);
        }
        return switch (signUps.signUp(SignUp.registration(address.get(), password, callers.of(request)))) {
            case SignUpOutcome.Created created ->
                HttpResponse.created(new Registered(REGISTERED, linkOf(created.link())));
            case SignUpOutcome.EmailTaken taken -> MessageResponse.as(HttpStatus.CONFLICT, TAKEN);
            case SignUpOutcome.InvalidFields invalid -> MessageResponse.badRequest(BAD_BODY);
            case SignUpOutcome.LimitReached limit -> Refusals.slowDown(limit.retryAfter());
        };
    }

    private String linkOf(LinkOutcome.Accepted accepted) {
        String token = links.registrationToken(accepted);
        return baseUrl.resolve(LinkPurpose.CONFIRM_REGISTRATION.pathOf(token));
    }

    /**
     * The one GET that changes something, as its source has it; a browser gets a page with a button instead, and HEAD, of
     * which the source says nothing, only looks.
     */
    @Operation(
            operationId = "confirmRegistration",
            summary = "API-003",
            description = "A browser (Accept: text/html) gets a page with a button instead.")
    @ApiResponse(
            responseCode = "200",
            description = "Confirmed",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = MessageResponse.class)))
    @ApiResponse(
            responseCode = "400",
            description = "The link opens nothing",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = MessageResponse.class)))
    @Get("/confirm_registration/{token}")
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
    HttpResponse<?> confirm(HttpRequest<?> request, String token) {
        if (!isBrowser(request)) {
            boolean good = request.getMethod() == HttpMethod.HEAD ? contacts.opens(token) : contacts.confirm(token);
            return good ? MessageResponse.ok(CONFIRMED) : MessageResponse.badRequest(NOT_CONFIRMED);
        }
        return contacts.opens(token) ? page(HttpStatus.OK, "open", request.getPath()) : dead();
    }

    @Operation(operationId = "confirmRegistrationByButton", summary = "The button of the page of API-003")
    @ApiResponse(
            responseCode = "200",
            description = "Confirmed",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = MessageResponse.class)))
    @ApiResponse(
            responseCode = "400",
            description = "The link opens nothing",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = MessageResponse.class)))
    @Post("/confirm_registration/{token}")
    @Consumes(MediaType.ALL)
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
    HttpResponse<?> confirmByButton(HttpRequest<?> request, String token) {
        boolean confirmed = contacts.confirm(token);
        if (!isBrowser(request)) {
            return confirmed ? MessageResponse.ok(CONFIRMED) : MessageResponse.badRequest(NOT_CONFIRMED);
        }
        return confirmed ? page(HttpStatus.OK, "done", request.getPath()) : dead();
    }

    private static boolean isBrowser(HttpRequest<?> request) {
        return request.accept().stream().anyMatch(type -> type.getName().equals(MediaType.TEXT_HTML));
    }

    private static HttpResponse<?> page(HttpStatus status, String state, String action) {
        return HttpResponse.status(status)
                .contentType(MediaType.TEXT_HTML_TYPE)
                .body(new ModelAndView<>("registration", Map.of("state", state, "action", action)));
    }

    private static HttpResponse<?> dead() {
        return page(HttpStatus.BAD_REQUEST, "dead", "");
    }

    @Operation(operationId = "resendRegistrationLink", summary = "API-010")
    @RequestBody(
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = Bodies.Credentials.class))
            })
    @ApiResponse(
            responseCode = "200",
            description = "A new link",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Registered.class)))
    @ApiResponse(
            responseCode = "400",
            description = "Confirmed already",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = MessageResponse.class)))
    @ApiResponse(
            responseCode = "401",
            description = "Wrong e-mail or password",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = MessageResponse.class)))
    @ApiResponse(
            responseCode = "429",
            description = "Too many attempts; Retry-After says when the next may be made",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = MessageResponse.class)))
    @Post("/resend_registration_link")
    HttpResponse<?> resend(HttpRequest<?> request) {
        return refusals.withBody(request, NO_FRESH_LINK, body -> {
            String email = body.string("email");
            String password = body.string("password");
            return email == null || password == null
                    ? MessageResponse.badRequest(NO_FRESH_LINK)
                    : resend(signIns.check(email, password, callers.of(request)), callers.of(request));
        });
    }

    private HttpResponse<?> resend(SignInOutcome outcome, CallerAddress caller) {
        return switch (outcome) {
            case SignInOutcome.Refused refused -> MessageResponse.unauthorized(NO_FRESH_LINK);
            case SignInOutcome.SlowedDown slow -> Refusals.slowDown(slow.retryAfter());
            case SignInOutcome.Matched matched ->
                contacts.isConfirmed(matched.account())
                        ? MessageResponse.badRequest(NO_FRESH_LINK)
                        : resend(matched.account(), caller);
        };
    }

    private HttpResponse<?> resend(Account account, CallerAddress caller) {
        return switch (links.confirm(
                account, LinkPurpose.CONFIRM_REGISTRATION, Caller.sessionKeyApi(caller), UnknownUser.REPORT)) {
            case LinkOutcome.Accepted accepted -> HttpResponse.ok(new Registered(FRESH_LINK, linkOf(accepted)));
            case LinkOutcome.LimitReached limit -> Refusals.slowDown(limit.retryAfter());
        };
    }
}
