/**
 * Takes due mails from the outbox and hands them to the mail server, once each as far as a server's answer tells. Start
 * with {@link dev.latchkey.mail.delivery.MailDispatcher}; {@code MailQueue} is where mails wait for a worker, {@code
 * MailSender} tries one, {@code RetryPolicy} says what the answer means for it, {@code DeliveryLog} writes that down. Used
 * by nobody: it works by itself.
 */
@NullMarked
package dev.latchkey.mail.delivery;

import org.jspecify.annotations.NullMarked;
