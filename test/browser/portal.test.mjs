// SPDX-License-Identifier: EUPL-1.2
// The portal in a real browser: sign-in, every outcome, keyboard only, without script,
// forced password change, the quota's end, the clearing of the screen, the weights of
// DOMAIN 7, and the rules of WCAG that a machine can check.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { Padan, Browser as Headless, OBSERVE } from '../e2e/padan.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** The pages about /api/v1, drawn from the OpenAPI document when Padan is built. */
const API_GUIDE = ['', '/token', '/verifikasi', '/kejadian', '/balikan', '/perjanjian', '/jurnal', '/rujukan', '/masalah'].map((p) => `/panduan/api${p}`);
const TEXT = {
	11: 'Data Ditemukan, Meninggal Dunia',
	12: 'Data Ditemukan, Data Ganda',
	13: 'Data tidak ditemukan, NIK tidak terdapat di database kependudukan',
	14: 'Data Ditemukan, Status Non Aktif silahkan hubungi Dinas Dukcapil',
	15: 'Data tidak ditemukan, NIK tidak sesuai format Dukcapil',
};

const launch = {
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
};
let padan, chrome;
before(async () => {
	padan = await (await Padan.demo({ settings: { 'clear.seconds': 20, ...OBSERVE } })).start();
	chrome = await chromium.launch(launch);
});
after(async () => {
	await chrome?.close();
	await padan?.remove();
});

const open = async (options = {}) => {
	const context = await chrome.newContext({ ignoreHTTPSErrors: true, baseURL: padan.url, locale: 'id-ID', ...options });
	return context.newPage();
};
const signIn = async (page, who) => {
	await page.goto('/masuk');
	await page.fill('#user_id', who);
	await page.fill('#password', padan.accounts[who].password);
	await Promise.all([page.waitForEvent('load'), page.click('button:has-text("Masuk")')]);
};
const choose = async (page) => {
	await page.goto('/kejadian');
	const pick = page.locator('button[name=kejadian]:has-text("Pilih")');
	if (await pick.count()) await Promise.all([page.waitForEvent('load'), pick.first().click()]);
};
const asOperator = async (options) => {
	const page = await open(options);
	await signIn(page, 'operator1');
	await choose(page);
	await page.goto('/verifikasi');
	return page;
};
const ask = async (page, nik) => {
	await page.fill('#nik', nik);
	await page.click('button:has-text("Periksa")');
	await page.waitForSelector('#hasil, .err:not(:empty)');
};

describe('with script', () => {
	test('01 shows the eight elements', async () => {
		const page = await asOperator();
		await ask(page, padan.nik['01'][0]);
		assert.match(await page.locator('#hasil').innerText(), /Data ditemukan/);
		const labels = await page.locator('.data dt').allInnerTexts();
		for (const label of ['NIK', 'Nama lengkap', 'Jenis kelamin']) assert.ok(labels.some((l) => l.includes(label)), `${label} in ${labels}`);
		await page.context().close();
	});

	for (const code of ['11', '12', '13', '14'])
		test(`${code} shows exactly its text`, async () => {
			const page = await asOperator();
			await ask(page, padan.nik[code][1]);
			assert.equal((await page.locator('#hasil span').first().innerText()).trim(), TEXT[code]);
			assert.equal(await page.locator('.data').count(), 0);
			await page.context().close();
		});

	test('15 says why, from the typed digits alone', async () => {
		const page = await asOperator();
		await ask(page, '3304131313909999');
		assert.ok((await page.locator('body').innerText()).includes(TEXT[15]));
		assert.match(await page.locator('body').innerText(), /[Bb]ulan/);
		await page.context().close();
	});

	test('a NIK pasted with blanks, dots and dashes is grouped and found', async () => {
		const page = await asOperator();
		const n = padan.nik['01'][2];
		await page.locator('#nik').pressSequentially(`${n.slice(0, 4)} ${n.slice(4, 8)}-${n.slice(8, 12)}.${n.slice(12)}`);
		assert.equal(await page.inputValue('#nik'), `${n.slice(0, 6)} ${n.slice(6, 12)} ${n.slice(12)}`);
		await page.keyboard.press('Enter');
		await page.waitForSelector('#hasil');
		await page.context().close();
	});

	test('the data clears itself; NIK and form stay; Back brings nothing back', async () => {
		const page = await asOperator();
		await ask(page, padan.nik['01'][3]);
		const name = await page.locator('.data dd').nth(2).innerText();
		assert.ok((await page.content()).includes(name));
		await page.waitForFunction(() => !document.querySelector('.data'), null, { timeout: 60000 });
		assert.ok(!(await page.content()).includes(name), 'the name left the document');
		assert.notEqual(await page.inputValue('#nik'), '');
		await ask(page, padan.nik['01'][3]);
		await page.goto('/panduan');
		await page.goBack();
		await page.waitForLoadState();
		assert.ok(!(await page.content()).includes(name), 'not from the page cache');
		await page.context().close();
	});

	test('what was typed survives a session that ended', async () => {
		const page = await asOperator();
		await page.fill('#nik', padan.nik['01'][4]);
		await page.context().clearCookies();
		await page.click('button:has-text("Periksa")');
		await page.waitForSelector('.alert');
		assert.match(await page.locator('.alert').first().innerText(), /[Ss]esi/);
		assert.notEqual(await page.inputValue('#nik'), '');
		await page.context().close();
	});
});

