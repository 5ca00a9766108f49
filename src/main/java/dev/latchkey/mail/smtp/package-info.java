/**
 * Speaks SMTP: connections that are kept, time limits, and what a refusal means by RFC 3463. Start with
 * {@link dev.latchkey.mail.smtp.SmtpSender}. Only {@code mail.delivery} uses it, and it knows neither outbox nor kinds.
 */
@NullMarked
package dev.latchkey.mail.smtp;

import org.jspecify.annotations.NullMarked;
