/**
 * Takes what mail providers post about mails that had left. Start with {@link
 * dev.latchkey.api.webhooks.MailWebhookController}; each provider is a {@link dev.latchkey.api.webhooks.MailProvider}, which
 * checks the proof as its documents say before it reads anything else. What a report means is up to {@code bounce}.
 */
@NullMarked
package dev.latchkey.api.webhooks;

import org.jspecify.annotations.NullMarked;
