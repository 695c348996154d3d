-- SPDX-License-Identifier: EUPL-1.2
-- The life of a program's secrets: made, used, ended; and the certificates a service user
-- id is bound to. The table itself is as old as user ids (identity.sql). ended_us 0: not
-- ended by anybody; expires_us 0: never. certificates: up to three SHA-256 fingerprints in
-- hex, with commas.

-- migration: 1
ALTER TABLE credential ADD COLUMN made_by TEXT NOT NULL DEFAULT '';
ALTER TABLE credential ADD COLUMN used_us INTEGER NOT NULL DEFAULT 0;
ALTER TABLE credential ADD COLUMN ended_us INTEGER NOT NULL DEFAULT 0;
ALTER TABLE credential ADD COLUMN ended_by TEXT NOT NULL DEFAULT '';
ALTER TABLE user_account ADD COLUMN certificates TEXT NOT NULL DEFAULT '';

-- name: credential_lock :one
-- about: one at a time may make, rotate or end those of a user id
-- lock: update
SELECT role /*text*/, closed /*int*/ FROM user_account WHERE user_key = :user_key /*int*/;

-- name: credential_insert :exec
INSERT INTO credential (secret_hash, user_key, made_us, expires_us, made_by)
VALUES (:secret_hash /*blob*/, :user_key /*int*/, :made_us /*int*/, :expires_us /*int*/, :made_by /*text*/);

-- name: credential_find :batchone
-- set: only read
-- about: the service a secret and a user id belong to; expires_us 0 never expires
SELECT c.credential_id /*int*/, c.expires_us /*int*/, c.used_us /*int*/, c.ended_us /*int*/, u.certificates /*text*/,
       u.scopes /*text*/,
       u.user_key /*int*/, u.user_id /*text*/, u.role /*text*/, u.instansi_id /*int*/,
       u.must_change /*int*/, u.closed /*int*/, u.narrowing /*text*/, u.standing_kejadian /*int*/, u.last_seen_us /*int*/,
       u.made_us /*int*/, u.reopened_us /*int*/, u.expires_us AS user_expires_us /*int*/, u.sandbox /*int*/
FROM credential c JOIN user_account u ON u.user_key = c.user_key
WHERE c.secret_hash = :secret_hash /*blob*/ AND u.user_id = :user_id /*text*/;

-- name: credential_bearer :one
-- about: the service a secret belongs to, whoever it is; the hash is unique
SELECT c.credential_id /*int*/, c.expires_us /*int*/, c.used_us /*int*/, c.ended_us /*int*/, u.certificates /*text*/,
       u.scopes /*text*/,
       u.user_key /*int*/, u.user_id /*text*/, u.role /*text*/, u.instansi_id /*int*/,
       u.must_change /*int*/, u.closed /*int*/, u.narrowing /*text*/, u.standing_kejadian /*int*/, u.last_seen_us /*int*/,
       u.made_us /*int*/, u.reopened_us /*int*/, u.expires_us AS user_expires_us /*int*/, u.sandbox /*int*/
FROM credential c JOIN user_account u ON u.user_key = c.user_key
WHERE c.secret_hash = :secret_hash /*blob*/;

-- name: credential_used :batchexec
-- about: only forward: a clock that steps back changes nothing
UPDATE credential SET used_us = :now_us /*int*/ WHERE credential_id = :credential_id /*int*/ AND used_us < :now_us;

-- name: credential_list :many 50
-- about: those that live first, then the latest
SELECT credential_id /*int*/, secret_hash /*blob*/, made_us /*int*/, made_by /*text*/, expires_us /*int*/, used_us /*int*/,
       ended_us /*int*/, ended_by /*text*/
FROM credential WHERE user_key = :user_key /*int*/
ORDER BY CASE WHEN ended_us = 0 AND (expires_us = 0 OR expires_us > :now_us /*int*/) THEN 0 ELSE 1 END,
         made_us DESC, credential_id DESC LIMIT 50;

-- name: credential_live :one
SELECT count(*) AS n /*int*/ FROM credential
WHERE user_key = :user_key /*int*/ AND ended_us = 0 AND (expires_us = 0 OR expires_us > :now_us /*int*/);

-- name: credential_shorten :exec
-- about: all that live end at until_us at the latest
UPDATE credential SET expires_us = :until_us /*int*/
WHERE user_key = :user_key /*int*/ AND ended_us = 0 AND (expires_us = 0 OR expires_us > :until_us);

-- name: credential_end :exec
UPDATE credential SET ended_us = :now_us /*int*/, ended_by = :ended_by /*text*/
WHERE credential_id = :credential_id /*int*/ AND ended_us = 0;

-- name: credential_ending :many 50
-- about: open service user ids of an instansi whose last secret ends before until_us, the
-- soonest first; those who never had one, or whose secrets were all ended, are not among them
SELECT u.user_id /*text*/, max(c.expires_us) AS last_us /*int?*/
FROM credential c JOIN user_account u ON u.user_key = c.user_key
WHERE u.instansi_id = :instansi_id /*int*/ AND u.role = 'service' AND u.closed = 0 AND c.ended_us = 0
GROUP BY u.user_id
HAVING min(c.expires_us) > 0 AND max(c.expires_us) < :until_us /*int*/
ORDER BY max(c.expires_us), u.user_id LIMIT 50;

-- name: service_page :many 200
-- about: programs of one instansi (< 0: of all), in order of user id, with what lives of
-- their secrets; last_us is the last day of the one that lives longest, 0 where one never ends
SELECT u.user_key /*int*/, u.user_id /*text*/, u.instansi_id /*int*/, u.closed /*int*/, u.last_seen_us /*int*/,
       u.made_us /*int*/, u.reopened_us /*int*/, u.expires_us /*int*/, u.narrowing /*text*/, u.certificates /*text*/,
       (SELECT count(*) FROM credential c WHERE c.user_key = u.user_key AND c.ended_us = 0
          AND (c.expires_us = 0 OR c.expires_us > :now_us /*int*/)) AS live /*int*/,
       (SELECT CASE WHEN min(c.expires_us) = 0 THEN 0 ELSE max(c.expires_us) END FROM credential c
          WHERE c.user_key = u.user_key AND c.ended_us = 0 AND (c.expires_us = 0 OR c.expires_us > :now_us)) AS last_us /*int?*/,
       (SELECT max(c.used_us) FROM credential c WHERE c.user_key = u.user_key) AS used_us /*int?*/
FROM user_account u
WHERE u.role = 'service' AND (:instansi_id /*int*/ < 0 OR u.instansi_id = :instansi_id)
ORDER BY u.user_id LIMIT :most /*int*/ OFFSET :skip /*int*/;

-- name: service_count :one
SELECT count(*) AS n /*int*/ FROM user_account
WHERE role = 'service' AND (:instansi_id /*int*/ < 0 OR instansi_id = :instansi_id);

-- name: certificates_get :one
SELECT certificates /*text*/ FROM user_account WHERE user_key = :user_key /*int*/ AND role = 'service';

-- name: certificates_set :exec
UPDATE user_account SET certificates = :certificates /*text*/ WHERE user_key = :user_key /*int*/;
