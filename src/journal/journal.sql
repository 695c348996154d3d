-- SPDX-License-Identifier: EUPL-1.2
-- The journal: entries, the head and inner nodes of their Merkle tree, signed
-- checkpoints, and wrapped keys. Written only by this room, and append-only: no
-- query here changes or removes an entry. Entries that were archived may be taken
-- out, in order and from the beginning of a log, by journal/archive.sql or by whoever
-- runs PostgreSQL (doc/decision/0047); heads, tiles and checkpoints stay for ever.
--
-- entry_id is log_id * 2^34 + seq, so that one integer orders every log by itself
-- and appending goes to the end of one B-tree. The columns beside `line` repeat
-- what it says, for questions; 0 and '' stand for "none". nik_hash has no index
-- here on purpose (doc/decision/0004-journal.md).

-- migration: 1
CREATE TABLE journal_log (
    log_id INTEGER PRIMARY KEY,
    origin TEXT NOT NULL,
    vkey TEXT NOT NULL,
    made_us INTEGER NOT NULL
) STRICT;
CREATE TABLE journal_head (
    log_id INTEGER PRIMARY KEY,
    size INTEGER NOT NULL,
    frontier BLOB NOT NULL
) STRICT;
CREATE TABLE journal_entry (
    entry_id INTEGER PRIMARY KEY,
    time_us INTEGER NOT NULL,
    act TEXT NOT NULL,
    outcome TEXT NOT NULL,
    instansi_id INTEGER NOT NULL,
    version_id INTEGER NOT NULL,
    user_no INTEGER NOT NULL,
    nik_hash BLOB,
    leaf BLOB NOT NULL,
    line TEXT NOT NULL
) STRICT;
CREATE TABLE journal_tile (
    log_id INTEGER NOT NULL,
    level INTEGER NOT NULL,
    place INTEGER NOT NULL,
    hashes BLOB NOT NULL,
    PRIMARY KEY (log_id, level, place)
) STRICT;
CREATE TABLE journal_checkpoint (
    log_id INTEGER NOT NULL,
    size INTEGER NOT NULL,
    note TEXT NOT NULL,
    signed_us INTEGER NOT NULL,
    PRIMARY KEY (log_id, size)
) STRICT;
CREATE TABLE journal_key (
    name TEXT NOT NULL PRIMARY KEY,
    wrapped BLOB,
    made_us INTEGER NOT NULL,
    destroyed_us INTEGER
) STRICT;

-- The number under which the present holder of the log took it (journal/lease.h): it stands in the
-- row that every append locks, because a column of another table could be read as it was before the
-- lock was had.
-- migration: 2
ALTER TABLE journal_head ADD COLUMN fence INTEGER NOT NULL DEFAULT 0;

-- What of a log lies in archives: entries [from_place, upto), which were all written before before_us.
-- Never changed, never removed; told_entry is the entry that says so. And, where a DBA has parted
-- journal_entry (data/postgres/journal-partition.sql), the ranges of its parts, the last of a log to
-- its end: this table is written there and only read here.
-- migration: 3
CREATE TABLE journal_archive (
    log_id INTEGER NOT NULL,
    upto INTEGER NOT NULL,
    from_place INTEGER NOT NULL,
    before_us INTEGER NOT NULL,
    digest BLOB NOT NULL,
    told_us INTEGER NOT NULL,
    told_entry INTEGER NOT NULL,
    PRIMARY KEY (log_id, upto)
) STRICT;
CREATE TABLE journal_part (
    begin_id INTEGER NOT NULL PRIMARY KEY,
    end_id INTEGER NOT NULL,
    log_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    made_us INTEGER NOT NULL
) STRICT;

-- name: journal_log_find :one
SELECT origin /*text*/, vkey /*text*/ FROM journal_log WHERE log_id = :log_id /*int*/;

-- name: journal_log_insert :exec
INSERT INTO journal_log (log_id, origin, vkey, made_us)
VALUES (:log_id /*int*/, :origin /*text*/, :vkey /*text*/, :made_us /*int*/) ON CONFLICT (log_id) DO NOTHING;

