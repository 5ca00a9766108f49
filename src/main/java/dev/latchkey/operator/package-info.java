/**
 * What whoever runs the service does to an account, by a command or over the admin API: look, block, end what is open,
 * take along, delete. Start with {@link dev.latchkey.operator.AccountOperations}. Each of it is in the account's history
 * and told to its owner; how accounts end is {@code membership.leaving}'s.
 */
@NullMarked
package dev.latchkey.operator;

import org.jspecify.annotations.NullMarked;
