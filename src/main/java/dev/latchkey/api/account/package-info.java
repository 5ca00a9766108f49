/**
 * The account API for web and mobile clients: sign up, sign in, and one's own profile, with a bearer token. Start with
 * {@link dev.latchkey.api.account.Bearers}, the one way to learn who calls. Thin: the rules live in {@code membership},
 * {@code session} and {@code profile}.
 */
@NullMarked
package dev.latchkey.api.account;

import org.jspecify.annotations.NullMarked;
