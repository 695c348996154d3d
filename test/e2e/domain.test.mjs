// SPDX-License-Identifier: EUPL-1.2
// The agreement, read by whoever signed it: each clause the office touches, each outcome
// and each date, tried through the front door alone (pages, files, letters, command line).
// Nothing here knows how the house is built.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync, existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Padan, Browser, text } from './padan.mjs';
import { Clock } from './clock.mjs';
import { formOf } from './form.mjs';

const settings = { 'guard.mode': 'observe' }; // the guard has tests of its own; here machines type

/** A WIB day, so many days from today. */
const day = (n = 0) => new Date(Date.now() + 7 * 3600e3 + n * 864e5).toISOString().slice(0, 10);
const today = day();
const dashed = (iso) => iso.split('-').reverse().join('-');
const months = ['Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus', 'September', 'Oktober', 'November', 'Desember'];
const prose = (iso) => { const [y, m, d] = iso.split('-').map(Number); return `${d} ${months[m - 1]} ${y}`; };

const emptyPdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
	'3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
const scan = (name = 'berkas') => ({ name, filename: 'pindaian.pdf', bytes: emptyPdf, type: 'application/pdf' });
const none = (name = 'berkas') => ({ name, filename: '', bytes: Buffer.alloc(0) });

/** The words of a PDF. */
const words = (bytes) => {
	assert.equal(bytes.subarray(0, 5).toString(), '%PDF-');
	return execFileSync('pdftotext', ['-layout', '-', '-'], { input: bytes, encoding: 'utf8' }).replace(/\s+/g, ' ');
};

/** What stands in the band of the answer. */
const shows = (re, words_, message) => assert.ok(text(re.body).includes(words_), message ?? `not shown: ${words_}\n${text(re.body)}`);
const hides = (re, words_) => assert.ok(!text(re.body).includes(words_), `shown: ${words_}`);
const quota = (re) => Number(/(\d+) dari (\d+) hit tersisa/.exec(text(re.body))?.[1]);

/** One look-up on the page that is already open, as after a coffee. */
const again = (b, nik) => b.submit('/verifikasi', { nik });

const login = async (p, user, password) => { const b = new Browser(p); b.first = await b.login(user, password); return b; };

/** The head or the provider asks; gives the number of the request. */
const ask = async (b, kind, fields, file = scan()) => {
	await b.go('GET', `/permohonan/baru?jenis=${kind}`);
	const re = await b.submitFile('/permohonan/baru', { ...formOf(b.page.body, '/permohonan/baru'), ...fields }, file);
	assert.match(b.page.target, /^\/permohonan\/isi\?nomor=/, text(re.body));
	return /nomor=(\d+)/.exec(b.page.target)[1];
};

/** One step of a request, by the words over its form. */
const step = async (b, number, label, fields, file = none()) => {
	const page = await b.go('GET', `/permohonan/isi?nomor=${number}`);
	const at = page.body.indexOf(`>${label}<`);
	assert.ok(at >= 0, `no step "${label}": ${text(page.body)}`);
	const form = page.body.slice(at).match(/<form[\s\S]*?<\/form>/)[0];
	return b.submitFile('/permohonan/langkah', { ...formOf(form, '/permohonan/langkah'), ...fields }, file);
};
const letter = async (b, number, nth, sheet) =>
	words((await b.go('GET', `/permohonan/surat?nomor=${number}&langkah=${nth}${sheet ? `&lembar=${sheet}` : ''}`)).bytes);
const request = async (b, number) => text((await b.go('GET', `/permohonan/isi?nomor=${number}`)).body);

/** The admin files a paper of an instansi. */
const paper = async (admin, kind, fields, file = none(), code = 'BPBD') => {
	await admin.go('GET', `/dokumen/baru?jenis=${kind}&instansi=${code}`);
	return admin.submitFile('/dokumen/baru', { ...formOf(admin.page.body, '/dokumen/baru'), ...fields }, file);
};

/** Move the clock of every program started from now on; TZ does not matter, an offset does it. */
const library = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';
const clock = (wib) => {
	if (wib === null) { delete process.env.LD_PRELOAD; delete process.env.FAKETIME; return; }
	process.env.LD_PRELOAD = library;
	process.env.FAKETIME_DONT_FAKE_MONOTONIC = '1';
	process.env.FAKETIME_FORCE_MONOTONIC_FIX = '0'; // with it, waits on the steady clock end at once and threads spin
	const s = (new Date(`${wib}+07:00`).getTime() - Date.now()) / 1000;
	process.env.FAKETIME = `${s < 0 ? '-' : '+'}${Math.abs(s).toFixed(0)}`;
};

/** The file of the last version on record. */
const terms = (p, code = 'BPBD') => {
	for (let n = 1; ; n++) if (p.tryRun('agreement', 'export', p.dir, code, String(n + 1)).status !== 0) return JSON.parse(p.run('agreement', 'export', p.dir, code, String(n)));
};
/** The next version, changed by `change`; gives what the program said. */
const addendum = (p, change, code = 'BPBD') => {
	const file = terms(p, code);
	file.version++;
	file.terms.addendum = { number: `470/${file.version}/AD`, signed_on: today, ground: 'P9.2', subject: 'Perubahan' };
	change(file);
	const where = path.join(os.tmpdir(), `domain-${process.pid}-${file.version}.json`);
	writeFileSync(where, JSON.stringify(file, null, 1));
	return p.tryRun('agreement', 'apply', p.dir, where);
};

let p, admin, kepala, operator;
before(async () => {
	p = await (await Padan.demo({ settings })).start();
	admin = await login(p, 'admin');
	kepala = await login(p, 'kepala');
	operator = await Browser.operator(p);
});
after(async () => { await p?.remove(); });

// ---------------------------------------------------------------- 2: outcomes

const texts = {
	11: 'Data Ditemukan, Meninggal Dunia',
	12: 'Data Ditemukan, Data Ganda',
	13: 'Data tidak ditemukan, NIK tidak terdapat di database kependudukan',
	14: 'Data Ditemukan, Status Non Aktif silahkan hubungi Dinas Dukcapil',
};
const silent = ['Nama lengkap', 'Nomor KK', 'Tempat, tanggal lahir', 'Jenis pekerjaan', 'Alamat sekarang'];

for (const [code, words_] of Object.entries(texts))
	test(`DOMAIN 2, outcome ${code}: exactly "${words_}", no element, one hit, and what to do next`, async () => {
		const had = quota(await operator.go('GET', '/verifikasi'));
		const re = await operator.verify(p.nik[code][0]);
		assert.equal(re.status, 200);
		assert.ok(new RegExp(`>\\s*${words_}\\s*<`).test(re.body), text(re.body));
		for (const s of silent) hides(re, s);
		assert.equal(quota(re), had - 1);
		shows(re, 'Langkah berikutnya');
		if (code === '12' || code === '14') { shows(re, 'Arahkan yang bersangkutan ke Dinas Dukcapil'); shows(re, 'Telepon 0000-000-0001'); }
	});

