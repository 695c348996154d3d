// SPDX-License-Identifier: EUPL-1.2
// People between two nodes: a session made at one lives, grows old and ends at the other; who guesses is counted by both
// together; a one-time code opens one door only; what one showed the other traces; the pattern guard (J.II.E1) sees one walk.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { OBSERVE, text } from '../e2e/padan.mjs';
import { code } from '../e2e/telephone.mjs';
import { Office, at, inquire, outcomeOf } from './nodes.mjs';

const HELD = 'User ID non aktif, silahkan menghubungi Admin';
const alive = async (b, node) => (await at(b, node).go('GET', '/sesi', { follow: false })).status === 200;

describe('I8.3: sessions', () => {
	let office, a, b;
	let now = 0;
	const later = (s) => {
		now += s;
		office.nodes.forEach((n) => office.clock(n, now));
	};
	before(async () => {
		office = await Office.create({ clocks: true, settings: { ...OBSERVE, 'session.idle_s': 600, 'session.absolute_s': 3600 } });
		[a, b] = office.nodes;
		await a.nightDone();
	}, { timeout: 180000 });
	after(() => office?.remove());

	test('threat forged requests: the token of a form of A is good at B, another session\'s is not', async () => {
		const one = await office.operator(a), other = await office.operator(b);
		await one.go('GET', '/verifikasi');
		await other.go('GET', '/verifikasi');
		const [mine, theirs] = [one, other].map((x) => x.hidden('/verifikasi').csrf);
		assert.equal(outcomeOf(await inquire(one, b, a.nik['01'][0], { csrf: mine })), '01');
		assert.equal((await inquire(one, b, a.nik['01'][0], { csrf: theirs })).status, 403);
		assert.equal((await inquire(one, a, a.nik['01'][0], { csrf: theirs })).status, 403);
	});

	test('threat stolen session: used at B it stays young at A; idle at both it is over at both', async () => {
		const who = await office.operator(a);
		for (let i = 0; i < 4; i++) {
			later(400);
			assert.ok(await alive(who, b), `after ${400 * (i + 1)} s, seen by B alone`);
		}
		later(400);
		assert.ok(await alive(who, a), 'A has not seen it for 2000 s, B has for 400');
		later(601);
		const kept = new Map(who.cookies);
		for (const node of [b, a]) {
			who.cookies = new Map(kept);
			assert.ok(!await alive(who, node), `node ${office.number(node)}: idle`);
		}
	});

	test('threat stolen session: the absolute end comes at both, however busy it was', async () => {
		const who = await office.operator(a), kept = new Map(who.cookies);
		for (let i = 0; i < 8; i++) {
			later(440);
			assert.ok(await alive(who, office.nodes[i % 2]), `${i}`);
		}
		later(200); /* 3720 s */
		for (const node of office.nodes) {
			who.cookies = new Map(kept);
			assert.ok(!await alive(who, node), `node ${office.number(node)}: absolute`);
		}
	});

	test('threat guessing: wrong passwords at A and B are counted together, and forgiven together', async () => {
		const enters = async (node, user, password = a.accounts[user].password) => (await office.person(node, user, password)).page.target !== '/masuk';
		for (let i = 0; i < 12; i++) {
			later(900); /* the longest wait there is: each of them is read, and counted */
			assert.equal(await enters(office.nodes[i % 2], 'kepala', 'salah-sekali-ini'), false);
		}
		later(20); /* six at one node are forgotten by now, twelve at both are not */
		for (const node of office.nodes) assert.equal(await enters(node, 'kepala'), false, `node ${office.number(node)} took the right one after twelve wrong`);
		later(900);
		assert.equal(await enters(b, 'kepala'), true);
		for (let i = 0; i < 4; i++) assert.equal(await enters(a, 'kepala', 'salah-sekali-ini'), false);
		assert.equal(await enters(a, 'kepala'), true, 'four cost nothing, and the twelve before are forgiven at A too');
	});

	test('threat guessing: one code opens one door, though it comes to both at the same instant; a recovery code too', async () => {
		const shown = (key) => code(key, 0, Date.now() + now * 1000);
		const who = await office.person(a, 'dinkes-kepala');
		await who.go('GET', '/kode/daftar');
		const key = /class="n key">([A-Z2-7 ]+)</.exec(who.page.body)[1].replaceAll(' ', '');
		const there = at(who, b);
		await there.submit('/kode/daftar', { kode: shown(key), sandi: a.accounts['dinkes-kepala'].password });
		const recovery = [...there.page.body.matchAll(/<li>([0-9A-Z]{5}-[0-9A-Z]{5})<\/li>/g)].map((m) => m[1]);
		assert.equal(recovery.length, 10, 'begun at A, done at B');
		for (let i = 0; i < 6; i++) {
			later(60);
			const halves = await Promise.all(office.nodes.map((n) => office.person(n, 'dinkes-kepala')));
			assert.deepEqual(halves.map((h) => h.page.target), ['/kode', '/kode']);
			const form = i % 2 ? { kode: shown(key) } : { pemulihan: recovery[i] };
			await Promise.all(halves.map((h) => h.submit('/kode', form)));
			assert.deepEqual(halves.map((h) => h.page.target).sort(), ['/', '/kode'], `round ${i}`);
		}
	});
});