test('keyboard alone: from the sign-in page to an answer', async () => {
	const page = await open();
	const typeIn = async (words) => page.keyboard.type(words);
	const tabTo = async (selector) => {
		for (let i = 0; i < 40; i++) {
			if (await page.evaluate((q) => document.activeElement?.matches(q) ?? false, selector)) return;
			await page.keyboard.press('Tab');
		}
		throw new Error(`${selector} cannot be reached by Tab`);
	};
	await page.goto('/masuk');
	await tabTo('#user_id');
	await typeIn('kepala');
	await tabTo('#password');
	await typeIn(padan.accounts.kepala.password);
	await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
	assert.notEqual(new URL(page.url()).pathname, '/masuk');
	await page.goto('/kejadian');
	if (await page.locator('button[name=kejadian]:has-text("Pilih")').count()) {
		await tabTo('button[name=kejadian]');
		await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
	}
	await page.goto('/verifikasi');
	await tabTo('#nik');
	await typeIn(padan.nik['01'][5]);
	await page.keyboard.press('Enter');
	await page.waitForSelector('#hasil');
	await page.context().close();
});

test('without script: sign-in, answer, slip, and a way back to the empty form', async () => {
	const page = await open({ javaScriptEnabled: false });
	await signIn(page, 'operator1');
	await choose(page);
	await page.goto('/verifikasi');
	await page.fill('#nik', padan.nik['01'][6]);
	const [answer] = await Promise.all([page.waitForResponse((r) => r.request().method() === 'POST'), page.click('button:has-text("Periksa")')]);
	assert.match(await page.locator('#hasil').innerText(), /Data ditemukan/);
	assert.match(answer.headers().refresh ?? '', /^\d+; *url=\/verifikasi\?korban=\d+$/);
	const [slip] = await Promise.all([page.context().waitForEvent('page'), page.click('button:has-text("Cetak tanda bukti")')]);
	await slip.waitForLoadState();
	assert.match(await slip.locator('body').innerText(), /Tanda Bukti Verifikasi/i);
	assert.equal(await slip.locator('svg').count() > 0, true);
	await page.context().close();
});

