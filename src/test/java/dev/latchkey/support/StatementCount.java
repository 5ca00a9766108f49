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
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a SQLite database is asked for, and what of it has to reach the disk; chosen with the property
 * {@code test.statement-count}. What runs by the clock is left out.
 */
@Singleton
@Requires(property = "test.statement-count")
public final class StatementCount implements BeanCreatedEventListener<DatasourceConfiguration>, Ordered {
    private final AtomicInteger statements = new AtomicInteger();
    private final AtomicInteger commits = new AtomicInteger();

    /** Statements so far. */
    public int statements() {
        return statements.get();
    }

    /** Transactions so far that wrote something and were committed. */
    public int commits() {
        return commits.get();
    }

    /** Behind the product's own. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
        DatasourceConfiguration pool = event.getBean();
        pool.setDataSource(new Counted(pool.getDataSource()).as(DataSource.class));
        return pool;
    }

    /** A source or a connection. */
    private final class Counted implements InvocationHandler {
        private final Object real;
        private boolean inTransaction;
        private boolean writes;

        Counted(Object real) {
            this.real = real;
        }

        <T> T as(Class<T> type) {
            return type.cast(
                    Proxy.newProxyInstance(StatementCount.class.getClassLoader(), new Class<?>[] {type}, this));
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (!Thread.currentThread().getName().startsWith("scheduled") && arguments != null) {
                note(method.getName(), arguments[0]);
            } else if (method.getName().equals("commit") || method.getName().equals("rollback")) {
                end(method.getName().equals("commit"));
            }
            try {
                Object result = method.invoke(real, arguments);
                return result instanceof Connection connection ? new Counted(connection).as(Connection.class) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private void note(String method, Object argument) {
            if (method.equals("setAutoCommit")) {
                inTransaction = !(boolean) argument;
            } else if (method.equals("prepareStatement")) {
                statements.incrementAndGet();
                writes |= !String.valueOf(argument)
                        .strip()
                        .toUpperCase(Locale.ROOT)
                        .startsWith("SELECT");
                if (!inTransaction) {
                    end(true);
                }
            }
        }

        private void end(boolean committed) {
            if (committed && writes) {
                commits.incrementAndGet();
            }
            writes = false;
        }
    }
}
