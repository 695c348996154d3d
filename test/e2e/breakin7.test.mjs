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
