// SPDX-License-Identifier: EUPL-1.2
// An office moves from its embedded database to PostgreSQL and back (doc/migrate.md): every row of
// every table, the journal whole under the checkpoint of before, and never in two places at once.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Padan, Browser, OBSERVE, binary, text } from '../e2e/padan.mjs';
import { Cluster } from './cluster.mjs';
import { freezeAtRest } from './nodes.mjs';

const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
const until = async (what, fn, ms = 30000) => {
	for (const began = Date.now(); ; await sleep(10)) {
		const value = await fn();
		if (value) return value;
		if (Date.now() - began > ms) throw new Error(`never: ${what}`);
	}
};
const iso = (days) => new Date(Date.now() + 7 * 3600e3 + days * 86400e3).toISOString().slice(0, 10);
let cluster, databases = 0;
before(async () => { cluster = await Cluster.create(); }, { timeout: 180000 });
after(() => cluster?.remove());
const fresh = (c = cluster) => c.create(`pindah_${++databases}`);
const psql = (url, sql) => execFileSync('psql', ['-qAtX', '-v', 'ON_ERROR_STOP=1', '-d', url, '-c', sql], { encoding: 'utf8', maxBuffer: 1 << 28 }).trim();
const sqlite = (file, sql) => execFileSync('sqlite3', ['-cmd', '.timeout 5000', file, sql], { encoding: 'utf8', maxBuffer: 1 << 28 }).trim();
/** How many of the many rows are there; 0 before there is a table. */
const arrived = (url) => {
	const re = spawnSync('psql', ['-qAtX', '-d', url, '-c', 'SELECT count(*) FROM throttle'], { encoding: 'utf8' });
	return re.status === 0 ? Number(re.stdout) : 0;
};
/** Stops whoever brings the many rows once more than `from` are there, and gives what lets him go on: a process that asks
 * again and again may be too slow. */
const halted = async (url, from) => {
	const other = spawn('psql', ['-qAtX', '-v', 'ON_ERROR_STOP=1', '-d', url], { stdio: ['pipe', 'pipe', 'inherit'] });
	const over = new Promise((r) => other.once('exit', r));
	after(() => other.kill('SIGKILL')); /* of a test that failed */
	other.stdin.on('error', () => {}); /* its server may be gone */
	other.stdin.write(`DO $$ DECLARE n BIGINT := 0; BEGIN LOOP
			IF to_regclass('throttle') IS NOT NULL THEN SELECT count(*) INTO n FROM throttle; END IF;
			COMMIT; EXIT WHEN n > ${from}; PERFORM pg_sleep(0.005); END LOOP; END $$;
		BEGIN; LOCK TABLE throttle IN SHARE MODE; SELECT 'held';\n`);
	await new Promise((r) => { other.stdout.once('data', r); other.once('exit', r); });
	return () => (other.stdin.end('ROLLBACK;\n'), over);
};
const migrate = (p, ...args) => p.tryRun('migrate', p.dir, ...args);
const moved = (p, ...args) => {
	const re = migrate(p, ...args);
	assert.equal(re.status, 0, re.stderr + re.stdout);
	return re.stdout;
};
const refused = (p, status, words, ...args) => {
	const before = readFileSync(path.join(p.dir, 'padan.conf'), 'utf8');
	const re = migrate(p, ...args);
	assert.equal(re.status, status, re.stderr + re.stdout);
	assert.match(re.stderr, words);
	assert.equal(readFileSync(path.join(p.dir, 'padan.conf'), 'utf8'), before, 'padan.conf was touched');
	return re;
};
const office = (residents = 200) => Padan.demo({ residents, tls: false, settings: OBSERVE, stores: {} });
const file = (p, name = 'office.db') => path.join(p.dir, name);

/* ---- every table, read without Padan ---- */

