package dev.latchkey.profile;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.latchkey.account.AccountLock;
import dev.latchkey.config.PhotoSettings;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Counts the photos that are uploaded for each account, whatever becomes of them, as each is work and perhaps a file.
 * At most {@code latchkey.photos-per-hour} in any hour; kept in the database, so it holds across nodes and restarts.
 */
@Singleton
class UploadBudget {
    private static final Duration HOUR = Duration.ofHours(1);

    /** Clocks of two nodes may differ by so much. */
    private static final Duration A_MOMENT = Duration.ofMinutes(1);

    private final AccountLock lock;
    private final PhotoUploads uploads;
    private final PhotoSettings settings;
    private final Clock clock;

    UploadBudget(AccountLock lock, PhotoUploads uploads, PhotoSettings settings, Clock clock) {
        this.lock = lock;
        this.uploads = uploads;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Counts an upload; nothing for an account that is gone.
     *
     * @return how long to wait when there were too many; empty when it may go on
     */
    @Transactional
    public Optional<Duration> count(UUID accountId) {
        if (lock.lock(accountId).isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        uploads.forget(accountId, now.minus(HOUR), now.plus(A_MOMENT));
        List<Instant> recent = uploads.of(accountId);
        int most = settings.photosPerHour();
        if (recent.size() >= most) {
            return Optional.of(
                    Duration.between(now, recent.get(recent.size() - most).plus(HOUR)));
        }
        uploads.add(UuidCreator.getTimeOrderedEpoch(), accountId, now);
        return Optional.empty();
    }
}
