/**
 * Fetches a picture from an address that somebody else wrote, without ever reaching a private network. Start with
 * {@link dev.latchkey.photo.remote.RemoteImages}.
 */
@NullMarked
package dev.latchkey.photo.remote;

import org.jspecify.annotations.NullMarked;
