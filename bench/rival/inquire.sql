-- SPDX-License-Identifier: EUPL-1.2
-- The rival of `make bench-postgres`: one inquiry as one SQL function, as one would write it
-- without a tray. It holds to the same rules and keeps the same records as Padan's corridor:
-- session, user id, agreement in force, papers, address, kejadian, pattern guard's row, quota of
-- the day, one-time key, look-up, debt of data balikan, and a journal whose entries are chained
-- by their hashes, so that its head is one row. What it spares itself: the Merkle tree (a chain
-- is cheaper), sealing the NIK, HTML, HTTP, and the guard's arithmetic.
-- Variables of psql: residents.
CREATE TABLE instansi (instansi_id bigint PRIMARY KEY, state text NOT NULL, network cidr NOT NULL);
CREATE TABLE version (instansi_id bigint PRIMARY KEY, number bigint NOT NULL, begin_day date NOT NULL, end_day date NOT NULL,
    quota bigint NOT NULL, elements text NOT NULL);
CREATE TABLE account (user_id bigint PRIMARY KEY, instansi_id bigint NOT NULL, closed boolean NOT NULL);
CREATE TABLE session (token_hash bytea PRIMARY KEY, user_id bigint NOT NULL, kejadian_id bigint NOT NULL, expires timestamptz NOT NULL);
CREATE TABLE paper (instansi_id bigint NOT NULL, kind text NOT NULL, subject bigint NOT NULL, valid date NOT NULL,
    PRIMARY KEY (instansi_id, kind, subject));
CREATE TABLE kejadian (kejadian_id bigint PRIMARY KEY, instansi_id bigint NOT NULL, is_open boolean NOT NULL, open_n bigint NOT NULL);
CREATE TABLE guard (user_id bigint PRIMARY KEY, held boolean NOT NULL, state bytea NOT NULL);
CREATE TABLE quota_day (instansi_id bigint, day date, used bigint NOT NULL, PRIMARY KEY (instansi_id, day));
CREATE TABLE repeat_key (key_hash bytea PRIMARY KEY, entry_id bigint NOT NULL, made timestamptz NOT NULL);
CREATE INDEX repeat_key_by_made ON repeat_key (made);
CREATE TABLE debt (kejadian_id bigint, nik_hash bytea, nik_sealed bytea NOT NULL, asked timestamptz NOT NULL, entry_id bigint NOT NULL,
    PRIMARY KEY (kejadian_id, nik_hash));
CREATE TABLE head (log_id bigint PRIMARY KEY, size bigint NOT NULL, hash bytea NOT NULL);
CREATE TABLE entry (entry_id bigint PRIMARY KEY, at timestamptz NOT NULL, instansi_id bigint NOT NULL, user_id bigint NOT NULL,
    nik_hash bytea, hash bytea NOT NULL, line text NOT NULL);
CREATE INDEX entry_by_at ON entry (at);
CREATE TABLE word (word_id bigint PRIMARY KEY, word text NOT NULL);
CREATE TABLE region (region_id bigint PRIMARY KEY, names text NOT NULL);
CREATE TABLE resident (nik bigint PRIMARY KEY, kk bigint NOT NULL, name text NOT NULL, address text NOT NULL, facts bigint NOT NULL,
    birthplace_id bigint NOT NULL, job_id bigint NOT NULL, region_id bigint NOT NULL);

INSERT INTO instansi SELECT i, 'aktif', '127.0.0.0/8' FROM generate_series(0, 63) i;
INSERT INTO version SELECT i, 1, current_date - 30, current_date + 700, 1000000000, 'kk,nama,alamat' FROM generate_series(0, 63) i;
INSERT INTO account SELECT u, u % 64, false FROM generate_series(1, 1000) u;
INSERT INTO session SELECT sha256(convert_to('sesi' || u, 'UTF8')), u, u % 64, now() + interval '1 day' FROM generate_series(1, 1000) u;
INSERT INTO paper SELECT u % 64, 'nda', u, current_date + 700 FROM generate_series(1, 1000) u;
INSERT INTO paper SELECT i, 'sptjm', 0, current_date + 700 FROM generate_series(0, 63) i;
INSERT INTO kejadian SELECT i, i, true, 0 FROM generate_series(0, 63) i;
INSERT INTO guard SELECT u, false, decode(repeat('00', 600), 'hex') FROM generate_series(1, 1000) u;
INSERT INTO head VALUES (0, 0, sha256(''));
INSERT INTO word SELECT w, 'KATA ' || w FROM generate_series(1, 200) w;
INSERT INTO region SELECT r, 'DESA ' || r || ', KECAMATAN, KABUPATEN, PROVINSI' FROM generate_series(1, 300) r;
INSERT INTO resident SELECT n, 3304130000000000 + n, 'NAMA CONTOH ' || n, 'DUSUN ' || n % 97, n % 4096, n % 200 + 1, n % 80 + 1, n % 300 + 1
    FROM generate_series(1, :residents) n;
