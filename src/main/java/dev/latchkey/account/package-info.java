/**
 * Who somebody is: email address, PIN, status and tier; and {@link dev.latchkey.account.SteadyTime}, where that is nobody's business. Start with {@link dev.latchkey.account.Account}. What people
 * show of themselves is a {@code profile}; how they prove who they are is a {@code magiclink} or a {@code credential}.
 */
@NullMarked
package dev.latchkey.account;

import org.jspecify.annotations.NullMarked;
