/**
 * The developer's mailbox: a mail server inside the process, pages and JSON that show what it received.
 *
 * <p>Every bean here exists in the environment {@code dev} alone; anywhere else these addresses are not found. Start
 * with {@link dev.latchkey.devinbox.DevMailServer}.
 */
@NullMarked
package dev.latchkey.devinbox;

import org.jspecify.annotations.NullMarked;
