-- SPDX-License-Identifier: EUPL-1.2
-- What dashboards ask of other rooms' tables; see report/board.h.

-- name: board_debt_ages :one
-- about: of one instansi, how many debts have been open since when; the bounds are moments
SELECT coalesce(sum(CASE WHEN p.asked_us >= :week_us /*int*/ THEN 1 ELSE 0 END), 0) AS week_n /*int*/,
       coalesce(sum(CASE WHEN p.asked_us < :week_us AND p.asked_us >= :month_us /*int*/ THEN 1 ELSE 0 END), 0) AS month_n /*int*/,
       coalesce(sum(CASE WHEN p.asked_us < :month_us AND p.asked_us >= :quarter_us /*int*/ THEN 1 ELSE 0 END), 0)
           AS quarter_n /*int*/,
       coalesce(sum(CASE WHEN p.asked_us < :quarter_us THEN 1 ELSE 0 END), 0) AS older_n /*int*/
FROM feedback_tally t JOIN feedback_person p ON p.kejadian_id = t.kejadian_id AND p.state = 'open'
WHERE t.instansi_id = :instansi_id /*int*/ AND t.open_n > 0;