test('first use forces a new password, and the new one works', async () => {
	const page = await open();
	await signIn(page, 'operator3');
	assert.equal(new URL(page.url()).pathname, '/sandi');
	const old = padan.accounts.operator3.password, fresh = 'kalimat panjang yang baru';
	const fields = page.locator('input[type=password]');
	assert.equal(await fields.count(), 3);
	const save = () => Promise.all([page.waitForEvent('load'), page.locator('main button[type=submit], main form[action="/sandi"] button').first().click()]);
	await fields.nth(0).fill(old);
	await fields.nth(1).fill('pendek');
	await fields.nth(2).fill('pendek');
	await save();
	assert.ok(await page.locator('[role=alert]').count() > 0, 'a short one is refused beside the field');
	await fields.nth(0).fill(old);
	await fields.nth(1).fill(fresh);
	await fields.nth(2).fill(fresh);
	await save();
	await page.goto('/verifikasi');
	assert.equal(new URL(page.url()).pathname, '/verifikasi');
	await page.context().close();
});

test('P2.2j: the profile of the browser holds nothing of an answer', async () => {
	const profile = mkdtempSync(path.join(os.tmpdir(), 'padan-profile-'));
	const canary = { nik: '3304130101909942', name: 'KENARIPROFIL ZWQX', street: 'JALAN KENARIPROFIL 7' };
	const csv = path.join(padan.dir, '..', 'canary.csv');
	writeFileSync(csv, 'nik,no_kk,nama_lgkp,jenis_klmin,tmpt_lhr,tgl_lhr,jenis_pkrjn,alamat,no_rt,no_rw,no_prop,prop_name,no_kab,kab_name,no_kec,kec_name,no_kel,kel_name,status\r\n' +
		`${canary.nik},3304131203119904,${canary.name},Laki-Laki,BANJARNEGARA,1990-01-01,PETANI/PEKEBUN,${canary.street},003,001,33,JAWA TENGAH,04,BANJARNEGARA,13,KARANGKOBAR,2001,LEKSANA,aktif\r\n`);
	padan.run('registry', 'delta', padan.dir, csv);
	const context = await chromium.launchPersistentContext(profile, { ...launch, ignoreHTTPSErrors: true, baseURL: padan.url, locale: 'id-ID' });
	const page = await context.newPage();
	await signIn(page, 'operator1');
	await choose(page);
	await page.goto('/verifikasi');
	await ask(page, canary.nik);
	assert.ok((await page.locator('.data').innerText()).includes(canary.name), 'it was on the screen, or this test proves nothing');
	await page.goto('/panduan');
	await page.goBack();
	await context.close();
	const guilty = [];
	for (const f of readdirSync(profile, { recursive: true, withFileTypes: true }).filter((e) => e.isFile())) {
		const file = path.join(f.parentPath ?? f.path, f.name), bytes = readFileSync(file);
		for (const needle of [canary.name, canary.street])
			if (bytes.includes(needle) || bytes.includes(Buffer.from(needle, 'utf16le'))) guilty.push(`${needle} in ${file}`);
		if (/History|Session|Tabs/.test(file) && bytes.includes(canary.nik)) guilty.push(`the NIK in ${file}`);
	}
	rmSync(profile, { recursive: true, force: true });
	assert.deepEqual(guilty, []);
});

