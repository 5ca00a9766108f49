-- What an assistant proposes for a profile. It belongs to a link and dies with it: used, revoked or expired.
CREATE TABLE proposals (
    link_id    TEXT NOT NULL PRIMARY KEY REFERENCES magic_links (id) ON DELETE CASCADE,
    locale     TEXT,
    bio        TEXT,
    name       TEXT,
    nickname   TEXT,
    -- A finished portrait of some ten kilobytes: here nobody but the link's holder can reach it.
    photo      BLOB
) STRICT;
