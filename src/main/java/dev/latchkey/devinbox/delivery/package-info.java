/**
 * What becomes of a mail that is handed to the dev inbox: it arrives and wakes who waits for it, or meets the fault that
 * was asked for. Start with {@link dev.latchkey.devinbox.delivery.SmtpFront}.
 */
@NullMarked
package dev.latchkey.devinbox.delivery;

import org.jspecify.annotations.NullMarked;
