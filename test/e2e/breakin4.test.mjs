// SPDX-License-Identifier: EUPL-1.2
// Attempts on data balikan (issue 4) by people who are let in: what one of them sends must
// neither take the tray from the others nor reach past the end of an agreement.
import { describe, test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { Padan, Browser, OBSERVE } from './padan.mjs';

const kejadianOf = (b) => (/<option value="(\d+)" selected/.exec(b.page.body) ?? /<option value="(\d+)"/.exec(b.page.body))[1];
const listNumber = (page) => /name="nomor" value="(\d+)"/.exec(page.body)?.[1];

describe('P2.2b: lists as large as there may be', () => {
	let padan;
	before(async () => {
		padan = await (await Padan.demo({ residents: 200, settings: OBSERVE })).start();
	});
	after(() => padan?.remove());

	/* Nobody in it was ever asked for, so it stays as large as it is however often it is saved. */
	const large = (n) => Buffer.from('NIK;KETERANGAN;CATATAN\r\n' + Array.from({ length: 10000 }, (_, i) =>
		`33040${1 + (n % 9)}${String(1 + (i % 28)).padStart(2, '0')}0190${String(1 + Math.floor(i / 28)).padStart(3, '0')}9;Mengungsi${'.'.repeat(220)};${'x'.repeat(195)}\r\n`).join(''));

	test('many saved at once do not take the tray from those who are in it', async () => {
		const operator = await Browser.operator(padan), other = await Browser.operator(padan, 'operator2');
		const saves = [];
		for (let n = 0; n < 3; n++) {
			await operator.go('GET', '/korban/unggah');
			await operator.submitFile('/korban/unggah', { kejadian: kejadianOf(operator) }, { name: 'berkas', filename: 'd.csv', bytes: large(n) });
			const nomor = listNumber(operator.page);
			assert.ok(nomor, operator.page.body.slice(0, 2000));
			saves.push({ ...operator.hidden('/korban/unggah/buang'), nomor }); // the form that is there when nothing can be saved yet
		}
		const sending = Promise.all([...saves, ...saves, ...saves].map((form) => operator.go('POST', '/korban/unggah/simpan', { form, follow: false })));
		const seen = await Promise.all(padan.nik['01'].slice(0, 4).map(() => other.go('GET', '/korban')));
		assert.deepEqual(seen.map((re) => re.status), Array(4).fill(200));
		assert.deepEqual((await sending).map((re) => re.status), Array(9).fill(303));
		assert.doesNotMatch(padan.log(), /nampan gagal|langkah gagal/);
	});
});
