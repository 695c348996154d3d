-- SPDX-License-Identifier: EUPL-1.2
-- The population data. One row a resident, keyed by NIK; what many residents share
-- (places, occupations, regions) stands in dictionaries that are read into memory.
--
-- resident_key is the NIK plus slot * 10^16. An engine that can replace a whole file
-- always uses slot 0 of a new one. On another, a load fills the slot that is not in
-- use and then moves registry_meta.slot: one row, one commit, for every reader the
-- old data or the new. Dictionaries only grow, so an id means the same for both.
-- `facts` packs birth day, RT, RW, status and sex: see registry/resident.h.

-- migration: 1
CREATE TABLE registry_meta (
    meta_id INTEGER PRIMARY KEY,
    format INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    as_of_day INTEGER NOT NULL,
    active INTEGER NOT NULL,
    deceased INTEGER NOT NULL,
    doubled INTEGER NOT NULL,
    nonactive INTEGER NOT NULL
) STRICT;
CREATE TABLE registry_turn (
    turn_id INTEGER PRIMARY KEY
) STRICT;
CREATE TABLE word (
    word_id INTEGER PRIMARY KEY,
    word TEXT NOT NULL
) STRICT;
CREATE TABLE region (
    region_id INTEGER PRIMARY KEY,
    code INTEGER NOT NULL,
    names TEXT NOT NULL
) STRICT;
CREATE TABLE resident (
    resident_key INTEGER PRIMARY KEY,
    kk INTEGER NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    facts INTEGER NOT NULL,
    birthplace_id INTEGER NOT NULL,
    job_id INTEGER NOT NULL,
    region_id INTEGER NOT NULL
) STRICT;

-- name: registry_meta_find :one
-- about: which data is in use, and what is in it; RC_ABSENT before the first load
SELECT format /*int*/, generation /*int*/, slot /*int*/, as_of_day /*int*/,
       active /*int*/, deceased /*int*/, doubled /*int*/, nonactive /*int*/
FROM registry_meta WHERE meta_id = 1;

-- name: registry_meta_put :exec
-- about: the step that makes loaded data the data in use
INSERT INTO registry_meta (meta_id, format, generation, slot, as_of_day, active, deceased, doubled, nonactive)
VALUES (1, :format /*int*/, :generation /*int*/, :slot /*int*/, :as_of_day /*int*/,
        :active /*int*/, :deceased /*int*/, :doubled /*int*/, :nonactive /*int*/)
ON CONFLICT (meta_id) DO UPDATE SET format = excluded.format, generation = excluded.generation,
    slot = excluded.slot, as_of_day = excluded.as_of_day, active = excluded.active,
    deceased = excluded.deceased, doubled = excluded.doubled, nonactive = excluded.nonactive;

-- name: registry_turn_make :exec
-- about: the row that loads take turns by, on an engine without files
INSERT INTO registry_turn (turn_id) VALUES (1) ON CONFLICT (turn_id) DO NOTHING;

-- name: registry_turn_take :one
-- about: wait until no other load holds it
-- lock: update
SELECT turn_id /*int*/ FROM registry_turn WHERE turn_id = 1;

-- name: word_after :many 1000
-- about: the dictionary of birthplaces and occupations, a page at a time
SELECT word_id /*int*/, word /*text*/ FROM word WHERE word_id > :after /*int*/ ORDER BY word_id LIMIT 1000;

-- name: word_insert :batchexec
INSERT INTO word (word_id, word) VALUES (:word_id /*int*/, :word /*text*/);

-- name: region_after :many 1000
-- about: the dictionary of desa/kelurahan with all that stands above them
SELECT region_id /*int*/, code /*int*/, names /*text*/ FROM region
WHERE region_id > :after /*int*/ ORDER BY region_id LIMIT 1000;

-- name: region_insert :batchexec
INSERT INTO region (region_id, code, names) VALUES (:region_id /*int*/, :code /*int*/, :names /*text*/);

-- name: resident_find :batchone
-- set: only read
-- about: the look-up itself, and of which data it is; whose `generation` that is not asks again
SELECT m.generation /*int*/, r.resident_key AS found /*int?*/, r.kk /*int?*/, r.name /*text?*/, r.address /*text?*/,
       r.facts /*int?*/, r.birthplace_id /*int?*/, r.job_id /*int?*/, r.region_id /*int?*/
FROM registry_meta m LEFT JOIN resident r ON r.resident_key = :resident_key /*int*/ WHERE m.meta_id = 1;

-- name: resident_facts :batchone
-- set: only read
-- about: what a delta replaces, for the counts by status
SELECT facts /*int*/ FROM resident WHERE resident_key = :resident_key /*int*/;

-- name: resident_page :many 1000
-- about: keys and statuses in order, for samples
SELECT resident_key /*int*/, facts /*int*/ FROM resident
WHERE resident_key > :after /*int*/ AND resident_key < :before /*int*/ ORDER BY resident_key LIMIT 1000;

-- name: resident_insert :batchexec
-- copy: in order of its key, each once
INSERT INTO resident (resident_key, kk, name, address, facts, birthplace_id, job_id, region_id)
VALUES (:resident_key /*int*/, :kk /*int*/, :name /*text*/, :address /*text*/, :facts /*int*/,
        :birthplace_id /*int*/, :job_id /*int*/, :region_id /*int*/);

-- name: resident_upsert :batchexec
INSERT INTO resident (resident_key, kk, name, address, facts, birthplace_id, job_id, region_id)
VALUES (:resident_key /*int*/, :kk /*int*/, :name /*text*/, :address /*text*/, :facts /*int*/,
        :birthplace_id /*int*/, :job_id /*int*/, :region_id /*int*/)
ON CONFLICT (resident_key) DO UPDATE SET kk = excluded.kk, name = excluded.name, address = excluded.address,
    facts = excluded.facts, birthplace_id = excluded.birthplace_id, job_id = excluded.job_id,
    region_id = excluded.region_id;

-- name: resident_shift :exec
-- about: from the second slot into the first, which is empty
UPDATE resident SET resident_key = resident_key - :by /*int*/ WHERE resident_key >= :by;

-- name: registry_meta_first_slot :exec
UPDATE registry_meta SET slot = 0 WHERE meta_id = 1;

-- name: resident_clear :exec
-- about: empty the slot that is not in use, whatever a killed load left there; a
-- page at a time, until nothing was changed, so that no statement runs for long
DELETE FROM resident WHERE resident_key IN (
    SELECT resident_key FROM resident WHERE resident_key >= :first /*int*/ AND resident_key < :before /*int*/
    ORDER BY resident_key LIMIT 50000);

-- name: resident_copy :exec
-- about: the next page of the data in use into the other slot, for a delta
INSERT INTO resident (resident_key, kk, name, address, facts, birthplace_id, job_id, region_id)
SELECT resident_key + :shift /*int*/, kk, name, address, facts, birthplace_id, job_id, region_id
FROM resident WHERE resident_key > :after /*int*/ AND resident_key < :before /*int*/
ORDER BY resident_key LIMIT 50000;

-- name: resident_last :one
-- about: how far a copy has come
SELECT coalesce(max(resident_key), 0) AS resident_key /*int*/ FROM resident
WHERE resident_key >= :first /*int*/ AND resident_key < :before /*int*/;
