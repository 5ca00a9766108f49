package dev.latchkey.api.oauth;

import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who a client says it is, and by what it proves it: nothing, or its secret by Basic (RFC 6749, section 2.3.1). A secret in
 * the body and assertions are refused.
 *
 * @param clientId as it says
 * @param secrets how the secret that it presents may be read; none where it presents none
 */
record ClientCredentials(String clientId, Set<String> secrets) {

    static ClientCredentials read(HTTPRequest message, Map<String, List<String>> parameters) throws ParseException {
        ClientAuthentication presented = presented(message);
        if (presented == null) {
            return new ClientCredentials(clientId(parameters), Set.of());
        }
        if (!(presented instanceof ClientSecretBasic basic)) {
            throw refused("Only client_secret_basic or no secret at all is served");
        }
        String clientId = basic.getClientID().getValue();
        if (parameters.containsKey("client_id") && !clientId(parameters).equals(clientId)) {
            throw OAuthMessages.refused(OAuth2Error.INVALID_REQUEST, "client_id is not the one of the credentials");
        }
        return new ClientCredentials(clientId, readings(basic, message.getAuthorization()));
    }

    private static @Nullable ClientAuthentication presented(HTTPRequest message) throws ParseException {
        ClientAuthentication presented;
        try {
            presented = ClientAuthentication.parse(message);
        } catch (ParseException e) {
            throw refused("The credentials cannot be read");
        }
        if (presented == null && message.getAuthorization() != null) {
            throw refused("Only client_secret_basic or no secret at all is served");
        }
        return presented;
    }

    private static String clientId(Map<String, List<String>> parameters) throws ParseException {
        List<String> ids = parameters.getOrDefault("client_id", List.of());
        if (ids.isEmpty()) {
            throw OAuthMessages.refused(OAuth2Error.INVALID_REQUEST, "client_id is missing");
        }
        return ids.getFirst();
    }

    /** By the letter a secret is encoded like a form within the credentials; widespread clients send it as it is. */
    private static Set<String> readings(ClientSecretBasic basic, String header) {
        Set<String> readings = new LinkedHashSet<>();
        readings.add(basic.getClientSecret().getValue());
        String plain = new String(
                Base64.getDecoder()
                        .decode(header.substring(header.indexOf(' ') + 1).strip()),
                StandardCharsets.UTF_8);
        readings.add(plain.substring(plain.indexOf(':') + 1));
        readings.remove("");
        return readings;
    }

    private static ParseException refused(String why) {
        return OAuthMessages.refused(OAuth2Error.INVALID_CLIENT, why);
    }

    @Override
    public String toString() {
        return "the credentials of " + clientId;
    }
}
