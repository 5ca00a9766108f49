package dev.latchkey.webhook;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Says that there may be something to send. */
@Singleton
class WebhookSignals {
    private final Semaphore signals = new Semaphore(0);

    void wake() {
        signals.release();
    }

    /** Returns with the next signal, also one that came before, or after that time. */
    void await(Duration most) throws InterruptedException {
        if (signals.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS)) {
            signals.drainPermits();
        }
    }
}
