package dev.latchkey.mail.delivery;

import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this process still delivers mail. It does not when nothing has moved for long although mails are due or in
 * hand. A mail server that is away or refuses us is no reason: mails wait for it, all nodes would fare alike, and people
 * could still use the links they have.
 */
@Singleton
@Readiness
final class MailHealth extends AbstractHealthIndicator<Map<String, Object>> {
    private static final Logger LOG = LoggerFactory.getLogger(MailHealth.class);
    private static final Duration LEAST = Duration.ofMinutes(2);

    private final MailDispatcher dispatcher;
    private final MailClaims claims;
    private final Duration limit;
    private volatile boolean stuck;

    MailHealth(MailDispatcher dispatcher, MailClaims claims) {
        this.dispatcher = dispatcher;
        this.claims = claims;
        limit = Collections.max(List.of(LEAST, claims.lease().multipliedBy(2)));
    }

    @Override
    protected String getName() {
        return "mail";
    }

    @Override
    protected Map<String, Object> getHealthInformation() {
        boolean before = stuck;
        stuck = isStuck(limit);
        if (stuck && !before) {
            LOG.error("No mail has moved for {} although mails are due: this process is not ready", limit);
        }
        healthStatus = stuck ? HealthStatus.DOWN : HealthStatus.UP;
        return Map.of();
    }

    /** Asks the database only when nothing has moved for so long. */
    boolean isStuck(Duration time) {
        return dispatcher.stillFor().compareTo(time) > 0 && (dispatcher.hasMailsInHand() || claims.anyDueFor(time));
    }
}
