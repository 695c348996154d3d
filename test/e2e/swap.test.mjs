// SPDX-License-Identifier: EUPL-1.2
// A registry is imported while people are looked up: no restart, not one failed inquiry,
// the new date on the answers, and provinces from 91 on digit for digit.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Padan, Browser, OBSERVE, binary, text } from './padan.mjs';

let padan;
before(async () => {
	padan = await (await Padan.demo({ tls: false, residents: 3000, settings: OBSERVE })).start();
});
after(() => padan?.remove());

const run = (...args) => new Promise((resolve) => spawn(binary, args, { stdio: ['ignore', 'ignore', 'inherit'] }).once('exit', resolve));

test('imports and deltas under load: every inquiry is answered, the new data is there', { timeout: 300000 }, async () => {
	const file = (name) => path.join(padan.dir, '..', name);
	const b = await Browser.operator(padan, 'dinkes-operator');
	await b.go('GET', '/verifikasi');
	const { csrf } = b.hidden('/verifikasi');
	const east = '9703134101909987';
	padan.run('registry', 'generate', padan.dir, '--residents', '3000', '--seed', '1', '--csv', file('all.csv'));
	const header = readFileSync(file('all.csv'), 'utf8').split(/\r?\n/)[0];
	const row = { nik: east, no_kk: '9703131203119904', nama_lgkp: 'YULIANA CONTOH', jenis_klmin: 'Perempuan', tmpt_lhr: 'CONTOH',
		tgl_lhr: '1990-01-01', jenis_pkrjn: 'PETANI/PEKEBUN', alamat: 'KAMPUNG CONTOH', no_rt: '001', no_rw: '001', no_prop: '97', prop_name: 'CONTOH TIMUR',
		no_kab: '03', kab_name: 'CONTOH', no_kec: '13', kec_name: 'CONTOH', no_kel: '2001', kel_name: 'CONTOH', status: 'aktif' };
	writeFileSync(file('delta.csv'), `${header}\r\n${header.split(',').map((k) => row[k]).join(',')}\r\n`);

	let running = true;
	const wrong = [];
	let asked = 0;
	const worker = async () => {
		while (running) {
			const nik = padan.nik['01'][asked++ % 50];
			const re = await b.go('POST', '/verifikasi', { form: { csrf, nik }, headers: { 'X-Padan-Bagian': '1' } });
			if (re.status !== 200 || !text(re.body).includes('Nama lengkap')) wrong.push(`${re.status} ${text(re.body).slice(0, 120)}`);
		}
	};
	const workers = Array.from({ length: 4 }, worker);
	for (let i = 0; i < 6; i++) {
		assert.equal(await run('registry', 'import', padan.dir, file('all.csv'), '--as-of', `2026-10-${10 + i}`), 0);
		assert.equal(await run('registry', 'delta', padan.dir, file('delta.csv'), '--as-of', `2026-11-${10 + i}`), 0);
	}
	running = false;
	await Promise.all(workers);
	assert.deepEqual(wrong, []);
	assert.ok(asked > 100, `only ${asked} inquiries while the registry changed`);
	const shown = text((await b.verify(east)).body);
	assert.ok(shown.includes('970313 410190 9987'), 'province 97, digit for digit');
	assert.ok(shown.includes('15-11-2026'), 'data per tanggal of the last delta');
});
