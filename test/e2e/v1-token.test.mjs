// SPDX-License-Identifier: EUPL-1.2
// /api/v1/token and /revoke (issue 5 point 4): client credentials as OAuth clients speak them
// (RFC 6749 2.3.1, 4.4, 5; RFC 7009), each error in its form, guesses that gain nothing and
// hold nobody up, and a revocation that acts on the very next call.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { office, siti, send, form, token, ask, problem, addendum } from './v1.mjs';

const TOKEN = '/api/v1/token', REVOKE = '/api/v1/revoke', DATA = '/api/v1/verifikasi';
const GRANT = { grant_type: 'client_credentials' };
const USUAL = 'verifikasi kesesuaian balikan:read balikan:write kejadian:read perjanjian:read jurnal:read pemakaian:read';

let padan, user;
before(async () => {
	padan = await office();
	user = ['dinkes-layanan', padan.accounts['dinkes-layanan'].password];
});
after(() => padan?.remove());

/** RFC 6749 5.1 */
const given = (re, scope) => {
	assert.equal(re.status, 200, re.text);
	const { access_token, ...rest } = re.json;
	assert.match(access_token, /^[A-Za-z0-9_-]{43}$/);
	assert.deepEqual(rest, { token_type: 'Bearer', expires_in: 3600, scope });
	assert.equal(re.headers['content-type'], 'application/json');
	assert.equal(re.headers['cache-control'], 'no-store');
	assert.ok(re.headers['x-request-id']);
	return access_token;
};
/** RFC 6749 5.2 */
const refused = (re, status, error, why = '') => {
	assert.equal(re.status, status, `${why}: ${re.text}`);
	assert.deepEqual(Object.keys(re.json), ['error', 'error_description'], why);
	assert.equal(re.json.error, error, why);
	assert.ok(re.json.error_description, why);
	assert.equal(re.headers['content-type'], 'application/json');
	assert.equal(re.headers['cache-control'], 'no-store');
	assert.equal(re.headers['www-authenticate'], status === 401 ? 'Basic realm="Padan"' : undefined, why);
	assert.ok(!/access_token/.test(re.text));
};
const works = async (bearer, why) => assert.equal((await ask(padan, DATA, { nik: siti.nik }, { bearer })).status, 200, why);
const dead = async (bearer, why) => problem(await ask(padan, DATA, { nik: siti.nik }, { bearer }), 401, 'token-tidak-berlaku', why);
const credentials = () => padan.journal().filter((e) => e.act === 'credential');

describe('a token', () => {
	test('by HTTP Basic, or in the form; with all scopes of the user id, or those asked for', async () => {
		await works(given(await form(padan, TOKEN, GRANT, { basic: user }), USUAL));
		await works(given(await form(padan, TOKEN, { ...GRANT, client_id: user[0], client_secret: user[1] }), USUAL));
		await works(given(await form(padan, TOKEN, { ...GRANT, client_id: user[0] }, { basic: user }), USUAL), 'the id said twice');
		await works(given(await form(padan, TOKEN, { ...GRANT, scope: '' }, { basic: [user[0].toUpperCase(), user[1]] }), USUAL));
		given(await form(padan, TOKEN, { ...GRANT, scope: 'jurnal:read verifikasi jurnal:read' }, { basic: user }), 'verifikasi jurnal:read');
		given(await form(padan, TOKEN, GRANT, { headers: { Authorization: `basic  ${Buffer.from(user.join(':')).toString('base64')}` } }), USUAL);
		assert.deepEqual([credentials().at(-1).about, credentials().at(-1).user_id, credentials().at(-1).outcome], ['access issue', 'dinkes-layanan', 'ok']);
	});

	test('each is another one, of 256 bits, kept as a keyed hash, and written down nowhere', async () => {
		const all = await Promise.all(Array.from({ length: 20 }, () => token(padan)));
		assert.equal(new Set(all).size, 20);
		const lines = padan.journal().map((e) => e.line).join('\n') + padan.log();
		for (const one of [...all, user[1]]) assert.ok(!lines.includes(one));
		if (padan.stores['office.url']) return; // its files are the engine's
		const kept = readdirSync(padan.dir).filter((f) => f.startsWith('office.db')).map((f) => readFileSync(path.join(padan.dir, f)));
		assert.ok(kept.some((bytes) => bytes.includes('jurnal:read')), 'or this test proves nothing');
		for (const one of all)
			for (const shape of [one, Buffer.from(one, 'base64url'), createHash('sha256').update(one).digest(), createHash('sha256').update(Buffer.from(one, 'base64url')).digest()])
				assert.ok(!kept.some((bytes) => bytes.includes(shape)));
	});

	test('of one user id the latest hundred live', async () => {
		const first = await token(padan);
		for (let i = 0; i < 4; i++) await Promise.all(Array.from({ length: 25 }, () => token(padan)));
		await dead(first, 'the oldest');
		assert.equal(padan.office("SELECT count(*) AS n FROM access_token a JOIN user_account u ON u.user_key = a.user_key WHERE u.user_id = 'dinkes-layanan'")[0].n, 100);
	});
});

