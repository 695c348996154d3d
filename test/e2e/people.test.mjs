// SPDX-License-Identifier: EUPL-1.2
// User ids, papers and heads through the front door: who sees what, what is asked of a
// form, and what each paper opens or stops on the very next inquiry (J.VI.D, J.VI.E,
// J.VI.H, J.II.B, P2.1c, P2.2i).
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { Padan, Browser, OBSERVE, quickest, text } from './padan.mjs';

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n' +
	'trailer<</Root 1 0 R>>\n%%EOF\n');
const STOPPED = /Instansi tidak aktif/, INACTIVE = /User ID non aktif, silahkan menghubungi Admin/;
const scan = (bytes = PDF, filename = 'surat.pdf') => ({ name: 'berkas', filename, bytes, type: 'application/pdf' });
const iso = (days) => new Date(Date.now() + 7 * 3600e3 + days * 86400e3).toISOString().slice(0, 10);

const who = async (padan, user, password) => {
	const b = new Browser(padan);
	await b.login(user, password);
	return b;
};
const operator = async (padan, user = 'operator1') => {
	const b = await who(padan, user);
	await b.choose();
	return b;
};
/** A POST with the visitor's own token, whatever page he is on. */
const post = async (b, action, form, options = {}) => {
	await b.go('GET', '/sesi');
	return b.go('POST', action, { form: { ...b.hidden('/keluar'), ...form }, ...options });
};
/** A decision about the paper as it stands now. */
const decide = (b, nomor, form) => post(b, '/dokumen/putuskan', { nomor, dilihat: b.padan.office(`SELECT filed_us FROM paper WHERE paper_id = ${nomor}`)[0].filed_us, ...form });
const postFile = async (b, fields, file) => {
	await b.go('GET', '/sesi');
	const { csrf } = b.hidden('/keluar');
	return b.submitFile('/dokumen/baru', { csrf, ...fields }, file);
};
const paperOf = (padan, kind, subject, number) =>
	padan.office(`SELECT paper_id AS id, state FROM paper WHERE kind = '${kind}' AND subject = '${subject}' AND number = '${number}'`)[0];
const rows = (padan, table) => padan.office(`SELECT count(*) AS n FROM ${table}`)[0].n;
/** Words of a PDF answer. */
const words = (padan, b, target) => new Promise((resolve, reject) => {
	padan.request('GET', target, { headers: { Cookie: [...b.cookies].map(([k, v]) => `${k}=${v}`).join('; ') }, raw: true }).then((re) => {
		try {
			assert.equal(re.status, 200, text(re.body));
			assert.equal(re.headers['content-type'], 'application/pdf');
			const dir = mkdtempSync(path.join(os.tmpdir(), 'padan-pdf-'));
			writeFileSync(path.join(dir, 'a.pdf'), re.bytes);
			const out = execFileSync('pdftotext', ['-layout', path.join(dir, 'a.pdf'), '-'], { encoding: 'utf8' });
			rmSync(dir, { recursive: true });
			resolve(out.replace(/\s+/g, ' '));
		} catch (e) { reject(e); }
	}, reject);
});

