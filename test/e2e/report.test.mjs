// SPDX-License-Identifier: EUPL-1.2
// The semester report from its draft to the ministry (P8, J.V), as two offices live it on a
// clock that moves: figures counted in the background, texts, handing in, receiving, sending
// back, lateness, what each step leaves in the journal and in the outbox, and who may not.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Clock } from './clock.mjs';
import { Browser, OBSERVE, freePort, text } from './padan.mjs';

const KNOWN = { asked: 7, answered: 6, refused: 1, hits: 5 };
const LETTER = { nomor: '800/7/BPBD', tanggal: '2026-07-03', cara: 'keduanya' };
const NIK = '3304 0601 0190 9999';
let clock, padan;

const who = async (user) => {
	const b = new Browser(padan);
	assert.doesNotMatch(text((await b.login(user)).body), /Gagal/, user);
	return b;
};
const report = (id) => `/laporan/isi?r=${id}`;
/** A step as its form sends it, also where the page has no such form. */
const step = async (b, id, langkah, fields = {}) => {
	await b.go('GET', '/sesi');
	const { csrf } = b.hidden('/keluar');
	return b.go('POST', '/laporan/langkah', { form: { ...fields, csrf, langkah, r: String(id), rev: String(row(id).rev) } });
};
const row = (id) => padan.office(`SELECT state, rev, digest, late_days, delivered_day, run_id FROM report WHERE report_id = ${id}`)[0];
const acts = () => padan.journal().filter((e) => e.act === 'report').map((e) => e.about);
const mails = () => padan.office("SELECT key, address, subject, body FROM mail WHERE key LIKE 'laporan:%' ORDER BY mail_id");

/** The page once its figures are there. */
const counted = async (b, id) => {
	for (let i = 0; i < 300; i++) {
		const re = await b.go('GET', report(id));
		if (/Sidik angka/.test(re.body)) return re;
		assert.match(text(re.body), /Angka sedang dihitung/);
		assert.match(re.headers.refresh ?? '', /^3; url=\/laporan\/hitung\?r=\d+$/);
		await new Promise((r) => setTimeout(r, 100));
	}
	assert.fail('the figures never came');
};
const open = async (b, semester) => {
	await b.go('GET', '/laporan');
	const re = await b.submit('/laporan/baru', { jenis: 'semester', semester });
	assert.equal(re.status, 200, text(re.body));
	return Number(/[?;]r=(\d+)|name="r" value="(\d+)"/.exec(re.body).slice(1).find(Boolean));
};

before(async () => {
	clock = await Clock.demo('2026-03-02 08:00', { residents: 300, settings: { ...OBSERVE, 'user.dormant_days': '365', 'mail.url': `smtp://127.0.0.1:${await freePort()}`, 'mail.from': 'padan@dinas.example' } });
	padan = await clock.padan.start();
	const operator = await Browser.operator(padan);
	for (const nik of [...padan.nik['01'].slice(0, 4), padan.nik['13'][0], '3304060101900000']) await operator.verify(nik);
	padan.run('agreement', 'state', padan.dir, 'BPBD', 'suspended');
	await operator.go('POST', '/verifikasi', { form: { ...operator.hidden('/verifikasi'), nik: padan.nik['01'][5], once: '' } });
	padan.run('agreement', 'state', padan.dir, 'BPBD', 'active');
});
after(() => padan?.remove());

let id;
test('P8: the head begins the report of the half-year that is over, and its figures are those of the journal', async () => {
	clock.set('2026-07-03 09:00');
	const head = await who('kepala');
	const list = await head.go('GET', '/laporan');
	assert.match(text(list.body), /Semester 1 Tahun 2026 Januari sampai Juni 14-07-2026 Segera jatuh tempo/);
	assert.ok(gzipSync(list.body).length + 400 <= 6 * 1024);
	id = await open(head, '2026-1');
	const page = await counted(head, id);
	const said = text(page.body);
	assert.match(said, new RegExp(`Permintaan ${KNOWN.asked} Dijawab ${KNOWN.answered} Hit kuota ${KNOWN.hits} Ditolak ${KNOWN.refused} Ulangan 0`));
	assert.match(said, new RegExp(`Maret 2026 ${KNOWN.asked} ${KNOWN.answered} ${KNOWN.hits} ${KNOWN.refused} 0`));
	assert.match(said, /Juni 2026 0 0 0 0 0/);
	assert.match(said, /op•••1 7 5 1 02-03-2026/);
	assert.doesNotMatch(page.body, /operator1/, 'user ids are masked');
	assert.match(said, /Jatuh tempo 14 Juli 2026/);
	assert.ok(gzipSync(page.body).length + 400 <= 6 * 1024, `${gzipSync(page.body).length} bytes`);
	assert.equal(await open(head, '2026-1'), id, 'there is one of that semester, and the button leads to it');
	assert.deepEqual(acts(), [`report ${id} open semester 2026-1`]);
});

