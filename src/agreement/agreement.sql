-- SPDX-License-Identifier: EUPL-1.2
-- Instansi and the steps of their life, the immutable versions of their agreement and
-- the draft of the next one, papers on file, heads, contact persons, kejadian.
-- Days are counted since 1970-01-01 (struct day). What has no last day ends on day
-- 2147483647.

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

-- migration: 2
-- The last day any version reaches (0: there is none), and the name with its letters
-- small: the list of all agencies is sorted and searched by them.
ALTER TABLE instansi ADD COLUMN last_day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE instansi ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
UPDATE instansi SET name_key = name, last_day = coalesce((
    SELECT max(v.end_day) FROM agreement_version v WHERE v.instansi_id = instansi.instansi_id), 0);
CREATE INDEX instansi_by_name ON instansi (name, instansi_id);
CREATE INDEX instansi_by_last_day ON instansi (last_day, instansi_id);
CREATE INDEX instansi_by_state ON instansi (state, instansi_id);

-- Papers get a life (filed by the agency, accepted or declined by the provider), a
-- scan, and kinds that only the code lists.
CREATE TABLE paper_of_two (
    paper_id INTEGER PRIMARY KEY,
    instansi_id INTEGER NOT NULL REFERENCES instansi (instansi_id),
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    number TEXT NOT NULL,
    signer TEXT NOT NULL,
    signed_day INTEGER NOT NULL,
    valid_day INTEGER NOT NULL,
    filed_us INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('filed', 'accepted', 'declined')),
    scan_id INTEGER NOT NULL,
    note TEXT NOT NULL,
    filed_by TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    UNIQUE (instansi_id, kind, subject, number)
) STRICT;
INSERT INTO paper_of_two (instansi_id, kind, subject, number, signer, signed_day, valid_day, filed_us, state, scan_id, note,
                          filed_by, decided_by)
SELECT instansi_id, kind, subject, number, signer, signed_day, valid_day, filed_us, 'accepted', 0, '', '', '' FROM paper;
DROP TABLE paper;
ALTER TABLE paper_of_two RENAME TO paper;
CREATE INDEX paper_by_kind ON paper (instansi_id, kind, subject, signed_day, valid_day);
CREATE INDEX paper_by_state ON paper (state, filed_us);
CREATE INDEX paper_by_owner ON paper (instansi_id, state);

-- Applications beside the one each method begins with; derived from terms_json.
CREATE TABLE version_application (
    version_id INTEGER NOT NULL REFERENCES agreement_version (version_id),
    code TEXT NOT NULL,
    method TEXT NOT NULL,
    PRIMARY KEY (version_id, code)
) STRICT;

-- The next version while it is being written; file_json is an agreement file whose
-- terms may still have mistakes. rev moves with every save, so that nobody writes over
-- what he has not seen.
CREATE TABLE agreement_draft (
    instansi_id INTEGER PRIMARY KEY REFERENCES instansi (instansi_id),
    number INTEGER NOT NULL,
    file_json TEXT NOT NULL,
    rev INTEGER NOT NULL,
    by_user TEXT NOT NULL,
    at_us INTEGER NOT NULL
) STRICT;

-- What was done to an instansi's standing, on which ground (P4, P5, P9.1).
CREATE TABLE instansi_step (
    step_id INTEGER PRIMARY KEY,
    instansi_id INTEGER NOT NULL REFERENCES instansi (instansi_id),
    step TEXT NOT NULL,
    letter_number TEXT NOT NULL,
    letter_day INTEGER NOT NULL,
    note TEXT NOT NULL,
    by_user TEXT NOT NULL,
    at_us INTEGER NOT NULL
) STRICT;
CREATE INDEX instansi_step_by_instansi ON instansi_step (instansi_id, at_us);

-- Heads of the agency: one after the other, and acting ones (plh, plt) between dates.
CREATE TABLE official (
    official_id INTEGER PRIMARY KEY,
    instansi_id INTEGER NOT NULL REFERENCES instansi (instansi_id),
    name TEXT NOT NULL,
    nip TEXT NOT NULL,
    position TEXT NOT NULL,
    acting TEXT NOT NULL CHECK (acting IN ('', 'plh', 'plt')),
    begin_day INTEGER NOT NULL,
    end_day INTEGER NOT NULL CHECK (end_day >= begin_day),
    letter_number TEXT NOT NULL,
    made_us INTEGER NOT NULL
) STRICT;
CREATE INDEX official_by_instansi ON official (instansi_id, acting, begin_day);

