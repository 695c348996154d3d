-- SPDX-License-Identifier: EUPL-1.2
-- Which migration steps a database has already taken.

-- migration: 1
CREATE TABLE IF NOT EXISTS schema_step (
    room TEXT NOT NULL,
    number INTEGER NOT NULL,
    applied_us INTEGER NOT NULL,
    PRIMARY KEY (room, number)
) STRICT, WITHOUT ROWID;

-- name: schema_step_last :one
-- about: the newest step of a room; 0 when it has none
SELECT coalesce(max(number), 0) AS number /*int*/ FROM schema_step WHERE room = :room /*text*/;

-- name: schema_step_all :many 256
-- about: the newest step of every room that has any
SELECT room /*text*/, max(number) AS number /*int*/, count(*) AS n /*int*/ FROM schema_step GROUP BY room ORDER BY room;

-- name: schema_step_insert :exec
INSERT INTO schema_step (room, number, applied_us)
VALUES (:room /*text*/, :number /*int*/, :applied_us /*int*/);
