// SPDX-License-Identifier: EUPL-1.2
// Two years of the base agreement, from signature to renewal, played by people at
// browsers while the clock moves: 20 May 2025 to 21 May 2027. Each stage asserts what the
// people see. The second run plays the ways an access ends. Both end with a journal that
// verifies.
//
// What no page can do is done on the command line, and said where it is: the user id of
// an agency's first head.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { Clock } from '../e2e/clock.mjs';
import { Person, openChrome, pdfWords } from './person.mjs';

const CODE = 'BPBD-KOTA', NAME = 'Badan Penanggulangan Bencana Daerah Kota Contoh', EVENT = 'Longsor Contoh';
const STOPPED = 'Instansi tidak aktif', INACTIVE = 'User ID non aktif, silahkan menghubungi Admin';
const HEAD = 'Kepala Contoh Kota', NEXT_HEAD = 'Kepala Contoh Pengganti', OPERATOR = 'Operator Contoh Kota';
const MINISTRY = '400.8/1/DUKCAPIL/CONTOH';
const pdf = (name, buffer) => ({ name, mimeType: 'application/pdf', buffer });
const SCAN = pdf('pindaian.pdf', Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'));

let chrome;
before(async () => {
	chrome = await openChrome();
});
after(() => chrome?.close());

/** A stage builds on those before it: after a failure the rest is not played. */
const stages = () => {
	let broken = false;
	return (name, play) => test(name, async (t) => {
		if (broken) return t.skip('an earlier stage failed');
		broken = true;
		await play();
		broken = false;
	});
};

/* ---- what the people of both sides do again and again ---- */

/** A request of the head; gives its number. */
const file = async (head, kind, fields) => {
	await head.go(`/permohonan/baru?jenis=${kind}`);
	await head.fill(fields);
	await head.press('Ajukan');
	assert.match(await head.words(), /Permohonan telah diajukan/);
	return Number(new URL(head.page.url()).searchParams.get('nomor'));
};
/** A step of a request, as its page offers it. */
const take = async (person, number, step, fields) => {
	await person.go(`/permohonan/isi?nomor=${number}`);
	const one = person.page.locator(`details:has(input[name=langkah][value="${step}"])`);
	if ((await one.getAttribute('open')) === null) await one.locator('summary').click();
	await person.fill(fields, one);
	await Promise.all([person.page.waitForEvent('load'), one.locator('form button').click()]);
	return person.words();
};
const letter = (number, day) => ({ nomor: number, tanggal: day });

/** A paper of the agency, filed by its head with a scan and accepted by the admin. */
const filePaper = async (head, kind, fields) => {
	await head.go(`/dokumen/baru?jenis=${kind}`);
	await head.fill({ berkas: SCAN, ...fields });
	await head.press('Ajukan');
	assert.match(await head.words(), /menunggu pemeriksaan Dinas Dukcapil/);
};
const accept = async (admin, number) => {
	await admin.go('/dokumen');
	await Promise.all([admin.page.waitForEvent('load'), admin.page.locator(`tr:has-text("${number}") a`).first().click()]);
	assert.match(await admin.press('Terima'), /Dokumen telah diterima dan langsung berlaku/);
};

/** One row of the page Kewajiban. */
const duty = async (person, label) => {
	await person.go('/kewajiban');
	return person.words(`tr:has(b:text-is("${label}"))`);
};

/** Ninety days without a visit close a user id: nobody here stays away that long. */
const pass = async (clock, people, days) => {
	for (const day of days) {
		clock.set(`${day} 09:00`);
		await Promise.all(people.map((person) => person.enter()));
	}
};
const morning = async (clock, day, ...people) => pass(clock, people, [day]);

describe('two years', () => {
	const stage = stages();
	let clock, padan, admin, head, operator;
	const nik = (i) => padan.nik['01'][i];
	const page = `/perjanjian?instansi=${CODE}`, draft = `/perjanjian/rancangan?instansi=${CODE}`;
	before(async () => {
		clock = await Clock.demo('2025-05-20 08:00', { residents: 300 });
		padan = await clock.padan.start();
		admin = await new Person(chrome, padan, 'admin', padan.accounts.admin.password).enter();
	});
	after(() => padan?.remove());

	/** The next version: what it changes, saved, and recorded as it was signed. */
	const record = async (...savings) => {
		await admin.go(draft);
		await admin.press('Mulai rancangan');
		for (const fields of savings) {
			await admin.fill(fields);
			assert.match(await admin.press('Simpan rancangan'), /Rancangan telah disimpan/);
		}
		await admin.shot('draft');
		await admin.fill({ yakin: true });
		assert.match(await admin.press('Catat sebagai versi'), /Versi baru telah dicatat/);
	};

	stage('P9.2, P4: an agency from nothing, and its first version: the portal alone, 200 a day, two years', async () => {
		await admin.go('/');
		await admin.press('Tambah instansi');
		await admin.fill({ kode: CODE, nama: NAME });
		await admin.press('Daftarkan instansi');
		assert.match(await admin.words(), /Versi pertama perjanjian belum dicatat/);
		await record({
			'pks.number': '470/1/PKS/CONTOH', 'pks.signed_on': '2025-05-20', 'juknis.number': '470/1/JUKNIS/CONTOH', 'juknis.signed_on': '2025-05-20',
			ministry_approval: MINISTRY, begin: '2025-05-20', end: '2027-05-20',
			'parties.provider.office': 'Dinas Kependudukan dan Pencatatan Sipil Kota Contoh', 'parties.provider.address': 'Jalan Contoh Nomor 1', 'parties.provider.signer_position': 'Kepala Dinas',
			'parties.instansi.office': NAME, 'parties.instansi.address': 'Jalan Contoh Nomor 3', 'parties.instansi.signer_position': 'Kepala Pelaksana',
			allow: '127.0.0.1/32', 'network.provider': 'Penyedia Contoh', 'network.letter.number': '555/1/CONTOH', 'network.letter.signed_on': '2025-05-19',
			'data_balikan.id_lembaga': '010009', 'data_balikan.nama_lembaga': NAME,
			'contacts.0.side': 'provider', 'contacts.0.name': 'Petugas Contoh Satu', 'contacts.0.position': 'Administrator', 'contacts.0.phone': '0000-000-0001', 'contacts.0.email': 'a@dukcapil.example',
		}, { /* the next empty row comes with the saving */
			'contacts.1.side': 'instansi', 'contacts.1.name': 'Petugas Contoh Dua', 'contacts.1.position': 'Sekretaris', 'contacts.1.phone': '0000-000-0002', 'contacts.1.email': 'b@bpbd.example',
		});
		const said = await admin.go(page);
		assert.match(said, /20-05-2025 s\.d\. 20-05-2027/);
		assert.match(said, /Surat persetujuan Direktur Jenderal yang menjadi dasar versi ini belum tercatat/);
		assert.match(said, /SPTJM yang ditandatangani kepala instansi belum tercatat/);
	});

	stage('J.VI.D, J.VI.E: SPTJM and NDA are printed, signed, filed by the head and accepted', async () => {
		await admin.go(`/pejabat?instansi=${CODE}`);
		await admin.fill({ nama: HEAD, jabatan: 'Kepala Pelaksana', mulai: '2024-01-02', surat: '821/1/SK/CONTOH' });
		assert.match(await admin.press('Catat pejabat'), /Pejabat telah dicatat/);
		/* no page makes the first user id of an agency */
		const said = padan.run('user', 'add', padan.dir, 'kota-kepala', '--role', 'kepala', '--instansi', CODE, '--holder', HEAD, '--position', 'Kepala Pelaksana');
		head = await new Person(chrome, padan, 'kota-kepala').takeOver(/sekali pakai: (\S+)/.exec(said)[1], 'kalimat kepala yang panjang');
		let words = await head.go('/');
		assert.match(words, new RegExp(STOPPED));
		assert.match(words, /SPTJM yang ditandatangani kepala instansi belum tercatat/);
		await head.shot('home-stopped');

		words = await head.go('/dokumen');
		await head.shot('papers-empty');
		const sptjm = pdfWords(await head.download('Cetak SPTJM'));
		for (const word of ['SURAT PERNYATAAN TANGGUNG JAWAB MUTLAK', HEAD, NAME, '470/1/PKS/CONTOH', '20 Mei 2025']) assert.ok(sptjm.includes(word), word);
		await head.go('/pengguna/rincian?user=kota-kepala');
		const nda = pdfWords(await head.download('Cetak NDA'));
		for (const word of ['PERNYATAAN KERAHASIAAN', HEAD]) assert.ok(nda.includes(word), word);
		await filePaper(head, 'sptjm', { surat: 'SPTJM/1', penanda: HEAD, tanggal: '2025-05-20' });
		await filePaper(head, 'nda', { perihal: 'kota-kepala', surat: 'NDA/1', penanda: HEAD, tanggal: '2025-05-20' });
		await admin.go('/dokumen');
		await admin.shot('papers-inbox');
		await accept(admin, 'SPTJM/1');
		await accept(admin, 'NDA/1');
	});

	stage('P4, J.VI.F-G: the letter of the ministry, and the agency is active', async () => {
		await admin.go(`/dokumen/baru?instansi=${CODE}&jenis=ministry`);
		await admin.fill({ surat: MINISTRY, penanda: 'Direktur Jenderal', tanggal: '2025-05-12', berkas: SCAN });
		await admin.press('Catat');
		assert.match(await admin.words(), /Dokumen telah dicatat dan langsung berlaku/);
		assert.match(await admin.go(page), /versi 1/);
		await admin.shot('agreement-new');
		const words = await head.go('/');
		assert.doesNotMatch(words, new RegExp(STOPPED));
		assert.match(words, /Versi 1 Versi ini berlaku 20 Mei 2025 sampai dengan 20 Mei 2027/);
	});

	stage('J.II.A, P2.1c: a user id by request, its password shown once, its BAST signed; the first use forces a change', async () => {
		const number = await file(head, 'user-new', {
			...letter('800/1/CONTOH', '2025-05-20'), 'pengguna.nama': OPERATOR, 'pengguna.nik': '330413 010190 9999', 'pengguna.jabatan': 'Analis Kebencanaan',
			'pengguna.unit': 'Bidang Kedaruratan', 'pengguna.alamat': 'Jalan Contoh Nomor 3', 'pengguna.kode_wilayah': '33.04', 'pengguna.user_id': 'kota-operator', alasan: 'Petugas posko',
		});
		assert.match(await head.words(), /Giliran: Dinas Dukcapil/);
		await head.shot('request-filed');
		await admin.go('/permohonan');
		await admin.shot('requests');
		const step = { 'pengguna.user_id': 'kota-operator', 'petugas.nama': 'Petugas Contoh Satu', 'petugas.jabatan': 'Administrator', ...letter('BAST/1/CONTOH', '2025-05-20') };
		await take(admin, number, 'create', step);
		const password = (await admin.page.locator('.envelope dd').nth(1).innerText()).trim();
		assert.match(await admin.words(), /Tandatangani BAST, lalu catat pada permohonannya/);
		await admin.shot('envelope');
		assert.ok(!(await admin.press('Selesai')).includes(password), 'shown once');
		const bast = await admin.download('Serah Terima');
		assert.match(pdfWords(bast), /SERAH TERIMA.*kota-operator/);
		assert.ok(!pdfWords(bast).includes(password));
		assert.match(await take(admin, number, 'bast', { ...letter('BAST/1/CONTOH', '2025-05-20'), berkas: pdf('bast.pdf', bast) }), /User ID diserahkan/);
		await admin.shot('request-done');
		operator = await new Person(chrome, padan, 'kota-operator').takeOver(password, 'kalimat operator yang panjang');
	});

	stage('J.VI.E, J.II.B, P9.2: without an NDA nothing; with it the first look-up, 199 of 200 left, the version named', async () => {
		await operator.go('/kejadian');
		await operator.fill({ jenis: 'Tanah longsor', tanggal: '2025-05-20', nama: EVENT, tempat: 'Desa Contoh, Kecamatan Contoh' });
		await operator.press('Buka kejadian');
		assert.match(await operator.go('/'), new RegExp(INACTIVE));
		await operator.go('/verifikasi');
		assert.equal((await operator.ask(nik(0))).text, INACTIVE);
		await operator.shot('operator-no-nda');
		await head.go('/pengguna/rincian?user=kota-operator');
		assert.match(pdfWords(await head.download('Cetak NDA')), new RegExp(OPERATOR));
		await filePaper(head, 'nda', { perihal: 'kota-operator', surat: 'NDA/2', penanda: OPERATOR, tanggal: '2025-05-20' });
		await accept(admin, 'NDA/2');
		const answer = await operator.ask(nik(0));
		assert.equal(answer.text, 'Data ditemukan');
		assert.match(answer.card, /KK .*NIK .*Nama lengkap .*Jenis kelamin .*lahir .*Jenis pekerjaan .*Alamat/);
		assert.match(answer.quota, /199 dari 200 hit tersisa/);
		assert.match(answer.card, /Juknis II\.C, versi 1/);
		await operator.shot('answer');
	});

	stage('J.II.D, J.II.B: the PoC passes, and the quota is lifted on the next answer of an open page', async () => {
		const number = await file(head, 'poc', { ...letter('800/2/CONTOH', '2025-05-20'), aplikasi: 'portal', 'aplikasi.keterangan': 'Verifikasi korban bencana', mulai: '2025-05-27' });
		await take(admin, number, 'schedule', { ...letter('470/2/CONTOH', '2025-05-20'), mulai: '2025-05-27', pukul: '09.00', lokasi: 'Ruang Rapat Dinas' });
		assert.match(await admin.words(), /PoC dijadwalkan/);
		await morning(clock, '2025-05-27', admin, operator);
		await operator.standBy(EVENT);
		assert.match((await operator.ask(nik(1))).quota, /199 dari 200/);
		await take(admin, number, 'held', { dilaksanakan: '2025-05-27' });
		await take(admin, number, 'pass', { ...letter('470/3/POC/CONTOH', '2025-05-27'), penanda_tangan: 'Kepala Dinas', berkas: SCAN });
		assert.match(await admin.words(), /Berhasil; batas kuota dicabut/);
		const answer = await operator.ask(nik(2));
		assert.equal(answer.text, 'Data ditemukan');
		assert.match(answer.quota, /tanpa batas/);
	});

	stage('P2.2i, J.II.E3: six months after the signing the certificate is late; filed and accepted, it is fulfilled', async () => {
		await pass(clock, [admin, head, operator], ['2025-08-15', '2025-11-05']);
		await morning(clock, '2025-11-20', head);
		assert.match(await duty(head, 'Sertifikat ISO/IEC 27001'), /Segera jatuh tempo 20-11-2025/);
		await morning(clock, '2025-11-21', head, admin);
		assert.match(await duty(head, 'Sertifikat ISO/IEC 27001'), /Terlambat 20-11-2025/);
		await head.shot('duties-late');
		await filePaper(head, 'iso27001', { surat: 'ISO/1', penanda: 'Lembaga Sertifikasi Contoh', tanggal: '2025-11-14', sampai: '2028-11-13' });
		assert.match(await duty(head, 'Sertifikat ISO/IEC 27001'), /Terlambat/, 'waiting fulfils nothing');
		await accept(admin, 'ISO/1');
		assert.match(await duty(head, 'Sertifikat ISO/IEC 27001'), /Terpenuhi.*ISO\/1/);
	});

	stage('J.II.C, P9.2: a method by letter and study, reply, approval of the ministry, and an addendum that names the change', async () => {
		const number = await file(head, 'method', {
			...letter('800/3/CONTOH', '2025-11-21'), metode: 'CALL_VERIFY_BY_ELEMEN', elemen: 'tetap', mulai: '2025-12-01', alasan: 'Verifikasi di posko', kajian: SCAN });
		await take(admin, number, 'reply', { ...letter('470/4/CONTOH', '2025-11-21'), alasan: 'Sesuai kajian' });
		await take(admin, number, 'ministry', { ...letter('400.8/2/DUKCAPIL/CONTOH', '2025-11-21'), penanda_tangan: 'Direktur Jenderal', berkas: SCAN });
		assert.match(await admin.words(), /adendum menunggu dicatat/);
		await record({
			'addendum.number': '470/5/ADENDUM/CONTOH', 'addendum.signed_on': '2025-11-21', 'addendum.ground': 'J.II.C', 'addendum.subject': 'Web service kesesuaian dibuka',
			ministry_approval: '400.8/2/DUKCAPIL/CONTOH', begin: '2025-11-21', 'methods.CALL_VERIFY_BY_ELEMEN.granted': true,
			'methods.CALL_VERIFY_BY_ELEMEN.quota_before_poc': '100', 'methods.CALL_VERIFY_BY_ELEMEN.quota_after_poc': '',
		});
		const changed = /Web service kesesuaian diberikan Metode akses dan kuota tidak ya/;
		assert.match(await head.go('/perjanjian/versi?n=2'), changed);
		await head.shot('version-2');
		await take(admin, number, 'addendum', { versi: '2' });
		assert.match(await admin.words(), /Dituangkan dalam adendum/);
		const addendum = pdfWords(await admin.download('Adendum'));
		for (const word of ['ADENDUM', 'Web service kesesuaian', '400.8/2/DUKCAPIL/CONTOH']) assert.ok(addendum.includes(word), word);
		await operator.enter();
		await operator.standBy(EVENT);
		assert.match((await operator.ask(nik(3))).card, /Juknis II\.C, versi 2/);
	});

	stage('J.VI.H: a new head by notice stops the very next inquiry, until his own SPTJM is accepted', async () => {
		await morning(clock, '2026-02-02', admin, head, operator);
		await operator.standBy(EVENT);
		assert.equal((await operator.ask(nik(4))).text, 'Data ditemukan');
		const number = await file(head, 'official', {
			...letter('800/4/CONTOH', '2026-02-02'), 'pejabat.status': 'definitif', 'pejabat.baru': NEXT_HEAD, 'pejabat.jabatan': 'Kepala Pelaksana', dasar: '821/2/SK/CONTOH', mulai: '2026-02-02', berkas: SCAN });
		assert.equal((await operator.ask(nik(5))).text, 'Data ditemukan', 'announced, not yet recorded');
		await take(admin, number, 'acknowledge', { ...letter('470/6/CONTOH', '2026-02-02'), alasan: 'Surat keputusan telah diperiksa' });
		assert.match(await admin.words(), /Dicatat/);
		const refused = await operator.ask(nik(6));
		assert.equal(refused.text, STOPPED);
		assert.equal(refused.elements, 0);
		assert.doesNotMatch(refused.card, /SPTJM/, 'no ground for the operator');
		assert.match(refused.card, /Petugas Contoh Satu/, 'but whom to call');
		await operator.shot('operator-stopped');
		assert.match(await head.go('/'), /Instansi tidak aktif.*SPTJM/);
		await head.shot('head-new-sptjm');
		await head.go('/dokumen');
		assert.match(pdfWords(await head.download('Cetak SPTJM')), new RegExp(NEXT_HEAD));
		await filePaper(head, 'sptjm', { surat: 'SPTJM/2', penanda: NEXT_HEAD, tanggal: '2026-02-02' });
		assert.equal((await operator.ask(nik(6))).text, STOPPED, 'waiting opens nothing');
		await accept(admin, 'SPTJM/2');
		assert.equal((await operator.ask(nik(6))).text, 'Data ditemukan');
	});

	stage('P4, J.VI.F: warnings six, four, three and two months before the end, on both sides, then late', async () => {
		await pass(clock, [admin, head, operator], ['2026-04-24', '2026-07-15', '2026-10-02']);
		const own = '/perjanjian';
		for (const [day, words] of [
			['2026-11-19', null], ['2026-11-20', /kurang dari 6 bulan lagi Hari terakhir 20 Mei 2027/], ['2027-01-20', /kurang dari 4 bulan lagi/],
			['2027-02-20', /kurang dari 3 bulan lagi/], ['2027-03-19', /diajukan paling lambat 19 Maret 2027 \(maju ke hari kerja sebelumnya\)/],
			['2027-03-20', /Permohonan perpanjangan terlambat.*seharusnya diajukan paling lambat 19 Maret 2027/], ['2027-03-22', /Permohonan perpanjangan terlambat/],
		]) {
			await morning(clock, day, admin, head);
			if (day === '2026-11-20' || day === '2027-01-20' || day === '2027-03-19') await operator.enter(); /* within ninety days */
			for (const [person, where] of [[head, '/'], [head, own], [admin, page]]) {
				const said = await person.go(where);
				if (words) assert.match(said, words, `${day} ${person.user} ${where}`);
				else assert.doesNotMatch(said, /kurang dari|perpanjangan terlambat/, `${day} ${where}`);
			}
			if (words) await head.shot(`warning-${day}`);
		}
		assert.match(await duty(head, 'Permohonan perpanjangan'), /Terlambat 19-03-2027 maju dari Sabtu, 20-03-2027/);
	});

	stage('P4, J.VI.F-G: the renewal is asked late, forwarded, approved, and recorded as version 3 to 2029', async () => {
		const number = await file(head, 'renewal', { ...letter('800/5/CONTOH', '2027-03-22'), mulai: '2027-05-21', akhir: '2029-05-20', alasan: 'Penanganan bencana berlanjut' });
		assert.match(await head.words(), /diajukan terlambat/);
		await head.shot('renewal-late');
		assert.match(await head.go('/'), /Perpanjangan sedang diproses/);
		await take(admin, number, 'forward', { ...letter('470/7/CONTOH', '2027-03-22'), isi: 'Kerja sama berjalan baik' });
		assert.match(pdfWords(await admin.download('Penerusan')), /Kerja sama berjalan baik/);
		await morning(clock, '2027-04-12', admin, head);
		await take(admin, number, 'draft', { tanggal: '2027-04-12' });
		await take(admin, number, 'ministry', { ...letter('400.8/3/DUKCAPIL/CONTOH', '2027-04-12'), penanda_tangan: 'Direktur Jenderal', berkas: SCAN });
		await record({
			'addendum.number': '470/8/ADENDUM/CONTOH', 'addendum.signed_on': '2027-04-12', 'addendum.ground': 'P4', 'addendum.subject': 'Perpanjangan dua tahun',
			ministry_approval: '400.8/3/DUKCAPIL/CONTOH', begin: '2027-05-21', end: '2029-05-20',
		});
		await take(admin, number, 'record', { versi: '3' });
		assert.match(await admin.words(), /Diperpanjang/);
		await admin.shot('renewal-done');
		const said = await head.go('/perjanjian');
		assert.match(said, /Versi 3 Terjadwal 21-05-2027 s\.d\. 20-05-2029/i);
		assert.doesNotMatch(said, /terlambat/i);
		assert.match(said, /Hasil PoC belum tercatat: Web service kesesuaian;/);
		await head.shot('agreement-renewed');
	});

	stage('P4, P9.2: past the old last day the inquiry works under version 3, on the page that was open', async () => {
		await morning(clock, '2027-05-20', admin, head, operator);
		clock.set('2027-05-20 23:50');
		await operator.enter();
		await operator.standBy(EVENT);
		assert.match((await operator.ask(nik(7))).card, /Juknis II\.C, versi 2/);
		clock.set('2027-05-21 00:00');
		const answer = await operator.ask(nik(8));
		assert.equal(answer.text, 'Data ditemukan');
		assert.match(answer.card, /Juknis II\.C, versi 3/);
		assert.match(answer.quota, /tanpa batas/);
	});

	stage('P2.1c: who stayed away for ninety days finds the user id closed', async () => {
		await new Person(chrome, padan, 'kepala', padan.accounts.kepala.password).signIn().then(async (kepala) => {
			assert.match(await kepala.words(), new RegExp(INACTIVE));
			await kepala.leave();
		});
	});

	stage('J.VI.J, P9.2: the journal of both years verifies, and names the version of every look-up', async () => {
		assert.match(padan.run('journal', 'verify', padan.dir), /utuh|sah|benar|ok/i);
		const looked = padan.journal().filter((e) => e.act === 'lookup' && e.user_id === 'kota-operator' && e.outcome === '01');
		assert.equal(looked.length, 9);
		assert.equal(new Set(looked.map((e) => e.version)).size, 3);
	});
});

describe('how an access ends', () => {
	const stage = stages();
	let clock, padan;
	const people = {};
	const nik = (i) => padan.nik['01'][i];
	/** Somebody of the demo, signed in. */
	const who = async (user) => {
		people[user] ??= new Person(chrome, padan, user, padan.accounts[user].password);
		return people[user].enter();
	};
	/** A step of an agency's standing: typed, told what will happen, confirmed. */
	const step = async (admin, code, langkah, words, alasan) => {
		await admin.go(`/perjanjian/status?instansi=${code}`);
		await admin.fill({ langkah, alasan, nomor: '470/77/CONTOH', tanggal: '2025-05-20' });
		const told = await admin.press('Lanjutkan');
		await admin.shot(`life-${langkah}`);
		assert.match(await admin.press(words), /Langkah telah dicatat dan berlaku seketika/);
		return told;
	};
	before(async () => {
		clock = await Clock.demo('2025-05-20 08:00', { residents: 300 });
		padan = await clock.padan.start();
	});
	after(() => padan?.remove());

	stage('P9.1, J.VI.I: suspended by letter while the page is open, the next inquiry is refused; resumed, it works', async () => {
		const [admin, head, operator] = [await who('admin'), await who('kepala'), await who('operator1')];
		await operator.standBy('');
		assert.equal((await operator.ask(nik(0))).text, 'Data ditemukan');
		await step(admin, 'BPBD', 'suspend', 'Bekukan hak akses', 'Laporan semester belum disampaikan');
		const refused = await operator.ask(nik(1));
		assert.equal(refused.text, STOPPED);
		assert.doesNotMatch(refused.card, /Laporan|470\/77|Pasal/, 'no ground for the operator');
		assert.match(refused.quota, /199 dari 200/, 'and no hit');
		assert.match(await head.go('/'), /Instansi tidak aktif.*Surat nomor 470\/77\/CONTOH tanggal 20-05-2025\. Laporan semester belum disampaikan/);
		await head.shot('head-suspended');
		await step(admin, 'BPBD', 'resume', 'Aktifkan kembali', 'Laporan telah diterima');
		assert.equal((await operator.ask(nik(1))).text, 'Data ditemukan');
	});

	stage('J.II.B, P2.1c: a user id closed at the request of its head: its session is over, and signing in says 17', async () => {
		const [head, operator] = [await who('dinkes-kepala'), await who('dinkes-operator')], { admin } = people;
		await operator.standBy('');
		assert.equal((await operator.ask(nik(0))).text, 'Data ditemukan');
		const number = await file(head, 'user-close', { ...letter('800/9/CONTOH', '2025-05-20'), 'pengguna.user_id': 'dinkes-operator', alasan: 'Pindah tugas' });
		await take(admin, number, 'close', { ...letter('470/9/CONTOH', '2025-05-20'), alasan: 'Sesuai permohonan' });
		assert.match(await admin.words(), /User ID ditutup; bahan menunggu dikembalikan/);
		await operator.page.fill('#nik', nik(1));
		await operator.page.click('button:has-text("Periksa")');
		await operator.page.waitForSelector('.alert');
		assert.match(await operator.words(), /[Ss]esi/);
		assert.equal(await operator.page.locator('.data').count(), 0);
		await operator.signIn();
		assert.equal(operator.path, '/masuk');
		assert.match(await operator.words(), new RegExp(INACTIVE));
		await operator.shot('operator-closed');
		await take(head, number, 'give-back', { tanggal: '2025-05-20', catatan: 'Panduan cetak' });
		assert.match(await take(admin, number, 'received', { tanggal: '2025-05-20' }), /Ditutup, bahan telah diterima/);
	});

	stage('P9.1: revoked for breach, the next inquiry of the other agency is refused, for good', async () => {
		const head = people['dinkes-kepala'], { admin } = people;
		await head.standBy('');
		assert.equal((await head.ask(nik(2))).text, 'Data ditemukan');
		assert.match(await step(admin, 'DINKES', 'revoke', 'Cabut', 'Data dibagikan kepada pihak lain'), /Cabut hak akses/);
		const refused = await head.ask(nik(3));
		assert.equal(refused.text, STOPPED);
		assert.match(refused.card, /dicabut/i, 'the head sees the ground');
		assert.match(await admin.go('/perjanjian/status?instansi=DINKES'), /tidak ada langkah yang dapat diambil/);
		assert.match(await head.go('/perjanjian'), /Dicabut.*Data dibagikan kepada pihak lain/);
		await head.shot('head-revoked');
	});

	stage('P4: at 23.59 of the last day it works, at 00.00 WIB the page that is open is refused', async () => {
		const { admin, kepala: head, operator1: operator } = people;
		await pass(clock, [admin, head, operator], ['2025-08-11', '2025-11-03', '2026-01-26', '2026-04-20', '2026-07-13', '2026-10-05', '2026-12-28', '2027-03-15']);
		clock.set('2027-05-20 23:50');
		await padan.nightDone(Date.parse('2027-05-20T23:50:00+07:00') * 1000); /* the next would close the operator for the same reason */
		await Promise.all([head.enter(), operator.enter()]);
		assert.match(await head.go('/'), /20 Mei 2025 sampai dengan 20 Mei 2027/);
		await operator.standBy('');
		clock.set('2027-05-20 23:59');
		assert.equal((await operator.ask(nik(4))).text, 'Data ditemukan');
		clock.set('2027-05-21 00:00');
		const refused = await operator.ask(nik(5));
		assert.equal(refused.text, STOPPED);
		assert.equal(refused.elements, 0);
		await operator.shot('operator-expired');
		assert.match(await head.go('/perjanjian'), /Berakhir/);
		await head.shot('head-expired');
	});

	stage('J.VI.J: the journal verifies, and holds the refusals with their outcome', async () => {
		assert.match(padan.run('journal', 'verify', padan.dir), /utuh|sah|benar|ok/i);
		const refused = padan.journal().filter((e) => e.act === 'lookup' && e.outcome === '16');
		assert.deepEqual(refused.map((e) => e.user_id), ['operator1', 'dinkes-kepala', 'operator1']);
	});
});