describe('DOMAIN 7: the weights', () => {
	test('first visit <= 40 KB, a later page <= 6 KB, one inquiry <= 2.5 KB there and back', async () => {
		const page = await open();
		const cdp = await page.context().newCDPSession(page);
		await cdp.send('Network.enable');
		let received = 0, sent = 0;
		cdp.on('Network.loadingFinished', (e) => { received += e.encodedDataLength; });
		cdp.on('Network.requestWillBeSentExtraInfo', (e) => { sent += Object.entries(e.headers).reduce((n, [k, v]) => n + k.length + v.length + 4, 60); });
		await page.goto('/masuk');
		await page.waitForLoadState('networkidle');
		const first = received;
		assert.ok(first <= 40 * 1024, `first visit ${first} bytes`);
		await signIn(page, 'operator1');
		await choose(page);
		const pages = {};
		for (const target of ['/', '/verifikasi', '/kejadian', '/korban', '/kalender', '/panduan', '/panduan/balikan', '/panduan/latihan', ...API_GUIDE, '/sandi', '/sesi']) {
			received = 0;
			await page.goto(target);
			await page.waitForLoadState('networkidle');
			pages[target] = received;
			assert.ok(received <= 6 * 1024, `${target} ${received} bytes`);
		}
		await page.goto('/verifikasi');
		await page.waitForLoadState('networkidle');
		received = sent = 0;
		await ask(page, padan.nik['01'][7]);
		await page.waitForTimeout(200);
		const body = 140, records = 2 * 29; /* form fields; TLS records both ways */
		const inquiry = received + sent + body + records;
		console.log(`first visit ${first} B; pages ${JSON.stringify(pages)}; one inquiry ${inquiry} B`);
		assert.ok(inquiry <= 2.5 * 1024, `one inquiry ${inquiry} bytes`);
		await page.context().close();
	});

	test('1 Mbps and 100 ms: from the key to the painted answer within 400 ms', async () => {
		const page = await asOperator();
		await ask(page, padan.nik['01'][8]);
		const cdp = await page.context().newCDPSession(page);
		await cdp.send('Network.enable');
		await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 100, downloadThroughput: 125000, uploadThroughput: 125000 });
		const answered = async (nik) => {
			await page.fill('#nik', nik);
			return page.evaluate(async (want) => {
				const began = performance.now();
				document.querySelector('#tanya button').click();
				while (!document.querySelector('.data')?.textContent.includes(want)) await new Promise(requestAnimationFrame);
				await new Promise(requestAnimationFrame);
				return performance.now() - began;
			}, `${nik.slice(0, 6)} ${nik.slice(6, 12)} ${nik.slice(12)}`);
		};
		/* the machine may be busy with something else for a second or two */
		const medians = [];
		do {
			const times = [];
			for (const nik of padan.nik['01'].slice(9, 16)) times.push(await answered(nik));
			medians.push(times.sort((a, b) => a - b)[3].toFixed(0));
		} while (medians.at(-1) > 400 && medians.length < 4);
		console.log(`inquiry to painted answer, 1 Mbps and 100 ms: median ${medians.join(', ')} ms`);
		assert.ok(medians.at(-1) <= 400, `medians ${medians.join(', ')} ms`);
		await page.context().close();
	});
});

describe('WCAG 2.2 AA, as far as a machine can tell', () => {
	for (const scheme of ['light', 'dark'])
		test(`every page, ${scheme}, wide and 320 px`, async () => {
			const page = await asOperator({ colorScheme: scheme, bypassCSP: true });
			for (const width of [1280, 320]) {
				await page.setViewportSize({ width, height: 900 });
				for (const target of ['/', '/verifikasi', '/kejadian', '/korban', '/kalender', '/panduan', '/panduan/balikan', '/panduan/latihan', ...API_GUIDE, '/sandi', '/sesi']) {
					await page.goto(target);
					if (target === '/verifikasi') await ask(page, padan.nik['01'][16]);
					await page.evaluate(axe);
					const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
					assert.deepEqual(violations.map((v) => `${target} ${v.id}: ${v.nodes[0].html}`), []);
					const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
					assert.ok(sideways <= 0, `${target} scrolls sideways by ${sideways} px at ${width} px`);
				}
			}
			await page.context().close();
		});
});

test('J.II.B: after 200 hits the portal says 05, and the meter stands at its end', { timeout: 120000 }, async () => {
	const b = await Headless.operator(padan);
	await b.go('GET', '/verifikasi');
	const { csrf } = b.hidden('/verifikasi');
	for (let i = 0; i < 260; i++) {
		const re = await b.go('POST', '/verifikasi', { form: { csrf, nik: padan.nik['13'][i % 50] }, headers: { 'X-Padan-Bagian': '1' } });
		if (re.body.includes('Kuota akses hari ini telah habis')) break;
	}
	const page = await asOperator();
	await ask(page, padan.nik['01'][20]);
	assert.equal((await page.locator('#hasil span').first().innerText()).trim(), 'Kuota akses hari ini telah habis');
	assert.equal(await page.locator('.data').count(), 0);
	await page.goto('/');
	assert.match(await page.locator('body').innerText(), /0 dari 200/);
	await page.context().close();
});
