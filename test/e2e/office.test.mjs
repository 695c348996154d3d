// SPDX-License-Identifier: EUPL-1.2
// The agreement office through its pages: the list of all agencies, a new one, drafts
// with mistakes, versions with what they change, the file in and out, two admins at
// once, and who may see and do what (P9.2, P6, P9.3, J.VI.B).
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import path from 'node:path';
import { Padan, Browser, quickest, text } from './padan.mjs';
import { formOf, multipart } from './form.mjs';

const DRAFT = '/perjanjian/rancangan';
let padan;
before(async () => {
	padan = await (await Padan.demo({ residents: 200 })).start();
});
after(() => padan?.remove());

const who = async (user) => {
	const b = new Browser(padan);
	await b.login(user);
	return b;
};
const write = (sql) =>
	padan.stores['office.url'] ? execFileSync('psql', ['-q', '-d', padan.stores['office.url'], '-c', sql])
		: execFileSync('sqlite3', ['-cmd', '.timeout 5000', path.join(padan.dir, 'office.db'), sql]);
const weight = (re) => gzipSync(re.body).length + 400;
const today = () => new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10);
const ahead = (days) => new Date(Date.now() + 7 * 3600e3 + days * 86400e3).toISOString().slice(0, 10);

/** Fields of an addendum that is in order. */
const ADDENDUM = { 'addendum.number': '470/9/ADENDUM/CONTOH', 'addendum.ground': 'P9.2', 'addendum.subject': 'Perubahan isi' };
const addendum = () => ({ ...ADDENDUM, 'addendum.signed_on': today() });

const begin = async (b, code) => {
	await b.go('GET', `${DRAFT}?instansi=${code}`);
	return b.submit(`${DRAFT}/mulai`, {});
};
const save = (b, changes) => b.go('POST', DRAFT, { form: { ...formOf(b.page.body, DRAFT), ...changes } });
const record = (b, changes = { yakin: '1' }) => b.go('POST', `${DRAFT}/catat`, { form: { ...b.hidden(`${DRAFT}/catat`), ...changes } });
const drop = (b) => b.go('POST', `${DRAFT}/buang`, { form: b.hidden(`${DRAFT}/buang`) });

test('a new instansi: code and name are checked beside their fields, and kept', async () => {
	const b = await who('admin');
	let re = await b.submit('/instansi/baru', { kode: 'satu dua', nama: 'Kantor <b>Contoh</b>' });
	assert.equal(re.status, 400);
	assert.match(re.body, /id="skode" role="alert">Kode: huruf besar/);
	assert.match(re.body, /value="satu dua"/);
	assert.match(re.body, /Kantor &lt;b&gt;Contoh/);
	re = await b.submit('/instansi/baru', { kode: 'SATPOL', nama: '' });
	assert.match(re.body, /id="snama" role="alert">Nama instansi harus ada/);
	re = await b.submit('/instansi/baru', { kode: 'BPBD', nama: 'Yang Kedua' });
	assert.equal(re.status, 409);
	assert.match(text(re.body), /Kode BPBD sudah dipakai/);
	re = await b.submit('/instansi/baru', { kode: 'SATPOL', nama: 'Satuan Contoh' });
	assert.equal(re.status, 200);
	assert.match(text(re.body), /Instansi telah didaftarkan.*Versi pertama perjanjian belum dicatat/);
	assert.ok(padan.journal().some((e) => e.act === 'instansi' && e.about === 'instansi add SATPOL'));
});

