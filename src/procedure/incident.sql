-- SPDX-License-Identifier: EUPL-1.2
-- Leaks that are being dealt with (P2.2g), and the steps that were taken, each with its day.
-- The *_us columns say when a step of that kind was first taken, 0: not yet; ending is how it
-- ended. source_entry: the entry of the journal it was opened from, -1 none.

-- migration: 1
CREATE TABLE incident (
    incident_id INTEGER PRIMARY KEY,
    instansi_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    what TEXT NOT NULL,
    found_us INTEGER NOT NULL,
    source_entry INTEGER NOT NULL,
    by_provider INTEGER NOT NULL CHECK (by_provider IN (0, 1)),
    opened_by TEXT NOT NULL,
    opened_us INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    handled_us INTEGER NOT NULL,
    authority_us INTEGER NOT NULL,
    people_us INTEGER NOT NULL,
    recovered_us INTEGER NOT NULL,
    ended_us INTEGER NOT NULL,
    ending TEXT NOT NULL CHECK (ending IN ('', 'closed', 'dismissed'))
) STRICT;
CREATE INDEX incident_by_instansi ON incident (instansi_id, incident_id);
CREATE INDEX incident_open ON incident (instansi_id, found_us) WHERE ended_us = 0;
CREATE TABLE incident_step (
    incident_id INTEGER NOT NULL REFERENCES incident (incident_id),
    number INTEGER NOT NULL,
    move TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    letter TEXT NOT NULL,
    note TEXT NOT NULL,
    by_user TEXT NOT NULL,
    made_us INTEGER NOT NULL,
    PRIMARY KEY (incident_id, number)
) STRICT;

-- name: incident_insert :one
INSERT INTO incident (instansi_id, kind, title, what, found_us, source_entry, by_provider, opened_by, opened_us, rev, handled_us,
                      authority_us, people_us, recovered_us, ended_us, ending)
VALUES (:instansi_id /*int*/, :kind /*text*/, :title /*text*/, :what /*text*/, :found_us /*int*/, :source_entry /*int*/,
        :by_provider /*int*/, :opened_by /*text*/, :opened_us /*int*/, 0, 0, 0, 0, 0, 0, '')
RETURNING incident_id /*int*/;

-- name: incident_lock :one
-- lock: update
SELECT rev /*int*/ FROM incident WHERE incident_id = :incident_id /*int*/;

-- name: incident_find :one
SELECT incident_id /*int*/, instansi_id /*int*/, kind /*text*/, title /*text*/, what /*text*/, found_us /*int*/,
       source_entry /*int*/, by_provider /*int*/, opened_by /*text*/, opened_us /*int*/, rev /*int*/, handled_us /*int*/,
       authority_us /*int*/, people_us /*int*/, recovered_us /*int*/, ended_us /*int*/, ending /*text*/
FROM incident WHERE incident_id = :incident_id /*int*/;

-- name: incident_page :many 200
-- about: those still open first, then the latest; instansi 0: of all
SELECT incident_id /*int*/, instansi_id /*int*/, kind /*text*/, title /*text*/, what /*text*/, found_us /*int*/,
       source_entry /*int*/, by_provider /*int*/, opened_by /*text*/, opened_us /*int*/, rev /*int*/, handled_us /*int*/,
       authority_us /*int*/, people_us /*int*/, recovered_us /*int*/, ended_us /*int*/, ending /*text*/
FROM incident WHERE (:instansi_id /*int*/ = 0 OR instansi_id = :instansi_id)
ORDER BY CASE WHEN ended_us = 0 THEN 0 ELSE 1 END, incident_id DESC LIMIT :most /*int*/ OFFSET :skip /*int*/;

-- name: incident_count :one
SELECT count(*) AS n /*int*/ FROM incident WHERE :instansi_id /*int*/ = 0 OR instansi_id = :instansi_id;

-- name: incident_open_of :many 8
-- about: of one instansi, what has not ended: where somebody is still to be told, then the first found first
SELECT incident_id /*int*/, title /*text*/, found_us /*int*/, authority_us /*int*/, people_us /*int*/
FROM incident WHERE instansi_id = :instansi_id /*int*/ AND ended_us = 0
ORDER BY CASE WHEN authority_us = 0 OR people_us = 0 THEN 0 ELSE 1 END, found_us, incident_id LIMIT 8;

-- name: incident_open_any :many 8
-- about: the same of all, in turns: the first of every instansi, then the second, so that none crowds out another's
SELECT i.incident_id /*int*/, i.title /*text*/, i.found_us /*int*/, i.authority_us /*int*/, i.people_us /*int*/
FROM incident i WHERE i.ended_us = 0
ORDER BY CASE WHEN i.authority_us = 0 OR i.people_us = 0 THEN 0 ELSE 1 END,
         (SELECT count(*) FROM incident b
          WHERE b.instansi_id = i.instansi_id AND b.ended_us = 0 AND (b.authority_us = 0 OR b.people_us = 0)
              AND (b.found_us < i.found_us OR (b.found_us = i.found_us AND b.incident_id < i.incident_id))),
         i.found_us, i.incident_id LIMIT 8;

-- name: incident_own_open :one
-- about: how many that an instansi opened itself have not ended
SELECT count(*) AS n /*int*/ FROM incident WHERE instansi_id = :instansi_id /*int*/ AND ended_us = 0 AND by_provider = 0;

-- name: incident_set :exec
UPDATE incident SET rev = :rev /*int*/, handled_us = :handled_us /*int*/, authority_us = :authority_us /*int*/,
       people_us = :people_us /*int*/, recovered_us = :recovered_us /*int*/, ended_us = :ended_us /*int*/, ending = :ending /*text*/
WHERE incident_id = :incident_id /*int*/;

-- name: incident_step_insert :exec
INSERT INTO incident_step (incident_id, number, move, at_us, letter, note, by_user, made_us)
VALUES (:incident_id /*int*/, :number /*int*/, :move /*text*/, :at_us /*int*/, :letter /*text*/, :note /*text*/, :by_user /*text*/,
        :made_us /*int*/);

-- name: incident_step_each :many 200
SELECT number /*int*/, move /*text*/, at_us /*int*/, letter /*text*/, note /*text*/, by_user /*text*/, made_us /*int*/
FROM incident_step WHERE incident_id = :incident_id /*int*/ ORDER BY number;
