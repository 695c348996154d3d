// SPDX-License-Identifier: EUPL-1.2
// The data-balikan web service (J.III, DOMAIN 4.2): three encodings spoken by real clients,
// duplicates, every refusal and what it leaves in the journal, two senders at once, kill -9,
// and an address of its own.
import { test, before, after, beforeEach, afterEach, describe } from 'node:test';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { Padan, Browser, OBSERVE, freePort, multipart, root } from './padan.mjs';
import { Clock } from './clock.mjs';

const run = promisify(execFile);
const STORE = '/data_balikan/public/api/store', NATIONAL = '/databalikan/api/store';
const LEMBAGA = { BPBD: '010001', DINKES: '010002' };
const SUCCESS = '{"message":"Success"}', AGAIN = '{"message":"Data sudah pernah dikirim"}';
const PROXIED = { tls: false, settings: { ...OBSERVE, 'proxy.trusted': '127.0.0.0/8' } };

const tokenOf = (padan, code = 'BPBD') =>
	JSON.parse(readFileSync(path.join(padan.dir, 'demo-accounts.json'))).tokens.find((t) => t.instansi === code).token;

/** Residents who never were: born in the seventies, serials from 9900. */
let people = 0;
const nik = () => {
	const i = people++;
	const two = (n) => String(n).padStart(2, '0');
	return `330406${two(1 + (i % 28))}${two(1 + (Math.trunc(i / 28) % 12))}${two(Math.trunc(i / 336) % 100)}${9900 + (Math.trunc(i / 33600) % 100)}`;
};
const told = (more = {}) => ({ KETERANGAN_KORBAN: 'Mengungsi', JENIS_BENCANA: 'Tanah longsor', ...more });
const block = (data, id = LEMBAGA.BPBD) => [{ id_lembaga: id, nama_lembaga: 'Contoh', data }];
const one = (NIK, ...param) => block([{ NIK, param: param.length ? param : [told()] }]);

/** `body` as JSON unless it is text already. */
const post = (padan, body, { token = tokenOf(padan), headers = {}, at = STORE } = {}) =>
	padan.request('POST', at, {
		body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
		headers: { 'Content-Type': 'application/json', ...(token === null ? {} : { Authorization: `Bearer ${token}` }), ...headers },
	});
const answers = async (padan, body, status, text, options) => {
	const re = await post(padan, body, options);
	assert.equal(re.status, status, re.body);
	assert.equal(re.headers['content-type'], 'application/json');
	assert.equal(re.headers['cache-control'], 'no-store');
	if (text instanceof RegExp) assert.match(re.body, text);
	else if (text !== undefined) assert.equal(re.body, text);
	return re;
};
const stored = (padan) => padan.office('SELECT count(*) AS n FROM feedback_entry')[0].n;
const latest = (padan) => padan.office(`SELECT e.word, e.house, e.source, e.told_by, p.kejadian_id, p.instansi_id, p.state,
	CASE WHEN e.note_sealed IS NULL THEN 0 ELSE 1 END AS noted FROM feedback_entry e JOIN feedback_person p ON p.person_id = e.person_id
	ORDER BY e.entry_id DESC LIMIT 1`)[0];
const entries = (padan) => padan.journal().filter((e) => e.act === 'feedback');
const curl = async (padan, ...args) => {
	const { stdout } = await run('curl', ['-sk', '--max-time', '20', '-w', '\n%{http_code}', ...args], { encoding: 'utf8' });
	const [body, status] = stdout.split(/\n(?=\d+$)/);
	return { status: Number(status), body };
};

