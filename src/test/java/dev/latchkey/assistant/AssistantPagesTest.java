package dev.latchkey.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Answer;
import dev.latchkey.text.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/assistants}: what people paste, and what they must not open to the world. */
final class AssistantPagesTest {
    private static final Path PAGES = Path.of("docs/assistants");

    @Test
    @DisplayName("The text to paste is what the plugin's skill says")
    void pastesWhatTheSkillSays() throws IOException {
        String skill = Resources.text("plugin/skills/edit-my-profile/SKILL.md").split("---\n", 3)[2];

        assertThat(block("index.md", "text").strip()).isEqualTo(skill.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chatgpt.md",
                "claude.md",
                "vscode.md",
                "cursor.md",
                "microsoft-365-copilot.md",
                "gemini.md",
                "le-chat.md",
                "any-mcp-client.md"
            })
    @DisplayName("Each host's page is linked, says when it was true, gives the address and leads to the text to paste")
    void hasOnePageAHost(String page) throws IOException {
        String text = Files.readString(PAGES.resolve(page));

        assertThat(Files.readString(PAGES.resolve("index.md"))).contains("](" + page);
        assertThat(text).contains("https://id.example.com/mcp", "index.md#text-to-paste");
        if (!page.equals("any-mcp-client.md")) {
            assertThat(text).contains("27 November 2026");
        }
    }

    @Test
    @DisplayName("Every JSON block on the pages is JSON")
    void showsJsonThatParses() throws IOException {
        List<String> blocks = new ArrayList<>();
        try (Stream<Path> pages = Files.list(PAGES)) {
            for (Path page : pages.toList()) {
                blocks.addAll(Pattern.compile("(?s)```json\n(.*?)```")
                        .matcher(Files.readString(page))
                        .results()
                        .map((MatchResult block) -> block.group(1))
                        .toList());
            }
        }
        assertThat(blocks)
                .hasSizeGreaterThan(3)
                .allSatisfy(block ->
                        assertThat(Answer.json(block).isContainerNode()).isTrue());
    }

    @Test
    @DisplayName(
            "The proxy of a laptop lets through what assistants and mailed links need, and neither inbox nor metrics")
    void opensNoMoreOfALaptopThanIsNeeded() throws IOException {
        String line = Files.readString(PAGES.resolve("from-a-laptop.md"))
                .lines()
                .filter(text -> text.strip().startsWith("@needed path "))
                .findFirst()
                .orElseThrow();
        List<String> let =
                List.of(line.strip().substring("@needed path ".length()).split(" ", -1));

        for (String needed : List.of(
                "/mcp",
                "/mcp/server-card",
                "/.well-known/oauth-authorization-server",
                "/oauth/authorize",
                "/oauth/token",
                "/oauth/in/abc",
                "/edit/abc",
                "/confirm/abc",
                "/undo/abc",
                "/account",
                "/account/history",
                "/photos/abc.jpg",
                "/assets/latchkey.css")) {
            assertThat(lets(let, needed)).as(needed).isTrue();
        }
        for (String closed :
                List.of("/", "/dev/inbox", "/dev/inbox/messages", "/prometheus", "/health", "/api/update/init")) {
            assertThat(lets(let, closed)).as(closed).isFalse();
        }
    }

    private static boolean lets(List<String> patterns, String path) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.endsWith("*")
                        ? path.startsWith(pattern.substring(0, pattern.length() - 1))
                        : path.equals(pattern));
    }

    private static String block(String page, String language) throws IOException {
        return Files.readString(PAGES.resolve(page))
                .split("```" + language + "\n", 2)[1]
                .split("```", 2)[0];
    }
}
