package dev.latchkey.mail.smtp;

/** Whom a mail server minds when it does not take a mail. */
public enum SmtpBlame {
    /** This recipient or this message; others may fare better. */
    MAIL,
    /** Us: our quota, our sender, our standing. The mail is as good as any other. */
    SENDER,
    /** Whoever comes, before anything of a mail was said: it is left alone for a while. */
    SERVER
}
