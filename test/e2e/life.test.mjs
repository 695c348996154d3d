// SPDX-License-Identifier: EUPL-1.2
// The life of an agreement acts on the very next inquiry, on a page already open too:
// suspended, resumed, ended in three ways, revoked, an address removed by an addendum,
// and the last day passing at 24.00 WIB (P4, P5, P9.1, P9.2). The text is that of DOMAIN
// 2; the ground is for the head and the provider alone.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { Padan, Browser, text } from './padan.mjs';
import { Clock } from './clock.mjs';
import { formOf } from './form.mjs';

const STOPPED = 'Instansi tidak aktif';
const NOTE = 'Laporan semester belum disampaikan';
const offices = [];
after(() => Promise.all(offices.map((p) => p.remove())));

const office = async (options = {}, start = {}) => {
	const padan = await Padan.demo({ residents: 300, ...options });
	offices.push(padan);
	await padan.start(start);
	await padan.nightDone();
	return padan;
};
const who = async (padan, user) => {
	const b = new Browser(padan);
	await b.login(user);
	return b;
};
/** A page of /verifikasi that stays open, and one inquiry from it. */
const open = async (padan, user = 'operator1') => {
	const b = await Browser.operator(padan, user);
	await b.go('GET', '/verifikasi');
	const fields = b.hidden('/verifikasi');
	return { b, ask: (i) => b.go('POST', '/verifikasi', { form: { ...fields, nik: padan.nik['01'][i], once: '' } }) };
};
const outcome = (re) => (/id="hasil"><span>([^<]*)/.exec(re.body) ?? [])[1];

/** The step as the admin takes it: typed, told what will happen, confirmed. */
const step = async (admin, code, langkah, alasan = NOTE) => {
	const letter = { nomor: '470/77/CONTOH', tanggal: '2026-11-20' };
	await admin.go('GET', `/perjanjian/status?instansi=${code}`);
	const told = await admin.go('POST', '/perjanjian/status', { form: { ...admin.hidden('/perjanjian/status'), langkah, alasan, ...letter, yakin: '0' } });
	assert.equal(told.status, 200, text(told.body));
	const fields = admin.hidden('/perjanjian/status');
	assert.equal(fields.langkah, langkah);
	return { told, done: await admin.go('POST', '/perjanjian/status', { form: { ...fields, yakin: '1' } }) };
};

/** The next version, in force from today on. */
const addendum = async (admin, code, changes) => {
	const DRAFT = '/perjanjian/rancangan';
	await admin.go('GET', `${DRAFT}?instansi=${code}`);
	await admin.submit(`${DRAFT}/mulai`, {});
	await admin.go('POST', DRAFT, { form: { ...formOf(admin.page.body, DRAFT), 'addendum.number': 'A/9', 'addendum.signed_on': '2026-11-20',
		'addendum.ground': 'P9.2', 'addendum.subject': 'Perubahan isi', ...changes } });
	const re = await admin.go('POST', `${DRAFT}/catat`, { form: { ...admin.hidden(`${DRAFT}/catat`), yakin: '1' } });
	assert.match(text(re.body), /Versi baru telah dicatat/);
};

/** What everybody sees once the agency is stopped. */
const check_stopped = async (padan, { page, head, label, note = NOTE, code = 'BPBD' }) => {
	const re = await page.ask(1);
	assert.equal(outcome(re), STOPPED);
	const said = text(/<div id="jawaban">[\s\S]*/.exec(re.body)[0]);
	assert.doesNotMatch(said, /Pasal|PIHAK KESATU|telah berakhir|470\/77/, 'no ground for the operator');
	assert.ok(!note || !said.includes(note));
	const entry = padan.journal().filter((e) => e.act === 'lookup').at(-1);
	assert.equal(entry.outcome, '16');
	if (note) assert.ok(entry.version > 0, 'the version is named'); /* over by itself: none is in force */
	const refused = await page.b.go('GET', '/verifikasi');
	assert.equal(refused.status, 403, text(refused.body).slice(0, 600));
	assert.match(text(refused.body), new RegExp(STOPPED));
	assert.ok(!note || !text(refused.body).includes(note));
	const own = await head.go('GET', '/perjanjian');
	assert.equal(own.status, 200);
	assert.match(text(own.body), label);
	if (note) assert.match(text(own.body), new RegExp(note));
	assert.match(text((await head.go('GET', '/')).body), new RegExp(STOPPED));
	if (note) {
		await head.go('GET', '/perjanjian');
		const pdf = await head.go('GET', /href="(\/perjanjian\/surat[^"]*)"/.exec(head.page.body)[1].replaceAll('&amp;', '&'));
		assert.equal(pdf.headers['content-type'], 'application/pdf');
		assert.ok(padan.journal().some((e) => e.act === 'export' && e.about.startsWith('agreement letter')));
	}
	const provider = await who(padan, 'auditor');
	assert.match(text((await provider.go('GET', `/perjanjian?instansi=${code}`)).body), label);
};

