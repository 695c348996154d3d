// SPDX-License-Identifier: EUPL-1.2
// get_json (issue 5, DOMAIN 4.1): clients that speak the wire of the national services find
// every spelling understood, every outcome in its exact words, the order of precedence, and
// nothing of the registry in a kesesuaian reply.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import http from 'node:http';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Padan, Browser, OBSERVE, root, freePort } from './padan.mjs';

// DOMAIN 2, letter for letter.
const WIRE = {
	11: 'Data Ditemukan, Meninggal Dunia',
	12: 'Data Ditemukan, Data Ganda',
	13: 'Data Tidak Ditemukan, NIK tidak terdapat di database Kependudukan',
	14: 'Data Ditemukan, Status Non Aktif silahkan hubungi Dinas Dukcapil',
	15: 'Data Tidak Ditemukan, NIK tidak sesuai format Dukcapil',
	'03': 'Login Gagal',
	'04': 'IP Address Tidak Sesuai',
	'05': 'Kuota Akses Hari ini telah Habis',
	'07': 'Parameter Tidak Lengkap / Tidak Valid',
	'09': 'User, password dan IP tidak boleh kosong',
	10: 'IP Client Tidak terdaftar',
	16: 'Instansi Tidak Aktif',
	17: 'User ID Tidak Aktif',
};
const BASE = ['ALAMAT', 'JENIS_KLMIN', 'JENIS_PKRJN', 'KAB_NAME', 'KEC_NAME', 'KEL_NAME', 'NAMA_LGKP', 'NIK', 'NO_KEC', 'NO_KK', 'NO_RT', 'NO_RW', 'PROP_NAME', 'TGL_LHR', 'TMPT_LHR'];
const DATA = '/dukcapil/get_json/DINKES/CALL_NIK';
const VERIFY = '/dukcapil/get_json/DINKES/CALL_VERIFY_BY_ELEMEN';

const header = 'nik,no_kk,nama_lgkp,jenis_klmin,tmpt_lhr,tgl_lhr,jenis_pkrjn,alamat,no_rt,no_rw,no_prop,prop_name,no_kab,kab_name,no_kec,kec_name,no_kel,kel_name,status';
/** A known person, whose every value is a word found nowhere else. */
const siti = { NIK: '3304136101909901', NO_KK: '3304131203119904', NAMA_LGKP: 'ZWQXSITI KENARIJKT', TMPT_LHR: 'QWERTOSARI', TGL_LHR: '1990-01-21',
	JENIS_PKRJN: 'GURU', ALAMAT: 'JALAN ZXKRAJAN NOMOR 77', NO_RT: 7, NO_RW: 2 };
/** Provinces whose numbers no double holds: 91-97. */
const papua = [91, 92, 93, 94, 95, 96, 97].map((p, i) => ({ NIK: `${p}02030101909${901 + i * 2}`, NO_KK: `${p}02031203119${903 + i * 2}` }));

/** An office of its own: DINKES has both web services after its addendum. */
const office = async (options = {}) => {
	const p = await Padan.demo({ tls: false, residents: 1000, settings: OBSERVE, ...options });
	const csv = path.join(p.dir, '..', 'delta.csv');
	const row = (nik, kk, name, more) => `${nik},${kk},${name},Perempuan,${more},33,JAWA TENGAH,04,BANJARNEGARA,13,KARANGKOBAR,2001,LEKSANA,aktif`;
	writeFileSync(csv, [header,
		row(siti.NIK, siti.NO_KK, siti.NAMA_LGKP, `${siti.TMPT_LHR},${siti.TGL_LHR},${siti.JENIS_PKRJN},${siti.ALAMAT},7,2`),
		...papua.map((o) => row(o.NIK, o.NO_KK, 'CONTOH', 'WAMENA,1990-01-01,GURU,JALAN,1,1'))].join('\r\n') + '\r\n');
	p.run('registry', 'delta', p.dir, csv);
	await p.start();
	p.secret = { user_id: 'dinkes-layanan', password: p.accounts['dinkes-layanan'].password, IP_USER: '127.0.0.1' };
	p.tokens = Object.fromEntries(JSON.parse(readFileSync(path.join(p.dir, 'demo-accounts.json'))).tokens.map((t) => [t.instansi, t.token]));
	return p;
};

/** One request from an address of loopback: { status, headers, text, json, one }. */
const post = (p, target, body, { from = '127.0.0.1', headers = {}, method = 'POST' } = {}) =>
	new Promise((resolve, reject) => {
		const bytes = Buffer.isBuffer(body) || typeof body === 'string' ? Buffer.from(body) : Buffer.from(JSON.stringify(body));
		const rq = http.request({ host: '127.0.0.1', port: p.port, localAddress: from, path: target, method,
			headers: { Host: `localhost:${p.port}`, 'Content-Type': 'application/json', 'Content-Length': bytes.length, ...headers } }, (re) => {
			let text = '';
			re.setEncoding('utf8');
			re.on('data', (d) => { text += d; });
			re.on('end', () => {
				let json = null;
				try { json = JSON.parse(text); } catch { /* told by the test */ }
				resolve({ status: re.statusCode, headers: re.headers, text, json, one: json?.content?.[0] });
			});
		});
		rq.on('error', reject);
		rq.end(bytes);
	});