-- Contact persons change without an addendum (J.VI.B): the latest list stands for those
-- of the version. Rows are never updated.
CREATE TABLE contact_list (
    contact_list_id INTEGER PRIMARY KEY,
    instansi_id INTEGER NOT NULL REFERENCES instansi (instansi_id),
    contacts_json TEXT NOT NULL,
    contacts_hash BLOB NOT NULL CHECK (length(contacts_hash) = 16),
    made_us INTEGER NOT NULL
) STRICT;
CREATE INDEX contact_list_by_instansi ON contact_list (instansi_id);

-- migration: 3
-- What else is to be known of a kejadian, and the closed ones as they are looked through.
ALTER TABLE kejadian ADD COLUMN note TEXT NOT NULL DEFAULT '';
CREATE INDEX kejadian_by_closing ON kejadian (instansi_id, closed_us, kejadian_id);

-- name: instansi_insert :one
-- about: no row comes back when the code is taken
INSERT INTO instansi (code, name, name_key, state, made_us, state_us)
VALUES (:code /*text*/, :name /*text*/, :name_key /*text*/, 'draft', :now_us /*int*/, :now_us)
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

-- name: roster_count :one
SELECT count(*) AS n /*int*/ FROM instansi
WHERE (:state /*text*/ = '' OR state = :also /*text*/
       OR (state = :state AND last_day >= :from_day /*int*/ AND last_day <= :to_day /*int*/))
  AND (code LIKE :code /*text*/ ESCAPE '!' OR name_key LIKE :part /*text*/ ESCAPE '!');

-- name: roster_by_name :many 200
-- about: of the list of all; an index gives each order, so that only the page is read
SELECT instansi_id /*int*/, code /*text*/, name /*text*/, state /*text*/ FROM instansi
WHERE (:state /*text*/ = '' OR state = :also /*text*/
       OR (state = :state AND last_day >= :from_day /*int*/ AND last_day <= :to_day /*int*/))
  AND (code LIKE :code /*text*/ ESCAPE '!' OR name_key LIKE :part /*text*/ ESCAPE '!')
ORDER BY name, instansi_id LIMIT :most /*int*/ OFFSET :skip /*int*/;

-- name: roster_by_name_down :many 200
SELECT instansi_id /*int*/, code /*text*/, name /*text*/, state /*text*/ FROM instansi
WHERE (:state /*text*/ = '' OR state = :also /*text*/
       OR (state = :state AND last_day >= :from_day /*int*/ AND last_day <= :to_day /*int*/))
  AND (code LIKE :code /*text*/ ESCAPE '!' OR name_key LIKE :part /*text*/ ESCAPE '!')
ORDER BY name DESC, instansi_id DESC LIMIT :most /*int*/ OFFSET :skip /*int*/;

-- name: roster_by_last_day :many 200
SELECT instansi_id /*int*/, code /*text*/, name /*text*/, state /*text*/ FROM instansi
WHERE (:state /*text*/ = '' OR state = :also /*text*/
       OR (state = :state AND last_day >= :from_day /*int*/ AND last_day <= :to_day /*int*/))
  AND (code LIKE :code /*text*/ ESCAPE '!' OR name_key LIKE :part /*text*/ ESCAPE '!')
ORDER BY last_day, instansi_id LIMIT :most /*int*/ OFFSET :skip /*int*/;

-- name: roster_by_last_day_down :many 200
SELECT instansi_id /*int*/, code /*text*/, name /*text*/, state /*text*/ FROM instansi
WHERE (:state /*text*/ = '' OR state = :also /*text*/
       OR (state = :state AND last_day >= :from_day /*int*/ AND last_day <= :to_day /*int*/))
  AND (code LIKE :code /*text*/ ESCAPE '!' OR name_key LIKE :part /*text*/ ESCAPE '!')
ORDER BY last_day DESC, instansi_id DESC LIMIT :most /*int*/ OFFSET :skip /*int*/;

