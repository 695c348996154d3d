// SPDX-License-Identifier: EUPL-1.2
// J.II.E1 through the front door: enumeration is held and a disaster is not; a hold is
// seen, justified, decided, and survives whatever happens to the process. The clock of
// the server is moved, so that people take their time and the test does not.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Padan, Browser, text } from './padan.mjs';

const HELD = 'User ID non aktif, silahkan menghubungi Admin';
const shim = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu'].map((d) => `${d}/faketime/libfaketimeMT.so.1`).find(existsSync);

/** A Padan whose wall clock is this far ahead. */
class Clock {
	constructor(...offices) {
		this.offices = offices;
		this.ahead = 0;
		this.seed = 20261125;
		this.write();
	}

	static file(office) {
		return path.join(office.dir, 'clock');
	}

	write() {
		for (const office of this.offices) {
			writeFileSync(`${Clock.file(office)}.new`, `+${this.ahead.toFixed(3)}\n`);
			renameSync(`${Clock.file(office)}.new`, Clock.file(office));
		}
	}

	/** Somebody reads the next number on paper and types it: so many seconds, never even. */
	person(least = 4, most = 17) {
		this.seed = (this.seed * 1103515245 + 12345) % 2147483648;
		this.ahead += least + (most - least) * (this.seed / 2147483648);
		this.write();
	}

	later(seconds) {
		this.ahead += seconds;
		this.write();
	}
}

