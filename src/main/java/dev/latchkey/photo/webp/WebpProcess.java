package dev.latchkey.photo.webp;

import dev.latchkey.photo.Refusal;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The server's end of a {@link WebpWorker}; for one thread at a time. */
final class WebpProcess {
    /** The largest pictures take half a second; a machine that is busy with much else may need far more. */
    private static final Duration MOST_TIME = Duration.ofSeconds(30);

    /** Enough for the file, twice, and for the largest result; libwebp's own memory lies beside the heap. */
    private static final List<String> FLAGS = List.of(
            "-Xmx48m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:+DisplayVMOutputToStderr",
            "-XX:ErrorFile=" + (System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null"),
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.awt.headless=true");

    /** Where native code may be unpacked to. */
    private static final List<String> PROPERTIES = List.of("java.io.tmpdir", "com.luciad.imageio.webp.tmpdir");

    /** All else, among it the secrets, stays here. */
    private static final Set<String> ENVIRONMENT = Set.of("SystemRoot", "TEMP", "TMP", "TMPDIR");

    private final Process process;
    private final DataOutputStream requests;
    private final DataInputStream answers;

    /** Starts one. */
    WebpProcess() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        for (String property : PROPERTIES) {
            String value = System.getProperty(property);
            if (value != null) {
                command.add("-D" + property + "=" + value);
            }
        }
        command.add(WebpWorker.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().retainAll(ENVIRONMENT);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        // Otherwise each thread of glibc's would count for 64 MB more.
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        process = builder.start();
        requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        answers = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
    }

    /**
     * Has a picture decoded.
     *
     * @throws IOException when the process crashed or was ended because it took too long
     */
    BufferedImage decode(WebpRequest request) throws IOException, Refusal {
        AtomicBoolean answered = new AtomicBoolean();
        CompletableFuture.delayedExecutor(MOST_TIME.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    if (!answered.get()) {
                        end();
                    }
                });
        try {
            request.write(requests);
            return WebpAnswer.read(answers, request.width(), request.height());
        } finally {
            answered.set(true);
        }
    }

    void end() {
        process.destroyForcibly();
    }
}
