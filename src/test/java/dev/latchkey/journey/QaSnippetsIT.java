package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.latchkey.support.LocalBrowser;
import dev.latchkey.support.OtherClients;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The test suites of {@code docs/testing-against-latchkey.md}, as they stand there, against the jar. */
class QaSnippetsIT {
    private static final Path PAGE = Path.of("docs/testing-against-latchkey.md");
    private static final String JAR = Path.of(System.getProperty("latchkey.jar", "target/latchkey-0.1.0.jar"))
            .toAbsolutePath()
            .toString();
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final long PATIENCE_SECONDS = 180;

    /** What they start need not be fast for long. */
    private static final Map<String, String> SETTINGS =
            Map.of("JAR", JAR, "JAVA", JAVA, "JDK_JAVA_OPTIONS", "-Xmx256m -XX:TieredStopAtLevel=1");

    @TempDir
    Path folder;

    @Test
    @DisplayName("The suite for Playwright passes")
    void playsInABrowser() throws Exception {
        String runner = "node_modules/@playwright/test/cli.js";
        OtherClients.assumeInstalled(runner);
        // Its imports are looked for in the folders above it.
        Path suites = Files.createTempDirectory(OtherClients.FOLDER, "suite");
        try {
            Files.writeString(suites.resolve("latchkey.spec.mjs"), snippet("js"));

            String said = run(
                    Map.of("CHROMIUM", LocalBrowser.CHROMIUM.path().toString(), "CI", "1"),
                    suites,
                    OtherClients.NODE.toString(),
                    OtherClients.FOLDER.resolve(runner).toString(),
                    "test",
                    "--reporter=list",
                    "--output=" + folder.resolve("results"));

            assertThat(said).contains("2 passed");
        } finally {
            Files.delete(suites.resolve("latchkey.spec.mjs"));
            Files.delete(suites);
        }
    }

    @Test
    @DisplayName("The suite for JUnit compiles and passes")
    void runsInThisJvm() throws Exception {
        Path source = Files.writeString(folder.resolve("LatchkeyTest.java"), snippet("java"));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        StringWriter complaints = new StringWriter();
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        complaints,
                        null,
                        null,
                        List.of("-d", folder.toString(), "-cp", classPath, "-proc:none"),
                        null,
                        ToolProvider.getSystemJavaCompiler()
                                .getStandardFileManager(null, null, null)
                                .getJavaFileObjects(source))
                .call();
        assertThat(compiled).as(complaints.toString()).isTrue();

        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        try (URLClassLoader classes = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            LauncherDiscoveryRequest suite = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClass(classes.loadClass("LatchkeyTest")))
                    .build();
            Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
                    .enableLauncherSessionListenerAutoRegistration(false)
                    .enableTestExecutionListenerAutoRegistration(false)
                    .build());
            launcher.execute(suite, listener);
        }

        TestExecutionSummary summary = listener.getSummary();
        assertThat(summary.getFailures())
                .extracting(TestExecutionSummary.Failure::getException)
                .isEmpty();
        assertThat(summary.getTestsSucceededCount()).isEqualTo(2);
    }

    @Test
    @DisplayName("The suite for pytest passes")
    void runsInPython() throws Exception {
        assumePytest();
        Files.writeString(folder.resolve("test_latchkey.py"), snippet("python"));

        assertThat(run(Map.of(), folder, "python3", "-m", "pytest", "-p", "no:cacheprovider", "test_latchkey.py"))
                .contains("3 passed");
    }

    @Test
    @DisplayName("None of the suites sleeps")
    void neverSleeps() throws IOException {
        for (String language : List.of("js", "java", "python")) {
            assertThat(snippet(language)).doesNotContainIgnoringCase("sleep", "waitForTimeout", "setTimeout");
        }
    }

    /** Skips, or with {@code -Dpytest.required=true} fails, where there is none. */
    private void assumePytest() throws Exception {
        Process asked = new ProcessBuilder("sh", "-c", "python3 -m pytest --version")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("version").toFile())
                .start();
        boolean there = asked.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && asked.exitValue() == 0;
        if (Boolean.getBoolean("pytest.required")) {
            assertThat(there).as("pytest is installed").isTrue();
        }
        Assumptions.assumeTrue(there, "There is no pytest (apt-get install python3-pytest)");
    }

    /** The one block of a language. */
    private static String snippet(String language) throws IOException {
        List<String> blocks = Pattern.compile("(?s)```" + language + "\n(.*?)```")
                .matcher(Files.readString(PAGE))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(blocks).as(language).hasSize(1);
        return blocks.getFirst();
    }

    private String run(Map<String, String> settings, Path where, String... command) throws Exception {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(SETTINGS);
        builder.environment().putAll(settings);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as(() -> Files.exists(output) ? output.toString() : "")
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroyForcibly();
        }
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
