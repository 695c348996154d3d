// SPDX-License-Identifier: EUPL-1.2
// The nodes that the other tests of this folder stand on do what their names say.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { Office, at, inquire, outcomeOf } from './nodes.mjs';

let office;
before(async () => {
	office = await Office.create({ clocks: true });
}, { timeout: 180000 });
after(() => office?.remove());

test('I8.3 one person at two nodes: each node writes its own log, what both charged adds up', async () => {
	const [a, b] = office.nodes;
	const here = await office.operator(a), there = at(here, b);
	assert.equal(outcomeOf(await here.verify(a.nik['01'][0])), '01');
	assert.equal(outcomeOf(await there.verify(a.nik['13'][0])), '13');
	const { csrf } = there.hidden('/verifikasi');
	assert.equal(outcomeOf(await inquire(here, b, a.nik['11'][0], { csrf })), '11');
	assert.deepEqual(office.lookups().map((e) => [e.node, e.log, e.outcome]), [[0, 0, '01'], [1, 1, '13'], [1, 1, '11']]);
	assert.equal(office.sound().length, 3);
});

test('I8.3 a frozen node says nothing until it is thawed, a killed one is started again, a clock is moved', async () => {
	const [a, b] = office.nodes;
	const person = await office.person(b, 'kepala');
	office.freeze(a);
	let spoke = false;
	const late = a.request('GET', '/masuk').then((re) => { spoke = true; return re.status; });
	assert.equal((await person.go('GET', '/')).status, 200);
	assert.equal(spoke, false);
	office.thaw(a);
	assert.equal(await late, 200);
	await office.kill(a);
	await office.start([a]);
	office.clock(a, 3600);
	assert.equal(outcomeOf(await at(person, a).go('GET', '/', { follow: false })), 'out', 'idle for an hour, by that clock');
});
