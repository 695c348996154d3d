// SPDX-License-Identifier: EUPL-1.2
// Bulk entry in a real browser: a damaged list is uploaded and seen, saved, what is wrong
// downloaded, corrected and uploaded again; the same without script; progress is told; the
// rules of WCAG that a machine can check, in both themes, wide and at 320 px.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { Padan, Browser, OBSERVE, root } from '../e2e/padan.mjs';
import { Person, openChrome } from './person.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const dir = mkdtempSync(path.join(os.tmpdir(), 'padan-lists-'));
const LONG = 'Tanah longsor dan banjir bandang Karangkobar, Wanayasa, Kalibening, dan sekitarnya';
let padan, chrome, niks, kejadian;
before(async () => {
	padan = await (await Padan.demo({ residents: 300, settings: OBSERVE })).start();
	niks = padan.nik['01'].filter((n) => !n.endsWith('0')); /* such a number could be one that was rounded */
	const b = await Browser.operator(padan);
	await b.go('GET', '/kejadian');
	await b.submit('/kejadian/baru', { jenis: 'Banjir', nama: LONG.slice(0, 80), tempat: 'Desa Contoh', tanggal: '2026-01-02' });
	for (const nik of niks.slice(0, 20)) await b.verify(nik);
	kejadian = padan.office('SELECT max(kejadian_id) AS n FROM kejadian WHERE name LIKE \'Tanah longsor dan%\'')[0].n;
	chrome = await openChrome();
});
after(async () => {
	rmSync(dir, { recursive: true, force: true });
	await chrome?.close();
	await padan?.remove();
});

const field = () => {
	const file = path.join(dir, 'field.xlsx');
	execFileSync('python3', [path.join(root, 'test/e2e/lists.py'), 'field', file], { input: [...niks.slice(0, 8), niks.at(-1)].join('\n') });
	return { name: 'posko karangkobar.xlsx', mimeType: XLSX, buffer: readFileSync(file) };
};
const csv = (...lines) => ({ name: 'daftar.csv', mimeType: 'text/csv', buffer: Buffer.from(`NIK;KETERANGAN\n${lines.join('\n')}\n`) });
const many = () => csv(...Array.from({ length: 10000 }, (_, i) => `${3304060101909901n + BigInt(i % 9) + BigInt(Math.floor(i / 9) % 9) * 10n + BigInt(Math.floor(i / 81) % 12) * 1000000n + BigInt(Math.floor(i / 972)) * 100000000n};Mengungsi`));

/** Choose the file and wait for the preview, or for words beside the field. */
const upload = async (p, file) => {
	await p.go(`/korban/unggah?kejadian=${kejadian}`);
	await p.fill({ berkas: file });
	await p.press('Periksa berkas');
};

test('with script: upload, look, save, download what is wrong, correct it, upload again', async () => {
	const p = await new Person(chrome, padan, 'operator1', padan.accounts.operator1.password).enter();
	await p.go('/panduan/korban');
	assert.match(await p.words(), /Menjaga NIK tetap utuh/);
	await upload(p, field());
	assert.equal(p.path, '/korban/unggah/daftar');
	assert.match(await p.words(), /13 Semua 3 Siap disimpan 1 Tidak berubah 9 Perlu diperbaiki/);
	assert.match(await p.words(), /NIK rusak: lembar kerja membulatkan angka terakhirnya/);
	await p.shot('bulk-preview');
	await p.press('Perlu diperbaiki');
	assert.equal(await p.page.locator('table.bulk tbody tr').count(), 9);
	await p.press('Simpan 3 baris');
	assert.match(await p.words('.alert.ok'), /3 baris telah tersimpan\. 1 baris tidak berubah dan tidak dicatat ulang\. 9 baris belum tersimpan/);
	await p.shot('bulk-saved');

	const [download] = await Promise.all([p.page.waitForEvent('download'), p.page.click('a:has-text("Unduh 9 baris")')]);
	assert.equal(download.suggestedFilename(), 'perlu-diperbaiki.xlsx');
	const file = path.join(dir, 'wrong.xlsx');
	await download.saveAs(file);
	const script = 'import sys; sys.path.append("/usr/lib/python3/dist-packages"); import openpyxl; b = openpyxl.load_workbook(sys.argv[1]); s = b.active\n'
		+ 'assert "dibulatkan" in s["F2"].value or "membulatkan" in s["F2"].value\ns["A2"] = sys.argv[2]\nb.save(sys.argv[1])';
	execFileSync('python3', ['-c', script, file, niks[3]]);
	await upload(p, { name: 'perlu-diperbaiki.xlsx', mimeType: XLSX, buffer: readFileSync(file) });
	assert.match(await p.words(), /9 Semua 1 Siap disimpan 0 Tidak berubah 8 Perlu diperbaiki/);
	await p.press('Simpan 1 baris');
	assert.match(await p.words('.alert.ok'), /1 baris telah tersimpan/);
	await p.press('Buang daftar ini');
	assert.equal(p.path, '/korban/unggah');
	await p.leave();
});

