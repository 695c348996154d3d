// SPDX-License-Identifier: EUPL-1.2
// Kejadian and the list of their victims: who may open, close, read and write; filters,
// corrections, history, what closing shows, and what is left to the head of an agency
// that was stopped (P2.2b, J.III, DOMAIN 2).
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { Padan, Browser, OBSERVE, text } from './padan.mjs';
import { formOf } from './form.mjs';

let padan, operator, second, head, admin, auditor;
const people = (b) => [...b.page.body.matchAll(/<a class="n" href="\/korban\/orang\?id=(\d+)">([\d ]+)<\/a>/g)].map((m) => ({ id: m[1], nik: m[2].replaceAll(' ', '') }));
const sum = (html) => [.../<dl class="sum">([\s\S]*?)<\/dl>/.exec(html)[1].matchAll(/<dd[^>]*>([\d.]+)/g)].map((m) => Number(m[1]));
const token = async (b) => {
	await b.go('GET', '/sesi');
	return b.hidden('/keluar').csrf;
};
const post = async (b, target, form) => b.go('POST', target, { form: { csrf: await token(b), ...form }, follow: false });
const one = (sql) => padan.office(sql)[0];
const told = () => padan.journal().filter((e) => e.act === 'feedback' && /^form (victim|waiver) /.test(e.about));
const signIn = async (user) => {
	const b = new Browser(padan);
	await b.login(user);
	return b;
};

before(async () => {
	padan = await Padan.demo({ residents: 300, settings: OBSERVE });
	padan.fill(`INSERT INTO paper (instansi_id, kind, subject, number, signer, signed_day, valid_day, filed_us, state, scan_id, note, filed_by, decided_by)
		SELECT instansi_id, 'nda', 'operator2', 'NDA/9', 'x', 1, 2147483647, 1, 'accepted', 0, '', '', '' FROM instansi WHERE code = 'BPBD'`);
	await padan.start();
	operator = await Browser.operator(padan);
	second = await Browser.operator(padan, 'operator2');
	head = await signIn('kepala');
	admin = await signIn('admin');
	auditor = await signIn('auditor');
});
after(() => padan?.remove());

test('an empty list says what will appear, and what to do first', async () => {
	const re = await operator.go('GET', '/korban');
	assert.equal(re.status, 200);
	assert.match(text(re.body), /Belum ada NIK yang datanya diakses untuk kejadian ini\. Daftar terisi sendiri setelah verifikasi pertama dijawab/);
	assert.deepEqual(sum(re.body), [0, 0, 0, 0]);
	assert.equal(text((await operator.go('GET', '/kejadian/arsip')).body).includes('Tidak ada kejadian di sini'), true);
});

test('P2.2b: who was answered is in the list until he is told of; a row is told of in one step', async () => {
	for (const code of ['01', '11', '12', '14', '13']) await operator.verify(padan.nik[code][0]);
	await second.verify(padan.nik['01'][1]);
	await second.verify(padan.nik['01'][0]); /* asked before, by another: one debt */
	const re = await operator.go('GET', '/korban');
	assert.deepEqual(sum(re.body), [5, 0, 0, 5]);
	const rows = people(operator);
	assert.deepEqual(rows.map((r) => r.nik), [padan.nik['01'][0], padan.nik['11'][0], padan.nik['12'][0], padan.nik['14'][0], padan.nik['01'][1]]);
	const form = formOf(re.body, '/korban/orang');
	assert.equal(form.id, rows[0].id);
	const saved = await operator.go('POST', '/korban/orang', { form: { ...form, keterangan: 'mengungsi' }, follow: false });
	assert.equal(saved.status, 303);
	assert.equal(saved.headers.location, `/korban?kejadian=1&tersimpan=${rows[0].id}`);
	const after_it = await operator.go('GET', saved.headers.location);
	assert.match(text(after_it.body), new RegExp(`Tersimpan\\. ${rows[0].nik.replace(/(.{6})(.{6})/, '$1 $2 ')}: Mengungsi\\.`));
	assert.deepEqual(sum(after_it.body), [5, 1, 0, 4]);
	const entry = told().at(-1);
	assert.deepEqual([entry.user_id, entry.about, entry.kejadian, entry.outcome], ['operator1', 'form victim mengungsi', 1, 'ok']);
	assert.ok(!entry.line.includes(rows[0].nik), 'no NIK in the journal');
});

