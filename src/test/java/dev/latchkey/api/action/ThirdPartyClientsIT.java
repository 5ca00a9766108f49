package dev.latchkey.api.action;

import static dev.latchkey.support.OtherClients.node;
import static dev.latchkey.support.OtherClients.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.support.LatchkeyJar;
import dev.latchkey.support.OtherClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Other people's clients, unchanged, against the real jar: each parses the action or speaks to {@code /mcp} by itself.
 * Installed by {@code .ci/run}; skipped where they are not, unless {@code -Dclients.required=true}.
 */
final class ThirdPartyClientsIT {
    private static final String GENERATOR = "generator/openapi-generator-cli.jar";
    private static final Path DOCUMENT = Path.of("openapi/chatgpt-action.yml").toAbsolutePath();

    private static LatchkeyJar product;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        OtherClients.assumeInstalled(GENERATOR);
        product = LatchkeyJar.dev(Map.of());
        Path people = Files.writeString(
                folder.resolve("people.csv"),
                "email\n"
                        + "librechat@example.org\n"
                        + "samchon@example.org\n"
                        + "generated@example.org\n"
                        + "legacy@example.org\n"
                        + "auto@example.org\n"
                        + "modern@example.org\n");
        assertThat(product.run("import", people.toString()).code()).isZero();
    }

    @AfterAll
    static void stop() {
        if (product != null) {
            product.close();
        }
    }

    @Test
    void redoclyFindsNothingToComplainAbout() {
        String output =
                node("node_modules/@redocly/cli/bin/cli.js", "lint", "--config", "redocly.yaml", DOCUMENT.toString());

        assertThat(output).contains("Your API description is valid").doesNotContain("warning.", "error.");
    }

    @Test
    void libreChatPlaysTheWholeStory() {
        assertThat(node("librechat.mjs", product.origin(), LatchkeyJar.ACTION_KEY, "librechat@example.org"))
                .contains("saved:");
    }

    @Test
    void samchonPlaysTheWholeStory() {
        assertThat(node("samchon.mjs", product.origin(), LatchkeyJar.ACTION_KEY, "samchon@example.org"))
                .contains("saved:");
    }

    @Test
    void aGeneratedClientPlaysTheWholeStory(@TempDir Path folder) {
        Path classes = generate(folder);
        String[] accepted = generated(classes, "init", "generated@example.org").split("\\|");
        assertThat(node("save.mjs", product.origin(), LatchkeyJar.ACTION_KEY, accepted[1]))
                .contains("saved");

        assertThat(generated(classes, "status", accepted[0])).isEqualTo("saved|bio");
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "auto", "modern"})
    void theInspectorPlaysTheWholeStoryInEachEra(String era) throws IOException {
        assertThat(inspect(era, "--method", "tools/list", "--strict"))
                .contains("request_profile_edit_link", "get_profile_edit_status");
        JsonNode accepted = facts(inspect(
                era,
                "--method",
                "tools/call",
                "--tool-name",
                "request_profile_edit_link",
                "--tool-arg",
                "email=" + era + "@example.org"));
        assertThat(node(
                        "save.mjs",
                        product.origin(),
                        LatchkeyJar.ACTION_KEY,
                        accepted.path("matchPhrase").asText()))
                .contains("saved");
        JsonNode status = facts(inspect(
                era,
                "--method",
                "tools/call",
                "--tool-name",
                "get_profile_edit_status",
                "--tool-arg",
                "requestId=" + accepted.path("requestId").asText()));

        assertThat(status.path("state").asText()).isEqualTo("saved");
    }

    private static String inspect(String era, String... arguments) {
        return node(OtherClients.inspection(product.origin(), era, arguments));
    }

    private static JsonNode facts(String output) throws IOException {
        return new ObjectMapper().readTree(output).path("structuredContent");
    }

    private static Path generate(Path folder) {
        run(
                folder,
                java(),
                "-jar",
                OtherClients.FOLDER.resolve(GENERATOR).toString(),
                "generate",
                "-i",
                DOCUMENT.toString(),
                "-g",
                "java",
                "--library",
                "native",
                "-o",
                folder.toString(),
                "--additional-properties=useJakartaEe=true,openApiNullable=false,hideGenerationTimestamp=true,"
                        + "invokerPackage=dev.latchkey.generated,apiPackage=dev.latchkey.generated.api,"
                        + "modelPackage=dev.latchkey.generated.model",
                "--global-property=apiDocs=false,modelDocs=false,apiTests=false,modelTests=false");
        Path classes = folder.resolve("classes");
        List<String> compile = new ArrayList<>(
                List.of(java() + "c", "-nowarn", "-proc:none", "-d", classes.toString(), "-cp", libraries()));
        try (Stream<Path> files = Files.walk(folder.resolve("src/main/java"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::toString)
                    .forEach(compile::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        compile.add(OtherClients.FOLDER.resolve("GeneratedClient.java").toString());
        run(folder, compile.toArray(String[]::new));
        return classes;
    }

    private static String generated(Path classes, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                java(),
                "-cp",
                classes + ":" + libraries(),
                "GeneratedClient",
                product.origin(),
                LatchkeyJar.ACTION_KEY));
        command.addAll(Arrays.asList(arguments));
        return run(OtherClients.FOLDER, command.toArray(String[]::new)).strip();
    }

    /** Only what a generated client asks for: Jackson and the annotations. */
    private static String libraries() {
        return Arrays.stream(System.getProperty("java.class.path").split(":"))
                .filter(entry -> entry.matches(".*/(jackson|jakarta\\.annotation|jsr305)[^/]*\\.jar"))
                .reduce((one, other) -> one + ":" + other)
                .orElseThrow();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