const malformed = {
	'15 digits': '330406010190999', '17 digits': '33040601019099990', 'a letter in it': '330406010190999X',
	'province 10': '1004060101909999', 'province 22': '2204060101909999', 'province 99': '9904060101909999',
	'kab 00': '3300060101909999', 'kec 00': '3304000101909999', 'day 00': '3304060001909999', 'day 32': '3304063201909999',
	'day 40': '3304064001909999', 'day 72': '3304067201909999', 'day 81': '3304068101909999', 'month 00': '3304060100909999', 'month 13': '3304060113909999',
	'30 February': '3304063002909999', '31 April': '3304063104909999', 'serial 0000': '3304060101900000',
};
test('DOMAIN 3, outcome 15: every NIK out of format, exactly its text, no hit', async () => {
	const had = quota(await operator.go('GET', '/verifikasi'));
	for (const [why, nik] of Object.entries(malformed)) {
		const re = await operator.verify(nik);
		assert.ok(/>\s*Data tidak ditemukan, NIK tidak sesuai format Dukcapil\s*</.test(re.body), `${why}: ${text(re.body)}`);
		assert.equal(quota(re), had, why);
	}
});
test('DOMAIN 3: what is legal is not refused: old regions, either sex, 29 February of either century, dots and dashes', async () => {
	for (const nik of ['9171016902009999', '6503070101909999', '3304062902009999', '3304066902009999', '7606010101909999', '3171057112999999',
		'3304 0601 0190 9999', '330406.010190.9999', '330406-010190-9999']) {
		const re = await operator.verify(nik);
		hides(re, 'NIK tidak sesuai format');
	}
	shows(await operator.verify('3304062902999999'), 'tidak sesuai format', 'neither 1999 nor 2099 has a 29 February');
});
test('DOMAIN 2, 07: an empty NIK is an error of the form: beside the field, no outcome, no hit', async () => {
	const had = quota(await operator.go('GET', '/verifikasi'));
	const re = await operator.verify('');
	shows(re, 'Isi NIK yang akan diperiksa.');
	hides(re, 'tidak sesuai format');
	assert.equal(quota(re), had);
});
test('DOMAIN 2, repeats: the hidden one-time key makes a reload and a double click cost nothing', async () => {
	await operator.go('GET', '/verifikasi');
	const form = { ...operator.hidden('/verifikasi'), nik: p.nik['01'][3] };
	const first = await operator.go('POST', '/verifikasi', { form });
	const second = await operator.go('POST', '/verifikasi', { form });
	assert.equal(quota(second), quota(first));
	shows(second, 'Data ditemukan');
});
test('DOMAIN 2, 03: "Gagal Login" says neither which was wrong nor that the user id exists', async () => {
	const wrong = (await login(p, 'operator2', 'salah-sama-sekali')).first;
	const unknown = (await login(p, 'siapa-ini', 'salah-sama-sekali')).first;
	shows(wrong, 'Gagal Login');
	assert.equal(text(wrong.body).replaceAll('operator2', 'X'), text(unknown.body).replaceAll('siapa-ini', 'X'));
});
test('DOMAIN 2, 17: no NDA, exactly "User ID non aktif, silahkan menghubungi Admin", with whom to call; the head sees the clause', async () => {
	const b = await Browser.operator(p, 'operator2');
	const had = quota(await b.go('GET', '/verifikasi'));
	const re = await b.verify(p.nik['01'][0]);
	assert.ok(/>\s*User ID non aktif, silahkan menghubungi Admin\s*</.test(re.body), text(re.body));
	shows(re, 'Telepon 0000-000-0001');
	hides(re, 'Juknis angka VI.E');
	assert.equal(quota(re), had);
});
test('DOMAIN 2, precedence 6 before 8: an operator without NDA who types nonsense still gets 17', async () => {
	const b = await Browser.operator(p, 'operator2');
	shows(await b.verify('123'), 'User ID non aktif, silahkan menghubungi Admin');
});
test('DOMAIN 2, precedence 7: without an open kejadian nothing is asked; the form says so', async () => {
	const b = await login(p, 'operator1');
	const had = quota(await b.go('GET', '/verifikasi'));
	const re = await b.verify(p.nik['01'][0]);
	hides(re, 'Data ditemukan');
	assert.match(text(re.body), /[Pp]ilih.{0,20} kejadian/);
	assert.equal(quota(await b.go('GET', '/verifikasi')), had);
});

// ---------------------------------------------------------------- PKS

