-- SPDX-License-Identifier: EUPL-1.2
-- Scanned papers. What is told about a scan is apart from its bytes, so that a list
-- reads no picture. `wrapped` is the scan's own key, sealed under the office key;
-- `sealed` are the bytes under that key (agreement/scan.h).

-- migration: 1
CREATE TABLE scan (
    scan_id INTEGER PRIMARY KEY,
    instansi_id INTEGER NOT NULL REFERENCES instansi (instansi_id),
    name TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('pdf', 'jpeg', 'png')),
    bytes INTEGER NOT NULL CHECK (bytes >= 1),
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    filed_by INTEGER NOT NULL,
    filed_us INTEGER NOT NULL
) STRICT;
CREATE INDEX scan_by_instansi ON scan (instansi_id);

CREATE TABLE scan_content (
    scan_id INTEGER PRIMARY KEY REFERENCES scan (scan_id),
    wrapped BLOB NOT NULL CHECK (length(wrapped) = 72),
    sealed BLOB NOT NULL
) STRICT;

-- name: scan_count :one
SELECT count(*) AS n /*int*/ FROM scan WHERE instansi_id = :instansi_id /*int*/;

-- name: scan_insert :one
INSERT INTO scan (instansi_id, name, type, bytes, sha256, filed_by, filed_us)
VALUES (:instansi_id /*int*/, :name /*text*/, :type /*text*/, :bytes /*int*/, :sha256 /*blob*/, :filed_by /*int*/,
    :filed_us /*int*/)
RETURNING scan_id /*int*/;

-- name: scan_content_insert :exec
INSERT INTO scan_content (scan_id, wrapped, sealed) VALUES (:scan_id /*int*/, :wrapped /*blob*/, :sealed /*blob*/);

-- name: scan_meta :one
SELECT instansi_id /*int*/, name /*text*/, type /*text*/, bytes /*int*/, sha256 /*blob*/, filed_by /*int*/, filed_us /*int*/
FROM scan WHERE scan_id = :scan_id /*int*/;

-- name: scan_content :one
SELECT wrapped /*blob*/, sealed /*blob*/ FROM scan_content WHERE scan_id = :scan_id /*int*/;
