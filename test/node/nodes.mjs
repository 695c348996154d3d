// SPDX-License-Identifier: EUPL-1.2
// One office on PostgreSQL and several nodes of it: each has a directory of its own with the
// office's settings and keys, a log of its own in the journal, a port, a clock if asked, and
// can be stopped, killed, frozen and thawed by itself.
//
//	const office = await Office.create({ nodes: 2 });     made and started
//	const [a, b] = office.nodes;                          each a Padan of test/e2e/padan.mjs
//	const there = at(browser, b);                         the same person, cookies and page, at the other node
//	office.lookups();                                     what all logs say
//	await office.remove();
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Browser, OBSERVE, Padan, aProcess, freePort, root, text } from '../e2e/padan.mjs';

export const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
/** Waits until `fn` gives something true, and gives that. */
export const until = async (what, fn, ms = 30000) => {
	for (const began = Date.now(); ; await sleep(30)) {
		const value = await fn();
		if (value) return value;
		if (Date.now() - began > ms) throw new Error(`never: ${what}`);
	}
};

/** Stops a process, but not in the middle of a transaction: the row of its number would be its for half a minute more.
 * `busy` tells how many transactions of it stand open for a while. */
export const freezeAtRest = async (child, busy) => {
	for (;; await sleep(20)) {
		child.kill('SIGSTOP');
		await sleep(200);
		if (!Number(busy("state = 'idle in transaction' AND state_change < clock_timestamp() - interval '100 ms'"))) return;
		child.kill('SIGCONT');
	}
};

/* The library itself: the command `faketime` is a parent that signals do not pass. */
const shim = readdirSync('/usr/lib').map((d) => `/usr/lib/${d}/faketime/libfaketimeMT.so.1`).find(existsSync);
const faked = { LD_PRELOAD: shim, FAKETIME_DONT_FAKE_MONOTONIC: '1', FAKETIME_FORCE_MONOTONIC_FIX: '0', DONT_FAKE_MONOTONIC: '1', FAKETIME_NO_CACHE: '1' };
const HIT = ['01', '11', '12', '13', '14'];
let offices = 0;

/** Two fresh databases on a server; `url` names any database of it. */
export const freshStores = (url = process.env.PADAN_TEST_POSTGRES) => {
	if (!url) throw new Error('PADAN_TEST_POSTGRES is not set; run under tools/with-postgres');
	const number = `${aProcess}_${offices++}`;
	return Object.fromEntries(['office', 'registry'].map((kind) => {
		execFileSync('psql', ['-qX', '-d', url, '-c', `CREATE DATABASE node_${kind}_${number}`]);
		return [`${kind}.url`, url.replace(/\/[^/?]*(\?.*)?$/, `/node_${kind}_${number}$1`)];
	}));
};

export class Office {
	/** `nodes`: how many. `settings`: of all; `of`: [{...}, {...}] of each besides. `server`: the URL of another PostgreSQL than the
	 * quick one. `clocks`: every node reads a clock that can be moved. `started`: false makes and does not start. `between`: called
	 * with the first node before any starts. */
	static async create({ nodes = 2, residents = 1000, tls = false, settings = OBSERVE, of = [], server, clocks = false, started = true, between } = {}) {
		const office = new Office();
		const first = await Padan.demo({ residents, tls, settings, stores: freshStores(server) });
		office.clocks = clocks;
		office.base = path.dirname(first.dir);
		office.nodes = [first];
		await between?.(first);
		for (let n = 1; n < nodes; n++) office.add();
		office.nodes.forEach((node, n) => Object.assign(node, { settings: { ...node.settings, ...of[n] } }));
		if (clocks) office.nodes.forEach((node) => office.clock(node, 0));
		if (started) await office.start().catch(async (e) => {
			await office.remove();
			throw e;
		});
		return office;
	}

	/** One more node, not started. */
	add() {
		const [first] = this.nodes, n = this.nodes.length, node = new Padan();
		const dir = path.join(this.base, `node${n}`, 'demo');
		mkdirSync(path.dirname(dir));
		cpSync(first.dir, dir, { recursive: true, filter: (file) => !/\.(lock|db|db-wal|db-shm)$/.test(file) });
		/* no port, process or agent of the first: each has its own */
		Object.assign(node, { dir, tls: first.tls, stores: first.stores, accounts: first.accounts, nik: first.nik, tokens: first.tokens,
			settings: { ...first.settings, 'journal.node': n } });
		if (this.clocks) this.clock(node, 0);
		this.nodes.push(node);
		return node;
	}

	/** All of them, or those given. */
	async start(nodes = this.nodes) {
		await Promise.all(nodes.map((n) => n.start()));
		return this;
	}

	async stop(nodes = this.nodes) {
		await Promise.all(nodes.map((n) => n.stop()));
	}

	/** As a machine that loses its power. */
	kill(node) {
		return node.stop('SIGKILL');
	}

	/** As a process that does not get a turn: its connections stand, nothing answers. thaw() before stop(). */
	freeze(node) {
		node.process.kill('SIGSTOP');
		node.frozen = true;
	}

	async freezeAtRest(node) {
		await freezeAtRest(node.process, (held) => this.value(`SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND ${held}`));
		node.frozen = true;
	}

	thaw(node) {
		if (node.frozen) node.process?.kill('SIGCONT');
		node.frozen = false;
	}

