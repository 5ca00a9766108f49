package dev.latchkey.bench;

import dev.latchkey.bench.Phase.Result;
import dev.latchkey.bench.Round.MailRate;
import dev.latchkey.bench.Yardsticks.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured, as Markdown. */
final class Report {
    private final StringBuilder text = new StringBuilder();
    private final List<String> missed = new ArrayList<>();

    Report requests(List<Result> results) {
        line("| request | connections | done | per second | p50 ms | p99 ms | server CPU ms each |");
        line("|---|--:|--:|--:|--:|--:|--:|");
        for (Result r : results) {
            line(
                    "| %s | %d | %,d | %,.0f | %.2f | %.2f | %.3f |",
                    r.name(),
                    r.connections(),
                    r.count(),
                    r.perSecond(),
                    r.millis(0.5),
                    r.millis(0.99),
                    r.cpuMillisEach());
        }
        return line("");
    }

    Report mailHeader() {
        line("| mails until the last one arrived | connections | mails | per second | server CPU ms each |");
        return line("|---|--:|--:|--:|--:|");
    }

    Report mails(String name, MailRate rate) {
        return line(
                "| %s | %d | %,d | %,.0f | %.3f |",
                name,
                rate.connections(),
                rate.count(),
                rate.perSecond(),
                rate.cpuMillisEach());
    }

    Report yardstickHeader() {
        line("");
        line("| yardstick | done | per second | CPU ms each |");
        return line("|---|--:|--:|--:|");
    }

    Report yardstick(String name, Rate rate) {
        return line("| %s | %,d | %,.0f | %.3f |", name, rate.count(), rate.perSecond(), rate.cpuMillisEach());
    }

    Report targetHeader() {
        line("");
        line("| at 32 connections | measured | target | |");
        return line("|---|--:|--:|---|");
    }

    Report atLeast(String name, double measured, double target) {
        return target(name, measured, "≥ ", target, measured >= target);
    }

    Report atMost(String name, double measured, double target) {
        return target(name, measured, "≤ ", target, measured <= target);
    }

    private Report target(String name, double measured, String sign, double target, boolean reached) {
        if (!reached) {
            missed.add(name);
        }
        String format = target >= 100 ? "| %s | %.0f | %s%.0f | %s |" : "| %s | %.2f | %s%.2f | %s |";
        return line(format, name, measured, sign, target, reached ? "reached" : "**not reached**");
    }

    Report compared(String name, double rate, double otherRate, double cpu, double otherCpu) {
        return line(
                "| %s | %,.0f | %,.0f | %.2f | %.3f | %.3f | %.2f |",
                name, rate, otherRate, otherRate / rate, cpu, otherCpu, otherCpu / cpu);
    }

    Report line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
        return this;
    }

    List<String> missed() {
        return missed;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
