package dev.latchkey.campaign;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * How far a figure has come; kept after each round, so that it can go on later.
 *
 * @param counts what else was seen, by name
 */
record Progress(
        Figure figure, long seed, long rounds, long done, int violations, long millis, Map<String, Long> counts) {
    private static final Path FOLDER = Path.of(System.getProperty("campaign.results", "target/campaign"));
    private static final String COUNT = "count.";

    static Progress none(Figure figure, long seed) {
        return new Progress(figure, seed, 0, 0, 0, 0, Map.of());
    }

    /** The last one that was kept; none where there is none. */
    static Progress kept(Figure figure, long seed) throws IOException {
        if (!Files.exists(file(figure))) {
            return none(figure, seed);
        }
        Properties kept = new Properties();
        try (Reader in = Files.newBufferedReader(file(figure))) {
            kept.load(in);
        }
        Map<String, Long> counts = kept.stringPropertyNames().stream()
                .filter(name -> name.startsWith(COUNT))
                .collect(Collectors.toMap(name -> name.substring(COUNT.length()), name -> number(kept, name)));
        return new Progress(
                figure,
                number(kept, "seed"),
                number(kept, "rounds"),
                number(kept, "done"),
                (int) number(kept, "violations"),
                number(kept, "millis"),
                counts);
    }

    /** Chance of the next round, the same for the same seed. */
    RandomGenerator chance() {
        return new java.util.Random(seed * 1_000_003 + rounds);
    }

    Progress after(int more, Findings findings, long tookMillis) {
        Map<String, Long> all = new TreeMap<>(counts);
        findings.counts()
                .forEach((name, times) -> all.merge(name, times, (before, seen) -> Findings.join(name, before, seen)));
        return new Progress(
                figure, seed, rounds + 1, done + more, violations + findings.violations(), millis + tookMillis, all);
    }

    void keep() {
        Properties kept = new Properties();
        kept.setProperty("seed", String.valueOf(seed));
        kept.setProperty("rounds", String.valueOf(rounds));
        kept.setProperty("done", String.valueOf(done));
        kept.setProperty("violations", String.valueOf(violations));
        kept.setProperty("millis", String.valueOf(millis));
        counts.forEach((name, times) -> kept.setProperty(COUNT + name, String.valueOf(times)));
        try {
            Files.createDirectories(FOLDER);
            try (Writer out = Files.newBufferedWriter(file(figure))) {
                kept.store(out, figure.title);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one line that a campaign ends with. */
    String line() {
        return "%s: %,d %s done, %d violations, %,d seconds, seed %d%s"
                .formatted(
                        figure,
                        done,
                        figure.unit,
                        violations,
                        millis / 1000,
                        seed,
                        remarks().isEmpty() ? "" : "; " + remarks());
    }

    /** What else was seen, in the order of its names. */
    String remarks() {
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .map(count -> "%,d %s".formatted(count.getValue(), count.getKey()))
                .collect(Collectors.joining(", "));
    }

    static Path file(Figure figure) {
        return FOLDER.resolve(figure + ".properties");
    }

    private static long number(Properties kept, String name) {
        return Long.parseLong(kept.getProperty(name));
    }
}
