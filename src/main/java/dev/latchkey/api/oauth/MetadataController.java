package dev.latchkey.api.oauth;

import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.Brand;
import dev.latchkey.oauth.GrantScope;
import dev.latchkey.oauth.client.ClientRegistration;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What clients read first: what there is to be let in to (RFC 9728), and who lets them in, and how (RFC 8414). */
@Controller("/.well-known")
@Produces(MediaType.APPLICATION_JSON)
final class MetadataController {
    private static final String A_WHILE = "public, max-age=300";
    private static final List<ClientAuthenticationMethod> METHODS =
            List.of(ClientAuthenticationMethod.NONE, ClientAuthenticationMethod.CLIENT_SECRET_BASIC);

    private final BaseUrl baseUrl;
    private final Brand brand;
    private final ClientRegistration registration;

    MetadataController(BaseUrl baseUrl, Brand brand, ClientRegistration registration) {
        this.baseUrl = baseUrl;
        this.brand = brand;
        this.registration = registration;
    }

    @Get("/oauth-protected-resource")
    HttpResponse<?> whole() {
        return resource(baseUrl.origin());
    }

    @Get("/oauth-protected-resource/mcp")
    HttpResponse<?> mcp() {
        return resource(baseUrl.resolve("/mcp"));
    }

    /** Clients take it only where the identifier is the one that they made the address of (RFC 9728, section 3.3). */
    private HttpResponse<?> resource(String identifier) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("resource", identifier);
        metadata.put("authorization_servers", List.of(baseUrl.origin()));
        // To go on without its owner is nothing that this resource asks for, so it is not among them.
        metadata.put("scopes_supported", List.of(GrantScope.READ.value(), GrantScope.PROPOSE.value()));
        metadata.put("bearer_methods_supported", List.of("header"));
        metadata.put("resource_name", brand.name());
        metadata.put("resource_documentation", baseUrl.resolve("/docs"));
        metadata.put("resource_policy_uri", baseUrl.resolve("/privacy"));
        metadata.put("resource_tos_uri", baseUrl.resolve("/terms"));
        return answer(metadata);
    }

    @Get("/oauth-authorization-server")
    HttpResponse<?> server() {
        AuthorizationServerMetadata metadata = new AuthorizationServerMetadata(new Issuer(baseUrl.origin()));
        metadata.setAuthorizationEndpointURI(at("/oauth/authorize"));
        metadata.setTokenEndpointURI(at("/oauth/token"));
        metadata.setRevocationEndpointURI(at("/oauth/revoke"));
        if (registration.isOpen()) {
            metadata.setRegistrationEndpointURI(at("/oauth/register"));
        }
        metadata.setScopes(
                new Scope(Stream.of(GrantScope.values()).map(GrantScope::value).toArray(String[]::new)));
        metadata.setResponseTypes(List.of(ResponseType.CODE));
        metadata.setResponseModes(List.of(ResponseMode.QUERY));
        metadata.setGrantTypes(List.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN));
        metadata.setCodeChallengeMethods(List.of(CodeChallengeMethod.S256));
        metadata.setTokenEndpointAuthMethods(METHODS);
        metadata.setRevocationEndpointAuthMethods(METHODS);
        metadata.setSupportsAuthorizationResponseIssuerParam(true);
        metadata.setCustomParameter("client_id_metadata_document_supported", true);
        metadata.setServiceDocsURI(at("/docs"));
        metadata.setPolicyURI(at("/privacy"));
        metadata.setTermsOfServiceURI(at("/terms"));
        return answer(metadata.toJSONObject());
    }

    private URI at(String path) {
        return URI.create(baseUrl.resolve(path));
    }

    private static HttpResponse<?> answer(Map<String, Object> metadata) {
        return HttpResponse.ok(metadata).header(HttpHeaders.CACHE_CONTROL, A_WHILE);
    }
}