test('P2.2b: a state changes over time: a dated history, one data balikan a change, the same told twice is one', async () => {
	const id = people(operator).find((p) => p.nik === padan.nik['01'][0]).id;
	const page = `/korban/orang?id=${id}`;
	await second.go('GET', page);
	const before_it = told().length;
	let re = await post(second, '/korban/orang', { id, bentuk: 'korban', keterangan: 'hilang', rumah: 'berat', tanggal: '2026-01-02', catatan: 'terseret <b>arus</b>' });
	assert.equal(re.headers.location, `${page}&catatan=korban-simpan`);
	re = await post(head, '/korban/orang', { id, bentuk: 'korban', keterangan: 'meninggal', rumah: 'berat' });
	assert.equal(re.headers.location, `${page}&catatan=korban-simpan`);
	re = await post(head, '/korban/orang', { id, bentuk: 'korban', keterangan: 'meninggal', rumah: 'berat' });
	assert.equal(re.headers.location, `${page}&catatan=korban-sama`);
	re = await head.go('GET', re.headers.location);
	assert.match(text(re.body), /Keadaan itu sudah tercatat; tidak ada yang berubah/);
	assert.equal(told().length, before_it + 2);
	const line = text(/<ol class="line">[\s\S]*?<\/ol>/.exec(re.body)[0]);
	assert.match(line, /^Meninggal, rumah: Rusak berat [\d-]+ [\d.]+ WIB oleh kepala melalui formulir Sejak \S+ Hilang, rumah: Rusak berat .* oleh operator2 .* Sejak 02-01-2026 terseret <b>arus<\/b> Mengungsi .* oleh operator1 .*Data diakses; wajib dilaporkan .* oleh operator1$/);
	assert.ok(!re.body.includes('<b>arus</b>'));
	assert.deepEqual(sum((await operator.go('GET', '/korban')).body), [5, 1, 0, 4]);
});

test('a waiver needs a reason, and can become a victim and a waiver again; the figures follow', async () => {
	const id = people(operator).find((p) => p.nik === padan.nik['11'][0]).id;
	let re = await post(operator, '/korban/orang', { id, bentuk: 'bukan', alasan: 'lain', catatan: ' ' });
	assert.equal(re.status, 400);
	assert.match(text(re.body), /Tuliskan alasannya pada catatan/);
	re = await post(operator, '/korban/orang', { id, bentuk: 'bukan', alasan: '' });
	assert.match(text(re.body), /Pilih alasannya/);
	const steps = [[{ bentuk: 'bukan', alasan: 'lain', catatan: 'sedang merantau' }, [5, 1, 1, 3]], [{ bentuk: 'korban', keterangan: 'luka' }, [5, 2, 0, 3]],
		[{ bentuk: 'bukan', alasan: 'salah-nik' }, [5, 1, 1, 3]]];
	for (const [form, figures] of steps) {
		assert.equal((await post(operator, '/korban/orang', { id, ...form })).status, 303);
		assert.deepEqual(sum((await operator.go('GET', '/korban')).body), figures);
	}
	re = await operator.go('GET', `/korban/orang?id=${id}`);
	assert.match(text(re.body), /Bukan korban: NIK keliru dimasukkan .*Luka \/ Sakit .*Bukan korban: Alasan lain .*sedang merantau/);
	assert.match(text(/<h1>.*?<\/h1>/.exec(re.body)[0]), /Bukan korban$/);
});

