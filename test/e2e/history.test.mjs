// SPDX-License-Identifier: EUPL-1.2
// Who looked at me (issue 7 point 4, P2.2g, P3.1a): what the page finds is what was asked, every search
// is written down before anything is shown, and the NIK stands nowhere else.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Padan, Browser, OBSERVE, text } from './padan.mjs';
import { Clock } from './clock.mjs';

const WHY = { dasar: 'oversight', keterangan: 'ST/012/2026' };
const OWNER = { dasar: 'owner', keterangan: '470/031/2026', pemohon: 'self', dokumen: 'ktp-el' };

let padan, admin;
/* On a fresh page: after a search the first form of the page goes on with that one. */
const search = async (b, nik, more = WHY) => {
	await b.go('GET', '/riwayat');
	return b.submit('/riwayat', { nik, ...more });
};
const rows = (re) => [...re.body.matchAll(/<tr><td data-k="Waktu"[\s\S]*?<\/tr>/g)].map(([tr]) =>
	Object.fromEntries([...tr.matchAll(/<td data-k="([^"]+)"[^>]*>([\s\S]*?)<\/td>/g)].map(([, k, v]) => [k, text(v)])));
const histories = (p = padan) => p.journal().filter((e) => e.act === 'history');
const grouped = (nik) => `${nik.slice(0, 6)} ${nik.slice(6, 12)} ${nik.slice(12)}`;

before(async () => {
	padan = await (await Padan.demo({ settings: OBSERVE })).start();
	admin = new Browser(padan);
	await admin.login('admin');
});
after(() => padan?.remove());

describe('I7.4: the page', () => {
	test('I7.4: who, when, why, what came of it, from where and under which version; newest first, and nobody else', async () => {
		const [nik, other] = padan.nik['01'];
		const operator = await Browser.operator(padan);
		await operator.verify(nik);
		await operator.verify(other);
		await operator.verify(nik);
		const re = await search(admin, grouped(nik));
		assert.equal(re.status, 200);
		const list = rows(re);
		assert.equal(list.length, 3);
		assert.match(list[0].Perbuatan, /Pencarian riwayat/);
		assert.match(list[0].Keperluan, /^Pengawasan ST\/012\/2026$/);
		for (const row of list.slice(1)) {
			assert.match(row.Oleh, /operator1 BPBD/);
			assert.match(row.Perbuatan, /Verifikasi NIK Web portal/);
			assert.match(row.Hasil, /Data ditampilkan/);
			assert.match(row.Dari, /127\.0\.0\.1 versi 1/);
			assert.ok(row.Keperluan.length > 5, 'the kejadian has its name');
		}
		const asked = padan.journal().filter((e) => e.act === 'lookup' && e.nik === padan.journal().find((x) => x.act === 'history').nik);
		assert.equal(asked.length, 2);
	});

	test('I7.4: the search is in the journal, about the NIK, with its grounds, and in the next search', async () => {
		const nik = padan.nik['01'][3];
		await search(admin, nik, OWNER);
		const [e] = histories().slice(-1);
		assert.deepEqual([e.outcome, e.user_id, e.document, e.about, e.clause], ['ok', 'admin', 'ktp-el', 'search owner self 470/031/2026', 'UU 27 Tahun 2022 Pasal 32']);
		assert.match(e.nik, /^[0-9a-f]{32}$/);
		const auditor = new Browser(padan);
		await auditor.login('auditor');
		const re = await search(auditor, nik);
		assert.equal(rows(re).length, 2);
		assert.match(text(re.body), /Permintaan pemilik data/);
	});

	test('I7.4: every outcome, refusals too, with the reason', async () => {
		const operator = await Browser.operator(padan);
		const nik = padan.nik['13'][0];
		await operator.verify(nik);
		const list = rows(await search(admin, nik));
		assert.equal(list.length, 2);
		assert.match(list[1].Hasil, /13 tanpa data Data tidak ditemukan/);
		const nobody = new Browser(padan); // no NDA: refused, and about him all the same
		await nobody.login('operator2');
		await nobody.choose();
		await nobody.verify(padan.nik['11'][0]);
		const [, refused] = rows(await search(admin, padan.nik['11'][0]));
		assert.match(refused.Hasil, /17 tanpa data .*NDA/);
	});

	test('I7.4: a slip that is printed and data balikan that is told are accesses too', async () => {
		const operator = await Browser.operator(padan);
		const nik = padan.nik['01'][9];
		await operator.verify(nik);
		const ref = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec(text(operator.page.body))[0];
		const { csrf } = operator.hidden('/keluar'), kejadian = padan.office("SELECT min(kejadian_id) AS id FROM kejadian WHERE instansi_id = (SELECT instansi_id FROM instansi WHERE code = 'BPBD')")[0].id;
		const told = await operator.go('POST', '/korban/catat', { form: { csrf, nik, kejadian, keterangan: 'hilang' } });
		assert.equal(told.status, 200);
		assert.equal((await operator.go('POST', '/verifikasi/slip', { form: { csrf, nik, ref } })).status, 200);
		const list = rows(await search(admin, nik));
		assert.deepEqual(list.map((r) => r.Perbuatan.split(' ')[0]), ['Pencarian', 'Cetak', 'Data', 'Verifikasi']);
	});

	test('I7.4: pages and a time, with a ticket and without writing the search down again', async () => {
		const nik = padan.nik['01'][5];
		const operator = await Browser.operator(padan);
		for (let i = 0; i < 30; i++) await operator.verify(nik);
		const re = await search(admin, nik);
		const first = rows(re), before = histories().length;
		assert.equal(first.length, 25);
		assert.match(text(re.body), /31 akses/);
		const cursor = /name="lanjut" value="([^"]+)"/.exec(re.body)[1];
		const second = await admin.submit('/riwayat', { lanjut: cursor });
		assert.equal(rows(second).length, 6);
		assert.equal(new Set([...first, ...rows(second)].map((r) => r.Waktu)).size, 31, 'each once');
		const none = await admin.submit('/riwayat', { lanjut: '', dari: '2020-01-01', sampai: '2020-12-31' });
		assert.match(text(none.body), /0 akses/);
		assert.equal(histories().length, before);
	});

	test('I7.4: what is missing or wrong stands beside its field, and nothing is written down', async () => {
		const nik = padan.nik['01'][0], before = histories().length;
		const wrong = [
			[{ nik: '330406', ...WHY }, /16 angka/],
			[{ nik, dasar: 'oversight', keterangan: ' ' }, /Isi nomor surat/],
			[{ nik, dasar: 'oversight', keterangan: `untuk ${grouped(nik)}` }, /Jangan menuliskan NIK/],
			[{ nik, dasar: 'apa saja', keterangan: 'x' }, /Pilih dasar/],
			[{ nik, ...OWNER, dokumen: 'none' }, /dokumen yang diperiksa/],
			[{ nik, ...WHY, dari: '31-12-2026' }, /Isi tanggal/],
			[{ nik, ...WHY, dari: '2026-12-31', sampai: '2026-01-01' }, /mendahului/],
		];
		for (const [form, words] of wrong) {
			const re = await search(admin, form.nik, form);
			assert.equal(re.status, 400);
			assert.match(text(re.body), words);
			assert.equal(rows(re).length, 0);
		}
		assert.equal(histories().length, before);
	});

	test('I7.4: a ticket is good for its session alone, and for nothing that was bent', async () => {
		const re = await search(admin, padan.nik['01'][1]);
		const ticket = /name="tiket" value="([^"]+)"/.exec(re.body)[1];
		const other = new Browser(padan);
		await other.login('admin2');
		const twin = new Browser(padan); // the same person, signed in once more
		await twin.login('admin');
		for (const [b, tiket] of [[other, ticket], [twin, ticket], [admin, ticket.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))], [admin, 'x'.repeat(3000)]]) {
			const { csrf } = (await b.go('GET', '/riwayat'), b.hidden('/riwayat'));
			const refused = await b.go('POST', '/riwayat', { form: { csrf, tiket } });
			assert.equal(refused.status, 400);
			assert.match(text(refused.body), /Cari kembali/);
			assert.equal(rows(refused).length, 0);
			assert.equal((await b.go('POST', '/riwayat/cetak', { form: { csrf, tiket } })).status, 400);
		}
	});

	test('P3.1a: it is the provider\'s door: nobody of an agency comes in, and nothing is written down', async () => {
		const before = histories().length;
		for (const user of ['kepala', 'operator1', 'dinkes-kepala']) {
			const b = new Browser(padan);
			await b.login(user);
			await b.go('GET', '/sesi');
			const { csrf } = b.hidden('/keluar');
			assert.equal((await b.go('GET', '/riwayat')).status, 403);
			assert.equal((await b.go('POST', '/riwayat', { form: { csrf, nik: padan.nik['01'][0], ...WHY } })).status, 403);
			assert.equal((await b.go('POST', '/riwayat/cetak', { form: { csrf } })).status, 403);
		}
		const forged = await admin.go('POST', '/riwayat', { form: { csrf: 'x', nik: padan.nik['01'][0], ...WHY } });
		assert.equal(forged.status, 403);
		assert.equal(histories().length, before);
	});
});

