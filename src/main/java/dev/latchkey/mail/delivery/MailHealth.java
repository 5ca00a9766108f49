package dev.latchkey.mail.delivery;

import dev.latchkey.config.operating.ReadinessSettings;
import dev.latchkey.mail.MailServerCheck;
import dev.latchkey.mail.smtp.SmtpCircuitBreaker;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this process still delivers mail. It does not when nothing has moved for long although mails are due or in
 * hand. A mail server that is away or refuses us is said from the first moment on, but for long no reason to be not ready:
 * all nodes would fare alike, and people could not use the links that they have. It becomes one when the oldest mail has
 * waited for longer than any link lives that was mailed before.
 */
@Singleton
@Readiness
final class MailHealth extends AbstractHealthIndicator<Map<String, Object>> {
    private static final Logger LOG = LoggerFactory.getLogger(MailHealth.class);
    private static final Duration LEAST = Duration.ofMinutes(2);

    private final MailDispatcher dispatcher;
    private final MailClaims claims;
    private final SmtpCircuitBreaker breaker;
    private final MailServerCheck check;
    private final MailMetrics metrics;
    private final Duration limit;
    private final Duration overdue;
    private volatile boolean ready = true;

    MailHealth(
            MailDispatcher dispatcher,
            MailClaims claims,
            SmtpCircuitBreaker breaker,
            MailServerCheck check,
            MailMetrics metrics,
            ReadinessSettings settings) {
        this.dispatcher = dispatcher;
        this.claims = claims;
        this.breaker = breaker;
        this.check = check;
        this.metrics = metrics;
        limit = Collections.max(List.of(LEAST, claims.lease().multipliedBy(2)));
        overdue = settings.mailOverdueLimit();
    }

    @Override
    protected String getName() {
        return "mail";
    }

    @Override
    protected Map<String, Object> getHealthInformation() {
        Optional<String> failure =
                breaker.failure().or(() -> breaker.everAccepted() ? Optional.empty() : check.failure());
        Duration oldest = metrics.oldestAge();
        boolean stuck = isStuck(limit);
        boolean late = breaker.failure().isPresent() && oldest.compareTo(overdue) > 0;
        tell(stuck, late);
        healthStatus = stuck || late ? HealthStatus.DOWN : HealthStatus.UP;
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("server", failure.isPresent() ? "unusable" : "usable");
        failure.ifPresent(why -> details.put("lastAnswer", why));
        details.put("failedTries", breaker.failures());
        details.put("oldestDueSeconds", oldest.toSeconds());
        return details;
    }

    private void tell(boolean stuck, boolean late) {
        boolean before = ready;
        ready = !stuck && !late;
        if (before && stuck) {
            LOG.error("No mail has moved for {} although mails are due: this process is not ready", limit);
        } else if (before && late) {
            LOG.error("The mail server has been out of use for longer than {}: this process is not ready", overdue);
        }
    }

    /** Asks the database only when nothing has moved for so long. */
    boolean isStuck(Duration time) {
        return dispatcher.stillFor().compareTo(time) > 0 && (dispatcher.hasMailsInHand() || claims.anyDueFor(time));
    }
}
