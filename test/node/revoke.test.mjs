// SPDX-License-Identifier: EUPL-1.2
// What is taken away at one node is gone at the other: while inquiries pour through node B, each ground there is
// becomes true at node A, and nothing that is sent to B after A's reply is answered (DESIGN 1, P9.1, J.VI.D, J.VI.E, J.II.C).
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Browser, binary, text } from '../e2e/padan.mjs';
import { addendum, ask, form, token } from '../e2e/v1.mjs';
import { Office, inquire, isHit, outcomeOf, sleep } from './nodes.mjs';

const iso = (days) => new Date(Date.now() + 7 * 3600e3 + days * 86400e3).toISOString().slice(0, 10);
const AT_ONCE = 6, WITH = 20, AFTER = 40;
let office, a, b, admin, head;
before(async () => {
	office = await Office.create();
	[a, b] = office.nodes;
	await a.nightDone(); /* the job that closes user ids ends sessions for a reason of its own */
	admin = await office.person(a, 'admin');
	head = await office.person(a, 'dinkes-kepala');
}, { timeout: 180000 });
after(() => office?.remove());

/** A POST at A with the visitor's own token, whatever page he is on. */
const post = async (who, action, fields) => {
	await who.go('GET', '/sesi');
	const re = await who.go('POST', action, { form: { ...who.hidden('/keluar'), ...fields } });
	assert.ok(re.status < 400, `${action}: ${re.status} ${text(re.body).slice(0, 400)}`);
	return re;
};

/** A verb at A, while the inquiries go on. */
const verb = promisify((...args) => execFile(binary, args.slice(0, -1), args.at(-1)));

/* ---- who asks through B: a function of a NIK that gives an outcome ---- */

const portal = async (user = 'dinkes-operator', password = undefined) => {
	const who = await office.person(b, user, password);
	await who.choose();
	await who.go('GET', '/verifikasi');
	const csrf = who.hidden('/verifikasi').csrf;
	return Object.assign((nik) => inquire(who, b, nik, { csrf }).then(outcomeOf), { who });
};
const older = () => async (NIK) => {
	const re = await ask(b, '/dukcapil/get_json/DINKES/CALL_NIK', { NIK, user_id: 'dinkes-layanan', password: b.accounts['dinkes-layanan'].password, IP_USER: '127.0.0.1' });
	assert.equal(re.status, 200, re.text);
	return re.json.content[0].RESPONSE_CODE ?? '01';
};
const newer = async () => {
	const bearer = await token(b);
	return Object.assign((nik) => ask(b, '/api/v1/verifikasi', { nik }, { bearer }).then((re) => (re.status === 200 ? re.json.kode : String(re.status))), { bearer });
};

/** Inquiries pour through B; `act` is done at A in the middle of them; from its reply on each outcome is one of `then`. */
const revoked = async (pour, act, then) => {
	const seen = [];
	let running = true, gone = Infinity, later = 0, i = 0;
	const worker = async () => {
		while (running) {
			const sent = performance.now();
			seen.push({ sent, outcome: await pour(a.nik['01'][i++ % 50]) });
			if (sent > gone && ++later >= AFTER) running = false;
		}
	};
	const workers = Array.from({ length: AT_ONCE }, worker);
	const failed = Promise.all(workers).then(() => null, (e) => e); /* heard at once, thrown at the end */
	for (const began = Date.now(); seen.length < WITH && Date.now() - began < 20000;) await sleep(2);
	await act();
	gone = performance.now();
	const e = await failed;
	if (e) throw e;
	assert.ok(seen.filter((s) => s.sent < gone && isHit(s.outcome)).length >= WITH - AT_ONCE, 'there was something to take away');
	const rest = seen.filter((s) => s.sent > gone).map((s) => s.outcome);
	assert.ok(rest.length >= AFTER);
	assert.deepEqual([...new Set(rest)].filter((o) => !then.includes(o)), [], `after the reply: ${rest.slice(0, 10).join(' ')} ...`);
};

/** The step as the admin takes it: typed, told what will happen, confirmed. */
const step = async (langkah, alasan) => {
	await admin.go('GET', '/perjanjian/status?instansi=DINKES');
	await admin.go('POST', '/perjanjian/status', { form: { ...admin.hidden('/perjanjian/status'), langkah, alasan, nomor: '470/77/CONTOH', tanggal: iso(0), yakin: '0' } });
	const confirmed = { ...admin.hidden('/perjanjian/status'), yakin: '1' };
	return async () => assert.match(text((await admin.go('POST', '/perjanjian/status', { form: confirmed })).body), /Langkah telah dicatat/);
};
const paper = (jenis, perihal, surat, tanggal, sampai) => post(admin, '/dokumen/baru', { instansi: 'DINKES', jenis, perihal, surat, penanda: 'Contoh', tanggal, sampai });

test('P9.1: suspended by the admin at A', async () => {
	await revoked(await portal(), await step('suspend', 'Laporan belum disampaikan'), ['16']);
	await (await step('resume', ''))();
});

test('P9.1: suspended at the command line, for the programs as for people', async () => {
	for (const [pour, then] of [[await portal(), '16'], [older(), '16'], [await newer(), '403']]) {
		await revoked(pour, () => verb('agreement', 'state', a.dir, 'DINKES', 'suspended'), [then]);
		a.run('agreement', 'state', a.dir, 'DINKES', 'active');
	}
});

test('J.VI.D: the SPTJM is over', async () => {
	await revoked(await portal(), () => paper('sptjm', '', 'FR.01/002/CONTOH', iso(-9), iso(-1)), ['16']);
	await paper('sptjm', '', 'FR.01/902', iso(0), '');
});

