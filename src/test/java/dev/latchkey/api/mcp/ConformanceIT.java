package dev.latchkey.api.mcp;

import static dev.latchkey.support.OtherClients.CONFORMANCE;
import static dev.latchkey.support.OtherClients.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.LatchkeyJar;
import dev.latchkey.support.OtherClients;
import dev.latchkey.support.Residents;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The protocol's own conformance suite against {@code /mcp}; {@link SignedInClientsIT} has its authorization server part.
 *
 * <p>What is left out asks for what is not here on purpose: prompts, completion, logging, tasks, skills, binary resources and
 * their templates, headers made of arguments, streams to be taken up again, and the tools of the suite's own example server.
 */
final class ConformanceIT {
    private static final Pattern FAILED = Pattern.compile("\\[([a-z0-9-]+) *] (?:FAILURE|WARNING)");

    private static LatchkeyJar product;
    private static Residents residents;

    @BeforeAll
    static void start() {
        OtherClients.assumeInstalled(CONFORMANCE);
        product = LatchkeyJar.dev(Map.of());
        residents = new Residents(product);
    }

    @AfterAll
    static void stop() {
        if (product != null) {
            product.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "server-initialize,2025-06-18",
        "server-initialize,2025-11-25",
        "server-session-lifecycle,2025-11-25",
        "ping,2025-06-18",
        "ping,2025-11-25",
        "tools-list,2025-06-18",
        "tools-list,2025-11-25",
        "resources-list,2025-06-18",
        "resources-list,2025-11-25",
        "dns-rebinding-protection,2025-11-25",
        "tools-list,2026-07-28",
        "resources-list,2026-07-28",
        "sep-2164-resource-not-found,2026-07-28",
        "http-header-validation,2026-07-28",
        "server-sse-multiple-streams,2026-07-28",
        "dns-rebinding-protection,2026-07-28"
    })
    void keepsToTheProtocol(String scenario, String version) {
        assertThat(node(
                        CONFORMANCE,
                        "server",
                        "--url",
                        product.origin() + "/mcp",
                        "--scenario",
                        scenario,
                        "--spec-version",
                        version))
                .contains(" 0 failed, 0 warnings");
    }

    /** Scenarios that ask for much, of which some is not here: prompts, and tools that need what a client can do. */
    @ParameterizedTest
    @CsvSource({
        "server-stateless, sep-2575-server-rejects-undeclared-capability sep-2575-missing-capability-http-400"
                + " sep-2575-http-server-no-independent-requests-on-stream sep-2575-server-no-log-without-loglevel",
        "caching, sep-2549-prompts-list-caching-hints"
    })
    void keepsToTheModernEraButForWhatItHasNot(String scenario, String missing) {
        String output = OtherClients.outcomeOfNode(
                        CONFORMANCE,
                        "server",
                        "--url",
                        product.origin() + "/mcp",
                        "--scenario",
                        scenario,
                        "--spec-version",
                        "2026-07-28")
                .text();
        String plain = output.replaceAll("\u001b\\[\\d+m", "");

        assertThat(plain).contains("SUCCESS");
        assertThat(FAILED.matcher(plain).results().map(check -> check.group(1)).distinct())
                .containsExactlyInAnyOrder(missing.split(" "));
    }

    /**
     * How a tool asks the user for what it lacks. Not here: questions to models and about folders, several at once and in
     * rounds, prompts ({@code basic-sampling}, {@code basic-list-roots}, {@code multiple-input-requests},
     * {@code multi-round}, {@code non-tool-request}, {@code capability-check}, which wants a question to a model); and
     * {@code ignore-extra-params}, which answers without the state of any question.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "basic-elicitation",
                "request-state",
                "missing-input-response",
                "result-type",
                "tampered-state",
                "validate-input",
                "unsupported-methods"
            })
    void asksTheUserAsTheProtocolSays(String scenario) {
        assertThat(node(
                        "input-required.mjs",
                        product.origin(),
                        LatchkeyJar.ACTION_KEY,
                        residents.somebody(),
                        "input-required-result-" + scenario))
                .contains(" 0 failed, 0 warnings");
    }
}