describe('user ids', () => {
	let padan, admin, kepala;
	before(async () => {
		padan = await (await Padan.demo({ residents: 200, settings: OBSERVE })).start();
		admin = await who(padan, 'admin');
		kepala = await who(padan, 'kepala');
	});
	after(() => padan?.remove());

	test('each role sees its own list; another agency reads as none', async () => {
		let page = text((await admin.go('GET', '/pengguna')).body);
		for (const id of ['admin2', 'auditor', 'dinkes-kepala', 'operator3']) assert.ok(page.includes(id), id);
		assert.ok(!page.includes('bpbd-balikan'), 'programs are not people');
		page = text((await admin.go('GET', '/pengguna?instansi=DINKES')).body);
		assert.ok(page.includes('dinkes-operator') && !page.includes('operator1'));
		page = text((await kepala.go('GET', '/pengguna')).body);
		assert.match(page, /operator2 Operator Operator Contoh Dua Pengelola Data Bencana NDA belum ada BAST belum ada belum pernah Aktif/);
		assert.match(page, /operator3 .*Wajib ganti sandi/);
		assert.ok(!page.includes('dinkes') && !page.includes('auditor'));
		for (const target of ['/pengguna?instansi=DINKES', '/pengguna/rincian?user=dinkes-operator', '/pengguna/rincian?user=admin',
			'/pengguna/rincian?user=nobody', '/pengguna/rincian?user=bpbd-balikan'])
			assert.equal((await kepala.go('GET', target)).status, 404, target);
		const re = [await kepala.go('GET', '/pengguna/rincian?user=dinkes-operator'), await kepala.go('GET', '/pengguna/rincian?user=nobody')];
		assert.equal(text(re[0].body), text(re[1].body), 'the same words for one that is and one that is not');
		const op = await who(padan, 'operator1');
		for (const target of ['/pengguna', '/pengguna/rincian?user=operator1', '/dokumen', '/pejabat'])
			assert.equal((await op.go('GET', target)).status, 403, target);
	});

	test('filter, order, and what a search means', async () => {
		const list = async (q) => (await admin.go('GET', `/pengguna?${q}`)).body.match(/rincian\?user=([a-z0-9-]+)/g).map((m) => m.slice(13));
		assert.deepEqual(await list('peran=auditor'), ['auditor']);
		assert.deepEqual(await list('keadaan=ganti-sandi'), ['operator3']);
		assert.deepEqual(await list('cari=CONTOH+DUA'), ['admin2', 'operator2']);
		assert.deepEqual(await list('cari=operator&instansi=BPBD'), ['operator1', 'operator2', 'operator3']);
		assert.deepEqual((await list('arah=turun'))[0], 'operator3');
		assert.deepEqual((await list('urut=pemegang'))[0], 'admin2');
		assert.ok(['admin', 'kepala', 'operator1'].includes((await list('urut=masuk&arah=turun'))[0]));
		const none = text((await admin.go('GET', '/pengguna?cari=%25')).body);
		assert.match(none, /Tidak ada user ID yang cocok/);
		assert.equal((await admin.go('GET', '/pengguna?keadaan=x&peran=y&hal=-1&urut=z')).status, 200);
	});

	test('P2.1c: a new password at night is shown once, ends the sessions, forces a change; its BAST is due', async () => {
		const op = await operator(padan);
		await admin.go('GET', '/pengguna/rincian?user=operator1');
		const re = await admin.submit('/pengguna/sandi', { user: 'operator1' });
		assert.equal(re.status, 200);
		assert.equal(re.headers['cache-control'], 'no-store');
		const password = /Kata sandi sekali pakai<\/dt><dd class="n">([^<]+)</.exec(re.body)[1];
		assert.match(text(re.body), /User ID operator1/);
		assert.equal((await op.go('GET', '/verifikasi', { follow: false })).status, 303, 'the old session is over');
		assert.ok(!JSON.stringify(padan.journal()).includes(password) && !padan.log().includes(password));
		assert.ok(!readFileSync(path.join(padan.dir, '..', 'export.ndjson'), 'utf8').includes(password));
		const fresh = await who(padan, 'operator1', password);
		assert.equal((await fresh.go('GET', '/verifikasi', { follow: false })).headers.location, '/sandi');
		let page = text((await kepala.go('GET', '/pengguna/rincian?user=operator1')).body);
		assert.match(page, /BAST belum tercatat\. Kata sandi diserahkan/);
		assert.ok(!page.includes(password) && !page.includes('Setel ulang kata sandi'), 'a head reads');
		assert.match(page, /Kata sandi sekali pakai diserahkan .* Oleh admin\./);

		// signed and on file: the notice goes; another reset brings it back
		await admin.go('GET', '/dokumen/baru?instansi=BPBD&jenis=bast');
		await admin.submit('/dokumen/baru', { perihal: 'OPERATOR1', surat: 'BAST/1', penanda: 'Operator Contoh Satu', tanggal: iso(0), sampai: '' });
		assert.match(text(admin.page.body), /Dokumen telah dicatat dan langsung berlaku/);
		page = text((await kepala.go('GET', '/pengguna/rincian?user=operator1')).body);
		assert.ok(!page.includes('BAST belum tercatat') && page.includes('BAST/1'));
		await post(admin, '/pengguna/sandi', { user: 'operator1' });
		assert.match(text((await kepala.go('GET', '/pengguna/rincian?user=operator1')).body), /BAST belum tercatat/);
	});

	test('the BAST as PDF names the user id and the giver, and no password', async () => {
		const page = await admin.go('GET', '/pengguna/bast?user=operator1&nomor=&tanggal=2026-13-01');
		assert.equal(page.status, 400);
		assert.match(text(page.body), /Nomor berita acara harus diisi/);
		const out = await words(padan, admin, '/pengguna/bast?user=operator1&nomor=800/7/BAST&tanggal=2026-11-23');
		for (const word of ['800/7/BAST', '23 November 2026', 'Senin', 'operator1', 'Operator Contoh Satu', 'Admin Contoh Satu', 'penyetelan ulang kata sandi'])
			assert.ok(out.includes(word), word);
		assert.equal((await kepala.go('GET', '/pengguna/bast?user=operator1&nomor=1&tanggal=2026-11-23')).status, 403);
		assert.equal((await admin.go('GET', '/pengguna/bast?user=admin2&nomor=1&tanggal=2026-11-23')).status, 404);
	});

	test('closing acts at once and asks for the materials back (NDA); reopening', async () => {
		const op = await operator(padan, 'dinkes-operator');
		await admin.go('GET', '/pengguna/rincian?user=dinkes-operator');
		let re = await admin.submit('/pengguna/tutup', { user: 'dinkes-operator', tertulis: iso(1), gambar: '', fisik: '' });
		assert.equal(re.status, 400);
		assert.match(text(re.body), /Tanggal pengembalian belum tiba/);
		assert.ok(re.body.includes(`value="${iso(1)}"`), 'kept');
		re = await admin.submit('/pengguna/tutup', { user: 'dinkes-operator', tertulis: iso(0), gambar: '', fisik: '' });
		assert.match(text(re.body), /User ID telah ditutup.*Menunggu: bahan grafis, bahan fisik\./);
		assert.equal((await op.go('GET', '/verifikasi', { follow: false })).status, 303);
		assert.match(text((await who(padan, 'dinkes-operator')).page.body), INACTIVE);
		re = await post(admin, '/pengguna/tutup', { user: 'dinkes-operator' });
		assert.equal(re.status, 409, 'a second one is told how it stands');
		await post(admin, '/pengguna/bahan', { user: 'dinkes-operator', tertulis: iso(0), gambar: iso(-0), fisik: iso(0) });
		assert.ok(!text(admin.page.body).includes('Bahan belum kembali'));
		re = await post(admin, '/pengguna/buka', { user: 'dinkes-operator' });
		assert.match(text(re.body), /telah dibuka kembali/);
		assert.match(text((await operator(padan, 'dinkes-operator')).page.body), /Verifikasi/);
		const acts = padan.journal().filter((e) => e.act === 'user').map((e) => e.line).join('\n');
		for (const word of ['user close dinkes-operator', 'user materials dinkes-operator', 'user reopen dinkes-operator', 'user reset-password operator1'])
			assert.ok(acts.includes(word), word);
	});

	test('an admin shuts neither himself nor the last other one out', async () => {
		for (const action of ['/pengguna/tutup', '/pengguna/sandi', '/pengguna/kode', '/pengguna/buka'])
			assert.equal((await post(admin, action, { user: 'admin' })).status, 403, action);
		await post(admin, '/pengguna/ubah', { user: 'admin', pemegang: 'Admin Contoh Satu', jabatan: 'Kepala Seksi', alamat: '203.0.113.0/24', sampai: '2020-01-01' });
		assert.equal(admin.page.status, 200);
		assert.match(text((await admin.go('GET', '/pengguna/rincian?user=admin')).body), /Kepala Seksi.*Hanya dari alamat tidak dibatasi Berlaku sampai tanpa batas sendiri/);
		assert.equal((await post(admin, '/pengguna/tutup', { user: 'admin2' })).status, 200);
		assert.match(text((await who(padan, 'admin2')).page.body), INACTIVE);
		await post(admin, '/pengguna/buka', { user: 'admin2' });
		const admin2 = await who(padan, 'admin2');
		assert.equal((await post(admin2, '/pengguna/ubah', { user: 'admin', pemegang: 'x', jabatan: 'y', alamat: '', sampai: iso(300) })).status, 200);
		assert.equal((await post(admin, '/pengguna/tutup', { user: 'admin2' })).status, 403, 'admin has an end now: admin2 is the spare one');
		await post(admin2, '/pengguna/ubah', { user: 'admin', pemegang: 'Admin Contoh Satu', jabatan: 'y', alamat: '', sampai: '' });
	});

	test('changing: each mistake beside its field, what was typed is kept', async () => {
		const change = async (form) => post(admin, '/pengguna/ubah', { user: 'operator2', pemegang: 'Operator <b>Dua</b>', jabatan: 'Staf', alamat: '', sampai: '', ...form });
		for (const [form, id] of [[{ alamat: '192.0.2.0/33' }, 's3'], [{ sampai: '2026-02-30' }, 's4'], [{ pemegang: 'x'.repeat(121) }, 's1'], [{ jabatan: 'y'.repeat(121) }, 's2']]) {
			const re = await change(form);
			assert.equal(re.status, 400);
			assert.ok(re.body.includes(`class="err" id="${id}"`), id);
			assert.ok(re.body.includes(Object.values(form)[0]));
		}
		const re = await change({ sampai: '2027-05-20', alamat: '192.0.2.7, 2001:db8::/32' });
		assert.match(text(re.body), /Perubahan telah disimpan/);
		assert.ok(!re.body.includes('<b>Dua'), 'escaped');
		assert.match(text(re.body), /Hanya dari alamat 192\.0\.2\.7\/32,2001:db8::\/32 Berlaku sampai 20 Mei 2027/);
		await change({});
	});

	test('new user ids of the provider: an auditor has an end', async () => {
		await admin.go('GET', '/pengguna/baru');
		const make = (form) => admin.submit('/pengguna/baru', { user_id: 'auditor2', peran: 'auditor', pemegang: 'Auditor Dua', jabatan: 'Auditor', alamat: '', sampai: '', ...form });
		for (const [form, message] of [[{}, /memerlukan hari terakhir/], [{ sampai: iso(-1) }, /sudah lewat/], [{ user_id: '9x', sampai: iso(9) }, /User ID: huruf/],
			[{ pemegang: '', sampai: iso(9) }, /Nama pemegang harus diisi/], [{ peran: 'operator', sampai: iso(9) }, /Pilih peran/], [{ user_id: 'admin', sampai: iso(9) }, /sudah ada/]]) {
			const re = await make(form);
			assert.ok([400, 409].includes(re.status));
			assert.match(text(re.body), message);
			assert.ok(re.body.includes('value="Auditor"'), 'kept');
		}
		const re = await make({ sampai: iso(9) });
		const password = /Kata sandi sekali pakai<\/dt><dd class="n">([^<]+)</.exec(re.body)[1];
		assert.equal((await (await who(padan, 'auditor2', password)).go('GET', '/', { follow: false })).headers.location, '/sandi');
		assert.match(text((await admin.go('GET', '/pengguna?cari=auditor2')).body), /Wajib ganti sandi/);
	});

	test('ten thousand: a page of fifty, light and soon', async () => {
		const n = 10000;
		await padan.nightDone(); /* it would close them, some hundred at a time */
		padan.fill(`WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < ${n})
			INSERT INTO user_account (user_id, role, instansi_id, must_change, closed, narrowing, standing_kejadian, last_seen_us, made_us, expires_us, holder, holder_key, position)
			SELECT 'petugas' || i, 'operator', 1, 0, 0, '', 0, i, 1, 0, 'Petugas Contoh Nomor ' || i, 'petugas contoh nomor ' || i, 'Petugas Posko' FROM c`);
		const first = await quickest(() => kepala.go('GET', '/pengguna?keadaan=dorman&hal=200', { headers: { 'Accept-Encoding': 'identity' } }));
		assert.ok(first.ms < 1000, `${first.ms} ms`);
		let { re } = first;
		assert.match(text(re.body), /9\.951–10\.000 dari 10\.000/);
		for (const q of ['', '?urut=masuk&arah=turun', '?hal=100', '?cari=petugas'])  {
			re = await kepala.go('GET', `/pengguna${q}`, { headers: { 'Accept-Encoding': 'identity' } });
			assert.equal(re.body.match(/rincian\?user=/g).length, 50);
			const weight = gzipSync(re.body).length + 400;
			assert.ok(weight <= 6 * 1024, `${q}: ${weight} bytes`);
		}
	});
});