const pdfText = (bytes) => {
	const dir = mkdtempSync(path.join(os.tmpdir(), 'padan-pdf-'));
	writeFileSync(path.join(dir, 'a.pdf'), bytes);
	const out = execFileSync('pdftotext', ['-layout', path.join(dir, 'a.pdf'), '-'], { encoding: 'utf8' });
	rmSync(dir, { recursive: true });
	return out.replace(/\s+/g, ' ');
};

test('I7.4: the command line: the NIK on stdin, written down before anything is printed', async () => {
	const nik = padan.nik['01'][11];
	const operator = await Browser.operator(padan);
	await operator.verify(nik);
	const said = padan.runWith(`${grouped(nik)}\n`, 'journal', 'history', padan.dir, '--ground', 'incident', '--basis', 'INS/7').trim().split('\n');
	assert.equal(said.length, 2);
	assert.match(said[0], /history +ok/);
	assert.match(said[1], /^\S+Z [0-9A-Z]{4}-[0-9A-Z]{4} BPBD +operator1 +lookup +01 127\.0\.0\.1 v1 Longsor Contoh$/);
	const [e] = histories().slice(-1);
	assert.deepEqual([e.about, e.clause], ['cli: search incident INS/7', 'P2.2g']);
	assert.match(rows(await search(admin, nik))[1].Keperluan, /^Penyelidikan insiden INS\/7$/);
	const before = histories().length;
	for (const [input, ...args] of [['123\n', '--ground', 'incident', '--basis', 'x'], [nik, '--ground', 'owner', '--basis', 'x'], [nik, '--ground', 'incident'], [nik, '--ground', 'incident', '--basis', nik]])
		assert.throws(() => padan.runWith(input, 'journal', 'history', padan.dir, ...args), (e) => e.status === 100);
	assert.equal(histories().length, before);
});