describe('J.III: the three encodings', () => {
	let padan;
	before(async () => {
		padan = await (await Padan.demo({ residents: 300, settings: OBSERVE })).start();
	});
	after(() => padan?.remove());

	test('JSON, multipart and urlencoded, by curl, at both addresses', async () => {
		const bearer = ['-H', `Authorization: Bearer ${tokenOf(padan)}`];
		const param = JSON.stringify([told()]);
		for (const at of [STORE, NATIONAL]) {
			const sends = {
				json: (who) => [...bearer, '-H', 'Content-Type: application/json', '-d', JSON.stringify(one(who))],
				multipart: (who) => [...bearer, '-F', `nik=${who}`, '-F', 'id_lembaga=010001', '-F', 'nama_lembaga=Contoh', '-F', `param=${param}`],
				form: (who) => [...bearer, '-d', `nik=${who}`, '-d', 'id_lembaga=010001', '-d', 'nama_lembaga=Contoh', '--data-urlencode', `param=${param}`],
			};
			for (const [name, send] of Object.entries(sends)) {
				const who = nik(), before_it = stored(padan);
				assert.deepEqual(await curl(padan, ...send(who), `${padan.url}${at}`), { status: 200, body: SUCCESS }, name);
				assert.equal(stored(padan), before_it + 1);
				const { word, source, told_by, state } = latest(padan);
				assert.deepEqual({ word, source, told_by, state }, { word: 'mengungsi', source: 'service', told_by: 'bpbd-balikan', state: 'closed' });
				// whatever the encoding, the same content is the same
				for (const again of Object.values(sends))
					assert.deepEqual(await curl(padan, ...again(who), `${padan.url}${at}`), { status: 400, body: AGAIN }, name);
				assert.equal(stored(padan), before_it + 1);
			}
		}
	});

	test('each one stored is one entry of the journal, and no NIK is in it', async () => {
		const who = nik(), before_it = entries(padan).length;
		await answers(padan, one(who, told({ KERUSAKAN_RUMAH: 'rusak berat' })), 200, SUCCESS);
		await answers(padan, one(who, told({ KERUSAKAN_RUMAH: 'rusak berat' })), 400, AGAIN);
		const fresh = entries(padan).slice(before_it);
		assert.equal(fresh.length, 1, 'a repeat is none');
		assert.equal(fresh[0].about, 'service victim mengungsi berat');
		assert.equal(fresh[0].outcome, 'ok');
		assert.equal(fresh[0].user_id, 'bpbd-balikan');
		assert.ok(fresh[0].instansi && fresh[0].kejadian && fresh[0].version && fresh[0].peer && fresh[0].nik);
		assert.ok(!fresh[0].line.includes(who));
	});

	test('P2.2b: what an inquiry owes, a program can pay', async () => {
		const operator = await Browser.operator(padan);
		const who = padan.nik['01'][3];
		await operator.verify(who);
		const open = () => padan.office('SELECT sum(open_n) AS n FROM feedback_tally')[0].n;
		assert.equal(open(), 1);
		await answers(padan, one(who), 200, SUCCESS);
		assert.equal(open(), 0);
	});

	test('of several, the new ones are stored; 400 only when every one was told before', async () => {
		const [a, b, c] = [nik(), nik(), nik()];
		const list = (...who) => block(who.map((NIK) => ({ NIK, param: [told()] })));
		await answers(padan, list(a), 200, SUCCESS);
		const n = stored(padan);
		await answers(padan, list(a, b, c), 200, SUCCESS);
		assert.equal(stored(padan), n + 2);
		await answers(padan, list(c, b, a), 400, AGAIN);
		await answers(padan, list(nik(), nik(), a, a), 200, SUCCESS);
		assert.equal(stored(padan), n + 4);
		const twin = nik();
		await answers(padan, list(twin, twin), 200, SUCCESS);
		assert.equal(stored(padan), n + 5, 'twice in one request is once');
	});

	test('a new state, another day and another disaster are new; an old one is not', async () => {
		const who = nik();
		await answers(padan, one(who), 200, SUCCESS);
		await answers(padan, one(who, told({ KETERANGAN_KORBAN: 'Hilang' })), 200, SUCCESS);
		assert.equal(latest(padan).word, 'hilang');
		await answers(padan, one(who, told({ TANGGAL: '2026-01-02' })), 200, SUCCESS);
		await answers(padan, one(who, told({ JENIS_BENCANA: 'Banjir' })), 200, SUCCESS);
		await answers(padan, one(who, told({ POSKO: 'Contoh' })), 200, SUCCESS);
		for (const more of [{}, { KETERANGAN_KORBAN: 'Hilang' }, { TANGGAL: '2026-01-02' }]) await answers(padan, one(who, told(more)), 400, AGAIN);
	});

	test('provinces 91-97 come as numbers and keep every digit', async () => {
		for (const digits of ['9103010101909999', '9501014112759901', '9701010101909903']) {
			await answers(padan, JSON.stringify(one('@')).replace('"@"', digits), 200, SUCCESS);
			await answers(padan, one(digits), 400, AGAIN);
			await answers(padan, one(digits.replace(/.$/, (d) => String(d - 1))), 200, SUCCESS);
		}
	});

	test('doc/data-balikan.md: its examples do what stands beside them', async () => {
		const doc = readFileSync(path.join(root, 'doc/data-balikan.md'), 'utf8');
		const examples = [...doc.matchAll(/```sh\n([\s\S]*?)```\n+```json\n([\s\S]*?)\n```/g)];
		assert.ok(examples.length >= 4);
		for (const [, script, expected] of examples) {
			const { stdout } = await run('sh', ['-ec', script], { env: { ...process.env, PADAN: padan.url, TOKEN: tokenOf(padan), CURL_CA_BUNDLE: path.join(padan.dir, 'keys/cert.pem') } });
			assert.equal(stdout.trim(), expected.trim(), script);
		}
	});

	describe('which kejadian', () => {
		let longsor, floods;
		const idOf = (name) => padan.office(`SELECT max(kejadian_id) AS n FROM kejadian WHERE name = '${name}'`)[0].n;
		const add = (code, name, on = '2026-01-02', place = 'Desa Contoh') =>
			padan.run('kejadian', 'add', padan.dir, code, '--jenis', 'Banjir', '--name', name, '--place', place, '--on', on);
		before(() => {
			add('BPBD', 'Banjir Contoh');
			add('BPBD', 'Banjir Kembar', '2026-01-03');
			add('BPBD', 'Banjir Kembar', '2026-01-04');
			add('DINKES', 'Banjir Orang');
			longsor = idOf('Longsor Contoh');
			floods = padan.office("SELECT kejadian_id AS id, name FROM kejadian WHERE name LIKE 'Banjir%' ORDER BY kejadian_id");
		});
		const lands = async (KEJADIAN, id, noted) => {
			await answers(padan, one(nik(), told({ JENIS_BENCANA: id === longsor ? 'Tanah longsor' : 'Banjir', ...(KEJADIAN === undefined ? {} : { KEJADIAN }) })), 200, SUCCESS);
			assert.deepEqual([latest(padan).kejadian_id, latest(padan).noted], [id, noted], String(KEJADIAN));
		};

		test('by number, by name in any case, by its full name; else the one of the token', async () => {
			const [banjir, first, second] = floods.map((f) => f.id);
			await lands(undefined, longsor, 0);
			await lands('', longsor, 0);
			await lands(null, longsor, 0);
			for (const k of [banjir, String(banjir), 'Banjir Contoh', '  BANJIR contoh ', 'Banjir Contoh, Desa Contoh, 2026-01-02']) await lands(k, banjir, 0);
			await lands('Banjir Kembar, desa contoh, 2026-01-03', first, 0);
			await lands('Banjir Kembar, Desa Contoh, 2026-01-04', second, 0);
		});

		test('what the sender calls otherwise is kept as a note', async () => {
			await lands('Banjir di Tempat Lain, Desa X, 2025-12-31', longsor, 1);
			await lands('Banjir Contoh, Desa Contoh, 2026-01-09', longsor, 1);
			await lands(999999, longsor, 1);
			await answers(padan, one(nik(), told({ JENIS_BENCANA: 'Tsunami' })), 200, SUCCESS);
			assert.deepEqual([latest(padan).kejadian_id, latest(padan).noted], [longsor, 1]);
			await answers(padan, one(nik(), told({ KEJADIAN: `Korban ${nik()}` })), 422, /Catatan tidak boleh memuat NIK/);
		});

		test("another agency's is as unknown as none", async () => {
			const his = floods.find((f) => f.name === 'Banjir Orang').id;
			await lands(his, longsor, 1);
			await lands('Banjir Orang', longsor, 1);
			assert.equal(padan.office(`SELECT count(*) AS n FROM feedback_person WHERE kejadian_id = ${his}`)[0].n, 0);
		});

		test('one that is closed still takes what is owed', async () => {
			const banjir = floods[0].id;
			padan.run('kejadian', 'close', padan.dir, 'BPBD', String(banjir));
			await lands('Banjir Contoh', banjir, 0);
			await lands(banjir, banjir, 0);
		});

		test('two open ones of one name: not guessed', async () => {
			const re = await answers(padan, one(nik(), told({ KEJADIAN: 'Banjir Kembar' })), 422);
			const { errors } = JSON.parse(re.body);
			assert.deepEqual([errors[0].item, errors[0].param, errors[0].field], [0, 0, 'KEJADIAN']);
			padan.run('kejadian', 'close', padan.dir, 'BPBD', String(floods[2].id));
			await lands('Banjir Kembar', floods[1].id, 0);
		});

		test('a token without one of its own must be told', async () => {
			padan.run('user', 'add', padan.dir, 'bpbd-lain-balikan', '--role', 'service', '--instansi', 'BPBD');
			const token = padan.run('credential', 'issue', padan.dir, 'bpbd-lain-balikan').trim();
			await answers(padan, one(nik()), 422, /token ini tidak mempunyai kejadian tetap/, { token });
			await answers(padan, one(nik(), told({ KEJADIAN: 'Tidak Ada' })), 422, /Kejadian tidak dikenal/, { token });
			await answers(padan, one(nik(), told({ KEJADIAN: 'Longsor Contoh' })), 200, SUCCESS, { token });
		});
	});
});

