// SPDX-License-Identifier: EUPL-1.2
// Two nodes on one office, and whoever races between them: 200 hits a day are 200 wherever they are asked for (J.II.B),
// what was sent twice counts once wherever it arrives, data balikan is told once.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { text } from '../e2e/padan.mjs';
import { ask, token } from '../e2e/v1.mjs';
import { Office, at, inquire, isHit, outcomeOf } from './nodes.mjs';

const tally = (list) => list.reduce((n, o) => ({ ...n, [o]: (n[o] ?? 0) + 1 }), {});
/** Somebody with the token of his forms, so that any number of inquiries may be sent at once. */
const ready = async (office, node, user) => {
	const b = await office.operator(node, user);
	await b.go('GET', '/verifikasi');
	b.csrf = b.hidden('/verifikasi').csrf;
	return b;
};
/** The hidden one-time key of a fresh form. */
const fresh = async (b) => {
	await b.go('GET', '/verifikasi');
	return b.hidden('/verifikasi').once;
};
/** What the journal marks as a repeat. */
const repeats = (entries) => entries.filter((e) => e.repeat);

describe('J.II.B, I8.3: one quota over two nodes', () => {
	let office, a, b;
	before(async () => {
		office = await Office.create();
		[a, b] = office.nodes;
	}, { timeout: 180000 });
	after(() => office?.remove());

	test('a repeat costs nothing at the node that has never seen the first; three of them over both, then it is a new one', async () => {
		const here = await ready(office, a, 'operator1'), key = await fresh(here), nik = a.nik['01'][0];
		for (const [node, used] of [[a, 1], [b, 1], [a, 1], [b, 1], [a, 2]]) {
			assert.equal(outcomeOf(await inquire(here, node, nik, { key })), '01');
			assert.equal(office.used('BPBD'), used);
		}
		const entries = office.lookups();
		assert.deepEqual(entries.map((e) => [e.node, !!e.repeat]), [[0, false], [1, true], [0, true], [1, true], [0, false]]);
	});

	test('many people at both nodes at once: exactly 200 are admitted, the next one is refused by either', { timeout: 240000 }, async () => {
		const already = office.used('BPBD'), niks = ['01', '13', '11', '12', '14'].flatMap((c) => a.nik[c]);
		const people = await Promise.all([['operator1', a], ['operator1', b], ['kepala', a], ['kepala', b]].map(([u, n]) => ready(office, n, u)));
		const seen = await Promise.all(Array.from({ length: 320 }, (_, i) => inquire(people[i % 4], office.nodes[(i >> 2) % 2], niks[i % niks.length]).then(outcomeOf)));
		assert.deepEqual([seen.filter(isHit).length, seen.filter((o) => o === '05').length], [200 - already, 120 + already], JSON.stringify(tally(seen)));
		for (const node of office.nodes) assert.equal(outcomeOf(await inquire(people[0], node, niks[0])), '05');
		assert.equal(office.used('BPBD'), 200);
		assert.equal(office.sound().length, 200);
		const each = office.nodes.map((n) => office.log(n).filter((e) => e.act === 'lookup' && isHit(e.outcome)).length);
		assert.ok(each.every((n) => n >= 20), `both did their part: ${each}`);
		assert.equal(office.lookups().filter((e) => e.outcome === '05').length, 122 + already);
	});
});

