package dev.latchkey.mail.delivery;

import dev.latchkey.mail.OutboxMail;
import java.time.Duration;

/**
 * A mail that is this process's alone until its lease ends.
 *
 * @param mail as it was claimed
 * @param leaseEnd by {@link System#nanoTime}, because the wall clock may jump
 */
record ClaimedMail(OutboxMail mail, long leaseEnd) {

    /** Whether so much can be done before somebody else may take it. */
    boolean lasts(Duration work) {
        return leaseEnd - System.nanoTime() > work.toNanos();
    }
}
