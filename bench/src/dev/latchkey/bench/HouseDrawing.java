package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** Draws the floors of the house: a room is as wide as it has lines, and says how many of its files each way passes. */
final class HouseDrawing {
    private static final Map<String, List<String>> FLOORS = Map.of(
            "0 who calls us", List.of("api", "web", "devinbox"),
            "1 what callers stand on", List.of("http", "assistant"),
            "2 what the product is",
                    List.of(
                            "membership",
                            "profile",
                            "history",
                            "export",
                            "oauth",
                            "magiclink",
                            "session",
                            "contact",
                            "credential",
                            "account",
                            "limit"),
            "3 what carries it", List.of("mail", "photo", "remote", "database", "text", "config"));
    private static final int WIDTH = 1_160;
    private static final int GAP = 6;
    private static final int FLOOR = 104;
    private static final int ROOM = 64;
    private static final int LEAST = 88;

    private final StringBuilder svg = new StringBuilder();

    /** @param ways the files that each way passes, by their paths */
    static void write(Path file, SortedMap<String, Integer> lines, Map<String, ? extends Iterable<String>> ways)
            throws IOException {
        Files.writeString(file, new HouseDrawing().draw(lines, ways));
    }

    private String draw(SortedMap<String, Integer> lines, Map<String, ? extends Iterable<String>> ways) {
        int height = FLOOR * FLOORS.size() + 8;
        line("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\"", WIDTH, height);
        line(" aria-label=\"The rooms of the house on their floors, as wide as they have lines\">");
        line("<style>text{font:13px system-ui,sans-serif;fill:#1d2433}.floor{font-weight:600}.small{font-size:11px}");
        line(".room{fill:#dfe8f7;stroke:#4b6cb7}svg{background:#fff}");
        line("@media(prefers-color-scheme:dark){text{fill:#e6eaf2}.room{fill:#24324d;stroke:#8aa5e0}svg{background:#11151d}}");
        line("</style>");
        List<String> floors = FLOORS.keySet().stream().sorted().toList();
        double most = floors.stream()
                .mapToDouble(floor -> FLOORS.get(floor).stream().mapToInt(room -> sum(lines, room)).sum())
                .max()
                .orElseThrow();
        for (int i = 0; i < floors.size(); i++) {
            int y = i * FLOOR + 8;
            line("<text class=\"floor\" x=\"0\" y=\"%d\">%s</text>", y + 14, floors.get(i).substring(2));
            double x = 1;
            List<String> rooms = FLOORS.get(floors.get(i));
            double left = WIDTH - rooms.size() * (LEAST + GAP) - 2;
            for (String room : rooms) {
                double width = LEAST + left * sum(lines, room) / most;
                room(x, y + 24, width, room, sum(lines, room), ways);
                x += width + GAP;
            }
        }
        line("</svg>");
        return svg.toString();
    }

    private void room(
            double x, int y, double width, String name, int lines, Map<String, ? extends Iterable<String>> ways) {
        line("<rect class=\"room\" rx=\"4\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>", x, y, width, ROOM);
        line("<text x=\"%.1f\" y=\"%d\">%s</text>", x + 6, y + 18, name);
        line("<text class=\"small\" x=\"%.1f\" y=\"%d\">%,d lines</text>", x + 6, y + 34, lines);
        StringBuilder passed = new StringBuilder();
        ways.forEach((way, files) -> {
            int count = 0;
            for (String file : files) {
                count += file.startsWith(name + "/") ? 1 : 0;
            }
            if (count > 0) {
                passed.append(passed.isEmpty() ? "" : " · ").append(way).append(' ').append(count);
            }
        });
        line("<text class=\"small\" x=\"%.1f\" y=\"%d\">%s</text>", x + 6, y + 52, passed);
    }

    private static int sum(SortedMap<String, Integer> lines, String room) {
        return lines.entrySet().stream()
                .filter(file -> file.getKey().startsWith(room + "/"))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private void line(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
