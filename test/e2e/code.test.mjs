// SPDX-License-Identifier: EUPL-1.2
// One-time codes: who must enrol, what a session may do before its code, guesses,
// recovery codes, the lost telephone.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Padan, Browser, text } from './padan.mjs';
import { code, codeBefore, wrong } from './telephone.mjs';

let padan;
before(async () => {
	padan = await (await Padan.demo({ settings: { 'totp.roles': 'kepala,auditor' } })).start();
});
after(() => padan?.remove());

const GETS = ['/', '/panduan', '/verifikasi', '/kejadian', '/sandi', '/sesi', '/kode/atur'];
const POSTS = ['/verifikasi', '/verifikasi/slip', '/slip', '/kejadian', '/kejadian/baru', '/kejadian/tutup', '/korban/orang', '/sandi', '/sesi', '/kode/atur'];
const secrets = [];

const keyOf = (b) => {
	const key = /class="n key">([A-Z2-7 ]+)</.exec(b.page.body)[1].replaceAll(' ', '');
	secrets.push(key);
	return key;
};
const codesOf = (b) => {
	const codes = [...b.page.body.matchAll(/<li>([0-9A-Z]{5}-[0-9A-Z]{5})<\/li>/g)].map((m) => m[1]);
	secrets.push(...codes);
	return codes;
};
const signIn = async (user, password) => {
	const b = new Browser(padan);
	await b.login(user, password);
	return b;
};
/** From the page of enrolling, on the browser given. */
const enrol = async (b, extra = {}) => {
	const key = keyOf(b);
	await b.submit('/kode/daftar', { kode: await codeBefore(key), ...extra });
	const recovery = codesOf(b);
	assert.equal(recovery.length, 10, `enrolled: ${alert(b)}`);
	return { b, key, recovery };
};
/** Somebody who need not, but does. */
const volunteer = async (user) => {
	const b = await signIn(user);
	await b.go('GET', '/kode/daftar');
	return enrol(b, { sandi: padan.accounts[user].password });
};
const entries = (act) => padan.journal().filter((e) => e.act === act);
const used = () => padan.office('SELECT coalesce(sum(used), 0) AS used FROM quota_day')[0].used;
const alert = (b) => text(/role="alert">([\s\S]*?)<\/p>/.exec(b.page.body)?.[1] ?? '');
const reset = (user) => padan.run('user', 'reset-code', padan.dir, user);
/** Every door leads to `to`, and nothing is asked of the registry. */
const allDoorsLeadTo = async (b, to) => {
	const lookups = entries('lookup').length;
	const { csrf } = b.hidden('/keluar');
	assert.ok(csrf);
	for (const p of GETS) {
		const re = await b.go('GET', p, { follow: false });
		assert.deepEqual([p, re.status, re.headers.location, re.body], [p, 303, to, '']);
	}
	for (const p of POSTS) {
		const re = await b.go('POST', p, { form: { csrf, nik: padan.nik['01'][0], kejadian: '1', sesi: 'lain' }, follow: false });
		assert.deepEqual([p, re.status, re.headers.location, re.body], [p, 303, to, '']);
		const bare = await b.go('POST', p, { form: { csrf, nik: padan.nik['01'][0] }, headers: { 'X-Padan-Bagian': '1' }, follow: false });
		assert.equal(bare.status, 303, `${p}, asked by script`);
	}
	assert.equal(entries('lookup').length, lookups);
	assert.equal(used(), 0);
};

test('threat guessing: a required role reaches nothing before it has enrolled, and its inquiry is none', async () => {
	const b = await signIn('kepala');
	assert.equal(b.page.target, '/kode/daftar');
	assert.ok(!/class="menu"|class="strip"/.test(b.page.body), 'neither menu nor state of the instansi');
	await allDoorsLeadTo(b, '/kode/daftar');
	assert.equal((await b.go('GET', '/kode', { follow: false })).headers.location, '/kode/daftar');
	await b.go('GET', '/kode/daftar');
	await b.submit('/kode/daftar', { kode: wrong(keyOf(b)) });
	assert.match(alert(b), /Kode tidak benar/);
	const last = entries('login').at(-1);
	assert.deepEqual([last.outcome, last.about], ['ok', 'code asked']);
});

