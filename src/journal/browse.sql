-- SPDX-License-Identifier: EUPL-1.2
-- Reading a log as people do: from its newest entry back, a bounded number of entries looked at
-- each time. Nothing is kept but who has read when, so that reading is journaled once a day.

-- migration: 1
CREATE TABLE journal_reader (
    session INTEGER PRIMARY KEY,
    day INTEGER NOT NULL
) STRICT;

-- name: journal_log_each :many 64
-- about: the logs of this office
SELECT log_id /*int*/, origin /*text*/, vkey /*text*/ FROM journal_log ORDER BY log_id;

-- name: journal_browse :many 101
-- about: entries of a range that fit, the last first; '' and 0: whichever. instansi_id -1: of none
SELECT entry_id /*int*/, line /*text*/ FROM journal_entry
WHERE entry_id >= :begin_id /*int*/ AND entry_id < :end_id /*int*/
    AND (:act /*text*/ = '' OR act = :act) AND (:outcome /*text*/ = '' OR outcome = :outcome)
    AND (:instansi_id /*int*/ = 0 OR instansi_id = :instansi_id OR (:instansi_id = -1 AND instansi_id = 0))
    AND (:user_no /*int*/ = 0 OR user_no = :user_no)
    AND time_us >= :from_us /*int*/ AND time_us < :until_us /*int*/
ORDER BY entry_id DESC LIMIT :most /*int*/;

-- name: journal_time_at :one
-- about: when the first entry from a number on was written
SELECT entry_id /*int*/, time_us /*int*/ FROM journal_entry
WHERE entry_id >= :begin_id /*int*/ AND entry_id < :end_id /*int*/ ORDER BY entry_id LIMIT 1;

-- name: journal_checkpoint_recent :many 100
-- about: kept checkpoints below a size, the newest first
SELECT size /*int*/, signed_us /*int*/ FROM journal_checkpoint
WHERE log_id = :log_id /*int*/ AND size < :below /*int*/ ORDER BY size DESC LIMIT :most /*int*/;

-- name: journal_checkpoint_cover :one
-- about: the smallest kept checkpoint that covers a place
SELECT size /*int*/, signed_us /*int*/ FROM journal_checkpoint
WHERE log_id = :log_id /*int*/ AND size > :place /*int*/ ORDER BY size LIMIT 1;

-- name: journal_reader_put :exec
-- about: changes no row when that session has read on that day
INSERT INTO journal_reader (session, day) VALUES (:session /*int*/, :day /*int*/)
ON CONFLICT (session) DO UPDATE SET day = excluded.day WHERE journal_reader.day <> excluded.day;

-- name: journal_reader_sweep :exec
DELETE FROM journal_reader WHERE day < :day /*int*/;
