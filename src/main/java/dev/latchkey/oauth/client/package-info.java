/**
 * Who may ask for a grant: the operator's predefined clients, those that publish who they are (Client ID Metadata
 * Documents) and, where the operator lets them, those that register themselves (RFC 7591). Start with
 * {@link dev.latchkey.oauth.client.Clients}. What a client asks for is left to {@code oauth.authorization}, what it gets to
 * {@code oauth} itself.
 */
@NullMarked
package dev.latchkey.oauth.client;

import org.jspecify.annotations.NullMarked;
