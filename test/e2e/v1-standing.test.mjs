// SPDX-License-Identifier: EUPL-1.2
// /api/v1: does the service answer and when will it not, how the own agency stands, what it
// asked, and the proof of it (I5.4, I5.5). What the interface says is held against what the
// agreement file, the journal's export and the command line say.
import { test, describe, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Padan, Browser, OBSERVE, text } from './padan.mjs';
import { Clock } from './clock.mjs';
import { send, token, problem } from './v1.mjs';

const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
/** A job looks every ten seconds, and leaves out a look now and then. */
const until = async (what, fn) => {
	for (const began = Date.now(); !fn(); await sleep(100))
		if (Date.now() - began > 90000) throw new Error(`never: ${what}`);
};
const get = (p, target, bearer, headers = {}) => send(p, 'GET', `/api/v1/${target}`, { headers: { ...(bearer ? { Authorization: `Bearer ${bearer}` } : {}), ...headers } });
const given = async (p, target, bearer) => {
	const re = await get(p, target, bearer);
	assert.equal(re.status, 200, `${target}: ${re.text}`);
	assert.equal(re.headers['content-type'], 'application/json', target);
	assert.equal(re.headers['cache-control'], 'no-store', target);
	assert.match(re.headers['x-request-id'], /^[0-9a-f]{24}$/, target);
	return re.json;
};
const balikan = (p, code) => JSON.parse(readFileSync(path.join(p.dir, 'demo-accounts.json'))).tokens.find((t) => t.instansi === code).token;
/** Days, by the calendar of WIB. */
const wib = (ms = Date.now()) => new Date(ms + 7 * 3600e3).toISOString();
const day = (plus = 0, ms = Date.now()) => wib(ms + plus * 86400e3).slice(0, 10);
const minute = (plusMinutes) => wib(Date.now() + plusMinutes * 60e3).slice(0, 16);
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/;

/** One inquiry of a program in the old way of speaking; a `key` makes repeats. */
const ask = (p, nik, { key, method = 'CALL_NIK', more = {} } = {}) => send(p, 'POST', `/dukcapil/get_json/DINKES/${method}`, {
	headers: { 'Content-Type': 'application/json' },
	body: JSON.stringify({ NIK: nik, user_id: 'dinkes-layanan', password: p.accounts['dinkes-layanan'].password, IP_USER: '127.0.0.1', ...(key ? { transactionId: key } : {}), ...more }) });
const lookups = (p) => p.journal().filter((e) => e.act === 'lookup');
const idOf = (p, code) => p.office(`SELECT instansi_id FROM instansi WHERE code = '${code}'`)[0].instansi_id;
const WORDS = { portal: 'portal', CALL_NIK: 'verifikasi', CALL_VERIFY_BY_ELEMEN: 'kesesuaian' };
/** References of entries, as `journal find` reads them the other way round. */
const seqOf = (p, ref) => Number(/(\d+)/.exec(p.run('journal', 'find', p.dir, ref).replace(ref, ''))[1]);

let padan, bearer;
before(async () => {
	padan = await (await Padan.demo({ tls: false, residents: 1000, settings: { ...OBSERVE, 'checkpoint.every_s': 86400 } })).start();
	bearer = await token(padan);
});
after(() => padan?.remove());

