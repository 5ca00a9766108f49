package dev.latchkey.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.latchkey.config.MailSettings;
import dev.latchkey.config.SmtpSettings;
import dev.latchkey.config.SmtpSettings.Tls;
import dev.latchkey.support.SmtpSink;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpProtectionTest {
    private static final Duration BRIEF = Duration.ofSeconds(2);

    @Test
    void tellsNothingToAServerWithoutStarttls() {
        AtomicInteger said = new AtomicInteger();
        try (SmtpSink sink = SmtpSink.start().on("AUTH", line -> counted(said)).on("MAIL", line -> counted(said))) {
            SmtpConnection line = new SmtpConnection(session(sink.port(), Tls.STARTTLS, "user"));
            assertThat(line.open().orElseThrow().text()).containsIgnoringCase("STARTTLS is required");
            await().until(() -> sink.connections() == 1);
            assertThat(said).hasValue(0);
            assertThat(line.isOpen()).isFalse();
        }
    }

    @Test
    void tellsNothingToAServerWithACertificateThatNobodySigned() {
        GreenMail stranger = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
        stranger.start();
        try {
            SmtpConnection line = new SmtpConnection(session(stranger.getSmtps().getPort(), Tls.TLS, "user"));
            assertThat(line.open().orElseThrow().text()).contains("PKIX path building failed");
        } finally {
            stranger.stop();
        }
    }

    @Test
    void refusesToSendAPasswordInTheClear() {
        assertThatThrownBy(() -> session(25, Tls.NONE, "user"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("LATCHKEY_SMTP_TLS");
    }

    @ParameterizedTest
    @EnumSource(Tls.class)
    void waitsForNoAnswerLongerThanItsTimeOut(Tls tls) {
        try (SmtpSink sink = SmtpSink.start().on("GREETING", SmtpSink.SILENCE)) {
            long before = System.nanoTime();
            SmtpConnection line = new SmtpConnection(session(sink.port(), tls, null));
            assertThat(line.open()).isPresent();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(BRIEF.multipliedBy(2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GREETING", "EHLO", "MAIL", "END"})
    void waitsForAServerThatDripsNoLongerThanItsAnswersMayTake(String step) throws MessagingException {
        Duration timeout = Duration.ofMillis(200);
        try (SmtpSink sink = SmtpSink.start().on(step, SmtpSink.DRIPS)) {
            SmtpSession session = session(sink.port(), Tls.NONE, null, timeout);
            SmtpConnection line = new SmtpConnection(session);
            long before = System.nanoTime();
            if (line.open().isEmpty()) {
                assertThat(line.send(message(session), true)).isInstanceOf(SmtpReply.NotNow.class);
                assertThat(line.isOpen()).isFalse();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(timeout.multipliedBy(25));
        }
    }

    private static MimeMessage message(SmtpSession session) throws MessagingException {
        MimeMessage message = new MimeMessage(session.session());
        message.setFrom(session.from());
        message.setRecipients(RecipientType.TO, "ada@example.org");
        message.setText("Hello");
        return message;
    }

    private static @org.jspecify.annotations.Nullable String counted(AtomicInteger said) {
        said.incrementAndGet();
        return null;
    }

    private static SmtpSession session(int port, Tls tls, @org.jspecify.annotations.Nullable String username) {
        return session(port, tls, username, BRIEF);
    }

    private static SmtpSession session(
            int port, Tls tls, @org.jspecify.annotations.Nullable String username, Duration timeout) {
        SmtpSettings smtp = new SmtpSettings("127.0.0.1", port, username, username, tls, timeout, timeout);
        return new SmtpSession(
                smtp, new MailSettings("Latchkey <latchkey@example.org>", 1, BRIEF, BRIEF, BRIEF, BRIEF, BRIEF));
    }
}
