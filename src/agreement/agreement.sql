-- SPDX-License-Identifier: EUPL-1.2
-- Instansi, the immutable versions of their agreement, papers on file, kejadian.
-- Days are counted since 1970-01-01 (struct day). A paper without a last day has
-- valid_day 2147483647.

-- marks: agreement

-- migration: 1
CREATE TABLE instansi (
    instansi_id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'active', 'suspended', 'ended', 'revoked')),
    made_us INTEGER NOT NULL,
    state_us INTEGER NOT NULL
) STRICT;

-- terms_json is the canonical text of the member "terms"; it is never updated.
CREATE TABLE agreement_version (
    version_id INTEGER PRIMARY KEY,
    instansi_id INTEGER NOT NULL REFERENCES instansi (instansi_id),
    number INTEGER NOT NULL CHECK (number >= 1),
    begin_day INTEGER NOT NULL,
    end_day INTEGER NOT NULL CHECK (end_day >= begin_day),
    ministry_number TEXT NOT NULL,
    terms_json TEXT NOT NULL,
    terms_hash BLOB NOT NULL CHECK (length(terms_hash) = 16),
    made_us INTEGER NOT NULL,
    UNIQUE (instansi_id, number)
) STRICT;

CREATE TABLE paper (
    paper_id INTEGER PRIMARY KEY,
    instansi_id INTEGER NOT NULL REFERENCES instansi (instansi_id),
    kind TEXT NOT NULL CHECK (kind IN ('sptjm', 'nda', 'ministry', 'poc', 'iso27001')),
    subject TEXT NOT NULL,
    number TEXT NOT NULL,
    signer TEXT NOT NULL,
    signed_day INTEGER NOT NULL,
    valid_day INTEGER NOT NULL,
    filed_us INTEGER NOT NULL,
    UNIQUE (instansi_id, kind, subject, number)
) STRICT;
CREATE INDEX paper_by_validity ON paper (instansi_id, kind, subject, signed_day, valid_day);

CREATE TABLE kejadian (
    kejadian_id INTEGER PRIMARY KEY,
    instansi_id INTEGER NOT NULL REFERENCES instansi (instansi_id),
    jenis TEXT NOT NULL,
    name TEXT NOT NULL,
    place TEXT NOT NULL,
    on_day INTEGER NOT NULL,
    is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
    opened_us INTEGER NOT NULL,
    closed_us INTEGER
) STRICT;
CREATE INDEX kejadian_by_instansi ON kejadian (instansi_id, is_open);

-- name: instansi_insert :one
-- about: no row comes back when the code is taken
INSERT INTO instansi (code, name, state, made_us, state_us)
VALUES (:code /*text*/, :name /*text*/, 'draft', :now_us /*int*/, :now_us)
ON CONFLICT (code) DO NOTHING
RETURNING instansi_id /*int*/;

-- name: instansi_by_code :one
SELECT instansi_id /*int*/ FROM instansi WHERE code = :code /*text*/;

-- name: instansi_get :one
SELECT code /*text*/, name /*text*/, state /*text*/ FROM instansi WHERE instansi_id = :instansi_id /*int*/;

-- name: instansi_lock :one
-- lock: update
SELECT code /*text*/, name /*text*/, state /*text*/ FROM instansi WHERE instansi_id = :instansi_id /*int*/;

-- name: instansi_all :many 10000
SELECT instansi_id /*int*/, code /*text*/, name /*text*/, state /*text*/ FROM instansi ORDER BY code;

-- name: instansi_set_state :exec
UPDATE instansi SET state = :state /*text*/, state_us = :now_us /*int*/ WHERE instansi_id = :instansi_id /*int*/;

-- name: version_insert :one
INSERT INTO agreement_version (instansi_id, number, begin_day, end_day, ministry_number, terms_json, terms_hash, made_us)
VALUES (:instansi_id /*int*/, :number /*int*/, :begin_day /*int*/, :end_day /*int*/, :ministry_number /*text*/,
        :terms_json /*text*/, :terms_hash /*blob*/, :now_us /*int*/)
RETURNING version_id /*int*/;

-- name: version_get :one
SELECT version_id /*int*/, terms_json /*text*/ FROM agreement_version
WHERE instansi_id = :instansi_id /*int*/ AND number = :number /*int*/;

-- name: version_last :one
SELECT number /*int*/, begin_day /*int*/ FROM agreement_version
WHERE instansi_id = :instansi_id /*int*/ ORDER BY number DESC LIMIT 1;

-- name: version_terms :one
SELECT terms_json /*text*/ FROM agreement_version WHERE version_id = :version_id /*int*/;

