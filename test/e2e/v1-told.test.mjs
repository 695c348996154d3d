// SPDX-License-Identifier: EUPL-1.2
// Data balikan and kejadian by /api/v1 (issue 5 point 4; J.III, P2.2b): told once through
// whatever door, all or nothing, lists that lose nobody while others write, kejadian opened
// once, and figures that are the portal's.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Padan, Browser, OBSERVE, text } from './padan.mjs';

const ALL = 'verifikasi kesesuaian balikan:read balikan:write kejadian:read kejadian:write perjanjian:read';
const seed = Number(process.env.PADAN_TEST_SEED ?? Date.now() % 1e9);
let state = seed;
const chance = (n) => {
	state = (state * 1103515245 + 12345) & 0x7fffffff;
	return Math.trunc(state / 65536) % n;
};

/** Residents who never were: serials from 9900. */
let people = 0;
const nik = () => {
	const i = people++;
	const two = (n) => String(n).padStart(2, '0');
	return `330406${two(1 + (i % 28))}${two(1 + (Math.trunc(i / 28) % 12))}${two(Math.trunc(i / 336) % 100)}${9900 + (Math.trunc(i / 33600) % 100)}`;
};
const allow = (padan, user, scopes = ALL) => padan.fill(`UPDATE user_account SET scopes = '${scopes}' WHERE user_id = '${user}'`);
const secretOf = (padan, user) => user.endsWith('-balikan')
	? JSON.parse(readFileSync(path.join(padan.dir, 'demo-accounts.json'))).tokens.find((t) => t.instansi.toLowerCase() === user.split('-')[0]).token
	: padan.accounts[user].password;
