/**
 * Fetches what lies at an address that somebody else wrote, without ever reaching a private network. Start with
 * {@link dev.latchkey.remote.RemoteFiles}.
 */
@NullMarked
package dev.latchkey.remote;

import org.jspecify.annotations.NullMarked;
