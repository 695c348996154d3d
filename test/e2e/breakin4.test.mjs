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

describe('DOMAIN 2: more than ninety days after the end', () => {
	let padan, head, nik, id;
	before(async () => {
		padan = await (await Padan.demo({ residents: 200, settings: OBSERVE })).start();
		const operator = await Browser.operator(padan);
		nik = padan.nik['01'][0];
		await operator.verify(nik);
		id = padan.office('SELECT max(person_id) AS n FROM feedback_person')[0].n;
		head = new Browser(padan);
		await head.login('kepala');
		padan.run('agreement', 'state', padan.dir, 'BPBD', 'ended', '--ground', 'consent', '--note', 'x');
		padan.fill(`UPDATE instansi SET state_us = state_us - ${91 * 864e8} WHERE code = 'BPBD'`);
		padan.run('kejadian', 'add', padan.dir, 'DINKES', '--jenis', 'Banjir', '--name', 'x', '--place', 'x'); /* so that the server looks anew */
	});
	after(() => padan?.remove());

	test('no way to tell is left: neither the card, nor the person, nor a list', async () => {
		const csrf = /name="csrf" value="([^"]+)"/.exec((await head.go('GET', '/')).body)[1];
		const kejadian = padan.office('SELECT kejadian_id AS n FROM feedback_person')[0].n;
		const forms = {
			'/korban/catat': { nik, kejadian, keterangan: 'luka' },
			'/korban/orang': { id, keterangan: 'luka' },
			'/korban/unggah/simpan': { nomor: 1 },
			'/korban/unggah/buang': { nomor: 1 },
		};
		for (const [path, form] of Object.entries(forms))
			assert.equal((await head.go('POST', path, { form: { csrf, ...form }, follow: false })).status, 403, path);
		assert.equal(padan.office('SELECT count(*) AS n FROM feedback_entry')[0].n, 0);
	});
});