test('P8, P2.2j: texts of the head are kept, never with a NIK in them', async () => {
	const head = await who('kepala');
	await head.go('GET', report(id));
	const bad = await head.submit('/laporan/teks', { kendala: `Korban ${NIK} belum terjawab`, usulan: 'Tetap' });
	assert.equal(bad.status, 400);
	assert.match(text(bad.body), /Tidak boleh memuat NIK/);
	assert.match(bad.body, />Tetap<\/textarea>/, 'what was typed is not lost');
	const long = await head.submit('/laporan/teks', { kendala: 'é'.repeat(4000), usulan: 'u'.repeat(8000) });
	assert.equal(long.status, 200, text(long.body));
	const good = await head.submit('/laporan/teks', { kendala: 'Jaringan putus <b>dua</b> hari', usulan: 'Tautan cadangan' });
	assert.match(good.body, /Jaringan putus &lt;b&gt;dua/);
	assert.match(text(good.body), /telah disimpan/);
});

test('P8: handed in it is frozen, and the provider is told', async () => {
	const head = await who('kepala');
	await head.go('GET', report(id));
	const stale = head.hidden('/laporan/teks');
	const sent = await step(head, id, 'submit', LETTER);
	assert.match(text(sent.body), /Disampaikan; menunggu tanda terima/);
	const { digest, state, late_days } = row(id);
	assert.match(digest, /^[0-9a-f]{64}$/);
	assert.deepEqual([state, late_days], ['submitted', 0]);
	assert.ok(sent.body.includes(digest));
	assert.doesNotMatch(sent.body, /Simpan teks|Hitung ulang/);
	const late = await head.go('POST', '/laporan/teks', { form: { ...stale, kendala: 'x', usulan: '' } });
	assert.equal(late.status, 409);
	assert.match(text(late.body), /kepala lebih dahulu pada 03-07-2026 [\d.]+ WIB: Disampaikan/);
	assert.equal(acts().at(-1), `report ${id} submit semester 2026-1 sha256:${digest}`);
	assert.deepEqual(mails().map((m) => [m.subject, /NIK|Jaringan/.test(m.body)]), [['Laporan BPBD: Disampaikan', false]]);
});

test('P8: of two admins one receives it, the other is told; then it is sent back, mended and received', async () => {
	const admin = await who('admin'), second = await who('admin2');
	const list = await admin.go('GET', '/laporan');
	assert.match(text(list.body), /Semester 1 Tahun 2026 Laporan semester BPBD Disampaikan; menunggu tanda terima menunggu Anda/);
	const page = await second.go('GET', report(id));
	assert.match(page.body, /Catat diterima/);
	const seen = second.hidden('/laporan/langkah');
	assert.equal((await step(admin, id, 'return', { alasan: '' })).status, 400);
	const back = await step(admin, id, 'return', { alasan: 'Lampiran kurang' });
	assert.match(text(back.body), /Dikembalikan untuk diperbaiki .* Lampiran kurang/);
	const told = await second.go('POST', '/laporan/langkah', { form: { ...seen, langkah: 'receive', tanggal: '2026-07-03' } });
	assert.equal(told.status, 409);
	assert.match(text(told.body), /admin lebih dahulu .* Dikembalikan untuk diperbaiki/);
	assert.equal(row(id).digest, '');
	clock.set('2026-07-16 10:00');
	const again = await who('kepala');
	const late = await step(again, id, 'submit', { ...LETTER, nomor: '800/8/BPBD' });
	assert.match(text(late.body), /terlambat 2 hari kerja/);
	const admin3 = await who('admin');
	assert.match(text((await admin3.go('GET', '/kewajiban?instansi=BPBD')).body), /Laporan semester · 2026-1 .*? Terlambat/);
	const got = await step(admin3, id, 'receive', { tanggal: '2026-07-15', catatan: 'Cetakan lebih dahulu' });
	assert.match(text(got.body), /Diterima; menunggu evaluasi terlambat 1 hari kerja/);
	assert.match(text((await admin3.go('GET', '/kewajiban?instansi=BPBD')).body), /Laporan semester · 2026-1 .*? Terpenuhi 14-07-2026 800\/8\/BPBD Disampaikan sesudah jatuh tempo/);
	assert.equal(mails().filter((m) => /Diterima/.test(m.subject)).length, 1);
});

