package dev.latchkey.mail.delivery;

import java.time.Duration;

/** A result on its way into the database. Guarded by the lock of {@link DeliveryLog}, once it waits there. */
final class UnwrittenResult {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

    /** Short, because a database that is away lets each try wait anyway, and a link's lifetime waits with it. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

    private DeliveryResult fate;
    private Duration pause = FIRST_PAUSE;
    private boolean written;
    private boolean failed;
    private long refusedSince;

    UnwrittenResult(DeliveryResult fate) {
        this.fate = fate;
    }

    DeliveryResult fate() {
        return fate;
    }

    boolean isNew() {
        return !written && !failed;
    }

    boolean isWritten() {
        return written;
    }

    boolean hasFailed() {
        return failed;
    }

    void written() {
        written = true;
    }

    /** How long to wait before the next try; longer each time. */
    Duration pause() {
        Duration now = pause;
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        return now;
    }

    /**
     * It could not be written.
     *
     * @param passes whether that is sure to pass
     * @return whether it has gone on, without being sure to pass, for so long
     */
    boolean failedFor(boolean passes, Duration limit) {
        boolean first = !failed || passes;
        failed = true;
        if (first) {
            refusedSince = System.nanoTime();
        }
        return System.nanoTime() - refusedSince > limit.toNanos();
    }

    /**
     * What it meant will never be recorded: from now on the mail is to be parked.
     *
     * @throws IllegalStateException when even that fails; the mail comes by again after its lease
     */
    void giveUp(Throwable failure) {
        if (fate instanceof DeliveryResult.Unrecorded) {
            throw new IllegalStateException("Mail " + fate.mail().id() + " cannot be parked", failure);
        }
        String outcome = fate instanceof DeliveryResult.Accepted
                ? "Accepted by the mail server, but recording it"
                : "Recording it";
        fate = new DeliveryResult.Unrecorded(
                fate.mail(), outcome + " failed: " + failure.getClass().getSimpleName());
        failed = false;
    }
}
