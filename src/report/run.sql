-- SPDX-License-Identifier: EUPL-1.2
-- Runs: figures being counted from the journal, and those that were. A row is never removed:
-- what a report said can be looked at, and counted again, for as long as the office lives.

-- migration: 1
-- next_us: not before then; while somebody counts, until when it is his (node; -1: nobody's).
-- tries: how often it was claimed, which fences off whoever lost it. figures: canonical text
-- (report/figures.h), so far while it is counted.
CREATE TABLE report_run (
    run_id INTEGER PRIMARY KEY,
    instansi_id INTEGER NOT NULL,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'counting', 'done', 'refused')),
    asked_by TEXT NOT NULL,
    asked_us INTEGER NOT NULL,
    finished_us INTEGER NOT NULL,
    node INTEGER NOT NULL,
    next_us INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    fails INTEGER NOT NULL,
    done_n INTEGER NOT NULL,
    all_n INTEGER NOT NULL,
    trouble TEXT NOT NULL,
    digest TEXT NOT NULL,
    figures TEXT NOT NULL
) STRICT;
CREATE INDEX report_run_by_turn ON report_run (state, run_id);
CREATE INDEX report_run_by_instansi ON report_run (instansi_id, run_id);

-- What a run rests on: of each log a signed checkpoint; and how far it was read.
CREATE TABLE report_run_log (
    run_id INTEGER NOT NULL,
    log_id INTEGER NOT NULL,
    size INTEGER NOT NULL,
    origin TEXT NOT NULL,
    vkey TEXT NOT NULL,
    note TEXT NOT NULL,
    place INTEGER NOT NULL,
    frontier BLOB NOT NULL,
    entries INTEGER NOT NULL,
    PRIMARY KEY (run_id, log_id)
) STRICT;

-- name: report_run_insert :one
INSERT INTO report_run (instansi_id, first_day, last_day, state, asked_by, asked_us, finished_us, node, next_us, tries, fails,
    done_n, all_n, trouble, digest, figures)
VALUES (:instansi_id /*int*/, :first_day /*int*/, :last_day /*int*/, 'waiting', :asked_by /*text*/, :asked_us /*int*/, 0, -1,
    :next_us /*int*/, 0, 0, 0, 0, '', '', '') RETURNING run_id /*int*/;

-- name: report_run_open_count :one
-- about: of one instansi, that one user id asked for
SELECT count(*) AS n /*int*/ FROM report_run
WHERE instansi_id = :instansi_id /*int*/ AND asked_by = :asked_by /*text*/ AND state IN ('waiting', 'counting');

-- name: report_run_find :one
SELECT run_id /*int*/, instansi_id /*int*/, first_day /*int*/, last_day /*int*/, state /*text*/, asked_by /*text*/,
    asked_us /*int*/, finished_us /*int*/, done_n /*int*/, all_n /*int*/, trouble /*text*/, digest /*text*/
FROM report_run WHERE run_id = :run_id /*int*/;

-- name: report_run_list :many 200
-- about: newest first; of one instansi, or of all (0)
SELECT run_id /*int*/, instansi_id /*int*/, first_day /*int*/, last_day /*int*/, state /*text*/, asked_by /*text*/,
    asked_us /*int*/, finished_us /*int*/, done_n /*int*/, all_n /*int*/, trouble /*text*/, digest /*text*/
FROM report_run WHERE :instansi_id /*int*/ = 0 OR instansi_id = :instansi_id ORDER BY run_id DESC LIMIT 200;

-- name: report_run_figures :one
SELECT digest /*text*/, figures /*text*/ FROM report_run WHERE run_id = :run_id /*int*/ AND state = 'done';

-- name: report_run_stat :one
-- about: how many wait or are counted; how many of those have failed the last time; refused since then
SELECT coalesce(sum(CASE WHEN state IN ('waiting', 'counting') THEN 1 ELSE 0 END), 0) AS waiting /*int*/,
    coalesce(sum(CASE WHEN state IN ('waiting', 'counting') AND fails > 0 THEN 1 ELSE 0 END), 0) AS failing /*int*/,
    coalesce(sum(CASE WHEN state = 'refused' THEN 1 ELSE 0 END), 0) AS refused /*int*/
FROM report_run WHERE state IN ('waiting', 'counting', 'refused');

-- name: report_run_next :one
-- about: the oldest one that anybody may take; a lease longer than any can be (beyond :far_us) is a clock that stepped back
SELECT run_id /*int*/, tries /*int*/ FROM report_run
WHERE state IN ('waiting', 'counting') AND (next_us <= :now_us /*int*/ OR next_us > :far_us /*int*/)
ORDER BY run_id LIMIT 1;

-- name: report_run_claim :exec
-- about: no row changes when somebody else was quicker
UPDATE report_run SET node = :node /*int*/, tries = tries + 1, next_us = :until_us /*int*/
WHERE run_id = :run_id /*int*/ AND tries = :tries /*int*/ AND state IN ('waiting', 'counting');

-- name: report_run_load :one
SELECT instansi_id /*int*/, first_day /*int*/, last_day /*int*/, state /*text*/, tries /*int*/, fails /*int*/, all_n /*int*/,
    figures /*text*/
FROM report_run WHERE run_id = :run_id /*int*/;

-- name: report_run_begin :exec
UPDATE report_run SET state = 'counting', all_n = :all_n /*int*/
WHERE run_id = :run_id /*int*/ AND tries = :tries /*int*/ AND state = 'waiting';

-- name: report_run_save :exec
UPDATE report_run SET figures = :figures /*text*/, done_n = :done_n /*int*/, next_us = :until_us /*int*/, fails = 0
WHERE run_id = :run_id /*int*/ AND tries = :tries /*int*/ AND state = 'counting';

-- name: report_run_finish :exec
UPDATE report_run SET state = :state /*text*/, figures = :figures /*text*/, digest = :digest /*text*/, trouble = :trouble /*text*/,
    done_n = :done_n /*int*/, finished_us = :now_us /*int*/, node = -1, next_us = 0
WHERE run_id = :run_id /*int*/ AND tries = :tries /*int*/ AND state IN ('waiting', 'counting');

-- name: report_run_later :exec
UPDATE report_run SET fails = fails + 1, node = -1, next_us = :next_us /*int*/
WHERE run_id = :run_id /*int*/ AND tries = :tries /*int*/ AND state IN ('waiting', 'counting');

-- name: report_run_release :exec
-- about: what this node had in hand when it stopped
UPDATE report_run SET node = -1, next_us = :now_us /*int*/
WHERE state IN ('waiting', 'counting') AND node = :node /*int*/;

-- name: report_run_log_insert :batchexec
INSERT INTO report_run_log (run_id, log_id, size, origin, vkey, note, place, frontier, entries)
VALUES (:run_id /*int*/, :log_id /*int*/, :size /*int*/, :origin /*text*/, :vkey /*text*/, :note /*text*/, 0,
    :frontier /*blob*/, 0);

-- name: report_run_log_all :many 64
SELECT log_id /*int*/, size /*int*/, origin /*text*/, vkey /*text*/, note /*text*/, place /*int*/, frontier /*blob*/,
    entries /*int*/
FROM report_run_log WHERE run_id = :run_id /*int*/ ORDER BY log_id;

-- name: report_run_log_save :batchexec
UPDATE report_run_log SET place = :place /*int*/, frontier = :frontier /*blob*/, entries = :entries /*int*/
WHERE run_id = :run_id /*int*/ AND log_id = :log_id /*int*/;