-- name: roster_by_state :many 200
SELECT instansi_id /*int*/, code /*text*/, name /*text*/, state /*text*/ FROM instansi
WHERE (:state /*text*/ = '' OR state = :also /*text*/
       OR (state = :state AND last_day >= :from_day /*int*/ AND last_day <= :to_day /*int*/))
  AND (code LIKE :code /*text*/ ESCAPE '!' OR name_key LIKE :part /*text*/ ESCAPE '!')
ORDER BY state, instansi_id LIMIT :most /*int*/ OFFSET :skip /*int*/;

-- name: roster_by_state_down :many 200
SELECT instansi_id /*int*/, code /*text*/, name /*text*/, state /*text*/ FROM instansi
WHERE (:state /*text*/ = '' OR state = :also /*text*/
       OR (state = :state AND last_day >= :from_day /*int*/ AND last_day <= :to_day /*int*/))
  AND (code LIKE :code /*text*/ ESCAPE '!' OR name_key LIKE :part /*text*/ ESCAPE '!')
ORDER BY state DESC, instansi_id DESC LIMIT :most /*int*/ OFFSET :skip /*int*/;

-- name: roster_open :batchone
-- about: what waits at an agency
SELECT (SELECT count(*) FROM paper p WHERE p.instansi_id = i.instansi_id AND p.state = 'filed') AS papers /*int*/,
       (SELECT count(*) FROM agreement_draft d WHERE d.instansi_id = i.instansi_id) AS drafts /*int*/
FROM instansi i WHERE i.instansi_id = :instansi_id /*int*/;

-- name: instansi_reach :exec
-- about: a version was recorded
UPDATE instansi SET last_day = :end_day /*int*/ WHERE instansi_id = :instansi_id /*int*/ AND last_day < :end_day;

-- name: instansi_set_state :exec
UPDATE instansi SET state = :state /*text*/, state_us = :now_us /*int*/ WHERE instansi_id = :instansi_id /*int*/;

-- name: version_insert :one
INSERT INTO agreement_version (instansi_id, number, begin_day, end_day, ministry_number, terms_json, terms_hash, made_us)
VALUES (:instansi_id /*int*/, :number /*int*/, :begin_day /*int*/, :end_day /*int*/, :ministry_number /*text*/,
        :terms_json /*text*/, :terms_hash /*blob*/, :now_us /*int*/)
RETURNING version_id /*int*/;

-- name: version_get :one
SELECT version_id /*int*/, begin_day /*int*/, end_day /*int*/, terms_hash /*blob*/, made_us /*int*/, terms_json /*text*/
FROM agreement_version
WHERE instansi_id = :instansi_id /*int*/ AND number = :number /*int*/;

-- name: version_last :one
SELECT number /*int*/, begin_day /*int*/ FROM agreement_version
WHERE instansi_id = :instansi_id /*int*/ ORDER BY number DESC LIMIT 1;

-- name: version_number :one
SELECT number /*int*/ FROM agreement_version WHERE version_id = :version_id /*int*/;

-- name: version_terms :one
SELECT terms_json /*text*/ FROM agreement_version WHERE version_id = :version_id /*int*/;

