// SPDX-License-Identifier: EUPL-1.2
// Who owes which data balikan, on all three sides (P2.2b, P3.1b): what operator, head and
// provider read is what was asked and told; exports say the same as the pages; and where the
// agreement's limit is passed, what follows is what the agreement says.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Padan, Browser, OBSERVE, text } from './padan.mjs';

const seed = Number(process.env.PADAN_TEST_SEED ?? Date.now() % 1e9);
let state = seed;
const chance = (n) => {
	state = (state * 1103515245 + 12345) & 0x7fffffff;
	return Math.trunc(state / 65536) % n;
};

const signIn = async (padan, user) => {
	const b = new Browser(padan);
	await b.login(user);
	return b;
};
const kejadian = (padan, code) => padan.office(`SELECT min(kejadian_id) AS id FROM kejadian WHERE instansi_id = (SELECT instansi_id FROM instansi WHERE code = '${code}')`)[0].id;
const tell = async (b, nik, of, fields) => {
	await b.go('GET', '/sesi');
	const re = await b.go('POST', '/korban/catat', { form: { csrf: b.hidden('/keluar').csrf, nik, kejadian: of, ...fields }, follow: false });
	assert.equal(re.status, 303, text(re.body));
};
/** As a program tells it, of somebody nobody asked for. */
const send = async (padan, code, id_lembaga, NIK, param = {}) => {
	const { token } = JSON.parse(readFileSync(path.join(padan.dir, 'demo-accounts.json'))).tokens.find((t) => t.instansi === code);
	const body = JSON.stringify([{ id_lembaga, nama_lembaga: 'x', data: [{ NIK, param: [{ KETERANGAN_KORBAN: 'Mengungsi', JENIS_BENCANA: 'Tanah longsor', ...param }] }] }]);
	const re = await padan.request('POST', '/data_balikan/public/api/store', { body, headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` } });
	assert.equal(re.status, 200, re.body);
};
/** The rows of the table whose first head is that word, as { head: words }. */
const table = (html, first) => {
	const found = (html.match(/<table[\s\S]*?<\/table>/g) ?? []).find((t) => text(/<th[\s\S]*?<\/th>/.exec(t)[0]) === first);
	return (found?.match(/<tr>(?:(?!<th)[\s\S])*?<\/tr>/g) ?? []).map((row) =>
		Object.fromEntries([...row.matchAll(/<td data-k="([^"]*)"[^>]*>([\s\S]*?)<\/td>/g)].map(([, k, v]) => [k, text(v)])));
};
const figures = (row) => row && Object.fromEntries(['Diakses', 'Dilaporkan', 'Bukan korban', 'Belum', 'Tanpa akses'].map((k) => [k, Number(row[k].replace(/\./g, ''))]));
const strip = (html) => Number(/Data balikan<\/dt><dd[^>]*>(\d+) terutang/.exec(html)?.[1] ?? 0);
/** An addendum with another limit. */
const limit = (padan, debt) => {
	let n = 1;
	while (padan.tryRun('agreement', 'export', padan.dir, 'BPBD', String(n + 1)).status === 0) n++;
	const file = JSON.parse(padan.run('agreement', 'export', padan.dir, 'BPBD', String(n)));
	const today = new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10);
	file.version = n + 1;
	file.terms.addendum = { number: `470/${n + 1}/AD`, signed_on: today, ground: 'P9.2', subject: 'Batas data balikan' };
	file.terms.debt = debt;
	const where = path.join(padan.dir, '..', `limit-${n + 1}.json`);
	writeFileSync(where, JSON.stringify(file));
	padan.run('agreement', 'apply', padan.dir, where);
};

describe('the figures', () => {
	let padan, operator, head, admin, auditor, dinkes;
	before(async () => {
		padan = await (await Padan.demo({ residents: 1500, settings: OBSERVE })).start();
		operator = await Browser.operator(padan);
		dinkes = await Browser.operator(padan, 'dinkes-operator');
		[head, admin, auditor] = [await signIn(padan, 'kepala'), await signIn(padan, 'admin'), await signIn(padan, 'auditor')];
	});
	after(() => padan?.remove());

	test('of nothing: every page says what will appear', async () => {
		assert.match(text((await admin.go('GET', '/balikan')).body), /Belum ada akses yang dijawab/);
		const one = await admin.go('GET', '/balikan/instansi?instansi=BPBD');
		assert.match(text(one.body), /Belum ada akses.*Belum ada data balikan yang masuk/);
		assert.equal(padan.journal().filter((e) => /lihat/.test(e.about ?? '')).length, 0, 'no NIK was shown, no view is journaled');
		const home = await operator.go('GET', '/');
		assert.match(text(home.body), /Tidak ada yang terutang/);
		assert.equal(strip(home.body), 0);
		const file = await admin.go('GET', '/balikan/unduh?instansi=BPBD&bentuk=csv');
		assert.equal(file.body.trim().split('\r\n').length, 1, 'a head and no row');
		assert.doesNotMatch((await admin.go('GET', '/')).body, /Data balikan yang terutang/);
	});

	test('P2.2b: operator, head and provider read the same after every step', async (t) => {
		t.diagnostic(`seed ${seed}`);
		const id = kejadian(padan, 'BPBD'), pool = ['01', '11', '12', '14'].flatMap((code) => padan.nik[code].slice(0, 12)), model = new Map();
		const sum = (what) => [...model.values()].filter((s) => s === what).length;
		for (let i = 0; i < 24; i++) {
			const nik = pool[chance(pool.length)], was = model.get(nik);
			const move = chance(4);
			if (move < 2 || was === undefined) {
				await operator.verify(nik);
				if (was === undefined) model.set(nik, 'open');
			} else if (move === 2) {
				await tell(operator, nik, id, { keterangan: ['luka', 'hilang', 'mengungsi'][chance(3)] });
				model.set(nik, 'closed');
			} else {
				await tell(operator, nik, id, { alasan: 'salah-nik' });
				model.set(nik, 'waived');
			}
			const want = { Diakses: model.size, Dilaporkan: sum('closed'), 'Bukan korban': sum('waived'), Belum: sum('open'), 'Tanpa akses': 0 };
			const list = table((await admin.go('GET', '/balikan')).body, 'Instansi');
			assert.deepEqual(figures(list.find((r) => r.Instansi?.startsWith('BPBD'))), want, `step ${i}`);
			const one = table((await auditor.go('GET', '/balikan/instansi?instansi=bpbd')).body, 'Kejadian');
			assert.deepEqual([figures(one[0]), figures(one.at(-1))], [want, want]);
			for (const b of [operator, head]) {
				const home = await b.go('GET', '/');
				assert.equal(strip(home.body), want.Belum);
				if (want.Belum) assert.match(text(home.body), new RegExp(`Longsor Contoh.* ${want.Belum} NIK tertua hari ini`));
			}
			if (want.Belum) {
				assert.match(text((await admin.go('GET', '/')).body), new RegExp(`BPBD Longsor Contoh ${want.Belum} NIK`));
				assert.match(text((await operator.go('GET', '/')).body), new RegExp(`${want.Belum} dari ${want.Belum} Anda periksa sendiri`));
				assert.doesNotMatch(text((await head.go('GET', '/')).body), /Anda periksa sendiri/);
			}
		}
	});

	test('P3.1b: told without access is a state of its own, and closes nothing', async () => {
		const before_ = figures(table((await admin.go('GET', '/balikan')).body, 'Instansi')[0]);
		await send(padan, 'BPBD', '010001', '3304060101709901');
		const page = await admin.go('GET', '/balikan/instansi?instansi=BPBD'), row = table(page.body, 'Kejadian')[0];
		assert.deepEqual(figures(row), { ...before_, 'Tanpa akses': 1 });
		const came = table(page.body, 'Waktu');
		assert.match(came[0].NIK, /^330406 010170 9901 Tanpa akses$/);
		assert.match(came[0]['Dicatat oleh'], /web service/);
		assert.match(came[0].Kejadian, /Longsor Contoh Tanah longsor/);
		assert.match(text(page.body), /Tanpa akses Data balikannya masuk, tetapi datanya tidak pernah diakses/);
		const list = table((await admin.go('GET', '/balikan')).body, 'Instansi');
		assert.deepEqual(figures(list.at(-1)), { ...before_, 'Tanpa akses': 1 }, 'the sum of all');
	});

	test('orders, search and pages', async () => {
		await dinkes.verify(padan.nik['01'][40]);
		const codes = async (query) => table((await admin.go('GET', `/balikan?${query}`)).body, 'Instansi').slice(0, -1).map((r) => r.Instansi.split(' ')[0]);
		assert.deepEqual(await codes('urut=diakses'), ['BPBD', 'DINKES']);
		assert.deepEqual(await codes('urut=diakses&arah=balik'), ['DINKES', 'BPBD']);
		assert.deepEqual(await codes('urut=umur'), ['BPBD', 'DINKES']);
		assert.deepEqual(await codes('urut=nama&arah=balik'), ['DINKES', 'BPBD']);
		assert.deepEqual(await codes('cari=dinas'), ['DINKES']);
		assert.deepEqual(await codes('cari=tidak-ada'), []);
		assert.deepEqual(await codes('hal=2'), []);
		assert.match(text((await admin.go('GET', '/balikan?cari=%3Cb%3E')).body), /Tidak ada instansi yang cocok/);
	});

	test('whoever opens a page with NIK leaves one entry, and one only; no address holds a NIK', async () => {
		const views = () => padan.journal().filter((e) => e.about === 'lihat data balikan yang masuk');
		const n = views().length;
		const page = await auditor.go('GET', '/balikan/instansi?instansi=BPBD');
		const entries = views();
		assert.equal(entries.length, n + 1);
		assert.equal(entries.at(-1).user_id, 'auditor');
		assert.doesNotMatch(page.body, /href="[^"]*\d{16}/);
		/* the list of a kejadian and the page of a person are no different */
		const id = kejadian(padan, 'BPBD'), one = padan.office(`SELECT min(person_id) AS id FROM feedback_person WHERE kejadian_id = ${id}`)[0].id;
		for (const b of [auditor, operator, head]) {
			await b.go('GET', b === auditor ? `/korban?instansi=BPBD&kejadian=${id}` : `/korban?kejadian=${id}`);
			assert.equal((await b.go('GET', `/korban/orang?id=${one}`)).status, 200);
		}
		const looks = padan.journal().filter((e) => /^lihat (daftar )?korban$/.test(e.about ?? ''));
		assert.deepEqual(looks.map((e) => [e.user_id, e.about]), [['auditor', 'lihat daftar korban'], ['auditor', 'lihat korban']], 'their own people work with it');
		const nik = padan.nik['01'][40];
		await tell(dinkes, nik, kejadian(padan, 'DINKES'), { keterangan: 'luka' });
		const other = await auditor.go('GET', '/balikan/instansi?instansi=DINKES');
		assert.equal(table(other.body, 'Waktu').length, 1, 'one agency, one list');
	});

	test('tellings go back page by page, none lost and none twice', async () => {
		for (let i = 0; i < 60; i++) await send(padan, 'DINKES', '010002', `3304060202719${String(900 + i)}`, { JENIS_BENCANA: 'Banjir' });
		const seen = [];
		for (let at = '/balikan/instansi?instansi=DINKES'; at;) {
			const { body } = await admin.go('GET', at);
			seen.push(...table(body, 'Waktu').map((r) => r.NIK));
			at = /<a rel="next" href="([^"]*sebelum[^"]*)"/.exec(body)?.[1].replaceAll('&amp;', '&');
		}
		assert.equal(seen.length, 61);
		assert.equal(new Set(seen).size, 61);
		assert.match(text((await admin.go('GET', '/balikan/instansi?instansi=DINKES&sebelum=1-1')).body), /Tidak ada yang lebih lama/);
		for (const odd of ['x', '-', '99999999999999999999-1', '5-'])
			assert.equal((await admin.go('GET', `/balikan/instansi?instansi=DINKES&sebelum=${odd}`)).status, 200, odd);
	});

	test('only the provider comes in; other agencies do not exist', async () => {
		for (const b of [operator, head, dinkes]) for (const p of ['/balikan', '/balikan/instansi?instansi=BPBD', '/balikan/unduh?instansi=BPBD'])
			assert.equal((await b.go('GET', p)).status, 403, p);
		for (const p of ['/balikan/instansi', '/balikan/instansi?instansi=TIDAKADA', '/balikan/unduh', '/balikan/unduh?instansi=TIDAKADA'])
			assert.equal((await admin.go('GET', p)).status, 404, p);
		const stranger = new Browser(padan);
		assert.equal((await stranger.go('GET', '/balikan', { follow: false })).headers.location, '/masuk');
	});
});

describe('the exports', () => {
	let padan, operator, head, admin, odd;
	const NAME = '=HYPERLINK("http://x"),"a";b';
	before(async () => {
		padan = await (await Padan.demo({ residents: 1500, settings: OBSERVE })).start();
		[operator, head, admin] = [await Browser.operator(padan), await signIn(padan, 'kepala'), await signIn(padan, 'admin')];
		await head.go('GET', '/kejadian');
		const refused = await head.submit('/kejadian/baru', { jenis: 'Banjir', nama: NAME, tempat: 'Desa Contoh', tanggal: '2026-01-02' });
		assert.equal(refused.status, 400, 'no new kejadian has such a name');
		await head.submit('/kejadian/baru', { jenis: 'Banjir', nama: 'Banjir Contoh', tempat: 'Desa Contoh', tanggal: '2026-01-02' });
		odd = padan.office('SELECT max(kejadian_id) AS id FROM kejadian')[0].id;
		padan.fill(`UPDATE kejadian SET name = '${NAME}' WHERE kejadian_id = ${odd}`); /* one of before that was refused */
		for (const nik of padan.nik['01'].slice(0, 5)) await operator.verify(nik);
		await tell(operator, padan.nik['01'][0], kejadian(padan, 'BPBD'), { keterangan: 'luka', rumah: 'berat', tanggal: '2026-11-20' });
		await tell(operator, padan.nik['01'][1], kejadian(padan, 'BPBD'), { alasan: 'salah-nik' });
		await send(padan, 'BPBD', '010001', '3304060101709901', { KEJADIAN: String(odd), JENIS_BENCANA: 'Banjir' });
	});
	after(() => padan?.remove());

	const HEADS = ['NIK', 'KETERANGAN_KORBAN', 'JENIS_BENCANA', 'KEJADIAN', 'TANGGAL', 'KERUSAKAN_RUMAH', 'STATUS', 'DICATAT_OLEH', 'WAKTU', 'REKONSILIASI'];
	/** RFC 4180 with ';'. */
	const csv = (body) => {
		assert.equal(body.charCodeAt(0), 0xfeff, 'the mark by which Excel knows UTF-8');
		return body.slice(1).trimEnd().split('\r\n').map((line) => [...line.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;"]*))/g)].map(([, q, plain]) => (q === undefined ? plain : q.replaceAll('""', '"'))));
	};
	const xlsx = (bytes) => JSON.parse(execFileSync('/usr/bin/python3', ['-c', `
import sys, io, json, openpyxl
sheet = openpyxl.load_workbook(io.BytesIO(sys.stdin.buffer.read())).active
print(json.dumps([["" if c.value is None else c.value for c in row] for row in sheet.iter_rows()]))
print(json.dumps(sorted({c.data_type for row in sheet.iter_rows() for c in row})), file=sys.stderr)`], { input: bytes, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] }));
	const get = async (b, at, type) => {
		const re = await b.go('GET', at);
		assert.equal(re.status, 200, text(re.body));
		assert.match(re.headers['content-type'], type);
		assert.match(re.headers['content-disposition'], /^attachment; filename="data-balikan-BPBD-\d{4}-\d\d-\d\d\.(csv|xlsx)"$/);
		assert.equal(re.headers['cache-control'], 'no-store');
		return re;
	};
	const CSV = /^text\/csv/, XLSX = /spreadsheetml\.sheet$/;

	test('P3.1b: CSV and .xlsx hold the same rows as the pages count', async () => {
		const rows = csv((await get(admin, '/balikan/unduh?instansi=BPBD&kejadian=&bentuk=csv', CSV)).body);
		assert.deepEqual(rows[0], HEADS);
		assert.equal(rows.length, 7);
		const of = (nik) => Object.fromEntries(rows.find((r) => r[0] === nik).map((v, i) => [HEADS[i], v]));
		const victim = of(padan.nik['01'][0]);
		assert.match(victim.WAKTU, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
		assert.deepEqual({ ...victim, WAKTU: '' }, {
			NIK: padan.nik['01'][0], KETERANGAN_KORBAN: 'Luka / Sakit', JENIS_BENCANA: 'Tanah longsor', KEJADIAN: 'Longsor Contoh', TANGGAL: '2026-11-20',
			KERUSAKAN_RUMAH: 'Rusak berat', STATUS: 'Sudah dilaporkan', DICATAT_OLEH: 'operator1', WAKTU: '', REKONSILIASI: 'Dicakup' });
		const waived = of(padan.nik['01'][1]);
		assert.deepEqual([waived.STATUS, waived.KETERANGAN_KORBAN, waived.REKONSILIASI], ['Bukan korban', '', 'Dicakup']);
		const open = of(padan.nik['01'][2]);
		assert.deepEqual([open.STATUS, open.TANGGAL, open.DICATAT_OLEH, open.WAKTU, open.REKONSILIASI], ['Belum dilaporkan', '', '', '', 'Belum ada data balikan']);
		assert.equal(of('3304060101709901').REKONSILIASI, 'Tanpa akses');
		const sheet = xlsx((await get(admin, '/balikan/unduh?instansi=BPBD&bentuk=xlsx', XLSX)).bytes);
		assert.deepEqual(sheet.map((r) => r.map((v) => v.replace(/^=/, '\'='))), rows, 'the same, and every cell a text');
		const sum = figures(table((await admin.go('GET', '/balikan/instansi?instansi=BPBD')).body, 'Kejadian').at(-1));
		const count = (i, word) => rows.filter((r) => r[i] === word).length;
		assert.deepEqual(sum, { Diakses: 5, Dilaporkan: count(6, 'Sudah dilaporkan') - 1, 'Bukan korban': count(6, 'Bukan korban'), Belum: count(9, 'Belum ada data balikan'), 'Tanpa akses': count(9, 'Tanpa akses') });
	});

	test('a name that a spreadsheet would compute is defused', async () => {
		const [, row] = csv((await get(admin, `/balikan/unduh?instansi=BPBD&kejadian=${odd}&bentuk=csv`, CSV)).body);
		assert.equal(row[3], `'${NAME}`);
		const sheet = xlsx((await get(admin, `/balikan/unduh?instansi=BPBD&kejadian=${odd}&bentuk=xlsx`, XLSX)).bytes);
		assert.equal(sheet.length, 2, 'of that kejadian alone');
		assert.equal(sheet[1][3], NAME);
	});

	test('of more people than one reading holds, everybody is in it once', async () => {
		const { token } = JSON.parse(readFileSync(path.join(padan.dir, 'demo-accounts.json'))).tokens.find((t) => t.instansi === 'DINKES');
		const param = [{ KETERANGAN_KORBAN: 'Mengungsi', JENIS_BENCANA: 'Banjir' }], niks = Array.from({ length: 1300 }, (_, i) => `33040601${String(1 + (i % 12)).padStart(2, '0')}${70 + (i % 13)}${9900 + Math.trunc(i / 13)}`);
		assert.equal(new Set(niks).size, 1300);
		for (const part of [niks.slice(0, 700), niks.slice(700)]) {
			const body = JSON.stringify([{ id_lembaga: '010002', nama_lembaga: 'x', data: part.map((NIK) => ({ NIK, param })) }]);
			const re = await padan.request('POST', '/data_balikan/public/api/store', { body, headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` } });
			assert.equal(re.status, 200, re.body);
		}
		const rows = csv((await admin.go('GET', '/balikan/unduh?instansi=DINKES&bentuk=csv')).body).slice(1).map((r) => r[0]);
		assert.equal(rows.length, 1300);
		assert.deepEqual(new Set(rows), new Set(niks));
		assert.deepEqual(xlsx((await admin.go('GET', '/balikan/unduh?instansi=DINKES&bentuk=xlsx')).bytes).slice(1).map((r) => r[0]), rows);
	});

	test('each is in the journal with its rows; operator and head have their own', async () => {
		const own = csv((await get(operator, '/korban/unduh?bentuk=csv', CSV)).body);
		assert.equal(own.length, 7);
		await get(head, `/korban/unduh?kejadian=${odd}`, XLSX);
		const [first, second] = padan.journal().filter((e) => e.act === 'export' && e.about.startsWith('balikan')).slice(-2);
		assert.equal(first.about, 'balikan csv 6');
		assert.equal(first.user_id, 'operator1');
		assert.equal(second.about, 'balikan xlsx 1');
		assert.equal(second.kejadian_id ?? second.kejadian, odd);
	});

	test('another agency\'s kejadian is none', async () => {
		const his = kejadian(padan, 'DINKES');
		for (const b of [operator, head]) {
			for (const id of [his, 0, -1, 'x', '99999999999999999999'])
				assert.equal((await b.go('GET', `/korban/unduh?kejadian=${id}`)).status, 404, String(id));
			assert.equal((await b.go('GET', '/korban/unduh?instansi=DINKES')).status, 404);
		}
		assert.equal((await admin.go('GET', `/balikan/unduh?instansi=BPBD&kejadian=${his}`)).status, 404);
		assert.equal((await admin.go('GET', '/korban/unduh?instansi=BPBD')).status, 403);
	});

	test('DOMAIN 2: of a stopped agency the head still has it, operators do not', async () => {
		padan.run('agreement', 'state', padan.dir, 'BPBD', 'suspended', '--note', 'uji');
		assert.equal((await operator.go('GET', '/korban/unduh?bentuk=csv')).status, 403);
		assert.equal((await head.go('GET', '/korban/unduh?bentuk=csv')).status, 200);
		padan.run('agreement', 'state', padan.dir, 'BPBD', 'active');
	});

	test('past the ceilings it says so, and how to go on', async () => {
		const id = kejadian(padan, 'BPBD');
		padan.fill(`UPDATE feedback_tally SET closed_n = closed_n + 30000, answered_n = answered_n + 30000 WHERE kejadian_id = ${id}`);
		const re = await admin.go('GET', '/balikan/unduh?instansi=BPBD&bentuk=xlsx');
		assert.equal(re.status, 400);
		assert.match(text(re.body), /berisi 30\.006 baris; berkas XLSX memuat paling banyak 20\.000\. Pilih satu kejadian, atau unduh sebagai CSV/);
		assert.equal((await admin.go('GET', '/balikan/unduh?instansi=BPBD&bentuk=csv')).status, 200);
		padan.fill(`UPDATE feedback_tally SET closed_n = closed_n + 70000, answered_n = answered_n + 70000 WHERE kejadian_id = ${id}`);
		assert.match(text((await admin.go('GET', '/balikan/unduh?instansi=BPBD&bentuk=csv')).body), /satu berkas memuat paling banyak 100\.000/);
		padan.fill(`UPDATE feedback_tally SET closed_n = closed_n - 100000, answered_n = answered_n - 100000 WHERE kejadian_id = ${id}`);
	});
});

describe('P2.2b: the limit', () => {
	let padan, operator, head, admin, nik;
	before(async () => {
		padan = await (await Padan.demo({ residents: 1500, settings: OBSERVE })).start();
		[operator, head, admin] = [await Browser.operator(padan), await signIn(padan, 'kepala'), await signIn(padan, 'admin')];
		nik = padan.nik['01'];
		for (let i = 0; i < 2; i++) await operator.verify(nik[i]);
	});
	after(() => padan?.remove());

	test('below it nothing is said but the number', async () => {
		const home = text((await operator.go('GET', '/')).body);
		assert.match(home, /Data balikan 2 terutang, tertua hari ini catat batas 500 NIK atau 30 hari/);
		assert.doesNotMatch(home, /melewati batas/);
	});

	test('a version that warns: everybody reads it, and answers go on', async () => {
		limit(padan, { mode: 'warn', open_max: 2, age_days_max: 30 });
		for (const b of [operator, head]) {
			const home = text((await b.go('GET', '/')).body);
			assert.match(home, /Data balikan melewati batas 2 terutang, tertua hari ini; batasnya 2 NIK atau 30 hari/);
			assert.match(home, /tetap dilayani/);
		}
		const list = await admin.go('GET', '/balikan');
		assert.match(table(list.body, 'Instansi')[0].Instansi, /^BPBD melewati batas/);
		assert.match(text((await admin.go('GET', '/')).body), /BPBD Longsor Contoh melewati batas/);
		assert.match(text((await admin.go('GET', '/balikan/instansi?instansi=BPBD')).body), /hanya memperingatkan/);
		assert.match(text((await operator.verify(nik[2])).body), /Data ditemukan/);
	});

	test('a version that refuses: 17 says why and what to do, and closing is enough', async () => {
		limit(padan, { mode: 'refuse', open_max: 3, age_days_max: 30 });
		const home = await operator.go('GET', '/');
		assert.match(text(home.body), /Verifikasi ditolak: data balikan melewati batas 3 terutang.*User ID non aktif, silahkan menghubungi Admin/);
		assert.match(home.body, /href="\/korban\?status=open"/);
		const ask = await operator.verify(nik[3]);
		assert.match(text(ask.body), /User ID non aktif, silahkan menghubungi Admin/);
		assert.match(text(ask.body), /Data balikan instansi Anda melewati batas perjanjian.*permintaan berikutnya langsung dilayani\. Catat data balikan/);
		assert.match(text(ask.body), /melewati batas 3 NIK atau 30 hari; verifikasi ditolak/);
		assert.match(table((await admin.go('GET', '/balikan')).body, 'Instansi')[0].Instansi, /^BPBD verifikasi ditolak/);
		const last = padan.journal().filter((e) => e.act === 'lookup').at(-1);
		assert.deepEqual([last.outcome, last.ground], ['17', 'debt_limit']);
		await tell(operator, nik[0], kejadian(padan, 'BPBD'), { keterangan: 'mengungsi' });
		assert.match(text((await operator.verify(nik[3])).body), /Data ditemukan/);
		assert.doesNotMatch(text((await admin.go('GET', '/balikan/instansi?instansi=BPBD')).body), /hanya memperingatkan/);
	});

	test('the way to what is owed leads to a kejadian in which something is', async () => {
		await head.go('GET', '/kejadian');
		await head.submit('/kejadian/baru', { jenis: 'Banjir', nama: 'Banjir Lain', tempat: 'Desa Contoh', tanggal: '2026-01-02' });
		await head.submit('/kejadian', { kejadian: padan.office('SELECT max(kejadian_id) AS id FROM kejadian')[0].id });
		assert.match(text((await head.go('GET', '/korban')).body), /Belum ada NIK yang datanya diakses/);
		assert.equal((await head.go('GET', '/korban?status=open')).body.match(/class="quick"/g).length, 3);
	});

	test('a 17 for another reason says nothing of data balikan', async () => {
		const other = await Browser.operator(padan, 'operator2');
		const { body } = await other.verify(nik[5]);
		assert.match(text(body), /User ID non aktif/);
		assert.doesNotMatch(text(body), /Data balikan instansi Anda/);
	});
});
