// SPDX-License-Identifier: EUPL-1.2
// The OpenAPI document as the oracle (issue 5 point 4): whatever it promises is asked for, with
// requests made from its schemas by a seed (OPENAPI_SEED), and every reply is held against it;
// whatever it forbids is refused as it says, costs no hit and breaks nothing.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Padan, Browser, OBSERVE, freePort, root } from './padan.mjs';
import * as v1 from './v1.mjs';
import { Schemas, dice, brokenBodies } from '../openapi/schema.mjs';

const require = createRequire(new URL('../openapi/package.json', import.meta.url));
const Ajv = require('ajv/dist/2020.js').default;
const formats = require('ajv-formats').default;

const SEED = Number(process.env.OPENAPI_SEED ?? Date.now() % 1000000);
const ROUNDS = 12;
const BASE = '/api/v1';
console.log(`OPENAPI_SEED=${SEED}`);

/** The document as it is built, for the names of the tests; the tests read the one that is served. */
const built = {};
for (const file of readdirSync(path.join(root, 'src/api/openapi')).sort())
	for (const [at, item] of Object.entries(JSON.parse(readFileSync(path.join(root, 'src/api/openapi', file))).paths ?? {})) built[at] = item;
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'patch'];
const NAMES = Object.values(built).flatMap((item) => METHODS.filter((m) => item[m]).map((m) => item[m].operationId));

const header = 'nik,no_kk,nama_lgkp,jenis_klmin,tmpt_lhr,tgl_lhr,jenis_pkrjn,alamat,no_rt,no_rw,no_prop,prop_name,no_kab,kab_name,no_kec,kec_name,no_kel,kel_name,status';
const SITI = '3304136101909901';
const today = (back = 0) => new Date(Date.now() + 7 * 3600e3 - back * 864e5).toISOString().slice(0, 10);

let padan, doc, ajv, operations, secret, token, narrow, kejadian, referensi;
const pending = [];
before(async () => {
	padan = await Padan.demo({ tls: false, residents: 1000, settings: OBSERVE });
	const csv = path.join(padan.dir, '..', 'delta.csv');
	writeFileSync(csv, `${header}\r\n${SITI},3304131203119904,SITI CONTOH,Perempuan,BANJARNEGARA,1990-01-21,GURU,JALAN KRAJAN NOMOR 7,7,2,33,JAWA TENGAH,04,BANJARNEGARA,13,KARANGKOBAR,2001,LEKSANA,aktif\r\n`);
	padan.run('registry', 'delta', padan.dir, csv);
	padan.fill("UPDATE user_account SET scopes = 'verifikasi kesesuaian balikan:read balikan:write kejadian:read kejadian:write perjanjian:read jurnal:read pemakaian:read' WHERE user_id = 'dinkes-layanan'");
	await padan.start();
	doc = JSON.parse((await padan.request('GET', `${BASE}/openapi.json`)).body);
	ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false });
	formats(ajv);
	ajv.addSchema(doc, 'doc');
	operations = Object.fromEntries(Object.entries(doc.paths).flatMap(([at, item]) => METHODS.filter((m) => item[m]).map((m) => [item[m].operationId, new Operation(at, m, item)])));
	secret = { user: 'dinkes-layanan', password: padan.accounts['dinkes-layanan'].password };
	token = await tokenOf(secret);
	const [balikan] = JSON.parse(readFileSync(path.join(padan.dir, 'demo-accounts.json'))).tokens.filter((t) => t.instansi === 'BPBD');
	narrow = balikan;
	kejadian = padan.office("SELECT kejadian_id FROM kejadian WHERE instansi_id = (SELECT instansi_id FROM instansi WHERE code = 'DINKES') ORDER BY kejadian_id")[0].kejadian_id;
	const re = await send('POST', '/verifikasi', { token, body: JSON.stringify({ nik: SITI, kejadian }) });
	referensi = JSON.parse(re.body).referensi;
});
after(() => padan?.remove());

const used = () => padan.office('SELECT coalesce(sum(used), 0) AS used FROM quota_day')[0].used;
const basic = ({ user, password }) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const send = (method, at, { token: bearer, headers = {}, body, type = 'application/json' } = {}) =>
	padan.request(method, BASE + at, { body, headers: { ...(bearer ? { Authorization: `Bearer ${bearer}` } : {}), ...(body !== undefined && type ? { 'Content-Type': type } : {}), ...headers } });
const tokenOf = async (who, scope) => {
	const re = await send('POST', '/token', { headers: { Authorization: basic(who) }, type: 'application/x-www-form-urlencoded', body: `grant_type=client_credentials${scope ? `&scope=${encodeURIComponent(scope)}` : ''}` });
	assert.equal(re.status, 200, re.body);
	return JSON.parse(re.body).access_token;
};