test('P8, J.V: it is forwarded once it was evaluated, and nothing can be done to it after that', async () => {
	const admin = await who('admin');
	const early = await step(admin, id, 'forward', { nomor: '470/9', tanggal: '2026-07-16', surel: 'laporan@kementerian.example' });
	assert.equal(early.status, 409);
	const evaluation = Number(/e=(\d+)/.exec((await admin.submit('/evaluasi/baru', { instansi: 'BPBD', jenis: 'semester', semester: '2026-1' }, { follow: false })).headers.location)[1]);
	const look = (more = '') => admin.go('GET', `/evaluasi/isi?e=${evaluation}${more}`);
	for (let i = 0; i < 300 && !/Daftar periksa/.test((await look()).body); i++) await new Promise((r) => setTimeout(r, 100));
	await admin.submit('/evaluasi/isi', { temuan: 'Terlambat satu hari.', rekomendasi: 'lanjut', langkah: 'simpan' });
	const review = await look('&tinjau=1');
	assert.match(text(review.body), /1 laporan jatuh tempo: 0 tepat waktu, 1 terlambat, 0 belum diterima/);
	await admin.submit('/evaluasi/langkah', { nomor: '470/8/EVAL', tanggal: '2026-07-16', langkah: 'tetapkan' });
	assert.equal(padan.office(`SELECT state, evaluation_id FROM report WHERE report_id = ${id}`)[0].evaluation_id, evaluation);
	assert.ok(acts().some((a) => a.startsWith(`report ${id} evaluate semester 2026-1`)));
	assert.equal((await step(admin, id, 'evaluate', {})).status, 404, 'no page takes that step');
	const bad = await step(admin, id, 'forward', { nomor: '470/9', tanggal: '2026-07-16', surel: 'kementerian' });
	assert.equal(bad.status, 400);
	const done = await step(admin, id, 'forward', { nomor: '470/9', tanggal: '2026-07-16', surel: 'laporan@kementerian.example' });
	assert.match(text(done.body), /Diteruskan ke kementerian .* 470\/9 .* laporan@kementerian.example/);
	assert.doesNotMatch(done.body, /action="\/laporan\//);
	assert.ok(acts().at(-1).startsWith(`report ${id} forward semester 2026-1 sha256:`));
});

test('P8, DOMAIN 8: as PDF, workbook and CSV, with the figures of the page and what was said on the way', async () => {
	const head = await who('kepala');
	const get = async (b, jenis) => b.go('GET', `/laporan/unduh?r=${id}&jenis=${jenis}`);
	const pdf = await get(head, 'pdf');
	assert.deepEqual([pdf.status, pdf.headers['content-type']], [200, 'application/pdf']);
	const said = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf.bytes, encoding: 'utf8' }).replace(/\s+/g, ' ');
	assert.match(said, /800\/8\/BPBD/);
	assert.match(said, /Jaringan putus <b>dua<\/b> hari/);
	assert.match(said, /L-2026-000001/);
	assert.doesNotMatch(said, /Rancangan, belum disampaikan/);
	assert.ok(said.replace(/ /g, '').includes(row(id).digest.slice(0, 8)));
	assert.equal((await get(head, 'pdf')).bytes.compare(pdf.bytes), 0, 'the same again');
	const csv = await get(await who('auditor'), 'csv');
	assert.match(csv.headers['content-disposition'], /laporan-BPBD-2026-01-01-2026-06-30\.csv/);
	assert.match(csv.body, /^\ufeff?bagian;/);
	assert.ok(csv.body.includes(row(id).digest), 'the digest is among them');
	assert.equal((await get(await who('admin'), 'xlsx')).bytes.subarray(0, 2).toString(), 'PK');
	assert.equal((await get(head, 'exe')).status, 404);
	assert.equal((await get(await who('dinkes-kepala'), 'pdf')).status, 404);
	const taken = padan.journal().filter((e) => e.act === 'export').map((e) => e.about);
	assert.deepEqual(taken.filter((a) => a.startsWith('report')), ['pdf', 'pdf', 'csv', 'xlsx'].map((k) => `report ${id} ${k}`));
});

