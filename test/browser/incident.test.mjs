// SPDX-License-Identifier: EUPL-1.2
// P2.2g: by hand, from the photo to the lessons: a screen is traced by its watermark, an incident
// is opened from the access, its list is made, steps are written down, the notices come out as PDF;
// and the rules of WCAG that a machine can check.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Padan, OBSERVE } from '../e2e/padan.mjs';
import { Person, openChrome, pdfWords } from './person.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const shots = process.env.PADAN_SHOTS;
const minute = (plus) => new Date(Date.now() + 7 * 3600e3 + plus * 60e3).toISOString().slice(0, 16);
const LONG = 'Foto layar verifikasi beredar di grup percakapan warga sejak pagi dan sempat diteruskan ke beberapa grup yang lain lagi'.slice(0, 118);
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));

let padan, chrome, admin, operator, head, mark;
before(async () => {
	padan = await (await Padan.demo({ residents: 300, settings: OBSERVE })).start();
	chrome = await openChrome();
	const person = (user) => new Person(chrome, padan, user, padan.accounts[user].password).enter();
	[admin, operator, head] = [await person('admin'), await person('operator1'), await person('kepala')];
});
after(async () => {
	await chrome?.close();
	await padan?.remove();
});

test('P2.2g: by hand, from the photo to the lessons', async () => {
	assert.match(await head.go('/insiden'), /Belum ada insiden/);
	await head.shot('insiden-kosong');
	await operator.standBy('');
	for (const nik of padan.nik['01'].slice(0, 5)) await operator.ask(nik);
	mark = await operator.page.locator('.data .wm').getAttribute('data-w');
	await operator.shot('layar');
	await admin.go('/telusur');
	await admin.shot('telusur');
	await admin.fill({ ref: mark });
	assert.match(await admin.press('Telusuri', admin.page.locator('main form')), /Akses ditemukan.*User ID operator1/);
	await admin.shot('telusur-ditemukan');
	await admin.go('/telusur');
	await admin.fill({ userid: 'operator1', waktu: mark.split(' · ')[1].slice(0, 16), selisih: '60' });
	assert.match(await admin.press('Telusuri', admin.page.locator('main form')), /Beberapa akses cocok/);
	await admin.shot('telusur-beberapa');
	await admin.press('Buka', admin.page.locator('td').last());
	assert.match(await admin.press('Buka insiden dari akses ini'), /Dibuka dari akses dengan referensi/);
	await admin.fill({ jenis: 'tersebar', judul: LONG, diketahui: minute(-60), uraian: 'Ditemukan seorang warga.\nDilaporkan lewat telepon.' });
	await admin.shot('insiden-baru');
	assert.match(await admin.press('Buka insiden', admin.page.locator('main form')), /3 x 24 jam: sisa 70 jam 5\d menit|sisa 71 jam/);
	assert.equal(await admin.page.inputValue('[name=userid]'), 'operator1');
	await admin.press('Hitung dari jurnal');
	for (let i = 0; !/5 akses, 5 orang/.test(await admin.words()); i++) {
		assert.ok(i < 240, await admin.words());
		await sleep(500);
		await admin.page.reload();
	}
	assert.match(await head.go('/'), /3 x 24 jam berjalan: insiden 1/);
	await head.shot('insiden-beranda');
	const open = async (label) => {
		await admin.page.locator(`summary:has-text("${label}")`).click();
		return admin.page.locator(`details:has(summary:has-text("${label}"))`);
	};
	let form = await open('Penanganan');
	await admin.fill({ catatan: 'User ID ditutup dan semua sesinya diakhiri.' }, form);
	assert.match(await admin.press('Catat Penanganan', form), /Ditangani/);
	form = await open('Pemberitahuan kepada lembaga');
	await admin.fill({ surat: '470/123/2026' }, form);
	assert.match(await admin.press('Catat Pemberitahuan', form), /Lembaga diberi tahu.*470\/123\/2026.*dalam 72 jam/);
	await admin.shot('insiden');
	form = await open('Pemulihan');
	await admin.fill({ catatan: '3304 0601 0190 9999' }, form);
	assert.match(await admin.press('Catat Pemulihan', form), /Jangan menulis NIK/);
	await admin.shot('insiden-salah');
	await admin.press('Lihat daftar');
	await admin.shot('insiden-daftar');
	assert.match(await admin.words(), /5, di antaranya 5 menampilkan data/);
	assert.equal((await admin.download('Unduh NIK')).toString().trim().split('\n').length, 6);
	await admin.press('Insiden 1,');
	for (const [name, whom] of [['lembaga', 'Surat kepada lembaga'], ['subjek', 'Surat kepada subjek data']]) {
		const pdf = await admin.download(whom);
		assert.match(pdfWords(pdf), /Pasal 46 Undang-Undang Nomor 27 Tahun 2022/);
		if (shots) writeFileSync(`${shots}/surat-${name}.pdf`, pdf);
	}
	await admin.go('/insiden');
	await admin.shot('insiden-semua');
});

for (const colorScheme of ['light', 'dark'])
	test(`WCAG 2.2 AA, as far as a machine can tell, ${colorScheme}`, async () => {
		const context = await chrome.newContext({ ignoreHTTPSErrors: true, baseURL: padan.url, locale: 'id-ID', colorScheme, bypassCSP: true });
		const page = await context.newPage();
		await page.goto('/masuk');
		await page.fill('#user_id', 'admin2');
		await page.fill('#password', padan.accounts.admin2.password);
		await Promise.all([page.waitForEvent('load'), page.click('button:has-text("Masuk")')]);
		const look = async (target) => {
			await page.evaluate(axe);
			const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
			assert.deepEqual(violations.map((v) => `${target} ${v.id}: ${v.nodes[0].html}`), []);
			const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
			assert.ok(sideways <= 0, `${target} scrolls sideways by ${sideways} px`);
		};
		for (const width of [1280, 320]) {
			await page.setViewportSize({ width, height: 900 });
			for (const target of ['/insiden', '/insiden/baru', '/insiden/isi?nomor=1', '/insiden/akses?daftar=1']) {
				await page.goto(target);
				await look(target);
			}
			await page.goto('/telusur');
			await page.fill('#ref', mark);
			await Promise.all([page.waitForEvent('load'), page.click('button:has-text("Telusuri")')]);
			await look('/telusur');
		}
		await context.close();
	});

test('a page of it weighs no more than the line bears', async () => {
	for (const target of ['/insiden', '/insiden/baru', '/insiden/isi?nomor=1', '/insiden/akses?daftar=1', '/telusur']) {
		const cookies = (await admin.page.context().cookies()).map((c) => `${c.name}=${c.value}`).join('; ');
		const re = await padan.request('GET', target, { headers: { Cookie: cookies, 'Accept-Encoding': 'gzip' } });
		assert.equal(re.status, 200, target);
		assert.ok(re.bytes.length < 6144 - 700, `${target} weighs ${re.bytes.length}`);
	}
});
