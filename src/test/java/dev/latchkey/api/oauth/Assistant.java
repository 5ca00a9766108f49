package dev.latchkey.api.oauth;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.latchkey.account.Account;
import dev.latchkey.limit.CallerAddress;
import dev.latchkey.oauth.Consent;
import dev.latchkey.oauth.Grants;
import dev.latchkey.oauth.authorization.AuthorizationRequests;
import dev.latchkey.oauth.authorization.Checked;
import dev.latchkey.oauth.client.PredefinedClients;
import dev.latchkey.session.PageSession;
import dev.latchkey.session.PageSessions;
import dev.latchkey.support.Answer;
import dev.latchkey.support.Api;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An assistant as its author writes it: it makes requests, takes answers at its address, and exchanges what it got. */
final class Assistant {
    final CodeVerifier verifier = new CodeVerifier();
    final String clientId;
    final String redirectUri;

    private final Api api;
    private final String[] credentials;

    Assistant(EmbeddedServer server) {
        this(new Api(server), PredefinedClients.OPEN, PredefinedClients.REDIRECT);
    }

    Assistant(Api api, String clientId, String redirectUri, String... credentials) {
        this.api = api;
        this.clientId = clientId;
        this.redirectUri = redirectUri;
        this.credentials = credentials;
    }

    /** What it sends a person's browser to the authorization endpoint with. */
    Map<String, String> request(String scope) {
        Map<String, String> request = new LinkedHashMap<>();
        request.put("response_type", "code");
        request.put("client_id", clientId);
        request.put("redirect_uri", redirectUri);
        request.put("scope", scope);
        request.put("state", "state-of-" + clientId);
        request.put(
                "code_challenge",
                CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue());
        request.put("code_challenge_method", "S256");
        return request;
    }

    String query(String scope) {
        return query(request(scope));
    }

    static String query(Map<String, String> parameters) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        parameters.forEach((name, value) -> lists.put(name, List.of(value)));
        return URLUtils.serializeParameters(lists);
    }

    /** The code that it finds in the answer after somebody allowed what it asks for. */
    String code(ApplicationContext node, Account somebody, String scope) {
        return parameters(allow(node, somebody, query(scope))).get("code").getFirst();
    }

    /** Where somebody's browser is sent who allows a request. */
    static URI allow(ApplicationContext node, Account somebody, String query) {
        Checked.Valid asked =
                (Checked.Valid) node.getBean(AuthorizationRequests.class).check(query, new CallerAddress("192.0.2.77"));
        PageSessions pages = node.getBean(PageSessions.class);
        PageSession session = pages.find(
                        pages.openByLink(somebody.id(), "Firefox").orElseThrow())
                .orElseThrow();
        return asked.granted(node.getBean(Grants.class)
                .allow(
                        session,
                        new Consent(
                                asked.client().id(),
                                asked.client().host(),
                                asked.client().name(),
                                asked.scopes(),
                                asked.redirectUri(),
                                asked.codeChallenge()))
                .orElseThrow());
    }

    static Map<String, List<String>> parameters(URI uri) {
        return URLUtils.parseParameters(uri.getRawQuery());
    }

    /** What it sends to exchange a code. */
    Map<String, String> exchange(String code) {
        Map<String, String> exchange = new LinkedHashMap<>();
        exchange.put("grant_type", "authorization_code");
        exchange.put("code", code);
        exchange.put("redirect_uri", redirectUri);
        exchange.put("client_id", clientId);
        exchange.put("code_verifier", verifier.getValue());
        return exchange;
    }

    Answer redeem(String code) {
        return token(exchange(code));
    }

    Answer refresh(String refreshToken) {
        return token(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken, "client_id", clientId));
    }

    Answer token(Map<String, String> parameters) {
        return api.form("/oauth/token", query(parameters), credentials);
    }

    Answer revoke(String token) {
        return api.form("/oauth/revoke", query(Map.of("token", token, "client_id", clientId)), credentials);
    }
}
