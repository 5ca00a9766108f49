package dev.latchkey.profile.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.account.Pin;
import dev.latchkey.profile.Profile;
import dev.latchkey.profile.Profiles;
import dev.latchkey.profile.importing.AccountImport.Counts;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import io.micronaut.context.ApplicationContext;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Database.class)
class AccountImportTest {
    @TempDir
    Path folder;

    private final Database database;
    private final ApplicationContext context;
    private final AccountImport importer;
    private final Heard heard = new Heard();
    private Path file;

    AccountImportTest(Database database) {
        this.database = database;
        context = Contexts.shared(database, Map.of());
        importer = context.getBean(AccountImport.class);
        file = Path.of("");
    }

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("users.csv");
    }

    @Test
    void addsPeopleOnceHoweverOftenItRuns() throws IOException {
        write(
                "email,name,pronouns,locale,pin",
                "Grace@Example.COM,Grace Hopper,she/her,en-us,200000001",
                "linus@example.com,,,,");
        assertThat(importer.run(file, heard)).isEqualTo(new Counts(2, 0, 0));
        assertThat(importer.run(file, heard)).isEqualTo(new Counts(0, 2, 0));

        Account grace = account("grace@example.com");
        assertThat(grace.pin()).isEqualTo(200_000_001);
        assertThat(grace.emailVerifiedAt()).isNull();
        Profile profile = context.getBean(Profiles.class).find(grace.id()).orElseThrow();
        assertThat(profile.name()).isEqualTo("Grace Hopper");
        assertThat(profile.pronouns()).isEqualTo("she/her");
        assertThat(profile.locale()).isEqualTo("en-US");
        assertThat(account("linus@example.com").pin()).isBetween(Pin.LEAST, Pin.MOST);
    }

    @Test
    void tellsEachRefusedLineWithItsNumberAndReason() throws IOException {
        write("EMAIL;ignored".replace(';', ','), "not an address,x", "someone@example.net,x");
        assertThat(importer.run(file, heard)).isEqualTo(new Counts(1, 0, 1));
        assertThat(heard.refused).containsExactly("2: no usable email address");

        write(
                "email,pin,locale,name,pronouns",
                "a1@example.net,12,,",
                "a2@example.net,,xx_yy,",
                "a3@example.net,,," + "n".repeat(101),
                "a4@example.net,300000001,,",
                "a5@example.net,300000001,,",
                "a6@example.net,,,," + "n".repeat(41));
        heard.refused.clear();
        assertThat(importer.run(file, heard)).isEqualTo(new Counts(1, 0, 5));
        assertThat(heard.refused)
                .containsExactly(
                        "2: the PIN is not a number from 100000000 to 999999999",
                        "3: the locale is not a language tag such as en or pt-BR",
                        "4: the name is longer than 100 characters, has control characters or nothing that can be seen",
                        "7: the pronouns are longer than 40 characters, have control characters or nothing that can be seen",
                        "6: the PIN belongs to another account");
    }

    @Test
    void skipsARepeatedAddressWithinOneFile() throws IOException {
        write("email", "twice@example.org", "TWICE@example.org");
        assertThat(importer.run(file, heard)).isEqualTo(new Counts(1, 1, 0));
    }

    @Test
    void readsAByteOrderMarkAndQuotedFields() throws IOException {
        Files.writeString(
                file,
                "\uFEFFname,email\r\n\"Last, First\nLine\",bom@example.org\r\n\"Last, First\",bom2@example.org\r\n");
        assertThat(importer.run(file, heard)).isEqualTo(new Counts(1, 0, 1));
        assertThat(heard.refused)
                .containsExactly(
                        "2: the name is longer than 100 characters, has control characters or nothing that can be seen");
    }

    @Test
    void importsAHundredThousandPeopleInOneGo() throws IOException {
        // PostgreSQL shows that it works there; the number itself is a matter of SQLite's one writer.
        int people = database == Database.SQLITE ? 100_000 : 5_000;
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            lines.write("email,name\n");
            for (int i = 0; i < people; i++) {
                lines.write("bulk" + i + "@example.org,Person " + i + "\n");
            }
        }
        assertThat(importer.run(file, heard)).isEqualTo(new Counts(people, 0, 0));
        assertThat(heard.progress).isEqualTo(people);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "name,pin\nAda,100000001\n"})
    void refusesAFileWithoutAnAddressColumn(String content) throws IOException {
        Files.writeString(file, content);
        if (content.isEmpty()) {
            assertThat(importer.run(file, heard)).isEqualTo(new Counts(0, 0, 0));
        } else {
            assertThatThrownBy(() -> importer.run(file, heard)).hasMessageContaining("'email'");
        }
    }

    @Test
    void refusesAFileThatIsNotText() throws IOException {
        Files.write(file, new byte[] {'e', 'm', 'a', 'i', 'l', '\n', (byte) 0x81, '@', '\n'});
        assertThatThrownBy(() -> importer.run(file, heard)).hasMessageContaining("UTF-8");
    }

    private Account account(String email) {
        return context.getBean(Accounts.class)
                .findByEmail(EmailAddress.parse(email).orElseThrow())
                .orElseThrow();
    }

    private void write(String... lines) throws IOException {
        Files.write(file, List.of(lines));
    }

    private static final class Heard implements AccountImport.Listener {
        private final List<String> refused = new ArrayList<>();
        private long progress;

        @Override
        public void refused(long line, String reason) {
            refused.add(line + ": " + reason);
        }

        @Override
        public void notice(String sentence) {
            throw new AssertionError(sentence);
        }

        @Override
        public void progress(long lines) {
            progress = lines;
        }
    }
}
