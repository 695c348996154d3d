// SPDX-License-Identifier: EUPL-1.2
// An office that an older Padan made is brought to this one, with a way back: issue 8, point 6. The older
// office is this one without its newest step, as a database that never took it.
import { test, before, after, afterEach } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Padan, Browser, OBSERVE, text } from './padan.mjs';

const embedded = process.env.PADAN_E2E_STORE !== 'postgres';
const both = (r) => r.stdout + r.stderr;

/* What report/affected.sql made, taken out again. */
const older = () => padan.fill(`DROP TABLE affected_mark; DROP TABLE affected_user; DROP TABLE affected_access; DROP TABLE affected_person;
	DROP TABLE affected_list; DELETE FROM schema_step WHERE room = 'affected'`);
const steps = () => padan.office('SELECT count(*) AS n FROM schema_step')[0].n;
const entries = () => padan.office('SELECT count(*) AS n FROM journal_entry')[0].n;
const copies = () => readdirSync(padan.dir).filter((n) => n.startsWith('office.db.sebelum-')).sort();

let padan, all;
before(async () => {
	padan = await Padan.demo({ tls: false, settings: OBSERVE, residents: 500 });
	all = steps();
});
afterEach(() => padan.stop());
after(() => padan?.remove());

test('I8.6 a fresh office is no upgrade', () => {
	assert.deepEqual(copies(), []);
	padan.run('upgrade', padan.dir);
	assert.deepEqual(copies(), []);
	assert.equal(steps(), all);
});

test('I8.6 embedded: the first verb upgrades, keeps a checked copy and tells where; --back puts it back', { skip: embedded ? false : 'PostgreSQL' }, () => {
	older();
	const had = entries(), re = padan.tryRun('upgrade', padan.dir);
	assert.equal(re.status, 0, both(re));
	assert.match(re.stderr, new RegExp(`office\\.db\\.sebelum-${all - 1}`));
	assert.match(re.stderr, /padan upgrade DIR --back/);
	assert.equal(steps(), all);
	assert.deepEqual(copies(), [`office.db.sebelum-${all - 1}`]);
	assert.equal(padan.tryRun('upgrade', padan.dir).stderr, '', 'once');

	const back = padan.tryRun('upgrade', padan.dir, '--back');
	assert.equal(back.status, 0, both(back));
	assert.equal(steps(), all - 1);
	assert.equal(padan.office("SELECT count(*) AS n FROM sqlite_master WHERE name = 'affected_list'")[0].n, 0);
	assert.equal(entries(), had);
	assert.deepEqual(copies(), []);
	assert.ok(existsSync(path.join(padan.dir, 'office.db.ditinggalkan')));
	assert.equal(padan.tryRun('upgrade', padan.dir, '--back').status, 1, 'there is nothing more to go back to');
	assert.equal(steps(), all - 1, 'and asking did not upgrade');
});

test('I8.6 embedded: what was journaled since is lost only by who names how much', { skip: embedded ? false : 'PostgreSQL' }, async () => {
	padan.run('upgrade', padan.dir);
	await padan.start();
	const held = padan.tryRun('upgrade', padan.dir, '--back');
	assert.equal(held.status, 1, both(held));
	assert.match(held.stderr, /padan\.lock sedang dipakai/);
	await padan.stop();
	const re = padan.tryRun('upgrade', padan.dir, '--back');
	assert.equal(re.status, 1, both(re));
	const lost = Number(/--lose-entries (\d+)/.exec(re.stderr)[1]);
	assert.ok(lost >= 2, 'the start and the stop at least');
	assert.equal(padan.tryRun('upgrade', padan.dir, '--back', '--lose-entries', String(lost + 1)).status, 1);
	assert.equal(steps(), all);
	const now = entries();
	padan.run('upgrade', padan.dir, '--back', '--lose-entries', String(lost));
	assert.equal(entries(), now - lost);
	assert.equal(steps(), all - 1);
	assert.equal(padan.tryRun('journal', 'verify', padan.dir).status, 0);
});

test('I8.6 embedded: the newest two copies stay', { skip: embedded ? false : 'PostgreSQL' }, () => {
	padan.run('upgrade', padan.dir);
	for (const n of [3, 7, 11]) {
		older();
		padan.fill(`INSERT INTO schema_step SELECT 'x' || value, 1, 1 FROM json_each('[${Array(n).fill(0).map((_, i) => i + 1)}]')`);
		padan.run('upgrade', padan.dir);
		padan.fill("DELETE FROM schema_step WHERE room LIKE 'x%'");
	}
	assert.deepEqual(copies(), [`office.db.sebelum-${all + 6}`, `office.db.sebelum-${all + 10}`]);
	assert.equal(readdirSync(padan.dir).filter((n) => n.includes('baru-')).length, 0);
});

test('I8.6 an office that other tools put back is settled: sessions end, the quota of today is spent, the journal says so', async () => {
	padan.run('upgrade', padan.dir);
	await padan.start();
	const b = await Browser.operator(padan);
	assert.match(text((await b.verify(padan.nik['01'][0])).body), /Nama lengkap/);
	await padan.stop();
	const re = padan.tryRun('restore', 'settle', padan.dir, '--lose-entries', '57');
	assert.equal(re.status, 0, both(re));
	assert.match(re.stdout, /^1 sesi dan 0 token akses diakhiri; sisa kuota hari ini \(199 hit\) dianggap terpakai/);
	assert.equal(padan.office('SELECT count(*) AS n FROM session')[0].n, 0);
	assert.equal(padan.office('SELECT used FROM quota_day WHERE used > 1')[0].used, 200);
	assert.match(padan.journal().find((e) => e.act === 'restore').about, /^cli: restore; entries missing: 57; sessions ended: 1; quota of today: spent$/);
});

test('I8.6 PostgreSQL: nobody upgrades in passing; padan upgrade does and names the place to go back to', { skip: embedded ? 'embedded' : false }, async () => {
	older();
	for (const verb of ['serve', 'check', 'user']) {
		const re = padan.tryRun(...(verb === 'user' ? ['user', 'list', padan.dir] : [verb, padan.dir]));
		assert.equal(re.status, 1, both(re));
		assert.match(both(re), /padan upgrade DIR/);
	}
	assert.equal(steps(), all - 1);
	const re = padan.tryRun('upgrade', padan.dir);
	assert.equal(re.status, 0, both(re));
	assert.match(re.stdout, new RegExp(`titik kembali di log PostgreSQL: (padan-sebelum-${all - 1} \\()?[0-9A-F]+/[0-9A-F]+`));
	assert.equal(steps(), all);
	const back = padan.tryRun('upgrade', padan.dir, '--back');
	assert.equal(back.status, 1);
	assert.match(back.stderr, /pgBackRest/);
	await padan.start();
});
