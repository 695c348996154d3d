-- SPDX-License-Identifier: EUPL-1.2
-- User ids, signed-in browsers and the secrets of programs (asked for in credential.sql).
-- Passwords, cookies and secrets stand here as hashes only.

-- migration: 1
CREATE TABLE user_account (
    user_key INTEGER PRIMARY KEY,
    user_id TEXT NOT NULL UNIQUE CHECK (length(user_id) BETWEEN 1 AND 32),
    role TEXT NOT NULL CHECK (role IN ('admin', 'auditor', 'kepala', 'operator', 'service')),
    instansi_id INTEGER NOT NULL CHECK (instansi_id >= 0),
    password_hash TEXT,
    must_change INTEGER NOT NULL CHECK (must_change IN (0, 1)),
    closed INTEGER NOT NULL CHECK (closed IN (0, 1)),
    narrowing TEXT NOT NULL,
    standing_kejadian INTEGER NOT NULL,
    last_seen_us INTEGER NOT NULL,
    made_us INTEGER NOT NULL,
    expires_us INTEGER NOT NULL
) STRICT;
CREATE INDEX user_account_by_instansi ON user_account (instansi_id, user_id);

-- expires_us is the nearer of the idle and the absolute end, last_us the absolute one.
CREATE TABLE session (
    session_id INTEGER PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    user_key INTEGER NOT NULL REFERENCES user_account (user_key),
    peer TEXT NOT NULL,
    device TEXT NOT NULL,
    kejadian_id INTEGER NOT NULL,
    document TEXT NOT NULL,
    begun_us INTEGER NOT NULL,
    seen_us INTEGER NOT NULL,
    expires_us INTEGER NOT NULL,
    last_us INTEGER NOT NULL
) STRICT;
CREATE INDEX session_by_user ON session (user_key);
CREATE INDEX session_by_expiry ON session (expires_us);

CREATE TABLE credential (
    credential_id INTEGER PRIMARY KEY,
    secret_hash BLOB NOT NULL UNIQUE CHECK (length(secret_hash) = 32),
    user_key INTEGER NOT NULL REFERENCES user_account (user_key),
    made_us INTEGER NOT NULL,
    expires_us INTEGER NOT NULL
) STRICT;
CREATE INDEX credential_by_user ON credential (user_key);

-- holder_key is the holder in lower case, so that a search minds no capitals on either
-- engine; reopened_us counts as being seen, so that whoever was closed for sleeping is
-- not closed again the same night.

-- migration: 2
ALTER TABLE user_account ADD COLUMN holder TEXT NOT NULL DEFAULT '';
ALTER TABLE user_account ADD COLUMN holder_key TEXT NOT NULL DEFAULT '';
ALTER TABLE user_account ADD COLUMN position TEXT NOT NULL DEFAULT '';
ALTER TABLE user_account ADD COLUMN closed_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE user_account ADD COLUMN closed_us INTEGER NOT NULL DEFAULT 0;
ALTER TABLE user_account ADD COLUMN reopened_us INTEGER NOT NULL DEFAULT 0;
UPDATE user_account SET closed_reason = 'admin' WHERE closed = 1;

-- code_since_us: since when a one-time code is asked at every sign-in, 0 never (totp.sql);
-- code_given: this session has given one.

-- migration: 3
ALTER TABLE user_account ADD COLUMN code_since_us INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN code_given INTEGER NOT NULL DEFAULT 0;

-- scopes: what a program may ask for (scope.h); '' is the usual.

-- migration: 4
ALTER TABLE user_account ADD COLUMN scopes TEXT NOT NULL DEFAULT '';

-- sandbox: a user id of the rehearsal, from its making to its end; no query changes it.

-- migration: 5
ALTER TABLE user_account ADD COLUMN sandbox INTEGER NOT NULL DEFAULT 0;

-- name: user_insert :one
-- about: a new user id; no row comes back when it is taken
INSERT INTO user_account (user_id, role, instansi_id, password_hash, must_change, closed, narrowing, standing_kejadian,
                          last_seen_us, made_us, expires_us, holder, holder_key, position, sandbox)
VALUES (:user_id /*text*/, :role /*text*/, :instansi_id /*int*/, :password_hash /*text?*/, :must_change /*int*/, 0,
        :narrowing /*text*/, :standing_kejadian /*int*/, 0, :made_us /*int*/, :expires_us /*int*/,
        :holder /*text*/, :holder_key /*text*/, :position /*text*/, :sandbox /*int*/)
