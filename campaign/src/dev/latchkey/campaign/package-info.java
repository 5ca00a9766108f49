/**
 * Figures of docs/reliability.md: each tries one kind of trouble on the jar as people run it, again and again, and counts
 * what must never happen. {@link dev.latchkey.campaign.Figure} is the table of them, {@link
 * dev.latchkey.campaign.Campaign} the command; a new figure is a {@link dev.latchkey.campaign.Trial} and a line in that
 * table.
 */
@NullMarked
package dev.latchkey.campaign;

import org.jspecify.annotations.NullMarked;