test('P9.2: the first version, from an empty form with its mistakes to the record', async () => {
	const b = await who('admin');
	let re = await begin(b, 'SATPOL');
	assert.equal(re.status, 200);
	assert.doesNotMatch(re.body, /class="err"/); /* nobody is scolded before the first saving */
	re = await save(b, { begin: '2026-12-01', end: '2026-11-01', allow: '10.0.0.0/8\n300.1.1.1/24' });
	assert.match(re.body, /name="pks.number"[^>]*aria-invalid="true"/);
	assert.match(text(re.body), /Baris 2: 300\.1\.1\.1\/24 bukan alamat jaringan\./);
	assert.match(re.body, /value="2026-11-01"/);
	assert.match(text(re.body), /Rancangan belum dapat dicatat: masih ada \d+ isian/);
	assert.doesNotMatch(re.body, /action="\/perjanjian\/rancangan\/catat"/);
	const whole = {
		'pks.number': '470/3/PKS', 'pks.signed_on': today(), 'juknis.number': '470/3/JUKNIS', 'juknis.signed_on': today(),
		ministry_approval: '470/3/DUKCAPIL', 'parties.provider.office': 'Dinas Contoh', 'parties.provider.address': 'Jalan Contoh 1',
		'parties.provider.signer_position': 'Kepala Dinas', 'parties.instansi.office': 'Satuan Contoh',
		'parties.instansi.address': 'Jalan Contoh 3', 'parties.instansi.signer_position': 'Kepala Satuan', allow: '192.0.2.0/24',
		'network.provider': 'Penyedia Contoh', 'network.letter.number': '555/3', 'network.letter.signed_on': today(),
		'data_balikan.id_lembaga': '010003', 'data_balikan.nama_lembaga': 'Satuan Contoh',
		'contacts.0.side': 'provider', 'contacts.0.name': 'Petugas Contoh', 'contacts.0.position': 'Admin',
		'contacts.0.phone': '0000', 'contacts.0.email': 'a@dukcapil.example',
	};
	re = await save(b, { ...whole, begin: today(), end: ahead(-1) });
	/* what members say about each other is asked when each is well formed */
	re = await save(b, { 'contacts.1.side': 'instansi', 'contacts.1.name': 'Petugas Dua', 'contacts.1.position': 'Kasi', 'contacts.1.phone': '0000', 'contacts.1.email': 'b@satuan.example' });
	assert.match(re.body, /id="end.s">Hari terakhir mendahului hari pertama\./);
	re = await save(b, { end: ahead(700), allow: '192.0.2.0/24\n0.0.0.0/0' });
	assert.match(text(re.body), /Baris 2: 0\.0\.0\.0\/0 mencakup semua alamat\./);
	re = await save(b, { allow: '192.0.2.0/24' });
	assert.doesNotMatch(re.body, /class="err"/);
	re = await record(b, {});
	assert.equal(re.status, 400);
	assert.match(text(re.body), /Centang pernyataan ini sebelum mencatat/);
	re = await record(b);
	assert.match(text(re.body), /Versi baru telah dicatat.*Surat persetujuan Direktur Jenderal.*belum tercatat/);
	assert.match(text(re.body), /SPTJM yang ditandatangani kepala instansi belum tercatat/);
	const entry = padan.journal().find((e) => e.about === 'agreement record version=1');
	assert.ok(entry.version > 0);
});

test('P9.2: an addendum changes what it says, visibly, and nothing before its day', async () => {
	const b = await who('admin');
	await begin(b, 'BPBD');
	let re = await save(b, { ...addendum(), begin: ahead(30), 'methods.CALL_NIK.granted': '1', 'methods.CALL_NIK.quota_before_poc': '50', 'methods.CALL_NIK.quota_after_poc': '' });
	assert.ok(weight(re) <= 6 * 1024, `the draft's form: ${weight(re)}`);
	assert.match(text(re.body), /Web service data diberikan Metode akses dan kuota tidak ya/);
	assert.match(text(re.body), /Web service data: kuota sesudah PoC Metode akses dan kuota 0 tanpa batas/);
	re = await record(b);
	assert.match(text(re.body), /Versi 2 terjadwal/);
	assert.match(text(re.body), /Isi yang berlaku: versi 1/);
	re = await b.go('GET', '/perjanjian/versi?instansi=BPBD&n=2');
	assert.match(text(re.body), /Perubahan terhadap versi 1.*Web service data diberikan Metode akses dan kuota tidak ya/);
	assert.match(text(re.body), /Perubahan isi/);
	assert.ok(weight(re) <= 6 * 1024, `${weight(re)}`);
	re = await b.go('GET', '/perjanjian?instansi=BPBD');
	assert.ok(weight(re) <= 6 * 1024, `${weight(re)}`);
	assert.match(text(re.body), /Alat pembaca KTP-el tidak dipakai \(Juknis angka IV\)/); /* J.IV */
	/* a version that begins before it, and one past the term: beside their fields */
	await begin(b, 'BPBD');
	await save(b, { ...addendum(), begin: today() });
	re = await record(b);
	assert.equal(re.status, 409);
	assert.match(re.body, /id="begin.s">Versi 3 berlaku sebelum versi 2/);
	await save(b, { begin: ahead(31), end: ahead(1500) });
	re = await record(b);
	assert.match(re.body, /id="end.s">Versi 3 berakhir setelah masa berlaku perjanjian/);
	re = await drop(b);
	assert.match(text(re.body), /Rancangan telah dibuang/);
	assert.equal(padan.office("SELECT count(*) AS n FROM agreement_version v JOIN instansi i ON i.instansi_id = v.instansi_id WHERE i.code = 'BPBD'")[0].n, 2);
});

