// SPDX-License-Identifier: EUPL-1.2
// The journal of an office of two nodes, read through a balancer: every link and form of these pages says which log is
// meant, and one press signs the logs of both (P3.1a, decision 0042).
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from '../e2e/padan.mjs';
import { Office, at } from './nodes.mjs';

let office, a, b, admin;
before(async () => {
	office = await Office.create();
	[a, b] = office.nodes;
	await a.nightDone();
	admin = await office.person(a, 'admin');
	for (let i = 0; i < 30; i++) await admin.go('GET', '/jurnal/ekspor?log=0'); /* more entries than a page shows */
}, { timeout: 180000 });
after(() => office?.remove());

const links = (html, path) => [...html.matchAll(new RegExp(`href="(${path}\\?[^"]*)"`, 'g'))].map((m) => m[1].replaceAll('&amp;', '&'));
const logOf = (url) => new URLSearchParams(url.split('?')[1]).get('log');
const shown = (html) => /<option value="(\d+)" selected>\1,/.exec(html)?.[1];
const heads = () => office.sql('SELECT log_id, size FROM journal_head ORDER BY log_id');
const signed = () => office.sql('SELECT log_id, max(size) AS size FROM journal_checkpoint GROUP BY log_id ORDER BY log_id');

test('P3.1a what a page of the journal links to stays in the log that is shown, whichever node answers', async () => {
	const here = await admin.go('GET', '/jurnal');
	assert.equal(shown(here.body), '0', 'the own log of the node that was asked');
	const [older] = links(here.body, '/jurnal').filter((u) => u.includes('sebelum='));
	const there = at(admin, b), page = await there.go('GET', older);
	assert.equal(shown(page.body), '0');
	assert.ok(links(page.body, '/jurnal/entri').length > 0);
	for (const path of ['/jurnal', '/jurnal/entri', '/jurnal/keutuhan']) {
		const found = links(page.body, path);
		assert.ok(found.length, path);
		for (const url of found) assert.equal(logOf(url), '0', url);
	}
	const none = await there.go('GET', '/jurnal?log=0&dari=2020-01-01&sampai=2020-01-02');
	assert.deepEqual(links(none.body, '/jurnal').map(logOf), ['0'], 'the way out of the filter');
	const entry = await there.go('GET', links(page.body, '/jurnal/entri')[0]);
	assert.deepEqual(links(entry.body, '/jurnal').map(logOf), ['0']);
	const check = await there.go('GET', links(page.body, '/jurnal/keutuhan')[0]);
	assert.equal(shown(check.body), '0');
	assert.deepEqual(links(check.body, '/jurnal').map(logOf), ['0']);
});

test('P3.1a "Tandatangani sekarang" signs every log, and leads back to the one that was shown', async () => {
	const there = at(admin, b);
	await at(admin, a).go('GET', '/jurnal/ekspor?log=0'); /* each log has something behind its newest checkpoint */
	await there.go('GET', '/jurnal/ekspor?log=1');
	await there.go('GET', '/jurnal/keutuhan?log=0');
	const before = heads();
	assert.equal(before.length, 2);
	const re = await there.go('POST', '/jurnal/checkpoint', { form: there.hidden('/jurnal/checkpoint'), follow: false });
	assert.equal(re.status, 303, text(re.body));
	const now = signed();
	for (const head of before) {
		const { size } = now.find((s) => s.log_id === head.log_id) ?? { size: 0 };
		assert.ok(size >= head.size, `log ${head.log_id}: ${size} of ${head.size}`);
	}
	assert.equal(logOf(re.headers.location), '0');
	const page = await at(admin, a).go('GET', re.headers.location);
	assert.equal(shown(page.body), '0');
	assert.match(text(page.body), /telah ditandatangani/);
});

test('P3.1a, decision 0039 the witness of one node is shown the checkpoints of every log, and is told which is whose', async () => {
	const there = at(admin, b);
	await there.go('GET', '/jurnal/keutuhan?log=0');
	await there.submit('/jurnal/checkpoint', {}); /* at least one of each */
	const newest = signed();
	const head = await office.person(b, 'dinkes-kepala');
	const page = await head.go('GET', '/jurnal/tanda-tangan');
	const rows = [...page.body.matchAll(/<td data-k="Log">(\d+), [^<]+<\/td><td data-k="Mencakup">/g)].map((m) => m[1]);
	assert.deepEqual([...new Set(rows)], ['0', '1']);
	const found = links(page.body, '/jurnal/checkpoint');
	assert.deepEqual([...new Set(found.map(logOf))], ['0', '1']);
	for (const { log_id, size } of newest) {
		const [first] = found.filter((u) => logOf(u) === String(log_id));
		assert.ok(Number(new URLSearchParams(first.split('?')[1]).get('ukuran')) >= size, first);
	}
	/* signed at home, taken by the node that does not write that log, and shown beside it */
	const name = 'dinkes.example/kepala', secret = path.join(office.base, 'kepala.rahasia'), file = path.join(office.base, 'catatan.txt');
	await head.submit('/jurnal/kunci', { vkey: a.run('journal', 'cosign-key', secret, '--name', name) });
	await there.go('GET', '/jurnal/tanda-tangan');
	await there.submit('/jurnal/kunci/sahkan', { kunci: /name="kunci" value="(\d+)"/.exec(there.page.body)[1] });
	const note = await head.go('GET', found.find((u) => logOf(u) === '0'));
	assert.equal(note.status, 200, text(note.body));
	writeFileSync(file, note.body);
	await head.go('GET', '/jurnal/tanda-tangan');
	const taken = await head.submitFile('/jurnal/tanda-tangan', { catatan: a.run('journal', 'cosign', file, '--key', secret) }, { name: 'berkas', filename: '', bytes: '' });
	assert.match(text(taken.body), /Tanda tangan telah diterima/);
	assert.match(taken.body, /<td data-k="Log">0, [^<]+<\/td>(?:(?!<\/tr>).)*<span class="tag ok">/);
});
