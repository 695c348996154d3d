-- SPDX-License-Identifier: EUPL-1.2
-- Evaluations by the provider, what was decided on each point, and the steps they took.
-- Days are counted since 1970-01-01 (struct day); 0 is no day.

-- migration: 1
-- semester NULL: of any period. rev moves with every change.
CREATE TABLE evaluation (
    evaluation_id INTEGER PRIMARY KEY,
    instansi_id INTEGER NOT NULL,
    semester TEXT,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL CHECK (last_day >= first_day),
    run_id INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'final', 'told', 'reported')),
    recommendation TEXT NOT NULL,
    findings TEXT NOT NULL,
    deadline_day INTEGER NOT NULL,
    number TEXT NOT NULL,
    signed_day INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    made_us INTEGER NOT NULL,
    saved_by TEXT NOT NULL,
    moved_us INTEGER NOT NULL,
    UNIQUE (instansi_id, semester)
) STRICT;
CREATE INDEX evaluation_by_instansi ON evaluation (instansi_id, evaluation_id);

-- decided '': what was proposed. Of a draft only rows that say something, without words.
CREATE TABLE evaluation_point (
    evaluation_id INTEGER NOT NULL REFERENCES evaluation (evaluation_id),
    point TEXT NOT NULL,
    proposed TEXT NOT NULL,
    words TEXT NOT NULL,
    decided TEXT NOT NULL,
    remark TEXT NOT NULL,
    PRIMARY KEY (evaluation_id, point)
) STRICT;

CREATE TABLE evaluation_step (
    evaluation_id INTEGER NOT NULL REFERENCES evaluation (evaluation_id),
    number INTEGER NOT NULL,
    step TEXT NOT NULL,
    by_user TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    on_day INTEGER NOT NULL,
    letter_number TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (evaluation_id, number)
) STRICT;

-- name: evaluation_insert :one
INSERT INTO evaluation (instansi_id, semester, first_day, last_day, run_id, state, recommendation, findings, deadline_day, number,
                        signed_day, rev, made_by, made_us, saved_by, moved_us)
VALUES (:instansi_id /*int*/, :semester /*text?*/, :first_day /*int*/, :last_day /*int*/, :run_id /*int*/, 'draft', '', '', 0, '',
        0, 1, :by_user /*text*/, :now_us /*int*/, :by_user, :now_us)
RETURNING evaluation_id /*int*/;

-- name: evaluation_of_semester :one
SELECT evaluation_id /*int*/ FROM evaluation WHERE instansi_id = :instansi_id /*int*/ AND semester = :semester /*text*/;

-- name: evaluation_drafts :one
SELECT count(*) AS n /*int*/ FROM evaluation WHERE instansi_id = :instansi_id /*int*/ AND state = 'draft';

-- name: evaluation_get :one
SELECT instansi_id /*int*/, semester /*text?*/, first_day /*int*/, last_day /*int*/, run_id /*int*/, state /*text*/,
       recommendation /*text*/, findings /*text*/, deadline_day /*int*/, number /*text*/, signed_day /*int*/, rev /*int*/,
       made_by /*text*/, made_us /*int*/, saved_by /*text*/, moved_us /*int*/
FROM evaluation WHERE evaluation_id = :evaluation_id /*int*/;

-- name: evaluation_count :one
-- about: as evaluation_page shows
SELECT count(*) AS n /*int*/ FROM evaluation
WHERE (:instansi_id /*int*/ = 0 OR instansi_id = :instansi_id) AND (:state /*text*/ = '' OR state = :state)
  AND (:drafts /*int*/ = 1 OR state <> 'draft');

-- name: evaluation_page :many 200
-- about: newest first; instansi_id 0: of all; state '': any; drafts 0: none of them
SELECT e.evaluation_id /*int*/, e.instansi_id /*int*/, i.code /*text*/, i.name /*text*/, e.semester /*text?*/, e.first_day /*int*/,
       e.last_day /*int*/, e.state /*text*/, e.recommendation /*text*/, e.number /*text*/, e.signed_day /*int*/, e.moved_us /*int*/
