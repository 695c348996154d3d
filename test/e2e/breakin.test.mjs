// SPDX-License-Identifier: EUPL-1.2
// Ways into the agreement office that were open once: each test is an attack on a running
// server by somebody who may sign in, and what must come of it.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { Padan, Browser, multipart, text } from './padan.mjs';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const day = (n = 0) => new Date(Date.now() + 7 * 3600e3 + n * 864e5).toISOString().slice(0, 10);
const scan = (filename = 'surat.png') => ({ name: 'berkas', filename, bytes: PNG, type: 'image/png' });

let padan, head, stranger, admin, admin2;
const who = async (user) => {
	const b = new Browser(padan);
	await b.login(user);
	return b;
};
before(async () => {
	padan = await (await Padan.demo({ residents: 200, settings: { 'office.two_persons': 'on' } })).start();
	[head, stranger, admin, admin2] = [await who('kepala'), await who('dinkes-kepala'), await who('admin'), await who('admin2')];
});
after(() => padan?.remove());

/** A POST with the visitor's own token and whatever fields he likes. */
const post = async (b, action, form, file) => {
	await b.go('GET', '/sesi');
	const fields = { csrf: b.hidden('/keluar').csrf, ...form };
	return b.go('POST', action, { ...(file ? { multipart: multipart(fields, file) } : { form: fields }), follow: false });
};
const one = (sql) => padan.office(sql)[0];
const request = async (form) => {
	const re = await post(head, '/permohonan/baru', { nomor: '800/1', tanggal: day(), ...form });
	assert.equal(re.status, 303, text(re.body).slice(-400));
	return /nomor=(\d+)/.exec(re.headers.location)[1];
};
const step = (b, id, langkah, form = {}) =>
	post(b, '/permohonan/langkah', { nomor_permohonan: id, rev: one(`SELECT rev FROM request WHERE request_id = ${id}`).rev, langkah, ...form });

test('forms that are refused again and again stop no other agency\'s upload', async () => {
	for (let i = 0; i < 110; i++)
		assert.equal((await post(head, '/dokumen/baru', { jenis: 'sptjm', surat: '', penanda: '', tanggal: '', sampai: '' }, scan())).status, 400);
	assert.ok(one('SELECT count(*) AS n FROM scan_stage').n <= 6, 'what nobody claimed is bounded for each user');
	assert.ok(one('SELECT count(*) AS n FROM scan_piece').n <= 6 + one('SELECT count(*) AS n FROM scan').n);
	const re = await post(stranger, '/dokumen/baru', { jenis: 'letter', surat: 'L/1', penanda: 'X', tanggal: day(), sampai: '' }, scan());
	assert.equal(re.status, 303, text(re.body).slice(0, 600));
});

test('a paper swapped between the look and the decision is not accepted unseen', async () => {
	const file = (penanda, sampai) =>
		post(head, '/dokumen/baru', { jenis: 'nda', perihal: 'operator2', surat: 'NDA/X', penanda, tanggal: day(-1), sampai }, scan());
	const id = /nomor=(\d+)/.exec((await file('Yang Dilihat', day(10))).headers.location)[1];
	await admin.go('GET', `/dokumen/rincian?nomor=${id}`);
	const form = admin.hidden('/dokumen/putuskan');
	assert.equal((await file('Yang Lain', '')).status, 303);
	for (const fields of [form, { ...form, dilihat: '' }, { ...form, dilihat: '1' }]) {
		const re = await admin.go('POST', '/dokumen/putuskan', { form: { ...fields, keputusan: 'terima' }, follow: false });
		assert.ok([400, 409].includes(re.status));
		if (fields === form) assert.match(text(re.body), /diajukan ulang sejak Anda membukanya/);
	}
	assert.equal(one(`SELECT state FROM paper WHERE paper_id = ${id}`).state, 'filed');
	assert.ok(!padan.journal().some((e) => e.line.includes(`paper accept ${id} `)));
	await admin.go('GET', `/dokumen/rincian?nomor=${id}`);
	assert.equal((await admin.submit('/dokumen/putuskan', { keputusan: 'terima' }, { follow: false })).status, 303);
});

test('two persons: an emergency quota is proposed by one admin and granted by another', async () => {
	const id = await request({ jenis: 'quota', kejadian: 'x', metode: 'portal', jumlah: '5000', mulai: day(), akhir: day(3), alasan: 'x' });
	const answer = { nomor: 'A/1', tanggal: day(), jumlah: '900' };
	let re = await step(admin, id, 'approve', answer);
	assert.equal(re.status, 400);
	assert.match(text(re.body), /dua admin/);
	assert.equal((await step(admin, id, 'propose', answer)).status, 303);
	re = await step(admin, id, 'confirm', { jumlah: '5000' });
	assert.equal(re.status, 400);
	assert.match(text(re.body), /Anda yang mengusulkan/);
	assert.equal(one("SELECT max(number) AS n FROM agreement_version WHERE instansi_id = (SELECT instansi_id FROM instansi WHERE code = 'BPBD')").n, 1);
	assert.equal((await step(admin2, id, 'confirm', { jumlah: '5000' })).status, 303);
	assert.match(text((await head.go('GET', '/')).body), /dari 900/);
	assert.equal((await head.go('GET', `/permohonan/surat?nomor=${id}&langkah=2`)).headers['content-type'], 'application/pdf');
});

