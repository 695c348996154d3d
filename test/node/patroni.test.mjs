// SPDX-License-Identifier: EUPL-1.2
// The files of data/patroni/, brought up on loopback: the leader's machine is lost under load, another takes over,
// the lost one comes back as a standby. One node names all servers in its URL, the other asks HAProxy.
// PADAN_LONG=1: a planned change of the leader, and three more leaders lost.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { OBSERVE } from '../e2e/padan.mjs';
import { Load, keepCheckpoints, verifyKept } from './load.mjs';
import { Office, until } from './nodes.mjs';
import { Patroni } from './patroni.mjs';

let patroni, office, load;
before(async () => {
	patroni = await Patroni.create();
	patroni.makeRole();
	/* patience: whoever asks is told 503 and asks again, before his own patience ends */
	office = await Office.create({ server: patroni.url('postgres'), settings: { ...OBSERVE, 'office.patience_ms': 5000 }, started: false });
	const [first, second] = office.nodes;
	for (const [key, url] of Object.entries(first.stores)) second.settings[key] = patroni.url(/([^/]+)\?/.exec(url)[1], { proxy: true });
	await office.start();
	load = await Load.of(office, [{ user: 'dinkes-operator', instansi: 'DINKES', n: 3, pause: 5 }, { user: 'operator1', instansi: 'BPBD', n: 1, limit: 200, pause: 5 }]);
}, { timeout: 300000 });
after(async () => {
	load?.abandon();
	await office?.remove();
	await patroni?.remove();
});

const prove = async (what, at, kept) => {
	await load.stop();
	const { ms, refused, slowest } = load.gap(at);
	assert.deepEqual([...load.troubles(), ...verifyKept(kept)], []);
	console.log(`# ${what}: ${ms} ms without an answer, ${refused} refused meanwhile (the slowest after ${slowest} ms), ${load.answers.length} answers so far`);
};

/** The leader's machine is lost, and comes back once another has taken over. */
const lose = async () => {
	const leader = await until('somebody leads', () => patroni.leader());
	load.start();
	await load.more(20);
	const kept = keepCheckpoints(office);
	await patroni.kill(leader);
	const at = Date.now();
	await load.more(20);
	const next = await until('another leads', () => patroni.leader());
	assert.notEqual(next, leader);
	patroni.start(leader);
	await until('the lost machine stands by again', () => patroni.whole(), 120000);
	await prove(`the leader's machine lost`, at, kept);
};

test('I8.4 Patroni, etcd and HAProxy from the sample files: the leader is killed under load, a standby takes over, nothing answered is lost or doubled', { timeout: 300000 }, lose);

const long = !!process.env.PADAN_LONG;
test('I8.4 a planned change of the leader under load', { timeout: 300000, skip: !long && 'PADAN_LONG=1' }, async () => {
	const leader = await patroni.leader();
	const next = Number((await patroni.members()).find((m) => m.role === 'sync_standby').name.slice(2));
	load.start();
	await load.more(20);
	const kept = keepCheckpoints(office), at = Date.now();
	patroni.switchover(leader, next);
	await load.more(20);
	await until('it leads', async () => (await patroni.leader()) === next);
	await until('all stand by again', () => patroni.whole(), 120000);
	await prove('a planned change', at, kept);
});

test('I8.4 whoever leads is lost, three times more', { timeout: 900000, skip: !long && 'PADAN_LONG=1' }, async () => {
	for (let i = 0; i < 3; i++) await lose();
});
