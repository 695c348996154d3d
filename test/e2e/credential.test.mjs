// SPDX-License-Identifier: EUPL-1.2
// Secrets of programs from being made to being ended (issue 5, point 1): on the command line and
// in the portal, as the admin and as the head see them; and the client certificates a program may
// be bound to, over TLS of its own, resumed, renewed, behind a proxy, and made up by a stranger.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { Padan, Browser, OBSERVE, freePort, text } from './padan.mjs';
import { library as faketime } from './clock.mjs';

const INQUIRY = '/dukcapil/get_json/DINKES/CALL_NIK';
const STORE = '/data_balikan/public/api/store';
const asks = (padan, password, more = {}) =>
	JSON.stringify({ NIK: padan.nik['01'][0], user_id: 'dinkes-layanan', password, IP_USER: '127.0.0.1', ...more });
const code_of = (re) => JSON.parse(re.body).content[0]?.RESPONSE_CODE ?? '01';
const told = (n) => `nik=33040601019099${n}&id_lembaga=010001&param=${encodeURIComponent('[{"KETERANGAN_KORBAN":"Hilang","JENIS_BENCANA":"Banjir"}]')}`;
const secret_in = (html) => /<dt>Rahasia<\/dt><dd class="n">([A-Za-z0-9_-]{43})<\/dd>/.exec(html)?.[1];

