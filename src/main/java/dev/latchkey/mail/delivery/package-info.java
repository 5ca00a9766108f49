/**
 * Takes due mails from the outbox and hands them to the mail server, once each as far as a server's answer tells. Start with
 * {@link dev.latchkey.mail.delivery.MailDispatcher}; {@code MailSender} tries one mail, {@code DeliveryLog} writes down how it went. Used by
 * nobody: it works by itself.
 */
@NullMarked
package dev.latchkey.mail.delivery;

import org.jspecify.annotations.NullMarked;
