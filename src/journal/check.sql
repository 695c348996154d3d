-- SPDX-License-Identifier: EUPL-1.2
-- Checks of whole logs that somebody asked for, and what they found. One node has a check in hand
-- until its lease ends; whoever takes it then begins anew.

-- migration: 1
CREATE TABLE journal_check (
    check_id INTEGER PRIMARY KEY,
    log_id INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'whole', 'broken', 'failed')),
    asked_us INTEGER NOT NULL,
    asked_by TEXT NOT NULL,
    node INTEGER NOT NULL,
    until_us INTEGER NOT NULL,
    done INTEGER NOT NULL,
    whole INTEGER NOT NULL,
    finished_us INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    checkpoints INTEGER NOT NULL,
    signed_size INTEGER NOT NULL,
    bad_seq INTEGER NOT NULL,
    root BLOB NOT NULL,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX journal_check_by_log ON journal_check (log_id, check_id);
CREATE INDEX journal_check_open ON journal_check (check_id) WHERE finished_us = 0;

-- name: check_insert :one
INSERT INTO journal_check (log_id, state, asked_us, asked_by, node, until_us, done, whole, finished_us, entries, checkpoints,
    signed_size, bad_seq, root, reason)
VALUES (:log_id /*int*/, 'waiting', :now_us /*int*/, :asked_by /*text*/, 0, 0, 0, 0, 0, 0, 0, 0, -1, :root /*blob*/, '')
RETURNING check_id /*int*/;

-- name: check_open_of :one
-- about: the check of a log that waits or runs
SELECT check_id /*int*/ FROM journal_check WHERE log_id = :log_id /*int*/ AND finished_us = 0 ORDER BY check_id LIMIT 1;

-- name: check_due :one
-- about: the first that nobody has in hand
SELECT check_id /*int*/, log_id /*int*/ FROM journal_check
WHERE finished_us = 0 AND until_us <= :now_us /*int*/ ORDER BY check_id LIMIT 1;

-- name: check_take :exec
UPDATE journal_check SET state = 'running', node = :node /*int*/, until_us = :until_us /*int*/, done = 0, whole = 0
WHERE check_id = :check_id /*int*/ AND finished_us = 0 AND until_us <= :now_us /*int*/;

-- name: check_progress :exec
UPDATE journal_check SET done = :done /*int*/, whole = :whole /*int*/, until_us = :until_us /*int*/
WHERE check_id = :check_id /*int*/ AND node = :node /*int*/ AND finished_us = 0;

-- name: check_release :exec
-- about: what a node had in hand is anybody's again
UPDATE journal_check SET state = 'waiting', until_us = 0 WHERE node = :node /*int*/ AND finished_us = 0 AND state = 'running';

-- name: check_finish :exec
UPDATE journal_check SET state = :state /*text*/, until_us = 0, finished_us = :now_us /*int*/, entries = :entries /*int*/,
    checkpoints = :checkpoints /*int*/, signed_size = :signed_size /*int*/, bad_seq = :bad_seq /*int*/, root = :root /*blob*/,
    reason = :reason /*text*/
WHERE check_id = :check_id /*int*/ AND finished_us = 0;

-- name: check_recent :many 20
SELECT check_id /*int*/, log_id /*int*/, state /*text*/, asked_us /*int*/, asked_by /*text*/, done /*int*/, whole /*int*/,
    finished_us /*int*/, entries /*int*/, checkpoints /*int*/, signed_size /*int*/, bad_seq /*int*/, root /*blob*/,
    reason /*text*/
FROM journal_check WHERE log_id = :log_id /*int*/ ORDER BY check_id DESC LIMIT 20;

-- name: check_forget :exec
-- about: what came before the twenty newest, other than the verdict that still holds
DELETE FROM journal_check WHERE log_id = :log_id /*int*/ AND check_id < :before /*int*/ AND finished_us > 0
    AND check_id <> (SELECT coalesce(max(k.check_id), -1) FROM journal_check k
        WHERE k.log_id = :log_id AND k.state IN ('whole', 'broken'));

-- name: check_alarm :many 64
-- about: logs whose newest verdict is that they are not whole
SELECT c.log_id /*int*/, c.finished_us /*int*/, c.reason /*text*/ FROM journal_check c
WHERE c.state = 'broken' AND c.check_id = (SELECT max(k.check_id) FROM journal_check k
    WHERE k.log_id = c.log_id AND k.state IN ('whole', 'broken'))
ORDER BY c.log_id;
