// SPDX-License-Identifier: EUPL-1.2
// Which node writes which log: numbers are leases with a fence (journal/lease.h).
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { binary, OBSERVE } from '../e2e/padan.mjs';
import { spawnSync } from 'node:child_process';
import { Office, outcomeOf, inquire, until } from './nodes.mjs';

const FREE = { 'journal.node': -1 }, SILENCE = { 'node.silence_s': 6 };
const settings = { ...OBSERVE, ...SILENCE };
let office, third; /* third: a directory beside those of the office, used for what is needed */
before(async () => {
	office = await Office.create({ settings, of: [FREE, FREE] });
	third = office.add();
	office.nodes.pop();
}, { timeout: 180000 });
after(async () => {
	await third?.stop();
	await office?.remove();
});

const set = (s) => Object.entries(s).flatMap(([k, v]) => ['--set', `${k}=${v}`]);
const list = (node) => node.run('node', 'list', node.dir, ...set({ ...SILENCE })).trim().split('\n').map((l) => {
	const [, number, state, fence, rest] = /^\s*(\d+)\s+(\S+)\s+pagar (\d+)\s+(.*)$/.exec(l);
	return { number: Number(number), state, fence: Number(fence), own: rest.endsWith('(direktori ini)') };
});
/** The number a running node took, by its own log. */
const numberOf = (node) => Number([...node.log().matchAll(/simpul (\d+), pagar \d+/g)].at(-1)[1]);
/** Entries of a log, whoever wrote them. */
const entries = (number) => {
	const file = path.join(office.base, 'export.ndjson');
	office.first.run('journal', 'export', office.first.dir, file, '--log', String(number));
	return readFileSync(file, 'utf8').trimEnd().split('\n').map((l) => JSON.parse(l)).filter((l) => l.entry).map((l) => l.entry);
};
const verify = (...args) => office.first.tryRun('journal', 'verify', office.first.dir, ...args);

test('I8.3 two nodes that ask for any number get two, keep them, and each signs a log of its own', async () => {
	const [a, b] = office.nodes;
	assert.deepEqual([numberOf(a), numberOf(b)].sort(), [0, 1]);
	const heard = await until('each is heard', () => { const all = list(a); return all.every((l) => l.state === 'hidup') && all; });
	assert.deepEqual(heard.map((l) => [l.number, l.state, l.own]), [[0, 'hidup', numberOf(a) === 0], [1, 'hidup', numberOf(a) === 1]]);
	const before = [numberOf(a), numberOf(b)];
	await office.stop();
	assert.deepEqual(list(a).map((l) => l.state), ['bebas', 'bebas'], 'an orderly stop gives the number back');
	await office.start([a]);
	await office.start([b]);
	assert.deepEqual([numberOf(a), numberOf(b)].sort(), [0, 1]);
	for (const number of [0, 1]) {
		const starts = entries(number).filter((e) => e.act === 'start').map((e) => e.about);
		assert.match(starts.at(-1), new RegExp(`^serve node ${number} fence \\d+$`));
	}
	const said = verify();
	assert.equal(said.status, 0, said.stdout + said.stderr);
	assert.match(said.stdout, /^log 0: utuh: .*\n(.*\n)?log 1: utuh: /m);
	const keys = [0, 1].map((n) => a.run('journal', 'vkey', a.dir, '--log', String(n)).split('+')[0]);
	assert.equal(keys[1], `${keys[0]}/1`, 'one name for one log');
	assert.deepEqual(before.length, 2);
});

test('I8.3 the same directory takes its number back at once after kill -9, a copy of it is another one', async () => {
	const [a, b] = office.nodes;
	const was = numberOf(b), fence = list(a).find((l) => l.number === was).fence;
	await office.kill(b);
	await office.start([b]);
	assert.equal(numberOf(b), was);
	assert.equal(list(a).find((l) => l.number === was).fence, fence + 1);
	assert.ok(!/menunggu/.test(b.log().split('pagar').slice(-2)[0]), 'it waited for nobody');
	third.settings = { ...third.settings, ...FREE };
	cpSync(path.join(b.dir, 'node.id'), path.join(third.dir, 'node.id'), { preserveTimestamps: true });
	await office.start([third]);
	assert.equal(numberOf(third), 2);
	assert.equal(b.process.exitCode, null, 'the one that was copied goes on');
	await third.stop();
});

test('I8.3 a number whose holder lives is not given away: 111, and release says no', async () => {
	const [a, b] = office.nodes;
	const wanted = numberOf(b);
	const said = spawnSync(binary, ['serve', third.dir, ...set({ ...settings, 'portal.listen': '127.0.0.1:0', tls: 'off', 'journal.node': wanted })], { encoding: 'utf8', timeout: 30000 });
	assert.equal(said.status, 111, said.stderr);
	assert.match(said.stderr, new RegExp(`nomor simpul ${wanted} dipakai proses lain`));
	const release = a.tryRun('node', 'release', a.dir, String(wanted));
	assert.equal(release.status, 1);
	assert.match(release.stderr, /masih dipakai/);
	assert.equal(a.tryRun('node', 'release', a.dir, '63').status, 1);
	assert.equal(a.tryRun('node', 'release', a.dir, '64').status, 100);
	assert.equal(b.process.exitCode, null);
});

