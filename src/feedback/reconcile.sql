-- SPDX-License-Identifier: EUPL-1.2
-- Data balikan beside accesses, agency by agency, as the provider looks at it (P3.1b).
-- Figures are added up from those of the kejadian, so no list of agencies ever reads a
-- person; the one order that must, by the oldest debt, reads one a kejadian in which
-- something is owed. The `+ 0` has SQLite read the figures in their own order and sort
-- them: by the index on instansi_id each row would be looked up, which takes twice as long.

-- name: reconcile_total :one
-- about: of all, how many instansi have figures, and how many of them owe something
SELECT coalesce(sum(d.answered_n), 0) AS answered_n /*int*/, coalesce(sum(d.open_n), 0) AS open_n /*int*/,
       coalesce(sum(d.closed_n), 0) AS closed_n /*int*/, coalesce(sum(d.waived_n), 0) AS waived_n /*int*/,
       coalesce(sum(d.unasked_n), 0) AS unasked_n /*int*/, count(*) AS instansi_n /*int*/,
       coalesce(sum(CASE WHEN d.open_n > 0 THEN 1 ELSE 0 END), 0) AS owing_n /*int*/
FROM (SELECT sum(t.answered_n) AS answered_n, sum(t.open_n) AS open_n, sum(t.closed_n) AS closed_n, sum(t.waived_n) AS waived_n,
             sum(t.unasked_n) AS unasked_n
      FROM feedback_tally t GROUP BY t.instansi_id + 0) d;

-- name: reconcile_of :batchone
-- about: one row always
SELECT coalesce(sum(answered_n), 0) AS answered_n /*int*/, coalesce(sum(open_n), 0) AS open_n /*int*/,
       coalesce(sum(closed_n), 0) AS closed_n /*int*/, coalesce(sum(waived_n), 0) AS waived_n /*int*/,
       coalesce(sum(unasked_n), 0) AS unasked_n /*int*/
FROM feedback_tally WHERE instansi_id = :instansi_id /*int*/;

-- name: reconcile_page :many 200
-- about: by a figure; turn 1 is the largest first, -1 the smallest. Coverage in thousandths, of nothing: none is missing
SELECT d.instansi_id /*int*/, d.answered_n /*int*/, d.open_n /*int*/, d.closed_n /*int*/, d.waived_n /*int*/,
       d.unasked_n /*int*/
FROM (SELECT t.instansi_id + 0 AS instansi_id, sum(t.answered_n) AS answered_n, sum(t.open_n) AS open_n,
             sum(t.closed_n) AS closed_n, sum(t.waived_n) AS waived_n, sum(t.unasked_n) AS unasked_n
      FROM feedback_tally t GROUP BY t.instansi_id + 0) d
ORDER BY :turn /*int*/ * CASE :sort /*int*/ WHEN 1 THEN d.answered_n WHEN 2 THEN d.closed_n WHEN 3 THEN d.waived_n
                         WHEN 4 THEN d.unasked_n
                         WHEN 5 THEN CASE WHEN d.answered_n = 0 THEN 1000 ELSE (d.closed_n + d.waived_n) * 1000 / d.answered_n END
                         ELSE d.open_n END DESC, d.instansi_id LIMIT :most /*int*/ OFFSET :skip /*int*/;

-- name: reconcile_page_by_age :many 200
-- about: by the oldest debt; turn 1 is the oldest first, -1 the youngest. Who owes nothing is the youngest
SELECT d.instansi_id /*int*/, d.answered_n /*int*/, d.open_n /*int*/, d.closed_n /*int*/, d.waived_n /*int*/,
       d.unasked_n /*int*/
FROM (SELECT t.instansi_id + 0 AS instansi_id, sum(t.answered_n) AS answered_n, sum(t.open_n) AS open_n,
             sum(t.closed_n) AS closed_n, sum(t.waived_n) AS waived_n, sum(t.unasked_n) AS unasked_n,
             coalesce(min(CASE WHEN t.open_n > 0
                          THEN (SELECT p.asked_us FROM feedback_person p WHERE p.kejadian_id = t.kejadian_id AND p.state = 'open'
                                ORDER BY p.person_id LIMIT 1) END), :never_us /*int*/) AS oldest_us
      FROM feedback_tally t GROUP BY t.instansi_id + 0) d
ORDER BY :turn /*int*/ * d.oldest_us, d.instansi_id LIMIT :most /*int*/ OFFSET :skip /*int*/;

-- name: reconcile_owing :many 20
-- about: kejadian of an instansi in which something is owed, latest first
SELECT t.kejadian_id /*int*/, t.answered_n /*int*/, t.open_n /*int*/, t.closed_n /*int*/, t.waived_n /*int*/, t.unasked_n /*int*/,
       coalesce((SELECT p.asked_us FROM feedback_person p WHERE p.kejadian_id = t.kejadian_id AND p.state = 'open'
                 ORDER BY p.person_id LIMIT 1), 0) AS oldest_us /*int*/
FROM feedback_tally t WHERE t.instansi_id = :instansi_id /*int*/ AND t.open_n > 0
ORDER BY t.kejadian_id DESC LIMIT :most /*int*/;

-- name: reconcile_owing_most :many 20
-- about: kejadian in which most is owed, whoever owes it
SELECT d.kejadian_id /*int*/, d.instansi_id /*int*/, d.answered_n /*int*/, d.open_n /*int*/, d.closed_n /*int*/,
       d.waived_n /*int*/, d.unasked_n /*int*/,
       coalesce((SELECT p.asked_us FROM feedback_person p WHERE p.kejadian_id = d.kejadian_id AND p.state = 'open'
                 ORDER BY p.person_id LIMIT 1), 0) AS oldest_us /*int*/
FROM (SELECT t.kejadian_id, t.instansi_id, t.answered_n, t.open_n, t.closed_n, t.waived_n, t.unasked_n FROM feedback_tally t
      WHERE t.open_n > 0 ORDER BY t.open_n DESC, t.kejadian_id LIMIT :most /*int*/) d
ORDER BY d.open_n DESC, d.kejadian_id;

-- name: reconcile_own :one
-- about: whose of the first `most` that a kejadian is owed are
SELECT count(*) AS n /*int*/
FROM (SELECT p.asked_by AS asked_by FROM feedback_person p WHERE p.kejadian_id = :kejadian_id /*int*/ AND p.state = 'open'
      ORDER BY p.person_id LIMIT :most /*int*/) d
WHERE d.asked_by = :asked_by /*text*/;

-- name: reconcile_kejadian :many 200
-- about: of an instansi, latest first
SELECT t.kejadian_id /*int*/, t.answered_n /*int*/, t.open_n /*int*/, t.closed_n /*int*/, t.waived_n /*int*/, t.unasked_n /*int*/,
       coalesce((SELECT p.asked_us FROM feedback_person p WHERE p.kejadian_id = t.kejadian_id AND p.state = 'open'
                 ORDER BY p.person_id LIMIT 1), 0) AS oldest_us /*int*/
FROM feedback_tally t WHERE t.instansi_id = :instansi_id /*int*/ AND t.kejadian_id < :before /*int*/
ORDER BY t.kejadian_id DESC LIMIT :most /*int*/ OFFSET :skip /*int*/;

-- name: reconcile_kejadian_count :one
SELECT count(*) AS n /*int*/ FROM feedback_tally WHERE instansi_id = :instansi_id /*int*/;
