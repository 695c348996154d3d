-- SPDX-License-Identifier: EUPL-1.2
-- Requests of an agency and the steps they took, what was typed at each, and the texts
-- of letters as they were edited. Days are counted since 1970-01-01 (struct day).

-- migration: 1
-- turn: who must act next; waits_day: from which day on he is waited for. rev moves with
-- every step and is its number; the opening is step 0.
CREATE TABLE request (
    request_id INTEGER PRIMARY KEY,
    instansi_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    turn TEXT NOT NULL CHECK (turn IN ('', 'instansi', 'provider')),
    waits_day INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    title TEXT NOT NULL,
    subject TEXT NOT NULL,
    late INTEGER NOT NULL CHECK (late IN (0, 1)),
    by_provider INTEGER NOT NULL CHECK (by_provider IN (0, 1)),
    opened_by TEXT NOT NULL,
    opened_us INTEGER NOT NULL,
    moved_us INTEGER NOT NULL
) STRICT;
CREATE INDEX request_by_turn ON request (turn, instansi_id, waits_day);
CREATE INDEX request_by_moved ON request (turn, moved_us);
CREATE INDEX request_by_instansi ON request (instansi_id, request_id);

CREATE TABLE request_step (
    request_id INTEGER NOT NULL REFERENCES request (request_id),
    number INTEGER NOT NULL,
    step TEXT NOT NULL,
    by_user TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (request_id, number)
) STRICT;

-- sealed: under the office key, in its own place (base/seal.h); value is '' then.
CREATE TABLE request_value (
    request_id INTEGER NOT NULL REFERENCES request (request_id),
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    place INTEGER NOT NULL,
    value TEXT NOT NULL,
    sealed BLOB,
    PRIMARY KEY (request_id, number, name)
) STRICT;

-- Texts of letters, each edit a row; body '' is the default text again.
CREATE TABLE naskah (
    letter TEXT NOT NULL,
    number INTEGER NOT NULL,
    body TEXT NOT NULL,
    by_user TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    PRIMARY KEY (letter, number)
) STRICT;

-- name: request_insert :one
INSERT INTO request (instansi_id, kind, state, turn, waits_day, rev, title, subject, late, by_provider, opened_by, opened_us,
                     moved_us)
VALUES (:instansi_id /*int*/, :kind /*text*/, :state /*text*/, :turn /*text*/, :waits_day /*int*/, 0, :title /*text*/,
        :subject /*text*/, :late /*int*/, :by_provider /*int*/, :opened_by /*text*/, :now_us /*int*/, :now_us)
RETURNING request_id /*int*/;

-- name: request_get :one
SELECT instansi_id /*int*/, kind /*text*/, state /*text*/, waits_day /*int*/, rev /*int*/, title /*text*/, subject /*text*/,
       late /*int*/, by_provider /*int*/, opened_by /*text*/, opened_us /*int*/, moved_us /*int*/
FROM request WHERE request_id = :request_id /*int*/;

-- name: request_move :exec
-- about: nothing changes when somebody moved it before
UPDATE request SET state = :state /*text*/, turn = :turn /*text*/, waits_day = 0, rev = rev + 1, moved_us = :now_us /*int*/
WHERE request_id = :request_id /*int*/ AND rev = :rev /*int*/ AND state = :from /*text*/;

-- name: request_wait :exec
UPDATE request SET waits_day = :waits_day /*int*/ WHERE request_id = :request_id /*int*/;

-- name: request_open_count :one
-- about: how many of an agency are under way; of one kind and subject, or of all
SELECT count(*) AS n /*int*/ FROM request
WHERE instansi_id = :instansi_id /*int*/ AND turn <> '' AND (:kind /*text*/ = '' OR (kind = :kind AND subject = :subject /*text*/));

-- name: request_waiting :one
-- about: how many wait for one side now; instansi_id 0: of everyone
SELECT count(*) AS n /*int*/ FROM request
WHERE turn = :turn /*text*/ AND waits_day <= :today /*int*/ AND (:instansi_id /*int*/ = 0 OR instansi_id = :instansi_id)
  AND (:kind /*text*/ = '' OR kind = :kind);

-- name: request_waiting_page :many 200
-- about: those that wait for one side now, who waits longest first
SELECT request_id /*int*/, instansi_id /*int*/, kind /*text*/, state /*text*/, waits_day /*int*/, rev /*int*/, title /*text*/,
       subject /*text*/, late /*int*/, by_provider /*int*/, opened_by /*text*/, opened_us /*int*/, moved_us /*int*/
