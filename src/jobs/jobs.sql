-- SPDX-License-Identifier: EUPL-1.2
-- Jobs of the office that one node does for all, and the mail that waits to go out.
-- A mail is one message to one address. Its texts hold no personal data: names of
-- offices, numbers of letters, days.

-- migration: 1
-- node: who has it until until_us; run_us: when it was last through, well or not;
-- ok_us: when it last went well; both 0 before the first time.
CREATE TABLE job (
    name TEXT NOT NULL PRIMARY KEY,
    node INTEGER NOT NULL,
    until_us INTEGER NOT NULL,
    run_us INTEGER NOT NULL,
    ok_us INTEGER NOT NULL,
    fails INTEGER NOT NULL
) STRICT;

-- node: who is sending it, until next_us; NULL: nobody. trouble: a word of jobs/smtp.h.
CREATE TABLE mail (
    mail_id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    address TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
    tries INTEGER NOT NULL,
    put_us INTEGER NOT NULL,
    next_us INTEGER NOT NULL,
    node INTEGER,
    over_us INTEGER,
    trouble TEXT NOT NULL,
    UNIQUE (key, address)
) STRICT;
CREATE INDEX mail_by_turn ON mail (state, next_us, mail_id);

-- name: job_put :exec
INSERT INTO job (name, node, until_us, run_us, ok_us, fails) VALUES (:name /*text*/, 0, 0, 0, 0, 0)
ON CONFLICT (name) DO NOTHING;

-- name: job_get :one
SELECT node /*int*/, until_us /*int*/, run_us /*int*/, ok_us /*int*/, fails /*int*/ FROM job WHERE name = :name /*text*/;

-- name: job_lock :one
-- lock: update
SELECT node /*int*/, until_us /*int*/, run_us /*int*/, ok_us /*int*/, fails /*int*/ FROM job WHERE name = :name /*text*/;

-- name: job_set :exec
UPDATE job SET node = :node /*int*/, until_us = :until_us /*int*/, run_us = :run_us /*int*/, ok_us = :ok_us /*int*/,
               fails = :fails /*int*/
WHERE name = :name /*text*/;

-- name: job_all :many 100
SELECT name /*text*/, node /*int*/, until_us /*int*/, run_us /*int*/, ok_us /*int*/, fails /*int*/ FROM job ORDER BY name;

-- name: mail_insert :exec
-- about: nothing happens when the same was put before
INSERT INTO mail (key, address, subject, body, state, tries, put_us, next_us, trouble)
VALUES (:key /*text*/, :address /*text*/, :subject /*text*/, :body /*text*/, 'waiting', 0, :now_us /*int*/, :now_us, '')
ON CONFLICT (key, address) DO NOTHING;

-- name: mail_next :one
-- about: whose turn it is; a clock that stepped back must not hold one up for longer than :far_us
SELECT mail_id /*int*/, key /*text*/, address /*text*/, subject /*text*/, body /*text*/, tries /*int*/, put_us /*int*/
FROM mail WHERE state = 'waiting' AND (next_us <= :now_us /*int*/ OR next_us > :far_us /*int*/)
ORDER BY next_us, mail_id LIMIT 1;

-- name: mail_claim :exec
-- about: no row changes when another node was quicker: tries is its fencing number
UPDATE mail SET node = :node /*int*/, tries = tries + 1, next_us = :until_us /*int*/
WHERE mail_id = :mail_id /*int*/ AND state = 'waiting' AND tries = :tries /*int*/;

-- name: mail_release :exec
-- about: what this node had in hand when it was killed
UPDATE mail SET node = NULL, next_us = :now_us /*int*/ WHERE state = 'waiting' AND node = :node /*int*/;

-- name: mail_over :exec
UPDATE mail SET state = :state /*text*/, node = NULL, over_us = :now_us /*int*/, trouble = :trouble /*text*/
WHERE mail_id = :mail_id /*int*/ AND state = 'waiting' AND tries = :tries /*int*/;

-- name: mail_later :exec
UPDATE mail SET node = NULL, next_us = :next_us /*int*/, trouble = :trouble /*text*/
WHERE mail_id = :mail_id /*int*/ AND state = 'waiting' AND tries = :tries /*int*/;

-- name: mail_give_up :exec
UPDATE mail SET state = 'failed', node = NULL, over_us = :now_us /*int*/
WHERE mail_id IN (SELECT m.mail_id FROM mail m WHERE m.state = 'waiting' AND m.put_us < :before_us /*int*/
                  ORDER BY m.mail_id LIMIT 500)
  AND state = 'waiting';

-- name: mail_forget :exec
DELETE FROM mail WHERE mail_id IN (SELECT m.mail_id FROM mail m WHERE m.state <> 'waiting' AND m.over_us < :before_us /*int*/
                                   ORDER BY m.mail_id LIMIT 500);

-- name: mail_count :one
SELECT coalesce(sum(CASE state WHEN 'waiting' THEN 1 ELSE 0 END), 0) AS waiting /*int*/,
       coalesce(sum(CASE state WHEN 'sent' THEN 1 ELSE 0 END), 0) AS sent /*int*/,
       coalesce(sum(CASE state WHEN 'failed' THEN 1 ELSE 0 END), 0) AS failed /*int*/
FROM mail;

-- name: mail_page :many 200
-- about: what has not arrived first, newest first
SELECT mail_id /*int*/, key /*text*/, address /*text*/, state /*text*/, tries /*int*/, put_us /*int*/, next_us /*int*/,
       over_us /*int?*/, trouble /*text*/
FROM mail ORDER BY CASE state WHEN 'sent' THEN 1 ELSE 0 END, mail_id DESC LIMIT 200;