test('what is wrong stands beside the field, keeps what was typed, and changes nothing', async () => {
	await operator.go('GET', '/korban?status=open');
	const { id } = people(operator)[0];
	const before_it = told().length;
	for (const [form, words] of [[{}, /Pilih keterangan korban\./], [{ keterangan: 'sehat' }, /Pilih keterangan korban\./], [{ keterangan: 'luka', rumah: 'istana' }, /Pilih kerusakan rumah dari daftar/],
		[{ keterangan: 'luka', tanggal: '31-12-2025' }, /Tanggal tidak dapat dibaca/], [{ keterangan: 'luka', tanggal: '2199-01-01' }, /belum tiba/],
		[{ keterangan: 'luka', tanggal: '1900-01-01' }, /terlalu lampau/], [{ keterangan: 'luka', catatan: `anak ${padan.nik['01'][0]}` }, /tidak boleh memuat NIK/],
		[{ keterangan: 'luka', catatan: 'x'.repeat(201) }, /terlalu panjang/], [{ keterangan: 'luka', catatan: 'a\nb' }, /satu baris/]]) {
		const re = await post(operator, '/korban/orang', { id, bentuk: 'korban', ...form });
		assert.equal(re.status, 400, JSON.stringify(form));
		assert.match(text(re.body), words);
		if (form.tanggal) assert.ok(re.body.includes(`value="${form.tanggal}"`), 'kept');
		if (form.keterangan === 'luka') assert.match(re.body, /value="luka" checked/);
	}
	for (const bad of ['0', '-1', 'x', '99999', '99999999999999999999', ''])
		for (const re of [await operator.go('GET', `/korban/orang?id=${bad}`), await post(operator, '/korban/orang', { id: bad, keterangan: 'luka' })]) {
			assert.equal(re.status, 404);
			assert.match(text(re.body), /Orang itu tidak ada dalam daftar korban/);
		}
	assert.equal(told().length, before_it);
});

test('back to the list it came from, and nowhere else', async () => {
	await operator.go('GET', '/korban');
	const { id } = people(operator).find((p) => p.nik === padan.nik['01'][0]);
	for (const [kembali, want] of [['/korban?kejadian=1&status=open&hal=2', /^\/korban\?kejadian=1&status=open&hal=2&tersimpan=\d+$/], ['https://jahat.example/', /^\/korban\/orang/], ['//jahat.example/korban?', /^\/korban\/orang/],
		['/korban', /^\/korban\/orang/], ['/keluar', /^\/korban\/orang/], ['/korban?a\r\nX: y', /^\/korban\/orang/], ['', /^\/korban\/orang/]]) {
		const re = await post(operator, '/korban/orang', { id, keterangan: 'meninggal', rumah: 'berat', kembali });
		assert.equal(re.status, 303);
		assert.match(re.headers.location, want);
		assert.ok(!/\d{16}/.test(re.headers.location));
	}
	const re = await operator.go('GET', '/korban?kejadian=1&status=open&hal=99');
	assert.ok(people(operator).length > 0, 'a page past the end is the last one');
	assert.equal(re.status, 200);
});

test('filters: status, keterangan, what I asked for; an unknown one is none', async () => {
	const niks = async (query, b = operator) => {
		await b.go('GET', `/korban?kejadian=1${query}`);
		return people(b).map((p) => p.nik);
	};
	const all = await niks('');
	assert.equal(all.length, 5);
	assert.deepEqual(await niks('&status=waived'), [padan.nik['11'][0]]);
	assert.deepEqual(await niks('&keterangan=meninggal'), [padan.nik['01'][0]]);
	assert.deepEqual(await niks('&status=open&keterangan=meninggal'), []);
	assert.match(text(operator.page.body), /Tidak ada yang cocok\. Tampilkan semua/);
	assert.deepEqual(await niks('&saya=1', second), [padan.nik['01'][1]]);
	assert.deepEqual((await niks('&saya=1')).sort(), all.filter((n) => n !== padan.nik['01'][1]).sort());
	assert.deepEqual(await niks('&status=x&keterangan=%3Cb%3E'), all);
	for (const bad of ['0', 'x', '99999']) assert.equal((await operator.go('GET', `/korban?kejadian=${bad}`)).status, 404);
});

