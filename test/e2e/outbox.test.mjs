// SPDX-License-Identifier: EUPL-1.2
// Data balikan on its way to the system above (J.III, DOMAIN 4.2), against a second Padan:
// an outage with kill -9 in the middle of it, a reply that is lost, two nodes; and against a
// server that answers as it is told: a key that is not the pinned one, a token that is refused,
// one entry that is, a redirect, a page of some proxy.
import { test, before, after, beforeEach, afterEach, describe } from 'node:test';
import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Browser, OBSERVE, Padan, freePort, text } from './padan.mjs';

const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
const until = async (what, fn, ms = 40000) => {
	for (const began = Date.now(); ; await sleep(50)) {
		const value = await fn();
		if (value) return value;
		if (Date.now() - began > ms) throw new Error(`never: ${what}`);
	}
};
const pinOf = (pem) => `sha256//${createHash('sha256').update(new X509Certificate(readFileSync(pem)).publicKey.export({ type: 'spki', format: 'der' })).digest('base64')}`;
const tokenOf = (padan, code = 'BPBD') =>
	JSON.parse(readFileSync(path.join(padan.dir, 'demo-accounts.json'))).tokens.find((t) => t.instansi === code).token;

let people = 0;
const nik = () => `330406${String(1 + (people % 28)).padStart(2, '0')}${String(1 + (Math.trunc(people / 28) % 12)).padStart(2, '0')}71${9900 + (Math.trunc(people++ / 336) % 100)}`;

