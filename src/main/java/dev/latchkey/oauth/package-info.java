/**
 * Assistants that people let in: OAuth 2.1, with a mailed link to sign in by. Start with {@link
 * dev.latchkey.oauth.Grants}: what a person allows becomes a grant, which is a session of the assistant and ends like any
 * other.
 */
@NullMarked
package dev.latchkey.oauth;

import org.jspecify.annotations.NullMarked;
