// SPDX-License-Identifier: EUPL-1.2
// What an attacker would try at the portal (DESIGN 7), each threat named in its test:
// doors opened with the wrong key, forged forms, guesses, injected text, broken HTTP.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import net from 'node:net';
import tls from 'node:tls';
import { chmodSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Padan, Browser, root, text } from './padan.mjs';

let padan;
before(async () => {
	padan = await Padan.demo();
	padan.run('journal', 'checkpoint', padan.dir); /* so that entry 0 has its proof */
	await padan.start();
});
after(() => padan?.remove());

const cookies = (b) => [...b.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
const lookups = () => padan.journal().filter((e) => e.act === 'lookup').length;
const used = () => padan.office('SELECT coalesce(sum(used), 0) AS used FROM quota_day')[0].used;

/** Bytes as they are over TLS; resolves to what came back until the end or `ms`. */
const raw = (bytes, { ms = 3000, keep = false } = {}) =>
	new Promise((resolve) => {
		let got = '';
		const s = tls.connect({ host: '127.0.0.1', port: padan.port, rejectUnauthorized: false, servername: 'localhost' }, () => s.write(bytes));
		const end = () => { s.destroy(); resolve(got); };
		s.setTimeout(ms, end);
		s.on('data', (d) => { got += d.toString('latin1'); if (!keep && /\r\n\r\n/.test(got) && /^Connection: close/im.test(got)) { /* the end follows */ } });
		s.on('error', end);
		s.on('close', end);
	});
const statuses = (answer) => [...answer.matchAll(/HTTP\/1\.[01] (\d{3})/g)].map((m) => Number(m[1]));
const alive = async () => assert.equal((await padan.request('GET', '/masuk')).status, 200);

// ---- who may come in ----

const GETS = ['/', '/panduan', '/panduan/balikan', '/panduan/latihan', '/verifikasi', '/slip', '/kejadian', '/kalender', '/sandi', '/sesi', '/keluar', '/kode/daftar', '/kode/atur', '/kejadian/arsip', '/korban', '/balikan', '/korban/unduh', '/korban/unggah', '/korban/unggah/contoh', '/balikan/kirim',
	'/layanan',
	'/panduan/pengawasan',
	'/dasbor',
	'/dasbor/sekarang',
	'/panduan/api',
	'/panduan/api/verifikasi',
	'/pemeliharaan',
	'/riwayat',
	'/evaluasi',
	'/evaluasi/baru',
	'/insiden',
	'/insiden/baru',
	'/telusur',
	'/laporan',
	'/laporan/baru',
	'/jurnal',
	'/jurnal/entri?seq=0',
	'/jurnal/bukti?seq=0',
	'/jurnal/keutuhan',
	'/jurnal/ekspor',
	'/jurnal/tanda-tangan',
];
const POSTS = ['/kalender', '/verifikasi', '/verifikasi/slip', '/slip', '/kejadian', '/kejadian/baru', '/kejadian/tutup', '/korban/catat', '/korban/cari', '/sandi', '/sesi', '/keluar', '/kode', '/kode/daftar', '/kode/atur', '/korban/orang', '/korban/unggah', '/korban/unggah/simpan', '/korban/unggah/buang', '/balikan/kirim',
	'/layanan/kredensial',
	'/layanan/akhiri',
	'/layanan/ikatan',
	'/layanan/cakupan',
	'/pemeliharaan',
	'/pemeliharaan/batal',
	'/riwayat',
	'/riwayat/cetak',
	'/evaluasi/baru',
	'/evaluasi/isi',
	'/evaluasi/langkah',
	'/insiden/baru',
	'/insiden/langkah',
	'/insiden/akses',
	'/telusur',
	'/laporan/baru',
	'/laporan/teks',
	'/laporan/langkah',
	'/jurnal/periksa',
	'/jurnal/checkpoint',
	'/jurnal/tanda-tangan',
	'/jurnal/kunci',
	'/jurnal/kunci/sahkan',
	'/jurnal/kunci/akhiri',
];
const SERVICES = ['/data_balikan/public/api/store', '/databalikan/api/store'];
const WITH_TOKEN = [
	['POST', '/api/v1/verifikasi'],
	['POST', '/api/v1/kesesuaian'],
];
const CLOSED = {
	admin: ['/verifikasi', '/verifikasi/slip', '/kejadian', '/kejadian/baru', '/kejadian/tutup', '/korban/catat', '/korban/cari', '/kejadian/arsip', '/korban/orang', '/korban/unduh', '/korban/unggah', '/korban/unggah/contoh', '/korban/unggah/simpan', '/korban/unggah/buang', '/laporan/teks'],
	auditor: ['POST /kalender', '/verifikasi', '/verifikasi/slip', '/kejadian', '/kejadian/baru', '/kejadian/tutup', '/korban/catat', '/korban/cari', '/kejadian/arsip', '/korban/orang', '/korban/unduh', '/korban/unggah', '/korban/unggah/contoh', '/korban/unggah/simpan', '/korban/unggah/buang', 'POST /balikan/kirim', '/layanan/kredensial', '/layanan/akhiri', '/layanan/ikatan', '/layanan/cakupan', 'POST /pemeliharaan', '/pemeliharaan/batal', '/evaluasi/baru', '/evaluasi/isi', '/evaluasi/langkah', '/insiden/baru', '/insiden/langkah', '/insiden/akses', '/laporan/baru', '/laporan/teks', '/laporan/langkah', 'POST /jurnal/checkpoint', 'POST /jurnal/tanda-tangan', '/jurnal/kunci', '/jurnal/kunci/sahkan', '/jurnal/kunci/akhiri'],
	operator1: ['/slip', 'POST /kalender', '/balikan', '/balikan/kirim', '/layanan', '/layanan/kredensial', '/layanan/akhiri', '/layanan/ikatan', '/layanan/cakupan', '/pemeliharaan', '/pemeliharaan/batal', '/riwayat', '/riwayat/cetak', '/evaluasi', '/evaluasi/baru', '/evaluasi/isi', '/evaluasi/langkah', '/insiden', '/insiden/baru', '/insiden/langkah', '/insiden/akses', '/telusur', '/laporan', '/laporan/baru', '/laporan/teks', '/laporan/langkah', '/dasbor', '/dasbor/sekarang', '/jurnal', '/jurnal/entri?seq=0', '/jurnal/bukti?seq=0', '/jurnal/keutuhan', '/jurnal/ekspor', '/jurnal/tanda-tangan', '/jurnal/periksa', '/jurnal/checkpoint', '/jurnal/kunci', '/jurnal/kunci/sahkan', '/jurnal/kunci/akhiri'],
	kepala: ['POST /kalender', '/balikan', '/balikan/kirim', '/layanan/kredensial', '/layanan/ikatan', '/layanan/cakupan', '/pemeliharaan', '/pemeliharaan/batal', '/riwayat', '/riwayat/cetak', '/evaluasi/baru', '/evaluasi/isi', '/evaluasi/langkah', '/telusur', '/jurnal', '/jurnal/entri?seq=0', '/jurnal/bukti?seq=0', '/jurnal/keutuhan', '/jurnal/ekspor', '/jurnal/periksa', 'POST /jurnal/checkpoint', '/jurnal/kunci/sahkan'],
};

describe('threat: a door opened with the wrong key', () => {
	test('without a session every page leads to the sign-in, and every form is refused', async () => {
		for (const p of GETS) {
			const re = await padan.request('GET', p);
			assert.deepEqual([p, re.status, re.headers.location], [p, 303, '/masuk']);
			assert.equal(re.body, '');
		}
		for (const p of POSTS) {
			const b = new Browser(padan);
			const re = await b.go('POST', p, { form: { nik: padan.nik['01'][0], csrf: 'x', kejadian: '1', sesi: 'lain', semua: '1' }, follow: false });
			assert.ok([303, 403].includes(re.status), `${p} ${re.status}`);
		}
		assert.equal(lookups(), 0);
	});

	for (const [user, closed] of Object.entries(CLOSED))
		test(`${user}: each route of another role is closed, with a valid token too`, async () => {
			const b = new Browser(padan);
			await b.login(user);
			await b.go('GET', '/sesi');
			const { csrf } = b.hidden('/keluar');
			assert.ok(csrf);
			for (const p of GETS)
				assert.equal((await padan.request('GET', p, { headers: { Cookie: cookies(b) } })).status, closed.includes(p) ? 403 : 200, `GET ${p}`);
			for (const p of POSTS.filter((one) => closed.includes(one) || closed.includes(`POST ${one}`)))
				assert.equal((await b.go('POST', p, { form: { csrf, nik: padan.nik['01'][0], kejadian: '1' }, follow: false })).status, 403, `POST ${p}`);
		});

	test('services want a token: no session opens them, whoever it belongs to', async () => {
		const form = new URLSearchParams({ nik: padan.nik['01'][0], id_lembaga: '010001', param: '[{"KETERANGAN_KORBAN":"Hilang","JENIS_BENCANA":"Banjir"}]' }).toString();
		for (const user of [null, 'admin', 'auditor', 'operator1', 'kepala']) {
			const b = new Browser(padan);
			if (user) await b.login(user);
			for (const p of SERVICES) {
				const re = await padan.request('POST', p, { body: form, headers: { Cookie: cookies(b), 'Content-Type': 'application/x-www-form-urlencoded', Origin: padan.url } });
				assert.deepEqual([re.status, re.headers['content-type'], re.headers['set-cookie']], [401, 'application/json', undefined], `${user} ${p}`);
			}
		}
		assert.equal(padan.office('SELECT count(*) AS n FROM feedback_entry')[0].n, 0);
	});

	test('/api/v1 wants a token: no session opens an operation, and no credential of the other services', async () => {
		const rows = [...readFileSync(path.join(root, 'src/api/routes.c'), 'utf8').matchAll(/HTTP_(GET|POST), "([^"]+)", 0, ROUTE_BEARER\b/g)];
		assert.ok(rows.length >= 8);
		const { token } = JSON.parse(readFileSync(path.join(padan.dir, 'demo-accounts.json'))).tokens[0];
		for (const user of [null, 'admin', 'auditor', 'operator1', 'kepala']) {
			const b = new Browser(padan);
			if (user) await b.login(user);
			for (const [, method, p] of rows) {
				const body = method === 'POST' ? { body: '{}' } : {};
				const re = await padan.request(method, p.replace('*', '1'), { ...body, headers: { Cookie: cookies(b), 'Content-Type': 'application/json', Origin: padan.url } });
				assert.deepEqual([re.status, re.headers['content-type'], re.headers['set-cookie']], [401, 'application/problem+json', undefined], `${user} ${method} ${p}`);
				assert.match(re.headers['www-authenticate'], /^Bearer realm="[^"]+"$/);
			}
		}
		const [, method, p] = rows[0];
		const re = await padan.request(method, p, { headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' } });
		assert.ok([401, 429].includes(re.status), 'the secret itself is no access token');
	});

	test('inquiries of programs want a secret: no session stands for one, whoever it belongs to', async () => {
		for (const user of [null, 'admin', 'auditor', 'operator1', 'kepala', 'dinkes-operator']) {
			const b = new Browser(padan);
			if (user) await b.login(user);
			for (const [more, code] of [[{}, '09'], [{ user_id: user ?? 'x', password: padan.accounts[user]?.password ?? 'x', IP_USER: '127.0.0.1' }, '03']]) {
				const re = await padan.request('POST', '/dukcapil/get_json/DINKES/CALL_NIK', { body: JSON.stringify({ NIK: padan.nik['01'][0], ...more }), headers: { Cookie: cookies(b), Origin: padan.url } });
				assert.deepEqual([re.status, JSON.parse(re.body).content[0].RESPONSE_CODE, re.headers['set-cookie']], [200, code, undefined], String(user));
			}
		}
		assert.equal(used(), 0);
	});

	test('/api/v1 wants an access token: neither a session nor a secret stands for one, whoever it belongs to', async () => {
		for (const user of [null, 'admin', 'auditor', 'operator1', 'kepala', 'dinkes-operator']) {
			const b = new Browser(padan);
			if (user) await b.login(user);
			for (const [method, target] of WITH_TOKEN)
				for (const more of [{}, { Authorization: `Basic ${Buffer.from(`dinkes-layanan:${padan.accounts['dinkes-layanan'].password}`).toString('base64')}` },
					{ Authorization: `Bearer ${padan.accounts['dinkes-layanan'].password}` }, { Authorization: `Bearer ${b.cookies.get('__Host-sesi') ?? 'x'}` }]) {
					const re = await padan.request(method, target, { body: method === 'POST' ? JSON.stringify({ nik: padan.nik['01'][0] }) : undefined,
						headers: { Cookie: cookies(b), 'Content-Type': 'application/json', Origin: padan.url, ...more } });
					assert.deepEqual([re.status, re.headers['content-type'], re.headers['set-cookie']], [401, 'application/problem+json', undefined], `${user} ${method} ${target}`);
				}
		}
		assert.equal(used(), 0);
	});

	test('odd spellings of a path and odd methods open nothing', async () => {
		const b = await Browser.operator(padan);
		const head = { headers: { Cookie: cookies(b) } };
		for (const p of ['/slip/', '//slip', '/./slip', '/verifikasi/../slip', '/%73lip', '/SLIP', '/slip%00', '/slip%2f', '/slip;a=1', '/aset/../slip', '/aset/%2e%2e/slip', '/slip?x=/verifikasi', '/verifikasi/%2e%2e/slip']) {
			const re = await padan.request('GET', p, head);
			assert.ok([400, 403, 404].includes(re.status), `${p} ${re.status}`);
		}
		for (const m of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND']) {
			const re = await padan.request(m, '/verifikasi', head);
			assert.equal(re.status, 405, m);
			assert.ok(!re.body.includes(b.cookies.get('__Host-sesi')), 'no echo');
		}
		const re = await padan.request('HEAD', '/slip', head);
		assert.deepEqual([re.status, re.body], [403, '']);
	});

	test('who must change the password reaches nothing else, neither page nor form', async () => {
		const b = new Browser(padan);
		await b.login('operator3');
		const { csrf } = b.hidden('/sandi');
		for (const p of ['/', '/verifikasi', '/kejadian', '/panduan'])
			assert.equal((await padan.request('GET', p, { headers: { Cookie: cookies(b) } })).headers.location, '/sandi', p);
		const before = lookups();
		for (const p of ['/verifikasi', '/verifikasi/slip', '/kejadian', '/kejadian/baru']) {
			const re = await b.go('POST', p, { form: { csrf, nik: padan.nik['01'][0], kejadian: '1' }, follow: false });
			assert.deepEqual([p, re.status, re.headers.location], [p, 303, '/sandi']);
		}
		assert.equal(lookups(), before);
	});

	test('ids of others in a form: session, kejadian, slip', async () => {
		const mine = new Browser(padan);
		await mine.login('kepala');
		const other = new Browser(padan);
		await other.login('dinkes-kepala');
		const [{ session_id }] = padan.office("SELECT max(s.session_id) AS session_id FROM session s JOIN user_account u ON u.user_key = s.user_key WHERE u.user_id = 'dinkes-kepala'");
		await mine.go('GET', '/sesi');
		await mine.submit('/sesi', { sesi: String(session_id) });
		assert.equal((await other.go('GET', '/sesi', { follow: false })).status, 200, 'the session of another user lives on');
		const [{ kejadian_id }] = padan.office("SELECT kejadian_id FROM kejadian WHERE instansi_id = (SELECT instansi_id FROM instansi WHERE code = 'DINKES')");
		await mine.go('GET', '/kejadian');
		const { csrf } = mine.hidden('/keluar');
		const re = await mine.go('POST', '/kejadian/tutup', { form: { csrf, kejadian: String(kejadian_id) } });
		assert.equal(re.status, 404);
		assert.equal(padan.office(`SELECT is_open FROM kejadian WHERE kejadian_id = ${kejadian_id}`)[0].is_open, 1);
		for (const id of ['-1', '0', '1e3', '9223372036854775808', ' 1', '1\u0000', "1' OR 1=1--"])
			assert.ok((await mine.go('POST', '/kejadian', { form: { csrf, kejadian: id } })).status >= 400, id);
	});
});

describe('threat: stolen session', () => {
	test('signing in gives a new session; what was planted before is not used', async () => {
		const b = new Browser(padan);
		b.cookies.set('__Host-sesi', Buffer.alloc(32, 7).toString('base64url'));
		await b.login('auditor');
		assert.notEqual(b.cookies.get('__Host-sesi'), Buffer.alloc(32, 7).toString('base64url'));
	});

	test('signing out, changing the password and closing end it at once', async () => {
		const b = new Browser(padan);
		await b.login('admin2');
		const stolen = cookies(b);
		const twin = new Browser(padan);
		await twin.login('admin2');
		const fresh = 'jalan-panjang-sekali-9';
		await twin.go('GET', '/sandi');
		const re = await twin.submit('/sandi', { lama: padan.accounts.admin2.password, baru: fresh, ulang: fresh });
		assert.equal(re.status, 200);
		assert.equal((await padan.request('GET', '/', { headers: { Cookie: stolen } })).headers.location, '/masuk', 'the other session');
		const own = cookies(twin);
		await twin.submit('/keluar', {});
		assert.equal((await padan.request('GET', '/', { headers: { Cookie: own } })).headers.location, '/masuk', 'after signing out');
	});

	test('cookies: HttpOnly, Secure, SameSite, no name outside __Host-', async () => {
		const b = new Browser(padan);
		const g = await b.go('GET', '/masuk');
		const p = await b.go('POST', '/masuk', { form: { ...b.hidden('/masuk'), user_id: 'auditor', password: padan.accounts.auditor.password }, follow: false });
		const all = [...(g.headers['set-cookie'] ?? []), ...(p.headers['set-cookie'] ?? [])];
		assert.ok(all.length >= 3);
		for (const c of all) assert.match(c, /^__Host-\w+=[\w-]+; Path=\/; .*HttpOnly; SameSite=Strict; Secure$/);
	});
});

describe('threat: forged requests', () => {
	const send = (b, form, headers) => b.go('POST', '/kejadian', { form, headers, follow: false });
	test('Origin, Host and token: whatever is not ours is refused', async () => {
		const b = new Browser(padan);
		await b.login('kepala');
		await b.go('GET', '/kejadian');
		const form = b.hidden('/kejadian');
		const [{ kejadian_id }] = padan.office("SELECT kejadian_id FROM kejadian WHERE instansi_id = (SELECT instansi_id FROM instansi WHERE code = 'BPBD') AND is_open = 1");
		const good = { ...form, kejadian: String(kejadian_id) };
		const host = `localhost:${padan.port}`;
		for (const origin of ['null', '', `http://${host}`, 'https://localhost', `https://${host}.penyerang.example`, `https://penyerang.example/https://${host}`, `https://${host}/`, `https://x@${host}`])
			assert.equal((await send(b, good, { Origin: origin })).status, 403, `Origin ${origin}`);
		for (const csrf of ['', 'x', 'A'.repeat(form.csrf.length), form.csrf.slice(1), `${form.csrf}A`, form.csrf.slice(0, -4) + 'AAAA'])
			assert.equal((await send(b, { ...good, csrf })).status, 403, `csrf ${csrf}`);
		const thief = new Browser(padan);
		await thief.login('dinkes-kepala');
		await thief.go('GET', '/kejadian');
		assert.equal((await send(b, { ...good, csrf: thief.hidden('/kejadian').csrf })).status, 403, 'a token of another session');
		assert.equal((await send(b, good)).status, 303, 'the honest form');
	});

	test('signing in needs the token of this very browser (login CSRF)', async () => {
		const a = new Browser(padan);
		const b = new Browser(padan);
		await a.go('GET', '/masuk');
		await b.go('GET', '/masuk');
		const account = { user_id: 'auditor', password: padan.accounts.auditor.password };
		assert.equal((await b.go('POST', '/masuk', { form: { ...a.hidden('/masuk'), ...account }, follow: false })).status, 403);
		b.cookies.clear();
		assert.equal((await b.go('POST', '/masuk', { form: { ...a.hidden('/masuk'), ...account }, follow: false })).status, 403);
	});

	test('a form sent as multipart, JSON or text is no form', async () => {
		const b = await Browser.operator(padan);
		await b.go('GET', '/verifikasi');
		const { csrf } = b.hidden('/verifikasi');
		const before = used();
		for (const type of ['multipart/form-data; boundary=x', 'application/json', 'text/plain', '']) {
			const re = await padan.request('POST', '/verifikasi', { body: `csrf=${csrf}&nik=${padan.nik['01'][1]}`, headers: { 'Content-Type': type, Cookie: cookies(b) } });
			assert.ok([400, 403].includes(re.status), `${type} ${re.status}`);
		}
		assert.equal(used(), before);
	});
});

// ---- guessing ----

describe('threat: guessing', () => {
	let proxied;
	before(async () => {
		proxied = await (await Padan.demo({ tls: false, settings: { 'proxy.trusted': '127.0.0.0/8' } })).start();
	});
	after(() => proxied?.remove());

	/** One sign-in as a proxy would hand it over from `peer`. */
	const attempt = async (office, user_id, password, headers = {}) => {
		const b = new Browser(office);
		await b.go('GET', '/masuk', { headers });
		const re = await b.go('POST', '/masuk', { form: { ...b.hidden('/masuk'), user_id, password }, headers, follow: false });
		return re.status;
	};
	const from = (addr) => ({ 'X-Real-IP': addr });

	test('the spelling of a user id gives no new tries', async () => {
		const right = padan.accounts.admin.password;
		for (const name of ['admin', 'ADMIN', 'Admin', ' admin', 'admin ']) await attempt(padan, name, 'salah-sekali-99');
		padan.longWaits();
		assert.equal(await attempt(padan, 'aDmIn', right), 403, 'the wait holds for every spelling');
	});

	test('what a balancer asks tells yes or no, whoever asks, and nothing else', async () => {
		const re = await padan.request('GET', '/readyz');
		assert.deepEqual([re.status, re.body, re.headers['set-cookie']], [200, 'ready\n', undefined]);
		assert.equal((await padan.request('HEAD', '/readyz')).status, 200);
		assert.equal((await padan.request('POST', '/readyz', { body: 'a=b' })).status, 405);
		for (const other of ['/healthz', '/metrics', '/readyz/', '/Readyz']) assert.equal((await padan.request('GET', other)).status, 404, other);
	});

	test('a client header counts only from a trusted proxy', async () => {
		for (let i = 0; i < 6; i++) await attempt(padan, 'dinkes-operator', 'salah-sekali-99', { ...from(`192.0.2.${i}`), 'X-Forwarded-For': `192.0.2.${i}` });
		padan.longWaits();
		assert.equal(await attempt(padan, 'dinkes-operator', padan.accounts['dinkes-operator'].password, from('192.0.2.77')), 403);
		assert.ok(!padan.journal().some((e) => e.line.includes('192.0.2.')));
	});

	test('a proxy that names two clients, or nonsense, is refused', async () => {
		for (const value of ['bukan-alamat', '', '192.0.2.1;', '0x7f.1', '192.0.2.1\t,'])
			assert.equal((await proxied.request('GET', '/masuk', { headers: from(value) })).status, 400, JSON.stringify(value));
		assert.equal((await proxied.request('GET', '/masuk', { headers: { 'X-Real-IP': ['192.0.2.1', '192.0.2.2'] } })).status, 400);
	});

	test('the owner at another address is not locked out', async () => {
		for (let i = 0; i < 7; i++) await attempt(proxied, 'kepala', 'salah-sekali-99', from('192.0.2.66'));
		proxied.longWaits();
		assert.equal(await attempt(proxied, 'kepala', proxied.accounts.kepala.password, from('192.0.2.66')), 403);
		assert.equal(await attempt(proxied, 'kepala', proxied.accounts.kepala.password, from('192.0.2.67')), 303);
	});

	test('a guesser with a whole IPv6 network has one address', async () => {
		for (let i = 1; i < 7; i++) await attempt(proxied, 'operator1', 'salah-sekali-99', from(`2001:db8:1:1::${i}`));
		proxied.longWaits();
		assert.equal(await attempt(proxied, 'operator1', proxied.accounts.operator1.password, from('2001:db8:1:1::77')), 403);
		assert.equal(await attempt(proxied, 'operator1', proxied.accounts.operator1.password, from('2001:db8:1:2::77')), 303, 'another network');
	});

	test('a device cookie of one user id, or a made-up one, gives no new tries', async () => {
		const b = new Browser(padan);
		await b.login('auditor');
		const device = b.cookies.get('__Host-perangkat');
		assert.ok(device);
		for (let i = 0; i < 6; i++) {
			const forged = i % 2 ? device : Buffer.alloc(32, i).toString('base64url');
			const g = new Browser(padan);
			g.cookies.set('__Host-perangkat', forged);
			await g.login('dinkes-kepala', 'salah-sekali-99');
		}
		padan.longWaits();
		assert.equal(await attempt(padan, 'dinkes-kepala', padan.accounts['dinkes-kepala'].password), 403);
	});

	test('many at once get no more tries than one after another', async () => {
		const began = Date.now();
		await Promise.all(Array.from({ length: 30 }, () => attempt(padan, 'operator2', 'salah-sekali-99')));
		const took = (Date.now() - began) / 1000, most = 5 + Math.floor(Math.log2(1 + took)); /* five, then after 1, 2, 4 ... seconds one more */
		const counted = padan.journal().filter((e) => e.act === 'login' && e.user_id === 'operator2' && e.ground === 'credential');
		assert.ok(counted.length <= most, `${counted.length} were read in ${took} s`);
	});
});

// ---- crowding out ----

describe('threat: one client takes what belongs to all', () => {
	let office;
	before(async () => {
		office = await (await Padan.demo({ tls: false, settings: {
			'proxy.trusted': '127.0.0.0/8', 'connections.max': '256', 'portal.origin': 'https://padan.example' } })).start();
	});
	after(() => office?.remove());
	const headers = (peer) => ({ 'X-Real-IP': peer, Origin: 'https://padan.example' });

	test('a flood of sign-ins from one address leaves the others theirs', async () => {
		const flooder = new Browser(office);
		await flooder.go('GET', '/masuk');
		const form = { ...flooder.hidden('/masuk'), user_id: 'tidakada', password: 'salah-sekali-99' };
		const seen = {};
		let over = false;
		const flood = Array.from({ length: 100 }, async (_, i) => {
			while (!over) {
				const { status } = await flooder.go('POST', '/masuk', { form, headers: headers(`2001:db8:6:6::${i.toString(16)}`) });
				seen[status] = (seen[status] ?? 0) + 1;
			}
		});
		for (let i = 0; i < 1500 && !(seen[429] && seen[403]); i++) await new Promise((r) => setTimeout(r, 20));
		const five = async (peer) => {
			const answers = [];
			for (let i = 0; i < 5; i++) {
				const b = new Browser(office);
				await b.go('GET', '/masuk');
				const login = { ...b.hidden('/masuk'), user_id: 'kepala', password: office.accounts.kepala.password };
				answers.push((await b.go('POST', '/masuk', { form: login, headers: headers(peer), follow: false })).status);
			}
			return answers;
		};
		let answers = await five('192.0.2.50');
		if (answers.includes(429)) answers = await five('192.0.2.51'); /* one address in a thousand has its places where the flooder's are (gate/share.h) */
		over = true;
		await Promise.all(flood);
		assert.deepEqual(answers, [303, 303, 303, 303, 303]);
		assert.ok(seen[429] > 0 && seen[403] > 0, JSON.stringify(seen));
	});

	test('behind a proxy the portal has one origin, whatever Host says', async () => {
		const b = new Browser(office);
		await b.go('GET', '/masuk');
		const login = { ...b.hidden('/masuk'), user_id: 'kepala', password: office.accounts.kepala.password };
		for (const [Origin, status] of [[office.url, 403], ['https://padan.example', 303]])
			assert.equal((await b.go('POST', '/masuk', { form: login, headers: { Origin }, follow: false })).status, status, Origin);
	});

	for (const [name, head] of [['silent connections', ''], ['connections that drip a header', 'GET /masuk HTTP/1.1\r\nHost: localhost\r\n']])
		test(`${name} make room`, async () => {
			const idle = Array.from({ length: 300 }, () => net.connect(office.port, '127.0.0.1', function began() {
				if (head) this.write(head);
			}).on('error', () => {}));
			const drip = setInterval(() => idle.forEach((s) => head && !s.destroyed && s.write('x: y\r\n')), 300);
			try {
				await new Promise((r) => setTimeout(r, 300));
				office.agent?.destroy();
				office.agent = null;
				const began = Date.now();
				assert.equal((await office.request('GET', '/masuk')).status, 200);
				assert.ok(Date.now() - began < 20000, `${Date.now() - began} ms`); /* without making room: 30 s, when they are late */
			} finally {
				clearInterval(drip);
				idle.forEach((s) => s.destroy());
			}
		});

	test('the longest names do not break the page of kejadian', async () => {
		const b = new Browser(office);
		await b.go('GET', '/masuk');
		await b.go('POST', '/masuk', { form: { ...b.hidden('/masuk'), user_id: 'kepala', password: office.accounts.kepala.password }, headers: headers('192.0.2.51') });
		await b.go('GET', '/kejadian');
		const { csrf } = b.hidden('/kejadian/baru');
		const form = { csrf, jenis: 'Banjir', nama: '"'.repeat(120), tempat: "'".repeat(120), tanggal: '2026-01-01' };
		const open = office.office("SELECT count(*) AS n FROM kejadian WHERE is_open = 1 AND instansi_id = (SELECT instansi_id FROM instansi WHERE code = 'BPBD')")[0].n;
		for (let i = open; i < 100; i++)
			assert.equal((await b.go('POST', '/kejadian/baru', { form, headers: headers('192.0.2.51'), follow: false })).status, 303);
		const more = await b.go('POST', '/kejadian/baru', { form, headers: headers('192.0.2.51'), follow: false });
		assert.equal(more.status, 400, 'a hundred are enough: more would push the real ones off the list');
		assert.match(text(more.body), /Sudah ada 100 kejadian terbuka/);
		assert.equal((await b.go('GET', '/kejadian')).status, 200);
	});
});

// ---- revocation ----

describe('threat: access that should have ended (P9.1, P2.1b)', () => {
	let office;
	before(async () => {
		office = await (await Padan.demo({ tls: false, settings: { 'proxy.trusted': '127.0.0.0/8' } })).start();
	});
	after(() => office?.remove());
	const peer = { headers: { 'X-Real-IP': '192.0.2.9' } };

	test('a stolen session is worth nothing from outside the allow-list, nor its form', async () => {
		const b = await Browser.operator(office);
		await b.go('GET', '/verifikasi');
		const form = { ...b.hidden('/verifikasi'), nik: office.nik['01'][0] };
		const before = office.office('SELECT coalesce(sum(used), 0) AS used FROM quota_day')[0].used;
		const away = { headers: { 'X-Real-IP': '100.64.0.9' }, follow: false };
		for (const p of ['/', '/verifikasi', '/sesi', '/sandi', '/panduan'])
			assert.equal((await b.go('GET', p, away)).headers.location, '/masuk', p);
		const re = await b.go('POST', '/verifikasi', { form, ...away });
		assert.ok(!/Nama lengkap/.test(re.body));
		assert.equal(office.office('SELECT coalesce(sum(used), 0) AS used FROM quota_day')[0].used, before);
	});

	test('suspension stops the next inquiry, a repeat of an answered one too', async () => {
		const b = await Browser.operator(office);
		await b.go('GET', '/verifikasi', peer);
		const form = { ...b.hidden('/verifikasi'), nik: office.nik['01'][2] };
		assert.match((await b.go('POST', '/verifikasi', { form, ...peer })).body, /Nama lengkap/);
		office.run('agreement', 'state', office.dir, 'BPBD', 'suspended');
		const re = await b.go('POST', '/verifikasi', { form, ...peer });
		assert.ok(text(re.body).includes('Instansi tidak aktif'));
		assert.ok(!/Nama lengkap/.test(re.body));
	});
});

// ---- injected text ----

describe('threat: injection', () => {
	const EVIL = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>&{{x}}`;
	const clean = (html) => assert.ok(!/<script>alert|<img src=x|"'>/.test(html), 'text became markup');

	test('typed and stored text comes back as text', async () => {
		const b = new Browser(padan);
		await b.go('GET', '/masuk');
		clean((await b.submit('/masuk', { user_id: EVIL, password: EVIL })).body);
		const k = new Browser(padan);
		await k.go('GET', '/masuk', { headers: { 'User-Agent': EVIL } });
		await k.go('POST', '/masuk', { form: { ...k.hidden('/masuk'), user_id: 'auditor', password: padan.accounts.auditor.password }, headers: { 'User-Agent': EVIL } });
		clean((await k.go('GET', '/sesi')).body);
		await k.go('GET', '/slip');
		clean((await k.submit('/slip', { ref: EVIL, mac: EVIL, nik: EVIL })).body);
		const o = await Browser.operator(padan);
		await o.go('GET', '/kejadian');
		const made = await o.submit('/kejadian/baru', { jenis: 'Banjir', nama: EVIL, tempat: EVIL, tanggal: '2020-01-01' });
		assert.equal(made.status, 200);
		clean(made.body);
		clean((await o.go('GET', '/kejadian')).body);
		clean((await o.go('GET', '/')).body);
		clean((await o.verify(EVIL)).body);
		for (const p of [`/${EVIL}`, `/aset/${EVIL}`, `/verifikasi?x=${EVIL}`])
			clean((await padan.request('GET', encodeURI(p))).body);
	});

	test('what the registry holds comes back as text', async () => {
		const csv = path.join(padan.dir, '..', 'evil.csv');
		const nik = '3304060101909999';
		writeFileSync(csv, `nik,no_kk,nama_lgkp,jenis_klmin,tmpt_lhr,tgl_lhr,jenis_pkrjn,alamat,no_rt,no_rw,no_prop,prop_name,no_kab,kab_name,no_kec,kec_name,no_kel,kel_name,status\n` +
			`${nik},3304060101909998,<script>alert(1)</script>,LAKI-LAKI,<img src=x>,1990-01-01,PETANI/PEKEBUN,"JL ""'><img src=x onerror=alert(1)>",1,2,33,JAWA TENGAH,4,BANJARNEGARA,6,BANJARMANGU,2001,CONTOH,aktif\n`);
		padan.run('registry', 'delta', padan.dir, csv);
		const o = await Browser.operator(padan);
		const re = await o.verify(nik);
		assert.ok(re.body.includes('&lt;script&gt;alert(1)'));
		clean(re.body);
		clean((await o.verify(nik, { headers: { 'X-Padan-Bagian': '1' } })).body);
	});

	test('no answer header holds what a visitor sent', async () => {
		for (const p of ['/masuk?keluar=a%0d%0aX-Evil:%201', '/%0d%0aX-Evil:%201', '/aset/a%0d%0aX-Evil:1'])
			assert.equal((await padan.request('GET', p)).headers['x-evil'], undefined);
		const re = await padan.request('GET', '/', { headers: { 'X-Forwarded-Host': 'penyerang.example', 'X-Original-URL': '/slip', Host: 'penyerang.example' } });
		assert.equal(re.headers.location, '/masuk');
	});

	test('the policy of contents allows no inline script, no foreign source, no frame', async () => {
		const re = await padan.request('GET', '/masuk');
		const csp = re.headers['content-security-policy'];
		assert.ok(!/unsafe|\*|https?:/.test(csp), csp);
		for (const one of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]) assert.ok(csp.includes(one), one);
		assert.ok(!/<script(?![^>]*\bsrc=)|\son\w+=|style="/i.test(re.body));
	});
});

// ---- broken HTTP ----

describe('threat: oversized and malformed requests', () => {
	const H = 'Host: localhost\r\n';
	const shapes = {
		'two lengths': `POST /masuk HTTP/1.1\r\n${H}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
		'length and chunks': `POST /masuk HTTP/1.1\r\n${H}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /slip HTTP/1.1\r\n${H}\r\n`,
		'chunks and length': `POST /masuk HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\nGET /slip HTTP/1.1\r\n${H}\r\n`,
		'an unknown coding': `POST /masuk HTTP/1.1\r\n${H}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
		'two codings': `POST /masuk HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n`,
		'a negative length': `POST /masuk HTTP/1.1\r\n${H}Content-Length: -1\r\n\r\n`,
		'a huge length': `POST /masuk HTTP/1.1\r\n${H}Content-Length: 99999999999999999999\r\n\r\n`,
		'a signed length': `POST /masuk HTTP/1.1\r\n${H}Content-Length: +5\r\n\r\nabcde`,
		'a length in hex': `POST /masuk HTTP/1.1\r\n${H}Content-Length: 0x5\r\n\r\nabcde`,
		'a blank and a coding': `POST /masuk HTTP/1.1\r\n${H}Transfer-Encoding : chunked\r\n\r\nGET /slip HTTP/1.1\r\n${H}\r\n`,
		'a blank and a length': `POST /masuk HTTP/1.1\r\n${H}Content-Length : 39\r\n\r\nGET /slip HTTP/1.1\r\n${H}\r\n`,
		'a bad chunk': `POST /masuk HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\n\r\nZZ\r\nab\r\n0\r\n\r\n`,
		'an endless chunk': `POST /masuk HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nab`,
		'two hosts': `GET /masuk HTTP/1.1\r\n${H}Host: b\r\n\r\n`,
		'no host': 'GET /masuk HTTP/1.1\r\n\r\n',
		'a host with a path': 'GET /masuk HTTP/1.1\r\nHost: a/b\r\n\r\n',
		'a blank before the colon': `GET /masuk HTTP/1.1\r\n${H}Content-Length : 5\r\n\r\nabcde`,
		'NUL in a header': `GET /masuk HTTP/1.1\r\n${H}X: a\0b\r\n\r\n`,
		'NUL in the path': `GET /ma\0suk HTTP/1.1\r\n${H}\r\n`,
		'a bare CR': `GET /masuk HTTP/1.1\r\n${H}X: a\rGET /slip HTTP/1.1\r\n\r\n`,
		'a folded header': `GET /masuk HTTP/1.1\r\n${H}X: a\r\n b\r\n\r\n`,
		'a long path': `GET /${'a'.repeat(9000)} HTTP/1.1\r\n${H}\r\n`,
		'a long header': `GET /masuk HTTP/1.1\r\n${H}X: ${'a'.repeat(9000)}\r\n\r\n`,
		'many headers': `GET /masuk HTTP/1.1\r\n${H}${'a:b\r\n'.repeat(900)}\r\n`,
		'many cookies': `GET /masuk HTTP/1.1\r\n${H}Cookie: ${'a=b;'.repeat(1000)}\r\n\r\n`,
		'HTTP/0.9': 'GET /masuk\r\n',
		'HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
		'HTTP/9': `GET /masuk HTTP/9.9\r\n${H}\r\n`,
		'an absolute address': `GET http://penyerang.example/slip HTTP/1.1\r\n${H}\r\n`,
		'a star': `OPTIONS * HTTP/1.1\r\n${H}\r\n`,
		'CONNECT': `CONNECT localhost:22 HTTP/1.1\r\n${H}\r\n`,
		'nothing': '\r\n\r\n\r\n',
		'noise': '\x00\x01\x02\xff\xfe\r\n\r\n',
	};
	const harmless = ['an absolute address', 'a star', 'a folded header', 'many cookies', 'HTTP/9', 'NUL in a header'];

	test('none is served as if it were sound, what follows it is not read, none ends the server', async () => {
		const { pid } = padan.process;
		await Promise.all(Object.entries(shapes).map(async ([name, bytes]) => {
			const all = statuses(await raw(bytes, { ms: 1500 }));
			assert.ok(all.length <= 2, `${name}: ${all}`); // libmicrohttpd writes the head of its own refusals twice
			if (!harmless.includes(name)) assert.ok(all.every((n) => n >= 400), `${name}: ${all}`);
		}));
		await alive();
		assert.equal(padan.process.pid, pid);
	});

	test('requests sent ahead are answered in order, also behind a kept one', async () => {
		const b = new Browser(padan);
		await b.go('GET', '/masuk');
		const body = new URLSearchParams({ ...b.hidden('/masuk'), user_id: 'tidakada', password: 'salah-sekali-99' }).toString();
		const post = `POST /masuk HTTP/1.1\r\n${H}Cookie: ${cookies(b)}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
		const got = statuses(await raw(`${post}GET /tidak-ada HTTP/1.1\r\n${H}\r\n${post}GET /keluar HTTP/1.1\r\n${H}Connection: close\r\n\r\n`, { ms: 60e3 })); // the last one ends it
		assert.deepEqual(got, [403, 404, 403, 303]);
	});

	test('a client that goes away while its request is kept harms nobody', async () => {
		const b = new Browser(padan);
		await b.go('GET', '/masuk');
		const body = new URLSearchParams({ ...b.hidden('/masuk'), user_id: 'tidakada', password: 'salah-sekali-99' }).toString();
		const post = `POST /masuk HTTP/1.1\r\n${H}Cookie: ${cookies(b)}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
		await Promise.all(Array.from({ length: 20 }, () => raw(post, { ms: 15 })));
		await alive();
	});

	test('old TLS is not spoken, nor plain HTTP on the TLS port', async () => {
		for (const maxVersion of ['TLSv1', 'TLSv1.1'])
			await assert.rejects(new Promise((ok, no) => {
				const s = tls.connect({ host: '127.0.0.1', port: padan.port, rejectUnauthorized: false, minVersion: 'TLSv1', maxVersion, ciphers: 'ALL:@SECLEVEL=0' }, () => { s.destroy(); ok(); });
				s.on('error', no);
			}));
		await new Promise((done) => {
			const s = net.connect(padan.port, '127.0.0.1', () => s.write(`GET /masuk HTTP/1.1\r\n${H}\r\n`));
			let got = '';
			s.on('data', (d) => { got += d; });
			s.on('error', () => {});
			s.on('close', () => { assert.ok(!got.includes('200 OK')); done(); });
			s.setTimeout(3000, () => s.destroy());
		});
		await alive();
	});
});

// ---- the machine ----

describe('threat: disk and process', () => {
	const walk = (dir) => readdirSync(dir, { withFileTypes: true }).flatMap((e) => [path.join(dir, e.name), ...(e.isDirectory() ? walk(path.join(dir, e.name)) : [])]);
	const serve = (office) => office.tryRun('serve', office.dir, '--set', 'portal.listen=127.0.0.1:0');

	test('nobody else may read a file of the office, whatever the umask was', () => {
		for (const file of [padan.dir, ...walk(padan.dir)]) assert.equal(statSync(file).mode & 0o77, 0, file);
	});

	test('the process is caged and leaves no core', () => {
		const status = readFileSync(`/proc/${padan.process.pid}/status`, 'utf8');
		assert.match(status, /^NoNewPrivs:\t1$/m);
		if (!/asan|tsan/.test(process.env.PADAN_BINARY ?? '')) assert.match(status, /^Seccomp:\t2$/m);
		assert.match(readFileSync(`/proc/${padan.process.pid}/limits`, 'utf8'), /^Max core file size +0 +0/m);
	});

	test('a second server, a planted lock, a loose key and a loose directory are refused', async () => {
		const second = serve(padan);
		assert.equal(second.status, 111, second.stderr);
		const office = await Padan.demo({ residents: 100 });
		const lock = path.join(office.dir, 'padan.lock');
		const victim = path.join(office.dir, '..', 'victim');
		rmSync(lock, { force: true });
		writeFileSync(victim, 'as it was');
		symlinkSync(victim, lock);
		assert.equal(serve(office).status, 111);
		assert.equal(readFileSync(victim, 'utf8'), 'as it was');
		rmSync(lock);
		chmodSync(path.join(office.dir, 'keys/master.key'), 0o644);
		assert.equal(serve(office).status, 1);
		chmodSync(path.join(office.dir, 'keys/master.key'), 0o600);
		chmodSync(office.dir, 0o777);
		const loose = serve(office);
		assert.equal(loose.status, 1, loose.stderr);
		assert.match(loose.stderr, /chmod 700/);
		await office.remove();
	});

	test('a journal entry holds no NIK and nothing a stranger typed', () => {
		const lines = padan.journal().map((e) => e.line);
		assert.ok(lines.length > 50);
		for (const line of lines) assert.ok(!/\d{16}|tidakada|script/.test(line.replace(/"(nik|line)":"[0-9a-f]+"/g, '')), line);
	});

	test('the journal is whole after all this', () => {
		assert.equal(padan.tryRun('journal', 'verify', padan.dir).status, 0);
	});
});
