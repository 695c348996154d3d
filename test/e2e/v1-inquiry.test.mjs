// SPDX-License-Identifier: EUPL-1.2
// /api/v1/verifikasi and /api/v1/kesesuaian (issue 5 point 4): the inquiries of get_json in
// modern form. What is answered, which problem each ground is and in which order, what a
// repeat and a clash come to, that a token dies at once, and that both forms of a method
// share one quota, guard, debt and journal.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Padan, Browser, OBSERVE, root } from './padan.mjs';
import { office, furnish, siti, papua, send, form, token, ask, problem, addendum, lookups, used } from './v1.mjs';
import { Clock } from './clock.mjs';

// DOMAIN 2, letter for letter, as the portal says them.
const TEXT = {
	11: 'Data Ditemukan, Meninggal Dunia',
	12: 'Data Ditemukan, Data Ganda',
	13: 'Data tidak ditemukan, NIK tidak terdapat di database kependudukan',
	14: 'Data Ditemukan, Status Non Aktif silahkan hubungi Dinas Dukcapil',
};
const BASE = ['alamat', 'jenis_klmin', 'jenis_pkrjn', 'kab_name', 'kec_name', 'kel_name', 'nama_lgkp', 'nik', 'no_kec', 'no_kk', 'no_rt', 'no_rw', 'prop_name', 'tgl_lhr', 'tmpt_lhr'];
const DATA = '/api/v1/verifikasi', VERIFY = '/api/v1/kesesuaian';
const REF = /^[0-9A-Z]{4}-[0-9A-Z]{4}$/;

let padan, bearer;
before(async () => {
	padan = await office();
	bearer = await token(padan);
});
after(() => padan?.remove());
const data = (body, more = {}) => ask(padan, DATA, body, { bearer, ...more });
const verify = (body, more = {}) => ask(padan, VERIFY, body, { bearer, ...more });

/** 200 with what every answer has; gives the rest. */
const answered = (re, kode, why = '') => {
	assert.equal(re.status, 200, `${why}: ${re.text}`);
	assert.equal(re.headers['content-type'], 'application/json');
	assert.equal(re.headers['cache-control'], 'no-store');
	assert.ok(re.headers['x-request-id']);
	const { kode: code, data_per, kejadian, ulangan, referensi, waktu, ...rest } = re.json;
	assert.equal(code, kode, `${why}: ${re.text}`);
	assert.ok(data_per === null || /^\d{4}-\d\d-\d\d$/.test(data_per), String(data_per));
	assert.ok(Number.isInteger(kejadian) && kejadian > 0);
	assert.equal(typeof ulangan, 'boolean');
	assert.match(referensi, REF);
	assert.match(waktu, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/);
	return rest;
};
const free = async (p, what) => {
	const before_it = used(p);
	await what();
	assert.equal(used(p), before_it, 'no hit');
};

describe('verifikasi', () => {
	test('the granted elements, all of them text, one hit, one entry', async () => {
		const before_it = used(padan);
		const re = await data({ nik: siti.nik });
		const { data: one, ...rest } = answered(re, '01');
		assert.deepEqual(rest, {});
		assert.deepEqual(Object.keys(one).sort(), BASE);
		for (const [k, v] of Object.entries(siti)) assert.strictEqual(one[k], v, k);
		assert.equal(one.no_kec, '13');
		assert.equal(used(padan), before_it + 1);
		const entry = lookups(padan).at(-1);
		assert.deepEqual([entry.outcome, entry.method, entry.user_id, entry.document], ['01', 'CALL_NIK', 'dinkes-layanan', 'none']);
		assert.equal(re.json.kejadian, entry.kejadian);
	});

	test('NIK and KK of provinces 91-97 come back digit for digit', async () => {
		for (const { nik, no_kk } of papua) {
			const re = await data({ nik });
			answered(re, '01', nik);
			assert.ok(re.text.includes(`"nik":"${nik}"`) && re.text.includes(`"no_kk":"${no_kk}"`), re.text);
		}
	});

	test('11 to 14 are answers, in the exact words, each one hit', async () => {
		for (const [code, teks] of Object.entries(TEXT)) {
			const before_it = used(padan);
			assert.deepEqual(answered(await data({ nik: padan.nik[code][0] }), code), { teks });
			assert.deepEqual(answered(await verify({ nik: padan.nik[code][0], elemen: { no_rt: '1' } }), code), { teks });
			assert.equal(used(padan), before_it + 2);
			assert.equal(lookups(padan).at(-1).outcome, code);
		}
	});

	test('"elemen" narrows what comes back, never widens it', async () => {
		const keys = async (elemen) => Object.keys(answered(await data({ nik: siti.nik, elemen }), '01').data).sort();
		assert.deepEqual(await keys(['nama_lgkp', 'no_rt']), ['nama_lgkp', 'no_rt']);
		assert.deepEqual(await keys(['no_kel', 'nik', 'nik']), ['nik'], 'no_kel is not granted');
		assert.deepEqual(await keys(['no_prop']), [], 'only what is not granted: nothing, not everything');
	});

	test('the document that was shown and the kejadian stand in the journal', async () => {
		const [{ id }] = padan.office("SELECT min(kejadian_id) AS id FROM kejadian WHERE instansi_id = (SELECT instansi_id FROM instansi WHERE code = 'DINKES')");
		for (const dokumen of ['ktp-el', 'ikd', 'none']) {
			const re = await data({ nik: siti.nik, dokumen, kejadian: id });
			answered(re, '01', dokumen);
			assert.equal(re.json.kejadian, id);
			const entry = lookups(padan).at(-1);
			assert.deepEqual([entry.document, entry.kejadian], [dokumen, id]);
		}
	});

	test('P2.2b: what was found is owed as data balikan, once, whichever way it was asked', async () => {
		const owed = () => padan.office("SELECT count(*) AS n FROM feedback_person WHERE instansi_id = (SELECT instansi_id FROM instansi WHERE code = 'DINKES')")[0].n;
		const before_it = owed(), nik = padan.nik['01'][7];
		await data({ nik });
		await ask(padan, '/dukcapil/get_json/DINKES/CALL_NIK', { NIK: nik, user_id: 'dinkes-layanan', password: padan.accounts['dinkes-layanan'].password, IP_USER: '127.0.0.1' });
		await verify({ nik, elemen: { no_rt: '1' } });
		await data({ nik: padan.nik['13'][7] });
		assert.equal(owed(), before_it + 1);
	});

	test('the request id is the client\'s where it may be, else one of ours', async () => {
		assert.equal((await data({ nik: siti.nik }, { headers: { 'X-Request-Id': 'a.b_c-1' } })).headers['x-request-id'], 'a.b_c-1');
		for (const id of ['x'.repeat(65), 'a b', '<x>']) assert.match((await data({ nik: siti.nik }, { headers: { 'X-Request-Id': id } })).headers['x-request-id'], /^[0-9a-f]{24}$/);
		const re = await data({ nik: '1' }, { headers: { 'X-Request-Id': 'jejak-7' } });
		assert.equal(re.json.instance, 'urn:padan:permintaan:jejak-7');
	});
});

