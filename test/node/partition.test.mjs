// SPDX-License-Identifier: EUPL-1.2
// A journal that a DBA parts, archives and drops by parts (data/postgres/journal-partition.sql) while
// Padan serves: nothing is refused meanwhile, and the log is whole at every step, with the archive or without.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { Browser, OBSERVE, root, text } from '../e2e/padan.mjs';
import { Clock } from '../e2e/clock.mjs';
import { freshStores, until } from './nodes.mjs';

const SQL = path.join(root, 'data/postgres/journal-partition.sql');
const LEAST = 256; // the parts of a test are short
let clock, padan, archive;
const psql = (...args) => execFileSync('psql', ['-qAtX', '-v', 'ON_ERROR_STOP=1', '-d', padan.stores['office.url'], ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
const sql = (text) => psql('-c', text);
/** The same while inquiries come in; every one of them must be answered. */
const beside = async (...args) => {
	let done = false;
	const running = traffic(() => done);
	try {
		return (await promisify(execFile)('psql', ['-qAtX', '-v', 'ON_ERROR_STOP=1', '-d', padan.stores['office.url'], ...args])).stdout.trim();
	} finally {
		done = true;
		await running;
	}
};
const verify = (...archives) => padan.run('journal', 'verify', padan.dir, ...archives);
const parts = () => sql('SELECT name, begin_id, end_id FROM journal_part ORDER BY begin_id').split('\n').map((l) => l.split('|'));
const size = () => Number(sql('SELECT size FROM journal_head'));
const check = () => padan.tryRun('check', padan.dir).stdout.split('\n').find((l) => l.includes('partisi'));

/** Inquiries of programs, in rows of 24, until `enough` says so; every one must be answered. */
const traffic = async (enough) => {
	const { user_id, password } = padan.accounts['dinkes-layanan'];
	const ask = async (i) => {
		const body = JSON.stringify({ NIK: padan.nik['01'][i % 50], user_id, password, IP_USER: '127.0.0.1' });
		const re = await padan.request('POST', '/dukcapil/get_json/DINKES/CALL_NIK', { body, headers: { 'content-type': 'application/json' } });
		assert.equal(re.status, 200, re.body);
		assert.match(String(re.body), /NAMA_LGKP/);
	};
	for (let n = 0; !enough(n); n += 24) await Promise.all(Array.from({ length: 24 }, (_, i) => ask(n + i)));
};
const grow = async (by) => {
	const from = size();
	for (let i = 0; size() < from + by; i++) await traffic((n) => n >= 48);
};

before(async () => {
	clock = await Clock.demo('2026-09-10 08:00', { stores: freshStores(), tls: false, settings: OBSERVE, residents: 500 });
	padan = clock.padan;
	await padan.start();
}, { timeout: 180000 });
after(() => padan?.remove());

test('I8.5 the table of entries becomes a partitioned one under traffic; nothing is copied, refused or lost', { timeout: 240000 }, async () => {
	assert.match(check(), /satu tabel/);
	await grow(100);
	const rows = sql('SELECT oid FROM pg_class WHERE relname = \'journal_entry\'');
	await beside('-f', SQL, '-c', `CALL padan_journal_partition(${LEAST})`);
	const [first, tail] = parts();
	assert.equal(sql(`SELECT oid FROM pg_class WHERE relname = '${first[0]}'`), rows, 'the old table is the first part');
	assert.equal(first[2], tail[1]);
	assert.equal(Number(tail[2]), 2 ** 34);
	assert.throws(() => sql(`CALL padan_journal_partition(${LEAST})`), /partitioned already/);
	await traffic((n) => n >= 24);
	assert.match(verify(), /^utuh: /);
});

test('I8.5 padan check says when the next part is due; a run makes it, and entries go on into it', { timeout: 240000 }, async () => {
	/* nobody comes again: the parts fill, and what reaches to the end of the log takes the rest */
	const tail = parts().at(-1);
	await grow(Number(tail[1]) - size() + 20);
	assert.match(check(), /PERINGATAN.*padan_journal_next/);
	assert.ok(Number(sql(`SELECT count(*) FROM ${tail[0]}`)) >= 20);
	await beside('-c', `SELECT count(*) FROM padan_journal_next(${LEAST})`);
	sql(`SELECT count(*) FROM padan_journal_next(${LEAST})`); // what came while that ran may be enough for one more
	assert.match(check(), /sudah ada/);
	assert.equal(Number(sql(`SELECT count(*) FROM ${parts().at(-1)[0]}`)), 0);
	assert.equal(sql(`SELECT count(*) FROM padan_journal_next(${LEAST})`), '0', 'nothing to do');
	assert.match(verify(), /^utuh: /);
	assert.equal(Number(sql('SELECT count(*) FROM journal_entry')), size());
});

test('I8.5 parts below an archive are dropped, no others; the log is whole with the archive, and says so without', { timeout: 240000 }, async () => {
	archive = path.join(padan.dir, '..', 'log0.jsonl');
	assert.equal(sql('SELECT count(*) FROM padan_journal_drop(0)'), '0', 'nothing is archived yet');
	clock.set('2026-11-20 08:00');
	await traffic((n) => n >= 16);
	const before = verify();
	assert.match(padan.run('journal', 'archive', padan.dir, archive, '--before', '2026-11'), /arsip: log 0, entri 0 sampai/);
	const upto = Number(JSON.parse(readFileSync(archive, 'utf8').split('\n')[0]).size);
	assert.match(padan.run('journal', 'verify', archive), /^utuh: /);
	await until('all is counted', () => sql(`SELECT (SELECT upto FROM usage_log) >= ${upto} AND (SELECT upto FROM history_log) >= ${upto}`) === 't', 60000);
	const drop = (...more) => padan.run('journal', 'drop-archived', padan.dir, archive, '--keep-rows', ...more);
	assert.throws(() => drop('--yes'), /masa simpan 60 bulan/);
	assert.throws(() => drop('--set', 'journal.keep_months=0'), /--yes/);
	assert.match(drop('--yes', '--set', 'journal.keep_months=0'), /diarsipkan; entrinya masih ada/);
	const gone = parts().filter((p) => Number(p[2]) <= upto), rows = Number(sql('SELECT count(*) FROM journal_entry'));
	assert.ok(gone.length >= 1);
	assert.equal(Number(await beside('-c', 'SELECT count(*) FROM padan_journal_drop(0)')), gone.length);
	assert.ok(Number(sql('SELECT min(entry_id) FROM journal_entry')) === Number(gone.at(-1)[2]), 'the part that the edge lies in stays');
	assert.ok(Number(sql('SELECT count(*) FROM journal_entry')) < rows);
	assert.match(verify(), new RegExp(`sebelum itu ${upto} entri diarsipkan`));
	const whole = verify(archive);
	assert.doesNotMatch(whole, /diarsipkan/);
	assert.ok(Number(/utuh: (\d+)/.exec(whole)[1]) > Number(/utuh: (\d+)/.exec(before)[1]));
	assert.throws(() => padan.run('journal', 'prove', padan.dir, '--seq', '10'), /diarsipkan/);
});

test('I8.5 what is archived is said on the pages, and a report over it is refused in words', { timeout: 240000 }, async () => {
	const admin = new Browser(padan);
	await admin.login('admin');
	assert.match(text((await admin.go('GET', '/jurnal')).body), /yang terlama diarsipkan/);
	padan.run('journal', 'checkpoint', padan.dir);
	const seq = sql('SELECT max(size) - 1 FROM journal_checkpoint');
	padan.run('journal', 'prove', padan.dir, '--seq', seq); // what is left can be proved
	const count = (from, until) => padan.run('report', 'count', padan.dir, 'DINKES', from, until);
	assert.throws(() => count('2026-09-01', '2026-11-19'), /diarsipkan/);
	assert.match(count('2026-11-01', '2026-11-19'), /./);
});
