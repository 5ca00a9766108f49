package dev.latchkey.api.account;

import dev.latchkey.account.EmailAddress;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.FieldError;
import dev.latchkey.http.Forms;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.MultipartForm;
import dev.latchkey.http.Problem;
import dev.latchkey.http.ProblemType;
import dev.latchkey.http.Problems;
import dev.latchkey.membership.SignUp;
import dev.latchkey.membership.SignUpOutcome;
import dev.latchkey.membership.SignUpService;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.session.AccessTokenService;
import dev.latchkey.session.IssuedToken;
import dev.latchkey.session.SignInOutcome;
import dev.latchkey.session.SignInService;
import dev.latchkey.text.Texts;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import jakarta.inject.Named;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sign up, sign in, sign out. */
@Controller("/auth")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AuthController {
    private final Forms forms;
    private final SignUpService signUps;
    private final SignInService signIns;
    private final AccessTokenService tokens;
    private final Bearers bearers;
    private final CallerAddressResolver callers;
    private final AccountAnswers answers;
    private final Texts texts;
    private final Problems problems;

    AuthController(
            Forms forms,
            SignUpService signUps,
            SignInService signIns,
            AccessTokenService tokens,
            Bearers bearers,
            CallerAddressResolver callers,
            AccountAnswers answers,
            @Named("account") Texts texts,
            Problems problems) {
        this.forms = forms;
        this.signUps = signUps;
        this.signIns = signIns;
        this.tokens = tokens;
        this.bearers = bearers;
        this.callers = callers;
        this.answers = answers;
        this.texts = texts;
        this.problems = problems;
    }

    @Operation(operationId = "signUp", summary = "Make an account; a confirmation mail follows")
    @RequestBody(
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = Bodies.SignUpRequest.class))
            })
    @ApiResponse(
            responseCode = "201",
            description = "The account is there",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = SignUpResponse.class)))
    @ApiResponse(
            responseCode = "409",
            description = "email-taken",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @ApiResponse(
            responseCode = "422",
            description = "invalid-fields",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @ApiResponse(
            responseCode = "429",
            description = "too-many-requests",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @Post("/signup")
    HttpResponse<?> signUp(HttpRequest<?> request) {
        JsonFields body = forms.json(request);
        String typed = body.string("email");
        String password = body.string("password");
        Map<ProfileField, String> told = ProfileField.read(ProfileField.ON_ARRIVAL, body::string);
        Optional<EmailAddress> email = Optional.ofNullable(typed).flatMap(EmailAddress::parse);
        if (email.isEmpty() || password == null) {
            return problems.respond(request, answers.invalidFields(wrong(typed, email.isPresent(), password)));
        }
        SignUp signUp = SignUp.withPassphrase(email.get(), password, told, callers.of(request));
        return switch (signUps.signUp(signUp)) {
            case SignUpOutcome.Created created ->
                HttpResponse.created(SignUpResponse.of(created.view()), URI.create("/profile/me"));
            case SignUpOutcome.EmailTaken taken ->
                problems.respond(
                        request,
                        answers.of(ProblemType.EMAIL_TAKEN, "email.taken")
                                .withErrors(List.of(FieldError.of("email", texts.text("email.taken")))));
            case SignUpOutcome.InvalidFields invalid -> problems.respond(request, answers.invalid(invalid.fields()));
            case SignUpOutcome.LimitReached limit ->
                problems.respond(request, answers.wait("mails", limit.retryAfter()));
        };
    }

    private List<FieldError> wrong(@Nullable String email, boolean isGood, @Nullable String password) {
        List<FieldError> errors = new ArrayList<>();
        if (email == null) {
            errors.add(answers.missing("email"));
        } else if (!isGood) {
            errors.add(FieldError.of("email", texts.text("email")));
        }
        if (password == null) {
            errors.add(answers.missing("password"));
        }
        return errors;
    }

    /** As JSON, or as the form of the OAuth2 password grant (RFC 6749, section 4.3.2). */
    @Operation(operationId = "logIn", summary = "Sign in, with JSON or an OAuth2 password form")
    @RequestBody(
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = Bodies.Credentials.class)),
                @Content(
                        mediaType = "application/x-www-form-urlencoded",
                        schema = @Schema(implementation = Bodies.PasswordGrant.class))
            })
    @ApiResponse(
            responseCode = "200",
            description = "A bearer token",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = TokenResponse.class)))
    @ApiResponse(
            responseCode = "401",
            description = "invalid-credentials: the same whether or not the account is known",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @ApiResponse(
            responseCode = "422",
            description = "invalid-fields",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @ApiResponse(
            responseCode = "429",
            description = "too-many-requests",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @Post("/login")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    HttpResponse<?> signIn(HttpRequest<?> request) {
        if (!forms.isForm(request)) {
            var body = forms.json(request);
            return signIn(request, "email", body.string("email"), body.string("password"));
        }
        try (MultipartForm form = forms.form(request)) {
            String grant = form.text("grant_type");
            return grant == null || grant.equals("password")
                    ? signIn(request, "username", form.text("username"), form.text("password"))
                    : problems.respond(
                            request, Problem.ofField(ProblemType.INVALID_REQUEST, "grant_type", texts.text("grant")));
        }
    }

    private HttpResponse<?> signIn(
            HttpRequest<?> request, String field, @Nullable String typed, @Nullable String password) {
        String email = answers.required(field, typed);
        String passphrase = answers.required("password", password);
        return switch (signIns.check(email, passphrase, callers.of(request))) {
            case SignInOutcome.Refused refused -> wrongCredentials(request);
            case SignInOutcome.SlowedDown slow -> problems.respond(request, answers.wait("slow", slow.retryAfter()));
            case SignInOutcome.Matched matched ->
                tokens.issue(matched.account())
                        .<HttpResponse<?>>map(AuthController::signedIn)
                        .orElseGet(() -> wrongCredentials(request));
        };
    }

    private static HttpResponse<?> signedIn(IssuedToken token) {
        return HttpResponse.ok(TokenResponse.of(token)).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private HttpResponse<?> wrongCredentials(HttpRequest<?> request) {
        return problems.respond(request, answers.of(ProblemType.INVALID_CREDENTIALS, "credentials"));
    }

    @Operation(
            operationId = "logOut",
            summary = "End this token at once",
            security = @SecurityRequirement(name = "bearer"))
    @ApiResponse(responseCode = "204", description = "Ended", content = @Content)
    @ApiResponse(
            responseCode = "401",
            description = "token-missing, token-invalid or token-expired",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemShape.class)))
    @Post("/logout")
    @Consumes(MediaType.ALL)
    HttpResponse<?> signOut(HttpRequest<?> request) {
        tokens.revoke(bearers.require(request).tokenId());
        return HttpResponse.noContent();
    }
}
