// SPDX-License-Identifier: EUPL-1.2
// Dashboards in a real browser (I7.3): pictures that a screen reader names and a keyboard
// opens the tables of, both themes, paper, a telephone, colours that are forced; today that
// renews itself, can be stopped, and stops with the session; and the same without script.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Padan, OBSERVE } from '../e2e/padan.mjs';
import { fillAgencies, fillBoard } from '../e2e/board_fill.mjs';
import { Person, openChrome } from './person.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LONG = `Badan Penanggulangan Bencana dan Kedaruratan ${'Contohnegara '.repeat(6)}`.slice(0, 118).trim();

let padan, chrome, head, admin, operator;
before(async () => {
	padan = await Padan.demo({ residents: 500, settings: OBSERVE });
	const users = padan.office(`SELECT user_key AS id FROM user_account WHERE instansi_id = 1 AND role = 'operator'`).map((r) => r.id);
	fillBoard(padan, { users, agencies: 64 });
	padan.fill(`INSERT INTO instansi (instansi_id, code, name, state, state_us, made_us, last_day, name_key) VALUES (900, 'KANTOR-CONTOH-DENGAN-KODE', '${LONG}', 'active', 0, 0, 0, 'x')`);
	fillAgencies(padan, [[Math.floor((Date.now() + 7 * 3600e3) / 86400e3), 900, 1234567, 0, 1234567, 0]]);
	await padan.start();
	chrome = await openChrome();
	const person = (user) => new Person(chrome, padan, user, padan.accounts[user].password).enter();
	[head, admin, operator] = [await person('kepala'), await person('admin'), await person('operator1')];
});
after(async () => {
	await chrome?.close();
	await padan?.remove();
});

test('I7.3 a screen reader hears what each picture is and says', async () => {
	await head.go('/dasbor');
	const pictures = await head.page.locator('svg.plot[role=img]').all();
	assert.ok(pictures.length >= 6, `${pictures.length} pictures`);
	for (const title of ['Hit per hari: Web portal', 'Permintaan per hari', 'Hasil', 'Alasan penolakan', 'Jam tersibuk', 'Per User ID'])
		assert.equal(await head.page.getByRole('img', { name: title, exact: true }).count(), 1, title);
	const says = await head.page.locator('svg.plot desc').first().textContent();
	assert.match(says, /^Tertinggi [\d.]+ hit: \d\d-\d\d-\d{4}; jumlah [\d.]+\. Semua angka ada dalam tabel/);
});

test('I7.3 the table under a picture opens by keyboard and has its figures', async () => {
	await head.go('/dasbor?hari=7');
	const figure = head.page.locator('figure', { has: head.page.getByRole('heading', { name: 'Permintaan per hari' }) });
	assert.equal(await figure.locator('tbody tr:visible').count(), 0);
	await figure.locator('summary').focus();
	await head.page.keyboard.press('Enter');
	assert.equal(await figure.locator('tbody tr:visible').count(), 7);
	assert.equal((await figure.locator('th').allInnerTexts()).join(' '), 'Tanggal permintaan ditolak');
});

test('spans are links, and the one that is shown says so', async () => {
	await admin.go('/dasbor?instansi=BPBD');
	await admin.press('184 hari');
	assert.match(await admin.words('.tabs [aria-current=true]'), /184 hari/);
	assert.match(await admin.words(), /BPBD.*Hit per minggu: Web portal/);
	await admin.press('Semua instansi');
	assert.match(await admin.words(), /Instansi terbanyak meminta/);
	await admin.fill({ instansi: 'dinkes' });
	await admin.press('Tampilkan');
	assert.match(await admin.words(), /Dinas Kesehatan/);
});

test('I7.3 today renews itself until it is stopped', async () => {
	const context = await chrome.newContext({ ignoreHTTPSErrors: true, baseURL: padan.url, locale: 'id-ID', viewport: { width: 1280, height: 900 } });
	const page = await context.newPage();
	const watcher = Object.assign(new Person(chrome, padan, 'kepala', padan.accounts.kepala.password), { page });
	await watcher.enter();
	await page.clock.install();
	await page.goto('/dasbor');
	const asked = () => page.locator('#sekarang dd').first().innerText();
	const before = Number((await asked()).replaceAll('.', ''));
	await operator.standBy('');
	await operator.ask(padan.nik['01'][0]);
	const again = page.waitForResponse('**/dasbor/sekarang*');
	await page.clock.fastForward(15500);
	assert.equal((await again).status(), 200);
	await page.waitForFunction((n) => Number(document.querySelector('#sekarang dd').textContent.replaceAll('.', '')) === n, before + 1, { polling: 50 });
	await page.getByRole('button', { name: 'Hentikan' }).click();
	let more = 0;
	page.on('request', () => more++);
	await page.clock.fastForward(60000);
	assert.equal(more, 0, 'stopped is stopped');
	await page.getByRole('button', { name: 'Perbarui terus' }).click();
	await context.clearCookies();
	const gone = page.waitForResponse('**/dasbor/sekarang*');
	await page.clock.fastForward(15500);
	await gone;
	await page.getByText('Sesi Anda telah berakhir').waitFor();
	await context.close();
});

