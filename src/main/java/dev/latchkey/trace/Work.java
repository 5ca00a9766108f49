package dev.latchkey.trace;

import io.micronaut.core.propagation.PropagatedContextElement;
import java.time.Duration;

/** Something that is done in one go, for one thread at a time. At hand is what lies in Micronaut's propagated context. */
public interface Work extends PropagatedContextElement, AutoCloseable {
    /** Of which nobody is told. */
    Work UNTOLD = new Work() {};

    /** Who waits for it. */
    enum Kind {
        /** A caller, for the answer. */
        CALL,
        /** Nobody; what asked for it is done. */
        MAIL
    }

    /** What it turned out to be. */
    default void rename(String name) {}

    /** Says something of it, by a name of OpenTelemetry's conventions or one that begins with {@code latchkey}. */
    default void say(String name, String value) {}

    default void say(String name, long value) {}

    /** It went wrong, by whose name such things are known. */
    default void failed(String type) {}

    /** It has waited for so long before it was begun. */
    default void waited(String where, Duration time) {}

    /** A caller, of whom nothing is known, says that it is part of a trace of theirs (W3C Trace Context). */
    default void calledFrom(String traceparent) {}

    @Override
    default void close() {}
}
