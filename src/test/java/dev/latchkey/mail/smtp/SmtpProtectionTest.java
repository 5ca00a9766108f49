package dev.latchkey.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.latchkey.config.MailSettings;
import dev.latchkey.config.SmtpSettings;
import dev.latchkey.config.SmtpSettings.Tls;
import dev.latchkey.support.Asvs;
import dev.latchkey.support.SmtpSink;
import io.micronaut.email.Email;
import io.micronaut.email.javamail.composer.DefaultMessageComposer;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpProtectionTest {
    private static final Duration BRIEF = Duration.ofSeconds(2);

    /** Longer than anything takes on a busy machine. */
    private static final Duration PATIENT = Duration.ofSeconds(20);

    private static final Email EMAIL = Email.builder()
            .from("latchkey@example.org")
            .to("ada@example.org")
            .subject("Hello")
            .body("Hello")
            .build();

    @Test
    @Asvs("12.3.1")
    void tellsNothingToAServerWithoutStarttls() {
        AtomicInteger said = new AtomicInteger();
        try (SmtpSink sink = SmtpSink.start().on("AUTH", line -> counted(said)).on("MAIL", line -> counted(said))) {
            SmtpSender sender = sender(sink.port(), Tls.STARTTLS, "user", PATIENT);
            assertThat(sender.connect().orElseThrow()).containsIgnoringCase("STARTTLS is required");
            await().until(() -> sink.connections() == 1);
            assertThat(said).hasValue(0);
        }
    }

    @Test
    @Asvs("12.3.2")
    void tellsNothingToAServerWithACertificateThatNobodySigned() {
        GreenMail stranger = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
        stranger.start();
        try {
            SmtpSender sender = sender(stranger.getSmtps().getPort(), Tls.TLS, "user", PATIENT);
            assertThat(sender.connect().orElseThrow()).contains("PKIX path building failed");
        } finally {
            stranger.stop();
        }
    }

    @Test
    void refusesToSendAPasswordInTheClear() {
        assertThatThrownBy(() -> sender(25, Tls.NONE, "user", BRIEF))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("LATCHKEY_SMTP_TLS");
    }

    @ParameterizedTest
    @EnumSource(Tls.class)
    void waitsForNoAnswerLongerThanItsTimeOut(Tls tls) {
        try (SmtpSink sink = SmtpSink.start().on("GREETING", SmtpSink.SILENCE)) {
            long before = System.nanoTime();
            SmtpSender sender = sender(sink.port(), tls, null, BRIEF);
            assertThat(sender.connect()).isPresent();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(BRIEF.multipliedBy(2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GREETING", "EHLO", "MAIL", "END"})
    void waitsForAServerThatDripsNoLongerThanItsAnswersMayTake(String step) {
        Duration timeout = Duration.ofMillis(200);
        try (SmtpSink sink = SmtpSink.start().on(step, SmtpSink.DRIPS)) {
            SmtpSender sender = sender(sink.port(), Tls.NONE, null, timeout);
            long before = System.nanoTime();
            assertThat(sender.send(EMAIL, message -> {}))
                    .isInstanceOfAny(SmtpReply.NotNow.class, SmtpReply.Unreachable.class);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(timeout.multipliedBy(25));
            sink.forget();
            assertThat(sender.send(EMAIL, message -> {})).isInstanceOf(SmtpReply.Accepted.class);
            assertThat(sink.connections()).as("none was kept").isEqualTo(2);
        }
    }

    @Test
    void sendsMailAfterMailOverOneConnectionInASessionOfItsOwn() {
        Properties foreign = new Properties();
        foreign.setProperty("mail.smtp.from", "somebody.else@example.org");
        Session.getDefaultInstance(foreign);
        try (SmtpSink sink = SmtpSink.start()) {
            SmtpSender sender = sender(sink.port(), Tls.NONE, null, PATIENT);
            for (int i = 0; i < 3; i++) {
                assertThat(sender.send(EMAIL, message -> {})).isInstanceOf(SmtpReply.Accepted.class);
            }
            assertThat(sink.connections()).isEqualTo(1);
            assertThat(sink.received())
                    .hasSize(3)
                    .allSatisfy(mail -> assertThat(mail.from()).isEqualTo("latchkey@example.org"));
        }
    }

    @Test
    void givesUpAServerThatDoesNotReadWhatIsWrittenToIt() throws Exception {
        Email large = Email.builder()
                .from("latchkey@example.org")
                .to("ada@example.org")
                .subject("Hello")
                .body("x".repeat(32 * 1024 * 1024))
                .build();
        try (SmtpSink sink = SmtpSink.start().on("DATA", SmtpSink.DEAF)) {
            SmtpSession session = session(sink.port(), Tls.NONE, null, Duration.ofMillis(500));
            SmtpSender sender = new SmtpSender(session, new DefaultMessageComposer());
            CompletableFuture<SmtpReply> reply = CompletableFuture.supplyAsync(() -> sender.send(large, message -> {}));
            await().until(() -> {
                session.giveUpStuck();
                return reply.isDone();
            });
            assertThat(reply.get()).isInstanceOf(SmtpReply.NotNow.class);
        }
    }

    private static @Nullable String counted(AtomicInteger said) {
        said.incrementAndGet();
        return null;
    }

    private static SmtpSender sender(int port, Tls tls, @Nullable String username, Duration timeout) {
        return new SmtpSender(session(port, tls, username, timeout), new DefaultMessageComposer());
    }

    private static SmtpSession session(int port, Tls tls, @Nullable String username, Duration timeout) {
        SmtpSettings smtp = new SmtpSettings("127.0.0.1", port, username, username, tls, timeout, timeout);
        MailSettings mail = new MailSettings("Latchkey <latchkey@example.org>", 1, BRIEF, BRIEF, BRIEF, BRIEF, BRIEF);
        return new SmtpSession(smtp, mail);
    }
}
