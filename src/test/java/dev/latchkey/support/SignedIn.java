package dev.latchkey.support;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.session.AccessTokenService;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Somebody who calls the account API with a bearer token. */
public final class SignedIn {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final EmbeddedServer server;
    private final Account account;
    private final String token;

    private SignedIn(EmbeddedServer server, Account account, String token) {
        this.server = server;
        this.account = account;
        this.token = token;
    }

    /** Somebody new who proved their mailbox and has no profile. */
    public static SignedIn somebody(EmbeddedServer server) {
        Account stranger = People.somebody(server.getApplicationContext());
        // Only who has a passphrase can sign in; hashing one is not what these tests are about.
        Account account = stranger.withPassphraseHash("no hash of anything");
        server.getApplicationContext()
                .getBean(Accounts.class)
                .updatePassphraseHash(account.id(), account.passphraseHash());
        String token = server.getApplicationContext()
                .getBean(AccessTokenService.class)
                .issue(account)
                .orElseThrow()
                .text();
        return new SignedIn(server, account, token);
    }

    public Account account() {
        return account;
    }

    /** What came back. */
    public record Answer(int status, HttpResponse<byte[]> response) {
        public JsonNode json() {
            try {
                return JsonMapper.createDefault().readValue(response.body(), JsonNode.class);
            } catch (IOException e) {
                throw new UncheckedIOException(new String(response.body(), StandardCharsets.UTF_8), e);
            }
        }

        public String text(String member) {
            JsonNode value = json().get(member);
            return value == null || value.isNull() ? "null" : value.coerceStringValue();
        }
    }

    public Answer get(String path) {
        return send("GET", path, "application/json", BodyPublishers.noBody());
    }

    public Answer send(String method, String path, String json) {
        return send(method, path, "application/json", BodyPublishers.ofString(json));
    }

    /** Uploads a photo as a form. */
    public Answer upload(String method, String path, byte[] photo, String... headers) {
        return send(
                method,
                path,
                MultipartForm.TYPE,
                BodyPublishers.ofByteArray(MultipartForm.of(Map.of(), photo)),
                headers);
    }

    private Answer send(String method, String path, String type, BodyPublisher body, String... headers) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(server.getURI().resolve(path))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", type)
                    .method(method, body);
            HttpResponse<byte[]> response = CLIENT.send(
                    (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