describe('I7.4: the slip for the owner of the data', () => {
	test('I7.4: it says who, when, why and with what result, and omits what would expose others', async () => {
		const nik = padan.nik['01'][7];
		const operator = await Browser.operator(padan);
		await operator.verify(nik);
		await search(admin, nik, OWNER);
		const re = await admin.submit('/riwayat/cetak', {});
		assert.equal(re.status, 200);
		assert.equal(re.headers['content-type'], 'application/pdf');
		assert.match(re.headers['cache-control'], /no-store/);
		const said = pdfText(re.bytes);
		assert.match(said, /Data ditampilkan/);
		assert.match(said, /Verifikasi NIK/);
		assert.match(said, /Pemilik data sendiri/);
		assert.match(said, /permintaan pemilik data/);
		assert.match(said, /470\/001\/PKS\//);
		assert.ok(!said.includes(nik) && !said.includes(grouped(nik)), 'the NIK is masked');
		for (const secret of ['operator1', 'admin', '127.0.0.1', '470/031/2026']) assert.ok(!said.includes(secret), secret);
		const [e] = histories().slice(-1);
		assert.equal(e.about, 'slip owner self 470/031/2026');
	});

	test('I7.4: only for a search that the owner asked for', async () => {
		const re = await search(admin, padan.nik['01'][7]);
		assert.ok(!re.body.includes('/riwayat/cetak'));
		const fields = admin.hidden('/riwayat');
		const refused = await admin.go('POST', '/riwayat/cetak', { form: fields });
		assert.equal(refused.status, 400);
		assert.match(text(refused.body), /hanya dibuat atas permintaan pemilik data/);
	});
});

test('I7.4: the NIK stands in no address, log, journal entry or office row', async () => {
	const nik = padan.nik['01'][2];
	await search(admin, nik, OWNER);
	assert.ok(!/(?:action|href)="[^"]*\d{16}/.test(admin.page.body));
	assert.match(admin.page.headers['cache-control'], /no-store/);
	await admin.submit('/riwayat/cetak', {});
	assert.ok(padan.journal().every((e) => !e.line.includes(nik) && !e.line.includes(grouped(nik))));
	assert.ok(!padan.log().includes(nik));
	if (padan.stores['office.url']) return;
	for (const f of readdirSync(padan.dir).filter((f) => f.startsWith('office.db')))
		assert.ok(!readFileSync(path.join(padan.dir, f)).includes(nik), f);
});

test('I7.4, DESIGN 7 insider: so many searches a day, and not one more', async () => {
	const p = await (await Padan.demo({ settings: { ...OBSERVE, 'history.per_day': '2' } })).start();
	try {
		const b = new Browser(p);
		await b.login('admin');
		for (let i = 0; i < 2; i++) assert.equal((await search(b, p.nik['01'][i])).status, 200);
		const re = await search(b, p.nik['01'][2]);
		assert.equal(re.status, 429);
		assert.match(text(re.body), /Batas 2 pencarian riwayat sehari telah tercapai/);
		assert.equal(rows(re).length, 0);
		assert.equal(histories(p).length, 2);
		const other = new Browser(p);
		await other.login('admin2');
		assert.equal((await search(other, p.nik['01'][2])).status, 200);
	} finally {
		await p.remove();
	}
});

test('I7.4: a clock that goes on into the next month, and a ticket that grew old', async () => {
	const clock = await Clock.demo('2026-10-31 23:50', { settings: OBSERVE });
	const p = clock.padan;
	try {
		await p.start();
		const nik = p.nik['01'][0];
		const operator = await Browser.operator(p);
		await operator.verify(nik);
		clock.set('2026-11-01 00:05');
		await operator.verify(nik);
		const b = new Browser(p);
		await b.login('admin');
		assert.equal(rows(await search(b, nik)).length, 3);
		const october = await b.submit('/riwayat', { dari: '2026-10-01', sampai: '2026-10-31' });
		assert.equal(rows(october).length, 1);
		clock.set('2026-11-01 00:19');
		assert.equal((await b.submit('/riwayat', {})).status, 200);
		clock.set('2026-11-01 00:22');
		const old = await b.submit('/riwayat', {});
		assert.equal(old.status, 400);
		assert.match(text(old.body), /15 menit/);
	} finally {
		await p.remove();
	}
});
