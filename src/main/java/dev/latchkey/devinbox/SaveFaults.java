package dev.latchkey.devinbox;

import dev.latchkey.devinbox.delivery.Faults;
import dev.latchkey.profile.Profiles;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLTransientConnectionException;

/**
 * Makes a save fail as a broken database does: at the moment when a profile is written, in the middle of the
 * transaction, which undoes everything. So it is true of every door through which profiles are saved.
 */
@Singleton
@OnlyInDev
final class SaveFaults implements BeanCreatedEventListener<Profiles> {
    /** The one way by which those write that save. */
    private static final String WRITES = "put";

    private final Faults faults;

    SaveFaults(Faults faults) {
        this.faults = faults;
    }

    @Override
    public Profiles onCreated(BeanCreatedEvent<Profiles> event) {
        Profiles profiles = event.getBean();
        return (Profiles) Proxy.newProxyInstance(
                Profiles.class.getClassLoader(), new Class<?>[] {Profiles.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals(WRITES) && faults.nextSave()) {
                        // The class of SQLSTATE 08 is a connection that broke.
                        throw new DataAccessException(
                                "A fault that was asked for at /dev/faults",
                                new SQLTransientConnectionException("The connection broke", "08006"));
                    }
                    try {
                        return method.invoke(profiles, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
