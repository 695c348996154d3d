// SPDX-License-Identifier: EUPL-1.2
// From the answer to its data balikan in one motion (P2.2b, J.III), over HTTP: who may tell,
// of whom, what is refused, and that neither an address nor the journal learns more than it
// must.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { Padan, Browser, OBSERVE, text } from './padan.mjs';

let padan, operator;
before(async () => {
	padan = await (await Padan.demo({ residents: 500, settings: { ...OBSERVE } })).start();
	operator = await Browser.operator(padan);
});
after(() => padan?.remove());

const BIT = { 'X-Padan-Bagian': '1' };
const rows = () => padan.office('SELECT count(*) AS n FROM feedback_entry')[0].n;
const kejadian = (code) => padan.office(`SELECT min(kejadian_id) AS id FROM kejadian WHERE instansi_id = (SELECT instansi_id FROM instansi WHERE code = '${code}')`)[0].id;
const person = (id) => padan.office(`SELECT person_id, state, keterangan, house, told_by, on_day FROM feedback_person WHERE person_id = ${id}`)[0];
const newest = () => padan.office('SELECT max(person_id) AS id FROM feedback_person')[0].id;
const token = async (b) => {
	await b.go('GET', '/sesi');
	return b.hidden('/keluar').csrf;
};
/** As the card beside an answer sends it. */
const tell = async (b, nik, fields, { as = {}, headers } = {}) =>
	b.go('POST', '/korban/catat', { form: { csrf: await token(b), nik, kejadian: kejadian('BPBD'), ...fields, ...as }, headers, follow: false });

test('every answer about somebody has the card; one about nobody has none', async () => {
	for (const code of ['01', '11', '12', '14']) assert.match((await operator.verify(padan.nik[code][0])).body, /id="catat"/, code);
	for (const nik of [padan.nik['13'][0], '3304131313909999', '']) {
		const { body } = await operator.verify(nik);
		assert.doesNotMatch(body, /id="catat"/, nik);
	}
});

test('the fragment holds of whom the form is, and nothing of the answer', async () => {
	const { body } = await operator.verify(padan.nik['01'][1], { headers: BIT });
	const card = /<section class="card pad" id="catat"[\s\S]*?<\/section>/.exec(body)[0];
	assert.match(card, new RegExp(`data-nik="${padan.nik['01'][1]}" data-kejadian="${kejadian('BPBD')}"`));
	for (const [, value] of body.matchAll(/<dd[^>]*>([^<]{4,})<\/dd>/g))
		if (!/^[\d ]+$/.test(value)) assert.ok(!card.includes(value), value);
});

test('P2.2b: what is told closes the debt, is told to nobody twice, and stands in the journal without a NIK', async () => {
	const nik = padan.nik['01'][2];
	await operator.verify(nik);
	const id = newest(), before = rows();
	assert.equal(person(id).state, 'open');
	const re = await tell(operator, nik, { keterangan: 'mengungsi', rumah: 'berat', catatan: 'di balai desa' }, { headers: BIT });
	assert.equal(re.status, 200);
	assert.match(text(re.body), /Tersimpan: Mengungsi, rumah: Rusak berat · \d\d-\d\d-\d{4} Oleh operator1 · Riwayat \(1\)/);
	assert.ok(re.body.includes(`/korban/orang?id=${id}`));
	assert.equal((await tell(operator, nik, { keterangan: 'mengungsi', rumah: 'berat', catatan: 'di balai desa' }, { headers: BIT })).status, 200);
	assert.equal(rows(), before + 1, 'the same again is the same');
	const { state, keterangan, house, told_by } = person(id);
	assert.deepEqual({ state, keterangan, house, told_by }, { state: 'closed', keterangan: 'mengungsi', house: 'berat', told_by: 'operator1' });
	const entries = padan.journal().filter((e) => e.act === 'feedback');
	assert.equal(entries.length, 1);
	assert.match(entries[0].line, /form victim mengungsi berat/);
	assert.ok(!entries[0].line.includes(nik) && !entries[0].line.includes('balai desa'));
});

test('without script: a redirect that names a row and no NIK, then a notice and an empty field', async () => {
	const nik = padan.nik['01'][3];
	await operator.verify(nik);
	const id = newest();
	const re = await tell(operator, nik, { keterangan: 'luka' });
	assert.deepEqual([re.status, re.headers.location], [303, `/verifikasi?tersimpan=${id}`]);
	const page = await operator.go('GET', re.headers.location);
	assert.match(text(page.body), /Tersimpan: Luka \/ Sakit/);
	assert.match(page.body, /id="nik" name="nik" value=""/);
	const again = await operator.go('GET', `/verifikasi?korban=${id}`);
	assert.match(text(again.body), /Perbarui keadaan korban NIK .* Luka \/ Sakit/);
	assert.ok(again.body.includes(`value="${nik.slice(0, 6)} ${nik.slice(6, 12)} ${nik.slice(12)}"`), 'the NIK is back in its field');
});