test('P2.1a, P3.2a: by NIK only, the eight elements with the kode kecamatan, and nothing else', async () => {
	const re = await operator.verify(p.nik['01'][0]);
	const card = text(re.body);
	for (const label of ['Nomor KK', 'NIK', 'Nama lengkap', 'Jenis kelamin', 'Tempat, tanggal lahir', 'Jenis pekerjaan', 'Alamat sekarang',
		'RT', 'RW', 'Desa/Kelurahan', 'Kecamatan', 'Kabupaten/Kota', 'Provinsi']) assert.ok(card.includes(label), label);
	assert.match(card, /RT \d{3} \/ RW \d{3}/);
	assert.match(card, /Kecamatan [A-Z ]+ \(\d{2}\)/);
	for (const never of ['Agama', 'Status kawin', 'Golongan darah', 'Pendidikan', 'Ibu', 'Ayah', 'Ayah kandung', 'Telepon rumah', 'Hubungan keluarga'])
		assert.ok(!card.includes(never), never);
	const form = re.body.match(/<form[^>]*action="\/verifikasi"[\s\S]*?<\/form>/)[0];
	const fields = [...form.matchAll(/<input[^>]*>/g)].map(([t]) => t).filter((t) => !/type="(hidden|radio)"/.test(t));
	assert.equal(fields.length, 1, 'one field: the NIK');
});
test('P2.1b, J.I.A: from outside the access points of the agreement it is "Gagal Login", even with the right password', async () => {
	const q = await (await Padan.demo({ settings, residents: 200 })).start();
	try {
		const done = addendum(q, (f) => { f.terms.allow = ['192.0.2.0/24']; });
		assert.equal(done.status, 0, done.stderr);
		const right = (await login(q, 'operator1')).first;
		const wrong = (await login(q, 'operator1', 'salah-sama-sekali')).first;
		shows(right, 'Gagal Login');
		assert.equal(text(right.body), text(wrong.body));
		const other = await login(q, 'dinkes-operator'); // another agreement, another access point
		hides(other.first, 'Gagal Login');
	} finally { await q.remove(); }
});
test('P2.1b: a malformed access point is refused with its name, and an empty one too', () => {
	for (const bad of [['192.0.2.1/24'], ['192.0.2.0/33'], ['tetangga'], ['0.0.0.0/0'], []]) {
		const re = addendum(p, (f) => { f.terms.allow = bad; });
		assert.equal(re.status, 100, JSON.stringify(bad) + re.stderr);
		assert.match(re.stderr, /terms\.allow/);
	}
	assert.equal(terms(p).version, 1);
});
test('P2.1b: narrowed to another address, the user id is refused as "Gagal Login"', async () => {
	p.run('user', 'change', p.dir, 'operator3', '--addresses', '192.0.2.0/28');
	shows((await login(p, 'operator3')).first, 'Gagal Login');
	p.run('user', 'change', p.dir, 'operator3', '--addresses', '');
});
test('P2.1c: the first password must be changed before anything else can be done', async () => {
	const b = await login(p, 'operator3');
	for (const at of ['/', '/verifikasi', '/kejadian']) {
		await b.go('GET', at);
		assert.equal(b.page.target.split('?')[0], '/sandi', at);
	}
});
test('P2.2a: the slip carries NIK, outcome, time, reference and QR, and no other element of the person', async () => {
	const answer = text((await operator.verify(p.nik['01'][5])).body);
	const name = /Nama lengkap ([A-Z' .]+?) Jenis kelamin/.exec(answer)[1];
	const kk = /Nomor KK ([\d ]{18})/.exec(answer)[1];
	const slip = await operator.submit('/verifikasi/slip', {});
	const nik = String(p.nik['01'][5]);
	shows(slip, `${nik.slice(0, 6)} ${nik.slice(6, 12)} ${nik.slice(12)}`);
	for (const s of ['Hasil', 'Waktu', 'Referensi', prose(today)]) shows(slip, s);
	assert.match(slip.body, /<svg/);
	for (const s of [name, kk, 'Jenis kelamin', 'Alamat', 'Nama lengkap']) hides(slip, s);
	assert.match(slip.headers['cache-control'], /no-store/);
});
test('P2.2e: KTP-el, IKD or none is recorded with the look-up, and no region is refused', async () => {
	for (const document of ['ktp-el', 'ikd', 'none']) {
		await operator.go('GET', '/verifikasi');
		await operator.submit('/verifikasi', { nik: p.nik['11'][0], document }); // 31.71: from elsewhere
		assert.equal(p.journal().filter((e) => e.act === 'lookup').at(-1).document, document);
	}
});
test('P2.2j: answers are no-store, watermarked with user and time, and the journal holds no NIK', async () => {
	const nik = String(p.nik['01'][7]);
	const re = await operator.verify(nik);
	assert.match(re.headers['cache-control'], /no-store/);
	shows(re, 'operator1');
	shows(re, 'Data di layar dihapus 60 detik setelah tampil.');
	assert.ok(!p.journal().some((e) => e.line.includes(nik)));
});

for (const [id, key, title] of [['P2.2d', 'Petugas teknis', 'technical staff'], ['P2.2f', 'Sosialisasi KTP-el dan IKD', 'making KTP-el and IKD known'],
	['P2.2g-h, P3.1c', 'Pengamanan sistem dan data', 'securing systems and data']])
	test(`${id}: ${title} is a duty with evidence, for both sides to see`, async () => {
		for (const re of [await kepala.go('GET', '/kewajiban'), await admin.go('GET', '/kewajiban?instansi=BPBD')]) {
			const row = re.body.match(/<tr[\s\S]*?<\/tr>/g).map(text).find((r) => r.includes(key));
			assert.ok(row, text(re.body));
			assert.match(row, /Belum dipenuhi/);
			assert.match(row, /PKS Pasal 2 ayat \(2\) huruf/);
		}
	});
test('P2.2d: evidence the provider accepted fulfils the duty', async () => {
	await admin.go('GET', '/dokumen/baru?jenis=evidence&instansi=BPBD');
	const option = /<option value="([^"]*)"[^>]*>Petugas teknis/.exec(admin.page.body)?.[1];
	assert.ok(option, 'the duty is chosen from a list');
	const nothing = await paper(admin, 'evidence', { perihal: 'Petugas teknis', surat: 'SK/0', penanda: 'Kepala Pelaksana', tanggal: today });
	assert.equal(nothing.status, 400, 'evidence of no duty would never be found again');
	shows(nothing, 'Pilih salah satu dari daftar');
	const re = await paper(admin, 'evidence', { perihal: option, surat: 'SK/1', penanda: 'Kepala Pelaksana', tanggal: today });
	assert.equal(re.status, 200, text(re.body));
	const row = (await kepala.go('GET', '/kewajiban')).body.match(/<tr[\s\S]*?<\/tr>/g).map(text).find((r) => r.includes('Petugas teknis'));
	assert.match(row, /Terpenuhi.*SK\/1/);
});
test('P2.2i, J.II.E3: the ISO/IEC 27001 certificate is due six months after signing, and has an end of its own', async () => {
	const signed = terms(p).terms.pks.signed_on;
	const [y, m, d] = signed.split('-').map(Number);
	const due = new Date(Date.UTC(y, m - 1 + 6, d)).toISOString().slice(0, 10);
	const row = () => kepala.go('GET', '/kewajiban').then((re) => re.body.match(/<tr[\s\S]*?<\/tr>/g).map(text).find((r) => r.includes('ISO/IEC 27001')));
	assert.ok(d > 28 || (await row()).includes(dashed(due)) || /maju|sebelumnya/.test(await row()), await row());
	await paper(admin, 'iso27001', { surat: 'ISO-1', penanda: 'Lembaga Sertifikasi Contoh', tanggal: today, sampai: day(365) });
	assert.match(await row(), /Terpenuhi/);
	assert.ok((await row()).includes('ISO-1'));
});
test('P3.1a, J.VI.J: the auditor sees every instansi, its papers, duties and requests, and can change none of it', async () => {
	const b = await login(p, 'auditor');
	for (const at of ['/', '/perjanjian?instansi=BPBD', '/dokumen?instansi=BPBD', '/kewajiban?instansi=BPBD', '/permohonan', '/pengguna', '/naskah', '/pejabat?instansi=BPBD']) {
		const re = await b.go('GET', at);
		assert.equal(re.status, 200, at);
		const posts = (re.body.match(/<form[^>]*method="post"[^>]*>/gi) ?? []).filter((f) => !/action="\/(keluar|sandi|sesi)/.test(f));
		assert.deepEqual(posts, [], at);
	}
	for (const at of ['/perjanjian/status?instansi=BPBD', '/instansi/baru', '/pengguna/baru'])
		assert.equal((await b.go('GET', at)).status, 403, at);
	assert.equal((await b.go('GET', '/verifikasi')).status, 403, 'P2.1a: only the instansi looks residents up');
});
test('P7: a dispute is registered by either side, deliberated with minutes, and then settled or taken to the law', async () => {
	const n = await ask(kepala, 'dispute', { perihal: 'Hitungan hit', isi: 'Angka kedua pihak berbeda.' }, none());
	const re = await step(admin, n, 'Catat musyawarah', { nomor: 'BA/1', tanggal: today, pukul: '09.00', lokasi: 'Kantor', pembahasan: 'Angka dicocokkan.', kesimpulan: 'Sepakat.', penanda_tangan: 'Petugas Contoh' });
	assert.equal(re.status, 200, text(re.body));
	assert.match(await letter(kepala, n, 1), /MUSYAWARAH.*Angka dicocokkan.*Sepakat/i);
	assert.match(await request(kepala, n), /PKS Pasal 7|P7/);
	const steps = text((await admin.go('GET', `/permohonan/isi?nomor=${n}`)).body);
	assert.match(steps, /[Ss]elesai|sepakat/);
	assert.match(steps, /hukum/);
});

test('P9.2: an addendum makes the next version; a version that is on file never changes', async () => {
	const before_ = p.run('agreement', 'export', p.dir, 'BPBD', '1');
	const file = terms(p);
	file.terms.methods.portal.quota_before_poc = 300;
	const where = path.join(os.tmpdir(), `domain-${process.pid}-v1.json`);
	writeFileSync(where, JSON.stringify(file));
	const re = p.tryRun('agreement', 'apply', p.dir, where);
	assert.equal(re.status, 1, re.stdout + re.stderr);
	assert.equal(p.run('agreement', 'export', p.dir, 'BPBD', '1'), before_);
});
test('P9.3, J.VI.A: revisions of the Juknis are numbered inside a version', async () => {
	for (const revisions of [[{ revision: 2, signed_on: today, subject: 'B' }, { revision: 1, signed_on: today, subject: 'A' }], [{ revision: 0, signed_on: today, subject: 'A' }]])
		assert.equal(addendum(p, (f) => { f.terms.juknis.revisions = revisions; }).status, 100);
	const dinkes = text((await admin.go('GET', '/perjanjian?instansi=DINKES')).body);
	assert.match(dinkes, /Revisi Petunjuk Teknis 1, .*Penggunaan web service/);
});
test('bad input of a version: overlapping, ended before begun, unknown element, quota that is none, card reader: named, nothing half done', () => {
	const bad = [
		[(f) => { f.terms.end = '2020-01-01'; }, /terms\.end|berakhir/],
		[(f) => { f.terms.begin = day(-30); }, /berlaku sebelum versi 1/],
		[(f) => { f.terms.elements.push('AGAMA'); }, /AGAMA|terms\.elements/],
		[(f) => { f.terms.methods.portal.quota_before_poc = -7; }, /quota_before_poc/],
		[(f) => { f.terms.methods.card_reader.granted = true; }, /card_reader/],
		[(f) => { f.version += 3; }, /versi/i],
		[(f) => { f.terms.end = day(4000); }, /terms\.end|perpanjangan|P4/],
	];
	for (const [change, says] of bad) {
		const re = addendum(p, change);
		assert.notEqual(re.status, 0, String(change) + re.stdout);
		assert.match(re.stderr, says);
	}
	assert.equal(terms(p).version, 1);
});

// ---------------------------------------------------------------- Juknis

test('J.I.B: the agreement names network provider, bandwidth, who pays, who facilitates, and the date', async () => {
	const re = text((await kepala.go('GET', '/perjanjian')).body);
	for (const s of ['Penyedia jaringan', 'Lebar pita (Mbps) 1 ', 'Biaya ditanggung oleh', 'Difasilitasi oleh', 'Tersambung (perkiraan atau nyata)']) assert.ok(re.includes(s), s);
});
test('J.I.C: a change of the network needs its letter and a technical study, then a reply, then the change', async () => {
	const fields = { nomor: '800/J', tanggal: today, 'jaringan.penyedia': 'Jaringan Dua', 'jaringan.kecepatan': '2', 'jaringan.biaya': 'instansi',
		'jaringan.pendamping': 'provider', 'jaringan.alamat': 'Jalan Contoh 2', mulai: day(14), alasan: 'Jaringan lambat' };
	await kepala.go('GET', '/permohonan/baru?jenis=network');
	const without = await kepala.submitFile('/permohonan/baru', { ...formOf(kepala.page.body, '/permohonan/baru'), ...fields }, none('kajian'));
	assert.equal(without.status, 400);
	const n = await ask(kepala, 'network', fields, scan('kajian'));
	assert.match(await letter(kepala, n, 0), /800\/J.*Jaringan Dua.*2/);
	await step(admin, n, 'Setujui', { nomor: '470/J', tanggal: today, alasan: 'Layak' });
	assert.match(await letter(kepala, n, 1), /470\/J/);
	assert.doesNotMatch(await request(kepala, n), /Selesai sepenuhnya/);
	assert.match(text((await admin.go('GET', `/permohonan/isi?nomor=${n}`)).body), /Langkah berikutnya/);
});
test('J.II.A, J.II.B: letter and form of six items; a new user id, a password shown once, and a BAST without it', async () => {
	const n = await ask(kepala, 'user-new', { nomor: '800/U', tanggal: today, 'pengguna.nama': 'Operator Contoh Baru', 'pengguna.nik': '3304060101909912', 'pengguna.nip': '',
		'pengguna.jabatan': 'Analis', 'pengguna.unit': 'Pusdalops', 'pengguna.alamat': 'Jalan Contoh 2', 'pengguna.kode_wilayah': '33.04.06',
		'pengguna.user_id': 'operator9', alasan: 'Posko baru' });
	const form = await letter(kepala, n, 0, 'formulir');
	assert.match(form, /1\. Nama lengkap : Operator Contoh Baru 2\. NIK : 330406 010190 9912 3\. NIP \/ jabatan : .* Analis 4\. Unit kerja : Pusdalops 5\. Alamat kantor : Jalan Contoh 2 6\. Kode wilayah kantor : 33\.04\.06/);
	assert.match(await request(kepala, n), /Giliran: Dinas Dukcapil/);
	assert.match(text((await admin.go('GET', '/permohonan')).body), /1 menunggu Anda|menunggu Anda/);
	const made = await step(admin, n, 'Setujui dan buat user ID', { 'petugas.nama': 'Petugas Contoh', 'petugas.jabatan': 'Admin', nomor: 'BAST/9', tanggal: today });
	const password = /Kata sandi sekali pakai ([a-z0-9-]{10,})/.exec(text(made.body))?.[1];
	assert.ok(password, text(made.body));
	const bast = await letter(admin, n, 1);
	assert.match(bast, /BERITA ACARA SERAH TERIMA/);
	assert.match(bast, /BAST\/9.*operator9/);
	assert.ok(!bast.includes(password));
	assert.ok(!(await request(admin, n)).includes(password), 'shown once');
	const b = await login(p, 'operator9', password);
	assert.equal(b.page.target.split('?')[0], '/sandi');
	assert.match(await request(kepala, n), /BAST/);
});
test('J.II.A: the letter and the form are refused when the NIK is none, when an item is missing, and keep what was typed', async () => {
	await kepala.go('GET', '/permohonan/baru?jenis=user-new');
	const re = await kepala.submitFile('/permohonan/baru', { ...formOf(kepala.page.body, '/permohonan/baru'), nomor: '800/X', 'pengguna.nama': 'Nama Yang Diketik', 'pengguna.nik': '123' }, none());
	assert.equal(re.status, 400);
	assert.equal(formOf(re.body, '/permohonan/baru')['pengguna.nama'], 'Nama Yang Diketik');
	shows(re, 'Harus diisi.');
});
test('J.II.A: the NIK of a form is seen by the head and by the admin who decides, masked by everybody else', async () => {
	const n = await ask(kepala, 'user-new', { nomor: '800/M', tanggal: today, 'pengguna.nama': 'Operator Contoh Samar', 'pengguna.nik': '3304060101909913',
		'pengguna.jabatan': 'Analis', 'pengguna.unit': 'Pusdalops', 'pengguna.alamat': 'Jalan Contoh 2', 'pengguna.kode_wilayah': '33.04.06', alasan: 'Posko' });
	assert.match(await request(kepala, n), /330406 010190 9913/);
	assert.match(await request(admin, n), /330406 010190 9913/);
	const masked = await request(await login(p, 'auditor'), n);
	assert.doesNotMatch(masked, /330406 ?010190 ?9913/);
	assert.match(masked, /2\. NIK 330406/);
});
test('J.II.B, NDA: closing a user id asks for the return of materials and acts on the very next inquiry', async () => {
	const made = p.run('user', 'list', p.dir);
	assert.match(made, /operator9/);
	const n = await ask(kepala, 'user-close', { nomor: '800/C', tanggal: today, 'pengguna.user_id': 'operator9', alasan: 'Pindah tugas' });
	const page = await admin.go('GET', `/permohonan/isi?nomor=${n}`);
	assert.match(page.body, /bahan tertulis, (grafis|gambar), (dan|maupun) fisik/);
	const re = await step(admin, n, 'Tutup user ID', { nomor: '470/C', tanggal: today, alasan: 'Sesuai surat' });
	assert.equal(re.status, 200, text(re.body));
	assert.match(p.run('user', 'list', p.dir), /operator9 .*ditutup/);
});
test('J.II.C: the base agreement grants only the portal; method and elements change by letter and study, ministry, addendum', async () => {
	const base = text((await kepala.go('GET', '/perjanjian')).body);
	assert.match(base, /Web portal diberikan ya/);
	assert.match(base, /Web service data diberikan tidak/);
	assert.match(base, /Web service kesesuaian diberikan tidak/);
	const n = await ask(kepala, 'method', { nomor: '800/W', tanggal: today, metode: 'CALL_NIK', elemen: 'tetap', mulai: day(30), alasan: 'Integrasi' }, scan('kajian'));
	await step(admin, n, 'Jawab dan usulkan', { nomor: '470/W', tanggal: today, alasan: 'Layak' });
	const open = text((await admin.go('GET', `/permohonan/isi?nomor=${n}`)).body);
	assert.match(open, /persetujuan (kementerian|Direktur Jenderal)/i);
	assert.equal(terms(p).terms.methods.CALL_NIK.granted, false, 'nothing opens before the addendum');
});
test('J.II.C2c, App. II: the portal holds its own guide, with a figure of the flow, for each role', async () => {
	for (const user of ['admin', 'auditor', 'kepala', 'operator1']) {
		const re = await (await login(p, user)).go('GET', '/panduan');
		assert.equal(re.status, 200);
		assert.match(re.body, /<figure|<svg/);
		for (const t of Object.values(texts)) shows(re, t);
	}
});
test('J.II.D: PoC is letter, schedule, PoC, result letter; only the passed result lifts the quota', async () => {
	const n = await ask(kepala, 'poc', { nomor: '800/P', tanggal: today, aplikasi: 'portal', 'aplikasi.keterangan': 'Verifikasi korban' });
	assert.match(await letter(kepala, n, 0), /Proof of Concept/i);
	await step(admin, n, 'Jadwalkan PoC', { nomor: '470/P', tanggal: today, mulai: today, pukul: '09.00', lokasi: 'Kantor' });
	assert.match(await letter(kepala, n, 1), /470\/P/);
	await step(admin, n, 'Catat pelaksanaan', { dilaksanakan: today });
	assert.match(text((await operator.go('GET', '/verifikasi')).body), /dari 200 hit tersisa/);
	const page = await admin.go('GET', `/permohonan/isi?nomor=${n}`);
	assert.match(text(page.body), /hasil/i);
});
test('J.IV: no KTP-el card reader: recorded as not used', async () => {
	shows(await kepala.go('GET', '/perjanjian'), 'Alat pembaca KTP-el tidak dipakai (Juknis angka IV)');
});
test('J.VI.B: contact persons of both sides, shown on every refusal', async () => {
	const re = await kepala.go('GET', '/pejabat');
	shows(re, 'Petugas Contoh Satu');
	shows(re, 'Petugas Contoh Dua');
	shows(await (await Browser.operator(p, 'operator2')).verify(p.nik['01'][0]), 'Petugas Contoh Satu');
});
test('J.VI.C: a further technical meeting has minutes', async () => {
	const n = await ask(kepala, 'meeting', { perihal: 'Jaringan', mulai: today, pukul: '09.00', lokasi: 'Kantor' }, none());
	const re = await step(admin, n, 'Buat berita acara', { nomor: 'BA/2', tanggal: today, isi: 'Jaringan dibahas.', kesimpulan: 'Ditambah.', penanda_tangan: 'Petugas Contoh' });
	assert.equal(re.status, 200, text(re.body));
	assert.match(await letter(kepala, n, 1), /BERITA ACARA.*Jaringan dibahas\./);
});
test('DOMAIN 9, J.VI.D: the SPTJM ready to sign: form, revision, classification, duty stamp, five statements, legal basis', async () => {
	const pdf = words((await kepala.go('GET', '/dokumen/cetak?jenis=sptjm')).bytes);
	for (const s of ['FR.01-SOP-08', '01', 'Internal', 'Meterai', '470/001/PKS/CONTOH', '470/001/JUKNIS/CONTOH', 'Nomor 23 Tahun 2006', 'Nomor 24 Tahun 2013', 'Nomor 40 Tahun 2019',
		'Nomor 102 Tahun 2019', 'Nomor 17 Tahun 2023', 'Nomor 57 Tahun 2021', 'jaringan tertutup', 'alamat IP lokal', 'user ID', 'kebocoran', 'sanksi administratif', 'Proof of Concept', 'tanggung jawab mutlak', 'KTP'])
		assert.ok(pdf.includes(s), `${s}\n${pdf}`);
});
test('DOMAIN 9, J.VI.E: the NDA of each operator: Director General, no time limit, exceptions, return, property, what is secret', async () => {
	const pdf = words((await kepala.go('GET', '/dokumen/cetak?jenis=nda&user=operator2')).bytes);
	for (const s of ['FR.01-SOP-08', 'Operator Contoh Dua', 'persetujuan tertulis dari Direktur Jenderal', 'tanpa batas waktu', 'informasi publik', 'pihak ketiga', 'tertulis', 'fisik',
		'milik Kementerian Dalam Negeri', 'Rahasia atau Internal', 'VPN', 'alamat IP server', 'kata sandi server', 'basis data dan aplikasi', 'Meterai', 'Nomor 57 Tahun 2021'])
		assert.ok(pdf.includes(s), `${s}\n${pdf}`);
});
test('J.VI.E: the NDA that the provider accepts opens the very next look-up of that operator', async () => {
	const b = await Browser.operator(p, 'operator2');
	shows(await b.verify(p.nik['01'][1]), 'User ID non aktif');
	await kepala.go('GET', '/dokumen/baru?jenis=nda');
	await kepala.submitFile('/dokumen/baru', { ...formOf(kepala.page.body, '/dokumen/baru'), perihal: 'operator2', surat: 'NDA/9', penanda: 'Operator Contoh Dua', tanggal: today }, scan());
	shows(await again(b, p.nik['01'][1]), 'User ID non aktif', 'filed, not accepted');
	const list = await admin.go('GET', '/dokumen');
	const at = /href="(\/dokumen\/rincian\?nomor=\d+[^"]*)"/.exec(list.body)[1].replaceAll('&amp;', '&');
	const detail = await admin.go('GET', at);
	const form = detail.body.match(/<form[^>]*action="\/dokumen\/[a-z]+"[\s\S]*?<\/form>/g).find((f) => /Terima/.test(f));
	const action = /action="([^"]+)"/.exec(form)[1];
	const press = /<button[^>]*name="([^"]+)"[^>]*value="([^"]+)"[^>]*>\s*Terima/.exec(form);
	await admin.go('POST', action, { form: { ...formOf(form, action), ...(press ? { [press[1]]: press[2] } : {}) } });
	shows(await again(b, p.nik['01'][1]), 'Data ditemukan');
});
test('J.VI.H: a mere change of structure only notifies; nothing closes', async () => {
	const n = await ask(kepala, 'structure', { nomor: '800/S', tanggal: today, perihal: 'Bidang berganti nama', isi: 'Bidang Data menjadi Bidang Informasi.', narahubung: 'Orang Contoh; Kepala Bidang; 0000-000-0009; orang@bpbd.example' });
	await step(admin, n, 'Catat narahubung', { nomor: '470/S', tanggal: today, alasan: 'Dicatat' });
	shows(await kepala.go('GET', '/pejabat'), 'Orang Contoh');
	shows(await operator.verify(p.nik['01'][4]), 'Data ditemukan');
	shows(await (await Browser.operator(p, 'operator1')).verify('123'), 'tidak sesuai format');
});

