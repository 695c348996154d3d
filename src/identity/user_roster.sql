-- SPDX-License-Identifier: EUPL-1.2
-- The list of user ids as the portal shows it. The states are those of user_flaw(), told
-- apart here so that a filter leaves nothing to read in vain; '' is any state.

-- name: user_roster_by_id :many 200
SELECT u.user_key /*int*/, u.user_id /*text*/, u.role /*text*/, u.instansi_id /*int*/, u.must_change /*int*/, u.closed /*int*/,
       u.last_seen_us /*int*/, u.made_us /*int*/, u.expires_us /*int*/, u.holder /*text*/, u.position /*text*/,
       u.closed_reason /*text*/, u.reopened_us /*int*/,
       (SELECT max(h.given_us) FROM user_handover h WHERE h.user_key = u.user_key) AS given_us /*int?*/
FROM user_account u
WHERE (:instansi_id /*int*/ < 0 OR u.instansi_id = :instansi_id) AND (:role /*text*/ = '' OR u.role = :role)
  AND u.role <> 'service'
  AND (:prefix /*text*/ = '%' OR u.user_id LIKE :prefix ESCAPE '!' OR u.holder_key LIKE :part /*text*/ ESCAPE '!')
  AND (:state /*text*/ = '' OR :state = CASE
       WHEN u.closed = 1 THEN 'ditutup'
       WHEN u.last_seen_us < :before_us /*int*/ AND u.made_us < :before_us AND u.reopened_us < :before_us THEN 'dorman'
       WHEN u.expires_us <> 0 AND u.expires_us <= :now_us /*int*/ THEN 'berakhir'
       WHEN u.must_change = 1 THEN 'ganti-sandi' ELSE 'aktif' END)
ORDER BY u.user_id LIMIT :most /*int*/ OFFSET :skip /*int*/;

-- name: user_roster_by_other :many 200
-- about: by holder or last sign-in, up or down, or by user id downwards
SELECT u.user_key /*int*/, u.user_id /*text*/, u.role /*text*/, u.instansi_id /*int*/, u.must_change /*int*/, u.closed /*int*/,
       u.last_seen_us /*int*/, u.made_us /*int*/, u.expires_us /*int*/, u.holder /*text*/, u.position /*text*/,
       u.closed_reason /*text*/, u.reopened_us /*int*/,
       (SELECT max(h.given_us) FROM user_handover h WHERE h.user_key = u.user_key) AS given_us /*int?*/
FROM user_account u
WHERE (:instansi_id /*int*/ < 0 OR u.instansi_id = :instansi_id) AND (:role /*text*/ = '' OR u.role = :role)
  AND u.role <> 'service'
  AND (:prefix /*text*/ = '%' OR u.user_id LIKE :prefix ESCAPE '!' OR u.holder_key LIKE :part /*text*/ ESCAPE '!')
  AND (:state /*text*/ = '' OR :state = CASE
       WHEN u.closed = 1 THEN 'ditutup'
       WHEN u.last_seen_us < :before_us /*int*/ AND u.made_us < :before_us AND u.reopened_us < :before_us THEN 'dorman'
       WHEN u.expires_us <> 0 AND u.expires_us <= :now_us /*int*/ THEN 'berakhir'
       WHEN u.must_change = 1 THEN 'ganti-sandi' ELSE 'aktif' END)
ORDER BY CASE WHEN :sort /*text*/ = 'pemegang' THEN u.holder_key ELSE '' END,
         CASE WHEN :sort = 'pemegang-turun' THEN u.holder_key WHEN :sort = 'user-turun' THEN u.user_id ELSE '' END DESC,
         CASE WHEN :sort = 'masuk' THEN u.last_seen_us WHEN :sort = 'masuk-turun' THEN 0 - u.last_seen_us ELSE 0 END,
         u.user_id LIMIT :most /*int*/ OFFSET :skip /*int*/;

-- name: user_roster_count :one
SELECT count(*) AS n /*int*/ FROM user_account u
WHERE (:instansi_id /*int*/ < 0 OR u.instansi_id = :instansi_id) AND (:role /*text*/ = '' OR u.role = :role)
  AND u.role <> 'service'
  AND (:prefix /*text*/ = '%' OR u.user_id LIKE :prefix ESCAPE '!' OR u.holder_key LIKE :part /*text*/ ESCAPE '!')
  AND (:state /*text*/ = '' OR :state = CASE
       WHEN u.closed = 1 THEN 'ditutup'
       WHEN u.last_seen_us < :before_us /*int*/ AND u.made_us < :before_us AND u.reopened_us < :before_us THEN 'dorman'
       WHEN u.expires_us <> 0 AND u.expires_us <= :now_us /*int*/ THEN 'berakhir'
       WHEN u.must_change = 1 THEN 'ganti-sandi' ELSE 'aktif' END);

-- name: user_roster_admins :many 1000
-- about: all admins, one at a time may ask: two that close each other must not both
-- lock: update
SELECT user_key /*int*/, closed /*int*/, expires_us /*int*/ FROM user_account WHERE role = 'admin' ORDER BY user_key LIMIT 1000;
