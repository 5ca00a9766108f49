/** Addresses and numbers, as people paste them. */
@NullMarked
package dev.latchkey.account;

import org.jspecify.annotations.NullMarked;