describe('the head of an agency', () => {
	let padan;
	after(() => padan?.remove());
	test('P2.1c, J.II.A: who requests user ids for others gets his own from the admin', async () => {
		padan = await (await Padan.demo({ residents: 100 })).start();
		const admin = await who(padan, 'admin');
		await admin.go('GET', '/instansi/baru');
		await admin.submit('/instansi/baru', { kode: 'BARU', nama: 'Badan Baru Kabupaten Contoh' });
		assert.ok((await admin.go('GET', '/pengguna?instansi=BARU')).body.includes('/pengguna/baru?instansi=BARU'));
		const fields = { user_id: 'kepala-baru', peran: 'kepala', pemegang: 'Kepala Baru Contoh', jabatan: 'Kepala Badan', alamat: '', sampai: '' };
		for (const instansi of ['', 'TIDAKADA']) {
			const re = await post(admin, '/pengguna/baru', { ...fields, instansi });
			assert.equal(re.status, 400);
			assert.match(re.body, /id="s6" role="alert">Tulis kode instansi yang sudah terdaftar/);
		}
		assert.equal((await post(admin, '/pengguna/baru', { ...fields, peran: 'operator', instansi: 'BARU' })).status, 400, 'operators come by request');
		assert.equal((await post(admin, '/pengguna/baru', { ...fields, peran: 'admin', instansi: 'BARU' })).status, 400, 'no admin of an agency');
		const made = await post(admin, '/pengguna/baru', { ...fields, instansi: 'BARU' });
		assert.equal(made.status, 200);
		const row = padan.office("SELECT u.role, i.code, u.must_change FROM user_account u JOIN instansi i ON i.instansi_id = u.instansi_id WHERE u.user_id = 'kepala-baru'")[0];
		assert.deepEqual(row, { role: 'kepala', code: 'BARU', must_change: 1 });
		const stranger = await who(padan, 'kepala');
		assert.equal((await post(stranger, '/pengguna/baru', { ...fields, user_id: 'x-baru', instansi: 'BARU' })).status, 403);
	});
});

