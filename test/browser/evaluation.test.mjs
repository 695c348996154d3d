// SPDX-License-Identifier: EUPL-1.2
// J.V, P3.1a: an evaluation in a real browser, by hand: made, its checklist judged otherwise
// with a reason, reviewed, signed, told and reported; what it recommends leads to the form of
// that step, filled in; and the rules of WCAG that a machine can check.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Padan, OBSERVE, Browser } from '../e2e/padan.mjs';
import { Person, openChrome, pdfWords } from './person.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = process.env.PADAN_SHOTS;
const today = new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10);
const FINDINGS = 'Data balikan belum dilaporkan untuk sebagian NIK yang diakses.\nSatu pemegang User ID belum menandatangani NDA, dan berita acara serah terima User ID belum lengkap.';

let padan, chrome, admin, auditor, head;
before(async () => {
	padan = await (await Padan.demo({ residents: 300, settings: OBSERVE })).start();
	const operator = await Browser.operator(padan);
	for (const nik of padan.nik['01'].slice(0, 12)) await operator.verify(nik);
	for (const nik of padan.nik['13'].slice(0, 12)) await operator.verify(nik);
	chrome = await openChrome();
	const person = (user) => new Person(chrome, padan, user, padan.accounts[user].password).enter();
	[admin, auditor, head] = [await person('admin'), await person('auditor'), await person('kepala')];
});
after(async () => {
	await chrome?.close();
	await padan?.remove();
});

/** The checklist stands once the journal was counted. */
const counted = async (who) => {
	const { pathname, search } = new URL(who.page.url());
	for (const began = Date.now(); !/Daftar periksa/.test(await who.words()) && Date.now() - began < 60000; await who.go(pathname + search))
		await who.page.waitForTimeout(100);
	assert.match(await who.words(), /Daftar periksa/);
};
const make = async (code) => {
	await admin.go('/evaluasi/baru');
	await admin.fill({ instansi: code, jenis: 'masa', dari: today, sampai: today });
	assert.match(await admin.press('Mulai menghitung'), /Evaluasi telah dibuat/);
	await counted(admin);
	return new URL(admin.page.url()).searchParams.get('e');
};
let id;

test('with none made the page says what will stand here, and only the admin may begin', async () => {
	assert.match(await admin.go('/evaluasi'), /Belum ada evaluasi\..*Buat evaluasi|Buat evaluasi.*Belum ada evaluasi/);
	await admin.shot('evaluasi-kosong');
	assert.equal(await admin.page.locator('.menu a[href="/evaluasi"][aria-current]').count(), 1);
	assert.doesNotMatch(await auditor.go('/evaluasi'), /Buat evaluasi/);
	assert.match(await head.go('/evaluasi'), /Hasilnya tampil di sini setelah ditetapkan/);
});

test('what cannot be is refused beside its field, and what was typed stays', async () => {
	await admin.go('/evaluasi/baru');
	await admin.fill({ instansi: 'TIDAKADA', jenis: 'masa', dari: today, sampai: today });
	assert.match(await admin.press('Mulai menghitung'), /Kode instansi itu tidak ada/);
	assert.equal(await admin.page.inputValue('#dari'), today);
	await admin.shot('evaluasi-baru');
	await admin.fill({ instansi: 'BPBD', dari: '2099-01-01', sampai: '2099-01-02' });
	assert.match(await admin.press('Mulai menghitung'), /Hari terakhir belum tiba/);
	assert.equal(await admin.page.locator('#sampai[aria-invalid]').count(), 1);
});

test('J.V: the checklist is filled in; a decision against the proposal wants its reason', async () => {
	id = await make('BPBD');
	const words = await admin.words();
	assert.match(words, /12 dari 24 permintaan tidak ditemukan atau tidak sesuai format \(50,0%\)\. Tidak sesuai/);
	assert.match(words, /SPTJM pimpinan .* Terpenuhi/);
	await admin.shot('evaluasi-rancangan');
	await admin.fill({ 'hasil-13-15': 'perhatian', temuan: FINDINGS, rekomendasi: 'bekukan' });
	assert.match(await admin.press('Simpan dan tinjau'), /Tuliskan pada catatan mengapa/);
	assert.equal(await admin.page.locator('[name="hasil-13-15.catatan"][aria-invalid]').count(), 1);
	assert.equal(await admin.page.inputValue('#temuan'), FINDINGS);
	await admin.fill({ 'hasil-13-15.catatan': 'Korban tanpa dokumen; nomornya dieja dari ingatan.' });
	assert.match(await admin.press('Simpan dan tinjau'), /Beginilah evaluasi ini akan ditetapkan.*Perlu perhatian Usul: Tidak sesuai/);
	await admin.shot('evaluasi-tinjau');
	assert.match(await head.go(`/evaluasi/isi?e=${id}`), /tidak ada/);
	assert.equal(head.status, 404, 'a draft is the provider\'s alone');
	assert.match(pdfWords(await admin.download('Evaluasi (PDF)')), /RANCANGAN.*DAFTAR PERIKSA/);
});