test('the file in and out: the same bytes as the command line, journaled', async () => {
	const b = await who('auditor');
	const re = await b.go('GET', '/perjanjian/berkas?instansi=BPBD&n=2');
	assert.equal(re.status, 200);
	assert.match(re.headers['content-disposition'], /attachment.*perjanjian-BPBD-versi-2\.json/);
	assert.equal(re.body, padan.run('agreement', 'export', padan.dir, 'BPBD', '2'));
	assert.ok(padan.journal().some((e) => e.act === 'export' && e.about === 'agreement export version=2' && e.user_id === 'auditor'));
	const head = await who('kepala');
	assert.equal((await head.go('GET', '/perjanjian/berkas?n=1')).body, padan.run('agreement', 'export', padan.dir, 'BPBD', '1'));

	const admin = await who('admin');
	await admin.go('GET', `${DRAFT}?instansi=BPBD`);
	const hidden = admin.hidden(`${DRAFT}/muat`);
	const load = async (json) => {
		const { body, type } = multipart(hidden, 'berkas', 'versi.json', json);
		return admin.padan.request('POST', `${DRAFT}/muat`, {
			body, headers: { 'Content-Type': type, Origin: padan.url, Cookie: [...admin.cookies].map(([k, v]) => `${k}=${v}`).join('; ') },
		});
	};
	const file = JSON.parse(re.body);
	for (const [json, status, words] of [
		['', 400, /Pilih berkas/],
		['{"a":', 400, /baris 1: berkas terpotong/i],
		[JSON.stringify({ ...file, version: 7 }), 409, /berkas ini versi 7; versi berikutnya adalah 3/i],
		[JSON.stringify({ ...file, version: 3, instansi: { code: 'DINKES', name: 'x' } }), 400, /milik instansi DINKES/],
		[JSON.stringify({ ...file, version: 3, terms: { ...file.terms, elements: ['NIK', 'GOL_DARAH'] } }), 400, /GOL_DARAH bukan elemen data yang dikenal/],
	]) {
		const refused = await load(json);
		assert.equal(refused.status, status, json.slice(0, 40));
		assert.match(text(refused.body), words);
		assert.match(refused.body, /id="sberkas" role="alert"/);
	}
	const next = { ...file, version: 3, terms: { ...file.terms, addendum: { number: 'A/3', signed_on: today(), ground: 'P9.3', subject: 'Juknis revisi 1' } } };
	assert.equal((await load(JSON.stringify(next))).status, 303);
	const shown = await admin.go('GET', `${DRAFT}?instansi=BPBD`);
	assert.match(text(shown.body), /Juknis revisi 1/);
	const second = await load(JSON.stringify(next));
	assert.equal(second.status, 409);
	assert.match(text(second.body), /telah disimpan, dicatat, atau dibuang orang lain/);
	await admin.go('GET', `${DRAFT}?instansi=BPBD`);
	await drop(admin);
});

