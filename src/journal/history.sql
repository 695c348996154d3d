-- SPDX-License-Identifier: EUPL-1.2
-- Which entries of the journal are about a NIK: by the month whose key its hash was made with, so that
-- only this month's part of the table is written to. hash8 are the first eight bytes of the hash; the
-- entry has all sixteen and decides. Filled afterwards, in the order of the entries (jobs/), and can be
-- dropped and filled again as long as no entry was archived (archive.h); history_log says how far each
-- log has come (doc/decision/0038).
--
-- history_asked counts how often a user id asked in a WIB day.

-- migration: 1
CREATE TABLE access_history (
    epoch INTEGER NOT NULL,
    hash8 INTEGER NOT NULL,
    entry_id INTEGER NOT NULL,
    PRIMARY KEY (epoch, hash8, entry_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE history_log (
    log_id INTEGER PRIMARY KEY,
    upto INTEGER NOT NULL
) STRICT;
CREATE TABLE history_asked (
    user_no INTEGER NOT NULL,
    day INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (user_no, day)
) STRICT, WITHOUT ROWID;

-- name: history_log_each :many 64
-- about: every log, how long it is, and how far it is in the index
SELECT h.log_id /*int*/, h.size /*int*/, coalesce(i.upto, 0) AS upto /*int*/
FROM journal_head h LEFT JOIN history_log i ON i.log_id = h.log_id ORDER BY h.log_id;

-- name: history_log_make :exec
INSERT INTO history_log (log_id, upto) VALUES (:log_id /*int*/, 0) ON CONFLICT (log_id) DO NOTHING;

-- name: history_log_move :exec
-- about: no row changes when somebody else has done these meanwhile
UPDATE history_log SET upto = :upto /*int*/ WHERE log_id = :log_id /*int*/ AND upto = :from /*int*/;

-- name: history_range :many 4096
-- about: the entries of a range that are about a NIK, in order
SELECT entry_id /*int*/, time_us /*int*/, nik_hash /*blob*/ FROM journal_entry
WHERE entry_id >= :begin_id /*int*/ AND entry_id < :end_id /*int*/ AND nik_hash IS NOT NULL ORDER BY entry_id;

-- name: history_add :batchexec
-- set: one row an entry
INSERT INTO access_history (epoch, hash8, entry_id) VALUES (:epoch /*int*/, :hash8 /*int*/, :entry_id /*int*/);

-- name: history_keys :many 1200
-- about: the keys of all months, latest first; those that were destroyed have no bytes
SELECT name /*text*/, wrapped /*blob?*/ FROM journal_key WHERE name LIKE 'epoch/%' ORDER BY name DESC;

-- name: history_span :batchone
-- about: how many entries of a month, and the first and last of them; -1: none
SELECT count(*) AS n /*int*/, coalesce(min(entry_id), -1) AS first_id /*int*/, coalesce(max(entry_id), -1) AS last_id /*int*/
FROM access_history WHERE epoch = :epoch /*int*/ AND hash8 = :hash8 /*int*/;

-- name: history_entries :many 8192
SELECT entry_id /*int*/ FROM access_history
WHERE epoch = :epoch /*int*/ AND hash8 = :hash8 /*int*/ ORDER BY entry_id LIMIT :most /*int*/;

-- name: history_destroyed :many 1200
-- about: months whose key is gone, and with it whatever the index says of them
SELECT name /*text*/ FROM journal_key WHERE name LIKE 'epoch/%' AND destroyed_us IS NOT NULL ORDER BY name;

-- name: history_of_month :many 256
SELECT hash8 /*int*/, entry_id /*int*/ FROM access_history WHERE epoch = :epoch /*int*/ ORDER BY hash8, entry_id LIMIT 256;

-- name: history_drop :batchexec
DELETE FROM access_history WHERE epoch = :epoch /*int*/ AND hash8 = :hash8 /*int*/ AND entry_id = :entry_id /*int*/;

-- name: history_asked_add :one
INSERT INTO history_asked (user_no, day, n) VALUES (:user_no /*int*/, :day /*int*/, 1)
ON CONFLICT (user_no, day) DO UPDATE SET n = history_asked.n + 1
RETURNING n /*int*/;

-- name: history_asked_find :one
SELECT n /*int*/ FROM history_asked WHERE user_no = :user_no /*int*/ AND day = :day /*int*/;

-- name: history_asked_day :one
-- about: of all user ids together
SELECT coalesce(sum(n), 0) AS n /*int*/, count(*) AS users /*int*/ FROM history_asked WHERE day = :day /*int*/;
