// SPDX-License-Identifier: EUPL-1.2
// P2.2g: a leak from the moment it becomes known to the lessons: the clock of 3 x 24 hours on
// every page of those it concerns, the accesses listed from the journal and frozen, the notices
// of UU 27/2022 art. 46, the duty, and who may see and do what.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { Browser, OBSERVE, text } from './padan.mjs';
import { Clock } from './clock.mjs';

const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
const words = (pdf) => execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' }).replace(/\s+/g, ' ');

let clock, padan, admin, auditor, head, operator, foreign;
const refs = [];
const people = async () => {
	const person = async (user) => {
		const b = new Browser(padan);
		await b.login(user);
		return b;
	};
	[admin, auditor, head, foreign] = [await person('admin'), await person('auditor'), await person('kepala'), await person('dinkes-kepala')];
};
before(async () => {
	clock = await Clock.demo('2026-11-24 08:00', { residents: 300, tls: false, settings: OBSERVE });
	padan = await clock.padan.start();
	operator = await Browser.operator(padan);
	for (const nik of [padan.nik['01'][0], padan.nik['01'][1], padan.nik['01'][0], padan.nik['11'][0], padan.nik['13'][0], '3304061']) {
		const re = await operator.verify(nik);
		refs.push(/Ref\. <span class="n">([^<]*)/.exec(re.body)?.[1]);
	}
	await people();
});
after(() => padan?.remove());

/** A page again and again until it says so. */
const until = async (browser, path, what) => {
	for (let i = 0; i < 480; i++, await sleep(250)) {
		const re = await browser.go('GET', path);
		if (what.test(text(re.body))) return re;
	}
	throw new Error(`never: ${what} in ${text(browser.page.body)}`);
};
const ONE = '/insiden/isi?nomor=1';
const step = async (browser, langkah, fields = {}) => {
	await browser.go('GET', ONE);
	const { csrf, nomor, rev } = browser.hidden('/insiden/langkah');
	return browser.go('POST', '/insiden/langkah', { form: { csrf, nomor, rev, langkah, ...fields } });
};
const list = async (browser, fields) => {
	await browser.go('GET', ONE);
	return browser.submit('/insiden/akses', { mulai: '2026-11-24', sampai: '2026-11-24', userid: '', kejadian: '', ...fields });
};

test('P2.2g with no incident the page says what one is for', async () => {
	assert.match(text((await head.go('GET', '/insiden')).body), /Belum ada insiden/);
	assert.equal((await operator.go('GET', '/insiden')).status, 403);
	assert.equal((await auditor.go('GET', '/insiden/baru')).status, 403);
	assert.doesNotMatch((await auditor.go('GET', '/insiden')).body, /Buka insiden/);
});

test('P2.2g what cannot be is refused beside its field, and nothing is opened', async () => {
	const form = { jenis: 'tersebar', judul: 'Foto layar tersebar', diketahui: '2026-11-24T07:30', uraian: 'Foto layar beredar di grup percakapan.' };
	for (const [wrong, says] of [
		[{ judul: '' }, /Isi dahulu|harus diisi/], [{ diketahui: '2026-11-25T07:30' }, /belum tiba/], [{ diketahui: 'kemarin' }, /Isi tanggal dan jam/],
		[{ diketahui: '2024-11-25T07:30' }, /setahun/], [{ uraian: `NIK ${padan.nik['01'][0]} tersebar` }, /Jangan menulis NIK/], [{ judul: padan.nik['01'][0] }, /Jangan menulis NIK/],
		[{ jenis: 'x' }, /Pilih jenis/], [{ asal: '7K2M-94QX' }, /bukan akses instansi ini/],
	]) {
		const re = await head.submit('/insiden/baru', { ...form, ...wrong });
		assert.equal(re.status, 400, JSON.stringify(wrong));
		assert.match(text(re.body), says);
	}
	const re = await admin.submit('/insiden/baru', { ...form, instansi: 'TAKADA' });
	assert.equal(re.status, 400);
	assert.match(text(re.body), /Tidak ada instansi dengan kode itu/);
	assert.equal(padan.office('SELECT count(*) AS n FROM incident')[0].n, 0);
});

