// SPDX-License-Identifier: EUPL-1.2
// J.V, P3.1a: evaluations over HTTP: who may see and do what, two at once, two persons, what
// the journal keeps, and the steps that a recommendation starts.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { Padan, Browser, OBSERVE, text } from './padan.mjs';

const today = new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10);
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
let padan;
const who = {};
before(async () => {
	padan = await (await Padan.demo({ residents: 300, settings: { ...OBSERVE, 'office.two_persons': 'on' } })).start();
	const operator = await Browser.operator(padan);
	for (const nik of [...padan.nik['01'].slice(0, 20), ...padan.nik['13'].slice(0, 5)]) await operator.verify(nik);
	for (const user of ['admin', 'admin2', 'auditor', 'kepala', 'dinkes-kepala', 'operator1']) {
		who[user] = new Browser(padan);
		await who[user].login(user);
	}
});
after(() => padan?.remove());

const seen = (b, id, more = '') => b.go('GET', `/evaluasi/isi?e=${id}${more}`);
/** A new one, once its figures are counted. */
const make = async (code, b = who.admin) => {
	const re = await b.submit('/evaluasi/baru', { instansi: code, jenis: 'masa', dari: today, sampai: today }, { follow: false });
	assert.equal(re.status, 303, text(re.body));
	const id = /e=(\d+)/.exec(re.headers.location)[1];
	for (let i = 0; i < 300; i++) {
		const page = await seen(b, id);
		if (/Daftar periksa/.test(page.body)) return id;
		assert.match(page.body, /sedang dihitung/);
		assert.equal(page.headers.refresh, `3; url=/evaluasi/hitung?e=${id}`, 'without script the page comes again by itself');
		await sleep(200);
	}
	assert.fail('the figures are never counted');
};
const write = async (b, id, fields) => {
	await seen(b, id);
	return b.submit('/evaluasi/isi', { temuan: 'Temuan biasa.', rekomendasi: 'lanjut', langkah: 'simpan', ...fields });
};
/** Saved by one admin, signed by the other. */
const sign = async (id, fields) => {
	assert.match(text((await write(who.admin, id, fields)).body), /Rancangan telah disimpan/);
	await seen(who.admin2, id, '&tinjau=1');
	return who.admin2.submit('/evaluasi/langkah', { nomor: `470/${id}/EVAL`, tanggal: today, langkah: 'tetapkan' });
};
const step = async (id, fields, b = who.admin) => {
	await seen(b, id);
	return b.submit('/evaluasi/langkah', { tanggal: today, ...fields });
};
const entries = () => padan.journal().filter((e) => e.act === 'evaluation');

