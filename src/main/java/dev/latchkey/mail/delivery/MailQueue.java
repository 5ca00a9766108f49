package dev.latchkey.mail.delivery;

import dev.latchkey.mail.ClaimedMessage;
import dev.latchkey.mail.LocalDelivery;
import dev.latchkey.mail.OutboxMessage;
import dev.latchkey.mail.smtp.SmtpCircuitBreaker;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The mails that this process holds the leases of, until a worker takes them: what it put in itself, and what it claimed.
 * There are so many places, and whoever brings a mail has taken a place for it before the mail got its lease.
 */
@Singleton
final class MailQueue implements LocalDelivery {
    /** Few enough to be sent well within a lease. */
    private static final int PLACES = 128;

    /** A stop waits so long for transactions that hold a place. */
    private static final Duration LAST_CALL = Duration.ofSeconds(3);

    private final SmtpCircuitBreaker breaker;
    private final MailClaims claims;
    private final Semaphore places = new Semaphore(PLACES);
    private final DelayQueue<Entry> queue = new DelayQueue<>();
    private final Semaphore signals = new Semaphore(0);
    private volatile boolean open;

    MailQueue(SmtpCircuitBreaker breaker, MailClaims claims) {
        this.breaker = breaker;
        this.claims = claims;
    }

    /**
     * What waits.
     *
     * @param mail an empty one ends the worker that takes it
     * @param at when it may be taken, by {@link System#nanoTime}
     */
    private record Entry(Optional<ClaimedMessage> mail, long at) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(at - ((Entry) other).at, 0);
        }
    }

    void open() {
        open = true;
    }

    /** From now on nothing is claimed, and what workers take is to be given back. */
    void close() {
        open = false;
        wake(Duration.ZERO);
    }

    boolean isOpen() {
        return open;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** While mails wait to be claimed, new ones queue up behind them. */
    @Override
    public Optional<Lease> reserve() {
        boolean free = open && breaker.isClosed() && !places.hasQueuedThreads() && places.tryAcquire();
        return free ? Optional.of(claims.begin()) : Optional.empty();
    }

    @Override
    public void send(OutboxMessage mail, Lease lease, Duration pause) {
        put(Optional.of(new ClaimedMessage(mail, lease.endNanos())), pause);
    }

    /** Not by this thread, whose connection may be what is broken: a worker does it, as the lease has ended. */
    @Override
    public void giveBack(OutboxMessage mail) {
        put(Optional.of(new ClaimedMessage(mail, System.nanoTime())), Duration.ZERO);
    }

    @Override
    public void wake(Duration pause) {
        if (pause.isZero()) {
            signals.release();
        } else {
            CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS)
                    .execute(signals::release);
        }
    }

    /** Returns with the next signal, also one that came before, or after that time; whether there was one. */
    boolean awaitSignal(Duration most) throws InterruptedException {
        boolean signalled = signals.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS);
        signals.drainPermits();
        return signalled;
    }

    /** Claims up to so many mails once there are places for all of them; returns how many there were. */
    int claim(int most) throws InterruptedException {
        places.acquire(most);
        int queued = 0;
        try {
            for (ClaimedMessage mail : claims.claim(most)) {
                put(Optional.of(mail), Duration.ZERO);
                queued++;
            }
        } finally {
            places.release(most - queued);
        }
        return queued;
    }

    /** Waits for a mail; empty when the worker is to end. */
    Optional<ClaimedMessage> take() throws InterruptedException {
        Optional<ClaimedMessage> mail = queue.take().mail();
        if (mail.isPresent()) {
            places.release();
        }
        return mail;
    }

    /** Ends so many workers, once nothing comes any more. */
    void end(int workers) throws InterruptedException {
        boolean free = places.tryAcquire(PLACES, LAST_CALL.toNanos(), TimeUnit.NANOSECONDS);
        for (int i = 0; i < workers; i++) {
            put(Optional.empty(), Duration.ZERO);
        }
        if (free) {
            places.release(PLACES);
        }
    }

    private void put(Optional<ClaimedMessage> mail, Duration pause) {
        queue.add(new Entry(mail, System.nanoTime() + pause.toNanos()));
    }
}
