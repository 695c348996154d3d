// SPDX-License-Identifier: EUPL-1.2
// Dashboards (I7.3): their figures are those of the journal's export, who may see whose, what
// they weigh on the agency's line, and that looking by itself keeps no session alive.
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { Padan, Browser, OBSERVE, text } from './padan.mjs';
import { fillBoard } from './board_fill.mjs';

const weight = (re) => gzipSync(re.body).length + 400;
const signedIn = async (padan, user_id) => {
	const b = new Browser(padan);
	await b.login(user_id);
	return b;
};
const plain = { headers: { 'Accept-Encoding': 'identity' } };
/** Figures of the table under a picture: [[label, ...numbers]]. */
const figures = (re, title) => {
	const figure = re.body.match(/<figure class="chart">[\s\S]*?<\/figure>/g).find((f) => f.includes(`<h2>${title}</h2>`));
	assert.ok(figure, `no picture "${title}"`);
	return [...figure.matchAll(/<tr>(<td>[\s\S]*?)<\/tr>/g)].map(([, row]) => [...row.matchAll(/<td[^>]*>([\s\S]*?)<\/td>/g)]
		.map(([, cell], i) => (i ? Number(cell.replaceAll('.', '')) : text(cell))));
};
const sum = (rows, column = 1) => rows.reduce((n, row) => n + (row[column] || 0), 0);
const tile = (re, label) => Number(new RegExp(`<dt>${label}</dt><dd>([\\d.]+)`).exec(re.body)[1].replaceAll('.', ''));

