package dev.latchkey.mail.smtp;

import dev.latchkey.config.MailSettings;
import dev.latchkey.mail.pause.Backoff;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether the mail server takes mail from us: while it does not, it is left alone for growing pauses, after each of
 * which a single mail tries. No mail is claimed for a connection that is not there.
 */
@Singleton
public class SmtpCircuitBreaker {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpCircuitBreaker.class);

    /** People wait in front of their inbox, so a server that is back should be noticed soon. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Backoff backoff;
    private int failures;
    private @Nullable String lastError;
    private long triesAgainAt;
    private @Nullable Long acceptedAt;

    SmtpCircuitBreaker(Backoff backoff, MailSettings settings) {
        Duration most = settings.mailRetryMost();
        this.backoff = backoff.atMost(most.compareTo(LONGEST_PAUSE) < 0 ? most : LONGEST_PAUSE);
    }

    /** Whether the server took us when it was asked last. */
    public synchronized boolean isClosed() {
        return failures == 0;
    }

    /** How long it is to be left alone; zero when it may be asked. */
    public synchronized Duration pause() {
        long left = failures == 0 ? 0 : triesAgainAt - System.nanoTime();
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    /** Tries in a row that failed. */
    public synchronized int failures() {
        return failures;
    }

    /** Why it cannot be used; empty where it can, as far as is known. */
    public synchronized Optional<String> failure() {
        return Optional.ofNullable(lastError);
    }

    /** Whether anything was ever taken. */
    public synchronized boolean everAccepted() {
        return acceptedAt != null;
    }

    /** Whether it took a mail within the last while. */
    public synchronized boolean acceptedWithin(Duration time) {
        return acceptedAt != null && System.nanoTime() - acceptedAt < time.toNanos();
    }

    /** The server took a mail. */
    public synchronized void accepted() {
        acceptedAt = System.nanoTime();
        answered();
    }

    /** The server talks with us about a mail, whatever it says of it. */
    public synchronized void answered() {
        if (failures > 0) {
            LOG.info("The mail server takes our mail again");
        }
        failures = 0;
        lastError = null;
    }

    /** It does not: others that find out at the same time do not make the pause longer. */
    public synchronized void failed(String error) {
        if (pause().isPositive()) {
            return;
        }
        failures++;
        lastError = error;
        Duration pause = backoff.after(failures);
        triesAgainAt = System.nanoTime() + pause.toNanos();
        LOG.warn("The mail server cannot be used, next try in {} s: {}", pause.toMillis() / 1000.0, error);
    }
}
