// SPDX-License-Identifier: EUPL-1.2
// The relay (issue 5, point 6; DESIGN 1): a Padan whose registry is another Padan, over TLS with
// a pinned key: both methods and the portal, digit for digit, quota exact on both sides, through
// outage, slowness, a lost reply, kill -9 and a revocation while it is under way; and against a
// server that answers as it is told.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Browser, OBSERVE, Padan, freePort, text } from './padan.mjs';
import { ask as v1, problem, token } from './v1.mjs';

const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
const until = async (what, fn, ms = 60000) => {
	for (const began = Date.now(); ; await sleep(20)) {
		const value = await fn();
		if (value) return value;
		if (Date.now() - began > ms) throw new Error(`never: ${what}`);
	}
};
const pinOf = (pem) => `sha256//${createHash('sha256').update(new X509Certificate(readFileSync(pem)).publicKey.export({ type: 'spki', format: 'der' })).digest('base64')}`;
const used = (p) => p.office('SELECT coalesce(sum(used), 0) AS used FROM quota_day')[0].used;
const reservations = (p) => p.office('SELECT state, charged FROM reservation');
const entries = (p, act) => p.journal().filter((e) => e.act === act);

/** Between the two: holds what it is told to, breaks what it is told to. */
class Line {
	static async open(port) {
		const line = new Line();
		line.sockets = new Set();
		line.connections = 0;
		line.server = net.createServer((down) => {
			line.connections++;
			const up = net.connect(port, '127.0.0.1');
			for (const s of [down, up]) { line.sockets.add(s); s.on('error', () => {}); s.on('close', () => line.sockets.delete(s)); }
			down.on('data', (d) => up.write(d));
			down.on('close', () => up.destroy());
			let held = [];
			const flush = () => { for (const d of held) down.write(d); held = []; };
			up.on('data', (d) => {
				if (line.drop > 0 && d.length > 300 && line.requests.has(down)) { line.drop--; down.destroy(); return; }
				if (line.hold) held.push(d); else down.write(d);
			});
			down.on('data', () => line.requests.add(down));
			up.on('close', () => down.destroy());
			line.releases.add(flush);
		});
		await new Promise((r) => line.server.listen(0, '127.0.0.1', r));
		line.port = line.server.address().port;
		return line;
	}
	requests = new Set();
	releases = new Set();
	hold = false;
	drop = 0;
	release() { this.hold = false; for (const f of this.releases) f(); }
	/** Connections that are up are cut, so that the next request makes a fresh one. */
	cut() { for (const s of this.sockets) s.destroy(); this.requests.clear(); this.releases.clear(); }
	close() { this.cut(); return new Promise((r) => this.server.close(r)); }
}

const header = 'nik,no_kk,nama_lgkp,jenis_klmin,tmpt_lhr,tgl_lhr,jenis_pkrjn,alamat,no_rt,no_rw,no_prop,prop_name,no_kab,kab_name,no_kec,kec_name,no_kel,kel_name,status';
const papua = [91, 92, 93, 94, 95, 96, 97].map((p, i) => ({ NIK: `${p}02030101909${901 + i * 2}`, NO_KK: `${p}02031203119${903 + i * 2}` }));

let tmp, above, files = 0;
before(async () => {
	tmp = mkdtempSync(path.join(os.tmpdir(), 'padan-relay-'));
	above = await Padan.demo({ residents: 500, settings: OBSERVE });
	const csv = path.join(tmp, 'delta.csv');
	writeFileSync(csv, [header, ...papua.map((o) => `${o.NIK},${o.NO_KK},CONTOH PAPUA,Perempuan,WAMENA,1990-01-01,GURU,JALAN TRIKORA,1,1,33,JAWA TENGAH,04,BANJARNEGARA,13,KARANGKOBAR,2001,LEKSANA,aktif`)].join('\r\n') + '\r\n');
	above.run('registry', 'delta', above.dir, csv);
	await above.start();
});
after(async () => { await above?.remove(); rmSync(tmp, { recursive: true, force: true }); });

const credentials = (lines, mode = 0o600) => {
	const file = path.join(tmp, `users-${++files}`);
	writeFileSync(file, `# instansi\n${lines.join('\n')}\n`, { mode });
	return file;
};
const asUsual = () => credentials(['BPBD', 'dinkes'].map((code) => `${code}\tDINKES dinkes-layanan ${above.accounts['dinkes-layanan'].password} 127.0.0.1`));
const towards = (port = above.port, more = {}) => ({
	...OBSERVE, 'ops.listen': '127.0.0.1:0', 'registry.url': `https://localhost:${port}/dukcapil/get_json`,
	'registry.ca': path.join(above.dir, 'keys/cert.pem'), 'registry.pin': pinOf(path.join(above.dir, 'keys/cert.pem')),
	'registry.credentials': asUsual(), 'relay.deadline_s': 30, ...more });
