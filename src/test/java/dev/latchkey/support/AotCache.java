package dev.latchkey.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The AOT cache of this build's jar, with which a start takes half the work. Whoever starts the jar first makes it, for
 * the other test JVM as well; without one everything works, only later.
 */
final class AotCache {
    private static final Path FILE = LatchkeyJar.JAR.toAbsolutePath().resolveSibling("tests.aot");

    private static final String QUIET = "-Xlog:aot=error";

    /** Once in this JVM, when it is asked for. */
    private static final class Made {
        static final List<String> OPTIONS = make();
    }

    private AotCache() {}

    /** What a JVM is told to use it. */
    static List<String> options() {
        return Made.OPTIONS;
    }

    private static List<String> make() {
        try (FileChannel channel = FileChannel.open(
                        FILE.resolveSibling("tests.aot.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock turn = channel.lock()) {
            if (turn.isValid() && !isOfThisJar()) {
                Files.deleteIfExists(FILE);
                learn();
            }
            return Files.exists(FILE) ? List.of("-XX:AOTCache=" + FILE, QUIET) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the jar and ends it: its JVM writes on its way out. Where that takes too long, nothing is left. */
    private static void learn() throws IOException {
        ProcessHandle learning = LatchkeyJar.dev(List.of("-XX:AOTCacheOutput=" + FILE, QUIET), Map.of())
                .process();
        learning.destroy();
        learning.onExit().completeOnTimeout(learning, 3, TimeUnit.MINUTES).join();
        if (learning.isAlive()) {
            learning.descendants().forEach(ProcessHandle::destroyForcibly);
            learning.destroyForcibly();
            Files.deleteIfExists(FILE);
        }
    }

    private static boolean isOfThisJar() throws IOException {
        return Files.exists(FILE)
                && Files.getLastModifiedTime(FILE).compareTo(Files.getLastModifiedTime(LatchkeyJar.JAR)) > 0;
    }
}
