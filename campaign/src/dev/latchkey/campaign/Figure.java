package dev.latchkey.campaign;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The figures, in the order of docs/reliability.md. */
enum Figure {
    A(
            "save races over HTTP, 32 at once, SQLite",
            100_000,
            20,
            "races",
            "I1 I2 I3",
            SaveRaces.ANYBODY_WINS,
            SaveRaces::onSqlite),
    A3(
            "save races over HTTP, 32 at once, three nodes on PostgreSQL",
            100_000,
            20,
            "races",
            "I1 I2 I3",
            SaveRaces.ANYBODY_WINS,
            SaveRaces::onThreeNodes),
    B("kill -9 under load, SQLite", 10_000, 1, "kills", "I1 I2 I3 I4 I5", Kills.MAILS_IN_MEMORY, Kills::new),
    BP(
            "PostgreSQL killed by -9 under load, with what it had not flushed",
            100,
            1,
            "kills",
            "I1 I2 I3 I4 I5",
            PostgresKills.NOT_STORED_IS_SAVED,
            PostgresKills::new),
    BW(
            "power cuts, SQLite: what no flush covered is lost, torn, out of order",
            1_000,
            50,
            "cuts",
            "I1 I4 I5",
            PowerCuts.HASTY,
            PowerCuts::new),
    C("mails through SMTP troubles", 10_000, 40, "mails", "I4 I5", SmtpTroubles.IMPATIENT, SmtpTroubles::new),
    P("rolling restarts of three nodes", 100, 1, "restarts", "I1 I4 I6", RollingRestarts.ABRUPT, RollingRestarts::new),
    L(
            "failing writes, flushes and reads of the database",
            1_000,
            2,
            "faults",
            "I1 I2 I3 I4 I5",
            StorageFaults.FAILED_COMMIT_IS_SAVED,
            StorageFaults::new),
    M("clock jumps", 1_000, 1, "jumps", "I2 I4 I7", ClockJumps.FORGETS, ClockJumps::new),
    N(
            "every pair of public operations at once on one account, SQLite",
            10_000,
            4,
            "pairs",
            "I2 I3 I8",
            Pairs.ENDED_TOKEN,
            Pairs::onSqlite),
    N2(
            "every pair of public operations at once on one account, three nodes on PostgreSQL",
            10_000,
            4,
            "pairs",
            "I2 I3 I8",
            Pairs.ENDED_TOKEN,
            Pairs::onThreeNodes),
    D(
            "hostile pictures at a heap of 256 MB, 400 MB resident at most",
            100_000,
            16,
            "pictures",
            "I9",
            HostilePictures.SIDE_BY_SIDE,
            HostilePictures::new),
    E(
            "HTTP requests that are nearly right, at every door",
            1_000_000,
            1_000,
            "requests",
            "I9",
            FuzzedRequests.UNBOUNDED,
            FuzzedRequests::new),
    EP(
            "what reads strangers' bytes, without a server around it",
            100_000_000,
            200_000,
            "executions",
            "I9",
            FuzzedParsers.NO_AT,
            FuzzedParsers::new),
    G(
            "time of answers at doors that conceal, AUC from 0.48 to 0.52",
            900_000,
            270,
            "pairs of answers",
            "I10",
            AnswerTimes.NO_PRETENCE,
            AnswerTimes::new),
    K(
            "slow callers at once, p99 of others below 1 s",
            16_000,
            1_200,
            "connections",
            "I9",
            SlowCallers.READ_AHEAD,
            SlowCallers::new),
    O("marked secrets through every door", 1_000_000, 250, "requests", "I11", Canaries.LOGGED, Canaries::new);

    final String title;
    /** How often it should be tried. */
    final int goal;
    /** How often the short form tries it. */
    final int few;
    /** What is counted. */
    final String unit;
    /** The invariants of docs/reliability.md that it checks. */
    final String checks;

    final Planted planted;
    final Trial.Start start;

    Figure(String title, int goal, int few, String unit, String checks, Planted planted, Trial.Start start) {
        this.title = title;
        this.goal = goal;
        this.few = few;
        this.unit = unit;
        this.checks = checks;
        this.planted = planted;
        this.start = start;
    }

    /** All of them, a line each. */
    static String list() {
        return Arrays.stream(values())
                .map(figure -> "%-3s %,9d %-10s %-12s %s"
                        .formatted(figure, figure.goal, figure.unit, figure.checks, figure.title))
                .collect(Collectors.joining("\n"));
    }
}
