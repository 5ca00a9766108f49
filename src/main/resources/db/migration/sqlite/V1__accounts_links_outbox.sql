-- Times are milliseconds since 1970 in UTC; identifiers are UUIDs as text.

CREATE TABLE accounts (
    id                TEXT    NOT NULL PRIMARY KEY,
    email             TEXT    NOT NULL UNIQUE,
    pin               INTEGER NOT NULL UNIQUE,
    status            TEXT    NOT NULL,
    tier              TEXT    NOT NULL,
    passphrase_hash   TEXT,
    email_verified_at INTEGER,
    created_at        INTEGER NOT NULL
) STRICT;

CREATE TABLE profiles (
    account_id TEXT    NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    name       TEXT,
    nickname   TEXT UNIQUE,
    bio        TEXT,
    locale     TEXT,
    photo_hash TEXT,
    version    INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX profiles_photo_hash ON profiles (photo_hash) WHERE photo_hash IS NOT NULL;

-- The story of each request for a link: what Status tells and what explains a dead link.
CREATE TABLE link_requests (
    id             TEXT    NOT NULL PRIMARY KEY,
    link_id        TEXT    NOT NULL UNIQUE,
    account_id     TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    subject_digest TEXT    NOT NULL,
    purpose        TEXT    NOT NULL,
    match_phrase   TEXT    NOT NULL,
    state          TEXT    NOT NULL,
    changed        TEXT,
    created_at     INTEGER NOT NULL,
    expires_at     INTEGER,
    ended_at       INTEGER
) STRICT;

CREATE INDEX link_requests_subject ON link_requests (subject_digest, created_at);
CREATE INDEX link_requests_account ON link_requests (account_id);
CREATE INDEX link_requests_created ON link_requests (created_at);

-- The links that still open something. Saving deletes the row, and the row count says who was first.
CREATE TABLE magic_links (
    id         TEXT    NOT NULL PRIMARY KEY,
    request_id TEXT    NOT NULL REFERENCES link_requests (id) ON DELETE CASCADE,
    account_id TEXT    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    purpose    TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER
) STRICT;

CREATE INDEX magic_links_request ON magic_links (request_id);
CREATE INDEX magic_links_account ON magic_links (account_id, purpose);
CREATE INDEX magic_links_expires ON magic_links (expires_at) WHERE expires_at IS NOT NULL;

-- How often each caller asked in its present window.
CREATE TABLE caller_limits (
    caller_digest TEXT    NOT NULL PRIMARY KEY,
    window_start  INTEGER NOT NULL,
    hits          INTEGER NOT NULL
) STRICT;

CREATE INDEX caller_limits_window ON caller_limits (window_start);

-- Mails that wait to be accepted by the mail server, and those it refused for good (parked).
-- due_at is when the next attempt may begin; a worker that takes a mail moves it to the end of its lease.
CREATE TABLE outbox (
    id         TEXT    NOT NULL PRIMARY KEY,
    kind       TEXT    NOT NULL,
    subject_id TEXT    NOT NULL,
    detail     TEXT,
    state      TEXT    NOT NULL,
    due_at     INTEGER NOT NULL,
    leased_by  TEXT,
    attempts   INTEGER NOT NULL,
    last_error TEXT,
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX outbox_due ON outbox (state, due_at);
CREATE INDEX outbox_leased ON outbox (leased_by) WHERE leased_by IS NOT NULL;
