// SPDX-License-Identifier: EUPL-1.2
// A node whose machine hangs in the middle of a tray: its rows and its turn are not the other node's end.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { OBSERVE } from '../e2e/padan.mjs';
import { Office, inquire, outcomeOf, sleep } from './nodes.mjs';

let office, a, b;
before(async () => {
	office = await Office.create({ residents: 200, settings: { ...OBSERVE, 'office.patience_ms': 3000 } });
	[a, b] = office.nodes;
}, { timeout: 180000 });
after(() => office?.remove());
const ready = async (node, user) => {
	const x = await office.operator(node, user);
	await x.go('GET', '/verifikasi');
	return Object.assign(x, { csrf: x.hidden('/verifikasi').csrf });
};

test('I8.3: node A hangs inside a transaction: B, of the same agency, is held up for seconds and then answers; A goes on when it is back', { timeout: 240000 }, async () => {
	const [here, there] = [await ready(a, 'dinkes-operator'), await ready(b, 'dinkes-kepala')];
	let running = true;
	const pour = async () => {
		for (let i = 0; running; i++) await inquire(here, a, a.nik['01'][i % 50]).catch(() => {});
	};
	const workers = Promise.all([pour(), pour(), pour(), pour()]);
	const caught = () => office.value("SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction' AND state_change < clock_timestamp() - interval '150 ms'") > 0;
	try {
		for (let tries = 0; ; tries++) {
			assert.ok(tries < 60, 'never caught inside a transaction');
			await sleep(50 + 13 * tries % 100);
			office.freeze(a);
			await sleep(250); /* what moves has moved on by then */
			if (caught()) break;
			office.thaw(a);
		}
		const began = Date.now(), seen = [];
		do seen.push(outcomeOf(await inquire(there, b, a.nik['01'][7])));
		while (seen.at(-1) !== '01' && Date.now() - began < 60000);
		console.log(`# [freeze] ${seen.join(' ')} after ${Date.now() - began} ms`);
		assert.equal(seen.at(-1), '01');
		assert.ok(Date.now() - began < 30000, `${Date.now() - began} ms`);
	} finally {
		running = false;
		office.thaw(a);
	}
	await workers;
	assert.equal(outcomeOf(await inquire(here, a, a.nik['01'][8])), '01', 'A is back');
	/* A may have been cut off in its commit: what it never said is nowhere, or in the journal and charged */
	office.sound();
});
