// SPDX-License-Identifier: EUPL-1.2
// J.II.B: 200 hits a day until the Proof of Concept, whoever races for them.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { Padan, Browser, OBSERVE, text } from './padan.mjs';

let padan;
before(async () => {
	padan = await (await Padan.demo({ tls: false, settings: OBSERVE })).start();
});
after(() => padan?.remove());

test('J.II.B: many clients at once, exactly 200 are admitted', async () => {
	const browsers = await Promise.all(['operator1', 'operator1', 'kepala'].map((u) => Browser.operator(padan, u)));
	await Promise.all(browsers.map((b) => b.go('GET', '/verifikasi')));
	const niks = [...padan.nik['01'], ...padan.nik['13'], ...padan.nik['11'], ...padan.nik['12'], ...padan.nik['14']];
	const tally = { admitted: 0, spent: 0, other: [] };
	const one = async (i) => {
		const b = browsers[i % browsers.length];
		const { csrf } = b.hidden('/verifikasi');
		const re = await padan.request('POST', '/verifikasi', {
			body: new URLSearchParams({ csrf, nik: niks[i % niks.length] }).toString(),
			headers: { 'Content-Type': 'application/x-www-form-urlencoded', Cookie: [...b.cookies].map(([k, v]) => `${k}=${v}`).join('; ') },
		});
		const shown = text(re.body);
		if (shown.includes('Kuota akses hari ini telah habis')) tally.spent++;
		else if (re.status === 200 && /Nama lengkap|Data Ditemukan|tidak terdapat/.test(shown)) tally.admitted++;
		else tally.other.push(`${re.status} ${shown.slice(0, 200)}`);
	};
	await Promise.all(Array.from({ length: 320 }, (_, i) => one(i)));
	assert.deepEqual(tally.other, []);
	assert.equal(tally.admitted, 200);
	assert.equal(tally.spent, 120);
	assert.equal(padan.office("SELECT sum(used) AS used FROM quota_day")[0].used, 200);
	const lookups = padan.journal().filter((e) => e.act === 'lookup');
	assert.equal(lookups.filter((e) => e.outcome === '05').length, 120);
	assert.equal(lookups.filter((e) => e.outcome !== '05').length, 200);
	assert.equal(padan.tryRun('journal', 'verify', padan.dir).status, 0);
});
