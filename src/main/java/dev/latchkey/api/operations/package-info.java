/** What operators ask the running service over HTTP. Start with {@link dev.latchkey.api.operations.MetricsController}. */
@NullMarked
package dev.latchkey.api.operations;

import org.jspecify.annotations.NullMarked;
