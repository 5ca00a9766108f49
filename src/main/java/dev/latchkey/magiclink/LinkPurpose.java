package dev.latchkey.magiclink;

/** What a magic link opens. A token made for one purpose is unknown to every other. */
public enum LinkPurpose {
    EDIT_PROFILE("/edit/"),
    /** Proves the mailbox. */
    CONFIRM_EMAIL("/confirm/"),
    /** Confirms a registration of the session-key API, which tells the link to its caller: it proves no mailbox. */
    CONFIRM_REGISTRATION("/confirm_registration/");

    private final String path;

    LinkPurpose(String path) {
        this.path = path;
    }

    /** The path of a link with this token. */
    public String pathOf(String token) {
        return path + token;
    }
}
