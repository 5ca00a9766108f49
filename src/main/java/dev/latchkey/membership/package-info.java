/**
 * Becoming somebody, proving the mailbox, changing the passphrase, leaving. Start with
 * {@link dev.latchkey.membership.SignUpService} and {@link dev.latchkey.membership.ConfirmationService}. What an account
 * is lives in {@code account}, what a mailbox proof ends in {@code magiclink}, who is signed in in {@code session}.
 */
@NullMarked
package dev.latchkey.membership;

import org.jspecify.annotations.NullMarked;
