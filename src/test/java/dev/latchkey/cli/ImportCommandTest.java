package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.cli.Shell.Said;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Database.class)
class ImportCommandTest {
    @TempDir
    Path folder;

    private final ApplicationContext context;
    private final Shell shell;

    ImportCommandTest(Database database) {
        Map<String, Object> place = database.withTables();
        context = Contexts.start(place, Map.of());
        shell = Shell.on(place, Map.of());
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    @DisplayName("People are added once, with commas or semicolons: exit 0")
    void addsPeople() throws IOException {
        Said added = shell.run("import", file("email;name", "grace@example.org;Grace", "linus@example.org;"));
        Said again = shell.run("import", file("email,name", "grace@example.org,Grace", "linus@example.org,"));

        assertThat(added).isEqualTo(new Said(0, "added 2, skipped 0, refused 0\n", ""));
        assertThat(again).isEqualTo(new Said(0, "added 0, skipped 2, refused 0\n", ""));
    }

    @Test
    @DisplayName("Lines that are refused are told on standard error, the others are added: exit 1")
    void tellsWhatItRefused() throws IOException {
        Said said = shell.run("import", file("email,pin", "grace@example.org,1", "linus@example.org,"));

        assertThat(said)
                .isEqualTo(new Said(
                        1,
                        "added 1, skipped 0, refused 1\n",
                        "line 2: the PIN is not a number from 100000000 to 999999999\n"));
    }

    @Test
    @DisplayName("--dry-run says what would become of every line as the import then does, and writes nothing")
    void rehearses() throws IOException {
        Account resident = People.somebody(context);
        String file = file(
                "email,name,pin",
                resident.email() + ",,",
                "new@example.org,New,",
                "NEW@example.org,,",
                "other@example.org,," + resident.pin(),
                "one@example.org,,700000001",
                "two@example.org,,700000001",
                "nobody,,",
                "three@example.org,,");
        List<Long> before = rows();

        Said rehearsed = shell.run("import", "--dry-run", file);
        assertThat(rehearsed.code()).isEqualTo(1);
        assertThat(rehearsed.out()).isEqualTo("nothing was written; would be added 3, skipped 2, refused 3\n");
        assertThat(rows()).isEqualTo(before);

        Said done = shell.run("import", file);
        assertThat(done.out()).isEqualTo("added 3, skipped 2, refused 3\n");
        assertThat(done.err()).isEqualTo(rehearsed.err());
        assertThat(done.code()).isEqualTo(rehearsed.code());
        assertThat(rows()).isNotEqualTo(before);
    }

    @Test
    @DisplayName("--dry-run remembers whom it would have added over thousands of lines: exit 0")
    void rehearsesLongFiles() throws IOException {
        StringBuilder lines = new StringBuilder("email,pin\n");
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 1_500; i++) {
                lines.append("p")
                        .append(i)
                        .append("@example.org,")
                        .append(800_000_000 + i)
                        .append('\n');
            }
        }
        long before = Sql.count(context, "SELECT count(*) FROM accounts");

        assertThat(shell.run("import", "--dry-run", file(lines.toString())))
                .isEqualTo(new Said(0, "nothing was written; would be added 1500, skipped 1500, refused 0\n", ""));
        assertThat(Sql.count(context, "SELECT count(*) FROM accounts")).isEqualTo(before);
    }

    @Test
    @DisplayName("A file that is no list of people is told with what to do: exit 1")
    void refusesOtherFiles() throws IOException {
        assertThat(shell.run("import", file("name", "Grace")))
                .isEqualTo(new Said(
                        1,
                        "",
                        "The first line must name the columns, one of them 'email'\n"
                                + "What was added before stays; correct the file and run the import again.\n"));
        assertThat(shell.run("import", "--dry-run", file("name", "Grace")).err())
                .endsWith("Correct the file and try again.\n");
        for (Path missing : List.of(folder.resolve("none.csv"), folder)) {
            assertThat(shell.run("import", missing.toString()))
                    .isEqualTo(new Said(1, "", "The file " + missing + " is not there or cannot be read.\n"));
        }
    }

    private List<Long> rows() {
        return List.of(
                Sql.count(context, "SELECT count(*) FROM accounts"),
                Sql.count(context, "SELECT count(*) FROM profiles"),
                Sql.count(context, "SELECT count(*) FROM changes"),
                Sql.count(context, "SELECT count(*) FROM outbox"));
    }

    private String file(String... lines) throws IOException {
        return Files.write(folder.resolve("users.csv"), List.of(lines)).toString();
    }
}
