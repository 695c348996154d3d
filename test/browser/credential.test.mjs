// SPDX-License-Identifier: EUPL-1.2
// Credentials of programs in a real browser (issue 5, point 1): made without script, the secret on
// screen once and never again, on paper alone, and the rules of WCAG that a machine can check.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { Padan } from '../e2e/padan.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = process.env.PADAN_SHOTS; /* a directory: every page is drawn into it */

let padan, chrome;
before(async () => {
	padan = await Padan.demo({ residents: 200 });
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
/** What the page holds once it stands still. */
const shown = async (page, tries = 20) => {
	for (;;)
		try {
			return await page.content();
		} catch (e) {
			if (tries-- === 0) throw e;
			await page.waitForTimeout(100);
		}
};
const CARD = '/layanan/rincian?user=dinkes-layanan';
const make = async (page, lama = '7') => {
	await page.goto(CARD);
	await page.selectOption('#lama', lama);
	await press(page, 'button:has-text("Buat kredensial")');
	return (await page.locator('.secret dd').nth(2).innerText()).trim();
};

test('I5.1 a secret is on the screen once: not by Back, not by Forward, not by reload, in no cache', async () => {
	for (const javaScriptEnabled of [true, false]) {
		const page = await signIn('admin', { javaScriptEnabled });
		const secret = await make(page, '0');
		assert.match(secret, /^[A-Za-z0-9_-]{43}$/);
		await press(page, 'a:has-text("Selesai")');
		assert.ok(!(await page.content()).includes(secret));
		await page.goBack().catch(() => null); /* an error page that asks whether to send the form again */
		assert.ok(!(await shown(page)).includes(secret), `Back, script ${javaScriptEnabled}`);
		await page.reload().catch(() => null); /* sends it again: refused, since the list has changed */
		assert.ok(!(await shown(page)).includes(secret), `reload, script ${javaScriptEnabled}`);
		await page.context().close();
	}
	const live = padan.office("SELECT count(*) AS n FROM credential c JOIN user_account u ON u.user_key = c.user_key WHERE u.user_id = 'dinkes-layanan' AND c.ended_us = 0 AND c.expires_us = 0")[0].n;
	assert.equal(live, 1, 'and no second one was made by it');
});

test('I5.1 on paper there is what the envelope needs, and nothing else', async () => {
	const page = await signIn('admin');
	const secret = await make(page, '0');
	await page.emulateMedia({ media: 'print' });
	const printed = (await page.locator('body').innerText()).replace(/\s+/g, ' ').trim();
	assert.match(printed, new RegExp(`^User ID dinkes-layanan Nomor kredensial [0-9a-f]{8} Rahasia ${secret} Berlaku sampai tanpa batas sendiri$`));
	if (shots) await page.screenshot({ path: `${shots}/kredensial-cetak.png`, fullPage: true });
	await page.context().close();
});

test('I5.1 the head ends one from a telephone, without script', async () => {
	const admin = await signIn('admin');
	await make(admin, 'tetap');
	await admin.context().close();
	const head = await signIn('dinkes-kepala', { javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
	await head.goto('/pengguna');
	await press(head, 'a:has-text("Layanan (program)")');
	await press(head, 'a:has-text("dinkes-layanan")');
	assert.equal(await head.locator('button:has-text("Buat kredensial")').count(), 0);
	await press(head, 'table button:has-text("Akhiri") >> nth=0');
	assert.match(await head.locator('main').innerText(), /Kredensial telah diakhiri/);
	assert.ok(await head.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
	await head.context().close();
});

test('WCAG: lists, card and secret, in light and dark, wide and narrow', async () => {
	padan.run('credential', 'bind', padan.dir, 'dinkes-layanan', '--certificates', `${'a'.repeat(64)},${'b'.repeat(64)}`);
	padan.run('user', 'change', padan.dir, 'dinkes-layanan', '--addresses', '127.0.0.0/8,192.0.2.0/24');
	for (const colorScheme of ['light', 'dark'])
		for (const [size, viewport] of [['lebar', { width: 1280, height: 900 }], ['ponsel', { width: 360, height: 740 }]]) {
			const page = await signIn('admin', { colorScheme, viewport });
			for (const [name, go] of [['layanan', () => page.goto('/layanan')], ['satu', () => page.goto('/layanan?instansi=DINKES')], ['rincian', () => page.goto(CARD)], ['rahasia', () => make(page, '0')]]) {
				await go();
				await page.evaluate(axe);
				const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }));
				assert.deepEqual(found.violations.map((v) => [v.id, v.nodes.map((n) => n.html.slice(0, 120))]), [], `${name} ${colorScheme} ${size}`);
				assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} ${size}: nothing sticks out`);
				if (shots) await page.screenshot({ path: `${shots}/${name}-${colorScheme}-${size}.png`, fullPage: true });
			}
			await page.context().close();
		}
});
