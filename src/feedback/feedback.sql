-- SPDX-License-Identifier: EUPL-1.2
-- Who owes what data balikan, and what was told (P2.2b, J.III). Nothing of an answer is
-- here: a NIK, sealed, and what people wrote about the person themselves.
--
-- A person is one NIK in one kejadian. nik_hash is keyed for the kejadian, so that the
-- same NIK in two of them cannot be put together by who has the table alone; it is how a
-- debt is found again. asked_us NULL: nobody ever asked for the data, and all the same
-- something was told (the web service takes that too).
--
-- CHECKs say OR: SQLite builds a table for an IN of three, at every row.
--
-- keterangan, house, on_day, told_us, told_by and told_hash say what was told last; the
-- whole history is in feedback_entry. A day is counted since 1970-01-01 (struct day).

-- migration: 1
CREATE TABLE feedback_person (
    person_id INTEGER PRIMARY KEY,
    kejadian_id INTEGER NOT NULL,
    instansi_id INTEGER NOT NULL,
    nik_hash BLOB NOT NULL,
    nik_sealed BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state = 'open' OR state = 'closed' OR state = 'waived'),
    asked_us INTEGER,
    asked_entry INTEGER NOT NULL,
    asked_by TEXT NOT NULL,
    keterangan TEXT NOT NULL,
    house TEXT NOT NULL,
    on_day INTEGER NOT NULL,
    told_us INTEGER NOT NULL,
    told_by TEXT NOT NULL,
    told_hash BLOB NOT NULL,
    UNIQUE (kejadian_id, nik_hash)
) STRICT;
-- Two indexes, so that opening a debt writes one of them only.
CREATE INDEX feedback_person_open ON feedback_person (kejadian_id, person_id) WHERE state = 'open';
CREATE INDEX feedback_person_over ON feedback_person (kejadian_id, state, person_id) WHERE state <> 'open';

-- What was told about a person, one row a change; entry_id is the number of its entry in the
-- journal. word: a keterangan, or the reason why he
-- is no victim. note_sealed NULL: none was written.
CREATE TABLE feedback_entry (
    entry_id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES feedback_person (person_id),
    instansi_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('victim', 'waiver')),
    word TEXT NOT NULL,
    house TEXT NOT NULL,
    note_sealed BLOB,
    on_day INTEGER NOT NULL,
    told_hash BLOB NOT NULL,
    source TEXT NOT NULL CHECK (source = 'form' OR source = 'list' OR source = 'service'),
    told_by TEXT NOT NULL,
    told_us INTEGER NOT NULL
) STRICT;
CREATE INDEX feedback_entry_by_person ON feedback_entry (person_id, entry_id);
-- As they came in. Numbers of several nodes' journals do not follow time.
CREATE INDEX feedback_entry_by_instansi ON feedback_entry (instansi_id, told_us, entry_id);

-- The figures of a kejadian. answered_n: NIK whose data was accessed; unasked_n: those of
-- whom something was told though nobody asked.
CREATE TABLE feedback_tally (
    kejadian_id INTEGER PRIMARY KEY,
    instansi_id INTEGER NOT NULL,
    answered_n INTEGER NOT NULL,
    open_n INTEGER NOT NULL,
    closed_n INTEGER NOT NULL,
    waived_n INTEGER NOT NULL,
    unasked_n INTEGER NOT NULL,
    CHECK (answered_n = open_n + closed_n + waived_n AND open_n >= 0 AND closed_n >= 0 AND waived_n >= 0 AND unasked_n >= 0)
) STRICT;
CREATE INDEX feedback_tally_by_instansi ON feedback_tally (instansi_id, kejadian_id);

-- ---- debts ----

-- name: feedback_tally_hold :batchone
-- set: locked in the order of the items
-- about: whoever changes the persons of a kejadian holds its figures first, in order of kejadian
-- lock: update
SELECT kejadian_id /*int*/ FROM feedback_tally WHERE kejadian_id = :kejadian_id /*int*/;

-- name: feedback_tally_make :batchexec
INSERT INTO feedback_tally (kejadian_id, instansi_id, answered_n, open_n, closed_n, waived_n, unasked_n)
VALUES (:kejadian_id /*int*/, :instansi_id /*int*/, 0, 0, 0, 0, 0)
ON CONFLICT (kejadian_id) DO NOTHING;

-- name: feedback_tally_add :batchexec
-- set: one row a kejadian, and they are held
-- later: figures that do not add up are an accident
UPDATE feedback_tally
SET answered_n = answered_n + :answered_n /*int*/, open_n = open_n + :open_n /*int*/, closed_n = closed_n + :closed_n /*int*/,
    waived_n = waived_n + :waived_n /*int*/, unasked_n = unasked_n + :unasked_n /*int*/
WHERE kejadian_id = :kejadian_id /*int*/;

