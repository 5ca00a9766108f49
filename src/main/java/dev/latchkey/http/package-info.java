/**
 * What every caller stands on: problems and their two forms, the error edge, the reading of bodies, request ids and
 * bearer tokens. Start with {@link dev.latchkey.http.Problem} and {@link dev.latchkey.http.EdgeFilter}. Connections, time
 * limits and malformed messages are the business of {@code http.connection}; what a request means is left to the callers.
 */
@NullMarked
package dev.latchkey.http;

import org.jspecify.annotations.NullMarked;
