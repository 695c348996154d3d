// SPDX-License-Identifier: EUPL-1.2
// kill -9 at any instant: restart within a second, every answered inquiry is in the
// journal exactly once, quota equals the journal. PADAN_CRASH_CYCLES sets how often.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { Padan, Browser, OBSERVE, text } from './padan.mjs';

const cycles = Number(process.env.PADAN_CRASH_CYCLES ?? 200);
let padan;
before(async () => {
	// DINKES has passed its PoC: no limit, so the load never runs dry.
	padan = await (await Padan.demo({ tls: false, settings: OBSERVE })).start();
});
after(() => padan?.remove());

test(`${cycles} times kill -9 under load: nothing answered is lost, nothing is counted twice`, { timeout: 3600_000 }, async () => {
	const b = await Browser.operator(padan, 'dinkes-operator');
	const niks = [...padan.nik['01'], ...padan.nik['13']];
	const answered = []; // references of answers that reached us
	let sent = 0;
	const starts = [];
	const body = (i) => new URLSearchParams({ csrf: b.hidden('/verifikasi').csrf, nik: niks[i % niks.length] }).toString();
	const headers = () => ({ 'Content-Type': 'application/x-www-form-urlencoded', Cookie: [...b.cookies].map(([k, v]) => `${k}=${v}`).join('; ') });
	await b.go('GET', '/verifikasi');
	for (let cycle = 0; cycle < cycles; cycle++) {
		let running = true;
		const worker = async () => {
			while (running) {
				const i = sent++;
				try {
					const re = await padan.request('POST', '/verifikasi', { body: body(i), headers: headers() });
					const ref = /Ref\. ([0-9A-Z]{4}-[0-9A-Z]{4})/.exec(text(re.body))?.[1];
					if (re.status === 200 && ref) answered.push(ref);
				} catch { /* killed under our feet */ }
			}
		};
		const workers = Array.from({ length: 8 }, worker);
		await new Promise((r) => setTimeout(r, 20 + Math.floor(Math.random() * 120)));
		await padan.stop('SIGKILL');
		running = false;
		await Promise.all(workers);
		await padan.start();
		starts.push(padan.startMs);
	}
	assert.ok(answered.length > cycles, `only ${answered.length} answers in ${cycles} cycles`);
	const lookups = padan.journal().filter((e) => e.act === 'lookup');
	const found = padan.runWith(answered.join('\n'), 'journal', 'find', padan.dir).trimEnd().split('\n').map((l) => l.split(' '));
	const seqs = new Set(found.map(([, seq]) => Number(seq)));
	for (const [ref, seq, , act] of found) assert.ok(act === 'lookup', `answer ${ref} is entry ${seq}`);
	assert.equal(seqs.size, answered.length, 'every answer has an entry of its own');
	const known = new Set(lookups.map((e) => e.seq));
	for (const seq of seqs) assert.ok(known.has(seq));
	assert.equal(new Set(answered).size, answered.length);
	const hits = lookups.filter((e) => ['01', '11', '12', '13', '14'].includes(e.outcome) && !e.repeat).length;
	assert.equal(padan.office("SELECT sum(used) AS used FROM quota_day")[0].used, hits, 'quota equals the journal');
	const verify = padan.tryRun('journal', 'verify', padan.dir);
	assert.equal(verify.status, 0, verify.stdout + verify.stderr);
	starts.sort((x, y) => x - y);
	console.log(`${answered.length} answers, ${lookups.length} entries; restart median ${starts[starts.length >> 1]} ms, worst ${starts.at(-1)} ms`);
	assert.ok(starts[starts.length >> 1] <= 1000, 'restart within a second');
});
