-- SPDX-License-Identifier: EUPL-1.2
-- Which accesses an incident touched (P2.2g): lists made from the journal, a bite at a time
-- (jobs/), and frozen. A list says what was chosen, up to which size of each log it looked
-- (affected_mark), and which checkpoint was signed at that moment; what it holds are numbers
-- of entries, and how many different hashes of NIKs there were in each month's key. Journal
-- and user ids are other rooms' tables, and only read.
--
-- state: waiting, until all entries up to the marks were counted; reading; done; large, when
-- there are too many. at_user, at_us, at_entry: how far it was read.

-- migration: 1
CREATE TABLE affected_list (
    list_id INTEGER PRIMARY KEY,
    incident_id INTEGER NOT NULL,
    instansi_id INTEGER NOT NULL,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    kejadian_id INTEGER NOT NULL,
    named INTEGER NOT NULL,
    asked_by TEXT NOT NULL,
    asked_us INTEGER NOT NULL,
    note TEXT NOT NULL,
    size INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'reading', 'done', 'large')),
    expected INTEGER NOT NULL,
    read_n INTEGER NOT NULL,
    access_n INTEGER NOT NULL,
    shown_n INTEGER NOT NULL,
    repeat_n INTEGER NOT NULL,
    other_n INTEGER NOT NULL,
    least_n INTEGER NOT NULL,
    most_n INTEGER NOT NULL,
    at_user INTEGER NOT NULL,
    at_us INTEGER NOT NULL,
    at_entry INTEGER NOT NULL,
    done_us INTEGER NOT NULL
) STRICT;
CREATE INDEX affected_list_by_incident ON affected_list (incident_id, list_id);
CREATE INDEX affected_list_waiting ON affected_list (list_id) WHERE done_us = 0;
CREATE TABLE affected_mark (
    list_id INTEGER NOT NULL REFERENCES affected_list (list_id),
    log_id INTEGER NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (list_id, log_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE affected_user (
    list_id INTEGER NOT NULL REFERENCES affected_list (list_id),
    user_no INTEGER NOT NULL,
    PRIMARY KEY (list_id, user_no)
) STRICT, WITHOUT ROWID;
CREATE TABLE affected_access (
    list_id INTEGER NOT NULL REFERENCES affected_list (list_id),
    time_us INTEGER NOT NULL,
    entry_id INTEGER NOT NULL,
    user_no INTEGER NOT NULL,
    kejadian_id INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    repeated INTEGER NOT NULL,
    PRIMARY KEY (list_id, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX affected_access_by_time ON affected_access (list_id, time_us, entry_id);
CREATE TABLE affected_person (
    list_id INTEGER NOT NULL REFERENCES affected_list (list_id),
    epoch INTEGER NOT NULL,
    nik_hash BLOB NOT NULL,
    PRIMARY KEY (list_id, epoch, nik_hash)
) STRICT, WITHOUT ROWID;

-- ---- asking ----

-- name: affected_list_insert :one
INSERT INTO affected_list (incident_id, instansi_id, first_day, last_day, kejadian_id, named, asked_by, asked_us, note, size,
                           state, expected, read_n, access_n, shown_n, repeat_n, other_n, least_n, most_n, at_user, at_us,
                           at_entry, done_us)
VALUES (:incident_id /*int*/, :instansi_id /*int*/, :first_day /*int*/, :last_day /*int*/, :kejadian_id /*int*/, :named /*int*/,
        :asked_by /*text*/, :asked_us /*int*/, :note /*text*/, :size /*int*/, 'waiting', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
RETURNING list_id /*int*/;

-- name: affected_mark_put :exec
-- about: how long every log is now
INSERT INTO affected_mark (list_id, log_id, size) SELECT :list_id /*int*/, log_id, size FROM journal_head;

-- name: affected_user_put :batchexec
INSERT INTO affected_user (list_id, user_no) VALUES (:list_id /*int*/, :user_no /*int*/) ON CONFLICT (list_id, user_no) DO NOTHING;

-- name: affected_user_all :exec
-- about: every user id of the instansi that asked anything in the time
INSERT INTO affected_user (list_id, user_no)
SELECT DISTINCT l.list_id, u.user_no FROM affected_list l JOIN usage_day u ON u.instansi_id = l.instansi_id
WHERE l.list_id = :list_id /*int*/ AND u.day >= l.first_day AND u.day <= l.last_day AND u.user_no > 0;

-- name: affected_waiting_n :one
-- about: how many lists an incident has, and how many of them are not made yet
SELECT count(*) AS n_all /*int*/, coalesce(sum(CASE WHEN done_us = 0 THEN 1 ELSE 0 END), 0) AS n /*int*/
FROM affected_list WHERE incident_id = :incident_id /*int*/;

-- ---- the work ----

-- name: affected_next :one
-- lock: update
-- about: the list that has waited longest
SELECT list_id /*int*/, instansi_id /*int*/, first_day /*int*/, last_day /*int*/, kejadian_id /*int*/, named /*int*/,
       state /*text*/,
       expected /*int*/, read_n /*int*/, access_n /*int*/, shown_n /*int*/, repeat_n /*int*/, other_n /*int*/, at_user /*int*/,
       at_us /*int*/, at_entry /*int*/
FROM affected_list WHERE done_us = 0 ORDER BY list_id LIMIT 1;

-- name: affected_open_n :one
-- about: lists of days from before a day that are not made yet
SELECT count(*) AS n /*int*/ FROM affected_list WHERE done_us = 0 AND first_day < :day /*int*/;

-- name: affected_uncounted :one
-- about: how many logs have entries below the mark that were not counted yet
SELECT count(*) AS n /*int*/ FROM affected_mark m LEFT JOIN usage_log u ON u.log_id = m.log_id
WHERE m.list_id = :list_id /*int*/ AND coalesce(u.upto, 0) < m.size;

-- name: affected_expected :one
-- about: inquiries that reached the registry, from the sums; those after the marks are among them
SELECT coalesce(sum(u.n), 0) AS n /*int*/
FROM affected_list l JOIN affected_user a ON a.list_id = l.list_id
JOIN usage_day u ON u.instansi_id = l.instansi_id AND u.user_no = a.user_no
WHERE l.list_id = :list_id /*int*/ AND u.day >= l.first_day AND u.day <= l.last_day
    AND (l.kejadian_id = 0 OR u.kejadian_id = l.kejadian_id) AND u.outcome IN ('01', '11', '12', '13', '14');

-- name: affected_user_next :one
-- about: the next user id in order, from one on
SELECT coalesce(min(user_no), 0) AS user_no /*int*/ FROM affected_user
WHERE list_id = :list_id /*int*/ AND user_no > :after /*int*/;

-- name: affected_mark_each :many 64
SELECT log_id /*int*/, size /*int*/ FROM affected_mark WHERE list_id = :list_id /*int*/ ORDER BY log_id;

-- name: affected_bite :many 500
-- about: what a user id asked, in order, with the entries
SELECT o.time_us /*int*/, o.entry_id /*int*/, e.line /*text*/
FROM usage_own o JOIN journal_entry e ON e.entry_id = o.entry_id
WHERE o.user_no = :user_no /*int*/ AND o.time_us >= :from_us /*int*/ AND o.time_us < :until_us /*int*/
    AND (o.time_us > :after_us /*int*/ OR (o.time_us = :after_us AND o.entry_id > :after_entry /*int*/))
ORDER BY o.time_us, o.entry_id LIMIT 500;

-- name: affected_access_put :batchexec
INSERT INTO affected_access (list_id, time_us, entry_id, user_no, kejadian_id, outcome, repeated)
VALUES (:list_id /*int*/, :time_us /*int*/, :entry_id /*int*/, :user_no /*int*/, :kejadian_id /*int*/, :outcome /*text*/,
        :repeated /*int*/);

-- name: affected_person_put :batchexec
INSERT INTO affected_person (list_id, epoch, nik_hash) VALUES (:list_id /*int*/, :epoch /*int*/, :nik_hash /*blob*/)
ON CONFLICT (list_id, epoch, nik_hash) DO NOTHING;

-- name: affected_persons :one
-- about: different hashes: the most of one month, and those of all months together
SELECT coalesce(max(n), 0) AS least_n /*int*/, coalesce(sum(n), 0) AS most_n /*int*/
FROM (SELECT count(*) AS n FROM affected_person WHERE list_id = :list_id /*int*/ GROUP BY epoch) p;

-- name: affected_list_set :exec
UPDATE affected_list
SET state = :state /*text*/, expected = :expected /*int*/, read_n = :read_n /*int*/, access_n = :access_n /*int*/,
    shown_n = :shown_n /*int*/, repeat_n = :repeat_n /*int*/, other_n = :other_n /*int*/, least_n = :least_n /*int*/,
    most_n = :most_n /*int*/, at_user = :at_user /*int*/, at_us = :at_us /*int*/, at_entry = :at_entry /*int*/,
    done_us = :done_us /*int*/
WHERE list_id = :list_id /*int*/;

-- ---- reading ----

-- name: affected_list_find :one
SELECT list_id /*int*/, incident_id /*int*/, instansi_id /*int*/, first_day /*int*/, last_day /*int*/, kejadian_id /*int*/,
       named /*int*/, asked_by /*text*/, asked_us /*int*/, note /*text*/, size /*int*/, state /*text*/, expected /*int*/,
       read_n /*int*/, access_n /*int*/, shown_n /*int*/, repeat_n /*int*/, other_n /*int*/, least_n /*int*/, most_n /*int*/,
       done_us /*int*/
FROM affected_list WHERE list_id = :list_id /*int*/;

-- name: affected_list_each :many 20
-- about: of an incident, the latest first
SELECT list_id /*int*/ FROM affected_list WHERE incident_id = :incident_id /*int*/ ORDER BY list_id DESC LIMIT 20;

-- name: affected_user_each :many 100
SELECT a.user_no /*int*/, u.user_id /*text*/ FROM affected_user a JOIN user_account u ON u.user_key = a.user_no
WHERE a.list_id = :list_id /*int*/ ORDER BY u.user_id LIMIT 100;

-- name: affected_page :many 1000
-- about: behind a moment and an entry, in order
SELECT a.time_us /*int*/, a.entry_id /*int*/, a.user_no /*int*/, u.user_id /*text*/, a.kejadian_id /*int*/, a.outcome /*text*/,
       a.repeated /*int*/
FROM affected_access a JOIN user_account u ON u.user_key = a.user_no
WHERE a.list_id = :list_id /*int*/
    AND (a.time_us > :after_us /*int*/ OR (a.time_us = :after_us AND a.entry_id > :after_entry /*int*/))
ORDER BY a.time_us, a.entry_id LIMIT :most /*int*/;

-- name: affected_skip :one
-- about: the row a page begins behind
SELECT time_us /*int*/, entry_id /*int*/ FROM affected_access WHERE list_id = :list_id /*int*/
ORDER BY time_us, entry_id LIMIT 1 OFFSET :skip /*int*/;

-- name: affected_known :many 1000
-- about: persons of whom data balikan is owed or was told because of one of these accesses: there the NIK is kept, sealed
SELECT p.person_id /*int*/, a.time_us /*int*/, a.entry_id /*int*/, u.user_id /*text*/
FROM affected_access a JOIN user_account u ON u.user_key = a.user_no
JOIN feedback_person p ON p.kejadian_id = a.kejadian_id AND p.asked_entry = a.entry_id
WHERE a.list_id = :list_id /*int*/ AND a.kejadian_id = :kejadian_id /*int*/ AND p.person_id > :after /*int*/
ORDER BY p.person_id LIMIT :most /*int*/;

-- name: affected_kejadian :many 200
SELECT DISTINCT kejadian_id /*int*/ FROM affected_access WHERE list_id = :list_id /*int*/ AND kejadian_id > :after /*int*/
ORDER BY kejadian_id LIMIT 200;

-- name: affected_known_n :one
SELECT count(*) AS n /*int*/ FROM affected_access a
JOIN feedback_person p ON p.kejadian_id = a.kejadian_id AND p.asked_entry = a.entry_id
WHERE a.list_id = :list_id /*int*/;
