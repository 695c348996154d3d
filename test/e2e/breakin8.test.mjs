// SPDX-License-Identifier: EUPL-1.2
// Attempts on backups (issue 8): whoever may write where backups lie puts one of his own making there.
// What he has is the public key, and the mark of the master key that every backup shows.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Padan, OBSERVE } from './padan.mjs';

const skip = process.env.PADAN_E2E_STORE === 'postgres' ? 'an office on PostgreSQL has other tools' : false;
const sql = (file, text) => execFileSync('sqlite3', [file, text], { encoding: 'utf8' }).trim();

let office, secret, key;
const at = (name) => path.join(office.dir, '..', name);
before(async () => {
	if (skip) return;
	office = await Padan.demo({ residents: 50, tls: false, settings: OBSERVE });
	secret = at('kunci');
	key = office.run('backup-key', 'new', secret).trim();
});
after(() => office?.remove());

test('I8.6 a backup with a log that another wrote is refused, whatever master key it names', { skip }, async () => {
	const other = at('lain'), forged = at('palsu.padan'), db = path.join(office.dir, 'office.db');
	office.run('init', other, '--demo', '--residents', '50', '--set', 'journal.node=5');
	/* his keys would not open: without them the log stands on its own signatures */
	sql(path.join(other, 'office.db'), 'DELETE FROM journal_key');
	copyFileSync(db, at('benar.db'));
	for (const left of ['-wal', '-shm']) rmSync(db + left, { force: true });
	copyFileSync(path.join(other, 'office.db'), db);
	office.run('backup', office.dir, forged, '--key', key); /* seals it, with the right mark */
	copyFileSync(at('benar.db'), db);

	const re = office.tryRun('restore', forged, at('pulih'), '--key', secret, '--master-key', path.join(office.dir, 'keys/master.key'));
	assert.equal(re.status, 1, re.stdout + re.stderr);
	assert.match(re.stderr, /Kunci tanda tangan log 5 tidak ada/);
	for (const name of ['pulih', 'pulih.sebagian']) assert.equal(existsSync(at(name)), false, name);
});

test('I8.6 what a restore ends and spends is in the office it made, in no other', { skip }, async () => {
	const good = at('baik.padan'), into = at('pulih-2'), db = path.join(office.dir, 'office.db');
	office.run('backup', office.dir, good, '--key', key);
	const entries = () => sql(db, 'SELECT count(*) FROM journal_entry'), was = entries();
	const re = office.tryRun('restore', good, into, '--key', secret, '--master-key', path.join(office.dir, 'keys/master.key'),
		'--set', `office.url=sqlite:${db}`);
	assert.equal(re.status, 100, re.stdout + re.stderr);
	assert.match(re.stderr, /office\.url/);
	assert.equal(entries(), was, 'the other office was told that it was restored');
	assert.equal(existsSync(into), false);
});
