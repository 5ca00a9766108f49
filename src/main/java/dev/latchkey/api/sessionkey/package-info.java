/**
 * The User Management Service, SRS 2.0: ten calls whose names, bodies and messages are literal. Start with
 * {@link dev.latchkey.api.sessionkey.SessionController} and {@link dev.latchkey.api.sessionkey.UserController}. The
 * oddities end here: whatever is decided is decided by the services that the account API uses, too. Switched off with
 * {@code LATCHKEY_SESSION_KEY_API=false}; this folder can be deleted, and {@code contact} with it.
 */
@NullMarked
package dev.latchkey.api.sessionkey;

import org.jspecify.annotations.NullMarked;