describe('kesesuaian', () => {
	const all = { no_kk: siti.no_kk, nama_lgkp: 'Zwqxsiti Kenarijkt', jenis_klmin: 'P', tmpt_lhr: 'QWERTOSARI', tgl_lhr: '21-01-1990', jenis_pkrjn: 'guru',
		alamat: 'JL. ZXKRAJAN NO 77', prop_name: 'Jawa Tengah', kab_name: 'Banjarnegara', no_kec: '13', kec_name: 'Karangkobar', kel_name: 'Leksana', no_rt: '7', no_rw: '002' };

	test('each element agrees, with scores where there are some', async () => {
		const { hasil, ...rest } = answered(await verify({ nik: siti.nik, ambang: 80, elemen: all }), '01');
		assert.deepEqual(rest, {});
		assert.deepEqual(Object.keys(hasil).sort(), Object.keys(all).sort());
		for (const [k, v] of Object.entries(hasil)) {
			assert.equal(v.sesuai, true, k);
			assert.deepEqual(Object.keys(v), /^(nama_lgkp|tmpt_lhr|alamat)$/.test(k) ? ['sesuai', 'skor'] : ['sesuai'], k);
		}
		assert.equal(lookups(padan).at(-1).method, 'CALL_VERIFY_BY_ELEMEN');
	});

	test('the cut is at "ambang", and at 100 where there is none', async () => {
		const at = async (more) => answered(await verify({ nik: siti.nik, elemen: { nama_lgkp: 'ZWQXSITI KENARIJKX' }, ...more }), '01').hasil.nama_lgkp;
		const { skor } = await at({});
		assert.ok(skor > 80 && skor < 100, String(skor));
		assert.deepEqual(await at({}), { sesuai: false, skor });
		assert.deepEqual(await at({ ambang: skor }), { sesuai: true, skor });
		assert.deepEqual(await at({ ambang: skor + 1 }), { sesuai: false, skor });
		assert.equal((await at({ ambang: 0 })).sesuai, true);
	});

	test('what was not granted is absent, not an error', async () => {
		assert.deepEqual(Object.keys(answered(await verify({ nik: siti.nik, elemen: { no_prop: '33', no_rt: '7' } }), '01').hasil), ['no_rt']);
		assert.deepEqual(answered(await verify({ nik: siti.nik, elemen: { no_kel: '2001' } }), '01').hasil, {});
	});

	test('nothing of the registry comes out, whatever is asked', async () => {
		for (const elemen of [all, Object.fromEntries(Object.keys(all).map((k) => [k, 'BOHONG']))]) {
			const re = await verify({ nik: siti.nik, ambang: 50, elemen });
			for (const word of [siti.no_kk, 'ZWQXSITI', 'QWERTOSARI', '1990-01-21', 'GURU', 'ZXKRAJAN', 'LEKSANA', siti.nik, 'BOHONG']) assert.ok(!re.text.toUpperCase().includes(word), word);
		}
		assert.ok((await data({ nik: siti.nik })).text.includes('ZWQXSITI'), 'or this test proves nothing');
	});
});

