-- SPDX-License-Identifier: EUPL-1.2
-- How much was asked: sums of the inquiries in the journal, by WIB day and by hour; and which
-- of them each user id made, by time, so that they are found again. All are made from the entries
-- afterwards, in their order (jobs/), and could be made again from them as long as none was archived
-- (archive.h: from then on they are all that is left at hand, and no migration may empty them);
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

-- For who looks at every instansi at once: all user ids of an instansi together, by day and by
-- week (`days` is 1 or 7; a week begins on Monday, and the day 0 was a Thursday), so that half a
-- year of thousands of them is few rows; and all of them together, by day. hits were charged;
-- refused are parameter outcomes and 503, a system above that gave no answer (journal/spread.c;
-- the codes never change).
-- migration: 3
CREATE TABLE usage_agency (
    days INTEGER NOT NULL,
    day INTEGER NOT NULL,
    instansi_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    repeats INTEGER NOT NULL,
    hits INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    PRIMARY KEY (days, day, instansi_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE usage_total (
    day INTEGER NOT NULL PRIMARY KEY,
    n INTEGER NOT NULL,
    repeats INTEGER NOT NULL,
    hits INTEGER NOT NULL,
    refused INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO usage_agency (days, day, instansi_id, n, repeats, hits, refused)
SELECT 1, day, instansi_id, sum(n), sum(repeats),
       sum(CASE WHEN outcome IN ('01', '11', '12', '13', '14') THEN n - repeats ELSE 0 END),
       sum(CASE WHEN outcome IN ('03', '04', '05', '07', '09', '10', '16', '17', '503') THEN n ELSE 0 END)
FROM usage_day GROUP BY day, instansi_id;
INSERT INTO usage_agency (days, day, instansi_id, n, repeats, hits, refused)
SELECT 7, d.monday, d.instansi_id, sum(d.n), sum(d.repeats), sum(d.hits), sum(d.refused)
FROM (SELECT a.day - (a.day + 3) % 7 AS monday, a.instansi_id, a.n, a.repeats, a.hits, a.refused FROM usage_agency a) d
GROUP BY d.monday, d.instansi_id;
INSERT INTO usage_total (day, n, repeats, hits, refused)
SELECT day, sum(n), sum(repeats), sum(hits), sum(refused) FROM usage_agency WHERE days = 1 GROUP BY day;

-- name: usage_agency_add :batchexec
-- set: added up before, one row a key
INSERT INTO usage_agency (days, day, instansi_id, n, repeats, hits, refused)
VALUES (:days /*int*/, :day /*int*/, :instansi_id /*int*/, :n /*int*/, :repeats /*int*/, :hits /*int*/, :refused /*int*/)
ON CONFLICT (days, day, instansi_id) DO UPDATE
SET n = usage_agency.n + excluded.n, repeats = usage_agency.repeats + excluded.repeats,
    hits = usage_agency.hits + excluded.hits, refused = usage_agency.refused + excluded.refused;

-- name: usage_total_add :batchexec
-- set: added up before, one row a key
INSERT INTO usage_total (day, n, repeats, hits, refused)
VALUES (:day /*int*/, :n /*int*/, :repeats /*int*/, :hits /*int*/, :refused /*int*/)
ON CONFLICT (day) DO UPDATE
SET n = usage_total.n + excluded.n, repeats = usage_total.repeats + excluded.repeats,
    hits = usage_total.hits + excluded.hits, refused = usage_total.refused + excluded.refused;

-- name: usage_hour_add :batchexec
-- set: added up before, one row a key
INSERT INTO usage_hour (instansi_id, day, hour, n)
VALUES (:instansi_id /*int*/, :day /*int*/, :hour /*int*/, :n /*int*/)
ON CONFLICT (instansi_id, day, hour) DO UPDATE SET n = usage_hour.n + excluded.n;

-- name: usage_add :batchexec
-- set: added up before, one row a key
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
-- set: one row an entry
INSERT INTO usage_own (user_no, time_us, entry_id) VALUES (:user_no /*int*/, :time_us /*int*/, :entry_id /*int*/);

-- name: usage_own_page :many 201
-- about: what a user id asked, newest first; entries of one moment by their number; without those that are archived
SELECT time_us /*int*/, entry_id /*int*/ FROM usage_own
WHERE user_no = :user_no /*int*/ AND time_us >= :from_us /*int*/ AND time_us <= :upto_us /*int*/
    AND (time_us < :upto_us OR entry_id < :before_id /*int*/)
    AND NOT EXISTS (SELECT 1 FROM journal_archive a
        WHERE entry_id >= a.log_id * 17179869184 AND entry_id < a.log_id * 17179869184 + a.upto)
ORDER BY time_us DESC, entry_id DESC LIMIT :most /*int*/;

-- name: usage_of :many 50000
-- about: of one instansi, the user ids together
SELECT day /*int*/, method /*text*/, outcome /*text*/, sum(n) AS n /*int*/, sum(repeats) AS repeats /*int*/ FROM usage_day
WHERE instansi_id = :instansi_id /*int*/ AND day >= :first /*int*/ AND day <= :last /*int*/
GROUP BY day, method, outcome ORDER BY day, method, outcome;

-- ---- how it spreads (spread.h) ----

-- name: usage_by_user :many 40000
SELECT user_no /*int*/, outcome /*text*/, sum(n) AS n /*int*/, sum(repeats) AS repeats /*int*/ FROM usage_day
WHERE instansi_id = :instansi_id /*int*/ AND day >= :first /*int*/ AND day <= :last /*int*/
GROUP BY user_no, outcome ORDER BY user_no, outcome;

-- name: usage_by_ground :many 100
SELECT ground /*text*/, sum(n) AS n /*int*/ FROM usage_day
WHERE instansi_id = :instansi_id /*int*/ AND day >= :first /*int*/ AND day <= :last /*int*/
GROUP BY ground ORDER BY ground;

-- name: usage_by_hour :many 24
SELECT hour /*int*/, sum(n) AS n /*int*/ FROM usage_hour
WHERE instansi_id = :instansi_id /*int*/ AND day >= :first /*int*/ AND day <= :last /*int*/
GROUP BY hour ORDER BY hour;

-- name: usage_by_agency :many 50000
-- about: whole weeks from weeks_begin to before weeks_end as weeks, the days before and behind them as days
SELECT d.instansi_id /*int*/, sum(d.n) AS n /*int*/, sum(d.repeats) AS repeats /*int*/, sum(d.hits) AS hits /*int*/,
       sum(d.refused) AS refused /*int*/
FROM (SELECT instansi_id, n, repeats, hits, refused FROM usage_agency
      WHERE days = 1 AND day >= :first /*int*/ AND day < :weeks_begin /*int*/
      UNION ALL
      SELECT instansi_id, n, repeats, hits, refused FROM usage_agency
      WHERE days = 7 AND day >= :weeks_begin AND day < :weeks_end /*int*/
      UNION ALL
      SELECT instansi_id, n, repeats, hits, refused FROM usage_agency
      WHERE days = 1 AND day >= :weeks_end AND day <= :last /*int*/) d
GROUP BY d.instansi_id ORDER BY d.instansi_id;

-- name: usage_by_day :many 400
SELECT day /*int*/, n /*int*/, repeats /*int*/, hits /*int*/, refused /*int*/
FROM usage_total WHERE day >= :first /*int*/ AND day <= :last /*int*/ ORDER BY day;
