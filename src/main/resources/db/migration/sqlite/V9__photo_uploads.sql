-- The photos uploaded for each account within the past hour, whatever became of them.
CREATE TABLE photo_uploads (
    id          TEXT    NOT NULL PRIMARY KEY,
    account_id  TEXT    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    uploaded_at INTEGER NOT NULL
) STRICT;

CREATE INDEX photo_uploads_account ON photo_uploads (account_id, uploaded_at);
