// SPDX-License-Identifier: EUPL-1.2
// A semester report as a head and an admin live it at their browsers: by keyboard, readable
// to axe, at 320 px, in the dark, on paper.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Clock } from '../e2e/clock.mjs';
import { Browser, OBSERVE } from '../e2e/padan.mjs';
import { Person, openChrome } from './person.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let chrome, clock, padan, head, admin;

before(async () => {
	chrome = await openChrome();
	clock = await Clock.demo('2026-03-02 08:00', { residents: 300, settings: { ...OBSERVE, 'user.dormant_days': '365' } });
	padan = await clock.padan.start();
	const operator = await Browser.operator(padan);
	for (const nik of [...padan.nik['01'].slice(0, 4), padan.nik['13'][0]]) await operator.verify(nik);
	clock.set('2026-07-16 09:00');
	head = await new Person(chrome, padan, 'kepala', padan.accounts.kepala.password).enter();
	admin = await new Person(chrome, padan, 'admin', padan.accounts.admin.password).enter();
});
after(async () => {
	await chrome?.close();
	await padan?.remove();
});

/** No rule of axe is broken; nothing runs out of a telephone of 320 px. */
const fits = async (person, where, themes = ['light']) => {
	for (const colorScheme of themes) {
		await person.page.emulateMedia({ colorScheme });
		await person.page.evaluate(axe);
		const { violations } = await person.page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
		assert.deepEqual(violations.map((v) => [v.id, v.nodes.map((n) => n.target.join(' '))]), [], `${where}, ${colorScheme}`);
	}
	await person.page.emulateMedia({ colorScheme: 'light' });
	await person.page.setViewportSize({ width: 320, height: 800 });
	const wide = await person.page.evaluate(() => document.documentElement.scrollWidth);
	assert.ok(wide <= 320, `${where}: ${wide} px`);
	await person.page.setViewportSize({ width: 1280, height: 900 });
};
/** Along the page by Tab to what has these words, or this name. */
const tabTo = async (page, wanted) => {
	for (let i = 0; i < 120; i++) {
		await page.keyboard.press('Tab');
		const at = await page.evaluate(() => ({ name: document.activeElement.name ?? '', words: document.activeElement.innerText?.trim() ?? '' }));
		if (at.name === wanted || at.words === wanted) return;
	}
	assert.fail(`Tab never comes to ${wanted}`);
};
const enter = (page) => Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);

test('P8: a report lives from its draft to the ministry, by keyboard', async () => {
	await head.go('/laporan');
	await fits(head, 'the list of what is owed');
	await head.shot('reports');
	await tabTo(head.page, 'Buat laporan');
	await enter(head.page);
	await head.page.waitForSelector('text=Sidik angka', { timeout: 60000 });
	assert.match(await head.words(), /Permintaan 5/);
	await fits(head, 'the draft', ['light', 'dark']);
	await head.shot('report-draft');
	await tabTo(head.page, 'kendala');
	await head.page.keyboard.type('Tautan putus dua hari');
	await tabTo(head.page, 'Simpan teks');
	await enter(head.page);
	await tabTo(head.page, 'Sampaikan ke Dinas Dukcapil');
	await head.page.keyboard.press('Enter');
	await tabTo(head.page, 'nomor');
	await head.page.keyboard.type('800/7/BPBD');
	await tabTo(head.page, 'cara');
	await head.page.keyboard.press('ArrowDown');
	await tabTo(head.page, 'Sampaikan ke Dinas Dukcapil');
	await enter(head.page);
	assert.match(await head.words(), /Disampaikan; menunggu tanda terima terlambat 2 hari kerja/);
	assert.match(await head.words(), /Tautan putus dua hari/);

	await admin.go('/laporan');
	await fits(admin, 'the list of the provider', ['light', 'dark']);
	assert.match(await admin.words('nav'), /Laporan 1/);
	await admin.press('Semester 1 Tahun 2026', admin.page.locator('main'));
	await fits(admin, 'the report, received next');
	await admin.fill({ catatan: 'Lengkap' });
	await admin.press('Catat diterima', admin.page.locator('form'));
	assert.match(await admin.words(), /Diterima; menunggu evaluasi/);
	const id = new URL(admin.page.url()).searchParams.get('r');
	padan.fill(`UPDATE report SET state = 'evaluated', evaluation_id = 1 WHERE report_id = ${id}`);
	await admin.go(`/laporan/isi?r=${id}`);
	await admin.fill({ nomor: '470/9', surel: 'laporan@kementerian.example' });
	await admin.press('Catat diteruskan', admin.page.locator('form'));
	assert.match(await admin.words(), /Diteruskan ke kementerian/);
	await fits(admin, 'the report at its end');
	await admin.shot('report-end');
});

test('P8: what was typed survives a refusal, and somebody who was first', async () => {
	await head.go('/laporan/baru');
	await fits(head, 'the form of a report on request');
	await head.fill({ mulai: '2026-03-02', akhir: '2026-03-01', perihal: 'Maret' });
	await head.press('Buat laporan', head.page.locator('form'));
	assert.match(await head.words(), /mendahului hari pertama/);
	assert.equal(await head.page.inputValue('[name=perihal]'), 'Maret');
	await fits(head, 'a refused form');
	await head.fill({ akhir: '2026-03-31' });
	await head.press('Buat laporan', head.page.locator('form'));
	await head.page.waitForSelector('text=Sidik angka', { timeout: 60000 });
	const other = await new Person(chrome, padan, 'kepala', head.password).enter();
	await other.go(new URL(head.page.url()).pathname + new URL(head.page.url()).search);
	await other.fill({ kendala: 'Yang pertama' });
	await other.press('Simpan teks');
	await head.fill({ kendala: 'Yang kedua' });
	await head.press('Simpan teks');
	assert.match(await head.words(), /kepala lebih dahulu .* mengubah teks laporan/);
	assert.equal(await head.page.inputValue('[name=kendala]'), 'Yang kedua', 'not lost');
});
