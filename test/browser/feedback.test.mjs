// SPDX-License-Identifier: EUPL-1.2
// From the answer to its data balikan in one motion, at a real browser: by keyboard alone,
// with a session that ends in between, a network that drops, and without script; and how
// the card looks to axe, on a telephone, and on paper.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Padan, OBSERVE } from '../e2e/padan.mjs';
import { openChrome, Person } from './person.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let padan, chrome;
before(async () => {
	padan = await (await Padan.demo({ residents: 500, settings: { 'clear.seconds': 20, ...OBSERVE } })).start();
	chrome = await openChrome();
});
after(async () => {
	await chrome?.close();
	await padan?.remove();
});

const grouped = (nik) => `${nik.slice(0, 6)} ${nik.slice(6, 12)} ${nik.slice(12)}`;
/** Everybody of whom something was told: what, and how often. */
const told = () => padan.office(`SELECT p.keterangan, p.house, p.state, (SELECT count(*) FROM feedback_entry e WHERE e.person_id = p.person_id) AS n
	FROM feedback_person p ORDER BY p.person_id`);
const last = () => told().at(-1);
const sit = async (user = 'operator1') => {
	const p = await new Person(chrome, padan, user, padan.accounts[user].password).enter();
	await p.standBy('');
	return p;
};
const focus = (page) => page.evaluate(() => {
	const at = document.activeElement;
	return { name: at.name ?? at.tagName, value: at.value, selected: at.type === 'text' ? at.selectionEnd - at.selectionStart === at.value.length : null };
});
/** Type into whatever has the focus, and press Enter; the card of that NIK appears. */
const askByKeys = async (page, nik) => {
	await page.keyboard.type(nik);
	await page.keyboard.press('Enter');
	await page.waitForFunction((want) => document.querySelector('#catat .n')?.textContent === want && document.activeElement.name === 'keterangan', grouped(nik));
};
const saved = (page, words) => page.waitForFunction((w) => document.querySelector('#catat .alert b')?.textContent.includes(`Tersimpan: ${w}`), words);
const drop = (user) => padan.fill(`DELETE FROM session WHERE user_key = (SELECT user_key FROM user_account WHERE user_id = '${user}')`);