describe('errors of RFC 6749 5.2', () => {
	test('invalid_request: no form, or no grant_type', async () => {
		refused(await form(padan, TOKEN, {}, { basic: user }), 400, 'invalid_request', 'no grant_type');
		refused(await form(padan, TOKEN, { grant_type: '' }, { basic: user }), 400, 'invalid_request', 'an empty one');
		refused(await send(padan, 'POST', TOKEN, { headers: { Authorization: `Basic ${Buffer.from(user.join(':')).toString('base64')}` } }), 400, 'invalid_request', 'nothing');
		refused(await ask(padan, TOKEN, { ...GRANT, client_id: user[0], client_secret: user[1] }), 400, 'invalid_request', 'JSON');
		refused(await form(padan, TOKEN, GRANT, { basic: user, headers: { 'Content-Type': 'text/plain' } }), 400, 'invalid_request', 'text/plain');
		refused(await send(padan, 'POST', TOKEN, { body: 'grant_type=client_credentials&x=%ff', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }), 400, 'invalid_request', 'no UTF-8');
	});

	test('unsupported_grant_type', async () => {
		for (const grant_type of ['password', 'authorization_code', 'refresh_token', 'CLIENT_CREDENTIALS', 'x'])
			refused(await form(padan, TOKEN, { grant_type }, { basic: user }), 400, 'unsupported_grant_type', grant_type);
	});

	test('invalid_scope: unknown, not allowed, or badly written', async () => {
		for (const scope of ['semua', 'kejadian:write', 'verifikasi kejadian:write', 'Verifikasi', 'verifikasi,kesesuaian', ' ', 'verifikasi ', 'verifikasi  kesesuaian', 'x'.repeat(300)])
			refused(await form(padan, TOKEN, { ...GRANT, scope }, { basic: user }), 400, 'invalid_scope', scope);
		padan.fill("UPDATE user_account SET scopes = 'kejadian:write verifikasi' WHERE user_id = 'dinkes-layanan'");
		given(await form(padan, TOKEN, GRANT, { basic: user }), 'verifikasi kejadian:write');
		refused(await form(padan, TOKEN, { ...GRANT, scope: 'kesesuaian' }, { basic: user }), 400, 'invalid_scope');
		padan.fill("UPDATE user_account SET scopes = '' WHERE user_id = 'dinkes-layanan'");
	});

	test('doc/decision/0006: a user id for data balikan is given what telling needs, and no more', async () => {
		const telling = ['dinkes-balikan', padan.tokens.DINKES];
		given(await form(padan, TOKEN, GRANT, { basic: telling }), 'balikan:read balikan:write kejadian:read perjanjian:read');
		refused(await form(padan, TOKEN, { ...GRANT, scope: 'verifikasi' }, { basic: telling }), 400, 'invalid_scope');
	});

	test('invalid_client: nobody, wrong, both ways at once, a person, an address outside; all of it reads the same', async () => {
		const [id, secret] = user, wrong = 'A'.repeat(43);
		const nothing = { 'nothing': [GRANT], 'no secret': [{ ...GRANT, client_id: id }], 'an empty one': [{ ...GRANT, client_id: id, client_secret: '' }], 'no id': [{ ...GRANT, client_secret: secret }],
			'both ways': [{ ...GRANT, client_id: id, client_secret: secret }, { basic: user }], 'two ids': [{ ...GRANT, client_id: 'lain' }, { basic: user }],
			'Bearer': [GRANT, { headers: { Authorization: `Bearer ${secret}` } }], 'no colon': [GRANT, { headers: { Authorization: `Basic ${Buffer.from(id).toString('base64')}` } }],
			'no base64': [GRANT, { headers: { Authorization: 'Basic !!!' } }], 'far too long': [GRANT, { basic: [id, 'x'.repeat(400)] }] };
		for (const [why, [fields, more]] of Object.entries(nothing)) refused(await form(padan, TOKEN, fields, more), 401, 'invalid_client', why);
		const said = [];
		let n = 20;
		for (const basic of [[id, wrong], [id, `${secret} `], [id, secret.slice(0, -1)], ['tidak-ada', secret], ['dinkes-operator', padan.accounts['dinkes-operator'].password], ['dinkes-balikan', secret],
			[`${id}'--`, secret], ['x\u0000y', secret], [id, padan.tokens.DINKES]]) {
			const re = await form(padan, TOKEN, GRANT, { basic, from: `127.0.0.${n++}` });
			refused(re, 401, 'invalid_client', basic[0]);
			said.push(re.text);
		}
		assert.equal(new Set(said).size, 1, said.join('\n'));
		assert.equal(credentials().at(-1).ground, 'credential_wrong');
	});

	test('what is too large is 413, another method 405, whichever', async () => {
		problem(await form(padan, TOKEN, { ...GRANT, x: 'x'.repeat(5000) }, { basic: user }), 413, 'terlalu-besar');
		for (const target of [TOKEN, REVOKE])
			for (const method of ['GET', 'PUT', 'DELETE']) problem(await send(padan, method, target), 405, 'metode-tidak-sesuai', method);
	});
});

