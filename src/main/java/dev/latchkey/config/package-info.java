/**
 * Settings, what must be true of them at the start, and the shared plumbing that depends on them: the clock, randomness,
 * the server secret and the origin of every link. Start with {@link dev.latchkey.config.LatchkeySettings} and
 * {@link dev.latchkey.config.checks.ConfigurationRules}. The settings name what the product does; nothing here does it.
 */
@NullMarked
package dev.latchkey.config;

import org.jspecify.annotations.NullMarked;
