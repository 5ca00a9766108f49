-- Identifiers are UUIDs as text, as on SQLite, so that one set of repositories serves both.

-- Accounts: who somebody is.

CREATE TABLE accounts (
    id                TEXT        NOT NULL PRIMARY KEY,
    email             TEXT        NOT NULL UNIQUE,
    pin               INTEGER     NOT NULL UNIQUE,
    status            TEXT        NOT NULL,
    tier              TEXT        NOT NULL,
    passphrase_hash   TEXT,
    email_verified_at TIMESTAMPTZ,
    created_at        TIMESTAMPTZ NOT NULL,
    -- Whether assistants may ask for links on the owner's behalf.
    assistants        BOOLEAN     NOT NULL DEFAULT TRUE,
    -- Since when nobody has confirmed an account that somebody signed up for, counted from when it was last used. Absent
    -- for whoever confirmed, by mail or in the session-key API, and for those who were imported: they are never removed
    -- for it.
    unconfirmed_since TIMESTAMPTZ,
    -- Since when no mail goes to the address, as one came back for good or was complained of, and which of the two.
    undeliverable_since TIMESTAMPTZ,
    undeliverable_why TEXT,
    -- What came of mails from before that time says nothing of the mailbox: since then the account has it, or its owner
    -- proved it anew.
    mailbox_since     TIMESTAMPTZ
);

CREATE INDEX accounts_unconfirmed ON accounts (unconfirmed_since) WHERE unconfirmed_since IS NOT NULL;

-- The accounts that the dev environment made, which everybody can sign in to: while there is one, nobody else is served.
CREATE TABLE demo_accounts (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE
);

-- Which terms somebody agreed to when they signed up through an assistant. Evidence: written once, and read by nobody but them.
CREATE TABLE consents (
    account_id    TEXT        NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    terms_version TEXT        NOT NULL,
    given_at      TIMESTAMPTZ NOT NULL
);

-- Leaving and moving: accounts that their owners closed, and the mailboxes that others are to move to.

CREATE TABLE closures (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    -- The public half of the token that takes it back.
    link_id    TEXT NOT NULL UNIQUE,
    -- What the profile showed; meanwhile nobody sees it.
    photo_hash TEXT,
    closed_at  TIMESTAMPTZ NOT NULL,
    erase_at   TIMESTAMPTZ NOT NULL,
    -- When it was taken back.
    kept_at    TIMESTAMPTZ
);

CREATE INDEX closures_erase ON closures (erase_at);
CREATE INDEX closures_photo ON closures (photo_hash) WHERE photo_hash IS NOT NULL;

-- One for each time that somebody asked; of one account at most one is open.
CREATE TABLE email_moves (
    id               TEXT NOT NULL PRIMARY KEY,
    account_id       TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- The public half of the token that moves it.
    link_id          TEXT NOT NULL UNIQUE,
    email            TEXT NOT NULL,
    state            TEXT NOT NULL,
    asked_at         TIMESTAMPTZ NOT NULL,
    -- Absent until the mail server has accepted the mail.
    expires_at       TIMESTAMPTZ,
    unsent_until     TIMESTAMPTZ NOT NULL,
    ended_at         TIMESTAMPTZ,
    -- What the account had until then, and since when that was proved.
    left_email       TEXT,
    left_verified_at TIMESTAMPTZ
);

CREATE INDEX email_moves_account ON email_moves (account_id);
CREATE INDEX email_moves_asked ON email_moves (asked_at);

-- Profiles: what people tell of themselves.

