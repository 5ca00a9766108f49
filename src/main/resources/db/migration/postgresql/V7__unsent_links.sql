-- A link whose mail is never accepted has an end, too: a mail server that refuses a mail has read it. Those that wait
-- now get a day and a quarter of an hour, the defaults of giving up and of a link's lifetime.
ALTER TABLE magic_links ADD COLUMN unsent_until TIMESTAMPTZ;
UPDATE magic_links SET unsent_until = created_at + interval '1455 minutes';
ALTER TABLE magic_links ALTER COLUMN unsent_until SET NOT NULL;

-- A link that is mailed again gets another id, and what was proposed goes with it.
ALTER TABLE proposals DROP CONSTRAINT proposals_link_id_fkey;
ALTER TABLE proposals ADD CONSTRAINT proposals_link_id_fkey
    FOREIGN KEY (link_id) REFERENCES magic_links (id) ON DELETE CASCADE ON UPDATE CASCADE;
