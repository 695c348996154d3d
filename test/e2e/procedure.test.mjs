// SPDX-License-Identifier: EUPL-1.2
// Requests through the pages: every kind from its form to an end, the letters as PDF, the
// scans, two admins at the same step, other agencies, and the texts of letters.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import path from 'node:path';
import { Padan, Browser, multipart, quickest, text } from './padan.mjs';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const NIK = '3304130101909999';
const day = (n = 0) => new Date(Date.now() + 7 * 3600e3 + n * 864e5).toISOString().slice(0, 10);
const LETTER = { nomor: '800/1/BPBD', tanggal: day() };
const ANSWER = { nomor: '470/2/DUKCAPIL', tanggal: day(), alasan: 'Sesuai ketentuan' };
const PERSON = {
	'pengguna.nama': 'Wulan Contoh', 'pengguna.nik': '330413 010190 9999', 'pengguna.jabatan': 'Analis',
	'pengguna.unit': 'Bidang Kedaruratan', 'pengguna.alamat': 'Jalan Contoh Nomor 2', 'pengguna.kode_wilayah': '33.04',
};
const scan = (name = 'berkas') => ({ name, filename: 'surat.png', bytes: PNG, type: 'image/png' });

let padan, head, admin, admin2, auditor, stranger;
const who = async (user) => {
	const b = new Browser(padan);
	await b.login(user);
	return b;
};
before(async () => {
	padan = await (await Padan.demo({ residents: 200 })).start();
	[head, admin, admin2, auditor, stranger] = [await who('kepala'), await who('admin'), await who('admin2'), await who('auditor'), await who('dinkes-kepala')];
});
after(() => padan?.remove());

