package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The load benchmark in its short form. Not its speed is asserted but its checks: every link arrived once, every save
 * stuck, no token twice, no secret in the log. {@code bench/run} is the long form.
 */
@EnabledOnOs(OS.LINUX)
class BenchmarkIT {
    private static final long MINUTES = 15;

    @TempDir
    Path folder;

    @Test
    void findsTheJobReallyDoneUnderLoad() throws IOException, InterruptedException {
        Path report = folder.resolve("report.md");
        Path progress = folder.resolve("progress.log");
        ProcessBuilder benchmark = new ProcessBuilder(
                        "bench/run", "--quick", "--old-requests", "1000", "--waiting-mails", "100")
                .redirectOutput(report.toFile())
                .redirectError(progress.toFile());
        benchmark.environment().put("LATCHKEY_JAR", System.getProperty("latchkey.jar", "target/latchkey.jar"));
        benchmark.environment().put("BENCH_DIR", folder.resolve("run").toString());

        Process process = benchmark.start();
        try {
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES))
                    .as("ends in time")
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).as(() -> read(progress) + read(report)).isZero();
        assertThat(read(report)).contains("| Whole job | 32 |", "With 1,000 old requests and 100 mails");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