/** A program with a token of its own. */
const program = async (padan, user, scope) => {
	const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: user, client_secret: secretOf(padan, user), ...(scope ? { scope } : {}) });
	const re = await padan.request('POST', '/api/v1/token', { body: form.toString(), headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
	assert.equal(re.status, 200, re.body);
	const { access_token } = JSON.parse(re.body);
	return async (method, target, body, headers = {}) => {
		const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
		const answer = await padan.request(method, `/api/v1${target}`, { ...sent,
			headers: { Authorization: `Bearer ${access_token}`, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers } });
		assert.equal(answer.headers['cache-control'], 'no-store');
		assert.ok(answer.headers['x-request-id'] || answer.status === 413, 'what is too large is refused before it is read');
		return { ...answer, json: answer.body ? JSON.parse(answer.body) : null };
	};
};
const problem = (re, slug, status) => {
	assert.equal(re.status, status, re.body);
	assert.equal(re.headers['content-type'], 'application/problem+json');
	assert.equal(re.json.type, `/api/v1/problems/${slug}`);
	assert.equal(re.json.status, status);
	return re.json;
};
const pointers = (re) => problem(re, 'parameter-tidak-valid', 422).kesalahan.map((k) => k.penunjuk ?? k.parameter);
const answers = (re, status, json) => {
	assert.equal(re.status, status, re.body);
	assert.match(re.headers['content-type'], /^application\/json/);
	if (json) assert.deepEqual(re.json, json);
	return re.json;
};
const SAVED = { hasil: 'tersimpan' }, SAME = { hasil: 'sudah_ada' };
const kejadianOf = (padan, code) => padan.office(`SELECT min(kejadian_id) AS id FROM kejadian WHERE instansi_id = (SELECT instansi_id FROM instansi WHERE code = '${code}')`)[0].id;
const stored = (padan) => padan.office('SELECT count(*) AS n FROM feedback_entry')[0].n;
const entries = (padan, act = 'feedback') => padan.journal().filter((e) => e.act === act);
const signIn = async (padan, user) => {
	const b = new Browser(padan);
	await b.login(user);
	return b;
};
/** By the form, under an answer. */
const form = async (b, who, of, fields) => {
	await b.go('GET', '/sesi');
	const re = await b.go('POST', '/korban/catat', { form: { csrf: b.hidden('/keluar').csrf, nik: who, kejadian: of, ...fields }, follow: false });
	assert.equal(re.status, 303, text(re.body));
};
/** By the older service; 200 or 400 (told before). */
const older = async (padan, NIK, param = {}) => {
	const body = JSON.stringify([{ id_lembaga: '010002', nama_lembaga: 'x', data: [{ NIK, param: [{ KETERANGAN_KORBAN: 'Hilang', JENIS_BENCANA: 'Epidemi', ...param }] }] }]);
	const re = await padan.request('POST', '/data_balikan/public/api/store', { body, headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${secretOf(padan, 'dinkes-balikan')}` } });
	assert.ok([200, 400].includes(re.status), re.body);
	return re.status === 200 ? 'tersimpan' : 'sudah_ada';
};

describe('I5.4: data balikan', () => {
	let padan, api, own;
	before(async () => {
		padan = await (await Padan.demo({ residents: 1000, settings: OBSERVE })).start();
		allow(padan, 'dinkes-layanan');
		api = await program(padan, 'dinkes-layanan');
		own = kejadianOf(padan, 'DINKES');
	});
	after(() => padan?.remove());
	const tell = (body, headers) => api('POST', '/balikan', body, headers);
	const many = (balikan) => api('POST', '/balikan/banyak', { balikan });

	test('P2.2b, J.III: told, once, and in the journal without a NIK', async () => {
		const who = nik(), before_it = entries(padan).length;
		answers(await tell({ nik: who, kejadian: own, keterangan: 'mengungsi', rumah: 'berat', tanggal: '2026-01-05', catatan: 'di balai desa' }), 201, SAVED);
		answers(await tell({ nik: who, keterangan: 'mengungsi', rumah: 'berat', catatan: ' di balai desa ' }), 200, SAME);
		const fresh = entries(padan).slice(before_it);
		assert.equal(fresh.length, 1);
		assert.deepEqual([fresh[0].about, fresh[0].outcome, fresh[0].user_id, fresh[0].kejadian], ['service victim mengungsi berat', 'ok', 'dinkes-layanan', own]);
		assert.ok(fresh[0].nik && fresh[0].version && fresh[0].peer && !fresh[0].line.includes(who));
		const [{ source, on_day }] = padan.office('SELECT source, on_day FROM feedback_entry ORDER BY entry_id DESC LIMIT 1');
		assert.deepEqual([source, on_day], ['service', Date.UTC(2026, 0, 5) / 864e5]);
	});

	test('request ids come back, or are made', async () => {
		const mine = await tell({ nik: nik(), keterangan: 'luka' }, { 'X-Request-Id': 'posko-17.a_b' });
		assert.equal(mine.headers['x-request-id'], 'posko-17.a_b');
		const bad = await tell({ nik: 'x', keterangan: 'luka' }, { 'X-Request-Id': 'posko 17' });
		assert.match(bad.headers['x-request-id'], /^[0-9a-f]{24}$/);
		assert.equal(bad.json.instance, `urn:padan:permintaan:${bad.headers['x-request-id']}`);
	});

	test('one telling through every door: by v1, form, list and the older service', async () => {
		const operator = await Browser.operator(padan, 'dinkes-operator');
		const [a, b, c, d] = padan.nik['01'];
		for (const who of [a, b, c, d]) await operator.verify(who);
		await form(operator, a, own, { keterangan: 'hilang', rumah: 'ringan', catatan: 'di jembatan' });
		answers(await tell({ nik: a, keterangan: 'hilang', rumah: 'ringan', catatan: 'di jembatan' }), 200, SAME);
		answers(await tell({ nik: b, keterangan: 'luka' }), 201, SAVED);
		let n = stored(padan);
		await form(operator, b, own, { keterangan: 'luka', rumah: '' });
		assert.equal(stored(padan), n, 'the form after v1');
		assert.equal(await older(padan, c), 'tersimpan');
		answers(await tell({ nik: c, keterangan: 'hilang' }), 200, SAME);
		n = stored(padan);
		await form(operator, c, own, { keterangan: 'hilang', rumah: '' });
		assert.equal(stored(padan), n, 'the form after the older service');
		answers(await tell({ nik: d, keterangan: 'mengungsi' }), 201, SAVED);
		await operator.go('GET', '/korban/unggah');
		const page = await operator.submitFile('/korban/unggah', { kejadian: String(own) }, { name: 'berkas', filename: 'd.csv', bytes: Buffer.from(`NIK;KETERANGAN\r\n${d};Mengungsi\r\n${b};Luka / Sakit\r\n`) });
		assert.match(text(page.body), /0 Siap disimpan 2 Tidak berubah 0 Perlu diperbaiki/);
		assert.equal(stored(padan), n + 1, 'and a list knows them too');
	});

	test('a state that came back, another day, another note: told again', async () => {
		const who = nik();
		for (const [more, want] of [[{ keterangan: 'hilang' }, SAVED], [{ keterangan: 'mengungsi' }, SAVED], [{ keterangan: 'hilang' }, SAVED], [{ keterangan: 'hilang' }, SAME],
			[{ keterangan: 'hilang', tanggal: '2026-02-01' }, SAVED], [{ keterangan: 'hilang', tanggal: '2026-02-01' }, SAME], [{ keterangan: 'hilang', catatan: 'kabar baru' }, SAVED]])
			answers(await tell({ nik: who, ...more }), want === SAVED ? 201 : 200, want);
	});

	test('a reason why somebody is no victim, only where something is owed or known', async () => {
		const operator = await Browser.operator(padan, 'dinkes-operator');
		const who = padan.nik['01'][10], before_it = stored(padan);
		problem(await tell({ nik: nik(), alasan: 'salah-nik' }), 'tidak-ada-utang', 409);
		problem(await tell({ nik: who, alasan: 'salah-nik' }), 'tidak-ada-utang', 409);
		assert.equal(stored(padan), before_it);
		await operator.verify(who);
		answers(await tell({ nik: who, alasan: 'salah-nik' }), 201, SAVED);
		answers(await tell({ nik: who, alasan: 'salah-nik' }), 200, SAME);
		assert.equal(padan.office(`SELECT state FROM feedback_person ORDER BY person_id DESC LIMIT 1`)[0].state, 'waived');
	});

	test('whatever is wrong is told with its place, nothing is stored, and no answer repeats a NIK', async () => {
		const who = nik(), before_it = stored(padan);
		const rows = [
			[{}, ['/nik', '/keterangan']], [{ nik: who }, ['/keterangan']], [{ nik: Number(who), keterangan: 'hilang' }, ['/nik']],
			[{ nik: who, keterangan: 'Hilang' }, ['/keterangan']], [{ nik: who, keterangan: 'hilang', kejadian: kejadianOf(padan, 'BPBD') }, ['/kejadian']],
			[{ nik: who, keterangan: 'hilang', kejadian: 999999 }, ['/kejadian']], [{ nik: who, keterangan: 'hilang', kejadian: null }, ['/kejadian']],
			[{ nik: who, keterangan: 'hilang', tanggal: '2099-01-01', catatan: who, rumah: 'roboh' }, ['/rumah', '/tanggal', '/catatan']],
			[{ nik: who, keterangan: 'hilang', lain: 1 }, ['']], [{ nik: who, keterangan: 'hilang', alasan: 'lain-orang' }, ['/keterangan']],
			[{ nik: who, keterangan: 'hilang', catatan: 'x'.repeat(201) }, ['/catatan']],
		];
		for (const [body, at] of rows) {
			const re = await tell(body);
			assert.deepEqual(pointers(re), at, JSON.stringify(body));
			assert.ok(!re.body.includes(who));
		}
		for (const raw of ['', '[]', '"x"', 'null', '{', `{"nik":"${who}","nik":"${who}","keterangan":"hilang"}`, `{"nik":"${who}\u0000","keterangan":"hilang"}`, '{"a":'.repeat(9) + '1' + '}'.repeat(9), Buffer.from([0x7b, 0xff, 0x7d]).toString('latin1')]) {
			const re = await tell(raw === '' ? '{}' : raw);
			assert.ok([400, 422].includes(re.status), `${raw}: ${re.status}`);
			assert.ok(!re.body.includes(who));
		}
		problem(await tell('{', {}), 'isi-tidak-terbaca', 400);
		problem(await tell(`{"nik":"${who}","keterangan":"hilang"}`, { 'Content-Type': 'text/plain' }), 'jenis-isi-tidak-sesuai', 415);
		problem(await tell({ nik: who, keterangan: 'hilang', catatan: 'x'.repeat(5000) }), 'terlalu-besar', 413);
		assert.equal(stored(padan), before_it);
		answers(await tell({ nik: who.replace(/^33/, '97'), keterangan: 'hilang' }), 201, SAVED);
		const last = (await api('GET', `/balikan?kejadian=${own}&batas=200`)).json.balikan.at(-1);
		assert.equal(last.nik, who.replace(/^33/, '97'), 'digit for digit');
	});

	test('many: all or nothing, each flaw with its pointer', async () => {
		const good = () => ({ nik: nik(), keterangan: 'menderita' }), before_it = stored(padan);
		assert.deepEqual(pointers(await many([good(), { ...good(), nik: '1' }, 7, { ...good(), kejadian: kejadianOf(padan, 'BPBD') }])), ['/balikan/1/nik', '/balikan/2']);
		assert.deepEqual(pointers(await many([good(), good(), { ...good(), kejadian: kejadianOf(padan, 'BPBD') }])), ['/balikan/2/kejadian']);
		assert.deepEqual(pointers(await many([good(), { nik: nik(), alasan: 'salah-nik' }])), ['/balikan/1/alasan']);
		for (const body of [{}, { balikan: [] }, { balikan: {} }, { balikan: null }, { balikan: Array.from({ length: 1001 }, good) }])
			assert.deepEqual(pointers(await api('POST', '/balikan/banyak', body)), ['/balikan']);
		const flawed = await many(Array.from({ length: 30 }, () => ({ nik: '1', keterangan: 'hilang' })));
		assert.equal(pointers(flawed).length, 20);
		assert.equal(flawed.json.kesalahan_lain, 10);
		assert.equal(stored(padan), before_it);
		assert.equal((await api('POST', '/balikan/banyak', `{"balikan":["${'x'.repeat(1 << 20)}"]}`)).status, 413);
	});

	test('many: several about one person in their order, and what was told before is said of each', async () => {
		const [a, b, c] = [nik(), nik(), nik()];
		const re = await many([{ nik: a, keterangan: 'hilang' }, { nik: b, keterangan: 'luka' }, { nik: a, keterangan: 'meninggal' }, { nik: a, keterangan: 'meninggal' },
			{ nik: c, keterangan: 'luka' }, { nik: c, alasan: 'salah-nik' }]);
		answers(re, 200);
		assert.deepEqual([re.json.tersimpan, re.json.sudah_ada], [5, 1]);
		assert.deepEqual(re.json.butir.map((x) => x.hasil), ['tersimpan', 'tersimpan', 'tersimpan', 'sudah_ada', 'tersimpan', 'tersimpan']);
		assert.deepEqual(re.json.butir.map((x) => x.indeks), [0, 1, 2, 3, 4, 5]);
		const rows = (await api('GET', `/balikan?kejadian=${own}&batas=200`)).json.balikan;
		assert.equal(rows.find((r) => r.nik === a).keterangan, 'meninggal');
		assert.deepEqual([rows.find((r) => r.nik === c).keadaan, rows.find((r) => r.nik === c).keterangan], ['dibebaskan', null]);
	});

	test('many: the longest history of one person is told in its order; a longer one is refused', async () => {
		const who = nik(), list = (n) => Array.from({ length: n }, (_, i) => ({ nik: who, keterangan: i % 2 ? 'luka' : 'hilang', catatan: `kabar ${i}` }));
		assert.deepEqual(pointers(await many(list(51))), ['/balikan/50/nik']);
		assert.deepEqual(answers(await many(list(50)), 200).tersimpan, 50);
		const notes = padan.office('SELECT e.word FROM feedback_entry e WHERE person_id = (SELECT max(person_id) FROM feedback_person) ORDER BY entry_id');
		assert.deepEqual(notes.map((r) => r.word), list(50).map((b) => b.keterangan));
	});

	test('a thousand at once stay within a second, and hold nobody up for long', async (t) => {
		const list = Array.from({ length: 1000 }, () => ({ nik: nik(), keterangan: 'mengungsi', rumah: 'terendam', tanggal: '2026-03-01', catatan: 'x'.repeat(200) }));
		let worst = 0, over = false;
		const others = (async () => {
			while (!over) {
				const began = performance.now();
				await api('GET', '/balikan/ringkasan');
				worst = Math.max(worst, performance.now() - began);
			}
		})();
		const began = performance.now();
		const re = await many(list);
		const took = performance.now() - began;
		over = true;
		await others;
		assert.deepEqual([re.json.tersimpan, re.json.butir.length], [1000, 1000]);
		const again = performance.now();
		assert.deepEqual([(await many(list)).json.sudah_ada], [1000]);
		t.diagnostic(`1000 told in ${took.toFixed(0)} ms, again in ${(performance.now() - again).toFixed(0)} ms; others waited ${worst.toFixed(0)} ms at most`);
		assert.ok(took < 15000 && worst < 15000);
	});

	test('a list loses nobody and repeats nobody while others write', async () => {
		const seen = [], at_first = (await collect(api, own, 'semua')).map((r) => r.nik);
		let cursor = null, page = 0;
		do {
			const { json } = await api('GET', `/balikan?kejadian=${own}&batas=7${cursor ? `&kursor=${cursor}` : ''}`);
			seen.push(...json.balikan.map((r) => r.nik));
			assert.ok(json.balikan.length === 7 || json.kursor === null);
			cursor = json.kursor;
			if (page++ < 20) {
				answers(await tell({ nik: nik(), keterangan: 'luka' }), 201);
				answers(await tell({ nik: at_first[chance(at_first.length)], keterangan: ['luka', 'hilang', 'mengungsi'][page % 3], catatan: `kabar ${page}` }), 201);
			}
		} while (cursor);
		assert.equal(new Set(seen).size, seen.length, 'nobody twice');
		assert.deepEqual(seen.slice(0, at_first.length), at_first, 'nobody lost, in the same order');
		const by = {};
		for (const keadaan of ['terbuka', 'ditutup', 'dibebaskan']) {
			by[keadaan] = await collect(api, own, keadaan);
			assert.ok(by[keadaan].every((r) => r.keadaan === keadaan));
		}
		const k = (await api('GET', `/kejadian/${own}`)).json.balikan;
		assert.equal(by.terbuka.length, k.terbuka);
		assert.equal(by.terbuka.length + by.ditutup.length + by.dibebaskan.length, (await collect(api, own, 'semua')).length);
		assert.ok(by.terbuka.every((r) => r.diminta && r.diminta_oleh === 'dinkes-operator' && r.disampaikan === null && r.keterangan === null));
		assert.ok(by.ditutup.every((r) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/.test(r.disampaikan) && r.disampaikan_oleh && r.keterangan));
	});

	test('a cursor serves its own list alone', async () => {
		const { kursor } = (await api('GET', `/balikan?kejadian=${own}&batas=1`)).json;
		assert.ok(kursor);
		answers(await api('GET', `/balikan?kejadian=${own}&batas=200&kursor=${kursor}`), 200);
		const other = await program(padan, 'bpbd-balikan');
		const bent = kursor.slice(0, -2) + (kursor.at(-2) === 'A' ? 'B' : 'A') + kursor.at(-1);
		for (const query of [`kejadian=${own}&keadaan=ditutup&kursor=${kursor}`, `kejadian=${own}&kursor=${bent}`, `kejadian=${own}&kursor=`, `kejadian=${own}&kursor=1`, `kejadian=${own}&kursor=${'A'.repeat(4000)}`])
			assert.deepEqual(pointers(await api('GET', `/balikan?${query}`)), ['kursor'], query);
		assert.deepEqual(pointers(await other('GET', `/balikan?kejadian=${kejadianOf(padan, 'BPBD')}&kursor=${kursor}`)), ['kursor']);
		assert.deepEqual(pointers(await api('GET', `/kejadian?kursor=${kursor}`)), ['kursor']);
		for (const [query, at] of [['', ['kejadian']], ['kejadian=0', ['kejadian']], ['kejadian=x&keadaan=y&batas=201', ['kejadian', 'keadaan', 'batas']], [`kejadian=${own}&batas=0`, ['batas']], [`kejadian=${own}&batas=1e1`, ['batas']]])
			assert.deepEqual(pointers(await api('GET', `/balikan?${query}`)), at, query);
	});

	test('P3.1b: each list of NIK that was opened is in the journal; an empty one is none', async () => {
		const before_it = entries(padan).length;
		answers(await api('GET', `/balikan?kejadian=${own}&batas=2`), 200);
		const looked = entries(padan).slice(before_it);
		assert.deepEqual(looked.map((e) => [e.about, e.kejadian, e.user_id]), [['lihat daftar korban', own, 'dinkes-layanan']]);
		const other = await program(padan, 'bpbd-balikan');
		answers(await other('GET', `/balikan?kejadian=${kejadianOf(padan, 'BPBD')}`), 200, { balikan: [], kursor: null });
		assert.equal(entries(padan).length, before_it + 1);
	});

	test('what is owed in all is what the portal shows', async () => {
		const operator = await Browser.operator(padan, 'dinkes-operator');
		const strip = Number(/Data balikan<\/dt><dd[^>]*>([\d.]+) terutang/.exec((await operator.go('GET', '/verifikasi')).body)?.[1].replace('.', '') ?? 0);
		const { utang } = answers(await api('GET', '/balikan/ringkasan'), 200);
		assert.equal(utang.terbuka, strip);
		assert.deepEqual(Object.keys(utang), ['terbuka', 'tertua', 'batas', 'batas_hari', 'melewati', 'menolak']);
		assert.equal(utang.tertua === null, utang.terbuka === 0);
	});

	test('scopes: who may read may not write, and the other way round', async () => {
		const reader = await program(padan, 'dinkes-layanan', 'balikan:read kejadian:read'), writer = await program(padan, 'dinkes-layanan', 'balikan:write');
		const re = await reader('POST', '/balikan', { nik: nik(), keterangan: 'luka' });
		problem(re, 'cakupan-kurang', 403);
		assert.match(re.headers['www-authenticate'], /error="insufficient_scope", scope="balikan:write"/);
		problem(await reader('POST', '/balikan/banyak', { balikan: [] }), 'cakupan-kurang', 403);
		problem(await reader('POST', '/kejadian', {}), 'cakupan-kurang', 403);
		problem(await reader('POST', `/kejadian/${own}/tutup`), 'cakupan-kurang', 403);
		for (const at of ['/balikan', '/balikan/ringkasan', '/kejadian', `/kejadian/${own}`]) problem(await writer('GET', at), 'cakupan-kurang', 403);
		answers(await writer('POST', '/balikan', { nik: nik(), keterangan: 'luka' }), 201, SAVED);
	});

	test('two at the same persons at once: each change is told once', async () => {
		const list = Array.from({ length: 50 }, () => ({ nik: nik(), keterangan: 'luka' })), before_it = stored(padan);
		const back = await Promise.all([list, [...list].reverse(), list, [...list].reverse()].map((l) => many(l)));
		assert.equal(back.reduce((n, re) => n + (re.json.tersimpan ?? 0), 0), 50, back.map((re) => re.body.slice(0, 200)).join('\n'));
		assert.equal(stored(padan), before_it + 50);
	});
});

/** Everybody of a kejadian, page by page. */
async function collect(api, of, keadaan) {
	const rows = [];
	let cursor = null;
	do {
		const { json } = await api('GET', `/balikan?kejadian=${of}&keadaan=${keadaan}&batas=200${cursor ? `&kursor=${cursor}` : ''}`);
		rows.push(...json.balikan);
		cursor = json.kursor;
	} while (cursor);
	return rows;
}

describe('I5.4: kejadian', () => {
	let padan, api, own;
	const flood = (more = {}) => ({ jenis: 'Banjir', nama: 'Banjir Contoh', tempat: 'Desa Contoh, Kec. Batur', tanggal: '2026-01-31', catatan: 'tanggul jebol', ...more });
	before(async () => {
		padan = await (await Padan.demo({ residents: 300, settings: OBSERVE })).start();
		allow(padan, 'dinkes-layanan');
		api = await program(padan, 'dinkes-layanan');
		own = kejadianOf(padan, 'DINKES');
	});
	after(() => padan?.remove());

	test('opened, read, closed; each step in the journal', async () => {
		const before_it = entries(padan, 'kejadian').length;
		const re = await api('POST', '/kejadian', flood());
		const k = answers(re, 201);
		assert.equal(re.headers.location, `/api/v1/kejadian/${k.id}`);
		assert.deepEqual({ ...k, id: 0, dibuka: 0 }, { id: 0, ...flood(), keadaan: 'terbuka', dibuka: 0, ditutup: null, balikan: { diminta: 0, terbuka: 0, ditutup: 0, dibebaskan: 0 } });
		answers(await api('GET', `/kejadian/${k.id}`), 200, k);
		const closed = answers(await api('POST', `/kejadian/${k.id}/tutup`), 200);
		assert.deepEqual([closed.keadaan, typeof closed.ditutup], ['tertutup', 'string']);
		problem(await api('POST', `/kejadian/${k.id}/tutup`, {}), 'kejadian-sudah-tertutup', 409);
		answers(await api('POST', '/balikan', { nik: nik(), kejadian: k.id, keterangan: 'luka' }), 201, SAVED); /* debts outlive it */
		assert.deepEqual(entries(padan, 'kejadian').slice(before_it).map((e) => [e.about, e.kejadian, e.user_id]), [['buka', k.id, 'dinkes-layanan'], ['tutup', k.id, 'dinkes-layanan']]);
		const operator = await signIn(padan, 'dinkes-operator');
		assert.match(text((await operator.go('GET', '/kejadian/arsip')).body), /Banjir Contoh/);
	});

	test('flaws have their places; nothing is opened', async () => {
		const n = () => padan.office('SELECT count(*) AS n FROM kejadian')[0].n, before_it = n();
		const rows = [[{}, ['/jenis', '/nama', '/tempat', '/tanggal']], [flood({ jenis: 'banjir' }), ['/jenis']], [flood({ nama: ' ' }), ['/nama']], [flood({ nama: '=1+1', tempat: '3304060101909999' }), ['/nama', '/tempat']],
			[flood({ tanggal: '2099-01-01' }), ['/tanggal']], [flood({ tanggal: '31-01-2026' }), ['/tanggal']], [flood({ catatan: 'x'.repeat(301) }), ['/catatan']], [flood({ catatan: 'nik 3304060101909999' }), ['/catatan']],
			[flood({ lain: 1 }), ['']], [flood({ nama: 7 }), ['/nama']]];
		for (const [body, at] of rows) assert.deepEqual([...new Set(pointers(await api('POST', '/kejadian', body)))], at, JSON.stringify(body));
		for (const key of ['', 'a b', '"', 'x'.repeat(65), 'a\u00e9']) {
			const re = await api('POST', '/kejadian', flood(), { 'Idempotency-Key': key });
			assert.deepEqual(pointers(re), ['Idempotency-Key'], key);
		}
		assert.deepEqual(pointers(await api('POST', `/kejadian/${own}/tutup`, { yakin: true })), ['']);
		assert.equal(n(), before_it);
	});

	test('an Idempotency-Key opens once: again, after a restart, at once; another body is refused', async () => {
		const n = () => padan.office("SELECT count(*) AS n FROM kejadian WHERE name = 'Sekali'")[0].n;
		const body = flood({ nama: 'Sekali' }), key = { 'Idempotency-Key': '"kunci-1"' };
		const first = await api('POST', '/kejadian', body, key);
		answers(first, 201);
		const again = await api('POST', '/kejadian', body, { 'Idempotency-Key': 'kunci-1' });
		answers(again, 201, first.json);
		assert.equal(again.headers.location, first.headers.location);
		problem(await api('POST', '/kejadian', flood({ nama: 'Lain' }), key), 'kunci-terpakai', 422);
		await padan.stop();
		await padan.start();
		answers(await api('POST', '/kejadian', body, key), 201, first.json);
		assert.equal(n(), 1);
		const at_once = await Promise.all(Array.from({ length: 16 }, () => api('POST', '/kejadian', body, { 'Idempotency-Key': 'kunci-2' })));
		assert.equal(new Set(at_once.map((re) => answers(re, 201).id)).size, 1);
		assert.equal(n(), 2);
		assert.equal(padan.office("SELECT count(*) AS n FROM made_key WHERE made_id = 0")[0].n, 0);
		assert.deepEqual(pointers(await api('POST', '/kejadian', flood({ nama: '' }), { 'Idempotency-Key': 'kunci-3' })), ['/nama']);
		answers(await api('POST', '/kejadian', flood({ nama: 'Lain' }), { 'Idempotency-Key': 'kunci-3' }), 201);
	});

	test('two close one at once: one of them does', async () => {
		const { id } = (await api('POST', '/kejadian', flood({ nama: 'Dua Penutup' }))).json;
		const statuses = (await Promise.all(Array.from({ length: 8 }, () => api('POST', `/kejadian/${id}/tutup`)))).map((re) => re.status).sort();
		assert.deepEqual(statuses, [200, 409, 409, 409, 409, 409, 409, 409]);
		assert.equal(entries(padan, 'kejadian').filter((e) => e.kejadian === id && e.about === 'tutup').length, 1);
	});

	test('another agency\'s does not exist; paths and methods are told apart', async () => {
		const foreign = kejadianOf(padan, 'BPBD');
		problem(await api('GET', `/kejadian/${foreign}`), 'tidak-ditemukan', 404);
		problem(await api('POST', `/kejadian/${foreign}/tutup`), 'tidak-ditemukan', 404);
		problem(await api('GET', `/balikan?kejadian=${foreign}`), 'tidak-ditemukan', 404);
		for (const at of ['x', '0', '-1', '1e2', '9223372036854775808', `${own}/`, `${own}/buka`, `${own}/tutup/x`]) problem(await api('GET', `/kejadian/${at}`), 'tidak-ditemukan', 404);
		for (const [method, at, allow] of [['GET', `${own}/tutup`, 'POST'], ['POST', String(own), 'GET, HEAD']]) {
			const re = await api(method, `/kejadian/${at}`);
			problem(re, 'metode-tidak-sesuai', 405);
			assert.equal(re.headers.allow, allow);
		}
		assert.equal(padan.office(`SELECT is_open FROM kejadian WHERE kejadian_id = ${foreign}`)[0].is_open, 1);
	});

	test('lists go on where they were while others open and close', async () => {
		for (let i = 0; i < 9; i++) await api('POST', '/kejadian', flood({ nama: `Daftar ${i}` }));
		const all = async (query) => {
			const rows = [];
			let cursor = null;
			do {
				const { json } = await api('GET', `/kejadian?${query}${cursor ? `&kursor=${cursor}` : ''}`);
				rows.push(...json.kejadian);
				cursor = json.kursor;
				if (cursor) {
					await api('POST', '/kejadian', flood({ nama: 'Baru' }));
					await api('POST', `/kejadian/${rows[0].id}/tutup`);
				}
			} while (cursor);
			return rows.map((k) => k.id);
		};
		const at_first = (await api('GET', '/kejadian?batas=200')).json.kejadian.map((k) => k.id);
		assert.deepEqual(at_first, [...at_first].sort((a, b) => b - a), 'the latest first');
		assert.deepEqual(await all('batas=3'), at_first);
		const open = (await api('GET', '/kejadian?batas=200&keadaan=terbuka')).json.kejadian, closed = (await api('GET', '/kejadian?batas=200&keadaan=tertutup')).json.kejadian;
		assert.ok(open.length && closed.length && open.every((k) => k.keadaan === 'terbuka') && closed.every((k) => k.keadaan === 'tertutup'));
		assert.equal(open.length + closed.length, padan.office(`SELECT count(*) AS n FROM kejadian WHERE instansi_id = (SELECT instansi_id FROM instansi WHERE code = 'DINKES')`)[0].n);
		assert.deepEqual(pointers(await api('GET', '/kejadian?keadaan=x')), ['keadaan']);
	});

	test('no more than so many are open at once, and a key is free again', async () => {
		const id = padan.office("SELECT instansi_id AS id FROM instansi WHERE code = 'DINKES'")[0].id;
		padan.fill(`INSERT INTO kejadian (instansi_id, jenis, name, place, on_day, is_open, opened_us) SELECT ${id}, 'Banjir', 'Penuh', 'x', 20000, 1, 1 FROM
			(SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9 UNION ALL SELECT 10) a,
			(SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9 UNION ALL SELECT 10) b`);
		problem(await api('POST', '/kejadian', flood(), { 'Idempotency-Key': 'penuh' }), 'sudah-terlalu-banyak', 409);
		padan.fill("UPDATE kejadian SET is_open = 0, closed_us = 2 WHERE name = 'Penuh'");
		answers(await api('POST', '/kejadian', flood({ nama: 'Lagi' }), { 'Idempotency-Key': 'penuh' }), 201);
	});

	test('J.III, DOMAIN 2: a suspended agency still tells and reads, and opens nothing', async () => {
		padan.run('agreement', 'state', padan.dir, 'DINKES', 'suspended', '--note', 'uji');
		answers(await api('POST', '/balikan', { nik: nik(), keterangan: 'luka' }), 201, SAVED);
		answers(await api('POST', '/balikan/banyak', { balikan: [{ nik: nik(), keterangan: 'luka' }] }), 200);
		for (const at of ['/kejadian', `/kejadian/${own}`, '/balikan/ringkasan', `/balikan?kejadian=${own}`]) answers(await api('GET', at), 200);
		for (const at of ['/kejadian', `/kejadian/${own}/tutup`]) {
			const re = problem(await api('POST', at, at === '/kejadian' ? flood() : {}), 'instansi-tidak-aktif', 403);
			assert.deepEqual([re.kode, typeof re.pasal], ['16', 'string']);
		}
		padan.run('agreement', 'state', padan.dir, 'DINKES', 'active', '--note', 'uji');
		answers(await api('POST', `/kejadian/${own}/tutup`), 200);
	});
});

test('two nodes on one database: a kejadian is opened once, a change told once, a cursor goes on at the other', { skip: process.env.PADAN_E2E_STORE !== 'postgres' && 'needs PostgreSQL' }, async () => {
	const padan = await Padan.demo({ residents: 300, settings: OBSERVE }), node = new Padan();
	try {
		Object.assign(node, { ...padan, dir: path.join(padan.dir, '..', 'second'), settings: { ...OBSERVE, 'journal.node': 1 } });
		cpSync(padan.dir, node.dir, { recursive: true });
		await Promise.all([padan.start(), node.start()]);
		allow(padan, 'dinkes-layanan');
		const pair = [await program(padan, 'dinkes-layanan'), await program(node, 'dinkes-layanan')], own = kejadianOf(padan, 'DINKES');
		for (let i = 0; i < 10; i++) {
			const body = { jenis: 'Banjir', nama: `Banjir ${i}`, tempat: 'Desa Contoh', tanggal: '2026-01-31' };
			const back = await Promise.all([...pair, ...pair].map((api) => api('POST', '/kejadian', body, { 'Idempotency-Key': `k${i}` })));
			assert.equal(new Set(back.map((re) => answers(re, 201).id)).size, 1);
			const id = back[0].json.id;
			const closed = await Promise.all(pair.map((api) => api('POST', `/kejadian/${id}/tutup`)));
			assert.deepEqual(closed.map((re) => re.status).sort(), [200, 409]);
		}
		assert.equal(padan.office("SELECT count(*) AS n FROM kejadian WHERE name LIKE 'Banjir %'")[0].n, 10);
		/* who met the other at one person hears 503 and sends the same again */
		const until = async (api, balikan) => {
			for (;;) {
				const re = await api('POST', '/balikan/banyak', { balikan });
				if (re.status !== 503) return answers(re, 200).tersimpan;
				assert.ok(Number(re.headers['retry-after']) > 0);
			}
		};
		for (let i = 0; i < 10; i++) {
			const list = Array.from({ length: 40 }, () => ({ nik: nik(), keterangan: 'luka' }));
			const saved = await Promise.all([until(pair[0], list), until(pair[1], [...list].reverse())]);
			assert.equal(saved[0] + saved[1], 40);
		}
		assert.equal(stored(padan), 400);
		const rows = [];
		let cursor = null, turn = 0;
		do {
			const { json } = await pair[turn++ % 2]('GET', `/balikan?kejadian=${own}&batas=70${cursor ? `&kursor=${cursor}` : ''}`);
			rows.push(...json.balikan.map((r) => r.nik));
			cursor = json.kursor;
		} while (cursor);
		assert.deepEqual([rows.length, new Set(rows).size], [400, 400]);
		assert.match(padan.tryRun('check', padan.dir).stdout, /data balikan \d+ kejadian dihitung ulang dan sesuai/);
	} finally {
		await node.stop();
		await padan.remove();
	}
});

test('I5.4, P2.2b: after a random mix of v1, form and older service the figures are the model\'s, on every side', async (t) => {
	t.diagnostic(`seed ${seed}`);
	const padan = await (await Padan.demo({ residents: 500, settings: OBSERVE })).start();
	try {
		allow(padan, 'dinkes-layanan');
		const api = await program(padan, 'dinkes-layanan'), operator = await Browser.operator(padan, 'dinkes-operator'), admin = await signIn(padan, 'admin');
		const own = kejadianOf(padan, 'DINKES'), model = new Map(), words = ['mengungsi', 'luka', 'menderita', 'hilang', 'meninggal'];
		const pool = [...padan.nik['01'].slice(0, 14), ...padan.nik['11'].slice(0, 3)];
		const label = { mengungsi: 'Mengungsi', luka: 'Luka / Sakit', menderita: 'Menderita', hilang: 'Hilang', meninggal: 'Meninggal' };
		/* who: { asked, state, word, lately }: what each is now, and the older service's words so far */
		const spoken = new Set();
		const put = (who, more) => model.set(who, { asked: false, ...model.get(who), ...more });
		let day = 0;
		const steps = {
			ask: async (who) => {
				await operator.verify(who);
				put(who, { asked: true, state: model.get(who)?.state ?? 'terbuka' });
			},
			form: async (who, word) => {
				if (!model.has(who)) return;
				await form(operator, who, own, { keterangan: word, rumah: '' });
				put(who, { state: 'ditutup', word });
			},
			older: async (who, word) => {
				const one = `${who} ${word} ${day = chance(3) ? day : day + 1}`;
				const TANGGAL = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
				assert.equal(await older(padan, who, { KETERANGAN_KORBAN: label[word], TANGGAL }), spoken.has(one) ? 'sudah_ada' : 'tersimpan', one);
				if (!spoken.has(one)) put(who, { state: 'ditutup', word });
				spoken.add(one);
			},
			one: async (who, word) => {
				const same = model.get(who)?.word === word;
				answers(await api('POST', '/balikan', { nik: who, keterangan: word }), same ? 200 : 201, same ? SAME : SAVED);
				put(who, { state: 'ditutup', word });
			},
			waive: async (who) => {
				const known = model.get(who), re = await api('POST', '/balikan', { nik: who, alasan: 'tidak-terdampak' });
				if (!known) problem(re, 'tidak-ada-utang', 409);
				else answers(re, known.word === '-' ? 200 : 201);
				if (known) put(who, { state: 'dibebaskan', word: '-' });
			},
			many: async () => {
				const list = Array.from({ length: 1 + chance(9) }, () => ({ nik: pool[chance(pool.length)], keterangan: words[chance(words.length)] }));
				const want = list.map(({ nik: who, keterangan: word }) => {
					const same = model.get(who)?.word === word;
					put(who, { state: 'ditutup', word });
					return same ? 'sudah_ada' : 'tersimpan';
				});
				assert.deepEqual(answers(await api('POST', '/balikan/banyak', { balikan: list }), 200).butir.map((x) => x.hasil), want);
			},
		};
		const table = (html) => /<table[\s\S]*?<\/table>/.exec(html)[0].match(/<tr>(?:(?!<th)[\s\S])*?<\/tr>/g)
			.map((row) => Object.fromEntries([...row.matchAll(/<td data-k="([^"]*)"[^>]*>([\s\S]*?)<\/td>/g)].map(([, k, v]) => [k, text(v)])));
		for (let i = 0; i < 150; i++) {
			const name = Object.keys(steps)[chance(6)];
			await steps[name](pool[chance(pool.length)], words[chance(words.length)]);
			if (i % 10 && i !== 149) continue;
			const all = [...model.values()], sum = (keadaan) => all.filter((p) => p.asked && p.state === keadaan).length;
			const want = { diminta: all.filter((p) => p.asked).length, terbuka: sum('terbuka'), ditutup: sum('ditutup'), dibebaskan: sum('dibebaskan') };
			assert.deepEqual((await api('GET', `/kejadian/${own}`)).json.balikan, want, `step ${i} (${name})`);
			assert.equal((await api('GET', '/balikan/ringkasan')).json.utang.terbuka, want.terbuka);
			if (all.length === 0) continue;
			const row = table((await admin.go('GET', '/balikan')).body).find((r) => r.Instansi?.startsWith('DINKES'));
			assert.deepEqual(['Diakses', 'Belum', 'Dilaporkan', 'Bukan korban', 'Tanpa akses'].map((k) => Number(row[k])), [...Object.values(want), all.filter((p) => !p.asked).length]);
			const listed = new Map((await collect(api, own, 'semua')).map((r) => [r.nik, r]));
			assert.deepEqual([...listed.keys()].sort(), [...model.keys()].sort());
			for (const [who, p] of model) assert.deepEqual([listed.get(who).keadaan, listed.get(who).keterangan], [p.state, words.includes(p.word) ? p.word : null], who);
		}
		assert.match(padan.tryRun('check', padan.dir).stdout, /data balikan \d+ kejadian dihitung ulang dan sesuai/);
	} finally {
		await padan.remove();
	}
});
