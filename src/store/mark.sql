-- SPDX-License-Identifier: EUPL-1.2
-- Marks: one number for the tables of each .sql file that has `-- marks:`.

-- migration: 1
CREATE TABLE IF NOT EXISTS change_mark (
    name TEXT NOT NULL PRIMARY KEY,
    mark INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- name: change_mark_find :one
SELECT mark /*int*/ FROM change_mark WHERE name = :name /*text*/;

-- name: change_mark_move :exec
-- later: it cannot be refused
INSERT INTO change_mark (name, mark) VALUES (:name /*text*/, :mark /*int*/)
ON CONFLICT (name) DO UPDATE SET mark = excluded.mark;
