// SPDX-License-Identifier: EUPL-1.2
// Figures of reports being counted by a running server (P8, J.V): they are those of the journal, inquiries go
// on meanwhile, and kill -9 in the middle changes nothing.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { Padan, Browser, OBSERVE, root, text } from './padan.mjs';

const tool = path.join(root, 'build/bench/report');
const ENTRIES = 150_000;
const HITS = ['01', '11', '12', '13', '14'], REFUSED = ['03', '04', '05', '07', '09', '10', '16', '17'];
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
const wib = (time) => new Date(Date.parse(time) + 7 * 3600_000).toISOString();
let padan;
const asks = (first, last) => Number(execFileSync(tool, ['ask', padan.dir, first, last], { encoding: 'utf8' }));
const state = (run) => {
	const [word, done, all] = execFileSync(tool, ['state', padan.dir, String(run)], { encoding: 'utf8' }).trim().split(' ');
	return { word, done: Number(done), all: Number(all) };
};
const ended = async (run) => {
	for (const until = Date.now() + 120_000; Date.now() < until; await sleep(200)) {
		const now = state(run);
		if (now.word === 'done' || now.word === 'refused') return now;
	}
	throw new Error(`run ${run} does not end: ${JSON.stringify(state(run))}`);
};
const figures = (run) => JSON.parse(padan.office(`SELECT figures FROM report_run WHERE run_id = ${run}`)[0].figures);
const today = () => wib(new Date().toISOString()).slice(0, 10);
const daysAgo = (n) => wib(new Date(Date.now() - n * 86400_000).toISOString()).slice(0, 10);

before(async () => {
	execFileSync('make', ['-s', 'build/bench/report'], { cwd: root });
	padan = await (await Padan.demo({ tls: false, settings: OBSERVE })).start();
});
after(() => padan?.remove());

test('P8: a run asked for beside a running server gives the figures of the journal', async () => {
	const operator = await Browser.operator(padan);
	const unsigned = new Browser(padan);
	for (const code of ['01', '11', '12', '13', '14']) for (const nik of padan.nik[code].slice(0, 3)) await operator.verify(nik);
	await operator.verify('3304060101900000');
	await unsigned.submit('/masuk', { user_id: 'operator1', password: 'salah' });
	const run = asks(daysAgo(3), today());
	assert.equal((await ended(run)).word, 'done', padan.log());
	const f = figures(run);
	const size = f.logs[0][1];
	const mine = padan.journal().filter((e) => e.seq < size && e.instansi === 1);
	const lookups = mine.filter((e) => e.act === 'lookup');
	assert.ok(lookups.length >= 16);
	assert.deepEqual(f.sum, [
		lookups.length, lookups.filter((e) => e.repeat).length,
		lookups.filter((e) => HITS.includes(e.outcome) && !e.repeat).length, lookups.filter((e) => REFUSED.includes(e.outcome)).length,
	]);
	for (let code = 1; code < 18; code++) assert.equal(f.codes[code], lookups.filter((e) => Number(e.outcome) === code).length, `outcome ${code}`);
	for (let hour = 0; hour < 24; hour++)
		assert.equal(f.hours[hour], lookups.filter((e) => Number(wib(e.time).slice(11, 13)) === hour).length, `hour ${hour}`);
	assert.deepEqual(f.users.map((u) => u[1]), ['operator1']);
	assert.equal(f.logs[0][4], mine.length);
	assert.equal(padan.office('SELECT used FROM quota_day WHERE instansi_id = 1')[0].used, f.sum[2], 'hits are what the quota lost');
	assert.match(padan.log(), new RegExp(`angka laporan ${run}: selesai dihitung`));
	const again = padan.tryRun('report', 'recount', padan.dir, String(run));
	assert.equal(again.status, 0, again.stdout + again.stderr);
	assert.match(padan.run('report', 'list', padan.dir), new RegExp(`${run} +BPBD .* selesai `));
});

test('P8: kill -9 in the middle of a run: it goes on by itself, and comes to what was there', { timeout: 300_000 }, async () => {
	await padan.stop();
	execFileSync(tool, ['fill', padan.dir, String(ENTRIES)]);
	await padan.start();
	let run;
	for (let tries = 0; !run || state(run).word === 'done'; tries++) { // some go faster than we look
		assert.ok(tries < 5, 'killed in the middle');
		run = asks(daysAgo(170), daysAgo(2));
		for (const until = Date.now() + 60_000; state(run).word === 'waiting' && Date.now() < until;) await sleep(20);
		await sleep(100);
		await padan.stop('SIGKILL');
		if (state(run).word === 'done') await padan.start();
	}
	assert.equal(state(run).word, 'counting', 'killed in the middle');
	await padan.start();
	const operator = await Browser.operator(padan); // inquiries go on beside it
	assert.ok(text((await operator.verify(padan.nik['01'][20])).body).includes('Nama lengkap'));
	const end = await ended(run);
	assert.equal(end.word, 'done', padan.log());
	assert.equal(end.done, end.all);
	assert.ok(end.all > ENTRIES);
	const alone = JSON.parse(padan.run('report', 'count', padan.dir, 'BPBD', daysAgo(170), daysAgo(2), '--text'));
	assert.deepEqual({ ...figures(run), logs: 0 }, { ...alone, logs: 0 }, 'as if nobody had been killed');
	const again = padan.tryRun('report', 'recount', padan.dir, String(run));
	assert.equal(again.status, 0, again.stdout + again.stderr);
	assert.equal((await padan.stop()).code, 0);
	assert.equal(padan.tryRun('journal', 'verify', padan.dir).status, 0);
});

test('P8: exit codes of the command line: 100 used wrongly, 1 the journal is not whole', async () => {
	assert.equal(padan.tryRun('report', 'count', padan.dir, 'BPBD', '2026-6-1', '2026-06-30').status, 100);
	assert.equal(padan.tryRun('report', 'count', padan.dir, 'BPBD', '2026-06-30', '2026-06-01').status, 100);
	assert.equal(padan.tryRun('report', 'count', padan.dir, 'BPBD', '2120-01-01', '2120-06-01').status, 100);
	assert.equal(padan.tryRun('report', 'count', padan.dir, 'TIADA', daysAgo(2), today()).status, 1);
	assert.equal(padan.tryRun('report', 'recount', padan.dir, '99999').status, 1);
	assert.equal(padan.tryRun('report', 'recount', padan.dir, 'x').status, 100);
	padan.fill("UPDATE journal_entry SET line = replace(line, '\"act\":\"lookup\"', '\"act\":\"logout\"') WHERE entry_id = 1000");
	const harmed = padan.tryRun('report', 'count', padan.dir, 'BPBD', daysAgo(170), today());
	assert.equal(harmed.status, 1);
	assert.match(harmed.stderr, /Log 0: Isi entri 1000 tidak cocok dengan sidik daunnya/);
	assert.doesNotMatch(harmed.stdout, /permintaan/, 'no figure is told');
	const again = padan.tryRun('report', 'recount', padan.dir, '1');
	assert.ok(again.status === 0 || /entri/i.test(again.stderr), 'an earlier run rests on what it covered');
	assert.match(padan.run('report', 'list', padan.dir), / ditolak .*Isi entri 1000/);
});
