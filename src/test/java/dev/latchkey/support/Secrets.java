package dev.latchkey.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What opens an account, seen in the course of a test: it must not be found where somebody could read it later. */
public final class Secrets {
    /** What the dev environment says at its start, on purpose. */
    private static final List<String> ANNOUNCED = List.of("  action key   ", "  ask for a link ");

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    public Secrets() {
        known.add(LatchkeyJar.ACTION_KEY);
    }

    /** Remembers a token or passphrase, and gives it back. */
    public String keep(String secret) {
        known.add(secret);
        return secret;
    }

    /** Looks through all that a server said, wrote to its data directory and shows to whoever measures it. */
    public void assertUnknownTo(LatchkeyJar jar) {
        assertThat(known).as("secrets seen").hasSizeGreaterThan(1);
        assertNotIn(
                "output",
                jar.output()
                        .lines()
                        .filter(line -> ANNOUNCED.stream().noneMatch(line::startsWith))
                        .collect(Collectors.joining("\n")));
        assertNotIn("database", new Residents(jar).everything());
        assertNotIn("metrics", new LatchkeyClient(jar).get("/prometheus").text());
        Folders.read(
                jar.dataDirectory(),
                (file, content) -> assertNotIn(file.getFileName().toString(), content));
    }

    private void assertNotIn(String place, String content) {
        assertThat(known.stream().filter(content::contains))
                .as("secrets in " + place)
                .isEmpty();
    }
}
