package dev.latchkey.config.client;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.client.ClientMetadata;
import com.nimbusds.oauth2.sdk.client.RegistrationError;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import java.util.ArrayList;
import java.util.List;
import net.minidev.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of itself (RFC 7591, section 2): what of it counts here, and fits.
 *
 * @param id what it is called by programs; absent where it has yet to get one
 * @param name what it calls itself; absent where it has none
 * @param redirects where it takes its answers, at least one
 * @param methods how it can prove itself at the token endpoint, what it prefers first; empty where it does not say
 * @param secret that it was given; absent where there is none
 */
public record ClientDescription(
        @Nullable String id,
        @Nullable String name,
        List<RedirectAddress> redirects,
        List<ClientAuthenticationMethod> methods,
        @Nullable String secret) {
    /** Most redirect addresses of one client. */
    public static final int MOST_REDIRECTS = 50;

    private static final int LONGEST_NAME = 100;

    /**
     * Reads a description and checks it.
     *
     * @throws ParseException saying what is wrong, with the error code of RFC 7591, section 3.2.2
     */
    public static ClientDescription parse(JSONObject json) throws ParseException {
        ClientMetadata metadata = metadata(json);
        if (!usesCodes(metadata)) {
            throw wrong("only response_type code and grant_type authorization_code are served");
        }
        return new ClientDescription(
                JSONObjectUtils.getString(json, "client_id", null),
                name(metadata.getName()),
                redirects(metadata),
                methods(metadata, json),
                JSONObjectUtils.getString(json, "client_secret", null));
    }

    /** The library's own reading; what it trips over is as wrong as what it refuses. */
    private static ClientMetadata metadata(JSONObject json) throws ParseException {
        try {
            return ClientMetadata.parse(json);
        } catch (ParseException e) {
            throw e.getErrorObject() == null ? wrong(e.getMessage()) : e;
        } catch (RuntimeException e) {
            throw wrong("a member has a value that it cannot have");
        }
    }

    private static boolean usesCodes(ClientMetadata metadata) {
        return (metadata.getGrantTypes() == null || metadata.getGrantTypes().contains(GrantType.AUTHORIZATION_CODE))
                && (metadata.getResponseTypes() == null
                        || metadata.getResponseTypes().contains(ResponseType.CODE));
    }

    private static @Nullable String name(@Nullable String name) throws ParseException {
        if (name == null || name.isBlank()) {
            return null;
        }
        if (name.codePointCount(0, name.length()) > LONGEST_NAME
                || name.codePoints().anyMatch(Character::isISOControl)) {
            throw wrong("client_name is longer than " + LONGEST_NAME + " characters or holds control characters");
        }
        return name.strip();
    }

    private static List<RedirectAddress> redirects(ClientMetadata metadata) throws ParseException {
        List<RedirectAddress> redirects = new ArrayList<>();
        if (metadata.getRedirectionURIStrings() != null) {
            for (String address : metadata.getRedirectionURIStrings()) {
                redirects.add(
                        RedirectAddress.parse(address)
                                .orElseThrow(
                                        () -> wrongRedirect(
                                                "an address in redirect_uris may not be redirected to: it must be"
                                                        + " https, http to this machine alone, or an app's own scheme, without a fragment")));
            }
        }
        if (redirects.isEmpty() || redirects.size() > MOST_REDIRECTS) {
            throw wrongRedirect("redirect_uris must name 1 to " + MOST_REDIRECTS + " addresses");
        }
        return List.copyOf(redirects);
    }

    /**
     * What it prefers and, where it says so, what else it can do: a client that serves many servers publishes all its
     * ways (OpenID Connect Relying Party Metadata Choices 1.0, section 2).
     */
    private static List<ClientAuthenticationMethod> methods(ClientMetadata metadata, JSONObject json)
            throws ParseException {
        List<ClientAuthenticationMethod> methods = new ArrayList<>();
        if (metadata.getTokenEndpointAuthMethod() != null) {
            methods.add(metadata.getTokenEndpointAuthMethod());
        }
        for (String other : JSONObjectUtils.getStringList(json, "token_endpoint_auth_methods_supported", List.of())) {
            if (other != null && !other.isBlank()) {
                methods.add(ClientAuthenticationMethod.parse(other));
            }
        }
        return List.copyOf(methods);
    }

    private static ParseException wrongRedirect(String what) {
        return new ParseException(what, RegistrationError.INVALID_REDIRECT_URI.setDescription(what));
    }

    private static ParseException wrong(@Nullable String what) {
        String said = ErrorObject.removeIllegalChars(what);
        return new ParseException(said, RegistrationError.INVALID_CLIENT_METADATA.setDescription(said));
    }

    @Override
    public String toString() {
        return "what " + (id == null ? "a client" : id) + " says of itself";
    }
}