const LEMBAGA = { BPBD: '010001', DINKES: '010002' };
/** Tell a Padan by its own web service, which takes whom nobody asked for too. */
const tell = async (padan, niks, keterangan = 'Mengungsi', code = 'BPBD', more = {}) => {
	const data = niks.map((NIK) => ({ NIK, param: [{ KETERANGAN_KORBAN: keterangan, JENIS_BENCANA: 'Tanah longsor', ...more }] }));
	const re = await padan.request('POST', '/data_balikan/public/api/store', {
		body: JSON.stringify([{ id_lembaga: LEMBAGA[code], nama_lembaga: 'Contoh', data }]),
		headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${tokenOf(padan, code)}` } });
	assert.equal(re.status, 200, re.body);
};
const counts = (padan) => Object.fromEntries(padan.office('SELECT state, count(*) AS n FROM feedback_outbox GROUP BY state').map((r) => [r.state, r.n]));
const lane = (padan, code = 'BPBD') => padan.office(`SELECT l.* FROM feedback_lane l JOIN instansi i ON i.instansi_id = l.instansi_id WHERE i.code = '${code}'`)[0];
const hurry = (padan) => padan.fill('UPDATE feedback_lane SET next_us = 0 WHERE node IS NULL');
/** Every telling the upper one holds, as "keterangan", in the order in which it came. */
const told = (padan) => padan.office('SELECT p.person_id, e.word FROM feedback_entry e JOIN feedback_person p ON p.person_id = e.person_id ORDER BY e.entry_id');

let tmp, padan, opened = [];
before(() => {
	tmp = mkdtempSync(path.join(os.tmpdir(), 'padan-outbox-'));
	const sh = (...args) => execFileSync('openssl', args, { cwd: tmp, stdio: 'ignore' });
	for (const name of ['ca', 'stranger'])
		sh('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.pem`);
	writeFileSync(path.join(tmp, 'san'), 'subjectAltName=IP:127.0.0.1,DNS:localhost\n');
	sh('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=above', '-keyout', 'above.key', '-out', 'above.csr');
	sh('x509', '-req', '-in', 'above.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'san', '-out', 'above.pem');
});
after(() => rmSync(tmp, { recursive: true, force: true }));
beforeEach(async () => {
	padan = await Padan.demo({ tls: false, residents: 100, settings: OBSERVE });
});
afterEach(async () => {
	await padan.remove();
	for (const one of opened) await one.remove();
	opened = [];
});

const tokens = (lines, mode = 0o600) => {
	const file = path.join(tmp, `tokens-${++people}`);
	writeFileSync(file, `# instansi token\n${Object.entries(lines).map(([k, v]) => `${k}\t${v}`).join('\n')}\n`, { mode });
	return file;
};
const settings = (more) => { padan.settings = { ...OBSERVE, ...more }; };
const args = (more) => Object.entries(more).flatMap(([k, v]) => ['--set', `${k}=${v}`]);
const above = async ({ tls = true } = {}) => {
	const one = await Padan.demo({ tls, residents: 100, settings: OBSERVE });
	one.port = await freePort();
	opened.push(one);
	return one;
};
/** What a Padan must know to send on to that one. */
const towards = (one, port = one.port) => {
	const file = tokens({ bpbd: tokenOf(one), DINKES: tokenOf(one, 'DINKES') });
	return one.tls ? { 'balikan.url': `https://localhost:${port}/data_balikan/public`, 'balikan.tokens': file,
		'balikan.ca': path.join(one.dir, 'keys/cert.pem'), 'balikan.pin': pinOf(path.join(one.dir, 'keys/cert.pem')) }
		: { 'balikan.url': `http://127.0.0.1:${port}/databalikan`, 'balikan.tokens': file };
};

describe('J.III: against a second Padan', () => {
	test('an outage, kill -9 and a restart in the middle: each entry is there exactly once, in its order', { timeout: 180000 }, async () => {
		const upper = await above();
		settings({ ...towards(upper), 'ops.listen': '127.0.0.1:0' });
		await padan.start();
		const first = Array.from({ length: 130 }, nik), other = Array.from({ length: 5 }, nik);
		await tell(padan, first);
		await tell(padan, other, 'Luka / Sakit', 'DINKES');
		// one through the form, and one who is no victim: that is nobody's business above
		const operator = await Browser.operator(padan);
		const of_form = async (n, fields) => {
			const answer = await operator.verify(n);
			const { csrf } = operator.hidden('/verifikasi/slip');
			const kejadian = /name="kejadian" value="(\d+)"/.exec(answer.body)[1];
			const re = await operator.go('POST', '/korban/catat', { form: { csrf, nik: n, kejadian, ...fields } });
			assert.ok(re.status < 400, text(re.body));
		};
		await of_form(padan.nik['01'][0], { keterangan: 'hilang', rumah: 'berat', catatan: 'catatan rahasia' });
		await of_form(padan.nik['01'][1], { alasan: 'salah-nik' });
		assert.equal(padan.office("SELECT count(*) AS n FROM feedback_entry WHERE kind = 'waiver'")[0].n, 1);
		assert.equal(padan.office("SELECT count(*) AS n FROM feedback_entry WHERE word = 'hilang'")[0].n, 1);
		await until('it is noticed', () => lane(padan).trouble === 'connect' && lane(padan, 'DINKES').trouble === 'connect');
		await until('logged', () => padan.log().includes('data balikan BPBD tidak terkirim: peladen tidak dapat dihubungi'));
		assert.deepEqual(counts(padan), { waiting: 136 });
		const ops = /ops pada port (\d+)/.exec(padan.log())[1];
		const metrics = () => new Promise((resolve) => http.get({ host: '127.0.0.1', port: ops, path: '/metrics', agent: false }, (re) => { let b = ''; re.on('data', (d) => { b += d; }); re.on('end', () => resolve(b)); }));
		await until('the queue is measured', async () => /\npadan_balikan_waiting 136\n/.test(await metrics()));

		const admin = new Browser(padan);
		await admin.login('admin');
		const page = text((await admin.go('GET', '/balikan/kirim')).body);
		assert.match(page, /Menunggu 136 sejak/);
		assert.match(page, /BPBD 131 0 0 tertahan peladen tidak dapat dihubungi/);
		assert.match(page, /330406 \*{6} \*\*\d\d Mengungsi/);
		assert.ok(!first.some((n) => page.includes(n) || page.includes(`${n.slice(0, 6)} ${n.slice(6, 12)}`)), 'no NIK in full');
		assert.ok(!page.includes('catatan rahasia'));

		await padan.stop('SIGKILL');
		await padan.start();
		await tell(padan, first.slice(0, 20), 'Meninggal'); // their state changes while the line is down
		assert.deepEqual(counts(padan), { waiting: 156 });
		await upper.start();
		let kills = 0;
		while ((counts(padan).waiting ?? 0) > 0 && kills < 12) { // and dies again and again while it catches up
			hurry(padan);
			await sleep(40 + 35 * kills);
			await padan.stop('SIGKILL');
			await padan.start();
			kills++;
		}
		hurry(padan);
		await until('all of it', () => counts(padan).delivered === 156);
		assert.equal(counts(padan).waiting, undefined);
		const there = told(upper);
		assert.equal(there.length, 156, 'exactly once');
		const of = Map.groupBy ? Map.groupBy(there, (r) => r.person_id) : there.reduce((m, r) => m.set(r.person_id, [...(m.get(r.person_id) ?? []), r]), new Map());
		const histories = [...of.values()].map((rows) => rows.map((r) => r.word).join(' '));
		const tally = Object.fromEntries([...new Set(histories)].map((h) => [h, histories.filter((x) => x === h).length]));
		assert.deepEqual(tally, { mengungsi: 110, 'mengungsi meninggal': 20, luka: 5, hilang: 1 });
		assert.equal(upper.office("SELECT house FROM feedback_entry WHERE word = 'hilang'")[0].house, 'berat');
		assert.deepEqual(upper.office("SELECT k.name, count(*) AS n FROM feedback_person p JOIN kejadian k ON k.kejadian_id = p.kejadian_id JOIN instansi i ON i.instansi_id = p.instansi_id WHERE i.code = 'BPBD' GROUP BY k.name").map((r) => r.n), [131]);
		assert.deepEqual([lane(padan).trouble, lane(padan, 'DINKES').trouble], ['', '']); // who logged that may have been killed first
		assert.doesNotMatch(padan.log(), /\d{16}/);
		assert.ok(!padan.log().includes(tokenOf(upper)));
		console.log(`[outbox] ${kills} kills while catching up`);
		assert.match(padan.run('balikan', 'list', padan.dir), /^0 menunggu, 156 terkirim, 0 ditolak\n/);
	});

	test('a reply that is lost after the other side stored it: sent again, there once', { timeout: 240000 }, async () => {
		const upper = await (await above({ tls: false })).start();
		let lost = 0, lose = 2;
		const between = net.createServer((client) => {
			const server = net.connect(upper.port, '127.0.0.1');
			const cut = () => { client.destroy(); server.destroy(); };
			client.on('error', cut).on('close', cut);
			server.on('error', cut).on('close', cut);
			client.pipe(server);
			server.on('data', (d) => { if (lost < lose) { lost++; cut(); } else client.write(d); });
		});
		await new Promise((r) => between.listen(0, '127.0.0.1', r));
		between.unref();
		settings(towards(upper, between.address().port));
		await padan.start();
		await tell(padan, Array.from({ length: 30 }, nik));
		await until('lost once', () => lost >= 1 && lane(padan).fails >= 1);
		assert.equal(told(upper).length, 30, 'the other side has them');
		assert.deepEqual(counts(padan), { waiting: 30 });
		await tell(padan, Array.from({ length: 30 }, nik), 'Hilang'); // new ones join those of unknown fate
		hurry(padan);
		await until('lost twice', () => lost === 2);
		await until('the trouble is seen', () => lane(padan).fails >= 2);
		hurry(padan);
		await until('all', () => counts(padan).delivered === 60);
		assert.equal(told(upper).length, 60);
		await until('logged', () => padan.log().includes('data balikan BPBD: pulih'));
		lose = 0;
		// the 400 alone, too: everything in it is known above
		padan.fill("UPDATE feedback_outbox SET state = 'waiting'");
		hurry(padan);
		await until('again', () => counts(padan).delivered === 60);
		assert.equal(told(upper).length, 60);
		between.close();
	});

	test('a second flood with the same people is no duplicate, and what was told before the upstream was there follows', { timeout: 240000 }, async () => {
		const upper = await (await above({ tls: false })).start();
		const niks = Array.from({ length: 8 }, nik);
		await padan.start();
		await tell(padan, niks);
		const operator = await Browser.operator(padan, 'kepala');
		await operator.go('GET', '/kejadian');
		await operator.submit('/kejadian/baru', { jenis: 'Tanah longsor', nama: 'Longsor kedua', tempat: 'Desa Contoh', tanggal: '2026-01-02' });
		await tell(padan, niks, 'Mengungsi', 'BPBD', { KEJADIAN: 'Longsor kedua' });
		assert.deepEqual(counts(padan), {});
		assert.equal(padan.tryRun('balikan', 'queue', padan.dir).status, 1, 'there is nothing above yet');
		settings(towards(upper));
		await padan.stop();
		await padan.start();
		assert.match(padan.run('balikan', 'queue', padan.dir, ...args(padan.settings)), /^16 data balikan masuk antrean/);
		assert.match(padan.run('balikan', 'queue', padan.dir, ...args(padan.settings)), /^0 data balikan/);
		await until('all', () => counts(padan).delivered === 16);
		assert.equal(told(upper).length, 16);
		assert.equal(padan.journal().filter((e) => e.about === 'cli: balikan queue 16').length, 1);
	});

	test('who turns out to be no victim during an outage is not reported as dead', { timeout: 180000 }, async () => {
		const upper = await above({ tls: false });
		settings(towards(upper));
		await padan.start();
		const operator = await Browser.operator(padan);
		for (const one of padan.nik['01'].slice(0, 2)) await operator.verify(one);
		const [first, other] = padan.office('SELECT person_id AS id FROM feedback_person ORDER BY person_id').map((r) => r.id);
		const say = async (id, form) => {
			await operator.go('GET', '/sesi');
			const re = await operator.go('POST', '/korban/orang', { form: { ...operator.hidden('/keluar'), id, ...form } });
			assert.equal(re.status, 200, text(re.body));
		};
		for (const id of [first, other]) await say(id, { bentuk: 'korban', keterangan: 'meninggal' });
		assert.deepEqual(counts(padan), { waiting: 2 });
		await say(first, { bentuk: 'bukan', alasan: 'salah-nik' });
		assert.deepEqual(counts(padan), { waiting: 1 });
		await upper.start();
		hurry(padan);
		await until('the other', () => counts(padan).delivered === 1);
		assert.match(padan.run('balikan', 'queue', padan.dir, ...args(padan.settings)), /^0 data balikan/);
		assert.deepEqual(counts(padan), { delivered: 1 });
		assert.equal(told(upper).length, 1);
	});

	test('a wrong token of one instansi holds up nobody else, and its rows wait in sight', { timeout: 240000 }, async () => {
		const upper = await (await above({ tls: false })).start();
		settings({ ...towards(upper), 'balikan.tokens': tokens({ BPBD: 'salah-sekali' }) });
		await padan.start();
		await tell(padan, [nik(), nik()]);
		await tell(padan, [nik()], 'Luka / Sakit', 'DINKES');
		await until('both are told', () => lane(padan).trouble === 'token' && lane(padan, 'DINKES').trouble === 'no-token');
		assert.equal(lane(padan).status, 401);
		await until('logged', () => /data balikan BPBD tidak terkirim: token .* ditolak/.test(padan.log()));
		assert.match(padan.tryRun('check', padan.dir, ...args(padan.settings)).stdout, /PERINGATAN +kiriman +balikan\.tokens tidak memuat token untuk DINKES; 3 menunggu/);
		const auditor = new Browser(padan);
		await auditor.login('auditor');
		const page = await auditor.go('GET', '/balikan/kirim?instansi=DINKES');
		assert.match(text(page.body), /DINKES 1 0 0 tertahan belum ada token/);
		assert.ok(!text(page.body).includes('BPBD'));
		assert.ok(!page.body.includes('Coba kirim kembali'), 'an auditor reads');
		// only one of the two is put right
		settings({ ...towards(upper), 'balikan.tokens': tokens({ BPBD: tokenOf(upper) }) });
		await padan.stop();
		await padan.start(); // nobody waits for what he met before
		await until('BPBD arrives', () => counts(padan).delivered === 2);
		assert.equal(lane(padan, 'DINKES').trouble, 'no-token');
		assert.equal(padan.log().split('data balikan DINKES tidak terkirim').length - 1, 1, 'told once');
	});

	test('two nodes on one database: one at a time in a lane, and the dead one is followed', { skip: process.env.PADAN_E2E_STORE !== 'postgres', timeout: 240000 }, async (t) => {
		const upper = await (await above({ tls: false })).start();
		settings(towards(upper));
		const other = Object.assign(new Padan(), { ...padan, dir: path.join(tmp, `node${++people}`, 'demo'), settings: { ...padan.settings, 'journal.node': '1' } });
		t.after(() => other.remove());
		cpSync(padan.dir, other.dir, { recursive: true });
		await padan.start();
		await other.start();
		const niks = Array.from({ length: 300 }, nik);
		await tell(padan, niks);
		await tell(other, niks, 'Meninggal'); // told at the other node: still after
		await padan.stop('SIGKILL');
		padan.fill('UPDATE feedback_lane SET next_us = 0'); // as if its lease were over
		await until('all', () => counts(other).delivered === 600);
		const there = told(upper);
		assert.equal(there.length, 600);
		const last = new Map(there.map((r) => [r.person_id, r.word]));
		assert.ok([...last.values()].every((w) => w === 'meninggal'), 'in their order');
	});
});

/** A server of the protocol that answers what it is told to, over TLS. */
class Scripted {
	static async start(answer, { key = 'above' } = {}) {
		const s = new Scripted();
		s.seen = [];
		s.server = https.createServer({ key: readFileSync(path.join(tmp, `${key}.key`)), cert: readFileSync(path.join(tmp, `${key}.pem`)) }, (rq, re) => {
			const parts = [];
			rq.on('data', (d) => parts.push(d));
			rq.on('end', () => {
				const one = { method: rq.method, url: rq.url, headers: rq.headers, body: JSON.parse(Buffer.concat(parts)) };
				s.seen.push(one);
				const { status = 200, headers = {}, body = { message: 'Success' } } = answer(one, s.seen.length) ?? {};
				re.writeHead(status, headers);
				re.end(typeof body === 'string' ? body : JSON.stringify(body));
			});
		});
		await new Promise((r) => s.server.listen(0, '127.0.0.1', r));
		s.port = s.server.address().port;
		opened.push(s);
		return s;
	}

	remove() {
		this.server.closeAllConnections();
		return new Promise((r) => this.server.close(r));
	}

	get settings() {
		return { 'balikan.url': `https://localhost:${this.port}/data_balikan/public`, 'balikan.tokens': tokens({ BPBD: 'token.BPBD-1' }),
			'balikan.ca': path.join(tmp, 'ca.pem'), 'balikan.pin': pinOf(path.join(tmp, 'above.pem')) };
	}

	niks(i) {
		return this.seen[i].body[0].data.map((d) => d.NIK);
	}
}

describe('J.III: against a server that answers as it is told', () => {
	test('what is sent: one request of a hundred, Bearer, DOMAIN 4.2', { timeout: 180000 }, async () => {
		const s = await Scripted.start(() => ({}));
		settings(s.settings);
		await padan.start();
		const niks = Array.from({ length: 101 }, nik);
		await tell(padan, niks);
		await until('sent', () => counts(padan).delivered === 101);
		assert.equal(s.seen.length, 2);
		const { method, url, headers, body } = s.seen[0];
		assert.deepEqual([method, url, headers.authorization, headers['content-type']], ['POST', '/data_balikan/public/api/store', 'Bearer token.BPBD-1', 'application/json']);
		assert.equal(body.length, 1);
		assert.deepEqual([body[0].id_lembaga, body[0].nama_lembaga], ['010001', 'Badan Penanggulangan Bencana Daerah Kabupaten Contoh']);
		assert.equal(body[0].data.length, 100);
		assert.deepEqual(new Set([...s.niks(0), ...s.niks(1)]), new Set(niks));
		const [{ param }] = body[0].data;
		assert.equal(param.length, 1);
		assert.deepEqual(Object.keys(param[0]), ['KETERANGAN_KORBAN', 'JENIS_BENCANA', 'KEJADIAN', 'TANGGAL']);
		assert.match(param[0].KEJADIAN, /^.+, .+, \d{4}-\d\d-\d\d$/);
	});

	test('a wrong pin, a wrong CA, no TLS at all: nothing is sent', { timeout: 180000 }, async () => {
		const s = await Scripted.start(() => ({}));
		settings({ ...s.settings, 'balikan.pin': pinOf(path.join(tmp, 'stranger.pem')) });
		await padan.start();
		await tell(padan, [nik()]);
		await until('refused', () => lane(padan).trouble === 'tls');
		await until('logged', () => /data balikan BPBD tidak terkirim: sambungan TLS gagal/.test(padan.log()));
		await padan.stop();
		settings({ ...s.settings, 'balikan.ca': path.join(tmp, 'stranger.pem') });
		await padan.start();
		const before_it = lane(padan).fails;
		hurry(padan);
		await until('refused once more', () => lane(padan).fails > before_it && lane(padan).trouble === 'tls');
		await padan.stop();
		assert.equal(s.seen.length, 0, 'not one request');
		const set = (more) => padan.tryRun('serve', padan.dir, ...args({ ...s.settings, 'portal.listen': '127.0.0.1:0', tls: 'off', ...more }));
		for (const [more, why] of [
			[{ 'balikan.pin': '' }, /menuntut balikan\.pin/], [{ 'balikan.pin': 'sha256//abc' }, /balikan\.pin harus berbentuk/],
			[{ 'balikan.url': 'http://atas.example/databalikan' }, /tanpa TLS/], [{ 'balikan.url': 'https://a@b.example/x' }, /balikan\.url harus berbentuk/],
			[{ 'balikan.url': 'https://atas.example/x/' }, /balikan\.url harus berbentuk/], [{ 'balikan.tokens': tokens({ BPBD: 'dua kata' }) }, /balikan\.tokens: baris 2/],
			[{ 'balikan.tokens': tokens({ BPBD: 'x' }, 0o644) }, /dapat dibaca pengguna lain/],
		]) {
			const re = set(more);
			assert.notEqual(re.status, 0);
			assert.match(re.stderr, why);
			assert.match(padan.tryRun('check', padan.dir, ...args({ ...s.settings, ...more })).stdout, /SALAH +kiriman/);
		}
		// both keys while one is replaced by the other
		settings({ ...s.settings, 'balikan.pin': `${pinOf(path.join(tmp, 'stranger.pem'))};${pinOf(path.join(tmp, 'above.pem'))}` });
		await padan.start();
		await until('sent', () => counts(padan).delivered === 1);
	});

	test('422 for one item: that one is refused with its reason, the others arrive; an admin has it sent again', { timeout: 180000 }, async () => {
		const niks = Array.from({ length: 7 }, nik);
		let mended = false;
		const s = await Scripted.start(({ body }) => {
			const item = body[0].data.findIndex((d) => d.NIK === niks[4]);
			return item < 0 || mended ? {} : { status: 422, body: { message: 'x', errors: [{ item, field: 'nik', reason: `NIK ${niks[4]} ditolak` }] } };
		});
		settings(s.settings);
		await padan.start();
		await tell(padan, niks);
		await until('settled', () => counts(padan).delivered === 6 && counts(padan).refused === 1);
		assert.equal(s.seen.length, 2);
		assert.ok(!s.niks(1).includes(niks[4]));
		const admin = new Browser(padan);
		await admin.login('admin');
		const page = text((await admin.go('GET', '/balikan/kirim?keadaan=ditolak')).body);
		assert.match(page, /nik: NIK … ditolak/);
		assert.match(padan.run('balikan', 'list', padan.dir), /ditolak: entri \d+, .*: nik: NIK … ditolak/);
		assert.match(padan.tryRun('check', padan.dir, ...args(s.settings)).stdout, /PERINGATAN +kiriman +0 menunggu, 6 terkirim, 1 ditolak/);
		mended = true;
		await admin.submit('/balikan/kirim', {});
		assert.match(text(admin.page.body), /menunggu kembali/);
		await until('all', () => counts(padan).delivered === 7);
		assert.equal(padan.journal().filter((e) => e.act === 'feedback' && e.about === 'balikan retry 1' && e.user_id === 'admin').length, 1);
	});

	test('422 that names nobody: the one is found, and it alone stays behind', { timeout: 180000 }, async () => {
		const niks = Array.from({ length: 40 }, nik);
		const s = await Scripted.start(({ body }) => body[0].data.some((d) => d.NIK === niks[23]) ? { status: 422, body: { message: 'ada yang keliru' } } : {});
		settings(s.settings);
		await padan.start();
		await tell(padan, niks);
		await until('settled', () => counts(padan).delivered === 39 && counts(padan).refused === 1);
		assert.ok(s.seen.length < 25, `${s.seen.length} requests`);
		assert.equal(padan.office("SELECT reason FROM feedback_outbox WHERE state = 'refused'")[0].reason, 'ada yang keliru');
	});

	test('a redirect is not followed, a page of some proxy is no receipt, a flood of an answer is cut: it waits', { timeout: 180000 }, async () => {
		const elsewhere = await Scripted.start(() => ({}));
		const answers = [
			['redirect', 302, { status: 307, headers: { Location: `https://localhost:${elsewhere.port}/data_balikan/public/api/store` } }],
			['reply', 200, { status: 200, body: '<html>Selamat datang</html>' }],
			['reply', 200, { status: 200, body: { message: 'Login gagal' } }],
			['reply', 0, { status: 200, body: 'x'.repeat(70 << 10) }],
			['reply', 404, { status: 404, body: 'tidak ada' }],
			['reply', 400, { status: 400, body: { message: 'entah' } }],
			['busy', 503, { status: 503, headers: { 'Retry-After': '7' } }],
			['busy', 429, { status: 429, headers: { 'Retry-After': '3600' } }],
		];
		const s = await Scripted.start((_, n) => answers[n - 1]?.[2] ?? {});
		settings(s.settings);
		await padan.start();
		await tell(padan, [nik()]);
		for (const [i, [trouble, , { headers }]] of answers.entries()) {
			await until(`answer ${i}`, () => lane(padan).fails === i + 1 && lane(padan).node === null);
			assert.equal(lane(padan).trouble, trouble, `answer ${i}`);
			if (headers?.['Retry-After'] === '3600') assert.ok(lane(padan).next_us / 1000 - Date.now() > 3500e3, 'Retry-After is kept to');
			hurry(padan);
		}
		await until('in the end', () => counts(padan).delivered === 1);
		assert.equal(elsewhere.seen.length, 0);
		assert.equal(s.seen.length, answers.length + 1);
		assert.deepEqual(new Set(s.seen.map((one) => JSON.stringify(one.body))).size, 1, 'to the byte the same');
	});

	test('SIGTERM while the other side is silent: stops at once, and the entry goes to whoever comes next', { timeout: 180000 }, async () => {
		const silent = net.createServer((c) => c.unref());
		await new Promise((r) => silent.listen(0, '127.0.0.1', r));
		silent.unref();
		settings({ 'balikan.url': `http://127.0.0.1:${silent.address().port}/databalikan`, 'balikan.tokens': tokens({ BPBD: 'x' }) });
		await padan.start();
		await tell(padan, [nik()]);
		await until('in hand', () => lane(padan).node !== null);
		const began = Date.now();
		assert.equal((await padan.stop()).code, 0);
		assert.ok(Date.now() - began < 20000, `${Date.now() - began} ms`);
		assert.equal(lane(padan).node, null);
		assert.deepEqual(counts(padan), { waiting: 1 });
	});

	test('nothing is on its way where nothing is above', async () => {
		await padan.start();
		const admin = new Browser(padan);
		await admin.login('admin');
		assert.match(text((await admin.go('GET', '/balikan/kirim')).body), /Penerusan tidak diaktifkan/);
		assert.match(padan.tryRun('check', padan.dir).stdout, /baik +kiriman +balikan\.url kosong/);
	});
});
