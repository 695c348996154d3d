-- SPDX-License-Identifier: EUPL-1.2
-- Parting the journal's entries on PostgreSQL (doc/scale.md, doc/decision/0047). For a DBA, with psql, as the role that owns
-- Padan's tables; Padan serves on meanwhile. Loading this file makes procedures and changes nothing:
--
--   CALL padan_journal_partition();       once: the table becomes a partitioned one, its rows stay where they are
--   SELECT * FROM padan_journal_next();   every week, from a timer: the next parts are there before they are needed
--   SELECT * FROM padan_journal_drop(0);  after `padan journal drop-archived --keep-rows`: the parts of log 0 that are archived
--
-- A part is a range of entry_id inside one log, since entry_id (log * 2^34 + place) is the primary key and the only order a
-- log has. Its width is fixed when it is made: as many entries as the log got in the last 31 days, 65,536 at least, a multiple
-- of 256. So a part holds about a month. The last part of a log reaches to the log's end and is meant to stay empty; if nobody
-- runs padan_journal_next() it simply fills, and nothing ever stops. Entries of a log that has no part yet (a new node)
-- wait in the default part until the next run. `padan check` says when a run is due.

CREATE OR REPLACE FUNCTION padan_log_begin(log bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 17179869184';

-- The first multiple of 256 that is not below.
CREATE OR REPLACE FUNCTION padan_round(place bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT ($1 + 255) / 256 * 256';

CREATE OR REPLACE FUNCTION padan_part_name(log bigint, begin_id bigint) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT format('journal_entry_l%s_%s', $1, $2 - padan_log_begin($1)) $$;

-- What a log got in the last 31 days: the place written then is found by halving.
CREATE OR REPLACE FUNCTION padan_part_width(log bigint, narrowest bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	base bigint := padan_log_begin(log);
	low bigint := 0;
	high bigint;
	mid bigint;
	at_us bigint;
	since_us bigint := (extract(epoch FROM now() - interval '31 days') * 1000000)::bigint;
	n bigint;
BEGIN
	SELECT size INTO high FROM journal_head h WHERE h.log_id = log;
	n := coalesce(high, 0);
	WHILE low < n LOOP
		mid := (low + n) / 2;
		SELECT e.time_us INTO at_us FROM journal_entry e
		WHERE e.entry_id >= base + mid AND e.entry_id < base + high ORDER BY e.entry_id LIMIT 1;
		IF at_us < since_us THEN low := mid + 1; ELSE n := mid; END IF;
	END LOOP;
	RETURN greatest(narrowest, padan_round(coalesce(high, 0) - low));
END $$;

CREATE OR REPLACE FUNCTION padan_part_note(log bigint, begin_id bigint, end_id bigint) RETURNS void LANGUAGE sql AS $$
	INSERT INTO journal_part (begin_id, end_id, log_id, name, made_us)
	VALUES ($2, $3, $1, padan_part_name($1, $2), (extract(epoch FROM now()) * 1000000)::bigint)
	ON CONFLICT (begin_id) DO UPDATE SET end_id = excluded.end_id
$$;

-- An empty part.
CREATE OR REPLACE FUNCTION padan_part_make(log bigint, begin_id bigint, end_id bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE TABLE %I PARTITION OF journal_entry FOR VALUES FROM (%s) TO (%s)',
		padan_part_name(log, begin_id), begin_id, end_id);
	PERFORM padan_part_note(log, begin_id, end_id);
END $$;

-- Entries of a log that stand in some table outside of any part become its first part.
CREATE OR REPLACE FUNCTION padan_part_move(log bigint, source text, width bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	base bigint := padan_log_begin(log);
	name text := padan_part_name(log, base);
	size bigint;
	cut bigint;
BEGIN
	SELECT h.size INTO size FROM journal_head h WHERE h.log_id = log;
	cut := base + padan_round(size + width);
	EXECUTE format('CREATE TABLE %I (LIKE journal_entry INCLUDING DEFAULTS)', name);
	EXECUTE format('INSERT INTO %I SELECT * FROM %I WHERE entry_id >= %s AND entry_id < %s', name, source, base, base + 17179869184);
	EXECUTE format('DELETE FROM %I WHERE entry_id >= %s AND entry_id < %s', source, base, base + 17179869184);
	EXECUTE format('ALTER TABLE %I ADD PRIMARY KEY (entry_id)', name);
	EXECUTE format('ALTER TABLE journal_entry ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)', name, base, cut);
	PERFORM padan_part_note(log, base, cut);
	PERFORM padan_part_make(log, cut, base + 17179869184);
END $$;

-- The table becomes a partitioned one. The rows of the longest log stay where they are: the old table becomes its first
-- part. Rows of other logs are copied into parts of their own while nobody can write: do this while there is one log, or
-- while the others are short. With one log nothing is copied, and what has to be read for it is read before the lock.
CREATE OR REPLACE PROCEDURE padan_journal_partition(narrowest bigint DEFAULT 65536) LANGUAGE plpgsql AS $$
DECLARE
	log bigint;
	base bigint;
	cut bigint;
	width bigint;
	part text;
	other record;
	owner text;
BEGIN
	IF (SELECT relkind FROM pg_class WHERE oid = 'journal_entry'::regclass) <> 'r' THEN
		RAISE EXCEPTION 'journal_entry is partitioned already';
	END IF;
	SELECT h.log_id INTO log FROM journal_head h ORDER BY h.size DESC, h.log_id LIMIT 1;
	base := padan_log_begin(log);
	width := padan_part_width(log, narrowest);
	SELECT base + padan_round(h.size + width) INTO cut FROM journal_head h WHERE h.log_id = log;
	part := padan_part_name(log, base);
	IF (SELECT count(*) FROM journal_head h WHERE h.size > 0) = 1 THEN
		EXECUTE format('ALTER TABLE journal_entry ADD CONSTRAINT journal_entry_range CHECK (entry_id >= %s AND entry_id < %s) NOT VALID', base, cut);
		COMMIT;
		ALTER TABLE journal_entry VALIDATE CONSTRAINT journal_entry_range;
		COMMIT;
	END IF;

	SET LOCAL lock_timeout = '5s';
	LOCK TABLE journal_entry IN ACCESS EXCLUSIVE MODE;
	SELECT pg_get_userbyid(relowner) INTO owner FROM pg_class WHERE oid = 'journal_entry'::regclass;
	ALTER TABLE journal_entry ALTER COLUMN entry_id DROP IDENTITY IF EXISTS;
	EXECUTE format('ALTER TABLE journal_entry RENAME TO %I', part);
	EXECUTE format('ALTER INDEX journal_entry_pkey RENAME TO %I', part || '_pkey');
	EXECUTE format('CREATE TABLE journal_entry (LIKE %I INCLUDING DEFAULTS, PRIMARY KEY (entry_id)) PARTITION BY RANGE (entry_id)', part);
	EXECUTE format('ALTER TABLE journal_entry OWNER TO %I', owner);
	CREATE TABLE journal_entry_rest PARTITION OF journal_entry DEFAULT;
	FOR other IN SELECT h.log_id FROM journal_head h WHERE h.log_id <> log ORDER BY h.log_id LOOP
		PERFORM padan_part_move(other.log_id, part, narrowest);
	END LOOP;
	EXECUTE format('ALTER TABLE journal_entry ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)', part, base, cut);
	EXECUTE format('ALTER TABLE %I DROP CONSTRAINT IF EXISTS journal_entry_range', part);
	PERFORM padan_part_note(log, base, cut);
	PERFORM padan_part_make(log, cut, base + 17179869184);
	COMMIT;
END $$;

-- Two parts ahead of every log's head, and an empty one behind them.
CREATE OR REPLACE FUNCTION padan_journal_next(narrowest bigint DEFAULT 65536) RETURNS TABLE (part text, from_place bigint, upto bigint) LANGUAGE plpgsql AS $$
DECLARE
	l record;
	tail record;
	width bigint;
	next_id bigint;
	cut bigint;
	rows_n bigint;
BEGIN
	SET LOCAL lock_timeout = '5s';
	FOR l IN SELECT h.log_id, h.size FROM journal_head h ORDER BY h.log_id LOOP
		next_id := padan_log_begin(l.log_id) + l.size;
		width := padan_part_width(l.log_id, narrowest);
		SELECT p.* INTO tail FROM journal_part p WHERE p.log_id = l.log_id ORDER BY p.begin_id DESC LIMIT 1;
		IF NOT FOUND THEN
			LOCK TABLE journal_entry IN ACCESS EXCLUSIVE MODE;
			PERFORM padan_part_move(l.log_id, 'journal_entry_rest', width);
			CONTINUE;
		END IF;
		WHILE tail.begin_id < next_id + 2 * width LOOP
			LOCK TABLE journal_entry IN ACCESS EXCLUSIVE MODE;
			EXECUTE format('ALTER TABLE journal_entry DETACH PARTITION %I', tail.name);
			EXECUTE format('SELECT count(*) FROM (SELECT 1 FROM %I LIMIT 1) one', tail.name) INTO rows_n;
			SELECT greatest(tail.begin_id, padan_log_begin(l.log_id) + padan_round(h.size)) + width INTO cut
			FROM journal_head h WHERE h.log_id = l.log_id;
			IF rows_n = 0 THEN -- an empty table carries no bounds of its own: make it anew
				EXECUTE format('DROP TABLE %I', tail.name);
				PERFORM padan_part_make(l.log_id, tail.begin_id, cut);
			ELSE
				EXECUTE format('ALTER TABLE journal_entry ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)', tail.name, tail.begin_id, cut);
				PERFORM padan_part_note(l.log_id, tail.begin_id, cut);
			END IF;
			PERFORM padan_part_make(l.log_id, cut, padan_log_begin(l.log_id + 1));
			part := tail.name;
			from_place := tail.begin_id - padan_log_begin(l.log_id);
			upto := cut - padan_log_begin(l.log_id);
			RETURN NEXT;
			SELECT p.* INTO tail FROM journal_part p WHERE p.log_id = l.log_id ORDER BY p.begin_id DESC LIMIT 1;
		END LOOP;
	END LOOP;
END $$;

-- The parts of a log that lie wholly below what Padan was told to be archived.
CREATE OR REPLACE FUNCTION padan_journal_drop(log bigint) RETURNS TABLE (part text, from_place bigint, upto bigint) LANGUAGE plpgsql AS $$
DECLARE
	p record;
	edge bigint;
BEGIN
	SET LOCAL lock_timeout = '5s';
	SELECT max(a.upto) INTO edge FROM journal_archive a WHERE a.log_id = log;
	FOR p IN SELECT q.* FROM journal_part q
		WHERE q.log_id = log AND q.end_id <= padan_log_begin(log) + coalesce(edge, 0) ORDER BY q.begin_id LOOP
		EXECUTE format('ALTER TABLE journal_entry DETACH PARTITION %I', p.name);
		EXECUTE format('DROP TABLE %I', p.name);
		DELETE FROM journal_part q WHERE q.begin_id = p.begin_id;
		part := p.name;
		from_place := p.begin_id - padan_log_begin(log);
		upto := p.end_id - padan_log_begin(log);
		RETURN NEXT;
	END LOOP;
END $$;