-- name: journal_log_all :many 64
SELECT log_id /*int*/, origin /*text*/, vkey /*text*/ FROM journal_log ORDER BY log_id;

-- name: journal_head_strays :one
-- about: heads of logs that are not registered
SELECT count(*) AS n /*int*/ FROM journal_head h WHERE NOT EXISTS (SELECT 1 FROM journal_log l WHERE l.log_id = h.log_id);

-- name: journal_log_ends :many 64
-- about: every log with its head, the number of its last entry and its newest checkpoint (-1: none), all of one moment,
-- because one statement sees one; 17179869184 is 2^34
SELECT l.log_id /*int*/, l.origin /*text*/, l.vkey /*text*/, h.size /*int?*/, h.frontier /*blob?*/,
    coalesce((SELECT max(e.entry_id) FROM journal_entry e
              WHERE e.entry_id >= l.log_id * 17179869184 AND e.entry_id < (l.log_id + 1) * 17179869184), -1) AS last_id /*int*/,
    coalesce((SELECT max(c.size) FROM journal_checkpoint c WHERE c.log_id = l.log_id), -1) AS signed_size /*int*/
FROM journal_log l LEFT JOIN journal_head h ON h.log_id = l.log_id ORDER BY l.log_id;

-- name: journal_head_insert :exec
INSERT INTO journal_head (log_id, size, frontier) VALUES (:log_id /*int*/, 0, :frontier /*blob*/) ON CONFLICT (log_id) DO NOTHING;

-- name: journal_head_lock :one
-- lock: update
-- about: the head, held until the transaction ends so that no two processes fork the log; and one wrapped key with it
SELECT h.size /*int*/, h.frontier /*blob*/, h.fence /*int*/,
    (SELECT k.wrapped FROM journal_key k WHERE k.name = :key_name /*text*/) AS wrapped /*blob?*/
FROM journal_head h WHERE h.log_id = :log_id /*int*/;

-- name: journal_head_find :one
SELECT size /*int*/, frontier /*blob*/ FROM journal_head WHERE log_id = :log_id /*int*/;

-- name: journal_head_fence :exec
-- about: no row when somebody took the log after this one
UPDATE journal_head SET fence = :fence /*int*/ WHERE log_id = :log_id /*int*/ AND fence <= :fence;

-- name: journal_head_update :exec
-- later: the row is held
UPDATE journal_head SET size = :size /*int*/, frontier = :frontier /*blob*/ WHERE log_id = :log_id /*int*/;

-- name: journal_entry_insert :batchexec
-- set: one row an entry
-- later: under the head nobody else has its number
INSERT INTO journal_entry (entry_id, time_us, act, outcome, instansi_id, version_id, user_no, nik_hash, leaf, line)
VALUES (:entry_id /*int*/, :time_us /*int*/, :act /*text*/, :outcome /*text*/, :instansi_id /*int*/, :version_id /*int*/,
    :user_no /*int*/, :nik_hash /*blob?*/, :leaf /*blob*/, :line /*text*/);

-- name: journal_entry_find :one
SELECT entry_id /*int*/, time_us /*int*/, act /*text*/, outcome /*text*/, instansi_id /*int*/, version_id /*int*/,
    user_no /*int*/, nik_hash /*blob?*/, line /*text*/
FROM journal_entry WHERE entry_id = :entry_id /*int*/;

-- name: journal_entry_range :many 4096
-- about: entries of one log in order, a bounded number of them
SELECT entry_id /*int*/, time_us /*int*/, act /*text*/, outcome /*text*/, instansi_id /*int*/, version_id /*int*/,
    user_no /*int*/, nik_hash /*blob?*/, leaf /*blob*/, line /*text*/
FROM journal_entry WHERE entry_id >= :begin_id /*int*/ AND entry_id < :end_id /*int*/ ORDER BY entry_id;

-- name: journal_leaf_range :many 256
SELECT entry_id /*int*/, leaf /*blob*/ FROM journal_entry
WHERE entry_id >= :begin_id /*int*/ AND entry_id < :end_id /*int*/ ORDER BY entry_id;