// ---------------------------------------------------------------- endings, quota, and the clock

/** Nobody of them slept since the office was made. */
const awake = ['admin', 'kepala', 'operator1', 'dinkes-operator'];
/** A demo office whose agreement was signed on `signed`, seen at `now`. */
const signedOn = async (signed, now) => {
	clock(`${signed}T08:00:00`);
	const q = await Padan.demo({ settings, residents: 500 });
	if (now) clock(now);
	for (const id of awake) q.run('user', 'reopen', q.dir, id);
	await q.start();
	return q;
};
const at = async (q, now, awake = []) => {
	await q.stop();
	clock(now);
	for (const id of awake) q.run('user', 'reopen', q.dir, id);
	await q.start();
};
const finish = async (q) => { await q.remove(); clock(null); };

test('P4: two years from 20 May 2025: the last day is 20 May 2027, it is included, then access ends by itself, on an open page too', async () => {
	const wib = await Clock.demo('2025-05-20 08:00', { settings, residents: 500 });
	const q = wib.padan;
	wib.set('2027-05-20 23:50');
	try {
		for (const id of awake) q.run('user', 'reopen', q.dir, id);
		await q.start();
		await q.nightDone(); // it would close the operator for the same reason
		const b = await Browser.operator(q);
		shows(await b.verify(q.nik['01'][0]), 'Data ditemukan');
		wib.set('2027-05-21 00:00');
		const re = await again(b, q.nik['01'][1]);
		assert.ok(/>\s*Instansi tidak aktif\s*</.test(re.body), text(re.body));
		shows((await login(q, 'operator1')).first, 'Instansi tidak aktif');
		shows((await login(q, 'operator1', 'salah-sama-sekali')).first, 'Gagal Login');
		const head = await login(q, 'kepala');
		for (const page of ['/permohonan', '/dokumen', '/kewajiban', '/perjanjian']) assert.equal((await head.go('GET', page)).status, 200, page);
	} finally { await q.remove(); }
});
test('P4, DOMAIN 6: renewal is asked two months before; a Saturday moves back to Friday and the page says so; late is said', async () => {
	const q = await signedOn('2025-05-20', '2026-11-21T09:00:00');
	try {
		let head = await login(q, 'kepala');
		const row = async () => (await head.go('GET', '/kewajiban')).body.match(/<tr[\s\S]*?<\/tr>/g).map(text).find((r) => r.includes('Permohonan perpanjangan'));
		assert.match(await row(), /19-03-2027/);
		assert.match(await row(), /20 Maret 2027|Sabtu|maju/);
		shows(await head.go('GET', '/perjanjian'), 'Perjanjian berakhir kurang dari 6 bulan lagi');
		for (const s of ['Peringatan 4 bulan sebelum berakhir 20 Januari 2027', 'Peringatan 3 bulan sebelum berakhir 20 Februari 2027',
			'Batas permohonan perpanjangan 19 Maret 2027 Oleh kepala instansi; maju ke hari kerja sebelumnya.']) shows(head.page, s);
		hides(head.page, 'Peringatan 2 bulan'); // the last warning is the deadline itself, not the day after
		await at(q, '2027-03-22T09:00:00', ['kepala', 'operator1']);
		head = await login(q, 'kepala');
		assert.match(await row(), /[Tt]erlambat/);
		assert.match(text((await head.go('GET', '/perjanjian')).body), /[Tt]erlambat|terlewat|lewat/);
		shows(await (await Browser.operator(q)).verify(q.nik['01'][0]), 'Data ditemukan');
	} finally { await finish(q); }
});
test('P2.2i, DOMAIN 6: signed 20 May 2025, the certificate is due 20 November 2025, and late the day after', async () => {
	const q = await signedOn('2025-05-20', '2025-11-21T09:00:00');
	try {
		const head = await login(q, 'kepala');
		const row = (await head.go('GET', '/kewajiban')).body.match(/<tr[\s\S]*?<\/tr>/g).map(text).find((r) => r.includes('Sertifikat ISO'));
		assert.match(row, /Terlambat.*20-11-2025/);
	} finally { await finish(q); }
});
for (const [signed, now, semester, due] of [['2025-05-20', '2025-07-01', '2025-1', '14-07-2025'], ['2025-05-20', '2026-01-02', '2025-2', '15-01-2026'],
	['2025-05-20', '2026-07-01', '2026-1', '14-07-2026'], ['2025-05-20', '2027-01-04', '2026-2', '18-01-2027'], ['2026-05-20', '2027-07-01', '2027-1', '14-07-2027']])
	test(`P8, J.V, DOMAIN 6: the report of semester ${semester} is due ${due}, ten working days`, async () => {
		const q = await signedOn(signed, `${now}T09:00:00`);
		try {
			const head = await login(q, 'kepala');
			const rows = (await head.go('GET', '/kewajiban')).body.match(/<tr[\s\S]*?<\/tr>/g).map(text).filter((r) => r.includes('Laporan semester'));
			assert.ok(rows.some((r) => r.includes(semester) && r.includes(due)), rows.join('\n'));
		} finally { await finish(q); }
	});
