/**
 * Refuses to start with settings that are unsafe or cannot work. Start with {@link
 * dev.latchkey.config.checks.StartUpChecks}; what must be true is the table of {@link
 * dev.latchkey.config.checks.ConfigurationRules}.
 */
@NullMarked
package dev.latchkey.config.checks;

import org.jspecify.annotations.NullMarked;