const envelope = (re, n = 1) => {
	const { content, quotaLimiter, ...rest } = re.json;
	assert.deepEqual(rest, { lastPage: true, numberOfElements: n, sort: null, totalElements: n, firstPage: true, number: 0, size: n });
	assert.equal(content.length, n);
	assert.ok(quotaLimiter === undefined || Number.isInteger(quotaLimiter));
	assert.match(re.headers['content-type'], /^application\/json/);
	assert.equal(re.headers['cache-control'], 'no-store');
};
const refused = (re, code, why) => {
	assert.equal(re.status, 200, `${why}: ${re.text}`);
	envelope(re);
	assert.deepEqual(re.one, { RESPONSE_CODE: code, RESPON: WIRE[code], RESPONSE: WIRE[code] }, why);
};
const given = (re, why) => {
	assert.equal(re.status, 200, `${why}: ${re.text}`);
	envelope(re);
	assert.ok(!Object.keys(re.one).some((k) => /^RESPON/.test(k)), `${why}: ${re.text}`);
	return re.one;
};
const lookups = (p) => p.journal().filter((e) => e.act === 'lookup');
const used = (p) => p.office('SELECT coalesce(sum(used), 0) AS used FROM quota_day')[0].used;

const addendum = (p, change, code = 'DINKES') => {
	let n = 1;
	while (p.tryRun('agreement', 'export', p.dir, code, String(n + 1)).status === 0) n++;
	const file = JSON.parse(p.run('agreement', 'export', p.dir, code, String(n)));
	const today = new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10);
	file.version = n + 1;
	file.terms.addendum = { number: `470/${n + 1}/AD`, signed_on: today, ground: 'P9.2', subject: 'Perubahan' };
	change(file);
	const where = path.join(p.dir, '..', `addendum-${n + 1}.json`);
	writeFileSync(where, JSON.stringify(file));
	const said = p.tryRun('agreement', 'apply', p.dir, where);
	assert.equal(said.status, 0, said.stderr);
};

let padan;
before(async () => { padan = await office(); });
after(() => padan?.remove());

describe('CALL_NIK', () => {
	test('the granted elements, as numbers and words of the wire', async () => {
		const before_it = used(padan);
		const one = given(await post(padan, DATA, { NIK: siti.NIK, ...padan.secret }), 'data');
		assert.deepEqual(Object.keys(one).sort(), BASE);
		assert.equal(one.NAMA_LGKP, siti.NAMA_LGKP);
		assert.equal(one.JENIS_KLMIN, 'Perempuan');
		assert.equal(one.TGL_LHR, '1990-01-21');
		for (const [k, v] of Object.entries({ NIK: 3304136101909901, NO_KK: 3304131203119904, NO_KEC: 13, NO_RT: 7, NO_RW: 2 })) assert.strictEqual(one[k], v, k);
		assert.equal(used(padan), before_it + 1);
		const entry = lookups(padan).at(-1);
		assert.deepEqual([entry.outcome, entry.method, entry.user_id], ['01', 'CALL_NIK', 'dinkes-layanan']);
	});

	test('NIK and KK of provinces 91-97 come back digit for digit', async () => {
		for (const { NIK, NO_KK } of papua)
			for (const sent of [`"${NIK}"`, NIK]) {
				const body = JSON.stringify(padan.secret).replace('{', `{"NIK":${sent},`);
				const re = await post(padan, DATA, body);
				given(re, NIK);
				assert.ok(re.text.includes(`"NIK":${NIK},`), re.text);
				assert.ok(re.text.includes(`"NO_KK":${NO_KK},`), re.text);
			}
	});

	test('all outcomes of the registry, in exact words, each one hit', async () => {
		for (const code of ['11', '12', '13', '14']) {
			const before_it = used(padan);
			refused(await post(padan, DATA, { NIK: padan.nik[code][0], ...padan.secret }), code, code);
			refused(await post(padan, VERIFY, { NIK: padan.nik[code][0], NAMA_LGKP: 'X', ...padan.secret }), code, `kesesuaian ${code}`);
			assert.equal(used(padan), before_it + 2);
			assert.equal(lookups(padan).at(-1).outcome, code);
		}
	});

	test('P2.2b: what was found is owed as data balikan, once', async () => {
		const owed = () => padan.office("SELECT count(*) AS n FROM feedback_person WHERE instansi_id = (SELECT instansi_id FROM instansi WHERE code = 'DINKES')")[0].n;
		const before_it = owed();
		for (const nik of [padan.nik['01'][3], padan.nik['01'][3], padan.nik['13'][3]]) await post(padan, DATA, { NIK: nik, ...padan.secret });
		assert.equal(owed(), before_it + 1);
	});
});