test('P9.1: suspended, resumed; P5: ended by consent, and by a change of nomenclature', async () => {
	const padan = await office();
	const [admin, head, page] = [await who(padan, 'admin'), await who(padan, 'kepala'), await open(padan)];
	assert.equal(outcome(await page.ask(0)), 'Data ditemukan');

	/* what is wrong stands beside its field, and nothing has happened */
	await admin.go('GET', '/perjanjian/status?instansi=BPBD');
	const fields = admin.hidden('/perjanjian/status');
	const wrong = async (form) => admin.go('POST', '/perjanjian/status', { form: { ...fields, langkah: 'suspend', yakin: '0', ...form } });
	assert.match((await wrong({ alasan: ' ' })).body, /id="salasan" role="alert">Alasan harus diisi\./);
	assert.match((await wrong({ alasan: 'x', tanggal: '2026-02-30', nomor: '1' })).body, /id="stanggal" role="alert">Tanggal surat tidak dapat dibaca/);
	assert.match((await wrong({ alasan: 'x', tanggal: '2099-01-01', nomor: '1' })).body, /id="stanggal" role="alert">Tanggal surat belum tiba/);
	assert.match((await wrong({ alasan: 'x', tanggal: '2026-01-01' })).body, /id="snomor" role="alert">Nomor dan tanggal surat harus diisi keduanya/);
	assert.match((await wrong({ alasan: 'x', langkah: 'end-term' })).body, /Jangka waktu perjanjian belum berakhir/);
	assert.equal((await wrong({ alasan: 'x', langkah: 'resume' })).status, 409);
	assert.equal(padan.office('SELECT count(*) AS n FROM instansi_step')[0].n, 0);

	const { told, done } = await step(admin, 'BPBD', 'suspend');
	assert.match(text(told.body), /Permintaan berikutnya dari instansi ini langsung ditolak/);
	assert.match(text(done.body), /Langkah telah dicatat dan berlaku seketika/);
	await check_stopped(padan, { page, head, label: /Dibekukan/ });
	const entry = padan.journal().find((e) => e.act === 'instansi' && e.about === 'agreement state suspend');
	assert.equal(entry.user_id, 'admin');
	assert.equal(entry.clause, 'P9.1');
	assert.ok(!entry.line.includes('Laporan'), 'the ground is in the office, not in the journal');

	await step(admin, 'BPBD', 'resume', '');
	assert.equal(outcome(await page.ask(2)), 'Data ditemukan');

	await step(admin, 'BPBD', 'end-consent');
	await check_stopped(padan, { page, head, label: /Berakhir/ });
	const over = await admin.go('GET', '/perjanjian/status?instansi=BPBD');
	assert.match(text(over.body), /tidak ada langkah yang dapat diambil/);
	assert.match(text((await admin.go('GET', '/perjanjian/rancangan?instansi=BPBD')).body), /kode instansi yang baru/);

	const dinkes = await open(padan, 'dinkes-operator'), dinkes_head = await who(padan, 'dinkes-kepala');
	await step(admin, 'DINKES', 'end-nomenclature');
	await check_stopped(padan, { page: dinkes, head: dinkes_head, label: /Berakhir/, code: 'DINKES' });
});

test('P9.1, J.VI.I: revoked for breach; P9.2: an address removed by an addendum', async () => {
	const padan = await office();
	const admin = await who(padan, 'admin');
	const [head, page, dinkes] = [await who(padan, 'kepala'), await open(padan), await open(padan, 'dinkes-operator')];
	assert.equal(outcome(await page.ask(0)), 'Data ditemukan');
	await step(admin, 'BPBD', 'revoke');
	await check_stopped(padan, { page, head, label: /Dicabut/ });

	assert.equal(outcome(await dinkes.ask(0)), 'Data ditemukan');
	await addendum(admin, 'DINKES', { allow: '192.0.2.0/24' });
	const re = await dinkes.ask(1);
	assert.equal(outcome(re), 'Gagal Login');
	assert.equal(padan.journal().filter((e) => e.act === 'lookup').at(-1).outcome, '10');
	const next = await dinkes.b.go('GET', '/verifikasi', { follow: false });
	assert.equal(next.status, 303);
	assert.equal(next.headers.location, '/masuk');
});

