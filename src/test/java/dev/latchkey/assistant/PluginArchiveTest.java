package dev.latchkey.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.config.Brand;
import dev.latchkey.support.Answer;
import dev.latchkey.text.Resources;
import io.micronaut.core.value.MapPropertyResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What is packed for assistants, as the specification of Agent Plugins 1.0.0 has it. */
final class PluginArchiveTest {
    private static final String SCHEMAS = "https://agent-plugins.org/schemas/1.0.0/";

    private final PluginArchive plugin = plugin("https://id.example.com:8443", Map.of());

    @TempDir
    private Path folder;

    @Test
    @DisplayName("The archive holds a manifest, the server, a skill and the logo")
    void packsWhatAnAssistantInstalls() throws IOException {
        Map<String, byte[]> files = unpack(plugin);

        assertThat(files.keySet())
                .containsExactly(
                        "plugin.json",
                        "mcp.json",
                        "skills/edit-my-profile/SKILL.md",
                        "assets/icon.png",
                        "assets/logo.png");
        assertThat(files.values())
                .allSatisfy(content -> assertThat(text(content)).doesNotContain("{base}", "{host}"));
    }

    @Test
    @DisplayName(
            "The manifest says whose server it is, where its privacy and terms are, and names files that are there")
    void saysWhoseItIs() throws IOException {
        Map<String, byte[]> files = unpack(plugin);
        JsonNode manifest = json(files, "plugin.json");
        JsonNode shown = manifest.at("/extensions/com.openai/interface");

        assertThat(manifest.path("$schema").asText()).isEqualTo(SCHEMAS + "plugin.schema.json");
        assertThat(manifest.path("name").asText()).isEqualTo("latchkey");
        assertThat(manifest.path("version").asText()).matches("\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?");
        assertThat(manifest.at("/author/name").asText()).isEqualTo("id.example.com:8443");
        assertThat(shown.path("privacyPolicyURL").asText()).isEqualTo("https://id.example.com:8443/privacy");
        assertThat(shown.path("termsOfServiceURL").asText()).isEqualTo("https://id.example.com:8443/terms");
        assertThat(shown.path("websiteURL").asText()).isEqualTo("https://id.example.com:8443/");
        // The most that the directory of ChatGPT takes.
        assertThat(shown.path("displayName").asText()).hasSizeBetween(1, 30);
        assertThat(shown.path("shortDescription").asText()).hasSizeBetween(1, 30);
        assertThat(shown.path("longDescription").asText()).hasSizeBetween(1, 4000);
        assertThat(shown.path("developerName").asText()).hasSizeBetween(1, 80);
        for (String image : List.of("logo", "composerIcon")) {
            byte[] file =
                    Objects.requireNonNull(files.get(shown.path(image).asText().substring(2)));
            assertThat(ImageIO.read(new ByteArrayInputStream(file))).as(image).isNotNull();
        }
    }

    @Test
    @DisplayName("The server is /mcp at LATCHKEY_BASE_URL over Streamable HTTP, without any key")
    void namesTheServer() throws IOException {
        JsonNode servers = json(unpack(plugin), "mcp.json");

        assertThat(servers.path("$schema").asText()).isEqualTo(SCHEMAS + "mcp.schema.json");
        assertThat(servers.path("mcpServers"))
                .isEqualTo(Answer.json("{\"latchkey\":"
                        + "{\"type\":\"streamable-http\",\"url\":\"https://id.example.com:8443/mcp\"}}"));
    }

    @Test
    @DisplayName("The skill is called as its folder, says when to use it, and names every tool that a model may call")
    void instructs() throws IOException {
        String skill = text(unpack(plugin), "skills/edit-my-profile/SKILL.md");
        String[] parts = skill.split("---\n", 3);

        assertThat(parts[1]).contains("name: edit-my-profile\n");
        assertThat(parts[1].split("description: ", 2)[1].strip()).hasSizeBetween(50, 1024);
        assertThat(parts[2]).contains("matchPhrase", "Never ask for a passphrase");
        for (JsonNode tool : Answer.json(Resources.text("mcp/server.json")).path("tools")) {
            boolean forModels = !tool.at("/_meta/ui/visibility").toString().equals("[\"app\"]");
            assertThat(skill.contains(tool.path("name").asText()))
                    .as(tool.path("name").asText())
                    .isEqualTo(forModels);
        }
    }

    @Test
    @DisplayName("The operator's name, colour and logo are in it, whatever characters the name has")
    void speaksInTheOperatorsName() throws IOException {
        Path logo = Files.writeString(
                folder.resolve("logo"), "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>");
        Map<String, byte[]> files = unpack(plugin(
                "https://id.example.com",
                Map.of(
                        "latchkey.brand.name", "O\"Neil's: \\Books",
                        "latchkey.brand.accent", "#7a3cff",
                        "latchkey.brand.logo", logo.toString())));
        JsonNode shown = json(files, "plugin.json").at("/extensions/com.openai/interface");

        assertThat(shown.path("displayName").asText()).isEqualTo("O\"Neil's: \\Books");
        assertThat(shown.path("brandColor").asText()).isEqualTo("#7a3cff");
        assertThat(shown.path("logo").asText()).isEqualTo("./assets/logo.svg");
        assertThat(files.get("assets/logo.svg")).isEqualTo(Files.readAllBytes(logo));
        Map<String, Object> skill =
                new Yaml().load(text(files, "skills/edit-my-profile/SKILL.md").split("---\n", 3)[1]);
        assertThat(skill.get("description")).asString().contains("their own O\"Neil's: \\Books profile");
        assertThat(files.values())
                .allSatisfy(content -> assertThat(text(content)).doesNotContain("Latchkey", "{name}"));
    }

    @Test
    @DisplayName("A name that is longer than directories take ends in an ellipsis there")
    void shortensALongName() throws IOException {
        Map<String, byte[]> files =
                unpack(plugin("https://id.example.com", Map.of("latchkey.brand.name", "0123456789".repeat(4))));

        assertThat(json(files, "plugin.json")
                        .at("/extensions/com.openai/interface/displayName")
                        .asText())
                .isEqualTo("01234567890123456789012345678…");
    }

    @Test
    @DisplayName("The same version and address give the same bytes")
    void packsTheSameEachTime() throws IOException {
        assertThat(plugin.bytes())
                .isEqualTo(plugin("https://id.example.com:8443", Map.of()).bytes());
    }

    private static PluginArchive plugin(String origin, Map<String, Object> settings) {
        return new PluginArchive(origin, Brand.configured(new MapPropertyResolver(settings)));
    }

    private static Map<String, byte[]> unpack(PluginArchive plugin) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(plugin.bytes()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    private static JsonNode json(Map<String, byte[]> files, String name) {
        return Answer.json(text(files, name));
    }

    private static String text(Map<String, byte[]> files, String name) {
        return text(Objects.requireNonNull(files.get(name), name));
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }
}
