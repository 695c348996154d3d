// SPDX-License-Identifier: EUPL-1.2
// I7.5: the journal in a real browser: ten thousand entries, a filter that finds nothing, one entry,
// a check, a checkpoint that comes back signed; and the rules of WCAG that a machine can check.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Padan, Browser, OBSERVE } from '../e2e/padan.mjs';
import { Person, openChrome } from './person.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LONG = 'Pembaruan perjanjian yang panjang sekali '.repeat(20).trim();

let padan, chrome, admin, auditor, head;
const beside = (name) => path.join(padan.dir, '..', name);
before(async () => {
	padan = await Padan.demo({ residents: 300, settings: OBSERVE });
	await padan.start();
	const operator = await Browser.operator(padan);
	for (const nik of padan.nik['01'].slice(0, 3)) await operator.verify(nik);
	chrome = await openChrome();
	const person = (user) => new Person(chrome, padan, user, padan.accounts[user].password).enter();
	[admin, auditor, head] = [await person('admin'), await person('auditor'), await person('kepala')];
});
after(async () => {
	await chrome?.close();
	await padan?.remove();
});

/** Copies of entry 0 far behind the others, so that the list is long: they are read, never verified. */
const TEN_THOUSAND = `WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 10000)
	INSERT INTO journal_entry (entry_id, time_us, act, outcome, instansi_id, version_id, user_no, nik_hash, leaf, line)
	SELECT 1000 + c.i, e.time_us, e.act, e.outcome, e.instansi_id, e.version_id, e.user_no, e.nik_hash, e.leaf,
		replace(e.line, '"seq":0', '"seq":' || (1000 + c.i)) FROM c, journal_entry e WHERE e.entry_id = 0`;

test('I7.5: a check is asked for, and what it found stands there with who asked', async () => {
	await auditor.go('/jurnal/keutuhan');
	assert.match(await auditor.words(), /Belum pernah diperiksa/);
	assert.equal(await auditor.page.locator('button:has-text("Tandatangani sekarang")').count(), 0, 'he only reads, and asks');
	await auditor.press('Periksa sekarang');
	for (const began = Date.now(); Date.now() - began < 60000 && !/Keadaan utuh/.test(await auditor.words());) {
		await auditor.page.waitForTimeout(100);
		await auditor.go('/jurnal/keutuhan');
	}
	assert.match(await auditor.words(), /Keadaan utuh .* auditor utuh \d+ entri/);
	await auditor.shot('jurnal-keutuhan');
});

test('I7.5: a head names a key, the provider confirms it, and a signed checkpoint comes back', async () => {
	await admin.go('/jurnal/keutuhan');
	await admin.press('Tandatangani sekarang');
	const vkey = padan.run('journal', 'cosign-key', beside('kepala.rahasia'), '--name', 'bpbd.example/kepala');
	assert.match(await head.go('/jurnal/tanda-tangan'), /Belum ada kunci/);
	await head.fill({ vkey: `x${vkey}` });
	await head.press('Daftarkan', head.page.locator('main form'));
	assert.equal(await head.page.locator('#vkey[aria-invalid]').count(), 1);
	await head.fill({ vkey });
	assert.match(await head.press('Daftarkan', head.page.locator('main form')), /menunggu pengesahan/);
	await admin.go('/jurnal/tanda-tangan');
	assert.match(await admin.press('Sahkan', admin.page.locator('main form')), /Kunci telah disahkan/);
	await admin.shot('jurnal-saksi-admin');
	await head.go('/jurnal/tanda-tangan');
	writeFileSync(beside('catatan.txt'), await head.download('Unduh'));
	writeFileSync(beside('tertanda.txt'), padan.run('journal', 'cosign', beside('catatan.txt'), '--key', beside('kepala.rahasia')));
	await head.fill({ catatan: 'halo' });
	assert.match(await head.press('Kirim', head.page.locator('#kirim')), /Tidak ada yang disimpan/);
	await head.page.setInputFiles('#berkas', beside('tertanda.txt'));
	assert.match(await head.press('Kirim', head.page.locator('#kirim')), /Tanda tangan telah diterima/);
	await head.shot('jurnal-saksi');
	await admin.go('/jurnal/keutuhan');
	assert.match(await admin.words(), /BPBD Unduh/);
});

