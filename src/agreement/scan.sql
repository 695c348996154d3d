-- SPDX-License-Identifier: EUPL-1.2
-- Scanned papers. What is told about a scan is apart from its bytes, so that a list
-- reads no picture. The bytes come first and in pieces, each in a short transaction of
-- its own: `stage` is the random name they go by, and scan_stage holds the names of
-- those that no scan has claimed yet. `wrapped` is the scan's own key, sealed under the
-- office key; `sealed` is a piece under that key (agreement/scan.h).

-- migration: 1
CREATE TABLE scan (
    scan_id INTEGER PRIMARY KEY,
    instansi_id INTEGER NOT NULL REFERENCES instansi (instansi_id),
    name TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('pdf', 'jpeg', 'png')),
    bytes INTEGER NOT NULL CHECK (bytes >= 1),
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    filed_by INTEGER NOT NULL,
    filed_us INTEGER NOT NULL,
    stage BLOB NOT NULL UNIQUE CHECK (length(stage) = 16),
    wrapped BLOB NOT NULL
) STRICT;
CREATE INDEX scan_by_instansi ON scan (instansi_id);

CREATE TABLE scan_stage (
    stage BLOB PRIMARY KEY CHECK (length(stage) = 16),
    staged_us INTEGER NOT NULL
) STRICT;

CREATE TABLE scan_piece (
    stage BLOB NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 0),
    sealed BLOB NOT NULL,
    PRIMARY KEY (stage, number)
) STRICT;

-- migration: 2
-- Whose upload waits; 0: nobody's in particular.
ALTER TABLE scan_stage ADD COLUMN owner INTEGER NOT NULL DEFAULT 0;
CREATE INDEX scan_stage_by_owner ON scan_stage (owner, staged_us);

-- name: scan_count :one
SELECT count(*) AS n /*int*/ FROM scan WHERE instansi_id = :instansi_id /*int*/;

-- name: scan_insert :one
INSERT INTO scan (instansi_id, name, type, bytes, sha256, filed_by, filed_us, stage, wrapped)
VALUES (:instansi_id /*int*/, :name /*text*/, :type /*text*/, :bytes /*int*/, :sha256 /*blob*/, :filed_by /*int*/,
    :filed_us /*int*/, :stage /*blob*/, :wrapped /*blob*/)
RETURNING scan_id /*int*/;

-- name: scan_wrap :exec
UPDATE scan SET wrapped = :wrapped /*blob*/ WHERE scan_id = :scan_id /*int*/;

-- name: scan_stage_count :one
SELECT count(*) AS n /*int*/ FROM scan_stage;

-- name: scan_stage_insert :exec
INSERT INTO scan_stage (stage, owner, staged_us) VALUES (:stage /*blob*/, :owner /*int*/, :staged_us /*int*/);

-- name: scan_stage_own :one
SELECT count(*) AS n /*int*/ FROM scan_stage WHERE owner = :owner /*int*/;

-- name: scan_stage_own_oldest :one
SELECT stage /*blob*/ FROM scan_stage WHERE owner = :owner /*int*/ ORDER BY staged_us, stage LIMIT 1;

-- name: scan_stage_claim :exec
DELETE FROM scan_stage WHERE stage = :stage /*blob*/;

-- name: scan_stage_old :one
SELECT stage /*blob*/ FROM scan_stage WHERE staged_us < :before_us /*int*/ ORDER BY staged_us LIMIT 1;

-- name: scan_piece_insert :exec
INSERT INTO scan_piece (stage, number, sealed) VALUES (:stage /*blob*/, :number /*int*/, :sealed /*blob*/);

-- name: scan_piece_count :one
SELECT count(*) AS n /*int*/ FROM scan_piece WHERE stage = :stage /*blob*/;

-- name: scan_piece_drop :exec
DELETE FROM scan_piece WHERE stage = :stage /*blob*/;

-- name: scan_drop :exec
DELETE FROM scan WHERE scan_id = :scan_id /*int*/;

-- name: scan_meta :one
SELECT instansi_id /*int*/, name /*text*/, type /*text*/, bytes /*int*/, sha256 /*blob*/, filed_by /*int*/, filed_us /*int*/
FROM scan WHERE scan_id = :scan_id /*int*/;

-- name: scan_key :one
SELECT stage /*blob*/, wrapped /*blob*/ FROM scan WHERE scan_id = :scan_id /*int*/;

-- name: scan_pieces :many 64
SELECT number /*int*/, sealed /*blob*/ FROM scan_piece WHERE stage = :stage /*blob*/ ORDER BY number;