describe('bad input', () => {
	const put = (more) => `{"nik":"${siti.nik}","elemen":${JSON.stringify(['nama_lgkp'])},${more}}`;
	const of = (why, re, want) => {
		const p = problem(re, 422, 'parameter-tidak-valid', why);
		assert.equal(p.kode, '07', why);
		assert.match(p.referensi, REF);
		assert.deepEqual(p.kesalahan.map((f) => f.penunjuk ?? `?${f.parameter}`), want, `${why}: ${re.text}`);
		for (const flaw of p.kesalahan) assert.ok(flaw.sebab);
		return p;
	};

	test('what is no JSON object: 400, no hit, journaled as 07', () => free(padan, async () => {
		const good = JSON.stringify({ nik: siti.nik });
		const bodies = { 'a word': 'halo', 'half': '{"nik":', 'a list': `[${good}]`, 'a text': '"x"', 'more behind': `${good} x`, 'a duplicate': `{"nik":"${siti.nik}","nik":"${siti.nik}"}`,
			'too deep': put(`"x":${'['.repeat(9)}${']'.repeat(9)}`), 'deeper': '['.repeat(8000), 'NUL': '{"nik":"33041361\\u00001909901"}', 'NUL byte': Buffer.from('{"nik":"3304\0"}'),
			'Latin-1': Buffer.from('{"nik":"JOS\xe9"}', 'latin1'), 'UTF-16': Buffer.from(good, 'utf16le'), 'BOM': `\ufeff${good}`, 'half a surrogate': '{"nik":"\\ud800"}',
			'beyond int64': `{"nik":"${siti.nik}","kejadian":99999999999999999999}`, 'NaN': `{"nik":NaN}`, 'a comment': `/* */${good}` };
		for (const [why, body] of Object.entries(bodies))
			for (const target of [DATA, VERIFY]) {
				const p = problem(await ask(padan, target, body, { bearer }), 400, 'isi-tidak-terbaca', why);
				assert.deepEqual([p.kode, p.pasal], ['07', 'P2.1a'], why);
				assert.match(p.referensi, REF);
			}
		assert.deepEqual([lookups(padan).at(-1).outcome, lookups(padan).at(-1).ground], ['07', 'malformed']);
	}));

	test('every flaw is told with its place, and none of what was sent comes back', () => free(padan, async () => {
		const nik = siti.nik;
		const cases = [
			[DATA, '', ['/nik']], [DATA, {}, ['/nik']], [DATA, { nik: 3304136101909901 }, ['/nik']], [DATA, { nik: null }, ['/nik']], [DATA, { nik: '' }, ['/nik']], [DATA, { nik: ' ' }, ['/nik']],
			[DATA, { nik: ['x'] }, ['/nik']], [DATA, { nik: '3'.repeat(65) }, ['/nik']], [DATA, { nik: '3304\n' }, ['/nik']],
			[DATA, { nik, kejadian: '1' }, ['/kejadian']], [DATA, { nik, kejadian: 0 }, ['/kejadian']], [DATA, { nik, kejadian: -1 }, ['/kejadian']], [DATA, { nik, kejadian: 1.5 }, ['/kejadian']], [DATA, { nik, kejadian: null }, ['/kejadian']],
			[DATA, { nik, dokumen: 'paspor' }, ['/dokumen']], [DATA, { nik, dokumen: 1 }, ['/dokumen']], [DATA, { nik, dokumen: 'KTP-EL' }, ['/dokumen']],
			[DATA, { nik, elemen: [] }, ['/elemen']], [DATA, { nik, elemen: {} }, ['/elemen']], [DATA, { nik, elemen: 'nik' }, ['/elemen']],
			[DATA, { nik, elemen: ['nik', 'agama', 7, 'NIK'] }, ['/elemen/1', '/elemen/2', '/elemen/3']], [DATA, { nik, elemen: Array(19).fill('nik') }, ['/elemen']],
			[DATA, { nik, BOHONG: 1 }, ['']], [DATA, { nik, ambang: 5 }, ['']], [DATA, { nik, NIK: nik }, ['']],
			[DATA, { nik: 1, kejadian: 'x', dokumen: 'BOHONG', elemen: [1] }, ['/nik', '/kejadian', '/dokumen', '/elemen/0'].sort()],
			[VERIFY, { nik }, ['/elemen']], [VERIFY, { nik, elemen: {} }, ['/elemen']], [VERIFY, { nik, elemen: ['nama_lgkp'] }, ['/elemen']],
			[VERIFY, { nik, elemen: { no_rt: 7 } }, ['/elemen/no_rt']], [VERIFY, { nik, elemen: { no_rt: ' ' } }, ['/elemen/no_rt']], [VERIFY, { nik, elemen: { no_rt: null } }, ['/elemen/no_rt']],
			[VERIFY, { nik, elemen: { nama_lgkp: 'X'.repeat(256) } }, ['/elemen/nama_lgkp']], [VERIFY, { nik, elemen: { nama_lgkp: 'A\u0007' } }, ['/elemen/nama_lgkp']],
			[VERIFY, { nik, elemen: { nik } }, ['/elemen']], [VERIFY, { nik, elemen: { NO_RT: '7' } }, ['/elemen']],
			[VERIFY, { nik, ambang: 101, elemen: { no_rt: '7' } }, ['/ambang']], [VERIFY, { nik, ambang: -1, elemen: { no_rt: '7' } }, ['/ambang']],
			[VERIFY, { nik, ambang: '90', elemen: { no_rt: '7' } }, ['/ambang']], [VERIFY, { nik, ambang: 89.5, elemen: { no_rt: '7' } }, ['/ambang']],
		];
		for (const [target, body, want] of cases) {
			const re = await ask(padan, target, body, { bearer });
			const p = of(JSON.stringify(body), { ...re, json: re.json?.kesalahan ? { ...re.json, kesalahan: want.length > 1 ? [...re.json.kesalahan].sort((a, b) => (a.penunjuk < b.penunjuk ? -1 : 1)) : re.json.kesalahan } : re.json }, want);
			assert.equal(p.pasal, 'P2.1a');
			for (const word of ['BOHONG', 'paspor', 'agama', nik]) assert.ok(!re.text.includes(word), `${word}: ${re.text}`);
		}
	}));

	test('a flaw in hundreds of places is told for twenty', async () => {
		const re = await data({ nik: 1, elemen: Array(18).fill('x'), dokumen: 1, kejadian: 'x', tak: 1 });
		assert.equal(re.json.kesalahan.length, 20);
		assert.equal(re.json.kesalahan_lain, 2);
	});

	test('Idempotency-Key: 1 to 64 visible characters, bare or quoted; anything else is a flaw', () => free(padan, async () => {
		for (const key of ['', ' ', 'x'.repeat(65), `"${'x'.repeat(65)}"`, '"', '""', '"x', '"a"b"', '"a\\b"', '"a b"', 'a b', 'kunci\u00e9', '"x";p=1'])
			of(key, await data({ nik: siti.nik }, { key }), ['?Idempotency-Key']);
	}));

	test('a body that says it is something else: 415', () => free(padan, async () => {
		for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16', 'multipart/form-data; boundary=x'])
			assert.match(problem(await data({ nik: siti.nik }, { headers: { 'Content-Type': type } }), 415, 'jenis-isi-tidak-sesuai', type).referensi, REF);
		problem(await data({ nik: siti.nik }, { headers: { 'Content-Encoding': 'gzip' } }), 415, 'jenis-isi-tidak-sesuai');
	}));

	test('what is too large is 413, another method 405, another path 404', () => free(padan, async () => {
		problem(await data(`{"nik":"${'3'.repeat(20000)}"}`), 413, 'terlalu-besar');
		for (const target of [DATA, VERIFY])
			for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) problem(await send(padan, method, target, { headers: { Authorization: `Bearer ${bearer}` } }), 405, 'metode-tidak-sesuai', method);
		const head = await send(padan, 'HEAD', DATA, { headers: { Authorization: `Bearer ${bearer}` } });
		assert.deepEqual([head.status, head.headers['content-type'], head.text], [405, 'application/problem+json', '']);
		for (const target of [`${DATA}/`, '/api/v1/Verifikasi', '/api/v1', '/api/v1/lain']) problem(await ask(padan, target, { nik: siti.nik }, { bearer }), 404, 'tidak-ditemukan', target);
	}));

	test('15: strict about the NIK, free of charge, and without a hint', () => free(padan, async () => {
		for (const nik of ['330413610190990', '33041361019099011', ' 3304136101909901', '3304 1361 0190 9901', '330413610190990O', '3304136101900000', '9904136101909901', 'NIK', '３３０４１３６１０１９０９９０１'])
			for (const target of [DATA, VERIFY]) {
				const re = await ask(padan, target, { nik, ...(target === VERIFY ? { elemen: { no_rt: '7' } } : {}) }, { bearer });
				const p = problem(re, 422, 'nik-tidak-sesuai-format', nik);
				assert.deepEqual(Object.keys(p).sort(), ['instance', 'kode', 'pasal', 'referensi', 'status', 'title', 'type'], re.text);
				assert.equal(p.kode, '15');
			}
	}));

	test('no crash, and neither journal nor log hold anything that was typed', () => {
		assert.equal(padan.process.exitCode, null);
		const lines = padan.journal().map((e) => e.line).join('\n');
		for (const word of [siti.nik, bearer, 'ZWQX', 'BOHONG', 'paspor']) {
			assert.ok(!lines.includes(word), word);
			assert.ok(!padan.log().includes(word), word);
		}
		assert.equal(padan.tryRun('journal', 'verify', padan.dir).status, 0);
	});
});