describe('J.II.E1, P2.2g: what one node saw the other knows', () => {
	const LONG = { 'session.idle_s': 86400, 'session.absolute_s': 604800 };
	const serials = (prefix, from, n) => Array.from({ length: n }, (_, i) => `${prefix}${from + i}`);
	let office, a, b;
	/** A clock for people: so many seconds between two inquiries, never even. */
	const typing = (of) => {
		let seed = 20261125, ahead = 0;
		return (least = 4, most = 17) => {
			seed = (seed * 1103515245 + 12345) % 2147483648;
			ahead += least + (most - least) * (seed / 2147483648);
			of.nodes.forEach((n) => of.clock(n, ahead));
		};
	};
	/** Asks in turns until each of them is held; how many were answered. */
	const walk = async (people, numbers, type) => {
		const held = new Set();
		let answered = 0;
		for (const [i, number] of numbers.entries()) {
			const who = i % people.length;
			if (held.has(who)) continue;
			type();
			if (text((await people[who].verify(number)).body).includes(HELD)) held.add(who);
			else answered++;
			if (held.size === people.length) return answered;
		}
		return assert.fail(`${answered} answered, held: ${[...held]}`);
	};
	before(async () => {
		office = await Office.create({ clocks: true, settings: LONG });
		[a, b] = office.nodes;
	}, { timeout: 180000 });
	after(() => office?.remove());

	test('P2.2g, P2.2j: the reference and the watermark of an answer at B are traced at A, its slip is true there', async () => {
		const who = await office.operator(b, 'dinkes-operator'), screen = await who.verify(a.nik['01'][0]);
		const ref = /Ref\. <span class="n">([^<]*)/.exec(screen.body)[1], mark = /data-w="([^"]*)"/.exec(screen.body)[1];
		const slip = await at(who, a).submit('/verifikasi/slip', {});
		assert.equal(slip.status, 200, 'printed at the other node');
		assert.match(slip.body, new RegExp(`data-w="${ref} `));
		const admin = await office.person(a, 'admin');
		for (const typed of [ref, mark, `PADAN:${ref}:${/class="n">([0-9A-Z]{10})</.exec(slip.body)[1]}`]) {
			await admin.go('GET', '/telusur');
			const found = text((await admin.submit('/telusur', { ref: typed, userid: '', waktu: '', selisih: '0', nik: '' })).body);
			assert.match(found, new RegExp(`Akses ditemukan Referensi ${ref}`), typed);
			assert.match(found, /User ID dinkes-operator/);
		}
		assert.match(a.run('journal', 'find', a.dir, ref), /dinkes-operator|lookup/);
	});

	test('J.II.E1: a walk by two user ids over two nodes is found as soon as one at a single node; release and reason cross over', async () => {
		const single = await Office.create({ nodes: 1, clocks: true, settings: LONG });
		let alone;
		try {
			alone = await walk(await Promise.all(['operator1', 'kepala'].map((u) => single.operator(single.first, u))), serials('330407150685', 9901, 60), typing(single));
		} finally {
			await single.remove();
		}
		const type = typing(office), pair = [await office.operator(a, 'operator1'), await office.operator(b, 'kepala')];
		const answered = await walk(pair, serials('330407150685', 9901, 60), type);
		assert.ok(Math.abs(answered - alone) <= 1, `${answered} answered over two nodes, ${alone} at one`);
		type();
		for (const [who, there] of [[pair[0], b], [pair[1], a]])
			assert.match(text((await at(who, there).verify(a.nik['01'][0])).body), new RegExp(HELD), 'held at the node that did not hold it');

		const head = await office.person(b, 'kepala'), admin = await office.person(a, 'admin');
		const hold = office.value("SELECT hold_id FROM guard_hold WHERE user_id = 'operator1'");
		await head.go('GET', `/penjaga/${hold}`);
		assert.match(text((await head.submit('/penjaga/penjelasan', { nomor: String(hold), penjelasan: 'Daftar posko Leksana' })).body), /Penjelasan tersimpan/);
		assert.match(text((await admin.go('GET', `/penjaga/${hold}`)).body), /Daftar posko Leksana/);
		/* two admins, one at each node, decide at the same instant: one of them does */
		const second = await office.person(b, 'admin2');
		await second.go('GET', `/penjaga/${hold}`);
		const said = await Promise.all([admin, second].map((x) => x.submit('/penjaga/keputusan', { nomor: String(hold), keputusan: 'lepas', catatan: 'diperiksa' })));
		assert.deepEqual(said.map((re) => re.status).sort(), [200, 409]);
		type();
		for (const node of [b, a]) {
			assert.match(text((await at(pair[0], node).verify(a.nik['01'][1])).body), /Data ditemukan/, 'free at both at once');
			type();
		}
		assert.match(text((await at(pair[1], a).verify(a.nik['01'][2])).body), new RegExp(HELD), 'the other is still held');
		office.sound();
	});
});