test('enrolling: QR and key, a first code, ten recovery codes shown once', async () => {
	const { b, key, recovery } = await enrol(await signIn('kepala'));
	assert.equal(new Set(recovery).size, 10);
	assert.equal((await b.go('GET', '/', { follow: false })).status, 200, 'this session is open now');
	await b.go('POST', '/kode/daftar', { form: { csrf: b.hidden('/keluar').csrf, kode: code(key) } });
	for (const one of recovery) assert.ok(!b.page.body.includes(one), 'never again');
	assert.equal((await b.go('GET', '/kode/daftar', { follow: false })).headers.location, '/kode/atur');
	const half = await signIn('kepala');
	assert.equal(half.page.target, '/kode');
	await allDoorsLeadTo(half, '/kode');
	assert.equal((await half.go('GET', '/kode/daftar', { follow: false })).headers.location, '/kode', 'no second telephone by the password alone');
	await half.go('GET', '/kode');
	const now = code(key);
	await half.submit('/kode', { kode: now });
	assert.equal(half.page.target, '/');
	const again = await signIn('kepala');
	await again.submit('/kode', { kode: now });
	assert.match(alert(again), /sudah dipakai/, 'replayed in another browser');
	assert.deepEqual(entries('code').map((e) => [e.user_id, e.about, e.outcome]).slice(-3),
		[['kepala', 'enrol', 'ok'], ['kepala', 'totp', 'ok'], ['kepala', 'totp', 'refused']]);
});

test('half a sign-in ends no other session, and leaves by itself', async () => {
	const owner = await volunteer('dinkes-operator');
	const half = await signIn('dinkes-operator');
	assert.equal(half.page.target, '/kode');
	await half.go('GET', '/keluar');
	assert.ok(!half.page.body.includes('semua perangkat'));
	await half.submit('/keluar', { semua: '1' });
	assert.match(half.page.target, /^\/masuk/);
	assert.equal((await owner.b.go('GET', '/', { follow: false })).status, 200);
	reset('dinkes-operator');
});

test('threat guessing: wrong codes are slowed down for the user id, from whatever browser; the owner on his own is not', async () => {
	const { key, b: owner } = await volunteer('operator1');
	let b = await signIn('operator1');
	for (let i = 0; i < 5; i++) {
		await b.go('GET', '/kode');
		await b.submit('/kode', i % 2 ? { kode: wrong(key) } : { pemulihan: 'AAAAA-AAAAA' });
		assert.match(alert(b), /Kode tidak benar/);
	}
	padan.longWaits();
	await b.submit('/kode', { kode: code(key) });
	assert.match(alert(b), /Terlalu banyak percobaan/, 'a right one during the wait is not looked at');
	b = await signIn('operator1'); // another browser, another half session
	await b.submit('/kode', { kode: code(key) });
	assert.match(alert(b), /Terlalu banyak percobaan/);
	const journaled = entries('code').filter((e) => e.user_id === 'operator1' && e.outcome === 'refused');
	assert.equal(journaled.length, 5, 'what came during the wait is not journaled');
	await owner.submit('/keluar', {});
	await owner.login('operator1');
	await owner.submit('/kode', { kode: code(key) });
	assert.equal(owner.page.target, '/');
	reset('operator1');
});

test('a recovery code works once, in any spelling', async () => {
	const { recovery } = await volunteer('operator2');
	const b = await signIn('operator2');
	await b.go('GET', '/kode?pemulihan=1');
	assert.match(b.page.body, /name="pemulihan"/);
	await b.submit('/kode', { pemulihan: recovery[4].toLowerCase().replace('-', ' ') });
	assert.equal(b.page.target, '/');
	await b.go('GET', '/kode/atur');
	assert.match(text(b.page.body), /tersisa 9 dari 10/);
	const again = await signIn('operator2');
	await again.submit('/kode', { pemulihan: recovery[4] });
	assert.match(alert(again), /sudah dipakai/);
	assert.equal(again.page.body.includes('name="pemulihan"'), true, 'the form asked for stays');
	reset('operator2');
});

test('new recovery codes and turning off need the password and a code', async () => {
	const sandi = padan.accounts['dinkes-operator'].password;
	const { b, key, recovery } = await volunteer('dinkes-operator');
	await b.submit('/kode/atur', { aksi: 'matikan', sandi: 'salah-sekali-ini', kode: code(key) });
	assert.match(alert(b), /Kata sandi tidak benar/);
	await b.submit('/kode/atur', { aksi: 'matikan', kode: code(key) });
	assert.match(alert(b), /Kata sandi tidak benar/);
	await b.submit('/kode/atur', { aksi: 'matikan', sandi, kode: wrong(key) });
	assert.match(alert(b), /Kode tidak benar/);
	await b.submit('/kode/atur', { aksi: 'pemulihan', sandi, kode: code(key) });
	const fresh = codesOf(b);
	assert.equal(fresh.length, 10);
	const other = await signIn('dinkes-operator');
	await other.submit('/kode', { pemulihan: recovery[0] });
	assert.match(alert(other), /Kode tidak benar/);
	await other.submit('/kode', { pemulihan: fresh[0] });
	assert.equal(other.page.target, '/');
	await b.submit('/kode/atur', { aksi: 'matikan', sandi, kode: code(key, 1) });
	assert.match(text(b.page.body), /telah dimatikan/);
	assert.equal((await other.go('GET', '/', { follow: false })).status, 303, 'other sessions ended');
	assert.equal((await signIn('dinkes-operator')).page.target, '/');
	assert.equal(entries('code').at(-1).about, 'off');
});