test('P8: a report on request: asked for by the provider, due in ten working days, of any period', async () => {
	const admin = await who('admin');
	const form = { jenis: 'request', instansi: 'BPBD', mulai: '2026-03-01', akhir: '2026-03-31', perihal: 'Pemeriksaan Maret' };
	for (const [field, value, word] of [['instansi', 'TIDAKADA', /Instansi dengan kode itu tidak ada/], ['mulai', '2026-08-01', /belum tiba/],
		['akhir', '2026-02-01', /mendahului/], ['akhir', '2029-12-31', /Paling banyak 1100 hari/], ['perihal', '', /harus diisi/i], ['mulai', 'kemarin', /tidak dapat dibaca/]]) {
		await admin.go('GET', '/laporan/baru');
		const re = await admin.submit('/laporan/baru', { ...form, [field]: value });
		assert.deepEqual([re.status, word.test(text(re.body))], [400, true], `${field}=${value}: ${text(re.body)}`);
	}
	await admin.go('GET', '/laporan/baru');
	const made = await admin.submit('/laporan/baru', form);
	assert.match(text(made.body), /Pemeriksaan Maret \(1 Maret 2026 s\.d\. 31 Maret 2026\).*Diminta oleh Dinas Dukcapil, admin Jatuh tempo 30 Juli 2026/);
	const asked = Math.max(...padan.office('SELECT report_id AS n FROM report').map((r) => r.n));
	assert.match(mails().at(-1).body, /Pemeriksaan Maret[\s\S]*Jatuh tempo 30 Juli 2026/);
	const head = await who('kepala');
	assert.match(text((await head.go('GET', '/laporan')).body), /Pemeriksaan Maret Laporan atas permintaan, 01-03-2026 s\.d\. 31-03-2026 Rancangan menunggu Anda/);
	await counted(head, asked);
	assert.match(text((await step(head, asked, 'submit', LETTER)).body), /Disampaikan; menunggu tanda terima/);
	const admin2 = await who('admin');
	assert.match(text((await step(admin2, asked, 'receive', { tanggal: '2026-07-16' })).body), /Diterima/);
	assert.equal(padan.office("SELECT count(*) AS n FROM paper WHERE kind = 'report'")[0].n, 1, 'a report on request closes no duty of a semester');
});

test('P8: a scanned letter comes with the report, is handed out again, and lies with the paper', async () => {
	const head = await who('kepala');
	const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
	await head.go('GET', '/laporan/baru');
	await head.submit('/laporan/baru', { jenis: 'request', mulai: '2026-04-01', akhir: '2026-04-30', perihal: 'April' });
	const one = Math.max(...padan.office('SELECT report_id AS n FROM report').map((r) => r.n));
	await counted(head, one);
	const file = { name: 'berkas', filename: 'pengantar.png', bytes: png, type: 'image/png' };
	const wrong = await head.submitFile('/laporan/langkah', { ...LETTER, langkah: 'submit' }, { ...file, bytes: Buffer.from('bukan gambar') });
	assert.equal(wrong.status, 400);
	const re = await head.submitFile('/laporan/langkah', { ...LETTER, langkah: 'submit' }, file);
	const link = /href="(\/laporan\/lampiran[^"]+)"/.exec(re.body)?.[1].replace(/&amp;/g, '&');
	assert.ok(link, text(re.body));
	const got = await (await who('auditor')).go('GET', link);
	assert.deepEqual(Buffer.compare(got.bytes, png), 0);
	const stranger = await who('dinkes-kepala');
	assert.equal((await stranger.go('GET', link)).status, 404);
});

