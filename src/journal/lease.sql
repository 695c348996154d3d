-- SPDX-License-Identifier: EUPL-1.2
-- Which process writes which log. A row stands from when a number was first taken and is never
-- removed, so that its fence only grows; holder '' says that nobody has the number. `beat` moves
-- while the holder lives, at least once in silence_s; when, nobody writes down, because clocks of
-- several machines need not agree (journal/lease.h).

-- migration: 1
CREATE TABLE node_lease (
    log_id INTEGER PRIMARY KEY,
    fence INTEGER NOT NULL,
    beat INTEGER NOT NULL,
    holder BLOB NOT NULL,
    host TEXT NOT NULL,
    silence_s INTEGER NOT NULL
) STRICT;

-- name: lease_each :many 64
SELECT log_id /*int*/, fence /*int*/, beat /*int*/, holder /*blob*/, host /*text*/, silence_s /*int*/
FROM node_lease ORDER BY log_id;

-- name: lease_insert :exec
-- about: no row when somebody was quicker
INSERT INTO node_lease (log_id, fence, beat, holder, host, silence_s)
VALUES (:log_id /*int*/, 1, 1, :holder /*blob*/, :host /*text*/, :silence_s /*int*/) ON CONFLICT (log_id) DO NOTHING;

-- name: lease_update :exec
-- about: no row when it is not as it was seen
UPDATE node_lease SET holder = :holder /*blob*/, host = :host /*text*/, silence_s = :silence_s /*int*/,
    fence = fence + 1, beat = beat + 1
WHERE log_id = :log_id /*int*/ AND fence = :fence /*int*/ AND beat = :beat /*int*/;

-- name: lease_forget :exec
-- about: a holder has one number
UPDATE node_lease SET holder = :nobody /*blob*/ WHERE holder = :holder /*blob*/ AND log_id <> :log_id /*int*/;

-- name: lease_beat :exec
UPDATE node_lease SET beat = beat + 1
WHERE log_id = :log_id /*int*/ AND fence = :fence /*int*/ AND holder = :holder /*blob*/;

-- name: lease_release :exec
UPDATE node_lease SET holder = :nobody /*blob*/
WHERE log_id = :log_id /*int*/ AND fence = :fence /*int*/ AND holder = :holder /*blob*/;