ON CONFLICT (user_id) DO NOTHING
RETURNING user_key /*int*/;

-- name: user_find :one
SELECT user_key /*int*/, user_id /*text*/, role /*text*/, instansi_id /*int*/, password_hash /*text?*/, must_change /*int*/,
       closed /*int*/, narrowing /*text*/, last_seen_us /*int*/, made_us /*int*/, expires_us /*int*/, holder /*text*/,
       position /*text*/, closed_reason /*text*/, closed_us /*int*/, reopened_us /*int*/,
       code_since_us /*int*/, sandbox /*int*/
FROM user_account WHERE user_id = :user_id /*text*/;

-- name: user_get :one
SELECT user_key /*int*/, user_id /*text*/, role /*text*/, instansi_id /*int*/, password_hash /*text?*/, must_change /*int*/,
       closed /*int*/, narrowing /*text*/, last_seen_us /*int*/, made_us /*int*/, expires_us /*int*/, holder /*text*/,
       position /*text*/, closed_reason /*text*/, closed_us /*int*/, reopened_us /*int*/,
       code_since_us /*int*/, sandbox /*int*/
FROM user_account WHERE user_key = :user_key /*int*/;

-- name: user_page :many 1000
-- about: in order of user id, those after `after`; role '' is any, closed < 0 either
SELECT user_key /*int*/, user_id /*text*/, role /*text*/, instansi_id /*int*/, password_hash /*text?*/, must_change /*int*/,
       closed /*int*/, narrowing /*text*/, last_seen_us /*int*/, made_us /*int*/, expires_us /*int*/, holder /*text*/,
       position /*text*/, closed_reason /*text*/, closed_us /*int*/, reopened_us /*int*/,
       code_since_us /*int*/, sandbox /*int*/
FROM user_account
WHERE user_id > :after /*text*/ AND (:instansi_id /*int*/ < 0 OR instansi_id = :instansi_id)
  AND (:role /*text*/ = '' OR role = :role) AND (:closed /*int*/ < 0 OR closed = :closed)
  AND (user_id LIKE :prefix /*text*/ ESCAPE '!' OR holder_key LIKE :part /*text*/ ESCAPE '!')
ORDER BY user_id LIMIT :most /*int*/;

-- name: user_count :one
SELECT count(*) AS n /*int*/ FROM user_account
WHERE (:instansi_id /*int*/ < 0 OR instansi_id = :instansi_id)
  AND (:role /*text*/ = '' OR role = :role) AND (:closed /*int*/ < 0 OR closed = :closed)
  AND (user_id LIKE :prefix /*text*/ ESCAPE '!' OR holder_key LIKE :part /*text*/ ESCAPE '!');

-- name: user_dormant :many 200
SELECT user_key /*int*/, user_id /*text*/, role /*text*/, instansi_id /*int*/, password_hash /*text?*/, must_change /*int*/,
       closed /*int*/, narrowing /*text*/, last_seen_us /*int*/, made_us /*int*/, expires_us /*int*/, holder /*text*/,
       position /*text*/, closed_reason /*text*/, closed_us /*int*/, reopened_us /*int*/,
       code_since_us /*int*/, sandbox /*int*/
FROM user_account
WHERE user_key > :after /*int*/ AND closed = 0 AND instansi_id > 0
  AND last_seen_us < :before_us /*int*/ AND made_us < :before_us AND reopened_us < :before_us
ORDER BY user_key LIMIT 200;

-- name: user_expired :many 200
SELECT user_key /*int*/, user_id /*text*/, role /*text*/, instansi_id /*int*/, password_hash /*text?*/, must_change /*int*/,
       closed /*int*/, narrowing /*text*/, last_seen_us /*int*/, made_us /*int*/, expires_us /*int*/, holder /*text*/,
       position /*text*/, closed_reason /*text*/, closed_us /*int*/, reopened_us /*int*/,
       code_since_us /*int*/, sandbox /*int*/
FROM user_account
WHERE user_key > :after /*int*/ AND closed = 0 AND expires_us <> 0 AND expires_us <= :now_us /*int*/
ORDER BY user_key LIMIT 200;

-- name: user_set_password :exec
UPDATE user_account SET password_hash = :password_hash /*text*/, must_change = :must_change /*int*/
WHERE user_key = :user_key /*int*/;

