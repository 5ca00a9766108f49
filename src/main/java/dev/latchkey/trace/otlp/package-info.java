/**
 * The way to a collector, by OTLP over HTTP: spans by OpenTelemetry's SDK, metrics by Micrometer's registry. Start with
 * {@link dev.latchkey.trace.otlp.Collector}. A collector that is slow or away costs nobody anything: what does not fit into
 * a queue is dropped.
 */
@NullMarked
package dev.latchkey.trace.otlp;

import org.jspecify.annotations.NullMarked;
