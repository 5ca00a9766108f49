-- What asking for a link costs must not grow with the requests of the past month. An index over all of them in a random
-- order is too large for any cache, and each new row changes another page of it. So indexes begin with the hour of the
-- request (hours since 1970), and an account's stories outlive it instead of being looked for when it goes.
ALTER TABLE link_requests ADD COLUMN created_hour BIGINT;
UPDATE link_requests SET created_hour = floor(extract(epoch FROM created_at) / 3600);
ALTER TABLE link_requests ALTER COLUMN created_hour SET NOT NULL;
ALTER TABLE link_requests DROP CONSTRAINT link_requests_account_id_fkey;

DROP INDEX link_requests_subject;
DROP INDEX link_requests_account;
DROP INDEX link_requests_created;
CREATE INDEX link_requests_subject ON link_requests (created_hour, subject_digest);
CREATE INDEX link_requests_account ON link_requests (created_hour, account_id);
