// SPDX-License-Identifier: EUPL-1.2
// The list of victims in a real browser: working it off without script and by keyboard
// alone, one person's history, the sheet on paper, empty lists and lists of more than a
// thousand, long names, a telephone, and the rules of WCAG that a machine can check.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { Padan, Browser, OBSERVE } from '../e2e/padan.mjs';
import { Person, openChrome, pdfWords } from './person.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const MANY = 1060;
const LONG = `Banjir bandang dan tanah longsor ${'Contohnegara '.repeat(6)}`.slice(0, 118).trim();

let padan, chrome, operator, head;
before(async () => {
	padan = await Padan.demo({ residents: 1500, settings: OBSERVE });
	/* without this letter the quota is 200 a day (J.II.B) */
	padan.fill(`INSERT INTO paper (instansi_id, kind, subject, number, signer, signed_day, valid_day, filed_us, state, scan_id, note, filed_by, decided_by)
		SELECT instansi_id, 'poc', 'portal', 'POC/9', 'x', 1, 2147483647, 1, 'accepted', 0, '', '', '' FROM instansi`);
	await padan.start();
	await askForMany();
	chrome = await openChrome();
	operator = await new Person(chrome, padan, 'operator1', padan.accounts.operator1.password).enter();
	head = await new Person(chrome, padan, 'kepala', padan.accounts.kepala.password).enter();
});
after(async () => {
	await chrome?.close();
	await padan?.remove();
});

/** As many debts as a large disaster leaves, asked for one by one. */
const askForMany = async () => {
	const niks = execFileSync('sqlite3', [path.join(padan.dir, 'registry.db'), `SELECT resident_key FROM resident ORDER BY 1 LIMIT ${MANY}`], { encoding: 'utf8' }).trim().split('\n');
	const b = await Browser.operator(padan);
	await b.go('GET', '/verifikasi');
	const { csrf } = b.hidden('/verifikasi');
	const ask = async () => {
		for (let nik = niks.pop(); nik; nik = niks.pop())
			assert.equal((await b.go('POST', '/verifikasi', { form: { csrf, nik } })).status, 200);
	};
	await Promise.all(Array.from({ length: 16 }, ask));
	assert.equal(padan.office("SELECT count(*) AS n FROM feedback_person WHERE state = 'open'")[0].n, MANY);
};

const figures = async (person) => (await person.page.locator('.sum dd').allInnerTexts()).map((t) => Number(/[\d.]+/.exec(t)[0].replaceAll('.', '')));

test('P2.2b: the list is worked off row by row; what was saved is said, and can be put right', async () => {
	await operator.go('/');
	await operator.press('Korban', operator.page.locator('nav'));
	assert.equal(operator.path, '/korban');
	assert.deepEqual(await figures(operator), [MANY, 0, 0, MANY]);
	assert.match(await operator.words(), /1–50 dari 1\.060/);
	const row = operator.page.locator('.people tbody tr').first();
	const nik = await row.locator('a').innerText();
	await row.locator('select').selectOption('mengungsi');
	await operator.press('Simpan', row);
	assert.equal(operator.path, '/korban');
	assert.match(await operator.words('[role=status]'), new RegExp(`Tersimpan\\. ${nik}: Mengungsi\\. Lihat atau ubah`));
	assert.deepEqual(await figures(operator), [MANY, 1, 0, MANY - 1]);
	assert.notEqual(await operator.page.locator('.people tbody tr a').first().innerText(), nik, 'the next one stands first');
	await operator.press('Lihat atau ubah');
	assert.match(await operator.words('h1'), new RegExp(`${nik} Sudah dilaporkan`));
	await operator.fill({ keterangan: 'hilang', rumah: 'berat', catatan: 'terseret arus' }, operator.page.locator('form:has([value=korban])'));
	await operator.press('Simpan');
	assert.match(await operator.words(), /Keadaan korban telah tersimpan.*Keterangan Hilang Kerusakan rumah Rusak berat.*Riwayat Hilang, rumah: Rusak berat.*terseret arus Mengungsi/);
	await operator.shot('korban-orang');
	const waive = operator.page.locator('form:has([value=bukan])');
	await operator.fill({ alasan: 'tidak-terdampak' }, waive);
	await operator.press('Simpan sebagai bukan korban');
	assert.match(await operator.words(), /Riwayat Bukan korban: Orangnya tidak terdampak/);
	await operator.press('Kembali ke daftar');
	assert.deepEqual(await figures(operator), [MANY, 0, 1, MANY - 1]);
	await operator.shot('korban');
});