test('J.VI.H: a change of the head is notified with its decree; the new head needs a new SPTJM, until then 16', async () => {
	const q = await signedOn('2026-01-05', '2026-03-02T09:00:00');
	try {
		const [boss, head, b] = [await login(q, 'admin'), await login(q, 'kepala'), await Browser.operator(q)];
		const n = await ask(head, 'official', { nomor: '800/H', tanggal: '2026-03-02', 'pejabat.status': 'definitif', 'pejabat.baru': 'Kepala Contoh Baru', 'pejabat.jabatan': 'Kepala Pelaksana', dasar: '821/2', mulai: '2026-03-02' });
		await b.go('GET', '/verifikasi');
		const re = await step(boss, n, 'Catat pejabat', { nomor: '470/H', tanggal: '2026-03-02', alasan: 'Sesuai keputusan' });
		assert.equal(re.status, 200, text(re.body));
		shows(await head.go('GET', '/pejabat'), 'Kepala Contoh Baru');
		const refused = await again(b, q.nik['01'][2]);
		assert.ok(/>\s*Instansi tidak aktif\s*</.test(refused.body), text(refused.body));
		const gap = text((await head.go('GET', '/perjanjian')).body);
		assert.match(gap, /SPTJM.{0,80}(baru|belum|tidak berlaku)/);
		assert.match(words((await head.go('GET', '/dokumen/cetak?jenis=sptjm')).bytes), /Nama : Kepala Contoh Baru/);
		await paper(boss, 'sptjm', { surat: 'FR.01/002', penanda: 'Kepala Contoh Baru', tanggal: '2026-03-02', sampai: terms(q).terms.end });
		await b.choose();
		shows(await b.verify(q.nik['01'][2]), 'Data ditemukan');
	} finally { await finish(q); }
});
test('J.VI.H: an acting head (Plh/Plt) must have dates, and needs no new SPTJM', async () => {
	const fields = { nomor: '800/Q', tanggal: today, 'pejabat.status': 'plh', 'pejabat.baru': 'Pejabat Contoh Sementara', 'pejabat.jabatan': 'Sekretaris', dasar: '821/3', mulai: day(1) };
	await kepala.go('GET', '/permohonan/baru?jenis=official');
	const re = await kepala.submitFile('/permohonan/baru', { ...formOf(kepala.page.body, '/permohonan/baru'), ...fields }, scan());
	assert.equal(re.status, 400, text(re.body));
	const n = await ask(kepala, 'official', { ...fields, akhir: day(10) });
	const done = await step(admin, n, 'Catat pejabat', { nomor: '470/Q', tanggal: today, alasan: 'Sesuai surat' });
	assert.equal(done.status, 200, text(done.body));
	shows(await operator.verify(p.nik['01'][6]), 'Data ditemukan');
});
test('J.II.B: 200 hits a day; the 201st is exactly "Kuota akses hari ini telah habis"; 15 wins over it; a new day fills it again', async () => {
	const q = await signedOn('2026-03-02', '2026-03-02T23:00:00');
	try {
		let b = await Browser.operator(q);
		for (let n = 0; n < 200; n++) shows(await b.verify(q.nik['11'][n % q.nik['11'].length]), texts[11]);
		const re = await b.verify(q.nik['01'][0]);
		assert.ok(/>\s*Kuota akses hari ini telah habis\s*</.test(re.body), text(re.body));
		shows(re, '0 dari 200');
		shows(await b.verify('123'), 'NIK tidak sesuai format Dukcapil');
		const dinkes = await Browser.operator(q, 'dinkes-operator');
		shows(await dinkes.verify(q.nik['01'][0]), 'Data ditemukan', 'another instansi has its own');
		// P6: an emergency quota by dated addendum, which takes effect at once
		const [boss, head] = [await login(q, 'admin'), await login(q, 'kepala')];
		const n = await ask(head, 'quota', { nomor: '800/K', tanggal: '2026-03-02', kejadian: 'Longsor Contoh', metode: 'portal', jumlah: '1000', mulai: '2026-03-02', akhir: '2026-03-03', alasan: 'Longsor besar' });
		const done = await step(boss, n, 'Setujui dengan adendum', { nomor: '470/AD/K', tanggal: '2026-03-02', jumlah: '1000' });
		assert.equal(done.status, 200, text(done.body));
		shows(await b.verify(q.nik['01'][0]), 'Data ditemukan');
		assert.match(text((await head.go('GET', '/perjanjian')).body), /Versi 2.*(kahar|Pasal 6|PKS Pasal 6)/);
		// the report comes after the end, not before
		const page = await head.go('GET', `/permohonan/isi?nomor=${n}`);
		shows(page, 'mulai 4 Maret 2026');
		shows(page, 'Langkah ini menunggu sampai 4 Maret 2026.');
		const early = await step(head, n, 'Sampaikan laporan penggunaan', { nomor: '800/L', tanggal: '2026-03-02', terpakai: '1', kendala: '-' });
		assert.equal(early.status, 400, text(early.body));
		await at(q, '2026-03-04T08:00:00');
		b = await Browser.operator(q);
		assert.match(text((await b.go('GET', '/verifikasi')).body), /200 dari 200 hit tersisa/);
		const later = await login(q, 'kepala');
		const reported = await step(later, n, 'Sampaikan laporan penggunaan', { nomor: '800/L', tanggal: '2026-03-04', terpakai: '201', kendala: 'Tidak ada.' });
		assert.equal(reported.status, 200, text(reported.body));
	} finally { await finish(q); }
});
test('J.II.B, J.II.D: the passed PoC lifts the limit, from its day on', async () => {
	const re = await paper(admin, 'poc', { perihal: 'portal', surat: 'POC/1', penanda: 'Kepala Dinas', tanggal: today });
	assert.equal(re.status, 200, text(re.body));
	const page = text((await operator.go('GET', '/verifikasi')).body);
	assert.match(page, /tanpa batas/);
	shows(await operator.verify(p.nik['01'][8]), 'Data ditemukan');
});
test('J.II.C: the addendum opens the web service, and what changed stands beside what was', async () => {
	const re = addendum(p, (f) => {
		f.terms.addendum.ground = 'J.II.C';
		f.terms.methods.CALL_NIK = { granted: true, quota_before_poc: 50, quota_after_poc: -1 };
	});
	assert.equal(re.status, 0, re.stderr);
	const page = text((await kepala.go('GET', '/perjanjian/versi?n=2')).body);
	assert.match(page, /Perubahan terhadap versi 1.*Web service data diberikan Metode akses dan kuota tidak ya/);
	await operator.verify(p.nik['01'][9]);
	// the journal names the version: by the office's own number, which the entry of its making explains
	const entries = p.journal();
	const made = entries.filter((e) => e.act === 'agreement' && e.instansi === 1).at(-1);
	assert.match(made.about, /version=2$/);
	assert.equal(entries.filter((e) => e.act === 'lookup').at(-1).version, made.version);
});

