// SPDX-License-Identifier: EUPL-1.2
// The set-up of doc/failover.md on loopback: the files of data/patroni/ as they are, but for addresses, ports,
// paths and times; three members of etcd, three servers under Patroni, HAProxy in front.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort, root } from '../e2e/padan.mjs';
import { bin, killServer, ownByServer, spawnAsServer } from './cluster.mjs';
import { until } from './nodes.mjs';

/** Short enough for a test, long enough for a slow machine: a leader is replaced when it was silent for `ttl`. */
const TIMES = { ttl: 12, loop_wait: 1, retry_timeout: 5 };
const MEMBERS = [1, 2, 3];
const SAMPLE = path.join(root, 'data/patroni');
const POSTGRES_PASSWORD = 'ganti-sandi-postgres', PADAN_PASSWORD = 'padan-uji';

const withPorts = async (names) => Object.fromEntries(await Promise.all(names.map(async (n) => [n, await freePort()])));

export class Patroni {
	static async create() {
		const p = new Patroni();
		try {
			return await p.make();
		} catch (e) {
			await p.remove();
			throw e;
		}
	}

	async make() {
		this.base = mkdtempSync(path.join(os.tmpdir(), 'padan-patroni-'));
		ownByServer(this.base);
		chmodSync(this.base, 0o711);
		this.running = new Map();
		/* what stands behind the address of one machine in the samples */
		this.ports = {};
		for (const k of MEMBERS) this.ports[k] = await withPorts(['2379', '2380', '5432', '8008']);
		this.proxy = await freePort();
		for (const k of MEMBERS) this.etcd(k);
		for (const k of MEMBERS) this.configure(k);
		this.start(1);
		await until('the first server leads', () => this.leader(), 60000);
		for (const k of MEMBERS.slice(1)) this.start(k);
		this.haproxy();
		await until('all stand by, one of them waited for', () => this.whole(), 90000);
		return this;
	}

	/** The text of a sample for machine k, made as doc/failover.md has it made, and then here. */
	text(sample, k) {
		return execFileSync('sed', ['-e', '/192\\.0\\.2\\.12/b', '-e', `s/192\\.0\\.2\\.11/192.0.2.1${k}/g; s/pg1/pg${k}/g`, path.join(SAMPLE, sample)], { encoding: 'utf8' })
			.split('\n').filter((line) => !line.startsWith('#'))
			.map((line) => line.replace(/192\.0\.2\.1(\d):5432 check port 8008/, (_, m) => `127.0.0.1:${this.ports[m]['5432']} check port ${this.ports[m]['8008']}`))
			.map((line) => line.replace(/192\.0\.2\.1(\d):(\d+)/g, (_, m, port) => `127.0.0.1:${this.ports[m][port]}`))
			.map((line) => line.replace('192.0.2.0/24', '127.0.0.1/32').replace('192.0.2.20:5000', `127.0.0.1:${this.proxy}`))
			.map((line) => line.replace('/var/lib/etcd/padan', `${this.base}/etcd${k}`).replace('/var/lib/postgresql/15/padan', `${this.base}/data${k}`)
				.replace('/usr/lib/postgresql/15/bin', bin).replace('/var/lib/postgresql/pgpass-patroni', `${this.base}/pgpass${k}`)
				.replace('/var/run/postgresql', `${this.base}/run${k}`))
			.map((line) => line.replace(/^(\s+)(ttl|loop_wait|retry_timeout): .*/, (_, space, name) => `${space}${name}: ${TIMES[name]}`))
			.join('\n');
	}

