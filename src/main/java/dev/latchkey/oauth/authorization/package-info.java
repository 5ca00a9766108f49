/**
 * How an assistant asks to be let in, and how its person signs in to answer. A link is mailed with a code; either finds
 * what was asked for again: {@link dev.latchkey.oauth.authorization.AuthorizationSignIns}.
 */
@NullMarked
package dev.latchkey.oauth.authorization;

import org.jspecify.annotations.NullMarked;
