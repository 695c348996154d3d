-- SPDX-License-Identifier: EUPL-1.2
-- What the pattern guard remembers of each user id and each instansi, sealed; and the
-- holds, for people: who, when, why, and what became of it (doc/decision/0015).
--
-- `holder` is the key of a user id, or 0 - the id of an instansi. A user id belongs to one
-- instansi, so whoever has that row of the instansi locked has its user ids to himself.

-- migration: 1
CREATE TABLE guard_state (
    holder INTEGER PRIMARY KEY,
    hold_id INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
CREATE TABLE guard_hold (
    hold_id INTEGER PRIMARY KEY,
    instansi_id INTEGER NOT NULL,
    user_key INTEGER NOT NULL,
    user_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'released', 'confirmed')),
    reason TEXT NOT NULL,
    clue TEXT NOT NULL,
    across INTEGER NOT NULL CHECK (across IN (0, 1)),
    evidence TEXT NOT NULL,
    entry_id INTEGER NOT NULL,
    held_us INTEGER NOT NULL,
    plea TEXT NOT NULL,
    plea_by TEXT NOT NULL,
    plea_us INTEGER NOT NULL,
    first_key INTEGER NOT NULL,
    first_by TEXT NOT NULL,
    first_us INTEGER NOT NULL,
    first_note TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_us INTEGER NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX guard_hold_by_state ON guard_hold (state, hold_id);
CREATE INDEX guard_hold_by_instansi ON guard_hold (instansi_id, hold_id);

-- name: guard_state_find :batchone
-- set: in the order of the items; but whoever depends on a lock is asked for behind it
-- about: locked until the transaction ends; and how the hold stands that a user id is under
-- lock: update
SELECT s.hold_id /*int*/, s.sealed /*blob*/, (SELECT h.state FROM guard_hold h WHERE h.hold_id = s.hold_id) AS record /*text?*/
FROM guard_state s WHERE s.holder = :holder /*int*/;

-- name: guard_state_make :batchexec
-- about: of an instansi that never asked before; there is nothing in it, but it can be locked
INSERT INTO guard_state (holder, hold_id, sealed) VALUES (:holder /*int*/, 0, :nothing /*blob*/) ON CONFLICT (holder) DO NOTHING;

-- name: guard_state_keep :batchexec
-- set: one row a holder, under the locks
-- later: it cannot be refused
INSERT INTO guard_state (holder, hold_id, sealed) VALUES (:holder /*int*/, :hold_id /*int*/, :sealed /*blob*/)
ON CONFLICT (holder) DO UPDATE SET hold_id = excluded.hold_id, sealed = excluded.sealed;

-- name: guard_held :one
-- about: how the hold stands that a user id is under; no row: it is under none
SELECT h.state /*text*/ FROM guard_state s JOIN guard_hold h ON h.hold_id = s.hold_id WHERE s.holder = :holder /*int*/;

-- name: guard_hold_insert :one
INSERT INTO guard_hold (instansi_id, user_key, user_id, state, reason, clue, across, evidence, entry_id, held_us,
                        plea, plea_by, plea_us, first_key, first_by, first_us, first_note,
                        decided_by, decided_us, note)
VALUES (:instansi_id /*int*/, :user_key /*int*/, :user_id /*text*/, 'open', :reason /*text*/, :clue /*text*/, :across /*int*/,
        :evidence /*text*/, :entry_id /*int*/, :held_us /*int*/, '', '', 0, 0, '', 0, '', '', 0, '')
RETURNING hold_id /*int*/;

-- name: guard_hold_get :batchone
SELECT hold_id /*int*/, instansi_id /*int*/, user_key /*int*/, user_id /*text*/, state /*text*/, reason /*text*/, clue /*text*/,
       across /*int*/, evidence /*text*/, entry_id /*int*/, held_us /*int*/, plea /*text*/, plea_by /*text*/, plea_us /*int*/,
       first_key /*int*/, first_by /*text*/, first_us /*int*/, first_note /*text*/, decided_by /*text*/, decided_us /*int*/,
       note /*text*/
FROM guard_hold WHERE hold_id = :hold_id /*int*/;

-- name: guard_hold_lock :one
-- about: nobody else decides until the transaction ends
-- lock: update
SELECT hold_id /*int*/ FROM guard_hold WHERE hold_id = :hold_id /*int*/;

-- name: guard_hold_open :many 200
-- about: those that wait for a decision, newest first; instansi_id below 0: of all
SELECT hold_id /*int*/ FROM guard_hold WHERE state = 'open' AND (:instansi_id /*int*/ < 0 OR instansi_id = :instansi_id)
ORDER BY hold_id DESC LIMIT 200;

-- name: guard_hold_past :many 100
-- about: decided ones, newest first, older than `before`
SELECT hold_id /*int*/ FROM guard_hold
WHERE state <> 'open' AND hold_id < :before /*int*/ AND (:instansi_id /*int*/ < 0 OR instansi_id = :instansi_id)
ORDER BY hold_id DESC LIMIT :most /*int*/;

-- name: guard_hold_count_open :one
SELECT count(*) AS n /*int*/ FROM guard_hold
WHERE state = 'open' AND (:instansi_id /*int*/ < 0 OR instansi_id = :instansi_id);

-- name: guard_hold_count_past :one
SELECT count(*) AS n /*int*/ FROM guard_hold
WHERE state <> 'open' AND (:instansi_id /*int*/ < 0 OR instansi_id = :instansi_id);

-- name: guard_hold_plead :exec
UPDATE guard_hold SET plea = :plea /*text*/, plea_by = :by /*text*/, plea_us = :now_us /*int*/
WHERE hold_id = :hold_id /*int*/ AND state = 'open';

-- name: guard_hold_agree :exec
-- about: the first of two persons
UPDATE guard_hold
SET first_key = :user_key /*int*/, first_by = :by /*text*/, first_us = :now_us /*int*/, first_note = :note /*text*/
WHERE hold_id = :hold_id /*int*/ AND state = 'open';

-- name: guard_hold_decide :exec
UPDATE guard_hold SET state = :state /*text*/, decided_by = :by /*text*/, decided_us = :now_us /*int*/, note = :note /*text*/
WHERE hold_id = :hold_id /*int*/ AND state = 'open';
