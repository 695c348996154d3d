-- SPDX-License-Identifier: EUPL-1.2
-- Access tokens of programs (RFC 6749), as keyed hashes. One dies with the credential it
-- was given for: the row of that credential is read whenever the token is.

-- migration: 1
CREATE TABLE access_token (
    token_id INTEGER PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    user_key INTEGER NOT NULL,
    credential_id INTEGER NOT NULL,
    scopes TEXT NOT NULL,
    made_us INTEGER NOT NULL,
    expires_us INTEGER NOT NULL
) STRICT;
CREATE INDEX access_token_by_user ON access_token (user_key, token_id);
CREATE INDEX access_token_by_expiry ON access_token (expires_us);

-- name: access_insert :exec
INSERT INTO access_token (token_hash, user_key, credential_id, scopes, made_us, expires_us)
VALUES (:token_hash /*blob*/, :user_key /*int*/, :credential_id /*int*/, :scopes /*text*/, :made_us /*int*/, :expires_us /*int*/);

-- name: access_keep :exec
-- about: of one user id only the latest `keep` stay
DELETE FROM access_token WHERE user_key = :user_key /*int*/ AND token_id NOT IN (
    SELECT token_id FROM access_token WHERE user_key = :user_key ORDER BY token_id DESC LIMIT :keep /*int*/);

-- name: access_find :batchone
-- set: only read
-- about: whose token that is, while both it and its credential live
SELECT a.expires_us /*int*/, a.scopes /*text*/, a.credential_id /*int*/, c.expires_us AS credential_expires_us /*int*/,
       c.ended_us /*int*/, u.certificates /*text*/,
       u.user_key /*int*/, u.user_id /*text*/, u.role /*text*/, u.instansi_id /*int*/, u.must_change /*int*/, u.closed /*int*/,
       u.narrowing /*text*/, u.standing_kejadian /*int*/, u.last_seen_us /*int*/, u.made_us /*int*/, u.reopened_us /*int*/,
       u.expires_us AS user_expires_us /*int*/, u.sandbox /*int*/, u.scopes AS allowed /*text*/
FROM access_token a JOIN credential c ON c.credential_id = a.credential_id AND c.user_key = a.user_key
     JOIN user_account u ON u.user_key = a.user_key
WHERE a.token_hash = :token_hash /*blob*/;

-- name: access_end :exec
DELETE FROM access_token WHERE token_hash = :token_hash /*blob*/ AND user_key = :user_key /*int*/;

-- name: access_sweep :exec
DELETE FROM access_token WHERE token_id IN (
    SELECT token_id FROM access_token WHERE expires_us <= :now_us /*int*/ ORDER BY expires_us LIMIT :most /*int*/);

-- name: access_end_every :exec
DELETE FROM access_token WHERE token_id > 0;
