/** Latchkey lets people edit their profile from a chat, without a password. Start at {@link dev.latchkey.Application}. */
@NullMarked
package dev.latchkey;

import org.jspecify.annotations.NullMarked;
