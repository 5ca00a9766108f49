/**
 * Who is signed in: passphrase sign-in with its throttle, access tokens, session keys and the sessions of
 * the account's pages, and their end. Start with {@link dev.latchkey.session.SignInService}; {@link dev.latchkey.session.Sessions} ends what must die, inside the
 * transaction of its cause. Every token has a row, and a token without its row opens nothing, on any node.
 */
@NullMarked
package dev.latchkey.session;

import org.jspecify.annotations.NullMarked;