test('P3.1a: the auditor reads; an operator and another agency see nothing', async () => {
	const auditor = await who('auditor'), operator = await who('operator1'), stranger = await who('dinkes-kepala');
	const page = await auditor.go('GET', report(id));
	assert.equal(page.status, 200);
	assert.doesNotMatch(page.body, /action="\/laporan/);
	assert.equal((await auditor.go('GET', '/laporan/baru')).status, 403);
	assert.equal((await operator.go('GET', '/laporan')).status, 403);
	assert.equal((await stranger.go('GET', report(id))).status, 404);
	assert.equal(text((await stranger.go('GET', report(id))).body), text((await stranger.go('GET', report(99999))).body), 'as one that never was');
	assert.doesNotMatch((await stranger.go('GET', '/laporan')).body, /BPBD|Pemeriksaan Maret/);
	const before = row(id);
	const re = await step(stranger, id, 'submit', LETTER);
	assert.equal(re.status, 404);
	assert.deepEqual(row(id), before);
});

test('DOMAIN 2: the head of a suspended agency still reaches its reports and hands one in', async () => {
	padan.run('agreement', 'state', padan.dir, 'DINKES', 'suspended', '--note', 'Laporan belum disampaikan');
	const head = await who('dinkes-kepala');
	const mine = await open(head, '2026-1');
	await counted(head, mine);
	assert.match(text((await step(head, mine, 'submit', LETTER)).body), /Disampaikan; menunggu tanda terima/);
});

test('P8, J.VI.H: who handed a report in signs it, whoever heads the agency when the file is made', async () => {
	const mine = padan.office("SELECT max(report_id) AS n FROM report r JOIN instansi i ON i.instansi_id = r.instansi_id WHERE i.code = 'DINKES'")[0].n;
	const file = async (b, jenis) => (await b.go('GET', `/laporan/unduh?r=${mine}&jenis=${jenis}`)).bytes;
	const words = async (b) => execFileSync('pdftotext', ['-layout', '-', '-'], { input: await file(b, 'pdf'), encoding: 'utf8' }).replace(/\s+/g, ' ');
	const { name } = padan.office("SELECT o.name FROM official o JOIN instansi i ON i.instansi_id = o.instansi_id WHERE i.code = 'DINKES'")[0];
	const head = await who('dinkes-kepala');
	const before = [await file(head, 'pdf'), await file(head, 'xlsx'), await file(head, 'csv')];
	assert.ok((await words(head)).includes(name));
	clock.set('2026-07-20 09:00');
	const admin = await who('admin'), later = await who('dinkes-kepala');
	await admin.go('GET', '/pejabat?instansi=DINKES');
	const noted = await admin.submit('/pejabat', { nama: 'Kepala Contoh Pengganti', jabatan: 'Kepala Dinas', mulai: '2026-07-18', surat: '821/9' });
	assert.ok(noted.status < 400, text(noted.body));
	for (const [i, jenis] of ['pdf', 'xlsx', 'csv'].entries()) assert.equal((await file(later, jenis)).compare(before[i]), 0, `${jenis} is what it was`);
	assert.match(text((await step(admin, mine, 'return', { alasan: 'Lampiran kurang' })).body), /Dikembalikan/);
	assert.ok((await words(later)).includes('Kepala Contoh Pengganti'), 'a draft is the matter of who heads it now');
	assert.match(text((await step(later, mine, 'submit', { ...LETTER, tanggal: '2026-07-20' })).body), /menunggu tanda terima/);
	const again = await words(later);
	assert.ok(again.includes('Kepala Contoh Pengganti') && !again.includes(name), 'the last time it was handed in counts');
});

test('P8: the outcomes on the page add up to the inquiries, 503 with them; a table that is cut says so', async () => {
	const admin = await who('admin');
	const { run_id } = row(id);
	const kept = padan.office(`SELECT figures, digest FROM report_run WHERE run_id = ${run_id}`)[0];
	const put = (figures, digest) => padan.fill(`UPDATE report_run SET figures = '${figures.replaceAll("'", "''")}', digest = '${digest}' WHERE run_id = ${run_id}`);
	const figures = JSON.parse(kept.figures), number = (s) => Number(s.replaceAll('.', ''));
	figures.codes[0] += 3; /* as behind a system above that was silent */
	figures.sum[0] += 3;
	figures.sum[3] += 3;
	const [one] = figures.kejadian;
	figures.kejadian = Array.from({ length: 401 }, (_, i) => (i ? [100000 + i, ...one.slice(1)] : one));
	const changed = JSON.stringify(figures);
	put(changed, createHash('sha256').update(changed).digest('hex'));
	const re = await admin.go('GET', report(id));
	put(kept.figures, kept.digest);
	const rows = [...re.body.matchAll(/<td data-k="Kode">(\d+)<\/td><td data-k="Hasil">([^<]*)<\/td><td data-k="Permintaan" class="num">([\d.]+)</g)];
	assert.deepEqual(rows.at(-1)?.slice(1), ['503', 'Sistem di atas tidak menjawab', '3']);
	assert.equal(rows.reduce((n, r) => n + number(r[3]), 0), number(/Permintaan ([\d.]+) Dijawab/.exec(text(re.body))[1]));
	assert.match(text(re.body), /400 kejadian pertama dari 401; semuanya ada pada berkas \.xlsx dan CSV/);
	assert.doesNotMatch(text((await admin.go('GET', report(id))).body), /kejadian pertama dari/);
});
