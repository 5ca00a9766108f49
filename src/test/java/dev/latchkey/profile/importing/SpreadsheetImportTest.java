package dev.latchkey.profile.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.account.Account;
import dev.latchkey.account.Accounts;
import dev.latchkey.account.EmailAddress;
import dev.latchkey.profile.Profiles;
import dev.latchkey.profile.importing.AccountImport.Counts;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Database;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as the spreadsheets of other countries write them. */
final class SpreadsheetImportTest {
    private static final ApplicationContext CONTEXT = Contexts.shared(Database.SQLITE, Map.of());
    private static final String UMLAUT = "J\u00f6rg";
    private static int number;

    @TempDir
    Path folder;

    private final AccountImport importer = CONTEXT.getBean(AccountImport.class);
    private final Heard heard = new Heard();
    private Path file = Path.of("");
    private String email = "";

    @BeforeEach
    void chooseFileAndAddress() {
        file = folder.resolve("users.csv");
        email = "sheet" + ++number + "@example.org";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email,name\nE,N\n",
                "email;name\nE;N\n",
                "email\tname\r\nE\tN\r\n",
                "email|name\rE|N\r",
                "sep=;\r\nemail;name\r\nE;N\r\n",
                "SEP=,\nemail,name\nE,N\n",
                "\"sep=;\"\nemail;name\nE;N\n",
                "sep=\t\nemail\tname\nE\tN\n",
                "\uFEFFsep=;\r\nemail;name\r\nE;N\r\n",
                "\uFEFFemail;name\r\nE;N\r\n",
                "E-Mail;Name\nE;N\n",
                " EMAIL ; Na me \n E ;N\n",
                "\"e_mail\";\"NAME\"\n\"E\";\"N\"\n",
                "\"email\", \"name\"\n\"E\", \"N\"\n",
                "email;name;;;\nE;N;;;\n;;;;\n;;;;\n",
                "name;note;email\nN;a, b, c;E\n",
                "\"email;x\",name,email\n1,N,E",
                "email;name\n\nE;N\n\n",
                "email;name;locale\nE;N\n"
            })
    void readsEveryForm(String text) throws IOException {
        write(text, StandardCharsets.UTF_8);

        assertThat(importer.run(file, heard)).isEqualTo(new Counts(1, 0, 0));
        assertThat(name()).isEqualTo(UMLAUT);
        assertThat(heard.notices).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"UTF-16,false", "UTF-16LE,true", "UTF-16BE,true", "UTF-8,true"})
    void readsUnicodeByItsMark(Charset charset, boolean mark) throws IOException {
        write((mark ? "\uFEFF" : "") + "email\tname\r\nE\tN\r\n", charset);

        assertThat(importer.run(file, heard)).isEqualTo(new Counts(1, 0, 0));
        assertThat(name()).isEqualTo(UMLAUT);
    }

    @Test
    void readsWindows1252AndSaysSo() throws IOException {
        write("email;name\r\nE;N \u20ac\r\n", CsvFile.EXCEL);

        assertThat(importer.run(file, heard)).isEqualTo(new Counts(1, 0, 0));
        assertThat(name()).isEqualTo(UMLAUT + " \u20ac");
        assertThat(heard.notices)
                .containsExactly("The file is not UTF-8 and was read as windows-1252; if names look wrong, save it as"
                        + " \"CSV UTF-8\" and correct them.");
    }

    @Test
    void refusesAFileThatIsUtf8InSomeLinesOnly() throws IOException {
        byte[] utf8 = ("email,name\n" + email + "," + UMLAUT + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] other = ("x" + email + "," + UMLAUT + "\n").getBytes(CsvFile.EXCEL);
        Files.write(file, utf8);
        Files.write(file, other, StandardOpenOption.APPEND);

        assertThatThrownBy(() -> importer.run(file, heard))
                .isInstanceOf(AccountImport.Unusable.class)
                .hasMessageContaining("UTF-8");
        assertThat(CONTEXT.getBean(Accounts.class).findByEmail(new EmailAddress(email)))
                .isEmpty();
    }

    @Test
    void countsLinesAsTheFileHasThem() throws IOException {
        write("sep=;\nemail;name\nE;N\nno address;x\n", StandardCharsets.UTF_8);
        importer.run(file, heard);

        assertThat(heard.refused).containsExactly("4: no usable email address");
    }

    @Test
    void refusesALineWithMoreColumnsThanTheFirst() throws IOException {
        write("email,name\nE,Last, First\n", StandardCharsets.UTF_8);

        assertThat(importer.run(file, heard)).isEqualTo(new Counts(0, 0, 1));
        assertThat(heard.refused).containsExactly("2: there are more columns than in the first line");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name;pin | 'email'",
                "email;E-Mail | 'email' twice",
                "PK\u0003\u0004 | 'email'",
                "\"email;name | 'email'"
            })
    void refusesAFirstLineThatDoesNotNameTheAddressOnce(String header, String message) throws IOException {
        write(header + "\nE\n", StandardCharsets.UTF_8);

        assertThatThrownBy(() -> importer.run(file, heard)).hasMessageContaining(message);
    }

    @Test
    void readsAPinFromATableOfNumbersWithGaps() throws IOException {
        write(
                "email,pin\nE,700000001.0\nx" + email + ",\"700000002,00\"\ny" + email + ",7.0E8\n",
                StandardCharsets.UTF_8);

        assertThat(importer.run(file, heard)).isEqualTo(new Counts(2, 0, 1));
        assertThat(account().pin()).isEqualTo(700_000_001);
    }

    @Test
    void readsAnAddressAsEveryDoorDoes() throws IOException {
        write("email\n\u200BE\u00A0\n", StandardCharsets.UTF_8);

        assertThat(importer.run(file, heard)).isEqualTo(new Counts(1, 0, 0));
        assertThat(account().email()).isEqualTo(new EmailAddress(email));
    }

    private void write(String text, Charset charset) throws IOException {
        String filled = text.replaceAll("\\bE\\b(?!-)", email).replaceAll("\\bN\\b", UMLAUT);
        Files.write(file, filled.getBytes(charset));
    }

    private Account account() {
        return CONTEXT.getBean(Accounts.class)
                .findByEmail(new EmailAddress(email))
                .orElseThrow();
    }

    private String name() {
        return CONTEXT.getBean(Profiles.class)
                .find(account().id())
                .orElseThrow()
                .name();
    }

    private static final class Heard implements AccountImport.Listener {
        private final List<String> refused = new ArrayList<>();
        private final List<String> notices = new ArrayList<>();

        @Override
        public void refused(long line, String reason) {
            refused.add(line + ": " + reason);
        }

        @Override
        public void notice(String sentence) {
            notices.add(sentence);
        }

        @Override
        public void progress(long lines) {}
    }
}
