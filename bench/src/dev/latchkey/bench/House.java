package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Prints what the house weighs, room by room, and which of our own files one Init and one Save pass from the wire to the
 * database. Ends with 1 where a file or a room is larger than the rules allow.
 */
public final class House {
    private static final int LINES_MOST = 250;
    private static final int FILES_MOST = 25;
    private static final int JOBS = 200;
    private static final String HOST = "Host: latchkey.example\r\n";

    private House() {}

    /** The first argument is the jar, the second the folder for everything temporary, the third that of the sources; a fourth the drawing. */
    public static void main(String[] args) throws Exception {
        SortedMap<Path, Integer> files = lines(Path.of(args[2]));
        Map<String, SortedSet<String>> ways = new LinkedHashMap<>();
        boolean fits = weigh(files);
        Path home = Files.createTempDirectory(Files.createDirectories(Path.of(args[1]).toAbsolutePath()), "house-");
        try {
            follow(Options.parse(Path.of(args[0]).toAbsolutePath(), List.of("--quick")), home, ways);
        } finally {
            LoadBenchmark.delete(home);
        }
        if (args.length > 3) {
            SortedMap<String, Integer> drawn = new TreeMap<>();
            files.forEach((file, lines) -> drawn.put(file.toString(), lines));
            ways.keySet().retainAll(List.of("Init", "Save"));
            HouseDrawing.write(Path.of(args[3]), drawn, ways);
        }
        System.exit(fits ? 0 : 1);
    }

    private static SortedMap<Path, Integer> lines(Path sources) throws IOException {
        SortedMap<Path, Integer> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(sources)) {
            for (Path file : paths.filter(path -> path.toString().endsWith(".java")).toList()) {
                files.put(sources.relativize(file), Files.readAllLines(file).size());
            }
        }
        return files;
    }

    private static boolean weigh(SortedMap<Path, Integer> files) {
        SortedMap<String, List<Integer>> rooms = new TreeMap<>();
        List<Integer> sizes = new ArrayList<>();
        int sum = 0;
        boolean fits = true;
        for (Map.Entry<Path, Integer> file : files.entrySet()) {
            sum += file.getValue();
            if (file.getKey().endsWith("package-info.java")) {
                continue;
            }
            sizes.add(file.getValue());
            Path room = file.getKey().getParent();
            rooms.computeIfAbsent(room == null ? "." : room.toString(), any -> new ArrayList<>())
                    .add(file.getValue());
            if (file.getValue() > LINES_MOST) {
                fits = false;
                print("%s has %d lines, more than %d.%n", file.getKey(), file.getValue(), LINES_MOST);
            }
        }
        print("| room | files | lines | median | largest |%n|---|--:|--:|--:|--:|%n");
        for (Map.Entry<String, List<Integer>> room : rooms.entrySet()) {
            row(room.getKey(), room.getValue());
            fits &= room.getValue().size() <= FILES_MOST;
        }
        row("all", sizes);
        print("%nWith what says what each package is for: %,d lines.%n", sum);
        return fits;
    }

    private static void row(String name, List<Integer> sizes) {
        List<Integer> sorted = sizes.stream().sorted().toList();
        print(
                "| %s | %d | %,d | %d | %d |%n",
                name,
                sorted.size(),
                sorted.stream().mapToInt(Integer::intValue).sum(),
                sorted.get(sorted.size() / 2),
                sorted.getLast());
    }

    private static void follow(Options options, Path home, Map<String, SortedSet<String>> ways) throws Exception {
        Mailboxes mailboxes = new Mailboxes();
        Path csv = home.resolve("accounts.csv");
        Files.writeString(csv, "email\nada@bench.example\n");
        LatchkeyProcess.importAccounts(options, home, csv);
        int port = Footsteps.freePort();
        try (SmtpSink sink = new SmtpSink(mailboxes::take);
                LatchkeyProcess server = LatchkeyProcess.start(options, home, sink.port(), Footsteps.jvmOptions(port));
                Footsteps footsteps = Footsteps.attach(port);
                HttpConnection connection = new HttpConnection(server.port())) {
            // The first of each builds beans and fills caches that no later one passes.
            job(connection, mailboxes, (name, way) -> way.go());
            job(connection, mailboxes, (name, way) -> {
                Footsteps.Passed passed = footsteps.of(way);
                ways.put(name, passed.files());
                print(
                        "%n**%s** takes %d statements and %d commits, with its mail if it has one, and passes %d of our own"
                                + " files, those of the SQLite layer apart:%n%n",
                        name, passed.statements(), passed.commits(), passed.files().size());
                print("%s%n", String.join(", ", passed.files()));
            });
            long before = server.handOvers();
            for (int i = 0; i < JOBS; i++) {
                job(connection, mailboxes, (name, way) -> way.go());
            }
            print("%nA job hands over between threads %d times.%n", (server.handOvers() - before) / JOBS);
        }
    }

    /** Takes one step of the job. */
    private interface Walk {
        void step(String name, Footsteps.Way way) throws Exception;
    }

    private static void job(HttpConnection connection, Mailboxes mailboxes, Walk walk) throws Exception {
        walk.step("Init", () -> Assistant.init(connection, "ada@bench.example"));
        String token = mailboxes.await("ada@bench.example", Duration.ofSeconds(30));
        walk.step("Load as JSON", () -> Assistant.load(connection, token));
        String page = "/edit/" + token;
        walk.step("Load", () -> expect(200, connection.send(get(page))));
        String version = Assistant.version(Assistant.load(connection, token));
        byte[] form = form(page, "version=" + version + "&bio=Number+" + version);
        walk.step("Save", () -> expect(303, connection.send(form)));
    }

    private static byte[] get(String path) {
        return ("GET " + path + " HTTP/1.1\r\n" + HOST + "Accept: text/html\r\n\r\n").getBytes();
    }

    private static byte[] form(String path, String body) {
        return ("POST " + path + " HTTP/1.1\r\n" + HOST + "Accept: text/html\r\n"
                        + "Origin: https://latchkey.example\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes();
    }

    private static String expect(int status, HttpConnection.Answer answer) {
        if (answer.status() != status) {
            throw new IllegalStateException("Expected " + status + " but got " + answer);
        }
        return answer.body();
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