	write(name, text) {
		if (/192\.0\.2\.|\/var\//.test(text)) throw new Error(`${name} still names the machines of the sample:\n${text}`);
		const file = path.join(this.base, name);
		writeFileSync(file, text);
		return file;
	}

	spawn(name, command, args, env = {}) {
		const log = openSync(path.join(this.base, `${name}.log`), 'a');
		this.running.set(name, spawnAsServer(command, args, { stdio: ['ignore', log, log], env: { PATH: `/usr/bin:/bin:${bin}`, LANG: 'C.UTF-8', HOME: this.base, ...env } }));
	}

	etcd(k) {
		const lines = this.text('etcd', k).split('\n').filter((l) => /^ETCD_/.test(l)).map((l) => [l.slice(0, l.indexOf('=')), l.slice(l.indexOf('=') + 1)]);
		this.write(`etcd${k}.env`, lines.map((l) => l.join('=')).join('\n'));
		this.spawn(`etcd${k}`, '/usr/bin/etcd', [], Object.fromEntries(lines));
	}

	configure(k) {
		mkdirSync(path.join(this.base, `run${k}`));
		ownByServer(path.join(this.base, `run${k}`));
		ownByServer(this.write(`config${k}.yml`, this.text('config.yml', k)));
	}

	start(k) {
		this.spawn(`patroni${k}`, '/usr/bin/patroni', [path.join(this.base, `config${k}.yml`)]);
	}

	haproxy() {
		this.spawn('haproxy', '/usr/sbin/haproxy', ['-db', '-f', this.write('haproxy.cfg', `${this.text('haproxy.cfg', 1)}\n`)]);
	}

	/** As a machine that loses its power: its server, its Patroni (and, of course, its memory). */
	async kill(k) {
		const patroni = this.running.get(`patroni${k}`);
		patroni.kill('SIGKILL');
		killServer(path.join(this.base, `data${k}`), path.join(this.base, `run${k}`));
		this.running.delete(`patroni${k}`);
	}

	/** What Patroni says of all members; [] when it cannot be asked. */
	async members() {
		for (const k of MEMBERS) {
			try {
				const re = await fetch(`http://127.0.0.1:${this.ports[k]['8008']}/cluster`, { signal: AbortSignal.timeout(2000) });
				return (await re.json()).members ?? [];
			} catch { /* the next */ }
		}
		return [];
	}

	/** The number of the member that takes writes, or null. */
	async leader() {
		for (const k of MEMBERS) {
			try {
				const re = await fetch(`http://127.0.0.1:${this.ports[k]['8008']}/primary`, { signal: AbortSignal.timeout(2000) });
				if (re.status === 200) return k;
			} catch { /* not he */ }
		}
		return null;
	}

	/** One leads, the others stream from it, one of them is waited for. */
	async whole() {
		const members = await this.members();
		const of = (role) => members.filter((m) => m.role === role && m.state === 'running').length;
		return members.length === MEMBERS.length && of('leader') === 1 && of('sync_standby') === 1 && of('replica') === MEMBERS.length - 2
			&& this.psql("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'") === String(MEMBERS.length - 1);
	}

	/** The URL that names all servers; or HAProxy's one. */
	url(name, { proxy = false, user = 'padan', password = PADAN_PASSWORD } = {}) {
		const hosts = proxy ? `127.0.0.1:${this.proxy}` : MEMBERS.map((k) => `127.0.0.1:${this.ports[k]['5432']}`).join();
		return `postgres://${user}:${password}@${hosts}/${name}?connect_timeout=2${proxy ? '' : '&target_session_attrs=read-write'}`;
	}

	psql(sql) {
		try {
			return execFileSync('psql', ['-qAtX', '-d', this.url('postgres', { user: 'postgres', password: POSTGRES_PASSWORD }), '-c', sql], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
		} catch (e) {
			return e.stderr;
		}
	}

	/** As doc/failover.md has it made. */
	makeRole() {
		this.psql(`CREATE ROLE padan LOGIN CREATEDB PASSWORD '${PADAN_PASSWORD}'`);
	}

	/** A planned change of the leader. */
	switchover(from, to) {
		execFileSync('/usr/bin/patronictl', ['-c', path.join(this.base, 'config1.yml'), 'switchover', '--force', '--leader', `pg${from}`, '--candidate', `pg${to}`, 'padan'],
			{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', HOME: this.base } });
	}

	log(name) {
		return readFileSync(path.join(this.base, `${name}.log`), 'utf8');
	}

	async remove() {
		for (const [name, process] of this.running) if (name.startsWith('patroni')) process.kill('SIGKILL');
		for (const k of MEMBERS) {
			try {
				killServer(path.join(this.base, `data${k}`), path.join(this.base, `run${k}`));
			} catch { /* not running */ }
		}
		await Promise.all([...this.running.values()].map((process) => new Promise((gone) => {
			if (process.exitCode !== null || process.signalCode !== null) return gone();
			process.once('exit', gone);
			process.kill('SIGKILL');
		})));
		rmSync(this.base, { recursive: true, force: true });
	}
}