/* The demo is made today; a moved clock plays its last seconds. */
const last_day = (padan) => new Date(padan.office("SELECT last_day AS n FROM instansi WHERE code = 'BPBD'")[0].n * 86400e3).toISOString().slice(0, 10);
const wib = (ms) => new Date(ms + 7 * 3600e3).toISOString().slice(0, 19).replace('T', ' ');
const faketime = readdirSync('/usr/lib').map((d) => `/usr/lib/${d}/faketime/libfaketimeMT.so.1`).find(existsSync);
/* The library itself: the command `faketime` is a parent that signals do not pass. */
const clock = (moment) => ({ env: { LD_PRELOAD: faketime, FAKETIME: `@${moment}`, TZ: 'Asia/Jakarta', FAKETIME_DONT_FAKE_MONOTONIC: '1', FAKETIME_FORCE_MONOTONIC_FIX: '0', DONT_FAKE_MONOTONIC: '1' } });

test('P4: the last day is included; at 24.00 WIB access ends by itself, on an open page too', async () => {
	const moving = await Clock.demo(wib(Date.now()), { residents: 300, settings: { 'user.dormant_days': 0 } }), { padan } = moving;
	offices.push(padan);
	const last = last_day(padan);
	moving.set(`${last} 23:50:00`);
	await padan.start();
	await padan.nightDone(); /* it would close the operator for the same reason */
	const [admin, head, page] = [await who(padan, 'admin'), await who(padan, 'kepala'), await open(padan)];
	assert.equal(outcome(await page.ask(0)), 'Data ditemukan');
	assert.match(text(page.b.page.body), /hari terakhir/);
	assert.match(text((await head.go('GET', '/perjanjian')).body), /Permohonan perpanjangan terlambat.*seharusnya diajukan paling lambat/);
	moving.set(wib(Date.parse(`${last}T24:00:00+07:00`)));
	await check_stopped(padan, { page, head, label: /Berakhir/, note: '' });
	assert.match(text((await admin.go('GET', '/?keadaan=berakhir')).body), /BPBD .*Berakhir/);
	/* the term is over by itself; the step puts it on record with its letter */
	await step(admin, 'BPBD', 'end-term', '');
	assert.match(text((await head.go('GET', '/perjanjian')).body), /Perjanjian berakhir karena jangka waktu/);
});

test('P4, J.VI.F: warnings six, four, three and two months before the end, then late', async () => {
	const padan = await Padan.demo({ residents: 100, settings: { 'user.dormant_days': 0 } });
	offices.push(padan);
	const before = (months, days) => {
		const d = new Date(`${last_day(padan)}T05:00:00Z`), day = d.getUTCDate();
		d.setUTCDate(1);
		d.setUTCMonth(d.getUTCMonth() - months);
		d.setUTCDate(Math.min(day, new Date(d.getUTCFullYear(), d.getUTCMonth() + 1, 0).getDate()) + days);
		return `${d.toISOString().slice(0, 10)} 12:00:00`;
	};
	for (const [months, days, words] of [
		[6, -1, null], [6, 0, /kurang dari 6 bulan/], [4, 0, /kurang dari 4 bulan/], [3, 0, /kurang dari 3 bulan/],
		[2, -9, /kurang dari 3 bulan lagi .* diajukan paling lambat/], [2, 1, /Permohonan perpanjangan terlambat/],
	]) {
		await padan.start(clock(before(months, days)));
		for (const [user, pages] of [['kepala', ['/', '/perjanjian']], ['admin', ['/perjanjian?instansi=BPBD']]]) {
			const b = await who(padan, user);
			for (const p of pages) {
				const said = text((await b.go('GET', p)).body);
				if (words) assert.match(said, words, `${months} ${days} ${p}`);
				else assert.doesNotMatch(said, /kurang dari|terlambat/, `${months} ${days} ${p}`);
			}
		}
		await padan.stop();
	}
});

test('P9.2: answers and slips name the version that allowed them, not the one of today', async () => {
	const padan = await office();
	const [b, admin] = [await Browser.operator(padan), await who(padan, 'admin')];
	assert.match(text((await b.verify(padan.nik['01'][0])).body), /Juknis II\.C, versi 1/);
	const slip = b.hidden('/verifikasi/slip');
	await addendum(admin, 'BPBD', {});
	assert.match(text((await b.go('POST', '/verifikasi/slip', { form: slip })).body), /PKS nomor [^ ]+, versi 1/);
	assert.match(text((await b.verify(padan.nik['01'][1])).body), /Juknis II\.C, versi 2/);
	assert.match(text((await b.submit('/verifikasi/slip', {})).body), /PKS nomor [^ ]+, versi 2/);
});