-- name: standing_find :batchone
-- about: an instansi, the version in force on a day, and which papers it rests on. A new
-- head needs a new SPTJM (J.VI.H): one signed before his first day no longer counts.
SELECT i.code /*text*/, i.name /*text*/, i.state /*text*/, i.state_us /*int*/, i.last_day /*int*/,
       v.version_id /*int?*/, v.number /*int?*/, v.terms_hash /*blob?*/,
       (SELECT count(*) FROM paper p WHERE p.instansi_id = i.instansi_id AND p.kind = 'sptjm' AND p.subject = ''
        AND p.state = 'accepted' AND p.signed_day <= :day /*int*/ AND p.valid_day >= :day
        AND p.signed_day >= (SELECT coalesce(max(o.begin_day), 0) FROM official o
                             WHERE o.instansi_id = i.instansi_id AND o.acting = '' AND o.begin_day <= :day)) AS sptjm /*int*/,
       (SELECT count(*) FROM paper p WHERE p.instansi_id = i.instansi_id AND p.kind = 'ministry' AND p.subject = ''
        AND p.number = v.ministry_number AND p.state = 'accepted'
        AND p.signed_day <= :day AND p.valid_day >= :day) AS ministry /*int*/,
       (SELECT sum(DISTINCT CASE p.subject WHEN 'portal' THEN 1 WHEN 'CALL_NIK' THEN 2 WHEN 'CALL_VERIFY_BY_ELEMEN' THEN 4
                   ELSE 0 END)
        FROM paper p WHERE p.instansi_id = i.instansi_id AND p.kind = 'poc' AND p.state = 'accepted'
        AND p.signed_day <= :day AND p.valid_day >= :day) AS poc /*int?*/,
       (SELECT sum(DISTINCT CASE a.method WHEN 'portal' THEN 1 WHEN 'CALL_NIK' THEN 2 ELSE 4 END)
        FROM version_application a WHERE a.version_id = v.version_id AND NOT EXISTS (
            SELECT 1 FROM paper p WHERE p.instansi_id = i.instansi_id AND p.kind = 'poc' AND p.subject = a.code
            AND p.state = 'accepted' AND p.signed_day <= :day AND p.valid_day >= :day)) AS unproved /*int?*/,
       (SELECT max(c.contact_list_id) FROM contact_list c WHERE c.instansi_id = i.instansi_id) AS contact_list /*int?*/
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
-- about: on file and accepted; nothing changes when all of it was so already
INSERT INTO paper (instansi_id, kind, subject, number, signer, signed_day, valid_day, filed_us, state, scan_id, note, filed_by,
                   decided_by)
VALUES (:instansi_id /*int*/, :kind /*text*/, :subject /*text*/, :number /*text*/, :signer /*text*/, :signed_day /*int*/,
        :valid_day /*int*/, :now_us /*int*/, 'accepted', :scan_id /*int*/, '', :by_user /*text*/, :by_user)
ON CONFLICT (instansi_id, kind, subject, number) DO UPDATE
SET signer = excluded.signer, signed_day = excluded.signed_day, valid_day = excluded.valid_day, filed_us = excluded.filed_us,
    state = 'accepted', note = '', decided_by = excluded.decided_by,
    scan_id = CASE WHEN excluded.scan_id = 0 THEN paper.scan_id ELSE excluded.scan_id END
WHERE paper.signer <> excluded.signer OR paper.signed_day <> excluded.signed_day OR paper.valid_day <> excluded.valid_day
   OR paper.state <> 'accepted' OR (excluded.scan_id <> 0 AND paper.scan_id <> excluded.scan_id);

-- name: paper_submit :exec
-- about: the agency files a paper; one that was accepted is not touched
INSERT INTO paper (instansi_id, kind, subject, number, signer, signed_day, valid_day, filed_us, state, scan_id, note, filed_by,
                   decided_by)
VALUES (:instansi_id /*int*/, :kind /*text*/, :subject /*text*/, :number /*text*/, :signer /*text*/, :signed_day /*int*/,
        :valid_day /*int*/, :now_us /*int*/, 'filed', :scan_id /*int*/, '', :by_user /*text*/, '')
ON CONFLICT (instansi_id, kind, subject, number) DO UPDATE
SET signer = excluded.signer, signed_day = excluded.signed_day, valid_day = excluded.valid_day, filed_us = excluded.filed_us,
    state = 'filed', note = '', filed_by = excluded.filed_by, decided_by = '', scan_id = excluded.scan_id
WHERE paper.state <> 'accepted';

-- name: paper_decide :exec
-- about: nothing changes when somebody decided before, or it was filed anew
UPDATE paper SET state = :state /*text*/, note = :note /*text*/, decided_by = :by_user /*text*/
WHERE paper_id = :paper_id /*int*/ AND state = 'filed' AND filed_us = :seen_us /*int*/;

-- name: paper_valid :batchone
SELECT 1 AS valid /*int*/ FROM paper
WHERE instansi_id = :instansi_id /*int*/ AND kind = :kind /*text*/ AND subject = :subject /*text*/ AND state = 'accepted'
  AND signed_day <= :day /*int*/ AND valid_day >= :day LIMIT 1;

-- name: paper_all :many 1000
SELECT paper_id /*int*/, kind /*text*/, subject /*text*/, number /*text*/, signer /*text*/, signed_day /*int*/,
       valid_day /*int*/, filed_us /*int*/, state /*text*/, scan_id /*int*/, note /*text*/, filed_by /*text*/, decided_by /*text*/
