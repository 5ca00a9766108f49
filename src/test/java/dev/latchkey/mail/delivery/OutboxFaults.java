package dev.latchkey.mail.delivery;

import dev.latchkey.mail.OutboxMessages;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The outbox as it is while the database is away, or memory runs out; chosen with the property {@code test.faults}. */
@Singleton
@Requires(property = "test.faults")
final class OutboxFaults implements BeanCreatedEventListener<OutboxMessages> {
    private final AtomicInteger left = new AtomicInteger();
    private volatile @Nullable Throwable failure;
    private volatile String only = "";

    /** The next so many calls fail, whichever they are. */
    void failNext(int calls, Throwable with) {
        failNext("", calls, with);
    }

    /** The next so many calls of one method fail. */
    void failNext(String method, int calls, Throwable with) {
        only = method;
        failure = with;
        left.set(calls);
    }

    /** Whether all have failed that were to. */
    boolean over() {
        return left.get() <= 0;
    }

    @Override
    public OutboxMessages onCreated(BeanCreatedEvent<OutboxMessages> event) {
        OutboxMessages real = event.getBean();
        return (OutboxMessages) Proxy.newProxyInstance(
                OutboxMessages.class.getClassLoader(),
                new Class<?>[] {OutboxMessages.class},
                (proxy, method, arguments) -> {
                    Throwable with = failure;
                    boolean meant = only.isEmpty() || only.equals(method.getName());
                    if (with != null && meant && left.getAndDecrement() > 0) {
                        throw with;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
