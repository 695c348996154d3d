// SPDX-License-Identifier: EUPL-1.2
// I5.5: planned outages in a real browser: the admin announces, extends and ends one with the
// browser's own date fields; those it concerns read of it above every page, also on paper; and
// the rules of WCAG that a machine can check.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Padan, OBSERVE } from '../e2e/padan.mjs';
import { Person, openChrome } from './person.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = process.env.PADAN_SHOTS;
const minute = (plus) => new Date(Date.now() + 7 * 3600e3 + plus * 60e3).toISOString().slice(0, 16);
const LONG = `Pemindahan basis data kependudukan ke peladen yang baru di ruang server Dinas ${'Contohnegara '.repeat(12)}`.slice(0, 198).trim();

let padan, chrome, admin, auditor, operator, head;
before(async () => {
	padan = await (await Padan.demo({ residents: 300, settings: OBSERVE })).start();
	chrome = await openChrome();
	const person = (user) => new Person(chrome, padan, user, padan.accounts[user].password).enter();
	[admin, auditor, operator, head] = [await person('admin'), await person('auditor'), await person('operator1'), await person('kepala')];
});
after(async () => {
	await chrome?.close();
	await padan?.remove();
});

test('with nothing planned the page says so, and the auditor has no form', async () => {
	assert.match(await admin.go('/pemeliharaan'), /Tidak ada pemeliharaan yang terencana/);
	assert.equal(await admin.page.locator('.menu a[href="/pemeliharaan"][aria-current]').count(), 1);
	await auditor.go('/pemeliharaan');
	assert.equal(await auditor.page.locator('main form').count(), 0);
	assert.equal(await operator.page.locator('.menu a[href="/pemeliharaan"]').count(), 0);
});

test('announced, changed while it runs, and ended, by hand', async () => {
	const begin = minute(120); /* by now another minute may have come */
	await admin.go('/pemeliharaan');
	await admin.fill({ mulai: begin, selesai: minute(240), bagian: 'semua', keterangan: LONG });
	assert.match(await admin.press('Umumkan', admin.page.locator('main form')), /Pemeliharaan terencana: Seluruh layanan.*Pemeliharaan telah diumumkan/);
	await admin.shot('pemeliharaan');
	assert.match(await operator.go('/verifikasi'), /Pemeliharaan terencana: Seluruh layanan, \d\d-\d\d-\d{4} \d\d\.\d\d sampai .* WIB\. Pemindahan basis data/);
	await operator.shot('pemeliharaan-operator');
	await admin.press('Ubah');
	assert.match(await admin.words(), /Ubah pemeliharaan/);
	assert.equal(await admin.page.inputValue('#mulai'), begin);
	await admin.fill({ mulai: minute(-1), keterangan: 'Dimulai lebih awal' });
	await admin.press('Simpan perubahan');
	assert.match(await head.go('/'), /Sedang dipelihara: Seluruh layanan, .* WIB\. Dimulai lebih awal/);
	await head.shot('pemeliharaan-kepala');
	await admin.press('Ubah');
	assert.equal(await admin.page.locator('#mulai[readonly]').count(), 1);
	await admin.shot('pemeliharaan-ubah');
	await admin.fill({ selesai: minute(-5) });
	assert.match(await admin.press('Simpan perubahan'), /Waktu selesai/);
	assert.equal(await admin.page.locator('#selesai[aria-invalid]').count(), 1);
	await admin.shot('pemeliharaan-salah');
	await admin.go('/pemeliharaan');
	assert.match(await admin.press('Akhiri sekarang'), /telah diakhiri.*Tidak ada pemeliharaan yang terencana.*Yang lalu.*Dimulai lebih awal/);
	assert.doesNotMatch(await operator.go('/verifikasi'), /dipelihara/);
});

test('on paper the notice does not stand in the way of what is printed', async () => {
	await admin.go('/pemeliharaan');
	await admin.fill({ mulai: minute(60), selesai: minute(90), bagian: 'portal', keterangan: 'Penggantian peladen' });
	await admin.press('Umumkan', admin.page.locator('main form'));
	await operator.go('/panduan');
	assert.equal(await operator.page.locator('.outage:visible').count(), 1);
	await operator.page.emulateMedia({ media: 'print' });
	assert.equal(await operator.page.locator('.outage:visible').count(), 0);
	if (shots) await operator.page.screenshot({ path: `${shots}/pemeliharaan-print.png` });
	await operator.page.emulateMedia({ media: 'screen' });
});

for (const colorScheme of ['light', 'dark'])
	test(`WCAG 2.2 AA, as far as a machine can tell, ${colorScheme}`, async () => {
		const context = await chrome.newContext({ ignoreHTTPSErrors: true, baseURL: padan.url, locale: 'id-ID', colorScheme, bypassCSP: true });
		const page = await context.newPage();
		await page.goto('/masuk');
		await page.fill('#user_id', 'admin2');
		await page.fill('#password', padan.accounts.admin2.password);
		await Promise.all([page.waitForEvent('load'), page.click('button:has-text("Masuk")')]);
		const id = /^ *(\d+) /m.exec(padan.run('outage', 'list', padan.dir))[1];
		for (const width of [1280, 320])
			for (const target of ['/pemeliharaan', `/pemeliharaan?ubah=${id}`]) {
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
