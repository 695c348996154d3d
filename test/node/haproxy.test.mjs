// SPDX-License-Identifier: EUPL-1.2
// A real HAProxy with the sample configuration of data/haproxy in front of two nodes.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import { Browser, freePort, OBSERVE, Padan, root, text } from '../e2e/padan.mjs';
import { Office, at, inquire, isHit, outcomeOf, sleep, until } from './nodes.mjs';

let office, front;
const program = '/usr/sbin/haproxy';

/** The sample with the addresses and files of this machine; `ca`: whom the nodes' certificates must be from. */
class Haproxy {
	static async start(office, port, { ca } = {}) {
		const h = new Haproxy();
		h.dir = path.join(office.base, `haproxy${port}`);
		mkdirSync(h.dir);
		for (const name of ['portal', 'wire', 'v1']) cpSync(path.join(root, `data/haproxy/${name}.http`), path.join(h.dir, `${name}.http`));
		const keys = (name) => readFileSync(path.join(office.first.dir, 'keys', name), 'utf8');
		writeFileSync(path.join(h.dir, 'front.pem'), keys('cert.pem') + keys('key.pem'), { mode: 0o600 });
		writeFileSync(path.join(h.dir, 'nodes-ca.pem'), ca ?? keys('cert.pem'));
		const sample = readFileSync(path.join(root, 'data/haproxy/padan.cfg'), 'utf8');
		const nodes = office.nodes.map((n) => n.port);
		const mine = sample.replaceAll('/etc/haproxy/padan/', `${h.dir}/`).replace('log /dev/log local0', 'log stdout format raw local0')
			.replace('bind :443 ', `bind 127.0.0.1:${port} `).replace(/simpul\d\.padan\.internal/g, 'localhost')
			.replaceAll('10.0.0.11:8443', `127.0.0.1:${nodes[0]}`).replaceAll('10.0.0.12:8443', `127.0.0.1:${nodes[1]}`);
		assert.ok(!/10\.0\.0\.1[12]|\/etc\//.test(mine.replace(/^\s*#.*$/gm, '')), 'every place of the sample was filled in');
		h.file = path.join(h.dir, 'padan.cfg');
		writeFileSync(h.file, mine);
		execFileSync(program, ['-c', '-f', h.file], { stdio: ['ignore', 'ignore', 'pipe'] });
		const log = openSync(path.join(h.dir, 'log'), 'a');
		h.process = spawn(program, ['-db', '-f', h.file], { stdio: ['ignore', log, log] });
		h.exited = new Promise((r) => h.process.once('exit', r));
		return h;
	}

	log() {
		return readFileSync(path.join(this.dir, 'log'), 'utf8');
	}

	async stop() {
		this.process.kill('SIGKILL');
		await this.exited;
	}
}

/** The office as it is seen from outside, from one of this machine's own addresses. */
const through = (port, from) => {
	const p = Object.assign(new Padan(), { ...office.first, port, process: null });
	p.agent = new https.Agent({ keepAlive: true, maxSockets: 64, rejectUnauthorized: false, localAddress: from });
	return p;
};

let proxy, port;
before(async () => {
	port = await freePort();
	office = await Office.create({ tls: true, settings: { ...OBSERVE, 'proxy.trusted': '127.0.0.1', 'connections.per_addr': 0, 'portal.origin': `https://localhost:${port}`, 'http.drain_s': 12 } });
	proxy = await Haproxy.start(office, port);
	front = through(port, '127.0.0.1');
	await until('the front answers', async () => (await front.request('GET', '/masuk').catch(() => ({}))).status === 200);
}, { timeout: 180000 });
after(async () => {
	for (const work of Work.all) work.going = false; /* whose test failed */
	await proxy?.stop();
	await Promise.all(office?.nodes.map((n) => n.stop('SIGKILL')) ?? []); /* nothing to wait for any more */
	await office?.remove();
});

/** Operators at work until they are stopped: each sends one inquiry after the other. */
class Work {
	static all = [];

	constructor(browser, { hands = 6 } = {}) {
		Work.all.push(this);
		this.answers = []; /* [when, outcome or status] */
		this.going = true;
		const { csrf } = browser.hidden('/verifikasi');
		const niks = office.first.nik['01'];
		this.done = Promise.all(Array.from({ length: hands }, async (_, hand) => {
			for (let i = 0; this.going; i++) {
				const said = await inquire(browser, front, niks[(hand * 7 + i) % niks.length], { csrf }).then(outcomeOf, () => 'cut off');
				this.answers.push([Date.now(), said]);
				if (!isHit(said) && said !== '05') await sleep(50);
			}
		}));
	}

	async stop() {
		this.going = false;
		await this.done;
		return this.answers.map(([, said]) => said);
	}

