-- SPDX-License-Identifier: EUPL-1.2
-- Lists between their upload and their saving (feedback/list_kept.h). `sealed` holds the
-- rows that are not saved yet, under the office key; nothing of a row is outside it. What
-- was saved leaves the list in the same transaction, so a list can be saved again and
-- nothing is saved twice.

-- migration: 1
CREATE TABLE list_kept (
    list_id INTEGER PRIMARY KEY,
    instansi_id INTEGER NOT NULL,
    kejadian_id INTEGER NOT NULL,
    user_key INTEGER NOT NULL,
    made_us INTEGER NOT NULL,
    stamp BLOB NOT NULL CHECK (length(stamp) = 16),
    rows_n INTEGER NOT NULL CHECK (rows_n >= 1),
    saved_n INTEGER NOT NULL CHECK (saved_n >= 0),
    same_n INTEGER NOT NULL CHECK (same_n >= 0),
    saved_us INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
CREATE INDEX list_kept_by_instansi ON list_kept (instansi_id, list_id);
CREATE INDEX list_kept_by_age ON list_kept (made_us);

-- name: list_kept_put :one
INSERT INTO list_kept (instansi_id, kejadian_id, user_key, made_us, stamp, rows_n, saved_n, same_n, saved_us, sealed)
VALUES (:instansi_id /*int*/, :kejadian_id /*int*/, :user_key /*int*/, :made_us /*int*/, :stamp /*blob*/, :rows_n /*int*/, 0, 0, 0,
        :sealed /*blob*/)
RETURNING list_id /*int*/;

-- name: list_kept_get :one
SELECT instansi_id /*int*/, kejadian_id /*int*/, user_key /*int*/, made_us /*int*/, stamp /*blob*/, rows_n /*int*/, saved_n /*int*/,
       same_n /*int*/, saved_us /*int*/
FROM list_kept WHERE list_id = :list_id /*int*/;

-- name: list_kept_hold :one
-- about: for saving; another who saves the same list waits
-- lock: update
SELECT sealed /*blob*/, stamp /*blob*/ FROM list_kept WHERE list_id = :list_id /*int*/;

-- name: list_kept_sealed :one
SELECT sealed /*blob*/, stamp /*blob*/ FROM list_kept WHERE list_id = :list_id /*int*/;

-- name: list_kept_of :many 50
-- about: of an instansi, oldest first
SELECT list_id /*int*/, kejadian_id /*int*/, user_key /*int*/, made_us /*int*/, rows_n /*int*/, saved_n /*int*/, same_n /*int*/,
       saved_us /*int*/
FROM list_kept WHERE instansi_id = :instansi_id /*int*/ ORDER BY list_id LIMIT 50;

-- name: list_kept_set :exec
UPDATE list_kept
SET saved_n = saved_n + :saved_n /*int*/, same_n = same_n + :same_n /*int*/, saved_us = :saved_us /*int*/, sealed = :sealed /*blob*/
WHERE list_id = :list_id /*int*/;

-- name: list_kept_drop :exec
DELETE FROM list_kept WHERE list_id = :list_id /*int*/;

-- name: list_kept_old :one
SELECT list_id /*int*/ FROM list_kept WHERE made_us < :before_us /*int*/ ORDER BY made_us LIMIT 1;
