package dev.latchkey.mail;

import java.time.Duration;

/**
 * A message that is this process's alone until its lease ends.
 *
 * @param message as it was claimed
 * @param leaseEnd by {@link System#nanoTime}, because the wall clock may jump
 */
public record ClaimedMessage(OutboxMessage message, long leaseEnd) {

    /** Whether so much can be done before somebody else may take it. */
    public boolean lasts(Duration work) {
        return leaseEnd - System.nanoTime() > work.toNanos();
    }
}
