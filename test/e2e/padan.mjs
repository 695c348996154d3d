// SPDX-License-Identifier: EUPL-1.2
// A Padan of one's own for a test: init --demo in a temporary directory, serve on a
// free port of loopback, and a small browser without a screen to speak to it.
import { spawn, execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, openSync, closeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect, createServer } from 'node:net';
import http from 'node:http';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const binary = process.env.PADAN_BINARY ?? path.join(root, 'build/padan');

/* Below the range from which the kernel takes the near ends of outgoing connections: a port of that
 * range may be another test's connection by the time somebody listens, or, knocked at before anybody
 * does, the knock's own (a connection of TCP to itself). */
const [outgoing] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').trim().split(/\s+/).map(Number);
const lowest = 10000, highest = outgoing > lowest + 1000 ? outgoing : 32768;

/** `s`, once it has that port; null where another one has it. */
const bound = (s, begin) =>
	new Promise((resolve, reject) => {
		s.once('error', (e) => (e.code === 'EADDRINUSE' ? resolve(null) : reject(e)));
		begin(() => resolve(s));
	});

/** A port of loopback that nobody listens on, nor will before whom it is for: the same port of UDP is a token that one
 * test has at a time, to the end of its process. Between two servers on a port it is nobody else's either. */
export const freePort = async () => {
	for (;;) {
		const port = lowest + Math.floor(Math.random() * (highest - lowest));
		const token = createSocket('udp4'), server = createServer();
		token.unref();
		if (!(await bound(token, (done) => token.bind(port, '127.0.0.1', done)))) continue;
		if (await bound(server, (done) => server.listen(port, '127.0.0.1', done))) {
			await new Promise((r) => server.close(r));
			return port;
		}
		token.close();
	}
};
/** Does somebody listen there? */
const isOpen = (port) =>
	new Promise((resolve) => {
		const s = connect(port, '127.0.0.1', () => { s.destroy(); resolve(true); });
		s.once('error', () => resolve(false));
	});

/** A script asks faster than any person and walks through its list: what the pattern guard is there to stop
 * (J.II.E1). Suites about something else let it look on; guard.test.mjs is about it. */
export const OBSERVE = { 'guard.mode': 'observe' };

/** Names what this process makes beside others: the numbers of processes come round again within an hour. */
export const aProcess = randomBytes(6).toString('hex');
let databases = 0;
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));

/* Tests say "today", and count what was used of its quota: none begins so late in the evening (WIB) that the day could
 * change before it ends. Whoever imports this has not read the clock yet. */
const DAY = 864e5, EVENING = 5 * 60e3, left = DAY - ((Date.now() + 7 * 3600e3) % DAY);
if (left < EVENING) {
	console.log(`# waiting ${Math.ceil(left / 1000)} s for the next day`);
	await sleep(left + 100);
}

/* Whoever takes longer hangs. */
const HANGS = 60e3;

export class Padan {
	/** What every process of this office gets into its environment. */
	env = {};

	/** A fresh demo office. `settings`: extra key=value. `stores`: office.url and registry.url of databases that are empty. */
	static async demo({ residents = 2000, tls = true, settings = {}, seed = 1, env = {}, stores = Padan.postgresStores() } = {}) {
		const p = new Padan();
		p.env = env;
		p.dir = path.join(mkdtempSync(path.join(os.tmpdir(), 'padan-')), 'demo');
		p.tls = tls;
		p.settings = settings;
		p.stores = stores;
		p.run('init', p.dir, '--demo', '--residents', String(residents), '--seed', String(seed),
			...Object.entries(p.stores).flatMap(([k, v]) => ['--set', `${k}=${v}`]));
		const { accounts, sandbox } = JSON.parse(readFileSync(path.join(p.dir, 'demo-accounts.json')));
		p.accounts = Object.fromEntries([...accounts, ...sandbox].map((a) => [a.user_id, a]));
		p.nik = JSON.parse(readFileSync(path.join(p.dir, 'demo-nik.json')));
		return p;
	}

