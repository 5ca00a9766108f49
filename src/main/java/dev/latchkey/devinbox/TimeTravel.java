package dev.latchkey.devinbox;

import dev.latchkey.config.DevClock;
import dev.latchkey.database.Cleaning;
import dev.latchkey.database.ClockWatch;
import dev.latchkey.mail.LocalDelivery;
import dev.latchkey.photo.PhotoSweep;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Moves the clock, and has everything seen to that goes by it. */
@Singleton
@OnlyInDev
@Requires(bean = DevClock.class)
final class TimeTravel {
    private final DevClock clock;
    private final ClockWatch watch;
    private final Cleaning cleaning;
    private final PhotoSweep photos;
    private final LocalDelivery delivery;

    TimeTravel(DevClock clock, ClockWatch watch, Cleaning cleaning, PhotoSweep photos, LocalDelivery delivery) {
        this.clock = clock;
        this.watch = watch;
        this.cleaning = cleaning;
        this.photos = photos;
        this.delivery = delivery;
    }

    /**
     * Puts it forward. Mails that are due by then are on their way when this returns, and what is old by then is gone.
     *
     * @return false where it would be ahead by more than that in all; then nothing happened
     */
    boolean forward(Duration by, Duration most) {
        AtomicBoolean moved = new AtomicBoolean();
        watch.move(() -> moved.set(clock.forward(by, most)));
        if (moved.get()) {
            delivery.wake(Duration.ZERO);
            cleaning.clean();
            photos.sweep();
        }
        return moved.get();
    }

    /** Back to the real time, once nothing is left that was stored at a later one. */
    void end() {
        watch.move(clock::reset);
    }
}