/** A Padan that asks; `fn` gets it, and it is gone afterwards. */
const relay = async (settings, fn) => {
	const p = await Padan.demo({ tls: false, residents: 10, settings });
	try {
		await p.start();
		p.secret = { user_id: 'dinkes-layanan', password: p.accounts['dinkes-layanan'].password, IP_USER: '127.0.0.1' };
		await fn(p);
		await p.stop();
		p.run('journal', 'verify', p.dir);
	} finally {
		if (process.env.PADAN_TEST_LOG) console.log(p.log());
		await p.remove();
	}
};
const ask = async (p, method, body) => {
	const re = await p.request('POST', `/dukcapil/get_json/DINKES/${method}`, { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ ...p.secret, ...body }) });
	let json = null;
	try { json = JSON.parse(re.body); } catch { /* told by the test */ }
	return { ...re, json, one: json?.content?.[0] };
};
const metric = async (p, name) => {
	const port = /ops pada port (\d+)(?![\s\S]*ops pada port)/.exec(p.log())[1];
	const body = await new Promise((resolve) => http.get({ host: '127.0.0.1', port, path: '/metrics', agent: false }, (re) => { let b = ''; re.on('data', (d) => { b += d; }); re.on('end', () => resolve(b)); }));
	return Number(new RegExp(`\\npadan_${name} (\\d+)\\n`).exec(body)?.[1]);
};
const shut = (re, why) => {
	assert.equal(re.status, 503, `${why}: ${re.body}`);
	assert.ok(Number(re.headers['retry-after']) > 0, why);
	assert.deepEqual(re.json.content, [], why);
};

