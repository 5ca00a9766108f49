package dev.latchkey.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.support.Race;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class SteadyTimeTest {
    private final SteadyTime steady = new SteadyTime();

    @Test
    void answersAtTheEndOfAStepWhateverTheWork() {
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
        assertThat(Race.of(500, () -> steady.answer(() -> 1))).containsOnly(1);
        // One after the other they would take 25 seconds.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    private Duration took(Supplier<Integer> work) {
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
