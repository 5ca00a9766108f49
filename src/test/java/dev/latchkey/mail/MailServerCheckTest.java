package dev.latchkey.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MailServerCheckTest {
    private static final String SERVER = "smtp.example.com:587, STARTTLS";
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    @DisplayName("says in one line that the server answers, or why it cannot be used")
    void says() {
        assertThat(new MailServerCheck(SERVER, Optional::empty).line(LONG))
                .isEqualTo("answers (smtp.example.com:587, STARTTLS)");
        MailServerCheck dead = new MailServerCheck(SERVER, () -> Optional.of("Connection refused"));
        assertThat(dead.failure()).isEmpty();
        assertThat(dead.line(LONG))
                .isEqualTo(
                        "CANNOT BE USED (smtp.example.com:587, STARTTLS): Connection refused. Mails wait until it can.");
        assertThat(dead.failure()).contains("Connection refused");
    }

    @Test
    @DisplayName("waits no longer than it was told, and knows the answer when it comes")
    void doesNotWait() {
        CountDownLatch answers = new CountDownLatch(1);
        MailServerCheck check = new MailServerCheck("a slow one", () -> {
            try {
                answers.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Optional.of("No greeting");
        });
        assertThat(check.line(Duration.ofMillis(50))).startsWith("has not answered yet (a slow one)");
        assertThat(check.failure()).isEmpty();
        answers.countDown();
        await().until(() -> check.failure().equals(Optional.of("No greeting")));
    }
}
