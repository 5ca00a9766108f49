package dev.latchkey.mail.smtp;

/** What the mail server made of one mail. */
public sealed interface SmtpReply {

    /**
     * It took the mail and answers for it from now on.
     *
     * @param answer in its words, which often hold the name that the mail has in its queue
     */
    record Accepted(String answer) implements SmtpReply {}

    /** It will never take this mail (5xx for the recipient or the message). */
    record Refused(String error) implements SmtpReply {}

    /**
     * It did not take the mail now.
     *
     * @param blame whom it minds: where it is not this mail, the mail is not given up for it
     */
    record NotNow(String error, SmtpBlame blame) implements SmtpReply {}

    /** There was no connection, and nothing was said of the mail. */
    record Unreachable(String error) implements SmtpReply {}
}
