package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** From the start of the process to its first answer, plain and with an AOT cache, in turns. */
final class StartUps {
    private StartUps() {}

    /** Medians, and the size of the cache in bytes. */
    record Outcome(Duration plain, Duration cached, long cacheBytes) {
        double ratio() {
            return (double) cached.toNanos() / plain.toNanos();
        }
    }

    static Outcome measure(Options options, Path home, int smtpPort) throws IOException, InterruptedException {
        Path cache = home.resolve("latchkey.aot");
        train(options, cache);
        List<Duration> plain = new ArrayList<>();
        List<Duration> cached = new ArrayList<>();
        for (int i = 0; i < options.startUps(); i++) {
            plain.add(once(options, home, smtpPort, List.of()));
            // "on" instead of "auto": a cache that does not fit is then an error and not a slow start.
            cached.add(once(options, home, smtpPort, List.of("-XX:AOTMode=on", "-XX:AOTCache=" + cache)));
        }
        return new Outcome(median(plain), median(cached), Files.size(cache));
    }

    /** As the Dockerfile does it. */
    private static void train(Options options, Path cache) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", "docker/train-aot", cache.toString()));
        command.addAll(LatchkeyProcess.command(options));
        ProcessBuilder training = new ProcessBuilder(command).inheritIO();
        training.environment().put("MICRONAUT_SERVER_PORT", String.valueOf(Footsteps.freePort()));
        if (training.redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() != 0) {
            throw new IllegalStateException("No AOT cache was written");
        }
    }

    private static Duration once(Options options, Path home, int smtpPort, List<String> jvm)
            throws IOException, InterruptedException {
        try (LatchkeyProcess server = LatchkeyProcess.start(options, home, smtpPort, jvm)) {
            return server.startUp();
        }
    }

    private static Duration median(List<Duration> all) {
        return all.stream().sorted().toList().get(all.size() / 2);
    }
}