-- name: user_close :exec
UPDATE user_account SET closed = 1, closed_reason = :closed_reason /*text*/, closed_us = :now_us /*int*/
WHERE user_key = :user_key /*int*/;

-- name: user_reopen :exec
UPDATE user_account SET closed = 0, closed_reason = '', closed_us = 0, reopened_us = :now_us /*int*/
WHERE user_key = :user_key /*int*/;

-- name: user_change :exec
UPDATE user_account SET holder = :holder /*text*/, holder_key = :holder_key /*text*/, position = :position /*text*/,
       narrowing = :narrowing /*text*/, expires_us = :expires_us /*int*/
WHERE user_key = :user_key /*int*/;

-- name: user_seen :batchexec
-- about: only forward: a clock that steps back changes nothing
UPDATE user_account SET last_seen_us = :now_us /*int*/ WHERE user_key = :user_key /*int*/ AND last_seen_us < :now_us;

-- name: session_insert :one
INSERT INTO session (token_hash, user_key, peer, device, kejadian_id, document, begun_us, seen_us, expires_us, last_us)
VALUES (:token_hash /*blob*/, :user_key /*int*/, :peer /*text*/, :device /*text*/, :kejadian_id /*int*/, :document /*text*/,
        :now_us /*int*/, :now_us, :expires_us /*int*/, :last_us /*int*/)
RETURNING session_id /*int*/;

-- name: session_find :batchone
-- set: only read
-- about: the session behind a cookie with its user id, expired or not
SELECT s.session_id /*int*/, s.kejadian_id /*int*/, s.document /*text*/, s.begun_us /*int*/, s.seen_us /*int*/,
       s.expires_us /*int*/, s.last_us /*int*/, s.code_given /*int*/, u.code_since_us /*int*/,
       u.user_key /*int*/, u.user_id /*text*/, u.role /*text*/, u.instansi_id /*int*/,
       u.must_change /*int*/, u.closed /*int*/, u.narrowing /*text*/, u.last_seen_us /*int*/, u.made_us /*int*/,
       u.reopened_us /*int*/, u.expires_us AS user_expires_us /*int*/, u.sandbox /*int*/
FROM session s JOIN user_account u ON u.user_key = s.user_key
WHERE s.token_hash = :token_hash /*blob*/;

-- name: session_peek :one
SELECT user_key /*int*/ FROM session WHERE token_hash = :token_hash /*blob*/ AND expires_us > :now_us /*int*/;

-- name: session_touch :batchexec
UPDATE session SET seen_us = :now_us /*int*/, expires_us = :expires_us /*int*/
WHERE session_id = :session_id /*int*/ AND seen_us < :now_us;

-- name: session_drop :batchexec
-- about: an expired session, unless another node saw it alive meanwhile
DELETE FROM session WHERE session_id = :session_id /*int*/ AND seen_us = :seen_us /*int*/;

-- name: session_by_user :many 100
SELECT session_id /*int*/, begun_us /*int*/, seen_us /*int*/, peer /*text*/, device /*text*/
FROM session WHERE user_key = :user_key /*int*/ AND expires_us > :now_us /*int*/
ORDER BY begun_us DESC, session_id DESC LIMIT 100;

-- name: session_end :exec
DELETE FROM session WHERE user_key = :user_key /*int*/ AND session_id = :session_id /*int*/;

-- name: session_end_all :exec
DELETE FROM session WHERE user_key = :user_key /*int*/ AND session_id <> :keep /*int*/;

-- name: session_end_every :exec
DELETE FROM session WHERE session_id > 0;

-- name: session_choose :exec
UPDATE session SET kejadian_id = :kejadian_id /*int*/, document = :document /*text*/ WHERE session_id = :session_id /*int*/;

-- name: session_code_given :exec
UPDATE session SET code_given = 1 WHERE session_id = :session_id /*int*/;

-- name: session_sweep :exec
DELETE FROM session WHERE session_id IN (
    SELECT session_id FROM session WHERE expires_us <= :now_us /*int*/ ORDER BY expires_us LIMIT 1000);

-- name: user_scopes :one
SELECT scopes /*text*/ FROM user_account WHERE user_key = :user_key /*int*/ AND role = 'service';

-- name: user_set_scopes :exec
UPDATE user_account SET scopes = :scopes /*text*/ WHERE user_key = :user_key /*int*/ AND role = 'service';