describe('who may ask', () => {
	test('401 without a token, or with one that is not good; nothing else is looked at', () => free(padan, async () => {
		const n = lookups(padan).length;
		const none = await ask(padan, DATA, '{');
		assert.equal(problem(none, 401, 'token-tidak-berlaku').kode, '03');
		assert.equal(none.headers['www-authenticate'], 'Bearer realm="Padan"');
		for (const bad of ['A'.repeat(43), 'x', padan.accounts['dinkes-layanan'].password, padan.tokens.DINKES, '!!']) {
			const re = await ask(padan, DATA, '{', { bearer: bad });
			problem(re, 401, 'token-tidak-berlaku', bad);
			assert.equal(re.headers['www-authenticate'], 'Bearer realm="Padan", error="invalid_token"');
		}
		const basic = await ask(padan, DATA, { nik: siti.nik }, { headers: { Authorization: `Basic ${Buffer.from(`dinkes-layanan:${padan.accounts['dinkes-layanan'].password}`).toString('base64')}` } });
		problem(basic, 401, 'token-tidak-berlaku');
		const b = await Browser.operator(padan, 'dinkes-operator');
		problem(await ask(padan, DATA, { nik: siti.nik }, { headers: { Cookie: [...b.cookies].map(([k, v]) => `${k}=${v}`).join('; ') } }), 401, 'token-tidak-berlaku', 'a session');
		assert.equal(lookups(padan).length, n, 'none of them is an inquiry');
	}));

	test('tokens nobody knows leave a trace a few times, are answered all the same, and hold nobody up', async () => {
		const traces = () => padan.journal().filter((e) => e.act === 'credential' && e.outcome === 'refused').length;
		const at = traces();
		for (let i = 0; i < 40; i++) problem(await ask(padan, DATA, { nik: siti.nik }, { bearer: `${'B'.repeat(40)}${100 + i}`, from: '127.0.0.77' }), 401, 'token-tidak-berlaku', String(i));
		assert.ok(traces() - at >= 5 && traces() - at <= 12, `${traces() - at} entries`);
		answered(await data({ nik: siti.nik }, { from: '127.0.0.77' }), '01', 'a right one from the same address');
	});

	test('403 when the scope does not reach here, before the body is looked at', () => free(padan, async () => {
		const narrow = await token(padan, { scope: 'kesesuaian jurnal:read' });
		const re = await ask(padan, DATA, '{', { bearer: narrow });
		problem(re, 403, 'cakupan-kurang');
		assert.equal(re.headers['www-authenticate'], 'Bearer realm="Padan", error="insufficient_scope", scope="verifikasi"');
		const balikan = await token(padan, { user: ['dinkes-balikan', padan.tokens.DINKES] });
		for (const target of [DATA, VERIFY]) problem(await ask(padan, target, { nik: siti.nik }, { bearer: balikan }), 403, 'cakupan-kurang');
	}));

	test('the scope alone opens it', async () => {
		answered(await ask(padan, VERIFY, { nik: siti.nik, elemen: { no_rt: '7' } }, { bearer: await token(padan, { scope: 'kesesuaian' }) }), '01');
	});

	test('a kejadian of somebody else is not open, and reads like one that is not there', () => free(padan, async () => {
		const [{ id }] = padan.office("SELECT min(kejadian_id) AS id FROM kejadian WHERE instansi_id = (SELECT instansi_id FROM instansi WHERE code = 'BPBD')");
		const say = async (kejadian) => {
			const { instance, referensi, ...rest } = problem(await data({ nik: siti.nik, kejadian }), 422, 'kejadian-tidak-terbuka');
			assert.ok(instance && REF.test(referensi));
			return rest;
		};
		assert.deepEqual(await say(id), await say(987654));
		assert.deepEqual([lookups(padan).at(-1).outcome, lookups(padan).at(-1).ground], ['07', 'no_kejadian']);
	}));

	test('J.II.C: the base agreement opens neither service', async () => {
		padan.run('user', 'add', padan.dir, 'bpbd-layanan', '--role', 'service', '--instansi', 'BPBD', '--kejadian', '1');
		const mine = await token(padan, { user: ['bpbd-layanan', padan.run('credential', 'issue', padan.dir, 'bpbd-layanan').trim()] });
		for (const target of [DATA, VERIFY]) {
			const p = problem(await ask(padan, target, { nik: siti.nik, ...(target === VERIFY ? { elemen: { no_rt: '7' } } : {}) }, { bearer: mine }), 403, 'instansi-tidak-aktif');
			assert.deepEqual([p.kode, p.pasal], ['16', 'J.II.C / J.IV']);
			assert.equal(lookups(padan).at(-1).ground, 'method');
		}
	});

	test('revoked, its credential ended, its scope taken away, its user id closed: a token ends on the very next call', async () => {
		const ok = async (b) => answered(await ask(padan, DATA, { nik: siti.nik }, { bearer: b }), '01');
		const dead = async (b, why) => problem(await ask(padan, DATA, { nik: siti.nik }, { bearer: b }), 401, 'token-tidak-berlaku', why);
		const user = ['dinkes-layanan', padan.accounts['dinkes-layanan'].password];
		const one = await token(padan), two = await token(padan);
		await ok(one);
		assert.equal((await form(padan, '/api/v1/revoke', { token: one }, { basic: user })).status, 200);
		await dead(one, 'revoked');
		await ok(two);
		const numbers = () => padan.run('credential', 'list', padan.dir, 'dinkes-layanan').match(/\b[0-9a-f]{8}\b/g);
		const there = numbers();
		const second = padan.run('credential', 'issue', padan.dir, 'dinkes-layanan').trim();
		const [number] = numbers().filter((n) => !there.includes(n));
		const three = await token(padan, { user: ['dinkes-layanan', second] });
		await ok(three);
		padan.run('credential', 'end', padan.dir, 'dinkes-layanan', number);
		await dead(three, 'its credential ended');
		await ok(two);
		padan.fill("UPDATE user_account SET scopes = 'kesesuaian jurnal:read' WHERE user_id = 'dinkes-layanan'");
		problem(await ask(padan, DATA, { nik: siti.nik }, { bearer: two }), 403, 'cakupan-kurang', 'its scope was taken away');
		padan.fill("UPDATE user_account SET scopes = '' WHERE user_id = 'dinkes-layanan'");
		await ok(two);
		padan.run('user', 'close', padan.dir, 'dinkes-layanan');
		const closed = problem(await ask(padan, DATA, { nik: siti.nik }, { bearer: two }), 403, 'user-id-tidak-aktif', 'closed');
		assert.deepEqual([closed.kode, closed.pasal], ['17', 'J.II.A'], 'as with a right secret of get_json');
		padan.run('user', 'reopen', padan.dir, 'dinkes-layanan');
	});
});