describe('every documented spelling', () => {
	test('paths: any case, with and without a region', async () => {
		for (const target of ['/dukcapil/get_json/DINKES/CALL_NIK', '/dukcapil/get_json/3304/DINKES/CALL_NIK', '/dukcapil/get_json/kab-banjarnegara/dinkes/call_nik',
			'/DUKCAPIL/GET_JSON/Dinkes/Call_Nik', '/dukcapil/get_json/dinkes/CALL_NIK/'])
			given(await post(padan, target, { NIK: siti.NIK, ...padan.secret }), target);
	});

	test('keys: any case, and every alias', async () => {
		const { user_id, password, IP_USER } = padan.secret;
		const bodies = [
			{ nik: siti.NIK, USER_ID: user_id, PASSWORD: password, ip_user: IP_USER },
			{ Nik: siti.NIK, User_Id: user_id, Password: password, ip_users: IP_USER },
			{ NIK: siti.NIK, user_id, password, ip_address: IP_USER },
			{ NIK: siti.NIK, user_id: user_id.toUpperCase(), password, IP_ADDRESS: IP_USER },
			{ NIK: siti.NIK, user_id, password, IP_USER, LAIN: { daftar: [1, 'x', null] }, NAMA_LGKP: ' ' },
		];
		for (const body of bodies) given(await post(padan, DATA, body), JSON.stringify(Object.keys(body)));
		for (const key of ['TRESHOLD', 'THRESHOLD', 'treshold'])
			for (const value of ['0', 0, ' 0 '])
				assert.match(given(await post(padan, VERIFY, { NIK: siti.NIK, NAMA_LGKP: 'LAIN SAMA SEKALI', [key]: value, ...padan.secret }), key).NAMA_LGKP, /^Sesuai \(\d+\)$/);
	});

	test('the content type a client sends, or none, makes no difference', async () => {
		for (const type of ['application/json', 'application/json; charset=utf-8', 'text/plain', ''])
			given(await post(padan, DATA, { NIK: siti.NIK, ...padan.secret }, { headers: { 'Content-Type': type } }), type);
	});

	test('a session cookie counts for nothing', async () => {
		const b = await Browser.operator(padan, 'dinkes-operator');
		const Cookie = [...b.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
		refused(await post(padan, DATA, { NIK: siti.NIK }, { headers: { Cookie } }), '09', 'cookie instead of a secret');
		refused(await post(padan, DATA, { NIK: siti.NIK, ...padan.secret, password: 'salah' }, { headers: { Cookie } }), '03', 'cookie beside a wrong secret');
	});
});

describe('kesesuaian', () => {
	const all = { NO_KK: siti.NO_KK, NAMA_LGKP: 'Zwqxsiti Kenarijkt', JENIS_KLMIN: 'P', TMPT_LHR: 'QWERTOSARI', TGL_LHR: '21-01-1990', JENIS_PKRJN: 'guru',
		ALAMAT: 'JL. ZXKRAJAN NO 77', PROP_NAME: 'Jawa Tengah', KAB_NAME: 'Banjarnegara', NO_KEC: 13, KEC_NAME: 'Karangkobar', KEL_NAME: 'Leksana', NO_RT: '007', NO_RW: 2 };

	test('each element agrees in each spelling, with scores where there are some', async () => {
		const one = given(await post(padan, VERIFY, { NIK: siti.NIK, ...all, TRESHOLD: '80', ...padan.secret }), 'all');
		assert.deepEqual(Object.keys(one).sort(), Object.keys(all).sort());
		for (const [k, v] of Object.entries(one)) assert.match(v, /^(NAMA_LGKP|TMPT_LHR|ALAMAT)$/.test(k) ? /^Sesuai \(\d+\)$/ : /^Sesuai$/, k);
		const iso = given(await post(padan, VERIFY, { NIK: siti.NIK, TGL_LHR: '1990-01-21', NO_KK: Number(siti.NO_KK), ...padan.secret }), 'iso');
		assert.deepEqual(iso, { TGL_LHR: 'Sesuai', NO_KK: 'Sesuai' });
	});

	test('what is wrong does not agree, and blank elements are not asked', async () => {
		const one = given(await post(padan, VERIFY, { NIK: siti.NIK, NO_KK: '3304131203119905', NAMA_LGKP: 'BUDI SANTOSO', JENIS_KLMIN: 'L', TGL_LHR: '22-01-1990', NO_RT: 8,
			ALAMAT: ' ', TMPT_LHR: '', KEL_NAME: null, ...padan.secret }), 'wrong');
		assert.deepEqual(Object.keys(one).sort(), ['JENIS_KLMIN', 'NAMA_LGKP', 'NO_KK', 'NO_RT', 'TGL_LHR']);
		for (const [k, v] of Object.entries(one)) assert.match(v, k === 'NAMA_LGKP' ? /^Tidak Sesuai \(\d+\)$/ : /^Tidak Sesuai$/, k);
	});

	test('the cut is at TRESHOLD, and at 100 where there is none', async () => {
		const body = { NIK: siti.NIK, NAMA_LGKP: 'ZWQXSITI KENARIJKX', ...padan.secret };
		const at = async (more) => given(await post(padan, VERIFY, { ...body, ...more }), JSON.stringify(more)).NAMA_LGKP;
		const score = Number(/\((\d+)\)/.exec(await at({}))[1]);
		assert.ok(score > 80 && score < 100, String(score));
		assert.equal(await at({}), `Tidak Sesuai (${score})`);
		assert.equal(await at({ TRESHOLD: String(score) }), `Sesuai (${score})`);
		assert.equal(await at({ TRESHOLD: score + 1 }), `Tidak Sesuai (${score})`);
	});

	test('an element nobody granted is ignored, not an error', async () => {
		const one = given(await post(padan, VERIFY, { NIK: siti.NIK, NO_PROP: 33, NO_KAB: '04', NO_KEL: 2001, AGAMA: 'x', NO_RT: 7, ...padan.secret }), 'ungranted');
		assert.deepEqual(one, { NO_RT: 'Sesuai' });
		assert.deepEqual(given(await post(padan, VERIFY, { NIK: siti.NIK, NO_PROP: 33, ...padan.secret }), 'only ungranted'), {});
	});

	test('without an element there is nothing to answer', async () => {
		refused(await post(padan, VERIFY, { NIK: siti.NIK, ...padan.secret }), '07', 'no element');
	});

	test('nothing of the registry comes out, whatever is asked', async () => {
		const canaries = [siti.NO_KK, 'ZWQXSITI', 'KENARIJKT', 'QWERTOSARI', '1990-01-21', '21-01-1990', 'GURU', 'ZXKRAJAN', 'LEKSANA', 'KARANGKOBAR', siti.NIK];
		const lies = { ...Object.fromEntries(Object.keys(all).map((k) => [k, 'BOHONG'])), NO_PROP: 1, NO_KAB: 1, NO_KEL: 1 };
		for (const said of [all, lies, { NAMA_LGKP: 'Z' }])
			for (const TRESHOLD of [0, 50, 100]) {
				const re = await post(padan, VERIFY, { NIK: siti.NIK, ...said, TRESHOLD, ...padan.secret });
				given(re, JSON.stringify(said));
				for (const word of canaries) assert.ok(!re.text.toUpperCase().includes(word), word);
				assert.ok(!/BOHONG/.test(re.text), 'nor what was asked');
			}
		assert.ok((await post(padan, DATA, { NIK: siti.NIK, ...padan.secret })).text.includes('ZWQXSITI'), 'or this test proves nothing');
	});
});

describe('bad input', () => {
	const cases = (s) => {
		const good = JSON.stringify({ NIK: siti.NIK, ...s });
		const put = (more) => good.replace(/\}$/, `,${more}}`);
		const nik = (json) => JSON.stringify(s).replace('{', `{"NIK":${json},`);
		return {
			'nothing': '', 'a word': 'halo', 'half an object': '{"NIK":', 'a list': `[${good}]`, 'a text': '"x"', 'something behind it': `${good} x`,
			'a duplicate key': put(`"NIK":"${siti.NIK}"`), 'a key twice in two cases': put(`"nik":"${siti.NIK}"`), 'an alias beside its name': put('"ip_address":"127.0.0.1"'),
			'deep nesting': put(`"x":${'['.repeat(200)}${']'.repeat(200)}`), 'deeper nesting': `${'['.repeat(8000)}`,
			'a NUL written out': nik('"33041361\\u00001909901"'), 'a NUL byte': Buffer.from(good.replace('NIK', 'N\0K')), 'a NUL key': put('"a\\u0000b":1'),
			'Latin-1': Buffer.from(put('"NAMA_LGKP":"JOS\xe9"'), 'latin1'), 'UTF-16': Buffer.from(good, 'utf16le'), 'a byte order mark': `\ufeff${good}`,
			'half a surrogate': put('"x":"\\ud800"'), 'a number too large': nik('99999999999999999999'), 'a fraction': nik('3304136101909901.0'), 'an exponent': nik('3.3041361019099E+15'),
			'NIK as a list': nik(`["${siti.NIK}"]`), 'NIK as an object': nik('{}'), 'NIK true': nik('true'), 'no NIK': JSON.stringify(s), 'NIK blank': nik('" "'), 'NIK null': nik('null'),
			'KEJADIAN in words': put('"KEJADIAN":"Banjir"'), 'KEJADIAN 0': put('"KEJADIAN":0'), 'KEJADIAN a list': put('"KEJADIAN":[1]'), 'transactionId a list': put('"transactionId":[1]'),
			'a comma too many': put(''), 'a comment': `/* */${good}`,
		};
	};

	test('07 in the envelope, no hit', async () => {
		const before_it = used(padan);
		for (const [name, body] of Object.entries(cases(padan.secret)))
			for (const target of [DATA, VERIFY]) refused(await post(padan, target, body), '07', `${name} ${target}`);
		assert.equal(used(padan), before_it);
	});

	test('elements and TRESHOLD of the wrong kind matter where they are asked', async () => {
		for (const more of [{ NAMA_LGKP: ['X'] }, { NAMA_LGKP: {} }, { NO_RT: true }, { NO_RT: 1.5 }, { TRESHOLD: 'banyak', NO_RT: 7 }, { TRESHOLD: 101, NO_RT: 7 }, { TRESHOLD: -1, NO_RT: 7 }, { TRESHOLD: 89.5, NO_RT: 7 }]) {
			refused(await post(padan, VERIFY, { NIK: siti.NIK, ...more, ...padan.secret }), '07', JSON.stringify(more));
			given(await post(padan, DATA, { NIK: siti.NIK, ...more, ...padan.secret }), JSON.stringify(more));
		}
	});

	test('an unknown method is 07, an instansi nobody knows is 10, as is one whose list has not the peer', async () => {
		for (const method of ['CALL_SEMUA', 'portal', '']) refused(await post(padan, `/dukcapil/get_json/DINKES/${method}`, { NIK: siti.NIK, ...padan.secret }), '07', method);
		for (const rest of ['', 'DINKES', 'a/b/DINKES/CALL_NIK']) refused(await post(padan, `/dukcapil/get_json/${rest}`, { NIK: siti.NIK, ...padan.secret }), '07', rest);
		refused(await post(padan, '/dukcapil/get_json/TIDAKADA/CALL_NIK', { NIK: siti.NIK, ...padan.secret }), '10', 'unknown instansi');
		refused(await post(padan, `/dukcapil/get_json/${'X'.repeat(2000)}/CALL_NIK`, { NIK: siti.NIK, ...padan.secret }), '10', 'long instansi');
		refused(await post(padan, '/dukcapil/get_json/DINKES/card_reader', { NIK: siti.NIK, ...padan.secret }), '16', 'J.IV');
	});

	test('what never becomes an inquiry hears the same shape, with the status of HTTP', async () => {
		const huge = await post(padan, DATA, 'x'.repeat(20000));
		assert.equal(huge.status, 413);
		envelope(huge);
		assert.equal(huge.one.RESPONSE_CODE, '07');
		for (const [method, target, status] of [['GET', DATA, 405], ['PUT', DATA, 405], ['POST', '/dukcapil/lain', 404], ['POST', '/Dukcapil', 404], ['POST', `${DATA}%00`, 400], ['POST', '/dukcapil/get_json/%ff/CALL_NIK', 400]]) {
			const re = await post(padan, target, '', { method });
			assert.equal(re.status, status, `${method} ${target}`);
			envelope(re);
			assert.equal(re.one.RESPONSE_CODE, '07');
		}
	});

	test('15: strict about the NIK, free of charge', async () => {
		const before_it = used(padan);
		for (const NIK of ['330413610190990', '33041361019099011', ' 3304136101909901', '3304 1361 0190 9901', '330413610190990O', '3304136101900000', '9904136101909901', 330413610190990, -3304136101909901, 0, 'NIK'])
			refused(await post(padan, DATA, { NIK, ...padan.secret }), '15', String(NIK));
		assert.equal(used(padan), before_it);
	});

	test('no hit, no crash, and the journal holds nothing that was typed', async () => {
		assert.equal(padan.process.exitCode, null);
		const lines = padan.journal().map((e) => e.line).join('\n');
		for (const word of [siti.NIK, padan.secret.password, 'ZWQX', 'BOHONG', 'TIDAKADA']) assert.ok(!lines.includes(word), word);
		assert.ok(!padan.log().includes(padan.secret.password));
		assert.equal(padan.tryRun('journal', 'verify', padan.dir).status, 0);
	});
});

