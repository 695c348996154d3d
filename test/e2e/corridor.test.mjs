// SPDX-License-Identifier: EUPL-1.2
// Whole conversations through the front door, and what the journal says of them.
// Clause ids of the agreement stand in the names of the tests that prove them.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { Padan, Browser, OBSERVE, text } from './padan.mjs';

// DOMAIN 2, letter for letter.
const TEXT = {
	11: 'Data Ditemukan, Meninggal Dunia',
	12: 'Data Ditemukan, Data Ganda',
	13: 'Data tidak ditemukan, NIK tidak terdapat di database kependudukan',
	14: 'Data Ditemukan, Status Non Aktif silahkan hubungi Dinas Dukcapil',
	15: 'Data tidak ditemukan, NIK tidak sesuai format Dukcapil',
	'03': 'Gagal Login',
	'05': 'Kuota akses hari ini telah habis',
	16: 'Instansi tidak aktif',
	17: 'User ID non aktif, silahkan menghubungi Admin',
};

let padan;
before(async () => {
	padan = await (await Padan.demo({ settings: OBSERVE })).start();
});
after(() => padan?.remove());

const lookups = () => padan.journal().filter((e) => e.act === 'lookup');
const used = () => padan.office("SELECT coalesce(sum(used), 0) AS used FROM quota_day")[0].used;

describe('signing in (P2.1c, P3.2b)', () => {
	test('an operator signs in and out', async () => {
		const b = new Browser(padan);
		const re = await b.login('operator1');
		assert.equal(re.status, 200);
		assert.match(text(b.page.body), /operator1/);
		await b.submit('/keluar', {});
		const again = await b.go('GET', '/verifikasi', { follow: false });
		assert.equal(again.status, 303);
		assert.equal(again.headers.location, '/masuk');
	});

	test('wrong password and unknown user id read the same', async () => {
		const texts = [];
		for (const [user, password] of [['operator1', 'salah-sekali-99'], ['tidakada', 'salah-sekali-99'], ['dinkes-layanan', 'salah-sekali-99']]) {
			const b = new Browser(padan);
			await b.go('GET', '/masuk');
			const re = await b.submit('/masuk', { user_id: user, password });
			assert.ok(text(re.body).includes(TEXT['03']), user);
			texts.push(text(re.body).replaceAll(user, 'USER'));
		}
		assert.equal(texts[0], texts[1]);
		assert.equal(texts[0], texts[2]);
	});

	test('first use forces a new password', async () => {
		const b = new Browser(padan);
		const re = await b.login('operator3');
		assert.equal(b.page.target, '/sandi');
		assert.equal(re.status, 200);
		const elsewhere = await b.go('GET', '/verifikasi', { follow: false });
		assert.equal(elsewhere.headers.location, '/sandi');
	});

	test('a guesser is slowed down, the owner on his own browser is not', async () => {
		const owner = new Browser(padan);
		await owner.login('auditor');
		await owner.submit('/keluar', {});
		const guesser = new Browser(padan);
		for (let i = 0; i < 8; i++) await guesser.login('auditor', `salah-sekali-${i}`);
		padan.longWaits();
		const slowed = await guesser.login('auditor');
		assert.ok(text(slowed.body).includes(TEXT['03']), 'even the right password, from the guessing browser, must wait');
		const re = await owner.login('auditor');
		assert.ok(!text(re.body).includes(TEXT['03']));
		assert.match(text(owner.page.body), /auditor/);
	});

	test('a form without its token, or from another origin, is refused', async () => {
		const b = new Browser(padan);
		await b.go('GET', '/masuk');
		const account = padan.accounts.operator1;
		const bare = await b.go('POST', '/masuk', { form: { user_id: 'operator1', password: account.password } });
		assert.equal(bare.status, 403);
		await b.go('GET', '/masuk');
		const foreign = await b.submit('/masuk', { user_id: 'operator1', password: account.password }, { headers: { Origin: 'https://penyerang.example' } });
		assert.equal(foreign.status, 403);
	});

	test('a form may come as multipart, with the same checks', async () => {
		const b = await Browser.operator(padan);
		const file = { name: 'berkas', filename: 'a.pdf', bytes: '%PDF-1.4', type: 'application/pdf' };
		await b.go('GET', '/verifikasi');
		let re = await b.submitFile('/verifikasi', { nik: padan.nik['13'][0] }, file);
		assert.match(text(re.body), new RegExp(TEXT[13]));
		re = await b.submitFile('/verifikasi', { nik: padan.nik['13'][0], csrf: 'x' }, file);
		assert.equal(re.status, 403);
	});

	test('a forged session cookie opens nothing', async () => {
		const b = new Browser(padan);
		for (const forged of ['x', 'A'.repeat(43), '../../etc/passwd', '"><script>']) {
			b.cookies.set('__Host-sesi', encodeURIComponent(forged));
			const re = await b.go('GET', '/verifikasi', { follow: false });
			assert.equal(re.status, 303, forged);
		}
	});
});

