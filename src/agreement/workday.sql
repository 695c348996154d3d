-- SPDX-License-Identifier: EUPL-1.2
-- The working-day calendar of the office (DOMAIN 6): the days of a year on which nobody
-- works although it is no Saturday or Sunday, each with its source. A year that stands in
-- workday_year is known from here alone; every other one from data/workday.csv.
-- Days are counted since 1970-01-01 (struct day).

-- marks: workday

-- migration: 1
CREATE TABLE workday_year (
    year INTEGER PRIMARY KEY,
    filed_us INTEGER NOT NULL
) STRICT;

CREATE TABLE workday_off (
    day INTEGER PRIMARY KEY,
    year INTEGER NOT NULL REFERENCES workday_year (year),
    kind TEXT NOT NULL CHECK (kind IN ('libur', 'cuti-bersama')),
    name TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT;
CREATE INDEX workday_off_by_year ON workday_off (year, day);

-- name: workday_year_file :exec
-- about: first of all, so that two imports of one year wait for each other
INSERT INTO workday_year (year, filed_us) VALUES (:year /*int*/, :now_us /*int*/)
ON CONFLICT (year) DO UPDATE SET filed_us = excluded.filed_us;

-- name: workday_off_clear :exec
DELETE FROM workday_off WHERE year = :year /*int*/;

-- name: workday_off_insert :batchexec
INSERT INTO workday_off (day, year, kind, name, source)
VALUES (:day /*int*/, :year /*int*/, :kind /*text*/, :name /*text*/, :source /*text*/);

-- name: workday_years :many 200
SELECT year /*int*/ FROM workday_year WHERE year >= :first /*int*/ AND year <= :last /*int*/ ORDER BY year;

-- name: workday_off_between :many 40000
SELECT day /*int*/ FROM workday_off WHERE year >= :first /*int*/ AND year <= :last /*int*/ ORDER BY day;

-- name: workday_off_of_year :many 400
SELECT day /*int*/, kind /*text*/, name /*text*/, source /*text*/ FROM workday_off WHERE year = :year /*int*/ ORDER BY day;
