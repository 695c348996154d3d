// SPDX-License-Identifier: EUPL-1.2
// Bulk entry of data balikan (P2.2b, J.III): a field list is shown row by row without
// spending a hit, saved as a whole or not at all, and what was wrong comes back as a file.
// Files that spreadsheets damaged, files made to hurt, others' lists, two at once, kill -9.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Padan, Browser, OBSERVE, root, text } from './padan.mjs';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const dir = mkdtempSync(path.join(os.tmpdir(), 'padan-lists-'));
let padan, operator, niks;
before(async () => {
	padan = await (await Padan.demo({ residents: 1000, settings: OBSERVE })).start();
	niks = padan.nik['01'].filter((n) => !n.endsWith('0')); /* such a number could be one that was rounded */
	assert.ok(niks.length > 42);
	operator = await Browser.operator(padan);
	for (const nik of niks.slice(0, 40)) assert.equal((await operator.verify(nik)).status, 200);
});
after(async () => {
	rmSync(dir, { recursive: true, force: true });
	await padan?.remove();
});

const made = (kind, lines) => {
	const file = path.join(dir, `${kind}.xlsx`);
	execFileSync('python3', [path.join(root, 'test/e2e/lists.py'), kind, file], { input: lines.join('\n') });
	return readFileSync(file);
};
/** Cells of a workbook's first sheet, as texts. */
const cellsOf = (bytes) => {
	const file = path.join(dir, 'read.xlsx');
	writeFileSync(file, bytes);
	const script = 'import sys, json; sys.path.append("/usr/lib/python3/dist-packages"); import openpyxl; '
		+ 'print(json.dumps([["" if c is None else str(c) for c in r] for r in openpyxl.load_workbook(sys.argv[1]).active.iter_rows(values_only=True)]))';
	return JSON.parse(execFileSync('python3', ['-c', script, file], { encoding: 'utf8' }));
};
const kejadianOf = (b) => (/<option value="(\d+)" selected/.exec(b.page.body) ?? /<option value="(\d+)"/.exec(b.page.body))[1];
/** Upload through the form; the preview, or the form with its complaint. */
const upload = async (b, bytes, filename = 'daftar.csv') => {
	await b.go('GET', '/korban/unggah');
	return b.submitFile('/korban/unggah', { kejadian: kejadianOf(b) }, { name: 'berkas', filename, bytes });
};
const counts = (page) => Object.fromEntries([...page.body.matchAll(/<b class="[^"]*">([\d.]+)<\/b> ([A-Z][a-z ]+)/g)].map(([, n, label]) => [label, Number(n.replace('.', ''))]));
const rows = (page) => [...page.body.matchAll(/<tr><td data-k="Baris"[^>]*>(\d+)<\/td>(.*?)<\/tr>/gs)].map(([, n, rest]) => [Number(n), text(rest)]);
const listNumber = (page) => /name="nomor" value="(\d+)"/.exec(page.body)?.[1];
const press = (b, action) => b.submit(action, { nomor: listNumber(b.page) });
const told = () => padan.office("SELECT count(*) AS n FROM feedback_entry WHERE source = 'list'")[0].n;
const kept = () => padan.office('SELECT count(*) AS n FROM list_kept')[0].n;
const used = () => padan.office('SELECT coalesce(sum(used), 0) AS n FROM quota_day')[0].n;
const csv = (...lines) => Buffer.from(`NIK;KETERANGAN;TANGGAL\r\n${lines.join('\r\n')}\r\n`);

test('a damaged workbook from the field: every row says what will happen, the good ones are saved, the others come back', async () => {
	const before = { told: told(), used: used(), lookups: padan.journal().filter((e) => e.act === 'lookup').length };
	const never = niks.at(-1);
	await upload(operator, made('field', [...niks.slice(0, 8), never]), 'posko.xlsx');
	assert.match(operator.page.target ?? '', /\/korban\/unggah\/daftar\?nomor=\d+$/);
	assert.deepEqual(counts(operator.page), { Semua: 13, 'Siap disimpan': 3, 'Tidak berubah': 1, 'Perlu diperbaiki': 9 });
	const seen = Object.fromEntries(rows(operator.page));
	const expected = {
		5: /Mengungsi .*Rusak berat di balai desa 05-01-2026 siap Data balikan pertama/, 6: /Luka \/ Sakit .*06-01-2026 siap/, 7: /Menderita .* 07-01-2026 siap/,
		8: /perbaiki NIK rusak: lembar kerja membulatkan angka terakhirnya/, 9: /3,30406E\+15 .*perbaiki NIK rusak: lembar kerja mengubahnya/,
		10: /Sel berisi rumus/, 11: /bingung perbaiki Keterangan tidak dikenal/, 12: /31-02-2026 perbaiki Tanggal tidak dapat dibaca/,
		13: /Catatan tidak boleh memuat NIK/, 14: /tidak berubah Sama dengan baris 5/, 15: /juga ada di baris 16 dengan isi yang berbeda/,
		16: /juga ada di baris 15 dengan isi yang berbeda/, 17: /belum diperiksa NIK ini belum pernah diperiksa untuk kejadian ini/,
	};
	assert.deepEqual(Object.keys(seen), Object.keys(expected));
	for (const [n, words] of Object.entries(expected)) assert.match(seen[n], words, `row ${n}`);
	assert.ok(!operator.page.body.includes('Warga 1'), 'a column that is not read is not kept');
	assert.deepEqual([told(), used()], [before.told, before.used], 'a preview writes and spends nothing');

	await operator.go('GET', `${operator.page.target}&tampil=perbaiki`);
	assert.equal(rows(operator.page).length, 9);
	await press(operator, '/korban/unggah/simpan');
	assert.match(text(operator.page.body), /3 baris telah tersimpan\. 1 baris tidak berubah dan tidak dicatat ulang\. 9 baris belum tersimpan/);
	assert.equal(told(), before.told + 3);
	assert.equal(padan.journal().filter((e) => e.act === 'lookup').length, before.lookups, 'residents are never looked up for a list (J.II.E1)');
	const entries = padan.journal().filter((e) => e.act === 'feedback' && /^list victim/.test(e.about));
	assert.deepEqual(entries.map((e) => e.about).sort(), ['list victim luka', 'list victim mengungsi berat', 'list victim menderita ringan'].sort());

	const re = await operator.go('GET', /href="(\/korban\/unggah\/perbaikan[^"]*)"/.exec(operator.page.body)[1]);
	assert.deepEqual([re.headers['content-type'], re.headers['content-disposition']], [XLSX, 'attachment; filename="perlu-diperbaiki.xlsx"']);
	const table = cellsOf(re.bytes);
	assert.deepEqual(table[0], ['NIK', 'KETERANGAN', 'TANGGAL', 'KERUSAKAN', 'CATATAN', 'ALASAN', 'BARIS']);
	assert.deepEqual(table.slice(1).map((r) => r[6]), ['8', '9', '10', '11', '12', '13', '15', '16', '17']);
	assert.equal(table[1][0], `${niks[3].slice(0, 15)}?`, 'a lost digit is not given back as 0');
	assert.match(table[4][5], /Keterangan tidak dikenal/);

	/* the operator puts right what can be, deletes the rest, and uploads the same file again */
	const corrected = table.slice(1).map((r) => (r[6] === '8' ? [niks[3], 'Hilang'] : r[6] === '11' ? [niks[4], 'Mengungsi'] : null)).filter(Boolean);
	await upload(operator, csv(...corrected.map((r) => r.join(';'))));
	assert.deepEqual(counts(operator.page), { Semua: 2, 'Siap disimpan': 2, 'Tidak berubah': 0, 'Perlu diperbaiki': 0 });
	await press(operator, '/korban/unggah/simpan');
	assert.match(text(operator.page.body), /2 baris telah tersimpan\./);
	assert.match(text(operator.page.body), /Tidak ada baris yang tersisa/);
	assert.equal(told(), before.told + 5);
});

test('the file that is given back can be uploaded as it is: nothing in it is taken for somebody else', async () => {
	await upload(operator, made('field', [...niks.slice(0, 8), niks.at(-1)]), 'posko.xlsx');
	const number = listNumber(operator.page);
	const re = await operator.go('GET', `/korban/unggah/perbaikan?nomor=${number}`);
	const wrong = counts(operator.page)['Perlu diperbaiki'];
	await upload(operator, re.bytes, 'perlu-diperbaiki.xlsx');
	assert.deepEqual([counts(operator.page)['Semua'], counts(operator.page)['Perlu diperbaiki']], [wrong, wrong]);
});

test('what happened meanwhile is seen: looked up since, told since, changed since', async () => {
	const [fresh, same, other] = [niks.at(-2), niks[20], niks[21]];
	await upload(operator, csv(`${fresh};Mengungsi;`, `${same};Mengungsi;`, `${other};Hilang;`));
	const list = operator.page.target;
	assert.deepEqual(counts(operator.page), { Semua: 3, 'Siap disimpan': 2, 'Tidak berubah': 0, 'Perlu diperbaiki': 1 });
	await operator.verify(fresh);
	await upload(operator, csv(`${same};Mengungsi;`, `${other};Luka;`));
	await press(operator, '/korban/unggah/simpan');
	await operator.go('GET', list);
	assert.deepEqual(counts(operator.page), { Semua: 3, 'Siap disimpan': 2, 'Tidak berubah': 1, 'Perlu diperbaiki': 0 });
	assert.match(Object.fromEntries(rows(operator.page))[4], /Hilang siap Keadaannya berubah/);
	await press(operator, '/korban/unggah/simpan');
	assert.match(text(operator.page.body), /2 baris telah tersimpan\. 1 baris tidak berubah/);
});

test('CSV of every kind; whole columns of rounded NIKs; and files that cannot be read say what to do', async () => {
	const nik = niks[25];
	const good = {
		'semicolons, a byte order mark, CRLF': Buffer.from(`\uFEFFNIK;KETERANGAN\r\n${nik};Mengungsi\r\n`),
		'commas, quotes': Buffer.from(`"NIK","Keterangan Korban"\n"${nik}","Luka / Sakit"\n`),
		tabs: Buffer.from(`no nik\tstatus\n${nik}\tpengungsi\n`),
		'UTF-16': Buffer.from(`\uFEFFNIK;KETERANGAN\r\n${nik};Mengungsi\r\n`, 'utf16le'),
		'titles above': Buffer.from(`DAFTAR KORBAN;\nPosko 3;\n;\nNo.;NIK;KETERANGAN\n1;${nik};mengungsi\n`),
	};
	for (const [name, bytes] of Object.entries(good)) {
		await upload(operator, bytes);
		assert.deepEqual(counts(operator.page), { Semua: 1, 'Siap disimpan': 1, 'Tidak berubah': 0, 'Perlu diperbaiki': 0 }, name);
		await press(operator, '/korban/unggah/buang');
		assert.match(text(operator.page.body), /Daftar telah dibuang/);
	}
	await upload(operator, csv(...niks.slice(26, 31).map((one) => `${one.slice(0, 15)}0;Mengungsi;`)));
	assert.equal(counts(operator.page)['Perlu diperbaiki'], 5, 'four of five ending in 0 are no chance');
	assert.match(text(operator.page.body), /membulatkan angka terakhirnya menjadi 0/);
	await press(operator, '/korban/unggah/buang');

	const before = [kept(), told()];
	const bad = {
		'not UTF-8': [Buffer.concat([csv(`${nik};Mengungsi;`), Buffer.from([0xe9, 0x0a])]), /UTF-8/],
		'no headings': [Buffer.from(`${nik};Mengungsi\n`), /Baris judul tidak ditemukan/],
		'no keterangan': [Buffer.from(`NIK;NAMA\n${nik};x\n`), /tidak ada judul KETERANGAN/],
		'a column twice': [Buffer.from(`NIK;STATUS;KETERANGAN\n${nik};a;b\n`), /ada dua kali, di B1 dan C1/],
		'nothing below': [Buffer.from('NIK;KETERANGAN\n'), /tidak ada satu baris pun/],
		'a quote without end': [Buffer.from(`NIK;KETERANGAN\n"${nik};Mengungsi\n`), /kutip/],
		empty: [Buffer.from(''), /Pilih dahulu berkasnya/],
		'a picture': [Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB', 'base64'), /./],
		'merged headings': [made('merged', [nik]), /sel yang digabung/],
		macros: [made('macro', [nik]), /makro/i],
		'a zip bomb': [made('bomb', [nik]), /./],
		'rows without end': [made('endless', [nik]), /20\.000 baris/],
		'more than ten thousand rows': [Buffer.from(`NIK;KETERANGAN\n${`${nik};Hilang\n`.repeat(10001)}`), /lebih dari 10\.000 baris/],
	};
	for (const [name, [bytes, words]] of Object.entries(bad)) {
		const re = await upload(operator, bytes, 'daftar.xlsx');
		assert.equal(re.status, 400, name);
		const complaint = /<p class="err">([^<]+)<\/p>/.exec(re.body)?.[1] ?? '';
		assert.match(text(complaint), words, name);
		assert.ok(text(complaint).length > 15, `${name}: ${complaint}`);
		assert.ok(!re.body.includes(nik), name);
	}
	assert.equal((await upload(operator, Buffer.alloc(6 << 20, 'x'))).status, 413);
	assert.deepEqual([kept(), told()], before, 'nothing half kept, nothing half saved');
	assert.equal((await operator.go('GET', '/korban/unggah')).status, 200);
});

test("a list is its owner's: another of the agency, another agency, a number that never was", async () => {
	await upload(operator, csv(`${niks[30]};Hilang;`));
	const number = listNumber(operator.page);
	const before = told();
	for (const who of ['kepala', 'dinkes-operator']) {
		const b = new Browser(padan);
		await b.login(who);
		for (const page of ['daftar', 'perbaikan']) {
			const re = await b.go('GET', `/korban/unggah/${page}?nomor=${number}`);
			const never = await b.go('GET', `/korban/unggah/${page}?nomor=999999`);
			assert.deepEqual([re.status, text(re.body)], [404, text(never.body)], `${who} ${page}`);
		}
		await b.go('GET', '/korban/unggah');
		const { csrf } = b.hidden('/korban/unggah');
		for (const action of ['simpan', 'buang'])
			assert.equal((await b.go('POST', `/korban/unggah/${action}`, { form: { csrf, nomor: number } })).status, 404, `${who} ${action}`);
		const his = /<option value="(\d+)"/.exec((await b.go('GET', '/korban/unggah')).body)?.[1];
		if (who === 'dinkes-operator') {
			const [{ n: foreign }] = padan.office("SELECT max(kejadian_id) AS n FROM kejadian WHERE instansi_id = (SELECT instansi_id FROM instansi WHERE code = 'BPBD')");
			assert.notEqual(String(foreign), his);
			const re = await b.submitFile('/korban/unggah', { kejadian: String(foreign) }, { name: 'berkas', filename: 'a.csv', bytes: csv(`${niks[30]};Hilang;`) });
			assert.deepEqual([re.status, /Pilih kejadiannya/.test(re.body)], [400, true]);
		}
	}
	for (const who of ['admin', 'auditor']) {
		const b = new Browser(padan);
		await b.login(who);
		assert.equal((await b.go('GET', '/korban/unggah')).status, 403, who);
	}
	assert.equal(told(), before);
	assert.equal(padan.office(`SELECT count(*) AS n FROM list_kept WHERE list_id = ${number}`)[0].n, 1);
	await operator.go('GET', `/korban/unggah/daftar?nomor=${number}`);
	await press(operator, '/korban/unggah/buang');
	assert.equal((await operator.go('GET', `/korban/unggah/daftar?nomor=${number}`)).status, 404);
});

test('one list saved by two windows at once: everything once, nothing twice', async () => {
	const some = niks.slice(10, 20);
	await upload(operator, csv(...some.map((nik) => `${nik};Meninggal;`)));
	const number = listNumber(operator.page);
	const form = { ...operator.hidden('/korban/unggah/simpan'), nomor: number };
	const before = told();
	const answers = await Promise.all(Array.from({ length: 6 }, () => operator.go('POST', '/korban/unggah/simpan', { form, follow: false })));
	for (const re of answers) assert.equal(re.status, 303);
	assert.equal(told(), before + some.length);
	await operator.go('GET', `/korban/unggah/daftar?nomor=${number}`);
	assert.match(text(operator.page.body), /10 baris telah tersimpan\./);
});

test('five lists of an agency at most, three of one user; a NIK stands in no address, log or clear row', async () => {
	for (let i = 0; i < 7; i++) await upload(operator, csv(`${niks[31]};Hilang;`, `${niks[32]};ngawur;`));
	assert.equal(padan.office("SELECT count(*) AS n FROM list_kept WHERE user_key = (SELECT user_key FROM user_account WHERE user_id = 'operator1')")[0].n, 3);
	assert.ok(kept() <= 5, `${kept()}`);
	assert.ok(!operator.page.target.includes(niks[31]));
	assert.ok(!padan.log().includes(niks[31]));
	if (!padan.stores['office.url']) {
		const file = readFileSync(path.join(padan.dir, 'office.db'));
		for (const bytes of [file, readFileSync(path.join(padan.dir, 'office.db-wal'))]) {
			assert.equal(bytes.indexOf(niks[31]), -1);
			assert.equal(bytes.indexOf('ngawur'), -1);
		}
	}
});

test('samples to fill in: headings alone, and cells that keep what is typed', async () => {
	const xlsx = await operator.go('GET', '/korban/unggah/contoh?bentuk=xlsx');
	assert.deepEqual(cellsOf(xlsx.bytes), [['NIK', 'KETERANGAN', 'TANGGAL', 'KERUSAKAN', 'CATATAN']]);
	const file = path.join(dir, 'sample.xlsx');
	writeFileSync(file, xlsx.bytes);
	const formats = execFileSync('python3', ['-c', 'import sys; sys.path.append("/usr/lib/python3/dist-packages"); import openpyxl; s = openpyxl.load_workbook(sys.argv[1]).active; print(s.column_dimensions["A"].number_format)', file], { encoding: 'utf8' });
	assert.equal(formats.trim(), '@');
	const plain = await operator.go('GET', '/korban/unggah/contoh?bentuk=csv');
	assert.equal(plain.body.trimEnd(), '\uFEFFNIK;KETERANGAN;TANGGAL;KERUSAKAN;CATATAN');
});

test('an agency that stopped: its operators too, its head goes on within the window', async () => {
	const head = new Browser(padan);
	await head.login('kepala');
	padan.run('agreement', 'state', padan.dir, 'BPBD', 'suspended', '--note', 'uji');
	try {
		const re = await operator.go('GET', '/korban/unggah');
		assert.deepEqual([re.status, /Instansi tidak aktif/.test(re.body)], [403, true]);
		assert.equal((await head.go('GET', '/korban/unggah')).status, 200);
		await upload(head, csv(`${niks[33]};Hilang;`));
		await press(head, '/korban/unggah/simpan');
		assert.match(text(head.page.body), /1 baris telah tersimpan/);
	} finally {
		padan.run('agreement', 'state', padan.dir, 'BPBD', 'active');
	}
});

test('kill -9 while a list is being saved: all of it, or nothing', { timeout: 300_000 }, async () => {
	const some = niks.slice(0, 40);
	const states = ['Mengungsi', 'Hilang'];
	let whole = 0;
	for (let round = 0; round < 12; round++) {
		await upload(operator, csv(...some.map((nik) => `${nik};${states[round % 2]};`)));
		const page = operator.page;
		const ready = counts(page)['Siap disimpan'];
		const before = told();
		const saving = press(operator, '/korban/unggah/simpan').catch(() => null);
		await new Promise((r) => setTimeout(r, round % 4));
		await padan.stop('SIGKILL');
		await saving;
		await padan.start();
		const n = told() - before;
		assert.ok(n === 0 || n === ready, `${n} of ${ready}`);
		operator.page = page;
		await operator.go('GET', page.target);
		assert.equal(counts(operator.page)['Siap disimpan'], ready - n);
		whole += n === ready;
	}
	console.log(`# ${whole} of 12 were saved, the others not at all`);
});

test('ten thousand rows: how long a preview takes is printed', async () => {
	const base = 3304060101909901n;
	const lines = Array.from({ length: 10000 }, (_, i) => `${base + BigInt(i % 9) + BigInt(Math.floor(i / 9) % 9) * 10n + BigInt(Math.floor(i / 81) % 12) * 1000000n + BigInt(Math.floor(i / 972)) * 100000000n};Mengungsi;`);
	for (const [name, bytes] of [['CSV', csv(...lines)], ['.xlsx', made('plain', lines.map((l) => l.slice(0, 16)))]]) {
		const began = Date.now();
		await upload(operator, bytes);
		assert.equal(counts(operator.page)['Perlu diperbaiki'], 10000);
		console.log(`# ${name}, ${bytes.length >> 10} KB: ${Date.now() - began} ms from the form to the preview`);
	}
	const last = await operator.go('GET', `${operator.page.target}&hal=200`);
	assert.equal(rows(last).at(-1)[0], 10001);
});
