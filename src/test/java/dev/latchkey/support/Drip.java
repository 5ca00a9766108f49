package dev.latchkey.support;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a server that is slow on purpose says: the same again at each beat, until its caller hangs up or it closes. */
public final class Drip implements AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);

    public void into(OutputStream out, byte[] drop, Duration beat) throws IOException {
        try {
            do {
                out.write(drop);
                out.flush();
            } while (!closed.await(beat.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
