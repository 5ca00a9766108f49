/**
 * Carries mails: written into the outbox in the transaction of their cause, delivered by workers until the mail server
 * has taken them. Start with {@link dev.latchkey.mail.Outbox}. What a mail says is told by the feature it comes from,
 * through {@link dev.latchkey.mail.MailKind}.
 */
@NullMarked
package dev.latchkey.mail;

import org.jspecify.annotations.NullMarked;