describe('I5.6: asked through a second Padan', () => {
	test('both methods and the portal answer as above, digit for digit, and count one hit on each side', async () => {
		await relay(towards(), async (p) => {
			const [here, there] = [used(p), used(above)];
			for (const o of papua) {
				const re = await ask(p, 'CALL_NIK', { NIK: o.NIK });
				assert.equal(re.status, 200, re.body);
				assert.ok(re.body.includes(`"NIK":${o.NIK}`) && re.body.includes(`"NO_KK":${o.NO_KK}`), re.body);
			}
			for (const [code, list] of Object.entries(above.nik)) {
				const re = await ask(p, 'CALL_NIK', { NIK: list[0] });
				assert.equal(code === '01' ? re.one.RESPONSE_CODE : re.one.RESPONSE_CODE, code === '01' ? undefined : code, re.body);
			}
			const direct = JSON.parse((await above.request('POST', '/dukcapil/get_json/DINKES/CALL_NIK', { headers: { 'Content-Type': 'application/json' },
				body: JSON.stringify({ NIK: above.nik['01'][1], user_id: 'dinkes-layanan', password: above.accounts['dinkes-layanan'].password, IP_USER: '127.0.0.1' }) })).body).content[0];
			assert.deepEqual((await ask(p, 'CALL_NIK', { NIK: above.nik['01'][1] })).one, direct, 'nothing less, nothing more');
			const claim = { NIK: above.nik['01'][1], NAMA_LGKP: direct.NAMA_LGKP, TMPT_LHR: 'TIDAK MIRIP', NO_KK: direct.NO_KK, TGL_LHR: '1801-01-01', TRESHOLD: 80 };
			const accord = await ask(p, 'CALL_VERIFY_BY_ELEMEN', claim);
			assert.equal(accord.one.NAMA_LGKP, 'Sesuai (100)', accord.body);
			assert.equal(accord.one.NO_KK, 'Sesuai');
			assert.equal(accord.one.TGL_LHR, 'Tidak Sesuai');
			assert.match(accord.one.TMPT_LHR, /^Tidak Sesuai \(\d+\)$/);
			assert.ok(!accord.body.includes(direct.NAMA_LGKP));
			const n = papua.length + 5 + 1 + 1;
			assert.equal(used(p) - here, n);
			assert.equal(used(above) - there, n + 1);
			assert.ok(entries(above, 'lookup').some((e) => e.method === 'CALL_VERIFY_BY_ELEMEN' && e.outcome === '01'), 'only what is claimed went up');

			const operator = await Browser.operator(p);
			const page = await operator.verify(above.nik['01'][2]);
			assert.equal(page.status, 200);
			assert.match(text(page.body), /Data ditemukan/);
			assert.doesNotMatch(text(page.body), /data per/, 'a date nobody knows is not shown');
			const slip = await operator.submit('/verifikasi/slip', { nik: above.nik['01'][2] });
			assert.ok(slip.status < 400, 'the entry of the answer carries a slip');
			assert.equal(used(p) - here, n + 1);
			const gone = await operator.verify(above.nik['13'][1]);
			assert.match(text(gone.body), /Data tidak ditemukan, NIK tidak terdapat di database kependudukan/);
			// J.II.B: not in format here: nothing went anywhere
			const asked = entries(p, 'relay').length;
			assert.equal((await ask(p, 'CALL_NIK', { NIK: '3304130001909999' })).one.RESPONSE_CODE, '15');
			assert.equal(entries(p, 'relay').length, asked);
			assert.deepEqual(reservations(p), []);
			const lookups = entries(p, 'lookup').filter((e) => e.outcome !== '15');
			assert.equal(asked, lookups.length, 'asked once, answered once');
			assert.ok(lookups.every((e) => /^asked [0-9A-Z]{4}-[0-9A-Z]{4}$/.test(e.about)), JSON.stringify(lookups[0]));
			const people = p.office('SELECT count(*) AS n FROM feedback_person')[0].n;
			assert.equal(people, new Set(lookups.filter((e) => ['01', '11', '12', '14'].includes(e.outcome)).map((e) => e.nik)).size, 'P2.2b: each answer owes a feedback');
			const checked = p.tryRun('check', p.dir, ...Object.entries(p.settings).flatMap(([k, v]) => ['--set', `${k}=${v}`])).stdout;
			assert.match(checked, /registry +relai ke https:\/\/localhost:\d+\/dukcapil\/get_json untuk 2 instansi dapat dihubungi; 0 hit tidak diketahui/);
		});
	});

	test('I5.4: /api/v1 asks through it too; an access token that ends meanwhile gets nothing', async () => {
		const line = await Line.open(above.port);
		await relay(towards(line.port), async (p) => {
			const bearer = await token(p);
			const one = papua[0];
			const re = await v1(p, '/api/v1/verifikasi', { nik: one.NIK }, { bearer, key: 'satu' });
			assert.equal(re.status, 200, re.text);
			assert.deepEqual([re.json.kode, re.json.data.nik, re.json.data.no_kk, re.json.data_per, re.json.ulangan], ['01', one.NIK, one.NO_KK, null, false]);
			const again = await v1(p, '/api/v1/verifikasi', { nik: one.NIK }, { bearer, key: 'satu' });
			assert.equal(again.json.ulangan, true);
			problem(await v1(p, '/api/v1/verifikasi', { nik: papua[1].NIK }, { bearer, key: 'satu' }), 422, 'kunci-terpakai');
			assert.equal(used(p), 1);
			const accord = await v1(p, '/api/v1/kesesuaian', { nik: one.NIK, elemen: { nama_lgkp: 'CONTOH PAPUA', no_kk: one.NO_KK } }, { bearer });
			assert.equal(accord.status, 200, accord.text);
			assert.ok(!accord.text.includes('PAPUA') && accord.text.includes('"skor":100'), accord.text);
			line.hold = true;
			const pending = v1(p, '/api/v1/verifikasi', { nik: papua[2].NIK }, { bearer });
			await until('it is out', () => reservations(p).length === 1);
			p.run('user', 'close', p.dir, 'dinkes-layanan');
			line.release();
			const ended = await pending;
			assert.ok([401, 403].includes(ended.status) && !ended.text.includes(papua[2].NIK), ended.text);
			assert.deepEqual(reservations(p), []);
		});
		await line.close();
		await relay(towards(await freePort()), async (p) => {
			const re = await v1(p, '/api/v1/verifikasi', { nik: papua[0].NIK }, { bearer: await token(p) });
			assert.equal(re.status, 503, re.text);
			assert.equal(re.headers['content-type'], 'application/problem+json');
			assert.ok(Number(re.headers['retry-after']) > 0);
			assert.equal(used(p), 0);
		});
	});

	test('one hit for a repeat, also while the first is under way', async () => {
		const line = await Line.open(above.port);
		await relay(towards(line.port), async (p) => {
			await ask(p, 'CALL_NIK', { NIK: above.nik['01'][3] });
			const [here, there] = [used(p), used(above)];
			line.hold = true;
			const same = () => ask(p, 'CALL_NIK', { NIK: above.nik['01'][4], transactionId: 'abc' });
			const first = same();
			await until('the first is out', () => reservations(p).length === 1);
			const second = same();
			await until('the second too', () => reservations(p).length === 2);
			assert.deepEqual(reservations(p).map((r) => r.charged).sort(), [0, 1]);
			line.release();
			for (const re of [await first, await second, await same()]) assert.equal(re.one?.NIK, Number(above.nik['01'][4]), re.body);
			assert.equal(used(p) - here, 1);
			assert.equal(used(above) - there, 1, 'repeats above too');
			assert.equal(entries(p, 'lookup').filter((e) => e.repeat).length, 2);
		});
		await line.close();
	});

	test('a lost reply is asked for once more under the same name: one hit on both sides', async () => {
		const line = await Line.open(above.port);
		await relay(towards(line.port), async (p) => {
			await ask(p, 'CALL_NIK', { NIK: above.nik['01'][5] }); // the line is warm
			const [here, there] = [used(p), used(above)];
			line.drop = 1;
			const re = await ask(p, 'CALL_NIK', { NIK: above.nik['01'][6] });
			assert.equal(re.one?.NIK, Number(above.nik['01'][6]), re.body);
			assert.equal(line.drop, 0, 'a reply was lost');
			assert.equal(await metric(p, 'relay_retried_total'), 1);
			assert.deepEqual([used(p) - here, used(above) - there], [1, 1]);
			assert.ok(entries(above, 'lookup').at(-1).repeat, 'above it is a repeat');
		});
		await line.close();
	});

	test('revoked while the call is under way: no data, and the ground is journaled', async () => {
		const line = await Line.open(above.port);
		await relay(towards(line.port), async (p) => {
			await ask(p, 'CALL_NIK', { NIK: above.nik['01'][7] });
			const here = used(p), nik = above.nik['01'][8];
			line.hold = true;
			const pending = ask(p, 'CALL_NIK', { NIK: nik });
			const operator = await Browser.operator(p);
			const page = operator.verify(above.nik['01'][9]);
			await until('both are out', () => reservations(p).length === 2);
			p.run('agreement', 'state', p.dir, 'DINKES', 'suspended');
			p.run('agreement', 'state', p.dir, 'BPBD', 'suspended');
			line.release();
			const re = await pending;
			assert.equal(re.one?.RESPONSE_CODE, '16', re.body);
			assert.ok(!re.body.includes(nik) && !re.body.includes('NAMA_LGKP'));
			const shown = await page;
			assert.match(text(shown.body), /Instansi tidak aktif/);
			assert.equal(used(p) - here, 2, 'both reached the registry above: hits');
			assert.deepEqual(reservations(p), []);
			const last = entries(p, 'lookup').slice(-2);
			assert.ok(last.every((e) => e.outcome === '16' && e.ground === 'suspended' && /^asked /.test(e.about)), JSON.stringify(last));
		});
		await line.close();
	});

	test('a session that ends while the call is under way sees nothing of it', async () => {
		const line = await Line.open(above.port);
		await relay(towards(line.port), async (p) => {
			await ask(p, 'CALL_NIK', { NIK: above.nik['01'][7] });
			line.hold = true;
			const operator = await Browser.operator(p);
			await operator.go('GET', '/verifikasi');
			const page = operator.submit('/verifikasi', { nik: above.nik['01'][9] }, { follow: false });
			await until('it is out', () => reservations(p).length === 1);
			p.run('user', 'close', p.dir, 'operator1');
			line.release();
			const shown = await page;
			assert.ok(!shown.body.includes('data-card') && !/Data ditemukan/.test(text(shown.body)), text(shown.body));
			assert.deepEqual(reservations(p), []);
			const last = entries(p, 'lookup').at(-1);
			assert.ok(['03', '17'].includes(last.outcome), JSON.stringify(last));
			assert.ok(last.user > 0 && last.instansi > 0, JSON.stringify(last));
		});
		await line.close();
	});

	test('kill -9 between asked and answered: charged, unknown, journaled when it starts again', async () => {
		const line = await Line.open(above.port);
		await relay(towards(line.port), async (p) => {
			await ask(p, 'CALL_NIK', { NIK: above.nik['01'][7] });
			const here = used(p);
			line.hold = true;
			const pending = ask(p, 'CALL_NIK', { NIK: above.nik['01'][10] }).catch(() => 'cut');
			await until('it is out', () => reservations(p).length === 1);
			await sleep(100);
			await p.stop('SIGKILL');
			assert.equal(await pending, 'cut');
			assert.equal(used(p) - here, 1);
			line.release();
			await p.start();
			assert.deepEqual(reservations(p), [{ state: 1, charged: 1 }]);
			assert.equal(used(p) - here, 1, 'it stays charged');
			const [asked, unknown] = entries(p, 'relay').slice(-2);
			assert.equal(asked.outcome, 'asked');
			assert.equal(unknown.outcome, 'unknown');
			assert.match(unknown.about, /^asked [0-9A-Z]{4}-[0-9A-Z]{4} charged$/);
			assert.equal(entries(p, 'lookup').length, 1, 'nobody was answered');
			await p.stop('SIGKILL');
			await p.start();
			assert.equal(entries(p, 'relay').filter((e) => e.outcome === 'unknown').length, 1, 'told once');
			assert.equal((await ask(p, 'CALL_NIK', { NIK: above.nik['01'][10] })).one?.NIK, Number(above.nik['01'][10]));
			p.settings = towards(); // the line stands still while this process waits for another one
			assert.match(p.tryRun('check', p.dir, ...Object.entries(p.settings).flatMap(([k, v]) => ['--set', `${k}=${v}`])).stdout, /1 hit tidak diketahui/);
		});
		await line.close();
	});

	test('told to stop while calls are under way: they are answered 503 and settled, and it ends in time', async () => {
		const line = await Line.open(above.port);
		await relay(towards(line.port), async (p) => {
			await ask(p, 'CALL_NIK', { NIK: above.nik['01'][7] });
			const here = used(p);
			line.hold = true;
			const pending = [11, 12].map((i) => ask(p, 'CALL_NIK', { NIK: above.nik['01'][i] }));
			await until('they are out', () => reservations(p).length === 2);
			const began = Date.now();
			const how = p.stop();
			for (const one of pending) shut(await one, 'stopping');
			assert.equal((await how).code, 0);
			assert.ok(Date.now() - began < 20000, `${Date.now() - began} ms`);
			assert.deepEqual(reservations(p), []);
			assert.equal(used(p), here);
			assert.equal(entries(p, 'lookup').at(-1).ground, 'relay_stopping');
		});
		await line.close();
	});
});

