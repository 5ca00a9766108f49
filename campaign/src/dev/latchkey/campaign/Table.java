package dev.latchkey.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes what was kept of each figure into docs/reliability.md, with a chart. */
final class Table {
    private static final Path DOCUMENT = Path.of("docs/reliability.md");
    private static final Path CHART = Path.of("docs/images/reliability.svg");
    private static final String BEGIN = "<!-- written by campaign/run --table -->\n";
    private static final String END = "<!-- until here -->\n";
    private static final String HEAD =
            "| figure | goal | done | violations | on | seed | minutes | the goal would take | seen beside |\n"
                    + "|---|--:|--:|--:|---|--:|--:|--:|---|\n";

    private static final int LINE = 26;
    private static final int LEFT = 330;
    private static final int WIDTH = 330;

    private Table() {}

    static void write() throws IOException {
        List<Progress> all = new ArrayList<>();
        for (Figure figure : Figure.values()) {
            all.add(Progress.kept(figure, 0));
        }
        String text = Files.readString(DOCUMENT);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        String rows = all.stream().map(Table::row).collect(Collectors.joining());
        Files.writeString(DOCUMENT, text.substring(0, from) + HEAD + rows + text.substring(text.indexOf(END)));
        Files.writeString(CHART, chart(all));
    }

    private static String row(Progress progress) {
        Figure figure = progress.figure();
        if (progress.done() == 0) {
            return "| **%s** %s | %,d | none | | | | | | |\n".formatted(figure, figure.title, figure.goal);
        }
        double hours = (double) progress.millis() / progress.done() * figure.goal / 3_600_000;
        return "| **%s** %s | %,d | %,d %s | %d | %s | %d | %,.0f | %,.1f h | %s |\n"
                .formatted(
                        figure,
                        figure.title,
                        figure.goal,
                        progress.done(),
                        figure.unit,
                        progress.violations(),
                        day(figure),
                        progress.seed(),
                        Math.ceil(progress.millis() / 60_000.0),
                        hours,
                        progress.remarks());
    }

    private static String day(Figure figure) {
        try {
            return Files.getLastModifiedTime(Progress.file(figure))
                    .toInstant()
                    .atZone(ZoneOffset.UTC)
                    .toLocalDate()
                    .toString();
        } catch (IOException e) {
            return "";
        }
    }

    /** How much of each goal was done, each ten times as much as far again. */
    private static String chart(List<Progress> all) {
        int height = LINE * (all.size() + 1);
        StringBuilder svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13" role="img">
                <title>How often each figure was tried, and its goal, on a scale of powers of ten</title>
                <rect width="100%%" height="100%%" fill="#fff"/>
                """.formatted(LEFT + WIDTH + 130, height));
        for (int i = 0; i < all.size(); i++) {
            Progress progress = all.get(i);
            int y = LINE * i + 8;
            svg.append("<text x=\"8\" y=\"%d\">%s %s</text>\n"
                    .formatted(
                            y + 13, progress.figure(), progress.figure().title.split("[,:]")[0]));
            svg.append(bar(y, progress.figure().goal, "#dde3ea"));
            svg.append(bar(y, progress.done(), progress.violations() == 0 ? "#2c7a4b" : "#b3261e"));
            svg.append("<text x=\"%d\" y=\"%d\">%,d of %,d</text>\n"
                    .formatted(LEFT + WIDTH + 8, y + 13, progress.done(), progress.figure().goal));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String bar(int y, long times, String colour) {
        double width = times == 0 ? 0 : WIDTH * (Math.log10(times) + 0.2) / 8.2;
        return "<rect x=\"%d\" y=\"%d\" width=\"%.0f\" height=\"16\" fill=\"%s\"/>\n".formatted(LEFT, y, width, colour);
    }
}