const openKejadian = async () => {
	const re = await send('POST', '/kejadian', { token, body: JSON.stringify({ jenis: 'Banjir', nama: 'Banjir Contoh', tempat: 'Mandiraja', tanggal: today() }) });
	assert.equal(re.status, 201, re.body);
	return JSON.parse(re.body).id;
};

/** One of the document: its parameters, its body, and what may come back. */
class Operation {
	constructor(at, method, item) {
		Object.assign(this, { at, method: method.toUpperCase(), item, said: item[method] });
		this.id = this.said.operationId;
		this.schemas = new Schemas(doc, dice(SEED + this.id.length * 7919), {
			Nik: () => this.schemas.chance.one([SITI, ...['01', '11', '12', '13', '14'].flatMap((c) => padan.nik[c].slice(0, 4))]),
			Id: () => this.own ?? kejadian,
			Referensi: () => referensi,
			Hari: () => this.schemas.chance.one([today(315), today(330), today()]), /* usage is told of a year */
			JenisMasalah: () => 'kuota-habis',
			PermintaanToken: () => this.schemas.chance.one([{ grant_type: 'client_credentials' }, { grant_type: 'client_credentials', scope: 'verifikasi balikan:write' }]),
			PermintaanCabut: () => ({ token: 'tidak-ada', ...(this.schemas.chance.coin() ? { token_type_hint: 'access_token' } : {}) }),
		});
		this.parameters = [...(item.parameters ?? []), ...(this.said.parameters ?? [])].map((p) => this.schemas.open(p).schema);
		this.security = this.said.security ?? doc.security;
		this.bearer = this.security.some((s) => 'token' in s);
		this.open = this.security.length === 0 || this.security.some((s) => !Object.keys(s).length);
		this.scope = this.security.map((s) => s.token?.[0]).find(Boolean);
		const [[type, media] = []] = Object.entries(this.said.requestBody?.content ?? {});
		Object.assign(this, { type, body: media?.schema });
	}

	/** What is asked for once only needs another one each time. */
	async prepare() {
		if (this.id === 'tutupKejadian') this.own = await openKejadian();
	}

	encode(value) {
		return this.type === 'application/x-www-form-urlencoded' ? new URLSearchParams(value).toString() : JSON.stringify(value);
	}

	/** A request that the document allows. `only`: required parameters alone. */
	request({ only = false } = {}) {
		const rq = { at: this.at, query: {}, headers: {}, value: undefined };
		for (const p of this.parameters) {
			if (p.name === 'kursor' || (!p.required && (only || this.schemas.chance.coin()))) continue;
			const value = { 'X-Request-Id': () => 'korban-0017', 'Idempotency-Key': () => `kunci-${pending.push(1)}` }[p.name]?.() ?? this.schemas.value(p.schema);
			if (p.in === 'path') rq.at = rq.at.replace(`{${p.name}}`, encodeURIComponent(value));
			else if (p.in === 'query') rq.query[p.name] = String(value);
			else rq.headers[p.name] = String(value);
		}
		if (rq.query.dari && rq.query.sampai && rq.query.dari > rq.query.sampai) [rq.query.dari, rq.query.sampai] = [rq.query.sampai, rq.query.dari];
		if (this.body) rq.value = this.schemas.value(this.body);
		return rq;
	}

	/** Send it. What is spoilt stands in `over`. */
	async ask(rq, over = {}) {
		const query = new URLSearchParams(over.query ?? rq.query).toString();
		const body = 'body' in over ? over.body : rq.value === undefined ? undefined : this.encode(rq.value);
		const way = { ...(this.bearer ? { Authorization: `Bearer ${token}` } : this.security.some((s) => 'rahasia' in s) ? { Authorization: basic(secret) } : {}) };
		const headers = { ...way, ...rq.headers, ...over.headers };
		for (const [k, v] of Object.entries(headers)) if (v === null) delete headers[k];
		return send(over.method ?? this.method, `${over.at ?? rq.at}${query ? `?${query}` : ''}`, { headers, body, type: 'type' in over ? over.type : this.type });
	}

