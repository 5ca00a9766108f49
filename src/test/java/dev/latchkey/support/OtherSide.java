package dev.latchkey.support;

import static org.awaitility.Awaitility.await;

import io.micronaut.context.ApplicationContext;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/** A transaction on PostgreSQL that a test plays by hand, up to the moment when the product waits for it. */
public final class OtherSide implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ApplicationContext context;
    private final Connection connection;

    public OtherSide(ApplicationContext context) throws SQLException {
        this.context = context;
        DataSource source = DelegatingDataSource.unwrapDataSource(context.getBean(DataSource.class));
        connection = source.getConnection();
        connection.setAutoCommit(false);
    }

    public void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public void commit() throws SQLException {
        connection.commit();
    }

    /** Returns when what the product does waits for one of our locks, or has done it without. */
    public <T> Future<T> whenItWaits(Callable<T> product) {
        Future<T> result = threads.submit(product);
        await().until(() -> result.isDone()
                || Sql.count(
                                context,
                                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                        + " AND datname = current_database()")
                        > 0);
        return result;
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
        connection.close();
        threads.close();
    }
}
