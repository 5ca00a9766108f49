package dev.latchkey.database.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SqliteTurnsTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final SqliteTurns turns = new SqliteTurns();

    @Test
    void comeInTheOrderOfAsking() throws Exception {
        turns.take(LONG);
        List<Integer> order = new CopyOnWriteArrayList<>();
        List<Thread> waiting = List.of(queueUp(1, order), queueUp(2, order), queueUp(3, order));

        turns.end();

        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(order).containsExactly(1, 2, 3);
    }

    @Test
    void stayWithTheOneWhoFindsNobodyToPassThemOnTo() throws SQLException {
        turns.take(LONG);

        assertThat(turns.passOn()).isFalse();
        assertThatThrownBy(() -> turns.take(Duration.ofMillis(10))).isInstanceOf(SQLTransientException.class);
    }

    @Test
    void areNotLostToSomebodyWhoGaveUp() throws SQLException {
        turns.take(LONG);
        assertThatThrownBy(() -> turns.take(Duration.ofMillis(10))).isInstanceOf(SQLTransientException.class);

        turns.end();

        turns.take(Duration.ofMillis(10));
        turns.end();
    }

    @Test
    void areNotLostToSomebodyWhoIsInterrupted() throws Exception {
        turns.take(LONG);
        CountDownLatch gaveUp = new CountDownLatch(1);
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                turns.take(LONG);
            } catch (SQLException e) {
                gaveUp.countDown();
            }
        });
        awaitQueue(waiting);
        waiting.interrupt();
        gaveUp.await();

        turns.end();

        turns.take(Duration.ofMillis(10));
        turns.end();
    }

    private Thread queueUp(int number, List<Integer> order) {
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                turns.take(LONG);
                order.add(number);
                turns.end();
            } catch (SQLException e) {
                order.add(-number);
            }
        });
        awaitQueue(thread);
        return thread;
    }

    private static void awaitQueue(Thread thread) {
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }
}
