-- Since when nobody has confirmed an account that somebody signed up for, counted from when it was last used. Absent for
-- whoever confirmed, by mail or in the session-key API, and for those who were imported: they are never removed for it.
-- Sign-ups show by a passphrase or a consent that came without any proof. They have their whole time from now on.
ALTER TABLE accounts ADD COLUMN unconfirmed_since INTEGER;

UPDATE accounts SET unconfirmed_since = CAST(unixepoch('subsec') * 1000 AS INTEGER)
WHERE email_verified_at IS NULL
  AND (passphrase_hash IS NOT NULL OR id IN (SELECT account_id FROM consents))
  AND id NOT IN (SELECT account_id FROM contacts WHERE confirmed_at IS NOT NULL);

CREATE INDEX accounts_unconfirmed ON accounts (unconfirmed_since) WHERE unconfirmed_since IS NOT NULL;

-- Nicknames are for those who proved their mailbox.
UPDATE profiles SET nickname = NULL, version = version + 1
WHERE nickname IS NOT NULL AND account_id IN (SELECT id FROM accounts WHERE email_verified_at IS NULL);

-- What is written for nobody in place of a link, with as many indexes, so that asking for nobody's link costs the same. A
-- table of its own, so that it can open nothing.
CREATE TABLE decoy_links (
    id         TEXT NOT NULL PRIMARY KEY,
    request_id TEXT NOT NULL,
    purpose    TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX decoy_links_request ON decoy_links (request_id);
CREATE INDEX decoy_links_purpose ON decoy_links (purpose, created_at);
CREATE INDEX decoy_links_expires ON decoy_links (expires_at);
