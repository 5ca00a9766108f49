package dev.latchkey.magiclink;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/**
 * The running window of one caller.
 *
 * @param callerDigest digest of an action key, a user or a conversation of an assistant
 * @param windowStart the full hour in which the window began
 * @param hits requests counted in it
 */
@MappedEntity("caller_limits")
record CallerLimit(@Id String callerDigest, Instant windowStart, int hits) {}