	/** The reply is one of those that the document has for this operation. */
	conforms(re, what) {
		const said = `${this.method} ${this.at}, ${what}: ${re.status} ${JSON.stringify(re.headers)} ${re.body.slice(0, 400)}`;
		const response = this.said.responses[re.status] && this.schemas.open(this.said.responses[re.status]).schema;
		assert.ok(re.status < 500, `no answer: ${said}`);
		assert.ok(response, `a status that the document does not have: ${said}`);
		for (const [name, head] of Object.entries(response.headers ?? {})) {
			const { schema } = this.schemas.open(head), value = re.headers[name.toLowerCase()];
			if (value === undefined) assert.ok(!schema.required, `${name} is missing: ${said}`);
			else fits(schema.schema, value, `${name}: ${said}`);
		}
		const [type] = (re.headers['content-type'] ?? '').split(';');
		if (!response.content) return assert.equal(re.body, '', said);
		assert.ok(response.content[type], `the type ${type}: ${said}`);
		assert.match(re.headers['content-type'], /^application\/(problem\+)?json(; charset=utf-8)?$/, said);
		const json = JSON.parse(re.body);
		const pointer = this.said.responses[re.status].$ref ?? `#/paths/${this.at.replaceAll('~', '~0').replaceAll('/', '~1')}/${this.method.toLowerCase()}/responses/${re.status}`;
		fits({ $ref: `doc${pointer}/content/${type.replaceAll('/', '~1')}/schema` }, json, said);
		if (type === 'application/problem+json') {
			assert.equal(json.status, re.status, said);
			if (json.instance) assert.equal(json.instance, `urn:padan:permintaan:${re.headers['x-request-id']}`, said);
		}
		return json;
	}
}

const compiled = new Map();
const fits = (schema, value, said) => {
	const key = JSON.stringify(schema);
	const absolute = JSON.parse(key.replaceAll('"$ref":"#/', '"$ref":"doc#/'));
	if (!compiled.has(key)) compiled.set(key, ajv.compile(absolute));
	const check = compiled.get(key);
	assert.ok(check(value), `${ajv.errorsText(check.errors, { dataVar: '' })}; ${said}`);
};
const inquiry = (o) => ['verifikasi', 'kesesuaian'].includes(o.id);