describe('I5.6: a system above that is not there', () => {
	test('outage: 503 without a hit, then none is asked, and it heals by itself', async () => {
		const port = await freePort();
		await relay(towards(port), async (p) => {
			const settled = () => reservations(p).length === 0;
			for (let i = 0; i < 5; i++) shut(await ask(p, 'CALL_NIK', { NIK: above.nik['01'][i], transactionId: 'same' }), `try ${i}`);
			await until('settled', settled);
			assert.equal(used(p), 0);
			assert.equal(await metric(p, 'relay_open'), 1);
			assert.equal(entries(p, 'relay').length, 5);
			for (let i = 0; i < 20; i++) shut(await ask(p, 'CALL_NIK', { NIK: above.nik['01'][i] }), 'paused');
			const of = (ground) => entries(p, 'lookup').filter((e) => e.outcome === '503' && e.ground === ground).length;
			assert.equal(of('relay_connect') + of('relay_paused'), 25);
			assert.equal(entries(p, 'relay').length, of('relay_connect'), 'before a hit is reserved');
			assert.ok(of('relay_paused') >= 15, `${of('relay_paused')}: one may try when a pause is over`);
			assert.equal(p.log().split('relai: sistem di atas tidak dapat dihubungi').length - 1, 1, 'said once');
			// what else stands against it is said all the same
			assert.equal((await ask(p, 'CALL_NIK', { NIK: '123' })).one.RESPONSE_CODE, '15');
			assert.equal((await ask(p, 'CALL_NIK', { NIK: above.nik['01'][0], password: 'x' })).one.RESPONSE_CODE, '03');
			const operator = await Browser.operator(p);
			const page = await operator.verify(above.nik['01'][0]);
			assert.equal(page.status, 503);
			assert.match(text(page.body), /Layanan sedang tidak dapat menjawab Coba lagi beberapa saat lagi\. Tidak ada data yang keluar, dan permintaan yang sama tidak mengurangi kuota dua kali/);
			const line = net.createServer((down) => { const up = net.connect(above.port, '127.0.0.1'); for (const s of [up, down]) s.on('error', () => {}); down.pipe(up); up.pipe(down); down.on('close', () => up.destroy()); up.on('close', () => down.destroy()); });
			await new Promise((r) => line.listen(port, '127.0.0.1', r));
			const healed = await until('it heals', async () => { const re = await ask(p, 'CALL_NIK', { NIK: above.nik['01'][0], transactionId: 'same' }); return re.status === 200 && re; });
			assert.equal(healed.one.NIK, Number(above.nik['01'][0]));
			assert.equal(used(p), 1, 'the key of what came to nothing is no repeat');
			assert.ok(p.log().includes('relai: pulih'));
			assert.equal(await metric(p, 'relay_open'), 0);
			await p.stop();
			await new Promise((r) => { line.close(r); line.closeAllConnections?.(); });
		});
	});

	test('slowness: 503 after the deadline, no hit; pages, sign-in, data balikan and other agencies do not wait', { timeout: 300000 }, async () => {
		const line = await Line.open(above.port);
		await relay(towards(line.port, { 'relay.deadline_s': 20, 'relay.in_flight': 4, 'relay.in_flight_instansi': 2, 'relay.waiting': 16 }), async (p) => {
			await ask(p, 'CALL_NIK', { NIK: above.nik['01'][7] });
			const here = used(p);
			line.hold = true;
			const pending = Array.from({ length: 12 }, (_, i) => ask(p, 'CALL_NIK', { NIK: above.nik['01'][i] }));
			await until('they are out', () => reservations(p).length === 6);
			assert.equal(await metric(p, 'relay_in_flight'), 2, 'one agency has no more than its share on the line');
			assert.equal(await metric(p, 'relay_waiting'), 4);
			const operator = await Browser.operator(p);
			for (let i = 0; i < 5; i++) assert.equal((await operator.go('GET', '/verifikasi')).status, 200);
			const token = JSON.parse(readFileSync(path.join(p.dir, 'demo-accounts.json'))).tokens.find((t) => t.instansi === 'BPBD').token;
			const told = await p.request('POST', '/data_balikan/public/api/store', { headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
				body: JSON.stringify([{ id_lembaga: '010001', nama_lembaga: 'x', data: [{ NIK: '3304060101719900', param: [{ KETERANGAN_KORBAN: 'Mengungsi', JENIS_BENCANA: 'Banjir' }] }] }]) });
			assert.equal(told.status, 200, told.body);
			assert.equal(reservations(p).length, 6, 'others did not wait for it');
			const other = operator.verify(above.nik['01'][20]); // BPBD still has its share
			await until('the other agency is on the line', () => reservations(p).length === 7);
			const ended = await Promise.all(pending);
			for (const re of ended) shut(re, 'slow');
			assert.equal((await other).status, 503);
			assert.equal(used(p), here);
			assert.deepEqual(reservations(p), []);
			const grounds = [...new Set(entries(p, 'lookup').filter((e) => e.outcome === '503').map((e) => e.ground))].sort();
			assert.ok(grounds.includes('relay_full') && grounds.includes('relay_timeout'), grounds.join());
			line.release();
			await until('it goes on', async () => (await ask(p, 'CALL_NIK', { NIK: above.nik['01'][0] })).status === 200);
			assert.ok(/^relay open$/m.test(await new Promise((resolve) => http.get({ host: '127.0.0.1', port: /ops pada port (\d+)/.exec(p.log())[1], path: '/readyz', agent: false }, (re) => { let b = ''; re.on('data', (d) => { b += d; }); re.on('end', () => resolve(b)); }))));
		});
		await line.close();
	});

	test('J.II.D: a rehearsal needs no system above, and never reaches one', async () => {
		await relay(towards(await freePort()), async (p) => {
			const uji = { user_id: 'bpbd-uji', password: p.accounts['bpbd-uji'].password, IP_USER: '127.0.0.1' };
			const call = (NIK) => p.request('POST', '/dukcapil/get_json/BPBD/CALL_NIK', { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ ...uji, NIK }) });
			const re = await call('3404011503859901');
			assert.equal(re.status, 200, re.body);
			assert.equal(re.headers['x-padan-sandbox'], '1');
			assert.match(re.body, /"NIK":3404011503859901/);
			assert.equal((await call('3404011503859902')).status, 200);
			assert.equal(entries(p, 'relay').length, 0);
			assert.deepEqual(reservations(p), []);
			assert.equal(entries(p, 'sandbox').length, 2);
		});
	});

	test('it refuses us: nobody here is to blame, no hit, that agency alone is left alone for a while', async () => {
		const wrong = credentials([`DINKES DINKES dinkes-layanan salah 127.0.0.1`, `BPBD DINKES dinkes-layanan ${above.accounts['dinkes-layanan'].password} 127.0.0.1`]);
		await relay(towards(above.port, { 'registry.credentials': wrong }), async (p) => {
			shut(await ask(p, 'CALL_NIK', { NIK: above.nik['01'][0] }), 'login above');
			shut(await ask(p, 'CALL_NIK', { NIK: above.nik['01'][0] }), 'left alone');
			assert.equal(used(p), 0);
			assert.deepEqual(entries(p, 'lookup').map((e) => e.ground), ['relay_refused', 'relay_paused']);
			assert.match(p.log(), /relai DINKES: sistem di atas menolak kita untuk instansi ini \(RESPONSE_CODE 03\)/);
			assert.equal(await metric(p, 'relay_users_paused'), 1);
			assert.equal(await metric(p, 'relay_open'), 0);
			const operator = await Browser.operator(p);
			assert.match(text((await operator.verify(above.nik['01'][0])).body), /Data ditemukan/);
		});
		const lone = credentials([`BPBD DINKES dinkes-layanan ${above.accounts['dinkes-layanan'].password} 127.0.0.1`]);
		await relay(towards(above.port, { 'registry.credentials': lone }), async (p) => {
			shut(await ask(p, 'CALL_NIK', { NIK: above.nik['01'][0] }), 'nobody said as whom');
			assert.equal(entries(p, 'lookup').at(-1).ground, 'relay_no_user');
			assert.equal(used(p), 0);
		});
	});

	test('settings that do not go together are refused, and so is what needs a database', async () => {
		const p = await Padan.demo({ tls: false, residents: 10 });
		const good = towards();
		const args = (more) => Object.entries({ ...good, ...more }).flatMap(([k, v]) => ['--set', `${k}=${v}`]);
		for (const [more, why] of [
			[{ 'registry.pin': '' }, /registry\.url menuntut registry\.pin/],
			[{ 'registry.pin': 'sha256//abc' }, /registry\.pin harus berbentuk/],
			[{ 'registry.url': 'http://192.0.2.1/dukcapil/get_json' }, /registry\.url tanpa TLS/],
			[{ 'registry.url': 'https://user@localhost/x' }, /registry\.url harus berbentuk/],
			[{ 'registry.credentials': '' }, /registry\.url menuntut registry\.credentials/],
			[{ 'registry.credentials': credentials(['BPBD DINKES x y']) }, /registry\.credentials: baris 2 bukan/],
			[{ 'registry.credentials': credentials(['BPBD A u p 127.0.0.1', 'bpbd B u p 127.0.0.1']) }, /baris 3: instansi itu telah disebut/],
			[{ 'registry.credentials': credentials(['BPBD A u p 127.0.0.1'], 0o644) }, /dapat dibaca pengguna lain/],
			[{ 'office.url': 'https://localhost/' }, /office\.url/],
		]) {
			const how = p.tryRun('serve', p.dir, '--set', 'tls=off', '--set', 'portal.listen=127.0.0.1:0', ...args(more));
			assert.equal(how.status, /dapat dibaca/.test(why) ? 1 : 100, `${JSON.stringify(more)} ${how.stderr}`);
			assert.match(how.stderr, why);
		}
		const how = p.tryRun('registry', 'import', p.dir, '/dev/null', ...args({}));
		assert.equal(how.status, 100);
		assert.match(how.stderr, /tidak ada basis data kependudukan di sini/);
		assert.match(p.run('registry', 'stat', p.dir, ...args({})), /^relai +https:.*\ninstansi +2\ndata per +tidak diketahui\n$/);
		const wrong = p.tryRun('check', p.dir, ...args({ 'registry.pin': `sha256//${'A'.repeat(43)}=` }));
		assert.match(wrong.stdout, /SALAH +registry +sambungan TLS gagal, atau sertifikat maupun sidik kuncinya tidak cocok/);
		await p.remove();
	});
});