describe('I5.5 status', () => {
	test('a stranger reads about the service and of no agency', async () => {
		const began = Date.now(), re = await given(padan, 'status'), at = Date.parse(re.waktu);
		assert.deepEqual(Object.keys(re), ['layanan', 'waktu', 'pemeliharaan', 'registri']);
		assert.equal(re.layanan, 'tersedia');
		assert.match(re.waktu, time);
		assert.ok(at > began - 1000 && at <= Date.now(), 'now, to the second');
		assert.deepEqual(re.pemeliharaan, []);
		assert.deepEqual(re.registri, { data_per: day() });
	});

	test('a token adds the own agency; one that is no good is told so', async () => {
		const re = await given(padan, 'status', bearer);
		assert.equal(re.instansi, 'DINKES');
		const file = JSON.parse(padan.run('agreement', 'export', padan.dir, 'DINKES', '2')).terms;
		const left = (Date.parse(file.end) - Date.parse(day())) / 86400e3 + 1;
		assert.deepEqual(re.perjanjian, { keadaan: 'aktif', berakhir: file.end, sisa_hari: left });
		assert.deepEqual(re.kuota.map((k) => k.metode), ['portal', 'verifikasi', 'kesesuaian']);
		problem(await get(padan, 'status', 'x'.repeat(43)), 401, 'token-tidak-berlaku');
		assert.ok((await given(padan, 'status')).instansi === undefined, 'and no session or earlier token sticks');
	});

	test('I5.7: the rehearsal hears of the service, and of nothing real', async () => {
		const rehearsing = await token(padan, { user: ['bpbd-uji', padan.accounts['bpbd-uji'].password] });
		const re = await get(padan, 'status', rehearsing);
		assert.deepEqual([re.status, re.headers['x-padan-sandbox'], Object.keys(re.json)], [200, '1', ['layanan', 'waktu', 'pemeliharaan', 'registri']]);
		for (const target of ['perjanjian', 'kuota', 'jurnal', 'jurnal/7K2M-94QX', 'pemakaian']) problem(await get(padan, target, rehearsing), 403, 'tidak-dilatihkan', target);
	});

	test('a planned outage is told before, while it runs, and not after it was called off', async () => {
		const number = (said) => /pemeliharaan (\d+)/.exec(said)[1];
		const [begin, end] = [minute(60), minute(120)];
		const service = number(padan.run('outage', 'add', padan.dir, begin, end, 'Penggantian peladen', '--part', 'layanan'));
		const [one] = (await given(padan, 'status')).pemeliharaan;
		assert.deepEqual(one, { mulai: `${begin}:00+07:00`, selesai: `${end}:00+07:00`, bagian: 'layanan', keterangan: 'Penggantian peladen' });
		assert.equal((await given(padan, 'status')).layanan, 'tersedia');
		padan.run('outage', 'change', padan.dir, service, '--begin', minute(-1), '--note', 'Sudah mulai');
		const running = await given(padan, 'status');
		assert.deepEqual([running.layanan, running.pemeliharaan[0].keterangan], ['pemeliharaan', 'Sudah mulai']);
		assert.match(padan.run('outage', 'cancel', padan.dir, service), /diakhiri/);
		assert.deepEqual([(await given(padan, 'status')).layanan, (await given(padan, 'status')).pemeliharaan], ['tersedia', []]);
		assert.equal(padan.tryRun('outage', 'cancel', padan.dir, service).status, 1);
	});

	test('an outage of the portal alone is told and stops no program; one far ahead is not told yet', async () => {
		padan.run('outage', 'add', padan.dir, minute(-5), minute(30), 'Hanya portal', '--part', 'portal');
		padan.run('outage', 'add', padan.dir, minute(89 * 1440), minute(89 * 1440 + 5), 'Menjelang');
		padan.run('outage', 'add', padan.dir, minute(91 * 1440), minute(91 * 1440 + 5), 'Jauh');
		const re = await given(padan, 'status');
		assert.equal(re.layanan, 'tersedia');
		assert.deepEqual(re.pemeliharaan.map((o) => [o.keterangan, o.bagian]), [['Hanya portal', 'portal'], ['Menjelang', 'semua']]);
		const listed = padan.run('outage', 'list', padan.dir, '--past');
		for (const word of ['Hanya portal', 'Menjelang', 'Jauh', 'Sudah mulai']) assert.ok(listed.includes(word), word);
		assert.ok(!padan.run('outage', 'list', padan.dir).includes('Sudah mulai'));
		for (const o of listed.split('\n').filter((l) => /terencana|berlangsung/.test(l))) padan.run('outage', 'cancel', padan.dir, o.trim().split(' ')[0]);
	});

	test('what is no outage is refused, and each that is stands in the journal without its words', async () => {
		for (const [args, status] of [[[minute(60), minute(60), 'x'], 100], [[minute(60), minute(30), 'x'], 100], [['besok', minute(30), 'x'], 100],
			[[minute(60), minute(90), ' '], 100], [[minute(60), minute(90), '3304060101909901'], 100], [[minute(60), minute(90), 'x', '--part', 'listrik'], 100]])
			assert.equal(padan.tryRun('outage', 'add', padan.dir, ...args).status, status, args.join(' '));
		const entries = padan.journal().filter((e) => e.act === 'outage');
		assert.deepEqual([...new Set(entries.map((e) => /cli: outage (\w+)/.exec(e.about)[1]))].sort(), ['add', 'cancel', 'change', 'end']);
		assert.ok(!entries.some((e) => /peladen|Hanya|mulai/.test(e.line)));
	});

	test('population data that cannot be read is a disturbance, and over when it is back', { skip: process.env.PADAN_E2E_STORE === 'postgres' }, async () => {
		const file = path.join(padan.dir, 'registry.db');
		renameSync(file, `${file}.away`);
		assert.equal((await given(padan, 'status')).layanan, 'tersedia', 'what is open is read on');
		writeFileSync(file, 'bukan basis data'.repeat(100), { mode: 0o600 });
		const re = await given(padan, 'status');
		renameSync(`${file}.away`, file);
		assert.deepEqual([re.layanan, re.registri.data_per], ['terganggu', null]);
		const back = await given(padan, 'status');
		assert.deepEqual([back.layanan, back.registri.data_per], ['tersedia', day()]);
	});

	test('asking writes nothing: neither journal nor any table', async () => {
		const state = () => JSON.stringify([padan.office('SELECT size FROM journal_head'), padan.office('SELECT count(*) AS n FROM outage')]);
		const was = state();
		for (let i = 0; i < 20; i++) await given(padan, 'status', i % 2 ? bearer : undefined);
		assert.equal(state(), was);
	});
});

