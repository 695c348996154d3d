-- SPDX-License-Identifier: EUPL-1.2
-- What passes from hand to hand with a user id: one-time passwords that were given out,
-- and the materials that came back when it was closed. Days are struct day; 0: not yet.

-- migration: 1
CREATE TABLE user_handover (
    handover_id INTEGER PRIMARY KEY,
    user_key INTEGER NOT NULL REFERENCES user_account (user_key),
    given_us INTEGER NOT NULL,
    by_user TEXT NOT NULL
) STRICT;
CREATE INDEX user_handover_by_user ON user_handover (user_key, given_us);

CREATE TABLE user_material (
    material_id INTEGER PRIMARY KEY,
    user_key INTEGER NOT NULL REFERENCES user_account (user_key),
    closed_us INTEGER NOT NULL,
    written_day INTEGER NOT NULL,
    graphic_day INTEGER NOT NULL,
    physical_day INTEGER NOT NULL,
    by_user TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    UNIQUE (user_key, closed_us)
) STRICT;

-- name: handover_insert :exec
INSERT INTO user_handover (user_key, given_us, by_user) VALUES (:user_key /*int*/, :given_us /*int*/, :by_user /*text*/);

-- name: handover_list :many 20
-- about: the latest ones first
SELECT given_us /*int*/, by_user /*text*/ FROM user_handover WHERE user_key = :user_key /*int*/
ORDER BY given_us DESC, handover_id DESC LIMIT 20;

-- name: material_put :exec
INSERT INTO user_material (user_key, closed_us, written_day, graphic_day, physical_day, by_user, at_us)
VALUES (:user_key /*int*/, :closed_us /*int*/, :written_day /*int*/, :graphic_day /*int*/, :physical_day /*int*/,
        :by_user /*text*/, :now_us /*int*/)
ON CONFLICT (user_key, closed_us) DO UPDATE
SET written_day = excluded.written_day, graphic_day = excluded.graphic_day, physical_day = excluded.physical_day,
    by_user = excluded.by_user, at_us = excluded.at_us;

-- name: material_get :one
SELECT written_day /*int*/, graphic_day /*int*/, physical_day /*int*/, by_user /*text*/, at_us /*int*/
FROM user_material WHERE user_key = :user_key /*int*/ AND closed_us = :closed_us /*int*/;