test('J.VI.E: the NDA of that operator is over', async () => {
	await revoked(await portal(), () => paper('nda', 'dinkes-operator', 'NDA/013/CONTOH', iso(-9), iso(-1)), ['17']);
	await paper('nda', 'dinkes-operator', 'NDA/913', iso(0), '');
});

test('P2.1c: the user id is closed', async () => {
	await revoked(await portal(), () => post(admin, '/pengguna/tutup', { user: 'dinkes-operator', tertulis: '', gambar: '', fisik: '' }), ['out', '17']);
	await post(admin, '/pengguna/buka', { user: 'dinkes-operator' });
});

test('P2.1c: the user id is closed at the command line', async () => {
	await revoked(await portal(), () => verb('user', 'close', a.dir, 'dinkes-operator'), ['out', '17']);
	a.run('user', 'reopen', a.dir, 'dinkes-operator');
});

test('P2.1c: the password is reset: the sessions are over', async () => {
	await revoked(await portal(), () => post(admin, '/pengguna/sandi', { user: 'dinkes-operator' }), ['out']);
	const once = /Kata sandi sekali pakai<\/dt><dd class="n">([^<]+)</.exec(admin.page.body)[1];
	const who = await office.person(a, 'dinkes-operator', once);
	const password = 'kata sandi yang cukup panjang 77';
	await who.go('GET', '/sandi');
	const re = await who.submit('/sandi', { lama: once, baru: password, ulang: password });
	assert.ok(re.status < 400, text(re.body));
	for (const node of office.nodes) node.accounts['dinkes-operator'].password = password;
	assert.equal((await (await portal())(a.nik['01'][0])), '01', 'the new one holds at both');
});

test('the session is ended from another place: by its owner\'s other browser, or where it was begun', async () => {
	const mine = await portal(), elsewhere = await office.person(a, 'dinkes-operator');
	await revoked(mine, async () => {
		await elsewhere.go('GET', '/sesi');
		await elsewhere.submit('/sesi', { sesi: 'lain' });
	}, ['out']);
	const here = new Browser(a), pour = await portal();
	here.cookies = pour.who.cookies;
	await here.go('GET', '/sesi');
	const { csrf } = here.hidden('/keluar');
	const kept = new Map(here.cookies);
	await revoked((nik) => inquire({ cookies: kept }, b, nik, { csrf: pour.who.hidden('/verifikasi').csrf }).then(outcomeOf), async () => {
		here.cookies = new Map(kept);
		await here.go('POST', '/keluar', { form: { csrf } });
	}, ['out']);
});

test('P2.1b, J.I.A: the address leaves the user id\'s own list, then that of the agreement', async () => {
	await revoked(await portal(), () => verb('user', 'change', a.dir, 'dinkes-operator', '--addresses', '192.0.2.0/24'), ['out', 'gagal']);
	a.run('user', 'change', a.dir, 'dinkes-operator', '--addresses', '');
	await revoked(older(), () => addendum(a, (f) => { f.terms.allow = ['192.0.2.0/24']; }), ['10']);
	addendum(a, (f) => { f.terms.allow = ['127.0.0.0/8']; });
	await revoked(await portal(), () => addendum(a, (f) => { f.terms.allow = ['192.0.2.0/24']; }), ['out', 'gagal']);
	addendum(a, (f) => { f.terms.allow = ['127.0.0.0/8']; });
});

test('J.II.C: an addendum takes the method away, and elements: nothing of them is answered any more', async () => {
	await revoked(await newer(), () => addendum(a, (f) => { f.terms.methods.CALL_NIK.granted = false; }), ['403']);
	addendum(a, (f) => { f.terms.methods.CALL_NIK.granted = true; });
	const bearer = await token(b);
	const narrow = async (nik) => {
		const re = await ask(b, '/api/v1/verifikasi', { nik }, { bearer });
		assert.equal(re.status, 200, re.text);
		return 'no_kk' in re.json.data ? '01' : 'narrow';
	};
	await revoked(narrow, () => addendum(a, (f) => { f.terms.elements = ['NIK', 'NAMA_LGKP']; }), ['narrow']);
});

test('I5.4: a credential is ended, its tokens with it; a token is given back', async () => {
	const pour = await newer();
	await revoked(pour, () => form(a, '/api/v1/revoke', { token: pour.bearer }, { basic: ['dinkes-layanan', a.accounts['dinkes-layanan'].password] }).then((re) => assert.equal(re.status, 200)), ['401']);
	await revoked(await newer(), () => verb('credential', 'scopes', a.dir, 'dinkes-layanan', 'kesesuaian'), ['403']);
	a.run('credential', 'scopes', a.dir, 'dinkes-layanan', 'verifikasi');
	const [programs, by_token] = [older(), await newer()];
	let i = 0;
	await revoked((nik) => (i++ % 2 ? programs : by_token)(nik), () => verb('credential', 'end', a.dir, 'dinkes-layanan', '--all'), ['03', '401']);
});

test('P9.1: the kejadian is closed: no purpose, no answer', async () => {
	const pour = await portal();
	const kejadian = office.value("SELECT min(kejadian_id) AS n FROM kejadian k JOIN instansi i ON i.instansi_id = k.instansi_id WHERE i.code = 'DINKES' AND is_open = 1");
	await revoked(pour, () => post(head, '/kejadian/tutup', { kejadian: String(kejadian), yakin: '1' }), ['200' /* the form, with a word about it, and none of DOMAIN 2 */]);
});

test('what both nodes wrote while all this was taken away adds up', () => {
	office.sound();
	for (const e of office.lookups()) assert.ok(e.outcome, JSON.stringify(e));
});
