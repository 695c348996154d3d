-- SPDX-License-Identifier: EUPL-1.2
-- How much was asked: sums of the inquiries in the journal, by WIB day and by hour; and which
-- of them each user id made, by time, so that they are found again. All are made from the entries
-- afterwards, in their order (jobs/), and could be made again from them at any time;
-- usage_log says how far each log has been counted (doc/decision/0033).
--
-- ground is '' and kejadian_id 0 where the entry names none. `repeats` of the `n` were
-- repeats of another one, which cost no hit.

-- migration: 1
CREATE TABLE usage_day (
    instansi_id INTEGER NOT NULL,
    day INTEGER NOT NULL,
    user_no INTEGER NOT NULL,
    method TEXT NOT NULL,
    outcome TEXT NOT NULL,
    ground TEXT NOT NULL,
    kejadian_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    repeats INTEGER NOT NULL,
    PRIMARY KEY (instansi_id, day, user_no, method, outcome, ground, kejadian_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE usage_log (
    log_id INTEGER PRIMARY KEY,
    upto INTEGER NOT NULL
) STRICT;
CREATE TABLE usage_own (
    user_no INTEGER NOT NULL,
    time_us INTEGER NOT NULL,
    entry_id INTEGER NOT NULL,
    PRIMARY KEY (user_no, time_us, entry_id)
) STRICT, WITHOUT ROWID;

-- Hours of the WIB day, 0-23; and people's inquiries beside those of programs: all is counted anew.
-- migration: 2
CREATE TABLE usage_hour (
    instansi_id INTEGER NOT NULL,
    day INTEGER NOT NULL,
    hour INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (instansi_id, day, hour)
) STRICT, WITHOUT ROWID;
DELETE FROM usage_day;
DELETE FROM usage_own;
DELETE FROM usage_log;

-- name: usage_hour_add :batchexec
INSERT INTO usage_hour (instansi_id, day, hour, n)
VALUES (:instansi_id /*int*/, :day /*int*/, :hour /*int*/, :n /*int*/)
ON CONFLICT (instansi_id, day, hour) DO UPDATE SET n = usage_hour.n + excluded.n;

-- name: usage_add :batchexec
INSERT INTO usage_day (instansi_id, day, user_no, method, outcome, ground, kejadian_id, n, repeats)
VALUES (:instansi_id /*int*/, :day /*int*/, :user_no /*int*/, :method /*text*/, :outcome /*text*/, :ground /*text*/,
    :kejadian_id /*int*/, :n /*int*/, :repeats /*int*/)
ON CONFLICT (instansi_id, day, user_no, method, outcome, ground, kejadian_id)
DO UPDATE SET n = usage_day.n + excluded.n, repeats = usage_day.repeats + excluded.repeats;

-- name: usage_log_each :many 64
-- about: every log, how long it is, and how far it has been counted
SELECT h.log_id /*int*/, h.size /*int*/, coalesce(u.upto, 0) AS upto /*int*/
FROM journal_head h LEFT JOIN usage_log u ON u.log_id = h.log_id ORDER BY h.log_id;

-- name: usage_log_make :exec
INSERT INTO usage_log (log_id, upto) VALUES (:log_id /*int*/, 0) ON CONFLICT (log_id) DO NOTHING;

-- name: usage_log_move :exec
-- about: no row changes when somebody else counted these meanwhile
UPDATE usage_log SET upto = :upto /*int*/ WHERE log_id = :log_id /*int*/ AND upto = :from /*int*/;

-- name: usage_own_add :batchexec
INSERT INTO usage_own (user_no, time_us, entry_id) VALUES (:user_no /*int*/, :time_us /*int*/, :entry_id /*int*/);

-- name: usage_own_page :many 201
-- about: what a user id asked, newest first; entries of one moment by their number
SELECT time_us /*int*/, entry_id /*int*/ FROM usage_own
WHERE user_no = :user_no /*int*/ AND time_us >= :from_us /*int*/ AND time_us <= :upto_us /*int*/
    AND (time_us < :upto_us OR entry_id < :before_id /*int*/)
ORDER BY time_us DESC, entry_id DESC LIMIT :most /*int*/;

-- name: usage_of :many 50000
-- about: of one instansi, the user ids together
SELECT day /*int*/, method /*text*/, outcome /*text*/, sum(n) AS n /*int*/, sum(repeats) AS repeats /*int*/ FROM usage_day
WHERE instansi_id = :instansi_id /*int*/ AND day >= :first /*int*/ AND day <= :last /*int*/
GROUP BY day, method, outcome ORDER BY day, method, outcome;