describe('who may ask', () => {
	test('09: user id, password or IP_USER empty or missing', async () => {
		for (const key of ['user_id', 'password', 'IP_USER'])
			for (const value of [undefined, '', ' ', null]) refused(await post(padan, DATA, { NIK: siti.NIK, ...padan.secret, [key]: value }), '09', `${key} ${value}`);
		refused(await post(padan, DATA, {}), '09', 'nothing at all');
	});

	test('03: a wrong secret, an unknown user id, a person, a token, another\'s path', async () => {
		const wrong = [
			{ password: 'A'.repeat(43) }, { password: padan.secret.password.slice(0, -1) }, { password: `${padan.secret.password} ` }, { user_id: 'tidak-ada' },
			{ user_id: 'dinkes-operator', password: padan.accounts['dinkes-operator'].password },
			{ user_id: 'dinkes-balikan', password: padan.tokens.DINKES }, { user_id: 'DINKES-BALIKAN', password: padan.tokens.DINKES },
		];
		for (const more of wrong) refused(await post(padan, DATA, { NIK: siti.NIK, ...padan.secret, ...more }), '03', JSON.stringify(more));
		refused(await post(padan, '/dukcapil/get_json/BPBD/CALL_NIK', { NIK: siti.NIK, ...padan.secret }), '03', 'path of BPBD');
		assert.equal(lookups(padan).at(-1).ground, 'path_instansi');
	});

	test('guesses are counted, leave no trace after a few, and hold nobody up', async () => {
		const n = () => lookups(padan).length;
		const guess = (user_id) => post(padan, DATA, { NIK: siti.NIK, user_id, password: 'tebakan', IP_USER: '127.0.0.1' }, { from: '127.0.0.77' });
		let at = n();
		for (let i = 0; i < 40; i++) refused(await guess('dinkes-layanan'), '03', 'guess');
		assert.ok(n() - at >= 5 && n() - at <= 12, `${n() - at} entries`);
		at = n();
		for (let i = 0; i < 40; i++) refused(await guess(`karangan-${i}`), '03', 'invented');
		assert.ok(n() - at <= 12, `${n() - at} entries of invented user ids`);
		given(await post(padan, DATA, { NIK: siti.NIK, ...padan.secret }, { from: '127.0.0.77' }), 'the right secret from the same address');
	});

	test('16: the base agreement opens no web service', async () => {
		padan.run('user', 'add', padan.dir, 'bpbd-layanan', '--role', 'service', '--instansi', 'BPBD', '--kejadian', '1');
		const password = padan.run('credential', 'issue', padan.dir, 'bpbd-layanan').trim();
		for (const method of ['CALL_NIK', 'CALL_VERIFY_BY_ELEMEN'])
			refused(await post(padan, `/dukcapil/get_json/BPBD/${method}`, { NIK: siti.NIK, NO_RT: 7, user_id: 'bpbd-layanan', password, IP_USER: '127.0.0.1' }), '16', method);
		assert.equal(lookups(padan).at(-1).ground, 'method');
	});

	test('secrets rotate with overlap, expire, and die with their user id', async () => {
		const asks = (password) => post(padan, DATA, { NIK: siti.NIK, ...padan.secret, password });
		const second = padan.run('credential', 'issue', padan.dir, 'dinkes-layanan').trim();
		const past = padan.run('credential', 'issue', padan.dir, 'dinkes-layanan', '--expires', '2099-01-01').trim();
		padan.fill('UPDATE credential SET expires_us = 1 WHERE credential_id = (SELECT max(credential_id) FROM credential)');
		given(await asks(second), 'the new one');
		given(await asks(padan.secret.password), 'and the old one');
		refused(await asks(past), '03', 'an expired one');
	});
});

