-- SPDX-License-Identifier: EUPL-1.2
-- Quota counters, one row per instansi, method and WIB day, and the idempotency
-- keys of the last minutes, as keyed hashes only (DOMAIN 2 "Repeats").

-- migration: 1
CREATE TABLE quota_day (
    instansi_id INTEGER NOT NULL,
    method INTEGER NOT NULL,
    day INTEGER NOT NULL,
    used INTEGER NOT NULL CHECK (used >= 0),
    PRIMARY KEY (instansi_id, method, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE repeat_key (
    key_hash BLOB NOT NULL,
    body_hash BLOB NOT NULL,
    made_us INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (key_hash, body_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX repeat_key_by_made ON repeat_key (made_us);

-- name: quota_hold :batchone
-- set: one line an instansi and method
-- about: insert if absent, charge, lock and read in one statement; the update is what
-- makes PostgreSQL lock the row and wait for whoever inserts it at this moment
INSERT INTO quota_day (instansi_id, method, day, used)
VALUES (:instansi_id /*int*/, :method /*int*/, :day /*int*/, :hits /*int*/)
ON CONFLICT (instansi_id, method, day) DO UPDATE SET used = quota_day.used + excluded.used
RETURNING used /*int*/;

-- name: quota_correct :batchexec
-- set: one line an instansi and method
-- later: the rows are held, and a number below 0 is an accident
-- about: by how much more (or less, below 0) was taken than the row was charged at first
UPDATE quota_day SET used = used + :hits /*int*/
WHERE instansi_id = :instansi_id /*int*/ AND method = :method /*int*/ AND day = :day /*int*/;

-- name: quota_look :batchone
-- set: only read
SELECT used /*int*/ FROM quota_day
WHERE instansi_id = :instansi_id /*int*/ AND method = :method /*int*/ AND day = :day /*int*/;

-- name: repeat_find :batchone
-- set: only read, under the quota rows
-- about: the live use of a key with this body, if there is one, and how many bodies the
-- key is alive with. An aggregate, not ORDER BY ... LIMIT: SQLite would make a temporary
-- B-tree for each look-up, which costs three times the look-up. +made_us, because nearly
-- every row is young: its index leads to all of them
SELECT max(CASE WHEN body_hash = :body_hash /*blob*/ THEN made_us END) AS made_us /*int?*/,
       max(CASE WHEN body_hash = :body_hash THEN uses END) AS uses /*int?*/,
       max(CASE WHEN body_hash = :body_hash THEN seq END) AS seq /*int?*/, count(*) AS bodies /*int*/
FROM repeat_key WHERE key_hash = :key_hash /*blob*/ AND +made_us > :since_us /*int*/;

-- name: repeat_keep :batchexec
-- set: one row a key and body
-- later: it cannot be refused
-- about: a key after its first use or a repeat; the quota row of its instansi and
-- method is held by whoever writes here, so the numbers are never stale
INSERT INTO repeat_key (key_hash, body_hash, made_us, uses, seq)
VALUES (:key_hash /*blob*/, :body_hash /*blob*/, :made_us /*int*/, :uses /*int*/, :seq /*int*/)
ON CONFLICT (key_hash, body_hash) DO UPDATE SET made_us = excluded.made_us, uses = excluded.uses, seq = excluded.seq;

-- name: repeat_drop :batchexec
-- about: its first came to nothing: the next of that key is a first again
DELETE FROM repeat_key WHERE key_hash = :key_hash /*blob*/ AND body_hash = :body_hash /*blob*/;

-- name: repeat_sweep :exec
DELETE FROM repeat_key WHERE (key_hash, body_hash) IN (
    SELECT key_hash, body_hash FROM repeat_key WHERE made_us <= :until_us /*int*/ ORDER BY made_us LIMIT 1000
);
