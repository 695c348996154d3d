-- SPDX-License-Identifier: EUPL-1.2
-- What came after an access: its repeats, and the slips that were printed of it.

-- name: trace_repeats :many 200
-- about: what a user id asked from a moment on
SELECT o.entry_id /*int*/, e.line /*text*/ FROM usage_own o JOIN journal_entry e ON e.entry_id = o.entry_id
WHERE o.user_no = :user_no /*int*/ AND o.time_us >= :from_us /*int*/ AND o.time_us <= :until_us /*int*/
ORDER BY o.time_us, o.entry_id LIMIT 200;

-- name: trace_log_each :many 64
-- about: every log, up to where it is archived, and how long it is
SELECT h.log_id /*int*/, h.size /*int*/,
    coalesce((SELECT max(a.upto) FROM journal_archive a WHERE a.log_id = h.log_id), 0) AS base /*int*/
FROM journal_head h ORDER BY h.log_id;

-- name: trace_time :one
SELECT time_us /*int*/ FROM journal_entry WHERE entry_id = :entry_id /*int*/;

-- name: trace_slips :many 2000
-- about: slips that people of an instansi printed or had checked, in a range of entries
SELECT entry_id /*int*/, line /*text*/ FROM journal_entry
WHERE entry_id >= :begin_id /*int*/ AND entry_id < :end_id /*int*/ AND act = 'slip' AND instansi_id = :instansi_id /*int*/
ORDER BY entry_id LIMIT 2000;