const endings = [
	['P9.1, J.VI.I: suspension', 'suspend', 'Dibekukan'], ['P5: ended by consent', 'end-consent', 'Berakhir'],
	['P5: ended because the nomenclature changed', 'end-nomenclature', 'Berakhir'], ['P9.1, J.VI.I: revocation for breach', 'revoke', 'Dicabut'],
];
for (const [title, key, state] of endings)
	test(`${title}: with ground, letter and date, acts on the very next inquiry of a page already open`, async () => {
		const q = await (await Padan.demo({ settings, residents: 500 })).start();
		try {
			await q.nightDone(); // it closes operators of what has ended, and their sessions
			const [boss, head, b] = [await login(q, 'admin'), await login(q, 'kepala'), await Browser.operator(q)];
			await b.go('GET', '/verifikasi');
			await boss.go('GET', '/perjanjian/status?instansi=BPBD');
			const form = formOf(boss.page.body, '/perjanjian/status');
			const lacking = await boss.go('POST', '/perjanjian/status', { form: { ...form, langkah: key, alasan: '' } });
			assert.equal(lacking.status, 400, 'no ground, no step');
			await boss.go('GET', '/perjanjian/status?instansi=BPBD');
			await boss.go('POST', '/perjanjian/status', { form: { ...formOf(boss.page.body, '/perjanjian/status'), langkah: key, alasan: 'Kewajiban tidak dipenuhi', nomor: '470/ST', tanggal: today } });
			shows(await again(b, q.nik['01'][0]), 'Data ditemukan', 'the consequence is shown first, nothing has changed');
			const action = /action="(\/perjanjian\/status[^"]*)"/.exec(boss.page.body)[1];
			await boss.go('POST', action, { form: { ...formOf(boss.page.body, action), yakin: '1' } });
			const re = await again(b, q.nik['01'][0]);
			assert.ok(/>\s*Instansi tidak aktif\s*</.test(re.body), text(re.body));
			hides(re, 'Nama lengkap');
			const seen = text((await head.go('GET', '/perjanjian')).body);
			for (const s of [state, '470/ST', 'Kewajiban tidak dipenuhi']) assert.ok(seen.includes(s), `${s}: ${seen}`);
			for (const page of ['/permohonan', '/dokumen', '/kewajiban', '/slip']) assert.equal((await head.go('GET', page)).status, 200, page);
			assert.ok(q.journal().some((e) => /P9\.1|P5/.test(e.line) && e.act === 'instansi'));
		} finally { await q.remove(); }
	});
