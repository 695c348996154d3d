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
