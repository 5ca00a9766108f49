package dev.latchkey.mail.smtp;

/** How far a mail has come on its connection. */
enum SmtpPhase {
    /** MAIL FROM: nothing of the mail itself has been said yet. */
    SENDER,
    /** RCPT TO. */
    RECIPIENT,
    /** The message, or the wait for the answer that takes it over. */
    MESSAGE
}
