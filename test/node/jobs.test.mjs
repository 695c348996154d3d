// SPDX-License-Identifier: EUPL-1.2
// Jobs that one node does for all: each mail once, each night job once, and when the node that has one dies the other
// takes it after the lease (issue 8.3).
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { OBSERVE, freePort } from '../e2e/padan.mjs';
import { Office, Smtp, until } from './nodes.mjs';

const LONG = !!process.env.PADAN_LONG;
let office, a, b, smtp;
before(async () => {
	const port = await freePort();
	office = await Office.create({ residents: 100, clocks: true, settings: { ...OBSERVE, 'mail.url': `smtp://127.0.0.1:${port}`, 'mail.from': 'padan@dinas.example', 'mail.tls': 'off' } });
	[a, b] = office.nodes;
	smtp = await Smtp.start(path.join(office.base, 'mail'), { port, args: ['--slow', '0.3'] });
	await a.nightDone();
}, { timeout: 180000 });
after(async () => {
	await office?.remove();
	await smtp?.stop();
});
const later = (s, nodes = office.nodes) => nodes.forEach((n) => office.clock(n, n.ahead + s));
const sql = (query) => execFileSync('psql', ['-qX', '-v', 'ON_ERROR_STOP=1', '-d', a.stores['office.url']], { input: `${query};` });
const put = (key, n) => sql(`INSERT INTO mail (key, address, subject, body, state, tries, put_us, next_us, trouble)
	SELECT '${key}:' || i, 'a' || i || '@bpbd.example', 'Tenggat', 'Yang terhormat,', 'waiting', 0, 1, 1, '' FROM generate_series(1, ${n}) i`);
const sent = (key) => office.value(`SELECT count(*) AS n FROM mail WHERE key LIKE '${key}:%' AND state = 'sent'`);
const arrived = () => smtp.log.map((l) => `${l.to[0]} ${/^Message-ID: (.*)\r$/m.exec(readFileSync(path.join(smtp.dir, l.file), 'utf8'))[1]}`);

test('I8.3: mails and two nodes that both send: each arrives once; the node that has one in hand is killed: the other sends it after the lease, as the same message', { timeout: 240000 }, async () => {
	put('surat', 20);
	const held = await until('one has it in hand', () => office.sql("SELECT node, address FROM mail WHERE node IS NOT NULL AND state = 'waiting'")[0], 60000);
	await office.kill(office.nodes[held.node]);
	const other = office.nodes[1 - held.node];
	await until('the rest is sent', () => sent('surat') >= 19, 60000);
	later(301, [other]);
	await until('all sent', () => sent('surat') === 20, 60000);
	const all = arrived();
	assert.equal(new Set(all).size, 20, 'what came twice is the same message');
	assert.ok(all.length <= 21, `${all.length} came`);
	office.clock(office.nodes[held.node], other.ahead);
	await office.start([office.nodes[held.node]]);
	office.sound();
});

test('I8.3, P2.1c: user ids that are over are closed by the night job of one node, once', { timeout: 240000 }, async () => {
	const users = ['operator1', 'operator2', 'dinkes-operator', 'auditor'];
	sql(`UPDATE user_account SET expires_us = 1000000 WHERE user_id IN (${users.map((u) => `'${u}'`).join()})`);
	const ran = () => office.value("SELECT run_us AS n FROM job WHERE name = 'users'"), first = ran();
	later(3700);
	await until('the job ran', () => ran() > first, 60000);
	if (LONG) {
		const second = ran();
		later(3700);
		await until('and again', () => ran() > second, 60000);
	}
	const closed = office.journal().filter((e) => e.act === 'user' && /close/.test(e.about)).map((e) => e.about);
	for (const user of users) assert.equal(closed.filter((x) => x.includes(` ${user}`)).length, 1, `${user}: ${closed.join('; ')}`);
});

test('I8.3: a job that one node began and does not end is taken by the other after its lease, and by neither twice', { timeout: 240000 }, async () => {
	const names = office.sql('SELECT name FROM job').map((r) => r.name);
	assert.ok(names.length >= 6, names.join());
	/* as if node 0 had died with all of them in hand, this very moment */
	await office.kill(a);
	const now = (Date.now() + b.ahead * 1000) * 1000;
	sql(`UPDATE job SET node = 0, until_us = ${now + 60e6}`);
	const taken = () => office.value('SELECT count(*) AS n FROM job WHERE ok_us > ' + now);
	later(61, [b]);
	later(86400, [b]); /* all of them are due */
	await until('all of them ran', () => taken() === names.length, 120000).catch(() => assert.fail(JSON.stringify(office.sql('SELECT * FROM job'))));
	office.clock(a, b.ahead);
	await office.start([a]);
	office.sound();
});
