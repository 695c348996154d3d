// SPDX-License-Identifier: EUPL-1.2
// One agency never sees or touches another's: every route of both doors' tables, asked
// by every role of another agency, with the ids of that other one in every parameter
// that is known. A route without a row in `probes` fails, so that whoever adds a page
// says here how it could be misused.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Padan, Browser, root, text } from './padan.mjs';

let padan;
/** What belongs to BPBD, from the office itself: words that may not show, ids to try. */
const his = { words: [], ids: {} };

before(async () => {
	padan = await (await Padan.demo({ residents: 300 })).start();
	const operator = await Browser.operator(padan);
	const re = await operator.verify(padan.nik['01'][0]);
	his.ids.nik = padan.nik['01'][0];
	his.ids.ref = /Ref\. <span class="n">([^<]*)/.exec(re.body)[1];
	await operator.go('GET', '/korban/unggah');
	const listed = await operator.submitFile('/korban/unggah', { kejadian: /<option value="(\d+)"/.exec(operator.page.body)[1] },
		{ name: 'berkas', filename: 'rahasia.csv', bytes: Buffer.from(`NIK;KETERANGAN\n${his.ids.nik};Hilang\n3304060101909999;Keterangan Rahasia\n`) });
	assert.match(text(listed.body), /Keterangan Rahasia/);
	const head = new Browser(padan);
	await head.login('kepala');
	await head.go('GET', '/kejadian');
	await head.submit('/kejadian/baru', { jenis: 'Banjir', nama: 'Banjir Rahasia Sekali', tempat: 'Desa Rahasia', tanggal: '2026-01-02' });
	padan.run('agreement', 'state', padan.dir, 'BPBD', 'suspended', '--note', 'Sebab Rahasia');
	padan.run('agreement', 'state', padan.dir, 'BPBD', 'active');
	const admin = new Browser(padan);
	await admin.login('admin');
	await admin.go('GET', '/perjanjian/rancangan?instansi=BPBD');
	await admin.submit('/perjanjian/rancangan/mulai', {});
	await head.go('GET', '/permohonan/baru?jenis=meeting');
	await head.submit('/permohonan/baru', { jenis: 'meeting', perihal: 'Rapat Tertutup Sekali', mulai: '2099-01-05', pukul: '09.00', lokasi: 'Ruang Rahasia' });
	const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
	await head.go('GET', '/dokumen/baru?jenis=iso27001');
	const filed = await head.submitFile('/dokumen/baru', { jenis: 'iso27001', surat: 'ISO/RAHASIA/1', penanda: 'Lembaga Rahasia', tanggal: '2026-01-02' },
		{ name: 'berkas', filename: 'rahasia.png', bytes: png, type: 'image/png' });
	assert.match(text(filed.body), /telah diajukan/);
	const one = (sql) => padan.office(sql)[0].n;
	const of_bpbd = "instansi_id = (SELECT instansi_id FROM instansi WHERE code = 'BPBD')";
	his.ids.person = one(`SELECT max(person_id) AS n FROM feedback_person WHERE ${of_bpbd}`);
	assert.ok(his.ids.person > 0, 'BPBD owes data balikan');
	his.ids.kejadian = one(`SELECT max(kejadian_id) AS n FROM kejadian WHERE ${of_bpbd}`);
	his.ids.paper = one(`SELECT max(paper_id) AS n FROM paper WHERE ${of_bpbd}`);
	his.ids.request = one(`SELECT max(request_id) AS n FROM request WHERE ${of_bpbd}`);
	assert.ok(his.ids.request > 0, 'BPBD has a request');
	his.ids.scanned = one(`SELECT max(paper_id) AS n FROM paper WHERE ${of_bpbd} AND scan_id > 0`);
	assert.ok(his.ids.scanned > 0, 'BPBD has a scanned paper');
	his.ids.list = one(`SELECT max(list_id) AS n FROM list_kept WHERE ${of_bpbd}`);
	assert.ok(his.ids.list > 0, 'BPBD has a list under way');
	await head.go('GET', '/insiden/baru');
	const leak = await head.submit('/insiden/baru', { jenis: 'tersebar', judul: 'Insiden Rahasia Sekali', diketahui: new Date(Date.now() + 7 * 3600e3 - 120e3).toISOString().slice(0, 16), uraian: 'Uraian Rahasia' });
	assert.match(text(leak.body), /Insiden telah dibuka/);
	const day = new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10);
	await head.submit('/insiden/akses', { mulai: day, sampai: day, userid: '', kejadian: '' });
	his.ids.incident = one(`SELECT max(incident_id) AS n FROM incident WHERE ${of_bpbd}`);
	his.ids.affected = one(`SELECT max(list_id) AS n FROM affected_list WHERE ${of_bpbd}`);
	assert.ok(his.ids.incident > 0 && his.ids.affected > 0, 'BPBD has an incident and a list');
	for (let i = 0; one(`SELECT done_us AS n FROM affected_list WHERE list_id = ${his.ids.affected}`) === 0; i++) {
		assert.ok(i < 600, 'the list is made');
		await new Promise((r) => setTimeout(r, 100));
	}
	his.ids.step = one(`SELECT max(step_id) AS n FROM instansi_step WHERE ${of_bpbd}`);
	assert.ok(his.ids.step > 0, 'BPBD has a step of its life');
	await admin.submit('/evaluasi/baru', { instansi: 'BPBD', jenis: 'masa', dari: day, sampai: day });
	his.ids.evaluation = one(`SELECT max(evaluation_id) AS n FROM evaluation WHERE ${of_bpbd}`);
	assert.ok(his.ids.evaluation > 0, 'BPBD is evaluated');
	padan.fill(`UPDATE evaluation SET state = 'final', number = 'EVAL/RAHASIA', findings = 'Temuan Rahasia', recommendation = 'bekukan', signed_day = first_day WHERE evaluation_id = ${his.ids.evaluation}`);
	await head.go('GET', '/laporan/baru');
	await head.submit('/laporan/baru', { jenis: 'request', mulai: '2026-01-01', akhir: '2026-01-31', perihal: 'Laporan Rahasia Sekali' });
	his.ids.report = one(`SELECT max(report_id) AS n FROM report WHERE ${of_bpbd}`);
	assert.ok(his.ids.report > 0, 'BPBD has a report');
	const vkey = padan.run('journal', 'cosign-key', path.join(padan.dir, '..', 'kunci.rahasia'), '--name', 'kunci-rahasia-sekali');
	await head.go('GET', '/jurnal/tanda-tangan');
	await head.submit('/jurnal/kunci', { vkey });
	his.ids.kunci = one(`SELECT max(key_id) AS n FROM cosign_key WHERE ${of_bpbd}`);
	assert.ok(his.ids.kunci > 0, 'BPBD has a key for checkpoints');
	his.ids.sesi = one(`SELECT max(s.session_id) AS n FROM session s WHERE s.user_key IN (SELECT user_key FROM user_account WHERE ${of_bpbd})`);
	const access = async (client_id, client_secret) => {
		const re = await padan.request('POST', '/api/v1/token', { body: new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret }).toString(),
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
		assert.equal(re.status, 200, re.body);
		return JSON.parse(re.body).access_token;
	};
	his.access = await access('bpbd-balikan', JSON.parse(readFileSync(path.join(padan.dir, 'demo-accounts.json'))).tokens.find((t) => t.instansi === 'BPBD').token);
	padan.fill("UPDATE user_account SET scopes = 'verifikasi kesesuaian balikan:read balikan:write kejadian:read kejadian:write perjanjian:read jurnal:read pemakaian:read' WHERE user_id = 'dinkes-layanan'");
	his.bearer = await access('dinkes-layanan', padan.accounts['dinkes-layanan'].password);
	his.words = ['BPBD', 'Badan Penanggulangan', 'Banjir Rahasia', 'Desa Rahasia', '470/001/PKS', '470/001/JUKNIS', 'bpbd.example',
		'FR.01/001', 'NDA/001', 'NDA/002', 'operator1', 'bpbd-balikan', '010001', 'Rapat Tertutup', 'Ruang Rahasia', 'ISO/RAHASIA', 'Lembaga Rahasia', 'Sebab Rahasia', 'Keterangan Rahasia', 'EVAL/RAHASIA', 'Temuan Rahasia', 'Insiden Rahasia', 'Uraian Rahasia', 'Laporan Rahasia', his.ids.ref];
});
after(() => padan?.remove());