/** Opens one; gives its number. */
const file = async (b, jenis, fields, attached) => {
	await b.go('GET', `/permohonan/baru?jenis=${jenis}`);
	const form = { ...b.hidden('/permohonan/baru'), ...fields };
	const re = await b.go('POST', '/permohonan/baru', { ...(attached ? { multipart: multipart(form, attached) } : { form }), follow: false });
	assert.equal(re.status, 303, text(re.body).slice(-900));
	return Number(/nomor=(\d+)/.exec(re.headers.location)[1]);
};
const see = async (b, id) => (await b.go('GET', `/permohonan/isi?nomor=${id}`));
/** Takes a step as its page offers it. */
const step = async (b, id, langkah, fields, { attached, status = 303 } = {}) => {
	await see(b, id);
	const form = { ...b.hidden('/permohonan/langkah'), langkah, ...fields };
	const re = await b.go('POST', '/permohonan/langkah', { ...(attached ? { multipart: multipart(form, attached) } : { form }), follow: false });
	assert.equal(re.status, status, text(re.body).slice(-900));
	return re;
};
const state = async (id) => text(/<span class="tag[^>]*>([\s\S]*?)<\/span>/.exec((await see(admin, id)).body)[1]);
const pdf = async (b, id, n, rest = '') => {
	const re = await b.go('GET', `/permohonan/surat?nomor=${id}&langkah=${n}${rest}`);
	assert.equal(re.status, 200, text(re.body));
	assert.equal(re.headers['content-type'], 'application/pdf');
	return execFileSync('pdftotext', ['-layout', '-', '-'], { input: re.bytes, encoding: 'utf8' }).replace(/\s+/g, ' ');
};
/** The next version of BPBD, by the command line. */
const version = (change) => {
	const at = padan.office("SELECT max(number) AS n FROM agreement_version v JOIN instansi i ON i.instansi_id = v.instansi_id WHERE i.code = 'BPBD'")[0].n;
	const json = JSON.parse(padan.run('agreement', 'export', padan.dir, 'BPBD', String(at)));
	json.version = at + 1;
	json.terms.addendum = { number: `470/${at + 1}/ADENDUM`, signed_on: day(), ground: 'P9.2', subject: 'contoh' };
	change(json.terms);
	const where = path.join(padan.dir, '..', 'version.json');
	writeFileSync(where, JSON.stringify(json));
	padan.run('agreement', 'apply', padan.dir, where);
	return at + 1;
};

test('J.II.A: a user id from the form to the BAST; the password is shown once', async () => {
	const id = await file(head, 'user-new', { ...LETTER, ...PERSON, 'pengguna.user_id': 'operator9', alasan: 'Tenaga tambahan' }, scan());
	assert.match(text((await see(head, id)).body), /330413 010190 9999/);
	assert.match(text((await see(auditor, id)).body), /330413 \*{6} \*\*99/);
	const form = await pdf(head, id, 0, '&lembar=formulir');
	assert.match(form, /Wulan Contoh.*330413 010190 9999.*33\.04/s);
	assert.doesNotMatch(await pdf(auditor, id, 0, '&lembar=formulir'), /010190/);
	const shown = await step(admin, id, 'create', { 'pengguna.user_id': 'operator9', 'petugas.nama': 'Sari Contoh', 'petugas.jabatan': 'Administrator' }, { status: 200 });
	const password = /([a-z0-9]{4}(-[a-z0-9]{4}){3})/.exec(text(shown.body))[1];
	assert.match(shown.headers['cache-control'], /no-store/);
	assert.ok(!(await see(admin, id)).body.includes(password), 'never again');
	const bast = await pdf(admin, id, 1);
	assert.match(bast, /SERAH TERIMA.*operator9/s);
	assert.match(bast, /Sari Contoh/);
	assert.ok(!bast.includes(password), 'the BAST holds no password');
	await step(admin, id, 'bast', { nomor: 'BA/9', tanggal: day() }, { status: 400 }); // the signed scan is owed
	await step(admin, id, 'bast', { nomor: 'BA/9', tanggal: day() }, { attached: scan() });
	assert.equal(await state(id), 'User ID diserahkan');
	const fresh = new Browser(padan);
	assert.match(text((await fresh.login('operator9', password)).body), /[Kk]ata sandi baru/); // P2.1c
	const lines = padan.journal().map((e) => e.line).join('\n');
	assert.match(lines, new RegExp(`request ${id} user-new create`));
	assert.match(lines, new RegExp(`user add operator9 request ${id}`));
	assert.ok(!lines.includes('Wulan') && !lines.includes(NIK));
});

test('a scan comes back as it was, to those entitled only', async () => {
	const id = await file(head, 'user-close', { ...LETTER, 'pengguna.user_id': 'operator2', alasan: 'Pindah tugas' }, scan());
	const re = await auditor.go('GET', `/permohonan/lampiran?nomor=${id}&langkah=0&berkas=berkas`);
	assert.equal(re.status, 200);
	assert.deepEqual(re.bytes, PNG);
	for (const q of [`nomor=${id}&langkah=0&berkas=kajian`, `nomor=${id}&langkah=7`, `nomor=99999&langkah=0`, 'nomor=x&langkah=0'])
		assert.equal((await admin.go('GET', `/permohonan/lampiran?${q}`)).status, 404, q);
	// what is no picture is refused beside its field, and the rest stays typed
	await head.go('GET', '/permohonan/baru?jenis=meeting');
	const form = { ...head.hidden('/permohonan/baru'), jenis: 'dispute', perihal: 'Tetap di sini', isi: 'x' };
	const bad = await head.go('POST', '/permohonan/baru', { multipart: multipart(form, { ...scan(), bytes: Buffer.from('MZ bukan gambar') }) });
	assert.equal(bad.status, 400);
	assert.match(bad.body, /value="Tetap di sini"/);
	assert.match(bad.body, /id="dispute-berkas"[^>]*aria-invalid="true"/);
	// J.II.B: closing asks for the materials
	await step(admin, id, 'close', { ...ANSWER, isi: 'Bahan dikembalikan' });
	assert.match(await pdf(head, id, 1), /DISETUJUI.*Bahan dikembalikan/s);
	await step(head, id, 'give-back', { tanggal: day(), catatan: 'Panduan cetak' });
	await step(admin, id, 'received', { tanggal: day() });
	assert.equal(await state(id), 'Ditutup, bahan telah diterima');
});

test('what another agency asked for is not there', async () => {
	const id = await file(head, 'user-change', { ...LETTER, ...PERSON, 'pengguna.user_id': 'operator1', alasan: 'Nama' });
	for (const at of ['isi?', 'surat?langkah=0&', 'lampiran?langkah=0&'])
		assert.equal((await stranger.go('GET', `/permohonan/${at}nomor=${id}`)).status, 404, at);
	await stranger.go('GET', '/sesi');
	const { csrf } = stranger.hidden('/keluar');
	const re = await stranger.go('POST', '/permohonan/langkah', { form: { csrf, nomor_permohonan: id, rev: 0, langkah: 'withdraw' } });
	assert.equal(re.status, 404);
	assert.match(text(re.body), /Permohonan itu tidak ada/);
	assert.equal(text((await stranger.go('GET', '/permohonan?instansi=BPBD')).body).includes('Nama'), false);
	assert.equal((await stranger.go('GET', '/permohonan?instansi=BPBD')).status, 404);
	assert.ok(!(await stranger.go('GET', '/permohonan')).body.includes(`nomor=${id}"`));
	// the auditor reads, the operator is not let in
	const seen = await see(auditor, id);
	assert.equal(seen.status, 200);
	assert.ok(!seen.body.includes('/permohonan/langkah'), 'no forms for the auditor');
	assert.equal((await (await who('operator1')).go('GET', '/permohonan')).status, 403);
	const token = (await auditor.go('GET', '/sesi'), auditor.hidden('/keluar').csrf);
	assert.equal((await auditor.go('POST', '/permohonan/langkah', { form: { csrf: token, nomor_permohonan: id, rev: 0, langkah: 'approve' } })).status, 403);
	await step(admin, id, 'approve', ANSWER);
	assert.equal(await state(id), 'Diubah');
});

test('two admins at the same step at the same moment: exactly one effect', async () => {
	const id = await file(head, 'user-new', { ...LETTER, ...PERSON, 'pengguna.user_id': 'operator11', alasan: 'x' });
	const fields = (user) => ({ langkah: 'create', 'pengguna.user_id': user, 'petugas.nama': 'Sari', 'petugas.jabatan': 'Admin' });
	await see(admin, id);
	await see(admin2, id);
	const [one, two] = [{ ...admin.hidden('/permohonan/langkah'), ...fields('operator11') }, { ...admin2.hidden('/permohonan/langkah'), ...fields('operator12') }];
	const got = await Promise.all([
		admin.go('POST', '/permohonan/langkah', { form: one, follow: false }),
		admin2.go('POST', '/permohonan/langkah', { form: two, follow: false }),
	]);
	assert.deepEqual(got.map((re) => re.status).sort(), [200, 409]);
	assert.match(text(got.find((re) => re.status === 409).body), /telah dilanjutkan orang lain.*BAST menunggu tanda tangan/);
	assert.equal(padan.office("SELECT count(*) AS n FROM user_account WHERE user_id IN ('operator11', 'operator12')")[0].n, 1);
	assert.equal(padan.office(`SELECT count(*) AS n FROM request_step WHERE request_id = ${id}`)[0].n, 2);
});

test('J.II.D: a PoC lifts the quota on the very next inquiry', async () => {
	const id = await file(head, 'poc', { ...LETTER, aplikasi: 'portal', 'aplikasi.keterangan': 'Verifikasi korban' });
	assert.match(await pdf(head, id, 0), /Web portal/);
	await step(admin, id, 'schedule', { ...ANSWER, mulai: day(), pukul: '09.00', lokasi: 'Ruang Rapat' });
	assert.match(await pdf(admin, id, 1), /09\.00 WIB.*Ruang Rapat/s);
	await step(admin, id, 'held', { dilaksanakan: day() });
	const operator = await Browser.operator(padan);
	assert.match(text((await operator.verify(padan.nik['01'][0])).body), /199 dari 200/);
	await step(admin, id, 'pass', { nomor: '470/7/POC', tanggal: day(), penanda_tangan: 'Kepala Dinas' });
	assert.match(await pdf(head, id, 3), /BERHASIL/);
	assert.match(text((await operator.verify(padan.nik['01'][1])).body), /tanpa batas/);
	const lines = padan.journal().map((e) => e.line).join('\n');
	assert.match(lines, new RegExp(`paper accept poc request ${id}`));
});

test('P6: an emergency quota is an addendum with an end, and owes a report', async () => {
	const quota = { ...LETTER, kejadian: 'Longsor Contoh', metode: 'portal', jumlah: '1.000', mulai: day(), akhir: day(13), alasan: 'Kahar' };
	await head.go('GET', '/permohonan/baru?jenis=quota');
	const bad = await head.submit('/permohonan/baru', { ...quota, akhir: '' });
	assert.equal(bad.status, 400);
	assert.match(text(bad.body), /Metode ini sudah tanpa batas kuota|Harus diisi/);
	// its PoC was passed above: what has no limit cannot be raised
	const unlimited = await head.submit('/permohonan/baru', quota);
	assert.match(text(unlimited.body), /Metode ini sudah tanpa batas kuota/);
});

test('J.I.C, J.II.C: network and method end in a version that is linked', async () => {
	const network = {
		...LETTER, 'jaringan.penyedia': 'Penyedia Lain Contoh', 'jaringan.kecepatan': '5', 'jaringan.biaya': 'instansi',
		'jaringan.pendamping': 'provider', 'jaringan.alamat': 'Pusdalops', mulai: day(9), alasan: 'Lambat',
	};
	const id = await file(head, 'network', network, scan('kajian'));
	assert.match(await pdf(head, id, 0), /Penyedia Lain Contoh.*5/s);
	await step(admin, id, 'reply', ANSWER);
	assert.match(await pdf(admin, id, 1), /DISETUJUI/);
	const two = version((t) => { t.addendum.ground = 'J.I.C'; t.network.provider = 'Penyedia Lain Contoh'; });
	await step(admin, id, 'changed', { tanggal: day(), versi: '1' }, { status: 400 });
	await step(admin, id, 'changed', { tanggal: day(), versi: two });
	assert.equal(await state(id), 'Diubah dan dicatat');

	const method = await file(head, 'method', { ...LETTER, metode: 'CALL_VERIFY_BY_ELEMEN', elemen: 'tetap', mulai: day(9), alasan: 'Posko' }, scan('kajian'));
	await step(admin, method, 'reply', ANSWER);
	await step(admin, method, 'ministry', { nomor: '400.8/9/DJ', tanggal: day(), penanda_tangan: 'Direktur Jenderal' });
	const three = version((t) => { t.addendum.ground = 'J.II.C'; t.ministry_approval = '400.8/9/DJ'; Object.assign(t.methods.CALL_VERIFY_BY_ELEMEN, { granted: true, quota_before_poc: 100, quota_after_poc: -1 }); });
	await step(admin, method, 'addendum', { versi: three });
	const addendum = await pdf(head, method, 3);
	assert.match(addendum, /ADENDUM PERJANJIAN KERJA SAMA/);
	assert.match(addendum, /Web service kesesuaian/);
	assert.match(addendum, /400\.8\/9\/DJ/);
	assert.equal(await state(method), 'Dituangkan dalam adendum');

	// P6: now there is a method with a limit
	const quota = { ...LETTER, kejadian: 'Longsor Contoh', metode: 'CALL_VERIFY_BY_ELEMEN', jumlah: '1.000', mulai: day(), akhir: day(13), alasan: 'Kahar' };
	const emergency = await file(head, 'quota', quota);
	await step(admin, emergency, 'approve', { nomor: '470/5/ADENDUM', tanggal: day(), jumlah: '800' });
	assert.match(text((await see(head, emergency)).body), /Giliran: BPBD, mulai/);
	const paper = await pdf(admin, emergency, 1);
	assert.match(paper, /470\/5\/ADENDUM.*100.*800/s);
	const early = await step(head, emergency, 'report', { nomor: '1', tanggal: day(), terpakai: '0', kendala: '-' }, { status: 400 });
	assert.match(text(early.body), /Laporan disampaikan setelah kuota darurat berakhir/);
});

test('J.VI.H, J.II.D, P7, J.VI.C, P4: notices, application, dispute, meeting, renewal', async () => {
	const official = await file(head, 'official', {
		...LETTER, 'pejabat.status': 'plh', 'pejabat.baru': 'Hadi Contoh', 'pejabat.jabatan': 'Kepala Pelaksana', dasar: '821/1/SK', mulai: day(), akhir: day(20),
	}, scan());
	assert.match(await pdf(head, official, 0), /Hadi Contoh.*Pelaksana Harian/s);
	await step(admin, official, 'acknowledge', ANSWER);
	assert.match(await pdf(head, official, 1), /Plh\./); // from now on letters go to him

	const structure = await file(head, 'structure', {
		...LETTER, perihal: 'Bidang baru', isi: 'Dibentuk', narahubung: 'Petugas Contoh Lima; Kepala Bidang Data; 0000-000-0005; data5@bpbd.example',
	}, scan());
	await step(admin, structure, 'acknowledge', ANSWER);
	assert.equal(await state(structure), 'Dicatat');

	const application = await file(head, 'application', {
		...LETTER, aplikasi: 'Posko Lapangan', kode: 'posko-lapangan', 'aplikasi.keterangan': 'Verifikasi di posko', metode: 'portal', elemen: 'tetap', mulai: day(9),
	});
	const versi = version((t) => {
		t.addendum.ground = 'J.II.D';
		t.applications = [{ code: 'posko-lapangan', name: 'Posko Lapangan', method: 'portal' }];
		t.juknis.revisions = [{ revision: 1, signed_on: day(), subject: 'Posko' }];
	});
	await step(admin, application, 'record', { versi });
	assert.match(text((await admin.go('GET', '/permohonan?jenis=poc&keadaan=berjalan')).body), /Posko Lapangan/);

	await admin.go('GET', '/permohonan/baru?jenis=dispute');
	const nobody = await admin.submit('/permohonan/baru', { instansi: 'TIDAKADA', perihal: 'x', isi: 'y' });
	assert.match(text(nobody.body), /Instansi dengan kode itu tidak ada/);
	const dispute = await file(admin, 'dispute', { instansi: 'bpbd', perihal: 'Batas kuota', isi: 'Penafsiran berbeda' });
	const minutes = { nomor: 'BA/1', tanggal: day(), pukul: '09.00', lokasi: 'Dinas', pembahasan: 'Dibahas bersama', kesimpulan: 'Sepakat', penanda_tangan: 'Kepala Dinas' };
	await step(admin, dispute, 'deliberate', minutes);
	await step(admin, dispute, 'deliberate', { ...minutes, nomor: 'BA/2' });
	assert.match(await pdf(head, dispute, 2), /BA\/2.*Dibahas bersama/s);
	await step(admin, dispute, 'settle', { nomor: 'K/1', tanggal: day(), catatan: 'Sepakat' });

	const meeting = await file(head, 'meeting', { perihal: 'Evaluasi', mulai: day(), pukul: '10:00', lokasi: 'Dinas' });
	await step(admin, meeting, 'minutes', { nomor: 'BA/3', tanggal: day(), isi: 'Pembahasan rapat', kesimpulan: 'Lanjut', penanda_tangan: 'Kepala Dinas' });
	assert.match(await pdf(head, meeting, 1), /BA\/3.*10\.00 WIB.*Pembahasan rapat/s);

	const renewal = await file(head, 'renewal', { ...LETTER, mulai: day(400), akhir: day(1460), alasan: 'Dilanjutkan' });
	await step(admin, renewal, 'forward', { ...ANSWER, isi: 'Berjalan baik' });
	assert.match(await pdf(head, renewal, 1), /Berjalan baik/);
	await step(admin, renewal, 'draft', { tanggal: day() });
	await step(admin, renewal, 'ministry', { nomor: '400.8/10/DJ', tanggal: day(), penanda_tangan: 'Direktur Jenderal' });
	const renewed = version((t) => { t.addendum.ground = 'P4'; t.ministry_approval = '400.8/10/DJ'; t.end = day(1460); });
	await step(admin, renewal, 'record', { versi: renewed });
	assert.equal(await state(renewal), 'Diperpanjang');
});

test('the count in the menu, the filter and the weight of a page', async () => {
	const id = await file(head, 'meeting', { perihal: 'Hari ini', mulai: day(), pukul: '10.00', lokasi: 'Dinas' });
	const re = await admin.go('GET', '/panduan');
	const n = Number(/Permohonan <b class="tag warn">(\d+)</.exec(re.body)[1]);
	assert.ok(n >= 1);
	assert.match((await admin.go('GET', '/permohonan')).body, new RegExp(`>${n} menunggu Anda<`));
	assert.match((await admin.go('GET', '/permohonan?jenis=meeting&keadaan=berjalan&instansi=BPBD')).body, new RegExp(`nomor=${id}"`));
	assert.ok(!(await admin.go('GET', '/permohonan?jenis=poc')).body.includes(`nomor=${id}"`));
	for (const [b, at] of [[admin, '/permohonan'], [admin, `/permohonan/isi?nomor=1`], [head, '/permohonan/baru'], [head, '/permohonan/baru?jenis=user-new'], [admin, '/naskah'], [admin, '/naskah/isi?surat=adendum'], [admin, '/naskah/isi?surat=laporan-semester']]) {
		const page = await b.go('GET', at, { headers: { 'Accept-Encoding': 'identity' } });
		const weight = gzipSync(page.body).length + 400;
		assert.ok(weight <= 6 * 1024, `${at} weighs ${weight}`);
	}
});

test('texts of letters: edited, checked by line, tried, used, restored', async () => {
	await admin.go('GET', '/naskah/isi?surat=permohonan-poc');
	let re = await admin.submit('/naskah/isi', { isi: '# JUDUL\n{{tidak.ada}}\n', tindakan: 'simpan' });
	assert.equal(re.status, 400);
	assert.match(text(re.body), /Baris 2:/);
	assert.ok(re.body.includes('{{tidak.ada}}'), 'kept');
	re = await admin.submit('/naskah/isi', { isi: '# CONTOH JUDUL LAIN\n\nUntuk {{instansi.nama}}.\n', tindakan: 'contoh' });
	assert.equal(re.headers['content-type'], 'application/pdf');
	await admin.go('GET', '/naskah/isi?surat=permohonan-poc');
	const stale = { ...admin.hidden('/naskah/isi') };
	re = await admin.submit('/naskah/isi', { isi: '# JUDUL LAIN\n\nUntuk {{instansi.nama}}.\n', tindakan: 'simpan' });
	assert.match(text(re.body), /Naskah telah disimpan/);
	const poc = Number(/isi\?nomor=(\d+)"/.exec((await admin.go('GET', '/permohonan?jenis=poc')).body)[1]);
	assert.match(await pdf(head, poc, 0), /JUDUL LAIN Untuk Badan Penanggulangan/);
	re = await admin.go('POST', '/naskah/isi', { form: { ...stale, isi: '# X', tindakan: 'simpan' } });
	assert.equal(re.status, 400);
	assert.match(text(re.body), /telah diubah orang lain/);
	await admin.go('GET', '/naskah/isi?surat=permohonan-poc');
	await admin.submit('/naskah/isi', { isi: '', tindakan: 'bawaan' });
	assert.doesNotMatch(await pdf(head, poc, 0), /JUDUL LAIN/);
	await admin.go('GET', '/naskah');
	re = await admin.submit('/naskah/kop', { kop1: 'Pemerintah Kabupaten Contoh', kop2: 'Dinas Kependudukan', tempat: 'Kota Contoh', pejabat: 'Satria Contoh', nip: '' });
	assert.match(text(re.body), /Naskah telah disimpan/);
	assert.match(await pdf(admin, poc, 0), /Kota Contoh/);
	await admin.go('GET', '/naskah/isi?surat=laporan-semester');
	re = await admin.submit('/naskah/isi', { isi: '# LAPORAN\n{{each bulan}}\n- {{bulan.hit}} hit\n{{end}}\n@grafik kolom hari.label hari.hit hari.kuota\n', tindakan: 'contoh' });
	assert.equal(re.headers['content-type'], 'application/pdf');
	re = await admin.submit('/naskah/isi', { isi: '# LAPORAN\n@grafik kolom hari.label bulan.hit\n', tindakan: 'simpan' });
	assert.match(text(re.body), /Baris 2: @grafik: isiannya berasal dari satu daftar/);
	assert.equal((await auditor.go('GET', '/naskah/isi?surat=bast')).status, 200);
	assert.equal((await auditor.go('GET', '/naskah/contoh?surat=bast')).headers['content-type'], 'application/pdf');
	assert.equal((await head.go('GET', '/naskah')).status, 403);
});

test('ten thousand requests: a page of fifty, and a quick one', async () => {
	if (padan.stores['office.url']) return;
	padan.fill(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
		INSERT INTO request (instansi_id, kind, state, turn, waits_day, rev, title, subject, late, by_provider, opened_by, opened_us, moved_us)
		SELECT (SELECT instansi_id FROM instansi WHERE code = 'BPBD'), 'meeting', CASE WHEN i % 4 = 0 THEN 'filed' ELSE 'done' END,
		CASE WHEN i % 4 = 0 THEN 'provider' ELSE '' END, 0, 0, 'Rapat ' || i, '', 0, 0, 'kepala', i, i FROM n`);
	const { re, ms } = await quickest(() => admin.go('GET', '/permohonan?hal=190'));
	assert.equal(re.status, 200);
	assert.match(text(re.body), /9\.451–9\.500 dari 10\.\d{3}/);
	assert.ok(ms < 400, `${ms} ms`);
	assert.equal((re.body.match(/isi\?nomor=/g) ?? []).length, 50);
});
