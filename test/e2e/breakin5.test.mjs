// SPDX-License-Identifier: EUPL-1.2
// Attempts on the web services (issue 5): what a reply tells somebody who only guesses, and what
// one program can take from the others.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { Padan, Browser, OBSERVE, text } from './padan.mjs';
import { office, form, ask, send, token, used } from './v1.mjs';

describe('DOMAIN 2: nothing tells whether the user id, the secret or the address was wrong', () => {
	let padan;
	before(async () => { padan = await office({ residents: 200 }); });
	after(() => padan?.remove());
	const asToken = (user, secret, more = {}) => form(padan, '/api/v1/token', { grant_type: 'client_credentials' }, { basic: [user, secret], ...more });

	test('a right secret from a foreign address is not told apart by the mark of the rehearsal', async () => {
		const heard = async (secret) => {
			const re = await asToken('bpbd-uji', secret, { from: '127.9.9.9' });
			return [re.status, re.text, re.headers['x-padan-sandbox']];
		};
		padan.run('user', 'change', padan.dir, 'bpbd-uji', '--addresses', '192.0.2.0/24');
		const wrong = await heard('x'.repeat(43));
		assert.equal(wrong[0], 401);
		assert.deepEqual(await heard(padan.accounts['bpbd-uji'].password), wrong);
		padan.run('user', 'change', padan.dir, 'bpbd-uji', '--addresses', '');
	});

	test('user ids that exist wait no longer and no shorter than those that do not', async () => {
		const from = '127.0.0.9';
		for (let i = 0; i < 6; i++) await asToken(`tidak-ada-${i}`, 'x'.repeat(43), { from });
		padan.longWaits();
		for (let i = 0; i < 6; i++) await ask(padan, '/dukcapil/get_json/DINKES/CALL_NIK', { NIK: '3404011503859901', user_id: 'dinkes-layanan', password: 'salah', IP_USER: from }, { from });
		const absent = await asToken('tidak-ada-99', 'x'.repeat(43), { from });
		const there = await asToken('dinkes-layanan', 'x'.repeat(43), { from });
		assert.equal(absent.status, 429, absent.text);
		assert.deepEqual([there.status, there.text, there.headers['retry-after']], [absent.status, absent.text, absent.headers['retry-after']]);
	});

	/* An entry is a durable write, which a clock sees. */
	test('a wrong secret of get_json leaves a trace or none, whether its user id exists or not', async () => {
		const from = '127.0.0.10';
		const wrong = (user_id) => ask(padan, '/dukcapil/get_json/DINKES/CALL_NIK', { NIK: '3404011503859901', user_id, password: 'x'.repeat(43), IP_USER: from }, { from });
		for (let i = 0; i < 5; i++) await wrong(`tidak-ada-${i}`);
		padan.longWaits();
		await wrong('tidak-ada-99');
		await wrong('dinkes-layanan');
		assert.equal(padan.journal().filter((e) => e.act === 'lookup' && e.peer === from).length, 5);
	});
});

describe('DESIGN 9: a program takes nothing from the people at its address', () => {
	let padan;
	before(async () => { padan = await office({ residents: 200 }); });
	after(() => padan?.remove());

	test('while it reads its journal without a pause they sign in', async () => {
		const bearer = await token(padan);
		for (let i = 0; i < 250; i++) await ask(padan, '/api/v1/verifikasi', { nik: padan.nik['01'][i % 100] }, { bearer });
		let reading = true, refused = 0;
		const readers = Array.from({ length: 40 }, async () => {
			while (reading) refused += (await send(padan, 'GET', '/api/v1/jurnal?batas=200', { headers: { Authorization: `Bearer ${bearer}` } })).status === 429;
		});
		const seen = [];
		for (let i = 0; i < 6; i++) {
			const b = new Browser(padan);
			await b.go('GET', '/masuk');
			seen.push((await b.submit('/masuk', { user_id: 'operator1', password: padan.accounts.operator1.password }, { follow: false })).status);
		}
		reading = false;
		await Promise.all(readers);
		assert.ok(refused > 0, 'it did read without a pause');
		assert.deepEqual(seen, Array(6).fill(303));
	});

	test('one wrong token is one entry, however full the tray is', async () => {
		const bearer = await token(padan);
		const [{ id }] = padan.office("SELECT min(kejadian_id) AS id FROM kejadian WHERE instansi_id = (SELECT instansi_id FROM instansi WHERE code = 'DINKES')");
		const person = (i) => `330413${String(1 + (i % 28)).padStart(2, '0')}0160${String(9000 + i)}`;
		const balikan = Array.from({ length: 900 }, (_, i) => ({ nik: person(i), kejadian: id, keterangan: 'mengungsi' }));
		assert.equal((await ask(padan, '/api/v1/balikan/banyak', { balikan }, { bearer })).status, 200);
		const list = (as, more) => send(padan, 'GET', `/api/v1/balikan?kejadian=${id}&batas=200`, { headers: { Authorization: `Bearer ${as}` }, ...more });
		const all = await Promise.all([...Array.from({ length: 150 }, () => list(bearer)), ...Array.from({ length: 60 }, (_, i) => list('A'.repeat(43), { from: `127.0.20.${i + 1}` }))]);
		assert.deepEqual(all.map((re) => re.status), [...Array(150).fill(200), ...Array(60).fill(401)]);
		assert.equal(padan.journal().filter((e) => e.ground === 'credential_wrong').length, 60);
	});
});

