package dev.latchkey.history;

/** Through which door a change came in. */
public enum Door {
    /** A mailed link, on the page or by another front end. */
    LINK,
    /** The account's own pages. */
    ACCOUNT_PAGE,
    /** A web or mobile client. */
    ACCOUNT_API,
    SESSION_KEY_API,
    /** An assistant that the owner gave a grant. */
    GRANT,
    /** Whoever runs the service, by a command or over the admin API; its owner cannot take that back. */
    OPERATOR,
    /** Another change was taken back. */
    UNDO
}