test('J.II.B: a quota below what is used today is refused beside its field', async () => {
	const operator = await Browser.operator(padan);
	for (let i = 0; i < 3; i++) await operator.verify(padan.nik['01'][i]);
	const b = await who('admin');
	await begin(b, 'BPBD');
	await save(b, { ...addendum(), begin: ahead(30), 'methods.portal.quota_before_poc': '2' });
	let re = await record(b);
	assert.match(text(re.body), /Versi baru telah dicatat/, 'one that begins later may: today is not touched');
	const other = await (await Padan.demo({ residents: 200 })).start();
	try {
		const op = await Browser.operator(other);
		for (let i = 0; i < 3; i++) await op.verify(other.nik['01'][i]);
		const admin = new Browser(other);
		await admin.login('admin');
		await begin(admin, 'BPBD');
		await save(admin, { ...addendum(), 'methods.portal.quota_before_poc': '2' });
		re = await record(admin);
		assert.equal(re.status, 409);
		assert.match(text(re.body), /Kuota 2 di bawah pemakaian hari ini \(3 hit\)/);
		assert.match(re.body, /id="methods.portal.quota_before_poc"[^>]*aria-invalid="true"/);
		assert.equal(other.office('SELECT max(number) AS n FROM agreement_version')[0].n, 2, 'nothing half done');
		const file = JSON.parse(other.run('agreement', 'export', other.dir, 'BPBD', '1'));
		file.version = 2;
		file.terms.addendum = { number: 'A/2', signed_on: today(), ground: 'J.II.B', subject: 'Kuota turun' };
		file.terms.methods.portal.quota_before_poc = 2;
		const name = path.join(other.dir, '..', 'turun.json');
		execFileSync('sh', ['-c', 'cat >"$0"', name], { input: JSON.stringify(file) });
		const said = other.tryRun('agreement', 'apply', other.dir, name);
		assert.equal(said.status, 1);
		assert.match(said.stderr, /kuota 2 di bawah pemakaian hari ini/);
		await save(admin, { 'methods.portal.quota_before_poc': '3' });
		assert.match(text((await record(admin)).body), /Versi baru telah dicatat/);
		assert.match(text((await op.verify(other.nik['01'][4])).body), /Kuota akses hari ini telah habis/);
	} finally {
		await other.remove();
	}
});

test('two admins at once: one wins, the other sees the new state and what he had typed', async () => {
	const [a, b] = [await who('admin'), await who('admin2')];
	await begin(a, 'DINKES');
	await b.go('GET', `${DRAFT}?instansi=DINKES`);
	await save(a, { ...addendum(), begin: ahead(3) });
	let re = await save(b, { 'addendum.subject': 'Yang ditulis admin kedua' });
	assert.equal(re.status, 409);
	assert.match(text(re.body), /telah disimpan, dicatat, atau dibuang orang lain.*Yang ditulis admin kedua/);
	assert.match(re.body, /name="addendum.subject"[^>]*value="Perubahan isi"/);
	/* both press the button in the same moment */
	await b.go('GET', `${DRAFT}?instansi=DINKES`);
	await a.go('GET', `${DRAFT}?instansi=DINKES`);
	const both = await Promise.all([a, b].map((x) => x.go('POST', `${DRAFT}/catat`, { form: { ...x.hidden(`${DRAFT}/catat`), yakin: '1' }, follow: false })));
	assert.deepEqual(both.map((r) => r.status).sort(), [303, 409]);
	assert.equal(padan.office("SELECT count(*) AS n FROM agreement_version v JOIN instansi i ON i.instansi_id = v.instansi_id WHERE i.code = 'DINKES'")[0].n, 3);
	re = await b.submit(`${DRAFT}/mulai`, {}).catch(() => null);
	await a.go('GET', `${DRAFT}?instansi=DINKES`);
	if (a.page.body.includes(`${DRAFT}/buang`)) await drop(a);
});

test('office.two_persons: who saved it last does not record it', async () => {
	const other = await (await Padan.demo({ residents: 100, settings: { 'office.two_persons': 'on' } })).start();
	try {
		const [a, b] = [new Browser(other), new Browser(other)];
		await a.login('admin');
		await b.login('admin2');
		await begin(a, 'BPBD');
		let re = await save(a, addendum());
		assert.match(text(re.body), /Versi dicatat oleh admin lain/);
		re = await a.go('POST', `${DRAFT}/catat`, { form: { ...a.hidden(`${DRAFT}/buang`), yakin: '1' } });
		assert.equal(re.status, 409);
		assert.match(text(re.body), /oleh admin lain daripada yang terakhir menyimpan/);
		await b.go('GET', `${DRAFT}?instansi=BPBD`);
		assert.match(text((await record(b)).body), /Versi baru telah dicatat/);
	} finally {
		await other.remove();
	}
});

