-- SPDX-License-Identifier: EUPL-1.2
-- Tables and queries for the contract tests of the store: every type, every kind.

-- migration: 1
CREATE TABLE item (
    item_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    note TEXT,
    data BLOB,
    big INTEGER,
    amount INTEGER NOT NULL CHECK (amount >= 0)
) STRICT;
CREATE INDEX item_by_amount ON item (amount);

-- migration: 2
CREATE TABLE mark (
    name TEXT NOT NULL,
    item_id INTEGER NOT NULL REFERENCES item (item_id),
    PRIMARY KEY (name, item_id)
) WITHOUT ROWID, STRICT;

-- name: item_insert :one
-- about: a new item; RC_CONFLICT when the name is taken
INSERT INTO item (name, note, data, big, amount)
VALUES (:name /*text*/, :note /*text?*/, :data /*blob?*/, :big /*int?*/, :amount /*int*/)
RETURNING item_id /*int*/;

-- name: item_get :one
SELECT item_id /*int*/, name /*text*/, note /*text?*/, data /*blob?*/, big /*int?*/, amount /*int*/
FROM item WHERE name = :name /*text*/;

-- name: item_lock :one
-- lock: update
SELECT amount /*int*/ FROM item WHERE item_id = :item_id /*int*/;

-- name: item_all :many 5
SELECT item_id /*int*/, name /*text*/ FROM item ORDER BY item_id;

-- name: item_by_note :many
-- about: :note is NULL or a value, and used twice
SELECT item_id /*int*/ FROM item WHERE (:note /*text?*/ IS NULL AND note IS NULL) OR note = :note ORDER BY item_id;

-- name: item_total :one
SELECT count(*) AS n /*int*/, coalesce(sum(amount), 0) AS total /*int*/, sum(big) AS big /*int?*/, 1 AS one /*int*/
FROM item;

-- name: item_set :exec
UPDATE item SET amount = :amount /*int*/ WHERE item_id = :item_id /*int*/;

-- name: item_keep :exec
INSERT INTO item (name, amount) VALUES (:name /*text*/, 0) ON CONFLICT (name) DO NOTHING;

-- name: item_upsert :exec
INSERT INTO item (name, amount) VALUES (:name /*text*/, :amount /*int*/)
ON CONFLICT (name) DO UPDATE SET amount = excluded.amount;

-- name: item_note_bad :one
-- about: says text where NULL may stand, to see it refused
SELECT note /*text*/ FROM item WHERE name = :name /*text*/;

-- name: item_any :one
-- about: gives more than one row, to see it refused
SELECT item_id /*int*/ FROM item WHERE amount >= :amount /*int*/;

-- name: item_find :batchone
SELECT amount /*int*/, note /*text?*/ FROM item WHERE item_id = :item_id /*int*/;

-- name: item_put :batchexec
INSERT INTO item (item_id, name, note, amount)
VALUES (:item_id /*int*/, :name /*text*/, :note /*text?*/, :amount /*int*/);

-- name: mark_insert :exec
INSERT INTO mark (name, item_id) VALUES (:name /*text*/, :item_id /*int*/);

-- name: item_seek :batchone
-- set: locked in the order of the items
-- lock: update
SELECT i.amount /*int*/, i.note /*text?*/, i.data /*blob?*/,
       (SELECT coalesce(sum(o.amount), 0) FROM item o WHERE o.item_id < i.item_id) AS before /*int*/
FROM item i WHERE i.item_id = :item_id /*int*/ AND i.amount >= :least /*int*/;

-- name: item_any_of :batchone
-- about: gives more than one row, to see it refused
-- set: only read
SELECT item_id /*int*/ FROM item WHERE amount >= :amount /*int*/;

-- name: item_add :batchone
-- set: one row a name
INSERT INTO item (name, note, data, big, amount)
VALUES (:name /*text*/, :note /*text?*/, :data /*blob?*/, :big /*int?*/, :amount /*int*/)
ON CONFLICT (name) DO UPDATE SET amount = item.amount + excluded.amount RETURNING amount /*int*/;

-- name: item_put_set :batchexec
-- set: one row a name
INSERT INTO item (item_id, name, note, amount)
VALUES (:item_id /*int*/, :name /*text*/, :note /*text?*/, :amount /*int*/);

-- name: item_change :batchexec
-- set: one row an item
-- later: an amount below 0 is an accident
UPDATE item SET amount = :amount /*int*/ WHERE item_id = :item_id /*int*/;

-- name: item_remove :batchexec
-- set: one row an item
DELETE FROM item WHERE item_id = :item_id /*int*/;

-- name: item_change_one :exec
-- later: an amount below 0 is an accident
UPDATE item SET amount = :amount /*int*/ WHERE item_id = :item_id /*int*/;

-- name: item_load :batchexec
-- copy: each once
INSERT INTO item (item_id, name, note, data, big, amount)
VALUES (:item_id /*int*/, :name /*text*/, :note /*text?*/, :data /*blob?*/, :big /*int?*/, :amount /*int*/);