test('P3.1a: the provider reads it, agency by agency, and writes nothing', async () => {
	const { id } = people(await (async () => { await operator.go('GET', '/korban'); return operator; })())[0];
	for (const b of [admin, auditor]) {
		let re = await b.go('GET', '/korban?instansi=BPBD&kejadian=1');
		assert.deepEqual(sum(re.body).slice(0, 1), [5]);
		assert.equal(people(b).length, 5);
		assert.match(text(re.body), /Instansi: Badan Penanggulangan/);
		assert.ok(!re.body.includes('action="/korban/orang"'), 'no quick entry');
		re = await b.go('GET', `/korban/orang?id=${id}`);
		assert.equal(re.status, 200);
		assert.match(text(re.body), /Riwayat/);
		assert.ok(!re.body.includes('action="/korban/orang"'));
		assert.equal((await post(b, '/korban/orang', { id, keterangan: 'luka' })).status, 403);
		assert.equal((await b.go('GET', '/korban?instansi=DINKES&kejadian=1')).status, 404);
		assert.match(text((await b.go('GET', '/korban')).body), /Pilih dahulu instansi dan kejadiannya di Data balikan/);
	}
	const stranger = await signIn('dinkes-kepala');
	for (const target of [`/korban/orang?id=${id}`, '/korban?kejadian=1', '/korban?instansi=BPBD', '/korban?instansi=BPBD&kejadian=1&cetak=1'])
		assert.equal((await stranger.go('GET', target)).status, 404, target);
	assert.equal(people(stranger).length, 0);
	const re = await stranger.go('GET', `/korban?tersimpan=${id}`);
	assert.ok(!/\d{6} \d{6} \d{4}/.test(text(re.body)), 'not by way of the remark either');
});

test('the print view: whose it is, when, by whom, the filter, and one line a person', async () => {
	const re = await operator.go('GET', '/korban?kejadian=1&status=waived&saya=1&cetak=1');
	const sheet = text(/<article class="sheet"[^>]*>[\s\S]*<\/article>/.exec(re.body)[0]);
	assert.match(sheet, /^Badan Penanggulangan .* Daftar korban: .* Saringan: Bukan korban; yang diperiksa operator1\. Dicetak oleh operator1, \d+ \S+ \d+, [\d.]+ WIB/);
	assert.match(re.body, /class="wm" aria-hidden="true" data-w="operator1 · [\d-]+ [\d.]+ WIB"/);
	assert.match(sheet, /1 \d{6} \d{6} \d{4} Bukan korban [\d-]+ operator1$/);
});

test('DOMAIN 2: of a suspended agency the head still tells, an operator does not', async () => {
	await operator.go('GET', '/korban?status=open');
	const { id } = people(operator)[0];
	const before_it = told().length;
	padan.run('agreement', 'state', padan.dir, 'BPBD', 'suspended', '--note', 'x');
	for (const re of [await operator.go('GET', '/korban'), await operator.go('GET', `/korban/orang?id=${id}`)]) assert.equal(re.status, 403);
	const { csrf } = await (async () => { await head.go('GET', '/sesi'); return head.hidden('/keluar'); })();
	assert.equal((await post(operator, '/korban/orang', { id, keterangan: 'luka' })).status, 403);
	const sought = { kejadian: '1', nik: padan.nik['01'][0] };
	assert.equal((await post(operator, '/korban/cari', sought)).status, 403);
	assert.equal((await head.go('POST', '/korban/cari', { form: { csrf, ...sought }, follow: false })).status, 303);
	assert.equal(told().length, before_it);
	assert.equal((await head.go('GET', `/korban/orang?id=${id}`)).status, 200);
	assert.equal((await head.go('POST', '/korban/orang', { form: { csrf, id, keterangan: 'luka' }, follow: false })).status, 303);
	assert.equal(told().length, before_it + 1);
	assert.equal((await head.go('POST', '/kejadian/tutup', { form: { csrf, kejadian: '1', yakin: '1' }, follow: false })).status, 403, 'and acts on nothing else');
	padan.run('agreement', 'state', padan.dir, 'BPBD', 'active');
});

