/**
 * Speaks SMTP: connections that are kept, time limits, and what a refusal means by RFC 3463. Start with
 * {@link dev.latchkey.mail.smtp.SmtpConnections}. Only {@code mail} uses it.
 */
@NullMarked
package dev.latchkey.mail.smtp;

import org.jspecify.annotations.NullMarked;
