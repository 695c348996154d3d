// SPDX-License-Identifier: EUPL-1.2
// Data balikan that is owed, in a real browser: what operator and head read when a limit is
// passed, the provider's lists with nothing, with long names and with many agencies, files
// saved from the page, and the rules of WCAG that a machine can check.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { Padan, OBSERVE } from '../e2e/padan.mjs';
import { Person, openChrome } from './person.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const MANY = 120;
const LONG = `Badan Penanggulangan Bencana dan Kedaruratan ${'Contohnegara '.repeat(6)}`.slice(0, 118).trim();

let padan, chrome, operator, head, admin;
before(async () => {
	padan = await (await Padan.demo({ residents: 500, settings: OBSERVE })).start();
	chrome = await openChrome();
	const person = (user) => new Person(chrome, padan, user, padan.accounts[user].password).enter();
	[operator, head, admin] = [await person('operator1'), await person('kepala'), await person('admin')];
});
after(async () => {
	await chrome?.close();
	await padan?.remove();
});

const limit = (version, debt) => {
	const file = JSON.parse(padan.run('agreement', 'export', padan.dir, 'BPBD', String(version - 1)));
	const today = new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10);
	file.version = version;
	file.terms.addendum = { number: `470/${version}/AD`, signed_on: today, ground: 'P9.2', subject: 'Batas data balikan' };
	file.terms.debt = debt;
	const where = path.join(padan.dir, '..', `limit-${version}.json`);
	writeFileSync(where, JSON.stringify(file));
	padan.run('agreement', 'apply', padan.dir, where);
};
const badge = (person) => person.page.locator('.menu a[href="/korban"] b').innerText();

test('with nothing yet, every page says what will appear', async () => {
	assert.match(await admin.go('/balikan'), /Belum ada akses yang dijawab/);
	assert.match(await admin.go('/balikan/instansi?instansi=BPBD'), /Belum ada data balikan yang masuk/);
	assert.match(await operator.go('/'), /Tidak ada yang terutang/);
	assert.equal(await operator.page.locator('.strip .owed:visible').count(), 0);
});

test('P2.2b: menu, strip and home say the same, and the way from each leads to the list', async () => {
	await operator.standBy('');
	for (const nik of padan.nik['01'].slice(0, 3)) await operator.ask(nik);
	for (const person of [operator, head]) {
		assert.match(await person.go('/'), /Data balikan 3 terutang, tertua hari ini/);
		assert.match(await badge(person), /^3/);
		assert.match(await person.words('.strip .owed'), /3 terutang, tertua hari ini catat batas 500 NIK atau 30 hari/);
	}
	await operator.press('catat', operator.page.locator('.strip'));
	assert.equal(new URL(operator.page.url()).pathname + new URL(operator.page.url()).search, '/korban?status=open');
	await operator.go('/');
	await operator.press('Longsor Contoh', operator.page.locator('.pick'));
	assert.equal(await operator.page.locator('.people tbody tr').count(), 3);
});

test('a limit that warns, then one that refuses; one entry opens the way again', async () => {
	limit(2, { mode: 'warn', open_max: 3, age_days_max: 30 });
	assert.match(await operator.go('/'), /Data balikan melewati batas 3 terutang.*tetap dilayani/);
	await operator.shot('terutang-peringatan');
	limit(3, { mode: 'refuse', open_max: 3, age_days_max: 30 });
	await operator.go('/verifikasi');
	const refused = await operator.ask(padan.nik['01'][3]);
	assert.equal(refused.text, 'User ID non aktif, silahkan menghubungi Admin');
	assert.match(refused.card, /Data balikan instansi Anda melewati batas perjanjian/);
	await operator.shot('terutang-verifikasi');
	await operator.press('Catat data balikan', operator.page.locator('#jawaban'));
	const row = operator.page.locator('.people tbody tr').first();
	await row.locator('select').selectOption('mengungsi');
	await operator.press('Simpan', row);
	await operator.go('/verifikasi');
	assert.equal((await operator.ask(padan.nik['01'][3])).text, 'Data ditemukan');
	assert.match(await head.go('/'), /Verifikasi ditolak: data balikan melewati batas 3 terutang.*PKS Pasal 2 ayat \(2\) huruf b/);
	await head.shot('terutang-kepala');
	assert.match(await head.go('/kewajiban'), /Data balikan .*Terlambat .*1 dari 4 NIK 3 terutang/);
});