test('by keyboard alone, and without script', async () => {
	const context = await chrome.newContext({ ignoreHTTPSErrors: true, baseURL: padan.url, javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto('/masuk');
	await page.keyboard.press('Tab');
	await page.focus('#user_id');
	await page.keyboard.type('operator1');
	await page.keyboard.press('Tab');
	await page.keyboard.type(padan.accounts.operator1.password);
	await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
	await page.goto('/korban?status=open');
	await page.focus('.people tbody tr:first-child select');
	const nik = await page.locator('.people tbody tr a').first().innerText();
	await page.keyboard.type('Luka');
	await page.keyboard.press('Tab');
	await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
	assert.match(await page.locator('[role=status]').innerText(), new RegExp(`${nik}: Luka / Sakit`));
	assert.match(page.url(), /status=open/, 'the filter stays');
	await context.close();
});

test('two at the same list: who is told of by one is not lost by the other', async () => {
	await operator.go('/korban?status=open');
	await head.go('/korban?status=open');
	const rows = [operator, head].map((p) => p.page.locator('.people tbody tr').first());
	await rows[0].locator('select').selectOption('luka');
	await rows[1].locator('select').selectOption('meninggal');
	const link = await rows[0].locator('a').getAttribute('href');
	await operator.press('Simpan', rows[0]);
	await head.press('Simpan', rows[1]);
	assert.match(await head.go(link), /Riwayat Meninggal .* oleh kepala .* Luka \/ Sakit .* oleh operator1/);
});

const A4 = { format: 'A4', preferCSSPageSize: true };
/** On paper, without the mark that runs through its words. */
const print = async () => {
	await operator.page.evaluate(() => document.querySelector('.sheet .wm').remove());
	return operator.page.pdf(A4);
};

test('the sheet on A4: every row, its head on each page, whose it is and who printed it', async () => {
	await operator.go('/korban');
	await operator.press('Tampilan cetak');
	assert.match(await operator.words(), /Hanya 1\.000 dari 1\.060 baris yang dimuat/);
	assert.equal(await operator.page.locator('.sheet tbody tr').count(), 1000);
	assert.ok(await operator.page.locator('[data-cetak]').isVisible());
	await operator.go('/korban?status=waived&cetak=1');
	let paper = pdfWords(await print());
	assert.match(paper, /Badan Penanggulangan .*Daftar korban: Longsor Contoh .*Saringan: Bukan korban\. Dicetak oleh operator1.*Halaman 1 dari 1/);
	assert.ok(!/Beranda|Tampilan|Kembali|hit tersisa/.test(paper), 'nothing but the sheet');
	await operator.go('/korban?status=open&cetak=1');
	const marked = execFileSync('pdftotext', ['-raw', '-', '-'], { input: await operator.page.pdf(A4), encoding: 'utf8' });
	paper = pdfWords(await print());
	const pages = Number(/Halaman 1 dari (\d+)/.exec(paper)[1]);
	assert.ok(pages > 10 && pages < 40, `${pages} pages`);
	assert.equal(paper.match(/No\. NIK Status/g).length, pages, 'the head of the table on each');
	assert.equal(marked.split('\f').filter((page) => /operator1 · [\d-]+ [\d.]+ WIB/.test(page)).length, pages, 'the mark on each');
	assert.equal(new Set(paper.match(/\d{6} \d{6} \d{4}/g)).size, 1000);
});

test('a list of a thousand weighs what a page may weigh (DOMAIN 7), and turns its pages', async () => {
	const b = await Browser.operator(padan);
	for (const target of ['/korban', '/korban?status=open', '/korban?hal=10', '/kejadian', '/kejadian/arsip']) {
		const re = await b.go('GET', target, { headers: { 'Accept-Encoding': 'br, gzip' } });
		assert.equal(re.status, 200);
		assert.ok(re.headers['content-encoding'], target);
		assert.ok(re.bytes.length < 6000, `${target}: ${re.bytes.length} bytes`);
	}
	await operator.go('/korban?status=open');
	await operator.press('Berikutnya');
	assert.match(await operator.words(), /51–100 dari/);
});

test('an agency without a kejadian, one with a long name, closing and the archive', async () => {
	const stranger = new Person(chrome, padan, 'dinkes-operator', padan.accounts['dinkes-operator'].password);
	padan.fill("DELETE FROM kejadian WHERE instansi_id = (SELECT instansi_id FROM instansi WHERE code = 'DINKES')");
	await stranger.enter();
	assert.match(await stranger.go('/korban'), /Belum ada kejadian Daftar ini terisi sendiri/);
	await stranger.shot('korban-kosong');
	assert.match(await stranger.go('/kejadian'), /Belum ada kejadian\. Kejadian yang dibuka akan tampil di sini/);
	await stranger.leave();
	await head.go('/kejadian');
	await head.fill({ tanggal: '2026-01-02', nama: 'Tanpa jenis', tempat: 'Desa Contoh' });
	await head.page.click('button:has-text("Buka kejadian")');
	assert.equal(head.path, '/kejadian', 'the browser asks for the kind of disaster');
	assert.equal(await head.page.evaluate(() => document.querySelector(':invalid:not(form)').id), 'jenis');
	await head.fill({ jenis: 'Banjir', tanggal: '2026-01-02', nama: LONG.slice(0, 80), tempat: 'Desa Contoh', kecamatan: 'Karangkobar', catatan: 'Surat tugas 360/12/BPBD; posko di balai desa' });
	await head.press('Buka kejadian');
	assert.equal(head.path, '/verifikasi');
	await head.go('/kejadian');
	await head.shot('kejadian');
	await head.press('Tutup Longsor Contoh');
	assert.match(await head.words(), /\d+ NIK belum dilaporkan\. Menutup kejadian tidak menghapus kewajiban itu/);
	await head.shot('kejadian-tutup');
	await head.page.click('button:has-text("Tutup kejadian")');
	assert.equal(head.path, '/kejadian/tutup', 'the browser asks for the tick');
	await head.fill({ yakin: true });
	await head.press('Tutup kejadian', head.page.locator('main'));
	assert.match(await head.words(), /Kejadian telah ditutup dan pindah ke arsip/);
	await head.press('Arsip (1 ditutup)');
	assert.match(await head.words(), /Longsor Contoh Tanah longsor.* 1\.060 /);
	await head.shot('kejadian-arsip');
	await head.press('Longsor Contoh', head.page.locator('td'));
	assert.match(await head.words(), /ditutup/);
	assert.ok(await head.page.locator('.quick').count() > 0, 'its debts are still closable');
});

const PAGES = {
	/* the last page of the list is a short one, with rows of every kind */
	operator1: ['/korban?kejadian=1&hal=22', '/korban?kejadian=1&keterangan=hilang', '/korban?kejadian=1&status=waived&cetak=1', '/korban/orang?id=900', '/korban', '/kejadian', '/kejadian/arsip', '/panduan/balikan'],
	auditor: ['/korban', '/korban?instansi=BPBD&kejadian=1&hal=22', '/korban/orang?id=1', '/panduan/balikan'],
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
					await page.evaluate(axe);
					const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
					assert.deepEqual(violations.map((v) => `${target} ${v.id}: ${v.nodes[0].html}`), []);
					const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
					assert.ok(sideways <= 0, `${target} scrolls sideways by ${sideways} px at ${width} px`);
				}
				await context.close();
			}
		});
