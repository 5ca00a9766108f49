package dev.latchkey.session;

/** What somebody is signed in with. */
public enum SessionKind {
    /** A bearer token of the account API. */
    ACCESS_TOKEN,
    /** A key of the session-key API. */
    SESSION_KEY,
    /** A cookie of the account's own pages. */
    PAGE,
    /** Access tokens of an assistant that its owner let in. */
    GRANT
}
