// SPDX-License-Identifier: EUPL-1.2
// One-time codes in a real browser: the QR code is read from a picture of the page, as a
// telephone would, and what it says signs in; with script and without; weights, WCAG,
// narrow screens, and the printed sheet.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { Padan, Browser as Headless } from '../e2e/padan.mjs';
import { code, codeBefore } from '../e2e/telephone.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const launch = {
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
};
let padan, chrome, dir;
before(async () => {
	dir = mkdtempSync(path.join(os.tmpdir(), 'padan-qr-'));
	padan = await (await Padan.demo({ settings: { 'totp.roles': 'kepala' } })).start();
	chrome = await chromium.launch(launch);
});
after(async () => {
	await chrome?.close();
	await padan?.remove();
	rmSync(dir, { recursive: true, force: true });
});

const open = async (options = {}) => {
	const context = await chrome.newContext({ ignoreHTTPSErrors: true, baseURL: padan.url, locale: 'id-ID', ...options });
	return context.newPage();
};
const press = (page, label) => Promise.all([page.waitForEvent('load'), page.click(`button:has-text("${label}")`)]);
const signIn = async (page, who) => {
	await page.goto('/masuk');
	await page.fill('#user_id', who);
	await page.fill('#password', padan.accounts[who].password);
	await press(page, 'Masuk');
};
/** What a telephone sees on the screen. */
const scan = async (page) => {
	const file = path.join(dir, 'screen.png');
	writeFileSync(file, await page.screenshot({ fullPage: true }));
	return execFileSync('zbarimg', ['-q', '--raw', file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
};
const isWellMade = async (page, what) => {
	await page.evaluate(axe);
	const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
	assert.deepEqual(violations.map((v) => `${what} ${v.id}: ${v.nodes[0].html}`), []);
	const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
	assert.ok(sideways <= 0, `${what} scrolls sideways by ${sideways} px`);
	const cut = await page.evaluate(() => [...document.querySelectorAll('.codes li, .key')].filter((e) => e.getBoundingClientRect().right > e.closest('.card').getBoundingClientRect().right).length);
	assert.equal(cut, 0, `${what}: a code runs out of its card`);
};

for (const [how, options] of [
	['with script, light', {}],
	['with script, dark', { colorScheme: 'dark' }],
	['without script, on a telephone', { javaScriptEnabled: false, viewport: { width: 320, height: 640 } }],
])
	test(`${how}: the QR code is scanned from the screen, and signs in`, async () => {
		let page = await open(options);
		await signIn(page, 'kepala');
		assert.equal(new URL(page.url()).pathname, '/kode/daftar');
		const uri = new URL(await scan(page));
		assert.equal(uri.protocol, 'otpauth:');
		assert.match(uri.pathname, /Padan:kepala$/);
		assert.equal(uri.searchParams.get('issuer'), 'Padan');
		const key = uri.searchParams.get('secret');
		assert.equal((await page.locator('.key').innerText()).replaceAll(' ', ''), key, 'the key in words is the same');
		await page.fill('#kode', await codeBefore(key));
		await Promise.all([page.waitForEvent('load'), page.press('#kode', 'Enter')]);
		const recovery = await page.locator('.codes li').allInnerTexts();
		assert.equal(recovery.length, 10);
		await page.context().close();

		page = await open(options);
		await signIn(page, 'kepala');
		assert.equal(new URL(page.url()).pathname, '/kode');
		assert.deepEqual(await page.locator('#kode').evaluate((e) => [e.inputMode, e.autocomplete, document.activeElement === e]), ['numeric', 'one-time-code', true]);
		await page.keyboard.type(code(key));
		await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
		assert.equal(new URL(page.url()).pathname, '/');
		await page.context().close();
		padan.run('user', 'reset-code', padan.dir, 'kepala');
	});

for (const width of [1280, 320])
	test(`WCAG at ${width} px in both themes; the sheet of recovery codes prints alone`, { timeout: 180000 }, async () => {
		for (const colorScheme of ['light', 'dark']) {
			const page = await open({ viewport: { width, height: 800 }, colorScheme, bypassCSP: true });
			await signIn(page, 'kepala');
			await isWellMade(page, 'enrolling');
			const key = (await page.locator('.key').innerText()).replaceAll(' ', '');
			await page.fill('#kode', await codeBefore(key));
			await press(page, 'Aktifkan');
			await isWellMade(page, 'recovery codes');
			const recovery = await page.locator('.codes li').allInnerTexts();
			await page.emulateMedia({ media: 'print' });
			await page.locator('.codes').waitFor({ state: 'visible', timeout: 10000 });
			for (const other of ['h1', '.alert', '.acts']) assert.equal(await page.locator(other).first().isVisible(), false, `${other} is not printed`);
			await page.emulateMedia({ media: 'screen' });
			await page.goto('/kode/atur');
			await isWellMade(page, 'the account');
			await page.context().clearCookies();
			await signIn(page, 'kepala');
			await isWellMade(page, 'the code');
			await page.click('a:has-text("Pakai kode pemulihan")');
			await page.waitForURL(/pemulihan/);
			await page.fill('#kode', 'salah');
			await press(page, 'Lanjut');
			await isWellMade(page, 'the recovery code, refused');
			await page.fill('#kode', recovery[0]);
			await press(page, 'Lanjut');
			assert.equal(new URL(page.url()).pathname, '/');
			await page.context().close();
			padan.run('user', 'reset-code', padan.dir, 'kepala');
		}
	});

test('each of the pages weighs at most 6 KB, headers and TLS included', async () => {
	const tls = 29 * 2;
	const b = new Headless(padan);
	await b.login('operator1');
	for (const target of ['/kode/daftar', '/kode/atur']) {
		const re = await b.go('GET', target, { headers: { 'Accept-Encoding': 'br, gzip' } });
		const weight = Number(re.headers['content-length']) + tls + Object.entries(re.headers).reduce((n, [k, v]) => n + k.length + String(v).length + 4, 20);
		console.log(`# ${target} ${weight} bytes`);
		assert.ok(weight <= 6144, `${target} ${weight}`);
	}
});
