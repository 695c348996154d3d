// SPDX-License-Identifier: EUPL-1.2
// Two nodes whose clocks differ by 90 seconds: no day of the quota is opened twice or exceeded at midnight of WIB (DOMAIN 2),
// a repeat is one at either, a session lives at both, and the books agree.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { OBSERVE } from '../e2e/padan.mjs';
import { ask, token } from '../e2e/v1.mjs';
import { Office, at, inquire, isHit, outcomeOf } from './nodes.mjs';

const DAY = 86400, WIB = 7 * 3600;
let office, a, b;
before(async () => {
	office = await Office.create({ clocks: true, settings: { ...OBSERVE, 'session.idle_s': 86400, 'session.absolute_s': 604800 } });
	[a, b] = office.nodes;
}, { timeout: 180000 });
after(() => office?.remove());

/** A's clock stands `before` seconds before the n-th midnight of WIB from now, B's `skew` seconds ahead of it. */
const stand = (n, before_it, skew) => {
	const now = Date.now() / 1000;
	const midnight = (Math.floor((now + WIB) / DAY) + n) * DAY - WIB;
	office.clock(a, midnight - before_it - now);
	office.clock(b, midnight - before_it - now + skew);
};
const ready = async (node, user) => {
	const x = await office.operator(node, user);
	await x.go('GET', '/verifikasi');
	return Object.assign(x, { csrf: x.hidden('/verifikasi').csrf });
};
const days = (code) => office.sql(`SELECT q.day, q.used FROM quota_day q JOIN instansi i ON i.instansi_id = q.instansi_id WHERE i.code = '${code}' AND used > 0 ORDER BY 1`).map((r) => r.used);
const pour = async (people, n, nodes) => {
	const seen = await Promise.all(Array.from({ length: n }, (_, i) => inquire(people[i % people.length], nodes[i % nodes.length], a.nik['01'][i % 50]).then(outcomeOf)));
	assert.deepEqual(seen.filter((o) => !isHit(o) && o !== '05'), []);
	return seen.filter(isHit).length;
};

test('DOMAIN 2, J.II.B: over midnight, B ahead and then behind: each day has its 200 and no more, and is not opened again', { timeout: 240000 }, async () => {
	stand(1, 3600, 90);
	const people = [await ready(a, 'operator1'), await ready(b, 'kepala')];
	assert.equal(await pour(people, 120, [a, b]), 120);
	stand(1, 60, 90); /* A is in the old day, B in the new one */
	assert.equal(await pour(people, 120, [a, b]), 120);
	assert.deepEqual(days('BPBD'), [180, 60]);
	assert.equal(await pour(people, 100, [a, b]), 70, 'the old day has 20 left; the new one has plenty');
	assert.deepEqual(days('BPBD'), [200, 110]);
	stand(1, -1, 90); /* A is in the new day too */
	assert.equal(await pour(people, 150, [a, b]), 90);
	assert.deepEqual(days('BPBD'), [200, 200]);
	stand(1, -30, -90); /* B falls back into the old day, which is spent */
	assert.equal(await pour(people, 40, [a, b]), 0);
	assert.deepEqual(days('BPBD'), [200, 200]);
	office.sound();
});

test('DOMAIN 2: a repeat is one at the node that is ahead and at the one that is behind, over midnight too', { timeout: 240000 }, async () => {
	for (const [n, skew] of [[2, 90], [3, -90]]) {
		stand(n, 30, skew);
		const who = await ready(a, 'dinkes-operator'), once = who.hidden('/verifikasi').once, bearer = await token(a);
		const used = office.used('DINKES');
		for (const node of [a, b, a, b]) assert.equal(outcomeOf(await inquire(who, node, a.nik['01'][0], { key: once })), '01');
		const seen = [];
		for (const node of [b, a, b]) seen.push((await ask(node, '/api/v1/verifikasi', { nik: a.nik['01'][1] }, { bearer, key: `JAM-${n}` })).json?.ulangan);
		assert.deepEqual(seen, [false, true, true], `skew ${skew}`);
		assert.equal(office.used('DINKES') - used, 2, `skew ${skew}: nothing is charged twice`);
	}
	office.sound();
});

test('threat stolen session: a session made at one is neither too young nor too old at the other; its end holds at both', async () => {
	for (const [n, skew] of [[4, 90], [4, -90]]) {
		stand(n, 3600, skew);
		for (const [made, used] of [[a, b], [b, a]]) {
			const who = await office.operator(made, 'dinkes-operator'), kept = new Map(who.cookies);
			assert.equal(outcomeOf(await at(who, used).verify(a.nik['01'][3])), '01', `skew ${skew}`);
			assert.equal(outcomeOf(await at(who, made).verify(a.nik['01'][4])), '01', `skew ${skew}`);
			const { csrf } = who.hidden('/keluar').csrf ? who.hidden('/keluar') : await at(who, made).go('GET', '/sesi').then((re) => ({ csrf: /name="csrf" value="([^"]+)"/.exec(re.body)[1] }));
			await at(who, used).go('POST', '/keluar', { form: { csrf } });
			for (const node of [a, b]) {
				who.cookies = new Map(kept);
				assert.equal(outcomeOf(await at(who, node).go('GET', '/verifikasi', { follow: false })), 'out', `skew ${skew}`);
			}
		}
	}
});

test('P9.1: a step taken at the node that is behind stops the one that is ahead, and the other way round', async () => {
	for (const [skew, langkah] of [[90, 'suspended'], [-90, 'suspended']]) {
		stand(5, 3600, skew);
		const who = await ready(b, 'dinkes-operator');
		assert.equal(outcomeOf(await inquire(who, b, a.nik['01'][5])), '01');
		a.run('agreement', 'state', a.dir, 'DINKES', langkah);
		for (const node of [a, b]) assert.equal(outcomeOf(await inquire(who, node, a.nik['01'][5])), '16', `skew ${skew}`);
		b.run('agreement', 'state', b.dir, 'DINKES', 'active');
		for (const node of [a, b]) assert.equal(outcomeOf(await inquire(who, node, a.nik['01'][5])), '01', `skew ${skew}`);
	}
	office.sound();
});
