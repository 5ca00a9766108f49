package dev.latchkey.oauth.authorization;

import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.OIDCError;
import com.nimbusds.openid.connect.sdk.Prompt;
import dev.latchkey.config.BaseUrl;
import dev.latchkey.config.client.RedirectAddress;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.oauth.GrantScope;
import dev.latchkey.oauth.authorization.Checked.Reason;
import dev.latchkey.oauth.client.Clients;
import dev.latchkey.oauth.client.Clients.Found;
import dev.latchkey.oauth.client.OAuthClient;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what comes to the authorization endpoint (RFC 6749, section 4.1.1, as RFC 9700 and OAuth 2.1 narrow it): the code
 * flow alone, with PKCE by SHA-256 (RFC 7636), for this server alone (RFC 8707), answered to an address of the client's and
 * in our name (RFC 9207).
 */
@Singleton
public final class AuthorizationRequests {
    /** Longest query; far longer than any client's. */
    static final int LONGEST = 4000;

    private static final String CLIENT = "client_id";
    private static final String REDIRECT = "redirect_uri";
    private static final String STATE = "state";
    private static final String RESOURCE = "resource";

    /** A SHA-256 digest in base64url (RFC 7636, section 4.2). */
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** Requests by value or by reference, which have codes of their own (RFC 9101; OpenID Connect Core, section 3.1.2.6). */
    private static final Map<String, ErrorObject> NOT_SERVED = Map.of(
            "request", OAuth2Error.REQUEST_NOT_SUPPORTED,
            "request_uri", OAuth2Error.REQUEST_URI_NOT_SUPPORTED,
            "registration", OIDCError.REGISTRATION_NOT_SUPPORTED);

    /** What counts of a request. */
    private static final List<String> COUNTED = List.of(
            "response_type", CLIENT, REDIRECT, "scope", STATE, "code_challenge", "code_challenge_method", RESOURCE);

    private final Clients clients;
    private final Audience audience;
    private final BaseUrl baseUrl;

    AuthorizationRequests(Clients clients, Audience audience, BaseUrl baseUrl) {
        this.clients = clients;
        this.audience = audience;
        this.baseUrl = baseUrl;
    }

    /**
     * What a query comes to. What a client publishes may be fetched for it, so call it outside of transactions.
     *
     * @param rawQuery as it came, still encoded; absent where there is none
     */
    public Checked check(@Nullable String rawQuery, CallerAddress caller) {
        if (rawQuery == null || rawQuery.length() > LONGEST) {
            return new Checked.Unusable(Reason.MALFORMED);
        }
        Map<String, List<String>> parameters = parameters(rawQuery);
        Optional<String> clientId = only(parameters, CLIENT);
        if (clientId.isEmpty() || isRepeated(parameters, REDIRECT)) {
            return new Checked.Unusable(Reason.MALFORMED);
        }
        return switch (clients.find(clientId.get(), caller)) {
            case Found.Unknown unknown -> new Checked.Unusable(Reason.UNKNOWN_CLIENT);
            case Found.Unreachable unreachable -> new Checked.Unusable(Reason.UNREACHABLE);
            case Found.Client found ->
                redirect(found.client(), only(parameters, REDIRECT))
                        .flatMap(asked ->
                                found.client().answeredAt(asked).map(client -> check(parameters, client, asked.text())))
                        .orElseGet(() -> new Checked.Unusable(Reason.REDIRECT_MISMATCH));
        };
    }

    /** What has no value counts as left out (RFC 6749, section 3.1). */
    private static Map<String, List<String>> parameters(String rawQuery) {
        Map<String, List<String>> parameters = new LinkedHashMap<>(URLUtils.parseParameters(rawQuery));
        parameters.values().removeIf(values -> values.stream().allMatch(String::isBlank));
        return parameters;
    }

    /** A client that has one address alone need not say it. */
    private static Optional<RedirectAddress> redirect(OAuthClient client, Optional<String> asked) {
        return asked.or(() -> client.redirectUris().size() == 1
                        ? Optional.of(client.redirectUris().getFirst())
                        : Optional.empty())
                .flatMap(RedirectAddress::parse);
    }