/** The tables as they are compiled: [method, path, flags]. */
const routes = () => {
	const source = ['web', 'api'].map((room) => readFileSync(path.join(root, `src/${room}/routes.c`), 'utf8')).join('');
	const rows = [...source.matchAll(/^\t\{HTTP_(GET|POST), "([^"]+)",/gm)].map(([, method, p]) => `${method} ${p}`);
	assert.ok(rows.length > 20);
	return rows;
};

const NAMED = { instansi: 'BPBD' };
const EVERY_ID = () => ({ ...NAMED, n: '1', nomor: String(his.ids.paper), user: 'operator1', user_id: 'operator1', kejadian: String(his.ids.kejadian), rev: '1', yakin: '1', sesi: String(his.ids.sesi ?? 1), hal: '1' });
/** Data balikan with a token of the other agency that names this one, and its kejadian. */
const telling = {
	ask: () => ({ nik: his.ids.nik, id_lembaga: '010001', param: JSON.stringify([{ KETERANGAN_KORBAN: 'Hilang', JENIS_BENCANA: 'Banjir', KEJADIAN: his.ids.kejadian }]) }),
	headers: () => ({ Authorization: `Bearer ${JSON.parse(readFileSync(path.join(padan.dir, 'demo-accounts.json'))).tokens.find((t) => t.instansi === 'DINKES').token}` }),
	status: 403,
};
/** An inquiry with a secret of the other agency, for this one's path, person and kejadian. */
const asking = {
	at: '/dukcapil/get_json/BPBD/CALL_NIK', ask: EVERY_ID, status: 200,
	json: () => ({ NIK: his.ids.nik, KEJADIAN: his.ids.kejadian, user_id: 'dinkes-layanan', password: padan.accounts['dinkes-layanan'].password, IP_USER: '127.0.0.1' }),
	says: '{"RESPONSE_CODE":"03","RESPON":"Login Gagal","RESPONSE":"Login Gagal"}',
};
/** /api/v1 with an access token of the other agency. */
const v1 = (more) => ({ ask: EVERY_ID, headers: () => ({ Authorization: `Bearer ${his.bearer}` }), ...more });
const v1_told = () => ({ nik: his.ids.nik, kejadian: Number(his.ids.kejadian), keterangan: 'hilang' });
/** The same through /api/v1 with a token of the other agency: the kejadian is not its own. */
const asking_v1 = {
	ask: EVERY_ID, status: 422, headers: () => ({ Authorization: `Bearer ${his.bearer}` }), says: '"type":"/api/v1/problems/kejadian-tidak-terbuka"',
	json: () => ({ nik: his.ids.nik, kejadian: his.ids.kejadian }),
};
/** What a program reads, with a token of the other agency. */
const with_token = { ask: EVERY_ID, status: 200, headers: () => ({ Authorization: `Bearer ${his.bearer}` }) };
const own = () => ({ client_id: 'dinkes-layanan', client_secret: padan.accounts['dinkes-layanan'].password });
/** Everything a row may be asked with; a function gets the ids. `open`: what the page
 * shows belongs to nobody (the calendar, the guide). */
const ids = { ask: EVERY_ID };
const request = { ask: () => ({ ...EVERY_ID(), nomor: String(his.ids.request), nomor_permohonan: String(his.ids.request), rev: '0', langkah: '0', berkas: 'berkas' }) };
const report = { ask: () => ({ ...EVERY_ID(), r: String(his.ids.report), rev: '0', langkah: 'recount', kendala: 'penyusup' }) };
const list = { ask: () => ({ ...EVERY_ID(), nomor: String(his.ids.list) }) };
const incident = { ask: () => ({ ...EVERY_ID(), nomor: String(his.ids.incident), daftar: String(his.ids.affected) }) };
const scanned = { ask: () => ({ ...EVERY_ID(), nomor: String(his.ids.scanned) }) };
const person = { ask: () => ({ ...EVERY_ID(), id: String(his.ids.person) }) };
const program = { ask: () => ({ ...EVERY_ID(), user: 'bpbd-balikan', tanggal: '2026-01-02', nomor: 'BA/1' }) };
const evaluation = { ask: () => ({ ...EVERY_ID(), e: String(his.ids.evaluation), langkah: 'buang', evaluasi: String(his.ids.evaluation) }) };
const probes = {
	'GET /evaluasi': evaluation, 'GET /evaluasi/baru': evaluation, 'GET /evaluasi/isi': evaluation, 'GET /evaluasi/hitung': evaluation, 'GET /evaluasi/surat': evaluation,
	'POST /evaluasi/baru': { ask: () => ({ ...evaluation.ask(), jenis: 'semester', semester: '2025-1' }) },
	'POST /evaluasi/isi': evaluation, 'POST /evaluasi/langkah': { ask: () => ({ ...evaluation.ask(), langkah: 'sampaikan', tanggal: '2026-01-02' }) },
	'GET /aset/*': { ask: () => ({}), at: '/aset/tidak-ada' },
	'GET /masuk': ids, 'POST /masuk': { ask: () => ({ user_id: 'operator1', password: 'tebakan-yang-salah' }) },
	'GET /keluar': ids, 'POST /keluar': { skip: 'ends the own session, named by the cookie alone' },
	'GET /': ids, 'GET /panduan': ids, 'GET /panduan/balikan': ids, 'GET /panduan/latihan': ids,
	'GET /panduan/api': ids, 'GET /panduan/api/*': { ask: EVERY_ID, at: '/panduan/api/verifikasi' },
	'GET /api/v1/openapi.json': ids,
	'GET /verifikasi': ids, 'POST /verifikasi': { ask: () => ({ ...EVERY_ID(), nik: '3304010101019999' }) },
	'POST /verifikasi/slip': { ask: () => ({ nik: his.ids.nik, ref: his.ids.ref }), typed: true },
	'POST /korban/catat': { ask: () => ({ ...EVERY_ID(), nik: his.ids.nik, keterangan: 'hilang' }), typed: true },
	'POST /korban/cari': { ask: () => ({ ...EVERY_ID(), nik: his.ids.nik }), typed: true },
	'GET /slip': ids, 'POST /slip': { ask: () => ({ nik: his.ids.nik, ref: his.ids.ref, mac: '' }), typed: true },
	'GET /kejadian': ids, 'POST /kejadian': ids, 'GET /kejadian/arsip': ids, 'GET /kejadian/tutup': ids,
	'POST /kejadian/tutup': { ask: () => ({ ...EVERY_ID(), yakin: '1' }) },
	'GET /korban': { ask: () => ({ ...EVERY_ID(), tersimpan: String(his.ids.person), cetak: '1' }) }, 'GET /korban/orang': person,
	'POST /korban/orang': { ask: () => ({ ...person.ask(), keterangan: 'meninggal', bentuk: 'korban' }) },
	'POST /kejadian/baru': { ask: () => ({ ...EVERY_ID(), jenis: 'Banjir', nama: '', tempat: 'x', tanggal: '2026-01-01' }) },
	'GET /korban/unggah': ids, 'POST /korban/unggah': list, 'GET /korban/unggah/contoh': ids, 'GET /korban/unggah/daftar': list,
	'GET /korban/unggah/perbaikan': list, 'POST /korban/unggah/simpan': list, 'POST /korban/unggah/buang': list,
	'GET /kalender': ids, 'POST /kalender': ids,
	'GET /kode': ids, 'POST /kode': { ask: () => ({ ...EVERY_ID(), kode: '000000' }) },
	'GET /kode/daftar': ids, 'POST /kode/daftar': { ask: () => ({ ...EVERY_ID(), kode: '000000' }) },
	'GET /kode/atur': ids, 'POST /kode/atur': { ask: () => ({ ...EVERY_ID(), password: 'x', kode: '000000' }) },
	'GET /kewajiban': ids,
	'GET /panduan/pengawasan': ids,
	'GET /dasbor': ids,
	'GET /dasbor/sekarang': ids,
	'GET /balikan': ids, 'GET /balikan/instansi': ids, 'GET /balikan/unduh': ids, 'GET /korban/unduh': ids,
	'GET /pengguna': ids, 'GET /pengguna/rincian': ids, 'GET /pengguna/baru': ids, 'GET /pengguna/bast': ids,
	'POST /pengguna/baru': { ask: () => ({ ...EVERY_ID(), peran: 'operator', nama: 'x', jabatan: 'x' }) },
	'POST /pengguna/ubah': ids, 'POST /pengguna/tutup': ids, 'POST /pengguna/bahan': ids, 'POST /pengguna/buka': ids,
	'POST /pengguna/kode': ids, 'POST /pengguna/sandi': ids,
	'GET /layanan': ids, 'GET /layanan/rincian': program, 'GET /layanan/bast': program,
	'POST /layanan/kredensial': { ask: () => ({ ...program.ask(), lama: '0' }) },
	'POST /layanan/akhiri': { ask: () => ({ ...program.ask(), nomor: 'semua' }) },
	'POST /layanan/cakupan': { ask: () => ({ ...program.ask(), 'kejadian:write': '1' }) },
	'POST /layanan/ikatan': { ask: () => ({ ...program.ask(), alamat: '198.51.100.0/24', sidik: 'a'.repeat(64) }) },
	'GET /dokumen': ids, 'GET /dokumen/rincian': scanned, 'GET /dokumen/pindaian': scanned, 'GET /dokumen/baru': ids,
	'POST /dokumen/putuskan': { ask: () => ({ ...scanned.ask(), keputusan: 'tolak', alasan: 'penyusup' }) },
	'POST /dokumen/baru': { ask: () => ({ ...EVERY_ID(), jenis: 'iso27001', surat: 'X/1', penanda: 'x', tanggal: '2026-01-02' }) },
	'GET /dokumen/cetak': { ask: () => ({ ...EVERY_ID(), jenis: 'nda' }) },
	'GET /pejabat': ids, 'POST /pejabat': { ask: () => ({ ...EVERY_ID(), nama: 'x', jabatan: 'x', mulai: '2026-01-02', surat: 'x' }) },
	'GET /pejabat/narahubung': ids, 'POST /pejabat/narahubung': ids,
	'GET /permohonan': ids, 'GET /permohonan/baru': ids,
	'POST /permohonan/baru': { ask: () => ({ ...EVERY_ID(), jenis: 'user-close', 'pengguna.user_id': 'operator1', nomor: 'X/2', tanggal: '2026-01-02', alasan: 'x' }) },
	'GET /permohonan/isi': request, 'GET /permohonan/surat': request, 'GET /permohonan/lampiran': request,
	'POST /permohonan/langkah': { ask: () => ({ ...request.ask(), langkah: 'withdraw' }) },
	'GET /laporan': ids, 'GET /laporan/baru': ids, 'GET /laporan/isi': report, 'GET /laporan/hitung': report,
	'POST /laporan/baru': { ask: () => ({ ...EVERY_ID(), jenis: 'request', mulai: '2026-01-01', akhir: '2026-01-31', perihal: 'penyusup' }) },
	'POST /laporan/teks': report, 'POST /laporan/langkah': report,
	'GET /laporan/unduh': { ask: () => ({ ...report.ask(), jenis: 'csv' }) },
	'GET /laporan/lampiran': { ask: () => ({ ...report.ask(), langkah: '1' }) },
	'GET /naskah': ids, 'POST /naskah/kop': ids, 'GET /naskah/isi': ids, 'POST /naskah/isi': ids, 'GET /naskah/contoh': ids,
	'GET /penjaga': ids, 'GET /penjaga/*': { ask: EVERY_ID, at: '/penjaga/1' },
	'POST /penjaga/penjelasan': { ask: () => ({ ...EVERY_ID(), nomor: '1', penjelasan: 'penyusup' }) },
	'POST /penjaga/keputusan': { ask: () => ({ ...EVERY_ID(), nomor: '1', keputusan: 'lepas', catatan: 'x' }) },
	'GET /sandi': ids, 'POST /sandi': { ask: () => ({ ...EVERY_ID(), lama: 'x', baru: 'y' }) },
	'GET /sesi': ids, 'POST /sesi': ids,
	'GET /balikan/kirim': ids, 'POST /balikan/kirim': ids,
	'GET /instansi/baru': ids, 'POST /instansi/baru': { ask: () => ({ kode: 'PENYUSUP', nama: 'Penyusup' }) },
	'GET /perjanjian': ids, 'GET /perjanjian/versi': ids, 'GET /perjanjian/berkas': ids,
	'GET /perjanjian/rancangan': ids, 'POST /perjanjian/rancangan': ids, 'POST /perjanjian/rancangan/mulai': ids,
	'POST /perjanjian/rancangan/muat': ids, 'POST /perjanjian/rancangan/catat': ids, 'POST /perjanjian/rancangan/buang': ids,
	'GET /perjanjian/status': ids, 'GET /perjanjian/surat': { ask: () => ({ ...EVERY_ID(), n: String(his.ids.step) }) },
	'POST /dukcapil/get_json/*': asking, 'POST /data_balikan/public/api/store': telling, 'POST /databalikan/api/store': telling,
	'GET /api/v1/balikan': v1({ status: 404 }),
	'GET /api/v1/balikan/ringkasan': v1({ status: 200 }),
	'POST /api/v1/balikan': v1({ json: v1_told, status: 422 }),
	'POST /api/v1/balikan/banyak': v1({ json: () => ({ balikan: [v1_told()] }), status: 422 }),
	'GET /api/v1/kejadian': v1({ status: 200 }),
	'POST /api/v1/kejadian': v1({ json: () => ({ jenis: 'Banjir', nama: 'x', tempat: 'x', tanggal: '2026-01-01', instansi: 'BPBD' }), status: 422 }),
	'GET /api/v1/kejadian/*': v1({ at: () => `/api/v1/kejadian/${his.ids.kejadian}`, status: 404 }),
	'POST /api/v1/kejadian/*': v1({ at: () => `/api/v1/kejadian/${his.ids.kejadian}/tutup`, json: () => ({}), status: 404 }),
	'POST /api/v1/token': { ask: () => ({ ...own(), grant_type: 'client_credentials', client_id: 'bpbd-balikan' }), status: 401 },
	'POST /api/v1/revoke': { ask: () => ({ ...own(), token: his.access }), status: 200 },
	'POST /api/v1/verifikasi': asking_v1,
	'POST /api/v1/kesesuaian': { ...asking_v1, json: () => ({ ...asking_v1.json(), elemen: { no_rt: '1' } }) },
	'GET /riwayat': ids,
	'POST /riwayat': { ask: () => ({ ...EVERY_ID(), nik: his.ids.nik, dasar: 'owner', keterangan: '470/1', pemohon: 'self', dokumen: 'ktp-el' }), typed: true },
	'POST /riwayat/cetak': ids,
	'GET /insiden': ids,
	'GET /insiden/baru': ids,
	'POST /insiden/baru': { ask: () => ({ ...EVERY_ID(), asal: his.ids.ref, jenis: 'lain', judul: 'penyusup', diketahui: '2026-01-01T00:00', uraian: 'x' }), typed: true },
	'GET /insiden/isi': incident,
	'POST /insiden/langkah': { ask: () => ({ ...incident.ask(), rev: '0', langkah: 'tangani', waktu: '2026-01-01T00:00', catatan: 'penyusup' }) },
	'GET /insiden/akses': incident,
	'POST /insiden/akses': { ask: () => ({ ...incident.ask(), mulai: '2026-01-01', sampai: '2026-01-01', userid: 'operator1' }) },
	'GET /insiden/unduh': incident,
	'GET /insiden/nik': incident,
	'GET /insiden/surat': incident,
	'GET /telusur': ids,
	'POST /telusur': { ask: () => ({ ...EVERY_ID(), ref: his.ids.ref }), typed: true },
	'GET /pemeliharaan': ids,
	'GET /jurnal': ids,
	'GET /jurnal/entri': { ask: () => ({ ...EVERY_ID(), log: '0', seq: '0' }) },
	'GET /jurnal/bukti': { ask: () => ({ ...EVERY_ID(), log: '0', seq: '0' }) },
	'GET /jurnal/keutuhan': ids,
	'POST /jurnal/periksa': ids,
	'POST /jurnal/checkpoint': ids,
	'GET /jurnal/checkpoint': { ask: () => ({ ...EVERY_ID(), log: '0', ukuran: '1' }) },
	'GET /jurnal/ekspor': ids,
	'GET /jurnal/tanda-tangan': ids,
	'POST /jurnal/tanda-tangan': { ask: () => ({ ...EVERY_ID(), catatan: 'x' }) },
	'POST /jurnal/kunci': { ask: () => ({ ...EVERY_ID(), vkey: 'x' }) },
	'POST /jurnal/kunci/sahkan': { ask: () => ({ ...EVERY_ID(), kunci: String(his.ids.kunci) }) },
	'POST /jurnal/kunci/akhiri': { ask: () => ({ ...EVERY_ID(), kunci: String(his.ids.kunci) }) },
	'POST /pemeliharaan': { ask: () => ({ ...EVERY_ID(), mulai: '2099-01-01T00:00', selesai: '2099-01-01T01:00', bagian: 'semua', keterangan: 'penyusup' }) },
	'POST /pemeliharaan/batal': ids,
	'GET /api/v1/status': { ...with_token, says: '"instansi":"DINKES"' },
	'GET /api/v1/perjanjian': { ...with_token, says: '"kode":"DINKES"' },
	'GET /api/v1/kuota': with_token,
	'GET /api/v1/jurnal': { ...with_token, says: '"kursor":null' },
	'GET /api/v1/jurnal/*': { ...with_token, status: 404, at: () => `/api/v1/jurnal/${his.ids.ref}` },
	'GET /api/v1/pemakaian': with_token,
	'POST /perjanjian/status': { ask: () => ({ ...EVERY_ID(), langkah: 'suspend', alasan: 'penyusup', nomor: '', tanggal: '' }) },
};

test('every route of the table has a probe', () => {
	for (const row of routes()) assert.ok(probes[row], `${row}: say in \`probes\` how a stranger would misuse it`);
	for (const row of Object.keys(probes)) assert.ok(routes().includes(row), `${row} is no route any more`);
});

/** Everything of BPBD that a stranger could have changed. */
const state = () => {
	const rows = {};
	const of = "instansi_id = (SELECT instansi_id FROM instansi WHERE code = 'BPBD')";
	for (const table of ['instansi', 'agreement_version', 'agreement_draft', 'paper', 'kejadian', 'instansi_step', 'official', 'contact_list', 'request', 'scan', 'feedback_tally', 'feedback_person', 'list_kept', 'evaluation', 'incident', 'affected_list', 'report'])
		rows[table] = padan.office(`SELECT * FROM ${table} WHERE ${of} ORDER BY 1`).map((r) => ({ ...r, terms_hash: 0 }));
	rows.told = padan.office('SELECT count(*) AS n FROM feedback_entry')[0].n;
	rows.access = padan.office(`SELECT token_id FROM access_token WHERE user_key IN (SELECT user_key FROM user_account WHERE ${of}) ORDER BY 1`);
	rows.leaks = padan.office('SELECT count(*) AS n FROM incident_step')[0].n;
	rows.outages = padan.office('SELECT count(*) AS n FROM outage')[0].n;
	rows.count = padan.office('SELECT count(*) AS n FROM instansi')[0].n;
	rows.sessions = padan.office(`SELECT session_id FROM session WHERE user_key IN (SELECT user_key FROM user_account WHERE ${of}) ORDER BY 1`);
	rows.users = padan.office(`SELECT * FROM user_account WHERE ${of} ORDER BY 1`).map((r) => ({ ...r, last_seen_us: 0 }));
	rows.credentials = padan.office(`SELECT credential_id, expires_us, ended_us FROM credential WHERE user_key IN (SELECT user_key FROM user_account WHERE ${of}) ORDER BY 1`);
	return JSON.stringify(rows);
};

for (const user of ['dinkes-kepala', 'dinkes-operator'])
	test(`${user}: nothing of another agency is shown or changed, whatever is asked`, async () => {
		const before_it = state();
		let asked = 0;
		for (const [row, probe] of Object.entries(probes)) {
			if (probe.skip) continue;
			const [method, target] = row.split(' ');
			const b = new Browser(padan);
			await b.login(user);
			await b.go('GET', '/sesi');
			const { csrf } = b.hidden('/sesi');
			const form = { ...probe.ask(), csrf };
			const where = typeof probe.at === 'function' ? probe.at() : probe.at ?? target;
			const re = method === 'GET' ? await b.go('GET', `${where}?${new URLSearchParams(probe.ask())}`, { follow: false, headers: probe.headers?.() ?? {} })
				: probe.json ? await padan.request('POST', where, { body: JSON.stringify(probe.json()), headers: { 'Content-Type': 'application/json', ...probe.headers?.() } })
				: await b.go('POST', where, { form, follow: false, headers: probe.headers?.() ?? {} });
			if (probe.status) assert.equal(re.status, probe.status, row);
			if (probe.says) assert.ok(re.body.includes(probe.says), `${row}: ${re.body}`);
			asked++;
			assert.ok(re.status < 500, `${row}: ${re.status}`);
			/* a PDF cannot be searched for words: with his agency named there is none */
			assert.notEqual(re.headers['content-type'], 'application/pdf', row);
			const typed = probe.typed ? Object.values(probe.ask()) : [];
			const shown = re.body.replace(/ value="[^"]*"|class="n key">[^<]*/g, ''); /* a secret of a telephone has four letters of his by chance, at times */
			for (const word of his.words.filter((w) => !typed.includes(w) && w !== form.user_id)) assert.ok(!shown.includes(word), `${row}: ${word}`);
			if (method === 'GET' && target.startsWith('/perjanjian')) assert.ok([403, 404].includes(re.status), `${row}: ${re.status}`);
		}
		assert.equal(asked, Object.values(probes).filter((p) => !p.skip).length);
		assert.equal(state(), before_it, 'nothing of BPBD changed');
	});
