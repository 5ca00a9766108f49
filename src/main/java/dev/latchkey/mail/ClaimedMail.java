package dev.latchkey.mail;

import java.time.Duration;

/**
 * A mail that is this process's alone until its lease ends.
 *
 * @param mail as it was claimed
 * @param leaseEnd by {@link System#nanoTime}, because the wall clock may jump
 */
public record ClaimedMail(OutboxMail mail, long leaseEnd) {

    /** Whether so much can be done before somebody else may take it. */
    public boolean lasts(Duration work) {
        return leaseEnd - System.nanoTime() > work.toNanos();
    }
}
