package dev.latchkey.bench;

import dev.latchkey.bench.Phase.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Draws what each step costs the server's processor, one bar for each step and number of connections. */
final class Chart {
    private static final int NAMES = 250;
    private static final int BARS = 480;
    private static final int ROW = 26;

    private final StringBuilder svg = new StringBuilder();

    static void write(Path file, List<Result> results) throws IOException {
        Files.writeString(file, new Chart().draw(results));
    }

    private String draw(List<Result> results) {
        double most = results.stream().mapToDouble(Result::cpuMillisEach).max().orElseThrow();
        line("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\"", NAMES + BARS + 160, ROW * results.size() + 12);
        line(" aria-label=\"Milliseconds of the server's processor time for each step\">");
        line("<style>text{font:13px system-ui,sans-serif;fill:#1d2433}rect{fill:#4b6cb7}.one{fill:#a9bbe0}svg{background:#fff}");
        line("@media(prefers-color-scheme:dark){text{fill:#e6eaf2}rect{fill:#8aa5e0}.one{fill:#46598a}svg{background:#11151d}}");
        line("</style>");
        for (int i = 0; i < results.size(); i++) {
            Result step = results.get(i);
            int y = ROW * i + 8;
            line("<text x=\"4\" y=\"%d\">%s, %d connection%s</text>", y + 14, step.name(), step.connections(), step.connections() == 1 ? "" : "s");
            line("<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"18\" rx=\"3\"/>", step.connections() == 1 ? "one" : "many", NAMES, y, BARS * step.cpuMillisEach() / most);
            line("<text x=\"%.1f\" y=\"%d\">%.2f ms, %,.0f a second</text>", NAMES + 6 + BARS * step.cpuMillisEach() / most, y + 14, step.cpuMillisEach(), step.perSecond());
        }
        return line("</svg>").svg.toString();
    }

    private Chart line(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
        return this;
    }
}