test('I8.3 who slept longer than the silence has lost his number: he appends nothing, answers nothing and ends with 111', async () => {
	const [a, b] = office.nodes;
	const number = numberOf(b);
	const person = await office.operator(b);
	await person.go('GET', '/verifikasi');
	const { csrf } = person.hidden('/verifikasi');
	assert.equal(outcomeOf(await inquire(person, b, a.nik['01'][0], { csrf })), '01');
	const used = office.used();
	await office.freezeAtRest(b);
	const late = inquire(person, b, a.nik['01'][1], { csrf }).then((re) => re.status, () => 'cut off');
	third.settings = { ...third.settings, 'journal.node': number };
	await office.start([third]);
	assert.equal(numberOf(third), number);
	const exited = b.exited;
	office.thaw(b);
	assert.ok([503, 'cut off'].includes(await late));
	assert.deepEqual(await exited, { code: 111, signal: null });
	b.process = null;
	assert.match(b.log(), /nomor simpulnya telah diambil proses lain; proses berhenti/);
	assert.equal(office.used(), used, 'nothing was charged');
	const fence = Math.max(...entries(number).filter((e) => e.act === 'start').map((e) => Number(e.about.split(' ').at(-1))));
	const since = entries(number).slice(entries(number).findIndex((e) => e.about === `serve node ${number} fence ${fence}`));
	assert.ok(!since.some((e) => e.act === 'lookup'), 'nothing of him is in the log since');
	assert.equal(verify().status, 0);
	/* and the new one serves */
	assert.equal(outcomeOf(await (await office.operator(third)).verify(a.nik['01'][2])), '01');
	await third.stop('SIGKILL');
	assert.match(a.tryRun('check', a.dir).stdout, new RegExp(`PERINGATAN +simpul +simpul ${number} pada`));
	const release = a.tryRun('node', 'release', a.dir, String(number));
	assert.equal(release.status, 0, release.stderr);
	assert.equal(list(a).find((l) => l.number === number).state, 'bebas');
	await office.start([b]);
	assert.equal(numberOf(b), number);
});

test('I8.3 journal verify and check find what is wrong in the log of another node', async () => {
	const [a] = office.nodes;
	const first = (number) => BigInt(number) << 34n;
	const at = first(1) + 1n;
	const [{ line }] = office.sql(`SELECT line FROM journal_entry WHERE entry_id = ${at}`);
	const put = (text) => office.first.fill(`UPDATE journal_entry SET line = '${text.replace(/'/g, "''")}' WHERE entry_id = ${at}`);
	put(line.replace('"ok"', '"no"'));
	const said = verify();
	assert.equal(said.status, 1);
	assert.match(said.stdout, /^log 0: utuh/m);
	assert.match(said.stdout, /^log 1: TIDAK UTUH/m);
	assert.equal(verify('--log', '0').status, 0);
	assert.equal(verify('--log', '1').status, 1);
	const check = a.tryRun('check', a.dir);
	assert.equal(check.status, 1);
	assert.match(check.stdout, /SALAH +jurnal +jurnal tidak utuh \(log 1\)/);
	put(line);
	assert.equal(verify().status, 0);
	const key = path.join(office.base, 'vkey');
	writeFileSync(key, a.run('journal', 'vkey', a.dir, '--log', '1'));
	assert.equal(verify('--vkey', key).status, 100, 'of which log?');
	assert.equal(verify('--log', '1', '--vkey', key).status, 0);
	const notes = a.run('journal', 'checkpoint', a.dir);
	assert.equal(notes.match(/^— /gm).length, office.sql('SELECT log_id FROM journal_log').length, 'one signed note a log');
	assert.equal(a.run('journal', 'checkpoint', a.dir, '--log', '1').match(/^— /gm).length, 1);
	/* a log that was taken off the list is missed */
	const [row] = office.sql('SELECT origin, vkey, made_us FROM journal_log WHERE log_id = 1');
	office.first.fill('DELETE FROM journal_log WHERE log_id = 1');
	const missing = verify();
	assert.equal(missing.status, 1);
	assert.match(missing.stderr, /Log 1 punya entri, tetapi tidak terdaftar/);
	office.first.fill(`INSERT INTO journal_log (log_id, origin, vkey, made_us) VALUES (1, '${row.origin}', '${row.vkey}', ${row.made_us})`);
	assert.equal(verify().status, 0);
});

test('I8.3 /readyz on the portal says yes or no and nothing else; asked to stop, it says no while all else goes on', async () => {
	const [a] = office.nodes;
	await a.stop();
	a.settings = { ...a.settings, 'http.drain_s': 20 };
	await office.start([a]);
	const ready = await a.request('GET', '/readyz');
	assert.deepEqual([ready.status, ready.body], [200, 'ready\n']);
	assert.equal((await a.request('POST', '/readyz', { body: 'x' })).status, 405);
	a.process.kill('SIGTERM');
	await until('not ready', async () => (await a.request('GET', '/readyz')).status === 503);
	assert.equal((await a.request('GET', '/masuk')).status, 200);
	assert.equal(a.process.exitCode, null);
	const how = await a.stop(); /* asked a second time: at once */
	assert.deepEqual(how, { code: 0, signal: null });
	assert.equal(list(office.nodes[1]).find((l) => l.number === numberOf(a)).state, 'bebas');
});