describe('I8.3: sent to both nodes at the same instant', () => {
	let office, a, b, operator, bearer, secret;
	before(async () => {
		office = await Office.create();
		[a, b] = office.nodes;
		operator = await ready(office, a, 'dinkes-operator');
		bearer = await token(a);
		secret = JSON.parse(readFileSync(path.join(a.dir, 'demo-accounts.json'))).tokens.find((t) => t.instansi === 'BPBD').token;
	}, { timeout: 180000 });
	after(() => office?.remove());
	const rounds = (n) => Array.from({ length: n }, (_, i) => i);
	const both = (what) => Promise.all(office.nodes.map(what));

	test('one form of the portal: one hit, one entry and one repeat of it', async () => {
		const used = office.used('DINKES'), before_it = office.lookups().length;
		for (const i of rounds(12)) {
			const key = await fresh(operator);
			assert.deepEqual(await both((node) => inquire(operator, node, a.nik['01'][i], { key }).then(outcomeOf)), ['01', '01']);
		}
		assert.equal(office.used('DINKES') - used, 12);
		const entries = office.lookups().slice(before_it);
		assert.deepEqual([entries.length, repeats(entries).length], [24, 12]);
		assert.equal(office.value("SELECT count(*) AS n FROM feedback_person p JOIN instansi i ON i.instansi_id = p.instansi_id WHERE i.code = 'DINKES'"), 12, 'each is owed once');
	});

	test('one Idempotency-Key: one new, one repeat; with two bodies, one answer and one 422', async () => {
		const used = office.used('DINKES');
		for (const i of rounds(12)) {
			const same = await both((node) => ask(node, '/api/v1/verifikasi', { nik: a.nik['01'][i] }, { bearer, key: `SAMA-${i}` }));
			assert.deepEqual(same.map((re) => re.json.ulangan).sort(), [false, true], same.map((re) => re.text).join());
			const differ = await both((node) => ask(node, '/api/v1/verifikasi', { nik: a.nik['01'][i + (node === a ? 1 : 0)] }, { bearer, key: `LAIN-${i}` }));
			assert.deepEqual(differ.map((re) => re.status).sort(), [200, 422], differ.map((re) => re.text).join());
		}
		assert.equal(office.used('DINKES') - used, 24);
	});

	test('J.III: one data balikan: once, the other "sudah pernah dikirim"; the newer service the same', async () => {
		const stored = () => office.value('SELECT count(*) AS n FROM feedback_entry'), before_it = stored();
		const older = (node, nik) => node.request('POST', '/data_balikan/public/api/store', {
			body: JSON.stringify([{ id_lembaga: '010001', nama_lembaga: 'x', data: [{ NIK: nik, param: [{ KETERANGAN_KORBAN: 'Hilang', JENIS_BENCANA: 'Tanah longsor' }] }] }]),
			headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${secret}` } });
		const newer = await token(a, { user: ['bpbd-balikan', secret] });
		for (const i of rounds(10)) {
			const said = await both((node) => older(node, a.nik['01'][i]));
			assert.deepEqual(said.map((re) => re.status).sort(), [200, 400], said.map((re) => re.body).join());
			assert.ok(said.some((re) => /Data sudah pernah dikirim/.test(re.body)));
			const v1 = await both((node) => ask(node, '/api/v1/balikan', { nik: a.nik['01'][i + 20], keterangan: 'luka' }, { bearer: newer }));
			assert.deepEqual(v1.map((re) => re.status).sort(), [200, 201], v1.map((re) => re.text).join());
		}
		assert.equal(stored() - before_it, 20);
	});

	test('P2.2b: one victim saved at both, alike and differently: nothing is told twice, nothing is lost, the figures agree', async () => {
		const kejadian = office.value("SELECT min(kejadian_id) AS n FROM kejadian k JOIN instansi i ON i.instansi_id = k.instansi_id WHERE i.code = 'DINKES'");
		const stored = () => office.value("SELECT count(*) AS n FROM feedback_entry WHERE source = 'form'"), before_it = stored();
		await operator.go('GET', '/sesi');
		const { csrf } = operator.hidden('/keluar');
		const save = (node, nik, keterangan) => at(operator, node).go('POST', '/korban/catat', { form: { csrf, nik, kejadian: String(kejadian), keterangan }, follow: false });
		for (const i of rounds(10)) {
			const alike = await both((node) => save(node, a.nik['01'][i], 'mengungsi'));
			assert.deepEqual(alike.map((re) => re.status), [303, 303], text(alike.map((re) => re.body).join()));
			assert.equal(stored() - before_it, 3 * i + 1, 'alike: once');
			const unlike = await both((node) => save(node, a.nik['01'][i], node === a ? 'luka' : 'hilang'));
			assert.deepEqual(unlike.map((re) => re.status), [303, 303]);
			assert.equal(stored() - before_it, 3 * i + 3, 'different: both, one after the other');
		}
		office.sound();
	});

	test('P2.2b: a list saved at both nodes while its victims are told one by one: each row once', async () => {
		const kejadian = office.value("SELECT min(kejadian_id) AS n FROM kejadian k JOIN instansi i ON i.instansi_id = k.instansi_id WHERE i.code = 'DINKES'");
		const niks = a.nik['01'].filter((n) => !n.endsWith('0')).slice(0, 30);
		for (const nik of niks) assert.equal(outcomeOf(await inquire(operator, b, nik)), '01');
		await operator.go('GET', '/korban/unggah');
		const list = await operator.submitFile('/korban/unggah', { kejadian: String(kejadian) },
			{ name: 'berkas', filename: 'posko.csv', bytes: Buffer.from(`NIK;KETERANGAN\r\n${niks.map((n) => `${n};Meninggal`).join('\r\n')}\r\n`) });
		const nomor = /name="nomor" value="(\d+)"/.exec(list.body)[1], { csrf } = operator.hidden('/keluar');
		const told = () => office.value("SELECT count(*) AS n FROM feedback_entry WHERE word = 'meninggal'");
		assert.equal(told(), 0);
		const saves = office.nodes.map((node) => at(operator, node).go('POST', '/korban/unggah/simpan', { form: { csrf, nomor }, follow: false }));
		const single = niks.map((nik, i) => at(operator, office.nodes[i % 2]).go('POST', '/korban/catat', { form: { csrf, nik, kejadian: String(kejadian), keterangan: 'meninggal' }, follow: false }));
		const said = await Promise.all([...saves, ...single]);
		assert.deepEqual(tally(said.map((re) => re.status < 500)), { true: said.length }, JSON.stringify(tally(said.map((re) => re.status))));
		assert.equal(told(), niks.length);
		office.sound();
	});
});
