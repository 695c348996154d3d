// SPDX-License-Identifier: EUPL-1.2
// I7.4: who looked at a NIK, in a real browser: the search by hand, pages and a time, the slip on
// paper, on a narrow screen too; and the rules of WCAG that a machine can check.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Padan, Browser, OBSERVE } from '../e2e/padan.mjs';
import { Person, openChrome } from './person.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = process.env.PADAN_SHOTS;

let padan, chrome, admin, auditor, nik;
before(async () => {
	padan = await (await Padan.demo({ residents: 300, settings: OBSERVE })).start();
	nik = padan.nik['01'][0];
	const operator = await Browser.operator(padan);
	for (let i = 0; i < 30; i++) await operator.verify(nik);
	chrome = await openChrome();
	const person = (user) => new Person(chrome, padan, user, padan.accounts[user].password).enter();
	[admin, auditor] = [await person('admin'), await person('auditor')];
});
after(async () => {
	await chrome?.close();
	await padan?.remove();
});

const wcag = async (who) => {
	await who.page.evaluate(axe);
	const { violations } = await who.page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }));
	assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes[0].html}`), []);
};

test('I7.4: the search by hand; the NIK is in no address; older ones and back', async () => {
	await admin.go('/riwayat');
	assert.equal(await admin.page.locator('.menu a[href="/riwayat"][aria-current]').count(), 1);
	await wcag(admin);
	await admin.fill({ nik: nik.slice(0, 9), dasar: 'owner', keterangan: '470/031/2026' });
	assert.match(await admin.press('Cari riwayat'), /NIK terdiri atas 16 angka/);
	assert.equal(await admin.page.inputValue('#keterangan'), '470/031/2026', 'what was typed stays');
	await admin.fill({ nik });
	assert.match(await admin.press('Cari riwayat'), /31 akses/);
	assert.equal(new URL(admin.page.url()).pathname + new URL(admin.page.url()).search, '/riwayat');
	assert.equal(await admin.page.locator('table.rows tbody tr').count(), 25);
	assert.equal(await admin.page.inputValue('#nik'), '', 'the next one begins empty');
	await wcag(admin);
	await admin.shot('riwayat');
	await admin.press('Yang lebih lama');
	assert.equal(await admin.page.locator('table.rows tbody tr').count(), 6);
	await admin.press('Yang terbaru');
	assert.equal(await admin.page.locator('table.rows tbody tr').count(), 25);
});

test('I7.4: the auditor asks too, and whoever asked before him is in what he finds', async () => {
	await auditor.go('/riwayat');
	await auditor.fill({ nik, dasar: 'oversight', keterangan: 'ST/7/2026' });
	const words = await auditor.press('Cari riwayat');
	assert.match(words, /32 akses/);
	assert.match(words, /Permintaan pemilik data/);
	assert.equal(await auditor.page.locator('text=Surat keterangan untuk pemilik data').count(), 0);
});

test('I7.4: on a phone rows become cards, and nothing is wider than the screen', async () => {
	await admin.page.setViewportSize({ width: 320, height: 700 });
	assert.ok(await admin.page.evaluate(() => document.documentElement.scrollWidth <= 320));
	await admin.page.emulateMedia({ colorScheme: 'dark' });
	await wcag(admin);
	if (shots) await admin.shot('riwayat-sempit');
	await admin.page.emulateMedia({ colorScheme: 'light' });
	await admin.page.setViewportSize({ width: 1280, height: 900 });
});

test('I7.4: a page of the longest list weighs what a page may', async () => {
	const b = new Browser(padan);
	await b.login('admin');
	await b.go('GET', '/riwayat');
	await b.submit('/riwayat', { nik, dasar: 'oversight', keterangan: 'x'.repeat(100) });
	const body = new URLSearchParams(b.hidden('/riwayat')).toString();
	const re = await padan.request('POST', '/riwayat', { body, headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: padan.url,
		'Accept-Encoding': 'gzip', Cookie: [...b.cookies].map(([k, v]) => `${k}=${v}`).join('; ') } });
	assert.equal(re.status, 200);
	assert.ok(re.bytes.length < 5500, `${re.bytes.length} bytes`);
});