describe('I5.6: what one client sends up does not shut the system above to the others', () => {
	const odd = '3304010101909901', fine = '3304010101909902';
	let tmp, above, padan, asked = 0;
	before(async () => {
		above = http.createServer((rq, re) => {
			let body = '';
			rq.on('data', (d) => { body += d; });
			rq.on('end', () => {
				const q = JSON.parse(body), verify = rq.url.endsWith('CALL_VERIFY_BY_ELEMEN');
				const refusal = (code) => ({ RESPONSE_CODE: code, RESPON: 'x' });
				asked++;
				const content = verify ? (q.NAMA_LGKP === 'TUTUP' ? refusal('16') : q.NAMA_LGKP ? { NAMA_LGKP: 'Sesuai (100)' } : refusal('07'))
					: { NIK: Number(q.NIK), NAMA_LGKP: 'A', TGL_LHR: q.NIK === odd ? '0000-00-00' : '1990-01-01' };
				re.end(JSON.stringify({ content: [content] }));
			});
		});
		await new Promise((r) => above.listen(0, '127.0.0.1', r));
		tmp = mkdtempSync(path.join(os.tmpdir(), 'padan-breakin5-'));
		const users = path.join(tmp, 'users');
		writeFileSync(users, 'DINKES A a a 127.0.0.1\nBPBD B b b 127.0.0.1\n', { mode: 0o600 });
		padan = await Padan.demo({ tls: false, residents: 10, settings: { ...OBSERVE, 'registry.url': `http://127.0.0.1:${above.address().port}/dukcapil/get_json`, 'registry.credentials': users } });
		await padan.start();
	});
	after(async () => { await padan?.remove(); above?.close(); above?.closeAllConnections(); rmSync(tmp, { recursive: true, force: true }); });
	const data = async (nik) => ask(padan, '/api/v1/verifikasi', { nik }, { bearer: await token(padan) });
	const verify = async (elemen) => ask(padan, '/api/v1/kesesuaian', { nik: fine, elemen }, { bearer: await token(padan) });

	test("one person's odd record, asked for again and again, is that person's alone", async () => {
		for (let i = 0; i < 8; i++) assert.equal((await data(odd)).status, 503);
		assert.equal(asked, 8, 'it is still asked');
		assert.equal((await data(fine)).status, 200);
		const operator = await Browser.operator(padan);
		assert.match(text((await operator.verify(fine)).body), /Data ditemukan/);
		assert.equal(used(padan), 2);
	});

	test('a claim with nothing in it that is granted closes nothing', async () => {
		for (let i = 0; i < 8; i++) assert.equal((await verify({ no_prop: '33' })).status, 503);
		assert.equal((await verify({ nama_lgkp: 'A' })).status, 200);
		assert.equal((await data(fine)).status, 200);
	});

	test('a method that is refused above leaves the other one open', async () => {
		assert.equal((await verify({ nama_lgkp: 'TUTUP' })).status, 503);
		const before_it = asked;
		assert.equal((await verify({ nama_lgkp: 'A' })).status, 503);
		assert.equal(asked, before_it, 'left alone');
		assert.equal((await data(fine)).status, 200);
	});
});
