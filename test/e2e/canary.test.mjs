// SPDX-License-Identifier: EUPL-1.2
// P2.2j, J.II.E2: zero storage. Canary residents are asked for; then every file under
// the data directory but the registry, the log, a core attempt and temporary folders
// are searched for their names and addresses. On PostgreSQL the rows of the office's
// database stand for its file, and the log of a server that writes down every statement
// is searched as well.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Padan, Browser, OBSERVE, text } from './padan.mjs';

const header = 'nik,no_kk,nama_lgkp,jenis_klmin,tmpt_lhr,tgl_lhr,jenis_pkrjn,alamat,no_rt,no_rw,no_prop,prop_name,no_kab,kab_name,no_kec,kec_name,no_kel,kel_name,status';
const canaries = Array.from({ length: 12 }, (_, i) => ({
	nik: `330413010190${9900 + i}`, name: `KENARI${i}ZWQX PERTAMA`, place: `TEMPATKENARI${i}`, street: `JALAN KENARIQ${i}X NOMOR 7`,
}));

let padan, server, log;
before(async () => {
	padan = await Padan.demo({ settings: OBSERVE });
	for (const url of Object.values(padan.stores)) {
		const psql = (sql) => execFileSync('psql', ['-qAtX', '-d', url, '-c', sql], { encoding: 'utf8' }).trim();
		psql(`ALTER DATABASE ${psql('SELECT current_database()')} SET log_statement = 'all'`);
		server = path.dirname(psql('SHOW data_directory'));
		log = path.join(server, 'server.log');
	}
	const csv = path.join(padan.dir, '..', 'canary.csv');
	writeFileSync(csv, [header, ...canaries.map((c) =>
		`${c.nik},3304131203119904,${c.name},Laki-Laki,${c.place},1990-01-01,PETANI/PEKEBUN,${c.street},003,001,33,JAWA TENGAH,04,BANJARNEGARA,13,KARANGKOBAR,2001,LEKSANA,aktif`)].join('\r\n') + '\r\n');
	padan.run('registry', 'delta', padan.dir, csv);
	execFileSync('rm', [csv]);
	await padan.start();
});
after(() => padan?.remove());

const files = (dir) => readdirSync(dir, { recursive: true, withFileTypes: true })
	.filter((f) => f.isFile()).map((f) => path.join(f.parentPath ?? f.path, f.name));

/** What a server keeps of the office: every row as text, blobs as they are; and its log, where it can be found. */
const kept = () => {
	if (!server) return {};
	const rows = execFileSync('pg_dump', ['-d', padan.stores['office.url']], { encoding: 'latin1', maxBuffer: 1 << 28 })
		.replace(/\\\\x([0-9a-f]+)/g, (_, hex) => Buffer.from(hex, 'hex').toString('latin1'));
	assert.ok(rows.split('"act":"lookup"').length > canaries.length, 'the entries are there, or this proves nothing');
	const logged = existsSync(log) ? readFileSync(log, 'latin1') : '';
	assert.ok(!logged || /execute \S+: SELECT.*generation.*resident/.test(logged), 'the look-ups are there, or this proves nothing');
	return { 'the rows of the office': rows, [log]: logged };
};

test('P2.2j: nothing of an answer is found anywhere after it was shown', async () => {
	const began = Date.now();
	const b = await Browser.operator(padan);
	for (const c of canaries) {
		const shown = text((await b.verify(c.nik)).body);
		assert.ok(shown.includes(c.name), `the canary ${c.nik} must have been shown, or this test proves nothing`);
		await b.submit('/verifikasi/slip', {});
	}
	const limits = readFileSync(`/proc/${padan.process.pid}/limits`, "utf8");
	assert.match(limits, /Max core file size\s+0\s+0/);
	spawnSync('kill', ['-ABRT', String(padan.process.pid)]);
	await padan.exited;
	padan.process = null;
	const needles = canaries.flatMap((c) => [c.name, c.place, c.street, c.nik]);
	const guilty = [];
	for (const file of files(path.join(padan.dir, '..'))) {
		if (/registry[^/]*$/.test(file) || file.endsWith('demo-nik.json')) continue;
		const bytes = readFileSync(file, 'latin1');
		for (const needle of needles) if (bytes.includes(needle)) guilty.push(`${needle} in ${file}`);
	}
	for (const [where, bytes] of Object.entries(kept()))
		for (const needle of needles) if (bytes.includes(needle)) guilty.push(`${needle} in ${where}`);
	// Temporary files that appeared meanwhile, on this file system only.
	// What others make there and take away while it is read is nobody's fault; what is there is listed all the same.
	const fresh = spawnSync('find', ['/tmp', '/var/tmp', '/dev/shm', '-ignore_readdir_race', '-xdev', '-type', 'f', '-newermt', `@${Math.floor(began / 1000)}`, '-size', '-64M', '-not', '-name', 'registry*',
		...(server ? ['-not', '-path', `${server}/data/*`] : [])],
		{ encoding: 'utf8', maxBuffer: 1 << 26 }).stdout.split('\n').filter(Boolean);
	assert.ok(fresh.some((file) => file.startsWith(path.join(padan.dir, '..'))), 'what is fresh is found');
	for (const file of fresh) {
		let bytes = '';
		try { bytes = readFileSync(file, 'latin1'); } catch { continue; }
		for (const c of canaries) if (bytes.includes(c.street)) guilty.push(`${c.street} in ${file}`);
	}
	assert.deepEqual(guilty, []);
});
