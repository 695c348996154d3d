// SPDX-License-Identifier: EUPL-1.2
// The journal of an office of two nodes, read through a balancer: every link and form of these pages says which log is
// meant, and one press signs the logs of both (P3.1a, decision 0042).
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
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
