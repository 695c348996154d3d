// SPDX-License-Identifier: EUPL-1.2
// The rehearsal (issue 5 point 7, J.II.D): an agency whose PoC is not over tries its programs on
// made-up people. Every published NIK answers as it is published, every reply says that it is
// a rehearsal, and nothing real is reached, counted, held or owed by it.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Padan, Browser, root, text, multipart } from './padan.mjs';
import { formOf } from './form.mjs';

const MARK = 'x-padan-sandbox';
const WIRE = {
	11: 'Data Ditemukan, Meninggal Dunia',
	12: 'Data Ditemukan, Data Ganda',
	13: 'Data Tidak Ditemukan, NIK tidak terdapat di database Kependudukan',
	14: 'Data Ditemukan, Status Non Aktif silahkan hubungi Dinas Dukcapil',
	15: 'Data Tidak Ditemukan, NIK tidak sesuai format Dukcapil',
	'05': 'Kuota Akses Hari ini telah Habis',
	16: 'Instansi Tidak Aktif',
	17: 'User ID Tidak Aktif',
};
/** What is published: { nik, code, about } of each row, and the elements of those with data. */
const doc = readFileSync(path.join(root, 'doc/sandbox.md'), 'utf8');
const published = [...doc.matchAll(/^\| `(\d+)` \| (\d+) \| (.*) \|$/gm)].map(([, nik, code, about]) => ({ nik, code, about }));
const elements = Object.fromEntries([...doc.matchAll(/^`(\d{16})`: (.*)$/gm)]
	.map(([, nik, list]) => [nik, Object.fromEntries(list.split('; ').map((one) => /^(\w+) `(.*)`$/.exec(one).slice(1)))]));
const NUMBERS = ['NIK', 'NO_KK', 'NO_KEC', 'NO_RT', 'NO_RW'];
const BASE = ['ALAMAT', 'JENIS_KLMIN', 'JENIS_PKRJN', 'KAB_NAME', 'KEC_NAME', 'KEL_NAME', 'NAMA_LGKP', 'NIK', 'NO_KEC', 'NO_KK', 'NO_RT', 'NO_RW', 'PROP_NAME', 'TGL_LHR', 'TMPT_LHR'];
const first = '3404011503859901';

