// SPDX-License-Identifier: EUPL-1.2
// J.II.E1 in a real browser: the warning beside the answer, the hold, the head's words by
// keyboard alone, the decision; both themes, narrow and wide, WCAG, and the weights.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { Padan, Browser as Headless } from '../e2e/padan.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const KEY = '#jawaban [name=once]';
let padan, chrome;
before(async () => {
	padan = await (await Padan.demo()).start();
	chrome = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'] });
});
after(async () => {
	await chrome?.close();
	await padan?.remove();
});

const as = async (who, options = {}) => {
	const context = await chrome.newContext({ ignoreHTTPSErrors: true, baseURL: padan.url, locale: 'id-ID', ...options });
	const page = await context.newPage();
	await page.goto('/masuk');
	await page.fill('#user_id', who);
	await page.fill('#password', padan.accounts[who].password);
	await Promise.all([page.waitForEvent('load'), page.click('button:has-text("Masuk")')]);
	return page;
};

test('the operator is warned beside the answer, and reads only 17 when held', { timeout: 180000 }, async () => {
	const page = await as('operator1');
	await page.goto('/kejadian');
	await Promise.all([page.waitForEvent('load'), page.locator('button[name=kejadian]:has-text("Pilih")').first().click()]);
	await page.goto('/verifikasi');
	let warned = '';
	for (let i = 0; i < 12; i++) {
		await page.waitForTimeout(2300 + (i * 367) % 900);
		await page.fill('#nik', `33040801019099${21 + i}`);
		const once = await page.locator(KEY).inputValue();
		await page.click('button:has-text("Periksa")');
		await page.waitForFunction(([key, old]) => document.querySelector(key)?.value !== old, [KEY, once]); /* the answer stands on the page */
		if (await page.locator('#jawaban .alert.warn').count()) warned = await page.locator('#jawaban .alert.warn').innerText();
		if ((await page.locator('#hasil').innerText()).includes('User ID non aktif')) break;
	}
	assert.match(warned, /Terlihat: \d NIK berturut-turut naik 1 .*Hal ini dicatat.*beri tahu kepala instansi/s);
	assert.equal((await page.locator('#hasil span').first().innerText()).trim(), 'User ID non aktif, silahkan menghubungi Admin');
	assert.doesNotMatch(await page.locator('#jawaban').innerText(), /berturut-turut|ditahan/);
	await page.context().close();
});

test('the head justifies by keyboard alone', async () => {
	const page = await as('kepala');
	assert.match(await page.locator('main').innerText(), /1 User ID instansi Anda ditahan penjaga pola/);
	assert.match(await page.locator('.menu').innerText(), /Penjaga pola\s+1/);
	await page.goto('/penjaga');
	await page.locator('table a:has-text("Buka")').focus();
	await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
	await page.locator('#penjelasan').focus();
	await page.keyboard.type('Daftar posko Leksana, diketik dari buku induk desa.');
	await page.keyboard.press('Tab');
	await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
	assert.match(await page.locator('[role=status]').innerText(), /Penjelasan tersimpan/);
	assert.match(await page.locator('.line').innerText(), /Daftar posko Leksana/);
	await page.context().close();
});

test('the pages keep to WCAG, to 320 pixels and to their weight, in both themes', { timeout: 180000 }, async () => {
	for (const colorScheme of ['light', 'dark']) {
		const page = await as('admin', { colorScheme });
		for (const target of ['/', '/penjaga', '/penjaga/1', '/panduan']) {
			for (const width of [1280, 320]) {
				await page.setViewportSize({ width, height: 800 });
				await page.goto(target);
				await page.evaluate(axe);
				const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
				assert.deepEqual(violations.map((v) => `${target} ${v.id}: ${v.nodes[0].html}`), []);
				const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
				assert.ok(sideways <= 0, `${target} scrolls sideways by ${sideways} px at ${width} px`);
			}
		}
		await page.context().close();
	}
	const b = new Headless(padan);
	await b.login('admin');
	for (const target of ['/penjaga', '/penjaga/1', '/panduan']) {
		const cookie = [...b.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
		const { headers } = await padan.request('GET', target, { headers: { Cookie: cookie, 'Accept-Encoding': 'gzip' } });
		assert.ok(Number(headers['content-length']) <= 5500, `${target}: ${headers['content-length']} bytes compressed`);
	}
});

test('the admin decides; printed, the page holds no form', async () => {
	const page = await as('admin');
	await page.goto('/penjaga/1');
	await page.emulateMedia({ media: 'print' });
	assert.equal(await page.locator('form[action="/penjaga/keputusan"]').isVisible(), false);
	assert.ok(await page.locator('.facts').isVisible());
	await page.emulateMedia({ media: 'screen' });
	await page.fill('#catatan', 'Daftar diperiksa, sesuai buku induk.');
	await Promise.all([page.waitForEvent('load'), page.click('button:has-text("Lepaskan")')]);
	assert.match(await page.locator('[role=status]').innerText(), /User ID dilepaskan/);
	assert.equal(await page.locator('.menu .count').count(), 0);
	await page.context().close();
});