describe('papers', () => {
	let padan, admin, admin2, kepala, auditor, other;
	before(async () => {
		padan = await (await Padan.demo({ residents: 200, settings: OBSERVE })).start();
		[admin, admin2, kepala, auditor, other] = await Promise.all(['admin', 'admin2', 'kepala', 'auditor', 'dinkes-kepala'].map((u) => who(padan, u)));
	});
	after(() => padan?.remove());
	const letter = { surat: 'SRT/1', penanda: 'Kepala Contoh', tanggal: iso(0), sampai: '' };

	test('J.VI.E: the NDA of an operator waits, is declined with a reason, comes again, and opens the look-up at once', async () => {
		const op = await operator(padan, 'operator2');
		const nik = padan.nik['01'][0];
		assert.match(text((await op.verify(nik)).body), INACTIVE);
		await postFile(kepala, { ...letter, jenis: 'nda', perihal: 'operator2', surat: 'NDA/9' }, scan());
		assert.match(text(kepala.page.body), /diajukan dan menunggu pemeriksaan/);
		const { id } = paperOf(padan, 'nda', 'operator2', 'NDA/9');
		assert.match(text((await op.verify(nik)).body), INACTIVE, 'waiting opens nothing');
		assert.match(text((await kepala.go('GET', '/pengguna')).body), /operator2 .*NDA menunggu/);
		assert.match(text((await admin.go('GET', '/dokumen')).body), /Menunggu pemeriksaan.*BPBD · operator2 NDA\/9/);
		let re = await decide(admin, id, { keputusan: 'tolak', alasan: '' });
		assert.equal(re.status, 400);
		assert.match(text(re.body), /Alasan penolakan harus diisi/);
		await decide(admin, id, { keputusan: 'tolak', alasan: 'Meterai tidak terbaca' });
		assert.match(text((await kepala.go('GET', `/dokumen/rincian?nomor=${id}`)).body), /Ditolak.*Meterai tidak terbaca/);
		assert.match(text((await op.verify(nik)).body), INACTIVE);
		await postFile(kepala, { ...letter, jenis: 'nda', perihal: 'operator2', surat: 'NDA/9' }, scan());
		await decide(admin, id, { keputusan: 'terima', alasan: '' });
		assert.match(text((await op.verify(nik)).body), /Data ditemukan/, 'the very next inquiry');
		re = await postFile(kepala, { ...letter, jenis: 'nda', perihal: 'operator2', surat: 'NDA/9' }, scan());
		assert.equal(re.status, 409);
		assert.match(text(re.body), /sudah diterima; pakai nomor surat yang baru/);
	});

	test('J.II.B: a PoC result lifts the quota at once', async () => {
		const op = await operator(padan);
		const strip = async () => text((await op.go('GET', '/verifikasi')).body);
		assert.match(await strip(), /dari 200 hit tersisa/);
		assert.equal((await postFile(kepala, { ...letter, jenis: 'poc', perihal: 'portal' }, scan())).status, 403, 'the provider enters it');
		assert.match(await strip(), /dari 200 hit tersisa/);
		await post(admin, '/dokumen/baru', { ...letter, jenis: 'poc', perihal: 'portal', surat: 'POC/1', instansi: 'BPBD' });
		assert.match(text(admin.page.body), /Dokumen telah dicatat dan langsung berlaku/);
		assert.doesNotMatch(await strip(), /dari 200/);
		assert.match(text((await op.verify(padan.nik['01'][1])).body), /Data ditemukan/);
	});

	test('what is not a scan is refused beside its field, and nothing is kept', async () => {
		const before = [rows(padan, 'paper'), rows(padan, 'scan')];
		const bad = [
			[scan(Buffer.from('<!doctype html><script>alert(1)</script>'), 'surat.pdf'), 'html'],
			[scan(Buffer.from('PK\x03\x04 not a picture'), 'foto.jpg'), 'zip'],
			[scan(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'potong.png'), 'cut'],
			[scan(Buffer.concat([PDF.subarray(0, -6), Buffer.alloc(5 * 1024 * 1024 + 1 - PDF.length, 32), PDF.subarray(-6)])), '5 MB and a byte'],
			[{ ...scan(Buffer.alloc(0), ''), type: 'application/octet-stream' }, 'none'],
		];
		for (const [file, what] of bad) {
			const re = await postFile(kepala, { ...letter, jenis: 'iso27001', surat: 'ISO/1' }, file);
			assert.equal(re.status, 400, what);
			assert.ok(re.body.includes('class="err" id="s6"'), what);
			assert.ok(re.body.includes('value="ISO/1"'), `${what}: kept`);
		}
		assert.deepEqual([rows(padan, 'paper'), rows(padan, 'scan')], before);
		const late = await postFile(kepala, { ...letter, jenis: 'iso27001', surat: 'ISO/1', tanggal: iso(1) }, scan());
		assert.match(late.body, /id="s4" role="alert">Tanggal surat belum tiba/);
		const end = await postFile(kepala, { ...letter, jenis: 'iso27001', surat: 'ISO/1', sampai: iso(-1) }, scan());
		assert.match(end.body, /id="s5" role="alert">Hari terakhir mendahului/);
		const nobody = await postFile(kepala, { ...letter, jenis: 'nda', perihal: 'dinkes-operator' }, scan());
		assert.match(nobody.body, /id="s1" role="alert">User ID itu tidak ada pada instansi ini/);
		const taken = await postFile(kepala, { ...letter, jenis: 'nda', perihal: 'operator1', surat: 'NDA/002/CONTOH' }, scan());
		assert.equal(taken.status, 409);
		assert.deepEqual([rows(padan, 'paper'), rows(padan, 'scan')], before, 'a scan goes with its paper');
	});

	test('P2.2i: the ISO certificate has a due date, and its own last day', async () => {
		assert.match(text((await kepala.go('GET', '/dokumen')).body), /ISO\/IEC 27001 belum ada Paling lambat .*enam bulan setelah penandatanganan/);
		await postFile(kepala, { ...letter, jenis: 'iso27001', surat: 'ISO/2', sampai: iso(40) }, scan(PDF, 'Sertifikat é.pdf'));
		const { id } = paperOf(padan, 'iso27001', '', 'ISO/2');
		await decide(admin, id, { keputusan: 'terima' });
		assert.match(text((await kepala.go('GET', '/dokumen')).body), /ISO\/IEC 27001 berlaku Sampai/);
		assert.match(text((await kepala.go('GET', '/dokumen?jenis=iso27001')).body), /segera habis/);
	});

	test('a scan: to the own head, the admin, the auditor; journaled; as a download', async () => {
		const { id } = paperOf(padan, 'iso27001', '', 'ISO/2');
		for (const b of [kepala, admin, auditor]) {
			const re = await b.go('GET', `/dokumen/pindaian?nomor=${id}`);
			assert.equal(re.status, 200);
			assert.match(re.headers['content-disposition'], /^attachment; filename=/);
			assert.match(re.headers['content-security-policy'], /sandbox/);
			assert.equal(re.body, PDF.toString('utf8'));
		}
		for (const target of [`/dokumen/pindaian?nomor=${id}`, `/dokumen/rincian?nomor=${id}`]) {
			assert.equal((await other.go('GET', target)).status, 404, target);
			assert.equal((await (await who(padan, 'operator1')).go('GET', target)).status, 403, target);
		}
		assert.equal((await other.go('GET', '/dokumen/pindaian?nomor=999999')).status, 404);
		assert.equal((await other.go('GET', '/dokumen?instansi=BPBD')).status, 404);
		const read = padan.journal().filter((e) => e.line.includes(`scan read ${id}`));
		assert.equal(read.length, 3);
		assert.equal(read[0].act, 'paper');
	});

	test('the auditor changes nothing', async () => {
		for (const target of ['/pengguna', '/pengguna/rincian?user=operator1', '/dokumen?instansi=BPBD', '/pejabat?instansi=BPBD']) {
			const re = await auditor.go('GET', target);
			assert.equal(re.status, 200, target);
			assert.equal((re.body.match(/method="post"/g) ?? []).length, 1, `${target}: signing out only`);
		}
		for (const action of ['/pengguna/tutup', '/dokumen/putuskan', '/pejabat', '/pejabat/narahubung', '/pengguna/baru'])
			assert.equal((await post(auditor, action, { instansi: 'BPBD', user: 'operator1', nomor: '1' })).status, 403, action);
	});

	test('two admins decide at once: one wins, the other is told', async () => {
		await postFile(kepala, { ...letter, jenis: 'letter', surat: 'SRT/7' }, scan());
		const { id } = paperOf(padan, 'letter', '', 'SRT/7');
		await Promise.all([admin.go('GET', `/dokumen/rincian?nomor=${id}`), admin2.go('GET', `/dokumen/rincian?nomor=${id}`)]);
		const [a, b] = await Promise.all([
			admin.submit('/dokumen/putuskan', { nomor: id, keputusan: 'terima' }, { follow: false }),
			admin2.submit('/dokumen/putuskan', { nomor: id, keputusan: 'tolak', alasan: 'Salah nomor' }, { follow: false })]);
		assert.deepEqual([a.status, b.status].sort(), [303, 409]);
		assert.match(text((a.status === 409 ? a : b).body), /sudah diputuskan orang lain/);
		assert.equal(padan.journal().filter((e) => new RegExp(`paper (accept|decline) ${id} `).test(e.line)).length, 1);
	});

	test('ready to sign: SPTJM, NDA, form; an operator prints his own NDA alone', async () => {
		let out = await words(padan, kepala, '/dokumen/cetak?jenis=sptjm');
		for (const word of ['SURAT PERNYATAAN TANGGUNG JAWAB MUTLAK', 'Kepala Contoh BPBD', 'FR.01-SOP-08', 'Badan Penanggulangan Bencana Daerah Kabupaten Contoh'])
			assert.ok(out.includes(word), `J.VI.D: ${word}`);
		out = await words(padan, admin, '/dokumen/cetak?jenis=nda&user=operator2');
		for (const word of ['PERNYATAAN KERAHASIAAN', 'Operator Contoh Dua', 'Pengelola Data Bencana', 'Kepala Contoh BPBD']) assert.ok(out.includes(word), `J.VI.E: ${word}`);
		out = await words(padan, kepala, '/dokumen/cetak?jenis=formulir-user-id');
		assert.ok(out.includes('Kode wilayah kantor'));
		const op = await who(padan, 'operator1');
		out = await words(padan, op, '/dokumen/cetak?jenis=nda');
		assert.ok(out.includes('Operator Contoh Satu'));
		assert.equal((await op.go('GET', '/dokumen/cetak?jenis=nda&user=operator2')).status, 404);
		assert.equal((await op.go('GET', '/dokumen/cetak?jenis=sptjm')).status, 403);
		for (const target of ['/dokumen/cetak?jenis=nda&user=operator2', '/dokumen/cetak?jenis=sptjm&instansi=BPBD', '/dokumen/cetak?jenis=x'])
			assert.equal((await other.go('GET', target)).status, 404, target);
	});

	test('contact persons: the list as a whole, both sides or none', async () => {
		const row = (n, side, name) => ({ [`pihak${n}`]: side, [`nama${n}`]: name, [`jabatan${n}`]: 'Staf', [`telepon${n}`]: '0000-000-0009', [`surel${n}`]: 'a@b.example' });
		let re = await post(admin, '/pejabat/narahubung', { instansi: 'BPBD', ...row(1, 'provider', 'Narahubung Baru') });
		assert.equal(re.status, 400);
		re = await post(admin, '/pejabat/narahubung', { instansi: 'BPBD', ...row(1, 'provider', 'Narahubung Baru'), ...row(3, 'instansi', ''), });
		assert.match(text(re.body), /Nama dan jabatan harus diisi/);
		assert.ok(re.body.includes('Narahubung Baru'));
		re = await post(admin, '/pejabat/narahubung', { instansi: 'BPBD', ...row(1, 'provider', 'Narahubung Baru'), ...row(4, 'instansi', 'Narahubung Dua') });
		assert.match(text(re.body), /Narahubung telah diubah.*Narahubung Baru.*Narahubung Dua/);
		assert.ok(!text((await other.go('GET', '/pejabat')).body).includes('Narahubung Baru'));
	});

	test('heads: mistakes beside their fields', async () => {
		const add = (form) => post(admin, '/pejabat', { instansi: 'BPBD', nama: 'Kepala Baru', nip: '', jabatan: 'Kepala Pelaksana', status: '', mulai: iso(5), akhir: '', surat: '821/9', ...form });
		for (const [form, id, status] of [[{ nama: '' }, 's1', 400], [{ nip: '123' }, 's2', 400], [{ jabatan: '' }, 's3', 400], [{ mulai: 'x' }, 's4', 400],
			[{ status: 'plt' }, 's5', 400], [{ status: 'plh', akhir: iso(1) }, 's5', 400], [{ surat: '' }, 's6', 400], [{ mulai: iso(0) }, 's4', 409]]) {
			const re = await add(form);
			assert.equal(re.status, status, id);
			assert.ok(re.body.includes(`class="err" id="${id}"`), `${id} ${JSON.stringify(form)}`);
			assert.ok(re.body.includes('value="821/9"') || form.surat === '', 'kept');
		}
		const re = await add({ nip: '19990101 199901 1 999' });
		assert.match(text(re.body), /SPTJM baru diperlukan\. Kepala Baru mulai menjabat/);
		assert.match(text((await kepala.go('GET', '/pejabat')).body), /Kepala Baru.*Kepala Contoh BPBD/);
		assert.equal((await post(kepala, '/pejabat', { nama: 'x' })).status, 403);
	});
});

