/**
 * The texts people read and the word lists behind them. Start with {@link dev.latchkey.text.Texts}.
 */
@NullMarked
package dev.latchkey.text;

import org.jspecify.annotations.NullMarked;