test('progress is told while a list is sent and read, and a refusal stands beside the file', async () => {
	const p = await new Person(chrome, padan, 'operator1', padan.accounts.operator1.password).enter();
	await p.go(`/korban/unggah?kejadian=${kejadian}`);
	await p.page.evaluate(() => {
		globalThis.told = [];
		new MutationObserver(() => globalThis.told.push(document.querySelector('#kemajuan').textContent)).observe(document.querySelector('#kemajuan'), { childList: true, subtree: true, characterData: true });
	});
	await p.fill({ berkas: { name: 'daftar.csv', mimeType: 'text/csv', buffer: Buffer.from('NIK;NAMA\n1;x\n') } });
	await p.page.click('button:has-text("Periksa berkas")');
	await p.page.waitForSelector('#salah p');
	assert.match(await p.words('#salah'), /Baris 1 memuat judul NIK, tetapi tidak ada judul KETERANGAN/);
	const seen = await p.page.evaluate(() => globalThis.told);
	assert.ok(seen.some((t) => /Mengirim berkas/.test(t)), seen.join('|'));
	assert.ok(seen.some((t) => /Memeriksa baris/.test(t)), seen.join('|'));
	assert.equal(p.path, '/korban/unggah');
	/* put right, the same page sends it again */
	await p.fill({ berkas: csv(`${niks[10]};Hilang`) });
	await p.press('Periksa berkas');
	assert.match(await p.words(), /1 Siap disimpan/);
	await p.press('Buang daftar ini');
	await p.leave();
});

test('without script all of it works', async () => {
	const context = await chrome.newContext({ ignoreHTTPSErrors: true, baseURL: padan.url, locale: 'id-ID', javaScriptEnabled: false });
	const page = await context.newPage();
	const press = (words) => Promise.all([page.waitForEvent('load'), page.click(`button:has-text("${words}")`)]);
	await page.goto('/masuk');
	await page.fill('#user_id', 'operator1');
	await page.fill('#password', padan.accounts.operator1.password);
	await press('Masuk');
	await page.goto(`/korban/unggah?kejadian=${kejadian}`);
	await page.setInputFiles('[name=berkas]', { name: 'daftar.csv', mimeType: 'text/csv', buffer: Buffer.from('a;b\n') });
	await press('Periksa berkas');
	assert.match(await page.locator('#salah').innerText(), /Baris judul tidak ditemukan/);
	await page.setInputFiles('[name=berkas]', csv(`${niks[11]};Luka`, `${niks[12]};x`));
	await press('Periksa berkas');
	await press('Simpan 1 baris');
	assert.match(await page.locator('.alert.ok').innerText(), /1 baris telah tersimpan/);
	await context.close();
});

for (const [width, colorScheme] of [[1280, 'light'], [1280, 'dark'], [320, 'light'], [320, 'dark']])
	test(`WCAG at ${width} px, ${colorScheme}: nothing a machine can fault, nothing sideways`, { timeout: 180000 }, async () => {
		const p = new Person(chrome, padan, 'kepala', padan.accounts.kepala.password);
		const context = await chrome.newContext({ ignoreHTTPSErrors: true, baseURL: padan.url, locale: 'id-ID', reducedMotion: 'reduce', colorScheme, viewport: { width, height: 900 } });
		p.page = await context.newPage();
		await p.page.goto('/masuk');
		await p.page.fill('#user_id', p.user);
		await p.page.fill('#password', p.password);
		await p.press('Masuk');
		const check = async (what) => {
			assert.equal(await p.page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth), false, `${what} scrolls sideways`);
			await p.page.evaluate(axe);
			const { violations } = await p.page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
			assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 120)}`), [], what);
			if (process.env.PADAN_SHOTS) await p.page.screenshot({ path: `${process.env.PADAN_SHOTS}/bulk-${what}-${width}-${colorScheme}.png`, fullPage: true });
		};
		await upload(p, many());
		assert.match(await p.words(), /10\.000 Perlu diperbaiki/);
		await check('many');
		await upload(p, field());
		await check('field');
		await p.page.emulateMedia({ media: 'print' });
		if (process.env.PADAN_SHOTS) await p.page.screenshot({ path: `${process.env.PADAN_SHOTS}/bulk-print-${width}.png`, fullPage: true });
		await p.page.emulateMedia({ media: 'screen' });
		await p.go('/korban/unggah');
		await check('form');
		await p.fill({ berkas: csv(`${niks[13]};Hilang`) });
		await p.press('Periksa berkas');
		if (await p.page.locator('button:has-text("Simpan")').count()) await p.press('Simpan 1 baris');
		await check('done');
		await context.close();
	});