test('J.V: the whole life, and who sees what of it', async () => {
	const id = await make('BPBD');
	const draft = text((await seen(who.admin, id)).body);
	assert.match(draft, /20 hit|25 hit/);
	assert.match(draft, /5 dari 25 permintaan tidak ditemukan atau tidak sesuai format \(20,0%\)\. Perlu perhatian/);
	assert.match(draft, /0 dari 20 NIK dilaporkan \(0,0%\), 20 belum\. Tidak sesuai/);
	for (const head of ['kepala', 'dinkes-kepala']) {
		assert.equal((await seen(who[head], id)).status, 404, `${head}: a draft is the provider's alone`);
		assert.equal((await who[head].go('GET', `/evaluasi/surat?e=${id}`)).status, 404);
	}
	const read = await seen(who.auditor, id);
	assert.equal(read.status, 200);
	assert.doesNotMatch(read.body, /action="\/evaluasi/, 'the auditor reads');
	assert.equal((await seen(who.operator1, id)).status, 403);

	assert.match(text((await sign(id, { temuan: '<script>alert(1)</script> & "kutip"' })).body), /Evaluasi telah ditetapkan/);
	const final = await seen(who.kepala, id);
	assert.equal(final.status, 200);
	assert.match(final.body, /&lt;script&gt;alert\(1\)/);
	assert.doesNotMatch(final.body, /<script>alert/);
	assert.match(text((await who.kepala.go('GET', '/evaluasi')).body), new RegExp(`470/${id}/EVAL`));
	assert.equal((await seen(who['dinkes-kepala'], id)).status, 404);
	assert.doesNotMatch((await who['dinkes-kepala'].go('GET', '/evaluasi')).body, new RegExp(`470/${id}/EVAL`));
	assert.equal((await who['dinkes-kepala'].go('GET', '/evaluasi?instansi=BPBD')).status, 404);

	const again = await who.admin.go('POST', '/evaluasi/isi', { form: { ...who.admin.hidden('/keluar'), e: id, rev: '3', temuan: 'x', langkah: 'simpan' } });
	assert.equal(again.status, 409, 'what is signed is not written any more');
	assert.match(text((await step(id, { langkah: 'laporkan', nomor: '1' })).body), /telah diubah|Tindakan Anda belum dilakukan/, 'told first');
	assert.match(text((await step(id, { langkah: 'sampaikan', cara: 'surel' })).body), /Penyampaian kepada instansi telah dicatat/);
	assert.deepEqual(padan.office("SELECT address, subject FROM mail WHERE key LIKE 'evaluasi:%'"), [{ address: 'data@bpbd.example', subject: 'Hasil evaluasi BPBD' }]);
	assert.match(text((await step(id, { langkah: 'laporkan', nomor: '' })).body), /Nomor surat harus diisi/);
	assert.match(text((await step(id, { langkah: 'laporkan', nomor: '470/99' })).body), /Pelaporan kepada Menteri telah dicatat/);

	for (const b of [who.admin, who.kepala]) {
		const pdf = await b.go('GET', `/evaluasi/surat?e=${id}`);
		assert.equal(pdf.headers['content-type'], 'application/pdf');
		assert.equal(pdf.bytes.subarray(0, 5).toString(), '%PDF-');
	}
	assert.equal((await who.kepala.go('GET', `/evaluasi/surat?e=${id}&lembar=pengantar`)).status, 404, 'what goes to the minister is not the agency\'s');
	assert.equal((await who.admin.go('GET', `/evaluasi/surat?e=${id}&lembar=pengantar`)).headers['content-type'], 'application/pdf');

	const about = entries().map((e) => e.about);
	assert.match(about[0], new RegExp(`^evaluation ${id} make`));
	for (const what of ['save', 'tetapkan', 'sampaikan', 'laporkan'])
		assert.ok(about.some((a) => new RegExp(`^evaluation ${id} ${what} run=\\d+ figures=[0-9a-f]{16}`).test(a)), what);
	assert.ok(!entries().some((e) => /Temuan|script|\d{16}/.test(e.about.replace(/figures=\w+/, ''))), 'nothing of what was written');
});

test('P9.2: with two persons the one who saved it does not sign it', async () => {
	const id = await make('BPBD');
	await write(who.admin, id, {});
	assert.match(text((await seen(who.admin, id, '&tinjau=1')).body), /admin lain yang menetapkannya/);
	const { csrf } = who.admin.hidden('/keluar');
	const rev = /name="rev" value="(\d+)"/.exec((await seen(who.admin, id)).body)[1];
	const dilihat = /name="dilihat" value="(\w+)"/.exec((await seen(who.admin2, id, '&tinjau=1')).body)[1];
	const re = await who.admin.go('POST', '/evaluasi/langkah', { form: { csrf, e: id, rev, dilihat, nomor: '1', tanggal: today, langkah: 'tetapkan' } });
	assert.equal(re.status, 403);
	assert.match(text(re.body), /ditetapkan admin lain/);
	assert.equal(padan.office(`SELECT state FROM evaluation WHERE evaluation_id = ${id}`)[0].state, 'draft');
});

test('two at once: the second is told, and what he saw must be what he signs', async () => {
	const id = await make('BPBD');
	await seen(who.admin, id);
	await seen(who.admin2, id);
	assert.match(text((await who.admin.submit('/evaluasi/isi', { temuan: 'Pertama', rekomendasi: 'lanjut', langkah: 'simpan' })).body), /telah disimpan/);
	const late = await who.admin2.submit('/evaluasi/isi', { temuan: 'Kedua', rekomendasi: 'cabut', langkah: 'simpan' });
	assert.equal(late.status, 409);
	assert.match(late.body, />Kedua</, 'what he typed is not lost');
	assert.equal(padan.office(`SELECT findings FROM evaluation WHERE evaluation_id = ${id}`)[0].findings, 'Pertama');
	await seen(who.admin2, id, '&tinjau=1');
	const stale = await who.admin2.submit('/evaluasi/langkah', { dilihat: '0'.repeat(16), nomor: '1', tanggal: today, langkah: 'tetapkan' });
	assert.equal(stale.status, 409);
	assert.match(text(stale.body), /Usul daftar periksa berubah/);
	await seen(who.admin, id);
	assert.match(text((await who.admin.submit('/evaluasi/isi', { langkah: 'hitung' })).body), /Daftar periksa|sedang dihitung/);
	await seen(who.admin, id);
	assert.match(text((await who.admin.submit('/evaluasi/isi', { langkah: 'buang' })).body), /Rancangan evaluasi telah dibuang/);
	assert.equal((await seen(who.admin, id)).status, 404);
});

test('what may not be written is refused beside its field, and stays as typed', async () => {
	const id = await make('DINKES');
	const bad = await write(who.admin, id, { temuan: 'NIK 3304060101909900 dibocorkan' });
	assert.equal(bad.status, 400);
	assert.match(text(bad.body), /tidak boleh memuat NIK/);
	assert.match(bad.body, /3304060101909900 dibocorkan<\/textarea>/);
	const overruled = await write(who.admin, id, { sptjm: 'tidak-sesuai' });
	assert.equal(overruled.status, 400);
	assert.match(overruled.body, /id="s-sptjm"/);
	assert.equal((await write(who.admin, id, { tenggat: 'besok' })).status, 400);
	for (const e of ['', '0', '-1', 'x', '999999', '99999999999999999999'])
		assert.equal((await seen(who.admin, e)).status, 404, e);
	for (const form of [{ dari: '', sampai: '' }, { dari: '2026-13-01', sampai: today }, { dari: '2099-01-01', sampai: '2099-02-01' }])
		assert.equal((await who.admin.submit('/evaluasi/baru', { instansi: 'BPBD', jenis: 'masa', ...form })).status, 400);
	assert.equal((await who.admin.submit('/evaluasi/baru', { instansi: 'TIDAKADA', jenis: 'masa', dari: today, sampai: today })).status, 400);
	assert.equal((await who.admin.submit('/evaluasi/baru', { instansi: 'BPBD', jenis: 'semester', semester: '2099-1' })).status, 400);
});

test('P8: of a semester there is one evaluation, and it stands among the papers', async () => {
	const fresh = () => who.admin.submit('/evaluasi/baru', { instansi: 'DINKES', jenis: 'semester', semester: '2025-2' });
	assert.equal((await fresh()).status, 200);
	const twice = await fresh();
	assert.equal(twice.status, 409);
	assert.match(text(twice.body), /Semester itu sudah mempunyai evaluasi/);
	const id = padan.office("SELECT evaluation_id FROM evaluation WHERE semester = '2025-2'")[0].evaluation_id;
	for (let i = 0; i < 300 && !/Daftar periksa/.test((await seen(who.admin, id)).body); i++) await sleep(200);
	await sign(id, {});
	assert.deepEqual(padan.office("SELECT subject, number FROM paper WHERE kind = 'evidence' AND subject LIKE 'P8%'"), [{ subject: 'P8-evaluasi 2025-2', number: `470/${id}/EVAL` }]);
});

test('P9.2: a reduction starts the draft of an addendum, which names the evaluation', async () => {
	const id = await make('DINKES');
	await sign(id, { rekomendasi: 'kurangi' });
	const page = await seen(who.admin, id);
	const start = /href="(\/perjanjian\/rancangan[^"]*)"/.exec(page.body)[1].replace(/&amp;/g, '&');
	assert.equal((await who.admin.go('GET', start.replace('DINKES', 'BPBD'))).status, 404, 'of another agency');
	await who.admin.go('GET', start);
	const begun = await who.admin.submit('/perjanjian/rancangan/mulai', {});
	assert.match(begun.body, new RegExp(`value="Pengurangan menurut hasil evaluasi nomor 470/${id}/EVAL`));
	assert.match(text((await seen(who.admin, id)).body), /Ditindaklanjuti .* Rancangan adendum dimulai/);
	assert.ok(padan.journal().some((e) => e.act === 'agreement' && new RegExp(`draft begin .*evaluation=${id}$`).test(e.about)));
});

