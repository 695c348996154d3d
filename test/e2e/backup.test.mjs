// SPDX-License-Identifier: EUPL-1.2
// A backup is made while the office works, tells nothing without the secret key, and comes back whole or not
// at all: issue 8, point 6. An office on PostgreSQL is sent to pgBackRest (test/node/pgbackrest.test.mjs).
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Padan, Browser, OBSERVE, binary, text } from './padan.mjs';

const embedded = process.env.PADAN_E2E_STORE !== 'postgres';
const skip = embedded ? false : 'an office on PostgreSQL has other tools';
const isRoot = process.getuid() === 0;

let padan, dir, secret, key, master, count = 0;
const place = (name) => path.join(dir, `${name}-${count++}`);
const first = () => path.join(dir, 'pertama.cadangan');
const restore = (file, into, ...more) => padan.tryRun('restore', file, into, '--key', secret, '--master-key', master, ...more);
const both = (r) => r.stdout + r.stderr;
const parents = (into) => readdirSync(path.dirname(into)).filter((n) => n.startsWith(path.basename(into)));

before(async () => {
	padan = await Padan.demo({ tls: false, settings: OBSERVE });
	dir = path.join(padan.dir, '..', 'cadangan');
	mkdirSync(dir);
	secret = path.join(dir, 'kunci');
	master = path.join(padan.dir, 'keys/master.key');
	key = padan.run('backup-key', 'new', secret).trim();
	await padan.start();
});
after(() => padan?.remove());

test('I8.6 the secret half of a backup key is a file of its owner alone, and is never made twice', () => {
	assert.equal(statSync(secret).mode & 0o777, 0o600);
	assert.equal(padan.tryRun('backup-key', 'new', secret).status, 1);
	assert.equal(padan.run('backup-key', 'show', secret).trim(), key);
	const hidden = readFileSync(secret, 'utf8').trim();
	const re = padan.tryRun('backup', padan.dir, place('x'), '--set', `backup.key=${hidden}`);
	assert.equal(re.status, 1);
	assert.match(re.stderr, /kunci rahasia cadangan/);
	assert.equal(padan.tryRun('backup', padan.dir, place('x')).status, 100, 'without a key there is no backup');
});

test('I8.6 an office on PostgreSQL is told where to look', { skip: !embedded ? false : 'embedded' }, () => {
	const re = padan.tryRun('backup', padan.dir, place('x'), '--key', key);
	assert.equal(re.status, 1);
	assert.match(re.stderr, /pgBackRest/);
});

/* Inquiries of the agency without a limit, until stop() is called; resolves to how many were answered. */
async function load(office, n = 6) {
	const b = await Browser.operator(office, 'dinkes-operator');
	await b.go('GET', '/verifikasi');
	const headers = { 'Content-Type': 'application/x-www-form-urlencoded', Cookie: [...b.cookies].map(([k, v]) => `${k}=${v}`).join('; ') };
	const { csrf } = b.hidden('/verifikasi');
	let going = true, answered = 0, sent = 0;
	const worker = async () => {
		while (going) {
			const body = new URLSearchParams({ csrf, nik: office.nik['01'][sent++ % 50] }).toString();
			const re = await office.request('POST', '/verifikasi', { body, headers });
			assert.equal(re.status, 200, `${re.status} during a backup`);
			answered++;
		}
	};
	const workers = Array.from({ length: n }, worker);
	return { answered: () => answered, async stop() { going = false; await Promise.all(workers); return answered; } };
}
const until = async (done, what) => {
	for (let i = 0; i < 1500; i++) {
		if (done()) return;
		await new Promise((r) => setTimeout(r, 20));
	}
	throw new Error(`never: ${what}`);
};
const run = (...args) => new Promise((resolve) => {
	const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
	let out = '';
	child.stdout.on('data', (d) => { out += d; });
	child.stderr.on('data', (d) => { out += d; });
	child.once('exit', (status, signal) => resolve({ status, signal, out }));
});