test('P5: the command line does not end an agreement without its ground', async () => {
	const q = await Padan.demo({ settings, residents: 100 });
	try {
		const re = q.tryRun('agreement', 'state', q.dir, 'BPBD', 'ended');
		assert.equal(re.status, 100, re.stdout + re.stderr);
		assert.match(q.run('agreement', 'list', q.dir), /BPBD +Aktif/);
	} finally { await q.remove(); }
});
test('P5: another name is another institution', () => {
	const re = addendum(p, (f) => { f.instansi.name = 'Badan Lain Kabupaten Contoh'; });
	assert.equal(re.status, 1);
	assert.match(re.stderr, /nama/i);
});
test('P9.1: a closed user id is refused on the very next inquiry of a page already open', async () => {
	const b = await Browser.operator(p);
	await b.go('GET', '/verifikasi');
	p.run('user', 'close', p.dir, 'operator1');
	const re = await again(b, p.nik['01'][0]);
	hides(re, 'Nama lengkap');
	shows((await login(p, 'operator1')).first, 'User ID non aktif, silahkan menghubungi Admin');
	shows((await login(p, 'operator1', 'salah-sama-sekali')).first, 'Gagal Login');
	p.run('user', 'reopen', p.dir, 'operator1');
});
test('P2.1c: an id unused for 90 days closes by itself', async () => {
	const q = await signedOn('2026-01-05', '2026-01-06T09:00:00');
	try {
		await login(q, 'operator1');
		await at(q, '2026-04-20T09:00:00');
		shows((await login(q, 'operator1')).first, 'User ID non aktif, silahkan menghubungi Admin');
	} finally { await finish(q); }
});
test('J.II.E1: NIKs that walk up one by one are held', async () => {
	const q = await (await Padan.demo({ residents: 500, settings: { 'guard.mode': 'enforce' } })).start();
	try {
		const b = await Browser.operator(q);
		let held = false;
		for (let n = 9900; n < 9960 && !held; n++) held = text((await b.verify(`330406010190${n}`)).body).includes('User ID non aktif');
		assert.ok(held);
	} finally { await q.remove(); }
});
test('DOMAIN 1: one instansi never sees or touches what is another\'s', async () => {
	const b = await login(p, 'dinkes-kepala');
	for (const page of ['/perjanjian?instansi=BPBD', '/dokumen?instansi=BPBD', '/kewajiban?instansi=BPBD', '/pejabat?instansi=BPBD', '/dokumen/rincian?nomor=1', '/permohonan/isi?nomor=1',
		'/permohonan/surat?nomor=1&langkah=0', '/pengguna/rincian?user=operator1', '/perjanjian/berkas?instansi=BPBD&n=1']) {
		const re = await b.go('GET', page);
		assert.equal(re.status, 404, page);
		hides(re, 'Penanggulangan Bencana');
	}
});
test('DOMAIN 6: the working-day calendar, as the decrees have it', async () => {
	for (const [year, spots] of [['2025', ['28 Januari', '18 Agustus', '26 Desember']], ['2026', ['16 Januari', '24 Desember', '28 Mei']], ['2027', ['6 Februari', '20 Mei', '26 Desember']]]) {
		const re = await kepala.go('GET', `/kalender?tahun=${year}`);
		for (const s of spots) shows(re, s);
	}
});
test('DOMAIN 6: every holiday and cuti bersama of the three years, and no other', () => {
	const holidays = {
		2025: '1/1 27/1 29/1 29/3 31/3 1/4 18/4 20/4 1/5 12/5 29/5 1/6 6/6 27/6 17/8 5/9 25/12 28/1 28/3 2/4 3/4 4/4 7/4 13/5 30/5 9/6 18/8 26/12',
		2026: '1/1 16/1 17/2 19/3 21/3 22/3 3/4 5/4 1/5 14/5 27/5 31/5 1/6 16/6 17/8 25/8 25/12 16/2 18/3 20/3 23/3 24/3 15/5 28/5 24/12',
		2027: '1/1 5/1 6/2 8/3 10/3 11/3 26/3 28/3 1/5 6/5 17/5 20/5 1/6 6/6 15/8 17/8 25/12 26/12 5/2 9/3 12/3 15/3 25/3 18/5 19/5 24/12',
	};
	for (const [year, list] of Object.entries(holidays)) {
		const out = p.run('calendar', 'list', p.dir, year);
		const seen = [...out.matchAll(/(\d{2})-(\d{2})-(\d{4})|(\d{4})-(\d{2})-(\d{2})/g)].map((m) => (m[1] ? `${Number(m[1])}/${Number(m[2])}` : `${Number(m[6])}/${Number(m[5])}`));
		assert.deepEqual(seen.sort(), list.split(' ').sort(), out);
	}
});
test('DOMAIN 6: the disaster types of BNPB can be chosen', async () => {
	const re = await kepala.go('GET', '/kejadian');
	for (const s of ['Banjir', 'Tanah longsor', 'Cuaca ekstrem', 'Kekeringan', 'Kebakaran hutan dan lahan', 'Gempabumi', 'Gelombang pasang / Abrasi', 'Erupsi gunung api', 'Tsunami', 'Kebakaran', 'Kegagalan teknologi', 'Epidemi', 'Konflik sosial', 'Lainnya'])
		assert.ok(re.body.includes(`>${s}</option>`), s);
});
test('import and export of a version give the same bytes back', async () => {
	const bytes = p.run('agreement', 'export', p.dir, 'BPBD', '1');
	assert.equal((await kepala.go('GET', '/perjanjian/berkas?n=1')).body, bytes);
});
test('a file that is not what it claims is refused beside its field', async () => {
	await kepala.go('GET', '/dokumen/baru?jenis=letter');
	const re = await kepala.submitFile('/dokumen/baru', { ...formOf(kepala.page.body, '/dokumen/baru'), surat: 'X/1', penanda: 'Orang Contoh', tanggal: today },
		{ name: 'berkas', filename: 'surat.pdf', bytes: Buffer.from('MZ\x90 bukan pdf'), type: 'application/pdf' });
	assert.ok(re.status >= 400, String(re.status));
	shows(re, 'PDF');
	assert.equal(formOf(re.body, '/dokumen/baru').surat, 'X/1');
});
test('two people approve the same step at once: one wins, the other is told and sees the new state', async () => {
	const n = await ask(kepala, 'poc', { nomor: '800/D', tanggal: today, aplikasi: 'CALL_NIK', 'aplikasi.keterangan': 'Uji' });
	const second = await login(p, 'admin2');
	const open = async (b) => { const re = await b.go('GET', `/permohonan/isi?nomor=${n}`); return formOf(re.body.slice(re.body.indexOf('>Jadwalkan PoC<')).match(/<form[\s\S]*?<\/form>/)[0], '/permohonan/langkah'); };
	const [a, b] = [await open(admin), await open(second)];
	const fields = { nomor: '470/D', tanggal: today, mulai: today, pukul: '09.00', lokasi: 'Kantor' };
	const results = await Promise.all([admin.go('POST', '/permohonan/langkah', { form: { ...a, ...fields } }), second.go('POST', '/permohonan/langkah', { form: { ...b, ...fields } })]);
	const won = results.filter((re) => re.status === 200);
	assert.equal(won.length, 1, results.map((re) => re.status).join());
	const lost = results.find((re) => re.status !== 200);
	assert.equal(lost.status, 409, text(lost.body));
	shows(lost, 'PoC dijadwalkan');
});
