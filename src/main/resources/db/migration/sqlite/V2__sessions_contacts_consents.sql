-- Access tokens that are still good. The row is the right: a signed token without its row opens nothing, on any node.
CREATE TABLE access_tokens (
    id         TEXT    NOT NULL PRIMARY KEY,
    account_id TEXT    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX access_tokens_account ON access_tokens (account_id);
CREATE INDEX access_tokens_expires ON access_tokens (expires_at);

CREATE TABLE session_keys (
    digest     TEXT    NOT NULL PRIMARY KEY,
    account_id TEXT    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX session_keys_account ON session_keys (account_id);
CREATE INDEX session_keys_expires ON session_keys (expires_at);

-- Failed sign-ins in a row, by digest of an account's address, of a caller, or of the two together.
CREATE TABLE sign_in_attempts (
    key_digest   TEXT    NOT NULL PRIMARY KEY,
    failures     INTEGER NOT NULL,
    last_at      INTEGER NOT NULL,
    succeeded_at INTEGER
) STRICT;

CREATE INDEX sign_in_attempts_last ON sign_in_attempts (last_at);

-- Which terms somebody agreed to when they signed up through an assistant.
CREATE TABLE consents (
    account_id    TEXT    NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    terms_version TEXT    NOT NULL,
    given_at      INTEGER NOT NULL
) STRICT;

-- What the session-key API knows of an account: whether it was confirmed there, and how to reach its owner.
CREATE TABLE contacts (
    account_id           TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    confirmed_at         INTEGER,
    first_name           TEXT,
    last_name            TEXT,
    address1             TEXT,
    address2             TEXT,
    city                 TEXT,
    state                TEXT,
    country              TEXT,
    pin_code             TEXT,
    contact_country_code TEXT,
    contact_number       TEXT
) STRICT;
