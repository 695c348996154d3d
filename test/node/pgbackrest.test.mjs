// SPDX-License-Identifier: EUPL-1.2
// An office on PostgreSQL is backed up with pgBackRest as doc/backup.md says, and what comes back is held
// against the journal's last checkpoint: whole, or told which entries are missing (issue 8, point 6).
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Cluster, asServer, ownByServer } from './cluster.mjs';
import { Padan, Browser, OBSERVE, text } from '../e2e/padan.mjs';

let primary, again, earlier, padan, config, sizes = {}, notes = {};
const rest = (...args) => {
	const [c, a] = asServer('pgbackrest', [`--config=${config}`, '--stanza=padan', ...args]);
	return execFileSync(c, a, { encoding: 'utf8', cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
};
const owned = (dir) => {
	mkdirSync(dir, { mode: 0o700 });
	ownByServer(dir);
	return dir;
};

/* As the page says, with places of the test's own. */
const configure = (cluster) => {
	const base = cluster.base;
	config = `${base}/pgbackrest.conf`;
	for (const dir of ['repo', 'log', 'lock', 'spool']) owned(`${base}/${dir}`);
	writeFileSync(config, `[global]
repo1-path=${base}/repo
repo1-retention-full=2
repo1-cipher-type=aes-256-cbc
repo1-cipher-pass=${'uji'.repeat(16)}
log-path=${base}/log
lock-path=${base}/lock
spool-path=${base}/spool
start-fast=y
compress-type=gz

[padan]
pg1-path=${cluster.data}
pg1-port=${cluster.port}
pg1-socket-path=${base}
pg1-user=padan
pg1-database=postgres
`);
	ownByServer(config);
	chmodSync(config, 0o600);
};

/* Every segment up to this moment has reached the repository. */
const archived = () => {
	const last = primary.psql("SELECT pg_walfile_name(pg_switch_wal())");
	return primary.until(() => primary.psql('SELECT last_archived_wal FROM pg_stat_archiver') >= last, 'the archive is behind', 30000);
};
const inquiries = async (n) => {
	const b = await Browser.operator(padan, 'dinkes-operator');
	for (let i = 0; i < n; i++) assert.match(text((await b.verify(padan.nik['01'][i])).body), /Nama lengkap/);
};
const note = (name) => {
	notes[name] = path.join(padan.dir, '..', name);
	writeFileSync(notes[name], padan.run('journal', 'checkpoint', padan.dir));
	sizes[name] = Number(readFileSync(notes[name], 'utf8').split('\n')[1]);
};
/* A server of its own out of the repository. */
const restored = async (...target) => {
	const c = new Cluster();
	await c.place();
	owned(c.data);
	rest(`--pg1-path=${c.data}`, ...target, 'restore');
	/* the old one may still be archiving: a restored server writes to a place of its own */
	c.configure({ archive_mode: 'off', unix_socket_directories: `'${c.base}'` });
	await c.start();
	await c.until(() => c.psql('SELECT pg_is_in_recovery()') === 'f', 'it does not end its recovery', 30000);
	return c;
};
const verify = (cluster, name) => padan.tryRun('journal', 'verify', padan.dir, '--checkpoint', notes[name],
	'--set', `office.url=${cluster.database('office')}`, '--set', `registry.url=${cluster.database('registry')}`);

before(async () => {
	primary = await Cluster.create({ settings: { archive_mode: 'on', archive_command: "'false'" } });
	configure(primary);
	primary.configure({ archive_command: `'pgbackrest --config=${config} --stanza=padan archive-push %p'` });
	primary.reload();
	const stores = { 'office.url': primary.create('office'), 'registry.url': primary.create('registry') };
	Padan.postgresStores = () => stores;
	padan = await (await Padan.demo({ tls: false, residents: 500, settings: OBSERVE })).start();
	rest('stanza-create');
	rest('--type=full', 'backup');
	await inquiries(3);
	note('lama');
	primary.psql("SELECT pg_create_restore_point('sebelum')");
	await inquiries(4);
	await padan.stop();
	note('baru');
	await archived();
	primary.kill(); // it is lost, and nothing but the repository is left
}, { timeout: 120000 });
after(async () => {
	await padan?.remove();
	[again, earlier, primary].forEach((c) => c?.remove());
});

test('I8.6 restored to the end of the archive, the journal agrees with the last checkpoint kept elsewhere', { timeout: 60000 }, async () => {
	again = await restored();
	for (const name of ['lama', 'baru']) {
		const re = verify(again, name);
		assert.equal(re.status, 0, re.stdout + re.stderr);
		assert.match(re.stdout, /^utuh: \d+ entri/);
	}
});

test('I8.6 restored to a moment before the checkpoint, it is refused and says from which entry on', { timeout: 60000 }, async () => {
	earlier = await restored('--type=name', '--target=sebelum', '--target-action=promote');
	assert.equal(verify(earlier, 'lama').status, 0);
	const re = verify(earlier, 'baru');
	assert.equal(re.status, 1);
	const [, covers, there] = /mencakup (\d+) entri, yang ada (\d+)/.exec(re.stdout);
	assert.equal(Number(covers), sizes.baru);
	assert.ok(Number(there) >= sizes.lama && Number(there) < sizes.baru);
	assert.match(re.stdout, new RegExp(`entri pertama yang salah: ${there}\n`));
});