test('J.V: signed, told by letter and mail, reported to the minister through the Director General', async () => {
	await admin.go(`/evaluasi/isi?e=${id}&tinjau=1`);
	await admin.fill({ nomor: '400.12/17/EVAL' });
	assert.match(await admin.press('Tetapkan evaluasi', admin.page.locator('main form')), /Evaluasi telah ditetapkan/);
	assert.match(await head.go(`/evaluasi/isi?e=${id}`), /Ditetapkan.*400\.12\/17\/EVAL.*Perlu perhatian Usul: Tidak sesuai/);
	assert.equal(await head.page.locator('main form').count(), 0);
	await head.shot('evaluasi-kepala');
	await admin.fill({ cara: 'surel' });
	assert.match(await admin.press('Catat penyampaian', admin.page.locator('main form')), /Penyampaian kepada instansi telah dicatat.*Surat dan surel/);
	assert.deepEqual(padan.office("SELECT address FROM mail WHERE key LIKE 'evaluasi:%'").map((m) => m.address), ['data@bpbd.example']);
	await admin.shot('evaluasi-sampai');
	await admin.fill({ nomor: '400.12/18/EVAL', keterangan: 'Surel Direktorat Jenderal' });
	assert.match(await admin.press('Catat pelaporan', admin.page.locator('main form')), /Dilaporkan kepada Menteri melalui Direktur Jenderal.*400\.12\/18\/EVAL/);
	await admin.shot('evaluasi-lapor');
	const letter = await admin.download('Evaluasi (PDF)'), cover = await admin.download('Surat kepada Menteri (PDF)');
	assert.match(pdfWords(letter), /400\.12\/17\/EVAL.*DAFTAR PERIKSA.*Korban tanpa dokumen/);
	assert.match(pdfWords(cover), /400\.12\/18\/EVAL.*Menteri Dalam Negeri.*melalui Direktur Jenderal/);
});

test('J.V, P9.1: the recommendation leads to the suspension, filled in, and stands in its history', async () => {
	await admin.go(`/evaluasi/isi?e=${id}`);
	assert.match(await admin.press('Bekukan hak akses'), /Menurut evaluasi nomor 400\.12\/17\/EVAL/);
	assert.equal(await admin.page.locator('[name=langkah][value=suspend]').isChecked(), true);
	assert.match(await admin.page.inputValue('#alasan'), /Hasil evaluasi nomor 400\.12\/17\/EVAL.*Data balikan belum dilaporkan/s);
	await admin.shot('evaluasi-bekukan');
	await admin.press('Lanjutkan', admin.page.locator('main'));
	await admin.press('Bekukan hak akses', admin.page.locator('main form'));
	assert.match(await admin.words(), /Langkah telah dicatat dan berlaku seketika/);
	assert.match(await admin.go(`/evaluasi/isi?e=${id}`), /Ditindaklanjuti .* Hak akses dibekukan/);
	assert.match(await head.go(`/evaluasi/isi?e=${id}`), /Hak akses dibekukan/, 'the head reads it while suspended');
});

test('on paper an evaluation is its content alone', async () => {
	await admin.go(`/evaluasi/isi?e=${id}`);
	await admin.page.emulateMedia({ media: 'print' });
	assert.equal(await admin.page.locator('.side:visible').count(), 0);
	if (shots) await admin.page.screenshot({ path: `${shots}/evaluasi-print.png`, fullPage: true });
	await admin.page.emulateMedia({ media: 'screen' });
});

for (const colorScheme of ['light', 'dark'])
	test(`WCAG 2.2 AA, as far as a machine can tell, ${colorScheme}`, async () => {
		const draft = await make('DINKES');
		const context = await chrome.newContext({ ignoreHTTPSErrors: true, baseURL: padan.url, locale: 'id-ID', colorScheme, bypassCSP: true });
		const page = await context.newPage();
		await page.goto('/masuk');
		await page.fill('#user_id', 'admin2');
		await page.fill('#password', padan.accounts.admin2.password);
		await Promise.all([page.waitForEvent('load'), page.click('button:has-text("Masuk")')]);
		for (const width of [1280, 320])
			for (const target of ['/evaluasi', '/evaluasi/baru', `/evaluasi/isi?e=${draft}`, `/evaluasi/isi?e=${draft}&tinjau=1`, `/evaluasi/isi?e=${id}`]) {
				await page.setViewportSize({ width, height: 900 });
				await page.goto(target);
				await page.evaluate(axe);
				const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
				assert.deepEqual(violations.map((v) => `${target} ${v.id}: ${v.nodes[0].html}`), []);
				const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
				assert.ok(sideways <= 0, `${target} scrolls sideways by ${sideways} px at ${width} px`);
			}
		await context.close();
	});