test('without script the same is there', async () => {
	const context = await chrome.newContext({ ignoreHTTPSErrors: true, baseURL: padan.url, locale: 'id-ID', javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto('/masuk');
	await page.fill('#user_id', 'kepala');
	await page.fill('#password', padan.accounts.kepala.password);
	await Promise.all([page.waitForEvent('load'), page.click('button:has-text("Masuk")')]);
	await page.goto('/dasbor');
	assert.ok(await page.locator('svg.plot').count() >= 6);
	await page.locator('summary').first().click();
	assert.ok(await page.locator('tbody tr:visible').count() >= 30);
	assert.equal(await page.getByRole('button', { name: 'Hentikan' }).count(), 0);
	await context.close();
});

test('on paper: pictures with their figures in reach, no menu, nothing cut', async () => {
	await head.go('/dasbor?hari=7');
	await head.page.emulateMedia({ media: 'print' });
	assert.equal(await head.page.locator('.side:visible').count(), 0);
	assert.equal(await head.page.locator('summary:visible').count(), 0);
	const words = execFileSync('pdftotext', ['-layout', '-', '-'], { input: await head.page.pdf({ format: 'A4' }), encoding: 'utf8' });
	assert.match(words, /Dasbor/);
	assert.match(words, /7 hari/);
	assert.match(words, /Permintaan per hari/);
	assert.doesNotMatch(words, /Hentikan/);
	await head.page.emulateMedia({ media: 'screen' });
});

test('the second tone differs from the first in lightness, in both themes', async () => {
	for (const colorScheme of ['light', 'dark']) {
		await head.page.emulateMedia({ colorScheme });
		await head.go('/dasbor');
		const [a, b] = await head.page.evaluate(() => ['.plot .a', '.plot .b'].map((q) => getComputedStyle(document.querySelector(q)).fill.match(/\d+/g).map(Number)));
		const light = ([r, g, blue]) => 0.299 * r + 0.587 * g + 0.114 * blue;
		assert.ok(Math.abs(light(a) - light(b)) > 80, `${colorScheme}: ${a} beside ${b}`);
	}
	await head.page.emulateMedia({ colorScheme: 'light' });
	await head.shot('dasbor');
	await admin.go('/dasbor');
	await admin.shot('dasbor-semua');
});

const PAGES = {
	admin: ['/dasbor', '/dasbor?hal=2', '/dasbor?instansi=BPBD&hari=184', '/dasbor?instansi=KANTOR-CONTOH-DENGAN-KODE', '/dasbor?instansi=TIDAKADA', '/panduan/pengawasan'],
	kepala: ['/dasbor', '/dasbor?hari=90', '/panduan/pengawasan'],
	operator1: ['/panduan/pengawasan'],
};
for (const theme of ['light', 'dark'])
	for (const width of [1280, 320])
		test(`the rules of WCAG, ${theme}, ${width} px`, { timeout: 120000 }, async () => {
			for (const [who, targets] of Object.entries(PAGES)) {
				const context = await chrome.newContext({ ignoreHTTPSErrors: true, baseURL: padan.url, locale: 'id-ID', colorScheme: theme, viewport: { width, height: 800 } });
				const page = await context.newPage();
				await page.goto('/masuk');
				await page.fill('#user_id', who);
				await page.fill('#password', padan.accounts[who].password);
				await Promise.all([page.waitForEvent('load'), page.click('button:has-text("Masuk")')]);
				for (const target of targets) {
					await page.goto(target);
					for (const fold of await page.locator('main summary').all()) await fold.click();
					await page.evaluate(axe);
					const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
					assert.deepEqual(violations.map((v) => `${target} ${v.id}: ${v.nodes[0].html}`), []);
					const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
					assert.ok(sideways <= 0, `${target} scrolls sideways by ${sideways} px at ${width} px`);
				}
				await context.close();
			}
		});
