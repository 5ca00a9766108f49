package dev.latchkey.devinbox.delivery;

/** What can become of a mail that is handed to the dev inbox. */
public enum MailFault {
    /** Not now: it is tried again. */
    BUSY("451"),
    /** There is no such mailbox: it is parked. */
    REFUSED("550"),
    /** No answer, until whoever sends it has waited for long enough. */
    STALL("stall"),
    /** The connection ends in the middle of the mail. */
    CUT("cut"),
    /** Taken, and then reported as not delivered. */
    BOUNCE("bounce");

    private final String word;

    MailFault(String word) {
        this.word = word;
    }

    /** As scripts spell it. */
    public String word() {
        return word;
    }
}