CREATE TABLE profiles (
    account_id TEXT        NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    name       TEXT,
    pronouns   TEXT,
    nickname   TEXT UNIQUE,
    bio        TEXT,
    locale     TEXT,
    photo_hash TEXT,
    version    BIGINT      NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX profiles_photo_hash ON profiles (photo_hash) WHERE photo_hash IS NOT NULL;

-- Links: requests, what they opened, and what was proposed with them.

-- The history of each request for a link: what Status tells and what explains a dead link. It outlives the account.
-- What asking for a link costs must not grow with the requests of the past month. An index over all of them in a random
-- order is too large for any cache, and each new row changes another page of it. So indexes begin with the hour of the
-- request (hours since 1970).
CREATE TABLE link_requests (
    id                  TEXT        NOT NULL PRIMARY KEY,
    link_id             TEXT        NOT NULL UNIQUE,
    account_id          TEXT,
    subject_digest      TEXT        NOT NULL,
    purpose             TEXT        NOT NULL,
    match_phrase        TEXT        NOT NULL,
    state               TEXT        NOT NULL,
    changed             TEXT,
    created_at          TIMESTAMPTZ NOT NULL,
    created_hour        BIGINT      NOT NULL,
    expires_at          TIMESTAMPTZ,
    ended_at            TIMESTAMPTZ,
    -- Through which door it came, and in whose name: what people are told when they ask.
    door                TEXT        NOT NULL,
    assistant           TEXT,
    caller_user         TEXT,
    caller_conversation TEXT
);

CREATE INDEX link_requests_subject ON link_requests (created_hour, subject_digest);
CREATE INDEX link_requests_account ON link_requests (created_hour, account_id);

-- The links that still open something. Saving deletes the row, and the row count says who was first.
CREATE TABLE magic_links (
    id           TEXT        NOT NULL PRIMARY KEY,
    request_id   TEXT        NOT NULL REFERENCES link_requests (id) ON DELETE CASCADE,
    -- Absent where it was asked for nobody: such a link opens nothing, and costs as much as any.
    account_id   TEXT        REFERENCES accounts (id) ON DELETE CASCADE,
    purpose      TEXT        NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    -- Absent until the mail server has accepted the mail.
    expires_at   TIMESTAMPTZ,
    -- A link whose mail is never accepted has an end, too: a mail server that refuses a mail has read it.
    unsent_until TIMESTAMPTZ NOT NULL,
    -- When it ends at the latest, however much time it is given; absent until its life has begun.
    longest_until TIMESTAMPTZ
);

CREATE INDEX magic_links_request ON magic_links (request_id);
CREATE INDEX magic_links_account ON magic_links (account_id, purpose);
CREATE INDEX magic_links_expires ON magic_links (expires_at) WHERE expires_at IS NOT NULL;

-- What an assistant proposes for a profile. It belongs to a link and dies with it: used, revoked or expired. A link that is
-- mailed again gets another id, and what waits behind it goes with it.
CREATE TABLE proposals (
    link_id  TEXT NOT NULL PRIMARY KEY REFERENCES magic_links (id) ON DELETE CASCADE ON UPDATE CASCADE,
    -- A JSON object of field to text.
    texts    TEXT NOT NULL,
    -- A finished portrait of some ten kilobytes: here nobody but the link's holder can reach it.
    photo    BYTEA
);

-- What somebody typed into a form whose link had ended. It comes back in the same browser behind a fresh link of the same
-- account, and goes with the Save, after a day, or with the account.
CREATE TABLE typed_forms (
    -- A keyed digest of the browser's cookie and the account.
    id         TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- A JSON object of field to text; never a passphrase.
    texts      TEXT NOT NULL,
    typed_at   TIMESTAMPTZ NOT NULL
);

CREATE INDEX typed_forms_account ON typed_forms (account_id);
CREATE INDEX typed_forms_typed ON typed_forms (typed_at);

-- History: what was changed, told to the owner, and can be taken back.

-- Before and after are JSON objects of field to text, an empty one for none. They go when nothing needs them any more;
-- the names of the fields stay for a month.
CREATE TABLE changes (
    id              TEXT    NOT NULL PRIMARY KEY,
    account_id      TEXT    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    happened_at     TIMESTAMPTZ NOT NULL,
    door            TEXT    NOT NULL,
    request_id      TEXT,
    client          TEXT,
    -- Who was told: the address of that time.
    told            TEXT,
    fields          TEXT    NOT NULL,
    before          TEXT,
    after           TEXT,
    -- What was given up and is held for its owner while it may come back.
    email_before    TEXT,
    nickname_before TEXT,
    photo_before    TEXT,
    -- Absent where nothing takes it back.
    undo_id         TEXT UNIQUE,
    undo_until      TIMESTAMPTZ NOT NULL,
    undone_at       TIMESTAMPTZ
);

CREATE INDEX changes_account ON changes (account_id, id);
CREATE INDEX changes_request ON changes (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX changes_happened ON changes (happened_at);
CREATE INDEX changes_values ON changes (undo_until) WHERE before IS NOT NULL;
CREATE INDEX changes_email ON changes (email_before) WHERE email_before IS NOT NULL;
CREATE INDEX changes_nickname ON changes (nickname_before) WHERE nickname_before IS NOT NULL;
CREATE INDEX changes_photo ON changes (photo_before) WHERE photo_before IS NOT NULL;

-- Outbox: mails that wait to be accepted by the mail server, and those it refused for good (parked). So with webhooks.

CREATE TABLE outbox (
    id         TEXT        NOT NULL PRIMARY KEY,
    kind       TEXT        NOT NULL,
    about_id   TEXT        NOT NULL,
    state      TEXT        NOT NULL,
    -- When the next attempt may begin; a worker that takes a mail moves it to the end of its lease.
    due_at     TIMESTAMPTZ NOT NULL,
    leased_by  TEXT,
    attempts   INTEGER     NOT NULL,
    last_error TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    -- What carries it: a backlog of one channel holds up no other.
    channel    TEXT        NOT NULL,
    -- Written together with its cause; absent of mails, which are composed when their turn comes.
    body       TEXT
);

CREATE INDEX outbox_due ON outbox (state, channel, due_at);
CREATE INDEX outbox_leased ON outbox (leased_by) WHERE leased_by IS NOT NULL;

-- Sessions: who is signed in, and who tried.

-- By an access token or a grant, of which the id is kept, or by a session key or a cookie, of which the digest is. The
-- row is the right: a signed token without its row opens nothing, on any node.
CREATE TABLE sessions (
    id           TEXT        NOT NULL PRIMARY KEY,
    account_id   TEXT        NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind         TEXT        NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    last_used_at TIMESTAMPTZ NOT NULL,
    expires_at   TIMESTAMPTZ NOT NULL,
    -- By a mailed link or by the passphrase.
    proof        TEXT,
    -- Browser and system, as they call themselves, for the owner to recognise it.
    client       TEXT        NOT NULL
);

CREATE INDEX sessions_account ON sessions (account_id);
CREATE INDEX sessions_expires ON sessions (expires_at);

-- The photo that somebody uploaded with a form that could not be saved: a finished portrait, for whoever holds the link or
-- the session that the form was opened with. It goes with the one it has.
CREATE TABLE kept_photos (
    link_id    TEXT UNIQUE REFERENCES magic_links (id) ON DELETE CASCADE ON UPDATE CASCADE,
    session_id TEXT UNIQUE REFERENCES sessions (id) ON DELETE CASCADE,
    jpeg       BYTEA NOT NULL
);

-- Failed sign-ins in a row, of one caller at one address. Keys begin with a digest of the address, so that those of one
-- address lie together.
CREATE TABLE sign_in_attempts (
    -- Compared byte by byte, as on SQLite, so that the index finds what begins alike.
    key_digest   TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    failures     INTEGER     NOT NULL,
    last_at      TIMESTAMPTZ NOT NULL,
    succeeded_at TIMESTAMPTZ
);

CREATE INDEX sign_in_attempts_last ON sign_in_attempts (last_at);

-- OAuth: assistants that people let in.

-- What a session of an assistant is for. Its tokens are minted from its id, so nothing of them is kept.
CREATE TABLE grants (
    id             TEXT    NOT NULL PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
    client_id      TEXT    NOT NULL,
    client_host    TEXT    NOT NULL,
    client_name    TEXT,
    scope          TEXT    NOT NULL,
    redirect_uri   TEXT    NOT NULL,
    code_challenge TEXT    NOT NULL,
    -- How often the client exchanged what it had for new tokens: of two that try, one finds it as it was.
    generation     INTEGER NOT NULL
);

-- The clients that registered themselves. They are public ones, so nothing in here opens anything.
CREATE TABLE oauth_clients (
    id            TEXT        NOT NULL PRIMARY KEY,
    name          TEXT,
    -- A JSON list.
    redirect_uris TEXT        NOT NULL,
    created_at    TIMESTAMPTZ NOT NULL,
    -- A day after it registered, 90 days after it last got tokens.
    expires_at    TIMESTAMPTZ NOT NULL
);

CREATE INDEX oauth_clients_expires ON oauth_clients (expires_at);

-- Contacts: what the session-key API knows of an account, whether it was confirmed there and how to reach its owner.

CREATE TABLE contacts (
    account_id           TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    confirmed_at         TIMESTAMPTZ,
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
);

-- Budgets: limits that refill evenly. Of each, one time is enough: when it will be full again if nobody takes anything
-- more, in microseconds since 1970. A budget that is full needs no row.

CREATE TABLE budgets (
    digest  TEXT   NOT NULL PRIMARY KEY,
    full_at BIGINT NOT NULL
);

-- Photos: those that are kept, by the hash of their bytes, whoever shows them.

CREATE TABLE photos (
    hash      TEXT        NOT NULL PRIMARY KEY,
    -- When it was last stored; what no profile shows is deleted by its age.
    stored_at TIMESTAMPTZ NOT NULL,
    -- Whether a public bucket shows it.
    published BOOLEAN     NOT NULL DEFAULT FALSE,
    -- When somebody took it in hand to delete or to publish it; meanwhile nobody stores it.
    held_at   TIMESTAMPTZ
);

-- The photos uploaded for each account within the past hour, whatever became of them.

CREATE TABLE photo_uploads (
    id          TEXT        NOT NULL PRIMARY KEY,
    account_id  TEXT        NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    uploaded_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX photo_uploads_account ON photo_uploads (account_id, uploaded_at);

-- OAuth: assistants that people let in.

-- What an assistant asks for while a mailed link waits to sign its owner in. It belongs to the link and dies with it. Written
-- for links to nobody, too: a code that nobody got is looked for like any.
CREATE TABLE authorization_requests (
    link_id TEXT    NOT NULL PRIMARY KEY REFERENCES magic_links (id) ON DELETE CASCADE ON UPDATE CASCADE,
    -- Whose host the mail names; absent for an app on the person's own device.
    client  TEXT,
    -- The query of the address at which it asks.
    query   TEXT    NOT NULL,
    -- Codes that were typed.
    tries   INTEGER NOT NULL
);

-- Backups: the times that one was restored. What is in here is part of the key of every token, so that none from before a
-- restore is recognised after it.
CREATE TABLE restores (
    id          TEXT NOT NULL PRIMARY KEY,
    taken_at    TIMESTAMPTZ NOT NULL,
    restored_at TIMESTAMPTZ NOT NULL
);

-- Reports of mails that came back or were complained of: those that were heard lately, so that none counts twice, and who
-- looks for more.

CREATE TABLE mail_reports (
    -- A keyed digest of who reported and of how they call it.
    digest   TEXT NOT NULL PRIMARY KEY,
    heard_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX mail_reports_heard ON mail_reports (heard_at);

CREATE TABLE report_turns (
    -- Of the mailbox that is looked into.
    mailbox TEXT NOT NULL PRIMARY KEY,
    -- Before that time nobody else looks into it.
    ends_at TIMESTAMPTZ NOT NULL
);