describe('I7.3 figures of a dashboard', () => {
	let padan, kepala, admin;
	before(async () => {
		padan = await Padan.demo({ settings: OBSERVE });
		await padan.start();
		const one = await Browser.operator(padan), other = await Browser.operator(padan, 'dinkes-operator');
		for (const nik of [...padan.nik['01'].slice(0, 4), padan.nik['13'][0], padan.nik['11'][0]]) await one.verify(nik);
		await one.verify('3304061399019999'); // no such month: 15
		const none = await Browser.operator(padan, 'operator2'); // no NDA: 17
		await none.verify(padan.nik['01'][5]);
		await other.verify(padan.nik['01'][6]);
		kepala = await signedIn(padan, 'kepala');
		admin = await signedIn(padan, 'admin');
	});
	after(() => padan?.remove());

	const asked = (instansi) => padan.journal().filter((e) => e.act === 'lookup' && (!instansi || e.instansi === instansi));
	const count = (list, key) => list.reduce((m, e) => m.set(e[key], (m.get(e[key]) ?? 0) + 1), new Map());
	const HIT = ['01', '11', '12', '13', '14'], REFUSED = ['03', '04', '05', '07', '09', '10', '16', '17'];

	test('I7.3 every picture of an instansi counts what an export counts', async () => {
		const list = asked(1);
		const re = await kepala.go('GET', '/dasbor?hari=7', plain);
		assert.equal(re.status, 200);
		assert.ok(list.length >= 7, `${list.length} inquiries`);
		assert.equal(sum(figures(re, 'Permintaan per hari')), list.length);
		assert.equal(sum(figures(re, 'Permintaan per hari'), 2), list.filter((e) => REFUSED.includes(e.outcome)).length);
		assert.equal(sum(figures(re, 'Hit per hari: Web portal')), list.filter((e) => HIT.includes(e.outcome) && !e.repeat).length);
		assert.equal(figures(re, 'Hit per hari: Web portal').at(-1)[2], 200); // J.II.B
		for (const [label, n] of figures(re, 'Hasil')) assert.equal(n, count(list, 'outcome').get(label.slice(0, 2)), label);
		assert.equal(sum(figures(re, 'Hasil')), list.length);
		assert.equal(sum(figures(re, 'Alasan penolakan')), list.filter((e) => e.ground).length);
		assert.match(re.body, /NDA yang ditandatangani [^<]*\(J\.VI\.E\)/);
		assert.equal(sum(figures(re, 'Jam tersibuk')), list.length);
		const users = figures(re, 'Per User ID');
		assert.deepEqual(users.map((r) => r[0]).sort(), ['operator1', 'operator2']);
		assert.equal(users.find((r) => r[0] === 'operator2')[1], users.find((r) => r[0] === 'operator2')[2]);
		assert.equal(sum(users), list.length);
	});

	test('I7.3 today is live: the inquiry of a moment ago is in it', async () => {
		const operator = await Browser.operator(padan);
		const before = tile(await kepala.go('GET', '/dasbor', plain), 'Permintaan');
		await operator.verify(padan.nik['01'][7]);
		const re = await kepala.go('GET', '/dasbor/sekarang', { headers: { ...plain.headers, 'X-Padan-Bagian': '1' } });
		assert.equal(tile(re, 'Permintaan'), before + 1);
		assert.ok(!re.body.includes('<html'), 'a part, not a page');
		assert.match(text(re.body), /dari 200, tersisa \d+/);
		assert.equal(tile(re, 'Permintaan'), asked(1).length);
	});

	test('I7.3 the provider sees all instansi together, and each by itself', async () => {
		const list = asked();
		let re = await admin.go('GET', '/dasbor?hari=7', plain);
		assert.equal(sum(figures(re, 'Permintaan per hari')), list.length);
		const rows = figures(re, 'Instansi terbanyak meminta');
		assert.equal(rows.find((r) => r[0] === 'BPBD')[1], asked(1).length);
		assert.equal(rows.find((r) => r[0] === 'DINKES')[1], asked(2).length);
		assert.equal(tile(re, 'Instansi yang meminta'), 2);
		assert.match(re.body, /href="\/dasbor\?instansi=DINKES&amp;hari=7"/);
		re = await admin.go('GET', '/dasbor?instansi=dinkes', plain);
		assert.equal(sum(figures(re, 'Permintaan per hari')), asked(2).length);
		assert.deepEqual(figures(re, 'Per User ID').map((r) => r[0]), ['dinkes-operator']);
	});

	test('I7.3 data balikan that is owed, by its age', async () => {
		const re = await kepala.go('GET', '/dasbor', plain);
		const [{ n }] = padan.office(`SELECT count(*) AS n FROM feedback_person WHERE instansi_id = 1 AND state = 'open'`);
		assert.ok(n > 0);
		assert.deepEqual(figures(re, 'Data balikan yang belum dilaporkan, menurut umur').map((r) => r[1]), [n, 0, 0, 0]);
		padan.fill(`UPDATE feedback_person SET asked_us = asked_us - ${40n * 86400000000n} WHERE instansi_id = 1 AND state = 'open'`);
		const older = await kepala.go('GET', '/dasbor', plain);
		assert.deepEqual(figures(older, 'Data balikan yang belum dilaporkan, menurut umur').map((r) => r[1]), [0, 0, n, 0]);
	});

	test('I7.3 a head sees his own instansi and no other; an operator none', async () => {
		for (const target of ['/dasbor?instansi=DINKES', '/dasbor/sekarang?instansi=DINKES', '/dasbor?instansi=TIDAKADA'])
			assert.equal((await kepala.go('GET', target)).status, 404, target);
		assert.equal((await kepala.go('GET', '/dasbor?instansi=BPBD')).status, 200);
		assert.equal((await admin.go('GET', '/dasbor?instansi=TIDAKADA')).status, 404);
		const auditor = await signedIn(padan, 'auditor');
		assert.equal((await auditor.go('GET', '/dasbor?instansi=BPBD')).status, 200);
		const operator = await Browser.operator(padan);
		assert.equal((await operator.go('GET', '/dasbor')).status, 403);
		assert.equal((await new Browser(padan).go('GET', '/dasbor', { follow: false })).status, 303);
	});

	test('a span that is none is the usual one', async () => {
		for (const q of ['?hari=0', '?hari=-1', '?hari=999999999999', '?hari=x', '?hari=31'])
			assert.match((await kepala.go('GET', `/dasbor${q}`)).body, /aria-current="true">30 hari</, q);
	});

	test('I7.3 a journal that is far from counted: a clear word, never a wrong number', async () => {
		for (let i = 0; padan.office('SELECT count(*) AS n FROM usage_log')[0].n === 0; i++) {
			assert.ok(i < 300, 'counting has begun');
			await new Promise((r) => setTimeout(r, 100));
		}
		padan.fill('UPDATE usage_log SET upto = upto - 1000000');
		const re = await kepala.go('GET', '/dasbor', plain);
		assert.equal(re.status, 503);
		assert.match(text(re.body), /Jurnal masih dihitung/);
		assert.ok(!re.body.includes('<figure'), 'no figures');
		assert.equal((await kepala.go('GET', '/dasbor/sekarang', { headers: { 'X-Padan-Bagian': '1' } })).status, 429);
		padan.fill('UPDATE usage_log SET upto = upto + 1000000');
	});

	test('an instansi without inquiries says so', async () => {
		padan.fill(`INSERT INTO instansi (instansi_id, code, name, state, state_us, made_us, last_day, name_key)
			VALUES (900, 'BARU', 'Dinas Baru Contoh', 'draft', 0, 0, 0, 'dinas baru contoh')`);
		const re = await admin.go('GET', '/dasbor?instansi=BARU', plain);
		assert.equal(re.status, 200);
		assert.match(re.body, /Semuanya 0\./);
		assert.match(re.body, /Belum ada yang tercatat\./);
	});
});