test('a state that changes is told again; the card shows the last one and how many', async () => {
	const nik = padan.nik['01'][4];
	await operator.verify(nik);
	const id = newest();
	for (const keterangan of ['hilang', 'meninggal']) assert.equal((await tell(operator, nik, { keterangan }, { headers: BIT })).status, 200);
	assert.match(text((await operator.verify(nik)).body), /Perbarui keadaan korban NIK [\d ]+ Meninggal · [\d-]+ Oleh operator1 · Riwayat \(2\)/);
	const re = await tell(operator, nik, { alasan: 'lain-orang' }, { headers: BIT });
	assert.match(text(re.body), /Tersimpan: Bukan korban: Data ternyata milik orang lain/);
	assert.equal(person(id).state, 'waived');
});

test('the head may tell, and of a kejadian that is closed too', async () => {
	const head = new Browser(padan);
	await head.login('kepala');
	await head.go('GET', '/kejadian');
	await head.submit('/kejadian/baru', { jenis: 'Banjir', nama: 'Banjir Uji', tempat: 'Desa Uji', tanggal: '2026-01-02' });
	const nik = padan.nik['01'][5];
	await head.verify(nik);
	const [{ id }] = padan.office('SELECT max(kejadian_id) AS id FROM kejadian');
	await head.go('GET', '/kejadian');
	await head.go('POST', '/kejadian/tutup', { form: { csrf: await token(head), kejadian: id } });
	const re = await tell(head, nik, { keterangan: 'menderita', kejadian: id }, { headers: BIT });
	assert.match(text(re.body), /Tersimpan: Menderita \(terdampak\) · .* Oleh kepala/);
});

describe('who may not', () => {
	const refused = async (re, status, words) => {
		assert.equal(re.status, status, text(re.body));
		if (words) assert.match(text(re.body), words);
	};
	for (const user of ['admin', 'auditor'])
		test(`${user}: 403`, async () => {
			const b = new Browser(padan);
			await b.login(user);
			const before = rows();
			await refused(await tell(b, padan.nik['01'][0], { keterangan: 'luka' }), 403, /bukan untuk peran Anda/);
			assert.equal(rows(), before);
		});

	test('another agency: its kejadian only, and only whom it asked for; its rows show nothing', async () => {
		const other = await Browser.operator(padan, 'dinkes-operator');
		const nik = padan.nik['01'][6];
		await operator.verify(nik);
		const id = newest(), before = rows();
		await refused(await tell(other, nik, { keterangan: 'luka' }, { headers: BIT }), 404, /tidak ada pada instansi Anda/);
		await refused(await tell(other, nik, { keterangan: 'luka', kejadian: kejadian('DINKES') }, { headers: BIT }), 409, /belum pernah diperiksa/);
		for (const name of ['tersimpan', 'korban']) {
			const { body } = await other.go('GET', `/verifikasi?${name}=${id}`);
			assert.ok(!body.includes(nik) && !body.includes(nik.slice(6, 12)), 'not his person');
			assert.match(text(body), /Belum ada yang diperiksa/);
		}
		assert.equal(rows(), before);
	});

	test('a NIK nobody asked for, and a kejadian that never was', async () => {
		const before = rows();
		await refused(await tell(operator, padan.nik['01'][40], { keterangan: 'luka' }), 409, /belum pernah diperiksa/);
		for (const bad of ['999999', '0', '-1', '1e3', '', "1' OR '1'='1", '9223372036854775808'])
			assert.ok([400, 404].includes((await tell(operator, padan.nik['01'][0], { keterangan: 'luka', kejadian: bad })).status), bad);
		assert.equal(rows(), before);
	});

	test('forged: no token, a stranger’s token, a foreign Origin', async () => {
		const thief = await Browser.operator(padan, 'dinkes-operator');
		const nik = padan.nik['01'][0], before = rows(), form = { nik, kejadian: kejadian('BPBD'), keterangan: 'luka' };
		for (const [csrf, headers] of [['', {}], ['x', {}], [await token(thief), {}], [await token(operator), { Origin: 'https://penyerang.example' }]])
			assert.equal((await operator.go('POST', '/korban/catat', { form: { ...form, csrf }, headers, follow: false })).status, 403);
		assert.equal(rows(), before);
	});
});

