/**
 * Carries mails from the transaction that caused them to the mail server, surely and at most once too often.
 *
 * <p>Features put a mail in with {@link dev.latchkey.mail.Outbox} and say what it holds with a
 * {@link dev.latchkey.mail.MailKind}. {@code mail.delivery} takes it from there, over {@code mail.smtp}. A mail is a row
 * until the server has accepted it: nothing is lost by a crash, and the one mail whose last answer was lost is sent again
 * with the same content and Message-ID. What a mail means is left to the features.
 */
@NullMarked
package dev.latchkey.mail;

import org.jspecify.annotations.NullMarked;