test('a kejadian has a note; a wrong one is refused beside its field and keeps what was typed', async () => {
	const form = { jenis: 'Banjir', nama: 'Banjir Merawu', tempat: 'Desa Contoh', kecamatan: 'Madukara', tanggal: '2026-01-02', catatan: 'Posko di balai desa' };
	for (const [change, words] of [[{ nama: ' ' }, /Nama kejadian harus diisi/], [{ tempat: '', kecamatan: ' ' }, /Isi desa atau kelurahan, kecamatan, atau keduanya/], [{ tanggal: 'x' }, /tidak dapat dibaca/], [{ tanggal: '2199-01-01' }, /belum tiba/],
		[{ catatan: `lihat ${padan.nik['01'][0]}` }, /Catatan kejadian tidak boleh memuat NIK/], [{ catatan: 'x'.repeat(301) }, /terlalu panjang/], [{ nama: 'x'.repeat(121) }, /terlalu panjang/], [{ jenis: 'Kiamat' }, /tidak ada dalam daftar/]]) {
		const re = await post(operator, '/kejadian/baru', { ...form, ...change });
		assert.equal(re.status, 400, JSON.stringify(change));
		assert.match(text(re.body), words);
		assert.ok(re.body.includes('value="Posko di balai desa"') || change.catatan, 'kept');
		assert.ok(re.body.includes('value="Madukara"') || change.kecamatan, 'kept');
	}
	assert.equal((await post(operator, '/kejadian/baru', form)).status, 303);
	assert.deepEqual(one("SELECT place, note FROM kejadian WHERE name = 'Banjir Merawu'"), { place: 'Desa Contoh, Kec. Madukara', note: 'Posko di balai desa' });
	assert.equal((await post(head, '/kejadian/baru', { ...form, nama: 'Banjir Luas', tempat: '', kecamatan: 'Kecamatan Rakit dan Bawang', catatan: '' })).status, 303);
	assert.equal(one("SELECT place FROM kejadian WHERE name = 'Banjir Luas'").place, 'Kecamatan Rakit dan Bawang');
	assert.match(text((await head.go('GET', '/kejadian')).body), /Banjir Merawu Banjir · Posko di balai desa Desa Contoh, Kec\. Madukara 02-01-2026 Daftar korban Banjir Merawu belum ada/);
});

test('one NIK is looked for within a kejadian, and never stands in an address', async () => {
	const nik = padan.nik['01'][0], grouped = `${nik.slice(0, 6)} ${nik.slice(6, 12)} ${nik.slice(12)}`;
	await operator.go('GET', '/korban?kejadian=1');
	assert.equal(operator.hidden('/korban/cari').kejadian, '1');
	const find = (b, form) => post(b, '/korban/cari', { kejadian: '1', ...form });
	for (const typed of [nik, grouped]) for (const b of [operator, head]) {
		const re = await find(b, { nik: typed });
		assert.equal(re.status, 303, re.body);
		assert.match(re.headers.location, /^\/korban\/orang\?id=\d+$/);
		const page = await b.go('GET', re.headers.location);
		assert.ok(text(page.body).includes(grouped), text(page.body));
	}
	for (const [typed, words] of [[padan.nik['01'][49], /NIK itu belum pernah diperiksa untuk kejadian ini/], ['330413', /NIK tidak terbaca: harus 16 angka/], ['', /NIK tidak terbaca/]]) {
		const re = await find(operator, { nik: typed });
		assert.match(re.headers.location, /^\/korban\?kejadian=1&catatan=korban-[a-z]+$/);
		assert.match(text((await operator.go('GET', re.headers.location)).body), words);
	}
	const before_it = told().length;
	assert.equal((await find(await signIn('dinkes-operator'), { nik })).status, 404, 'the kejadian of another agency');
	for (const b of [admin, auditor]) assert.equal((await find(b, { nik })).status, 403);
	assert.equal((await find(operator, { nik, kejadian: 'x' })).status, 400);
	assert.equal(told().length, before_it);
});

