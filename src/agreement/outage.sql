-- SPDX-License-Identifier: EUPL-1.2
-- Planned outages of the provider: when the portal, the web services or both will not
-- answer, announced beforehand. `rev` moves with every change, so that nobody writes over
-- what he has not seen. Rows are kept: who was told what, and when.

-- migration: 1
CREATE TABLE outage (
    outage_id INTEGER PRIMARY KEY,
    begin_us INTEGER NOT NULL,
    end_us INTEGER NOT NULL CHECK (end_us > begin_us),
    part TEXT NOT NULL CHECK (part IN ('semua', 'portal', 'layanan')),
    note TEXT NOT NULL,
    made_us INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    changed_us INTEGER NOT NULL,
    changed_by TEXT NOT NULL,
    cancelled INTEGER NOT NULL CHECK (cancelled IN (0, 1)),
    rev INTEGER NOT NULL
) STRICT;
CREATE INDEX outage_by_end ON outage (end_us, outage_id) WHERE cancelled = 0;
CREATE INDEX outage_by_change ON outage (changed_us, outage_id);

-- name: outage_insert :one
INSERT INTO outage (begin_us, end_us, part, note, made_us, made_by, changed_us, changed_by, cancelled, rev)
VALUES (:begin_us /*int*/, :end_us /*int*/, :part /*text*/, :note /*text*/, :now_us /*int*/, :by_user /*text*/, :now_us, :by_user,
    0, 1)
RETURNING outage_id /*int*/;

-- name: outage_count :one
-- about: how many are still to come, or running
SELECT count(*) AS n /*int*/ FROM outage WHERE cancelled = 0 AND end_us > :now_us /*int*/;

-- name: outage_get :one
-- lock: update
SELECT begin_us /*int*/, end_us /*int*/, part /*text*/, note /*text*/, changed_us /*int*/, changed_by /*text*/, cancelled /*int*/,
    rev /*int*/
FROM outage WHERE outage_id = :outage_id /*int*/;

-- name: outage_set :exec
UPDATE outage SET begin_us = :begin_us /*int*/, end_us = :end_us /*int*/, part = :part /*text*/, note = :note /*text*/,
    changed_us = :now_us /*int*/, changed_by = :by_user /*text*/, cancelled = :cancelled /*int*/, rev = rev + 1
WHERE outage_id = :outage_id /*int*/;

-- name: outage_coming :many 60
-- about: those that are running or begin before a moment, first to begin first
SELECT outage_id /*int*/, begin_us /*int*/, end_us /*int*/, part /*text*/, note /*text*/, changed_us /*int*/, changed_by /*text*/,
    rev /*int*/
FROM outage WHERE cancelled = 0 AND end_us > :now_us /*int*/ AND begin_us < :before_us /*int*/
ORDER BY begin_us, outage_id LIMIT 60;

-- name: outage_past :many 50
-- about: over or called off, last changed first
SELECT outage_id /*int*/, begin_us /*int*/, end_us /*int*/, part /*text*/, note /*text*/, changed_us /*int*/, changed_by /*text*/,
    cancelled /*int*/, rev /*int*/
FROM outage WHERE cancelled = 1 OR end_us <= :now_us /*int*/ ORDER BY changed_us DESC, outage_id DESC LIMIT 50;
