package dev.latchkey.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DecodingThreadsTest {
    private final DecodingThreads threads = new DecodingThreads();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @AfterEach
    void stop() {
        threads.stop();
    }

    @Test
    void decodesNoMoreThanAFewAtATime() throws Exception {
        runMany(0);

        assertThat(most.get()).isBetween(1, threads.number());
        assertThat(threads.number()).isLessThanOrEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void decodesLargePicturesAlone() throws Exception {
        runMany(100L << 20);

        assertThat(most.get()).isEqualTo(1);
    }

    @Test
    void decodesOnThreadsOfTheOperatingSystem() {
        assertThat(threads.<Boolean>run(0, () -> Thread.currentThread().isVirtual()))
                .isFalse();
    }

    @Test
    void answersManyUploadsAtOnceAlike() throws Exception {
        PhotoProcessor processor = new PhotoProcessor(threads);
        byte[] upload = Pictures.jpeg(Pictures.quarters(1200, 900));
        List<Future<PhotoResult>> results = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < 32; caller++) {
                results.add(callers.submit(() -> processor.process(upload)));
            }
        }
        for (Future<PhotoResult> result : results) {
            assertThat(((PhotoResult.Processed) result.get()).photo().hash())
                    .isEqualTo(((PhotoResult.Processed) results.getFirst().get())
                            .photo()
                            .hash());
        }
    }

    private void runMany(long workspace) throws Exception {
        int callers = 24;
        CyclicBarrier start = new CyclicBarrier(callers);
        List<Future<Integer>> done = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < callers; caller++) {
                done.add(executor.submit(() -> {
                    start.await();
                    return threads.run(workspace, this::countOneself);
                }));
            }
        }
        for (Future<Integer> one : done) {
            one.get();
        }
    }

    private int countOneself() {
        int busy = now.incrementAndGet();
        most.accumulateAndGet(busy, Math::max);
        // Some milliseconds of real work, for others to come in between if they can.
        assertThat(Photo.of(new byte[2 << 20]).hash()).hasSize(64);
        return now.decrementAndGet();
    }
}