const fresh = async (settings = {}) => {
	const p = await (await Padan.demo({ tls: false, residents: 500, settings: { 'sandbox.per_minute': '6000', ...settings } })).start();
	p.tokens = Object.fromEntries(JSON.parse(readFileSync(path.join(p.dir, 'demo-accounts.json'))).tokens.map((t) => [t.instansi, t.token]));
	return p;
};
const credential = (p, user_id = 'bpbd-uji') => ({ user_id, password: p.accounts[user_id].password, IP_USER: '127.0.0.1' });
/** One inquiry of a program: { status, headers, json, one }. */
const call = async (p, method, body, { instansi = 'BPBD', by = 'bpbd-uji' } = {}) => {
	const re = await p.request('POST', `/dukcapil/get_json/${instansi}/${method}`,
		{ body: typeof body === 'string' ? body : JSON.stringify({ ...credential(p, by), ...body }), headers: { 'Content-Type': 'application/json' } });
	const json = re.body ? JSON.parse(re.body) : null;
	return { ...re, json, one: json?.content?.[0] };
};
const marked = (re, what) => assert.equal(re.headers[MARK], '1', `${what}: every reply says that it is a rehearsal`);
const unmarked = (re, what) => assert.equal(re.headers[MARK], undefined, `${what}: no real reply says so`);
const refused = (re, code, what) => {
	assert.equal(re.status, 200, what);
	assert.equal(re.one.RESPONSE_CODE, code, `${what}: ${re.body}`);
};
const store = (p, token, param, { nik = first, lembaga = '010001' } = {}) =>
	p.request('POST', '/databalikan/api/store', {
		body: JSON.stringify([{ id_lembaga: lembaga, nama_lembaga: 'BPBD', data: [{ NIK: nik, param: [param] }] }]),
		headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' } });
const told = { KETERANGAN_KORBAN: 'Meninggal', JENIS_BENCANA: 'Tanah longsor' };

/** Everything in the office that a real inquiry, a repeat, the guard or data balikan would change. */
const real = (p) => {
	const all = p.stores['office.url'] ? "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'" : "SELECT name FROM sqlite_master WHERE type = 'table'";
	const names = p.office(all).map((t) => t.name);
	const tables = names.filter((n) => /^(quota|repeat|guard|feedback|paper|kejadian$|session$|outbox|list_kept)/.test(n)).sort();
	assert.ok(tables.length >= 9, `tables that would change: ${tables}`);
	return Object.fromEntries(tables.map((n) => [n, p.office(`SELECT * FROM ${n}`)]));
};

const pocPassed = async (p, what, instansi = 'BPBD') => {
	const admin = new Browser(p);
	await admin.login('admin');
	await admin.go('GET', `/dokumen/baru?jenis=poc&instansi=${instansi}`);
	const today = new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10);
	const re = await admin.submitFile('/dokumen/baru', { ...formOf(admin.page.body, '/dokumen/baru'), perihal: what, surat: 'POC/UJI/1', penanda: 'Kepala Dinas', tanggal: today },
		{ name: 'berkas', filename: '', bytes: Buffer.alloc(0) });
	assert.equal(re.status, 200, text(re.body));
};

let p;
before(async () => { p = await fresh(); });
after(() => p?.remove());

test('I5.7 J.II.D: what the document publishes is what the program answers from', () => {
	const table = p.run('sandbox').trim();
	assert.ok(doc.includes(table), 'doc/sandbox.md holds the output of padan sandbox, letter for letter');
	assert.ok(published.length >= 17 && Object.keys(elements).length >= 6);
	for (const code of ['01', '05', '11', '12', '13', '14', '15', '16', '17', '503'])
		assert.ok(published.some((row) => row.code === code), `a NIK for ${code}`);
	assert.ok(Object.keys(elements).some((nik) => nik[0] === '9' && BigInt(nik) > 2n ** 53n));
});

describe('I5.7: every published NIK, by both methods', () => {
	for (const method of ['CALL_NIK', 'CALL_VERIFY_BY_ELEMEN'])
		test(method, async () => {
			for (const { nik, code, about } of published) {
				const re = await call(p, method, { NIK: nik, ...(method === 'CALL_NIK' ? {} : { NAMA_LGKP: 'BUDI CONTOH LATIHAN', TRESHOLD: 90 }) });
				marked(re, `${nik} ${about}`);
				if (code === '503') {
					assert.equal(re.status, 503);
					assert.match(re.headers['retry-after'], /^\d+$/);
					assert.deepEqual(re.json.content, []);
					continue;
				}
				assert.equal(re.status, 200);
				if (code !== '01') {
					assert.deepEqual(re.one, { RESPONSE_CODE: code, RESPON: WIRE[code], RESPONSE: WIRE[code] }, `${nik} ${about}`);
					assert.equal(re.json.quotaLimiter, code === '05' ? 0 : undefined);
					continue;
				}
				assert.equal(re.json.quotaLimiter, undefined, 'a rehearsal has no quota');
				if (method === 'CALL_NIK') {
					const has = elements[nik];
					assert.deepEqual(Object.keys(re.one).sort(), BASE, 'the elements of the agreement, no other');
					for (const key of BASE) {
						const sent = NUMBERS.includes(key) ? has[key].replace(/^0+(?=.)/, '') : JSON.stringify(has[key]);
						assert.ok(re.body.includes(`"${key}":${sent},`) || re.body.includes(`"${key}":${sent}}`), `${nik} ${key}, digit for digit`);
					}
				} else {
					assert.deepEqual(Object.keys(re.one), ['NAMA_LGKP']);
					assert.match(re.one.NAMA_LGKP, nik === first ? /^Sesuai \(100\)$/ : /^Tidak Sesuai \(\d+\)$/);
				}
			}
		});

	test('kesesuaian is the real matching, and echoes nothing', async () => {
		const him = elements['9171023101959905'];
		const re = await call(p, 'CALL_VERIFY_BY_ELEMEN', { NIK: him.NIK, NO_KK: BigInt(him.NO_KK).toString(), NAMA_LGKP: 'Yohanes Contoh', TGL_LHR: '31-01-1995',
			JENIS_KLMIN: 'Perempuan', ALAMAT: 'Jalan Pantai Contoh', NO_RT: 10, TRESHOLD: '80' });
		assert.equal(re.one.NO_KK, 'Sesuai');
		assert.equal(re.one.TGL_LHR, 'Sesuai');
		assert.equal(re.one.NO_RT, 'Sesuai');
		assert.equal(re.one.JENIS_KLMIN, 'Tidak Sesuai');
		assert.match(re.one.NAMA_LGKP, /^Sesuai \((8|9)\d\)$/);
		assert.equal(re.one.ALAMAT, 'Sesuai (100)');
		for (const value of Object.values(him)) if (value.length > 6) assert.ok(!re.body.includes(value), value);
	});

	test('who is not published does not exist: 13, whoever he is in truth', async () => {
		for (const nik of [...p.nik['01'].slice(0, 3), p.nik['11'][0], p.nik['14'][0], '3304060101909999'])
			refused(await call(p, 'CALL_NIK', { NIK: nik }), '13', nik);
	});
});

test('I5.7: the real registry has never heard of them, and the made-up one of nobody else', async () => {
	const csv = path.join(p.dir, '..', 'delta.csv');
	writeFileSync(csv, 'nik,no_kk,nama_lgkp,jenis_klmin,tmpt_lhr,tgl_lhr,jenis_pkrjn,alamat,no_rt,no_rw,no_prop,prop_name,no_kab,kab_name,no_kec,kec_name,no_kel,kel_name,status\r\n' +
		`${first},3304131203119904,NAMA SUNGGUHAN,Perempuan,BANJARNEGARA,1985-03-15,GURU,JALAN,1,1,33,JAWA TENGAH,04,BANJARNEGARA,13,KARANGKOBAR,2001,LEKSANA,aktif\r\n`);
	const asReal = (nik) => call(p, 'CALL_NIK', { NIK: nik }, { instansi: 'DINKES', by: 'dinkes-layanan' });
	for (const nik of [first, published.find((r) => r.code === '11').nik, published.find((r) => r.code === '17').nik]) {
		const re = await asReal(nik);
		refused(re, '13', 'a real user id: what the real registry says');
		unmarked(re, 'real');
	}
	p.run('registry', 'delta', p.dir, csv);
	const mine = await asReal(first), his = await call(p, 'CALL_NIK', { NIK: first });
	assert.equal(mine.one.NAMA_LGKP, 'NAMA SUNGGUHAN');
	unmarked(mine, 'real');
	assert.equal(his.one.NAMA_LGKP, 'BUDI CONTOH LATIHAN');
	// The same moment, the same tray: many of both at once.
	const both = await Promise.all(Array.from({ length: 60 }, (_, i) => (i % 2 ? asReal(first) : call(p, 'CALL_NIK', { NIK: first }))));
	both.forEach((re, i) => {
		assert.equal(re.one.NAMA_LGKP ?? re.one.RESPONSE_CODE, i % 2 ? (re.one.RESPONSE_CODE ?? 'NAMA SUNGGUHAN') : 'BUDI CONTOH LATIHAN');
		assert.equal(re.headers[MARK], i % 2 ? undefined : '1');
	});
});

test('I5.7: neither quota nor guard, repeats, debts, kejadian or sessions change; the journal says sandbox, without a NIK', async () => {
	const before_it = real(p), seen = p.journal().length;
	for (let i = 0; i < 300; i += 30) // serial after serial, faster than any person, what the guard is there to stop
		await Promise.all(Array.from({ length: 30 }, (_, k) => call(p, 'CALL_NIK', { NIK: String(3304060101900001n + BigInt(i + k)), transactionId: `T-${k}` })));
	for (const { nik } of published) await call(p, 'CALL_VERIFY_BY_ELEMEN', { NIK: nik, NAMA_LGKP: 'X', KEJADIAN: '1' });
	await store(p, p.accounts['bpbd-uji-balikan'].password, { ...told, KEJADIAN: 'Longsor Contoh' }, { nik: p.nik['01'][0] });
	assert.deepEqual(real(p), before_it);
	const written = p.journal().slice(seen).filter((e) => e.act !== 'export' && e.act !== 'checkpoint');
	assert.ok(written.length >= 300 + published.length + 1);
	for (const e of written) {
		assert.equal(e.act, 'sandbox', e.line);
		assert.ok(!('nik' in e) && !('epoch' in e) && !('kejadian' in e) && !('repeat' in e), e.line);
		assert.match(e.user_id, /^bpbd-uji/);
		for (const { nik } of published) assert.ok(!e.line.includes(nik));
	}
	assert.match(p.run('journal', 'verify', p.dir), /\S/);
});

describe('I5.7: what stops everybody stops a rehearsal too', () => {
	test('wrong secret 03, unknown user id 03, another instansi 03, malformed 07, empty 09', async () => {
		refused(await call(p, 'CALL_NIK', { NIK: first, password: 'salah' }), '03', 'wrong secret');
		refused(await call(p, 'CALL_NIK', { NIK: first, user_id: 'bpbd-uji-lain' }), '03', 'no such user id');
		const foreign = await call(p, 'CALL_NIK', { NIK: first }, { instansi: 'DINKES' });
		refused(foreign, '03', 'another agency');
		marked(foreign, 'another agency');
		refused(await call(p, 'CALL_NIK', { NIK: first }, { by: 'bpbd-uji-balikan' }), '03', 'a token for data balikan asks nothing');
		const none = await call(p, 'CALL_NIK', { NIK: '' });
		refused(none, '07', 'no NIK');
		marked(none, 'no NIK');
		refused(await call(p, 'CALL_NIK', '{"NIK":'), '07', 'no JSON');
		refused(await call(p, 'CALL_NIK', { NIK: first, user_id: '' }), '09', 'no user id');
		refused(await call(p, 'CALL_VERIFY_BY_ELEMEN', { NIK: first }), '07', 'nothing to compare');
	});

	test('an agency whose PoC is over: 17 from the first day, and its real programs go on', async () => {
		p.run('user', 'add', p.dir, 'dinkes-uji', '--role', 'service', '--instansi', 'DINKES', '--sandbox');
		p.accounts['dinkes-uji'] = { password: p.run('credential', 'issue', p.dir, 'dinkes-uji').trim() };
		const re = await call(p, 'CALL_NIK', { NIK: first }, { instansi: 'DINKES', by: 'dinkes-uji' });
		refused(re, '17', 'no PoC is open');
		marked(re, 'no PoC is open');
		assert.equal((await call(p, 'CALL_NIK', { NIK: p.nik['01'][0] }, { instansi: 'DINKES', by: 'dinkes-layanan' })).one.RESPONSE_CODE, undefined);
		const [e] = p.journal().filter((j) => j.user_id === 'dinkes-uji').slice(-1);
		assert.deepEqual([e.act, e.outcome, e.ground, e.clause], ['sandbox', '17', 'sandbox_over', 'J.II.D']);
	});

	test('closed 17, narrowed 04, suspended 16; SPTJM and NDA are not asked for', async () => {
		const q = await fresh();
		try {
			assert.equal((await call(q, 'CALL_NIK', { NIK: first })).one.RESPONSE_CODE, undefined, 'no NDA is on file for it');
			q.run('user', 'change', q.dir, 'bpbd-uji', '--addresses', '192.0.2.0/24');
			const away = await call(q, 'CALL_NIK', { NIK: first });
			refused(away, '04', 'from elsewhere');
			marked(away, 'from elsewhere');
			q.run('user', 'change', q.dir, 'bpbd-uji', '--addresses', '');
			q.run('agreement', 'state', q.dir, 'BPBD', 'suspended');
			refused(await call(q, 'CALL_NIK', { NIK: first }), '16', 'suspended');
			q.run('agreement', 'state', q.dir, 'BPBD', 'active');
			assert.equal((await call(q, 'CALL_NIK', { NIK: first })).one.RESPONSE_CODE, undefined);
			q.run('user', 'close', q.dir, 'bpbd-uji');
			refused(await call(q, 'CALL_NIK', { NIK: first }), '17', 'closed');
		} finally { await q.remove(); }
	});

	test('J.II.D: from the surat hasil PoC of the last application on it is 17, on the very next inquiry', async () => {
		const q = await fresh();
		try {
			const token = q.accounts['bpbd-uji-balikan'].password;
			assert.equal((await call(q, 'CALL_NIK', { NIK: first })).one.RESPONSE_CODE, undefined);
			assert.equal((await store(q, token, told)).status, 200);
			await pocPassed(q, 'portal');
			refused(await call(q, 'CALL_NIK', { NIK: first }), '17', 'the last PoC is over');
			const re = await store(q, token, told);
			assert.equal(re.status, 401);
			assert.equal(JSON.parse(re.body).message, WIRE[17]);
			marked(re, 'data balikan');
		} finally { await q.remove(); }
	});

	test('a card reader is not even rehearsed (J.IV), a method nobody knows is 07', async () => {
		refused(await call(p, 'card_reader', { NIK: first }), '16', 'J.IV');
		refused(await call(p, 'CALL_APAPUN', { NIK: first }), '07', 'unknown');
	});
});

describe('I5.7: data balikan is answered as the real one, and told to nobody', () => {
	test('200, the same again 400, another state 200, 422, 403, 401, 415; all encodings; marked', async () => {
		const token = p.accounts['bpbd-uji-balikan'].password;
		const one = async (status, what, promise) => {
			const re = await promise;
			assert.equal(re.status, status, `${what}: ${re.body}`);
			marked(re, what);
			return JSON.parse(re.body);
		};
		const nik = '3404015507889902';
		assert.deepEqual(await one(200, 'new', store(p, token, told, { nik })), { message: 'Success' });
		assert.deepEqual(await one(400, 'the same', store(p, token, told, { nik })), { message: 'Data sudah pernah dikirim' });
		await one(200, 'another state', store(p, token, { ...told, KETERANGAN_KORBAN: 'Hilang' }, { nik }));
		await one(200, 'another person', store(p, token, told, { nik: '1271054112909904' }));
		const flawed = await one(422, 'malformed', store(p, token, { ...told, KETERANGAN_KORBAN: 'Entah' }, { nik }));
		assert.ok(flawed.errors.length > 0);
		await one(403, 'not his', store(p, token, told, { lembaga: '020002' }));
		await one(200, 'a kejadian nobody knows', store(p, token, { ...told, KEJADIAN: 'Gempa Entah' }, { nik: '3171052902009907' }));
		const fields = { nik: '9701016908009906', id_lembaga: '010001', nama_lembaga: 'BPBD', param: JSON.stringify([told]) };
		const form = { body: new URLSearchParams(fields).toString(), headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-www-form-urlencoded' } };
		await one(200, 'form', p.request('POST', '/data_balikan/public/api/store', form));
		const parts = multipart(fields);
		await one(400, 'multipart, the same', p.request('POST', '/data_balikan/public/api/store', { body: parts.body, headers: { Authorization: `Bearer ${token}`, 'Content-Type': parts.type } }));
		await one(415, 'what type?', p.request('POST', '/databalikan/api/store', { body: 'x', headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'text/plain' } }));
		const wrong = await store(p, p.accounts['bpbd-uji'].password, told);
		assert.equal(wrong.status, 401, 'the secret of a program is no token');
		unmarked(await store(p, p.tokens.BPBD, told, { nik: p.nik['01'][4] }), 'a real token');
	});

	test('what was rehearsed is not known to the real one, nor the other way round', async () => {
		const nik = p.nik['01'][5];
		assert.equal((await store(p, p.accounts['bpbd-uji-balikan'].password, told, { nik })).status, 200);
		assert.equal((await store(p, p.tokens.BPBD, told, { nik })).status, 200, 'told for the first time');
		assert.equal((await store(p, p.tokens.BPBD, told, { nik })).status, 400);
		const other = p.nik['01'][6];
		assert.equal((await store(p, p.tokens.BPBD, told, { nik: other })).status, 200);
		assert.equal((await store(p, p.accounts['bpbd-uji-balikan'].password, told, { nik: other })).status, 200);
	});
});

describe('I5.7: /api/v1', () => {
	const token = async (user_id) => {
		const re = await p.request('POST', '/api/v1/token', { body: 'grant_type=client_credentials',
			headers: { 'Content-Type': 'application/x-www-form-urlencoded', Authorization: `Basic ${Buffer.from(`${user_id}:${p.accounts[user_id].password}`).toString('base64')}` } });
		return { re, token: re.status === 200 ? JSON.parse(re.body).access_token : null };
	};

	test('a token is given to a sandbox user id as to any other, marked, and journaled as a rehearsal', async () => {
		for (const user_id of ['bpbd-uji', 'bpbd-uji-balikan']) {
			const { re } = await token(user_id);
			assert.equal(re.status, 200, re.body);
			marked(re, user_id);
			const [e] = p.journal().filter((j) => j.user_id === user_id).slice(-1);
			assert.deepEqual([e.act, e.about], ['sandbox', 'access issue']);
		}
		const real = await token('dinkes-layanan');
		unmarked(real.re, 'real');
		p.run('user', 'change', p.dir, 'bpbd-uji', '--addresses', '192.0.2.0/24');
		const away = (await token('bpbd-uji')).re;
		p.run('user', 'change', p.dir, 'bpbd-uji', '--addresses', '');
		assert.equal(away.status, 401);
		unmarked(away, 'from elsewhere nobody hears that the secret is right');
	});

	const asks = readFileSync(path.join(root, 'src/api/routes.c'), 'utf8').includes('"/api/v1/verifikasi"');
	test('every published NIK by /verifikasi, with a problem of its own where it is no answer', { skip: !asks }, async () => {
		const STATUS = { 15: 422, '05': 429, 16: 403, 17: 403, 503: 503 };
		const one = (await token('bpbd-uji')).token;
		for (const { nik, code, about } of published) {
			const re = await p.request('POST', '/api/v1/verifikasi', { body: JSON.stringify({ nik }), headers: { Authorization: `Bearer ${one}`, 'Content-Type': 'application/json', 'Idempotency-Key': `K-${nik}` } });
			marked(re, `${nik} ${about}`);
			assert.equal(re.status, STATUS[code] ?? 200, `${nik} ${about}: ${re.body}`);
			const said = JSON.parse(re.body);
			assert.equal(said.kode, code === '503' ? undefined : code);
			if (code === '503' || code === '05') assert.match(re.headers['retry-after'], /^\d+$/);
			if (code === '01') assert.deepEqual([said.data.nik, said.data.no_kk, said.data.no_rt], [nik, elements[nik].NO_KK, elements[nik].NO_RT]);
		}
	});

	test('data balikan is rehearsed too: new, the same again, flawed, a batch; and told to nobody', async () => {
		const before_it = real(p);
		const one = (await token('bpbd-uji-balikan')).token;
		const tell = async (where, body, status, said) => {
			const re = await p.request('POST', `/api/v1/balikan${where}`, { body: JSON.stringify(body), headers: { Authorization: `Bearer ${one}`, 'Content-Type': 'application/json' } });
			marked(re, where);
			assert.equal(re.status, status, re.body);
			assert.ok(re.body.includes(said), re.body);
		};
		await tell('', { nik: first, keterangan: 'mengungsi' }, 201, '"tersimpan"');
		await tell('', { nik: first, keterangan: 'mengungsi' }, 200, '"sudah_ada"');
		await tell('', { nik: first, keterangan: 'hilang', kejadian: 999999 }, 201, '"tersimpan"');
		await tell('', { nik: first, alasan: 'salah-nik' }, 201, '"tersimpan"');
		await tell('', { nik: first, keterangan: 'tersesat' }, 422, '"/keterangan"');
		await tell('/banyak', { balikan: [{ nik: first, keterangan: 'mengungsi' }, { nik: first, keterangan: 'luka' }] }, 200, '{"tersimpan":1,"sudah_ada":1,');
		assert.deepEqual(real(p), before_it);
		const [e] = p.journal().filter((j) => j.user_id === 'bpbd-uji-balikan').slice(-1);
		assert.deepEqual([e.act, e.about, e.nik], ['sandbox', 'feedback n=2', undefined]);
	});

	test('its token opens no page that does not know the rehearsal, and every reply to it is marked', async () => {
		const rows = readFileSync(path.join(root, 'src/api/routes.c'), 'utf8').replace(/\n\t +/g, ' ').split('\n')
			.map((line) => /\{HTTP_(\w+), (?:V1_BASE )?"([^"]+)", 0, ([A-Z_ |0-9]+),(.*)/.exec(line)).filter((m) => m && /ROUTE_BEARER/.test(m[3]));
		const tokens = [(await token('bpbd-uji')).token, (await token('bpbd-uji-balikan')).token];
		for (const [, method, where, flags, rest] of rows)
			for (const one of tokens) {
				const target = (where.startsWith('/api') ? where : `/api/v1${where}`).replace('*', '1');
				const re = await p.request(method, target, { body: method === 'GET' ? undefined : '{}', headers: { Authorization: `Bearer ${one}`, 'Content-Type': 'application/json' } });
				marked(re, `${method} ${target}`);
				if (/ROUTE_SANDBOX/.test(flags) || /ACT_LOOKUP/.test(rest)) continue;
				assert.equal(re.status, 403, `${method} ${target}: ${re.body}`);
				assert.match(JSON.parse(re.body).type, /\/(tidak-dilatihkan|cakupan-kurang)$/);
			}
	});
});

test('I5.7: a rehearsal that runs too fast waits, leaves no trace, and hinders nobody else', async () => {
	const q = await fresh({ 'sandbox.per_minute': '5' });
	try {
		const ms = 60000 - (Date.now() % 60000);
		if (ms < 8000) await new Promise((r) => setTimeout(r, ms + 50)); // all of it in one minute of the clock
		const seen = q.journal().filter((e) => e.act === 'sandbox').length;
		const all = await Promise.all(Array.from({ length: 20 }, () => call(q, 'CALL_NIK', { NIK: first })));
		const late = all.filter((re) => re.status === 503);
		assert.equal(all.length - late.length, 5);
		for (const re of late) {
			marked(re, 'too fast');
			assert.ok(Number(re.headers['retry-after']) >= 1 && Number(re.headers['retry-after']) <= 60);
			assert.deepEqual(re.json.content, []);
		}
		const balikan = await store(q, q.accounts['bpbd-uji-balikan'].password, told);
		assert.equal(balikan.status, 429);
		assert.ok(Number(balikan.headers['retry-after']) >= 1);
		assert.equal((await call(q, 'CALL_NIK', { NIK: q.nik['01'][0] }, { instansi: 'DINKES', by: 'dinkes-layanan' })).one.RESPONSE_CODE, undefined, 'others go on');
		assert.equal(q.journal().filter((e) => e.act === 'sandbox').length, seen + 5);
	} finally { await q.remove(); }
});

test('I5.7: an admin makes one on the page of new user ids; its secret is shown once, and works', async () => {
	const admin = new Browser(p);
	await admin.login('admin');
	const make = (form) => admin.submit('/pengguna/baru', { peran: 'latihan', instansi: 'BPBD', pemegang: 'Pembuat Program', jabatan: 'Pengembang', alamat: '', sampai: '', ...form });
	await admin.go('GET', '/pengguna/baru?peran=latihan');
	assert.match(admin.page.body, /<option value="latihan" selected>/);
	let re = await make({ user_id: 'bpbd-program' });
	assert.equal(re.status, 400);
	assert.match(text(re.body), /user ID latihan PoC berakhir dengan -uji/i);
	re = await make({ user_id: 'bpbd-tamu-uji', instansi: '' });
	assert.equal(re.status, 400);
	re = await make({ user_id: 'bpbd-tamu-uji' });
	assert.equal(re.status, 200, text(re.body));
	assert.equal(re.headers['cache-control'], 'no-store');
	const secret = /<dd class="n">([\w-]{43})<\/dd>/.exec(re.body)?.[1];
	assert.ok(secret, 'the secret of 256 bits');
	p.accounts['bpbd-tamu-uji'] = { password: secret };
	const back = /class="go" href="([^"]+)">Selesai/.exec(re.body)[1].replaceAll('&amp;', '&');
	const card = text((await admin.go('GET', back)).body);
	assert.match(card, /latihan PoC: hanya data buatan/);
	assert.doesNotMatch(card, /NDA|BAST yang|Tandatangani BAST/);
	const asked = await call(p, 'CALL_NIK', { NIK: first }, { by: 'bpbd-tamu-uji' });
	assert.equal(asked.one.NAMA_LGKP, 'BUDI CONTOH LATIHAN');
	marked(asked, 'made on the page');
	const about = p.journal().filter((e) => e.user_id === 'admin').map((e) => e.about);
	assert.ok(about.includes('user add sandbox bpbd-tamu-uji service') && about.some((a) => a?.startsWith('credential issue bpbd-tamu-uji')));
	assert.ok(!p.journal().some((e) => e.line.includes(secret)));
	assert.deepEqual(p.office("SELECT count(*) AS n FROM user_handover h JOIN user_account u ON u.user_key = h.user_key WHERE u.sandbox = 1"), [{ n: 0 }], 'nothing real is handed over: no BAST is due');
});

