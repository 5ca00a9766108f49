package dev.latchkey.api.oauth;

import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.client.ClientInformation;
import com.nimbusds.oauth2.sdk.client.ClientMetadata;
import com.nimbusds.oauth2.sdk.client.RegistrationError;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import dev.latchkey.config.client.ClientDescription;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.http.Forms;
import dev.latchkey.http.JsonFields;
import dev.latchkey.http.ProblemException;
import dev.latchkey.oauth.client.ClientRegistration;
import dev.latchkey.oauth.client.ClientRegistration.Outcome;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes clients in that ask for it (RFC 7591, section 3); there only where the operator wants it. */
@Controller(value = "/oauth", consumes = MediaType.ALL, produces = MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Requires(property = "latchkey.oauth-registration", value = "true")
final class RegistrationController {
    /** What a client can be content with when it may not have a secret. */
    private static final Set<ClientAuthenticationMethod> CONTENT = Set.of(
            ClientAuthenticationMethod.NONE,
            ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
            ClientAuthenticationMethod.CLIENT_SECRET_POST);

    private final Forms forms;
    private final ClientRegistration registration;
    private final CallerAddressResolver callers;

    RegistrationController(Forms forms, ClientRegistration registration, CallerAddressResolver callers) {
        this.forms = forms;
        this.registration = registration;
        this.callers = callers;
    }

    @Post("/register")
    HttpResponse<?> register(HttpRequest<?> request) {
        try {
            return switch (registration.register(read(request), callers.of(request))) {
                case Outcome.Registered registered ->
                    OAuthMessages.answer(HttpStatus.CREATED, written(registered).toJSONObject());
                case Outcome.LimitReached limit -> OAuthMessages.tooMany(limit.retryAfter());
            };
        } catch (ParseException e) {
            return OAuthMessages.error(e);
        }
    }

    private ClientDescription read(HttpRequest<?> request) throws ParseException {
        byte[] body;
        try {
            body = forms.jsonBytes(request);
            // Bounds what the library parses.
            JsonFields.parse(body);
        } catch (ProblemException e) {
            throw OAuthMessages.refused(e.problem(), "The body must be one JSON object of at most 64 KiB");
        }
        ClientDescription told =
                ClientDescription.parse(JSONObjectUtils.parse(new String(body, StandardCharsets.UTF_8)));
        if (!told.methods().isEmpty() && told.methods().stream().noneMatch(CONTENT::contains)) {
            throw OAuthMessages.refused(
                    RegistrationError.INVALID_CLIENT_METADATA, "token_endpoint_auth_method must be none");
        }
        return told;
    }

    /** What was taken in, which is not all that was said: the server may put other values (section 3.2.1). */
    private static ClientInformation written(Outcome.Registered registered) {
        ClientMetadata metadata = new ClientMetadata();
        metadata.setName(registered.client().name());
        metadata.setRedirectionURIs(registered.client().redirectUris().stream()
                .map(URI::create)
                .collect(Collectors.toCollection(LinkedHashSet::new)));
        metadata.setGrantTypes(new LinkedHashSet<>(List.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN)));
        metadata.setResponseTypes(Set.of(ResponseType.CODE));
        metadata.setTokenEndpointAuthMethod(ClientAuthenticationMethod.NONE);
        return new ClientInformation(
                new ClientID(registered.client().id()), Date.from(registered.at()), metadata, null);
    }
}
