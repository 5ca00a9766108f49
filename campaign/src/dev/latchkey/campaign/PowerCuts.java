package dev.latchkey.campaign;

import static dev.latchkey.campaign.Jobs.Job.statusOf;

import dev.latchkey.campaign.Disk.Loss;
import dev.latchkey.support.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The power is cut at any write of a server under load, and what no flush covered is lost, torn or out of order. Not the
 * machine's power, of course: every write and flush is recorded, and what a disk may hold is made from that.
 */
final class PowerCuts implements Trial {
    static final Planted HASTY = new Planted(
            "a commit does not wait for the disk",
            "database/sqlite/SqliteDataSource.java",
            "config.setSynchronous(SynchronousMode.FULL);",
            "config.setSynchronous(SynchronousMode.NORMAL);");

    private static final int CUTS = 100;
    private static final int CALLERS = 8;
    private static final int PEOPLE = 40;

    private final Servers servers;
    private final Shim shim = new Shim();
    private final Path folder = shim.folder();
    private int number;

    PowerCuts(Servers servers) {
        this.servers = servers;
    }

    /** What the database holds of one person. */
    private record Row(String bio, String state, int links, int changes, int mails) {}

    @Override
    public int round(int most, RandomGenerator chance, Findings findings) throws IOException {
        Path record = folder.resolve("record" + number++);
        List<Jobs.Job> jobs = load(record, findings);
        List<DiskRecord.Event> events = DiskRecord.read(record).events();
        Files.delete(record);
        long first = jobs.stream().mapToLong(job -> job.initAt).min().orElseThrow();
        int begin = (int) events.stream().filter(event -> event.nanos() < first).count();
        int cuts = Math.min(most, CUTS);
        List<Integer> moments = IntStream.generate(() -> chance.nextInt(begin, events.size()))
                .limit(cuts)
                .sorted()
                .boxed()
                .toList();
        findings.count(
                "writes recorded",
                events.stream().filter(event -> event.kind() == 'w').count());
        findings.count(
                "flushes recorded",
                events.stream().filter(event -> event.kind() == 'f').count());
        Disk disk = new Disk();
        int next = 0;
        for (int i = 0; i < events.size(); i++) {
            disk.add(events.get(i));
            for (; next < cuts && moments.get(next) == i; next++) {
                Loss loss = Loss.values()[chance.nextInt(Loss.values().length)];
                cut(disk, loss, events.get(i).nanos(), jobs, chance, findings);
            }
        }
        return cuts;
    }

    private List<Jobs.Job> load(Path record, Findings findings) throws IOException {
        List<String> people = IntStream.range(0, PEOPLE)
                .mapToObj(i -> "person" + i + "@example.org")
                .toList();
        Path list = Files.write(
                folder.resolve("people.csv"),
                Stream.concat(Stream.of("email"), people.stream()).toList());
        Site site = servers.start(1, shim.settings(record));
        site.jar().run("import", list.toString());
        try (Jobs load =
                new Jobs(people, CALLERS, request -> request.apply(site.client()), Set.of(), site.sink(), findings)) {
            List<Jobs.Job> jobs = load.finish();
            site.awaitMails();
            return jobs;
        } finally {
            site.jar().kill();
        }
    }

    private void cut(Disk disk, Loss loss, long at, List<Jobs.Job> jobs, RandomGenerator chance, Findings findings)
            throws IOException {
        Path found = Files.createDirectories(folder.resolve("found"));
        disk.cut(found, loss, chance);
        findings.count("cuts that lose " + loss.name().toLowerCase().replace('_', ' '));
        try {
            Map<String, Row> rows = rows(found.resolve(DiskRecord.FILES.getFirst()), findings);
            jobs.forEach(job -> check(job, rows.get(job.email), at, loss, findings));
        } catch (SQLException e) {
            findings.violation("after a cut that loses %s: %s", loss, e);
        } finally {
            Folders.delete(found);
        }
    }

    private static void check(Jobs.Job job, Row row, long at, Loss loss, Findings findings) {
        if (row == null) {
            findings.violation("%s: gone after a cut that loses %s", job.email, loss);
            return;
        }
        boolean saved = row.bio() != null;
        if (job.promised() && job.initAt <= at) {
            findings.promise(row.state() != null, "%s: an accepted Init is lost, %s", job.email, loss);
            findings.promise(
                    !"QUEUED".equals(row.state()) || row.mails() > 0,
                    "%s: the mail of an Init is lost, %s",
                    job.email,
                    loss);
        }
        if (statusOf(job.save) == 200 && job.saveAt <= at) {
            findings.promise(job.bio().equals(row.bio()), "%s: an acknowledged save is lost, %s", job.email, loss);
        }
        findings.promise(
                saved == "SAVED".equals(row.state()) && saved == (row.changes() > 0) && (!saved || row.links() == 0),
                "%s: half a save, %s: %s",
                job.email,
                loss,
                row);
    }

    private static Map<String, Row> rows(Path database, Findings findings) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                var statement = connection.createStatement()) {
            try (ResultSet integrity = statement.executeQuery("PRAGMA integrity_check")) {
                findings.promise(integrity.next() && integrity.getString(1).equals("ok"), "the file is damaged");
            }
            Map<String, Row> rows = new HashMap<>();
            try (ResultSet row = statement.executeQuery("""
                    SELECT a.email, p.bio, r.state,
                        (SELECT count(*) FROM magic_links WHERE account_id = a.id),
                        (SELECT count(*) FROM changes WHERE account_id = a.id),
                        (SELECT count(*) FROM outbox WHERE about_id = r.id)
                    FROM accounts a LEFT JOIN profiles p ON p.account_id = a.id
                        LEFT JOIN link_requests r ON r.account_id = a.id
                    """)) {
                while (row.next()) {
                    rows.put(
                            row.getString(1),
                            new Row(row.getString(2), row.getString(3), row.getInt(4), row.getInt(5), row.getInt(6)));
                }
            }
            return rows;
        }
    }

    @Override
    public void close() {
        shim.close();
    }
}
