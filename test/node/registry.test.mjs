// SPDX-License-Identifier: EUPL-1.2
// The registry is replaced in PostgreSQL while two nodes answer from it: no inquiry fails, none sees half of the one and
// half of the other, and once the import is over both nodes answer from the new one (DESIGN 4).
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { binary } from '../e2e/padan.mjs';
import { ask, token } from '../e2e/v1.mjs';
import { Office, sleep } from './nodes.mjs';

const RESIDENTS = 1000;
let office, a, b, bearer;
before(async () => {
	office = await Office.create({ residents: RESIDENTS });
	[a, b] = office.nodes;
	bearer = await token(a);
}, { timeout: 180000 });
after(() => office?.remove());

/** A verb while the rest goes on; its exit status. */
const run = (...args) => new Promise((resolve) => spawn(binary, args, { stdio: 'ignore' }).once('exit', resolve));

test('imports and deltas under load at both nodes: every inquiry is answered, from one registry as a whole', { timeout: 240000 }, async () => {
	const file = (name) => path.join(office.base, name);
	a.run('registry', 'generate', a.dir, '--residents', String(RESIDENTS), '--seed', '1', '--csv', file('all.csv'));
	const [head, ...rows] = readFileSync(file('all.csv'), 'utf8').trimEnd().split(/\r?\n/)
		.filter((l) => !l.includes('"')).map((l) => l.split(',')); /* without those few whose values hold commas */
	const at = (name) => head.indexOf(name), write = (name, lines) => writeFileSync(file(name), `${[head, ...lines].map((l) => l.join(',')).join('\r\n')}\r\n`);
	/* every resident has the word of that registry three times over */
	const stamped = (word) => rows.map((r) => r.map((v, i) => ([at('nama_lgkp'), at('alamat'), at('tmpt_lhr')].includes(i) ? word : v)));
	const words = ['SATU', 'DUA', 'TIGA', 'EMPAT'];
	for (const word of words) write(`${word}.csv`, stamped(word));
	const there = new Set(rows.map((r) => r[at('nik')])), known = a.nik['01'].filter((n) => there.has(n)).slice(0, 20);
	const word_of = (d) => (d.nama_lgkp === d.alamat && d.alamat === d.tmpt_lhr ? d.nama_lgkp : words.includes(d.nama_lgkp) ? `half: ${JSON.stringify(d)}` : 'FIRST');
	let running = true;
	const wrong = [], seen = { 0: {}, 1: {} };
	const worker = async (n) => {
		for (let i = n; running; i++) {
			const re = await ask(office.nodes[n % 2], '/api/v1/verifikasi', { nik: known[i % known.length] }, { bearer });
			if (re.status !== 200 || re.json.kode !== '01') wrong.push(`${re.status} ${re.text}`);
			else seen[n % 2][word_of(re.json.data)] = (seen[n % 2][word_of(re.json.data)] ?? 0) + 1;
		}
	};
	const workers = Promise.all([0, 1, 2, 3].map(worker)).then(() => null, (e) => e);
	try {
		for (const [i, word] of words.entries()) {
			await sleep(100);
			assert.equal(await run('registry', 'import', a.dir, file(`${word}.csv`), '--as-of', `2026-10-${10 + i}`), 0);
			for (const node of [b, a]) {
				const { json } = await ask(node, '/api/v1/verifikasi', { nik: known[0] }, { bearer });
				assert.equal(word_of(json.data), word, `node ${office.number(node)} after the import`);
				assert.equal(json.data_per, `2026-10-${10 + i}`);
			}
		}
		write('delta.csv', stamped('LIMA').filter((r) => known.includes(r[at('nik')])));
		assert.equal(await run('registry', 'delta', b.dir, file('delta.csv'), '--as-of', '2026-11-01'), 0);
		for (const node of [a, b]) assert.equal(word_of((await ask(node, '/api/v1/verifikasi', { nik: known[3] }, { bearer })).json.data), 'LIMA');
	} finally {
		running = false;
	}
	assert.equal(await workers, null);
	assert.deepEqual(wrong.slice(0, 5), []);
	console.log(`# [registry] ${JSON.stringify(seen)}`);
	for (const words_of of Object.values(seen)) {
		assert.deepEqual(Object.keys(words_of).filter((w) => w.startsWith('half')), []);
		assert.ok(Object.keys(words_of).length >= 4, 'each was asked while the registries came and went');
	}
	office.sound();
});