test('the kind of disaster is chosen, never taken for granted: none, or one that is none, is refused beside its field', async () => {
	const form = { nama: 'Banjir Tanpa Jenis', tempat: 'Desa Contoh', tanggal: '2026-01-02' };
	const fresh = (await operator.go('GET', '/kejadian')).body;
	assert.match(fresh, /<select id="jenis" name="jenis" required><option value="">Pilih jenis bencana<\/option><option>Banjir<\/option>/);
	for (const [more, words] of [[{}, 'Pilih jenis bencana.'], [{ jenis: '' }, 'Pilih jenis bencana.'], [{ jenis: 'Kiamat' }, 'Jenis bencana tidak ada dalam daftar.']]) {
		const re = await post(operator, '/kejadian/baru', { ...form, ...more });
		assert.equal(re.status, 400, words);
		assert.match(re.body, /<select id="jenis" name="jenis" required aria-invalid="true" aria-describedby="s0">/);
		assert.ok(re.body.includes(`</select><p class="err" id="s0" role="alert">${words}</p></div>`), words);
	}
	assert.equal(one("SELECT count(*) AS n FROM kejadian WHERE name = 'Banjir Tanpa Jenis'").n, 0);
	const kept = await post(operator, '/kejadian/baru', { ...form, jenis: 'Tanah longsor', tanggal: 'x' });
	assert.match(kept.body, /<select id="jenis" name="jenis" required><option value="">.*<option selected>Tanah longsor<\/option>/, 'what was chosen stays');
});

test('closing shows what is owed and asks to own to it; the debts stay closable, the archive has the figures', async () => {
	await operator.choose();
	await operator.go('GET', '/kejadian/tutup?kejadian=1');
	const owed = sum(operator.page.body)[3];
	assert.ok(owed > 0);
	assert.match(text(operator.page.body), new RegExp(`${owed} NIK belum dilaporkan`));
	let re = await post(operator, '/kejadian/tutup', { kejadian: '1' });
	assert.equal(re.status, 400);
	assert.match(text(re.body), /Beri tanda pada pernyataan ini/);
	assert.equal(one('SELECT is_open AS n FROM kejadian WHERE kejadian_id = 1').n, 1);
	re = await post(operator, '/kejadian/tutup', { kejadian: '1', yakin: '1' });
	assert.equal(re.headers.location, '/kejadian?catatan=kejadian-tutup');
	assert.ok(padan.journal().some((e) => e.act === 'kejadian' && e.about === 'tutup' && e.kejadian === 1 && e.user_id === 'operator1'));
	for (const bad of [await post(operator, '/kejadian/tutup', { kejadian: '1', yakin: '1' }), await operator.go('GET', '/kejadian/tutup?kejadian=1'), await operator.go('GET', '/kejadian/tutup?kejadian=99')]) assert.equal(bad.status, 404);
	assert.equal((await operator.go('GET', '/kejadian/tutup')).status, 400);
	assert.match(text((await operator.verify(padan.nik['01'][2])).body), /kejadian/i);
	assert.equal(one('SELECT count(*) AS n FROM feedback_person WHERE kejadian_id = 1').n, 5, 'nothing more is asked for it');
	re = await operator.go('GET', '/korban?kejadian=1&status=open');
	assert.match(text(re.body), /ditutup/);
	for (const { id } of people(operator)) assert.equal((await post(operator, '/korban/orang', { id, keterangan: 'menderita' })).status, 303);
	re = await operator.go('GET', '/kejadian/arsip');
	assert.match(text(re.body), /Longsor Contoh Tanah longsor, .* 5 4 1 0 1–1 dari 1/);
	re = await post(head, '/kejadian/tutup', { kejadian: String(one("SELECT kejadian_id AS n FROM kejadian WHERE name = 'Banjir Luas'").n) });
	assert.equal(re.status, 303, 'where nothing is owed, nothing needs owning to');
});