-- name: feedback_person_find :batchone
-- set: only read, under the figures of their kejadian
SELECT person_id /*int*/, state /*text*/, asked_us /*int?*/, on_day /*int*/, told_hash /*blob*/
FROM feedback_person
WHERE kejadian_id = :kejadian_id /*int*/ AND instansi_id = :instansi_id /*int*/ AND nik_hash = :nik_hash /*blob*/;

-- name: feedback_person_put :batchexec
-- set: one row a person
-- later: under the figures of his kejadian nobody else puts him
-- about: somebody new: asked for, or told of without
INSERT INTO feedback_person (kejadian_id, instansi_id, nik_hash, nik_sealed, state, asked_us, asked_entry, asked_by,
                             keterangan, house, on_day, told_us, told_by, told_hash)
VALUES (:kejadian_id /*int*/, :instansi_id /*int*/, :nik_hash /*blob*/, :nik_sealed /*blob*/, :state /*text*/,
        :asked_us /*int?*/, :asked_entry /*int*/, :asked_by /*text*/, '', '', 0, 0, '', :no_hash /*blob*/);

-- name: feedback_person_ask :batchexec
-- set: one row a person, under the figures of his kejadian
-- later: it cannot be refused
-- about: somebody told of before anybody asked
UPDATE feedback_person SET asked_us = :asked_us /*int*/, asked_entry = :asked_entry /*int*/, asked_by = :asked_by /*text*/
WHERE person_id = :person_id /*int*/;

-- name: feedback_tally_get :batchone
SELECT answered_n /*int*/, open_n /*int*/, closed_n /*int*/, waived_n /*int*/, unasked_n /*int*/,
       coalesce((SELECT p.asked_us FROM feedback_person p WHERE p.kejadian_id = feedback_tally.kejadian_id AND p.state = 'open'
                 ORDER BY p.person_id LIMIT 1), 0) AS oldest_us /*int*/
FROM feedback_tally WHERE kejadian_id = :kejadian_id /*int*/;

-- name: feedback_owes :batchone
-- about: what an instansi owes in all, and since when; one row always
SELECT coalesce(sum(d.n), 0) AS n /*int*/, coalesce(min(d.asked_us), 0) AS oldest_us /*int*/
FROM (SELECT t.open_n AS n, (SELECT p.asked_us FROM feedback_person p WHERE p.kejadian_id = t.kejadian_id AND p.state = 'open'
                             ORDER BY p.person_id LIMIT 1) AS asked_us
      FROM feedback_tally t WHERE t.instansi_id = :instansi_id /*int*/ AND t.open_n > 0) d;

-- ---- what was told ----

-- name: feedback_entry_same :batchone
-- about: has the same been told before, however long ago?
SELECT entry_id /*int*/ FROM feedback_entry WHERE person_id = :person_id /*int*/ AND told_hash = :told_hash /*blob*/ LIMIT 1;

-- name: feedback_entry_put :batchexec
INSERT INTO feedback_entry (entry_id, person_id, instansi_id, kind, word, house, note_sealed, on_day, told_hash, source, told_by,
                            told_us)
VALUES (:entry_id /*int*/, :person_id /*int*/, :instansi_id /*int*/, :kind /*text*/, :word /*text*/, :house /*text*/,
        :note_sealed /*blob?*/, :on_day /*int*/, :told_hash /*blob*/, :source /*text*/, :told_by /*text*/, :told_us /*int*/);

-- name: feedback_person_set :batchexec
UPDATE feedback_person
SET state = :state /*text*/, keterangan = :keterangan /*text*/, house = :house /*text*/, on_day = :on_day /*int*/,
    told_us = :told_us /*int*/, told_by = :told_by /*text*/, told_hash = :told_hash /*blob*/
WHERE person_id = :person_id /*int*/;

-- ---- to be read ----

-- name: feedback_person_get :one
SELECT person_id /*int*/, kejadian_id /*int*/, instansi_id /*int*/, nik_sealed /*blob*/, nik_hash /*blob*/, state /*text*/,
       asked_us /*int?*/, asked_by /*text*/, keterangan /*text*/, house /*text*/, on_day /*int*/, told_us /*int*/, told_by /*text*/
FROM feedback_person WHERE person_id = :person_id /*int*/;

-- name: feedback_person_page :many 1000
-- about: of a kejadian, those in hand first, then the latest; '' is any
SELECT p.person_id /*int*/, p.kejadian_id /*int*/, p.instansi_id /*int*/, p.nik_sealed /*blob*/, p.nik_hash /*blob*/,
       p.state /*text*/, p.asked_us /*int?*/, p.asked_by /*text*/, p.keterangan /*text*/, p.house /*text*/, p.on_day /*int*/,
       p.told_us /*int*/, p.told_by /*text*/
FROM feedback_person p
WHERE p.kejadian_id = :kejadian_id /*int*/ AND (:state /*text*/ = '' OR p.state = :state)
  AND (:keterangan /*text*/ = '' OR p.keterangan = :keterangan) AND (:asked_by /*text*/ = '' OR p.asked_by = :asked_by)