describe('guesses', () => {
	test('are counted by address, wait, leave no trace meanwhile; a right secret is never held up', async () => {
		const from = '127.0.0.99', at = credentials().length;
		const codes = [];
		for (let i = 0; i < 30; i++) {
			const re = await form(padan, TOKEN, GRANT, { basic: [user[0], `tebakan-${i}`], from });
			codes.push(re.status);
			refused(re, re.status, re.status === 429 ? 'temporarily_unavailable' : 'invalid_client');
			if (re.status === 429) assert.ok(Number(re.headers['retry-after']) > 0);
		}
		assert.deepEqual(codes.slice(0, 5), Array(5).fill(401));
		assert.ok(codes.filter((c) => c === 429).length >= 15, codes.join(' '));
		assert.equal(credentials().length - at, codes.filter((c) => c === 401).length);
		given(await form(padan, TOKEN, GRANT, { basic: user, from }), USUAL);
		refused(await form(padan, TOKEN, GRANT, { basic: [user[0], 'tebakan'], from: '127.0.0.98' }), 401, 'invalid_client', 'another address waits for nobody');
	});

	test('invented user ids count as one', async () => {
		const codes = [];
		for (let i = 0; i < 20; i++) codes.push((await form(padan, TOKEN, GRANT, { basic: [`karangan-${i}`, 'x'], from: '127.0.0.97' })).status);
		assert.ok(codes.filter((c) => c === 429).length >= 10, codes.join(' '));
	});

	test('revoking is guarded the same way', async () => {
		const codes = [];
		for (let i = 0; i < 20; i++) codes.push((await form(padan, REVOKE, { token: 'x' }, { basic: [user[0], `tebakan-${i}`], from: '127.0.0.96' })).status);
		assert.ok(codes.includes(401) && codes.includes(429), codes.join(' '));
	});
});

describe('revoking (RFC 7009)', () => {
	test('acts on the very next call, on that token alone, and says the same whatever it was', async () => {
		const one = await token(padan), two = await token(padan);
		await works(one);
		for (const sent of [one, one, 'tidak-dikenal', 'x'.repeat(2000)]) {
			const re = await form(padan, REVOKE, { token: sent, token_type_hint: 'access_token' }, { basic: user });
			assert.equal(re.status, 200, re.text);
		}
		await dead(one);
		await works(two);
		const ends = credentials().filter((e) => e.about === 'access end');
		assert.deepEqual(ends.map((e) => [e.user_id, e.outcome]), Array(4).fill(['dinkes-layanan', 'ok']));
	});

	test('nobody ends another\'s', async () => {
		const one = await token(padan);
		assert.equal((await form(padan, REVOKE, { token: one }, { basic: ['dinkes-balikan', padan.tokens.DINKES] })).status, 200);
		await works(one);
		refused(await form(padan, REVOKE, { token: one }), 401, 'invalid_client', 'without a secret');
		refused(await form(padan, REVOKE, { token: one }, { headers: { Authorization: `Bearer ${one}` } }), 401, 'invalid_client', 'with the token itself');
		refused(await form(padan, REVOKE, {}, { basic: user }), 400, 'invalid_request', 'no token');
		await works(one);
	});
});