test('P3.1b: from all agencies to one, and its file, which a spreadsheet program opens', async () => {
	assert.match(await admin.go('/'), /Data balikan yang terutang .*BPBD Longsor Contoh verifikasi ditolak 3 NIK/);
	await admin.press('Semua instansi');
	assert.equal(admin.path, '/balikan');
	await admin.press('BPBD', admin.page.locator('td'));
	assert.equal(admin.path, '/balikan/instansi');
	assert.match(await admin.words(), /Longsor Contoh .* 4 1 0 3 hari ini 25,0% 0 Jumlah 4 1 0 3/);
	const [download] = await Promise.all([admin.page.waitForEvent('download'), admin.page.click('button:has-text("Unduh XLSX")')]);
	assert.match(download.suggestedFilename(), /^data-balikan-BPBD-\d{4}-\d\d-\d\d\.xlsx$/);
	const rows = JSON.parse(execFileSync('/usr/bin/python3', ['-c', `
import sys, json, openpyxl
print(json.dumps([[c.value for c in row] for row in openpyxl.load_workbook(open(sys.argv[1], "rb")).active.iter_rows()]))`, await download.path()], { encoding: 'utf8' }));
	assert.equal(rows.length, 5);
	assert.ok(rows.slice(1).every(([nik]) => /^\d{16}$/.test(nik)), 'a NIK stays whole');
	await admin.shot('balikan-instansi');
	await admin.press('330', admin.page.locator('td'));
	assert.equal(admin.path, '/korban/orang');
});

test('many agencies with long names: orders by head and by list, pages, and their weight', async () => {
	padan.fill(`WITH RECURSIVE c(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM c WHERE i < ${99 + MANY})
		INSERT INTO instansi (instansi_id, code, name, state, made_us, state_us, last_day, name_key) SELECT i, 'KANTOR-CONTOH-' || i, '${LONG} ' || i, 'active', 1, 1, 0, 'x' || i FROM c`);
	padan.fill(`WITH RECURSIVE c(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM c WHERE i < ${99 + MANY})
		INSERT INTO feedback_tally (kejadian_id, instansi_id, answered_n, open_n, closed_n, waived_n, unasked_n) SELECT 100000 + i, i, 1234567 + i, i, 1234000, 567, i % 7 FROM c`);
	const first = () => admin.page.locator('tbody tr a').first().innerText();
	assert.match(await admin.go('/balikan'), new RegExp(`${MANY + 1} instansi, ${MANY + 1} di antaranya terutang .*1–50 dari ${MANY + 1}`));
	assert.equal(await first(), `KANTOR-CONTOH-${99 + MANY}`, 'who owes most stands first');
	await admin.press('Belum', admin.page.locator('th'));
	assert.equal(await first(), 'BPBD');
	assert.equal(await admin.page.locator('th[aria-sort=ascending]').innerText(), 'Belum');
	await admin.fill({ urut: 'nama' });
	await admin.press('Tampilkan');
	assert.equal(await admin.page.locator('th[aria-sort=ascending]').innerText(), 'Instansi');
	await admin.press('Berikutnya');
	assert.match(await admin.words(), /51–100 dari/);
	await admin.go('/balikan');
	await admin.shot('balikan');
	const cookie = (await admin.page.context().cookies()).map((c) => `${c.name}=${c.value}`).join('; ');
	for (const target of ['/', '/balikan', '/balikan?urut=umur', '/balikan/instansi?instansi=BPBD']) {
		const re = await padan.request('GET', target, { headers: { 'Accept-Encoding': 'gzip', Cookie: cookie } });
		assert.equal(re.headers['content-encoding'], 'gzip');
		assert.ok(re.bytes.length < 5700, `${target}: ${re.bytes.length} bytes`);
	}
});

const PAGES = {
	admin: ['/', '/balikan', '/balikan?cari=tidak-ada', '/balikan/instansi?instansi=BPBD', '/balikan/instansi?instansi=DINKES', '/balikan/unduh?instansi=TIDAKADA', '/panduan', '/kewajiban?instansi=BPBD'],
	operator1: ['/', '/verifikasi'],
	kepala: ['/', '/panduan', '/kewajiban'],
};
for (const theme of ['light', 'dark'])
	for (const width of [1280, 320])
		test(`the rules of WCAG, ${theme}, ${width} px`, { timeout: 120000 }, async () => {
			for (const [who, targets] of Object.entries(PAGES)) {
				const context = await chrome.newContext({ ignoreHTTPSErrors: true, baseURL: padan.url, locale: 'id-ID', colorScheme: theme, javaScriptEnabled: true, viewport: { width, height: 800 } });
				const page = await context.newPage();
				await page.goto('/masuk');
				await page.fill('#user_id', who);
				await page.fill('#password', padan.accounts[who].password);
				await Promise.all([page.waitForEvent('load'), page.click('button:has-text("Masuk")')]);
				for (const target of targets) {
					await page.goto(target);
					await page.evaluate(axe);
					const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
					assert.deepEqual(violations.map((v) => `${target} ${v.id}: ${v.nodes[0].html}`), []);
					const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
					assert.ok(sideways <= 0, `${target} scrolls sideways by ${sideways} px at ${width} px`);
				}
				await context.close();
			}
		});