describe('repeats', () => {
	const body = (p, more = {}) => ({ NIK: siti.NIK, ...p.secret, transactionId: 'T-1', ...more });

	test('a transactionId with the same body costs nothing, three times', async () => {
		const before_it = used(padan), at = lookups(padan).length;
		for (let i = 0; i < 4; i++) given(await post(padan, DATA, body(padan)), `repeat ${i}`);
		assert.equal(used(padan), before_it + 1);
		const entries = lookups(padan).slice(at);
		assert.deepEqual(entries.map((e) => !!e.repeat_of || !!e.repeat), [false, true, true, true]);
		given(await post(padan, DATA, body(padan)), 'the fourth');
		assert.equal(used(padan), before_it + 2, 'is a new inquiry');
	});

	test('the same key with another body, or for another method, is a new inquiry', async () => {
		const before_it = used(padan);
		given(await post(padan, DATA, body(padan, { transactionId: 'T-2' })), 'first');
		given(await post(padan, DATA, body(padan, { transactionId: 'T-2', NIK: papua[0].NIK })), 'another body');
		given(await post(padan, VERIFY, body(padan, { transactionId: 'T-2', NO_RT: 7 })), 'another method');
		given(await post(padan, VERIFY, body(padan, { transactionId: 'T-2', NO_RT: 8 })), 'other words about the same person');
		assert.equal(used(padan), before_it + 4);
	});

	test('two connections with one key at once: one hit', async () => {
		const before_it = used(padan);
		await Promise.all([1, 2, 3].map(() => post(padan, DATA, body(padan, { transactionId: 'T-3' }))));
		assert.equal(used(padan), before_it + 1);
	});
});

