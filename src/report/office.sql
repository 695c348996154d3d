-- SPDX-License-Identifier: EUPL-1.2
-- What a report says beside the figures of the journal, out of the tables of other rooms
-- (report/office.h). Nothing here is written. `end_us` is the moment a period ended, `day`
-- its last day.

-- name: office_instansi :one
SELECT code /*text*/, name /*text*/, state /*text*/ FROM instansi WHERE instansi_id = :instansi_id /*int*/;

-- name: office_papers :many 1000
-- about: accepted, of one kind, signed by that day; the latest signed last
SELECT subject /*text*/, number /*text*/, signer /*text*/, signed_day /*int*/, valid_day /*int*/, filed_us /*int*/
FROM paper
WHERE instansi_id = :instansi_id /*int*/ AND kind = :kind /*text*/ AND state = 'accepted' AND signed_day <= :day /*int*/
ORDER BY signed_day, paper_id;

-- name: office_head_since :one
-- about: the first day of the definitive head of that day: an SPTJM before it does not count (J.VI.H)
SELECT coalesce(max(begin_day), 0) AS begin_day /*int*/ FROM official
WHERE instansi_id = :instansi_id /*int*/ AND acting = '' AND begin_day <= :day /*int*/;

-- name: office_users :many 10000
-- about: there before the end and not closed before the beginning, with the NDA that lasts longest
SELECT u.user_key /*int*/, u.user_id /*text*/, u.role /*text*/, u.closed /*int*/, u.closed_us /*int*/,
       (SELECT max(p.valid_day) FROM paper p WHERE p.instansi_id = u.instansi_id AND p.kind = 'nda' AND p.subject = u.user_id
        AND p.state = 'accepted' AND p.signed_day <= :day /*int*/) AS nda_valid /*int?*/,
       (SELECT min(p.filed_us) FROM paper p WHERE p.instansi_id = u.instansi_id AND p.kind = 'nda' AND p.subject = u.user_id
        AND p.state = 'accepted' AND p.signed_day <= :day AND p.valid_day >= :day) AS nda_filed /*int?*/
FROM user_account u
WHERE u.instansi_id = :instansi_id /*int*/ AND u.made_us < :end_us /*int*/ AND u.sandbox = 0
  AND (u.closed = 0 OR u.closed_us = 0 OR u.closed_us >= :first_us /*int*/)
ORDER BY u.user_key;

-- name: office_kejadian :many 10000
SELECT kejadian_id /*int*/, jenis /*text*/, name /*text*/, place /*text*/ FROM kejadian
WHERE instansi_id = :instansi_id /*int*/ AND opened_us < :end_us /*int*/ ORDER BY kejadian_id;

-- name: office_debts :many 100000
-- about: how many debts stood how at the end, by kejadian and age (0 the youngest): as they are when nothing was told
-- since, otherwise as the last telling before the end left them. Grouped, so that each is looked up once.
SELECT d.kejadian_id /*int*/, d.was /*text*/, d.age /*int*/, count(*) AS n /*int*/
FROM (SELECT p.kejadian_id AS kejadian_id,
             CASE WHEN p.asked_us >= :age1_us /*int*/ THEN 0 WHEN p.asked_us >= :age2_us /*int*/ THEN 1
                  WHEN p.asked_us >= :age3_us /*int*/ THEN 2 ELSE 3 END AS age,
             CASE WHEN p.told_us = 0 THEN 'open' WHEN p.told_us < :end_us /*int*/ THEN p.state
                  ELSE coalesce((SELECT e.kind FROM feedback_entry e WHERE e.person_id = p.person_id AND e.told_us < :end_us
                                 ORDER BY e.told_us DESC, e.entry_id DESC LIMIT 1), 'open') END AS was
      FROM kejadian k JOIN feedback_person p ON p.kejadian_id = k.kejadian_id
      WHERE k.instansi_id = :instansi_id /*int*/ AND p.instansi_id = :instansi_id AND p.asked_us < :end_us) d
GROUP BY d.kejadian_id, d.was, d.age ORDER BY d.kejadian_id;

-- name: office_told :many 100
-- about: what was told within the period, by its word
SELECT kind /*text*/, word /*text*/, count(*) AS n /*int*/ FROM feedback_entry
WHERE instansi_id = :instansi_id /*int*/ AND told_us >= :first_us /*int*/ AND told_us < :end_us /*int*/
GROUP BY kind, word;

-- name: office_holds :many 10000
SELECT held_us /*int*/, user_id /*text*/, reason /*text*/, state /*text*/, decided_us /*int*/ FROM guard_hold
WHERE instansi_id = :instansi_id /*int*/ AND held_us >= :first_us /*int*/ AND held_us < :end_us /*int*/
ORDER BY held_us, hold_id;