describe('a life', () => {
	let padan;
	const ask = async (password) => code_of(await padan.request('POST', INQUIRY, { body: asks(padan, password) }));
	const tell = async (token, n) => (await padan.request('POST', STORE, {
		body: told(n), headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-www-form-urlencoded' },
	})).status;
	const run = (...args) => padan.run('credential', args[0], padan.dir, ...args.slice(1)).trim();
	const numbers = (user) => [...run('list', user).matchAll(/^([0-9a-f]{8}) {2}(\S+)/gm)].map((m) => [m[1], m[2]]);
	before(async () => {
		padan = await (await Padan.demo({ residents: 300, settings: OBSERVE })).start();
	});
	after(() => padan?.remove());

	test('I5.1 rotated with an overlap, both work; ended, the next request is refused', async () => {
		const first = padan.accounts['dinkes-layanan'].password, second = run('rotate', 'dinkes-layanan', '--overlap', '2');
		assert.match(second, /^[A-Za-z0-9_-]{43}$/);
		assert.deepEqual([await ask(first), await ask(second)], ['01', '01']);
		const rows = numbers('dinkes-layanan');
		assert.deepEqual(rows.map((r) => r[1]), ['berlaku', 'berlaku']);
		const listed = run('list', 'dinkes-layanan');
		assert.ok(!listed.includes(first) && !listed.includes(second), 'the list has no secret');
		assert.match(listed, /sampai \d\d-\d\d-\d{4}/);
		assert.ok(!/terakhir dipakai belum pernah/.test(listed), 'both were used a moment ago');
		run('end', 'dinkes-layanan', rows[1][0]);
		assert.deepEqual([await ask(first), await ask(second)], ['03', '01']);
		assert.deepEqual(numbers('dinkes-layanan').map((r) => r[1]), ['berlaku', 'diakhiri']);
		run('end', 'dinkes-layanan', '--all');
		assert.equal(await ask(second), '03');
		padan.accounts['dinkes-layanan'].password = run('issue', 'dinkes-layanan');
		assert.equal(await ask(padan.accounts['dinkes-layanan'].password), '01');
	});

	test('I5.1 the command line says what is wrong, and journals numbers and never a secret', async () => {
		for (const [args, says] of [
			[['issue', padan.dir, 'operator1'], /hanya untuk layanan/],
			[['end', padan.dir, 'dinkes-layanan'], /nomor kredensial, atau --all/],
			[['end', padan.dir, 'dinkes-layanan', 'deadbeef'], /tidak ada kredensial berlaku/],
			[['issue', padan.dir, 'dinkes-layanan', '--expires', '2020-01-01'], /telah lewat/],
			[['rotate', padan.dir, 'dinkes-layanan', '--overlap', '400'], /overlap/],
			[['bind', padan.dir, 'dinkes-layanan', '--certificates', 'AB:CD'], /64 angka/],
			[['bind', padan.dir, 'dinkes-layanan'], /--certificates/],
		]) {
			const re = padan.tryRun('credential', ...args);
			assert.equal(re.status, re.stderr.match(/tidak ada kredensial/) ? 1 : 100, re.stderr);
			assert.match(re.stderr, says);
		}
		const secrets = [run('issue', 'dinkes-layanan'), run('issue', 'dinkes-layanan')];
		const full = padan.tryRun('credential', 'issue', padan.dir, 'dinkes-layanan');
		assert.match(full.stderr, /sudah ada 3 kredensial/);
		for (const [number] of numbers('dinkes-layanan').slice(0, 2)) run('end', 'dinkes-layanan', number);
		const acts = padan.journal().filter((e) => e.act === 'credential');
		assert.ok(acts.some((e) => /^cli: credential rotate dinkes-layanan [0-9a-f]{8}$/.test(e.about)));
		assert.ok(acts.some((e) => e.about === 'cli: credential end dinkes-layanan all'));
		assert.ok(acts.every((e) => secrets.every((s) => !e.line.includes(s))));
		assert.ok(secrets.every((s) => !padan.log().includes(s)));
	});

	test('I5.1 the admin makes one in the portal: shown once, with its minutes; the form makes no second', async () => {
		const b = new Browser(padan);
		await b.login('admin');
		await b.go('GET', '/layanan');
		assert.match(text(b.page.body), /bpbd-balikan data balikan · BPBD/);
		await b.go('GET', '/layanan/rincian?user=bpbd-balikan');
		const form = b.hidden('/layanan/kredensial');
		const re = await b.submit('/layanan/kredensial', { lama: '7', sampai: '2099-05-20' });
		const token = secret_in(re.body);
		assert.ok(token);
		assert.deepEqual([re.status, re.headers['cache-control'], re.headers['content-encoding']], [200, 'no-store', undefined]);
		assert.match(text(re.body), /Nomor kredensial [0-9a-f]{8}.*Berlaku sampai 20 Mei 2099/);
		assert.match(text(re.body), /Kredensial sebelumnya berakhir/);
		assert.equal(await tell(token, '01'), 200);
		// a reload, Back and Send, or a second click sends the same form again
		const again = await b.go('POST', '/layanan/kredensial', { form: { ...form, lama: '7', sampai: '' } });
		assert.equal(again.status, 409);
		assert.ok(!secret_in(again.body));
		const card = await b.go('GET', '/layanan/rincian?user=bpbd-balikan');
		assert.ok(!card.body.includes(token));
		assert.match(text(card.body), /BAST belum tercatat/);
		assert.match(text(card.body), /oleh admin 20-05-2099/);
		const pdf = await b.go('GET', '/layanan/bast?user=bpbd-balikan&nomor=1&tanggal=2026-01-02');
		assert.deepEqual([pdf.status, pdf.headers['content-type']], [200, 'application/pdf']);
		assert.ok(padan.journal().some((e) => e.act === 'credential' && /^credential rotate bpbd-balikan [0-9a-f]{8}$/.test(e.about) && e.user_id === 'admin'));
		for (const [fields, says] of [[{ lama: 'x' }, /Pilih apa/], [{ lama: '7', sampai: 'besok' }, /tidak dapat dibaca/], [{ lama: '7', sampai: '2020-01-01' }, /telah lewat/]]) {
			await b.go('GET', '/layanan/rincian?user=bpbd-balikan');
			const wrong = await b.submit('/layanan/kredensial', fields);
			assert.equal(wrong.status, 400);
			assert.match(text(wrong.body), says);
		}
	});

	test('I5.1 the head sees them and ends them at once, but makes none; the auditor only looks', async () => {
		const head = new Browser(padan);
		await head.login('kepala');
		const token = run('issue', 'bpbd-balikan');
		assert.equal(await tell(token, '02'), 200);
		await head.go('GET', '/layanan');
		assert.match(text(head.page.body), /bpbd-balikan/);
		assert.ok(!/dinkes/.test(head.page.body), 'nobody else');
		await head.go('GET', '/layanan/rincian?user=bpbd-balikan');
		assert.ok(!head.page.body.includes('/layanan/kredensial'), 'no form to make one');
		const { csrf } = head.hidden('/layanan/akhiri');
		assert.equal((await head.go('POST', '/layanan/kredensial', { form: { csrf, user: 'bpbd-balikan', lama: '7' } })).status, 403);
		assert.equal((await head.go('POST', '/layanan/ikatan', { form: { csrf, user: 'bpbd-balikan' } })).status, 403);
		await head.go('GET', '/layanan/rincian?user=bpbd-balikan');
		const done = await head.submit('/layanan/akhiri', { nomor: 'semua' });
		assert.match(text(done.body), /Kredensial telah diakhiri/);
		assert.match(text(done.body), /diakhiri .* oleh kepala/);
		assert.equal(await tell(token, '03'), 401);
		assert.equal((await head.go('POST', '/layanan/akhiri', { form: { csrf, user: 'bpbd-balikan', nomor: 'semua' } })).status, 409, 'over already');
		assert.equal((await head.go('GET', '/layanan/rincian?user=dinkes-layanan')).status, 404);
		assert.equal((await head.go('POST', '/layanan/akhiri', { form: { csrf, user: 'dinkes-layanan', nomor: 'semua' } })).status, 404);
		assert.equal(await ask(padan.accounts['dinkes-layanan'].password), '01');
		const auditor = new Browser(padan);
		await auditor.login('auditor');
		await auditor.go('GET', '/layanan/rincian?user=dinkes-layanan');
		assert.equal(auditor.page.status, 200);
		assert.ok(!/<form[^>]*\/layanan\//.test(auditor.page.body));
	});

	test('I5.1 narrowed to addresses in the portal, for the very next request', async () => {
		const b = new Browser(padan), password = padan.accounts['dinkes-layanan'].password;
		await b.login('admin');
		await b.go('GET', '/layanan/rincian?user=dinkes-layanan');
		assert.match(text((await b.submit('/layanan/ikatan', { alamat: '192.0.2.0/24', sidik: '' })).body), /Ikatan telah disimpan.*Hanya dari alamat 192\.0\.2\.0\/24/);
		assert.equal(await ask(password), '04');
		const wrong = await b.submit('/layanan/ikatan', { alamat: 'sana', sidik: 'AB' });
		assert.equal(wrong.status, 400);
		await b.go('GET', '/layanan/rincian?user=dinkes-layanan');
		await b.submit('/layanan/ikatan', { alamat: '', sidik: '' });
		assert.equal(await ask(password), '01');
	});

	test('I5.4 the admin says what tokens may open, for the very next request; the head sees it', async () => {
		const b = new Browser(padan), secret = padan.accounts['dinkes-layanan'].password;
		const token = async (scope) => {
			const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'dinkes-layanan', client_secret: secret, ...(scope ? { scope } : {}) }).toString();
			return JSON.parse((await padan.request('POST', '/api/v1/token', { body, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } })).body);
		};
		const kejadian = async (given) => (await padan.request('GET', '/api/v1/kejadian', { headers: { Authorization: `Bearer ${given.access_token}` } })).status;
		const before = await token();
		assert.equal(await kejadian(before), 200);
		assert.equal((await token('kejadian:write')).error, 'invalid_scope');
		await b.login('admin');
		await b.go('GET', '/layanan/rincian?user=dinkes-layanan');
		assert.equal((b.page.body.match(/type="checkbox"[^>]*checked/g) ?? []).length, 8, 'all but kejadian:write');
		const none = await b.submit('/layanan/cakupan', {});
		assert.equal(none.status, 400);
		assert.match(text(none.body), /Pilih sekurangnya satu cakupan/);
		const some = await b.submit('/layanan/cakupan', { verifikasi: '1', 'kejadian:write': '1' });
		assert.match(text(some.body), /Cakupan telah disimpan.*Cakupan token verifikasi kejadian:write Sertifikat/);
		assert.equal(await kejadian(before), 403, 'a token that lives loses it too');
		assert.equal((await token()).scope, 'verifikasi kejadian:write');
		assert.ok(padan.journal().some((e) => e.act === 'credential' && e.user_id === 'admin' && e.about === 'credential scopes dinkes-layanan verifikasi kejadian:write'));
		const head = new Browser(padan);
		await head.login('dinkes-kepala');
		await head.go('GET', '/layanan/rincian?user=dinkes-layanan');
		assert.match(text(head.page.body), /Cakupan token verifikasi kejadian:write Sertifikat/);
		assert.ok(!head.page.body.includes('/layanan/cakupan'));
		await b.go('GET', '/layanan/rincian?user=dinkes-balikan');
		assert.ok(!b.page.body.includes('name="verifikasi"'), 'data balikan asks for nobody');
		padan.fill("UPDATE user_account SET scopes = '' WHERE user_id = 'dinkes-layanan'");
	});

	test('I5.1 a secret that ends soon is a duty with its day; one that has its successor is none', async () => {
		const day = (n) => new Date(Date.now() + n * 86400e3 + 7 * 3600e3).toISOString().slice(0, 10);
		const head = new Browser(padan);
		await head.login('kepala');
		run('issue', 'bpbd-balikan', '--expires', day(12));
		assert.match(text((await head.go('GET', '/kewajiban')).body), /Kredensial layanan.*bpbd-balikan/);
		run('issue', 'bpbd-balikan', '--expires', day(400));
		assert.ok(!/bpbd-balikan/.test(text((await head.go('GET', '/kewajiban')).body)));
	});

	test('I5.1 closing the user id stops all of them', async () => {
		const password = padan.accounts['dinkes-layanan'].password;
		padan.run('user', 'close', padan.dir, 'dinkes-layanan');
		assert.equal(await ask(password), '17');
		assert.match(padan.tryRun('credential', 'issue', padan.dir, 'dinkes-layanan').stderr, /telah ditutup/);
		padan.run('user', 'reopen', padan.dir, 'dinkes-layanan');
		assert.equal(await ask(password), '01');
	});
});