/** Tables in the order they were made in, with their columns: { table: [{ name, type, required, pk }] }. */
const shapeOf = (db) => {
	const shape = {};
	for (const l of sqlite(db, "SELECT s.name, c.name, c.type, c.\"notnull\", c.pk FROM sqlite_schema s JOIN pragma_table_info(s.name) c WHERE s.type = 'table' AND s.name NOT IN ('transfer', 'schema_step') ORDER BY s.rowid, c.cid").split('\n')) {
		const [table, name, type, required, pk] = l.split('|');
		(shape[table] ??= []).push({ name, type, required: required === '1' || pk !== '0', pk: Number(pk) });
	}
	return shape;
};
/** All rows of all tables in hexadecimal, sorted: { table: [row] }. */
const dump = (shape, cell, ask) => {
	const all = Object.fromEntries(Object.keys(shape).map((t) => [t, []]));
	const lines = ask(Object.entries(shape).map(([t, columns]) => `SELECT '${t} ' || ${columns.map(cell).join(" || ',' || ")} FROM "${t}"`).join(';\n'));
	for (const l of lines.split('\n').filter(Boolean)) all[l.slice(0, l.indexOf(' '))].push(l.slice(l.indexOf(' ') + 1).toLowerCase());
	for (const rows of Object.values(all)) rows.sort();
	return all;
};
const without = (shape, names = []) => Object.fromEntries(Object.entries(shape).filter(([t]) => !names.includes(t)));
const dumpSqlite = (db, names) => dump(without(shapeOf(db), names), (c) => `CASE WHEN "${c.name}" IS NULL THEN '-' ELSE hex(CAST("${c.name}" AS BLOB)) END`, (sql) => sqlite(db, sql));
const dumpPostgres = (url, db, names) => dump(without(shapeOf(db), names), (c) =>
	`coalesce(encode(${c.type === 'BLOB' ? `"${c.name}"` : `convert_to("${c.name}"::text, 'UTF8')`}, 'hex'), '-')`, (sql) => psql(url, sql));
const JOURNAL = ['journal_head', 'journal_entry', 'journal_tile', 'journal_checkpoint'];

/** Made-up rows for the tables that nobody filled: whatever their checks let in, with NULLs where they may be. */
const fill = (db, shape) => {
	const ask = (sql) => sqlite(db, sql).split('\n').filter(Boolean).map((l) => l.split('\t'));
	const rows = ask(Object.keys(shape).map((t) => `SELECT '${t}' || char(9) || count(*) FROM "${t}"`).join(';'));
	const ddl = Object.fromEntries(JSON.parse(execFileSync('sqlite3', ['-json', db, "SELECT name, sql FROM sqlite_schema WHERE type = 'table'"], { encoding: 'utf8' })).map((r) => [r.name, r.sql]));
	const keys = ask(Object.keys(shape).map((t) => `SELECT '${t}' || char(9) || "from" || char(9) || "table" || char(9) || "to" FROM pragma_foreign_key_list('${t}')`).join(';'));
	const insert = [];
	for (const [table, n] of rows) {
		if (n !== '0') continue;
		const parents = Object.fromEntries(keys.filter(([t]) => t === table).map(([, from, t, to]) => [from, `(SELECT min("${to}") FROM "${t}")`]));
		const allowed = (name) => new RegExp(`\\b${name} (?:IN \\(|= )('[^']*'|\\d+)`).exec(ddl[table])?.[1];
		const length = (name) => Number(new RegExp(`length\\(${name}\\) = (\\d+)`).exec(ddl[table])?.[1] ?? 9);
		for (const i of [1, 2, 3]) insert.push(`INSERT INTO "${table}" VALUES (${shape[table].map((c) => {
			if (parents[c.name] && i === 1) return parents[c.name];
			if (allowed(c.name)) return allowed(c.name);
			if (c.name === 'end_us') return '99';
			if (!c.required && i === 2) return 'NULL';
			if (c.type === 'INTEGER') return parents[c.name] ?? String(c.pk || /day|number|month|quarter|most/.test(c.name) ? i : i === 3 ? 1 : 0);
			if (c.type === 'BLOB') return `x'${`0${i}${'00ff'.repeat(40)}`.slice(0, 2 * length(c.name))}'`;
			return c.required && i === 3 ? "''" : `'${i} naskah — "baru"'`;
		}).join(', ')});`);
	}
	/* what a check or a unique key refuses is left out; that every table got a row is asked afterwards */
	spawnSync('sqlite3', ['-cmd', 'PRAGMA foreign_keys = ON', db], { input: insert.join('\n') });
	return ask(Object.keys(shape).map((t) => `SELECT '${t}' || char(9) || count(*) FROM "${t}"`).join(';')).filter(([, n]) => n === '0').map(([t]) => t);
};

