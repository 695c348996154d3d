// SPDX-License-Identifier: EUPL-1.2
// P2.2g who-saw-what in seconds: a slip that was printed and a screen that was photographed,
// read out of the pages themselves, lead to exactly the entry of the journal behind them.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { Browser, OBSERVE, Padan, text } from './padan.mjs';

const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
let padan, admin, auditor, operator, mark, ref, slip, other;

before(async () => {
	padan = await (await Padan.demo({ residents: 300, tls: false, settings: OBSERVE })).start();
	operator = await Browser.operator(padan);
	const screen = await operator.verify(padan.nik['01'][0]);
	mark = /data-w="([^"]*)"/.exec(screen.body)[1];
	ref = /Ref\. <span class="n">([^<]*)/.exec(screen.body)[1];
	slip = await operator.submit('/verifikasi/slip', {});
	assert.equal(slip.status, 200);
	await sleep(6000); // apart from the next in its watermark
	other = /Ref\. <span class="n">([^<]*)/.exec((await operator.verify(padan.nik['01'][1])).body)[1];
	[admin, auditor] = [new Browser(padan), new Browser(padan)];
	await admin.login('admin');
	await auditor.login('auditor');
});
after(() => padan?.remove());

const ask = async (who, form) => {
	await who.go('GET', '/telusur');
	const re = await who.submit('/telusur', { ref: '', userid: '', waktu: '', selisih: '0', nik: '', ...form });
	return { status: re.status, body: re.body, words: text(re.body) };
};
const entry = () => padan.journal().find((e) => e.act === 'lookup' && e.nik);
/** The facts of what was found, against the entry itself. */
const isIt = (answer) => {
	assert.match(answer.words, new RegExp(`Akses ditemukan Referensi ${ref} Waktu ${/· (.* WIB)/.exec(mark)[1].replace(/\./g, '\\.')} Peristiwa \\S+.*Hasil Data ditemukan`), answer.words);
	const e = entry();
	for (const part of [/\(BPBD\)/, /User ID operator1/, /Kejadian \S/, /Versi perjanjian 1/, new RegExp(`Alamat ${e.peer}`), new RegExp(`Sesi nomor ${e.session}`), /Metode Web portal|Metode Portal/i])
		assert.match(answer.words, part);
};
const last = () => padan.journal().filter((e) => e.act === 'trace').at(-1);

test('P2.2j the watermark of the screen carries user id, second and reference', () => {
	assert.match(mark, /^operator1 · \d\d-\d\d-\d{4} \d\d\.\d\d\.\d\d WIB · [0-9A-Z]{4}-[0-9A-Z]{4}$/);
	assert.equal(mark.split(' · ')[2], ref);
	assert.match(slip.body, new RegExp(`data-w="${ref} · [^"]* WIB"`));
});

test('P2.2g a reference, however it is written, leads to the access and the prints of its slip', async () => {
	for (const typed of [ref, ref.toLowerCase(), ref.replace('-', ''), ` ${ref.slice(0, 3)} ${ref.slice(3)} `, ref.replaceAll('0', 'O').replaceAll('1', 'l'), mark,
		`PADAN:${ref}:${/class="n">([0-9A-Z]{10})</.exec(slip.body)[1]}`, /data-w="([^"]*)"/.exec(slip.body)[1]]) {
		const answer = await ask(admin, { ref: typed });
		isIt(answer);
		assert.match(answer.words, /Slip dicetak \d\d-\d\d-\d{4} [\d.]+ WIB, operator1/);
	}
	assert.equal(last().about, `trace ${ref}`);
	assert.equal(last().outcome, 'ok');
});

