package dev.latchkey.webhook;

import java.time.Duration;

/** What an endpoint makes of an event. */
sealed interface Reply {

    /** It took it. */
    record Taken() implements Reply {}

    /** It wants no events any more. */
    record Gone() implements Reply {}

    /** It did not take this one; others it may. */
    record Refused(String error) implements Reply {}

    /**
     * It cannot be used at the moment, whatever the event.
     *
     * @param asked for how long it wants to be left alone
     */
    record Unusable(String error, Duration asked) implements Reply {}
}