-- name: journal_lookup_range :many 2048
-- about: the inquiries among the entries of a range, in order
SELECT entry_id /*int*/, line /*text*/ FROM journal_entry
WHERE entry_id >= :begin_id /*int*/ AND entry_id < :end_id /*int*/ AND act = 'lookup' ORDER BY entry_id;

-- name: journal_lookup_range_of :many 2048
-- about: the same of one instansi or one user id; 0: whichever
SELECT entry_id /*int*/, line /*text*/ FROM journal_entry
WHERE entry_id >= :begin_id /*int*/ AND entry_id < :end_id /*int*/ AND act = 'lookup'
    AND (:instansi_id /*int*/ = 0 OR instansi_id = :instansi_id) AND (:user_no /*int*/ = 0 OR user_no = :user_no)
ORDER BY entry_id;

-- name: journal_line_find :batchone
SELECT line /*text*/ FROM journal_entry WHERE entry_id = :entry_id /*int*/;

-- name: journal_entry_last :one
-- about: the highest entry_id in a range of them, or -1
SELECT coalesce(max(entry_id), -1) AS entry_id /*int*/ FROM journal_entry
WHERE entry_id >= :begin_id /*int*/ AND entry_id < :end_id /*int*/;

-- name: journal_entry_lasts :batchone
-- about: the same for many ranges
SELECT coalesce(max(entry_id), -1) AS entry_id /*int*/ FROM journal_entry
WHERE entry_id >= :begin_id /*int*/ AND entry_id < :end_id /*int*/;

-- name: journal_tile_find :one
SELECT hashes /*blob*/ FROM journal_tile
WHERE log_id = :log_id /*int*/ AND level = :level /*int*/ AND place = :place /*int*/;

-- name: journal_tile_beyond :one
-- about: how many tiles of a level stand at a place or after it
SELECT count(*) AS n /*int*/ FROM journal_tile
WHERE log_id = :log_id /*int*/ AND level = :level /*int*/ AND place >= :place /*int*/;

-- name: journal_tile_put :exec
INSERT INTO journal_tile (log_id, level, place, hashes)
VALUES (:log_id /*int*/, :level /*int*/, :place /*int*/, :hashes /*blob*/)
ON CONFLICT (log_id, level, place) DO UPDATE SET hashes = excluded.hashes;

-- name: journal_checkpoint_insert :exec
INSERT INTO journal_checkpoint (log_id, size, note, signed_us)
VALUES (:log_id /*int*/, :size /*int*/, :note /*text*/, :signed_us /*int*/) ON CONFLICT (log_id, size) DO NOTHING;

-- name: journal_checkpoint_find :one
SELECT note /*text*/ FROM journal_checkpoint WHERE log_id = :log_id /*int*/ AND size = :size /*int*/;

-- name: journal_checkpoint_last :one
-- about: the size of the newest checkpoint, or -1
SELECT coalesce(max(size), -1) AS size /*int*/ FROM journal_checkpoint WHERE log_id = :log_id /*int*/;

-- name: journal_checkpoint_next :many 64
-- about: the next kept checkpoints from a size on, smallest first
SELECT size /*int*/, note /*text*/ FROM journal_checkpoint
WHERE log_id = :log_id /*int*/ AND size >= :from_size /*int*/ AND size <= :upto_size /*int*/
ORDER BY size LIMIT 64;

-- name: journal_key_insert :exec
INSERT INTO journal_key (name, wrapped, made_us)
VALUES (:name /*text*/, :wrapped /*blob*/, :made_us /*int*/) ON CONFLICT (name) DO NOTHING;

-- name: journal_key_find :one
SELECT wrapped /*blob?*/, destroyed_us /*int?*/ FROM journal_key WHERE name = :name /*text*/;

-- name: journal_key_destroy :exec
UPDATE journal_key SET wrapped = NULL, destroyed_us = :destroyed_us /*int*/
WHERE name = :name /*text*/ AND destroyed_us IS NULL;
