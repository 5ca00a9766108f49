package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.support.Answer;
import dev.latchkey.support.LatchkeyJar;
import dev.latchkey.support.OtherClients;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands that people copy from the README and from {@code docs/assistants}, run as they stand there: only where the server
 * is, is replaced, and what {@code npx} would fetch is the same version from {@code .ci/clients}.
 */
final class DocumentedCommandsIT {
    private static final Path INSPECTOR = OtherClients.FOLDER.resolve("node_modules/@modelcontextprotocol/inspector");
    private static final String FETCHED = "npx -y @modelcontextprotocol/inspector@";
    private static final long PATIENCE_SECONDS = 120;

    private static LatchkeyJar product;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        Path clients = Files.createTempFile("clients", ".json");
        Files.writeString(clients, commands(page("index.md"), "json").getFirst());
        product = LatchkeyJar.dev(
                Map.of("LATCHKEY_OAUTH_CLIENTS", clients.toString(), "LATCHKEY_ACTION_KEYS", "dev-action-key"));
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @Test
    @DisplayName("The README's commands, pasted one after another, lead from the first question to a saved change")
    void changesAProfileFromTheReadme() throws IOException {
        List<String> blocks = commands(Path.of("README.md"), "sh");
        String answers = shell(blocks.stream()
                .filter(block -> block.contains("localhost:8080"))
                .map(block -> block.replace(
                        "localhost:8080", URI.create(product.origin()).getAuthority()))
                .collect(Collectors.joining("\necho\n", "set -e\n", "\n")));
        List<JsonNode> told = answers.lines()
                .filter(line -> line.startsWith("{"))
                .map(Answer::json)
                .toList();

        assertThat(blocks).first().isEqualTo("./mvnw mn:run");
        assertAccepted(told.getFirst());
        assertThat(told.get(1).path("requestId")).isEqualTo(told.getFirst().path("requestId"));
        assertThat(told.get(1).path("state").asText()).isIn("queued", "sent");
        String bio = "I write programs for engines.";
        assertThat(answers)
                .contains("\"proposed\":[\"bio\"]")
                .contains("\"expiresAt\":")
                .contains("{\"status\":\"saved\",\"changed\":[\"bio\"]")
                .containsPattern("\"pin\":100000001,[^}]*\"bio\":\"" + bio)
                .contains("\"confirmation_link\":");
    }

    @Test
    @DisplayName("The banner of the dev environment names the inbox and its ports, and its command asks for a link")
    void saysHowToBegin() throws IOException {
        String banner = product.output();
        String command = banner.lines()
                .filter(line -> line.contains("curl -s"))
                .map(line -> line.substring(line.indexOf("curl -s")))
                .findFirst()
                .orElseThrow();

        assertThat(banner)
                .contains(product.origin() + "/dev/inbox")
                .contains("IMAP 127.0.0.1:" + product.setting("LATCHKEY_DEV_IMAP_PORT"))
                .contains("SMTP 127.0.0.1:" + product.setting("LATCHKEY_DEV_SMTP_PORT"));
        assertAccepted(Answer.json(shell(command)));
    }

    @Test
    @DisplayName("The Inspector's command calls the tool, with the version and the Node.js that the page names")
    void inspects() throws IOException {
        OtherClients.assumeInstalled();
        String command = command("any-mcp-client.md", FETCHED);
        String version = command.substring(FETCHED.length()).split(" ", 2)[0];
        JsonNode manifest = Answer.json(Files.readString(INSPECTOR.resolve("package.json")));
        String launcher = manifest.at("/bin/mcp-inspector").asText();
        String run = command.replace(
                FETCHED + version,
                "'" + OtherClients.NODE + "' '" + INSPECTOR.resolve(launcher).normalize() + "'");

        assertThat(version).isEqualTo(manifest.path("version").asText());
        assertThat(manifest.at("/engines/node").asText()).contains("22.19");
        assertThat(Files.readString(page("any-mcp-client.md"))).contains("Node.js 22.19 or newer");
        assertAccepted(Answer.json(shell(run)).path("structuredContent"));
    }

    @Test
    @DisplayName("The curl of the page calls the tool")
    void calls() throws IOException {
        JsonNode answer = Answer.json(shell(command("any-mcp-client.md", "curl ")));

        assertAccepted(answer.at("/result/structuredContent"));
    }

    @Test
    @DisplayName("The command for the plugin writes it")
    void packs() throws IOException {
        String command = command("listing.md", "LATCHKEY_BASE_URL=");
        String jar = Path.of(System.getProperty("latchkey.jar", "target/latchkey-0.1.0.jar"))
                .toAbsolutePath()
                .toString();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

        assertThat(shell(command.replace("java -jar target/latchkey-0.1.0.jar", java + " -jar " + jar)))
                .contains("latchkey-plugin.zip");
        assertThat(folder.resolve("latchkey-plugin.zip")).isNotEmptyFile();
    }

    @Test
    @DisplayName("The jar that the documents name is the one that is built")
    void namesTheJar() throws IOException {
        assertThat(command("listing.md", "LATCHKEY_BASE_URL="))
                .contains(Path.of(System.getProperty("latchkey.jar", "target/latchkey-0.1.0.jar"))
                        .getFileName()
                        .toString());
    }

    private static void assertAccepted(JsonNode facts) {
        assertThat(facts.path("status").asText()).isEqualTo("accepted");
        assertThat(facts.path("matchPhrase").asText().split(" ", -1)).hasSize(2);
    }

    private static String command(String page, String begins) throws IOException {
        return commands(page(page), "sh").stream()
                .filter(command -> command.startsWith(begins))
                .findFirst()
                .orElseThrow()
                .replace("http://localhost:8080", product.origin());
    }

    private static List<String> commands(Path page, String language) throws IOException {
        return Pattern.compile("(?s)```" + language + "\n(.*?)```")
                .matcher(Files.readString(page))
                .results()
                .map((MatchResult block) -> block.group(1).strip())
                .toList();
    }

    private static Path page(String page) {
        return Path.of("docs/assistants", page);
    }

    private String shell(String command) throws IOException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder("sh", "-c", command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as(command)
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(command).isZero();
        return Files.readString(output);
    }
}