	/** Under PADAN_TEST_POSTGRES and PADAN_E2E_STORE=postgres: two fresh databases. */
	static postgresStores() {
		if (process.env.PADAN_E2E_STORE !== 'postgres') return {};
		const server = process.env.PADAN_TEST_POSTGRES;
		if (!server) throw new Error('PADAN_TEST_POSTGRES is not set; run under tools/with-postgres');
		const stores = {};
		for (const kind of ['office', 'registry']) {
			const name = `${kind}_${aProcess}_${databases++}`;
			execFileSync('psql', ['-q', '-d', server, '-c', `CREATE DATABASE ${name}`]);
			stores[`${kind}.url`] = server.replace(/\/[^/]*$/, `/${name}`);
		}
		return stores;
	}

	/** Run one verb to its end; throws unless it exits 0. */
	run(...args) {
		return execFileSync(binary, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28, env: { ...process.env, ...this.env } });
	}

	/** Run one verb with these words on its standard input. */
	runWith(input, ...args) {
		return execFileSync(binary, args, { encoding: 'utf8', input, stdio: ['pipe', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
	}

	/** Run one verb; gives { status, stdout, stderr }. */
	tryRun(...args) {
		return spawnSync(binary, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
	}

	async start({ wrap = [], env = {} } = {}) {
		this.port ??= await freePort();
		const args = ['serve', this.dir, '--set', `portal.listen=127.0.0.1:${this.port}`, '--set', `tls=${this.tls ? 'on' : 'off'}`];
		/* on a slow machine nobody is to be told that the database is away; whose test is about that says so */
		if (!('office.patience_ms' in this.settings)) args.push('--set', 'office.patience_ms=30000');
		for (const [k, v] of Object.entries(this.settings)) args.push('--set', `${k}=${v}`);
		const log = openSync(path.join(this.dir, '..', 'serve.log'), 'a'), logged = this.log().length;
		const [command, ...rest] = [...wrap, binary, ...args];
		this.process = spawn(command, rest, { stdio: ['ignore', log, log], env: { ...process.env, ...this.env, ...env } });
		closeSync(log);
		this.exited = new Promise((r) => this.process.once('exit', (code, signal) => r({ code, signal })));
		const began = Date.now();
		const until = async (answers) => {
			while (!await answers().catch(() => false)) {
				if (this.process.exitCode !== null) throw new Error(`padan serve ended: ${this.log()}`);
				if (Date.now() - began > HANGS) {
					await this.stop('SIGKILL'); /* or it keeps whoever gives up from ending */
					throw new Error(`padan serve does not answer: ${this.log()}`);
				}
				await sleep(15);
			}
		};
		await until(async () => (await this.request('GET', '/masuk')).status === 200);
		for (const key of ['api.listen', 'ops.listen']) { /* they open after the portal */
			const port = Number(this.settings[key]?.split(':').at(-1) ?? 0);
			if (port) await until(() => isOpen(port));
		}
		this.startMs = Date.now() - began;
		await until(async () => this.log().slice(logged).includes('siap dalam')); /* it answers a moment before it says so */
		return this;
	}

	log() {
		return readFileSync(path.join(this.dir, '..', 'serve.log'), 'utf8');
	}

	async stop(signal = 'SIGTERM') {
		if (!this.process) return null;
		this.process.kill(signal);
		const how = await this.exited;
		this.process = null;
		this.agent?.destroy();
		this.agent = null;
		return how;
	}

	async remove() {
		await this.stop();
		rmSync(path.dirname(this.dir), { recursive: true, force: true });
	}

	get url() {
		return `${this.tls ? 'https' : 'http'}://localhost:${this.port}`;
	}

	/** One request; resolves to { status, headers, body, bytes }: the body as text, and as it came. */
	request(method, target, { headers = {}, body, agent, rawPath } = {}) {
		const mod = this.tls ? https : http;
		this.agent ??= new mod.Agent({ keepAlive: true, maxSockets: 64, rejectUnauthorized: false });
		return new Promise((resolve, reject) => {
			const rq = mod.request({
				host: '127.0.0.1', port: this.port, path: rawPath ?? target, method, agent: agent ?? this.agent,
				rejectUnauthorized: false, servername: 'localhost',
				headers: { Host: `localhost:${this.port}`, ...(body !== undefined ? { 'Content-Length': Buffer.byteLength(body) } : {}), ...headers },
			}, (re) => {
				const parts = [];
				re.on('data', (d) => parts.push(d));
				re.on('end', () => {
					const bytes = Buffer.concat(parts);
					resolve({ status: re.statusCode, headers: re.headers, body: bytes.toString('utf8'), bytes });
				});
				re.on('error', reject);
			});
			rq.on('error', reject);
			rq.setTimeout(HANGS, () => rq.destroy(new Error('timeout')));
			rq.end(body);
		});
	}

	/** Every journal entry, in order, as objects. */
	journal() {
		const file = path.join(this.dir, '..', 'export.ndjson');
		this.run('journal', 'export', this.dir, file);
		const lines = readFileSync(file, 'utf8').trimEnd().split('\n').map((l) => JSON.parse(l)).filter((l) => l.entry)
			.map((l) => ({ ...l.entry, line: JSON.stringify(l.entry) }));
		return lines;
	}

	/** The job that closes user ids runs once soon after the start, and then not for an hour: a session it ends in the
	 * middle of a test would be over for another reason than the test is about. `since`, in us of the office's own clock:
	 * one that ran then or later, of a clock that was moved. */
	async nightDone(since = 1) {
		for (const began = Date.now(); Date.now() - began < HANGS; await sleep(50)) {
			if (this.office(`SELECT ok_us FROM job WHERE name = 'users' AND ok_us >= ${since}`).length) return;
		}
		throw new Error('the job users never ran');
	}

	/** Whoever has to wait after wrong tries does so for another minute: the first wait is a second, which a busy machine
	 * may need for one sign-in. How many tries led to it stays as it is. */
	longWaits() {
		this.fill(`UPDATE throttle SET last_us = ${(Date.now() + 60e3) * 1000}`);
	}

	/** Rows put straight into the office store, for lists that are long. */
	fill(sql) {
		if (this.stores['office.url']) execFileSync('psql', ['-q', '-d', this.stores['office.url'], '-c', sql]);
		else execFileSync('sqlite3', ['-cmd', `.timeout ${HANGS}`, path.join(this.dir, 'office.db'), sql]);
	}

	/** Rows of a query on the office store. */
	office(sql) {
		if (this.stores['office.url']) {
			const json = execFileSync('psql', ['-qAt', '-d', this.stores['office.url'], '-c', `SELECT coalesce(json_agg(t), '[]') FROM (${sql}) t`], { encoding: 'utf8' });
			return JSON.parse(json).map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, typeof v === 'string' && /^\d+$/.test(v) ? Number(v) : v])));
		}
		const out = execFileSync('sqlite3', ['-cmd', `.timeout ${HANGS}`, '-json', path.join(this.dir, 'office.db'), sql], { encoding: 'utf8' });
		return out.trim() ? JSON.parse(out) : [];
	}
}