test('I5.7: the Panduan publishes the same people, for head and provider', async () => {
	for (const who of ['kepala', 'admin', 'auditor', 'operator1']) {
		const b = new Browser(p);
		await b.login(who);
		const re = await b.go('GET', '/panduan/latihan');
		assert.equal(re.status, 200);
		unmarked(re, 'a page about the rehearsal is none');
		const rows = [...re.body.matchAll(/<td data-k="NIK" class="n">(\d+)<\/td><td data-k="Hasil" class="n">(\d+)<\/td><td data-k="Untuk apa"><span>(.*?)<\/span>/g)]
			.map(([, nik, code, about]) => ({ nik, code, about: text(about) }));
		assert.deepEqual(rows, published);
	}
});

test('a sandbox user id is one from its making, told by its name, and cannot sign in', async () => {
	const add = (id, ...more) => p.tryRun('user', 'add', p.dir, id, '--instansi', 'BPBD', ...more);
	assert.equal(add('bpbd-program', '--role', 'service', '--sandbox').status, 100, 'its name must say so');
	assert.equal(add('bpbd-lain-uji', '--role', 'service').status, 100, 'no other may be called so');
	assert.equal(add('bpbd-orang-uji', '--role', 'operator', '--sandbox').status, 100, 'programs only');
	assert.equal(add('bpbd-kedua-uji', '--role', 'service', '--sandbox').status, 0);
	assert.match(p.run('user', 'list', p.dir), /bpbd-kedua-uji .*latihan PoC/);
	assert.ok(p.journal().some((e) => e.about === 'cli: user add sandbox bpbd-kedua-uji'));
	const b = new Browser(p);
	const re = await b.login('bpbd-uji');
	assert.match(text(re.body), /Gagal Login/);
});
