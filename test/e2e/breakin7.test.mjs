// SPDX-License-Identifier: EUPL-1.2
// Attempts on what supervises (issue 7): an insider who looks people up where nobody counts it, a
// user id whose time is over, a head who fills what others need.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { Browser, OBSERVE, Padan, text } from './padan.mjs';

const now = () => new Date(Date.now() + 7 * 3600e3).toISOString();
const enter = async (padan, ...names) => {
	const people = names.map(() => new Browser(padan));
	for (const [i, name] of names.entries()) await people[i].login(name);
	return people;
};

describe('P2.2g whether an access was about somebody is asked as his history is', () => {
	let padan, admin, auditor;
	before(async () => {
		padan = await (await Padan.demo({ residents: 200, tls: false, settings: { ...OBSERVE, 'history.per_day': '3' } })).start();
		const operator = await Browser.operator(padan);
		for (const nik of padan.nik['01'].slice(0, 3)) await operator.verify(nik);
		[admin, auditor] = await enter(padan, 'admin', 'auditor');
	});
	after(() => padan?.remove());
	const trace = async (who, nik) => {
		const t = now();
		await who.go('GET', '/telusur');
		return who.submit('/telusur', { ref: '', userid: 'operator1', waktu: `${t.slice(8, 10)}-${t.slice(5, 7)}-${t.slice(0, 4)} ${t.slice(11, 13)}.${t.slice(14, 16)}.00`, selisih: '1440', nik });
	};

	test('a NIK that is held against accesses counts as a search, and stands in its own history', async () => {
		const [mine, another] = padan.nik['01'];
		assert.match(text((await trace(auditor, mine)).body), /Akses ditemukan/);
		const h = await (await admin.go('GET', '/riwayat'), admin.submit('/riwayat', { nik: mine, dasar: 'oversight', pemohon: 'self', keterangan: 'ST/1', dokumen: 'none', dari: '', sampai: '' }));
		assert.match(text(h.body), /auditor Dinas Dukcapil Penelusuran asal cetakan atau tangkapan layar berhasil NIK dicocokkan dengan akses/);
		await trace(auditor, another);
		await trace(auditor, another);
		const fourth = await trace(auditor, mine);
		assert.equal(fourth.status, 429);
		assert.match(text(fourth.body), /Batas 3 pencarian riwayat sehari telah tercapai/);
		assert.ok(!/Akses ditemukan|Beberapa akses cocok/.test(text(fourth.body)));
		assert.equal((await trace(auditor, '')).status, 200, 'without a NIK nothing is counted');
		const told = padan.journal().filter((e) => e.act === 'trace' && e.about === 'trace compare');
		assert.equal(told.length, 3);
		assert.ok(told.every((e) => e.nik && e.user_id === 'auditor'));
	});
});

describe('P3.1a, J.II.A: a user id whose time is over does nothing more, signed in or not', () => {
	let padan, auditor, kepala;
	before(async () => {
		padan = await (await Padan.demo({ residents: 200, tls: false, settings: OBSERVE })).start();
		[auditor, kepala] = await enter(padan, 'auditor', 'kepala');
		await kepala.go('GET', '/insiden/baru');
		await padan.nightDone(); /* it would end their sessions */
		padan.fill(`UPDATE user_account SET expires_us = ${(Date.now() - 1000) * 1000} WHERE user_id IN ('auditor', 'kepala')`);
	});
	after(() => padan?.remove());

	test('neither the papers and reports that a stopped instansi keeps', async () => {
		for (const who of [auditor, kepala])
			for (const path of ['/laporan', '/evaluasi', '/insiden', '/jurnal/tanda-tangan', '/perjanjian?instansi=BPBD', '/dokumen?instansi=BPBD', '/pengguna?instansi=BPBD', '/permohonan', '/kewajiban?instansi=BPBD', '/dasbor', '/kode/atur', '/panduan']) {
				const re = await who.go('GET', path, { follow: false });
				assert.equal(re.status, 403, path);
				assert.match(text(re.body), /User ID non aktif, silahkan menghubungi Admin/, path);
			}
	});

	test('nor a form that lies open since before', async () => {
		const opened = await kepala.submit('/insiden/baru', { jenis: 'tersebar', judul: 'Contoh', uraian: 'Contoh.', diketahui: now().slice(0, 16) });
		assert.equal(opened.status, 403);
		assert.equal(padan.office('SELECT count(*) AS n FROM incident')[0].n, 0);
	});

	test('but the own sessions can be ended, and one signs out', async () => {
		assert.equal((await auditor.go('GET', '/sesi')).status, 200);
		await auditor.go('GET', '/keluar');
		await auditor.submit('/keluar', {});
		assert.equal((await auditor.go('GET', '/sesi', { follow: false })).headers.location, '/masuk');
	});
});

