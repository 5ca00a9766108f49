package dev.latchkey.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortTest {
    @Test
    void givesEachPortOnce() {
        // Among so many of 12,000, two would be alike nearly always.
        List<Integer> ports =
                IntStream.range(0, 400).map(i -> FreePort.next()).boxed().toList();
        assertThat(ports)
                .doesNotHaveDuplicates()
                .allSatisfy(port -> assertThat(port).isBetween(20_000, 32_000));
    }
}
