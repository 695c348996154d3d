// SPDX-License-Identifier: EUPL-1.2
// PostgreSQL servers of one's own, on loopback, that keep what they commit: to be killed, frozen,
// copied and promoted. tools/with-postgres starts a quick one that keeps nothing; these are for
// what must not be lost.
import { execFileSync, spawn } from 'node:child_process';
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

	async start() {
		run(`${bin}/pg_ctl`, ['-D', this.data, '-l', this.log, '-w', '-t', '60', 'start'], { stdio: 'ignore' });
	}

	get url() {
		return `postgres://padan@127.0.0.1:${this.port}/postgres`;
	}

	database(name) {
		return this.url.replace(/[^/]*$/, name);
	}

	psql(sql, name = 'postgres') {
		return execFileSync('psql', ['-qAtX', '-v', 'ON_ERROR_STOP=1', '-d', this.database(name), '-c', sql], { encoding: 'utf8' }).trim();
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
		if (sync) {
			this.configure({ synchronous_standby_names: `'${name}'`, synchronous_commit: 'on' });
			this.reload();
			await this.until(() => this.psql("SELECT sync_state FROM pg_stat_replication") === 'sync', 'the standby is not synchronous');
		}
		return s;
	}

	async until(done, what, ms = 20000) {
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

	/** The postmaster and whoever it started. */
	pids() {
		const first = Number(readFileSync(`${this.data}/postmaster.pid`, 'utf8').split('\n')[0]);
		const rows = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n').map((l) => l.trim().split(/\s+/).map(Number));
		return [first, ...rows.filter(([, parent]) => parent === first).map(([pid]) => pid)];
	}

	signal(name) {
		for (const pid of this.pids()) {
			try {
				process.kill(pid, name);
			} catch { /* gone already */ }
		}
	}

	/** As a machine that loses its power: nothing is said to anybody. */
	kill() {
		this.signal('SIGKILL');
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
