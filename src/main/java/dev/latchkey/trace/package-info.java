/**
 * Tells a collector of OpenTelemetry what the service did, where the operator set one: what came of one request for a
 * link, over its mail to its use, is one trace. Start with {@link dev.latchkey.trace.Traces}; {@code trace.otlp} is there
 * only with a collector. It never gets to see what anybody typed, nor anything that opens an account.
 */
@NullMarked
package dev.latchkey.trace;

import org.jspecify.annotations.NullMarked;
