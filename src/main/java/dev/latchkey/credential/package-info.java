/**
 * Passphrases: which are refused, and how they are kept. Start with {@link dev.latchkey.credential.Passphrases}. Who may
 * set one is decided by the features that call it.
 */
@NullMarked
package dev.latchkey.credential;

import org.jspecify.annotations.NullMarked;
