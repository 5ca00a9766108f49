package dev.latchkey.magiclink;

/** What a magic link opens. A token made for one purpose is unknown to every other. */
public enum LinkPurpose {
    EDIT_PROFILE("/edit/", LinkMail.EDIT),
    /** Proves the mailbox. */
    CONFIRM_EMAIL("/confirm/", LinkMail.CONFIRM),
    /** Confirms a registration of the session-key API, which tells the link to its caller: it proves no mailbox. */
    CONFIRM_REGISTRATION("/confirm_registration/", LinkMail.REGISTRATION),
    /** Signs in on the account's own pages. */
    SIGN_IN("/account/in/", LinkMail.SIGN_IN),
    /** Signs in on the way to letting an assistant in; its id is kept with what the assistant asks for. */
    AUTHORIZE("/oauth/in/", LinkMail.AUTHORIZE),
    /** Takes back a change of which a notice told; its id is kept with the change. */
    UNDO_CHANGE("/undo/", LinkMail.EDIT),
    /** Moves the account to the mailbox that it was sent to; its id is kept with the wish to move. */
    CHANGE_EMAIL("/email/", LinkMail.EDIT),
    /** Takes back that an account was closed; its id is kept with the closing. */
    KEEP_ACCOUNT("/keep/", LinkMail.EDIT);

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

    /** The kind of mail that asks for what the link does; for what is kept elsewhere, that which is asked for instead. */
    String mail() {
        return mail;
    }
}