FROM request
WHERE turn = :turn /*text*/ AND waits_day <= :today /*int*/ AND (:instansi_id /*int*/ = 0 OR instansi_id = :instansi_id)
  AND (:kind /*text*/ = '' OR kind = :kind)
ORDER BY moved_us, request_id LIMIT :most /*int*/ OFFSET :skip /*int*/;

-- name: request_other_count :one
-- about: all that do not wait for that side now; which: '' all, 'open', 'ended'
SELECT count(*) AS n /*int*/ FROM request
WHERE NOT (turn = :turn /*text*/ AND waits_day <= :today /*int*/) AND (:instansi_id /*int*/ = 0 OR instansi_id = :instansi_id)
  AND (:kind /*text*/ = '' OR kind = :kind)
  AND (:which /*text*/ = '' OR (:which = 'open' AND turn <> '') OR (:which = 'ended' AND turn = ''));

-- name: request_other_page :many 200
-- about: the same, newest first
SELECT request_id /*int*/, instansi_id /*int*/, kind /*text*/, state /*text*/, waits_day /*int*/, rev /*int*/, title /*text*/,
       subject /*text*/, late /*int*/, by_provider /*int*/, opened_by /*text*/, opened_us /*int*/, moved_us /*int*/
FROM request
WHERE NOT (turn = :turn /*text*/ AND waits_day <= :today /*int*/) AND (:instansi_id /*int*/ = 0 OR instansi_id = :instansi_id)
  AND (:kind /*text*/ = '' OR kind = :kind)
  AND (:which /*text*/ = '' OR (:which = 'open' AND turn <> '') OR (:which = 'ended' AND turn = ''))
ORDER BY request_id DESC LIMIT :most /*int*/ OFFSET :skip /*int*/;

-- name: request_renewal :one
-- about: renewals asked for since a moment that were neither declined nor withdrawn
SELECT count(*) AS n /*int*/ FROM request
WHERE instansi_id = :instansi_id /*int*/ AND kind = 'renewal' AND opened_us >= :since_us /*int*/
  AND state <> 'declined' AND state <> 'withdrawn';

-- name: request_step_insert :exec
INSERT INTO request_step (request_id, number, step, by_user, at_us)
VALUES (:request_id /*int*/, :number /*int*/, :step /*text*/, :by_user /*text*/, :now_us /*int*/);

-- name: request_step_all :many 200
SELECT number /*int*/, step /*text*/, by_user /*text*/, at_us /*int*/ FROM request_step
WHERE request_id = :request_id /*int*/ ORDER BY number;

-- name: request_value_insert :batchexec
INSERT INTO request_value (request_id, number, name, place, value, sealed)
VALUES (:request_id /*int*/, :number /*int*/, :name /*text*/, :place /*int*/, :value /*text*/, :sealed /*blob?*/);

-- name: request_value_all :many 3200
SELECT number /*int*/, name /*text*/, value /*text*/, sealed /*blob?*/ FROM request_value
WHERE request_id = :request_id /*int*/ ORDER BY number, place;

-- name: naskah_latest :one
SELECT number /*int*/, body /*text*/, by_user /*text*/, at_us /*int*/ FROM naskah
WHERE letter = :letter /*text*/ ORDER BY number DESC LIMIT 1;

-- name: naskah_get :one
SELECT body /*text*/, by_user /*text*/, at_us /*int*/ FROM naskah WHERE letter = :letter /*text*/ AND number = :number /*int*/;

-- name: naskah_insert :one
-- about: no row comes back when somebody saved that number before
INSERT INTO naskah (letter, number, body, by_user, at_us)
VALUES (:letter /*text*/, :number /*int*/, :body /*text*/, :by_user /*text*/, :now_us /*int*/)
ON CONFLICT (letter, number) DO NOTHING
RETURNING number /*int*/;

-- name: naskah_history :many 100
SELECT number /*int*/, by_user /*text*/, at_us /*int*/, CASE WHEN body = '' THEN 1 ELSE 0 END AS restored /*int*/ FROM naskah
WHERE letter = :letter /*text*/ ORDER BY number DESC LIMIT 100;

-- name: naskah_edited :many 100
-- about: the letters whose text is not the default one
SELECT n.letter /*text*/, n.number /*int*/, n.by_user /*text*/, n.at_us /*int*/,
       CASE WHEN n.body = '' THEN 1 ELSE 0 END AS restored /*int*/
FROM naskah n WHERE n.number = (SELECT max(m.number) FROM naskah m WHERE m.letter = n.letter) ORDER BY n.letter;
