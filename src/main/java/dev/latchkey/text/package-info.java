/**
 * The texts people read, the language they read them in, and the other files of the jar. Start with {@link
 * dev.latchkey.text.Texts}, which are injected by the name of their bundle, and with {@link dev.latchkey.text.Languages}.
 */
@NullMarked
package dev.latchkey.text;

import org.jspecify.annotations.NullMarked;
