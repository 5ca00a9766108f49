package dev.latchkey.magiclink;

/** What a magic link opens. A token made for one purpose is unknown to every other. */
public enum LinkPurpose {
    EDIT_PROFILE("/edit/", LinkMail.EDIT),
    /** Proves the mailbox. */
    CONFIRM_EMAIL("/confirm/", LinkMail.CONFIRM),
    /** Confirms a registration of the session-key API, which tells the link to its caller: it proves no mailbox. */
    CONFIRM_REGISTRATION("/confirm_registration/", LinkMail.REGISTRATION);

    private final String path;
    private final String mail;

    LinkPurpose(String path, String mail) {
        this.path = path;
        this.mail = mail;
    }

    /** The path of a link with this token. */
    public String pathOf(String token) {
        return path + token;
    }

    /** The kind of mail that asks for what the link does. */
    String mail() {
        return mail;
    }
}