describe('repeats', () => {
	const n = () => lookups(padan).length;

	test('a key with the same body costs nothing, three times; the fourth is new; bare and quoted are one key', async () => {
		const before_it = used(padan), at = n();
		const seen = [];
		for (const key of ['K-1', '"K-1"', 'K-1', ' K-1 ']) seen.push((await data({ nik: siti.nik }, { key })).json);
		assert.deepEqual(seen.map((one) => one.ulangan), [false, true, true, true]);
		assert.equal(new Set(seen.map((one) => one.referensi)).size, 4, 'each has its own entry');
		for (const one of seen) assert.deepEqual(one.data, seen[0].data);
		assert.equal(used(padan), before_it + 1);
		assert.deepEqual(lookups(padan).slice(at).map((e) => !!(e.repeat_of ?? e.repeat)), [false, true, true, true]);
		assert.equal((await data({ nik: siti.nik }, { key: 'K-1' })).json.ulangan, false);
		assert.equal(used(padan), before_it + 2, 'the fourth repeat is a new inquiry');
	});

	test('the same key with another body: 422, no hit, journaled, and the first may still be repeated', async () => {
		answered(await data({ nik: siti.nik }, { key: 'K-2' }), '01');
		await free(padan, async () => {
			for (const body of [{ nik: papua[0].nik }, { nik: siti.nik, dokumen: 'ikd' }, `{ "nik":"${siti.nik}" }`]) {
				const p = problem(await data(body, { key: 'K-2' }), 422, 'kunci-terpakai');
				assert.match(p.referensi, REF);
				assert.equal(p.kode, undefined);
				assert.equal(lookups(padan).at(-1).outcome, '07');
			}
			assert.equal((await data({ nik: siti.nik }, { key: 'K-2' })).json.ulangan, true);
		});
	});

	test('a key belongs to one method, one user id and one form of the service', async () => {
		const before_it = used(padan);
		const secret = { user_id: 'dinkes-layanan', password: padan.accounts['dinkes-layanan'].password, IP_USER: '127.0.0.1' };
		const re = await ask(padan, '/dukcapil/get_json/DINKES/CALL_NIK', { NIK: siti.nik, transactionId: 'K-3', ...secret });
		assert.equal(re.json.content[0].NAMA_LGKP, siti.nama_lgkp);
		answered(await data({ nik: siti.nik }, { key: 'K-3' }), '01');
		answered(await verify({ nik: siti.nik, elemen: { no_rt: '7' } }, { key: 'K-3' }), '01');
		answered(await verify({ nik: siti.nik, elemen: { no_rt: '7' } }, { key: 'K-4' }), '01');
		problem(await verify({ nik: siti.nik, elemen: { no_rt: '8' } }, { key: 'K-4' }), 422, 'kunci-terpakai', 'other words about the same person');
		assert.equal(used(padan), before_it + 4);
	});

	test('several connections with one key at once: one hit; with two bodies one of them wins', async () => {
		let before_it = used(padan);
		const all = await Promise.all([1, 2, 3, 4].map(() => data({ nik: siti.nik }, { key: 'K-5' })));
		assert.deepEqual(all.map((re) => re.json.ulangan).sort(), [false, true, true, true]);
		assert.equal(used(padan), before_it + 1);
		before_it = used(padan);
		const two = await Promise.all([siti, papua[0], siti, papua[0]].map(({ nik }) => data({ nik }, { key: 'K-6' })));
		assert.deepEqual(two.map((re) => re.status).sort(), [200, 200, 422, 422]);
		assert.equal(used(padan), before_it + 1);
	});

	test('what never reached the registry leaves its key free', async () => {
		problem(await data({ nik: '123' }, { key: 'K-7' }), 422, 'nik-tidak-sesuai-format');
		answered(await data({ nik: siti.nik }, { key: 'K-7' }), '01');
	});
});

