package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What a call of each door costs in two versions of the product, both running, in bursts by turns. */
public final class Comparison {
    static final String NOWHERE = "/api/nowhere";

    private static final int CONNECTIONS = 8;
    private static final int PAIRS = 7;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration BURST = Duration.ofMillis(700);
    private static final int LINKS = 400;
    private static final String HTML = "Accept: text/html\r\n";
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final String MCP = "Accept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2025-06-18\r\n";
    private static final String TOOLS = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

    private Comparison() {}

    /** One call, as somebody makes it who knows a version. */
    private enum Call {
        LANDING("the landing page") {
            @Override
            void once(Version version, HttpConnection connection, int number) throws IOException {
                Version.send(connection, "GET", "/", HTML, "");
            }
        },
        STATEMENT("a page of text") {
            @Override
            void once(Version version, HttpConnection connection, int number) throws IOException {
                Version.send(connection, "GET", "/privacy", HTML, "");
            }
        },
        EDIT("the page behind a link") {
            @Override
            void once(Version version, HttpConnection connection, int number) throws IOException {
                Version.send(connection, "GET", "/edit/" + version.link, HTML, "");
            }
        },
        INIT("Init, with its mail") {
            @Override
            void once(Version version, HttpConnection connection, int number) throws IOException {
                Assistant.init(connection, version.anybody(number));
            }
        },
        LOAD("Load") {
            @Override
            void once(Version version, HttpConnection connection, int number) throws IOException {
                Assistant.load(connection, version.link);
            }
        },
        SAVE("Save, with its notice") {
            @Override
            void once(Version version, HttpConnection connection, int number) throws IOException {
                Assistant.save(connection, version.link(), version.words(), "");
            }
        },
        SUBMIT("Save by the page's form") {
            @Override
            void once(Version version, HttpConnection connection, int number) throws IOException {
                Version.send(connection, "POST", "/edit/" + version.link(), FORM, "bio=" + version.words());
            }
        },
        TOOLS("MCP, the tools") {
            @Override
            void once(Version version, HttpConnection connection, int number) throws IOException {
                Version.send(connection, "POST", "/mcp", MCP, Comparison.TOOLS);
            }
        },
        LOOK("account API, look") {
            @Override
            void once(Version version, HttpConnection connection, int number) throws IOException {
                Version.send(connection, "GET", "/profile/me", version.bearer, "");
            }
        },
        CHANGE("account API, change") {
            @Override
            void once(Version version, HttpConnection connection, int number) throws IOException {
                Version.send(
                        connection, "PUT", "/profile/me", version.bearer, "{\"bio\":\"" + System.nanoTime() + "\"}");
            }
        },
        OLDER("session-key API, look") {
            @Override
            void once(Version version, HttpConnection connection, int number) throws IOException {
                Version.send(connection, "GET", "/user_mngt_user" + version.session, "", "");
            }
        },
        DOCUMENT("a document of OpenAPI") {
            @Override
            void once(Version version, HttpConnection connection, int number) throws IOException {
                Version.send(connection, "GET", "/openapi/chatgpt-action.json", "", "");
            }
        },
        NOTHING("nothing there") {
            @Override
            void once(Version version, HttpConnection connection, int number) throws IOException {
                Version.send(connection, "GET", NOWHERE, "", "");
            }
        };

        private final String title;

        Call(String title) {
            this.title = title;
        }

        abstract void once(Version version, HttpConnection connection, int number) throws IOException;

        private boolean usesLinks() {
            return this == SAVE || this == SUBMIT;
        }
    }

    /** The jar of before, that of after, and the folder for everything temporary. */
    public static void main(String[] arguments) throws Exception {
        Path home = Files.createTempDirectory(
                Files.createDirectories(Path.of(arguments[2]).toAbsolutePath()), "compare-");
        try (Version before = new Version(Path.of(arguments[0]), home.resolve("before"));
                Version after = new Version(Path.of(arguments[1]), home.resolve("after"))) {
            System.out.println("| call | server CPU ms before | after | after / before | rate, after / before |");
            System.out.println("|---|--:|--:|--:|--:|");
            for (Call call : Call.values()) {
                LoadBenchmark.progress("%s", call.title);
                compare(call, before, after);
            }
        } finally {
            LoadBenchmark.delete(home);
        }
        System.exit(0);
    }

    private static void compare(Call call, Version before, Version after) throws Exception {
        burst(call, before, WARM_UP);
        burst(call, after, WARM_UP);
        List<Double> cpuBefore = new ArrayList<>();
        List<Double> cpuAfter = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        List<Double> rate = new ArrayList<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            boolean turned = pair % 2 == 1;
            Phase.Result first = burst(call, turned ? after : before, BURST);
            Phase.Result second = burst(call, turned ? before : after, BURST);
            Phase.Result old = turned ? second : first;
            Phase.Result fresh = turned ? first : second;
            cpuBefore.add(old.cpuMillisEach());
            cpuAfter.add(fresh.cpuMillisEach());
            cpu.add(fresh.cpuMillisEach() / old.cpuMillisEach());
            rate.add(fresh.perSecond() / old.perSecond());
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %.2f |%n",
                call.title,
                median(cpuBefore),
                median(cpuAfter),
                median(cpu),
                median(rate));
    }

    /** What a call leaves to be done, such as a mail, is done before the next burst, and counts for this one. */
    private static Phase.Result burst(Call call, Version version, Duration length) throws Exception {
        int atMost = Integer.MAX_VALUE;
        if (call.usesLinks()) {
            version.prepare(LINKS);
            atMost = LINKS;
        }
        version.awaitMails();
        double began = version.server().cpuSeconds();
        Phase.Result result = Phase.run(
                call.title,
                version.server(),
                CONNECTIONS,
                length,
                atMost,
                (connection, number) -> call.once(version, connection, number));
        version.awaitMails();
        double millis = 1000 * (version.server().cpuSeconds() - began);
        return new Phase.Result(
                result.name(),
                result.connections(),
                result.count(),
                result.nanos(),
                result.sorted(),
                millis / result.count());
    }

    private static double median(List<Double> values) {
        Collections.sort(values);
        return values.get(values.size() / 2);
    }
}
