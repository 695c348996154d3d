// SPDX-License-Identifier: EUPL-1.2
// The primary is lost under load: killed and its synchronous standby promoted, killed and started again, killed
// with commits under way whose fate nobody knows. Two nodes ask for whichever of two servers takes writes.
// PADAN_LONG=1: ten more failovers back and forth at moments of chance.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import path from 'node:path';
import { writeFileSync } from 'node:fs';
import { OBSERVE } from '../e2e/padan.mjs';
import { Cluster } from './cluster.mjs';
import { Load, keepCheckpoints, newKey, verifyKept } from './load.mjs';
import { Office, inquire, sleep } from './nodes.mjs';

const QUOTA = 200; // of BPBD, DOMAIN 1
const PEOPLE = [
	{ user: 'dinkes-operator', instansi: 'DINKES', n: 5 },
	{ user: 'operator1', instansi: 'BPBD', n: 2, limit: QUOTA, pause: 4 },
	{ user: 'kepala', instansi: 'BPBD', n: 1, limit: QUOTA, pause: 4 },
];
let primary, standby, office, load;
before(async () => {
	// fsync: processes die here, not the kernel, which keeps what they wrote
	primary = await Cluster.create({ settings: { wal_log_hints: 'on', fsync: 'off', wal_retrieve_retry_interval: '500' } });
	standby = await primary.standby({ sync: true });
	const server = `postgres://padan@127.0.0.1:${primary.port},127.0.0.1:${standby.port}/postgres?target_session_attrs=read-write&connect_timeout=2`;
	office = await Office.create({ server, settings: { ...OBSERVE, 'checkpoint.every_s': 1, 'office.patience_ms': 5000 }, started: false });
	serviceFile(office.nodes[1]);
	await office.start();
	load = await Load.of(office, PEOPLE);
}, { timeout: 240000 });
after(async () => {
	load?.abandon();
	await office?.remove();
	[standby, primary].forEach((c) => c?.remove());
});

/** A node may find the servers in libpq's service file, where URLs grow too long for a line of padan.conf. */
const serviceFile = (node) => {
	const file = path.join(node.dir, 'pg_service.conf');
	writeFileSync(file, `[padan]\nhost=127.0.0.1,127.0.0.1\nport=${primary.port},${standby.port}\nuser=padan\ntarget_session_attrs=read-write\nconnect_timeout=2\n`);
	node.env = { ...node.env, PGSERVICEFILE: file };
	for (const [key, url] of Object.entries(node.stores)) node.settings[key] = `postgres:///${/([^/]+)\?/.exec(url)[1]}?service=padan`;
};

/** The roles change: what was killed is mended and stands by. */
const heal = async () => {
	await primary.follow(standby, { sync: true });
	[primary, standby] = [standby, primary];
};

const killed = () => {
	primary.kill();
	return Date.now();
};

/** All were answered, everything stands once where it should, the logs go on from checkpoints kept before. */
const prove = async (what, at, kept) => {
	await load.stop();
	const { ms, refused, slowest } = load.gap(at);
	assert.deepEqual([...load.troubles(), ...verifyKept(kept)], []);
	console.log(`# ${what}: ${ms} ms without an answer, ${refused} refused meanwhile (the slowest after ${slowest} ms), ${load.answers.length} answers so far`);
};

test('I8.4 the primary is killed under load and the synchronous standby promoted: nothing answered is lost or doubled, the quota runs out meanwhile and holds', { timeout: 180000 }, async () => {
	load.start();
	await load.until('the quota is nearly spent', () => load.hits('BPBD') >= QUOTA - 25);
	const kept = keepCheckpoints(office);
	const at = killed();
	await sleep(300);
	standby.promote();
	await load.more(40);
	await load.until('the quota is spent', () => load.answers.some((a) => a.outcome === '05'));
	await prove('killed and promoted', at, kept);
	assert.equal(office.used('BPBD'), QUOTA);
	await heal();
});

test('I8.4 the primary is killed under load and started again: nothing answered is lost or doubled', { timeout: 180000 }, async () => {
	load.start();
	await load.more(20);
	const kept = keepCheckpoints(office);
	const at = killed();
	await sleep(300);
	await primary.start();
	await load.more(40);
	await prove('killed and started again', at, kept);
	await primary.waitFor('cadangan');
});

test('I8.4 commits that reached the standby and were never confirmed: asked again, they are repeats and cost nothing', { timeout: 180000 }, async () => {
	await primary.waitFor('cadangan', 'remote_apply'); // a commit waits until the standby shows it
	load.start();
	await load.more(20);
	const kept = keepCheckpoints(office);
	standby.psql('SELECT pg_wal_replay_pause()');
	await primary.until(() => Number(primary.psql("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")) >= 1, 'nobody waits at COMMIT');
	const before = load.asked.length;
	const at = killed();
	standby.promote(); // ends the pause: what it has, it applies
	await load.more(40);
	await prove('commits that were there after all', at, kept);
	const lost = load.asked.slice(0, before).filter((a) => a.answers.length && a.answers[0].at > at);
	assert.ok(lost.length > 0, 'nobody was left without an answer');
	await heal();
});

test('I8.4 commits that never reached the standby and were never confirmed: nobody was answered, and they are made anew', { timeout: 180000 }, async () => {
	load.start();
	await load.more(20);
	const kept = keepCheckpoints(office);
	await standby.detach();
	await primary.until(() => Number(primary.psql("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")) >= 1, 'nobody waits at COMMIT');
	const at = killed();
	standby.promote();
	await load.more(40);
	await prove('commits that were lost with the primary', at, kept);
	await heal();
});

/* Whoever waits for a standby can be stopped waiting: the server then says COMMIT, and warns (decision 0043). */
test('I8.4 a commit that somebody stopped waiting for the standby is no answer', { timeout: 180000 }, async () => {
	const [{ browser, csrf }] = load.sessions, [node] = office.nodes;
	await standby.detach();
	let re;
	const asked = inquire(browser, node, node.nik['01'][0], { csrf, key: newKey() }).then((r) => { re = r; });
	await primary.until(() => re || primary.psql("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'") !== '0', 'nobody waits at COMMIT');
	await primary.until(() => {
		primary.psql("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
		return re;
	}, 'no reply');
	await asked;
	assert.equal(re.status, 503);
	killed();
	standby.promote();
	await heal();
});

const rounds = process.env.PADAN_LONG ? 10 : 0;
test(`I8.4 ${rounds} failovers back and forth at moments of chance`, { timeout: 1800000, skip: !rounds && 'PADAN_LONG=1' }, async () => {
	for (let i = 0; i < rounds; i++) {
		load.start();
		await load.more(20);
		const kept = keepCheckpoints(office);
		await sleep(Math.random() * 1000);
		const at = killed();
		await sleep(Math.random() * 1000);
		standby.promote();
		await load.more(50);
		await prove(`failover ${i + 1}`, at, kept);
		await heal();
	}
});

test('I8.4 the proof can fail: a standby that nobody waited for lacks what was answered, and the kept checkpoint tells', { timeout: 180000 }, async () => {
	primary.configure({ synchronous_standby_names: "''" });
	primary.reload();
	await standby.detach();
	load.start();
	await load.more(20);
	const kept = keepCheckpoints(office);
	killed();
	standby.promote();
	await load.more(20);
	await load.stop();
	const troubles = load.troubles();
	assert.ok(troubles.some((t) => /is not in the journal/.test(t)), troubles.slice(0, 5).join('\n'));
	assert.equal(verifyKept(kept).length, office.nodes.length, 'each log is shorter than the checkpoint that was kept');
});