FROM paper WHERE instansi_id = :instansi_id /*int*/ AND state = 'accepted' ORDER BY signed_day DESC, paper_id DESC LIMIT 1000;

-- name: paper_page :many 200
-- about: of one instansi, what waits first, then newest first; '' is any kind, state, subject
SELECT paper_id /*int*/, kind /*text*/, subject /*text*/, number /*text*/, signer /*text*/, signed_day /*int*/,
       valid_day /*int*/, filed_us /*int*/, state /*text*/, scan_id /*int*/, note /*text*/, filed_by /*text*/, decided_by /*text*/
FROM paper WHERE instansi_id = :instansi_id /*int*/ AND (:kind /*text*/ = '' OR kind = :kind)
  AND (:state /*text*/ = '' OR state = :state) AND (:subject /*text*/ = '' OR subject = :subject)
ORDER BY CASE WHEN state = 'filed' THEN 0 ELSE 1 END, signed_day DESC, paper_id DESC LIMIT :most /*int*/ OFFSET :skip /*int*/;

-- name: paper_count :one
SELECT count(*) AS n /*int*/ FROM paper WHERE instansi_id = :instansi_id /*int*/ AND (:kind /*text*/ = '' OR kind = :kind)
  AND (:state /*text*/ = '' OR state = :state) AND (:subject /*text*/ = '' OR subject = :subject);

-- name: paper_stand :batchone
-- about: how the papers of one kind and subject stand: the last day of the accepted one
-- that lasts longest, and how many wait
SELECT max(CASE WHEN state = 'accepted' THEN valid_day END) AS valid_day /*int?*/,
       count(CASE WHEN state = 'filed' THEN 1 END) AS waiting /*int*/,
       max(CASE WHEN state = 'accepted' AND filed_us >= :since_us /*int*/ AND signed_day >= :since_day /*int*/
           THEN signed_day END) AS signed_day /*int?*/
FROM paper WHERE instansi_id = :instansi_id /*int*/ AND kind = :kind /*text*/ AND subject = :subject /*text*/;

-- name: paper_inbox :many 200
-- about: what waits for the provider, of every agency, longest first
SELECT p.instansi_id /*int*/, i.code /*text*/, p.paper_id /*int*/, p.kind /*text*/, p.subject /*text*/, p.number /*text*/,
       p.signer /*text*/, p.signed_day /*int*/, p.valid_day /*int*/, p.filed_us /*int*/, p.state /*text*/, p.scan_id /*int*/,
       p.note /*text*/, p.filed_by /*text*/, p.decided_by /*text*/
FROM paper p JOIN instansi i ON i.instansi_id = p.instansi_id
WHERE p.state = 'filed' ORDER BY p.filed_us, p.paper_id LIMIT :most /*int*/ OFFSET :skip /*int*/;

-- name: paper_by_number :one
SELECT paper_id /*int*/ FROM paper WHERE instansi_id = :instansi_id /*int*/ AND kind = :kind /*text*/
  AND subject = :subject /*text*/ AND number = :number /*text*/;

-- name: paper_waiting :one
-- about: filed and not decided; instansi_id 0: of everyone
SELECT count(*) AS n /*int*/ FROM paper
WHERE state = 'filed' AND (:instansi_id /*int*/ = 0 OR instansi_id = :instansi_id);

-- name: paper_get :one
SELECT instansi_id /*int*/, paper_id /*int*/, kind /*text*/, subject /*text*/, number /*text*/, signer /*text*/,
       signed_day /*int*/, valid_day /*int*/, filed_us /*int*/, state /*text*/, scan_id /*int*/, note /*text*/, filed_by /*text*/,
       decided_by /*text*/
FROM paper WHERE paper_id = :paper_id /*int*/;

-- name: paper_latest :one
-- about: the accepted one that lasts longest
SELECT paper_id /*int*/, number /*text*/, signer /*text*/, signed_day /*int*/, valid_day /*int*/ FROM paper
WHERE instansi_id = :instansi_id /*int*/ AND kind = :kind /*text*/ AND subject = :subject /*text*/ AND state = 'accepted'
ORDER BY valid_day DESC, signed_day DESC, paper_id DESC LIMIT 1;

