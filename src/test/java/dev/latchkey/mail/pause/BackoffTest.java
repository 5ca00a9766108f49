package dev.latchkey.mail.pause;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(10), new SplittableRandom(1));

    @ParameterizedTest
    @CsvSource({"1,5", "2,10", "3,20", "7,320", "8,600", "9,600", "1000000,600"})
    void doublesUpToItsLimitLessAQuarterAtMost(int failures, int seconds) {
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.after(failures))
                    .isBetween(Duration.ofMillis(seconds * 750L), Duration.ofSeconds(seconds));
        }
    }

    @Test
    void spreadsMailsThatFailedTogether() {
        assertThat(IntStream.range(0, 100)
                        .mapToObj(i -> backoff.after(4))
                        .distinct()
                        .count())
                .isGreaterThan(90);
    }
}