test('I8.1 every table goes to PostgreSQL and comes back, byte for byte', async () => {
	const p = await office();
	assert.deepEqual(fill(file(p), shapeOf(file(p))), [], 'tables that the test could not fill');
	sqlite(file(p), "DELETE FROM node_lease; INSERT INTO node_lease VALUES (7, 3, 9, x'', 'mesin', 10)"); /* one that could be: leases are read */
	const was = dumpSqlite(file(p)), url = fresh(), registry = fresh();
	const people = dumpSqlite(file(p, 'registry.db'));
	assert.ok(Object.keys(was).length > 75 && people.resident.length === 200);

	const words = moved(p, '--to', url, '--registry', registry);
	assert.match(words, /jurnal +0 utuh di tujuan: \d+ entri, checkpoint \d+/);
	const there = dumpPostgres(url, file(p), JOURNAL);
	for (const [t, rows] of Object.entries(there)) assert.deepEqual(rows, was[t], t);
	assert.deepEqual(dumpPostgres(registry, file(p, 'registry.db')), people);
	const entries = dumpPostgres(url, file(p)).journal_entry;
	assert.equal(entries.length, was.journal_entry.length + 1, 'one more: the move itself');
	for (const e of was.journal_entry) assert.ok(entries.includes(e));
	assert.match(psql(url, 'SELECT act, line FROM journal_entry ORDER BY entry_id DESC LIMIT 1'), /^move\|.*cli: migrate from=sqlite to=postgres logs=1/);
	for (const [t, id] of [['instansi', 'instansi_id'], ['user_account', 'user_key'], ['session', 'session_id'], ['mail', 'mail_id'], ['scan', 'scan_id']])
		assert.equal(psql(url, `SELECT nextval(pg_get_serial_sequence('${t}', '${id}')) > (SELECT max(${id}) FROM ${t})`), 't', `${t}: the next number is taken`);

	moved(p, '--to', 'sqlite:kembali.db', '--registry', 'sqlite:penduduk.db');
	const back = dumpSqlite(file(p, 'kembali.db'), JOURNAL);
	for (const [t, rows] of Object.entries(back)) assert.deepEqual(rows, was[t], t);
	assert.deepEqual(dumpSqlite(file(p, 'penduduk.db')), people);
	assert.match(p.run('journal', 'verify', p.dir), /utuh: /);
	assert.equal(statSync(file(p, 'kembali.db')).mode & 0o777, 0o600);
	await p.remove();
}, { timeout: 240000 });

