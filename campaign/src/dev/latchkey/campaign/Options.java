package dev.latchkey.campaign;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How far a campaign goes.
 *
 * @param count how often the trouble is made
 * @param seed of all that is left to chance
 * @param limit when it ends, whatever was reached
 * @param resume whether it goes on where the last one of this figure stopped, with that one's seed
 * @param planted whether a fault is put into a copy of the product first; then the first violation ends it
 */
record Options(Figure figure, int count, long seed, Duration limit, boolean resume, boolean planted) {
    static final String USAGE =
            "campaign/run FIGURE... [--count N | --short] [--seed S] [--minutes M] [--resume] [--planted]\ncampaign/run --table";

    /** For each of the figures that come first. */
    static List<Options> parse(List<String> arguments) {
        List<String> figures = arguments.stream()
                .takeWhile(argument -> !argument.startsWith("--"))
                .toList();
        List<String> rest = arguments.subList(figures.size(), arguments.size());
        return figures.stream()
                .map(figure -> of(Figure.valueOf(figure), new ArrayDeque<>(rest)))
                .toList();
    }

    private static Options of(Figure figure, Deque<String> left) {
        Options options = new Options(
                figure,
                figure.goal,
                ThreadLocalRandom.current().nextInt(1, 1_000_000),
                Duration.ofHours(6),
                false,
                false);
        while (!left.isEmpty()) {
            options = options.with(left.pop(), left);
        }
        return options;
    }

    private Options with(String name, Deque<String> left) {
        return switch (name) {
            case "--count" -> new Options(figure, Integer.parseInt(left.pop()), seed, limit, resume, planted);
            case "--short" -> new Options(figure, figure.few, seed, limit, resume, planted);
            case "--seed" -> new Options(figure, count, Long.parseLong(left.pop()), limit, resume, planted);
            case "--minutes" ->
                new Options(figure, count, seed, Duration.ofMinutes(Long.parseLong(left.pop())), resume, planted);
            case "--resume" -> new Options(figure, count, seed, limit, true, planted);
            case "--planted" -> new Options(figure, count, seed, limit, resume, true);
            default -> throw new IllegalArgumentException(name);
        };
    }
}
