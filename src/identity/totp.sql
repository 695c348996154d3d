-- SPDX-License-Identifier: EUPL-1.2
-- One-time codes: the secret a user id shares with a telephone, sealed, and the hashes
-- of what helps when the telephone is lost. Whether codes are asked at all stands in
-- user_account.code_since_us: a secret is only offered until then.

-- migration: 1
CREATE TABLE totp (
    user_key INTEGER NOT NULL UNIQUE REFERENCES user_account (user_key),
    secret BLOB NOT NULL,
    session_id INTEGER NOT NULL,
    last_step INTEGER NOT NULL
) STRICT;

CREATE TABLE totp_recovery (
    code_hash BLOB PRIMARY KEY CHECK (length(code_hash) = 32),
    user_key INTEGER NOT NULL REFERENCES user_account (user_key)
) STRICT;
CREATE INDEX totp_recovery_by_user ON totp_recovery (user_key);

-- name: totp_lock :one
-- about: one at a time may offer, confirm or reset
-- lock: update
SELECT code_since_us /*int*/ FROM user_account WHERE user_key = :user_key /*int*/;

-- name: totp_find :one
SELECT t.secret /*blob*/, t.session_id /*int*/, u.code_since_us /*int*/
FROM totp t JOIN user_account u ON u.user_key = t.user_key
WHERE t.user_key = :user_key /*int*/;

-- name: totp_put :exec
-- about: an offer; it takes the place of one that was never confirmed
INSERT INTO totp (user_key, secret, session_id, last_step)
VALUES (:user_key /*int*/, :secret /*blob*/, :session_id /*int*/, 0)
ON CONFLICT (user_key) DO UPDATE SET secret = excluded.secret, session_id = excluded.session_id;

-- name: totp_spend :exec
-- about: nothing changes when the step, or a later one, was used meanwhile
UPDATE totp SET last_step = :step /*int*/ WHERE user_key = :user_key /*int*/ AND last_step < :step;

-- name: totp_set_since :exec
UPDATE user_account SET code_since_us = :now_us /*int*/ WHERE user_key = :user_key /*int*/;

-- name: totp_forget :exec
DELETE FROM totp WHERE user_key = :user_key /*int*/;

-- name: recovery_insert :batchexec
INSERT INTO totp_recovery (code_hash, user_key) VALUES (:code_hash /*blob*/, :user_key /*int*/);

-- name: recovery_use :exec
-- about: the hash is bound to its user id
DELETE FROM totp_recovery WHERE code_hash = :code_hash /*blob*/;

-- name: recovery_forget :exec
DELETE FROM totp_recovery WHERE user_key = :user_key /*int*/;

-- name: recovery_left :one
SELECT count(*) AS n /*int*/ FROM totp_recovery WHERE user_key = :user_key /*int*/;