describe('the order of precedence, and one quota for both forms', () => {
	let p, mine;
	const ask1 = (body = {}, more = {}) => ask(p, DATA, { nik: siti.nik, ...body }, { bearer: mine, ...more });
	const old = (more = {}) => ask(p, '/dukcapil/get_json/DINKES/CALL_NIK', { NIK: siti.nik, user_id: 'dinkes-layanan', password: p.accounts['dinkes-layanan'].password, IP_USER: '127.0.0.1', ...more });
	const limits = (re) => {
		const policy = /^"(\w+)";q=(\d+);w=86400$/.exec(re.headers['ratelimit-policy'] ?? ''), rate = /^"(\w+)";r=(\d+);t=(\d+)$/.exec(re.headers.ratelimit ?? '');
		assert.equal(!policy, !rate, 'both or neither');
		return policy && { name: policy[1], same: policy[1] === rate[1], q: Number(policy[2]), r: Number(rate[2]), t: Number(rate[3]) };
	};
	const toMidnight = () => 86400 - (Math.floor(Date.now() / 1000) + 7 * 3600) % 86400;

	before(async () => {
		p = await office();
		mine = await token(p);
		addendum(p, (f) => {
			f.terms.allow = ['127.0.0.1/32', '127.0.0.2/32'];
			f.terms.methods.CALL_NIK = { granted: true, quota_before_poc: 40, quota_after_poc: 40 };
		});
	});
	after(() => p?.remove());

	test('07 before 10, 10 before 15; the token before all of them', async () => {
		const away = { from: '127.0.0.3' };
		problem(await ask1({ x: 1 }, { ...away, bearer: 'A'.repeat(43) }), 401, 'token-tidak-berlaku');
		problem(await ask1({ x: 1 }, away), 422, 'parameter-tidak-valid');
		const out = problem(await ask1({ nik: '1' }, away), 403, 'alamat-tidak-terdaftar');
		assert.deepEqual([out.kode, out.pasal], ['10', 'P2.1b']);
		answered(await ask1({}, { from: '127.0.0.2' }), '01');
	});

	test('RateLimit tells what is left, to the second of the next WIB day, and both forms count down one row', async () => {
		const most = toMidnight(), one = limits(await ask1());
		assert.deepEqual([one.name, one.same, one.q], ['verifikasi', true, 40]);
		assert.ok(one.t <= most && one.t >= toMidnight(), `${most} ${one.t} ${toMidnight()}`);
		assert.equal((await old()).json.quotaLimiter, one.r - 1);
		assert.equal(limits(await ask1()).r, one.r - 2);
		assert.equal(limits(await ask1({ nik: '1' })).r, one.r - 2, '15 tells it and costs nothing');
		assert.equal(limits(await ask1({ x: 1 })), null, 'a malformed request is told nothing');
		assert.equal(limits(await ask1({}, { from: '127.0.0.3' })), null, 'nor is an address outside the list');
		assert.equal(limits(await ask(p, VERIFY, { nik: siti.nik, elemen: { no_rt: '7' } }, { bearer: mine })), null, 'no limit after the PoC: nothing to tell');
	});

	test('64 at once through both forms: exactly what was left is given', async () => {
		const { r: left } = limits(await ask1());
		assert.ok(left > 20);
		const all = await Promise.all(Array.from({ length: 64 }, (_, i) => (i % 4 === 3 ? old() : ask1())));
		const given = all.filter((re) => re.json.kode === '01' || re.json.content?.[0]?.NAMA_LGKP).length;
		assert.equal(given, left);
		assert.equal(all.filter((re) => re.json.kode === '05' || re.json.content?.[0]?.RESPONSE_CODE === '05').length, 64 - left);
		assert.equal(p.office("SELECT used AS n FROM quota_day WHERE method = 1")[0].n, 40);
	});

	test('05: 429, when it ends, and what decided; 15 and a clash come before it', async () => {
		const most = toMidnight(), re = await ask1();
		const out = problem(re, 429, 'kuota-habis');
		assert.deepEqual([out.kode, out.pasal], ['05', 'J.II.B']);
		assert.match(out.referensi, REF);
		assert.ok(Number(re.headers['retry-after']) <= most && Number(re.headers['retry-after']) >= toMidnight(), re.headers['retry-after']);
		assert.deepEqual([limits(re).q, limits(re).r], [40, 0]);
		assert.equal(limits(re).t, Number(re.headers['retry-after']));
		problem(await ask1({ nik: '1' }), 422, 'nik-tidak-sesuai-format');
		answered(await ask(p, VERIFY, { nik: siti.nik, elemen: { no_rt: '7' } }, { bearer: mine }), '01', 'another method has its own');
	});

	test('04, 16, 17, 07 in their order; a stopped agency stops both forms', async () => {
		const far = { kejadian: 987654, nik: '1' };
		problem(await ask1(far), 422, 'kejadian-tidak-terbuka', '07 before 15');
		await p.nightDone(); /* it would close him: 17 for another reason */
		p.fill("UPDATE user_account SET expires_us = 1 WHERE user_id = 'dinkes-layanan'");
		const user = problem(await ask1(far), 403, 'user-id-tidak-aktif', '17 before 07');
		assert.deepEqual([user.kode, user.pasal], ['17', 'P2.1c']);
		p.run('agreement', 'state', p.dir, 'DINKES', 'suspended', '--note', 'contoh');
		const out = problem(await ask1(far), 403, 'instansi-tidak-aktif', '16 before 17');
		assert.deepEqual([out.kode, out.pasal], ['16', 'P9.1']);
		assert.equal((await old()).json.content[0].RESPONSE_CODE, '16');
		p.run('user', 'change', p.dir, 'dinkes-layanan', '--addresses', '127.0.0.2/32');
		assert.equal(problem(await ask1(far), 403, 'alamat-tidak-sesuai', '04 before 16').kode, '04');
		problem(await ask1({ ...far, x: 1 }), 422, 'parameter-tidak-valid', '07 before all');
		assert.equal(limits(await ask1()), null);
	});
});