test('P2.2g opened, the clock stands above every page of the head, the provider and the auditor', async () => {
	await head.go('GET', '/insiden/baru');
	const opened = await head.submit('/insiden/baru', { jenis: 'tersebar', judul: 'Foto layar tersebar', diketahui: '2026-11-24T07:30',
		uraian: 'Foto layar beredar di grup percakapan sejak pagi.\r\nDitemukan oleh petugas.' });
	assert.match(text(opened.body), /Insiden telah dibuka.*3 x 24 jam: sisa 71 jam \d+ menit.*Batas memberi tahu 27 November 2026, 07\.30\.00 WIB/);
	for (const [b, where] of [[head, '/'], [head, '/kejadian'], [admin, '/'], [auditor, '/slip']])
		assert.match(text((await b.go('GET', where)).body), /3 x 24 jam berjalan: insiden 1, Foto layar tersebar . Belum diberi tahu: lembaga dan subjek data; sisa 71 jam/);
	for (const [b, where] of [[operator, '/'], [foreign, '/'], [foreign, '/insiden']])
		assert.doesNotMatch((await b.go('GET', where)).body, /Foto layar/);
	assert.equal((await foreign.go('GET', ONE)).status, 404);
	assert.match(text((await head.go('GET', '/kewajiban')).body), /Pemberitahuan kebocoran data.*insiden 1.*27-11-2026.*belum diberi tahu: lembaga dan subjek data/);
	assert.equal(padan.journal().filter((e) => e.act === 'incident' && e.about === 'open tersebar incident 1').length, 1);
});

test('P2.2g the accesses are listed from the journal, counted by keyed hash, and hold no NIK', async () => {
	assert.match(text((await list(head, { userid: 'operator1' })).body), /Daftar sedang disusun/);
	const done = await until(head, ONE, /5 akses, 3 orang/);
	assert.match(text(done.body), /24-11-2026; operator1; semua kejadian/);
	assert.match(text(done.body), /3 menampilkan data, 0 ulangan; 1 permintaan lain tidak sampai ke data/);
	const page = await head.go('GET', '/insiden/akses?daftar=1');
	for (const ref of refs.slice(0, 5)) assert.ok(page.body.includes(ref), ref);
	assert.ok(!page.body.includes(refs[5]), 'what reached nobody is not in it');
	assert.match(text(page.body), /padan\.|\/0/);
	const csv = await head.go('GET', '/insiden/unduh?daftar=1');
	assert.equal(csv.status, 200);
	const rows = csv.body.trimEnd().split('\r\n').slice(1);
	assert.equal(rows.length, 5);
	assert.match(rows[0], new RegExp(`^${refs[0]};24-11-2026 08\\.0\\d\\.\\d\\d WIB;operator1;01;Data ditemukan;tidak$`));
	for (const nik of [...padan.nik['01'].slice(0, 2), padan.nik['11'][0]]) assert.ok(!page.body.includes(nik) && !csv.body.includes(nik));
	assert.equal((await foreign.go('GET', '/insiden/akses?daftar=1')).status, 404);
	assert.equal((await foreign.go('GET', '/insiden/unduh?daftar=1')).status, 404);
	assert.equal(padan.office('SELECT count(*) AS n FROM affected_access WHERE list_id = 1')[0].n, 5);
});