describe('I5.4 agreement and quota', () => {
	test('the agreement as its file has it', async () => {
		const { terms } = JSON.parse(padan.run('agreement', 'export', padan.dir, 'DINKES', '2'));
		const re = await given(padan, 'perjanjian', bearer);
		assert.deepEqual(re.instansi.kode, 'DINKES');
		assert.equal(re.instansi.keadaan, 'aktif');
		assert.match(re.instansi.sejak, time);
		assert.deepEqual(re.pks, { nomor: terms.pks.number, tanggal: terms.pks.signed_on });
		assert.deepEqual(re.juknis, { nomor: terms.juknis.number, tanggal: terms.juknis.signed_on });
		assert.equal(re.versi, 2);
		assert.deepEqual(re.adendum, { nomor: terms.addendum.number, tanggal: terms.addendum.signed_on, perihal: terms.addendum.subject });
		assert.deepEqual([re.mulai, re.berakhir], [terms.begin, terms.end]);
		assert.deepEqual([...re.elemen].sort(), terms.elements.map((e) => e.toLowerCase()).sort());
		assert.deepEqual(re.metode.map((m) => m.metode), ['portal', 'verifikasi', 'kesesuaian']);
		assert.ok(re.metode.every((m) => m.dibuka && m.poc_lulus && m.kuota === null));
		assert.deepEqual(re.dokumen, { persetujuan_kementerian: true, sptjm: true });
		assert.deepEqual(re.kontak.map((k) => [k.pihak, k.nama]), terms.contacts.map((c) => [c.side === 'provider' ? 'penyedia' : 'instansi', c.name]));
	});

	test('what is not granted is closed, and the quota falls with each hit and no other inquiry', async () => {
		const bpbd = await token(padan, { user: ['bpbd-balikan', balikan(padan, 'BPBD')] });
		const quota = async () => (await given(padan, 'kuota', bpbd)).kuota;
		const before_it = await quota();
		assert.deepEqual(before_it.map(({ metode, dibuka, batas, sisa }) => [metode, dibuka, batas, sisa]),
			[['portal', true, 200, 200], ['verifikasi', false, 0, 0], ['kesesuaian', false, 0, 0]]);
		assert.ok(before_it.every((k) => k.pulih === `${day(1)}T00:00:00+07:00`));
		const operator = await Browser.operator(padan);
		for (const nik of [padan.nik['01'][0], padan.nik['11'][0], '1234567890123456']) await operator.verify(nik);
		const [portal] = await quota();
		assert.deepEqual([portal.terpakai, portal.sisa], [2, 198]);
		assert.deepEqual((await given(padan, 'status', bpbd)).kuota, await quota());
		assert.equal((await given(padan, 'kuota', bpbd)).tanggal, day());
		assert.equal((await given(padan, 'perjanjian', bpbd)).adendum, null);
	});

	test('a suspended agency still reads why, and nothing else', async () => {
		padan.run('agreement', 'state', padan.dir, 'DINKES', 'suspended', '--note', 'Uji');
		try {
			assert.equal((await given(padan, 'perjanjian', bearer)).instansi.keadaan, 'dibekukan');
			assert.equal((await given(padan, 'status', bearer)).perjanjian.keadaan, 'dibekukan');
			await given(padan, 'kuota', bearer);
			for (const target of ['jurnal', 'jurnal/7K2M-94QX', 'pemakaian']) {
				const told = problem(await get(padan, target, bearer), 403, 'instansi-tidak-aktif', target);
				assert.equal(told.kode, '16');
				assert.ok(told.pasal, target);
			}
		} finally {
			padan.run('agreement', 'state', padan.dir, 'DINKES', 'active');
		}
	});

	test('each operation wants its scope', async () => {
		const narrow = await token(padan, { scope: 'verifikasi' });
		for (const [target, scope] of [['perjanjian', 'perjanjian:read'], ['kuota', 'perjanjian:read'], ['jurnal', 'jurnal:read'], ['jurnal/7K2M-94QX', 'jurnal:read'], ['pemakaian', 'pemakaian:read']]) {
			const re = await get(padan, target, narrow);
			problem(re, 403, 'cakupan-kurang', target);
			assert.match(re.headers['www-authenticate'], new RegExp(`error="insufficient_scope", scope="${scope}"`), target);
			const bare = await get(padan, target);
			problem(bare, 401, 'token-tidak-berlaku', target);
		}
		assert.equal((await given(padan, 'status', narrow)).instansi, 'DINKES');
	});
});

