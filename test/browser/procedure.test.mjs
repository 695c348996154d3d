// SPDX-License-Identifier: EUPL-1.2
// Requests in a real browser: with a file, by keyboard, without script, a step from the
// page it stands on; the rules of WCAG that a machine can check, on every page of theirs.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { Padan } from '../e2e/padan.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const launch = {
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
};
let padan, chrome;
before(async () => {
	padan = await (await Padan.demo({ residents: 200 })).start();
	chrome = await chromium.launch(launch);
});
after(async () => {
	await chrome?.close();
	await padan?.remove();
});

const as = async (who, options = {}) => {
	const context = await chrome.newContext({ ignoreHTTPSErrors: true, baseURL: padan.url, locale: 'id-ID', reducedMotion: 'reduce', ...options });
	const page = await context.newPage();
	await page.goto('/masuk');
	await page.fill('#user_id', who);
	await page.fill('#password', padan.accounts[who].password);
	await Promise.all([page.waitForEvent('load'), page.click('button:has-text("Masuk")')]);
	return page;
};
const press = (page, words) => Promise.all([page.waitForEvent('load'), page.locator(`button:has-text("${words}"):visible`).first().press('Enter')]);

test('J.II.A: from the form with its scan to the sealed envelope, without script', async () => {
	const head = await as('kepala', { javaScriptEnabled: false });
	await head.goto('/permohonan');
	await Promise.all([head.waitForEvent('load'), head.click('a:has-text("Ajukan permohonan")')]);
	await Promise.all([head.waitForEvent('load'), head.click('a:has-text("User ID baru")')]);
	for (const [name, words] of Object.entries({
		nomor: '800/1/BPBD', 'pengguna.nama': 'Raden Mas Wulandari Kusumaningrum Contoh Yang Namanya Sangat Panjang, S.Kom., M.T.', 'pengguna.nik': '3304130101909999',
		'pengguna.jabatan': 'Analis', 'pengguna.unit': 'Bidang', 'pengguna.alamat': 'Jalan Contoh', 'pengguna.kode_wilayah': '33-04', 'pengguna.user_id': 'operator9', alasan: 'Tambahan',
	}))
		await head.fill(`[name="${name}"]`, words);
	await head.setInputFiles('[name=berkas]', { name: 'surat.png', mimeType: 'image/png', buffer: PNG });
	await press(head, 'Ajukan');
	// refused: beside the field, and everything else is kept
	assert.match(await head.locator('.err:visible').first().innerText(), /33\.04/);
	assert.match(await head.inputValue('[name="pengguna.nama"]'), /^Raden Mas/);
	await head.fill('[name="pengguna.kode_wilayah"]', '33.04');
	await head.setInputFiles('[name=berkas]', { name: 'surat.png', mimeType: 'image/png', buffer: PNG });
	await press(head, 'Ajukan');
	assert.match(await head.locator('[role=status]').innerText(), /telah diajukan/);
	assert.equal(await head.locator('.line [aria-current=step]').count(), 1);

	const admin = await as('admin', { javaScriptEnabled: false });
	assert.match(await admin.locator('main').innerText(), /1 permohonan menunggu Anda/);
	await Promise.all([admin.waitForEvent('load'), admin.click('a:has-text("menunggu Anda")')]);
	await Promise.all([admin.waitForEvent('load'), admin.locator('td a').first().click()]);
	await admin.fill('[name="petugas.nama"]:visible', 'Sari Contoh');
	await admin.fill('[name="petugas.jabatan"]:visible', 'Administrator');
	await press(admin, 'Setujui dan buat');
	assert.match(await admin.locator('.envelope').innerText(), /operator9/);
	await head.context().close();
	await admin.context().close();
});

for (const scheme of ['light', 'dark'])
	test(`axe finds nothing, ${scheme}, wide and 320 px`, async () => {
		const pages = {
			kepala: ['/', '/permohonan', '/permohonan/baru', '/permohonan/baru?jenis=user-new', '/permohonan/baru?jenis=quota', '/permohonan/isi?nomor=1', '/panduan'],
			admin: ['/', '/permohonan', '/permohonan?jenis=poc', '/permohonan/baru?jenis=dispute', '/permohonan/isi?nomor=1', '/naskah', '/naskah/isi?surat=adendum'],
			auditor: ['/permohonan', '/permohonan/isi?nomor=1', '/naskah', '/naskah/isi?surat=bast'],
		};
		for (const [who, targets] of Object.entries(pages)) {
			const page = await as(who, { colorScheme: scheme, bypassCSP: true });
			for (const width of [1280, 320]) {
				await page.setViewportSize({ width, height: 900 });
				for (const target of targets) {
					await page.goto(target);
					await page.evaluate(axe);
					const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
					assert.deepEqual(violations.map((v) => `${who} ${target} ${v.id}: ${v.nodes[0].html}`), []);
					const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
					assert.ok(sideways <= 0, `${who} ${target} scrolls sideways by ${sideways} px at ${width} px`);
				}
			}
			await page.context().close();
		}
	});