describe('an inquiry (P2.1a, P3.2a, J.II.C)', () => {
	test('01 shows the eight elements, costs one hit and one entry', async () => {
		const b = await Browser.operator(padan);
		const before = { hits: used(), entries: lookups().length };
		const re = await b.verify(padan.nik['01'][0]);
		assert.equal(re.status, 200);
		const shown = text(re.body);
		for (const label of ['Nomor KK', 'Nama lengkap', 'Jenis kelamin', 'lahir', 'ekerjaan', 'Alamat']) assert.ok(shown.includes(label), label);
		const nik = padan.nik['01'][0];
		assert.ok(shown.includes(`${nik.slice(0, 6)} ${nik.slice(6, 12)} ${nik.slice(12)}`));
		assert.equal(used(), before.hits + 1);
		const entries = lookups();
		assert.equal(entries.length, before.entries + 1);
		assert.equal(entries.at(-1).outcome, '01');
		assert.ok(!entries.at(-1).line.includes(nik), 'the journal never holds a NIK');
		assert.match(re.headers['cache-control'], /no-store/);
	});

	for (const code of ['11', '12', '13', '14'])
		test(`${code} shows exactly its text and no element, and costs a hit`, async () => {
			const b = await Browser.operator(padan);
			const before = used();
			const re = await b.verify(padan.nik[code][0]);
			assert.ok(text(re.body).includes(TEXT[code]));
			assert.ok(!text(re.body).includes('Nama lengkap'));
			assert.equal(used(), before + 1);
			assert.equal(lookups().at(-1).outcome, code);
		});

	test('15: what cannot be a NIK costs nothing and is not written anywhere', async () => {
		const b = await Browser.operator(padan);
		const before = used();
		for (const typed of ['3304130101', '3304133201909999', '3304131313909999', '0004130101909999', '3304138101909999', 'bukan nik']) {
			const re = await b.verify(typed);
			assert.ok(text(re.body).includes(TEXT[15]), typed);
			assert.equal(lookups().at(-1).outcome, '15');
			assert.ok(!lookups().at(-1).line.includes(typed));
		}
		assert.equal(used(), before);
	});

	test('a NIK typed with blanks, dots and dashes is understood', async () => {
		const b = await Browser.operator(padan);
		const n = padan.nik['01'][1];
		const re = await b.verify(`${n.slice(0, 4)} ${n.slice(4, 8)}-${n.slice(8, 12)}.${n.slice(12)}`);
		assert.ok(text(re.body).includes('Nama lengkap'));
	});

	test('Repeats: reload of the same form costs nothing and is journaled as a repeat', async () => {
		const b = await Browser.operator(padan);
		await b.go('GET', '/verifikasi');
		const form = { ...b.hidden('/verifikasi'), nik: padan.nik['01'][2] };
		const first = await b.go('POST', '/verifikasi', { form });
		const hits = used();
		for (let i = 0; i < 3; i++) {
			const again = await b.go('POST', '/verifikasi', { form });
			assert.ok(text(again.body).includes('Nama lengkap'));
		}
		assert.ok(text(first.body).includes('Nama lengkap'));
		assert.equal(used(), hits);
		const entry = lookups().at(-1);
		assert.equal(entry.repeat, true);
		await b.go('POST', '/verifikasi', { form });
		assert.equal(used(), hits + 1, 'the fourth repeat is a new inquiry');
	});

	test('Repeats: under another kejadian it is another inquiry', async () => {
		const b = await Browser.operator(padan, 'kepala');
		await b.go('GET', '/verifikasi');
		const form = { ...b.hidden('/verifikasi'), nik: padan.nik['01'][9] };
		await b.go('POST', '/verifikasi', { form });
		const hits = used();
		await b.go('POST', '/verifikasi', { form });
		assert.equal(used(), hits, 'the same once more is free');
		await b.go('GET', '/kejadian');
		await b.submit('/kejadian/baru', { jenis: 'Banjir', nama: 'Banjir lain', tempat: 'Contoh', tanggal: '2026-01-02' });
		await b.go('POST', '/verifikasi', { form });
		assert.equal(used(), hits + 1);
		assert.notEqual(lookups().at(-1).kejadian, lookups().at(-2).kejadian);
	});

	test('J.VI.E: an operator without an NDA gets 17', async () => {
		const b = new Browser(padan);
		await b.login('operator2');
		const re = await b.verify(padan.nik['01'][3]);
		assert.ok(text(re.body).includes(TEXT[17]));
		assert.equal(lookups().at(-1).ground, 'no_nda');
	});

	test('row 7: without a kejadian the form says so, and no hit is spent', async () => {
		const b = new Browser(padan);
		await b.login('dinkes-operator');
		const before = used();
		const re = await b.verify(padan.nik['01'][4]);
		assert.ok(!text(re.body).includes('Nama lengkap'));
		assert.match(text(re.body), /kejadian/i);
		assert.equal(used(), before);
	});

	test('the provider has no way to look residents up', async () => {
		for (const who of ['admin', 'auditor']) {
			const b = new Browser(padan);
			if (who === 'auditor') continue; // slowed down by the test above
			await b.login(who);
			const re = await b.go('GET', '/verifikasi');
			assert.equal(re.status, 403);
		}
	});
});

