-- SPDX-License-Identifier: EUPL-1.2
-- Reports of agencies and the steps they took, with what was typed at each. Days are
-- counted since 1970-01-01 (struct day); 0: none.

-- migration: 1
-- turn: who must act next. rev moves with every change; digest is that of the figures
-- since the report was submitted.
CREATE TABLE report (
    report_id INTEGER PRIMARY KEY,
    instansi_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('semester', 'request')),
    subject TEXT NOT NULL,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    state TEXT NOT NULL,
    turn TEXT NOT NULL CHECK (turn IN ('', 'instansi', 'provider')),
    rev INTEGER NOT NULL,
    run_id INTEGER NOT NULL,
    digest TEXT NOT NULL,
    obstacles TEXT NOT NULL,
    proposals TEXT NOT NULL,
    due_day INTEGER NOT NULL,
    delivered_day INTEGER NOT NULL,
    late_days INTEGER NOT NULL,
    evaluation_id INTEGER NOT NULL,
    by_provider INTEGER NOT NULL CHECK (by_provider IN (0, 1)),
    opened_by TEXT NOT NULL,
    opened_us INTEGER NOT NULL,
    moved_by TEXT NOT NULL,
    moved_us INTEGER NOT NULL
) STRICT;
CREATE INDEX report_by_turn ON report (turn, instansi_id, moved_us);
CREATE INDEX report_by_instansi ON report (instansi_id, kind, subject);

CREATE TABLE report_step (
    report_id INTEGER NOT NULL REFERENCES report (report_id),
    number INTEGER NOT NULL,
    step TEXT NOT NULL,
    by_user TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (report_id, number)
) STRICT;

CREATE TABLE report_value (
    report_id INTEGER NOT NULL REFERENCES report (report_id),
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    place INTEGER NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (report_id, number, name)
) STRICT;

-- name: report_insert :one
INSERT INTO report (instansi_id, kind, subject, first_day, last_day, state, turn, rev, run_id, digest, obstacles, proposals,
                    due_day, delivered_day, late_days, evaluation_id, by_provider, opened_by, opened_us, moved_by, moved_us)
VALUES (:instansi_id /*int*/, :kind /*text*/, :subject /*text*/, :first_day /*int*/, :last_day /*int*/, :state /*text*/,
        :turn /*text*/, 0, :run_id /*int*/, '', '', '', :due_day /*int*/, 0, 0, 0, :by_provider /*int*/, :by_user /*text*/,
        :now_us /*int*/, :by_user, :now_us)
RETURNING report_id /*int*/;

-- name: report_get :one
SELECT instansi_id /*int*/, kind /*text*/, subject /*text*/, first_day /*int*/, last_day /*int*/, state /*text*/, rev /*int*/,
       run_id /*int*/, digest /*text*/, due_day /*int*/, delivered_day /*int*/, late_days /*int*/, evaluation_id /*int*/,
       by_provider /*int*/, opened_by /*text*/, opened_us /*int*/, moved_by /*text*/, moved_us /*int*/, obstacles /*text*/,
       proposals /*text*/
FROM report WHERE report_id = :report_id /*int*/;

-- name: report_hold :one
-- about: two who change one at once wait for each other
-- lock: update
SELECT rev /*int*/ FROM report WHERE report_id = :report_id /*int*/;

-- name: report_move :exec
-- about: nothing changes when somebody changed it before
UPDATE report SET state = :state /*text*/, turn = :turn /*text*/, rev = rev + 1, run_id = :run_id /*int*/,
       digest = :digest /*text*/, due_day = :due_day /*int*/, delivered_day = :delivered_day /*int*/,
       late_days = :late_days /*int*/, evaluation_id = :evaluation_id /*int*/, moved_by = :by_user /*text*/,
       moved_us = :now_us /*int*/
WHERE report_id = :report_id /*int*/ AND rev = :rev /*int*/ AND state = :from /*text*/;

-- name: report_write :exec
-- about: nothing changes when somebody changed it before, or it is no draft any more
UPDATE report SET obstacles = :obstacles /*text*/, proposals = :proposals /*text*/, rev = rev + 1, moved_by = :by_user /*text*/,
       moved_us = :now_us /*int*/
WHERE report_id = :report_id /*int*/ AND rev = :rev /*int*/ AND state = 'draft';

-- name: report_of_semester :one
SELECT report_id /*int*/ FROM report
WHERE instansi_id = :instansi_id /*int*/ AND kind = 'semester' AND subject = :subject /*text*/;