test('I8.6 under load: nobody waits for it, it tells nothing, it is restored elsewhere, verified and serves', { skip }, async () => {
	const old = await Browser.operator(padan);
	assert.match(text((await old.verify(padan.nik['01'][0])).body), /Nama lengkap/);
	const busy = await load(padan);
	await until(() => busy.answered() > 20, 'a load');
	const made = await run('backup', padan.dir, first(), '--key', key, '--registry');
	assert.equal(made.status, 0, made.out);
	const during = busy.answered();
	await until(() => busy.answered() > during + 20, 'a load that goes on');
	await busy.stop();
	assert.equal(statSync(first()).mode & 0o777, 0o600);
	assert.deepEqual(readdirSync(padan.dir).filter((n) => n.startsWith('office.db.')), [], 'the copy is gone');
	assert.deepEqual(parents(first()), ['pertama.cadangan']);

	const bytes = readFileSync(first());
	for (const word of ['SQLite', 'operator1', 'portal.listen', readFileSync(master, 'utf8').trim(), readFileSync(secret, 'utf8').trim()])
		assert.equal(bytes.includes(word), false, `${word} can be read in the backup`);
	assert.match(bytes.subarray(0, 78).toString(), /^padan-cadangan 1\nkunci-cadangan [0-9a-f]{16}\nkunci-induk [0-9a-f]{16}\n$/);
	assert.match(padan.run('backup', 'verify', first(), '--key', secret), /log 0: \d+ entri\nutuh/);
	assert.match(padan.journal().filter((e) => e.act === 'export')[0].about, /^cli: backup with registry, key [0-9a-f]{16}$/);

	const into = place('pulih');
	const re = restore(first(), into);
	assert.equal(re.status, 0, both(re));
	assert.match(re.stdout, /log 0 utuh/);
	assert.match(re.stdout, /TIDAK DIBANDINGKAN dengan checkpoint/, 'without one a cut end would not show');
	assert.deepEqual(parents(into), [path.basename(into)]);
	assert.equal(existsSync(path.join(into, 'keys')), false, 'no key was in the backup');
	mkdirSync(path.join(into, 'keys'), { mode: 0o700 });
	copyFileSync(master, path.join(into, 'keys/master.key'));
	const other = Object.assign(new Padan(), padan, { dir: into, port: undefined, process: null, agent: null });
	assert.equal(other.tryRun('journal', 'verify', into).status, 0);
	const entries = other.journal();
	const told = entries.find((e) => e.act === 'restore');
	assert.match(told.about, /^cli: restore of 20\S+; entries missing: 0; sessions ended: [2-9]; quota of today: spent$/);
	await other.start();
	try {
		/* a session of the office it was taken from is none of this one */
		const stale = await other.request('GET', '/verifikasi', { headers: { Cookie: [...old.cookies].map(([k, v]) => `${k}=${v}`).join('; ') } });
		assert.equal(stale.status, 303);
		assert.match(stale.headers.location, /^\/masuk/);
		/* hits that were spent and forgotten are not granted again */
		const again = await Browser.operator(other);
		assert.doesNotMatch(text((await again.verify(padan.nik['01'][1])).body), /Nama lengkap/);
		const free = await Browser.operator(other, 'dinkes-operator');
		assert.match(text((await free.verify(padan.nik['01'][1])).body), /Nama lengkap/);
	} finally {
		await other.stop();
	}
	assert.equal(other.office("SELECT sum(used) AS used FROM quota_day WHERE instansi_id = (SELECT instansi_id FROM instansi WHERE code = 'BPBD')")[0].used, 200);
	assert.equal(other.tryRun('journal', 'verify', into).status, 0);
});

test('I8.6 who vouches that nothing was asked since keeps the quota of the day', { skip }, () => {
	const into = place('pulih');
	const re = restore(first(), into, '--keep-quota');
	assert.equal(re.status, 0, both(re));
	const used = JSON.parse(execFileSync('sqlite3', ['-json', path.join(into, 'office.db'), "SELECT used FROM quota_day q JOIN instansi i USING (instansi_id) WHERE code = 'BPBD'"]))[0].used;
	assert.equal(used, 1);
});