-- name: standing_find :batchone
-- about: an instansi, the version in force on a day, and which papers it rests on
SELECT i.code /*text*/, i.name /*text*/, i.state /*text*/, v.version_id /*int?*/, v.number /*int?*/, v.terms_hash /*blob?*/,
       (SELECT count(*) FROM paper p WHERE p.instansi_id = i.instansi_id AND p.kind = 'sptjm' AND p.subject = ''
        AND p.signed_day <= :day /*int*/ AND p.valid_day >= :day) AS sptjm /*int*/,
       (SELECT count(*) FROM paper p WHERE p.instansi_id = i.instansi_id AND p.kind = 'ministry' AND p.subject = ''
        AND p.number = v.ministry_number AND p.signed_day <= :day AND p.valid_day >= :day) AS ministry /*int*/,
       (SELECT sum(DISTINCT CASE p.subject WHEN 'portal' THEN 1 WHEN 'CALL_NIK' THEN 2 WHEN 'CALL_VERIFY_BY_ELEMEN' THEN 4
                   ELSE 0 END)
        FROM paper p WHERE p.instansi_id = i.instansi_id AND p.kind = 'poc'
        AND p.signed_day <= :day AND p.valid_day >= :day) AS poc /*int?*/
FROM instansi i LEFT JOIN agreement_version v ON v.instansi_id = i.instansi_id AND v.number = (
    SELECT w.number FROM agreement_version w
    WHERE w.instansi_id = i.instansi_id AND w.begin_day <= :day AND w.end_day >= :day ORDER BY w.number DESC LIMIT 1)
WHERE i.instansi_id = :instansi_id /*int*/;

-- name: version_doorway :one
-- about: the version in force, or else the last one that was, or else the first to come
SELECT version_id /*int*/, terms_hash /*blob*/, begin_day /*int*/ FROM agreement_version
WHERE instansi_id = :instansi_id /*int*/
ORDER BY CASE WHEN begin_day > :day /*int*/ THEN 2 WHEN end_day >= :day THEN 0 ELSE 1 END,
         CASE WHEN begin_day > :day THEN 0 - number ELSE number END DESC LIMIT 1;

-- name: version_doorways :many 10000
-- about: version_doorway of every instansi
SELECT v.version_id /*int*/, v.terms_hash /*blob*/
FROM instansi i JOIN agreement_version v ON v.version_id = (
    SELECT w.version_id FROM agreement_version w WHERE w.instansi_id = i.instansi_id
    ORDER BY CASE WHEN w.begin_day > :day /*int*/ THEN 2 WHEN w.end_day >= :day THEN 0 ELSE 1 END,
             CASE WHEN w.begin_day > :day THEN 0 - w.number ELSE w.number END DESC LIMIT 1)
ORDER BY i.instansi_id;

-- name: paper_put :exec
-- about: nothing changes when all of it is on file already
INSERT INTO paper (instansi_id, kind, subject, number, signer, signed_day, valid_day, filed_us)
VALUES (:instansi_id /*int*/, :kind /*text*/, :subject /*text*/, :number /*text*/, :signer /*text*/, :signed_day /*int*/,
        :valid_day /*int*/, :now_us /*int*/)
ON CONFLICT (instansi_id, kind, subject, number) DO UPDATE
SET signer = excluded.signer, signed_day = excluded.signed_day, valid_day = excluded.valid_day, filed_us = excluded.filed_us
WHERE paper.signer <> excluded.signer OR paper.signed_day <> excluded.signed_day OR paper.valid_day <> excluded.valid_day;

-- name: paper_valid :batchone
SELECT 1 AS valid /*int*/ FROM paper
WHERE instansi_id = :instansi_id /*int*/ AND kind = :kind /*text*/ AND subject = :subject /*text*/
  AND signed_day <= :day /*int*/ AND valid_day >= :day LIMIT 1;

-- name: paper_all :many 1000
SELECT kind /*text*/, subject /*text*/, number /*text*/, signer /*text*/, signed_day /*int*/, valid_day /*int*/
FROM paper WHERE instansi_id = :instansi_id /*int*/ ORDER BY signed_day DESC, paper_id DESC LIMIT 1000;

-- name: kejadian_open_count :one
SELECT count(*) AS n /*int*/ FROM kejadian WHERE instansi_id = :instansi_id /*int*/ AND is_open = 1;

-- name: kejadian_insert :one
INSERT INTO kejadian (instansi_id, jenis, name, place, on_day, is_open, opened_us)
VALUES (:instansi_id /*int*/, :jenis /*text*/, :name /*text*/, :place /*text*/, :on_day /*int*/, 1, :now_us /*int*/)
RETURNING kejadian_id /*int*/;

-- name: kejadian_close :exec
UPDATE kejadian SET is_open = 0, closed_us = :now_us /*int*/
WHERE kejadian_id = :kejadian_id /*int*/ AND instansi_id = :instansi_id /*int*/ AND is_open = 1;

-- name: kejadian_get :batchone
SELECT jenis /*text*/, name /*text*/, place /*text*/, on_day /*int*/, is_open /*int*/
FROM kejadian WHERE kejadian_id = :kejadian_id /*int*/ AND instansi_id = :instansi_id /*int*/;

-- name: kejadian_page :many 200
SELECT kejadian_id /*int*/, jenis /*text*/, name /*text*/, place /*text*/, on_day /*int*/, is_open /*int*/
FROM kejadian WHERE instansi_id = :instansi_id /*int*/ ORDER BY is_open DESC, on_day DESC, kejadian_id DESC LIMIT 200;
