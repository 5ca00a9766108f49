package dev.latchkey.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class SteadyTimeTest {
    private final SteadyTime steady = new SteadyTime();

    @Test
    void answersAtTheEndOfAStepWhateverThereWasToDo() {
        assertThat(took(() -> 0)).isGreaterThanOrEqualTo(SteadyTime.STEP);
        assertThat(took(() -> busy(SteadyTime.STEP.dividedBy(2)))).isGreaterThanOrEqualTo(SteadyTime.STEP);
        assertThat(took(() -> busy(SteadyTime.STEP.plusMillis(5))))
                .isGreaterThanOrEqualTo(SteadyTime.STEP.multipliedBy(2));
    }

    @Test
    void tellsNoSoonerThatSomethingWentWrong() {
        assertThat(took(() -> {
                    assertThatThrownBy(() -> steady.answer(() -> {
                                throw new IllegalStateException("for the test");
                            }))
                            .isInstanceOf(IllegalStateException.class);
                    return 0;
                }))
                .isGreaterThanOrEqualTo(SteadyTime.STEP);
    }

    @Test
    void keepsNobodyElseWaiting() throws Exception {
        long began = System.nanoTime();
        List<Future<Integer>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 500; i++) {
                answers.add(callers.submit(() -> steady.answer(() -> 1)));
            }
        }
        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isOne();
        }
        // One after the other they would take 25 seconds.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    private Duration took(java.util.function.Supplier<Integer> work) {
        long began = System.nanoTime();
        steady.answer(work);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static int busy(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return 0;
    }
}
