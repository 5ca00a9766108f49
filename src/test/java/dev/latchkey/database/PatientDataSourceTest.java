package dev.latchkey.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatientDataSourceTest {
    private final Connection connection = (Connection) Proxy.newProxyInstance(
            Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> null);
    private final AtomicInteger tries = new AtomicInteger();

    private static PatientDataSource patient(Opening opening) {
        return new PatientDataSource((DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> opening.open()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"08001", "57P03"})
    void asksAServerThatIsStartingAgain(String state) throws SQLException {
        PatientDataSource source = patient(() -> {
            if (tries.incrementAndGet() < 4) {
                throw new SQLException("Not yet", state);
            }
            return connection;
        });
        assertThat(source.getConnection()).isSameAs(connection);
        assertThat(tries).hasValue(4);
    }

    @Test
    void doesNotAskForEver() {
        PatientDataSource source = patient(() -> {
            throw new SQLException("Connection refused", "08001");
        });
        long before = System.nanoTime();
        assertThatThrownBy(source::getConnection).hasMessage("Connection refused");
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(10));
    }

    @Test
    void asksOnceWhereAskingDoesNotHelp() {
        PatientDataSource source = patient(() -> {
            tries.incrementAndGet();
            throw new SQLException("Wrong password", "28P01");
        });
        assertThatThrownBy(source::getConnection).hasMessage("Wrong password");
        assertThat(tries).hasValue(1);
    }

    private interface Opening {
        Connection open() throws SQLException;
    }
}