    private Checked check(Map<String, List<String>> parameters, OAuthClient client, String redirectUri) {
        String state = only(parameters, STATE).orElse(null);
        try {
            refuseWhatIsNotServed(parameters);
            AuthorizationRequest request = AuthorizationRequest.parse(parameters);
            Set<GrantScope> scopes = scopes(request);
            return new Checked.Valid(
                    client,
                    redirectUri,
                    scopes,
                    state,
                    challenge(request),
                    query(parameters, redirectUri),
                    baseUrl.origin());
        } catch (ParseException e) {
            ErrorObject error = e.getErrorObject() == null ? OAuth2Error.INVALID_REQUEST : e.getErrorObject();
            return new Checked.Redirected(Answers.error(redirectUri, error, state, baseUrl.origin()));
        }
    }

    private static void refuseWhatIsNotServed(Map<String, List<String>> parameters) throws ParseException {
        if (parameters.keySet().stream().anyMatch(name -> !name.equals(RESOURCE) && isRepeated(parameters, name))) {
            throw refused(OAuth2Error.INVALID_REQUEST, "A parameter is there more than once");
        }
        for (Map.Entry<String, ErrorObject> parameter : NOT_SERVED.entrySet()) {
            if (parameters.containsKey(parameter.getKey())) {
                throw refused(parameter.getValue(), parameter.getKey() + " is not served");
            }
        }
    }

    /** The challenge, after all else that a request of the code flow must have. */
    private String challenge(AuthorizationRequest request) throws ParseException {
        if (!request.getResponseType().equals(ResponseType.CODE)) {
            throw refused(OAuth2Error.UNSUPPORTED_RESPONSE_TYPE, "response_type must be code");
        }
        ResponseMode mode = request.getResponseMode();
        if (mode != null && !mode.equals(ResponseMode.QUERY)) {
            throw refused(OAuth2Error.INVALID_REQUEST, "response_mode must be query");
        }
        if (!CodeChallengeMethod.S256.equals(request.getCodeChallengeMethod())
                || request.getCodeChallenge() == null
                || !CHALLENGE.matcher(request.getCodeChallenge().getValue()).matches()) {
            throw refused(OAuth2Error.INVALID_REQUEST, "code_challenge by code_challenge_method S256 is needed");
        }
        if (!audience.isUs(request.getResources())) {
            throw refused(OAuth2Error.INVALID_TARGET, "resource is another server");
        }
        Prompt prompt = request.getPrompt();
        if (prompt != null && prompt.contains(Prompt.Type.NONE)) {
            // For everybody the same, so that nobody's client finds out who is signed in here.
            throw refused(OIDCError.INTERACTION_REQUIRED, "Somebody has to be asked");
        }
        return request.getCodeChallenge().getValue();
    }

    /** What is known of what is asked for; to read and to propose where nothing is said of either. */
    private static Set<GrantScope> scopes(AuthorizationRequest request) throws ParseException {
        if (request.getScope() == null || request.getScope().isEmpty()) {
            return EnumSet.of(GrantScope.READ, GrantScope.PROPOSE);
        }
        Set<GrantScope> known = GrantScope.parse(request.getScope().toString());
        if (known.isEmpty()) {
            throw refused(OAuth2Error.INVALID_SCOPE, "None of these scopes is known");
        }
        if (known.equals(Set.of(GrantScope.OFFLINE))) {
            known.addAll(Set.of(GrantScope.READ, GrantScope.PROPOSE));
        }
        return known;
    }

    private static String query(Map<String, List<String>> parameters, String redirectUri) {
        Map<String, List<String>> counted = new LinkedHashMap<>();
        for (String name : COUNTED) {
            List<String> values = name.equals(REDIRECT) ? List.of(redirectUri) : parameters.get(name);
            if (values != null) {
                counted.put(name, values);
            }
        }
        return URLUtils.serializeParameters(counted);
    }

    private static Optional<String> only(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    private static boolean isRepeated(Map<String, List<String>> parameters, String name) {
        return parameters.getOrDefault(name, List.of()).size() > 1;
    }

    private static ParseException refused(ErrorObject error, String why) {
        return new ParseException(why, error.setDescription(why));
    }
}
