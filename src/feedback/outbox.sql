-- SPDX-License-Identifier: EUPL-1.2
-- What was told about victims and is to reach the system above (DOMAIN 4.2): one row an
-- entry, in the order in which they were told; and one lane an instansi, since one request
-- carries the token of one instansi only and its trouble must hold up nobody else.
--
-- param is the object that travels, written when the row is put and never again: what is
-- sent a second time must be the same to the byte, or the other side would take it for
-- something new. It names no person: the NIK stays sealed in feedback_person.
--
-- order_us is when it was told, moved behind whatever was put of the same person before:
-- entries of several nodes have no order of their own, and clocks differ.
--
-- A row stays when it was delivered: that it was is known by it alone. What the other side does
-- not have goes when the person turns out to be no victim.

-- migration: 1
CREATE TABLE feedback_outbox (
    entry_id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL,
    instansi_id INTEGER NOT NULL,
    order_us INTEGER NOT NULL,
    param TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state = 'waiting' OR state = 'delivered' OR state = 'refused'),
    tries INTEGER NOT NULL,
    put_us INTEGER NOT NULL,
    over_us INTEGER NOT NULL,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX feedback_outbox_waiting ON feedback_outbox (instansi_id, order_us) WHERE state = 'waiting';
CREATE INDEX feedback_outbox_refused ON feedback_outbox (instansi_id, order_us) WHERE state = 'refused';
CREATE INDEX feedback_outbox_by_state ON feedback_outbox (state, order_us);
CREATE INDEX feedback_outbox_by_person ON feedback_outbox (person_id, order_us);

-- node: who is sending until next_us; NULL: nobody, and next_us says when somebody may. turn:
-- the fencing number of that. most: entries in one request; fewer while one that is refused
-- is searched for. trouble: a word of jobs/courier.h, '' none; status: of HTTP, 0 none;
-- fails: in a row, since since_us. sent_n: entries the other side has.
CREATE TABLE feedback_lane (
    instansi_id INTEGER PRIMARY KEY,
    turn INTEGER NOT NULL,
    node INTEGER,
    next_us INTEGER NOT NULL,
    most INTEGER NOT NULL CHECK (most >= 1),
    fails INTEGER NOT NULL,
    trouble TEXT NOT NULL,
    status INTEGER NOT NULL,
    since_us INTEGER NOT NULL,
    sent_n INTEGER NOT NULL,
    sent_us INTEGER NOT NULL
) STRICT;

-- ---- putting ----

-- name: outbox_before :batchone
-- about: what was put of a person up to a moment, and whether the same was among it; one row
-- always
SELECT count(*) AS n /*int*/, coalesce(max(o.order_us), 0) AS last_us /*int*/,
       coalesce(max(CASE WHEN o.param = :param /*text*/ THEN o.order_us ELSE 0 END), 0) AS same_us /*int*/
FROM feedback_outbox o WHERE o.person_id = :person_id /*int*/ AND o.order_us <= :until_us /*int*/;

-- name: outbox_insert :batchexec
INSERT INTO feedback_outbox (entry_id, person_id, instansi_id, order_us, param, state, tries, put_us, over_us, reason)
VALUES (:entry_id /*int*/, :person_id /*int*/, :instansi_id /*int*/, :order_us /*int*/, :param /*text*/, 'waiting', 0,
        :now_us /*int*/, 0, '')
ON CONFLICT (entry_id) DO NOTHING;

-- name: outbox_lane_make :batchexec
INSERT INTO feedback_lane (instansi_id, turn, next_us, most, fails, trouble, status, since_us, sent_n, sent_us)
VALUES (:instansi_id /*int*/, 0, :now_us /*int*/, :most /*int*/, 0, '', 0, 0, 0, 0)
ON CONFLICT (instansi_id) DO NOTHING;

-- name: outbox_withdraw :batchexec
-- about: what the other side does not have of somebody who is no victim after all
DELETE FROM feedback_outbox WHERE person_id = :person_id /*int*/ AND state <> 'delivered';

-- name: outbox_missing :many 1000
-- about: told and never put; what was overtaken by something the other side has is left out, and so is
-- what was taken back
SELECT e.entry_id /*int*/, e.person_id /*int*/, e.word /*text*/, e.house /*text*/, e.on_day /*int*/, e.told_us /*int*/,
       p.instansi_id /*int*/, p.kejadian_id /*int*/
FROM feedback_entry e JOIN feedback_person p ON p.person_id = e.person_id
WHERE e.entry_id > :after /*int*/ AND e.kind = 'victim'
  AND NOT EXISTS (SELECT 1 FROM feedback_outbox o WHERE o.entry_id = e.entry_id)
  AND NOT EXISTS (SELECT 1 FROM feedback_outbox n WHERE n.person_id = e.person_id AND n.order_us > e.told_us
                  AND n.state = 'delivered')
  AND NOT EXISTS (SELECT 1 FROM feedback_entry w WHERE w.person_id = e.person_id AND w.kind = 'waiver'
                  AND w.told_us >= e.told_us)
ORDER BY e.entry_id LIMIT 1000;

-- ---- sending ----

-- name: outbox_lane_next :one
-- about: whose turn it is; a clock that stepped back must not hold one up for longer than :far_us
SELECT l.instansi_id /*int*/, l.turn /*int*/, l.most /*int*/
FROM feedback_lane l
WHERE (l.next_us <= :now_us /*int*/ OR l.next_us > :far_us /*int*/)
  AND EXISTS (SELECT 1 FROM feedback_outbox o WHERE o.instansi_id = l.instansi_id AND o.state = 'waiting')
ORDER BY l.next_us, l.instansi_id LIMIT 1;

