-- SPDX-License-Identifier: EUPL-1.2
-- Signatures of others under our checkpoints, and the public keys they are checked with. A key
-- counts from when the provider confirmed it until it is ended; signatures made with it stay.
-- instansi_id 0: a key of the provider's own second person.

-- migration: 1
CREATE TABLE cosign_key (
    key_id INTEGER PRIMARY KEY,
    instansi_id INTEGER NOT NULL,
    vkey TEXT NOT NULL,
    made_us INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    confirmed_us INTEGER NOT NULL,
    confirmed_by TEXT NOT NULL,
    ended_us INTEGER NOT NULL,
    ended_by TEXT NOT NULL,
    UNIQUE (instansi_id, vkey)
) STRICT;
CREATE TABLE cosign (
    log_id INTEGER NOT NULL,
    size INTEGER NOT NULL,
    key_id INTEGER NOT NULL,
    line TEXT NOT NULL,
    made_us INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    PRIMARY KEY (log_id, size, key_id)
) STRICT;

-- name: cosign_key_insert :one
INSERT INTO cosign_key (instansi_id, vkey, made_us, made_by, confirmed_us, confirmed_by, ended_us, ended_by)
VALUES (:instansi_id /*int*/, :vkey /*text*/, :now_us /*int*/, :made_by /*text*/, 0, '', 0, '') RETURNING key_id /*int*/;

-- name: cosign_key_live :one
-- about: how many of an agency are not ended
SELECT count(*) AS n /*int*/ FROM cosign_key WHERE instansi_id = :instansi_id /*int*/ AND ended_us = 0;

-- name: cosign_key_same :one
-- about: whoever named it, under whatever name: a vkey ends in what is signed with, 44 letters, and one
-- signature must not count for two
SELECT key_id /*int*/ FROM cosign_key WHERE vkey LIKE :pattern /*text*/ ORDER BY key_id LIMIT 1;

-- name: cosign_key_get :one
-- lock: update
SELECT key_id /*int*/, instansi_id /*int*/, vkey /*text*/, made_us /*int*/, made_by /*text*/, confirmed_us /*int*/,
    confirmed_by /*text*/, ended_us /*int*/, ended_by /*text*/
FROM cosign_key WHERE key_id = :key_id /*int*/;

-- name: cosign_key_confirm :exec
UPDATE cosign_key SET confirmed_us = :now_us /*int*/, confirmed_by = :by_user /*text*/ WHERE key_id = :key_id /*int*/;

-- name: cosign_key_end :exec
UPDATE cosign_key SET ended_us = :now_us /*int*/, ended_by = :by_user /*text*/ WHERE key_id = :key_id /*int*/;

-- name: cosign_key_list :many 200
-- about: of one agency, or of all (-1); those in use first, the newest first
SELECT key_id /*int*/, instansi_id /*int*/, vkey /*text*/, made_us /*int*/, made_by /*text*/, confirmed_us /*int*/,
    confirmed_by /*text*/, ended_us /*int*/, ended_by /*text*/
FROM cosign_key WHERE :instansi_id /*int*/ = -1 OR instansi_id = :instansi_id
ORDER BY CASE WHEN ended_us > 0 THEN 1 ELSE 0 END, key_id DESC LIMIT 200;

-- name: cosign_key_use :many 8
-- about: those an agency may sign with now
SELECT key_id /*int*/, vkey /*text*/ FROM cosign_key
WHERE instansi_id = :instansi_id /*int*/ AND ended_us = 0 AND confirmed_us > 0 ORDER BY key_id LIMIT 8;

-- name: cosign_insert :exec
INSERT INTO cosign (log_id, size, key_id, line, made_us, made_by)
VALUES (:log_id /*int*/, :size /*int*/, :key_id /*int*/, :line /*text*/, :now_us /*int*/, :made_by /*text*/)
ON CONFLICT (log_id, size, key_id) DO NOTHING;

-- name: cosign_lines :many 16
-- about: the signatures under a checkpoint, in the order they came
SELECT c.key_id /*int*/, c.line /*text*/, c.made_us /*int*/, c.made_by /*text*/, k.instansi_id /*int*/, k.vkey /*text*/
FROM cosign c JOIN cosign_key k ON k.key_id = c.key_id
WHERE c.log_id = :log_id /*int*/ AND c.size = :size /*int*/ ORDER BY c.made_us, c.key_id LIMIT 16;

-- name: cosign_last :one
-- about: the newest checkpoint of a log that somebody else signed, or -1
SELECT coalesce(max(size), -1) AS size /*int*/ FROM cosign WHERE log_id = :log_id /*int*/;