test('voluntary enrolling needs the password: an open screen is not enough', async () => {
	const b = await signIn('admin2');
	await b.go('GET', '/kode/daftar');
	const key = keyOf(b);
	for (const sandi of [undefined, 'bukan-kata-sandinya']) {
		await b.submit('/kode/daftar', { kode: code(key), ...(sandi ? { sandi } : {}) });
		assert.match(alert(b), /Kata sandi tidak benar/);
		assert.equal(keyOf(b), key, 'the offer stays');
	}
	assert.equal(padan.office("SELECT code_since_us FROM user_account WHERE user_id = 'admin2'")[0].code_since_us, 0);
});

test('a required role cannot turn it off, not with a forged form either', async () => {
	reset('kepala');
	const { b, key } = await enrol(await signIn('kepala'));
	await b.go('GET', '/kode/atur');
	assert.ok(!b.page.body.includes('value="matikan"'));
	await b.submit('/kode/atur', { aksi: 'matikan', sandi: padan.accounts.kepala.password, kode: code(key) });
	assert.match(alert(b), /wajib/);
	assert.equal((await signIn('kepala')).page.target, '/kode');
});

test('the code comes before the forced password change', async () => {
	const out = padan.run('user', 'reset-password', padan.dir, 'auditor');
	const password = /sekali pakai: (\S+)/.exec(out)[1];
	const { b } = await enrol(await signIn('auditor', password));
	await b.go('GET', '/');
	assert.equal(b.page.target, '/sandi');
	const again = await signIn('auditor', password);
	assert.equal(again.page.target, '/kode');
	assert.equal((await again.go('GET', '/sandi', { follow: false })).headers.location, '/kode');
});

test('a lost telephone: reset-code ends every session and asks nothing any more', async () => {
	const { b, key, recovery } = await volunteer('admin2');
	assert.match(padan.run('user', 'list', padan.dir), /admin2 .*kode sekali pakai/);
	reset('admin2');
	assert.equal((await b.go('GET', '/', { follow: false })).headers.location, '/masuk');
	const fresh = await signIn('admin2');
	assert.equal(fresh.page.target, '/');
	await fresh.go('GET', '/kode/daftar');
	assert.notEqual(keyOf(fresh), key);
	assert.equal(padan.tryRun('user', 'reset-code', padan.dir, 'admin2').status, 1, 'nothing left to reset');
	assert.equal(padan.tryRun('user', 'reset-code', padan.dir, 'nobody').status, 1);
	assert.match(entries('user').at(-1).about, /user reset-code admin2/);
	assert.ok(!recovery.some((c) => fresh.page.body.includes(c)));
});

describe('around it', () => {
	test('a role that is none is refused before anything starts', () => {
		const re = padan.tryRun('check', padan.dir, '--set', 'totp.roles=chief');
		assert.notEqual(re.status, 0);
		assert.match(re.stdout + re.stderr, /'chief' bukan peran/);
		assert.equal(padan.tryRun('serve', padan.dir, '--set', 'totp.roles=service').status, 100);
	});

	test('a stale sign-in form beside half a sign-in still signs in', async () => {
		const b = new Browser(padan);
		await b.go('GET', '/masuk');
		const { csrf } = b.hidden('/masuk');
		await b.login('kepala');
		assert.equal(b.page.target, '/kode');
		const re = await b.go('POST', '/masuk', { form: { csrf, user_id: 'admin', password: padan.accounts.admin.password }, follow: false });
		assert.deepEqual([re.status, re.headers.location], [303, '/']);
	});

	test('threat disk theft: no secret and no recovery code is found in the office, the journal or the log', async () => {
		await padan.stop();
		const places = [padan.log(), padan.journal().map((e) => e.line).join('\n')];
		for (const name of readdirSync(padan.dir)) {
			if (/^office\.db/.test(name)) places.push(readFileSync(path.join(padan.dir, name), 'latin1'));
		}
		assert.ok(secrets.length > 50);
		for (const secret of secrets) {
			const raw = /^[A-Z2-7]{32}$/.test(secret) ? Buffer.from(execFileSync('base32', ['-d'], { input: secret })).toString('latin1') : secret;
			for (const place of places) assert.ok(!place.includes(secret) && !place.includes(raw) && !place.includes(secret.replace('-', '')), 'in the clear');
		}
		await padan.start();
	});
});
