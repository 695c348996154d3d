// SPDX-License-Identifier: EUPL-1.2
// The population data read from a standby while loads go into its primary: office and registry on
// two servers. Inquiries go on through a load, see the new data once it is there, and get 503, not
// an old answer, while the standby is away.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Browser, OBSERVE, Padan, binary } from '../e2e/padan.mjs';
import { Cluster } from './cluster.mjs';
import { inquire, sleep, until } from './nodes.mjs';

let primary, standby, padan, browser;
before(async () => {
	primary = await Cluster.create();
	const stores = { 'office.url': primary.create('kantor'), 'registry.url': primary.create('penduduk') };
	padan = await Padan.demo({ tls: false, residents: 1000, stores, settings: OBSERVE });
	standby = await primary.standby();
	await until('the standby has the data', () => caughtUp());
	padan.settings = { ...OBSERVE, 'registry.url': standby.database('penduduk') };
	await padan.start();
	browser = await Browser.operator(padan, 'dinkes-operator');
	await browser.go('GET', '/verifikasi');
	browser.csrf = browser.hidden('/verifikasi').csrf;
}, { timeout: 180000 });
after(async () => {
	await padan?.remove();
	[standby, primary].forEach((c) => c?.remove());
});

/* Everything that the primary has said by now has arrived. */
const caughtUp = () => standby.psql(`SELECT pg_last_wal_replay_lsn() >= '${primary.psql('SELECT pg_current_wal_lsn()')}'`) === 't';
const ask = (nik = padan.nik['01'][0]) => inquire(browser, padan, nik);

test('I8.1 the registry is read from a standby, the office from its primary', async () => {
	const re = await ask();
	assert.equal(re.status, 200);
	assert.equal(standby.psql('SELECT pg_is_in_recovery()'), 't');
	assert.equal(padan.journal().filter((e) => e.act === 'lookup').at(-1).outcome, '01');
});

test('I8.1 nothing can be loaded into a standby, and it says so', () => {
	const said = padan.tryRun('registry', 'generate', padan.dir, '--residents', '10', '--set', `registry.url=${standby.database('penduduk')}`);
	assert.notEqual(said.status, 0);
	assert.match(said.stdout + said.stderr, /hanya dapat dibaca/);
});

test('I8.1 a load into the primary is answered from the standby, and no inquiry fails meanwhile', async () => {
	let loading = true;
	const seen = [];
	const load = promisify(execFile)(binary, ['registry', 'generate', padan.dir, '--residents', '20000', '--seed', '7'])
		.finally(() => { loading = false; });
	const asking = (async () => {
		while (loading) {
			seen.push((await ask()).status);
			await sleep(20);
		}
	})();
	await load;
	await asking;
	await until('the standby has the load', () => caughtUp());
	assert.deepEqual(new Set(seen), new Set([200]));
	assert.ok(seen.length > 1, `${seen.length} inquiries during the load`);
	assert.equal(standby.psql('SELECT generation FROM registry_meta', 'penduduk'), '2');
	const somebody = standby.psql('SELECT max(resident_key) % 10000000000000000 FROM resident r JOIN registry_meta m ON r.resident_key / 10000000000000000 = m.slot WHERE facts > 0', 'penduduk');
	assert.equal((await ask(somebody)).status, 200);
	assert.notEqual(padan.journal().filter((e) => e.act === 'lookup').at(-1).outcome, '13');
});

test('I8.2 while the standby is away inquiries get 503 and cost nothing; once it is back they are answered', async () => {
	const hits = () => padan.office('SELECT coalesce(sum(used), 0) AS n FROM quota_day')[0].n;
	const before = hits();
	standby.stop();
	assert.equal((await ask()).status, 503);
	assert.equal((await ask()).status, 503);
	assert.equal(hits(), before);
	await standby.start();
	await until('inquiries are answered again', async () => (await ask()).status === 200);
	assert.equal(padan.tryRun('journal', 'verify', padan.dir).status, 0);
});
