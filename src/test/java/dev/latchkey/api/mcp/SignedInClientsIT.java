package dev.latchkey.api.mcp;

import static dev.latchkey.support.OtherClients.node;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.support.Answer;
import dev.latchkey.support.FreePort;
import dev.latchkey.support.LatchkeyJar;
import dev.latchkey.support.OtherClients;
import dev.latchkey.support.Residents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Other people's clients, unchanged, that sign in: they find out where, a person allows it in a browser, and they read and
 * propose until the person ends it. One way of being known cannot be played here: a document about the client (Client ID
 * Metadata Documents) is fetched from https at a public address alone, and this machine is none.
 */
final class SignedInClientsIT {
    private static final String PUBLIC = "example-assistant";
    private static final String CONFIDENTIAL = "example-service";
    private static final String SECRET = "a-secret-of-32-letters-and-digits";
    private static final String CLIENTS = """
            [{"client_id": "%s", "client_name": "Example Assistant", "redirect_uris": ["http://127.0.0.1/callback"],
              "token_endpoint_auth_method": "none"},
             {"client_id": "%s", "client_name": "Example Service", "redirect_uris": ["http://127.0.0.1/callback"],
              "token_endpoint_auth_method": "client_secret_basic", "client_secret": "%s"}]
            """.formatted(PUBLIC, CONFIDENTIAL, SECRET);

    private static LatchkeyJar product;
    private static Residents residents;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        OtherClients.assumeInstalled();
        product = LatchkeyJar.dev(Map.of(
                "LATCHKEY_OAUTH_CLIENTS",
                Files.writeString(folder.resolve("clients.json"), CLIENTS).toString(),
                "LATCHKEY_OAUTH_REGISTRATION",
                "true",
                "LATCHKEY_LINKS_PER_MINUTE",
                "100",
                "LATCHKEY_LINKS_PER_HOUR",
                "100"));
        residents = new Residents(product);
    }

    @AfterAll
    static void stop() {
        if (product != null) {
            product.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sdk1.mjs", "sdk2.mjs"})
    @DisplayName(
            "The official TypeScript SDKs sign in, read, propose, refresh, and are asked anew once they were ended")
    void liveTheWholeStory(String sdk) {
        assertThat(plays(sdk, PUBLIC)).contains("lived as " + PUBLIC);
        assertThat(plays(sdk, CONFIDENTIAL, SECRET)).contains("lived as " + CONFIDENTIAL);
        assertThat(plays(sdk)).contains("lived as ").doesNotContain(PUBLIC, CONFIDENTIAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "modern"})
    @DisplayName("The Inspector reads and proposes with a bearer token, and sees the card")
    void inspects(String era) throws IOException {
        String email = residents.somebody();
        JsonNode tokens = Answer.json(node("token.mjs", product.origin(), LatchkeyJar.ACTION_KEY, email, PUBLIC));
        String bearer = "Authorization: Bearer " + tokens.path("access_token").asText();

        assertThat(inspect(era, "--header", bearer, "--method", "tools/list", "--strict"))
                .contains("get_my_profile", "propose_profile_change");
        assertThat(inspect(era, "--header", bearer, "--method", "resources/list"))
                .contains("ui://latchkey/draft");
        assertThat(inspect(era, "--header", bearer, "--method", "resources/read", "--uri", "ui://latchkey/draft"))
                .contains("text/html;profile=mcp-app", "save_profile_draft");
        assertThat(inspect(
                        era,
                        "--header",
                        bearer,
                        "--advertise-apps",
                        "--method",
                        "tools/call",
                        "--tool-name",
                        "propose_profile_change",
                        "--app-info"))
                .contains("ui://latchkey/draft");
        assertThat(inspect(era, "--header", bearer, "--method", "tools/call", "--tool-name", "get_my_profile"))
                .contains(email);
        JsonNode proposed = Answer.json(inspect(
                era,
                "--header",
                bearer,
                "--method",
                "tools/call",
                "--tool-name",
                "propose_profile_change",
                "--tool-arg",
                "proposal={\"bio\": \"Inspected\"}"));
        assertThat(proposed.at("/_meta/latchkey~1draft/fields/0/proposed").asText())
                .isEqualTo("Inspected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "modern"})
    @DisplayName("Without a token, the Inspector is told that it has to sign in")
    void isToldToSignIn(String era) {
        OtherClients.Outcome outcome =
                OtherClients.outcomeOfNode(inspection(era, "--method", "tools/call", "--tool-name", "get_my_profile"));

        assertThat(outcome.exit()).isNotZero();
        assertThat(outcome.text()).contains("auth_required");
    }

    @Test
    @DisplayName("The conformance suite finds nothing wrong with the authorization server")
    void conformsAsAnAuthorizationServer() {
        String output = node(
                "conformance-as.mjs",
                product.origin(),
                LatchkeyJar.ACTION_KEY,
                residents.somebody(),
                PUBLIC,
                String.valueOf(FreePort.next()));

        assertThat(output).contains("Total: 3 passed, 0 failed").doesNotContain("FAILURE", "WARNING", "SKIPPED");
    }

    private static String plays(String script, String... client) {
        List<String> arguments =
                new ArrayList<>(List.of(script, product.origin(), LatchkeyJar.ACTION_KEY, residents.somebody()));
        arguments.addAll(Arrays.asList(client));
        return node(arguments.toArray(String[]::new));
    }

    private static String inspect(String era, String... arguments) {
        return node(inspection(era, arguments));
    }

    private static String[] inspection(String era, String... arguments) {
        return OtherClients.inspection(product.origin(), era, arguments);
    }
}
