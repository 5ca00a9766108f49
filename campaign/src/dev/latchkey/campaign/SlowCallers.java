package dev.latchkey.campaign;

import dev.latchkey.support.RawConnection;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A crowd of slow callers, a quarter of them of each kind, all at once; and those among them who only want an answer. */
final class SlowCallers implements Trial {
    static final Planted READ_AHEAD = new Planted(
            "requests that are sent ahead are all taken up at once, and no caller is one too many",
            "http/connection/Crowd.java",
            "return members.size() > most ? Optional.of(makeRoom(newcomer, null)) : Optional.empty();",
            "return Optional.empty();");

    private static final int CROWD = 16_000;
    private static final int OTHERS = 200;
    private static final Duration BOUND = Duration.ofSeconds(1);

    private static final List<String> KINDS = List.of(
            "GET /assets/latchkey.css HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(60),
            "GET /version HTTP/1.1\r\nHost: localhost\r\nX:",
            "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50000\r\n\r\n{",
            "POST /api/update/save HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                    + "Content-Length: 50000\r\n\r\n--b\r\n"
                    + "Content-Disposition: form-data; name=\"photo\"; filename=\"a\"\r\n\r\nx");

    private final Site site;

    SlowCallers(Servers servers) {
        site = servers.doors();
    }

    @Override
    public int round(int most, RandomGenerator chance, Findings findings) {
        int size = Math.min(most, CROWD);
        List<RawConnection> crowd = new ArrayList<>();
        List<Long> nanos = new ArrayList<>();
        try {
            for (int i = 0; i < size; i++) {
                crowd.add(connect().send(KINDS.get(i % KINDS.size())));
                if (i % Math.max(1, size / OTHERS) == 0) {
                    drip(crowd, chance);
                    nanos.add(other(findings));
                }
            }
        } finally {
            crowd.forEach(RawConnection::close);
        }
        nanos.sort(null);
        Duration p99 = Duration.ofNanos(nanos.get(Math.max(0, nanos.size() * 99 / 100 - 1)));
        findings.promise(p99.compareTo(BOUND) < 0, "%d slow callers: p99 of others %d ms", size, p99.toMillis());
        findings.most("ms p99 of others at most", p99.toMillis());
        findings.promise(!site.jar().output().contains("OutOfMemoryError"), "no memory left");
        return size;
    }

    /** One more byte of some of them; the server may have hung up on others. */
    private static void drip(List<RawConnection> crowd, RandomGenerator chance) {
        for (int i = 0; i < KINDS.size() * 5; i++) {
            try {
                crowd.get(chance.nextInt(crowd.size())).send("x");
            } catch (UncheckedIOException e) {
                // It has.
            }
        }
    }

    private long other(Findings findings) {
        long before = System.nanoTime();
        try (RawConnection other = connect()) {
            other.send("GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n");
            int status = other.read().status();
            findings.promise(status == 200, "somebody else was answered %d", status);
        } catch (UncheckedIOException e) {
            findings.violation("somebody else was not answered: %s", e.getMessage());
        }
        return System.nanoTime() - before;
    }

    private RawConnection connect() {
        return new RawConnection("localhost", URI.create(site.jar().origin()).getPort());
    }
}