/** How long something takes on this machine, its others apart: { ms, re }, the quickest of a few times and the reply then. */
export const quickest = async (ask, times = 5) => {
	let best = { ms: Infinity };
	for (let i = 0; i < times; i++) {
		const began = performance.now(), re = await ask(), ms = Math.round(performance.now() - began);
		if (ms < best.ms) best = { ms, re };
	}
	return best;
};

const entities = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&#34;': '"', '&#39;': "'" };
export const text = (html) =>
	html.replace(/<(script|style|svg|template)[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]+>/g, ' ')
		.replace(/&(amp|lt|gt|#34|#39);/g, (m) => entities[m]).replace(/\s+/g, ' ').trim();

/** A multipart/form-data body as browsers write it (WHATWG): { type, body }. */
export function multipart(fields, { name, filename, bytes, type = 'application/octet-stream' } = {}) {
	const boundary = `----padan${Math.random().toString(36).slice(2)}`;
	const escape = (s) => s.replace(/\r\n|[\r\n]/g, '%0D%0A').replace(/"/g, '%22');
	const parts = Object.entries(fields).map(([k, v]) =>
		Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${escape(k)}"\r\n\r\n${v}\r\n`));
	if (name !== undefined)
		parts.push(
			Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${escape(name)}"; filename="${escape(filename)}"\r\n` +
				`Content-Type: ${type}\r\n\r\n`),
			Buffer.from(bytes), Buffer.from('\r\n'));
	return { type: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]) };
}

/** A browser without a screen: cookies, forms with their hidden fields, redirects. */
export class Browser {
	constructor(padan) {
		this.padan = padan;
		this.cookies = new Map();
		this.page = null;
	}

	/** `form`: fields of an urlencoded one; or `multipart`: what multipart() made. */
	async go(method, target, { form, multipart: parts, headers = {}, follow = true } = {}) {
		const sent = parts ?? (form === undefined ? null
			: { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(form).toString() });
		const re = await this.padan.request(method, target, {
			body: sent?.body,
			headers: {
				...(this.cookies.size ? { Cookie: [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; ') } : {}),
				...(sent ? { 'Content-Type': sent.type, Origin: this.padan.url } : {}),
				...headers,
			},
		});
		for (const line of re.headers['set-cookie'] ?? []) {
			const [pair] = line.split(';');
			const at = pair.indexOf('=');
			if (/max-age=0/i.test(line) || pair.length === at + 1) this.cookies.delete(pair.slice(0, at));
			else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
		}
		if (follow && re.status === 303) return this.go('GET', re.headers.location);
		if ((re.headers['content-type'] ?? '').startsWith('text/html') && !headers['X-Padan-Bagian']) this.page = { target, ...re };
		return re;
	}

	/** Hidden fields of the form that posts to `action` on the page last seen. */
	hidden(action) {
		const fields = {};
		const forms = this.page.body.match(/<form[\s\S]*?<\/form>/g) ?? [];
		const mine = forms.find((f) => new RegExp(`action="${action}"`).test(f)) ??
			forms.find((f) => this.page.target === action && !/action=/.test(f));
		// Fields may also stand elsewhere and name the form they belong to.
		const id = /<form[^>]*\bid="([^"]+)"/.exec(mine ?? '')?.[1];
		const strays = id ? this.page.body.match(new RegExp(`<input[^>]*form="${id}"[^>]*>`, 'g')) ?? [] : [];
		for (const tag of [...((mine ?? '').match(/<input[^>]*>/g) ?? []), ...strays]) {
			if (!/type="hidden"/.test(tag)) continue;
			const name = /\bname="([^"]+)"/.exec(tag)?.[1];
			if (name) fields[name] = /\bvalue="([^"]*)"/.exec(tag)?.[1] ?? '';
		}
		return fields;
	}

	async submit(action, form, options = {}) {
		if (!this.page || !this.page.body.includes(`action="${action}"`)) await this.go('GET', action);
		return this.go('POST', action, { form: { ...this.hidden(action), ...form }, ...options });
	}

	/** The same with a file: { name (of the field), filename, bytes, type }. */
	async submitFile(action, fields, file, options = {}) {
		if (!this.page || !this.page.body.includes(`action="${action}"`)) await this.go('GET', action);
		return this.go('POST', action, { multipart: multipart({ ...this.hidden(action), ...fields }, file), ...options });
	}

	async login(user_id, password = this.padan.accounts[user_id].password) {
		await this.go('GET', '/masuk');
		return this.submit('/masuk', { user_id, password });
	}

	/** Choose the first open kejadian if none is chosen yet. */
	async choose() {
		const re = await this.go('GET', '/kejadian');
		const id = /name="kejadian(?:_id)?"[^>]*value="(\d+)"/.exec(re.body)?.[1] ?? /value="(\d+)"[^>]*name="kejadian(?:_id)?"/.exec(re.body)?.[1];
		const name = /name="(kejadian(?:_id)?)"/.exec(re.body)?.[1];
		return this.submit('/kejadian', { [name]: id });
	}

	/** One look-up through the form, always on a fresh one. */
	async verify(nik, options = {}) {
		await this.go('GET', '/verifikasi');
		return this.submit('/verifikasi', { nik }, options);
	}

	static async operator(padan, user_id = 'operator1') {
		const b = new Browser(padan);
		await b.login(user_id);
		await b.choose();
		return b;
	}
}