-- name: application_insert :exec
INSERT INTO version_application (version_id, code, method) VALUES (:version_id /*int*/, :code /*text*/, :method /*text*/);

-- name: version_all :many 999
SELECT version_id /*int*/, number /*int*/, begin_day /*int*/, end_day /*int*/, terms_hash /*blob*/, made_us /*int*/
FROM agreement_version WHERE instansi_id = :instansi_id /*int*/ ORDER BY number DESC;

-- name: version_page :many 200
SELECT version_id /*int*/, number /*int*/, begin_day /*int*/, end_day /*int*/, terms_hash /*blob*/, made_us /*int*/
FROM agreement_version WHERE instansi_id = :instansi_id /*int*/ ORDER BY number DESC LIMIT :most /*int*/ OFFSET :skip /*int*/;

-- name: version_count :one
SELECT count(*) AS n /*int*/ FROM agreement_version WHERE instansi_id = :instansi_id /*int*/;

-- name: version_base :one
-- about: of the versions before that number the one that reaches furthest, of several
-- the latest
SELECT number /*int*/ FROM agreement_version WHERE instansi_id = :instansi_id /*int*/ AND number < :number /*int*/
ORDER BY end_day DESC, number DESC LIMIT 1;

-- name: version_reach :one
-- about: the last day any version reaches
SELECT max(end_day) AS end_day /*int?*/ FROM agreement_version WHERE instansi_id = :instansi_id /*int*/;

-- name: draft_get :one
SELECT number /*int*/, file_json /*text*/, rev /*int*/, by_user /*text*/, at_us /*int*/ FROM agreement_draft
WHERE instansi_id = :instansi_id /*int*/;

-- name: draft_insert :one
-- about: no row comes back when somebody began one before
INSERT INTO agreement_draft (instansi_id, number, file_json, rev, by_user, at_us)
VALUES (:instansi_id /*int*/, :number /*int*/, :file_json /*text*/, 1, :by_user /*text*/, :now_us /*int*/)
ON CONFLICT (instansi_id) DO NOTHING
RETURNING rev /*int*/;

-- name: draft_save :exec
UPDATE agreement_draft SET file_json = :file_json /*text*/, number = :number /*int*/, rev = rev + 1, by_user = :by_user /*text*/,
       at_us = :now_us /*int*/
WHERE instansi_id = :instansi_id /*int*/ AND rev = :rev /*int*/;

-- name: draft_drop :exec
DELETE FROM agreement_draft WHERE instansi_id = :instansi_id /*int*/ AND rev = :rev /*int*/;

-- name: step_insert :exec
INSERT INTO instansi_step (instansi_id, step, letter_number, letter_day, note, by_user, at_us)
VALUES (:instansi_id /*int*/, :step /*text*/, :letter_number /*text*/, :letter_day /*int*/, :note /*text*/, :by_user /*text*/,
        :now_us /*int*/);

-- name: step_all :many 1000
SELECT step_id /*int*/, step /*text*/, letter_number /*text*/, letter_day /*int*/, note /*text*/, by_user /*text*/, at_us /*int*/
FROM instansi_step WHERE instansi_id = :instansi_id /*int*/ ORDER BY step_id DESC LIMIT 1000;

-- name: official_insert :exec
INSERT INTO official (instansi_id, name, nip, position, acting, begin_day, end_day, letter_number, made_us)
VALUES (:instansi_id /*int*/, :name /*text*/, :nip /*text*/, :position /*text*/, :acting /*text*/, :begin_day /*int*/,
        :end_day /*int*/, :letter_number /*text*/, :now_us /*int*/);

-- name: official_all :many 500
SELECT official_id /*int*/, name /*text*/, nip /*text*/, position /*text*/, acting /*text*/, begin_day /*int*/, end_day /*int*/,
       letter_number /*text*/
FROM official WHERE instansi_id = :instansi_id /*int*/ ORDER BY begin_day DESC, official_id DESC LIMIT 500;

-- name: official_on :one
-- about: who heads the agency on a day: an acting head before the definitive one
SELECT official_id /*int*/, name /*text*/, nip /*text*/, position /*text*/, acting /*text*/, begin_day /*int*/, end_day /*int*/,
       letter_number /*text*/