describe('DESIGN 7: what one agency asks for takes nothing from another, nor from who looks at it', () => {
	let padan, admin, kepala, dinkes;
	before(async () => {
		padan = await (await Padan.demo({ residents: 200, tls: false, settings: OBSERVE })).start();
		[admin, kepala, dinkes] = await enter(padan, 'admin', 'kepala', 'dinkes-kepala');
	});
	after(() => padan?.remove());
	const leak = async (who, judul, found = Date.now()) => {
		await who.go('GET', '/insiden/baru');
		return who.submit('/insiden/baru', { jenis: 'tersebar', judul, uraian: 'Contoh.', diketahui: new Date(found + 7 * 3600e3).toISOString().slice(0, 16) });
	};
	const opened = (code) => padan.office(`SELECT count(*) AS n FROM incident JOIN instansi USING (instansi_id) WHERE code = '${code}'`)[0].n;

	test('leaks that an agency makes up bury neither those of another nor the list of all', async () => {
		for (let i = 0; i < 10; i++) await leak(dinkes, `Karangan ${i}`, Date.now() - 300 * 86400e3);
		const eleventh = await leak(dinkes, 'Karangan 10');
		assert.equal(eleventh.status, 409);
		assert.match(text(eleventh.body), /masih mempunyai 10 insiden yang belum selesai/);
		assert.match(eleventh.body, /value="Karangan 10"/, 'what was typed stays');
		assert.equal(opened('DINKES'), 10);
		await leak(kepala, 'Yang sungguh terjadi');
		assert.match(text((await admin.go('GET', '/')).body), /Yang sungguh terjadi/);
		await admin.go('GET', '/insiden/baru?instansi=DINKES');
		const found = await admin.submit('/insiden/baru', { instansi: 'DINKES', jenis: 'tersebar', judul: 'Ditemukan Dinas', uraian: 'Contoh.', diketahui: now().slice(0, 16) });
		assert.equal(found.status, 200, 'the provider opens as many as he finds');
		assert.equal(opened('DINKES'), 11);
	});

	test('an incident has twenty lists and no more', async () => {
		const { n } = padan.office("SELECT max(incident_id) AS n FROM incident WHERE instansi_id = (SELECT instansi_id FROM instansi WHERE code = 'BPBD')")[0];
		padan.fill(`INSERT INTO affected_list (incident_id, instansi_id, first_day, last_day, kejadian_id, named, asked_by, asked_us, note, size, state, expected, read_n, access_n, shown_n, repeat_n, other_n, least_n, most_n, at_user, at_us, at_entry, done_us)
			WITH RECURSIVE i(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM i WHERE k < 20)
			SELECT ${n}, 1, 20000, 20000, 0, 0, 'kepala', 1, '', 1, 'done', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 FROM i`);
		await kepala.go('GET', `/insiden/isi?nomor=${n}`);
		const more = await kepala.submit('/insiden/akses', { mulai: now().slice(0, 10), sampai: now().slice(0, 10), userid: '', kejadian: '' });
		assert.equal(more.status, 400);
		assert.match(text(more.body), /sudah mempunyai 20 daftar/);
	});

	test('a head who keeps the counting busy does not keep the provider from evaluating him', async () => {
		const at = Date.now() * 1000, later = at + 300e6; /* nobody counts them before the last one was asked for */
		for (let i = 0; i < 8; i++)
			padan.fill(`INSERT INTO report_run (instansi_id, first_day, last_day, state, asked_by, asked_us, finished_us, node, next_us, tries, fails, done_n, all_n, trouble, digest, figures)
				SELECT instansi_id, 20000, 20001, 'waiting', 'dinkes-kepala', ${at}, 0, -1, ${later}, 0, 0, 0, 0, '', '', '' FROM instansi WHERE code = 'DINKES'`);
		const days = { mulai: new Date(Date.now() - 5 * 86400e3).toISOString().slice(0, 10), akhir: new Date(Date.now() - 3 * 86400e3).toISOString().slice(0, 10) };
		await dinkes.go('GET', '/laporan/baru');
		assert.equal((await dinkes.submit('/laporan/baru', { ...days, perihal: 'Satu lagi' })).status, 429);
		await admin.go('GET', '/laporan/baru?instansi=DINKES');
		const asked = await admin.submit('/laporan/baru', { instansi: 'DINKES', ...days, perihal: 'Dari Dinas' });
		assert.equal(asked.status, 200, text(asked.body));
	});

	test('J.V what the head writes on a draft is his until he hands it in', async () => {
		const { id } = padan.office("SELECT report_id AS id FROM report WHERE subject = 'Dari Dinas'")[0];
		await dinkes.go('GET', `/laporan/isi?r=${id}&tulis=1`);
		await dinkes.submit('/laporan/teks', { kendala: 'Belum selesai dipikirkan', usulan: 'Rahasia dahulu' });
		for (let i = 0; i < 600 && padan.office(`SELECT u.state FROM report_run u JOIN report r ON r.run_id = u.run_id WHERE r.report_id = ${id}`)[0].state !== 'done'; i++)
			await new Promise((r) => setTimeout(r, 100));
		const seen = async (who) => [(await who.go('GET', `/laporan/isi?r=${id}`)).body, (await who.go('GET', `/laporan/unduh?r=${id}&jenis=csv`)).body].map((b) => /Belum selesai dipikirkan/.test(b) && /Rahasia dahulu/.test(b));
		assert.deepEqual(await seen(dinkes), [true, true]);
		assert.deepEqual(await seen(admin), [false, false]);
		assert.match(text((await admin.go('GET', `/laporan/isi?r=${id}`)).body), /Kendala belum disampaikan Usulan belum disampaikan/);
	});

	test('DESIGN 7 stolen session: a page that loads itself keeps no session alive', async () => {
		const later = (Date.now() + 300e3) * 1000; /* a moment farther off than 512 s would be of a clock that stepped back */
		padan.fill(`UPDATE report_run SET state = 'waiting', next_us = ${later}, figures = '' WHERE run_id = (SELECT run_id FROM report WHERE subject = 'Dari Dinas')`);
		const { id } = padan.office("SELECT report_id AS id FROM report WHERE subject = 'Dari Dinas'")[0];
		const last = () => padan.office("SELECT max(seen_us) AS us FROM session WHERE user_key = (SELECT user_key FROM user_account WHERE user_id = 'admin')")[0].us;
		padan.fill(`UPDATE session SET seen_us = seen_us - 300000000`);
		const before = last();
		const re = await admin.go('GET', `/laporan/hitung?r=${id}`);
		assert.equal(re.status, 200);
		assert.match(re.headers.refresh ?? '', new RegExp(`url=/laporan/hitung\\?r=${id}$`));
		assert.equal(last(), before);
		await admin.go('GET', `/laporan/isi?r=${id}`);
		assert.ok(last() > before, 'a person does');
	});
});
