package dev.latchkey.api.oauth;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.Tokens;
import dev.latchkey.http.CallerAddressResolver;
import dev.latchkey.oauth.GrantScope;
import dev.latchkey.oauth.Grants;
import dev.latchkey.oauth.Redemption;
import dev.latchkey.oauth.authorization.Audience;
import dev.latchkey.oauth.client.Clients;
import dev.latchkey.oauth.client.Clients.Proof;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Exchanges codes and refresh tokens for tokens (RFC 6749, sections 4.1.3 and 6), and ends them (RFC 7009). */
@Controller(value = "/oauth", consumes = MediaType.ALL, produces = MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class TokenController {
    private static final String VERIFIER = "code_verifier";
    private static final Set<String> GRANT_TYPES = Set.of("authorization_code", "refresh_token");

    private final OAuthMessages messages;
    private final Clients clients;
    private final Grants grants;
    private final Audience audience;
    private final CallerAddressResolver callers;

    TokenController(
            OAuthMessages messages, Clients clients, Grants grants, Audience audience, CallerAddressResolver callers) {
        this.messages = messages;
        this.clients = clients;
        this.grants = grants;
        this.audience = audience;
        this.callers = callers;
    }

    @Post("/token")
    HttpResponse<?> token(HttpRequest<?> request) {
        return forClient(request, (parameters, client) -> {
            List<String> grantType = parameters.getOrDefault("grant_type", List.of());
            if (!grantType.isEmpty() && !GRANT_TYPES.contains(grantType.getFirst())) {
                return OAuthMessages.error(OAuth2Error.UNSUPPORTED_GRANT_TYPE);
            }
            // Whatever could be no verifier of anything is as wrong as another one, which the grant tells.
            Map<String, List<String>> others = new LinkedHashMap<>(parameters);
            List<String> verifier = others.remove(VERIFIER);
            TokenRequest asked = TokenRequest.parse(messages.message(request, others));
            if (!audience.isUs(asked.getResources())) {
                return OAuthMessages.error(OAuth2Error.INVALID_TARGET);
            }
            return answer(client, redeem(asked, client, verifier));
        });
    }

    private Redemption redeem(TokenRequest asked, String client, @Nullable List<String> verifier)
            throws ParseException {
        return switch (asked.getAuthorizationGrant()) {
            case AuthorizationCodeGrant code -> {
                if (verifier == null) {
                    throw OAuthMessages.refused(OAuth2Error.INVALID_REQUEST, VERIFIER + " is missing");
                }
                URI redirect = code.getRedirectionURI();
                yield grants.redeem(
                        code.getAuthorizationCode().getValue(),
                        client,
                        redirect == null ? null : redirect.toString(),
                        verifier.getFirst());
            }
            case RefreshTokenGrant refresh ->
                grants.refresh(refresh.getRefreshToken().getValue(), client, narrowed(asked.getScope()));
            default -> throw OAuthMessages.refused(OAuth2Error.UNSUPPORTED_GRANT_TYPE, "This grant is not served");
        };
    }

    private static @Nullable Set<GrantScope> narrowed(@Nullable Scope asked) {
        return asked == null || asked.isEmpty() ? null : GrantScope.parse(asked.toString());
    }

    private HttpResponse<?> answer(String client, Redemption redemption) {
        return switch (redemption) {
            case Redemption.Tokens tokens -> {
                clients.noteUse(client);
                yield OAuthMessages.answer(HttpStatus.OK, new AccessTokenResponse(written(tokens)).toJSONObject());
            }
            case Redemption.Refused refused -> OAuthMessages.error(OAuth2Error.INVALID_GRANT);
            case Redemption.ScopeRefused refused -> OAuthMessages.error(OAuth2Error.INVALID_SCOPE);
            case Redemption.LimitReached limit -> OAuthMessages.tooMany(limit.retryAfter());
        };
    }

    private static Tokens written(Redemption.Tokens tokens) {
        return new Tokens(
                new BearerAccessToken(
                        tokens.access(), tokens.lifetime().toSeconds(), Scope.parse(GrantScope.text(tokens.scopes()))),
                tokens.refresh() == null ? null : new RefreshToken(tokens.refresh()));
    }

    /** The whole grant ends with any of its tokens; one that is none of this client's is no error. */
    @Post("/revoke")
    HttpResponse<?> revoke(HttpRequest<?> request) {
        return forClient(request, (parameters, client) -> {
            TokenRevocationRequest asked = TokenRevocationRequest.parse(messages.message(request, parameters));
            grants.revoke(asked.getToken().getValue(), client);
            return HttpResponse.ok().header(HttpHeaders.CACHE_CONTROL, "no-store");
        });
    }

    private HttpResponse<?> forClient(HttpRequest<?> request, Work work) {
        try {
            Map<String, List<String>> parameters = messages.read(request);
            HTTPRequest message = messages.message(request, parameters);
            ClientCredentials credentials = ClientCredentials.read(message, parameters);
            return switch (clients.authenticate(credentials.clientId(), credentials.secrets(), callers.of(request))) {
                case Proof.Given given -> work.of(parameters, credentials.clientId());
                case Proof.Refused refused -> OAuthMessages.error(OAuth2Error.INVALID_CLIENT);
                case Proof.SlowedDown slow -> OAuthMessages.tooMany(slow.retryAfter());
            };
        } catch (ParseException e) {
            return OAuthMessages.error(e);
        }
    }

    /** What is done for a client that is who it says. */
    @FunctionalInterface
    private interface Work {
        HttpResponse<?> of(Map<String, List<String>> parameters, String clientId) throws ParseException;
    }
}
