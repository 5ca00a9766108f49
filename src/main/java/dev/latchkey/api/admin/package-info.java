/**
 * What operators ask over HTTP, at a port of its own: accounts, requests for links, the outbox. Start with {@link
 * dev.latchkey.api.admin.AdminPortFilter}, which says what is there and for whom. What is done to an account is {@code
 * operator}'s.
 */
@NullMarked
package dev.latchkey.api.admin;

import org.jspecify.annotations.NullMarked;
