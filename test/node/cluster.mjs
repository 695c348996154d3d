// SPDX-License-Identifier: EUPL-1.2
// PostgreSQL servers of one's own, on loopback, that keep what they commit: to be killed, frozen,
// copied and promoted. tools/with-postgres starts a quick one that keeps nothing; these are for
// what must not be lost.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../e2e/padan.mjs';

const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
/** Of the newest server that is installed. */
export const bin = readdirSync('/usr/lib/postgresql').sort((a, b) => a - b).map((v) => `/usr/lib/postgresql/${v}/bin`).filter((d) => existsSync(`${d}/initdb`)).at(-1);
const isRoot = process.getuid() === 0;
/* The server refuses to be root. */
export const asServer = (command, args) => (isRoot ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--init-groups', command, ...args]] : [command, args]);
export const ownByServer = (file) => {
	if (!isRoot) return;
	const [, , uid, gid] = readFileSync('/etc/passwd', 'utf8').split('\n').find((l) => l.startsWith('postgres:')).split(':');
	chownSync(file, Number(uid), Number(gid));
};
const run = (command, args, options = {}) => {
	const [c, a] = asServer(command, args);
	return execFileSync(c, a, { encoding: 'utf8', cwd: '/', stdio: ['ignore', 'pipe', 'pipe'], ...options });
};

/** The postmaster of a data directory and whoever it started. */
const serverPids = (data) => {
	const first = Number(readFileSync(`${data}/postmaster.pid`, 'utf8').split('\n')[0]);
	const rows = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n').map((l) => l.trim().split(/\s+/).map(Number));
	return [first, ...rows.filter(([, parent]) => parent === first).map(([pid]) => pid)];
};

const signalAll = (pids, name) => {
	for (const pid of pids) {
		try {
			process.kill(pid, name);
		} catch { /* gone already */ }
	}
};

/** All of a server dies at once, and none of its locks names a process: as after a loss of power. */
export const killServer = (data, sockets) => {
	process.kill(serverPids(data)[0], 'SIGSTOP'); // so that none is born while they are counted
	const pids = serverPids(data);
	signalAll(pids, 'SIGKILL');
	const alive = () => spawnSync('ps', ['-o', 'stat=', '-p', pids.join()], { encoding: 'utf8' }).stdout.split('\n').some((s) => /^[^Z]/.test(s));
	while (alive());
	const locks = readdirSync(sockets).filter((f) => /^\.s\.PGSQL\..*\.lock$/.test(f)).map((f) => `${sockets}/${f}`);
	for (const lock of [`${data}/postmaster.pid`, ...locks]) rmSync(lock, { force: true });
};

export class Cluster {
	/** A fresh primary that runs. `settings`: postgresql.conf, name: value as it is written there. */
	static async create({ settings = {} } = {}) {
		const c = new Cluster();
		await c.place();
		run(`${bin}/initdb`, ['-D', c.data, '-U', 'padan', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']);
		appendFileSync(`${c.data}/pg_hba.conf`, 'host replication all 127.0.0.1/32 trust\n');
		c.configure({ wal_level: 'replica', max_wal_senders: 8, hot_standby: 'on', wal_keep_size: "'256MB'", shared_buffers: "'32MB'", max_connections: 100, ...settings });
		await c.start();
		return c;
	}

	async place() {
		this.base = mkdtempSync(path.join(os.tmpdir(), 'padan-cluster-'));
		ownByServer(this.base);
		chmodSync(this.base, 0o711);
		this.data = `${this.base}/data`;
		this.port = await freePort();
		this.log = `${this.base}/server.log`;
	}

	/** Lines at the end of the settings; the last one of a name holds. reload() or a start makes them true. */
	configure(settings) {
		const lines = { listen_addresses: "'127.0.0.1'", port: this.port, unix_socket_directories: `'${this.base}'`, ...settings };
		appendFileSync(`${this.data}/postgresql.conf`, Object.entries(lines).map(([k, v]) => `${k} = ${v}\n`).join(''));
	}

	reload() {
		run(`${bin}/pg_ctl`, ['-D', this.data, 'reload']);
	}

	/** Whoever asks something meanwhile goes on. */
	async start() {
		const [command, args] = asServer(`${bin}/pg_ctl`, ['-D', this.data, '-l', this.log, '-w', '-t', '60', 'start']);
		const [code] = await once(spawn(command, args, { cwd: '/', stdio: 'ignore' }), 'exit');
		if (code !== 0) throw new Error(`the server did not start: ${readFileSync(this.log, 'utf8').slice(-2000)}`);
	}

	get url() {
		return `postgres://padan@127.0.0.1:${this.port}/postgres`;
	}

	database(name) {
		return this.url.replace(/[^/]*$/, name);
	}

	psql(sql, name = 'postgres') {
		return execFileSync('psql', ['-qAtX', '-v', 'ON_ERROR_STOP=1', '-d', this.database(name), '-c', sql], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
	}

	/** An empty database; its URL. */
	create(name) {
		this.psql(`CREATE DATABASE ${name}`);
		return this.database(name);
	}

	/** A standby of this one that runs; `sync`: this one waits for it at every commit. */
	async standby({ sync = false, name = 'cadangan' } = {}) {
		const s = new Cluster();
		await s.place();
		run(`${bin}/pg_basebackup`, ['-D', s.data, '-d', `${this.url}?application_name=${name}`, '-R', '-X', 'stream', '-c', 'fast', '--no-sync']);
		s.configure({ cluster_name: `'${name}'`, synchronous_standby_names: "''" });
		await s.start();
		if (sync) await this.waitFor(name);
		return s;
	}

	/** From now on every commit here waits for the standby of that name. */
	async waitFor(name, commit = 'on') {
		this.configure({ synchronous_standby_names: `'${name}'`, synchronous_commit: commit });
		this.reload();
		await this.until(() => this.psql("SELECT sync_state FROM pg_stat_replication") === 'sync', 'the standby is not synchronous');
	}

	/** A standby hears no more of its primary. */
	async detach() {
		this.psql("ALTER SYSTEM SET primary_conninfo = ''"); // the file that pg_basebackup -R wrote it to
		this.reload();
		await this.until(() => this.psql('SELECT count(*) FROM pg_stat_wal_receiver') === '0', 'the standby still receives');
	}

	/** A former primary that does not run becomes a standby of the one that took its place: what it had written and nobody
	 * else has is undone (pg_rewind; needs wal_log_hints = on from the beginning). */
	async follow(primary, { sync = false, name = 'cadangan' } = {}) {
		primary.psql('CHECKPOINT'); // of the new history, by which the two are compared
		run(`${bin}/pg_rewind`, ['-D', this.data, '--source-server', `${primary.url}?application_name=${name}`, '-R', '--no-sync']);
		this.configure({ cluster_name: `'${name}'`, synchronous_standby_names: "''" });
		await this.start();
		if (sync) await primary.waitFor(name);
	}

	async until(done, what, ms = 60000) {
		const began = Date.now();
		for (;;) {
			try {
				if (await done()) return Date.now() - began;
			} catch { /* not yet */ }
			if (Date.now() - began > ms) throw new Error(`${what}: ${readFileSync(this.log, 'utf8').slice(-2000)}`);
			await sleep(50);
		}
	}

	/** Make a standby the primary. */
	promote() {
		run(`${bin}/pg_ctl`, ['-D', this.data, '-w', '-t', '60', 'promote'], { stdio: 'ignore' });
	}

	pids() {
		return serverPids(this.data);
	}

	signal(name) {
		signalAll(this.pids(), name);
	}

	/** As a machine that loses its power: nothing is said to anybody. */
	kill() {
		killServer(this.data, this.base);
	}

	/** As a machine that hangs: connections stand, nothing answers. */
	freeze() {
		this.signal('SIGSTOP');
	}

	thaw() {
		this.signal('SIGCONT');
	}

	stop(mode = 'fast') {
		run(`${bin}/pg_ctl`, ['-D', this.data, '-m', mode, '-w', '-t', '60', 'stop'], { stdio: 'ignore' });
	}

	remove() {
		try {
			this.thaw();
			this.stop('immediate');
		} catch { /* not running */ }
		rmSync(this.base, { recursive: true, force: true });
	}
}

/** Start a program in the background as the server's user; its output goes to `log`. */
export const spawnAsServer = (command, args, options) => {
	const [c, a] = asServer(command, args);
	return spawn(c, a, { cwd: '/', ...options });
};