test('I7.5: ten thousand entries, a page at a time; a filter that finds nothing says so', async () => {
	padan.fill(TEN_THOUSAND);
	await admin.go('/jurnal');
	assert.match(await admin.words(), /11\.00\d entri dalam log/);
	assert.equal(await admin.page.locator('tbody tr').count(), 25);
	await admin.press('Lebih lama');
	assert.match(await admin.words(), /Entri yang lebih lama/);
	await admin.press('Ke yang terbaru');
	await admin.fill({ jenis: 'lookup', hasil: '01', instansi: 'BPBD', user: 'operator1' });
	await admin.press('Tampilkan', admin.page.locator('main form'));
	assert.equal(await admin.page.locator('tbody tr').count(), 3);
	assert.equal(await admin.page.inputValue('#user'), 'operator1', 'the filter stays in its form');
	await admin.shot('jurnal-saringan');
	await admin.fill({ hasil: '05' });
	assert.match(await admin.press('Tampilkan', admin.page.locator('main form')), /Tidak ada entri yang cocok/);
	await admin.press('Tampilkan semua');
	await admin.fill({ user: 'siapa' });
	assert.match(await admin.press('Tampilkan', admin.page.locator('main form')), /Tidak ada User ID dengan nama itu/);
	await admin.go('/jurnal?jenis=lookup');
	await admin.page.locator('tbody a').first().click();
	await admin.page.waitForURL(/\/jurnal\/entri/);
	assert.match(await admin.words(), /NIK tidak dapat ditampilkan/);
	await admin.shot('jurnal-entri');
});

test('DOMAIN 7: every page of it within 6 KB', async () => {
	for (const [user, pages] of [['admin', ['/jurnal', '/jurnal?sebelum=9000', '/jurnal?jenis=lookup', '/jurnal/entri?seq=0', '/jurnal/keutuhan', '/jurnal/tanda-tangan']], ['kepala', ['/jurnal/tanda-tangan']]])
		for (const p of pages) {
			const b = new Browser(padan);
			await b.login(user);
			const re = await b.go('GET', p, { headers: { 'Accept-Encoding': 'br, gzip' } });
			assert.ok(re.headers['content-encoding'], 'compressed');
			assert.ok(re.bytes.length <= 6 * 1024 - 700, `${p} ${re.bytes.length}`);
		}
});

for (const colorScheme of ['light', 'dark'])
	test(`WCAG 2.2 AA, as far as a machine can tell, ${colorScheme}, down to 320 px`, async () => {
		for (const user of ['admin2', 'kepala']) {
			const context = await chrome.newContext({ ignoreHTTPSErrors: true, baseURL: padan.url, locale: 'id-ID', colorScheme, bypassCSP: true });
			const page = await context.newPage();
			await page.goto('/masuk');
			await page.fill('#user_id', user);
			await page.fill('#password', padan.accounts[user].password);
			await Promise.all([page.waitForURL((u) => u.pathname !== '/masuk'), page.click('button:has-text("Masuk")')]);
			const pages = user === 'kepala' ? ['/jurnal/tanda-tangan'] : ['/jurnal', '/jurnal?user=siapa', '/jurnal?hasil=05', '/jurnal/entri?seq=0', '/jurnal/keutuhan', '/jurnal/tanda-tangan'];
			for (const p of pages)
				for (const width of [1280, 320]) {
					await page.setViewportSize({ width, height: 800 });
					await page.goto(p);
					await page.evaluate(axe);
					const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
					assert.deepEqual(found.violations.map((x) => [x.id, x.nodes[0].html]), [], `${p} ${width}`);
					const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
					assert.ok(wide <= 0, `${p} ${width}: ${wide} px too wide`);
					const spill = await page.evaluate(() => [...document.querySelectorAll('main *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.vh, thead, .menu')).map((e) => e.outerHTML.slice(0, 80)).slice(0, 2));
					assert.deepEqual(spill, [], `${p} ${width}`);
				}
			await context.close();
		}
	});

test('a key with the longest of names, and an alarm, stay within the page', async () => {
	const name = `${'instansi-dengan-nama-panjang.'.repeat(3)}example`.slice(0, 100);
	const vkey = padan.run('journal', 'cosign-key', beside('panjang.rahasia'), '--name', name);
	await head.go('/jurnal/tanda-tangan');
	await head.fill({ vkey });
	await head.press('Daftarkan', head.page.locator('main form'));
	await head.page.setViewportSize({ width: 320, height: 800 });
	assert.ok(await head.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
	await head.shot('jurnal-saksi-320');
	padan.fill(`INSERT INTO journal_check (log_id, state, asked_us, asked_by, node, until_us, done, whole, finished_us, entries, checkpoints, signed_size, bad_seq, root, reason)
		VALUES (0, 'broken', 1, 'auditor', 0, 0, 0, 0, 1, 5, 1, 0, 4, '', '${LONG.slice(0, 150)}')`.replace("4, ''", padan.stores['office.url'] ? "4, ''" : "4, x''"));
	await admin.page.setViewportSize({ width: 320, height: 800 });
	assert.match(await admin.go('/kewajiban'), /Jurnal tidak utuh \(log 0\)/);
	assert.ok(await admin.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
	await admin.shot('jurnal-alarm-320');
});