describe('a dashboard on the line', () => {
	let padan, kepala, admin, filled;
	before(async () => {
		padan = await Padan.demo();
		padan.fill(`WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 40)
			INSERT INTO user_account (user_id, role, instansi_id, must_change, closed, narrowing, standing_kejadian, last_seen_us, made_us, expires_us, holder, holder_key, position)
			SELECT 'petugas.posko' || i, 'operator', 1, 0, 0, '', 0, i, 1, 0, 'Petugas Contoh Nomor ' || i, 'petugas contoh nomor ' || i, 'Petugas Posko' FROM c`);
		const users = padan.office(`SELECT user_key AS id FROM user_account WHERE user_id LIKE 'petugas.posko%'`).map((r) => r.id);
		filled = fillBoard(padan, { users, agencies: 64 });
		fillBoard(padan, { instansi: 2, users: [3, 4, 5, 6, 7, 8], methods: ['portal', 'CALL_NIK', 'CALL_VERIFY_BY_ELEMEN'] });
		await padan.start();
		kepala = await signedIn(padan, 'kepala');
		admin = await signedIn(padan, 'admin');
	});
	after(() => padan?.remove());

	test('I7.3 40 user ids, 64 instansi, half a year: under 6 KB a page', async () => {
		for (const [b, target] of [[kepala, ''], [kepala, '?hari=90'], [kepala, '?hari=184'], [admin, ''], [admin, '?hari=184'], [admin, '?hari=184&hal=2'], [admin, '?instansi=BPBD&hari=90'],
			[admin, '?instansi=DINKES'], [admin, '?instansi=DINKES&hari=184']]) {
			const re = await b.go('GET', `/dasbor${target}`, plain);
			assert.equal(re.status, 200);
			if (process.env.WEIGH) console.log(`/dasbor${target} ${weight(re)} bytes`);
			assert.ok(weight(re) <= 6 * 1024, `/dasbor${target} weighs ${weight(re)}`);
		}
	});

	test('I7.3 weeks add up to the days they are made of', async () => {
		for (const [hari, title] of [[7, 'Permintaan per hari'], [30, 'Permintaan per hari'], [90, 'Permintaan per minggu'], [184, 'Permintaan per minggu']]) {
			const re = await kepala.go('GET', `/dasbor?hari=${hari}`, plain);
			const all = filled.all.filter(([day, instansi]) => instansi === 1 && day > filled.today - hari);
			assert.equal(sum(figures(re, title)), all.reduce((n, r) => n + r[2], 0), `${hari} days`);
			assert.equal(sum(figures(re, title), 2), all.reduce((n, r) => n + r[5], 0), `${hari} days`);
		}
	});

	test('I7.3 forty user ids and those beyond are all counted', async () => {
		const re = await kepala.go('GET', '/dasbor?hari=7', plain);
		const rows = figures(re, 'Per User ID');
		assert.equal(rows.length, 40);
		assert.equal(sum(rows), sum(figures(re, 'Permintaan per hari')));
	});
});

describe('looking by itself', () => {
	let padan;
	before(async () => {
		padan = await Padan.demo({ settings: { 'session.idle_s': '600' } });
		await padan.start();
	});
	after(() => padan?.remove());

	test('I7.3 keeps no session alive: "seen" stays where the last page put it', async () => {
		const kepala = await signedIn(padan, 'kepala');
		const seen = () => padan.office('SELECT seen_us FROM session ORDER BY session_id DESC LIMIT 1')[0].seen_us;
		padan.fill(`UPDATE session SET seen_us = seen_us - 40000000`);
		const at = seen();
		const re = await kepala.go('GET', '/dasbor/sekarang', { headers: { 'X-Padan-Bagian': '1' } });
		assert.equal(re.status, 200);
		assert.equal(seen(), at);
		assert.equal((await kepala.go('GET', '/dasbor')).status, 200);
		assert.ok(seen() > at, 'a page that somebody opened moves it');
	});
});