test('I8.6 to standard output it is the same, and without the registry it says so', { skip }, () => {
	const file = place('out');
	const out = execFileSync(binary, ['backup', padan.dir, '-', '--key', key], { maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
	writeFileSync(file, out, { mode: 0o600 });
	const into = place('pulih');
	const re = restore(file, into);
	assert.equal(re.status, 0, both(re));
	assert.match(re.stdout, /padan registry import/);
	assert.equal(existsSync(path.join(into, 'registry.db')), false);
	assert.equal(padan.tryRun('backup', padan.dir, file, '--key', key).status, 1, 'a backup never overwrites');
});

test('I8.6 settings that named another place for the databases name the new one', { skip }, () => {
	const away = mkdtempSync(path.join(os.tmpdir(), 'padan-away-'));
	try {
		const office = path.join(away, 'd');
		padan.run('init', office, '--set', `office.url=sqlite:${away}/kantor.db`, '--set', `registry.url=sqlite:${away}/penduduk.db`);
		const file = path.join(away, 'c'), into = path.join(away, 'pulih');
		padan.run('backup', office, file, '--key', key);
		const re = padan.tryRun('restore', file, into, '--key', secret, '--master-key', path.join(office, 'keys/master.key'));
		assert.equal(re.status, 0, both(re));
		rmSync(path.join(away, 'kantor.db'));
		assert.equal(padan.tryRun('journal', 'verify', into, '--set', `master.key_file=${office}/keys/master.key`).status, 0);
		assert.match(readFileSync(path.join(into, 'padan.conf'), 'utf8'), /^# sebelum dipulihkan: office\.url = sqlite:.*kantor\.db$/m);
	} finally {
		rmSync(away, { recursive: true, force: true });
	}
});

test('I8.6 another key, another master key, a changed byte, a cut: refused, and nothing stays', { skip }, () => {
	const stranger = place('kunci'), wrong = place('induk'), damaged = place('rusak');
	padan.run('backup-key', 'new', stranger);
	writeFileSync(wrong, '42'.repeat(32) + '\n', { mode: 0o600 });
	const refused = (re, words, into) => {
		assert.equal(re.status, 1, both(re));
		assert.match(re.stderr, words);
		assert.deepEqual(parents(into), []);
	};
	let into = place('pulih');
	refused(padan.tryRun('restore', first(), into, '--key', stranger, '--master-key', master), /memerlukan kunci rahasia [0-9a-f]{16}/, into);
	refused(padan.tryRun('backup', 'verify', first(), '--key', stranger), /memerlukan kunci rahasia/, into);
	refused(padan.tryRun('restore', first(), into, '--key', secret, '--master-key', wrong), /memerlukan kunci induk [0-9a-f]{16}/, into);
	const without = padan.tryRun('restore', first(), into, '--key', secret);
	assert.equal(without.status, 100);
	assert.match(without.stderr, /--master-key/);
	assert.deepEqual(parents(into), []);

	const bytes = readFileSync(first());
	for (const at of [90, 178, 200, 70000, bytes.length >> 1, bytes.length - 1]) {
		const bad = Buffer.from(bytes);
		bad[at] ^= 1;
		writeFileSync(damaged, bad);
		refused(restore(damaged, into), /rusak atau terpotong/, into);
		refused(padan.tryRun('backup', 'verify', damaged, '--key', secret), /rusak atau terpotong/, into);
	}
	for (const size of [bytes.length - 1, 182 + 2 * 65553, 182 + 65553, 182]) {
		writeFileSync(damaged, bytes);
		truncateSync(damaged, size);
		refused(restore(damaged, into), /rusak atau terpotong/, into);
	}
	appendFileSync(damaged, '');
	writeFileSync(damaged, Buffer.concat([bytes, Buffer.from('x')]));
	refused(restore(damaged, into), /rusak atau terpotong/, into);
	/* what stands already is not touched */
	into = place('pulih');
	mkdirSync(into);
	assert.equal(restore(first(), into).status, 100);
	assert.deepEqual(readdirSync(into), []);
});

test('I8.6 a journal that was changed before the backup is not restored', { skip }, async () => {
	await padan.stop();
	const db = path.join(padan.dir, 'office.db'), kept = place('office'), file = place('c'), into = place('pulih');
	copyFileSync(db, kept);
	padan.fill("UPDATE journal_entry SET line = replace(line, '\"act\":\"login\"', '\"act\":\"logout\"') WHERE entry_id = (SELECT min(entry_id) FROM journal_entry WHERE act = 'login')");
	padan.run('backup', padan.dir, file, '--key', key);
	const re = restore(file, into);
	assert.equal(re.status, 1, both(re));
	assert.match(re.stderr, /tidak utuh/);
	assert.deepEqual(parents(into), []);
	for (const end of ['-wal', '-shm']) rmSync(db + end, { force: true });
	copyFileSync(kept, db);
	await padan.start();
});

test('I8.6 beside a newer checkpoint it says which entries are missing, and goes on only for who names how many', { skip }, async () => {
	const file = place('lama'), note = place('checkpoint'), into = place('pulih');
	padan.run('backup', padan.dir, file, '--key', key);
	const kept = place('checkpoint');
	writeFileSync(kept, padan.run('journal', 'checkpoint', padan.dir));
	const had = Number(/log 0: (\d+) entri/.exec(padan.run('backup', 'verify', file, '--key', secret))[1]);
	const b = await Browser.operator(padan, 'dinkes-operator');
	for (let i = 0; i < 5; i++) await b.verify(padan.nik['01'][i]);
	writeFileSync(note, padan.run('journal', 'checkpoint', padan.dir));
	const size = Number(readFileSync(note, 'utf8').split('\n')[1]), missing = size - had;
	assert.ok(missing >= 5);

	const re = restore(file, into, '--checkpoint', note);
	assert.equal(re.status, 1, both(re));
	assert.match(both(re), new RegExp(`entri ${had} sampai ${size - 1} log 0 \\(${missing} entri`));
	assert.deepEqual(parents(into), []);
	const seen = padan.tryRun('backup', 'verify', file, '--key', secret, '--checkpoint', note);
	assert.equal(seen.status, 1);
	assert.match(seen.stderr, new RegExp(`entri ${had} sampai ${size - 1}`));
	assert.equal(restore(file, into, '--checkpoint', note, '--lose-entries', String(missing - 1)).status, 1);
	assert.equal(restore(file, into, '--lose-entries', String(missing)).status, 100, 'lost against what?');
	const done = restore(file, into, '--checkpoint', note, '--lose-entries', String(missing));
	assert.equal(done.status, 0, both(done));
	const about = JSON.parse(execFileSync('sqlite3', [path.join(into, 'office.db'), "SELECT line FROM journal_entry WHERE act = 'restore'"], { encoding: 'utf8' })).about;
	assert.match(about, new RegExp(`entries missing: ${missing};`));

	/* one it has reached: verified against it; one of somebody else: refused */
	const whole = place('baru'), there = place('pulih');
	padan.run('backup', padan.dir, whole, '--key', key);
	for (const n of [kept, note]) {
		const ok = restore(whole, there, '--checkpoint', n);
		assert.equal(ok.status, 0, both(ok));
		assert.doesNotMatch(ok.stdout, /TIDAK DIBANDINGKAN/);
		rmSync(there, { recursive: true });
	}
	const forged = place('palsu'), lines = readFileSync(note, 'utf8').split('\n');
	writeFileSync(forged, [lines[0], String(size - 1), ...lines.slice(2)].join('\n'));
	assert.equal(restore(whole, there, '--checkpoint', forged).status, 1);
	writeFileSync(forged, ['padan.invalid/lain', ...lines.slice(1)].join('\n'));
	assert.equal(restore(whole, there, '--checkpoint', forged).status, 1);
	assert.deepEqual(parents(there), []);
});

/* 60 MB that make a backup take long enough to be met in the middle. */
const ballast = (on) => padan.fill(on ?
	'CREATE TABLE ballast AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600) SELECT i, randomblob(100000) AS b FROM n' :
	'DROP TABLE ballast; VACUUM');

/* A backup into `file` that gets `signal` once it has come so far. One that was over before is taken again: on a busy machine
 * who waits for a moment may sleep through it. */
const midway = async (file, signal, moment) => {
	for (let i = 0; i < 20; i++) {
		const child = spawn(binary, ['backup', padan.dir, file, '--key', key], { stdio: 'ignore' });
		const gone = new Promise((r) => child.once('exit', (code, by) => r(by ?? code)));
		while (!moment() && child.exitCode === null) await new Promise((r) => setTimeout(r, 1));
		child.kill(signal);
		const met = signal === 'SIGKILL' ? await gone === signal : await isStopped(child);
		if (met) return { child, gone };
		assert.equal(await gone, 0);
		rmSync(file);
	}
	assert.fail('always over before it was met');
};
/* T: stopped; Z: over, and not yet told us; neither: on its way to one of them. */
const isStopped = async (child) => {
	while (child.exitCode === null) {
		const state = /\) (\w)/.exec(readFileSync(`/proc/${child.pid}/stat`, 'latin1'))[1];
		if ('TZ'.includes(state)) return state === 'T';
		await new Promise((r) => setTimeout(r, 1));
	}
	return false;
};

test('I8.6 kill -9 in the middle of a backup: no half file under its name, and the next one cleans up', { skip }, async () => {
	ballast(true);
	const file = place('putus'), copy = path.join(padan.dir, 'office.db.cadangan');
	const moments = [() => existsSync(copy), () => existsSync(`${file}.sebagian`) && statSync(`${file}.sebagian`).size > 1 << 20];
	for (const moment of moments) {
		await midway(file, 'SIGKILL', moment);
		assert.equal(existsSync(file), false);
	}
	const b = await Browser.operator(padan, 'dinkes-operator');
	assert.match(text((await b.verify(padan.nik['01'][3])).body), /Nama lengkap/);
	padan.run('backup', padan.dir, file, '--key', key);
	assert.deepEqual(parents(file), [path.basename(file)]);
	assert.deepEqual(readdirSync(padan.dir).filter((n) => n.startsWith('office.db.')), []);
	padan.run('backup', 'verify', file, '--key', secret);
});

test('I8.6 two backups at once: the second is told to wait', { skip }, async () => {
	const one = place('satu'), two = place('dua');
	const { child, gone } = await midway(one, 'SIGSTOP', () => existsSync(path.join(padan.dir, 'office.db.cadangan')));
	const re = padan.tryRun('backup', padan.dir, two, '--key', key);
	child.kill('SIGCONT');
	assert.equal(await gone, 0);
	assert.equal(re.status, 1, both(re));
	assert.match(re.stderr, /cadangan\.lock sedang dipakai/);
	assert.equal(existsSync(two), false);
});

test('I8.6 a full disk where the backup goes: told, and nothing stays', { skip: skip || (isRoot ? false : 'needs root to mount a tmpfs') }, () => {
	const disk = mkdtempSync(path.join(os.tmpdir(), 'padan-disk-'));
	execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]);
	try {
		const re = padan.tryRun('backup', padan.dir, path.join(disk, 'c'), '--key', key);
		assert.equal(re.status, 111, both(re));
		assert.match(re.stderr, /tidak dapat menulis/);
		assert.deepEqual(readdirSync(disk), []);
		const back = restore(first(), path.join(disk, 'd')), size = statSync(first()).size;
		assert.ok(size < 8 << 20 || back.status === 111);
		const big = place('besar');
		padan.run('backup', padan.dir, big, '--key', key);
		const full = restore(big, path.join(disk, 'e'));
		assert.equal(full.status, 111, both(full));
		assert.match(full.stderr, /ruang disk tidak cukup/);
		assert.deepEqual(readdirSync(disk).filter((n) => n.startsWith('e')), []);
	} finally {
		execFileSync('umount', ['-l', disk]);
		rmSync(disk, { recursive: true, force: true });
	}
});