describe('who is stopped', () => {
	test('P2.1b: outside the allow-list a right secret is a wrong one; an inactive agency gets a token that opens nothing', async () => {
		const p = await office();
		const mine = ['dinkes-layanan', p.accounts['dinkes-layanan'].password];
		addendum(p, (f) => { f.terms.allow = ['127.0.0.1/32', '127.0.0.2/32']; });
		const outside = await form(p, TOKEN, GRANT, { basic: mine, from: '127.0.0.3' });
		refused(outside, 401, 'invalid_client', 'outside');
		assert.equal(outside.text, (await form(p, TOKEN, GRANT, { basic: [mine[0], 'salah'], from: '127.0.0.3' })).text);
		p.run('user', 'change', p.dir, 'dinkes-layanan', '--addresses', '127.0.0.2/32');
		refused(await form(p, TOKEN, GRANT, { basic: mine }), 401, 'invalid_client', 'outside its own narrowing');
		const bearer = given(await form(p, TOKEN, GRANT, { basic: mine, from: '127.0.0.2' }), USUAL);
		problem(await ask(p, DATA, { nik: siti.nik }, { bearer }), 403, 'alamat-tidak-sesuai', 'the token from elsewhere');
		p.run('agreement', 'state', p.dir, 'DINKES', 'suspended', '--note', 'contoh');
		const stopped = given(await form(p, TOKEN, GRANT, { basic: mine, from: '127.0.0.2' }), USUAL);
		problem(await ask(p, DATA, { nik: siti.nik }, { bearer: stopped, from: '127.0.0.2' }), 403, 'instansi-tidak-aktif');
		p.run('user', 'close', p.dir, 'dinkes-layanan');
		refused(await form(p, TOKEN, GRANT, { basic: mine, from: '127.0.0.2' }), 400, 'unauthorized_client', 'closed, and the secret right');
		refused(await form(p, TOKEN, GRANT, { basic: [mine[0], 'salah'], from: '127.0.0.2' }), 401, 'invalid_client', 'closed, and the secret wrong');
		await p.remove();
	});

	test('P2.2g: a page that is refused for what stands against the program is journaled with its ground and clause, and a flood a few times', async (t) => {
		const p = await office();
		t.after(() => p.remove());
		const bearer = await token(p), at = p.journal().length;
		const page = (target, from) => send(p, 'GET', `/api/v1/${target}`, { headers: { Authorization: `Bearer ${bearer}` }, from });
		const fresh = () => p.journal().slice(at).filter((e) => e.act === 'credential' && e.outcome === 'refused')
			.map((e) => [e.ground, e.clause, e.about, e.user_id, e.peer]);
		const entry = (ground, clause, about, peer) => [ground, clause, about, 'dinkes-layanan', peer];
		addendum(p, (f) => { f.terms.allow = ['127.0.0.1/32', '127.0.0.2/32']; });
		const outside = entry('peer_unknown', 'P2.1b', 'scope balikan:read', '127.0.0.3');
		problem(await page('balikan', '127.0.0.3'), 403, 'alamat-tidak-terdaftar');
		assert.deepEqual(fresh(), [outside]);
		for (let i = 1; i < 5; i++) problem(await page('balikan', '127.0.0.3'), 403, 'alamat-tidak-terdaftar');
		p.longWaits();
		for (let i = 0; i < 10; i++) problem(await page('balikan', '127.0.0.3'), 403, 'alamat-tidak-terdaftar', 'told as before');
		let want = Array(5).fill(outside);
		assert.deepEqual(fresh(), want, 'five of fifteen');
		const stopped = async (target, from, slug, ...rest) => {
			problem(await page(target, from), 403, slug);
			assert.deepEqual(fresh(), want = [...want, entry(...rest, from)], slug);
		};
		p.run('user', 'change', p.dir, 'dinkes-layanan', '--addresses', '127.0.0.2/32');
		await stopped('kuota', '127.0.0.1', 'alamat-tidak-sesuai', 'peer_narrowed', 'P2.1b', 'scope perjanjian:read');
		p.run('agreement', 'state', p.dir, 'DINKES', 'suspended', '--note', 'contoh');
		await stopped('jurnal', '127.0.0.2', 'instansi-tidak-aktif', 'suspended', 'P9.1', 'scope jurnal:read');
		const [{ id }] = p.office("SELECT min(kejadian_id) AS id FROM kejadian WHERE instansi_id = (SELECT instansi_id FROM instansi WHERE code = 'DINKES')");
		assert.equal((await page(`balikan?kejadian=${id}`, '127.0.0.2')).status, 200, 'a duty goes on');
		p.run('user', 'close', p.dir, 'dinkes-layanan');
		await stopped('balikan', '127.0.0.2', 'user-id-tidak-aktif', 'user_closed', 'J.II.A', 'scope balikan:read');
		await stopped('status', '127.0.0.2', 'user-id-tidak-aktif', 'user_closed', 'J.II.A', 'access');
	});
});
