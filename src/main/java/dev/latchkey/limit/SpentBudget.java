package dev.latchkey.limit;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/**
 * A budget that was taken from.
 *
 * @param digest of use and holder
 * @param fullAt when it will be full again if nobody takes anything more, in microseconds since 1970
 */
@MappedEntity("budgets")
record SpentBudget(@Id String digest, long fullAt) {}
