/**
 * Settings, start-up checks and the shared plumbing that depends on them: the data source, the clock, randomness and
 * the server secret. Start with {@link dev.latchkey.config.LatchkeySettings}. Nothing here knows what the product does.
 */
@NullMarked
package dev.latchkey.config;

import org.jspecify.annotations.NullMarked;
