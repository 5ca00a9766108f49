package dev.latchkey.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One thread that is busy until a test lets it go on, and those who wait for it. */
final class HashingThreadsTest {
    private final HashingThreads threads = new HashingThreads(1);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch busy = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());
    private final List<Future<?>> waiting = new ArrayList<>();

    @BeforeEach
    void keepTheThreadBusy() throws Exception {
        waiting.add(callers.submit(() -> threads.hash("somebody", () -> {
            busy.countDown();
            await(goOn);
            return 0;
        })));
        busy.await();
    }

    @AfterEach
    void stop() {
        goOn.countDown();
        callers.close();
        threads.stop();
    }

    @Test
    void computesOnThreadsOfTheOperatingSystem() {
        goOn.countDown();
        assertThat(threads.verify("a", () -> Thread.currentThread().isVirtual()))
                .isFalse();
    }

    @Test
    void letsOwnersInBeforeACrowdThatSignsUp() throws Exception {
        for (int i = 0; i < 30; i++) {
            queue(threads::hash, "crowd" + i, "new");
        }
        queue(threads::verify, "owner", "owner");
        finish();
        assertThat(order.indexOf("owner")).isZero();
    }

    @Test
    void letsSomebodySignUpWhileACrowdSignsIn() throws Exception {
        for (int i = 0; i < 40; i++) {
            queue(threads::verify, "crowd" + i, "old");
        }
        queue(threads::hash, "newcomer", "new");
        finish();
        assertThat(order.indexOf("new")).isLessThan(5);
    }

    @Test
    void letsNobodyWaitBehindAllThatOneCallerBrought() throws Exception {
        for (int i = 0; i < 50; i++) {
            queue(threads::verify, "greedy", "greedy");
        }
        queue(threads::verify, "modest", "modest");
        finish();
        assertThat(order.indexOf("modest")).isLessThanOrEqualTo(1);
    }

    @Test
    void refusesAtOnceWhatWouldWaitTooLong() throws Exception {
        for (int i = 0; i < 32; i++) {
            queue(threads::hash, "crowd" + i, "new");
        }
        assertThatThrownBy(() -> threads.hash("one more", () -> 0)).isInstanceOf(HashingOverloaded.class);
        goOn.countDown();
        assertThat(threads.verify("owner", () -> 1)).isOne();
    }

    @Test
    void refusesWhatTheGreediestBroughtLastBeforeItRefusesAnybodyElse() throws Exception {
        for (int i = 0; i < 32; i++) {
            queue(threads::hash, "greedy", "greedy");
        }
        queue(threads::hash, "modest", "modest", 32);
        finish();
        assertThat(order).contains("modest").filteredOn("greedy"::equals).hasSize(31);
    }

    @Test
    void handsOnWhateverGoesWrongAndGoesOn() {
        goOn.countDown();
        assertThatThrownBy(() -> threads.verify("a", () -> {
                    throw new OutOfMemoryError("for the test");
                }))
                .hasRootCauseInstanceOf(OutOfMemoryError.class);
        assertThat(threads.verify("a", () -> 1)).isOne();
    }

    @Test
    void leavesOneProcessorToEverybodyElse() throws Exception {
        int number = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        HashingThreads all = new HashingThreads();
        CountDownLatch begun = new CountDownLatch(number);
        for (int i = 0; i < number + 3; i++) {
            callers.submit(() -> all.verify("crowd", () -> {
                begun.countDown();
                await(goOn);
                return 0;
            }));
        }
        begun.await();
        Awaitility.await().until(() -> all.waiting() == 3);
        all.stop();
    }

    @Test
    void tellsACallerWhoIsInterruptedThatItWas() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> threads.verify("a", () -> 0)).isInstanceOf(HashingOverloaded.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void endsItsThreadsOnceNothingWaits() throws Exception {
        goOn.countDown();
        Thread thread = threads.verify("a", Thread::currentThread);
        Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
        threads.stop();
        assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
        assertThatThrownBy(() -> threads.verify("a", () -> 0)).isInstanceOf(HashingOverloaded.class);
    }

    private void queue(BiFunction<String, Supplier<Boolean>, Boolean> door, String caller, String name) {
        queue(door, caller, name, waiting.size());
    }

    /** Returns when so many wait. */
    private void queue(BiFunction<String, Supplier<Boolean>, Boolean> door, String caller, String name, int most) {
        waiting.add(callers.submit(() -> door.apply(caller, () -> order.add(name))));
        Awaitility.await().until(() -> threads.waiting() >= most);
    }

    private void finish() throws Exception {
        goOn.countDown();
        for (Future<?> one : waiting) {
            try {
                one.get();
            } catch (ExecutionException e) {
                assertThat(e).hasRootCauseInstanceOf(HashingOverloaded.class);
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