/* The library itself: the command `faketime` is a parent that signals do not pass. */
const faketime = readdirSync('/usr/lib').map((d) => `/usr/lib/${d}/faketime/libfaketimeMT.so.1`).find(existsSync);
const days = (n) => ({ env: { LD_PRELOAD: faketime, FAKETIME: `+${n}d`, FAKETIME_DONT_FAKE_MONOTONIC: '1', FAKETIME_FORCE_MONOTONIC_FIX: '0', DONT_FAKE_MONOTONIC: '1' } });

describe('heads, two days later', () => {
	let padan, admin, kepala, op;
	before(async () => {
		padan = await Padan.demo({ residents: 200, settings: { 'office.two_persons': 'on', ...OBSERVE } });
		await padan.start(days(2));
		await padan.nightDone();
		[admin, kepala] = await Promise.all(['admin', 'kepala'].map((u) => who(padan, u)));
		op = await operator(padan);
	});
	after(() => padan?.remove());
	/** From a page that was opened before: the form is gone from the page of one who is stopped. */
	const next = async () => text((await post(op, '/verifikasi', { nik: padan.nik['01'][3] })).body);

	test('J.VI.H: a new head stops the access at once, until his SPTJM is accepted; J.VI.D', async () => {
		assert.match(await next(), /Data ditemukan/);
		await post(admin, '/pejabat', { instansi: 'BPBD', nama: 'Kepala Contoh Pengganti', nip: '', jabatan: 'Plt. Kepala Pelaksana', status: 'plt', mulai: iso(1), akhir: iso(30), surat: '821/2' });
		assert.match(await next(), /Data ditemukan/, 'an acting head leaves the SPTJM in force');
		const re = await post(admin, '/pejabat', { instansi: 'BPBD', nama: 'Kepala Contoh Baru', nip: '', jabatan: 'Kepala Pelaksana', status: '', mulai: iso(1), akhir: '', surat: '821/3' });
		assert.match(text(re.body), /SPTJM baru diperlukan\. Kepala Contoh Baru menjabat sejak/);
		assert.match(await next(), STOPPED, 'the very next inquiry');
		assert.match(text((await kepala.go('GET', '/dokumen')).body), /SPTJM belum ada SPTJM yang ditandatangani Kepala Contoh Baru/, 'the head still gets in');
		const file = (surat, tanggal) => postFile(kepala, { jenis: 'sptjm', surat, penanda: 'Kepala Contoh Baru', tanggal, sampai: '' }, scan());
		await file('FR/OLD', iso(0));
		const old = paperOf(padan, 'sptjm', '', 'FR/OLD').id;
		assert.match(text(kepala.page.body), /Ditandatangani sebelum Kepala Contoh Baru menjabat/);
		await decide(admin, old, { keputusan: 'terima' });
		assert.match(await next(), STOPPED, 'signed before his first day');
		await file('FR/NEW', iso(2));
		assert.match(await next(), STOPPED, 'waiting');
		const fresh = paperOf(padan, 'sptjm', '', 'FR/NEW').id;
		await decide(admin, fresh, { keputusan: 'tolak', alasan: 'Tanpa cap' });
		assert.match(await next(), STOPPED, 'declined');
		await file('FR/NEW', iso(2));
		await decide(admin, fresh, { keputusan: 'terima' });
		assert.match(await next(), /Data ditemukan/, 'accepted: the very next inquiry');
		assert.ok((await words(padan, kepala, '/dokumen/cetak?jenis=sptjm')).includes('Kepala Contoh Pengganti'), 'the acting head signs meanwhile');
	});

	test('J.VI.E: an NDA that is over stops that operator; a new one opens', async () => {
		const enter = (surat, sampai) => post(admin, '/dokumen/baru', { instansi: 'BPBD', jenis: 'nda', perihal: 'operator1', surat, penanda: 'Operator Contoh Satu', tanggal: iso(0), sampai });
		await enter('NDA/002/CONTOH', iso(1));
		assert.match(await next(), INACTIVE);
		assert.match(text((await kepala.go('GET', '/pengguna')).body), /operator1 .*NDA habis/);
		await enter('NDA/902', iso(400));
		assert.match(await next(), /Data ditemukan/);
	});

	test('J.II.B: of a PoC result one enters, another accepts (office.two_persons); over, the quota is back', async () => {
		const strip = async () => text((await op.go('GET', '/verifikasi')).body);
		const enter = (surat, sampai) => post(admin, '/dokumen/baru', { instansi: 'BPBD', jenis: 'poc', perihal: 'portal', surat, penanda: 'Kepala Dinas', tanggal: iso(0), sampai });
		const admin2 = await who(padan, 'admin2');
		await enter('POC/7', iso(10));
		const { id, state } = paperOf(padan, 'poc', 'portal', 'POC/7');
		assert.equal(state, 'filed');
		assert.match(text(admin.page.body), /admin lain yang memutuskannya/);
		assert.equal((await decide(admin, id, { keputusan: 'terima' })).status, 403);
		assert.match(await strip(), /dari 200 hit tersisa/);
		await decide(admin2, id, { keputusan: 'terima' });
		assert.doesNotMatch(await strip(), /dari 200/, 'lifted at once');
		await padan.stop();
		await padan.start(days(12));
		op = await operator(padan);
		assert.match(await strip(), /dari 200 hit tersisa/, 'its last day has passed');
	});
});
