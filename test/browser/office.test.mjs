// SPDX-License-Identifier: EUPL-1.2
// The agreement pages in a real browser: the rules of WCAG that a machine can check, in
// both themes, wide and at 320 px, without anything that scrolls sideways; a draft
// written and recorded by keyboard and mouse, and without script; weights on the wire.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { Padan } from '../e2e/padan.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let padan, chrome;
before(async () => {
	padan = await (await Padan.demo({ residents: 200 })).start();
	padan.run('agreement', 'state', padan.dir, 'DINKES', 'suspended', '--note', 'Laporan semester belum disampaikan', '--letter', '470/77', '--date', '2026-11-20');
	chrome = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
	});
});
after(async () => {
	await chrome?.close();
	await padan?.remove();
});

const open = async (who, options = {}) => {
	const context = await chrome.newContext({ ignoreHTTPSErrors: true, baseURL: padan.url, locale: 'id-ID', reducedMotion: 'reduce', ...options });
	const page = await context.newPage();
	await page.goto('/masuk');
	await page.fill('#user_id', who);
	await page.fill('#password', padan.accounts[who].password);
	await Promise.all([page.waitForEvent('load'), page.click('button:has-text("Masuk")')]);
	return page;
};
const go = (page, button) => Promise.all([page.waitForEvent('load'), page.click(button)]);

const PAGES = {
	admin: ['/', '/?cari=tidakada', '/instansi/baru', '/perjanjian?instansi=BPBD', '/perjanjian?instansi=DINKES', '/perjanjian/versi?instansi=DINKES&n=2',
		'/perjanjian/rancangan?instansi=DINKES', '/perjanjian/rancangan?instansi=BPBD', '/perjanjian/status?instansi=BPBD', '/perjanjian/status?instansi=DINKES'],
	auditor: ['/', '/perjanjian?instansi=BPBD', '/perjanjian/rancangan?instansi=BPBD'],
	kepala: ['/', '/perjanjian', '/perjanjian/versi?n=1'],
	'dinkes-kepala': ['/', '/perjanjian'],
};
test('a draft is begun, filled in wrongly, corrected, recorded: without script', async () => {
	const page = await open('admin', { javaScriptEnabled: false });
	await page.goto('/perjanjian?instansi=BPBD');
	await go(page, 'nav.here a:has-text("Rancangan versi")');
	await go(page, 'button:has-text("Mulai rancangan")');
	await page.fill('[name="addendum.number"]', '470/2/ADENDUM');
	await page.fill('[name="allow"]', '127.0.0.0/8\nbukan-alamat');
	/* Enter sends a form, as it must without script */
	await Promise.all([page.waitForEvent('load'), page.press('[name="addendum.number"]', 'Enter')]);
	assert.match(await page.locator('[id="allow.s"]').innerText(), /Baris 2: bukan-alamat bukan alamat jaringan/);
	assert.match(await page.locator('[id="addendum.signed_on.s"]').innerText(), /Tidak boleh kosong/);
	assert.equal(await page.locator('button:has-text("Catat sebagai versi")').count(), 0);
	await page.context().close();
});

for (const [width, theme] of [[1280, 'light'], [1280, 'dark'], [320, 'light'], [320, 'dark']])
	test(`WCAG at ${width} px, ${theme}: nothing a machine can fault, nothing sideways`, { timeout: 180000 }, async () => {
		for (const [who, pages] of Object.entries(PAGES)) {
			const page = await open(who, { viewport: { width, height: 900 }, colorScheme: theme });
			for (const target of pages) {
				await page.goto(target);
				assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth), false, `${who} ${target} scrolls sideways`);
				await page.evaluate(axe);
				const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
				assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 120)}`), [], `${who} ${target}`);
			}
			await page.context().close();
		}
	});

test('the draft is put in order, recorded, and the step that stops an agency is confirmed first', async () => {
	const page = await open('admin');
	await page.goto('/perjanjian/rancangan?instansi=BPBD');
	await page.fill('[name="allow"]', '127.0.0.0/8');
	await page.fill('[name="addendum.signed_on"]', '2026-11-20');
	await page.fill('[name="addendum.subject"]', 'Titik akses dipersempit');
	await go(page, 'button:has-text("Simpan rancangan")');
	assert.match(await page.locator('table.changes').innerText(), /Alamat yang diizinkan/);
	await page.check('[name=yakin]');
	await go(page, 'button:has-text("Catat sebagai versi 2")');
	assert.match(await page.locator('main').innerText(), /Versi baru telah dicatat/);
	await go(page, 'nav.here a:has-text("Ubah status")');
	await page.check('[value=suspend]');
	await page.fill('#alasan', 'Alasan contoh');
	await go(page, 'button:has-text("Lanjutkan")');
	assert.match(await page.locator('main').innerText(), /Bekukan hak akses\?/);
	await go(page, 'button:has-text("Ubah isian")');
	assert.equal(await page.inputValue('#alasan'), 'Alasan contoh', 'what was typed stays');
	await go(page, 'button:has-text("Lanjutkan")');
	await go(page, 'button:has-text("Bekukan hak akses")');
	assert.match(await page.locator('main').innerText(), /Dibekukan[\s\S]*Alasan contoh/);
	await page.context().close();
});
