package dev.latchkey.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to run.
 *
 * @param jar the product
 * @param accounts how many accounts are imported
 * @param seconds how long each phase lasts
 * @param connections connections of each round, the last of which is held against the targets
 * @param warmUps how often everything runs without being counted
 * @param startUps how often the jar is started plain and with a cache
 * @param oldRequests dead requests put into the database for the comparison, 0 for none
 * @param waitingMails mails that wait for a later attempt, put there together with the old requests
 * @param chart where the steps are drawn, if anywhere
 * @param jvmOptions further options of the server's JVM, such as a flight recording
 */
record Options(
        Path jar,
        int accounts,
        Duration seconds,
        List<Integer> connections,
        int warmUps,
        int startUps,
        int oldRequests,
        int waitingMails,
        Optional<Path> chart,
        List<String> jvmOptions) {

    static final String USAGE =
            """
            bench/run [--quick] [--accounts N] [--seconds N] [--start-ups N]
                      [--old-requests N] [--waiting-mails N] [--chart FILE.svg] [--jvm "OPTIONS"]
            """;

    static Options parse(Path jar, List<String> arguments) {
        boolean quick = arguments.contains("--quick");
        int accounts = quick ? 2_000 : 20_000;
        double seconds = quick ? 0.5 : 5;
        int warmUps = quick ? 1 : 2;
        int startUps = quick ? 1 : 5;
        int oldRequests = 0;
        int waitingMails = 100_000;
        Optional<Path> chart = Optional.empty();
        List<String> jvmOptions = List.of();
        for (int i = 0; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "--quick" -> {}
                case "--accounts" -> accounts = Integer.parseInt(value(arguments, ++i));
                case "--seconds" -> seconds = Double.parseDouble(value(arguments, ++i));
                case "--start-ups" -> startUps = Integer.parseInt(value(arguments, ++i));
                case "--old-requests" -> oldRequests = Integer.parseInt(value(arguments, ++i));
                case "--waiting-mails" -> waitingMails = Integer.parseInt(value(arguments, ++i));
                case "--chart" -> chart = Optional.of(Path.of(value(arguments, ++i)));
                case "--jvm" -> jvmOptions = List.of(value(arguments, ++i).split(" +"));
                default -> throw new IllegalArgumentException("Unknown: " + arguments.get(i) + "\n" + USAGE);
            }
        }
        if (accounts < 200 || seconds <= 0 || seconds > 60) {
            throw new IllegalArgumentException("At least 200 accounts, and at most 60 seconds for each phase");
        }
        Duration phase = Duration.ofMillis((long) (seconds * 1000));
        return new Options(
                jar, accounts, phase, List.of(1, 32), warmUps, startUps, oldRequests, waitingMails, chart, jvmOptions);
    }

    private static String value(List<String> arguments, int index) {
        if (index >= arguments.size()) {
            throw new IllegalArgumentException(arguments.get(index - 1) + " needs a value\n" + USAGE);
        }
        return arguments.get(index);
    }
}