describe('the order of precedence', () => {
	let p;
	before(async () => {
		p = await office();
		addendum(p, (f) => {
			f.terms.allow = ['127.0.0.1/32', '127.0.0.2/32', '192.0.2.0/24'];
			f.terms.peer_must_match = true;
			f.terms.methods.CALL_NIK = { granted: true, quota_before_poc: 3, quota_after_poc: 3 };
		});
	});
	after(() => p?.remove());
	const ask = (more = {}, options = {}) => post(p, DATA, { NIK: siti.NIK, ...p.secret, ...more }, options);

	test('step by step: each ground hides those behind it', async () => {
		const away = { from: '127.0.0.3' };
		refused(await ask({ user_id: '', NIK: '' }, away), '09', '09 before 07 and 10');
		refused(await ask({ NIK: '' }, away), '07', '07 before 10');
		refused(await ask({ password: 'salah', NIK: '1' }, away), '10', '10 before 03 and 15');
		refused(await ask({ IP_USER: '127.0.0.3' }, away), '10', '10 whatever the credential');
		refused(await ask({ password: 'salah', IP_USER: '127.0.0.9' }), '03', '03 before 04');
		refused(await ask({ IP_USER: '127.0.0.9', NIK: '1' }), '04', '04 before 15');
		refused(await ask({ IP_USER: 'bukan-alamat' }), '04', 'no address is not the peer');
		given(await ask({ IP_USER: '::ffff:127.0.0.2' }, { from: '127.0.0.2' }), 'the true address');
	});

	test('quota: counted down, spent exactly, by two at once too; 15 before 05', async () => {
		assert.equal((await ask()).json.quotaLimiter, 1);
		const tally = {};
		for (const re of await Promise.all(Array.from({ length: 12 }, () => ask()))) tally[re.one.RESPONSE_CODE ?? '01'] = (tally[re.one.RESPONSE_CODE ?? '01'] ?? 0) + 1;
		assert.deepEqual(tally, { '01': 1, '05': 11 });
		const spent = await ask();
		refused(spent, '05', '05');
		assert.equal(spent.json.quotaLimiter, 0);
		refused(await ask({ NIK: '1' }), '15', '15 before 05');
		given(await post(p, VERIFY, { NIK: siti.NIK, NO_RT: 7, ...p.secret }), 'another method has its own quota');
		assert.equal((await ask({ password: 'x' })).json.quotaLimiter, undefined, 'strangers are told nothing');
	});

	test('07 without an open purpose, before 15; one that is named must be one\'s own', async () => {
		refused(await ask({ KEJADIAN: 999, NIK: '1' }), '07', 'none');
		refused(await ask({ KEJADIAN: 1 }), '07', 'another agency\'s');
		refused(await ask({ KEJADIAN: '2' }), '05', 'one\'s own, then the quota');
		p.run('kejadian', 'close', p.dir, 'DINKES', '2');
		refused(await ask({ NIK: '1' }), '07', 'the standing purpose is closed');
	});

	test('17 before 07, 16 before 17, 04 before 16: the user id and the instansi', async () => {
		p.run('user', 'close', p.dir, 'dinkes-layanan');
		refused(await ask(), '17', 'closed');
		refused(await ask({ password: 'salah' }), '03', 'a wrong secret of a closed user id');
		p.run('agreement', 'state', p.dir, 'DINKES', 'suspended', '--note', 'contoh');
		refused(await ask(), '16', 'suspended');
		refused(await ask({ IP_USER: '127.0.0.9' }), '04', '04 before 16');
		p.run('user', 'change', p.dir, 'dinkes-layanan', '--addresses', '192.0.2.0/24');
		refused(await ask(), '04', 'the narrowing of the user id');
	});
});