describe('the rehearsal (J.II.D)', () => {
	test('is asked in the same words, answers what is published, marks every reply, and counts nothing', async () => {
		const mine = await token(padan, { user: ['bpbd-uji', padan.run('credential', 'issue', padan.dir, 'bpbd-uji').trim()] });
		const say = async (nik, more = {}) => {
			const re = await ask(padan, DATA, { nik, ...more }, { bearer: mine, key: 'L-1' });
			assert.equal(re.headers['x-padan-sandbox'], '1', nik);
			return re;
		};
		await free(padan, async () => {
			const one = await say('9171023101959905', { kejadian: 987654 });
			assert.equal(one.status, 200, one.text);
			assert.deepEqual([one.json.kode, one.json.data.nik, one.json.data.no_kk, one.json.ulangan], ['01', '9171023101959905', '9171020209189905', false]);
			for (const [nik, kode] of [['3404011708459911', '11'], ['3404015210709912', '12'], [siti.nik, '13'], ['3404016606829914', '14']]) {
				const re = await say(nik);
				assert.deepEqual([re.status, re.json.kode, re.json.teks], [200, kode, TEXT[kode]]);
			}
			problem(await say('3404013215909915'), 422, 'nik-tidak-sesuai-format');
			const spent = await say('3404010202029905');
			problem(spent, 429, 'kuota-habis');
			assert.ok(Number(spent.headers['retry-after']) > 0 && Number(spent.headers['retry-after']) <= 86400, spent.headers['retry-after']);
			problem(await say('3404010303039916'), 403, 'instansi-tidak-aktif');
			problem(await say('3404010404049917'), 403, 'user-id-tidak-aktif');
			const out = await say('3404010505059903');
			problem(out, 503, 'tidak-tersedia');
			assert.ok(Number(out.headers['retry-after']) > 0);
			const hasil = await ask(padan, VERIFY, { nik: '3404011503859901', ambang: 90, elemen: { nama_lgkp: 'Budi Contoh Latihan', no_rt: '9' } }, { bearer: mine });
			assert.deepEqual(hasil.json.hasil, { nama_lgkp: { sesuai: true, skor: 100 }, no_rt: { sesuai: false } }, hasil.text);
		});
		assert.equal((await data({ nik: siti.nik })).headers['x-padan-sandbox'], undefined);
	});
});

