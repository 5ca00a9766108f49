package dev.latchkey.api.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.FieldError;
import dev.latchkey.http.Forms;
import dev.latchkey.http.Forms.Form;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.ProblemType;
import dev.latchkey.membership.SignUp;
import dev.latchkey.membership.SignUpOutcome;
import dev.latchkey.membership.SignUpService;
import dev.latchkey.profile.ProfileField;
import dev.latchkey.profile.ProfileView;
import dev.latchkey.session.AccessTokenService;
import dev.latchkey.session.ClientName;
import dev.latchkey.session.SignInOutcome;
import dev.latchkey.session.SignInService;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

    AuthController(
            Forms forms,
            SignUpService signUps,
            SignInService signIns,
            AccessTokenService tokens,
            Bearers bearers,
            CallerAddressResolver callers,
            AccountAnswers answers) {
        this.forms = forms;
        this.signUps = signUps;
        this.signIns = signIns;
        this.tokens = tokens;
        this.bearers = bearers;
        this.callers = callers;
        this.answers = answers;
    }

    @Post("/signup")
    HttpResponse<?> signUp(HttpRequest<?> request) {
        JsonFields body = forms.json(request);
        String typed = body.string("email");
        String password = body.string("password");
        Map<ProfileField, String> told = ProfileField.read(ProfileField.ON_ARRIVAL, body::string);
        Optional<EmailAddress> email = Optional.ofNullable(typed).flatMap(EmailAddress::parse);
        if (email.isEmpty() || password == null) {
            List<FieldError> errors = new ArrayList<>();
            if (email.isEmpty()) {
                errors.add(typed == null ? answers.missing("email") : FieldError.of("email", answers.text("email")));
            }
            if (password == null) {
                errors.add(answers.missing("password"));
            }
            return answers.refuse(request, answers.invalidFields(errors));
        }
        return switch (signUps.signUp(SignUp.withPassphrase(email.get(), password, told, callers.of(request)))) {
            case SignUpOutcome.Created created ->
                HttpResponse.created(NewAccount.of(created.view()), URI.create("/profile/me"));
            case SignUpOutcome.EmailTaken taken ->
                answers.refuse(request, answers.ofField(ProblemType.EMAIL_TAKEN, "email", "email.taken"));
            case SignUpOutcome.InvalidFields invalid -> answers.refuse(request, answers.invalid(invalid.fields()));
            case SignUpOutcome.LimitReached limit -> answers.refuse(request, answers.wait("mails", limit.retryAfter()));
        };
    }

    /** As JSON, or as the form of the OAuth2 password grant (RFC 6749, section 4.3.2). */
    @Post("/login")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    HttpResponse<?> signIn(HttpRequest<?> request) {
        if (!forms.isForm(request)) {
            JsonFields body = forms.json(request);
            return signIn(request, "email", body.string("email"), body.string("password"));
        }
        try (Form form = forms.form(request)) {
            String grant = form.text("grant_type");
            return grant == null || grant.equals("password")
                    ? signIn(request, "username", form.text("username"), form.text("password"))
                    : answers.refuse(request, answers.ofField(ProblemType.INVALID_REQUEST, "grant_type", "grant"));
        }
    }

    private HttpResponse<?> signIn(
            HttpRequest<?> request, String field, @Nullable String typed, @Nullable String password) {
        String email = answers.required(field, typed);
        String passphrase = answers.required("password", password);
        return switch (signIns.check(email, passphrase, callers.of(request))) {
            case SignInOutcome.Refused refused -> wrongCredentials(request);
            case SignInOutcome.SlowedDown slow -> answers.refuse(request, answers.wait("slow", slow.retryAfter()));
            case SignInOutcome.Matched matched ->
                tokens.issue(
                                matched.account(),
                                ClientName.of(request.getHeaders().get(HttpHeaders.USER_AGENT)))
                        .<HttpResponse<?>>map(token ->
                                HttpResponse.ok(AccessToken.of(token)).header(HttpHeaders.CACHE_CONTROL, "no-store"))
                        .orElseGet(() -> wrongCredentials(request));
        };
    }

    private HttpResponse<?> wrongCredentials(HttpRequest<?> request) {
        return answers.refuse(request, ProblemType.INVALID_CREDENTIALS, "credentials");
    }

    @Post("/logout")
    @Consumes(MediaType.ALL)
    HttpResponse<?> signOut(HttpRequest<?> request) {
        tokens.revoke(bearers.require(request).tokenId());
        return HttpResponse.noContent();
    }

    /** {@code null} where nothing was told. */
    @Serdeable
    record NewAccount(
            UUID id,
            String email,
            @Nullable String name,
            @Nullable String bio,
            int pin) {
        static NewAccount of(ProfileView view) {
            return new NewAccount(
                    view.account().id(),
                    view.account().email().value(),
                    view.profile().name(),
                    view.profile().bio(),
                    view.account().pin());
        }
    }

    /** Named as in RFC 6749, section 5.1. */
    @Serdeable
    record AccessToken(
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("token_type") String tokenType,
            @JsonProperty("expires_in") long expiresIn) {
        static AccessToken of(AccessTokenService.IssuedToken token) {
            return new AccessToken(token.text(), "bearer", token.lifetime().toSeconds());
        }
    }
}
