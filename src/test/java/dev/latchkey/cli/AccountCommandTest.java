package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.account.Account;
import dev.latchkey.account.AccountStatus;
import dev.latchkey.account.Accounts;
import dev.latchkey.cli.Shell.Said;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import dev.latchkey.support.Links;
import dev.latchkey.support.People;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Database.class)
class AccountCommandTest {
    @TempDir
    Path folder;

    private final ApplicationContext context;
    private final Shell shell;
    private final Account somebody;

    AccountCommandTest(Database database) {
        Map<String, Object> place = database.withTables();
        context = Contexts.start(place, Map.of());
        shell = Shell.on(place, Map.of());
        somebody = People.somebody(context);
    }

    @BeforeEach
    void emptyOutbox() {
        Sql.run(context, "DELETE FROM outbox");
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    @DisplayName("An account is shown by its address in any case, by its PIN and by its id: exit 0")
    void shows() {
        Said said = shell.run("account", "show", somebody.email().value().toUpperCase(Locale.ROOT));

        assertThat(said.code()).isZero();
        assertThat(said.err()).isEmpty();
        assertThat(said.out())
                .contains(
                        "address     " + somebody.email(),
                        "PIN         " + somebody.pin(),
                        "status      active",
                        "passphrase  none",
                        "signed in   0, open links 0");
        assertThat(shell.run("account", "show", String.valueOf(somebody.pin()))).isEqualTo(said);
        assertThat(shell.run("account", "show", somebody.id().toString())).isEqualTo(said);
    }

    @Test
    @DisplayName("A block and its end are done once and told to the owner; done again they change nothing: exit 0")
    void blocksAndUnblocks() {
        String email = somebody.email().value();

        assertThat(shell.run("account", "block", email)).isEqualTo(new Said(0, email + " is blocked.\n", ""));
        assertThat(status()).isEqualTo(AccountStatus.BLOCKED);
        assertThat(mails()).isEqualTo(1);
        assertThat(shell.run("account", "block", email))
                .isEqualTo(new Said(0, email + " was blocked before: nothing was changed.\n", ""));
        assertThat(mails()).isEqualTo(1);
        assertThat(shell.run("account", "unblock", email))
                .isEqualTo(new Said(0, email + " is not blocked any more.\n", ""));
        assertThat(status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(shell.run("account", "unblock", email))
                .isEqualTo(new Said(0, email + " is not blocked: nothing was changed.\n", ""));
        assertThat(mails()).isEqualTo(2);
    }

    @Test
    @DisplayName("What is open ends: exit 0")
    void endsSessions() {
        Links.fresh(context, somebody);
        String email = somebody.email().value();

        assertThat(shell.run("account", "show", email).out()).contains("open links 1");
        assertThat(shell.run("account", "end-sessions", email))
                .isEqualTo(new Said(0, email + " has nothing open any more.\n", ""));
        assertThat(shell.run("account", "show", email).out()).contains("open links 0");
        assertThat(shell.run("account", "end-sessions", email))
                .isEqualTo(new Said(0, email + " had nothing open.\n", ""));
    }

    @Test
    @DisplayName(
            "What is kept of somebody is written to a file for the operator alone, and over no other: exit 0 and 1")
    void exports() throws IOException {
        Path file = folder.resolve("somebody.zip");
        String email = somebody.email().value();

        assertThat(shell.run("account", "export", email, "--to", file.toString()))
                .isEqualTo(new Said(0, email + " is in " + file + ".\n", ""));
        assertThat(entries(file)).contains("profile.json", "history.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        byte[] written = Files.readAllBytes(file);
        assertThat(shell.run("account", "export", email, "--to", file.toString()))
                .isEqualTo(new Said(
                        1, "", "There is something at " + file + " already. Remove it, or name another file.\n"));
        assertThat(file).hasBinaryContent(written);
        assertThat(shell.run("account", "export", email, "--to", folder + "/no/such.zip")
                        .code())
                .isEqualTo(1);
        assertThat(shell.run("account", "export", email).code()).isEqualTo(2);
    }

    @Test
    @DisplayName("An account is deleted with --yes: exit 0, and its owner is told")
    void deletes() {
        String email = somebody.email().value();

        assertThat(shell.run("account", "delete", email, "--yes")).isEqualTo(new Said(0, email + " is deleted.\n", ""));
        assertThat(context.getBean(Accounts.class).findById(somebody.id())).isEmpty();
        assertThat(mails()).isEqualTo(1);
        assertThat(shell.run("account", "delete", email, "--yes"))
                .isEqualTo(new Said(1, "", "There is no account for " + email + ". Check the address or PIN.\n"));
    }

    @Test
    @DisplayName("Without --yes it asks, and deletes only after \"yes\"; where nobody can be asked: exit 2")
    void asksBeforeItDeletes() {
        String email = somebody.email().value();

        assertThat(shell.run("account", "delete", email))
                .isEqualTo(new Said(2, "", "There is nobody to ask whether you are sure. Add --yes.\n"));
        assertThat(shell.attendedBy(question -> "y").run("account", "delete", email))
                .isEqualTo(new Said(1, "", "Nothing was deleted.\n"));
        assertThat(context.getBean(Accounts.class).findById(somebody.id())).isPresent();
        Said said = shell.attendedBy(question -> {
                    assertThat(question).contains(email, String.valueOf(somebody.pin()), "cannot be undone");
                    return " yes ";
                })
                .run("account", "delete", email);
        assertThat(said.code()).isZero();
        assertThat(context.getBean(Accounts.class).findById(somebody.id())).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"show", "block", "unblock", "end-sessions"})
    @DisplayName("Whom nobody knows is said on standard error: exit 1")
    void knowsNobody(String what) {
        for (String who : new String[] {"nobody@example.org", "999999999", "Ada Lovelace", ""}) {
            assertThat(shell.run("account", what, who))
                    .isEqualTo(new Said(1, "", "There is no account for " + who + ". Check the address or PIN.\n"));
        }
    }

    private AccountStatus status() {
        return context.getBean(Accounts.class)
                .findById(somebody.id())
                .orElseThrow()
                .status();
    }

    private long mails() {
        return Sql.count(context, "SELECT count(*) FROM outbox");
    }

    private static Set<String> entries(Path file) throws IOException {
        Set<String> names = new HashSet<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }
}