describe('I5.4 the document', () => {
	test('I5.4 it is served packed, with an ETag, to anybody', async () => {
		const re = await padan.request('GET', `${BASE}/openapi.json`, { headers: { 'Accept-Encoding': 'br' } });
		assert.equal(re.headers['content-encoding'], 'br');
		assert.ok(re.bytes.length < 20000, `${re.bytes.length} bytes`);
		const again = await padan.request('GET', `${BASE}/openapi.json`, { headers: { 'If-None-Match': re.headers.etag } });
		assert.deepEqual([again.status, again.bytes.length], [304, 0]);
		assert.match(doc.openapi, /^3\.1\./);
	});

	test('I5.4 routes and document name the same operations, both ways', () => {
		const bases = { PROBLEM_BASE: `${BASE}/problems/`, V1_BASE: BASE };
		const source = readFileSync(path.join(root, 'src/api/routes.c'), 'utf8').replace(/^#define (\w+) "([^"]+)"/gm, (line, name, text) => { bases[name] = text; return line; });
		const rows = [...source.matchAll(/^\t\{HTTP_([A-Z]+), ((?:"[^"]*"|[A-Z0-9_]+|\s)+),/gm)]
			.map(([, method, words]) => ({ method, at: words.replace(/"([^"]*)"|([A-Z0-9_]+)|\s+/g, (_, text, name) => text ?? (name ? bases[name] ?? assert.fail(`what is ${name}?`) : '')) }))
			.filter((r) => r.at.startsWith(BASE));
		const meets = (r, o) => r.method === o.method && (r.at.endsWith('*') ? (BASE + o.at).startsWith(r.at.slice(0, -1)) : r.at === BASE + o.at);
		for (const o of Object.values(operations)) assert.ok(rows.some((r) => meets(r, o)), `${o.method} ${o.at} has no route`);
		for (const r of rows) assert.ok(Object.values(operations).some((o) => meets(r, o)), `${r.method} ${r.at} is not in the document`);
		assert.deepEqual(Object.keys(operations).sort(), [...NAMES].sort());
	});

	test('I5.4 every kind of problem is explained there as Padan explains it', async () => {
		const kinds = doc.components.schemas.JenisMasalah.oneOf;
		const source = readFileSync(path.join(root, 'src/api/problem.c'), 'utf8');
		assert.deepEqual(kinds.map((k) => k.const).sort(), [...source.matchAll(/\{PROBLEM_\w+,\s*"([a-z-]+)"/g)].map((m) => m[1]).sort());
		for (const k of kinds) {
			const re = JSON.parse((await send('GET', `/problems/${k.const}`)).body);
			assert.deepEqual(re, { type: `${BASE}/problems/${k.const}`, title: k.title, status: k['x-status'], kode: k['x-kode'] ?? null, tindakan: k.description });
		}
		const told = JSON.stringify(doc.paths) + JSON.stringify(doc.components.responses);
		for (const k of kinds) assert.ok(told.includes(`"${BASE}/problems/${k.const}"`), `${k.const} stands at no operation`);
	});

	test('I5.4 parts that contradict each other make no document', () => {
		const dir = mkdtempSync(path.join(padan.dir, '..', 'parts-'));
		const file = (name, json) => { writeFileSync(path.join(dir, name), typeof json === 'string' ? json : JSON.stringify(json)); return path.join(dir, name); };
		const join = (...parts) => spawnSync(path.join(root, 'build/tools/mkopenapi'), [path.join(dir, 'out.json'), ...parts], { encoding: 'utf8' });
		const a = file('a.json', { paths: { '/a': 1 }, tags: [1] }), b = file('b.json', { paths: { '/b': 2 } });
		assert.equal(join(a, b).status, 0);
		assert.deepEqual(JSON.parse(readFileSync(path.join(dir, 'out.json'))), { paths: { '/a': 1, '/b': 2 }, tags: [1] });
		for (const [spoilt, says] of [[{ paths: { '/a': 3 } }, /bad\.json: \/paths\/\/a stands in two parts/], [{ tags: [2] }, /tags stands in two parts/], ['{"x":1,"x":2}', /bad\.json:1: /], ['[]', /no object/]]) {
			const ran = join(a, b, file('bad.json', spoilt));
			assert.equal(ran.status, 1);
			assert.match(ran.stderr, says);
		}
		assert.equal(JSON.parse(readFileSync(path.join(dir, 'out.json'))).tags.length, 1);
	});

	test('I5.4 scopes are those that tokens may have', () => {
		const source = readFileSync(path.join(root, 'src/identity/scope.c'), 'utf8');
		const { scopes } = doc.components.securitySchemes.token.flows.clientCredentials;
		assert.deepEqual(Object.keys(scopes).sort(), [...source.matchAll(/\{SCOPE_\w+, "([a-z:]+)"/g)].map((m) => m[1]).sort());
	});
});

describe('I5.4 what the document allows', () => {
	for (const name of NAMES)
		test(`I5.4 ${name}: valid requests are answered as the document says`, async () => {
			const o = operations[name];
			const seen = {};
			const answered = () => Object.keys(seen).some((kind) => /^2/.test(kind));
			for (let i = 0; i < ROUNDS || (i < 10 * ROUNDS && !answered()); i++) { /* of a seed in ten thousand the first are all refused */
				await o.prepare();
				const rq = o.request({ only: i === 0 });
				const re = await o.ask(rq);
				const json = o.conforms(re, JSON.stringify(rq));
				const kind = re.status < 400 ? re.status : json.type?.split('/').pop() ?? json.error;
				seen[kind] = (seen[kind] ?? 0) + 1;
				/* a schema cannot say that a waiver needs a debt, that a note is no NIK, or that a kejadian is closed */
				assert.ok(re.status < 400 || ['tidak-ada-utang', 'kejadian-sudah-tertutup', 'parameter-tidak-valid', 'kejadian-tidak-terbuka'].includes(kind), `${JSON.stringify(rq)}: ${re.status} ${re.body}`);
				assert.ok(kind !== 'parameter-tidak-valid' || json.kesalahan.every((one) => /\/(alasan|catatan)$/.test(one.penunjuk)), `${JSON.stringify(rq)}: ${re.body}`);
			}
			assert.ok(answered(), `${name} was never answered: ${JSON.stringify(seen)}`);
		});
});

describe('I5.4 ids of requests', () => {
	for (const name of NAMES)
		test(`I5.4 ${name}: the client's own id comes back, a bad one does not`, async () => {
			const o = operations[name];
			const mine = await o.ask(o.request({ only: true }), { headers: { 'X-Request-Id': 'A.b_c-9' } });
			assert.equal(mine.headers['x-request-id'], 'A.b_c-9');
			for (const bad of ['x'.repeat(65), 'dua kata', 'a/b', 'é'])
				assert.match((await o.ask(o.request({ only: true }), { headers: { 'X-Request-Id': bad } })).headers['x-request-id'], /^[0-9a-f]{24}$/);
		});
});

describe('I5.4 the rehearsal', () => {
	test('I5.4 J.II.D: a sandbox user id hears the same of every operation, and every reply is marked', async () => {
		const own = await tokenOf({ user: 'bpbd-uji', password: padan.accounts['bpbd-uji'].password });
		for (const o of Object.values(operations).filter((one) => one.bearer)) {
			const re = await o.ask(o.request({ only: true }), { headers: { Authorization: `Bearer ${own}` } });
			o.conforms(re, 'a sandbox user id');
			assert.equal(re.headers['x-padan-sandbox'], '1', `${o.id}: ${re.status} ${re.body}`);
			assert.equal((await o.ask(o.request({ only: true }))).headers['x-padan-sandbox'], undefined, o.id);
			if (o.id === 'tutupKejadian') assert.ok(re.status >= 400, 'the kejadian is another agency\'s');
		}
	});
});

describe('I5.4 lists', () => {
	for (const [name, member, key, query] of [['daftarKejadian', 'kejadian', 'id', {}], ['daftarBalikan', 'balikan', 'nik', { kejadian: () => kejadian }], ['daftarJurnal', 'jurnal', 'referensi', {}]])
		test(`I5.4 ${name}: the parts make the whole, each row once`, async () => {
			const o = operations[name];
			const asked = Object.fromEntries(Object.entries(query).map(([k, v]) => [k, String(v())]));
			const ask = async (more) => o.conforms(await o.ask({ at: o.at, query: { ...asked, ...more }, headers: {} }), JSON.stringify(more));
			const whole = (await ask({ batas: '200' }))[member].map((row) => row[key]);
			const parts = [];
			let kursor = null, turns = 0;
			do {
				const part = await ask({ batas: '3', ...(kursor ? { kursor } : {}) });
				assert.ok(part[member].length <= 3 && (part[member].length === 3 || part.kursor === null));
				parts.push(...part[member].map((row) => row[key]));
				kursor = part.kursor;
			} while (kursor && ++turns < 100);
			assert.ok(whole.length > 3, `${whole.length} rows`);
			assert.deepEqual(parts, whole);
			const first = (await ask({ batas: '1' })).kursor;
			const spoilt = await o.ask({ at: o.at, query: { ...asked, batas: '1', kursor: first.slice(0, -2) + (first.endsWith('AA') ? 'BB' : 'AA') }, headers: {} });
			o.conforms(spoilt, 'a spoilt cursor');
			assert.equal(spoilt.status, 422);
		});
});

describe('I5.4 what the document forbids', () => {
	let before_it;
	test('the hits so far', () => { before_it = used(); });

	for (const name of NAMES) {
		test(`I5.4 ${name}: bodies that do not fit are refused`, async () => {
			const o = operations[name];
			if (o.type !== 'application/json') return;
			await o.prepare();
			const rq = o.request();
			const wrong = o.schemas.wrongBodies(o.body);
			for (const [what, body] of wrong) {
				const re = await o.ask({ ...rq, headers: {} }, { body });
				o.conforms(re, `${what} ${body.slice(0, 200)}`);
				assert.ok([400, 413, 422].includes(re.status), `${what}: ${re.status} ${body.slice(0, 200)} ${re.body}`);
			}
			for (const [what, body] of brokenBodies(rq.value)) {
				const re = await o.ask({ ...rq, headers: {} }, { body });
				o.conforms(re, what);
				assert.ok([400, 413].includes(re.status) || (re.status === 422 && /deep|list/.test(what)), `${what}: ${re.status} ${re.body}`);
			}
			for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp', 'application/json;charset=utf-16', null]) {
				const re = await o.ask({ ...rq, headers: {} }, { type, body: JSON.stringify(rq.value) });
				o.conforms(re, `Content-Type ${type}`);
				assert.equal(re.status, 415, `Content-Type ${type}: ${re.body}`);
			}
			const size = name === 'kirimBanyak' ? 3 << 20 : 40 << 10;
			const re = await o.ask({ ...rq, headers: {} }, { body: JSON.stringify({ ...rq.value, x: 'x'.repeat(size) }) }).catch((e) => ({ gone: e.code }));
			if (re.gone) assert.match(re.gone, /EPIPE|ECONNRESET/);
			else { o.conforms(re, 'a huge body'); assert.equal(re.status, 413); }
		});

		test(`I5.4 ${name}: parameters that do not fit are refused`, async () => {
			const o = operations[name];
			for (const p of o.parameters.filter((one) => one.in !== 'header')) {
				const values = [...o.schemas.wrongValues(p.schema).map(([what, v]) => [what, v?.raw ?? (typeof v === 'object' ? JSON.stringify(v) : String(v))]), ['nothing', ''], ['a quotation mark', '1\'"'], ['not UTF-8', null]];
				const text = o.schemas.open(p.schema).schema.type === 'string';
				for (const [what, value] of values) {
					if (text && /instead of/.test(what) && p.name === 'kursor') continue; /* any word may be one */
					if (value !== null && o.schemas.open(p.schema).schema.type === 'integer' && value === '7') continue;
					const rq = o.request({ only: true });
					const over = {};
					if (p.in === 'path') over.at = o.at.replace(`{${p.name}}`, value === null ? '%ff' : encodeURIComponent(value));
					else over.query = { ...rq.query, [p.name]: value ?? '\ufffd' };
					const re = await o.ask({ ...rq, headers: {} }, over);
					if (p.in === 'path' && value === '') continue; /* another path */
					o.conforms(re, `${p.name}: ${what} ${value}`);
					assert.ok([400, 404, 422].includes(re.status), `${p.name}: ${what} ${value}: ${re.status} ${re.body}`);
				}
				if (p.required && p.in === 'query') {
					const rq = o.request({ only: true });
					delete rq.query[p.name];
					const re = await o.ask(rq);
					o.conforms(re, `${p.name} left out`);
					assert.equal(re.status, 422);
				}
			}
		});

		test(`I5.4 ${name}: no token, or not the right one`, async () => {
			const o = operations[name];
			if (!o.bearer) return;
			padan.fill('DELETE FROM throttle'); /* so many wrong tokens in a row are a guess */
			const gone = await tokenOf(secret);
			await send('POST', '/revoke', { headers: { Authorization: basic(secret) }, type: 'application/x-www-form-urlencoded', body: `token=${gone}` });
			const rq = o.request({ only: true });
			for (const [what, Authorization] of [['none', null], ['unknown', `Bearer ${'x'.repeat(43)}`], ['revoked', `Bearer ${gone}`], ['of another scheme', basic(secret)], ['a credential', `Bearer ${secret.password}`]]) {
				if (o.open && what === 'none') continue;
				const re = await o.ask({ ...rq, headers: {} }, { headers: { Authorization } });
				o.conforms(re, what);
				if (o.open && what === 'of another scheme') continue;
				assert.equal(re.status, 401, `${what}: ${re.body}`);
				assert.match(re.headers['www-authenticate'], what === 'none' || what === 'of another scheme' ? /^Bearer realm="[^"]+"$/ : /^Bearer realm="[^"]+", error="invalid_token"/, what);
			}
			if (!o.scope) return;
			const other = Object.keys(doc.components.securitySchemes.token.flows.clientCredentials.scopes).find((s) => s !== o.scope);
			const re = await o.ask({ ...rq, headers: {} }, { headers: { Authorization: `Bearer ${await tokenOf(secret, other)}` } });
			o.conforms(re, 'a scope too few');
			assert.equal(re.status, 403, re.body);
			assert.equal(JSON.parse(re.body).type, `${BASE}/problems/cakupan-kurang`);
			assert.match(re.headers['www-authenticate'], new RegExp(`error="insufficient_scope", scope="${o.scope}"`));
		});

		test(`I5.4 ${name}: a key that is none is refused`, async () => {
			const o = operations[name];
			if (!o.parameters.some((p) => p.name === 'Idempotency-Key')) return;
			for (const bad of ['x'.repeat(65), 'dua kata', 'é', '"', '""']) {
				const re = await o.ask({ ...o.request({ only: true }), headers: {} }, { headers: { 'Idempotency-Key': bad } });
				o.conforms(re, `the key ${bad}`);
				assert.equal(re.status, 422, `the key ${bad}: ${re.body}`);
			}
		});
	}

	test('I5.4 ambilToken, cabutToken: forms that are none, and credentials that are wrong', async () => {
		const form = 'application/x-www-form-urlencoded', good = 'grant_type=client_credentials';
		const both = `${good}&client_id=${secret.user}&client_secret=${secret.password}`;
		const spoilt = [
			['no grant', '', {}, 400, 'invalid_request'], ['another grant', 'grant_type=password', {}, 400, 'unsupported_grant_type'],
			['a scope that is none', `${good}&scope=semua`, {}, 400, 'invalid_scope'], ['both ways at once', both, {}, 401, 'invalid_client'],
			['a NUL', `${good}&scope=a%00b`, {}, 400], ['not UTF-8', `${good}&scope=%ff`, {}, 400], ['JSON', JSON.stringify({ grant_type: 'client_credentials' }), { 'Content-Type': 'application/json' }, 400, 'invalid_request'],
			['no credential', good, { Authorization: null }, 401, 'invalid_client'], ['a wrong secret', good, { Authorization: basic({ ...secret, password: 'x'.repeat(43) }) }, 401, 'invalid_client'],
			['nobody', good, { Authorization: basic({ user: 'tidak-ada', password: 'x' }) }, 401, 'invalid_client'], ['base64 that is none', good, { Authorization: 'Basic ***' }, 401, 'invalid_client'],
			['a token', good, { Authorization: `Bearer ${token}` }, 401, 'invalid_client'], ['a huge one', `${good}&scope=${'x'.repeat(40000)}`, {}, 413],
		];
		padan.fill('DELETE FROM throttle');
		for (const o of [operations.ambilToken, operations.cabutToken])
			for (const [what, body, headers, status, error] of spoilt) {
				if (o.id === 'cabutToken' && status === 400 && error !== 'invalid_request') continue;
				const re = await o.ask(o.request({ only: true }), { body, headers, type: form });
				const json = o.conforms(re, what);
				assert.equal(re.status, status, `${o.id}, ${what}: ${re.body}`);
				if (error) assert.equal(json.error, error, `${o.id}, ${what}: ${re.body}`);
			}
		padan.fill('DELETE FROM throttle');
	});

	test('I5.4 a token of another agency finds nothing of this one', async () => {
		const his = await tokenOf({ user: 'bpbd-balikan', password: narrow.token });
		const headers = { Authorization: `Bearer ${his}` };
		for (const name of ['satuKejadian', 'daftarBalikan', 'kirimBalikan']) {
			const o = operations[name];
			const re = await o.ask(o.request({ only: true }), { headers, ...(name === 'kirimBalikan' ? { body: JSON.stringify({ nik: SITI, kejadian, keterangan: 'hilang' }) } : {}) });
			o.conforms(re, 'another agency');
			assert.ok([404, 422].includes(re.status), `${name}: ${re.status} ${re.body}`);
			assert.ok(!re.body.includes(SITI));
		}
	});

	test('I5.4 a method that an address does not have', async () => {
		for (const [at, item] of Object.entries(doc.paths))
			for (const method of METHODS.filter((m) => !item[m])) {
				const re = await send(method.toUpperCase(), at.replace('{id}', kejadian).replace('{referensi}', referensi).replace('{jenis}', 'kuota-habis'), { token });
				assert.equal(re.status, 405, `${method} ${at}: ${re.body}`);
				assert.ok(re.headers.allow, `${method} ${at} does not say what is allowed`);
				fits({ $ref: 'doc#/components/responses/MetodeTidakSesuai/content/application~1problem+json/schema' }, JSON.parse(re.body), `${method} ${at}`);
			}
	});

	test('I5.4 a token that is too old opens nothing', async () => {
		const old = await tokenOf(secret);
		padan.fill('UPDATE access_token SET expires_us = 1');
		token = await tokenOf(secret);
		const o = operations.kuota;
		const re = await o.ask(o.request({ only: true }), { headers: { Authorization: `Bearer ${old}` } });
		o.conforms(re, 'an expired token');
		assert.equal(re.status, 401);
	});

	test('I5.4 none of it was answered, and none of it was a hit', () => {
		assert.equal(used(), before_it);
		assert.equal(padan.process.exitCode, null);
	});
});

describe('I5.4 a system above that does not answer', () => {
	test('I5.4 its 503 stands in the own list, its proof and the figures as the document says, and is no hit', async (t) => {
		const p = await Padan.demo({ tls: false, residents: 10 });
		t.after(() => p.remove());
		const users = path.join(p.dir, '..', 'users');
		writeFileSync(users, 'DINKES DINKES a a 127.0.0.1\n', { mode: 0o600 });
		p.settings = { ...OBSERVE, 'registry.url': `http://127.0.0.1:${await freePort()}/dukcapil/get_json`, 'registry.credentials': users, 'relay.deadline_s': 30 };
		await p.start();
		const bearer = await v1.token(p);
		const get = async (at, name) => {
			const re = await v1.send(p, 'GET', `${BASE}/${at}`, { headers: { Authorization: `Bearer ${bearer}` } });
			assert.equal(re.status, 200, re.text);
			fits({ $ref: `doc#/components/schemas/${name}` }, re.json, re.text);
			return re.json;
		};
		const re = await v1.ask(p, `${BASE}/verifikasi`, { nik: SITI }, { bearer });
		v1.problem(re, 503, 'tidak-tersedia');
		fits({ $ref: 'doc#/components/responses/TidakTersedia/content/application~1problem+json/schema' }, re.json, re.text);
		const { jurnal: [one, ...rest] } = await get('jurnal', 'DaftarJurnal');
		assert.deepEqual([one.kode, one.pasal, rest], ['503', null, []]);
		assert.match(one.dasar, /^relay_/);
		assert.equal((await get(`jurnal/${one.referensi}`, 'BuktiJurnal')).kode, '503');
		let figures; /* counted a few seconds later */
		for (const began = Date.now(); !(figures = await get('pemakaian', 'Pemakaian')).harian.length; await new Promise((r) => setTimeout(r, 100)))
			assert.ok(Date.now() - began < 90e3, 'never counted');
		const { metode, hit, ulangan, hasil, ditolak } = figures.harian[0];
		assert.deepEqual({ metode, hit, ulangan, hasil, ditolak }, { metode: 'verifikasi', hit: 0, ulangan: 0, hasil: {}, ditolak: { 503: 1 } });
		assert.equal(v1.used(p), 0);
	});
});

/** Run one as it stands: { code, said, wrong }. */
const shell = (source, own) => new Promise((done) => {
	const child = spawn('sh', ['-c', source], { env: { ...process.env, PADAN: padan.url, USER_ID: secret.user, RAHASIA: secret.password, SECRET: secret.password, TOKEN: token, NIK: SITI, KEJADIAN: String(own ?? kejadian), REFERENSI: referensi } });
	let said = '', wrong = '';
	child.stdout.on('data', (d) => { said += d; });
	child.stderr.on('data', (d) => { wrong += d; });
	child.once('close', (code) => done({ code, said, wrong }));
});

describe('I5.4 the samples', () => {
	for (const name of NAMES.filter((n) => n !== 'tutupKejadian' && n !== 'cabutToken').concat('tutupKejadian', 'cabutToken'))
		test(`I5.4 ${name}: what one copies from the page runs`, async () => {
			const o = operations[name], [sample] = o.said['x-codeSamples'];
			await o.prepare();
			const ran = await shell(`${sample.source} -w '\\n%{http_code} %{content_type}'`, o.own);
			assert.equal(ran.code, 0, ran.wrong);
			const [, body, status, type] = /^([\s\S]*)\n(\d{3}) (\S*)$/.exec(ran.said);
			assert.match(status, /^20[01]$/, ran.said);
			const answer = o.schemas.open(o.said.responses[status]).schema;
			assert.ok(answer.content[type.split(';')[0]], type);
			fits(answer.content[type.split(';')[0]].schema, JSON.parse(body), ran.said);
		});

	test('I5.4 ambilToken: the token comes into a variable', async () => {
		const ran = await shell(`${operations.ambilToken.said['x-codeSamples'][1].source}; printf %s "$TOKEN"`);
		assert.match(ran.said, /^[A-Za-z0-9_-]{43}$/, ran.wrong);
	});

	test('I5.4 J.II.C2c: the portal shows every operation of the document, to every role', async () => {
		for (const user of ['admin', 'auditor', 'dinkes-kepala', 'operator1']) {
			const b = new Browser(padan);
			await b.login(user);
			const first = await b.go('GET', '/panduan/api');
			for (const tag of doc.tags) {
				const own = Object.values(operations).filter((o) => o.said.tags[0] === tag.name);
				const re = await b.go('GET', `/panduan/api/${tag.name}`);
				assert.equal(re.status, 200);
				assert.ok(first.body.includes(`href="/panduan/api/${tag.name}"`));
				const plain = re.body.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&#34;|&quot;/g, '"').replace(/&amp;/g, '&');
				for (const o of own) {
					assert.ok(plain.includes(`<code>${BASE}${o.at}</code>`), o.id);
					for (const sample of o.said['x-codeSamples']) assert.ok(plain.includes(`>${sample.source}</pre>`), `${o.id}: ${sample.label}`);
					assert.ok(first.body.includes(`#${o.id}"`), o.id);
				}
			}
			const refusals = await b.go('GET', '/panduan/api/masalah');
			for (const k of doc.components.schemas.JenisMasalah.oneOf) assert.ok(refusals.body.includes(`id="${k.const}"`), k.const);
			assert.equal((await b.go('GET', '/panduan/api/tidak-ada')).status, 404);
		}
	});
});

describe('I5.4 doc/api-v1.md', () => {
	const text = readFileSync(path.join(root, 'doc/api-v1.md'), 'utf8');
	const programs = {
		sh: ['sh', '.sh', (said) => assert.equal(JSON.parse(said).data.nama_lgkp, 'SITI CONTOH')],
		php: ['php', '.php', (said) => assert.equal(said.trim(), 'SITI CONTOH')],
		python: ['python3', '.py', (said) => assert.match(said, /'nama_lgkp': \{'sesuai': True, 'skor': \d+\}/)],
		js: ['node', '.mjs', (said) => assert.equal(said.trim(), SITI)],
	};
	for (const [language, [program, suffix, check]] of Object.entries(programs)) {
		const there = spawnSync(program, [program === 'sh' ? '-c' : '--version'], { stdio: 'ignore' }).error?.code !== 'ENOENT';
		test(`I5.4 the sample in ${language} runs as it stands`, { skip: there ? false : `no ${program} here` }, async () => {
			const blocks = [...text.matchAll(new RegExp('```' + language + '\\n([\\s\\S]*?)```', 'g'))].map((m) => m[1]);
			assert.equal(blocks.length, 1);
			assert.ok(blocks[0].trimEnd().split('\n').length <= 5, 'four lines, and the one that PHP begins with');
			const file = path.join(padan.dir, '..', `sample${suffix}`);
			writeFileSync(file, blocks[0]);
			const ran = await shell(`exec ${program} '${file}'`);
			assert.equal(ran.code, 0, ran.wrong);
			check(ran.said);
		});
	}
});