test('two persons: a PoC by request, and a paper hidden in a file, lift no quota by one admin alone', async () => {
	const id = await request({ jenis: 'poc', aplikasi: 'portal', 'aplikasi.keterangan': 'x' });
	await step(admin, id, 'schedule', { nomor: 'J/1', tanggal: day(), mulai: day(), pukul: '09.00', lokasi: 'x' });
	await step(admin, id, 'held', { dilaksanakan: day() });
	const pass = { nomor: 'H/1', tanggal: day(), penanda_tangan: 'x' };
	let re = await step(admin, id, 'pass', pass);
	assert.equal(re.status, 400);
	assert.match(text(re.body), /hasilnya dinyatakan admin lain/);
	assert.equal(padan.office("SELECT 1 AS n FROM paper WHERE kind = 'poc' AND number = 'H/1'").length, 0);
	assert.equal((await step(admin2, id, 'pass', pass)).status, 303);

	const json = JSON.parse(padan.run('agreement', 'export', padan.dir, 'BPBD', '1'));
	json.version = 3;
	json.terms.addendum = { number: 'A/2', signed_on: day(), ground: 'P9.2', subject: 'contoh' };
	json.papers = [{ ...json.papers[0], kind: 'poc', subject: 'CALL_NIK', number: 'TERSEMBUNYI/1', signed_on: day(-1) }];
	re = await post(admin, '/perjanjian/rancangan/muat', { instansi: 'BPBD' },
		{ name: 'berkas', filename: 'a.json', bytes: Buffer.from(JSON.stringify(json)), type: 'application/json' });
	assert.equal(re.status, 303, text(re.body).slice(-300));
	re = await admin2.go('GET', '/perjanjian/rancangan?instansi=BPBD');
	assert.match(text(re.body), /Dokumen yang ikut dicatat .*Surat hasil Proof of Concept CALL_NIK, nomor TERSEMBUNYI\/1/);
	assert.equal((await post(admin2, '/perjanjian/rancangan/catat', { instansi: 'BPBD', rev: '1', yakin: '1' })).status, 303);
	assert.ok(padan.journal().some((e) => e.about === 'agreement record version=3 papers=poc' && e.user_id === 'admin2'));
});

test('the form for a new user id tells nobody which user ids others have', async () => {
	const form = { jenis: 'user-new', 'pengguna.nama': 'Wulan Contoh', 'pengguna.nik': '3304130101909999', 'pengguna.jabatan': 'Analis', 'pengguna.unit': 'x',
		'pengguna.alamat': 'x', 'pengguna.kode_wilayah': '33.04', alasan: 'x' };
	for (const user_id of ['belum-ada', 'dinkes-operator', 'admin2', 'auditor', 'bpbd-tidak-ada']) {
		const id = await request({ ...form, 'pengguna.user_id': user_id });
		const again = await request({ ...form, 'pengguna.user_id': user_id });
		await step(head, id, 'withdraw');
		if (user_id !== 'dinkes-operator') continue;
		const re = await step(admin, again, 'create', { 'pengguna.user_id': user_id, 'petugas.nama': 'x', 'petugas.jabatan': 'x' });
		assert.match(text(re.body), /sudah dipakai/, 'the provider, who makes it, is told');
	}
	const own = await post(head, '/permohonan/baru', { ...form, nomor: '1', tanggal: day(), 'pengguna.user_id': 'operator1' });
	assert.match(text(own.body), /User ID ini sudah dipakai/);
});

test('an auditor\'s user id keeps its end', async () => {
	const before_it = one("SELECT expires_us AS n FROM user_account WHERE user_id = 'auditor'").n;
	if (!before_it) padan.fill(`UPDATE user_account SET expires_us = ${(Date.now() + 864e5 * 30) * 1000} WHERE user_id = 'auditor'`);
	const re = await post(admin, '/pengguna/ubah', { user: 'auditor', pemegang: 'A', jabatan: 'B', alamat: '', sampai: '' });
	assert.equal(re.status, 400);
	assert.match(text(re.body), /auditor memerlukan hari terakhir/);
	assert.ok(one("SELECT expires_us AS n FROM user_account WHERE user_id = 'auditor'").n > 0);
});

test('DOMAIN 2: the head of a stopped agency reaches papers and requests, and acts on nothing else', async () => {
	const open = one("SELECT kejadian_id AS n FROM kejadian k JOIN instansi i ON i.instansi_id = k.instansi_id WHERE i.code = 'BPBD' AND is_open = 1").n;
	const kejadian = { jenis: 'Banjir', nama: 'Kejadian Penyusup', tempat: 'D', tanggal: day() };
	assert.equal((await post(admin, '/perjanjian/status', { instansi: 'BPBD', langkah: 'suspend', alasan: 'x', nomor: '', tanggal: '', yakin: '1' })).status, 303);
	for (const [action, form] of [['/kejadian/baru', kejadian], ['/kejadian/tutup', { kejadian: String(open) }], ['/kejadian', { kejadian: String(open) }],
		['/verifikasi/slip', { nik: padan.nik['01'][0], ref: 'x' }]]) {
		const re = await post(head, action, form);
		assert.equal(re.status, 403, action);
		assert.match(text(re.body), /Instansi tidak aktif/, action);
	}
	assert.equal(padan.office("SELECT 1 AS n FROM kejadian WHERE name = 'Kejadian Penyusup'").length, 0);
	assert.equal(one(`SELECT is_open AS n FROM kejadian WHERE kejadian_id = ${open}`).n, 1);
	for (const page of ['/', '/perjanjian', '/dokumen', '/permohonan', '/kewajiban', '/pengguna', '/sandi'])
		assert.equal((await head.go('GET', page, { follow: false })).status, 200, page);
	await request({ jenis: 'meeting', perihal: 'x', mulai: day(), pukul: '09.00', lokasi: 'x' });
	assert.equal((await post(admin, '/perjanjian/status', { instansi: 'BPBD', langkah: 'resume', alasan: '', nomor: '', tanggal: '', yakin: '1' })).status, 303);
	assert.equal((await post(head, '/kejadian/baru', kejadian)).status, 303);
});