describe('by keyboard alone', () => {
	test('three victims in a row: NIK, Enter, a digit, Enter', async () => {
		const p = await sit(), { page } = p;
		await page.focus('#nik');
		for (const [i, key, word, keterangan] of [[0, '1', 'Mengungsi', 'mengungsi'], [1, '5', 'Meninggal', 'meninggal'], [2, '2', 'Luka / Sakit', 'luka']]) {
			await askByKeys(page, padan.nik['01'][i]);
			assert.deepEqual(await page.locator('[name=keterangan]:checked').count(), 0, 'nothing is chosen beforehand');
			const ring = await page.locator('#catat label:focus-within').evaluate((e) => getComputedStyle(e).outlineStyle);
			assert.equal(ring, 'solid', 'where the focus is can be seen');
			await page.keyboard.press(key);
			await page.keyboard.press('Enter');
			await saved(page, word);
			assert.deepEqual(await focus(page), { name: 'nik', value: grouped(padan.nik['01'][i]), selected: true });
			assert.deepEqual(last(), { keterangan, house: '', state: 'closed', n: 1 });
		}
		assert.match(await page.locator('#kabar').textContent(), /Tersimpan: Luka/);
		assert.deepEqual([await page.locator('#utang').isVisible(), await page.locator('.menu a[href="/korban"] b').count()], [false, 0], 'nothing is owed any more');
		await page.keyboard.type(padan.nik['01'][30]);
		await page.keyboard.press('Enter');
		await page.waitForFunction((want) => document.querySelector('#catat .n')?.textContent === want, grouped(padan.nik['01'][30]));
		await page.fill('#nik', '');
		await page.focus('#nik');
		await askByKeys(page, padan.nik['01'][31]);
		await page.keyboard.press('1');
		await page.keyboard.press('Enter');
		await saved(page, 'Mengungsi');
		assert.match(await page.locator('#utang').innerText(), /1 terutang/, 'one was not told of');
		assert.match(await page.locator('.menu a[href="/korban"] b').innerText(), /^1/);
		await p.leave();
	});

	test('a digit may be corrected; Esc leads back to the NIK; digits in a note are text', async () => {
		const p = await sit(), { page } = p;
		await page.focus('#nik');
		await askByKeys(page, padan.nik['01'][3]);
		await page.keyboard.press('3');
		await page.keyboard.press('4');
		assert.equal(await page.locator('[name=keterangan]:checked').inputValue(), 'hilang');
		await page.keyboard.press('Escape');
		assert.equal((await focus(page)).name, 'nik');
		await page.locator('#catat summary').first().click();
		await page.locator('#catat [name=catatan]').first().focus();
		await page.keyboard.type('RT 1, 2 anak');
		assert.equal(await page.locator('[name=keterangan]:checked').inputValue(), 'hilang', 'no digit chose anything');
		await page.locator('#catat [name=rumah]').selectOption('berat');
		await page.locator('#catat [name=tanggal]').fill('2026-01-02');
		await page.locator('#catat [name=catatan]').first().press('Enter');
		await saved(page, 'Hilang, rumah: Rusak berat · 02-01-2026');
		await p.leave();
	});

	test('the next NIK typed at the card goes to its own field, and saves nothing', async () => {
		const p = await sit(), { page } = p;
		await page.focus('#nik');
		await askByKeys(page, padan.nik['01'][4]);
		await page.keyboard.type(padan.nik['01'][5]);
		assert.deepEqual([(await focus(page)).name, await page.inputValue('#nik')], ['nik', grouped(padan.nik['01'][5])]);
		assert.equal(await page.locator('[name=keterangan]:checked').count(), 0);
		await page.keyboard.press('Enter');
		await page.waitForFunction((want) => document.querySelector('#catat .n')?.textContent === want, grouped(padan.nik['01'][5]));
		assert.equal(told().filter((t) => t.state === 'open').length, 3, 'nothing was told of either, nor of the one before');
		await p.leave();
	});

	test('Periksa pressed while a victim is still being saved is done afterwards, once', async () => {
		const p = await sit(), { page } = p;
		await page.focus('#nik');
		await askByKeys(page, padan.nik['01'][21]);
		let arrived, go;
		const there = new Promise((r) => { arrived = r; }), held = new Promise((r) => { go = r; });
		await page.route('**/korban/catat', async (route) => {
			arrived();
			await held;
			await route.continue();
		});
		const asked = [];
		page.on('request', (rq) => { if (rq.method() === 'POST' && rq.url().endsWith('/verifikasi')) asked.push(rq.url()); });
		await page.keyboard.press('1');
		await page.keyboard.press('Enter');
		await there;
		await page.fill('#nik', padan.nik['01'][22]);
		await page.click('button:has-text("Periksa")');
		await page.click('button:has-text("Periksa")');
		assert.equal(asked.length, 0, 'one thing at a time');
		go();
		await page.waitForFunction((want) => document.querySelector('#catat .n')?.textContent === want, grouped(padan.nik['01'][22]));
		assert.equal(asked.length, 1);
		await p.leave();
	});

	test('an Enter that is held down saves nothing', async () => {
		const p = await sit(), { page } = p;
		await page.focus('#nik');
		await askByKeys(page, padan.nik['01'][6]);
		await page.keyboard.press('1');
		await page.evaluate(() => { globalThis.sent = 0; document.addEventListener('submit', () => { globalThis.sent++; }, true); });
		await page.keyboard.down('Enter'); /* the first of it saves */
		await saved(page, 'Mengungsi');
		await page.keyboard.up('Enter');
		await page.focus('#nik');
		await askByKeys(page, padan.nik['01'][7]);
		const before = await page.evaluate(() => globalThis.sent);
		await page.locator('[name=keterangan]').first().check();
		assert.equal(await page.locator('[name=keterangan]').first().evaluate((e) => e.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', repeat: true, bubbles: true, cancelable: true }))), false, 'it is stopped');
		assert.equal(await page.evaluate(() => globalThis.sent), before);
		await p.leave();
	});
});

describe('no victim, and another state', () => {
	test('a reason waives the debt; one that needs words asks for them beside the form', async () => {
		const p = await sit(), { page } = p;
		await p.ask(padan.nik['01'][8]);
		await page.locator('#catat summary:has-text("Bukan korban")').click();
		await page.locator('#catat .chips label:has-text("Alasan lain")').click();
		await page.click('#catat button:has-text("bukan korban")');
		await page.waitForFunction(() => /Tuliskan alasannya/.test(document.querySelector('#catat').textContent));
		assert.equal(await page.locator('[name=alasan]:checked').inputValue(), 'lain', 'what was chosen stays');
		await page.locator('#catat [name=catatan]').last().fill('hanya tamu');
		await page.click('#catat button:has-text("bukan korban")');
		await saved(page, 'Bukan korban: Alasan lain');
		assert.equal(last().state, 'waived');
		await p.leave();
	});

	test('who was told of already: his state, its history, and an update', async () => {
		const p = await sit(), { page } = p;
		for (const [key, word] of [['4', 'Hilang'], ['5', 'Meninggal']]) {
			await page.fill('#nik', '');
			await page.focus('#nik');
			await askByKeys(page, padan.nik['01'][9]);
			await page.keyboard.press(key);
			await page.keyboard.press('Enter');
			await saved(page, word);
		}
		assert.match(await p.words('#catat'), /Oleh operator1 · Riwayat \(2\)/);
		await page.locator('#catat summary:has-text("Ubah")').click();
		await page.locator('#catat label:has-text("Luka")').click();
		await page.click('#catat button:has-text("Simpan") >> nth=0');
		await saved(page, 'Luka / Sakit');
		const { card } = await p.ask(padan.nik['01'][9]);
		assert.match(card, /Perbarui keadaan korban NIK [\d ]+ Luka \/ Sakit · \d\d-\d\d-\d{4} Oleh operator1 · Riwayat \(3\)/);
		await p.leave();
	});

	for (const code of ['11', '12', '14'])
		test(`${code} owes too, and chooses nothing beforehand`, async () => {
			const p = await sit();
			await p.ask(padan.nik[code][0]);
			assert.equal(await p.page.locator('#catat [name=keterangan]').count(), 5);
			assert.equal(await p.page.locator('#catat :checked:not(option)').count(), 0);
			assert.deepEqual(await p.page.locator('#catat [name=keterangan]').evaluateAll((l) => l.map((e) => e.value)),
				['mengungsi', 'luka', 'menderita', 'hilang', 'meninggal']);
			await p.leave();
		});
});

describe('what was typed outlives', () => {
	test('a session that ended: signing in elsewhere, then Simpan', async () => {
		const p = await sit('kepala'), { page } = p;
		await p.ask(padan.nik['01'][10]);
		await page.locator('#catat summary').first().click();
		await page.locator('#catat [name=catatan]').first().fill('di posko timur');
		await page.locator('#catat label:has-text("Mengungsi")').click();
		drop('kepala');
		await page.click('#catat button:has-text("Simpan") >> nth=0');
		await page.waitForFunction(() => /Sesi Anda telah berakhir/.test(document.querySelector('#catat').textContent));
		assert.equal(last().state, 'open');
		const tab = page.locator('#catat a[href="/masuk"]');
		assert.equal(await tab.getAttribute('target'), '_blank');
		const [door] = await Promise.all([page.context().waitForEvent('page'), tab.click()]);
		await door.waitForLoadState();
		assert.match(await door.locator('main').innerText(), /menunggu di menu Korban/);
		await door.fill('#user_id', 'kepala');
		await door.fill('#password', padan.accounts.kepala.password);
		await Promise.all([door.waitForEvent('load'), door.click('button:has-text("Masuk")')]);
		await door.close();
		assert.equal(await page.locator('#catat [name=catatan]').first().inputValue(), 'di posko timur');
		await page.click('#catat button:has-text("Simpan") >> nth=0');
		await saved(page, 'Mengungsi');
		assert.deepEqual(last(), { keterangan: 'mengungsi', house: '', state: 'closed', n: 1 });
		await p.leave();
	});

	for (const place of ['the page of one person', 'a row of the list'])
		test(`a session that ended on ${place}, and a line that broke there`, async () => {
			const p = await sit('kepala'), { page } = p, one = place === 'the page of one person', nik = padan.nik['01'][one ? 13 : 14];
			await p.ask(nik);
			await page.goto('/korban');
			const row = page.locator('.people tbody tr', { hasText: grouped(nik) }), f = one ? page.locator('form:has([name=rumah])') : row.locator('form');
			if (one) await Promise.all([page.waitForEvent('load'), row.locator('a').click()]);
			const typed = one ? f.locator('[name=catatan]') : f.locator('select'), save = f.locator('button');
			if (one) {
				await typed.fill('di posko barat');
				await f.locator('label:has-text("Mengungsi")').click();
			} else await typed.selectOption('mengungsi');
			const kept = await typed.inputValue();
			const said = (words) => page.waitForFunction((w) => document.querySelector('.err.late')?.textContent.includes(w), words);
			await page.context().setOffline(true);
			await save.click();
			await said('Jaringan terputus');
			await page.context().setOffline(false);
			drop('kepala');
			await save.click();
			await said('Sesi Anda telah berakhir');
			assert.equal(last().state, 'open');
			assert.equal(await typed.inputValue(), kept);
			const [door] = await Promise.all([page.context().waitForEvent('page'), page.click('.err.late a[href="/masuk"]')]);
			await door.waitForLoadState();
			await door.fill('#user_id', 'kepala');
			await door.fill('#password', padan.accounts.kepala.password);
			await Promise.all([door.waitForEvent('load'), door.click('button:has-text("Masuk")')]);
			await door.close();
			await Promise.all([page.waitForEvent('load'), save.click()]);
			assert.match(await page.locator('[role=status]').innerText(), one ? /tersimpan/ : /Mengungsi/);
			assert.deepEqual(last(), { keterangan: 'mengungsi', house: '', state: 'closed', n: 1 });
			await p.leave();
		});

	test('a session replaced before anybody noticed: one Simpan is enough', async () => {
		const p = await sit('kepala'), { page } = p;
		await p.ask(padan.nik['01'][11]);
		await page.locator('#catat label:has-text("Hilang")').click();
		const door = await page.context().newPage();
		drop('kepala');
		await door.goto('/masuk');
		await door.fill('#user_id', 'kepala');
		await door.fill('#password', padan.accounts.kepala.password);
		await Promise.all([door.waitForEvent('load'), door.click('button:has-text("Masuk")')]);
		await door.close();
		await page.click('#catat button:has-text("Simpan") >> nth=0');
		await saved(page, 'Hilang');
		await p.leave();
	});

	test('a network that drops: before it arrives, and after; saved once', async () => {
		const p = await sit(), { page } = p;
		await p.ask(padan.nik['01'][12]);
		await page.locator('#catat label:has-text("Luka")').click();
		await page.context().setOffline(true);
		await page.click('#catat button:has-text("Simpan") >> nth=0');
		await page.waitForFunction(() => /Jaringan terputus/.test(document.querySelector('#catat .err').textContent));
		assert.equal(last().state, 'open');
		await page.context().setOffline(false);
		/* it arrives, and its answer gets lost */
		await page.route('**/korban/catat', async (route) => {
			await route.fetch();
			await route.abort();
		}, { times: 1 });
		await page.click('#catat button:has-text("Simpan") >> nth=0');
		await page.waitForFunction(() => /Jaringan terputus/.test(document.querySelector('#catat .err').textContent));
		assert.equal(last().n, 1);
		assert.equal(await page.locator('[name=keterangan]:checked').inputValue(), 'luka');
		await page.click('#catat button:has-text("Simpan") >> nth=0');
		await saved(page, 'Luka / Sakit');
		assert.equal(last().n, 1);
		await p.leave();
	});

	test('the data that leaves the screen, and the next question that fails', async () => {
		const p = await sit(), { page } = p;
		await p.ask(padan.nik['01'][13]);
		await page.locator('#catat label:has-text("Hilang")').click();
		await page.waitForFunction(() => !document.querySelector('.data'), null, { timeout: 60000 });
		assert.equal(await page.locator('[name=keterangan]:checked').inputValue(), 'hilang');
		await page.context().setOffline(true);
		await page.fill('#nik', padan.nik['01'][14]);
		await page.click('button:has-text("Periksa")');
		await page.waitForSelector('#jawaban .alert:has-text("Jaringan terputus")');
		await page.context().setOffline(false);
		assert.equal(await page.locator('[name=keterangan]:checked').inputValue(), 'hilang');
		await page.click('#catat button:has-text("Simpan") >> nth=0');
		await saved(page, 'Hilang');
		await p.leave();
	});
});

test('without script: the form, a refusal that keeps the words, the notice, and the form that outlives the data', async () => {
	const context = await chrome.newContext({ ignoreHTTPSErrors: true, baseURL: padan.url, locale: 'id-ID', javaScriptEnabled: false, reducedMotion: 'reduce' });
	const page = await context.newPage();
	const press = (button) => Promise.all([page.waitForEvent('load'), page.click(button)]);
	const p = Object.assign(new Person(chrome, padan, 'operator1', padan.accounts.operator1.password), { page });
	await p.enter();
	await p.standBy('');
	await page.fill('#nik', padan.nik['01'][15]);
	const [answer] = await Promise.all([page.waitForResponse((r) => r.request().method() === 'POST'), page.click('button:has-text("Periksa")')]);
	assert.equal(await page.locator('#catat kbd').count(), 0, 'no keys are promised');
	await page.locator('#catat summary').first().click();
	await page.locator('#catat [name=catatan]').first().fill('NIK anaknya 3304130101909999');
	await page.locator('#catat label:has-text("Mengungsi")').click();
	await press('#catat button:has-text("Simpan") >> nth=0');
	assert.match(await p.words('#catat'), /tidak boleh memuat NIK/);
	assert.equal(await page.locator('[name=keterangan]:checked').inputValue(), 'mengungsi');
	assert.equal(await page.locator('#catat [name=catatan]').first().inputValue(), 'NIK anaknya 3304130101909999');
	await page.locator('#catat [name=catatan]').first().fill('bersama anaknya');
	await press('#catat button:has-text("Simpan") >> nth=0');
	assert.match(page.url(), /\/verifikasi\?tersimpan=\d+$/);
	assert.match(await p.words('#catat'), /Tersimpan: Mengungsi/);
	assert.equal(await page.inputValue('#nik'), '');
	/* where the Refresh header of the answer would have led */
	await page.goto(answer.headers().refresh.replace(/^\d+; *url=/, ''));
	assert.match(await p.words('#jawaban'), /Data telah dihapus dari layar/);
	assert.equal(await page.inputValue('#nik'), grouped(padan.nik['01'][15]));
	await page.locator('#catat summary:has-text("Bukan korban")').click();
	await page.locator('#catat label:has-text("keliru")').click();
	await press('#catat button:has-text("bukan korban")');
	assert.match(await p.words('#catat'), /Tersimpan: Bukan korban: NIK keliru/);
	await context.close();
});

describe('how it looks', () => {
	for (const scheme of ['light', 'dark'])
		test(`WCAG 2.2 AA as far as a machine can tell, ${scheme}, wide and 320 px`, async () => {
			const p = await sit(), context = await chrome.newContext({ ignoreHTTPSErrors: true, baseURL: padan.url, colorScheme: scheme, bypassCSP: true });
			await p.leave();
			p.page = await context.newPage();
			await p.enter();
			await p.standBy('');
			const { page } = p;
			for (const width of [1280, 320]) {
				await page.setViewportSize({ width, height: 900 });
				const look = async (what) => {
					await page.evaluate(axe);
					const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
					assert.deepEqual(violations.map((v) => `${what} ${width}: ${v.id}: ${v.nodes[0].html}`), []);
					const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
					assert.ok(sideways <= 0, `${what} scrolls sideways by ${sideways} px at ${width} px`);
				};
				await p.ask(padan.nik['01'][16]);
				await page.locator('#catat details').evaluateAll((l) => l.forEach((d) => { d.open = true; }));
				await look('form');
				await page.locator('[name=keterangan]').first().check();
				await page.click('#catat button:has-text("Simpan") >> nth=0');
				await saved(page, 'Mengungsi');
				await look('saved');
				const [data, card] = await Promise.all(['.two > .card:first-child', '#catat'].map((q) => page.locator(q).boundingBox()));
				assert.ok(width === 320 ? card.y >= data.y + data.height : card.x >= data.x + data.width, 'beside the data, on a telephone below it');
			}
			await context.close();
		});

	test('a printed page holds neither data nor form', async () => {
		const p = await sit(), { page } = p;
		await p.ask(padan.nik['01'][17]);
		assert.equal(await page.locator('#catat').isVisible(), true);
		await page.emulateMedia({ media: 'print' });
		assert.equal(await page.locator('#catat').isVisible(), false);
		assert.equal(await page.locator('.data').isVisible(), false);
		await p.leave();
	});
});