FROM official WHERE instansi_id = :instansi_id /*int*/ AND begin_day <= :day /*int*/ AND end_day >= :day
  AND (acting = :acting /*text*/ OR :acting = 'any')
ORDER BY CASE WHEN acting = '' THEN 1 ELSE 0 END, begin_day DESC, official_id DESC LIMIT 1;

-- name: official_clash :one
-- about: another acting head within these days
SELECT count(*) AS n /*int*/ FROM official
WHERE instansi_id = :instansi_id /*int*/ AND acting <> '' AND begin_day <= :end_day /*int*/ AND end_day >= :begin_day /*int*/;

-- name: official_last :one
-- about: the first day of the latest definitive head
SELECT max(begin_day) AS begin_day /*int?*/ FROM official WHERE instansi_id = :instansi_id /*int*/ AND acting = '';

-- name: contact_insert :exec
INSERT INTO contact_list (instansi_id, contacts_json, contacts_hash, made_us)
VALUES (:instansi_id /*int*/, :contacts_json /*text*/, :contacts_hash /*blob*/, :now_us /*int*/);

-- name: contact_get :one
SELECT contacts_json /*text*/, contacts_hash /*blob*/ FROM contact_list WHERE contact_list_id = :contact_list_id /*int*/;

-- name: kejadian_open_count :one
SELECT count(*) AS n /*int*/ FROM kejadian WHERE instansi_id = :instansi_id /*int*/ AND is_open = 1;

-- name: kejadian_insert :one
INSERT INTO kejadian (instansi_id, jenis, name, place, note, on_day, is_open, opened_us)
VALUES (:instansi_id /*int*/, :jenis /*text*/, :name /*text*/, :place /*text*/, :note /*text*/, :on_day /*int*/, 1, :now_us /*int*/)
RETURNING kejadian_id /*int*/;

-- name: kejadian_close :exec
UPDATE kejadian SET is_open = 0, closed_us = :now_us /*int*/
WHERE kejadian_id = :kejadian_id /*int*/ AND instansi_id = :instansi_id /*int*/ AND is_open = 1;

-- name: kejadian_get :batchone
SELECT jenis /*text*/, name /*text*/, place /*text*/, note /*text*/, on_day /*int*/, is_open /*int*/, opened_us /*int*/,
       closed_us /*int?*/
FROM kejadian WHERE kejadian_id = :kejadian_id /*int*/ AND instansi_id = :instansi_id /*int*/;

-- name: kejadian_page :many 200
SELECT kejadian_id /*int*/, jenis /*text*/, name /*text*/, place /*text*/, note /*text*/, on_day /*int*/, is_open /*int*/,
       opened_us /*int*/, closed_us /*int?*/
FROM kejadian WHERE instansi_id = :instansi_id /*int*/ ORDER BY is_open DESC, on_day DESC, kejadian_id DESC LIMIT 200;

-- name: kejadian_before :many 201
-- about: of smaller numbers than `before`, the latest first; is_open below 0 is any
SELECT kejadian_id /*int*/, jenis /*text*/, name /*text*/, place /*text*/, note /*text*/, on_day /*int*/, is_open /*int*/,
       opened_us /*int*/, closed_us /*int?*/
FROM kejadian
WHERE instansi_id = :instansi_id /*int*/ AND kejadian_id < :before /*int*/ AND (:is_open /*int*/ < 0 OR is_open = :is_open)
ORDER BY kejadian_id DESC LIMIT :most /*int*/;

-- name: kejadian_closed_page :many 200
-- about: the last to be closed first
SELECT kejadian_id /*int*/, jenis /*text*/, name /*text*/, place /*text*/, note /*text*/, on_day /*int*/, is_open /*int*/,
       opened_us /*int*/, closed_us /*int?*/
FROM kejadian WHERE instansi_id = :instansi_id /*int*/ AND is_open = 0
ORDER BY closed_us DESC NULLS LAST, kejadian_id DESC LIMIT :most /*int*/ OFFSET :skip /*int*/;

-- name: kejadian_closed_count :one
SELECT count(*) AS n /*int*/ FROM kejadian WHERE instansi_id = :instansi_id /*int*/ AND is_open = 0;
