package dev.latchkey.photo.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.photo.DecodingOverloaded;
import dev.latchkey.photo.Photo;
import dev.latchkey.photo.PhotoProcessor;
import dev.latchkey.photo.PhotoResult;
import dev.latchkey.photo.PhotoSource;
import dev.latchkey.photo.Pictures;
import dev.latchkey.support.Asvs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DecodingThreadsTest {
    private final DecodingThreads threads = new DecodingThreads();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @AfterEach
    void stop() {
        release.countDown();
        callers.close();
        threads.stop();
    }

    @Test
    @Asvs("15.2.2")
    void decodesNoMoreThanAFewAtATime() throws Exception {
        runMany(false);

        assertThat(most.get()).isBetween(1, threads.number());
        assertThat(threads.number()).isLessThanOrEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void decodesLargePicturesOneByOne() throws Exception {
        runMany(true);

        assertThat(most.get()).isEqualTo(1);
    }

    @Test
    void decodesOnThreadsOfTheOperatingSystem() {
        assertThat(threads.<Boolean>run(
                        "me", false, () -> Thread.currentThread().isVirtual()))
                .isFalse();
    }

    @Test
    void letsNoOrdinaryPictureWaitForLargeOnes() {
        for (int picture = 0; picture < 5; picture++) {
            callers.submit(() -> threads.run("me", true, this::takesForEver));
        }
        Awaitility.await().until(() -> threads.waiting() == 4);

        assertThat(threads.<String>run("me", false, () -> "decoded")).isEqualTo("decoded");
    }

    @Test
    void takesEverybodysFirstPictureBeforeAnybodysSecond() throws Exception {
        ConcurrentLinkedQueue<String> order = new ConcurrentLinkedQueue<>();
        List<Future<?>> all = new ArrayList<>();
        all.add(enter("greedy", this::takesForEver, 0));
        for (int picture = 1; picture <= 3; picture++) {
            all.add(enter("greedy", note(order, "greedy"), picture));
        }
        all.add(enter("one", note(order, "one"), 4));
        all.add(enter("another", note(order, "another"), 5));
        all.add(enter("one", note(order, "one again"), 6));

        release.countDown();
        for (Future<?> each : all) {
            each.get();
        }

        assertThat(order).containsExactly("one", "another", "greedy", "one again", "greedy", "greedy");
    }

    @Test
    void givesUpWhatWaitsForTooLong() throws Exception {
        DecodingThreads impatient = new DecodingThreads(Duration.ofMillis(50));
        AtomicInteger runs = new AtomicInteger();
        Future<String> first = callers.submit(() -> impatient.run("one", true, this::takesForEver));
        Awaitility.await().until(() -> now.get() == 1);

        assertThatThrownBy(() -> impatient.run("another", true, runs::incrementAndGet))
                .isInstanceOf(DecodingOverloaded.class);

        assertThat(impatient.waiting()).isZero();
        release.countDown();
        assertThat(first.get()).as("what has begun is finished").isEqualTo("decoded");
        assertThat(impatient.<Integer>run("another", true, runs::incrementAndGet))
                .isOne();
        impatient.stop();
    }

    @Test
    void answersManyUploadsAtOnceAlike() throws Exception {
        PhotoProcessor processor = new ImageProcessor(threads, new DecoderWorkers());
        byte[] upload = Pictures.jpeg(Pictures.quarters(1200, 900));
        List<Future<PhotoResult>> results = new ArrayList<>();
        for (int caller = 0; caller < 32; caller++) {
            results.add(callers.submit(() -> processor.process(PhotoSource.of(upload), "me")));
        }
        for (Future<PhotoResult> result : results) {
            assertThat(((PhotoResult.Processed) result.get()).photo().hash())
                    .isEqualTo(((PhotoResult.Processed) results.getFirst().get())
                            .photo()
                            .hash());
        }
    }

    /** Queues a large picture, and returns once it is the so-manieth in line. */
    private Future<?> enter(String whose, Supplier<String> work, int waiting) {
        Future<?> result = callers.submit(() -> threads.run(whose, true, work));
        Awaitility.await().until(() -> now.get() == 1 && threads.waiting() == waiting);
        return result;
    }

    private static Supplier<String> note(ConcurrentLinkedQueue<String> order, String name) {
        return () -> {
            order.add(name);
            return name;
        };
    }

    private String takesForEver() {
        now.incrementAndGet();
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "decoded";
    }

    private void runMany(boolean large) throws Exception {
        int number = 24;
        CyclicBarrier start = new CyclicBarrier(number);
        List<Future<Integer>> done = new ArrayList<>();
        for (int caller = 0; caller < number; caller++) {
            String whose = "caller " + caller;
            done.add(callers.submit(() -> {
                start.await();
                return threads.run(whose, large, this::countOneself);
            }));
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