test('the auditor reads all of it and changes nothing; others do not come in', async () => {
	const auditor = await who('auditor');
	for (const page of ['/', '/perjanjian?instansi=BPBD', '/perjanjian/versi?instansi=BPBD&n=1', `${DRAFT}?instansi=BPBD`]) {
		const re = await auditor.go('GET', page);
		assert.equal(re.status, 200, page);
		const forms = re.body.match(/<form[^>]*method="post"[^>]*>/g) ?? [];
		assert.deepEqual(forms.filter((f) => !f.includes('"/keluar"')), [], page);
		assert.doesNotMatch(re.body, /href="\/(instansi\/baru|perjanjian\/status)/);
	}
	for (const page of ['/instansi/baru', '/perjanjian/status?instansi=BPBD']) assert.equal((await auditor.go('GET', page)).status, 403, page);
	await auditor.go('GET', '/sesi');
	const { csrf } = auditor.hidden('/sesi');
	for (const page of ['/instansi/baru', DRAFT, `${DRAFT}/mulai`, `${DRAFT}/muat`, `${DRAFT}/catat`, `${DRAFT}/buang`, '/perjanjian/status'])
		assert.equal((await auditor.go('POST', page, { form: { csrf, instansi: 'BPBD' }, follow: false })).status, 403, page);
	const operator = await who('operator1');
	for (const page of ['/perjanjian', '/perjanjian/versi?n=1', '/perjanjian/berkas?n=1', DRAFT, '/perjanjian/status', '/instansi/baru'])
		assert.equal((await operator.go('GET', page)).status, 403, page);
	const head = await who('kepala');
	assert.equal((await head.go('GET', '/perjanjian')).status, 200);
	assert.match(text((await head.go('GET', '/perjanjian?instansi=bpbd')).body), /Badan Penanggulangan/);
	const never = await head.go('GET', '/perjanjian?instansi=TIDAKADA'), foreign = await head.go('GET', '/perjanjian?instansi=DINKES');
	assert.equal(foreign.status, 404);
	const bare = (re) => re.body.replace(/value="[^"]*"/g, '');
	assert.equal(bare(foreign), bare(never), 'another one reads as one that never was');
});

test('ten thousand agencies: by pages, filtered and sorted, light and quick', async () => {
	write(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
		INSERT INTO instansi (code, name, name_key, state, made_us, state_us, last_day)
		SELECT 'UJI' || i, 'Kantor Uji ' || i, 'kantor uji ' || i, CASE WHEN i % 5 = 0 THEN 'suspended' ELSE 'active' END, 0, 0, 30000 + i FROM n`);
	const b = await who('admin');
	const get = async (target) => {
		const re = await b.go('GET', target);
		return { ...re, text: text(re.body) };
	};
	let re = await get('/');
	assert.match(re.text, /1–50 dari 10\.003/);
	assert.ok(weight(re) <= 6 * 1024, `${weight(re)}`);
	re = await get('/?hal=201');
	assert.match(re.text, /10\.001–10\.003 dari 10\.003/);
	assert.match(re.text, /Sebelumnya/);
	assert.doesNotMatch(re.text, /Berikutnya/);
	re = await get('/?cari=uji%2077&urut=hari&arah=turun');
	assert.match(re.text, /UJI7799 .*1–50 dari 111/);
	assert.ok(re.body.includes('hal=2') && re.body.includes('cari=uji%2077') && re.body.includes('arah=turun'));
	re = await get('/?keadaan=dibekukan');
	assert.match(re.text, /1–50 dari 2\.000/);
	for (const odd of ['%25', '_', '!', "'", '%00', 'x'.repeat(500), '%F0%9F%98%80']) assert.equal((await get(`/?cari=${odd}`)).status, 200, odd);
	assert.match((await get('/?cari=%25')).text, /Tidak ada instansi yang cocok/);
	const times = [];
	for (const t of ['/', '/?hal=150', '/?urut=hari', '/?urut=hari&arah=turun', '/?urut=keadaan', '/?cari=kantor']) times.push(`${t} ${(await quickest(() => get(t))).ms} ms`);
	console.log(`# ${times.join(', ')}`);
	assert.ok(times.every((t) => Number(/ (\d+) ms/.exec(t)[1]) < 1000), times.join());
});
