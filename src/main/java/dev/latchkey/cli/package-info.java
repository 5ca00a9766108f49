/**
 * The command line: which commands there are, what they take and what they say. Start with {@link dev.latchkey.cli.Commands};
 * {@code docs/commands.md} describes each.
 *
 * <p>To add a command: a class here with picocli's {@code @Command}, which gets a {@link dev.latchkey.cli.Workplace} and asks
 * it for the beans it calls; one line in {@link dev.latchkey.cli.Commands}; its part of {@code docs/commands.md}, which a test
 * compares with the help. Results go to {@code place.out()}, complaints to {@code place.err()}; it returns {@code DONE},
 * {@code FAILED} or {@code MISUSED}. Rules of its own it has none: they are the features'.
 */
@NullMarked
package dev.latchkey.cli;

import org.jspecify.annotations.NullMarked;
