// SPDX-License-Identifier: EUPL-1.2
// Mail through a real SMTP server: delivery, a server that is down and comes back, recipients
// that are refused, a thousand of them, TLS that is and is not to be trusted, a password,
// and kill -9 in between.
import { test, before, after, beforeEach, afterEach } from 'node:test';
import assert from 'node:assert/strict';
import { spawn, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Browser, Padan, freePort, root } from './padan.mjs';

const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
const until = async (what, fn, ms = 60000) => {
	for (const began = Date.now(); ; await sleep(50)) {
		const value = await fn();
		if (value) return value;
		if (Date.now() - began > ms) throw new Error(`never: ${what}`);
	}
};

class Smtp {
	static async start(dir, { port, args = [] } = {}) {
		const s = new Smtp();
		s.port = port ?? await freePort();
		s.dir = dir;
		mkdirSync(dir, { recursive: true });
		s.process = spawn('/usr/bin/python3', [path.join(root, 'test/e2e/smtp_server.py'), String(s.port), dir, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
		s.exited = new Promise((r) => s.process.once('exit', r));
		await new Promise((resolve, reject) => {
			s.process.stdout.once('data', resolve);
			s.process.once('exit', () => reject(new Error('the SMTP server ended')));
		});
		return s;
	}

	async stop() {
		this.process.kill('SIGKILL');
		await this.exited;
	}

	get log() {
		const file = path.join(this.dir, 'log.ndjson');
		return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').map((l) => JSON.parse(l)) : [];
	}

	message(one) {
		return readFileSync(path.join(this.dir, one.file), 'utf8');
	}
}

let tmp, padan, smtp;
before(async () => {
	tmp = mkdtempSync(path.join(os.tmpdir(), 'padan-mail-'));
	const sh = (...args) => execFileSync('openssl', args, { cwd: tmp, stdio: 'ignore' });
	for (const ca of ['ca', 'other'])
		sh('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', `/CN=${ca}`, '-keyout', `${ca}.key`, '-out', `${ca}.pem`);
	sh('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=mail', '-keyout', 'mail.key', '-out', 'mail.csr');
	writeFileSync(path.join(tmp, 'san'), 'subjectAltName=IP:127.0.0.1\n');
	sh('x509', '-req', '-in', 'mail.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'san', '-out', 'mail.pem');
});
after(() => rmSync(tmp, { recursive: true, force: true }));

let n = 0;
beforeEach(async () => {
	padan = await Padan.demo({ tls: false, residents: 100 });
	/* in the weeks before a due date of the demo the job `reminders` would put letters of its own: it has been by today */
	sql(`INSERT INTO duty_look (instansi_id, day) SELECT instansi_id, ${Math.floor((Date.now() + 7 * 3600e3) / 86400e3)} FROM instansi`);
});
afterEach(async () => {
	await padan.remove();
	await smtp?.stop();
	smtp = null;
});

const settings = (port, more = {}) => {
	padan.settings = { 'mail.url': `smtp://127.0.0.1:${port}`, 'mail.from': 'padan@dinas.example', 'mail.tls': 'off', ...more };
	return Object.entries(padan.settings).flatMap(([k, v]) => ['--set', `${k}=${v}`]);
};
const sql = (text) => padan.stores['office.url']
	? execFileSync('psql', ['-q', '-v', 'ON_ERROR_STOP=1', '-d', padan.stores['office.url']], { input: `${text};` })
	: execFileSync('sqlite3', ['-bail', '-cmd', '.timeout 10000', path.join(padan.dir, 'office.db')], { input: `${text};` });
const us = () => `${Date.now()}000`;
const row = (key, address) => `('${key}', '${address}', 'Tenggat perjanjian – ${key}', 'Yang terhormat,\n.\nbaris titik\n', 'waiting', 0, ${us()}, ${us()}, '')`;
/** Rows as mail_put() writes them. */
const put = (rows) => sql(`INSERT INTO mail (key, address, subject, body, state, tries, put_us, next_us, trouble) VALUES ${rows.join(', ')}`);
const states = () => Object.fromEntries(padan.office('SELECT state, count(*) AS n FROM mail GROUP BY state').map((r) => [r.state, r.n]));
const hurry = () => sql("UPDATE mail SET next_us = 0 WHERE state = 'waiting' AND node IS NULL");
const dir = () => path.join(tmp, `m${++n}`);

test('what is put arrives, each address once, and reads as it was written', async () => {
	smtp = await Smtp.start(dir());
	settings(smtp.port);
	await padan.start();
	put([row('renewal:1', 'satu@bpbd.example'), row('renewal:1', 'dua@bpbd.example')]);
	await until('both sent', () => states().sent === 2);
	assert.deepEqual(smtp.log.map((l) => l.to[0]).sort(), ['dua@bpbd.example', 'satu@bpbd.example']);
	assert.deepEqual(smtp.log.map((l) => l.from), ['padan@dinas.example', 'padan@dinas.example']);
	// Python's own reader of mail says what a person would see.
	const seen = JSON.parse(execFileSync('/usr/bin/python3', ['-c', `
import email, email.policy, json, sys
m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
print(json.dumps({'subject': m['subject'], 'to': m['to'], 'from': m['from'], 'body': m.get_content(), 'auto': m['auto-submitted'], 'defects': len(m.defects), 'year': m['date'].datetime.year, 'id': m['message-id']}))`,
	path.join(smtp.dir, smtp.log.find((l) => l.to[0].startsWith('satu')).file)], { encoding: 'utf8' }));
	assert.match(seen.id, /^<[0-9a-f]{32}@dinas\.example>$/);
	assert.ok(seen.year >= 2026);
	delete seen.id;
	delete seen.year;
	assert.deepEqual(seen, { subject: 'Tenggat perjanjian – renewal:1', to: 'satu@bpbd.example', from: 'padan@dinas.example',
		body: 'Yang terhormat,\r\n.\r\nbaris titik\r\n', auto: 'auto-generated', defects: 0 });
	const ids = smtp.log.map((l) => /^Message-ID: (.*)\r$/m.exec(smtp.message(l))[1]);
	assert.notEqual(ids[0], ids[1]);
	assert.match(padan.run('mail', 'list', padan.dir), /^0 menunggu, 2 terkirim, 0 gagal\n/);
	assert.ok(!padan.run('mail', 'list', padan.dir).includes('Yang terhormat'), 'no bodies');
	assert.ok(!padan.log().includes('@'), 'the log names no address');
});

test('a server that is down is waited for, over a restart too', async () => {
	const port = await freePort();
	settings(port, { 'ops.listen': '127.0.0.1:0' });
	await padan.start();
	put([row('a', 'a@x.example'), row('b', 'b@x.example'), row('c', 'c@x.example')]);
	await until('a try', () => padan.office('SELECT max(tries) AS n FROM mail')[0].n >= 1 && padan.office("SELECT count(*) AS n FROM mail WHERE trouble = 'connect'")[0].n >= 1);
	// Only the one that met the trouble bears it.
	assert.equal(padan.office('SELECT count(*) AS n FROM mail WHERE tries = 0')[0].n, 2);
	await until('logged', () => padan.log().includes('surat elektronik tidak terkirim'));
	const ops = /ops pada port (\d+)/.exec(padan.log())[1];
	const get = (p) => new Promise((resolve) => http.get({ host: '127.0.0.1', port: ops, path: p, agent: false }, (re) => { let b = ''; re.on('data', (d) => { b += d; }); re.on('end', () => resolve({ status: re.statusCode, body: b })); }));
	await until('the queue is told', async () => (await get('/metrics')).body.includes('\npadan_mail_waiting 3\n'));
	await until('so are the jobs', async () => /\npadan_job_age_seconds\{job="pulse"\} \d+\n/.test((await get('/metrics')).body));
	assert.equal((await get('/readyz')).status, 200, 'no reason to stop answering');
	const stopping = Date.now();
	assert.equal((await padan.stop()).code, 0);
	assert.ok(Date.now() - stopping < 20000, 'stops at once');
	assert.deepEqual(states(), { waiting: 3 });
	smtp = await Smtp.start(dir(), { port });
	hurry();
	await padan.start();
	await until('all sent', () => states().sent === 3);
	assert.equal(smtp.log.length, 3);
});

test('a server that comes back while we run is noticed', async () => {
	const port = await freePort();
	settings(port);
	await padan.start();
	put([row('a', 'a@x.example')]);
	await until('a try', () => padan.office("SELECT count(*) AS n FROM mail WHERE trouble = 'connect'")[0].n === 1);
	smtp = await Smtp.start(dir(), { port });
	hurry();
	await until('sent', () => states().sent === 1);
	await until('logged', () => padan.log().includes('surat elektronik: pulih'));
});

test('one refused recipient hinders no other: 5xx is for ever, 4xx is not', async () => {
	smtp = await Smtp.start(dir());
	settings(smtp.port);
	put([row('a', 'refused550@x.example'), row('a', 'later450@x.example'), row('a', 'body554@x.example'), row('a', 'ok@x.example'), row('b', 'ok2@x.example')]);
	await padan.start();
	await until('settled', () => states().sent === 2 && states().failed === 1 && padan.office("SELECT count(*) AS n FROM mail WHERE state = 'waiting' AND tries = 1 AND node IS NULL")[0].n === 2);
	assert.deepEqual(smtp.log.map((l) => l.to[0]).sort(), ['ok2@x.example', 'ok@x.example']);
	const by = Object.fromEntries(padan.office('SELECT address, trouble, state, next_us, put_us FROM mail').map((r) => [r.address, r]));
	assert.deepEqual([by['refused550@x.example'].trouble, by['refused550@x.example'].state], ['recipient', 'failed']);
	assert.deepEqual([by['later450@x.example'].trouble, by['later450@x.example'].state], ['recipient', 'waiting']);
	assert.deepEqual([by['body554@x.example'].trouble, by['body554@x.example'].state], ['refused', 'waiting']);
	assert.ok(by['later450@x.example'].next_us - by['later450@x.example'].put_us >= 60e6, 'not before a minute');
	assert.match(padan.run('mail', 'list', padan.dir), /2 menunggu, 2 terkirim, 1 gagal\n[\s\S]*gagal .*refused550@x\.example .*menolak penerima/);
	assert.match(padan.tryRun('check', padan.dir, ...settings(smtp.port)).stdout, /PERINGATAN +surat +2 menunggu, 2 terkirim, 1 gagal/);
});

test('a server that turns everybody away is left alone for a while', async () => {
	const turned = net.createServer((s) => { turned.n = (turned.n ?? 0) + 1; s.on('error', () => {}); s.end('421 busy\r\n'); });
	await new Promise((r) => turned.listen(0, '127.0.0.1', r));
	turned.unref(); // a failure must not keep the run from ending
	settings(turned.address().port);
	put(Array.from({ length: 20 }, (_, i) => row(`k:${i}`, 'a@x.example')));
	await padan.start();
	await until('a try', () => padan.office('SELECT max(tries) AS n FROM mail')[0].n === 1);
	await sleep(2500);
	assert.ok(turned.n <= 2, `${turned.n} connections`);
});

test('a thousand of them, and nobody at the portal waits for it', { timeout: 300000 }, async () => {
	smtp = await Smtp.start(dir());
	settings(smtp.port);
	await padan.start();
	put(Array.from({ length: 1000 }, (_, i) => row(`bulk:${i}`, `a${i}@x.example`)));
	const began = Date.now();
	await until('one is out', () => states().sent > 0);
	smtp.process.kill('SIGSTOP');
	await until('one is in hand', () => padan.office('SELECT count(*) AS n FROM mail WHERE node IS NOT NULL')[0].n === 1);
	const stuck = Date.now();
	assert.equal((await padan.request('GET', '/masuk')).status, 200);
	assert.ok(Date.now() - stuck < 20000, 'and not when that one is given up');
	smtp.process.kill('SIGCONT');
	let slowest = 0;
	while ((states().sent ?? 0) < 1000 && Date.now() - began < 150000) {
		const asked = Date.now();
		assert.equal((await padan.request('GET', '/masuk')).status, 200);
		slowest = Math.max(slowest, Date.now() - asked);
		await sleep(100);
	}
	console.log(`[mail] 1000 in ${((Date.now() - began) / 1000).toFixed(1)} s, slowest page meanwhile ${slowest} ms`);
	assert.equal(states().sent, 1000);
	assert.equal(new Set(smtp.log.map((l) => l.to[0])).size, 1000);
	assert.equal(smtp.log.length, 1000);
});

test('STARTTLS with the right CA; with the wrong one, or none offered, nothing is said', async () => {
	const cert = ['--cert', path.join(tmp, 'mail.pem'), '--key', path.join(tmp, 'mail.key')];
	smtp = await Smtp.start(dir(), { args: [...cert, '--login', 'padan:rahasia-surat'] });
	const secret = path.join(tmp, 'password');
	writeFileSync(secret, 'rahasia-surat\n', { mode: 0o600 });
	const tls = (ca, more = {}) => settings(smtp.port, { 'mail.tls': 'require', 'mail.ca': path.join(tmp, ca), 'mail.user': 'padan', 'mail.password_file': secret, ...more });
	const wrong = padan.tryRun('mail', 'test', padan.dir, 'a@x.example', ...tls('other.pem'));
	assert.equal(wrong.status, 111);
	assert.match(wrong.stderr, /TLS ke peladen surat gagal atau sertifikatnya tidak dipercaya/);
	const system = padan.tryRun('mail', 'test', padan.dir, 'a@x.example', ...tls('other.pem', { 'mail.ca': '' }));
	assert.equal(system.status, 111);
	assert.equal(smtp.log.length, 0);
	writeFileSync(path.join(tmp, 'wrong'), 'salah\n', { mode: 0o600 });
	const login = padan.tryRun('mail', 'test', padan.dir, 'a@x.example', ...tls('ca.pem', { 'mail.password_file': path.join(tmp, 'wrong') }));
	assert.match(login.stderr, /menolak pengguna atau kata sandi/);
	writeFileSync(path.join(tmp, 'open'), 'rahasia-surat\n', { mode: 0o644 });
	assert.match(padan.tryRun('mail', 'test', padan.dir, 'a@x.example', ...tls('ca.pem', { 'mail.password_file': path.join(tmp, 'open') })).stderr, /dapat dibaca pengguna lain/);
	assert.equal(padan.tryRun('mail', 'test', padan.dir, 'a@x.example', ...tls('ca.pem')).status, 0);
	assert.deepEqual([smtp.log[0].tls, smtp.log[0].authenticated], [true, true]);

	// The same from inside the cage of serve.
	put([row('a', 'a@x.example')]);
	tls('other.pem');
	await padan.start();
	await until('refused', () => padan.office("SELECT count(*) AS n FROM mail WHERE trouble = 'tls'")[0].n === 1);
	assert.equal(smtp.log.length, 1);
	await padan.stop();
	tls('ca.pem');
	hurry();
	await padan.start();
	await until('sent', () => states().sent === 1);
	assert.deepEqual([smtp.log[1].tls, smtp.log[1].authenticated], [true, true]);
	assert.ok(!padan.log().includes('rahasia-surat'));
});

test('a server without TLS gets nothing when TLS is demanded', async () => {
	smtp = await Smtp.start(dir());
	const re = padan.tryRun('mail', 'test', padan.dir, 'a@x.example', ...settings(smtp.port, { 'mail.tls': 'require' }));
	assert.equal(re.status, 111);
	assert.equal(padan.tryRun('mail', 'test', padan.dir, 'a@x.example', ...settings(smtp.port, { 'mail.tls': 'try' })).status, 0);
	assert.equal(padan.tryRun('mail', 'test', padan.dir, 'bukan alamat', ...settings(smtp.port)).status, 100);
	assert.equal(padan.tryRun('mail', 'test', padan.dir, 'a@x.example').status, 1);
	assert.equal(padan.tryRun('mail', 'test', padan.dir, 'a@x.example', ...settings(smtp.port, { 'mail.url': 'smtp://mail.example' })).status, 100);
	assert.equal(padan.tryRun('serve', padan.dir, ...settings(smtp.port, { 'mail.from': 'x' })).status, 100);
});

test('kill -9 in between: nothing is lost, what comes twice is the same message', { timeout: 240000 }, async () => {
	smtp = await Smtp.start(dir(), { args: ['--slow', '0.05'] });
	settings(smtp.port);
	put(Array.from({ length: 60 }, (_, i) => row(`k:${i}`, `a${i}@x.example`)));
	let kills = 0;
	while ((states().sent ?? 0) < 60 && kills < 40) {
		await padan.start();
		await sleep(150 + 20 * (kills % 7));
		await padan.stop('SIGKILL');
		kills++;
		const lost = padan.office("SELECT count(*) AS n FROM mail WHERE state = 'waiting' AND node IS NOT NULL")[0].n;
		assert.ok(lost <= 1, 'at most the one in hand');
	}
	await padan.start();
	await until('all sent', () => states().sent === 60);
	const ids = smtp.log.map((l) => `${l.to[0]} ${/^Message-ID: (.*)\r$/m.exec(smtp.message(l))[1]}`);
	assert.equal(new Set(ids).size, 60);
	assert.equal(new Set(smtp.log.map((l) => l.to[0])).size, 60);
	console.log(`[mail] ${kills} kills, ${smtp.log.length - 60} of 60 came twice`);
	assert.ok(smtp.log.length - 60 <= kills);
	assert.ok(kills >= 3);
});

test('kept on SIGTERM while the server is silent: stops at once, the mail is anybody\'s again', async () => {
	const silent = net.createServer((s) => s.unref());
	await new Promise((r) => silent.listen(0, '127.0.0.1', r));
	silent.unref();
	settings(silent.address().port);
	put([row('a', 'a@x.example')]);
	await padan.start();
	await until('in hand', () => padan.office('SELECT count(*) AS n FROM mail WHERE node IS NOT NULL')[0].n === 1);
	const began = Date.now();
	assert.equal((await padan.stop()).code, 0);
	assert.ok(Date.now() - began < 20000, `${Date.now() - began} ms: not the minute that a conversation may take`);
	assert.equal(padan.office('SELECT count(*) AS n FROM mail WHERE node IS NULL')[0].n, 1);
});

test('two nodes on one database: each mail goes out once, and the dead one is followed', { skip: process.env.PADAN_E2E_STORE !== 'postgres', timeout: 240000 }, async (t) => {
	smtp = await Smtp.start(dir());
	settings(smtp.port);
	const other = Object.assign(new Padan(), { ...padan, dir: path.join(tmp, `node${++n}`, 'demo'), settings: { ...padan.settings, 'journal.node': '1' } });
	t.after(() => other.remove());
	cpSync(padan.dir, other.dir, { recursive: true });
	await padan.start();
	await other.start();
	put(Array.from({ length: 300 }, (_, i) => row(`two:${i}`, `a${i}@x.example`)));
	await until('half', () => states().sent >= 150);
	await padan.stop('SIGKILL');
	await until('the rest but what the dead one had in hand', () => states().sent >= 299);
	sql("UPDATE mail SET next_us = 0 WHERE state = 'waiting'"); // as if its lease were over
	await until('all', () => states().sent === 300);
	assert.equal(new Set(smtp.log.map((l) => l.to[0])).size, 300);
	assert.ok(smtp.log.length <= 301, `${smtp.log.length} for 300`);
	assert.ok(padan.office("SELECT node FROM job WHERE name = 'pulse'").length === 1);
});

test('J.II.E1: a hold of the pattern guard is told to both sides by mail, once, and without the user id', async () => {
	smtp = await Smtp.start(dir());
	settings(smtp.port);
	await padan.start();
	const operator = await Browser.operator(padan);
	let held = false;
	for (let serial = 9911; serial < 9951 && !held; serial++)
		held = (await operator.verify(`330413010190${serial}`)).body.includes('User ID non aktif, silahkan menghubungi Admin');
	assert.ok(held);
	const about = () => padan.office("SELECT address, body, state FROM mail WHERE key LIKE 'penjaga:%' ORDER BY address");
	await until('sent', () => about().length && about().every((m) => m.state === 'sent'));
	assert.deepEqual(about().map((m) => m.address), ['data@bpbd.example', 'pemanfaatan@dukcapil.example']);
	for (const mail of about()) {
		assert.match(mail.body, /Badan Penanggulangan Bencana Daerah/);
		assert.doesNotMatch(mail.body, /operator1|330413010190/);
	}
	await operator.verify('3304130101909960');
	assert.equal(about().length, 2, 'one hold, one letter to each');
});
