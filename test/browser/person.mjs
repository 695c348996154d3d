// SPDX-License-Identifier: EUPL-1.2
// Somebody at a browser: signs in, reads pages, fills forms by the names of their fields,
// presses buttons by their words, and downloads what a link offers.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chromium } from 'playwright-core';

const shots = process.env.PADAN_SHOTS; /* a directory: shot() draws into it */

export const openChrome = () =>
	chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
	});

/** The words of a PDF, in order. */
export const pdfWords = (bytes) => execFileSync('pdftotext', ['-layout', '-', '-'], { input: bytes, encoding: 'utf8' }).replace(/\s+/g, ' ');

const attribute = (name, value) => `[name="${name}"]${value === undefined ? '' : `[value="${value}"]`}`;

export class Person {
	constructor(chrome, padan, user, password) {
		Object.assign(this, { chrome, padan, user, password });
	}

	/** A new session, as after a night; the browser has forgotten the one before. */
	async signIn() {
		if (this.page) await this.page.context().clearCookies();
		else await this.sitDown();
		await this.page.goto('/masuk');
		await this.page.fill('#user_id', this.user);
		await this.page.fill('#password', this.password);
		await this.press('Masuk');
		return this;
	}

	async sitDown() {
		const context = await this.chrome.newContext({ ignoreHTTPSErrors: true, baseURL: this.padan.url, locale: 'id-ID', viewport: { width: 1280, height: 900 } });
		context.setDefaultTimeout(60000);
		this.page = await context.newPage();
	}

	/** The same, and it must have worked. */
	async enter() {
		await this.signIn();
		assert.notEqual(this.path, '/masuk', `${this.user}: ${await this.words()}`);
		return this;
	}

	async leave() {
		await this.page?.context().close();
		this.page = null;
	}

	/** From the password somebody else made to one's own (P2.1c). */
	async takeOver(oneTime, own) {
		this.password = oneTime;
		await this.enter();
		assert.equal(this.path, '/sandi', 'the first use forces a change');
		await this.fill({ lama: oneTime, baru: own, ulang: own });
		await this.press('Simpan');
		assert.match(await this.words(), /Kata sandi telah diganti/);
		this.password = own;
		return this;
	}

	get path() {
		return new URL(this.page.url()).pathname;
	}

	async go(target) {
		const re = await this.page.goto(target);
		this.status = re.status();
		return this.words();
	}

	/** What stands on the page. */
	async words(where = 'main') {
		return (await this.page.locator(where).first().innerText()).replace(/\s+/g, ' ').trim();
	}

	/** By name: text, choice, tick, or a file ({ name, mimeType, buffer }). */
	async fill(fields, scope = this.page.locator('main')) {
		for (const [name, value] of Object.entries(fields)) {
			const field = scope.locator(`:is(input, select, textarea)${attribute(name)}:not([type=hidden])`).first();
			const kind = await field.evaluate((e) => (e.tagName === 'SELECT' ? 'select' : e.type));
			if (kind === 'radio') await scope.locator(attribute(name, value)).check();
			else if (kind === 'checkbox') await field.setChecked(value);
			else if (kind === 'file') await field.setInputFiles(value);
			else if (kind === 'select') await field.selectOption(value);
			else await field.fill(value);
		}
	}

	/** A button or a link, by its words, and wait for the page it leads to. */
	async press(words, scope = this.page.locator('body')) {
		const target = scope.locator(`button:has-text("${words}"), a:has-text("${words}")`).first();
		await Promise.all([this.page.waitForEvent('load'), target.click()]);
		return this.words();
	}

	/** What a link of this page gives, fetched as this visitor. */
	async download(words, scope = this.page.locator('main')) {
		const href = await scope.locator(`a:has-text("${words}")`).first().getAttribute('href');
		const re = await this.page.context().request.get(href);
		assert.equal(re.status(), 200, href);
		return re.body();
	}

	/** Choose the kejadian that verifications serve ('': the first), and open the form. */
	async standBy(kejadian) {
		await this.go('/kejadian');
		await this.press(`Pilih ${kejadian}`, this.page.locator('td'));
		await this.go('/verifikasi');
	}

	/** One NIK, from the page as it stands; gives what the page then says. */
	async ask(nik) {
		const once = '#jawaban [name=once]';
		const before = await this.page.locator(once).inputValue();
		await this.page.fill('#nik', nik);
		await this.page.click('button:has-text("Periksa")');
		await this.page.waitForFunction(([q, old]) => document.querySelector(q)?.value !== old, [once, before], { timeout: 60000 });
		return {
			text: (await this.page.locator('#hasil span').first().innerText()).trim(),
			card: await this.words('#jawaban'),
			quota: await this.words('#kuota'),
			elements: await this.page.locator('.data dt').count(),
		};
	}

	/** Pictures for people who look at pages: both themes, and a telephone. */
	async shot(name) {
		if (!shots) return;
		const draw = (how) => this.page.screenshot({ path: `${shots}/${name}-${how}.png`, fullPage: true });
		await draw('light');
		await this.page.emulateMedia({ colorScheme: 'dark' });
		await draw('dark');
		await this.page.emulateMedia({ colorScheme: 'light' });
		await this.page.setViewportSize({ width: 390, height: 844 });
		await draw('phone');
		await this.page.setViewportSize({ width: 1280, height: 900 });
	}
}