describe('17: guard, debt, NDA', () => {
	test('P2.2b: the debt limit of the version refuses', async () => {
		const p = await office();
		addendum(p, (f) => { f.terms.debt = { mode: 'refuse', open_max: 1, age_days_max: 30 }; });
		const ask = (NIK) => post(p, DATA, { NIK, ...p.secret });
		let last;
		for (const NIK of p.nik['01'].slice(0, 4)) last = await ask(NIK);
		refused(last, '17', 'debts');
		assert.equal(lookups(p).at(-1).ground, 'debt_limit');
		await p.remove();
	});

	test('J.II.E1: who walks through numbers is held, the one that trips it included', async () => {
		const p = await office({ settings: {} });
		const codes = [];
		for (let i = 0; i < 400 && codes.at(-1) !== '17'; i++) {
			const re = await post(p, DATA, { NIK: `330413010190${String(9000 + i)}`, ...p.secret });
			codes.push(re.one.RESPONSE_CODE ?? '01');
		}
		assert.equal(codes.at(-1), '17', codes.join(' '));
		assert.equal(lookups(p).at(-1).ground, 'guard_hold');
		refused(await post(p, VERIFY, { NIK: siti.NIK, NO_RT: 7, ...p.secret }), '17', 'the other method of the same user id');
		await p.remove();
	});

	test('J.VI.E: a program without an NDA on file asks for nothing', async () => {
		padan.run('user', 'add', padan.dir, 'dinkes-layanan2', '--role', 'service', '--instansi', 'DINKES', '--kejadian', '2');
		const password = padan.run('credential', 'issue', padan.dir, 'dinkes-layanan2').trim();
		refused(await post(padan, DATA, { NIK: siti.NIK, ...padan.secret, user_id: 'dinkes-layanan2', password }), '17', 'no NDA');
		assert.equal(lookups(padan).at(-1).ground, 'no_nda');
	});
});

