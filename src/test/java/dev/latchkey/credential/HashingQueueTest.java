package dev.latchkey.credential;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HashingQueueTest {
    private final HashingQueue<String> queue = new HashingQueue<>(5);

    @Test
    void letsCallersTakeTurns() {
        offer("a", 2);
        offer("b", 2);
        assertThat(queue.poll()).contains("a1");
        assertThat(queue.poll()).contains("b1");
        assertThat(queue.poll()).contains("a2");
        assertThat(queue.poll()).contains("b2");
        assertThat(queue.poll()).isEmpty();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void refusesWhatTheGreediestBroughtLastWhoeverCameFirst() {
        offer("early", 1);
        offer("greedy", 3);
        offer("late", 1);
        assertThat(queue.offer("newcomer", "new")).contains("greedy3");
        assertThat(queue.size()).isEqualTo(5);
    }

    @Test
    void refusesWhatComesWhereItsCallerWouldHaveAsMuchAsTheGreediest() {
        offer("a", 3);
        offer("b", 2);
        assertThat(queue.offer("b", "b3")).contains("b3");
        assertThat(queue.size()).isEqualTo(5);
    }

    private void offer(String caller, int times) {
        for (int i = 1; i <= times; i++) {
            assertThat(queue.offer(caller, caller + i)).isEmpty();
        }
    }
}
