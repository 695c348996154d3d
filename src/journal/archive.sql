-- SPDX-License-Identifier: EUPL-1.2
-- The beginnings of logs that lie in archives (archive.h). archive_drop is the one query of this room that
-- removes entries, and it is asked only for what journal_archive says is archived.

-- name: archive_edge :one
-- about: up to where a log is archived: its newest archive
SELECT upto /*int*/, before_us /*int*/, digest /*blob*/, told_entry /*int*/ FROM journal_archive
WHERE log_id = :log_id /*int*/ ORDER BY upto DESC LIMIT 1;

-- name: archive_edges :many 64
-- about: the same of every log that is; entries of all archives of a log were written before before_us
SELECT log_id /*int*/, max(upto) AS upto /*int*/, max(before_us) AS before_us /*int*/ FROM journal_archive
GROUP BY log_id ORDER BY log_id;

-- name: archive_find :one
SELECT from_place /*int*/, digest /*blob*/ FROM journal_archive WHERE log_id = :log_id /*int*/ AND upto = :upto /*int*/;

-- name: archive_insert :exec
INSERT INTO journal_archive (log_id, upto, from_place, before_us, digest, told_us, told_entry)
VALUES (:log_id /*int*/, :upto /*int*/, :from_place /*int*/, :before_us /*int*/, :digest /*blob*/, :told_us /*int*/,
    :told_entry /*int*/);

-- name: archive_drop :exec
DELETE FROM journal_entry WHERE entry_id >= :begin_id /*int*/ AND entry_id < :end_id /*int*/;

-- name: archive_late :one
-- about: the first entry of a range that was not written before a moment; -1: none
SELECT coalesce(min(entry_id), -1) AS entry_id /*int*/ FROM journal_entry
WHERE entry_id >= :begin_id /*int*/ AND entry_id < :end_id /*int*/ AND time_us >= :before_us /*int*/;

-- name: archive_uncounted :one
-- about: how many of the two lists (sums, access history) have not come to a place of a log yet
SELECT (SELECT count(*) FROM journal_head h LEFT JOIN usage_log u ON u.log_id = h.log_id
        WHERE h.log_id = :log_id /*int*/ AND coalesce(u.upto, 0) < :upto /*int*/)
     + (SELECT count(*) FROM journal_head h LEFT JOIN history_log i ON i.log_id = h.log_id
        WHERE h.log_id = :log_id AND coalesce(i.upto, 0) < :upto) AS n /*int*/;

-- name: archive_parts :many 64
-- about: every log, where entries are parted: where the part begins that reaches to its end, and where the one before it
-- does; -1: it has none
SELECT h.log_id /*int*/, h.size /*int*/, coalesce((SELECT max(p.begin_id) FROM journal_part p WHERE p.log_id = h.log_id), -1)
        AS last_begin /*int*/,
    coalesce((SELECT max(q.begin_id) FROM journal_part q WHERE q.log_id = h.log_id
              AND q.begin_id < (SELECT max(r.begin_id) FROM journal_part r WHERE r.log_id = h.log_id)), -1) AS before_last /*int*/
FROM journal_head h WHERE EXISTS (SELECT 1 FROM journal_part) ORDER BY h.log_id;