test('an archive of hundreds is looked through page by page', async () => {
	padan.fill(`WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 230)
		INSERT INTO kejadian (instansi_id, jenis, name, place, on_day, is_open, opened_us, closed_us)
		SELECT (SELECT instansi_id FROM instansi WHERE code = 'BPBD'), 'Banjir', 'Banjir lama ' || i, 'Desa Contoh', 18000 + i, 0, 1600000000000000, 1610000000000000 + i FROM c`);
	let re = await head.go('GET', '/kejadian/arsip');
	assert.match(text(re.body), /1–50 dari 232/);
	re = await head.go('GET', '/kejadian/arsip?hal=5');
	assert.match(text(re.body), /201–232 dari 232 Sebelumnya/);
	assert.match(text(re.body), /Banjir lama 1 Banjir/);
	re = await head.go('GET', '/korban');
	assert.ok((re.body.match(/<option/g) ?? []).length < 90, 'the choice stays short');
	const far = one("SELECT kejadian_id AS n FROM kejadian WHERE name = 'Banjir lama 1'").n;
	re = await head.go('GET', `/korban?kejadian=${far}`);
	assert.match(re.body, new RegExp(`<option value="${far}" selected>Banjir lama 1`));
});

test('DOMAIN 2: ninety days after the end the head still tells; after them he only reads', async () => {
	await operator.choose();
	await operator.verify(padan.nik['01'][3]);
	await head.go('GET', '/korban?status=open');
	const kejadian = one('SELECT max(kejadian_id) AS n FROM feedback_person').n;
	const id = String(one("SELECT max(person_id) AS n FROM feedback_person WHERE state = 'open'").n);
	padan.run('agreement', 'state', padan.dir, 'BPBD', 'ended', '--ground', 'consent', '--note', 'x');
	assert.ok(kejadian > 0);
	let re = await head.go('GET', '/korban');
	assert.match(text(re.body), /Data balikan masih diterima sampai dengan \d+ \S+ \d{4}/);
	assert.equal((await post(head, '/korban/orang', { id, keterangan: 'luka' })).status, 303);
	padan.fill(`UPDATE instansi SET state_us = state_us - ${91 * 864e8} WHERE code = 'BPBD'`);
	padan.run('kejadian', 'add', padan.dir, 'DINKES', '--jenis', 'Banjir', '--name', 'x', '--place', 'x'); /* so that the server looks anew */
	re = await head.go('GET', '/korban');
	assert.equal(re.status, 200);
	assert.match(text(re.body), /masa pengiriman data balikan lewat pada/);
	assert.ok(!re.body.includes('action="/korban/orang"'));
	const before_it = told().length;
	re = await post(head, '/korban/orang', { id, keterangan: 'hilang' });
	assert.equal(re.status, 403);
	assert.match(text(re.body), /masa pengiriman data balikan telah lewat/);
	assert.equal(told().length, before_it);
	re = await head.go('GET', `/korban/orang?id=${id}`);
	assert.match(text(re.body), /Tidak ada lagi yang dapat dilaporkan.*Riwayat/);
});

test('nothing of a NIK or a note is in the log', () => {
	const log = padan.log();
	for (const word of [padan.nik['01'][0], 'merantau', 'arus']) assert.ok(!log.includes(word), word);
});
