// SPDX-License-Identifier: EUPL-1.2
// Settings of the server that break a promise of Padan (doc/postgres.md): a log that says who was looked up, commits that
// are not durable. `padan check` says what is wrong and what to set, and Padan sets what it may.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Browser, OBSERVE, Padan } from '../e2e/padan.mjs';
import { Cluster } from './cluster.mjs';
import { until } from './nodes.mjs';

let cluster, padan;
const owned = (name) => {
	cluster.psql(`CREATE DATABASE ${name} OWNER padan_biasa`);
	return cluster.database(name).replace('padan@', 'padan_biasa@');
};
before(async () => {
	cluster = await Cluster.create();
	cluster.psql('CREATE ROLE padan_biasa LOGIN'); /* an ordinary one, as an office has it */
	padan = await Padan.demo({ tls: false, residents: 300, settings: OBSERVE, stores: { 'office.url': owned('kantor'), 'registry.url': owned('penduduk') } });
}, { timeout: 180000 });
after(async () => {
	await padan?.remove();
	cluster?.remove();
});

/** What `padan check` says of the two servers, and how it ends. */
const check = (...more) => {
	const said = padan.tryRun('check', padan.dir, ...more);
	const row = (name) => said.stdout.split('\n').find((l) => new RegExp(`^\\S+ +${name} {2}`).test(l)).replace(/ +/g, ' ');
	return { status: said.status, office: row('peladen'), registry: row('peladen data') };
};
const CURE = /sebagai superuser jalankan ALTER ROLE "padan_biasa" SET log_parameter_max_length = 0, lalu mulai ulang padan$/;
/** What the server writes into its log while somebody is looked up; the statement itself is there. */
const written = async (nik) => {
	const began = readFileSync(cluster.log, 'utf8').length, now = () => readFileSync(cluster.log, 'utf8').slice(began);
	await padan.start();
	const b = await Browser.operator(padan);
	assert.match((await b.verify(nik)).body, /Nama lengkap/);
	await padan.stop();
	await until('the look-up is in the log', () => /execute \S+: SELECT.*generation.*resident/.test(now()));
	return now();
};

test('P2.2j as PostgreSQL comes, its log would hold NIKs one day: a warning that says what to set', () => {
	const said = check();
	assert.equal(said.status, 0);
	assert.match(said.office, /^PERINGATAN peladen log peladen akan memuat isi kueri begitu kueri dicatat \(log_parameter_max_length=-1\)/);
	assert.match(said.registry, /^PERINGATAN peladen data log peladen akan memuat NIK begitu kueri dicatat \(log_parameter_max_length=-1\)/);
	for (const row of [said.office, said.registry]) assert.match(row, CURE);
});

test('P2.2j statements are logged: the log holds NIKs, and check fails; as it says it is mended', { timeout: 120000 }, async () => {
	const [first, second] = padan.nik['01'];
	cluster.psql('ALTER DATABASE penduduk SET log_min_duration_statement = 0');
	const wrong = check();
	assert.equal(wrong.status, 1);
	assert.match(wrong.office, /^PERINGATAN/);
	assert.match(wrong.registry, /^SALAH peladen data log peladen memuat NIK \(log_min_duration_statement=0, log_parameter_max_length=-1\)/);
	assert.match(wrong.registry, CURE);
	assert.ok((await written(first)).includes(first), 'so it is');
	cluster.psql('ALTER ROLE padan_biasa SET log_parameter_max_length = 0');
	const good = check();
	assert.equal(good.status, 0);
	assert.match(good.office, /^baik peladen fsync dan full_page_writes menyala; log peladen tidak memuat isi kueri$/);
	assert.match(good.registry, /^baik peladen data .*log peladen tidak memuat NIK$/);
	assert.ok(!(await written(second)).includes(second), 'and so it is');
	cluster.psql('ALTER ROLE padan_biasa RESET ALL');
	assert.match(check().registry, /^SALAH/);
	assert.match(check('--set', `registry.url=${cluster.database('penduduk')}`).registry, /^baik/, 'a role that may sets it by itself');
});

for (const [logger, value, harmless] of [['log_statement', 'mod', 'ddl'], ['log_min_duration_sample', '250ms', '-1'], ['log_transaction_sample_rate', '0.5', '0']])
	test(`P2.2j so does ${logger}`, () => {
		cluster.psql('ALTER DATABASE penduduk RESET ALL');
		cluster.psql(`ALTER DATABASE penduduk SET ${logger} = '${value}'`);
		assert.ok(check().registry.startsWith(`SALAH peladen data log peladen memuat NIK (${logger}=${value}, `));
		cluster.psql(`ALTER DATABASE penduduk SET ${logger} = '${harmless}'`);
		assert.match(check().registry, /^PERINGATAN/);
	});

for (const name of ['fsync', 'full_page_writes'])
	test(`what is answered is durable: check fails where ${name} is off`, async () => {
		const set = async (value) => {
			cluster.configure({ [name]: value });
			cluster.reload();
			await until('it holds', () => cluster.psql(`SHOW ${name}`) === value);
		};
		await set('off');
		const { status, office, registry } = check();
		await set('on');
		assert.equal(status, 1);
		for (const row of [office, registry]) assert.match(row, new RegExp(`^SALAH .* ${name}=off: yang sudah dijawab dapat hilang bila mesin mati; setel ${name}=on$`));
		assert.match(check().office, /^PERINGATAN/);
	});