VACUUM ANALYZE;

CREATE FUNCTION inquire(token text, asked_nik bigint, once bytea) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    who record; rules record; person record; now_at timestamptz := clock_timestamp();
    nik_key bytea := sha256(convert_to('kunci' || asked_nik, 'UTF8')); once_key bytea := sha256(once);
    taken bigint; earlier bigint; log record; line text; number bigint; held_now boolean; fresh boolean;
BEGIN
    SELECT s.user_id, s.kejadian_id, a.instansi_id, a.closed INTO who FROM session s JOIN account a USING (user_id)
        WHERE s.token_hash = sha256(convert_to(token, 'UTF8')) AND s.expires > now_at;
    IF NOT FOUND THEN RETURN '03'; END IF;
    SELECT i.state, i.network, v.number, v.quota, v.end_day, v.begin_day INTO rules
        FROM instansi i JOIN version v USING (instansi_id) WHERE i.instansi_id = who.instansi_id;
    IF NOT FOUND OR rules.state <> 'aktif' OR current_date NOT BETWEEN rules.begin_day AND rules.end_day THEN RETURN '16'; END IF;
    IF NOT rules.network >>= inet '127.0.0.1' THEN RETURN '10'; END IF;
    IF who.closed OR NOT EXISTS (SELECT 1 FROM paper p WHERE p.instansi_id = who.instansi_id AND p.kind = 'nda'
        AND p.subject = who.user_id AND p.valid >= current_date) THEN RETURN '17'; END IF;
    IF NOT EXISTS (SELECT 1 FROM paper p WHERE p.instansi_id = who.instansi_id AND p.kind = 'sptjm' AND p.valid >= current_date) THEN
        RETURN '16'; END IF;
    IF NOT EXISTS (SELECT 1 FROM kejadian k WHERE k.kejadian_id = who.kejadian_id AND k.is_open) THEN RETURN '07'; END IF;
    SELECT g.held INTO held_now FROM guard g WHERE g.user_id = who.user_id FOR UPDATE;
    IF held_now THEN RETURN '17'; END IF;
    INSERT INTO quota_day AS q VALUES (who.instansi_id, current_date, 1) ON CONFLICT (instansi_id, day)
        DO UPDATE SET used = q.used + 1 WHERE q.used < rules.quota RETURNING q.used INTO taken;
    IF taken IS NULL THEN RETURN '05'; END IF;
    SELECT r.entry_id INTO earlier FROM repeat_key r WHERE r.key_hash = once_key AND r.made > now_at - interval '10 minutes';
    SELECT r.kk, r.name, r.address, r.facts, b.word AS birthplace, j.word AS job, g.names INTO person
        FROM resident r JOIN word b ON b.word_id = r.birthplace_id JOIN word j ON j.word_id = r.job_id JOIN region g USING (region_id)
        WHERE r.nik = asked_nik;
    UPDATE guard SET state = overlay(state PLACING nik_key FROM 1) WHERE user_id = who.user_id;
    INSERT INTO debt VALUES (who.kejadian_id, nik_key, nik_key || nik_key, now_at, 0) ON CONFLICT DO NOTHING RETURNING true INTO fresh;
    IF fresh THEN UPDATE kejadian SET open_n = open_n + 1 WHERE kejadian_id = who.kejadian_id; END IF;
    -- the head last, so that it is held as short as may be: until the commit is durable
    SELECT h.size, h.hash INTO log FROM head h WHERE h.log_id = 0 FOR UPDATE;
    number := log.size;
    line := concat_ws(' ', number, now_at, 'lookup', CASE WHEN person.kk IS NULL THEN '13' ELSE '01' END, who.instansi_id, rules.number,
        who.user_id, who.kejadian_id, 'portal', encode(nik_key, 'hex'), earlier);
    INSERT INTO entry VALUES (number, now_at, who.instansi_id, who.user_id, nik_key, sha256(log.hash || convert_to(line, 'UTF8')), line);
    UPDATE head SET size = number + 1, hash = sha256(log.hash || convert_to(line, 'UTF8')) WHERE log_id = 0;
    INSERT INTO repeat_key VALUES (once_key, number, now_at) ON CONFLICT (key_hash) DO UPDATE SET entry_id = excluded.entry_id, made = excluded.made;
    RETURN concat_ws('|', '01', person.kk, person.name, person.address, person.facts, person.birthplace, person.job, person.names);
END $$;
