/**
 * How long to wait after failures, for whatever leaves from the outbox; it knows nobody else. There is {@link
 * dev.latchkey.mail.pause.Backoff}.
 */
@NullMarked
package dev.latchkey.mail.pause;

import org.jspecify.annotations.NullMarked;