describe('doc/get-json.md', () => {
	const doc = readFileSync(path.join(root, 'doc/get-json.md'), 'utf8');
	const programs = {
		sh: ['sh', '.sh', (said) => assert.equal(JSON.parse(said).content[0].NAMA_LGKP, siti.NAMA_LGKP)],
		php: ['php', '.php', (said) => assert.equal(said.trim(), siti.NAMA_LGKP)],
		python: ['python3', '.py', (said) => assert.match(said, /'NAMA_LGKP': 'Tidak Sesuai \(\d+\)', 'TGL_LHR': 'Sesuai'/)],
		js: ['node', '.mjs', (said) => assert.equal(said.trim(), siti.NIK)],
	};
	for (const [language, [program, suffix, check]] of Object.entries(programs)) {
		const there = spawnSync(program, [program === 'sh' ? '-c' : '--version'], { stdio: 'ignore' }).error?.code !== 'ENOENT';
		test(`the sample in ${language} runs as it stands`, { skip: there ? false : `no ${program} here` }, async () => {
			const blocks = [...doc.matchAll(new RegExp('```' + language + '\\n([\\s\\S]*?)```', 'g'))].map((m) => m[1]);
			assert.equal(blocks.length, 1);
			const file = path.join(padan.dir, '..', `sample${suffix}`);
			writeFileSync(file, blocks[0]);
			const child = spawn(program, [file], { env: { ...process.env, PADAN: padan.url, NIK: siti.NIK, SECRET: padan.secret.password, IP: '127.0.0.1' } });
			let said = '', wrong = '';
			child.stdout.on('data', (d) => { said += d; });
			child.stderr.on('data', (d) => { wrong += d; });
			const code = await new Promise((done) => child.once('close', done));
			assert.equal(code, 0, wrong);
			check(said);
		});
	}

	test('every code stands there with its text', () => {
		for (const [code, words] of Object.entries(WIRE).filter(([c]) => !['11', '12', '13', '14'].includes(c)))
			assert.match(doc, new RegExp(`^\\| ${code} \\| ${words.replace(/[()]/g, '.')}`, 'm'), code);
	});
});

test('with api.listen programs are served there alone', async (t) => {
	const port = await freePort();
	const p = await office({ settings: { ...OBSERVE, 'api.listen': `127.0.0.1:${port}` } });
	t.after(() => p.remove());
	const body = { NIK: siti.NIK, ...p.secret };
	given(await post({ port }, DATA, body), 'the address of programs');
	const portal = await post(p, DATA, body);
	assert.equal(portal.status, 404);
	assert.equal(portal.one.RESPONSE_CODE, '07');
	assert.equal((await post({ port }, '/masuk', '', { method: 'GET' })).status, 404);
});

const files = process.env.PADAN_E2E_STORE !== 'postgres';
test('what cannot be made durable is not answered: 503 without content, and no hit', { skip: files ? false : 'the engine syncs its own files' }, async (t) => {
	const p = await Padan.demo({ tls: false, residents: 300, settings: OBSERVE });
	t.after(() => p.remove());
	const shim = path.join(p.dir, '..', 'fsync_fails.so'), trigger = path.join(p.dir, 'disk-dies');
	execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', shim, path.join(root, 'test/fault/shim/fsync_fails.c')]);
	await p.start({ env: { LD_PRELOAD: shim, FSYNC_FAILS_WHEN: trigger } });
	const ask = (NIK) => post(p, DATA, { NIK, user_id: 'dinkes-layanan', password: p.accounts['dinkes-layanan'].password, IP_USER: '127.0.0.1' });
	given(await ask(p.nik['01'][0]), 'while the disk is well');
	const before_it = used(p);
	writeFileSync(trigger, '');
	const re = await ask(p.nik['01'][1]).catch(() => null); // the process may be gone before its words are out
	if (re) {
		assert.equal(re.status, 503);
		assert.ok(Number(re.headers['retry-after']) > 0);
		envelope(re, 0);
	}
	assert.equal((await p.exited).code, 111);
	p.process = null;
	assert.equal(used(p), before_it);
	assert.equal(lookups(p).length, 1);
});

test('a node that goes down says 503, when to come back, and nothing else', async () => {
	const p = await office();
	const asking = Array.from({ length: 200 }, (_, i) => post(p, DATA, { NIK: siti.NIK, ...p.secret, transactionId: `D-${i}` }).catch((e) => e));
	await Promise.race(asking);
	p.process.kill('SIGTERM');
	const answers = (await Promise.all(asking)).filter((re) => re.status);
	for (const re of answers.filter((one) => one.status !== 200)) {
		assert.equal(re.status, 503);
		assert.ok(Number(re.headers['retry-after']) > 0);
		envelope(re, 0);
	}
	await p.exited;
	p.process = null;
	assert.equal(used(p), lookups(p).filter((e) => e.outcome === '01').length, 'no hit without an entry');
	await p.remove();
});
