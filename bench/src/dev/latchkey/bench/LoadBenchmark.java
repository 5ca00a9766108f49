package dev.latchkey.bench;

import dev.latchkey.bench.Phase.Result;
import dev.latchkey.bench.Round.Outcome;
import dev.latchkey.bench.Yardsticks.Rate;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Runs everything and prints the report on standard output, progress on standard error. Ends with 0 when the job was
 * done as it should, whether or not the targets were reached, and with 1 otherwise.
 */
public final class LoadBenchmark {
    private static final PrintStream PROGRESS = System.err;

    private LoadBenchmark() {}

    /** The first argument is the jar, the second the folder for everything temporary. */
    public static void main(String[] args) throws Exception {
        Options options;
        try {
            options = Options.parse(
                    Path.of(args[0]).toAbsolutePath(), Arrays.asList(args).subList(2, args.length));
        } catch (IllegalArgumentException e) {
            PROGRESS.println(e.getMessage());
            System.exit(2);
            return;
        }
        Path home = Files.createTempDirectory(Files.createDirectories(Path.of(args[1]).toAbsolutePath()), "bench-");
        boolean done = false;
        try {
            System.out.print(run(options, home));
            done = true;
        } catch (Exception e) {
            PROGRESS.println("FAILED: " + e.getMessage());
            e.printStackTrace(PROGRESS);
            Path log = home.resolve("server.log");
            if (Files.exists(log)) {
                PROGRESS.println(LatchkeyProcess.tail(log));
            }
        } finally {
            delete(home);
        }
        System.exit(done ? 0 : 1);
    }

    private static Report run(Options options, Path home) throws Exception {
        Mailboxes mailboxes = new Mailboxes();
        try (SmtpSink sink = new SmtpSink(mailboxes::take);
                SmtpSink rawSink = new SmtpSink(new Mailboxes()::take)) {
            progress("importing %,d accounts", options.accounts());
            long began = System.nanoTime();
            LatchkeyProcess.importAccounts(options, home, accounts(options, home));
            progress("imported in %.1f s", (System.nanoTime() - began) / 1e9);

            progress("start-ups");
            StartUps.Outcome startUps = StartUps.measure(options, home, sink.port());
            Stage stage = new Stage(
                    options,
                    home,
                    sink,
                    mailboxes,
                    new Ledger(options.accounts()),
                    new Yardsticks(home, rawSink.port(), options.seconds().dividedBy(3)));
            List<Outcome> outcomes = new ArrayList<>();
            List<String> verified;
            double peak;
            try (LatchkeyProcess server = stage.start()) {
                stage.warmUp(server);
                for (int connections : options.connections()) {
                    progress("%d connections", connections);
                    outcomes.add(stage.round(server, connections));
                }
                progress("verifying");
                verified = stage.verify(server, 0);
                peak = server.peakMegabytes();
            }
            Report report = new Report();
            tables(report, outcomes, options);
            targets(report, outcomes.getLast(), peak, startUps);
            if (options.oldRequests() > 0) {
                comparison(stage, outcomes.getLast(), report);
            }
            report.line("");
            verified.forEach(sentence -> report.line("- Checked: %s.", sentence));
            return report;
        }
    }

    private static void tables(Report report, List<Outcome> outcomes, Options options) throws IOException {
        List<Result> requests = new ArrayList<>();
        outcomes.forEach(outcome -> requests.addAll(outcome.requests()));
        if (options.chart().isPresent()) {
            Chart.write(options.chart().get(), requests);
        }
        report.requests(requests).mailHeader();
        for (Outcome outcome : outcomes) {
            report.mails("from a hoard", outcome.mails()).mails("from the first Init", outcome.mailsWithInits());
        }
        Outcome last = outcomes.getLast();
        report.yardstickHeader()
                .yardstick("raw durable commits, before and after Init", last.commitsAroundInits())
                .yardstick("raw durable commits, before and after Save", last.commitsAroundSaves())
                .yardstick("raw mails over one connection", last.rawMails());
    }

    private static void targets(Report report, Outcome at32, double peak, StartUps.Outcome startUps) {
        Rate commits = at32.commitsAroundInits().plus(at32.commitsAroundSaves());
        report.targetHeader()
                .atLeast("Load / do nothing", at32.loads().perSecond() / at32.nothing().perSecond(), 0.25)
                .atLeast(
                        "Init / raw commits",
                        at32.inits().perSecond() / at32.commitsAroundInits().perSecond(),
                        0.35)
                .atLeast(
                        "Save / raw commits",
                        at32.saves().perSecond() / at32.commitsAroundSaves().perSecond(),
                        0.35)
                .atLeast("mails / raw mails", at32.mails().perSecond() / at32.rawMails().perSecond(), 0.5)
                .atMost("CPU of a whole job / of a raw commit", at32.jobs().cpuMillisEach() / commits.cpuMillisEach(), 15)
                .atMost("peak resident memory in MB", peak, 400)
                .atMost("start-up with AOT cache / plain", startUps.ratio(), 0.6)
                .line("")
                .line(
                        "Start-up to the first answer: %d ms plain, %d ms with an AOT cache of %.0f MB.",
                        startUps.plain().toMillis(), startUps.cached().toMillis(), startUps.cacheBytes() / 1e6);
    }

    /** The same round once more, with a long life's leftovers in the database and a freshly started server. */
    private static void comparison(Stage stage, Outcome without, Report report) throws Exception {
        Options options = stage.options();
        progress("adding %,d old requests and %,d waiting mails", options.oldRequests(), options.waitingMails());
        OldRows.add(stage.home(), options.oldRequests(), options.waitingMails());
        Outcome with;
        try (LatchkeyProcess server = stage.start()) {
            stage.warmUp(server);
            with = stage.round(server, without.inits().connections());
            stage.verify(server, options.waitingMails());
        }
        report.line("")
                .line(
                        "With %,d old requests and %,d mails that wait for a later attempt in the database:",
                        options.oldRequests(), options.waitingMails())
                .line("")
                .line("| | per second without | with | ratio | server CPU ms each without | with | ratio |")
                .line("|---|--:|--:|--:|--:|--:|--:|");
        for (int i = 0; i < with.requests().size(); i++) {
            Result before = without.requests().get(i);
            Result after = with.requests().get(i);
            report.compared(
                    before.name(),
                    before.perSecond(),
                    after.perSecond(),
                    before.cpuMillisEach(),
                    after.cpuMillisEach());
        }
        report.compared(
                "mails from a hoard",
                without.mails().perSecond(),
                with.mails().perSecond(),
                without.mails().cpuMillisEach(),
                with.mails().cpuMillisEach());
        report.compared(
                "raw durable commits (yardstick)",
                without.commitsAroundInits().perSecond(),
                with.commitsAroundInits().perSecond(),
                without.commitsAroundInits().cpuMillisEach(),
                with.commitsAroundInits().cpuMillisEach());
    }

    static Path accounts(Options options, Path home) throws IOException {
        Path csv = home.resolve("users.csv");
        try (Writer writer = Files.newBufferedWriter(csv)) {
            writer.write("email,name,locale\n");
            for (int i = 0; i < options.accounts(); i++) {
                writer.write(Ledger.email(i) + ",Person " + i + ",en\n");
            }
        }
        return csv;
    }

    static void progress(String format, Object... values) {
        PROGRESS.printf("[bench] " + format + "%n", values);
    }

    static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
