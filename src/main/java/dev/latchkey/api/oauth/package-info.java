/**
 * The authorization server's endpoints that programs call: what it says of itself
 * ({@link dev.latchkey.api.oauth.MetadataController}), the exchange and the end of tokens
 * ({@link dev.latchkey.api.oauth.TokenController}), the registration of clients. Errors are OAuth's own (RFC 6749, section
 * 5.2). The pages, on which people allow what is asked for, are {@code web}'s.
 */
@NullMarked
package dev.latchkey.api.oauth;

import org.jspecify.annotations.NullMarked;
