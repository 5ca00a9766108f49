/**
 * What clients of the authorization server say of themselves, in the words of RFC 7591, and what must be true of it:
 * {@link dev.latchkey.config.client.ClientDescription}, {@link dev.latchkey.config.client.RedirectAddress} and the file of
 * predefined ones, {@link dev.latchkey.config.client.ClientFile}. Which clients there are is left to {@code oauth.client}.
 */
@NullMarked
package dev.latchkey.config.client;

import org.jspecify.annotations.NullMarked;
