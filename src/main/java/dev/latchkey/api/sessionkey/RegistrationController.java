package dev.latchkey.api.sessionkey;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.account.Account;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.LatchkeySettings.UnknownUser;
import dev.latchkey.contact.ContactService;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.magiclink.Caller;
import dev.latchkey.magiclink.InitOutcome.LinkOutcome;
import dev.latchkey.magiclink.LinkPurpose;
import dev.latchkey.magiclink.LinkRequestService;
import dev.latchkey.membership.SignUp;
import dev.latchkey.membership.SignUpOutcome;
import dev.latchkey.membership.SignUpService;
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
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.views.ModelAndView;
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
    private static final String BAD_EMAIL = "Invalid email: it must be an email address of 5 to 25 characters.";
    private static final String BAD_PASSWORD = "Invalid password: it must have exactly 6 characters.";
    private static final String TAKEN = "Email address is already registered.";
    private static final String BAD_BODY = "Invalid input format: email and password are required as strings.";

    private final SessionKeyCalls calls;
    private final SignUpService signUps;
    private final LinkRequestService links;
    private final ContactService contacts;
    private final CallerAddressResolver callers;
    private final BaseUrl baseUrl;

    RegistrationController(
            SessionKeyCalls calls,
            SignUpService signUps,
            LinkRequestService links,
            ContactService contacts,
            CallerAddressResolver callers,
            BaseUrl baseUrl) {
        this.calls = calls;
        this.signUps = signUps;
        this.links = links;
        this.contacts = contacts;
        this.callers = callers;
        this.baseUrl = baseUrl;
    }

    @Get("/version")
    Version version() {
        return new Version("2.0.0", "User-Management-Service");
    }

    @Post("/register")
    HttpResponse<?> register(HttpRequest<?> request) {
        return calls.withBody(
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
        if (!SessionKeyCalls.isPassword(password)) {
            return MessageResponse.badRequest(BAD_PASSWORD);
        }
        return switch (signUps.signUp(SignUp.registration(address.get(), password, callers.of(request)))) {
            case SignUpOutcome.Created created ->
                HttpResponse.created(new Registered(REGISTERED, linkOf(created.link())));
            case SignUpOutcome.EmailTaken taken -> MessageResponse.as(HttpStatus.CONFLICT, TAKEN);
            case SignUpOutcome.InvalidFields invalid -> MessageResponse.badRequest(BAD_BODY);
            case SignUpOutcome.LimitReached limit -> MessageResponse.slowDown(limit.retryAfter());
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
    @Get("/confirm_registration/{token}")
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
    HttpResponse<?> confirm(HttpRequest<?> request, String token) {
        if (!isBrowser(request)) {
            return told(request.getMethod() == HttpMethod.HEAD ? contacts.opens(token) : contacts.confirm(token));
        }
        return contacts.opens(token) ? page(HttpStatus.OK, "open", request.getPath()) : dead();
    }

    @Post("/confirm_registration/{token}")
    @Consumes(MediaType.ALL)
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
    HttpResponse<?> confirmByButton(HttpRequest<?> request, String token) {
        boolean confirmed = contacts.confirm(token);
        if (!isBrowser(request)) {
            return told(confirmed);
        }
        return confirmed ? page(HttpStatus.OK, "done", request.getPath()) : dead();
    }

    private static HttpResponse<?> told(boolean confirmed) {
        return confirmed ? MessageResponse.ok(CONFIRMED) : MessageResponse.badRequest(NOT_CONFIRMED);
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

    @Post("/resend_registration_link")
    HttpResponse<?> resend(HttpRequest<?> request) {
        return calls.withPassword(
                request,
                NO_FRESH_LINK,
                HttpStatus.BAD_REQUEST,
                account -> contacts.isConfirmed(account)
                        ? MessageResponse.badRequest(NO_FRESH_LINK)
                        : resend(account, callers.of(request)));
    }

    private HttpResponse<?> resend(Account account, CallerAddress caller) {
        return switch (links.confirm(
                account, LinkPurpose.CONFIRM_REGISTRATION, Caller.sessionKeyApi(caller), UnknownUser.REPORT)) {
            case LinkOutcome.Accepted accepted -> HttpResponse.ok(new Registered(FRESH_LINK, linkOf(accepted)));
            case LinkOutcome.LimitReached limit -> MessageResponse.slowDown(limit.retryAfter());
        };
    }

    @Serdeable
    record Version(String version, String service) {}

    /** Where to confirm the registration. */
    @Serdeable
    record Registered(
            String message,
            @JsonProperty("confirmation_link") String confirmationLink) {}
}