	answered(since = 0) {
		return this.answers.filter(([when, said]) => when >= since && (isHit(said) || said === '05'));
	}
}

const worker = async () => {
	const person = await Browser.operator(front);
	await person.go('GET', '/verifikasi');
	return person;
};

test('I8.3 whoever a client says he is, his address is the one he comes from', async () => {
	const peers = () => office.journal().filter((e) => e.act === 'login').map((e) => [e.outcome, e.peer]);
	const here = through(port, '127.0.0.1'), there = through(port, '127.0.0.9');
	office.first.run('user', 'change', office.first.dir, 'kepala', '--addresses', '127.0.0.9/32');
	const liar = new Browser(here), lie = { 'X-Real-IP': '127.0.0.9', 'X-Forwarded-For': '127.0.0.9', Forwarded: 'for=127.0.0.9' };
	const { password } = office.first.accounts.kepala;
	await liar.go('GET', '/masuk', { headers: lie });
	const re = await liar.go('POST', '/masuk', { form: { ...liar.hidden('/masuk'), user_id: 'kepala', password }, headers: lie });
	assert.match(text(re.body), /Gagal Login/);
	assert.equal(peers().at(-1)[1], '127.0.0.1');
	const person = new Browser(there);
	await person.login('kepala');
	assert.deepEqual(peers().at(-1), ['ok', '127.0.0.9']);
	assert.equal((await person.go('GET', '/', { follow: false })).status, 200);
	/* at a node itself, only the proxy may say who somebody is */
	const direct = through(office.first.port, '127.0.0.9'), b = new Browser(direct);
	await b.go('GET', '/masuk', { headers: { 'X-Real-IP': '127.0.0.1' } });
	assert.equal((await b.go('GET', '/masuk', { headers: { 'X-Real-IP': 'not an address' } })).status, 200, 'not even looked at');
	for (const at of ['/readyz', '/%72eadyz', '/readyz?x', '/%72%65%61%64%79%7A'])
		assert.equal((await front.request('GET', at)).status, 404, `${at}: checks are for the proxy`);
	for (const p of [here, there, direct]) p.agent.destroy();
});

test('I8.3 a session made at one node works at the other, and both do the work', async () => {
	const [a, b] = office.nodes;
	const person = await worker();
	for (const node of [a, b]) assert.equal((await at(person, node).go('GET', '/verifikasi', { follow: false })).status, 200);
	const work = new Work(person);
	await until('both nodes answered', () => work.answered().length > 40);
	const said = await work.stop();
	assert.ok(said.every((s) => isHit(s) || s === '05'), said.join());
	const nodes = new Set(office.lookups().map((e) => e.node));
	assert.equal(nodes.size, 2);
	office.sound();
});

test('I8.3 a node is killed under traffic: nothing that was answered is lost, the other goes on', async () => {
	const [a, b] = office.nodes;
	const before = office.lookups().length, person = await worker();
	const work = new Work(person);
	await until('traffic', () => work.answered().length > 30);
	const killed = Date.now();
	await office.kill(b);
	await until('answers after the kill', () => work.answered(killed + 2000).length > 30);
	const pause = Math.max(...work.answered().map(([when], i, all) => when - (all[i - 1]?.[0] ?? when)));
	await office.start([b]);
	const back = Date.now();
	await until('the killed one works again', () => /portal\/simpul1 /.test(proxy.log().slice(-4000)) && work.answered(back).length > 10);
	const said = await work.stop();
	const answered = said.filter((s) => isHit(s) || s === '05').length, other = said.length - answered;
	const entries = office.lookups().length - before;
	console.log(`# killed: ${answered} answered, ${other} told to try again, longest pause ${pause} ms`);
	assert.ok(said.every((s) => isHit(s) || ['05', '502', '503', 'cut off'].includes(s)), said.join());
	assert.ok(answered <= entries && entries <= said.length, `${answered} answered, ${entries} journaled, ${said.length} asked`);
	assert.ok(pause < 10000, `service stood still for ${pause} ms`);
	office.sound();
	assert.equal(a.process.exitCode, null);
});

test('I8.3 a node stops in order under traffic: nobody notices', async () => {
	const [a] = office.nodes;
	const person = await worker(), work = new Work(person);
	await until('traffic', () => work.answered().length > 20);
	assert.deepEqual(await a.stop(), { code: 0, signal: null });
	const gone = Date.now();
	await until('answers without it', () => work.answered(gone).length > 20);
	await office.start([a]);
	const said = await work.stop();
	assert.deepEqual(said.filter((s) => !isHit(s) && s !== '05'), []);
	office.sound();
});

test('I8.3 without any node everyone hears it in his own language, and all is well at the first that is back', async () => {
	const [a, b] = office.nodes;
	await Promise.all([office.kill(a), office.kill(b)]);
	/* what was sent on a wire that just died is cut off, and never sent twice */
	await until('it is known', async () => (await front.request('GET', '/masuk').catch(() => ({}))).status === 503);
	const page = await front.request('GET', '/masuk');
	assert.equal(page.status, 503);
	assert.match(page.headers['content-type'], /text\/html/);
	assert.match(page.body, /Layanan sedang tidak dapat menjawab/);
	const wire = await front.request('POST', '/dukcapil/get_json/DINKES/CALL_NIK', { body: '{}' });
	assert.equal(wire.status, 503);
	assert.deepEqual(JSON.parse(wire.body).content, []);
	const v1 = await front.request('POST', '/api/v1/inquiries', { body: '{}' });
	assert.equal(v1.status, 503);
	assert.equal(v1.headers['content-type'], 'application/problem+json');
	assert.equal(JSON.parse(v1.body).status, 503);
	for (const re of [page, wire, v1]) assert.ok(Number(re.headers['retry-after']) > 0);
	await office.start([b]);
	await until('service', async () => (await front.request('GET', '/masuk')).status === 200);
	await office.start([a]);
});

test('I8.3 a node whose certificate is from somebody else gets nothing', async () => {
	const made = execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', '/dev/null', '-subj', '/CN=localhost', '-days', '2'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
	const other = await freePort(), stranger = await Haproxy.start(office, other, { ca: made });
	const p = through(other, '127.0.0.1');
	try {
		await until('refused', async () => (await p.request('GET', '/masuk').catch(() => ({}))).status === 503);
		await until('seen as down', () => /simpul1 is DOWN/.test(stranger.log()));
		assert.equal((await p.request('GET', '/masuk')).status, 503);
	} finally {
		p.agent.destroy();
		await stranger.stop();
	}
	assert.ok(!/[?&][a-z]+=/i.test(proxy.log()), 'no query is logged');
});