describe('I5.6: a system above that answers as it likes', () => {
	const nik = '9102030101909901', other = '9202030101909903';
	const wrap = (content) => JSON.stringify({ content, lastPage: true, numberOfElements: 1, quotaLimiter: 'seribu' });
	const data = (more) => wrap([{ NIK: 0, NAMA_LGKP: 'SIAPA', ...more }]).replace('"NIK":0', `"NIK":${nik}`);
	const hostile = [
		['200 and a page of some proxy', { body: '<html>masuk dahulu</html>', type: 'text/html' }],
		['a redirect', { status: 302, headers: { Location: 'http://192.0.2.1/' }, body: '' }],
		['a redirect with an answer in it', { status: 301, body: data({}) }],
		['401', { status: 401, body: data({}) }],
		['500 with an answer in it', { status: 500, body: data({}) }],
		['huge', { body: data({ ALAMAT: 'A'.repeat(200000) }) }],
		['deep', { body: '['.repeat(30000) }],
		['deep inside', { body: wrap([{ X: JSON.parse('['.repeat(40) + ']'.repeat(40)) }]) }],
		['nothing', { body: '' }],
		['no content', { body: '{}' }],
		['empty content', { body: wrap([]) }],
		['two contents', { body: wrap([{ RESPONSE_CODE: '13' }, { RESPONSE_CODE: '13' }]) }],
		['no object', { body: wrap(['13']) }],
		['another person', { body: data({}).replace(nik, other) }],
		['nobody in particular', { body: wrap([{ NAMA_LGKP: 'SIAPA' }]) }],
		['a double', { body: data({}).replace(nik, `${nik}.0`) }],
		['an exponent', { body: data({}).replace(nik, '9.102030101909901E15') }],
		['beyond 2^63', { body: data({}).replace(nik, `${nik}00000`) }],
		['keys said twice', { body: data({}).replace('{"NIK"', '{"nik":1,"NIK"') }],
		['a name that is a list', { body: data({ NAMA_LGKP: ['SIAPA'] }) }],
		['a name too long', { body: data({ NAMA_LGKP: 'A'.repeat(101) }) }],
		['a day that is none', { body: data({ TGL_LHR: '1990-02-30' }) }],
		['an RT of four digits', { body: data({ NO_RT: 1000 }) }],
		['a sex nobody has', { body: data({ JENIS_KLMIN: 'X' }) }],
		['a code nobody knows', { body: wrap([{ RESPONSE_CODE: '99' }]) }],
		['a code that is a number', { body: wrap([{ RESPONSE_CODE: 13 }]) }],
		['01 without data', { body: wrap([{ RESPONSE_CODE: '01' }]) }],
		['words without a code', { body: wrap([{ RESPON: 'Gangguan', NIK: 1 }]) }],
		['NUL and broken UTF-8', { body: Buffer.concat([Buffer.from('{"content":[{"NIK":"\0'), Buffer.from([0xff, 0xfe]), Buffer.from('"}]}')]) }],
		['a body that never ends', { body: data({}), headers: { 'Content-Length': '100000' }, cut: true }],
	];

	test('whatever it says that is no answer: 503, no hit, nothing of it in the reply, the log or the journal', { timeout: 300000 }, async () => {
		let next;
		const asked = [];
		const server = http.createServer((rq, re) => {
			let body = '';
			rq.on('data', (d) => { body += d; });
			rq.on('end', () => {
				asked.push({ url: rq.url, ...JSON.parse(body) });
				re.writeHead(next.status ?? 200, { 'Content-Type': next.type ?? 'application/json', ...next.headers });
				re.write(next.body);
				if (next.cut) setTimeout(() => re.destroy(), 20); else re.end();
			});
		});
		await new Promise((r) => server.listen(0, '127.0.0.1', r));
		const settings = { ...OBSERVE, 'ops.listen': '127.0.0.1:0', 'registry.url': `http://127.0.0.1:${server.address().port}/dukcapil/get_json/3304`, 'relay.deadline_s': 20,
			'registry.credentials': credentials(['DINKES UNIT-7 atas rahasia"\\ 192.0.2.7']) };
		await relay(settings, async (p) => {
			let n = 0;
			for (const [why, reply] of hostile) {
				next = { body: data({}) };
				await until(`ready for ${why}`, async () => (await ask(p, 'CALL_NIK', { NIK: nik })).status === 200); // closed again
				n = used(p);
				next = reply;
				const re = await ask(p, 'CALL_NIK', { NIK: nik });
				shut(re, why);
				assert.equal(used(p), n, why);
				assert.ok(!re.body.includes('SIAPA'));
			}
			assert.ok(!p.log().includes('SIAPA') && !p.log().includes(nik) && !p.log().includes('rahasia'));
			assert.ok(!p.journal().some((e) => e.line.includes('SIAPA') || e.line.includes(nik)));
			const one = asked.at(-1);
			assert.equal(one.url, '/dukcapil/get_json/3304/UNIT-7/CALL_NIK');
			assert.deepEqual(Object.keys(one).sort(), ['IP_USER', 'NIK', 'password', 'transactionId', 'url', 'user_id'].sort());
			assert.equal(one.password, 'rahasia"\\');
			assert.match(one.transactionId, /^[0-9a-f]{32}$/);
			assert.ok(new Set(asked.map((a) => a.transactionId)).size > hostile.length, 'a name for each hit');

			// and what is one: digits as text, a date the other way, more than was granted
			next = { body: wrap([{ nik, NO_KK: '9102031203119903', NAMA_LGKP: ' A\tB ', TGL_LHR: '31-12-1989', JENIS_KLMIN: 'LAKI-LAKI', NO_RT: '7', ALAMAT: null, NO_PROP: 91, AGAMA: 'X' }]) };
			const re = await ask(p, 'CALL_NIK', { NIK: nik, transactionId: 'milik klien' });
			assert.ok(re.body.includes(`"NIK":${nik}`) && re.body.includes('"NO_KK":9102031203119903'), re.body);
			const { NAMA_LGKP, TGL_LHR, JENIS_KLMIN, NO_RT, ALAMAT, NO_PROP, AGAMA } = re.one;
			assert.deepEqual([NAMA_LGKP, TGL_LHR, JENIS_KLMIN, NO_RT, ALAMAT, NO_PROP, AGAMA], ['A B', '1989-12-31', 'Laki-Laki', 7, '', undefined, undefined]);
			assert.ok(!JSON.stringify(asked).includes('milik klien'), "the client's own name for it stays here");
			next = { body: wrap([{ NAMA_LGKP: 'tidak sesuai ( 59 )', TGL_LHR: 'Sesuai', ALAMAT: 'Sesuai (100)' }]) };
			const accord = await ask(p, 'CALL_VERIFY_BY_ELEMEN', { NIK: nik, NAMA_LGKP: 'B', TGL_LHR: '1990-01-01', NO_PROP: '91', TMPT_LHR: 'W' });
			assert.deepEqual(accord.one, { NAMA_LGKP: 'Tidak Sesuai (59)', TGL_LHR: 'Sesuai' }, 'what was not claimed is not taken over');
			assert.equal(asked.at(-1).NO_PROP, undefined, 'what is not granted is not claimed above');
			assert.equal(asked.at(-1).NAMA_LGKP, 'B');
			n = used(p);
			next = { body: wrap([{ RESPONSE_CODE: '15' }]) };
			assert.equal((await ask(p, 'CALL_NIK', { NIK: other })).one.RESPONSE_CODE, '15');
			assert.equal(entries(p, 'lookup').at(-1).ground, 'nik_format');
			assert.equal(p.office('SELECT count(*) AS n FROM feedback_person')[0].n, 1, 'and owes nothing');
			assert.equal(used(p), n, '15 is no hit, whoever says so');
			next = { body: wrap([{ RESPONSE_CODE: '05' }]) };
			shut(await ask(p, 'CALL_NIK', { NIK: nik }), 'the quota above is spent');
			assert.equal(used(p), n);
			assert.equal(entries(p, 'lookup').at(-1).ground, 'relay_quota');
		});
		server.close();
		server.closeAllConnections();
	});

	test('another key than the pinned one is not spoken to', async () => {
		await relay(towards(above.port, { 'registry.pin': `sha256//${'A'.repeat(43)}=` }), async (p) => {
			const there = used(above);
			shut(await ask(p, 'CALL_NIK', { NIK: above.nik['01'][0] }), 'pin');
			assert.equal(entries(p, 'lookup').at(-1).ground, 'relay_tls');
			assert.equal(used(above), there);
			assert.equal(used(p), 0);
		});
	});
});