// ---- names of an agency ----

describe('param keys', () => {
	let padan, token;
	const tell = async (n, param) => {
		const body = JSON.stringify([{ id_lembaga: '010001', nama_lembaga: 'Contoh', data: [{ NIK: `33040601019099${n}`, param: [param] }] }]);
		const re = await padan.request('POST', STORE, { body, headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' } });
		return { status: re.status, ...JSON.parse(re.body) };
	};
	const apply = (change) => {
		const file = JSON.parse(padan.run('agreement', 'export', padan.dir, 'BPBD', '1'));
		file.version = 2;
		file.papers = [];
		file.terms.addendum = { number: 'AD/1', signed_on: file.terms.begin, ground: 'J.II.C', subject: 'Nama kunci data balikan' };
		change(file.terms);
		const at = path.join(padan.dir, '..', 'adendum.json');
		writeFileSync(at, JSON.stringify(file));
		return padan.tryRun('agreement', 'apply', padan.dir, at);
	};
	before(async () => {
		padan = await (await Padan.demo({ residents: 200, settings: OBSERVE })).start();
		token = padan.run('credential', 'issue', padan.dir, 'bpbd-balikan').trim();
	});
	after(() => padan?.remove());

	test('I5.3 an addendum brings names of the agency\'s own; ours go on, and the same is the same', async () => {
		const ours = { KETERANGAN_KORBAN: 'Hilang', JENIS_BENCANA: 'Banjir', TANGGAL: '2026-01-31' };
		const theirs = { status: 'Hilang', Bencana: 'Banjir', SEJAK: '31-01-2026' };
		assert.equal((await tell('01', ours)).status, 200);
		assert.equal((await tell('02', theirs)).status, 422, 'before the addendum they mean nothing');
		for (const [keys, says] of [[{ TANGGAL: 'KEJADIAN' }, /param_keys\.TANGGAL.*sudah berarti yang lain/], [{ NIK: 'X' }, /tidak dikenal/]])
			assert.match(apply((t) => { t.data_balikan.param_keys = keys; }).stderr, says);
		const done = apply((t) => { t.data_balikan.param_keys = { KETERANGAN_KORBAN: 'STATUS', JENIS_BENCANA: 'BENCANA', TANGGAL: 'SEJAK' }; });
		assert.equal(done.status, 0, done.stderr);
		assert.equal((await tell('02', theirs)).status, 200);
		assert.equal((await tell('02', { ...theirs, SEJAK: undefined, TANGGAL: '31-01-2026' })).message, 'Data sudah pernah dikirim');
		assert.equal((await tell('01', ours)).message, 'Data sudah pernah dikirim');
		assert.equal((await tell('03', ours)).status, 200);
		assert.equal((await tell('04', { STATUS: 'Lari', BENCANA: 'Banjir' })).errors[0].field, 'STATUS');
		assert.equal((await tell('04', { ...theirs, KETERANGAN_KORBAN: 'Hilang' })).status, 422, 'told twice');
	});

	test('I5.3 both sides read them on the page of the version, and what the addendum changed', async () => {
		const head = new Browser(padan);
		await head.login('kepala');
		const page = text((await head.go('GET', '/perjanjian/versi?n=2')).body);
		assert.match(page, /Nama lain KETERANGAN_KORBAN STATUS/);
	});
});

// ---- certificates ----

/** A client certificate made on the spot, under the command `more`: { key, cert, sidik }. */
const made = (dir, name, ...more) => {
	const at = (end) => path.join(dir, `${name}.${end}`);
	const [command, ...before] = [...more, 'openssl'];
	execFileSync(command, [...before, 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
		'-subj', `/CN=${name}.example`, '-days', '2', '-keyout', at('key'), '-out', at('crt')], { stdio: 'ignore' });
	const cert = readFileSync(at('crt'));
	return { key: readFileSync(at('key')), cert, sidik: createHash('sha256').update(new X509Certificate(cert).raw).digest('hex') };
};

/** One request on a connection of its own; `session`: to resume. Resolves to { status, body, reused, session }. */
const once = (port, method, target, { body, headers = {}, key, cert, session, maxVersion, localAddress } = {}) =>
	new Promise((resolve, reject) => {
		let ticket;
		const socket = tls.connect({ host: '127.0.0.1', port, servername: 'localhost', rejectUnauthorized: false, key, cert, session, maxVersion, localAddress });
		socket.on('session', (s) => { ticket = s; });
		socket.once('error', reject);
		socket.once('secureConnect', () => {
			const reused = socket.isSessionReused();
			const rq = http.request({ createConnection: () => socket, method, path: target, headers: { Host: 'localhost', ...(body ? { 'Content-Length': Buffer.byteLength(body) } : {}), ...headers } }, (re) => {
				let got = '';
				re.on('data', (d) => { got += d; });
				re.on('end', () => { socket.destroy(); resolve({ status: re.statusCode, body: got, reused, session: ticket ?? socket.getSession() }); });
			});
			rq.once('error', reject);
			rq.end(body);
		});
	});

describe('client certificates', () => {
	let padan, port, dir, mine, next, other, old;
	const password = () => padan.accounts['dinkes-layanan'].password;
	const ask = async (how = {}) => code_of(await once(port, 'POST', INQUIRY, { body: asks(padan, password()), ...how }));
	const bind = (...certs) => padan.run('credential', 'bind', padan.dir, 'dinkes-layanan', '--certificates', certs.map((c) => c.sidik).join(','));
	before(async () => {
		dir = mkdtempSync(path.join(os.tmpdir(), 'padan-sertifikat-'));
		[mine, next, other] = ['klien', 'pengganti', 'asing'].map((n) => made(dir, n));
		/* the library itself: the command `faketime` wants a name in shared memory that an earlier process may have left */
		old = made(dir, 'lama', 'env', `LD_PRELOAD=${faketime}`, 'FAKETIME=@2020-01-01 00:00:00');
		port = await freePort();
		padan = await (await Padan.demo({ residents: 300, settings: {
			...OBSERVE, 'api.listen': `127.0.0.1:${port}`, 'api.client_cert': 'ask',
			'proxy.trusted': '127.0.0.9', 'proxy.client_cert_header': 'X-Client-Cert',
		} })).start();
	});
	after(async () => {
		await padan?.remove();
		rmSync(dir, { recursive: true, force: true });
	});

	test('I5.1 mTLS: who is bound comes with the right one, or is refused as 04; who is not is asked for nothing', async () => {
		assert.deepEqual([await ask(), await ask(mine)], ['01', '01']);
		bind(mine);
		for (const maxVersion of ['TLSv1.2', 'TLSv1.3'])
			assert.deepEqual([await ask({ maxVersion }), await ask({ ...mine, maxVersion }), await ask({ ...other, maxVersion })], ['04', '01', '04'], maxVersion);
		const wrong = await once(port, 'POST', INQUIRY, { body: asks(padan, 'x'.repeat(43)), ...mine });
		assert.equal(code_of(wrong), '03', 'a wrong secret is a wrong secret, whatever certificate stands beside it');
		const refused = padan.journal().filter((e) => e.act === 'lookup').filter((e) => e.ground === 'certificate');
		assert.ok(refused.length >= 4 && refused.every((e) => e.outcome === '04' && e.clause === 'P2.1b'));
	});

	test('I5.1 mTLS: a key that is not the certificate\'s never gets through the handshake', async () => {
		await assert.rejects(ask({ key: other.key, cert: mine.cert }));
	});

	test('I5.1 mTLS: a resumed session keeps the certificate it began with, and gains none', async () => {
		for (const maxVersion of ['TLSv1.2', 'TLSv1.3']) {
			const begun = await once(port, 'POST', INQUIRY, { body: asks(padan, password()), ...mine, maxVersion });
			const bare = await once(port, 'POST', INQUIRY, { body: asks(padan, password()), maxVersion });
			assert.deepEqual([code_of(begun), code_of(bare)], ['01', '04']);
			const again = await once(port, 'POST', INQUIRY, { body: asks(padan, password()), maxVersion, session: begun.session });
			assert.deepEqual([again.reused, code_of(again)], [true, '01'], maxVersion);
			const still = await once(port, 'POST', INQUIRY, { body: asks(padan, password()), ...mine, maxVersion, session: bare.session });
			assert.ok(!still.reused || code_of(still) === '04', maxVersion);
		}
	});

	test('I5.1 mTLS: renewed with an overlap; an end is the removal of the pin, for a session that lives on too', async () => {
		bind(mine, next);
		assert.deepEqual([await ask(mine), await ask(next), await ask(other)], ['01', '01', '04']);
		const begun = await once(port, 'POST', INQUIRY, { body: asks(padan, password()), ...mine });
		bind(next);
		assert.deepEqual([await ask(mine), await ask(next)], ['04', '01']);
		const again = await once(port, 'POST', INQUIRY, { body: asks(padan, password()), session: begun.session });
		assert.deepEqual([again.reused, code_of(again)], [true, '04']);
		// the dates in it are its maker's own words: what is pinned is this very certificate (decision 0030)
		assert.equal(await ask(old), '04');
		bind(old);
		assert.equal(await ask(old), '01');
		bind(mine);
	});

	test('I5.1 mTLS: the token of data balikan is bound as its user id is', async () => {
		const token = padan.run('credential', 'issue', padan.dir, 'bpbd-balikan').trim();
		const tell = async (n, how) => once(port, 'POST', STORE, { body: told(n), headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-www-form-urlencoded' }, ...how });
		assert.equal((await tell('11')).status, 200);
		padan.run('credential', 'bind', padan.dir, 'bpbd-balikan', '--certificates', other.sidik);
		const re = await tell('12');
		assert.deepEqual([re.status, JSON.parse(re.body).message], [403, 'IP Address Tidak Sesuai']);
		assert.deepEqual([(await tell('12', mine)).status, (await tell('12', other)).status], [403, 200]);
	});

	test('I5.1 mTLS: /api/v1 gives no token without it', async () => {
		const basic = Buffer.from(`dinkes-layanan:${password()}`).toString('base64');
		const form = { body: 'grant_type=client_credentials', headers: { Authorization: `Basic ${basic}`, 'Content-Type': 'application/x-www-form-urlencoded' } };
		const refused = await once(port, 'POST', '/api/v1/token', form);
		assert.equal(refused.status, 401, refused.body);
		const given = await once(port, 'POST', '/api/v1/token', { ...form, ...mine });
		assert.equal(given.status, 200, given.body);
		assert.match(JSON.parse(given.body).access_token, /^[A-Za-z0-9_-]{43}$/);
	});

	test('I5.1 mTLS: a proxy names the certificate; a stranger who writes the header names nothing', async () => {
		const heads = (value) => ({ headers: { 'X-Client-Cert': value, 'X-Real-IP': '127.0.0.1' } });
		const proxy = { localAddress: '127.0.0.9' };
		const pem = encodeURIComponent(mine.cert.toString());
		const der = `:${new X509Certificate(mine.cert).raw.toString('base64')}:`;
		for (const form of [mine.sidik, mine.sidik.toUpperCase(), pem, der])
			assert.deepEqual([await ask({ ...proxy, ...heads(form) }), await ask(heads(form))], ['01', '04']);
		assert.equal(await ask({ ...proxy, ...heads(other.sidik) }), '04');
		assert.equal(await ask({ ...proxy, ...mine, headers: { 'X-Real-IP': '127.0.0.1' } }), '04', 'the proxy\'s own certificate speaks for nobody');
		assert.equal((await once(port, 'POST', INQUIRY, { body: asks(padan, password()), ...proxy, ...heads('omong kosong') })).status, 400);
		assert.equal(await ask({ ...mine, ...heads(other.sidik) }), '01', 'and a stranger\'s header takes nothing from his own');
	});

	test('I5.1 mTLS: browsers are never asked, and the setting wants an address of its own', async () => {
		const asked = (to) => new Promise((resolve, reject) => {
			const out = execFileSync('sh', ['-c', `echo | openssl s_client -connect 127.0.0.1:${to} -tls1_2 2>&1 || true`], { encoding: 'utf8' });
			if (!/Server certificate/.test(out)) reject(new Error(out));
			resolve(/Client Certificate Types|Acceptable client certificate|Requested Signature Algorithms/.test(out));
		});
		assert.deepEqual([await asked(port), await asked(padan.port)], [true, false]);
		for (const more of [[], ['--set', 'api.listen=127.0.0.1:8443'], ['--set', 'api.listen=127.0.0.1:1', '--set', 'tls=off']]) {
			const re = padan.tryRun('serve', padan.dir, '--set', 'portal.listen=127.0.0.1:8443', '--set', 'api.client_cert=ask', ...more);
			assert.equal(re.status, 100);
			assert.match(re.stderr, /api\.client_cert/);
		}
	});
});
