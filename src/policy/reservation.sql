-- SPDX-License-Identifier: EUPL-1.2
-- Hits that were charged before their outcome was known: the registry is a system above
-- (policy/reservation.h). One row an inquiry under way; `state` 0 open, 1 unknown for ever.

-- migration: 1
CREATE TABLE reservation (
    journal_entry INTEGER PRIMARY KEY, -- where it was journaled that the system above is asked
    node INTEGER NOT NULL,
    hit BLOB NOT NULL CHECK (length(hit) = 16),
    charged INTEGER NOT NULL CHECK (charged IN (0, 1)),
    instansi_id INTEGER NOT NULL,
    method INTEGER NOT NULL,
    day INTEGER NOT NULL,
    asked_us INTEGER NOT NULL,
    state INTEGER NOT NULL CHECK (state IN (0, 1))
) STRICT;
CREATE INDEX reservation_by_hit ON reservation (hit);
CREATE INDEX reservation_by_state ON reservation (state, node, asked_us);

-- name: reservation_open :batchexec
INSERT INTO reservation (journal_entry, node, hit, charged, instansi_id, method, day, asked_us, state)
VALUES (:journal_entry /*int*/, :node /*int*/, :hit /*blob*/, :charged /*int*/, :instansi_id /*int*/, :method /*int*/,
        :day /*int*/, :asked_us /*int*/, 0);

-- name: reservation_take :batchone
-- about: its end; absent where somebody gave it up before
DELETE FROM reservation WHERE journal_entry = :journal_entry /*int*/ AND state = 0 RETURNING charged /*int*/;

-- name: reservation_pass_on :batchone
-- about: the charge of a hit goes to another open one of the same hit
UPDATE reservation SET charged = 1
WHERE journal_entry = (SELECT min(journal_entry) FROM reservation
                       WHERE hit = :hit /*blob*/ AND state = 0 AND charged = 0)
RETURNING journal_entry /*int*/;

-- name: reservation_absorb :batchexec
-- about: the hit was made; whoever still carries its charge gives nothing back any more
UPDATE reservation SET charged = 0 WHERE hit = :hit /*blob*/ AND state = 0;

-- name: reservation_left :many 256
-- about: open ones of a node that began before a moment
SELECT journal_entry /*int*/, charged /*int*/, instansi_id /*int*/, method /*int*/ FROM reservation
WHERE state = 0 AND node = :node /*int*/ AND asked_us < :before_us /*int*/ ORDER BY journal_entry LIMIT 256;

-- name: reservation_forget :batchexec
UPDATE reservation SET state = 1 WHERE journal_entry = :journal_entry /*int*/ AND state = 0;

-- name: reservation_count :one
SELECT coalesce(sum(CASE WHEN state = 0 THEN 1 ELSE 0 END), 0) AS open /*int*/,
       coalesce(sum(CASE WHEN state = 0 AND asked_us < :before_us /*int*/ THEN 1 ELSE 0 END), 0) AS old /*int*/,
       coalesce(sum(state), 0) AS unknown /*int*/
FROM reservation;
