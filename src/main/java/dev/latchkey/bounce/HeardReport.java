package dev.latchkey.bounce;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/**
 * A report that was heard, so that it is not heard again.
 *
 * @param digest of who reported and of how they call it
 */
@MappedEntity("mail_reports")
record HeardReport(@Id String digest, Instant heardAt) {}
