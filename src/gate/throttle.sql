-- SPDX-License-Identifier: EUPL-1.2
-- Failed sign-ins by bucket. A bucket is a keyed hash of who is guessing whom
-- (gate/throttle.h); nobody can read a user id or an address out of it.

-- migration: 1
CREATE TABLE throttle (
    bucket BLOB PRIMARY KEY,
    failures INTEGER NOT NULL,
    last_us INTEGER NOT NULL
) STRICT;
CREATE INDEX throttle_by_last ON throttle (last_us);

-- name: throttle_find :one
SELECT failures /*int*/, last_us /*int*/ FROM throttle WHERE bucket = :bucket /*blob*/;

-- name: throttle_fail :exec
-- about: one failure more; after a quiet spell counting begins anew
INSERT INTO throttle (bucket, failures, last_us) VALUES (:bucket /*blob*/, 1, :now_us /*int*/)
ON CONFLICT (bucket) DO UPDATE SET
    failures = CASE WHEN throttle.last_us < :forget_us /*int*/ THEN 1 ELSE throttle.failures + 1 END,
    last_us = excluded.last_us;

-- name: throttle_clear :exec
DELETE FROM throttle WHERE bucket = :bucket /*blob*/;

-- name: throttle_sweep :exec
DELETE FROM throttle WHERE last_us < :forget_us /*int*/;
