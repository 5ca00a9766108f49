-- A link whose mail is never accepted has an end, too: a mail server that refuses a mail has read it. Those that wait
-- now get a day and a quarter of an hour, the defaults of giving up and of a link's lifetime.
ALTER TABLE magic_links ADD COLUMN unsent_until INTEGER NOT NULL DEFAULT 0;
UPDATE magic_links SET unsent_until = created_at + 87300000;

-- A link that is mailed again gets another id, and what was proposed goes with it. SQLite cannot change a reference.
CREATE TABLE new_proposals (
    link_id    TEXT NOT NULL PRIMARY KEY REFERENCES magic_links (id) ON DELETE CASCADE ON UPDATE CASCADE,
    locale     TEXT,
    bio        TEXT,
    name       TEXT,
    nickname   TEXT,
    -- A finished portrait of some ten kilobytes: here nobody but the link's holder can reach it.
    photo      BLOB
) STRICT;

INSERT INTO new_proposals SELECT link_id, locale, bio, name, nickname, photo FROM proposals;
DROP TABLE proposals;
ALTER TABLE new_proposals RENAME TO proposals;