test('J.II.C2c: the portal holds its own guide, with every fixed text', async () => {
	const b = new Browser(padan);
	await b.login('kepala');
	const guide = text((await b.go('GET', '/panduan')).body);
	for (const code of ['05', 11, 12, 13, 14, 15, 16, 17]) assert.ok(guide.includes(TEXT[code]), `${code}: ${TEXT[code]}`);
	assert.match(guide, /berurutan[\s\S]*berpola[\s\S]*berdekatan/);
});

describe('the slip (P2.2a)', () => {
	test('shows NIK, outcome, time, reference and QR, and no other element', async () => {
		const b = await Browser.operator(padan);
		const nik = padan.nik['01'][5];
		const answer = await b.verify(nik);
		const name = /Nama lengkap<\/dt>\s*<dd[^>]*>([^<]+)</.exec(answer.body)?.[1];
		assert.ok(name);
		const re = await b.submit('/verifikasi/slip', {});
		assert.equal(re.status, 200);
		const shown = text(re.body);
		assert.ok(shown.includes(`${nik.slice(0, 6)} ${nik.slice(6, 12)} ${nik.slice(12)}`));
		assert.match(re.body, /<svg/);
		assert.match(shown, /[0-9A-Z]{4}-[0-9A-Z]{4}/);
		assert.ok(!shown.includes(name));
	});

	test('another NIK under the same reference is refused', async () => {
		const b = await Browser.operator(padan);
		await b.verify(padan.nik['01'][6]);
		const form = { ...b.hidden('/verifikasi/slip'), nik: padan.nik['01'][7] };
		const re = await b.go('POST', '/verifikasi/slip', { form });
		assert.ok(re.status >= 400, `status ${re.status}`);
	});
});

