-- SPDX-License-Identifier: EUPL-1.2
-- What a database knows of being moved to another engine, or from one: a row for each kind
-- of database that stands in it. Without a row it was made where it is and never moved.
--
-- state 1: it is being filled and not to be used; 2: it arrived, and is in use; 3: it was
-- left, and what is in use is at `place`. identity: what the source was when it was moved.

-- migration: 1
CREATE TABLE IF NOT EXISTS transfer (
    what TEXT NOT NULL PRIMARY KEY,
    state INTEGER NOT NULL CHECK (state >= 1 AND state <= 3),
    identity BLOB NOT NULL,
    place TEXT NOT NULL,
    began_us INTEGER NOT NULL,
    ended_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- name: transfer_find :one
SELECT state /*int*/, identity /*blob*/, place /*text*/, began_us /*int*/, ended_us /*int*/
FROM transfer WHERE what = :what /*text*/;

-- name: transfer_put :exec
INSERT INTO transfer (what, state, identity, place, began_us, ended_us)
VALUES (:what /*text*/, :state /*int*/, :identity /*blob*/, :place /*text*/, :began_us /*int*/, :ended_us /*int*/)
ON CONFLICT (what) DO UPDATE SET state = excluded.state, identity = excluded.identity, place = excluded.place,
    began_us = excluded.began_us, ended_us = excluded.ended_us;