describe('17: guard, debt, NDA, as for the older form', () => {
	test('P2.2b: the debt limit of the version refuses both', async () => {
		const p = await office();
		const mine = await token(p);
		addendum(p, (f) => { f.terms.debt = { mode: 'refuse', open_max: 1, age_days_max: 30 }; });
		let last;
		for (const nik of p.nik['01'].slice(0, 4)) last = await ask(p, DATA, { nik }, { bearer: mine });
		assert.equal(problem(last, 403, 'user-id-tidak-aktif').pasal, 'P2.2b');
		assert.equal(lookups(p).at(-1).ground, 'debt_limit');
		await p.remove();
	});

	test('J.II.E1: who walks through numbers is held, whichever form he uses', async () => {
		const p = await office({ settings: {} });
		const mine = await token(p), password = p.accounts['dinkes-layanan'].password;
		let codes = [];
		for (let i = 0; i < 400 && codes.at(-1) !== '17'; i++) {
			const nik = `330413010190${String(9000 + i)}`;
			const re = i % 2 ? await ask(p, DATA, { nik }, { bearer: mine })
				: await ask(p, '/dukcapil/get_json/DINKES/CALL_NIK', { NIK: nik, user_id: 'dinkes-layanan', password, IP_USER: '127.0.0.1' });
			codes.push(re.json.kode ?? re.json.content[0].RESPONSE_CODE ?? '01');
		}
		assert.equal(codes.at(-1), '17', codes.join(' '));
		assert.equal(problem(await ask(p, VERIFY, { nik: siti.nik, elemen: { no_rt: '7' } }, { bearer: mine }), 403, 'user-id-tidak-aktif').pasal, 'J.II.E1');
		await p.remove();
	});

	test('J.VI.E: a program without an NDA on file asks for nothing', async () => {
		padan.run('user', 'add', padan.dir, 'dinkes-layanan2', '--role', 'service', '--instansi', 'DINKES', '--kejadian', '2');
		const mine = await token(padan, { user: ['dinkes-layanan2', padan.run('credential', 'issue', padan.dir, 'dinkes-layanan2').trim()] });
		assert.equal(problem(await ask(padan, DATA, { nik: siti.nik }, { bearer: mine }), 403, 'user-id-tidak-aktif').pasal, 'J.VI.E');
	});
});

test('a token is good for an hour, and its credential as long as it says', async () => {
	const clock = await Clock.demo('2026-11-26 22:30', { residents: 300, tls: false, settings: OBSERVE });
	const p = clock.padan;
	try {
		await furnish(p);
		await p.start();
		const mine = await token(p);
		const at = async (moment, b = mine) => { clock.set(moment); return ask(p, DATA, { nik: siti.nik }, { bearer: b }); };
		answered(await at('2026-11-26 23:29'), '01');
		problem(await at('2026-11-26 23:31'), 401, 'token-tidak-berlaku');
		const secret = p.run('credential', 'issue', p.dir, 'dinkes-layanan', '--expires', '2026-11-26').trim();
		const short = await token(p, { user: ['dinkes-layanan', secret] });
		answered(await at('2026-11-26 23:59', short), '01');
		problem(await at('2026-11-27 00:01', short), 401, 'token-tidak-berlaku', 'its credential is over');
	} finally {
		await p.remove();
	}
});

const files = process.env.PADAN_E2E_STORE !== 'postgres';
test('what cannot be made durable is not answered: 503 and no hit', { skip: files ? false : 'the engine syncs its own files' }, async (t) => {
	const p = await Padan.demo({ tls: false, residents: 300, settings: OBSERVE });
	t.after(() => p.remove());
	const shim = path.join(p.dir, '..', 'fsync_fails.so'), trigger = path.join(p.dir, 'disk-dies');
	execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', shim, path.join(root, 'test/fault/shim/fsync_fails.c')]);
	await p.start({ env: { LD_PRELOAD: shim, FSYNC_FAILS_WHEN: trigger } });
	const mine = await token(p);
	answered(await ask(p, DATA, { nik: p.nik['01'][0] }, { bearer: mine }), '01');
	const before_it = used(p);
	writeFileSync(trigger, '');
	const re = await ask(p, DATA, { nik: p.nik['01'][1] }, { bearer: mine }).catch(() => null); // the process may be gone before its words are out
	if (re) {
		problem(re, 503, 'tidak-tersedia');
		assert.ok(Number(re.headers['retry-after']) > 0);
	}
	assert.equal((await p.exited).code, 111);
	p.process = null;
	assert.equal(used(p), before_it);
	assert.equal(lookups(p).length, 1);
});

test('a node that goes down says 503, when to come back, and charges nobody', async () => {
	const p = await office();
	const mine = await token(p);
	const asking = Array.from({ length: 200 }, (_, i) => ask(p, DATA, { nik: siti.nik }, { bearer: mine, key: `D-${i}` }).catch((e) => e));
	await Promise.race(asking);
	p.process.kill('SIGTERM');
	for (const re of (await Promise.all(asking)).filter((one) => one.status && one.status !== 200)) {
		problem(re, 503, 'tidak-tersedia');
		assert.ok(Number(re.headers['retry-after']) > 0);
	}
	await p.exited;
	p.process = null;
	assert.equal(used(p), lookups(p).filter((e) => e.outcome === '01').length, 'no hit without an entry');
	await p.remove();
});