test('P9.1: a revocation begins with its ground filled in, and its entry names the evaluation', async () => {
	const id = await make('BPBD');
	await sign(id, { rekomendasi: 'cabut', temuan: 'Data disebarkan kepada pihak lain.' });
	const page = await seen(who.admin, id);
	const start = /href="(\/perjanjian\/status[^"]*)"/.exec(page.body)[1].replace(/&amp;/g, '&');
	const form = await who.admin.go('GET', start);
	assert.match(form.body, /value="revoke" required checked/);
	assert.match(form.body, new RegExp(`Hasil evaluasi nomor 470/${id}/EVAL[^<]*Data disebarkan kepada pihak lain\\.`));
	assert.equal((await who.admin.go('GET', start.replace(/evaluasi=\d+/, 'evaluasi=99999'))).status, 404);
	await who.admin.go('GET', start);
	const fields = { langkah: 'revoke', alasan: 'Menurut evaluasi.', nomor: '', tanggal: '' };
	await who.admin.submit('/perjanjian/status', { ...fields, yakin: '0' });
	const other = await who.admin.go('POST', '/perjanjian/status', { form: { ...who.admin.hidden('/perjanjian/status'), instansi: 'DINKES', ...fields, yakin: '1' } });
	assert.equal(other.status, 404, 'nothing is taken from another agency with this evaluation');
	await who.admin.go('GET', start);
	await who.admin.submit('/perjanjian/status', { ...fields, yakin: '0' });
	assert.match(text((await who.admin.submit('/perjanjian/status', { yakin: '1' })).body), /Langkah telah dicatat/);
	assert.equal(padan.office("SELECT state FROM instansi WHERE code = 'BPBD'")[0].state, 'revoked');
	assert.ok(padan.journal().some((e) => e.act === 'instansi' && e.about === `agreement state revoke evaluation=${id}`));
	assert.match(text((await seen(who.kepala, id)).body), /Ditindaklanjuti/, 'the head of a revoked agency reads it');
});
