package dev.latchkey.support;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database whose connection breaks at a commit, of what uses or asks for a link where nothing else is said; chosen with
 * the property {@code test.lost-commits}.
 */
@Singleton
@Requires(property = "test.lost-commits")
public final class LostCommits implements BeanCreatedEventListener<DatasourceConfiguration>, Ordered {
    private static final Pattern ABOUT_LINKS =
            Pattern.compile("THEN 'SAVED' ELSE|INSERT INTO \\W?link_requests", Pattern.CASE_INSENSITIVE);
    private static final Set<String> NEED_A_SERVER =
            Set.of("getConnection", "prepareStatement", "createStatement", "commit");

    private volatile Outcome outcome = Outcome.NONE;
    private volatile Pattern about = ABOUT_LINKS;
    private volatile boolean away;

    /** Grows with each {@link #next}: what a connection did before does not count. */
    private volatile int turn;

    private volatile CountDownLatch asked = new CountDownLatch(1);

    /** What becomes of the next such commit. */
    public enum Outcome {
        /** Nothing special; a database that was away is back. */
        NONE,
        /** It is stored, and its answer gets lost. */
        STORED,
        /** It never reaches the database. */
        UNDONE,
        /** Its answer gets lost while the server is still at it: it is stored once somebody asks for a row of accounts. */
        LATE,
        /** It is stored, its answer gets lost, and nobody answers from then on. */
        GONE,
        /** It is stored and answered, and nobody answers from then on. */
        LAST
    }

    public void next(Outcome next) {
        next(next, ABOUT_LINKS);
    }

    /** The same for a transaction with a statement in which this is found. */
    public synchronized void next(Outcome next, Pattern statement) {
        turn++;
        about = statement;
        outcome = next;
        away = false;
    }

    /** Whether nobody answers any more. */
    public boolean isAway() {
        return away;
    }

    /** Behind the product's own. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
        DatasourceConfiguration pool = event.getBean();
        DataSource own = pool.getDataSource() == null ? postgres(pool) : pool.getDataSource();
        pool.setDataSource(new Fragile(own).as(DataSource.class));
        pool.setConnectionTimeout(1_000);
        return pool;
    }

    private static DataSource postgres(DatasourceConfiguration pool) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(pool.getUrl());
        source.setUser(pool.getUsername());
        source.setPassword(pool.getPassword());
        return source;
    }

    /** A source or a connection. */
    private final class Fragile implements InvocationHandler {
        private final Object real;
        private int meant;
        private boolean broken;

        Fragile(Object real) {
            this.real = real;
        }

        <T> T as(Class<T> type) {
            return type.cast(Proxy.newProxyInstance(LostCommits.class.getClassLoader(), new Class<?>[] {type}, this));
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            String name = method.getName();
            if (away && NEED_A_SERVER.contains(name)) {
                throw new SQLException("Nobody answers", "08001");
            }
            if (broken && !NEED_A_SERVER.contains(name)) {
                // The server goes on with what it had begun.
                return name.equals("isClosed") ? (Object) true : null;
            }
            if (away && name.equals("isValid")) {
                return false;
            }
            if (name.equals("prepareStatement") && arguments != null) {
                meant = about.matcher((String) arguments[0]).find() ? turn : meant;
                if (((String) arguments[0]).contains("FOR UPDATE")) {
                    asked.countDown();
                }
            }
            if (name.equals("commit") && meant == turn && outcome == Outcome.LAST) {
                ((Connection) real).commit();
                outcome = Outcome.NONE;
                away = true;
                return null;
            }
            if (name.equals("commit") && meant == turn && outcome != Outcome.NONE) {
                breakAt((Connection) real);
            }
            if (name.equals("commit") || name.equals("rollback")) {
                meant = 0;
            }
            try {
                Object result = method.invoke(real, arguments);
                return result instanceof Connection connection ? new Fragile(connection).as(Connection.class) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private void breakAt(Connection connection) throws SQLException {
            Outcome now = outcome;
            outcome = Outcome.NONE;
            if (now == Outcome.UNDONE) {
                connection.rollback();
            } else if (now == Outcome.LATE) {
                broken = true;
                asked = new CountDownLatch(1);
                Thread.ofVirtual().start(() -> commitLate(connection));
            } else {
                connection.commit();
            }
            away = now == Outcome.GONE;
            throw new SQLException("The connection broke", "08006");
        }

        private void commitLate(Connection connection) {
            try (connection) {
                asked.await();
                connection.commit();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
