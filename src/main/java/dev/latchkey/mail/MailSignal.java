package dev.latchkey.mail;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Tells the dispatcher of this process that a mail may be due. Signals that come together count as one. */
@Singleton
public class MailSignal {
    private final Semaphore signals = new Semaphore(0);

    public void wake() {
        signals.release();
    }

    /** Returns with the next signal, also one that came before, or after that time; whether there was one. */
    public boolean await(Duration most) throws InterruptedException {
        boolean signalled = signals.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS);
        signals.drainPermits();
        return signalled;
    }
}
