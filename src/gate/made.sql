-- SPDX-License-Identifier: EUPL-1.2
-- What programs made under an Idempotency-Key (gate/made.h), as keyed hashes of key and
-- body; made_id: the row that was made, in the table of whoever made it. A row whose
-- made_id is 0 is seen by nobody else: its transaction is still under way.

-- migration: 1
CREATE TABLE made_key (
    key_hash BLOB PRIMARY KEY CHECK (length(key_hash) = 16),
    body_hash BLOB NOT NULL CHECK (length(body_hash) = 16),
    made_us INTEGER NOT NULL,
    made_id INTEGER NOT NULL
) STRICT;
CREATE INDEX made_key_by_made ON made_key (made_us);

-- name: made_hold :one
-- about: take the key, or find it taken; the update, which changes nothing, is what makes PostgreSQL lock the row and wait
-- for whoever takes it at this moment
INSERT INTO made_key (key_hash, body_hash, made_us, made_id)
VALUES (:key_hash /*blob*/, :body_hash /*blob*/, :now_us /*int*/, 0)
ON CONFLICT (key_hash) DO UPDATE SET made_us = made_key.made_us
RETURNING body_hash /*blob*/, made_us /*int*/, made_id /*int*/;

-- name: made_set :exec
UPDATE made_key SET body_hash = :body_hash /*blob*/, made_us = :now_us /*int*/, made_id = :made_id /*int*/
WHERE key_hash = :key_hash /*blob*/;

-- name: made_drop :exec
-- about: nothing was made: the key is free again
DELETE FROM made_key WHERE key_hash = :key_hash /*blob*/ AND made_id = 0;

-- name: made_sweep :exec
DELETE FROM made_key WHERE key_hash IN (
    SELECT key_hash FROM made_key WHERE made_us <= :until_us /*int*/ ORDER BY made_us LIMIT :most /*int*/);