describe('J.III: refusals', () => {
	let padan;
	before(async () => {
		padan = await (await Padan.demo({ ...PROXIED, residents: 300 })).start();
	});
	after(() => padan?.remove());
	const from = (peer) => ({ headers: { 'X-Real-IP': peer } });
	/** No answer repeats the NIK, or anything else that was sent. */
	const refuses = async (what, body, status, text, options) => {
		const re = await post(padan, body, options);
		assert.equal(re.status, status, `${what}: ${re.body}`);
		assert.equal(re.headers['content-type'], 'application/json', what);
		assert.match(re.body, text, what);
		assert.ok(!/\d{16}/.test(re.body), what);
		return re;
	};
	/** And nothing is stored but what was answered with 200. */
	let took = 0, had = 0;
	const takes = async (body, options) => {
		took++;
		await answers(padan, body, 200, SUCCESS, options);
	};
	beforeEach(() => {
		took = 0;
		had = stored(padan);
	});
	afterEach(() => assert.equal(stored(padan), had + took));

	test('401: no token, none that could be ours, none that we know', async () => {
		const peer = { 'X-Real-IP': '192.0.2.31' };
		for (const [what, headers] of Object.entries({
			none: {}, basic: { Authorization: `Basic ${btoa('bpbd-balikan:x')}` }, 'another scheme': { Authorization: tokenOf(padan) },
			empty: { Authorization: 'Bearer ' }, long: { Authorization: `Bearer ${'a'.repeat(500)}` }, odd: { Authorization: 'Bearer a b' },
			unknown: { Authorization: `Bearer ${'a'.repeat(43)}` }, cut: { Authorization: `Bearer ${tokenOf(padan).slice(0, 42)}` },
			'of a program that asks for data': { Authorization: `Bearer ${padan.run('credential', 'issue', padan.dir, 'dinkes-layanan').trim()}` },
			'two in one': { Authorization: `Bearer ${tokenOf(padan)},${tokenOf(padan)}` },
		})) {
			const re = await refuses(what, one(nik()), 401, /^\{"message":"Token tidak /, { token: null, headers: { ...headers, ...peer } });
			assert.match(re.headers['www-authenticate'], /^Bearer realm=/, what);
		}
		await takes(one(nik()), { token: null, headers: { Authorization: `bearer  ${tokenOf(padan)}`, ...peer } });
		const broken = await post(padan, '[{', { token: null, headers: peer });
		assert.equal(broken.status, 401, 'who it is comes before what it says');
	});

	test('an expired token is none, one beside it goes on', async () => {
		padan.run('user', 'add', padan.dir, 'bpbd-tiga-balikan', '--role', 'service', '--instansi', 'BPBD', '--kejadian', '1');
		const [old, fresh] = [0, 1].map(() => padan.run('credential', 'issue', padan.dir, 'bpbd-tiga-balikan').trim());
		padan.fill('UPDATE credential SET expires_us = made_us + 1 WHERE credential_id = (SELECT max(credential_id) - 1 FROM credential)');
		await refuses('expired', one(nik()), 401, /Token tidak dikenal atau sudah tidak berlaku/, { token: old, ...from('192.0.2.32') });
		await takes(one(nik()), { token: fresh });
		padan.run('user', 'close', padan.dir, 'bpbd-tiga-balikan');
		const re = await refuses('closed', one(nik()), 401, /User ID Tidak Aktif/, { token: fresh });
		assert.ok(re.headers['www-authenticate']);
	});

	test('a session stands for no token, and a token for no session', async () => {
		const head = new Browser(padan);
		await head.login('kepala');
		const Cookie = [...head.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
		await refuses('cookie', one(nik()), 401, /Token tidak disertakan/, { token: null, headers: { Cookie } });
		const re = await padan.request('GET', '/kejadian', { headers: { Authorization: `Bearer ${tokenOf(padan)}` } });
		assert.equal(re.status, 303);
		const operator = new Browser(padan);
		assert.equal((await operator.login('bpbd-balikan', tokenOf(padan))).status, 403);
	});

	test('403: from outside the allow-list, and outside the narrowing of the user id', async () => {
		await refuses('outside', one(nik()), 403, /IP Client Tidak terdaftar/, from('100.64.0.9'));
		padan.run('user', 'add', padan.dir, 'bpbd-sempit-balikan', '--role', 'service', '--instansi', 'BPBD', '--kejadian', '1', '--addresses', '192.0.2.0/28');
		const token = padan.run('credential', 'issue', padan.dir, 'bpbd-sempit-balikan').trim();
		await refuses('narrowed', one(nik()), 403, /IP Address Tidak Sesuai/, { token, ...from('192.0.2.77') });
		await takes(one(nik()), { token, ...from('192.0.2.7') });
		const grounds = entries(padan).filter((e) => e.outcome === 'refused').map((e) => [e.ground, e.user_id, e.peer]);
		assert.ok(grounds.some((g) => g.join() === 'peer_unknown,bpbd-balikan,100.64.0.9'));
		assert.ok(grounds.some((g) => g.join() === 'peer_narrowed,bpbd-sempit-balikan,192.0.2.77'));
	});

	test("403: another agency's id_lembaga, whatever else is wrong", async () => {
		for (const id of [LEMBAGA.DINKES, '10001', '010001x', '9'.repeat(500)]) await refuses(id, block([{ NIK: nik(), param: [told()] }], id), 403, /id_lembaga bukan milik token ini/);
		await refuses('second', [...one(nik()), ...block([{ NIK: 'x', param: [] }], LEMBAGA.DINKES)], 403, /id_lembaga/);
		await refuses('his', one(nik()), 403, /id_lembaga/, { token: tokenOf(padan, 'DINKES') });
		await takes(block([{ NIK: nik(), param: [told({ JENIS_BENCANA: 'Epidemi' })] }], LEMBAGA.DINKES), { token: tokenOf(padan, 'DINKES') });
		assert.equal(latest(padan).instansi_id, 2);
	});

	test('422: every flaw is told with item, member and reason, and nothing is stored', async () => {
		const re = await refuses('three', block([{ NIK: nik(), param: [told()] }, { NIK: '3304', param: [told()] }, { NIK: nik(), param: [told(), told({ KETERANGAN_KORBAN: 'Lari', TANGGAL: '2026-02-30' })] }]), 422, /tidak ada yang disimpan/);
		assert.deepEqual(JSON.parse(re.body).errors.map(({ item, param, field }) => [item, param, field]),
			[[1, undefined, 'NIK'], [2, 1, 'KETERANGAN_KORBAN'], [2, 1, 'TANGGAL']]);
		const tomorrow = new Date(Date.now() + 7 * 3600e3 + 86400e3).toISOString().slice(0, 10);
		await refuses('future', one(nik(), told({ TANGGAL: tomorrow })), 422, /belum tiba/);
		await refuses('damaged by a spreadsheet', JSON.stringify(one('@')).replace('"@"', '3.30406E+15'), 422, /angka NIK sudah rusak/);
		for (const [what, body] of Object.entries({
			empty: '', text: 'nik=1', cut: JSON.stringify(one(nik())).slice(0, -1), twice: JSON.stringify(one(nik())).repeat(2),
			deep: '['.repeat(5000) + ']'.repeat(5000), 'not so deep': '['.repeat(12) + ']'.repeat(12), many: `[${'{},'.repeat(60000)}{}]`,
			duplicates: '[{"id_lembaga":"010001","id_lembaga":"010001","data":[]}]', huge: '[99999999999999999999999]', 'huge real': '[1e999]',
			nul: '["a\u0000b"]', 'escaped nul': '["a\\u0000b"]', surrogate: '["\\ud800"]', latin1: Buffer.from('["caf\xe9"]', 'latin1'),
			'utf-16': Buffer.from(JSON.stringify(one(nik())), 'utf16le'), bom: Buffer.from(`\ufeff${JSON.stringify(one(nik()))}`),
		})) {
			const re = await refuses(what, body, 422, /^\{"message":"Data tidak sesuai format/);
			assert.equal(JSON.parse(re.body).errors[0].item, null, what);
		}
		for (const [what, fields] of Object.entries({ nothing: {}, 'no nik': { id_lembaga: LEMBAGA.BPBD, param: '[]' }, 'no param': { id_lembaga: LEMBAGA.BPBD, nik: nik() },
			'no list': { id_lembaga: LEMBAGA.BPBD, nik: nik(), param: JSON.stringify(told()) }, 'no JSON': { id_lembaga: LEMBAGA.BPBD, nik: nik(), param: 'Mengungsi' } }))
			for (const form of [multipart(fields), { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(fields).toString() }])
				await refuses(what, form.body, 422, /errors/, { headers: { 'Content-Type': form.type } });
		const bytes = `nik=${nik()}&id_lembaga=010001&param=%ff`;
		await refuses('form in latin1', bytes, 422, /UTF-8/, { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
		await refuses('broken multipart', '--x\r\n\r\n', 422, /errors/, { headers: { 'Content-Type': 'multipart/form-data; boundary=x' } });
	});

	test('413, 415, 405, 404: in JSON too', async () => {
		await refuses('too many', block(Array.from({ length: 1001 }, () => ({ NIK: nik(), param: [told()] }))), 413, /1\.000 NIK/);
		await refuses('too large', `[${' '.repeat(1 << 20)}]`, 413, /terlalu besar/);
		for (const type of ['text/plain', 'application/jsonp', 'text/json', 'application/json; charset=iso-8859-1', 'application/json; charset="utf-16"', ''])
			await refuses(type, one(nik()), 415, /Content-Type/, { headers: { 'Content-Type': type } });
		await refuses('gzip', one(nik()), 415, /Content-Type/, { headers: { 'Content-Encoding': 'gzip' } });
		for (const type of ['Application/JSON', 'application/json;charset=UTF-8', 'application/json; charset="utf-8"'])
			await takes(one(nik()), { headers: { 'Content-Type': type } });
		for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
			const re = await padan.request(method, STORE);
			assert.deepEqual([re.status, re.headers['content-type']], [405, 'application/json'], method);
		}
		for (const at of ['/data_balikan', '/data_balikan/public/api/store/', '/databalikan/api/stores', '/databalikan/../data_balikan/x'])
			assert.ok([400, 404].includes((await post(padan, one(nik()), { at })).status), at);
		assert.equal((await post(padan, '[]', { at: '/databalikan/lain' })).headers['content-type'], 'application/json');
	});

	test('refusals of a known token are journaled, and do not fill the journal', async () => {
		padan.run('user', 'add', padan.dir, 'bpbd-bising-balikan', '--role', 'service', '--instansi', 'BPBD', '--kejadian', '1');
		const token = padan.run('credential', 'issue', padan.dir, 'bpbd-bising-balikan').trim();
		for (let i = 0; i < 40; i++) await refuses('again', '[', 422, /JSON tidak dapat dibaca/, { token });
		const mine = entries(padan).filter((e) => e.user_id === 'bpbd-bising-balikan');
		assert.ok(mine.length >= 5 && mine.length < 15, String(mine.length));
		assert.ok(mine.every((e) => e.outcome === 'refused' && e.ground === 'malformed' && e.clause === 'J.III' && !e.nik));
		await takes(one(nik()), { token });
	});

	test('threat: guessing tokens is slowed by address, hurts nobody else and leaves little behind', async () => {
		const guess = (i, peer) => post(padan, one(nik()), { token: String(i).padStart(43, 'A'), ...from(peer) });
		const seen = [];
		const before_it = entries(padan).length;
		for (let i = 0; i < 60; i++) seen.push((await guess(i, '198.51.100.66')).status);
		assert.deepEqual(seen.slice(0, 5), [401, 401, 401, 401, 401]);
		assert.ok(seen.filter((s) => s === 429).length > 40, seen.join(' '));
		const held = await guess(99, '198.51.100.66');
		if (held.status === 429) assert.ok(Number(held.headers['retry-after']) >= 1);
		const fresh = entries(padan).slice(before_it);
		assert.ok(fresh.length >= 5 && fresh.length < 15, String(fresh.length));
		assert.ok(fresh.every((e) => e.ground === 'credential_wrong' && !e.user_id && e.peer === '198.51.100.66'));
		// who knows his token is not held up by his neighbours, nor are other addresses
		await takes(one(nik()), from('198.51.100.66'));
		assert.equal((await guess(100, '198.51.100.67')).status, 401);
	});

	test('a suspended agency goes on telling; one that has not begun does not', async () => {
		padan.run('agreement', 'state', padan.dir, 'BPBD', 'suspended', '--note', 'uji');
		await takes(one(nik()));
		padan.run('agreement', 'state', padan.dir, 'BPBD', 'active');
		const exported = path.join(padan.dir, '..', 'x.json');
		const file = JSON.parse(padan.run('agreement', 'export', padan.dir, 'BPBD', '1'));
		const next = (code, change) => {
			const copy = structuredClone(file);
			copy.instansi = { code, name: `Instansi Contoh ${code}` };
			copy.papers = [];
			change(copy.terms);
			writeFileSync(exported, JSON.stringify(copy, null, 2));
			padan.run('agreement', 'apply', padan.dir, exported);
			padan.run('user', 'add', padan.dir, `${code.toLowerCase()}-balikan`, '--role', 'service', '--instansi', code);
			return padan.run('credential', 'issue', padan.dir, `${code.toLowerCase()}-balikan`).trim();
		};
		const year = new Date(Date.now() + 7 * 3600e3).getUTCFullYear();
		const later = next('NANTI', (t) => { t.begin = `${year + 1}-02-01`; t.end = `${year + 2}-01-31`; });
		await refuses('not begun', one(nik()), 403, /Instansi Tidak Aktif/, { token: later });
		const without = next('TANPA', (t) => { t.data_balikan.granted = false; });
		await refuses('not granted', one(nik()), 403, /Instansi Tidak Aktif/, { token: without });
		const grounds = Object.fromEntries(entries(padan).filter((e) => /^(nanti|tanpa)-/.test(e.user_id)).map((e) => [e.user_id, e.ground]));
		assert.deepEqual(grounds, { 'nanti-balikan': 'not_started', 'tanpa-balikan': 'method' });
	});

	test('what is told is never in the log of the operator', () => {
		assert.ok(!/\d{16}|Bearer/.test(padan.log()));
	});
});

describe('J.III: after the end', () => {
	let clock, padan;
	before(async () => {
		clock = await Clock.demo('2025-05-20 08:00', { residents: 50, settings: OBSERVE });
		padan = clock.padan;
		padan.run('user', 'add', padan.dir, 'bpbd-akhir-balikan', '--role', 'service', '--instansi', 'BPBD', '--kejadian', '1');
		await padan.start();
	});
	after(() => padan?.remove());

	test('data balikan stays open for ninety days after the last day, and no longer', async () => {
		const last = padan.office("SELECT last_day AS n FROM instansi WHERE code = 'BPBD'")[0].n;
		const day = (n) => `${new Date((last + n) * 86400e3).toISOString().slice(0, 10)} 10:00`;
		const token = padan.run('credential', 'issue', padan.dir, 'bpbd-akhir-balikan').trim();
		// in use all along, or it would sleep; the nightly job may close it once the window is shut
		for (let n = -700; n < 0; n += 70) {
			clock.set(day(n));
			await answers(padan, one(nik()), 200, SUCCESS, { token });
		}
		for (const n of [0, 1, 89, 90]) {
			clock.set(day(n));
			await answers(padan, one(nik()), 200, SUCCESS, { token });
		}
		clock.set(day(91));
		let late = await post(padan, one(nik()), { token });
		if (late.status === 401) { // the night was quicker
			padan.run('user', 'reopen', padan.dir, 'bpbd-akhir-balikan');
			late = await post(padan, one(nik()), { token });
		}
		assert.deepEqual([late.status, late.body], [403, '{"message":"Instansi Tidak Aktif"}']);
	});
});

describe('J.III: at once, and after a crash', () => {
	let padan;
	before(async () => {
		padan = await (await Padan.demo({ residents: 300, settings: OBSERVE })).start();
	});
	after(() => padan?.remove());
	const twice = () => padan.office('SELECT count(*) AS n FROM (SELECT person_id FROM feedback_entry GROUP BY person_id, told_hash HAVING count(*) > 1) d')[0].n;

	test('the same from two at once is stored once: one hears Success, one that it was sent', async () => {
		for (let round = 0; round < 20; round++) {
			const body = block(Array.from({ length: 5 }, () => ({ NIK: nik(), param: [told()] })));
			const got = await Promise.all([post(padan, body), post(padan, body)]);
			assert.deepEqual(got.map((re) => re.status).sort(), [200, 400]);
		}
		assert.equal(stored(padan), 100);
		assert.equal(twice(), 0);
	});

	test('the largest requests, several at once, are all taken, and an operator is answered meanwhile', async () => {
		const operator = await Browser.operator(padan);
		const large = Array.from({ length: 6 }, () => block(Array.from({ length: 1000 }, () => ({ NIK: nik(), param: [told()] }))));
		const before_it = stored(padan);
		const sending = Promise.all(large.map((body) => post(padan, body)));
		for (let i = 0; i < 5; i++) assert.equal((await operator.verify(padan.nik['01'][i])).status, 200);
		assert.deepEqual((await sending).map((re) => re.status), Array(6).fill(200));
		assert.equal(stored(padan), before_it + 6000);
	});

	test('kill -9 in between: what was confirmed is there, what is sent again is there once', async () => {
		for (let round = 0; round < 3; round++) {
			const bodies = Array.from({ length: 40 }, () => one(nik(), told({ KETERANGAN_KORBAN: 'Hilang' })));
			const first = bodies.map((body) => post(padan, body).then((re) => re.status, () => 0));
			await Promise.race(first); // one is confirmed: the others are under way
			await padan.stop('SIGKILL');
			const statuses = await Promise.all(first);
			await padan.start();
			for (let i = 0; i < bodies.length; i++) {
				const { status } = await post(padan, bodies[i]);
				if (statuses[i] === 200) assert.equal(status, 400, 'confirmed before, so it is there');
				else assert.ok([200, 400].includes(status));
			}
			assert.ok(statuses.includes(200));
		}
		assert.equal(twice(), 0);
		assert.equal(padan.office("SELECT count(*) AS n FROM feedback_entry WHERE word = 'hilang'")[0].n, 120);
	});
});

describe('App. I: an address of its own (api.listen)', () => {
	let padan, other;
	before(async () => {
		const port = await freePort();
		padan = await (await Padan.demo({ residents: 50, settings: { ...OBSERVE, 'api.listen': `127.0.0.1:${port}` } })).start();
		other = Object.assign(Object.create(Object.getPrototypeOf(padan)), { port, tls: padan.tls, dir: padan.dir });
	});
	after(() => {
		other?.agent?.destroy();
		return padan?.remove();
	});

	test('programs are served there and nowhere else, people only at the portal', async () => {
		await answers(other, one(nik()), 200, SUCCESS);
		await answers(padan, one(nik()), 404, /Layanan tidak ada/);
		assert.equal((await padan.request('GET', '/masuk')).status, 200);
		for (const at of ['/', '/masuk', '/verifikasi', '/aset/padan.css']) {
			const re = await other.request('GET', at);
			assert.deepEqual([re.status, re.headers['content-type']], [404, 'application/json'], at);
		}
		assert.equal((await other.request('GET', STORE)).status, 405);
		assert.equal((await padan.request('GET', STORE)).status, 404);
	});
});