/* It goes by another name among the connections, so nobody counts it; and its directory is another. */
test('I8.1 a node that was not seen answers nobody in the office that was left', async (t) => {
	const p = await office(), url = fresh(), registry = fresh();
	moved(p, '--to', url, '--registry', registry);
	const node = new Padan(), dir = path.join(p.dir, '..', 'node', 'demo');
	mkdirSync(path.dirname(dir));
	cpSync(p.dir, dir, { recursive: true, filter: (f) => !/\.(db|lock)$/.test(f) });
	const name = `${url}${url.includes('?') ? '&' : '?'}application_name=lain`;
	Object.assign(node, { dir, tls: p.tls, stores: p.stores, accounts: p.accounts, nik: p.nik, settings: { ...p.settings, 'office.url': name } });
	t.after(() => node.process?.kill('SIGKILL'));
	await node.start();
	const operator = await Browser.operator(node);
	assert.equal((await operator.verify(p.nik['01'][0])).status, 200);

	/* asleep: what its duties write meanwhile would be found when the two are compared */
	const used = () => psql(url, 'SELECT sum(used) FROM quota_day'), spent = used();
	await freezeAtRest(node.process, (held) => psql(url, `SELECT count(*) FROM pg_stat_activity WHERE application_name = 'lain' AND ${held}`));
	moved(p, '--to', 'sqlite:kembali.db');
	node.process.kill('SIGCONT');
	const answer = await operator.verify(p.nik['01'][1]).then((re) => re.status, () => 'gone');
	assert.ok(answer === 503 || answer === 'gone', `${answer}: answered where the office no longer is`);
	assert.equal(used(), spent);
	assert.notEqual((await node.exited).code, 0);
	await assert.rejects(node.start(), 'it may not begin again there');
	await p.remove();
}, { timeout: 240000 });

/* Two nodes, whose directories have the same name on their machines; somebody moves the office on each. */
test('I8.1 an office that was left for a file is not moved into another of the same name', async () => {
	const p = await office(), url = fresh(), other = path.join(p.dir, '..', 'node', 'demo');
	moved(p, '--to', url);
	mkdirSync(path.dirname(other));
	cpSync(p.dir, other, { recursive: true, filter: (f) => !/\.(db|lock)$/.test(f) });
	const here = (cwd) => spawnSync(binary, ['migrate', '.', '--to', 'sqlite:kembali.db'], { cwd, encoding: 'utf8' });
	const first = here(p.dir);
	assert.equal(first.status, 0, first.stderr);
	p.run('user', 'close', p.dir, 'operator1');
	const second = here(other);
	assert.equal(second.status, 1, `two offices: ${second.stdout}`);
	assert.match(second.stderr, /telah dipindahkan ke sqlite:\.\/kembali\.db, tetapi/);
	assert.match(readFileSync(path.join(other, 'padan.conf'), 'utf8'), /^office\.url = postgres/m);
	await p.remove();
}, { timeout: 240000 });

