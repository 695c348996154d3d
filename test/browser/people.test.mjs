// SPDX-License-Identifier: EUPL-1.2
// User ids, papers and heads in a real browser: a paper filed and accepted with a real
// file, the one-time password and its envelope on paper, long names and long lists, and
// the rules of WCAG that a machine can check.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { Padan } from '../e2e/padan.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
const shots = process.env.PADAN_SHOTS; /* a directory: every page is drawn into it */

let padan, chrome;
before(async () => {
	padan = await Padan.demo({ residents: 200 });
	padan.fill(`WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 10000)
		INSERT INTO user_account (user_id, role, instansi_id, must_change, closed, narrowing, standing_kejadian, last_seen_us, made_us, expires_us, holder, holder_key, position)
		SELECT 'petugas' || i, 'operator', 2, 0, 0, '', 0, 0, 1, 0, 'Petugas', 'petugas', 'Petugas Posko' FROM c`);
	padan.fill(`UPDATE user_account SET holder = 'Raden Mas ${'Contohnegara'.repeat(6)} ${'Panjang '.repeat(4)}', position = '${'Analis Kebencanaan Ahli Pertama '.repeat(3)}' WHERE user_id = 'operator2'`);
	await padan.start();
	chrome = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
	});
});
after(async () => {
	await chrome?.close();
	await padan?.remove();
});

const signIn = async (who, options = {}) => {
	const context = await chrome.newContext({ ignoreHTTPSErrors: true, baseURL: padan.url, locale: 'id-ID', ...options });
	const page = await context.newPage();
	await page.goto('/masuk');
	await page.fill('#user_id', who);
	await page.fill('#password', padan.accounts[who].password);
	await Promise.all([page.waitForEvent('load'), page.click('button:has-text("Masuk")')]);
	return page;
};
const press = (page, what) => Promise.all([page.waitForEvent('load'), page.click(what)]);

test('J.VI.E: the head files an NDA with its scan, the admin accepts it; neither needs script', async () => {
	const head = await signIn('kepala', { javaScriptEnabled: false }), admin = await signIn('admin', { javaScriptEnabled: false });
	await head.goto('/pengguna');
	await press(head, 'a:has-text("operator2")');
	assert.match(await head.locator('main').innerText(), /NDA\s+belum ada/);
	await head.goto('/dokumen/baru');
	await press(head, 'main a:has-text("Kerahasiaan")');
	await head.fill('#perihal', 'operator2');
	await head.fill('#surat', 'NDA/77');
	await head.fill('#penanda', 'Operator Contoh Dua');
	await head.fill('#tanggal', '2020-01-02');
	await head.setInputFiles('#berkas', { name: 'nda.html', mimeType: 'application/pdf', buffer: Buffer.from('<html>') });
	await press(head, 'button:has-text("Ajukan")');
	assert.match(await head.locator('#s6').innerText(), /Pilih kembali berkasnya/);
	assert.equal(await head.inputValue('#surat'), 'NDA/77');
	await head.setInputFiles('#berkas', { name: 'nda.pdf', mimeType: 'application/pdf', buffer: PDF });
	await press(head, 'button:has-text("Ajukan")');
	assert.match(await head.locator('main').innerText(), /menunggu pemeriksaan/);
	await admin.goto('/dokumen');
	await press(admin, 'main a:has-text("Kerahasiaan")');
	await press(admin, 'button:has-text("Terima")');
	assert.match(await admin.locator('main').innerText(), /Dokumen telah diterima/);
	const [download] = await Promise.all([head.waitForEvent('download'), head.click('a[href^="/dokumen/pindaian"]')]);
	assert.deepEqual(readFileSync(await download.path()), PDF);
	await head.goto('/pengguna/rincian?user=operator2');
	assert.match(await head.locator('main').innerText(), /NDA\s+ada/);
	await Promise.all([head.context().close(), admin.context().close()]);
});

test('P2.1c: the envelope on paper holds user id and password alone', async () => {
	const admin = await signIn('admin');
	await admin.goto('/pengguna/rincian?user=operator3');
	await press(admin, 'button:has-text("Setel ulang kata sandi")');
	const password = (await admin.locator('.envelope dd').nth(1).innerText()).trim();
	await admin.emulateMedia({ media: 'print' });
	const printed = (await admin.locator('body').innerText()).replace(/\s+/g, ' ').trim();
	assert.equal(printed, `User ID operator3 Kata sandi sekali pakai ${password}`);
	if (shots) await admin.screenshot({ path: `${shots}/envelope-print.png` });
	await admin.emulateMedia({ media: 'screen' });
	if (shots) await admin.screenshot({ path: `${shots}/envelope.png` });
	await admin.goto('/pengguna/rincian?user=operator3');
	assert.ok(!(await admin.content()).includes(password));
	await admin.context().close();
});

const PAGES = {
	admin: ['/pengguna', '/pengguna?instansi=DINKES&hal=100', '/pengguna?cari=tidak-ada', '/pengguna/rincian?user=operator2', '/pengguna/rincian?user=admin',
		'/pengguna/baru', '/dokumen', '/dokumen?instansi=BPBD', '/dokumen/baru?instansi=BPBD', '/dokumen/baru?instansi=BPBD&jenis=nda',
		'/dokumen/baru?instansi=DINKES&jenis=poc', '/dokumen/rincian?nomor=1', '/pejabat?instansi=BPBD', '/pejabat/narahubung?instansi=BPBD'],
	kepala: ['/pengguna', '/dokumen', '/pejabat'],
};
for (const theme of ['light', 'dark'])
	for (const width of [1280, 320])
		test(`the rules of WCAG, ${theme}, ${width} px`, { timeout: 120000 }, async () => {
			for (const [who, targets] of Object.entries(PAGES)) {
				const page = await signIn(who, { colorScheme: theme, viewport: { width, height: 800 } });
				for (const target of targets) {
					await page.goto(target);
					await page.evaluate(axe);
					const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
					assert.deepEqual(violations.map((v) => `${target} ${v.id}: ${v.nodes[0].html}`), []);
					const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
					assert.ok(sideways <= 0, `${target} scrolls sideways by ${sideways} px at ${width} px`);
					if (shots) await page.screenshot({ path: `${shots}/${who}-${theme}-${width}-${target.replace(/\W+/g, '_')}.png`, fullPage: true });
				}
				await page.context().close();
			}
		});