	/** The node's clock is this many seconds ahead (or, negative, behind), now and for as long as it runs. */
	clock(node, ahead) {
		const file = path.join(node.dir, 'clock');
		writeFileSync(`${file}.new`, `${ahead < 0 ? '-' : '+'}${Math.abs(ahead).toFixed(3)}\n`);
		renameSync(`${file}.new`, file);
		node.ahead = ahead;
		node.env = { ...node.env, ...faked, FAKETIME_TIMESTAMP_FILE: file };
	}

	async remove() {
		for (const node of this.nodes) {
			this.thaw(node);
			await node.stop();
		}
		rmSync(this.base, { recursive: true, force: true });
	}

	get first() {
		return this.nodes[0];
	}

	/* ---- what the database says ---- */

	sql(query) {
		return this.first.office(query);
	}

	/** The one value of a query of one row and one column. */
	value(query) {
		return Object.values(this.sql(query)[0] ?? {})[0];
	}

	/** Hits charged to an instansi (of all days and methods), or to everybody. */
	used(code) {
		return this.value(`SELECT coalesce(sum(used), 0) AS n FROM quota_day q JOIN instansi i ON i.instansi_id = q.instansi_id WHERE ${code ? `i.code = '${code}'` : 'true'}`);
	}

	/* ---- what the journal says ---- */

	/** The entries of one node's log, in order. */
	log(node) {
		const file = path.join(path.dirname(node.dir), 'export.ndjson');
		node.run('journal', 'export', node.dir, file, '--set', `journal.node=${this.number(node)}`);
		return readFileSync(file, 'utf8').trimEnd().split('\n').map((l) => JSON.parse(l)).filter((l) => l.entry).map((l) => ({ ...l.entry, node: this.number(node) }));
	}

	number(node) {
		return this.nodes.indexOf(node);
	}

	/** All logs, merged by time. */
	journal() {
		return this.nodes.flatMap((n) => this.log(n)).sort((x, y) => (x.time < y.time ? -1 : x.time > y.time ? 1 : 0));
	}

	lookups() {
		return this.journal().filter((e) => e.act === 'lookup');
	}

	/** Every log verifies, the figures of the office agree with one another, and what was charged is what was answered. */
	sound() {
		for (const node of this.nodes) {
			const said = node.tryRun('journal', 'verify', node.dir, '--set', `journal.node=${this.number(node)}`);
			assert.equal(said.status, 0, `journal verify of node ${this.number(node)}: ${said.stdout}${said.stderr}`);
			const check = node.tryRun('check', node.dir, '--set', `journal.node=${this.number(node)}`);
			/* a server of tests may keep nothing, and check says so (settings.test.mjs) */
			const wrong = check.stdout.split('\n').filter((l) => /^SALAH/.test(l) && !/^SALAH +peladen( data)? +(fsync|full_page_writes)=off/.test(l));
			assert.ok(/^baik/m.test(check.stdout) && wrong.length === 0, `check: ${check.stdout}${check.stderr}`);
		}
		const hits = this.lookups().filter((e) => HIT.includes(e.outcome) && !e.repeat);
		assert.equal(this.used(), hits.length, 'what was charged is what both logs together say was answered');
		return hits;
	}

	/* ---- people ---- */

	/** Somebody signed in at a node, with a kejadian chosen. */
	operator(node, user = 'operator1') {
		return Browser.operator(node, user);
	}

	async person(node, user, password) {
		const b = new Browser(node);
		await b.login(user, password);
		return b;
	}
}

/** The same person at another node: the same cookies from now on, the page last seen. */
export const at = (browser, node) => {
	const there = new Browser(node);
	there.cookies = browser.cookies;
	there.page = browser.page;
	return there;
};

/** One inquiry sent as it stands, without fetching a form before: the fields are given. Any number may be sent at once. */
export const inquire = (browser, node, nik, { key, csrf = browser.csrf } = {}) =>
	node.request('POST', '/verifikasi', {
		body: new URLSearchParams({ csrf, nik, ...(key ? { once: key } : {}) }).toString(),
		headers: { 'Content-Type': 'application/x-www-form-urlencoded', Cookie: [...browser.cookies].map(([k, v]) => `${k}=${v}`).join('; '), Origin: node.url },
	});

/** What an answer of /verifikasi says: an outcome of DOMAIN 2 ('gagal': 03, 04 or 10), 'out' when it leads to the sign-in, or the status. */
export const outcomeOf = (re) => {
	if (re.status === 303) return /\/masuk/.test(re.headers.location) ? 'out' : `303 ${re.headers.location}`;
	const said = text(re.body);
	const word = [['05', 'Kuota akses hari ini telah habis'], ['17', 'User ID non aktif'], ['16', 'Instansi tidak aktif'], ['13', 'tidak terdapat di database'],
		['11', 'Meninggal Dunia'], ['12', 'Data Ganda'], ['14', 'Status Non Aktif'], ['15', 'tidak sesuai format'], ['gagal', 'Gagal Login'], ['01', 'Nama lengkap']].find(([, w]) => said.includes(w));
	return word && re.status === 200 ? word[0] : String(re.status);
};
/** An answer that came out of the registry. */
export const isHit = (outcome) => HIT.includes(outcome);

/** A real SMTP server that keeps what it gets (test/e2e/smtp_server.py). */
export class Smtp {
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
}