describe('I8.1 a working office moves', () => {
	const nik = (code, i) => p.nik[code][i];
	const used = () => p.office('SELECT sum(used) AS n FROM quota_day')[0].n;
	const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
	let p, operator, kepala, admin, ref, checkpoint, hits, owed, url, registry, seen;
	const BULK = 150000;
	const pages = async () => Promise.all([[operator, '/verifikasi'], [operator, '/korban'], [kepala, '/'], [kepala, '/pengguna'], [kepala, '/permohonan'],
		[admin, '/dokumen?instansi=BPBD'], [admin, '/perjanjian?instansi=BPBD']].map(async ([b, at]) => [at, text((await b.go('GET', at)).body).replace(/\d\d[:.]\d\d([:.]\d\d)?/g, '')]));

	before(async () => {
		p = await (await office(500)).start();
		operator = await Browser.operator(p);
		kepala = new Browser(p);
		await kepala.login('kepala');
		admin = new Browser(p);
		await admin.login('admin');
		for (const code of ['01', '11', '12', '13', '14']) assert.equal((await operator.verify(nik(code, 0))).status, 200);
		await operator.verify(nik('01', 1));
		ref = operator.hidden('/verifikasi/slip').ref;
		const { csrf } = operator.hidden('/verifikasi/slip');
		const kejadian = p.office("SELECT kejadian_id AS id FROM feedback_person ORDER BY person_id LIMIT 1")[0].id;
		const told = await operator.go('POST', '/korban/catat', { form: { csrf, nik: nik('01', 1), kejadian, keterangan: 'mengungsi' }, follow: false });
		assert.ok([200, 303].includes(told.status), `${told.status} ${text(told.body)}`);
		await admin.go('GET', '/sesi');
		const scan = await admin.submitFile('/dokumen/baru', { ...admin.hidden('/keluar'), instansi: 'BPBD', jenis: 'iso27001', perihal: '', surat: 'ISO/1', penanda: 'Kepala Contoh', tanggal: iso(-9), sampai: iso(400) },
			{ name: 'berkas', filename: 'iso.pdf', bytes: PDF, type: 'application/pdf' });
		assert.ok(scan.status < 400, text(scan.body));
		hits = used();
		owed = p.office("SELECT count(*) AS n FROM feedback_person WHERE state = 'open'")[0].n;
		assert.ok(hits >= 6 && owed >= 1, `${hits} hits, ${owed} owed`);
		seen = await pages();
		for (const [at, words] of seen) assert.ok(words.length > 300 && !words.startsWith('Masuk'), `${at}: ${words}`);
		await p.stop();
		checkpoint = path.join(p.dir, '..', 'checkpoint');
		writeFileSync(checkpoint, p.run('journal', 'checkpoint', p.dir));
		p.fill(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${BULK}) INSERT INTO throttle SELECT randomblob(16), 1, 4102444800000000 FROM n`);
		url = fresh();
		registry = fresh();
	}, { timeout: 180000 });
	after(() => p?.remove());

	const throttled = () => arrived(url);

	test('killed twice on the way, it goes on where it was', async () => {
		for (const from of [1, BULK / 3]) {
			const child = spawn(binary, ['migrate', p.dir, '--to', url, '--registry', registry], { stdio: ['ignore', 'pipe', 'pipe'] });
			const gone = new Promise((r) => child.once('exit', (code, signal) => r(signal ?? code)));
			const go = await halted(url, from);
			child.kill('SIGKILL');
			assert.equal(await gone, 'SIGKILL');
			await go();
			assert.ok(throttled() < BULK, 'it was too quick to be killed on the way');
			assert.equal(sqlite(file(p), 'SELECT count(*) FROM transfer'), '0', 'the source is as it was');
		}
		const already = throttled();
		const words = moved(p, '--to', url, '--registry', registry);
		const copied = [...words.matchAll(/disalin +\d+ tabel, (\d+) baris/g)].map((m) => Number(m[1])).at(-1);
		assert.ok(copied <= BULK - already + 1000, `${copied} rows were copied, ${already} had come already`);
		assert.equal(throttled(), BULK);
		p.stores = { 'office.url': url, 'registry.url': registry };
	}, { timeout: 180000 });

	test('padan.conf names the new places, and the old file is kept', () => {
		assert.match(readFileSync(path.join(p.dir, 'padan.conf'), 'utf8'), new RegExp(`^office\\.url = ${url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`, 'm'));
		assert.doesNotMatch(readFileSync(path.join(p.dir, 'padan.conf.sebelum-pindah'), 'utf8'), /^office\.url = postgres/m);
	});

	test('whoever opens the old one is sent to the new, and nothing of it changes', () => {
		const old = path.join(p.dir, '..', 'old', 'demo');
		mkdirSync(path.dirname(old));
		cpSync(p.dir, old, { recursive: true });
		cpSync(path.join(old, 'padan.conf.sebelum-pindah'), path.join(old, 'padan.conf'));
		const size = sqlite(path.join(old, 'office.db'), 'SELECT count(*) FROM journal_entry');
		for (const verb of [['serve'], ['user', 'list'], ['journal', 'checkpoint'], ['journal', 'export']]) {
			const re = p.tryRun(...verb, old);
			assert.equal(re.status, 1, verb.join(' '));
			assert.match(re.stderr, /telah dipindahkan ke postgres:\/\/padan@127\.0\.0\.1/, verb.join(' '));
		}
		assert.equal(sqlite(path.join(old, 'office.db'), 'SELECT count(*) FROM journal_entry'), size);
	});

	test('the journal is whole under the checkpoint of before, and references are found', () => {
		assert.match(p.run('journal', 'verify', p.dir, '--checkpoint', checkpoint), /^utuh: /);
		assert.match(p.run('journal', 'find', p.dir, ref), /\d/);
		assert.equal(used(), hits);
		assert.equal(p.office("SELECT count(*) AS n FROM feedback_person WHERE state = 'open'")[0].n, owed);
		assert.equal(p.tryRun('check', p.dir).status, 0, p.tryRun('check', p.dir).stdout);
	});

	test('sessions still hold, pages say the same, and work goes on', async () => {
		await p.start();
		for (const [i, page] of (await pages()).entries()) assert.deepEqual(page, seen[i]);
		assert.match((await operator.verify(nik('01', 2))).body, new RegExp(nik('01', 2)));
		assert.equal(used(), hits + 1);
		const dinkes = new Browser(p);
		await dinkes.login('dinkes-kepala');
		await operator.verify(nik('01', 3));
		assert.equal(used(), hits + 2);
		assert.equal(p.journal().filter((e) => e.act === 'lookup').length, 8);
	});

	test('a node that is up is seen from another directory, and the office does not move', () => {
		const other = path.join(p.dir, '..', 'node', 'demo');
		mkdirSync(path.dirname(other));
		cpSync(p.dir, other, { recursive: true, filter: (f) => !/\.(db|lock)$/.test(f) });
		const re = p.tryRun('migrate', other, '--to', 'sqlite:baru.db');
		assert.equal(re.status, 1, re.stderr);
		assert.match(re.stderr, /masih dipakai \d+ sambungan/);
		refused(p, 1, /padan\.lock|sedang/, '--to', 'sqlite:baru.db');
		assert.ok(!existsSync(path.join(other, 'baru.db')));
	});

	test('and back, with what was done there', async () => {
		await p.stop();
		const keys = p.office('SELECT act, count(*) AS n FROM journal_entry GROUP BY act ORDER BY act');
		refused(p, 1, /tujuan tidak kosong/, '--to', 'sqlite:office.db');
		moved(p, '--to', 'sqlite:kembali.db', '--registry', 'sqlite:registry.db');
		p.stores = {};
		const now = Object.fromEntries(sqlite(file(p, 'kembali.db'), 'SELECT act, count(*) FROM journal_entry GROUP BY act ORDER BY act').split('\n').map((l) => l.split('|')));
		for (const { act, n } of keys) assert.equal(Number(now[act]), n + (act === 'move' ? 1 : 0), act);
		assert.match(p.run('journal', 'verify', p.dir, '--checkpoint', checkpoint), /^utuh: /);
		await p.start();
		assert.match((await operator.verify(nik('01', 4))).body, new RegExp(nik('01', 4)));
		assert.equal(Number(sqlite(file(p, 'kembali.db'), "SELECT sum(used) FROM quota_day")), hits + 3);
		assert.equal((await kepala.go('GET', '/permohonan')).status, 200);
		assert.match(psql(url, "SELECT state FROM transfer WHERE what = 'office'"), /^3$/);
	});
});

describe('I8.1 what does not go well', () => {
	const BULK = 150000;
	const large = async () => {
		const p = await office();
		p.fill(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${BULK}) INSERT INTO throttle SELECT randomblob(16), 1, 4102444800000000 FROM n`);
		return p;
	};

	test('used wrongly', async () => {
		const p = await office();
		refused(p, 100, /--to harus disebut/);
		refused(p, 100, /office\.url/, '--to', 'mysql://x/y');
		refused(p, 1, /sudah di sana/, '--to', 'sqlite:office.db');
		refused(p, 1, /sejenis/, '--to', 'sqlite:other.db');
		refused(p, 111, /tidak dapat dihubungi/, '--to', 'postgres://padan@127.0.0.1:1/nobody');
		refused(p, 100, /bukan dengan --set/, '--to', fresh(), '--set', 'office.url=sqlite:office.db');
		assert.equal(p.tryRun('user', 'list', p.dir).status, 0, 'the source is in use');
		await p.remove();
	});

	test('a target that is not empty is refused and not touched', async () => {
		const p = await office(), url = fresh();
		const q = await Padan.demo({ residents: 200, tls: false, stores: { 'office.url': url, 'registry.url': fresh() } });
		const was = dumpPostgres(url, file(p));
		refused(p, 1, /tujuan tidak kosong/, '--to', url);
		assert.deepEqual(dumpPostgres(url, file(p)), was);
		assert.equal(q.tryRun('user', 'list', q.dir).status, 0);
		psql(url, "INSERT INTO schema_step VALUES ('identity', 99, 0)");
		refused(p, 1, /tujuan tidak kosong/, '--to', url);
		await p.remove();
		await q.remove();
	});

	test('a target that a newer Padan began to fill is refused', async () => {
		const p = await office(), url = fresh();
		psql(url, 'CREATE TABLE schema_step (room TEXT NOT NULL, number BIGINT NOT NULL, applied_us BIGINT NOT NULL, PRIMARY KEY (room, number))');
		psql(url, "INSERT INTO schema_step VALUES ('identity', 99, 0)");
		refused(p, 1, /tujuan tidak kosong/, '--to', url);
		await p.remove();
	});

	test('an office that is served does not move', async () => {
		const p = await (await office()).start();
		refused(p, 1, /padan\.lock/, '--to', fresh());
		await p.remove();
	});

	test('the wrong master key', async () => {
		const p = await office(), key = path.join(p.dir, 'keys', 'master.key');
		chmodSync(key, 0o600);
		writeFileSync(key, `${'ab'.repeat(32)}\n`);
		refused(p, 1, /[Kk]unci/, '--to', fresh());
		await p.remove();
	});

	test('a text that PostgreSQL cannot hold is named, not shown', async () => {
		const p = await office(), url = fresh();
		p.fill("UPDATE instansi SET name = 'rahasia' || char(0) || 'x' WHERE code = 'DINKES'");
		const re = refused(p, 1, /Tabel instansi, kolom name, baris ke-2 /, '--to', url);
		assert.doesNotMatch(re.stderr + re.stdout, /rahasia/);
		p.fill("UPDATE instansi SET name = 'Dinas Kesehatan' WHERE code = 'DINKES'");
		moved(p, '--to', url);
		/* the way back while nothing was done there (doc/migrate.md) */
		cpSync(path.join(p.dir, 'padan.conf.sebelum-pindah'), path.join(p.dir, 'padan.conf'));
		assert.equal(p.tryRun('user', 'list', p.dir).status, 1);
		p.fill("DELETE FROM transfer WHERE what = 'office'");
		assert.equal(p.tryRun('user', 'list', p.dir).status, 0);
		assert.match(p.run('journal', 'verify', p.dir), /^utuh: /);
		refused(p, 1, /sudah dipakai sebagai kantor/, '--to', url);
		await p.remove();
	});

	test('the server dies on the way and comes back', async () => {
		const own = await Cluster.create(), p = await large(), url = fresh(own);
		const child = spawn(binary, ['migrate', p.dir, '--to', url], { stdio: ['ignore', 'pipe', 'pipe'] });
		const gone = new Promise((r) => child.once('exit', (code, signal) => r(signal ?? code)));
		const go = await halted(url, 0);
		own.kill();
		assert.equal(await gone, 111);
		await go();
		assert.equal(p.tryRun('user', 'list', p.dir).status, 0, 'the source is in use');
		await until('the server is back', () => own.start().then(() => true, () => false)); /* what was killed may still be going */
		/* that verb wrote nothing: the same state of the office goes on moving */
		moved(p, '--to', url);
		assert.equal(psql(url, 'SELECT count(*) FROM throttle'), String(BULK));
		assert.match(p.run('journal', 'verify', p.dir), /^utuh: /);
		own.remove();
		await p.remove();
	}, { timeout: 240000 });

	test('an office that worked again after a broken move begins anew', async () => {
		const p = await large(), url = fresh();
		const child = spawn(binary, ['migrate', p.dir, '--to', url], { stdio: 'ignore' });
		const gone = new Promise((r) => child.once('exit', r));
		const go = await halted(url, 0);
		child.kill('SIGKILL');
		await gone;
		await go();
		await p.start();
		await p.stop();
		refused(p, 1, /dipakai lagi sesudahnya/, '--to', url);
		moved(p, '--to', fresh());
		await p.remove();
	}, { timeout: 180000 });

	test('left, but not arrived: nobody works in either, and the next run ends it', async () => {
		const p = await office(), url = fresh();
		/* a first run that ends before anything was copied makes the target; then its last step is kept from it */
		p.fill("UPDATE instansi SET name = 'x' || char(0) WHERE code = 'BPBD'");
		refused(p, 1, /kolom name/, '--to', url);
		p.fill("UPDATE instansi SET name = 'BPBD' WHERE code = 'BPBD'");
		psql(url, "CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END'; CREATE TRIGGER never BEFORE UPDATE ON transfer EXECUTE FUNCTION never()");
		refused(p, 111, /./, '--to', url);
		assert.match(p.tryRun('user', 'list', p.dir).stderr, /telah dipindahkan/);
		const conf = readFileSync(path.join(p.dir, 'padan.conf'), 'utf8');
		writeFileSync(path.join(p.dir, 'padan.conf'), `office.url = ${url}\n${conf}`);
		assert.match(p.tryRun('user', 'list', p.dir).stderr, /belum selesai/);
		writeFileSync(path.join(p.dir, 'padan.conf'), conf);
		refused(p, 1, /telah dipindahkan/, '--to', fresh());
		psql(url, 'DROP TRIGGER never ON transfer');
		moved(p, '--to', url);
		/* killed before padan.conf was switched */
		cpSync(path.join(p.dir, 'padan.conf.sebelum-pindah'), path.join(p.dir, 'padan.conf'));
		moved(p, '--to', url);
		assert.equal(psql(url, "SELECT count(*) FROM journal_entry WHERE act = 'move'"), '1', 'it moved once');
		assert.match(p.run('journal', 'verify', p.dir), /^utuh: /);
		await p.remove();
	});

	test('no room for the file: the server stays in use, and with room it goes on', async () => {
		const p = await Padan.demo({ residents: 200, tls: false, stores: { 'office.url': fresh(), 'registry.url': fresh() } });
		p.run('registry', 'generate', p.dir, '--residents', '150', '--seed', '2'); /* into the second slot; the first still holds the old */
		assert.equal(psql(p.stores['registry.url'], 'SELECT slot FROM registry_meta'), '1');
		const stat = p.run('registry', 'stat', p.dir).replace(/^ukuran.*/m, '');
		p.fill('INSERT INTO throttle SELECT decode(md5(i::text), \'hex\'), 1, 4102444800000000 FROM generate_series(1, 30000) i');
		const re = spawnSync('sh', ['-c', 'trap "" XFSZ; ulimit -f 3000; exec "$0" "$@"', binary, 'migrate', p.dir, '--to', 'sqlite:kembali.db'], { encoding: 'utf8' });
		assert.equal(re.status, 111, re.stderr + re.stdout);
		assert.equal(p.tryRun('user', 'list', p.dir).status, 0, 'the source is in use');
		moved(p, '--to', 'sqlite:kembali.db', '--registry', 'sqlite:penduduk.db');
		assert.match(p.run('journal', 'verify', p.dir), /^utuh: /);
		assert.equal(p.run('registry', 'stat', p.dir).replace(/^ukuran.*/m, ''), stat);
		assert.equal(sqlite(file(p, 'penduduk.db'), 'SELECT count(*), max(resident_key) < 10000000000000000, (SELECT slot FROM registry_meta) FROM resident'), '150|1|0');
		await p.remove();
	});
});
