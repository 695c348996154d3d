-- SPDX-License-Identifier: EUPL-1.2
-- Which user ids the night closes because of the agreement or of an NDA. Reads tables of
-- identity and agreement and owns none.

-- name: of_ended :many 200
-- about: operators of an agency whose agreement is over, at once; its services when data
-- balikan is no longer taken (agreement/feedback_window.h). The head stays.
SELECT u.user_key /*int*/, u.user_id /*text*/, u.instansi_id /*int*/
FROM user_account u JOIN instansi i ON i.instansi_id = u.instansi_id
WHERE u.closed = 0 AND u.role = :role /*text*/
  AND ((i.state IN ('ended', 'revoked') AND i.state_us < :before_us /*int*/)
       OR (SELECT max(v.end_day) FROM agreement_version v WHERE v.instansi_id = i.instansi_id) <= :last_day /*int*/)
ORDER BY u.user_key LIMIT 200;

-- name: of_past_nda :many 200
-- about: heads are told, operators are closed: an NDA was on file, and its last day has
-- passed without another. Who never signed one stays open and cannot look up (J.VI.E).
SELECT u.user_key /*int*/, u.user_id /*text*/, u.instansi_id /*int*/
FROM user_account u
WHERE u.closed = 0 AND u.role = 'operator'
  AND EXISTS (SELECT 1 FROM paper p WHERE p.instansi_id = u.instansi_id AND p.kind = 'nda' AND p.subject = u.user_id
              AND p.state = 'accepted' AND p.valid_day < :day /*int*/)
  AND NOT EXISTS (SELECT 1 FROM paper p WHERE p.instansi_id = u.instansi_id AND p.kind = 'nda' AND p.subject = u.user_id
                  AND p.state <> 'declined' AND p.valid_day >= :day)
ORDER BY u.user_key LIMIT 200;