test('P2.2g who only reads user id and time off a photo finds it too; the minute is enough', async () => {
	const moment = mark.split(' · ')[1];
	const [, d, m, y, h, i, s] = /(\d+)-(\d+)-(\d+) (\d+)\.(\d+)\.(\d+)/.exec(moment);
	for (const waktu of [moment, `${d}/${m}/${y} ${h}:${i}:${s}`, `${y}-${m}-${d}T${h}:${i}:${s}`, `${Number(d)}-${Number(m)}-${y} ${h}.${i}.${s}`]) isIt(await ask(auditor, { userid: 'operator1', waktu }));
	const wide = await ask(admin, { userid: 'OPERATOR1', waktu: `${d}-${m}-${y} ${h}.${i}`, selisih: '5' });
	assert.match(wide.words, /Beberapa akses cocok/);
	assert.ok(wide.body.includes(ref) && wide.body.includes(other));
	isIt(await ask(admin, { userid: 'operator1', waktu: `${d}-${m}-${y} ${h}.${i}`, selisih: '5', nik: padan.nik['01'][0] }));
	const opened = await admin.go('POST', '/telusur', { form: { csrf: admin.hidden('/telusur').csrf, ref } });
	assert.match(text(opened.body), new RegExp(`Akses ditemukan Referensi ${ref}`));
});

test('P2.2g a NIK is compared and never kept', async () => {
	const [mine, another] = padan.nik['01'];
	assert.match((await ask(admin, { ref, nik: `${mine.slice(0, 6)} ${mine.slice(6, 12)} ${mine.slice(12)}` })).words, /NIK yang diketik cocok dengan akses ini/);
	assert.match((await ask(admin, { ref, nik: another })).words, /NIK yang diketik bukan NIK pada akses ini/);
	for (const e of padan.journal().filter((x) => x.act === 'trace')) {
		assert.equal(e.nik !== undefined, e.about === 'trace compare', 'as a hash, where it was compared');
		assert.ok(!e.line.includes(mine) && !e.line.includes(another));
	}
	assert.equal((await admin.go('GET', `/telusur?nik=${mine}`)).body.includes(mine), false, 'not out of an address');
});

test('P2.2g what leads nowhere says so, and that somebody asked is in the journal', async () => {
	assert.match((await ask(admin, { ref: '7K2M-94QX' })).words, /Tidak ditemukan Tidak ada catatan dengan referensi itu/);
	assert.equal(last().outcome, 'refused');
	for (const form of [{ userid: 'takada', waktu: '23-11-2026 09.41' }, { userid: 'operator1', waktu: '23-11-2020 09.41', selisih: '60' }])
		assert.match((await ask(admin, form)).words, /Tidak ada akses User ID itu pada waktu itu/);
	for (const [form, says] of [[{}, /Isi referensinya/], [{ userid: 'operator1' }, /Isi referensinya/], [{ userid: 'operator1', waktu: '31-02-2026 09.41' }, /Waktu itu tidak terbaca/],
		[{ ref, nik: '123' }, /NIK terdiri atas 16 angka/]]) {
		const answer = await ask(admin, form);
		assert.equal(answer.status, 400);
		assert.match(answer.words, says);
	}
	const kepala = new Browser(padan);
	await kepala.login('kepala');
	assert.equal((await kepala.go('GET', '/telusur')).status, 403);
	const { csrf } = (await kepala.go('GET', '/insiden/baru'), kepala.hidden('/insiden/baru'));
	assert.equal((await kepala.go('POST', '/telusur', { form: { csrf, ref } })).status, 403);
});

test('P2.2g from the access straight to an incident about it', async () => {
	const found = await ask(admin, { ref });
	const [, href] = /href="(\/insiden\/baru\?[^"]*)"/.exec(found.body);
	assert.ok(!(await ask(auditor, { ref })).body.includes('/insiden/baru'));
	const form = await admin.go('GET', href.replaceAll('&amp;', '&'));
	assert.match(form.body, /name="instansi" value="BPBD"/);
	const opened = await admin.submit('/insiden/baru', { instansi: 'BPBD', jenis: 'tersebar', judul: 'Slip di media sosial', uraian: 'Ditemukan warga.', diketahui: new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 16) });
	assert.match(text(opened.body), new RegExp(`Dari akses ${ref}`));
	assert.match(opened.body, /name="userid" value="operator1"/);
	assert.equal(padan.office('SELECT source_entry AS n FROM incident')[0].n, entry().seq);
});