describe('what is refused', () => {
	const nik = () => padan.nik['01'][7];
	const ahead = () => new Date(Date.now() + 3 * 86400e3).toISOString().slice(0, 10);
	const bad = {
		'a note with a NIK': [() => ({ keterangan: 'luka', catatan: `anak dari ${padan.nik['01'][8]}` }), /tidak boleh memuat NIK/],
		'a note with a NIK in groups': [() => ({ keterangan: 'luka', catatan: '330413 410785-9907' }), /tidak boleh memuat NIK/],
		'a note too long': [() => ({ keterangan: 'luka', catatan: 'a'.repeat(201) }), /terlalu panjang/],
		'a note of two lines': [() => ({ keterangan: 'luka', catatan: 'satu\ndua' }), /satu baris/],
		'a day to come': [() => ({ keterangan: 'luka', tanggal: ahead() }), /belum tiba/],
		'a day long past': [() => ({ keterangan: 'luka', tanggal: '1900-01-01' }), /terlalu lampau/],
		'no day at all': [() => ({ keterangan: 'luka', tanggal: '31-12-2025' }), /tidak dapat dibaca/],
		'nothing chosen': [() => ({}), /Pilih keterangan korban/],
		'a word that is none': [() => ({ keterangan: 'Mengungsi' }), /tidak ada dalam daftar/],
		'a house that is none': [() => ({ keterangan: 'luka', rumah: 'hancur' }), /tidak ada dalam daftar/],
		'a reason that is none': [() => ({ alasan: 'bosan' }), /tidak ada dalam daftar/],
		'both at once': [() => ({ keterangan: 'luka', alasan: 'salah-nik' }), /tidak keduanya/],
		'another reason that is not said': [() => ({ alasan: 'lain' }), /Tuliskan alasannya/],
	};
	for (const [what, [fields, words]] of Object.entries(bad))
		test(`${what}: said, kept, and nothing saved`, async () => {
			await operator.verify(nik());
			const before = rows(), given = fields();
			const bit = await tell(operator, nik(), given, { headers: BIT });
			assert.equal(bit.status, 400);
			assert.match(text(bit.body), words);
			assert.ok(!given.catatan || !bit.body.includes(given.catatan), 'the words are not sent back where the form still holds them');
			const page = await tell(operator, nik(), given);
			assert.equal(page.status, 400);
			assert.match(text(page.body), words);
			if (given.catatan && !given.catatan.includes('\n')) assert.ok(page.body.includes(`value="${given.catatan}"`), 'what was typed stays');
			assert.equal(rows(), before);
		});

	test('a NIK that is none, and a form too large', async () => {
		const before = rows();
		assert.equal((await tell(operator, '123', { keterangan: 'luka' })).status, 400);
		assert.equal((await tell(operator, nik(), { keterangan: 'luka', catatan: 'a'.repeat(5000) })).status, 413);
		assert.equal(rows(), before);
	});

	test('markup in a note comes back as text', async () => {
		const { body } = await tell(operator, nik(), { keterangan: 'luka', tanggal: 'x', catatan: '"><script>alert(1)</script>' });
		assert.ok(!body.includes('<script>alert'));
		assert.ok(body.includes('&lt;script&gt;alert(1)&lt;/script&gt;'));
	});
});

test('P9.1: a suspended agency tells nothing here', async () => {
	const nik = padan.nik['01'][9];
	await operator.verify(nik);
	const before = rows(), csrf = await token(operator);
	padan.run('agreement', 'state', padan.dir, 'BPBD', 'suspended', '--note', 'uji');
	const re = await operator.go('POST', '/korban/catat', { form: { csrf, nik, kejadian: kejadian('BPBD'), keterangan: 'luka' }, headers: BIT, follow: false });
	padan.run('agreement', 'state', padan.dir, 'BPBD', 'active');
	assert.equal(re.status, 403);
	assert.equal(rows(), before);
});

test('reloaded: the same card, of what is known by then; under another kejadian a card of that one', async () => {
	const head = new Browser(padan);
	await head.login('kepala');
	await head.choose();
	const nik = padan.nik['01'][20];
	await head.go('GET', '/verifikasi');
	const form = { ...head.hidden('/verifikasi'), nik, document: 'ktp-el' };
	const again = async (headers = {}) => head.go('POST', '/verifikasi', { form: { ...form, csrf: await token(head) }, headers });
	assert.match(text((await again()).body), /Catat sebagai korban/);
	await tell(head, nik, { keterangan: 'hilang' });
	for (const headers of [{}, BIT]) assert.match(text((await again(headers)).body), /permintaan ulang.* Perbarui keadaan korban NIK [\d ]+ Hilang/);
	await head.go('GET', '/kejadian');
	await head.submit('/kejadian/baru', { jenis: 'Banjir', nama: 'Banjir Lain', tempat: 'Desa Lain', tanggal: '2026-01-02' });
	const [{ id }] = padan.office('SELECT max(kejadian_id) AS id FROM kejadian');
	const { body } = await again(BIT);
	assert.match(text(body), /Catat sebagai korban/);
	assert.ok(body.includes(`data-kejadian="${id}"`));
});
