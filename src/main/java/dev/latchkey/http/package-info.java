/**
 * What every caller stands on: problems and their two forms, the error edge, the reading of bodies, request ids and
 * bearer tokens. Start with {@link dev.latchkey.http.Problem} and {@link dev.latchkey.http.EdgeFilter}. Connections, time
 * limits and malformed messages are the business of {@code http.connection}; what a request means is left to the callers.
 *
 * <p>Forms are read by {@link dev.latchkey.http.FormReader} and not by the framework, whose reader drops empty fields and
 * takes a form that was cut off for a whole one: docs/decisions/0010-edge.md.
 */
@NullMarked
package dev.latchkey.http;

import org.jspecify.annotations.NullMarked;
