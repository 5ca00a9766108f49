-- What asking for a link costs must not grow with the requests of the past month. An index over all of them in a random
-- order is too large for any cache, and each new row changes another page of it. So indexes begin with the hour of the
-- request (hours since 1970), and an account's stories outlive it instead of being looked for when it goes.
-- SQLite cannot drop a reference from a column: the tables are made anew, and children go before their parents.
CREATE TABLE new_link_requests (
    id             TEXT    NOT NULL PRIMARY KEY,
    link_id        TEXT    NOT NULL UNIQUE,
    account_id     TEXT,
    subject_digest TEXT    NOT NULL,
    purpose        TEXT    NOT NULL,
    match_phrase   TEXT    NOT NULL,
    state          TEXT    NOT NULL,
    changed        TEXT,
    created_at     INTEGER NOT NULL,
    created_hour   INTEGER NOT NULL,
    expires_at     INTEGER,
    ended_at       INTEGER
) STRICT;

INSERT INTO new_link_requests
SELECT id, link_id, account_id, subject_digest, purpose, match_phrase, state, changed, created_at,
       created_at / 3600000, expires_at, ended_at
FROM link_requests;

CREATE TABLE new_magic_links (
    id         TEXT    NOT NULL PRIMARY KEY,
    request_id TEXT    NOT NULL REFERENCES new_link_requests (id) ON DELETE CASCADE,
    account_id TEXT    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    purpose    TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER
) STRICT;

INSERT INTO new_magic_links SELECT id, request_id, account_id, purpose, created_at, expires_at FROM magic_links;

CREATE TABLE new_proposals (
    link_id    TEXT NOT NULL PRIMARY KEY REFERENCES new_magic_links (id) ON DELETE CASCADE,
    locale     TEXT,
    bio        TEXT,
    name       TEXT,
    nickname   TEXT,
    -- A finished portrait of some ten kilobytes: here nobody but the link's holder can reach it.
    photo      BLOB
) STRICT;

INSERT INTO new_proposals SELECT link_id, locale, bio, name, nickname, photo FROM proposals;

DROP TABLE proposals;
DROP TABLE magic_links;
DROP TABLE link_requests;
ALTER TABLE new_link_requests RENAME TO link_requests;
ALTER TABLE new_magic_links RENAME TO magic_links;
ALTER TABLE new_proposals RENAME TO proposals;

CREATE INDEX link_requests_subject ON link_requests (created_hour, subject_digest);
CREATE INDEX link_requests_account ON link_requests (created_hour, account_id);
CREATE INDEX magic_links_request ON magic_links (request_id);
CREATE INDEX magic_links_account ON magic_links (account_id, purpose);
CREATE INDEX magic_links_expires ON magic_links (expires_at) WHERE expires_at IS NOT NULL;