test('P2.2g all user ids of the instansi, one kejadian, a day without accesses; another agency is not in it', async () => {
	const dinkes = await Browser.operator(padan, 'dinkes-operator');
	await dinkes.verify(padan.nik['01'][5]);
	await list(head, {});
	await until(head, ONE, /24-11-2026; semua User ID; semua kejadian \d\d-11-2026 [\d.]+ WIB, kepala 5 akses, 3 orang/);
	await list(head, { mulai: '2026-11-23', sampai: '2026-11-23' });
	await until(head, ONE, /23-11-2026; semua User ID; semua kejadian \d\d-11-2026 [\d.]+ WIB, kepala 0 akses, 0 orang/);
	const kejadian = padan.office("SELECT kejadian_id AS n FROM kejadian k JOIN instansi i ON i.instansi_id = k.instansi_id WHERE i.code = 'DINKES'")[0].n;
	assert.equal((await list(head, { kejadian: String(kejadian) })).status, 404);
	for (const [wrong, says] of [[{ userid: 'dinkes-operator' }, /bukan milik instansi ini/], [{ mulai: '2026-11-25' }, /Hari terakhir sebelum/],
		[{ mulai: '2026-11-25', sampai: '2026-11-26' }, /belum tiba/], [{ mulai: '2024-11-25' }, /paling banyak 366 hari/], [{ mulai: '' }, /Isi hari pertama/]]) {
		const re = await list(head, wrong);
		assert.equal(re.status, 400, JSON.stringify(wrong));
		assert.match(text(re.body), says);
	}
	await list(head, { userid: 'operator1, kepala' }); // counted again: the same
	await until(head, ONE, /operator1; semua kejadian \d\d-11-2026 [\d.]+ WIB, kepala 5 akses, 3 orang .*5 akses, 3 orang .*5 akses, 3 orang/);
	assert.equal(padan.office('SELECT count(*) AS n FROM affected_list')[0].n, 4);
});

test('P2.2g the NIKs that data balikan still keeps go to the admin alone, counted in the journal', async () => {
	assert.equal((await head.go('GET', '/insiden/nik?daftar=1')).status, 403);
	assert.equal((await auditor.go('GET', '/insiden/nik?daftar=1')).status, 403);
	const csv = await admin.go('GET', '/insiden/nik?daftar=1');
	assert.equal(csv.status, 200);
	const rows = csv.body.trimEnd().split('\r\n').slice(1);
	assert.deepEqual(rows.map((r) => r.split(';')[0]).sort(), [padan.nik['01'][0], padan.nik['01'][1], padan.nik['11'][0]].sort());
	assert.ok(rows.every((r) => refs.includes(r.split(';')[1])));
	assert.ok(padan.journal().some((e) => e.act === 'export' && e.about === 'incident 1 nik 3'));
});

test('P2.2g, UU 27/2022 art. 46: the file holds everybody its entry counts, of however many kejadian', async () => {
	const many = (sql) => padan.fill(`WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 201) ${sql}`);
	const [access] = padan.office('SELECT time_us, user_no FROM affected_access WHERE list_id = 1 ORDER BY entry_id');
	const { person_id } = padan.office('SELECT min(person_id) AS person_id FROM feedback_person')[0];
	many(`INSERT INTO affected_access (list_id, time_us, entry_id, user_no, kejadian_id, outcome, repeated)
		SELECT 1, ${access.time_us}, 900000 + n, ${access.user_no}, 5000 + n, '01', 0 FROM t`);
	many(`INSERT INTO feedback_person (person_id, kejadian_id, instansi_id, nik_hash, nik_sealed, state, asked_us, asked_entry, asked_by, keterangan, house,
			on_day, told_us, told_by, told_hash)
		SELECT 5000 + n, 5000 + n, instansi_id, nik_hash, nik_sealed, state, asked_us, 900000 + n, asked_by, keterangan, house, on_day, told_us, told_by, told_hash
		FROM t, feedback_person WHERE person_id = ${person_id}`);
	const csv = await admin.go('GET', '/insiden/nik?daftar=1');
	padan.fill('DELETE FROM affected_access WHERE entry_id > 900000');
	padan.fill('DELETE FROM feedback_person WHERE person_id > 5000');
	assert.equal(csv.status, 200);
	const rows = csv.body.trimEnd().split('\r\n').slice(1);
	assert.equal(new Set(rows.map((r) => r.split(';')[1])).size, 204, 'one row of each access');
	assert.equal(rows.length, 204);
	assert.equal(padan.journal().filter((e) => /^incident 1 nik/.test(e.about)).at(-1).about, 'incident 1 nik 204');
});

