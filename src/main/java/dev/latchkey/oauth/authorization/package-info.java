/**
 * What a client asks for at the authorization endpoint, and how its person signs in to answer. Start with
 * {@link dev.latchkey.oauth.authorization.AuthorizationRequests}: it says of a query whether it can be put before somebody,
 * must be answered with an error of the protocol, or may not be answered to the address in it at all. A link is mailed with
 * a code; either finds that query again: {@link dev.latchkey.oauth.authorization.AuthorizationSignIns}.
 */
@NullMarked
package dev.latchkey.oauth.authorization;

import org.jspecify.annotations.NullMarked;
