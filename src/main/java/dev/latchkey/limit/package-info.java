/**
 * How much may be asked for, and by whom: {@link dev.latchkey.limit.RateLimits} keeps budgets that refill evenly, in the
 * database, so that they hold across nodes and restarts; {@link dev.latchkey.limit.CallerAddress} says who counts as one
 * caller where nobody has to say who they are. Which budgets there are, and how large, the features decide.
 */
@NullMarked
package dev.latchkey.limit;

import org.jspecify.annotations.NullMarked;