-- name: report_semesters :many 200
-- about: the half-years of an agency that have a report
SELECT report_id /*int*/, subject /*text*/, state /*text*/ FROM report
WHERE instansi_id = :instansi_id /*int*/ AND kind = 'semester' ORDER BY subject DESC LIMIT 200;

-- name: report_drafts :one
SELECT count(*) AS n /*int*/ FROM report
WHERE instansi_id = :instansi_id /*int*/ AND kind = 'request' AND state = 'draft';

-- name: report_waiting :one
-- about: how many wait for one side now; instansi_id 0: of everyone
SELECT count(*) AS n /*int*/ FROM report
WHERE turn = :turn /*text*/ AND (:instansi_id /*int*/ = 0 OR instansi_id = :instansi_id)
  AND (:state /*text*/ = '' OR state = :state);

-- name: report_waiting_page :many 100
-- about: those that wait for one side now, who waits longest first
SELECT report_id /*int*/, instansi_id /*int*/, kind /*text*/, subject /*text*/, first_day /*int*/, last_day /*int*/,
       state /*text*/, rev /*int*/, run_id /*int*/, digest /*text*/, due_day /*int*/, delivered_day /*int*/, late_days /*int*/,
       evaluation_id /*int*/, by_provider /*int*/, opened_by /*text*/, opened_us /*int*/, moved_by /*text*/, moved_us /*int*/
FROM report
WHERE turn = :turn /*text*/ AND (:instansi_id /*int*/ = 0 OR instansi_id = :instansi_id)
  AND (:state /*text*/ = '' OR state = :state)
ORDER BY moved_us, report_id LIMIT :most /*int*/ OFFSET :skip /*int*/;

-- name: report_other_count :one
SELECT count(*) AS n /*int*/ FROM report
WHERE turn <> :turn /*text*/ AND (:instansi_id /*int*/ = 0 OR instansi_id = :instansi_id)
  AND (:state /*text*/ = '' OR state = :state);

-- name: report_other_page :many 100
-- about: those that do not wait for that side, newest first
SELECT report_id /*int*/, instansi_id /*int*/, kind /*text*/, subject /*text*/, first_day /*int*/, last_day /*int*/,
       state /*text*/, rev /*int*/, run_id /*int*/, digest /*text*/, due_day /*int*/, delivered_day /*int*/, late_days /*int*/,
       evaluation_id /*int*/, by_provider /*int*/, opened_by /*text*/, opened_us /*int*/, moved_by /*text*/, moved_us /*int*/
FROM report
WHERE turn <> :turn /*text*/ AND (:instansi_id /*int*/ = 0 OR instansi_id = :instansi_id)
  AND (:state /*text*/ = '' OR state = :state)
ORDER BY report_id DESC LIMIT :most /*int*/ OFFSET :skip /*int*/;

-- name: report_owed_all :many 50
-- about: half-years without a submitted report, of all agencies, as the nightly look at duties left them
SELECT d.instansi_id /*int*/, i.code /*text*/, i.name /*text*/, d.subject /*text*/, d.due_day /*int*/,
       coalesce(r.report_id, 0) AS report_id /*int*/
FROM duty_due d JOIN instansi i ON i.instansi_id = d.instansi_id
     LEFT JOIN report r ON r.instansi_id = d.instansi_id AND r.kind = 'semester' AND r.subject = d.subject
WHERE d.duty = :duty /*text*/ AND d.state IN ('late', 'near') AND (r.report_id IS NULL OR r.state = 'draft')
ORDER BY d.due_day, i.code, d.subject LIMIT 50;

-- name: report_step_insert :exec
INSERT INTO report_step (report_id, number, step, by_user, at_us)
VALUES (:report_id /*int*/, :number /*int*/, :step /*text*/, :by_user /*text*/, :now_us /*int*/);

-- name: report_step_all :many 200
SELECT number /*int*/, step /*text*/, by_user /*text*/, at_us /*int*/ FROM report_step
WHERE report_id = :report_id /*int*/ ORDER BY number;

-- name: report_value_insert :batchexec
INSERT INTO report_value (report_id, number, name, place, value)
VALUES (:report_id /*int*/, :number /*int*/, :name /*text*/, :place /*int*/, :value /*text*/);

-- name: report_value_all :many 3200
SELECT number /*int*/, name /*text*/, value /*text*/ FROM report_value
WHERE report_id = :report_id /*int*/ ORDER BY number, place;