ORDER BY CASE p.state WHEN 'open' THEN 0 ELSE 1 END, p.person_id LIMIT :most /*int*/ OFFSET :skip /*int*/;

-- name: feedback_person_count :one
SELECT count(*) AS n /*int*/ FROM feedback_person p
WHERE p.kejadian_id = :kejadian_id /*int*/ AND (:state /*text*/ = '' OR p.state = :state)
  AND (:keterangan /*text*/ = '' OR p.keterangan = :keterangan) AND (:asked_by /*text*/ = '' OR p.asked_by = :asked_by);

-- name: feedback_history :many 200
-- about: of one person, latest first
SELECT entry_id /*int*/, kind /*text*/, word /*text*/, house /*text*/, note_sealed /*blob?*/, on_day /*int*/, source /*text*/,
       told_by /*text*/, told_us /*int*/
FROM feedback_entry WHERE person_id = :person_id /*int*/ ORDER BY told_us DESC, entry_id DESC LIMIT 200;

-- name: feedback_drift :one
-- about: kejadian whose figures are not what is counted anew, and how many were counted; reads everything
SELECT count(*) AS counted_n /*int*/,
       coalesce(sum(CASE WHEN t.open_n = coalesce(c.open_n, 0) AND t.closed_n = coalesce(c.closed_n, 0)
                          AND t.waived_n = coalesce(c.waived_n, 0) AND t.unasked_n = coalesce(c.unasked_n, 0)
                         THEN 0 ELSE 1 END), 0) AS wrong_n /*int*/
FROM feedback_tally t LEFT JOIN (
    SELECT p.kejadian_id AS kejadian_id,
           sum(CASE WHEN p.asked_us IS NOT NULL AND p.state = 'open' THEN 1 ELSE 0 END) AS open_n,
           sum(CASE WHEN p.asked_us IS NOT NULL AND p.state = 'closed' THEN 1 ELSE 0 END) AS closed_n,
           sum(CASE WHEN p.asked_us IS NOT NULL AND p.state = 'waived' THEN 1 ELSE 0 END) AS waived_n,
           sum(CASE WHEN p.asked_us IS NULL THEN 1 ELSE 0 END) AS unasked_n
    FROM feedback_person p GROUP BY p.kejadian_id) c ON c.kejadian_id = t.kejadian_id;

-- name: feedback_person_last :one
SELECT coalesce(max(person_id), 0) AS person_id /*int*/ FROM feedback_person;

-- name: feedback_person_part :many 2000
-- about: those of a kejadian behind `after` in the order of their numbers, whatever becomes of them meanwhile; each state
-- by its index; '' is any
SELECT d.person_id /*int*/, d.kejadian_id /*int*/, d.instansi_id /*int*/, d.nik_sealed /*blob*/, d.nik_hash /*blob*/,
       d.state /*text*/, d.asked_us /*int?*/, d.asked_by /*text*/, d.keterangan /*text*/, d.house /*text*/, d.on_day /*int*/,
       d.told_us /*int*/, d.told_by /*text*/
FROM (SELECT * FROM (SELECT * FROM feedback_person WHERE kejadian_id = :kejadian_id /*int*/ AND state = 'open'
                     AND (:state /*text*/ = '' OR :state = 'open')
                     AND person_id > :after /*int*/ AND person_id <= :last /*int*/ ORDER BY person_id LIMIT :most /*int*/) a
      UNION ALL
      SELECT * FROM (SELECT * FROM feedback_person WHERE kejadian_id = :kejadian_id AND state <> 'open' AND state = 'closed'
                     AND (:state = '' OR :state = 'closed')
                     AND person_id > :after AND person_id <= :last ORDER BY person_id LIMIT :most) b
      UNION ALL
      SELECT * FROM (SELECT * FROM feedback_person WHERE kejadian_id = :kejadian_id AND state <> 'open' AND state = 'waived'
                     AND (:state = '' OR :state = 'waived')
                     AND person_id > :after AND person_id <= :last ORDER BY person_id LIMIT :most) c) d
ORDER BY d.person_id LIMIT :most;

-- name: feedback_incoming :many 200
-- about: what an instansi told, latest first, from before a telling
SELECT e.entry_id /*int*/, e.person_id /*int*/, e.kind /*text*/, e.word /*text*/, e.house /*text*/, e.on_day /*int*/,
       e.source /*text*/, e.told_by /*text*/, e.told_us /*int*/, p.kejadian_id /*int*/, p.nik_sealed /*blob*/, p.nik_hash /*blob*/,
       p.asked_us /*int?*/
FROM feedback_entry e JOIN feedback_person p ON p.person_id = e.person_id
WHERE e.instansi_id = :instansi_id /*int*/ AND e.told_us <= :before_us /*int*/
  AND (e.told_us < :before_us OR e.entry_id < :before_entry /*int*/)
ORDER BY e.told_us DESC, e.entry_id DESC LIMIT :most /*int*/;