const serve = (office) => office.start({
	env: { LD_PRELOAD: shim, FAKETIME_TIMESTAMP_FILE: Clock.file(office), FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1', FAKETIME_FORCE_MONOTONIC_FIX: '0' },
});
const LONG = { 'session.idle_s': 86400, 'session.absolute_s': 604800 };
const guard = (office) => office.journal().filter((e) => e.act === 'guard');
const nik = (prefix, serial) => `${prefix}${String(serial).padStart(4, '0')}`;
/** Asks one after the other until held; how many were answered, and the warnings on the way. */
const walk = async (browsers, numbers, clock) => {
	const seen = { answered: 0, warned: [], last: null };
	for (const [i, number] of numbers.entries()) {
		clock.person();
		seen.last = await browsers[i % browsers.length].verify(number);
		if (text(seen.last.body).includes(HELD)) return seen;
		seen.answered++;
		const warning = /Terlihat: (.*?)\. Hal ini dicatat/.exec(text(seen.last.body));
		if (warning) seen.warned.push(warning[1]);
	}
	assert.fail(`${seen.answered} asked, nobody was held`);
};
const serials = (prefix, from, n, step = 1) => Array.from({ length: n }, (_, i) => nik(prefix, from + i * step));

describe('a walk, from the first step to the provider\'s decision (J.II.E1)', () => {
	let padan, clock, operator, open, hold;
	before(async () => {
		padan = await Padan.demo({ settings: LONG });
		clock = new Clock(padan);
		await serve(padan);
		operator = await Browser.operator(padan);
		open = await Browser.operator(padan); // a page that is open already when it happens
		await open.go('GET', '/verifikasi');
	});
	after(() => padan?.remove());

	test('is warned of in words, then held: outcome 17, also on a page already open', async () => {
		const seen = await walk([operator], serials('330413010190', 9911, 20), clock);
		assert.ok(seen.answered <= 8, `${seen.answered} answered before the hold`);
		assert.ok(seen.warned.length >= 1 && seen.warned.every((w) => /NIK berturut-turut naik 1/.test(w)), JSON.stringify(seen.warned));
		assert.doesNotMatch(text(seen.last.body), /berturut-turut|Alasan/, 'an operator reads the fixed text and whom to call, not why');
		assert.match(text(seen.last.body), /Telepon|hubungi/i);
		clock.person();
		assert.match(text((await open.submit('/verifikasi', { nik: padan.nik['01'][0] })).body), new RegExp(HELD));
		assert.match(text((await operator.go('GET', '/')).body), new RegExp(HELD), 'the home page says so too');
		const refused = padan.journal().filter((e) => e.act === 'lookup' && e.ground === 'guard_hold');
		assert.equal(refused.length, 2);
		assert.ok(refused.every((e) => e.outcome === '17' && e.clause === 'J.II.E1'));
	});

	test('is in the journal with reason and clue, never with a NIK', () => {
		const acts = guard(padan).map((e) => e.about);
		assert.deepEqual([...new Set(acts.map((a) => a.split(' ').slice(0, 3).join(' ')))].slice(-2), ['warn berurutan walk', 'hold berurutan walk']);
		for (const e of guard(padan)) {
			assert.doesNotMatch(e.line, /\d{16}/);
			assert.match(e.about, / [0-9A-Z]{4}-[0-9A-Z]{4}$/);
			assert.equal(e.user_id, 'operator1');
		}
		assert.doesNotMatch(JSON.stringify(padan.office('SELECT * FROM guard_hold')), /3304130101909/);
		assert.match(padan.log(), /User ID pada BPBD ditahan \(penahanan nomor 1\)/);
	});

	test('is still held after kill -9, a restart and a new sign-in', async () => {
		await padan.stop('SIGKILL');
		await serve(padan);
		const again = await Browser.operator(padan);
		clock.person();
		assert.match(text((await again.verify(padan.nik['01'][1])).body), new RegExp(HELD));
		const used = padan.office('SELECT sum(used) AS used FROM quota_day')[0].used;
		const hits = padan.journal().filter((e) => e.act === 'lookup' && ['01', '11', '12', '13', '14'].includes(e.outcome)).length;
		assert.equal(used, hits, 'what the guard refused cost nothing');
	});

	test('the head is told, reads the evidence and justifies; nobody else\'s head sees it', async () => {
		const head = new Browser(padan);
		await head.login('kepala');
		assert.match(text((await head.go('GET', '/')).body), /1 User ID instansi Anda ditahan penjaga pola/);
		const list = await head.go('GET', '/penjaga');
		assert.match(text(list.body), /operator1/);
		assert.match(text(list.body), /NIK berturut-turut naik 1 pada 12 digit yang sama/);
		hold = /href="(\/penjaga\/\d+)"/.exec(list.body)[1];
		await head.go('GET', hold);
		const nomor = hold.split('/').at(-1);
		for (const [bad, words] of [['', 'Isi dahulu'], ['x'.repeat(1001), 'paling banyak 1000 huruf; yang Anda tulis 1001'], ['daftar 330413 010190 9911', 'Jangan menulis NIK']]) {
			const re = await head.submit('/penjaga/penjelasan', { nomor, penjelasan: bad });
			assert.equal(re.status, 400);
			assert.ok(text(re.body).includes(words), text(re.body));
			if (bad) assert.ok(text(re.body).includes(bad), 'what was typed is kept');
		}
		const done = await head.submit('/penjaga/penjelasan', { nomor, penjelasan: 'Daftar posko Leksana,\r\ndiketik dari buku induk <b>desa</b>.' });
		assert.equal(done.status, 200);
		assert.match(text(done.body), /Penjelasan tersimpan/);
		assert.ok(done.body.includes('&lt;b&gt;desa'));
		assert.equal((await head.go('POST', '/penjaga/keputusan', { form: { ...head.hidden('/penjaga/penjelasan'), nomor, keputusan: 'lepas', catatan: 'x' } })).status, 403);
		const other = new Browser(padan);
		await other.login('dinkes-kepala');
		assert.doesNotMatch(text((await other.go('GET', '/penjaga')).body), /operator1/);
		assert.equal((await other.go('GET', hold)).status, 404);
		await other.go('GET', '/');
		const foreign = { csrf: other.hidden('/keluar').csrf, nomor, penjelasan: 'bukan milik kami' };
		assert.equal((await other.go('POST', '/penjaga/penjelasan', { form: foreign })).status, 404);
		const self = new Browser(padan);
		await self.login('operator1');
		for (const page of ['/penjaga', hold]) assert.equal((await self.go('GET', page)).status, 403, 'an operator is not told why');
	});

	test('the auditor reads; of two admins one decides and the other is told so', async () => {
		const nomor = hold.split('/').at(-1);
		const auditor = new Browser(padan);
		await auditor.login('auditor');
		const read = await auditor.go('GET', hold);
		assert.match(text(read.body), /Daftar posko Leksana/);
		assert.doesNotMatch(read.body, /name="keputusan"/);
		assert.equal((await auditor.go('POST', '/penjaga/keputusan', { form: { csrf: auditor.hidden('/keluar').csrf, nomor, keputusan: 'lepas', catatan: 'x' } })).status, 403);
		const [first, second] = [new Browser(padan), new Browser(padan)];
		await first.login('admin');
		await second.login('admin2');
		assert.match(text((await first.go('GET', '/')).body), /1 User ID ditahan penjaga pola/);
		await first.go('GET', hold);
		await second.go('GET', hold);
		assert.match(text((await first.submit('/penjaga/keputusan', { nomor, keputusan: 'lepas', catatan: '' })).body), /Isi dahulu/);
		const both = await Promise.all([first, second].map((b, i) =>
			b.submit('/penjaga/keputusan', { nomor, keputusan: 'lepas', catatan: `diperiksa bersama kepala, admin ${i + 1}` })));
		assert.deepEqual(both.map((re) => re.status).sort(), [200, 409]);
		const late = both.find((re) => re.status === 409);
		assert.match(text(late.body), /Tidak ada yang berubah Penahanan ini sudah diputuskan oleh admin2? pada \d\d-\d\d-\d{4}/);
		const stale = await second.go('POST', '/penjaga/keputusan', { form: { csrf: second.hidden('/keluar').csrf, nomor, keputusan: 'tetap', catatan: 'terlambat' } });
		assert.equal(stale.status, 409);
		assert.match(text((await first.go('GET', '/penjaga')).body), /Tidak ada User ID yang sedang ditahan.*dilepaskan/);
	});

	test('released goes on at the very next inquiry', async () => {
		for (const [i, b] of [operator, open].entries()) {
			clock.person();
			assert.match(text((await b.verify(padan.nik['01'][2 + i])).body), /Data ditemukan/);
		}
		const kinds = guard(padan).map((e) => e.about.split(' ')[0]);
		assert.deepEqual(kinds.slice(-2), ['justify', 'release']);
	});
});

describe('who tries to be clever', () => {
	let padan, clock;
	before(async () => {
		padan = await Padan.demo({ settings: { ...LONG, 'guard.two_persons': 'on' } });
		clock = new Clock(padan);
		await serve(padan);
	});
	after(() => padan?.remove());

	test('two user ids in turns are both held; their instansi remembers', async () => {
		const pair = await Promise.all(['operator1', 'kepala'].map((u) => Browser.operator(padan, u)));
		const numbers = serials('330407150685', 9901, 60);
		let answered = 0;
		const held = new Set();
		for (const [i, number] of numbers.entries()) {
			if (held.has(i % 2)) continue;
			clock.person();
			if (text((await pair[i % 2].verify(number)).body).includes(HELD)) held.add(i % 2);
			else answered++;
			if (held.size === 2) break;
		}
		assert.equal(held.size, 2);
		assert.ok(answered <= 60, `${answered} answered`);
		console.log(`two in turns: ${answered} answered before both were held`);
	});

	test('a release needs two persons when the setting says so; the command line is one of them', async () => {
		const [one] = padan.office("SELECT hold_id FROM guard_hold WHERE user_id = 'operator1'");
		const admin = new Browser(padan);
		await admin.login('admin');
		await admin.go('GET', `/penjaga/${one.hold_id}`);
		const form = { nomor: one.hold_id, keputusan: 'lepas', catatan: 'daftar sudah diperiksa' };
		assert.match(text((await admin.submit('/penjaga/keputusan', form)).body), /Persetujuan pertama tercatat/);
		assert.match(text(admin.page.body), /Anda sudah menyetujui pelepasan; sekarang giliran admin lain/);
		const twice = await admin.go('POST', '/penjaga/keputusan', { form: { csrf: admin.hidden('/keluar').csrf, ...form } });
		assert.equal(twice.status, 409);
		assert.match(text(twice.body), /Pelepasan memerlukan dua orang/);
		const operator = await Browser.operator(padan);
		clock.person();
		assert.match(text((await operator.verify(padan.nik['01'][3])).body), new RegExp(HELD), 'one is not enough');
		const second = padan.tryRun('guard', 'release', padan.dir, String(one.hold_id), '--set', 'guard.two_persons=on');
		assert.equal(second.status, 0, second.stderr);
		clock.person();
		assert.match(text((await operator.verify(padan.nik['01'][4])).body), /Data ditemukan/);
		const gone = padan.tryRun('guard', 'release', padan.dir, String(one.hold_id));
		assert.equal(gone.status, 1);
		assert.match(gone.stderr, /sudah diputuskan oleh baris perintah/);
		assert.match(padan.run('guard', 'list', padan.dir), /menunggu keputusan.*kepala[\s\S]*dilepaskan.*operator1/);
	});

	test('confirmed stays held, whatever is sent afterwards', async () => {
		const [one] = padan.office("SELECT hold_id FROM guard_hold WHERE user_id = 'kepala'");
		const admin = new Browser(padan);
		await admin.login('admin2');
		await admin.go('GET', `/penjaga/${one.hold_id}`);
		const done = await admin.submit('/penjaga/keputusan', { nomor: one.hold_id, keputusan: 'tetap', catatan: 'bukan pekerjaan kejadian ini' });
		assert.match(text(done.body), /Penahanan ditetapkan\. Tutuplah User ID ini/);
		assert.equal(padan.tryRun('guard', 'release', padan.dir, String(one.hold_id)).status, 1);
		const head = await Browser.operator(padan, 'kepala');
		clock.later(80000);
		assert.match(text((await head.verify(padan.nik['01'][5])).body), new RegExp(HELD));
		assert.match(text(head.page.body), /User ID ditahan karena NIK dimasukkan/, 'a head reads the ground');
		assert.match(text((await head.go('GET', `/penjaga/${one.hold_id}`)).body), /ditetapkan.*bukan pekerjaan kejadian ini/);
	});

	test('a sweep over dates with one serial, and a program in a hurry', async () => {
		const sweeper = await Browser.operator(padan, 'dinkes-operator');
		const days = Array.from({ length: 28 }, (_, i) => `330402${String((i * 11) % 28 + 1).padStart(2, '0')}07889907`);
		const swept = await walk([sweeper], days, clock);
		assert.ok(swept.answered <= 25, `${swept.answered} of a shuffled sweep answered`);
		const hasty = await Browser.operator(padan, 'dinkes-kepala');
		let answered = 0;
		for (const number of [...padan.nik['01'], ...padan.nik['13']]) {
			clock.later(0.4);
			if (text((await hasty.verify(number)).body).includes(HELD)) break;
			answered++;
		}
		assert.ok(answered <= 25, `${answered} answered in a hurry`);
		const reasons = padan.office('SELECT user_id, reason FROM guard_hold ORDER BY hold_id');
		assert.deepEqual(reasons.slice(-2).map((h) => `${h.user_id} ${h.reason}`), ['dinkes-operator berpola', 'dinkes-kepala berdekatan']);
	});
});

describe('honest work', () => {
	let padan, clock;
	before(async () => {
		padan = await Padan.demo({ residents: 20000, settings: LONG });
		clock = new Clock(padan);
		await serve(padan);
	});
	after(() => padan?.remove());

	test('the list of the demo, typed from top to bottom, is neither held nor warned of', async () => {
		const b = await Browser.operator(padan);
		const list = [...padan.nik['01'], ...padan.nik['11'], ...padan.nik['12'], ...padan.nik['14'], ...padan.nik['13']].slice(0, 190);
		for (const number of list) {
			clock.person();
			const shown = text((await b.verify(number)).body);
			assert.ok(!shown.includes(HELD) && !shown.includes('mirip penelusuran'), shown.slice(0, 600));
		}
		assert.deepEqual(guard(padan).filter((e) => !e.about.startsWith('note')), []);
	});

	test('a landslide: a whole kecamatan sorted by household, two hands, slips and corrections', async () => {
		const csv = path.join(padan.dir, '..', 'all.csv');
		padan.run('registry', 'generate', padan.dir, '--residents', '20000', '--seed', '1', '--csv', csv);
		const [head, ...rows] = readFileSync(csv, 'utf8').trimEnd().split(/\r?\n/).map((l) => l.split(','));
		rmSync(csv);
		const at = (name) => head.indexOf(name);
		const victims = rows.filter((r) => r[at('no_kec')] === '13').sort((a, b) => a[at('no_kk')].localeCompare(b[at('no_kk')])).slice(0, 320).map((r) => r[at('nik')]);
		assert.equal(victims.length, 320);
		const hands = await Promise.all(['dinkes-operator', 'dinkes-kepala'].map((u) => Browser.operator(padan, u)));
		for (const [i, number] of victims.entries()) {
			const b = hands[i % 7 < 4 ? 0 : 1];
			clock.person(5, 40);
			if (i % 40 === 17) { // two digits change places, and are put right
				const slip = number.slice(0, 8) + number[9] + number[8] + number.slice(10);
				await b.verify(slip);
				clock.person(5, 12);
			}
			const shown = text((await b.verify(number)).body);
			assert.ok(!shown.includes(HELD), `${i}: ${JSON.stringify(padan.office('SELECT user_id, evidence FROM guard_hold'))}`);
			if (i === 160) { // in the middle of it the machine goes down
				await padan.stop('SIGKILL');
				await serve(padan);
			}
		}
		const warned = guard(padan).filter((e) => e.about.startsWith('warn'));
		assert.ok(warned.length <= 1, JSON.stringify(warned.map((e) => e.about)));
	});
});

test('observe: everything is answered, and the journal says what would have happened', async () => {
	const padan = await Padan.demo({ settings: { ...LONG, 'guard.mode': 'observe' } });
	try {
		const clock = new Clock(padan);
		await serve(padan);
		const b = await Browser.operator(padan);
		for (const number of serials('330413010190', 9911, 20)) {
			clock.person();
			const shown = text((await b.verify(number)).body);
			assert.ok(!shown.includes(HELD) && !shown.includes('mirip penelusuran'));
		}
		const said = guard(padan).map((e) => e.about);
		assert.ok(said.length && said.every((a) => a.startsWith('observe ')), said.join());
		assert.ok(said.some((a) => a.startsWith('observe hold berurutan walk')));
		assert.equal(padan.office('SELECT count(*) AS n FROM guard_hold')[0].n, 0);
	} finally {
		await padan.remove();
	}
});

test('two nodes on one PostgreSQL share what they saw', { skip: process.env.PADAN_E2E_STORE !== 'postgres' && 'needs PostgreSQL' }, async () => {
	const padan = await Padan.demo({ settings: LONG });
	const node = new Padan();
	try {
		Object.assign(node, { ...padan, dir: path.join(padan.dir, '..', 'second'), settings: { ...LONG, 'journal.node': 1 } });
		cpSync(padan.dir, node.dir, { recursive: true });
		const clock = new Clock(padan, node);
		await Promise.all([serve(padan), serve(node)]);
		const pair = [await Browser.operator(padan), await Browser.operator(node)];
		const seen = await walk(pair, serials('330413010190', 9911, 20), clock);
		assert.ok(seen.answered <= 8, `${seen.answered} answered over two nodes`);
		clock.person();
		for (const b of pair) assert.match(text((await b.verify(padan.nik['01'][0])).body), new RegExp(HELD));
		const admin = new Browser(node);
		await admin.login('admin');
		const hold = /href="(\/penjaga\/\d+)"/.exec((await admin.go('GET', '/penjaga')).body)[1];
		await admin.go('GET', hold);
		await admin.submit('/penjaga/keputusan', { nomor: hold.split('/').at(-1), keputusan: 'lepas', catatan: 'uji dua simpul' });
		clock.person();
		assert.match(text((await pair[0].verify(padan.nik['01'][1])).body), /Data ditemukan/, 'released on one node, works on the other');
	} finally {
		await node.stop();
		await padan.remove();
	}
});
