/**
 * Tells a program of the operator what happens to accounts, as Standard Webhooks has it: at least once, signed, with names
 * and never with values. Start with {@link dev.latchkey.webhook.Events}, by which features say what happened, in the
 * transaction in which it happens. {@code WebhookDelivery} takes it from there: it claims events, {@code WebhookSender} tries
 * one, {@code Endpoint} posts it.
 */
@NullMarked
package dev.latchkey.webhook;

import org.jspecify.annotations.NullMarked;
