package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.Shell.Said;
import dev.latchkey.support.Database;
import dev.latchkey.support.SmtpSink;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MailTestCommandTest {
    private final SmtpSink sink = SmtpSink.start();
    private final Shell shell = Shell.on(
            Database.SQLITE.fresh(), Map.of("latchkey.smtp.port", sink.port(), "latchkey.brand.name", "Aurora Books"));

    @AfterEach
    void close() {
        sink.close();
    }

    @Test
    @DisplayName("One mail goes out at once, in the operator's name, and the server's answer is told: exit 0")
    void sendsOneMail() {
        sink.on("END", "250 2.0.0 Ok: queued as 4F1");
        Said said = shell.run("mail-test", "you@example.org");

        assertThat(said)
                .isEqualTo(new Said(0, "127.0.0.1:" + sink.port() + " took it: 250 2.0.0 Ok: queued as 4F1\n", ""));
        assertThat(sink.received()).singleElement().satisfies(mail -> {
            assertThat(mail.to()).isEqualTo("you@example.org");
            assertThat(mail.header("Subject")).isEqualTo("A test: email from here arrives");
            assertThat(mail.source()).contains("Aurora Books", "https://id.example.org/");
        });
    }

    @Test
    @DisplayName("It is written in the language that is asked for")
    void speaksOtherLanguages() {
        assertThat(shell.run("mail-test", "you@example.org", "--language", "de").code())
                .isZero();
        assertThat(sink.received().getFirst().header("Content-Language")).isEqualTo("de");
    }

    @Test
    @DisplayName("A refusal is told in the server's words, with what to do: exit 1")
    void tellsARefusal() {
        sink.on("RCPT", "550 5.1.1 <you@example.org> no such user");
        Said recipient = shell.run("mail-test", "you@example.org");
        assertThat(recipient.code()).isEqualTo(1);
        assertThat(recipient.out()).isEmpty();
        assertThat(recipient.err()).contains("refuses it for good: 550 5.1.1", "check the address");

        sink.on("RCPT", "550 5.7.1 relaying denied");
        Said sender = shell.run("mail-test", "you@example.org");
        assertThat(sender.code()).isEqualTo(1);
        assertThat(sender.err()).contains("550 5.7.1 relaying denied", "LATCHKEY_MAIL_FROM");
    }

    @Test
    @DisplayName("A mail server that is away is told with the cure: exit 1")
    void tellsOfAServerThatIsAway() {
        sink.down();
        Said said = shell.run("mail-test", "you@example.org");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("Connection refused. Check LATCHKEY_SMTP_HOST");
    }

    @Test
    @DisplayName("What is no address is a misuse: exit 2, and nothing is sent")
    void refusesOtherWords() {
        for (String word : new String[] {"you", "You <you@example.org>", ""}) {
            Said said = shell.run("mail-test", word);
            assertThat(said.code()).isEqualTo(2);
            assertThat(said.err()).startsWith("Not an e-mail address: " + word);
        }
        assertThat(sink.connections()).isZero();
    }
}