FROM evaluation e JOIN instansi i ON i.instansi_id = e.instansi_id
WHERE (:instansi_id /*int*/ = 0 OR e.instansi_id = :instansi_id) AND (:state /*text*/ = '' OR e.state = :state)
  AND (:drafts /*int*/ = 1 OR e.state <> 'draft')
ORDER BY e.evaluation_id DESC LIMIT :most /*int*/ OFFSET :skip /*int*/;

-- name: evaluation_save :exec
-- about: nothing changes when somebody was faster
UPDATE evaluation SET recommendation = :recommendation /*text*/, findings = :findings /*text*/,
       deadline_day = :deadline_day /*int*/, rev = rev + 1, saved_by = :by_user /*text*/, moved_us = :now_us /*int*/
WHERE evaluation_id = :evaluation_id /*int*/ AND rev = :rev /*int*/ AND state = 'draft';

-- name: evaluation_recount :exec
UPDATE evaluation SET run_id = :run_id /*int*/, rev = rev + 1, moved_us = :now_us /*int*/
WHERE evaluation_id = :evaluation_id /*int*/ AND rev = :rev /*int*/ AND state = 'draft';

-- name: evaluation_finish :exec
UPDATE evaluation SET state = 'final', number = :number /*text*/, signed_day = :signed_day /*int*/, rev = rev + 1,
       moved_us = :now_us /*int*/
WHERE evaluation_id = :evaluation_id /*int*/ AND rev = :rev /*int*/ AND state = 'draft';

-- name: evaluation_move :exec
UPDATE evaluation SET state = :state /*text*/, rev = rev + 1, moved_us = :now_us /*int*/
WHERE evaluation_id = :evaluation_id /*int*/ AND rev = :rev /*int*/ AND state = :from /*text*/;

-- name: evaluation_drop :exec
DELETE FROM evaluation WHERE evaluation_id = :evaluation_id /*int*/ AND rev = :rev /*int*/ AND state = 'draft';

-- name: evaluation_points_drop :exec
DELETE FROM evaluation_point WHERE evaluation_id = :evaluation_id /*int*/;

-- name: evaluation_steps_drop :exec
DELETE FROM evaluation_step WHERE evaluation_id = :evaluation_id /*int*/;

-- name: evaluation_point_insert :batchexec
INSERT INTO evaluation_point (evaluation_id, point, proposed, words, decided, remark)
VALUES (:evaluation_id /*int*/, :point /*text*/, :proposed /*text*/, :words /*text*/, :decided /*text*/, :remark /*text*/);

-- name: evaluation_point_all :many 64
SELECT point /*text*/, proposed /*text*/, words /*text*/, decided /*text*/, remark /*text*/ FROM evaluation_point
WHERE evaluation_id = :evaluation_id /*int*/ ORDER BY point;

-- name: evaluation_step_next :one
SELECT count(*) AS n /*int*/ FROM evaluation_step WHERE evaluation_id = :evaluation_id /*int*/;

-- name: evaluation_step_insert :exec
INSERT INTO evaluation_step (evaluation_id, number, step, by_user, at_us, on_day, letter_number, note)
VALUES (:evaluation_id /*int*/, :number /*int*/, :step /*text*/, :by_user /*text*/, :now_us /*int*/, :on_day /*int*/,
        :letter_number /*text*/, :note /*text*/);

-- name: evaluation_step_all :many 200
SELECT step /*text*/, by_user /*text*/, at_us /*int*/, on_day /*int*/, letter_number /*text*/, note /*text*/
FROM evaluation_step WHERE evaluation_id = :evaluation_id /*int*/ ORDER BY number;

-- ---- for the checklist: of other rooms' tables ----

-- name: evaluation_used :many 8192
-- about: hits of each day and method, as they were counted against the quota
SELECT day /*int*/, method /*int*/, used /*int*/ FROM quota_day
WHERE instansi_id = :instansi_id /*int*/ AND day >= :first_day /*int*/ AND day <= :last_day /*int*/ ORDER BY day, method;

-- name: evaluation_coverage :one
-- about: of all kejadian of an agency: NIK accessed, and those of whom nothing was told
SELECT coalesce(sum(answered_n), 0) AS answered /*int*/, coalesce(sum(open_n), 0) AS owed /*int*/
FROM feedback_tally WHERE instansi_id = :instansi_id /*int*/;