describe('bad input', () => {
	const cases = [
		['unknown page', 'GET', '/tidak-ada', {}, 404],
		['wrong method', 'GET', '/verifikasi/slip', {}, 405],
		['oversized body', 'POST', '/masuk', { body: 'a'.repeat(1 << 20), headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }, 413],
		['oversized header', 'GET', '/masuk', { headers: { 'X-Besar': 'x'.repeat(40000) } }, 431],
		['climbing path', 'GET', '/..%2f..%2fetc%2fpasswd', {}, 400],
		['NUL in the path', 'GET', '/masuk%00', {}, 400],
		['bad UTF-8 in the path', 'GET', '/%ff%fe', {}, 400],
	];
	for (const [name, method, target, options, status] of cases)
		test(`${name}: ${status}`, async () => {
			const re = await padan.request(method, target, options);
			assert.equal(re.status, status);
		});

	test('bad UTF-8 in a field is refused, and the server lives', async () => {
		const b = new Browser(padan);
		await b.go('GET', '/masuk');
		const csrf = b.hidden('/masuk').csrf;
		const re = await b.go('POST', '/masuk', { headers: {}, form: undefined });
		assert.ok(re.status >= 400);
		const raw = await padan.request('POST', '/masuk', {
			body: `csrf=${csrf}&user_id=%ff%fe&password=%00`,
			headers: { 'Content-Type': 'application/x-www-form-urlencoded', Cookie: [...b.cookies].map(([k, v]) => `${k}=${v}`).join('; ') },
		});
		assert.ok(raw.status === 400 || raw.status === 200 || raw.status === 403, `status ${raw.status}`);
		assert.equal((await padan.request('GET', '/masuk')).status, 200);
	});

	test('every page carries the security headers', async () => {
		const re = await padan.request('GET', '/masuk');
		assert.match(re.headers['content-security-policy'], /default-src 'none'/);
		assert.match(re.headers['strict-transport-security'], /max-age/);
		assert.equal(re.headers['x-content-type-options'], 'nosniff');
		assert.equal(re.headers['referrer-policy'], 'same-origin');
		assert.match(re.headers['cache-control'], /no-store/);
		for (const c of re.headers['set-cookie'] ?? []) assert.match(c, /__Host-.*Secure/i);
	});
});

describe('one instansi never sees another', () => {
	test('every route refuses or ignores ids of the other instansi', async () => {
		const bpbd = await Browser.operator(padan);
		await bpbd.verify(padan.nik['01'][8]);
		const slip = bpbd.hidden('/verifikasi/slip');
		const dinkes = await Browser.operator(padan, 'dinkes-operator');
		await dinkes.verify(padan.nik['01'][8]);
		const form = { ...dinkes.hidden('/verifikasi/slip'), ref: slip.ref };
		const re = await dinkes.go('POST', '/verifikasi/slip', { form });
		assert.ok(re.status >= 400, 'a slip of another instansi');
		const [{ kejadian_id }] = padan.office("SELECT kejadian_id FROM kejadian WHERE instansi_id = (SELECT instansi_id FROM instansi WHERE code = 'BPBD')");
		await dinkes.go('GET', '/kejadian');
		const name = /name="(kejadian(?:_id)?)"/.exec(dinkes.page.body)[1];
		const stolen = await dinkes.submit('/kejadian', { [name]: String(kejadian_id) });
		assert.ok(stolen.status >= 400, 'a kejadian of another instansi');
	});
});

describe('revocation (P9.1)', () => {
	test('a closed user id is refused on the very next request', async () => {
		const b = await Browser.operator(padan, 'dinkes-operator');
		padan.run('user', 'close', padan.dir, 'dinkes-operator');
		const re = await b.go('GET', '/verifikasi', { follow: false });
		assert.equal(re.status, 303);
		const login = new Browser(padan);
		const refused = await login.login('dinkes-operator');
		assert.ok(text(refused.body).includes(TEXT[17]), 'the right password of a closed user id gets 17');
		const wrong = new Browser(padan);
		const re03 = await wrong.login('dinkes-operator', 'salah-sekali-99');
		assert.ok(text(re03.body).includes(TEXT['03']));
	});
});

describe('the journal', () => {
	test('verifies while the server runs', () => {
		assert.equal(padan.tryRun('journal', 'verify', padan.dir).status, 0);
	});
	test('knows who signed in and never what a stranger typed', () => {
		const logins = padan.journal().filter((e) => e.act === 'login');
		assert.ok(logins.some((e) => e.user_id === "operator1" && e.outcome === 'ok'));
		assert.ok(logins.some((e) => e.outcome === '03'));
		assert.ok(!logins.some((e) => e.line.includes('tidakada')));
	});
});
