package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.LatchkeyClient;
import dev.latchkey.support.LatchkeyJar;
import dev.latchkey.support.LatchkeyJar.Outcome;
import dev.latchkey.support.Residents;
import dev.latchkey.support.SmtpSink;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code import} as an operator runs it: with many people, beside the server that goes on working. */
class ImportIT {
    private static final int PEOPLE = 100_000;

    @TempDir
    Path folder;

    @Test
    void takesEverybodyOverWhileTheServerGoesOn() throws IOException {
        Path file = folder.resolve("users.csv");
        write(file);
        try (SmtpSink sink = SmtpSink.start();
                LatchkeyJar jar = LatchkeyJar.production(
                        sink.port(),
                        Map.of("LATCHKEY_LINKS_PER_MINUTE", "100000", "LATCHKEY_LINKS_PER_HOUR", "100000"))) {
            LatchkeyClient client = new LatchkeyClient(jar);
            String resident = new Residents(jar).somebody();
            CompletableFuture<Outcome> running =
                    CompletableFuture.supplyAsync(() -> jar.run("import", file.toString()));
            Map<Integer, Integer> answers = new TreeMap<>();
            do {
                answers.merge(client.init(resident).status(), 1, Integer::sum);
            } while (!running.isDone());

            Outcome first = running.join();
            assertThat(first.code()).as(first.output()).isEqualTo(1);
            assertThat(first.output())
                    .contains("added " + PEOPLE + ", skipped 0, refused 2")
                    .contains("line 3: ")
                    .contains("line " + (PEOPLE + 3) + ": ");
            assertThat(answers).as("what Init answered meanwhile").containsOnlyKeys(202);

            Outcome second = jar.run("import", file.toString());
            assertThat(second.output()).contains("added 0, skipped " + PEOPLE + ", refused 2");
            List.of(0, 1, PEOPLE - 1).forEach(number -> client.accepted(address(number)));
        }
    }

    /** The header, one good line, a bad one, the other good lines, another bad one. */
    private static void write(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("email,name,locale\n");
            out.write(address(0) + ",Zoë,de\n");
            out.write("nobody,,\n");
            for (int number = 1; number < PEOPLE; number++) {
                out.write(address(number) + ",Person " + number + ",\n");
            }
            out.write("@example.org,,\n");
        }
    }

    private static String address(int number) {
        return "imported" + number + "@example.org";
    }
}
