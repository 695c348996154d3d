-- SPDX-License-Identifier: EUPL-1.2
-- What was due at the last nightly look at each agency, and of what somebody was
-- reminded: once a stage. Days are counted since 1970-01-01 (struct day).

-- migration: 1
CREATE TABLE duty_look (
    instansi_id INTEGER PRIMARY KEY,
    day INTEGER NOT NULL
) STRICT;

CREATE TABLE duty_due (
    instansi_id INTEGER NOT NULL,
    duty TEXT NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    due_day INTEGER NOT NULL,
    PRIMARY KEY (instansi_id, duty, subject)
) STRICT;
CREATE INDEX duty_due_by_day ON duty_due (state, due_day);

CREATE TABLE reminder (
    reminder_id INTEGER PRIMARY KEY,
    instansi_id INTEGER NOT NULL,
    duty TEXT NOT NULL,
    subject TEXT NOT NULL,
    due_day INTEGER NOT NULL,
    stage TEXT NOT NULL,
    made_us INTEGER NOT NULL,
    UNIQUE (instansi_id, duty, subject, due_day, stage)
) STRICT;

-- name: look_next :many 10
-- about: agencies not looked at today; a look dated later than today was a wrong clock's
SELECT i.instansi_id /*int*/ FROM instansi i LEFT JOIN duty_look l ON l.instansi_id = i.instansi_id
WHERE i.state IN ('active', 'suspended') AND (l.day IS NULL OR l.day <> :day /*int*/)
ORDER BY i.instansi_id LIMIT :most /*int*/;

-- name: look_put :exec
INSERT INTO duty_look (instansi_id, day) VALUES (:instansi_id /*int*/, :day /*int*/)
ON CONFLICT (instansi_id) DO UPDATE SET day = excluded.day;

-- name: due_clear :exec
DELETE FROM duty_due WHERE instansi_id = :instansi_id /*int*/;

-- name: due_put :exec
INSERT INTO duty_due (instansi_id, duty, subject, state, due_day)
VALUES (:instansi_id /*int*/, :duty /*text*/, :subject /*text*/, :state /*text*/, :due_day /*int*/)
ON CONFLICT (instansi_id, duty, subject) DO NOTHING;

-- name: due_page :many 200
-- about: of every agency, what is late or near; those without a day last
SELECT d.instansi_id /*int*/, i.code /*text*/, i.name /*text*/, d.duty /*text*/, d.subject /*text*/, d.state /*text*/,
       d.due_day /*int*/
FROM duty_due d JOIN instansi i ON i.instansi_id = d.instansi_id
WHERE d.state = :state /*text*/
ORDER BY CASE WHEN d.due_day = 0 THEN 1 ELSE 0 END, d.due_day, i.code, d.duty, d.subject
LIMIT :most /*int*/ OFFSET :skip /*int*/;

-- name: due_count :one
SELECT count(*) AS n /*int*/ FROM duty_due WHERE state = :state /*text*/;

-- name: reminder_put :exec
-- about: nothing when somebody was reminded of that before
INSERT INTO reminder (instansi_id, duty, subject, due_day, stage, made_us)
VALUES (:instansi_id /*int*/, :duty /*text*/, :subject /*text*/, :due_day /*int*/, :stage /*text*/, :now_us /*int*/)
ON CONFLICT (instansi_id, duty, subject, due_day, stage) DO NOTHING;
