package dev.latchkey.bounce;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/**
 * Whose turn it is to look into a mailbox.
 *
 * @param mailbox which one
 * @param endsAt before that time nobody else looks into it
 */
@MappedEntity("report_turns")
record ReportTurn(@Id String mailbox, Instant endsAt) {}