describe('I5.4 the own inquiries', () => {
	/** What the export says the program asked, newest first. */
	const exported = () => {
		const versions = Object.fromEntries(padan.office('SELECT version_id, number FROM agreement_version').map((v) => [v.version_id, v.number]));
		return lookups(padan).filter((e) => e.user_id === 'dinkes-layanan').reverse().map((e) => ({
			waktu: wib(Date.parse(e.time)).replace(/\..*/, '+07:00'), metode: WORDS[e.method] ?? null, kode: e.outcome, dasar: e.ground ?? null, pasal: e.clause ?? null,
			versi: versions[e.version] ?? null, kejadian: e.kejadian ?? null, ulangan: !!e.repeat }));
	};
	const pages = async (query, most = 100) => {
		const rows = [];
		for (let cursor = null, n = 0; n === 0 || cursor; n++) {
			assert.ok(n < most);
			const re = await given(padan, `jurnal?${query}${cursor ? `&kursor=${cursor}` : ''}`, bearer);
			rows.push(...re.jurnal);
			cursor = re.kursor;
		}
		return rows;
	};
	const bare = ({ referensi, ...rest }) => rest;

	before(async () => {
		for (const [i, nik] of [padan.nik['01'][1], padan.nik['11'][1], padan.nik['12'][1], padan.nik['13'][1], padan.nik['14'][1], '12', padan.nik['01'][2]].entries())
			await ask(padan, nik, { key: `J-${i}` });
		await ask(padan, padan.nik['01'][1], { key: 'J-0' });
		await ask(padan, padan.nik['01'][1], { method: 'CALL_VERIFY_BY_ELEMEN', more: { NAMA_LGKP: 'SIAPA' } });
		const operator = await Browser.operator(padan, 'dinkes-operator');
		await operator.verify(padan.nik['01'][3]);
	});

	test('the list is what the journal has of this user id, whatever has been counted by then', async () => {
		const rows = await pages('batas=200');
		assert.ok(rows.length >= 9);
		assert.deepEqual(rows.map(bare), exported());
		assert.ok(rows.some((r) => r.ulangan) && rows.some((r) => r.kode === '15') && rows.some((r) => r.metode === 'kesesuaian'));
		assert.equal(new Set(rows.map((r) => r.referensi)).size, rows.length);
		assert.deepEqual(await pages('batas=2'), rows, 'page by page the same');
		await until('the job has been by', () => padan.office('SELECT count(*) AS n FROM usage_own')[0].n >= 9);
		assert.deepEqual(await pages('batas=4'), rows, 'and from the lists that were made of it');
	});

	test('what is asked while somebody reads neither repeats nor pushes out a row', async () => {
		const first = await given(padan, 'jurnal?batas=3', bearer);
		await ask(padan, padan.nik['01'][4]);
		const rest = await given(padan, `jurnal?batas=200&kursor=${first.kursor}`, bearer);
		assert.deepEqual([...first.jurnal, ...rest.jurnal].map(bare), exported().slice(1));
		assert.equal(rest.kursor, null);
	});

	test('days choose, and a cursor serves its own list alone', async () => {
		assert.deepEqual(await pages(`dari=${day()}&sampai=${day()}`), await pages(''));
		assert.deepEqual((await given(padan, `jurnal?dari=${day(1)}`, bearer)).jurnal, []);
		assert.deepEqual((await given(padan, `jurnal?sampai=${day(-1)}`, bearer)).jurnal, []);
		const { kursor } = await given(padan, 'jurnal?batas=1', bearer);
		for (const query of [`kursor=${kursor}&dari=${day()}`, 'kursor=abc', `kursor=${kursor.slice(0, -1)}`, 'batas=0', 'batas=201', 'batas=x', 'dari=kemarin', 'sampai=2026-02-30', `dari=${day()}&sampai=${day(-1)}`]) {
			const told = problem(await get(padan, `jurnal?${query}`, bearer), 422, 'parameter-tidak-valid', query);
			assert.ok(told.kesalahan.length === 1 && ['kursor', 'batas', 'dari', 'sampai'].includes(told.kesalahan[0].parameter), query);
		}
	});

	test('P3.1a: the proof of an entry holds offline; with one byte changed it does not', async () => {
		const [row] = (await given(padan, 'jurnal?batas=1', bearer)).jurnal;
		const early = await given(padan, `jurnal/${row.referensi}`, bearer);
		assert.deepEqual(early, { referensi: row.referensi, waktu: row.waktu, kode: row.kode, bukti: null }, 'no checkpoint covers it yet');
		padan.run('journal', 'checkpoint', padan.dir);
		const re = await given(padan, `jurnal/${row.referensi.toLowerCase()}`, bearer);
		assert.deepEqual({ ...re, bukti: null }, early);
		const key = path.join(padan.dir, '..', 'vkey'), file = path.join(padan.dir, '..', 'proof.json');
		writeFileSync(key, padan.run('journal', 'vkey', padan.dir));
		const check = (proof) => {
			writeFileSync(file, typeof proof === 'string' ? proof : JSON.stringify(proof));
			return padan.tryRun('journal', 'proof', file, '--vkey', key);
		};
		assert.match(check(re.bukti).stdout, /bukti berlaku/);
		assert.deepEqual(re.bukti, JSON.parse(padan.run('journal', 'prove', padan.dir, row.referensi)));
		const entry = JSON.parse(re.bukti.entry);
		assert.deepEqual([entry.outcome, entry.user_id, entry.seq], [row.kode, 'dinkes-layanan', seqOf(padan, row.referensi)]);
		const flip = (s, at) => s.slice(0, at) + (s[at] === '0' ? '1' : '0') + s.slice(at + 1);
		for (const bent of [{ ...re.bukti, entry: flip(re.bukti.entry, re.bukti.entry.search(/\d"/)) }, { ...re.bukti, seq: re.bukti.seq - 1 },
			{ ...re.bukti, hashes: re.bukti.hashes.map((h, i) => (i ? h : flip(h, 7))) }, { ...re.bukti, checkpoint: re.bukti.checkpoint.replace(/\n(\d+)\n/, (m, n) => `\n${Number(n) + 1}\n`) }])
			assert.equal(check(bent).status, 1, JSON.stringify(bent).slice(0, 80));
	});

	test('nobody gets a proof of what another asked, nor hears whether there is such an entry', async () => {
		const entries = padan.journal();
		const numbers = [entries.findLast((e) => e.user_id === 'dinkes-operator' && e.act === 'lookup'), entries.findLast((e) => e.user_id === 'operator1' && e.act === 'lookup'), entries.find((e) => e.act === 'start')];
		assert.ok(numbers.every(Boolean));
		const operator = await Browser.operator(padan, 'dinkes-operator');
		const shown = await operator.verify(padan.nik['01'][5]);
		const ref = /Ref\. <span class="n">([^<]*)/.exec(shown.body)[1];
		padan.run('journal', 'checkpoint', padan.dir);
		assert.ok(padan.run('journal', 'prove', padan.dir, ref).includes('dinkes-operator'), 'the entry is there');
		const words = [];
		for (const target of [`jurnal/${ref}`, 'jurnal/7K2M-94QX', 'jurnal/tidak-ada', 'jurnal/', 'jurnal/%00', 'jurnal/1/2']) {
			const re = await get(padan, target, bearer);
			if (target === 'jurnal/%00') { assert.ok([400, 404].includes(re.status)); continue; }
			const { instance, ...told } = problem(re, 404, 'tidak-ditemukan', target);
			words.push(JSON.stringify(told));
		}
		assert.equal(new Set(words).size, 1, 'all of them alike');
	});
});

describe('I5.4 usage', () => {
	test('what is no range of days is told', async () => {
		for (const [query, parameter] of [[`dari=${day(-366)}&sampai=${day()}`, 'sampai'], ['dari=x', 'dari'], ['sampai=x', 'sampai'], [`dari=${day()}&sampai=${day(-1)}`, 'sampai'], [`dari=${day(1)}`, 'dari']]) {
			const told = problem(await get(padan, `pemakaian?${query}`, bearer), 422, 'parameter-tidak-valid', query);
			assert.equal(told.kesalahan[0].parameter, parameter, query);
		}
		const year = await given(padan, `pemakaian?dari=${day(-365)}&sampai=${day()}`, bearer);
		assert.deepEqual([year.dari, year.sampai], [day(-365), day()]);
		const usual = await given(padan, 'pemakaian', bearer);
		assert.deepEqual([usual.dari, usual.sampai], [day(-29), day()]);
		assert.deepEqual(usual.harian, year.harian);
	});
});

test('P8: over several days the figures are those of the export, whatever was counted by then', async () => {
	let seed = Number(process.env.SEED ?? 41);
	const random = (n) => { seed = (seed * 1103515245 + 12345) % 2147483648; return Math.floor((seed / 2147483648) * n); };
	const clock = await Clock.demo('2026-03-02 08:00', { tls: false, residents: 1000, settings: OBSERVE });
	const p = clock.padan;
	try {
		await p.start();
		const kinds = Object.values(p.nik);
		const answers = ['01', '11', '12', '13', '14', '15'];
		const hits = ['01', '11', '12', '13', '14'];
		/** The same figures, from the export. */
		const expected = (from, until) => {
			const days = new Map(), id = idOf(p, 'DINKES');
			for (const e of lookups(p).filter((one) => one.instansi === id)) {
				const tanggal = day(0, Date.parse(e.time)), metode = WORDS[e.method] ?? null;
				if (tanggal < from || tanggal > until) continue;
				const key = `${tanggal} ${e.method}`;
				const row = days.get(key) ?? { tanggal, metode, hit: 0, ulangan: 0, hasil: {}, ditolak: {} };
				const into = answers.includes(e.outcome) ? row.hasil : row.ditolak;
				into[e.outcome] = (into[e.outcome] ?? 0) + 1;
				row.ulangan += e.repeat ? 1 : 0;
				row.hit += hits.includes(e.outcome) && !e.repeat ? 1 : 0;
				days.set(key, row);
			}
			return [...days.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
		};
		const round = async (n) => {
			const operator = await Browser.operator(p, 'dinkes-operator');
			for (let i = 0; i < n; i++) {
				const of = kinds[random(kinds.length)], nik = random(6) ? of[random(of.length)] : '3304999999';
				if (random(4) === 0) await operator.verify(nik);
				else if (random(5) === 0) await ask(p, nik, { more: { password: undefined, KEJADIAN: 'x' } });
				else if (random(5) === 0) await ask(p, nik, { method: 'CALL_VERIFY_BY_ELEMEN', more: { NAMA_LGKP: 'SIAPA' } });
				else await ask(p, nik, { key: `R-${random(8)}` });
			}
		};
		const compare = async (from, until) => {
			const access = await token(p);
			const re = await get(p, `pemakaian?dari=${from}&sampai=${until}`, access);
			assert.equal(re.status, 200, re.text);
			assert.deepEqual(re.json.harian, expected(from, until), `seed ${process.env.SEED ?? 41}: ${from} to ${until}`);
			return re.json.harian;
		};
		for (const moment of ['2026-03-02 08:30', '2026-03-02 23:59', '2026-03-03 00:01', '2026-03-05 12:00']) {
			clock.set(moment);
			await round(14);
			await compare('2026-03-01', '2026-03-31');
		}
		const all = await compare('2026-03-01', '2026-03-31');
		assert.ok(new Set(all.map((r) => r.tanggal)).size >= 3 && all.some((r) => r.ulangan) && all.some((r) => r.hasil['15']));
		await compare('2026-03-03', '2026-03-03');
		await compare('2026-03-04', '2026-03-04');
		const id = idOf(p, 'DINKES');
		const counted = () => p.office(`SELECT coalesce(sum(n), 0) AS n FROM usage_day WHERE instansi_id = ${id}`)[0].n;
		const all_of_it = () => { const asked = lookups(p).filter((e) => e.instansi === id).length; return until('the job has been by', () => counted() === asked); };
		await all_of_it();
		await compare('2026-03-01', '2026-03-31');
		await round(5);
		await compare('2026-03-01', '2026-03-31');
		await all_of_it(); /* the sums alone */
		await compare('2026-03-01', '2026-03-31');
	} finally {
		await p.remove();
	}
});

test('P4: the last day is included, and the day after it is over', async () => {
	const clock = await Clock.demo('2026-03-02 08:00', { tls: false, residents: 300, settings: OBSERVE });
	const p = clock.padan;
	try {
		const end = JSON.parse(p.run('agreement', 'export', p.dir, 'DINKES', '2')).terms.end;
		clock.set(`${end} 23:30`);
		p.fill('UPDATE credential SET expires_us = 9000000000000000'); /* they live shorter than the agreement */
		p.fill("UPDATE user_account SET last_seen_us = 0, made_us = 9000000000000000 WHERE user_id = 'dinkes-layanan'");
		await p.start();
		const access = await token(p);
		const last = await given(p, 'status', access);
		assert.deepEqual(last.perjanjian, { keadaan: 'aktif', berakhir: end, sisa_hari: 1 });
		assert.equal((await given(p, 'perjanjian', access)).versi, 2);
		clock.set(`${day(1, Date.parse(end))} 00:00`);
		const over = await given(p, 'status', access);
		assert.deepEqual(over.perjanjian, { keadaan: 'berakhir', berakhir: end, sisa_hari: 0 });
		assert.ok(over.kuota.every((k) => !k.dibuka && k.batas === 0 && k.sisa === 0));
		const agreement = await given(p, 'perjanjian', access);
		assert.deepEqual([agreement.versi, agreement.instansi.keadaan, agreement.berakhir, agreement.sisa_hari], [null, 'berakhir', end, 0]);
		assert.ok(agreement.elemen.length > 0 && agreement.kontak.length > 0 && agreement.pks.nomor, 'what the last version said');
		problem(await get(p, 'pemakaian', access), 403, 'instansi-tidak-aktif');
	} finally {
		await p.remove();
	}
});

describe('outages on the portal', () => {
	test('the admin announces, changes and calls off; everybody it concerns reads of it', async () => {
		const admin = new Browser(padan);
		await admin.login('admin');
		await admin.go('GET', '/pemeliharaan');
		await admin.submit('/pemeliharaan', { mulai: minute(600), selesai: minute(660), bagian: 'layanan', keterangan: 'Ganti <b>peladen</b>' });
		assert.match(text(admin.page.body), /Pemeliharaan telah diumumkan/);
		assert.ok(admin.page.body.includes('Ganti &lt;b&gt;peladen&lt;/b&gt;'));
		const reads = async (user) => {
			const b = new Browser(padan);
			await b.login(user);
			return text((await b.go('GET', '/panduan')).body);
		};
		for (const user of ['admin2', 'auditor', 'kepala', 'dinkes-kepala']) assert.match(await reads(user), /Pemeliharaan terencana: Layanan web, .* WIB\. Ganti/, user);
		assert.doesNotMatch(await reads('operator1'), /Pemeliharaan terencana/);
		const change = /href="(\/pemeliharaan\?ubah=\d+)"/.exec(admin.page.body)[1];
		await admin.go('GET', change);
		await admin.submit('/pemeliharaan', { mulai: minute(-10), selesai: minute(60), bagian: 'semua', keterangan: 'Sekarang' });
		assert.match(text(admin.page.body), /Perubahan telah diumumkan/);
		assert.match(await reads('operator1'), /Sedang dipelihara: Seluruh layanan, .* WIB\. Sekarang/);
		assert.equal((await given(padan, 'status')).layanan, 'pemeliharaan');
		const nomor = /name="nomor" value="(\d+)"/.exec(admin.page.body)[1];
		await admin.submit('/pemeliharaan/batal', { nomor });
		assert.match(text(admin.page.body), /telah diakhiri/);
		assert.doesNotMatch(await reads('operator1'), /dipelihara/);
		assert.equal((await given(padan, 'status')).layanan, 'tersedia');
		assert.deepEqual(padan.journal().filter((e) => e.act === 'outage').slice(-3).map((e) => [e.user_id, e.about.split(' ')[0]]), [['admin', 'add'], ['admin', 'change'], ['admin', 'end']]);
	});

	test('one far ahead is not shown on every page yet', async () => {
		padan.run('outage', 'add', padan.dir, minute(3 * 1440 + 30), minute(3 * 1440 + 60), 'Belum dekat');
		const operator = new Browser(padan);
		await operator.login('operator1');
		assert.doesNotMatch(text((await operator.go('GET', '/panduan')).body), /Belum dekat/);
		padan.run('outage', 'add', padan.dir, minute(3 * 1440 - 30), minute(3 * 1440 + 60), 'Sudah dekat');
		assert.match(text((await operator.go('GET', '/panduan')).body), /Sudah dekat/);
	});

	test('a flaw is told beside its field, and nothing typed is lost', async () => {
		const admin = new Browser(padan);
		await admin.login('admin');
		const good = { mulai: minute(600), selesai: minute(660), bagian: 'portal', keterangan: 'Yang diketik' };
		for (const [bad, field] of [[{ mulai: 'x' }, 'mulai'], [{ selesai: '' }, 'selesai'], [{ selesai: minute(500) }, 'selesai'], [{ selesai: minute(-60), mulai: minute(-90) }, 'selesai'],
			[{ selesai: minute(30 * 1440) }, 'selesai'], [{ mulai: minute(400 * 1440), selesai: minute(400 * 1440 + 5) }, 'mulai'], [{ keterangan: ' ' }, 'keterangan'],
			[{ keterangan: 'x'.repeat(201) }, 'keterangan'], [{ keterangan: 'NIK 3304060101909901' }, 'keterangan'], [{ bagian: 'listrik' }, '']]) {
			await admin.go('GET', '/pemeliharaan');
			const re = await admin.submit('/pemeliharaan', { ...good, ...bad });
			assert.equal(re.status, 400, JSON.stringify(bad));
			if (field) assert.match(re.body, new RegExp(`id="${field}"[^>]*aria-invalid="true"`), JSON.stringify(bad));
			if (!('keterangan' in bad)) assert.ok(re.body.includes('value="Yang diketik"'));
		}
		assert.ok(!padan.run('outage', 'list', padan.dir).includes('Yang diketik'));
	});

	test('what another admin changed meanwhile is not written over unseen', async () => {
		const one = new Browser(padan), other = new Browser(padan);
		await one.login('admin');
		await other.login('admin2');
		await one.go('GET', '/pemeliharaan');
		await one.submit('/pemeliharaan', { mulai: minute(600), selesai: minute(660), bagian: 'portal', keterangan: 'Milik berdua' });
		const id = /^ *(\d+) .*Milik berdua/m.exec(padan.run('outage', 'list', padan.dir))[1];
		await one.go('GET', `/pemeliharaan?ubah=${id}`);
		await other.go('GET', `/pemeliharaan?ubah=${id}`);
		await other.submit('/pemeliharaan', { mulai: minute(600), selesai: minute(700), bagian: 'portal', keterangan: 'Diubah yang lain' });
		const re = await one.submit('/pemeliharaan', { mulai: minute(600), selesai: minute(690), bagian: 'portal', keterangan: 'Diubah yang satu' });
		assert.equal(re.status, 409);
		assert.match(text(re.body), /baru saja diubah orang lain/);
		assert.ok(re.body.includes('Diubah yang lain') && re.body.includes('value="Diubah yang satu"'), 'both are in sight');
		await one.submit('/pemeliharaan', { mulai: minute(600), selesai: minute(690), bagian: 'portal', keterangan: 'Diubah yang satu' });
		assert.match(padan.run('outage', 'list', padan.dir), /Diubah yang satu/);
		const gone = await one.go('GET', '/pemeliharaan?ubah=99999');
		assert.equal(gone.status, 404);
	});
});