test('P2.2g where there are more kejadian than can be chosen, the field says so', async () => {
	assert.doesNotMatch(text((await head.go('GET', ONE)).body), /kejadian terbaru yang dapat dipilih/);
	padan.fill(`WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 101)
		INSERT INTO kejadian (kejadian_id, instansi_id, jenis, name, place, on_day, is_open, opened_us, closed_us)
		SELECT 5000 + n, k.instansi_id, k.jenis, 'Kejadian lama ' || n, k.place, k.on_day, 0, k.opened_us, k.opened_us
		FROM t, kejadian k JOIN instansi i ON i.instansi_id = k.instansi_id WHERE i.code = 'BPBD' AND k.kejadian_id < 5000 AND k.is_open = 1`);
	const re = await head.go('GET', ONE);
	padan.fill('DELETE FROM kejadian WHERE kejadian_id > 5000');
	assert.match(text(re.body), /Hanya 100 kejadian terbaru yang dapat dipilih/);
	assert.equal(/<select id="kejadian"[\s\S]*?<\/select>/.exec(re.body)[0].split('<option').length - 2, 100);
});

test('P2.2g steps have their dates; a notice after 72 hours is marked, closing needs them all', async () => {
	assert.equal((await step(head, 'tutup', { catatan: 'Terlalu cepat.' })).status, 409);
	assert.match(text(head.page.body), /Penanganan" belum dicatat/);
	assert.match(text((await step(head, 'tangani', { waktu: '2026-11-24T07:45', catatan: 'User ID ditutup, sesi diakhiri.' })).body), /Langkah telah dicatat.*Ditangani/);
	assert.equal((await step(head, 'lembaga', { waktu: '2026-11-24T06:00', surat: '1/X' })).status, 400);
	assert.match(text(head.page.body), /sebelum insiden diketahui/);
	assert.equal((await step(head, 'lembaga', { waktu: '2026-11-24T08:00', surat: '' })).status, 400);
	assert.match(text((await step(head, 'lembaga', { waktu: '2026-11-24T08:00', surat: '360/001/2026' })).body), /Lembaga diberi tahu.*surat 360\/001\/2026.*dalam 72 jam/);
	assert.match(text((await head.go('GET', '/')).body), /Belum diberi tahu: subjek data; sisa/);
	assert.equal((await step(head, 'gugur', { catatan: 'Bukan apa-apa.' })).status, 403, 'a head does not end the clock');
	// the same form twice: the second is late
	await head.go('GET', ONE);
	const { csrf, nomor, rev } = head.hidden('/insiden/langkah');
	const form = { csrf, nomor, rev, langkah: 'tangani', waktu: '2026-11-24T08:00', catatan: 'Kata sandi diganti.' };
	assert.equal((await head.go('POST', '/insiden/langkah', { form })).status, 200);
	assert.equal((await head.go('POST', '/insiden/langkah', { form })).status, 409);
	assert.equal(padan.office('SELECT count(*) AS n FROM incident_step')[0].n, 3);

	clock.set('2026-11-27 08:31'); // 73 hours after it became known
	await people();
	assert.match(text((await admin.go('GET', '/')).body), /Pemberitahuan kebocoran terlambat: insiden 1.*Belum diberi tahu: subjek data; lewat 1 jam/);
	assert.match(text((await head.go('GET', ONE)).body), /Terlambat: lewat 1 jam/);
	assert.match(text((await head.go('GET', '/kewajiban')).body), /Pemberitahuan kebocoran data.*Terlambat/);
	assert.match(text((await step(head, 'subjek', { waktu: '2026-11-27T08:31', surat: '360/002/2026' })).body), /Subjek data diberi tahu.*sesudah 72 jam.*Keadaan sekarang: Diberitahukan/);
	assert.doesNotMatch(text((await admin.go('GET', '/')).body), /insiden 1/);
	assert.match(text((await step(admin, 'pulih', { waktu: '2026-11-27T08:31', catatan: 'Petugas memakai User ID baru.' })).body), /Dipulihkan/);
});

test('P2.2g the notices say what art. 46 asks for, and name nobody', async () => {
	const pdf = await head.go('GET', '/insiden/surat?nomor=1&untuk=lembaga');
	assert.equal(pdf.headers['content-type'], 'application/pdf');
	const letter = words(pdf.bytes);
	for (const part of [/Pasal 46 Undang-Undang Nomor 27 Tahun 2022/, /Data pribadi yang terungkap/, /NIK/, /Nama lengkap/, /5 akses, 3 menampilkan data/, /3 orang/, /Waktu : 24 November 2026 /, /semua kejadian/, /Foto layar beredar di grup percakapan/,
		/Upaya penanganan/, /User ID ditutup, sesi diakhiri/, /Upaya pemulihan/, /Petugas memakai User ID baru/, /24 November 2026, 07\.30/, /27 November 2026, 07\.30/])
		assert.match(letter, part);
	const people = words((await admin.go('GET', '/insiden/surat?nomor=1&untuk=subjek')).bytes);
	assert.match(people, /Yth\. Saudara\/i/);
	for (const nik of padan.nik['01'].slice(0, 3)) assert.ok(!letter.includes(nik) && !people.includes(nik));
	assert.equal((await foreign.go('GET', '/insiden/surat?nomor=1&untuk=lembaga')).status, 404);
	assert.ok(padan.journal().some((e) => e.act === 'export' && e.about === 'incident 1 letter subjek'));
});

test('P2.2g closed with what was learned, it stays to be read, and nothing is added', async () => {
	assert.match(text((await step(head, 'tutup', { catatan: 'Layar tidak lagi ditinggal terbuka.' })).body), /Ditutup.*Layar tidak lagi ditinggal terbuka/);
	assert.equal((await head.go('GET', ONE)).body.includes('/insiden/langkah'), false);
	const { csrf } = (await head.go('GET', '/insiden/baru'), head.hidden('/insiden/baru'));
	assert.equal((await head.go('POST', '/insiden/langkah', { form: { csrf, nomor: '1', rev: '6', langkah: 'pulih', waktu: '2026-11-27T08:00', catatan: 'lagi' } })).status, 409);
	assert.equal((await head.go('POST', '/insiden/akses', { form: { csrf, nomor: '1', mulai: '2026-11-24', sampai: '2026-11-24' } })).status, 409);
	assert.doesNotMatch(text((await head.go('GET', '/kewajiban')).body), /insiden 1/);
	assert.match(text((await auditor.go('GET', '/insiden')).body), /1\. Foto layar tersebar.*Ditutup/);
	const steps = padan.journal().filter((e) => e.act === 'incident').map((e) => e.about.replace(' incident 1', ''));
	assert.deepEqual(steps, ['open tersebar', 'list', 'list', 'list', 'list', 'step tangani', 'step lembaga', 'step tangani', 'step subjek', 'step pulih', 'step tutup']);
});

test('P2.2g the provider opens one for an agency and says that it was no leak', async () => {
	const re = await admin.submit('/insiden/baru', { instansi: 'dinkes', jenis: 'lain', judul: 'Laporan warga', diketahui: '2026-11-27T08:00', uraian: 'Seorang warga bertanya.' });
	assert.match(text(re.body), /Insiden nomor 2.*DINKES/);
	assert.match(text((await foreign.go('GET', '/')).body), /insiden 2, Laporan warga/);
	assert.equal((await head.go('GET', '/insiden/isi?nomor=2')).status, 404);
	await admin.go('GET', '/insiden/isi?nomor=2');
	const { csrf, nomor, rev } = admin.hidden('/insiden/langkah');
	assert.match(text((await admin.go('POST', '/insiden/langkah', { form: { csrf, nomor, rev, langkah: 'gugur', catatan: 'Warga itu mencari alamat kantor.' } })).body), /Dinyatakan bukan kebocoran/);
	assert.doesNotMatch(text((await foreign.go('GET', '/')).body), /Laporan warga/);
});