-- name: outbox_lane_claim :exec
-- about: no row changes when another node was quicker
UPDATE feedback_lane SET node = :node /*int*/, turn = turn + 1, next_us = :until_us /*int*/
WHERE instansi_id = :instansi_id /*int*/ AND turn = :turn /*int*/;

-- name: outbox_due :many 100
-- about: the oldest of a lane
SELECT o.entry_id /*int*/, o.param /*text*/, p.nik_sealed /*blob*/, p.nik_hash /*blob*/
FROM feedback_outbox o JOIN feedback_person p ON p.person_id = o.person_id
WHERE o.instansi_id = :instansi_id /*int*/ AND o.state = 'waiting'
ORDER BY o.order_us, o.entry_id LIMIT :most /*int*/;

-- name: outbox_lane_hold :one
-- lock: update
SELECT turn /*int*/, node /*int?*/, most /*int*/, fails /*int*/, trouble /*text*/, since_us /*int*/, sent_us /*int*/
FROM feedback_lane WHERE instansi_id = :instansi_id /*int*/;

-- name: outbox_lane_set :exec
UPDATE feedback_lane
SET node = NULL, next_us = :next_us /*int*/, most = :most /*int*/, fails = :fails /*int*/, trouble = :trouble /*text*/,
    status = :status /*int*/, since_us = :since_us /*int*/, sent_n = sent_n + :sent_n /*int*/, sent_us = :sent_us /*int*/
WHERE instansi_id = :instansi_id /*int*/;

-- name: outbox_over :batchexec
UPDATE feedback_outbox SET state = :state /*text*/, over_us = :now_us /*int*/, tries = tries + 1, reason = :reason /*text*/
WHERE entry_id = :entry_id /*int*/ AND state = 'waiting';

-- name: outbox_tried :batchexec
UPDATE feedback_outbox SET tries = tries + 1 WHERE entry_id = :entry_id /*int*/ AND state = 'waiting';

-- name: outbox_lane_release :exec
-- about: what this node had in hand when it ended
UPDATE feedback_lane SET node = NULL, next_us = :now_us /*int*/ WHERE node = :node /*int*/;

-- name: outbox_lane_wake :exec
-- about: no lane waits any longer because of the trouble it met
UPDATE feedback_lane SET next_us = :now_us /*int*/ WHERE node IS NULL AND next_us > :now_us;

-- name: outbox_retry :exec
-- about: refused ones wait again, unless something later about the person was delivered
UPDATE feedback_outbox SET state = 'waiting', over_us = 0, reason = ''
WHERE state = 'refused' AND (:instansi_id /*int*/ = 0 OR instansi_id = :instansi_id)
  AND NOT EXISTS (SELECT 1 FROM feedback_outbox n WHERE n.person_id = feedback_outbox.person_id
                  AND n.order_us > feedback_outbox.order_us AND n.state = 'delivered');

-- ---- for those who watch ----

-- name: outbox_count :one
SELECT (SELECT count(*) FROM feedback_outbox o WHERE o.state = 'waiting') AS waiting /*int*/,
       (SELECT count(*) FROM feedback_outbox o WHERE o.state = 'refused') AS refused /*int*/,
       (SELECT coalesce(sum(l.sent_n), 0) FROM feedback_lane l) AS delivered /*int*/,
       coalesce((SELECT o.put_us FROM feedback_outbox o WHERE o.state = 'waiting' ORDER BY o.order_us LIMIT 1), 0)
           AS oldest_us /*int*/;

-- name: outbox_lane_all :many 1000
SELECT l.instansi_id /*int*/, l.node /*int?*/, l.next_us /*int*/, l.fails /*int*/, l.trouble /*text*/, l.status /*int*/,
       l.since_us /*int*/, l.sent_n /*int*/, l.sent_us /*int*/,
       (SELECT count(*) FROM feedback_outbox o WHERE o.instansi_id = l.instansi_id AND o.state = 'waiting') AS waiting_n /*int*/,
       (SELECT count(*) FROM feedback_outbox o WHERE o.instansi_id = l.instansi_id AND o.state = 'refused') AS refused_n /*int*/,
       coalesce((SELECT o.put_us FROM feedback_outbox o WHERE o.instansi_id = l.instansi_id AND o.state = 'waiting'
                 ORDER BY o.order_us LIMIT 1), 0) AS oldest_us /*int*/
FROM feedback_lane l ORDER BY l.instansi_id LIMIT 1000;

-- name: outbox_page :many 200
-- about: of one state, latest first
SELECT o.entry_id /*int*/, o.instansi_id /*int*/, o.tries /*int*/, o.put_us /*int*/, o.over_us /*int*/, o.reason /*text*/,
       e.word /*text*/, e.house /*text*/, e.told_us /*int*/, p.nik_sealed /*blob*/, p.nik_hash /*blob*/, l.next_us /*int*/,
       l.node /*int?*/
FROM feedback_outbox o
JOIN feedback_entry e ON e.entry_id = o.entry_id
JOIN feedback_person p ON p.person_id = o.person_id
JOIN feedback_lane l ON l.instansi_id = o.instansi_id
WHERE o.state = :state /*text*/ AND (:instansi_id /*int*/ = 0 OR o.instansi_id = :instansi_id)
ORDER BY o.order_us DESC, o.entry_id DESC LIMIT :most /*int*/ OFFSET :skip /*int*/;

-- name: outbox_page_count :one
SELECT count(*) AS n /*int*/ FROM feedback_outbox o
WHERE o.state = :state /*text*/ AND (:instansi_id /*int*/ = 0 OR o.instansi_id = :instansi_id);
