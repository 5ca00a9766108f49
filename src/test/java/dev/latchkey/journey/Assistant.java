package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.support.Answer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/** Somebody's own assistant: it registers, has itself let in, and calls tools. */
final class Assistant {
    /** Nobody listens there: a browser in a test goes no further. */
    static final String CALLBACK = "http://127.0.0.1:6274/callback";

    private final DevServer server;
    private final String clientId;
    private final String state = UUID.randomUUID().toString();
    private final String verifier;
    private String accessToken = "";
    private String refreshToken = "";

    Assistant(DevServer server, String name) {
        this.server = server;
        verifier = server.secrets.keep((UUID.randomUUID() + "-" + UUID.randomUUID()).replace("-", ""));
        Answer registered =
                server.client.post("/oauth/register", Map.of("client_name", name, "redirect_uris", List.of(CALLBACK)));
        assertThat(registered.status()).as(registered.text()).isEqualTo(201);
        clientId = registered.text("client_id");
    }

    /** Where the person's browser is sent. */
    String authorization() {
        return server.origin() + "/oauth/authorize?"
                + Map.of(
                                "response_type",
                                "code",
                                "client_id",
                                clientId,
                                "redirect_uri",
                                CALLBACK,
                                "scope",
                                "profile:read profile:propose offline_access",
                                "state",
                                state,
                                "code_challenge",
                                challenge(),
                                "code_challenge_method",
                                "S256",
                                "resource",
                                server.origin() + "/mcp")
                        .entrySet()
                        .stream()
                        .map(entry ->
                                entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }

    /** Takes what the browser brought back, and exchanges it for tokens. */
    void isLetIn(String back) {
        assertThat(back).startsWith(CALLBACK + "?");
        Map<String, String> answer = Arrays.stream(URI.create(back).getQuery().split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        assertThat(answer).containsEntry("state", state).containsEntry("iss", server.origin());
        redeem(Map.of(
                "grant_type", "authorization_code",
                "code", server.secrets.keep(Objects.requireNonNull(answer.get("code"))),
                "redirect_uri", CALLBACK,
                "client_id", clientId,
                "code_verifier", verifier));
    }

    void refreshes() {
        redeem(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken, "client_id", clientId));
    }

    private void redeem(Map<String, String> fields) {
        Answer tokens = server.client.form("/oauth/token", fields);
        assertThat(tokens.status()).as(tokens.text()).isEqualTo(200);
        accessToken = server.secrets.keep(tokens.text("access_token"));
        refreshToken = server.secrets.keep(tokens.text("refresh_token"));
    }

    /** What refreshing gives when it may not be allowed any more. */
    Answer triesToRefresh() {
        return server.client.form(
                "/oauth/token",
                Map.of("grant_type", "refresh_token", "refresh_token", refreshToken, "client_id", clientId));
    }

    /** Calls a tool, whatever comes back. */
    Answer calls(String tool, Object arguments) {
        return asks("tools/call", Map.of("name", tool, "arguments", arguments));
    }

    /** The result of a tool that must answer. */
    JsonNode result(String tool, Object arguments) {
        Answer answer = calls(tool, arguments);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("result");
    }

    /** The card as a host gets it. */
    String card() {
        JsonNode card = asks("resources/read", Map.of("uri", "ui://latchkey/draft"))
                .json()
                .at("/result/contents/0");
        assertThat(card.path("mimeType").asText()).isEqualTo("text/html;profile=mcp-app");
        return card.path("text").asText();
    }

    private Answer asks(String method, Map<String, ?> params) {
        List<String> headers = new ArrayList<>(List.of("Accept", "application/json, text/event-stream"));
        if (!accessToken.isEmpty()) {
            headers.addAll(List.of("Authorization", "Bearer " + accessToken));
        }
        return server.client.post(
                "/mcp",
                Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", params),
                headers.toArray(String[]::new));
    }

    private String challenge() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
