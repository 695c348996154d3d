// SPDX-License-Identifier: EUPL-1.2
// Half a year of two agencies, played through the front door while the clock moves, with an
// own account of what was asked and what came back: the figures of every report must equal it
// (P8, issue 7). Five user ids, an addendum in the middle, a day on which the quota is spent, a
// day of suspension, a clock that steps back over the end of a month, and inquiries within
// seconds of the period's edges on both sides.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Browser, OBSERVE, text } from './padan.mjs';
import { Clock } from './clock.mjs';

const FIRST = '2026-01-01', LAST = '2026-06-30', ADDENDUM = '2026-04-01', SPENT = '2026-02-18', STOPPED = '2026-05-06';
const HITS = ['01', '11', '12', '13', '14'], OWING = ['01', '11', '12', '14'];
const REFUSED = ['03', '04', '05', '07', '09', '10', '16', '17'];
const seed = Number(process.env.PADAN_TEST_SEED ?? Math.floor(Math.random() * 1e6));

/* ---- chance, with a seed ---- */

let state = seed;
const chance = (n) => {
	state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
	return (state >>> 8) % n;
};

/* ---- our own account ---- */

const none = () => ({ inquiries: 0, repeats: 0, hits: 0, refused: 0 });
const add = (sum, code, repeat) => {
	sum.inquiries++;
	if (repeat) sum.repeats++;
	if (HITS.includes(code) && !repeat) sum.hits++;
	if (REFUSED.includes(code)) sum.refused++;
};
const count = (object, key) => { object[key] = (object[key] ?? 0) + 1; };

class Account {
	constructor() {
		Object.assign(this, { sum: none(), codes: {}, months: {}, monthCodes: {}, days: {}, hours: {}, users: {}, methods: {}, versions: {}, told: {}, owed: new Map() });
	}

	/** One inquiry at `moment` ("2026-01-07 09:00:00" WIB). */
	asked({ moment, user, method, code, repeat = false, version, nik }) {
		const day = moment.slice(0, 10), month = day.slice(0, 7);
		if (OWING.includes(code) && day <= LAST && !this.owed.has(nik)) this.owed.set(nik, false);
		if (day < FIRST || day > LAST) return;
		for (const sum of [this.sum, this.months[month] ??= none(), this.days[day] ??= none(), this.users[user] ??= none(), this.methods[method] ??= none(), this.versions[version] ??= none()])
			add(sum, code, repeat);
		count(this.codes, code);
		count(this.monthCodes[month] ??= {}, code);
		count(this.hours, Number(moment.slice(11, 13)));
	}

	/** Data balikan of somebody. */
	tell(moment, nik, what) {
		if (moment.slice(0, 10) > LAST) return;
		this.owed.set(nik, true);
		if (moment.slice(0, 10) >= FIRST) count(this.told, what);
	}
}

/* ---- the play ---- */

let clock, padan;
const bpbd = new Account(), dinkes = new Account();
const people = {};
const version = { BPBD: 1, DINKES: 2 };

const at = (moment) => { clock.set(moment); return moment; };
const enter = async (user) => {
	people[user] = await Browser.operator(padan, user);
	return people[user];
};
const codeOf = (body) => {
	const texts = {
		'Data Ditemukan, Meninggal Dunia': '11', 'Data Ditemukan, Data Ganda': '12',
		'Data tidak ditemukan, NIK tidak terdapat di database kependudukan': '13',
		'Data Ditemukan, Status Non Aktif silahkan hubungi Dinas Dukcapil': '14',
		'Data tidak ditemukan, NIK tidak sesuai format Dukcapil': '15', 'Kuota akses hari ini telah habis': '05',
		'Instansi tidak aktif': '16', 'User ID non aktif, silahkan menghubungi Admin': '17',
	};
	const found = Object.keys(texts).filter((t) => body.includes(t));
	assert.ok(found.length <= 1, found.join());
	return found.length ? texts[found[0]] : (assert.match(body, /Nama lengkap/), '01');
};
const nikOf = (code) => (code === '15' ? '3304131313909999' : padan.nik[code][chance(padan.nik[code].length)]);

/** In the portal, `again` times more with the same form. */
const portal = async (account, moment, user, nik, again = 0) => {
	const b = people[user];
	await b.go('GET', '/verifikasi');
	const form = { ...b.hidden('/verifikasi'), nik };
	for (let i = 0; i <= again; i++) {
		const re = await b.go('POST', '/verifikasi', { form });
		assert.equal(re.status, 200);
		const code = codeOf(re.body);
		// what never reached the registry has nothing to be a repeat of
		account.asked({ moment, user, method: 'portal', code, repeat: i > 0 && HITS.includes(code), version: version[account === bpbd ? 'BPBD' : 'DINKES'], nik });
	}
};
const service = async (moment, method, nik, password = padan.accounts['dinkes-layanan'].password) => {
	const body = JSON.stringify({ NIK: nik, NAMA_LGKP: 'SIAPA CONTOH', TRESHOLD: '90', user_id: 'dinkes-layanan', password, IP_USER: '127.0.0.1' });
	const re = await padan.request('POST', `/dukcapil/get_json/DINKES/${method}`, { body });
	const code = JSON.parse(re.body).content[0]?.RESPONSE_CODE ?? '01';
	if (code !== '03') // who did not prove who he is speaks for no agency, and stands in no report
		dinkes.asked({ moment, user: 'dinkes-layanan', method, code, version: version.DINKES, nik });
	return code;
};
const balikan = async (account, moment, user, kejadian, nik, fields, what) => {
	const b = people[user];
	await b.go('GET', '/sesi');
	const { csrf } = b.hidden('/keluar');
	const re = await b.go('POST', '/korban/catat', { form: { csrf, nik, kejadian, ...fields }, follow: false });
	assert.ok([200, 303].includes(re.status), String(re.status));
	account.tell(moment, nik, what);
};
const kejadianOf = (code) => padan.office(`SELECT min(kejadian_id) AS id FROM kejadian WHERE instansi_id = (SELECT instansi_id FROM instansi WHERE code = '${code}')`)[0].id;

const addendum = () => {
	const file = JSON.parse(padan.run('agreement', 'export', padan.dir, 'BPBD', '1'));
	file.version = 2;
	file.papers = [];
	file.terms.methods.portal.quota_before_poc = 250;
	file.terms.addendum = { number: 'AD/1', signed_on: ADDENDUM, ground: 'J.II.C', subject: 'Kuota' };
	const where = path.join(padan.dir, '..', 'adendum.json');
	writeFileSync(where, JSON.stringify(file));
	padan.run('agreement', 'apply', padan.dir, where);
	version.BPBD = 2;
};

/** What an agency does on one day. */
const workday = async (day) => {
	const noon = at(`${day} 09:00:00`);
	for (const user of ['operator1', 'kepala']) await enter(user);
	for (let i = 3 + chance(4); i > 0; i--) {
		const nik = nikOf(['01', '01', '01', '11', '12', '13', '14', '15'][chance(8)]);
		await portal(bpbd, noon, chance(3) ? 'operator1' : 'kepala', nik, chance(5) === 0 ? 1 : 0);
	}
	const evening = at(`${day} 19:30:00`);
	for (const user of ['dinkes-operator', 'dinkes-kepala']) {
		await enter(user);
		await portal(dinkes, evening, user, nikOf('01'));
	}
	await service(evening, 'CALL_NIK', nikOf(['01', '11', '13'][chance(3)]));
	await service(evening, 'CALL_VERIFY_BY_ELEMEN', nikOf(['01', '12'][chance(2)]));
};
/** About half of those owed are told of, some of them twice, one is no victim. */
const tellSome = async (moment) => {
	at(moment);
	await enter('operator1');
	const open = [...bpbd.owed].filter(([, told]) => !told).map(([nik]) => nik);
	for (const [i, nik] of open.slice(0, Math.ceil(open.length / 2)).entries())
		if (i === 0) await balikan(bpbd, moment, 'operator1', kejadianOf('BPBD'), nik, { alasan: 'salah-nik' }, 'form waiver salah-nik');
		else await balikan(bpbd, moment, 'operator1', kejadianOf('BPBD'), nik, { keterangan: 'mengungsi' }, 'form victim mengungsi');
};

before(async () => {
	clock = await Clock.demo('2025-12-29 08:00:00', { residents: 2000, settings: { ...OBSERVE, 'user.dormant_days': '365' } });
	padan = await clock.padan.start();
}, { timeout: 180000 });
after(() => padan?.remove());

test(`half a year is played (seed ${seed})`, { timeout: 600000 }, async () => {
	// the edges of the period: the last seconds before it, the first in it
	at('2025-12-31 23:50:00');
	await enter('operator1');
	await portal(bpbd, at('2025-12-31 23:59:40'), 'operator1', nikOf('01'));
	await portal(bpbd, at('2026-01-01 00:00:02'), 'operator1', nikOf('01'));
	for (const day of ['2026-01-07', '2026-01-14', '2026-01-28', '2026-02-04']) await workday(day);
	await tellSome('2026-02-05 10:00:00');

	// a day on which the quota is spent: 200 people, then three more
	const spent = at(`${SPENT} 08:00:00`);
	await enter('operator1');
	for (let i = 0; i < 203; i++) await portal(bpbd, spent, 'operator1', padan.nik['01'][i % 50]);
	assert.equal(bpbd.codes['05'], 3, JSON.stringify(bpbd.codes));

	// a clock that was ahead and steps back over the end of a month
	const ahead = at('2026-03-01 00:05:00');
	await enter('operator1');
	await portal(bpbd, ahead, 'operator1', nikOf('01'));
	at('2026-02-28 23:50:00');
	await enter('operator1');
	await portal(bpbd, '2026-02-28 23:50:00', 'operator1', nikOf('11'));
	for (const day of ['2026-03-04', '2026-03-11', '2026-03-25']) await workday(day);

	at(`${ADDENDUM} 07:00:00`);
	addendum();
	for (const day of [ADDENDUM, '2026-04-15', '2026-04-29']) await workday(day);

	// stopped for a day; the program's wrong secret
	const stopped = at(`${STOPPED} 09:00:00`);
	await enter('operator1');
	await enter('dinkes-operator');
	await people.operator1.go('GET', '/verifikasi');
	const form = { ...people.operator1.hidden('/verifikasi'), nik: padan.nik['01'][0] };
	padan.run('agreement', 'state', padan.dir, 'BPBD', 'suspended', '--note', 'percobaan', '--letter', 'S/1', '--date', STOPPED);
	const re = await people.operator1.go('POST', '/verifikasi', { form });
	assert.match(re.body, /Instansi tidak aktif/);
	bpbd.asked({ moment: stopped, user: 'operator1', method: 'portal', code: '16', version: 2, nik: form.nik });
	assert.equal(await service(stopped, 'CALL_NIK', nikOf('01'), 'x'.repeat(43)), '03');
	padan.run('agreement', 'state', padan.dir, 'BPBD', 'active', '--note', 'selesai', '--letter', 'S/2', '--date', STOPPED);
	for (const day of ['2026-05-13', '2026-05-27', '2026-06-10', '2026-06-24']) await workday(day);
	await tellSome('2026-06-25 10:00:00');

	at('2026-06-30 23:50:00');
	await enter('operator1');
	await portal(bpbd, at('2026-06-30 23:59:40'), 'operator1', nikOf('14'));
	await portal(bpbd, at('2026-07-01 00:00:02'), 'operator1', nikOf('01'));
	await workday('2026-07-02');
	at('2026-07-03 09:00:00');
});

/* ---- what the report says ---- */

const sumOf = ([inquiries, repeats, hits, refused]) => ({ inquiries, repeats, hits, refused });
const instansiId = (code) => padan.office(`SELECT instansi_id FROM instansi WHERE code = '${code}'`)[0].instansi_id;
const versionNumbers = (code) => Object.fromEntries(padan.office(`SELECT version_id, number FROM agreement_version WHERE instansi_id = ${instansiId(code)}`).map((r) => [r.version_id, r.number]));
const counted = (code) => JSON.parse(padan.run('report', 'count', padan.dir, code, FIRST, LAST, '--text'));

for (const [code, account] of [['BPBD', bpbd], ['DINKES', dinkes]]) {
	test(`P8 every figure of ${code} is the one of our own account`, () => {
		const f = counted(code);
		assert.equal(f.instansi, instansiId(code));
		assert.deepEqual(sumOf(f.sum), account.sum);
		const months = Object.fromEntries(f.months.map(([y, m, ...sum]) => [`${y}-${String(m).padStart(2, '0')}`, sumOf(sum)]));
		assert.equal(f.months.length, 6);
		for (const [month, sum] of Object.entries(months)) assert.deepEqual(sum, account.months[month] ?? none(), month);
		for (const [y, m, , , , , codes] of f.months)
			codes.forEach((n, c) => assert.equal(n, account.monthCodes[`${y}-${String(m).padStart(2, '0')}`]?.[String(c).padStart(2, '0')] ?? 0, `${y}-${m} ${c}`));
		f.codes.forEach((n, c) => assert.equal(n, account.codes[String(c).padStart(2, '0')] ?? 0, `code ${c}`));
		assert.equal(f.days.length, 181);
		for (const [n, ...sum] of f.days) {
			const day = new Date(n * 86400e3).toISOString().slice(0, 10);
			assert.deepEqual(sumOf(sum), account.days[day] ?? none(), day);
		}
		f.hours.forEach((n, hour) => assert.equal(n, account.hours[hour] ?? 0, `hour ${hour}`));
		assert.deepEqual(Object.fromEntries(f.users.map(([, id, ...sum]) => [id, sumOf(sum)])), account.users);
		assert.deepEqual(Object.fromEntries(f.methods.map(([key, ...sum]) => [key, sumOf(sum)])), account.methods);
		const numbers = versionNumbers(code);
		assert.deepEqual(Object.fromEntries(f.versions.map(([id, ...sum]) => [numbers[id] ?? id, sumOf(sum)])), account.versions);
		const told = Object.fromEntries(f.acts.filter(([act, outcome]) => act === 'feedback' && outcome === 'ok').map(([, , words, n]) => [words, n]));
		assert.deepEqual(Object.values(told).reduce((a, b) => a + b, 0), Object.values(account.told).reduce((a, b) => a + b, 0), JSON.stringify(told));
	});
}

test('P8 the same period gives the same figures, whoever counts and whenever; only what they rest on has grown', async () => {
	const { logs, ...figures } = counted('BPBD');
	await enter('operator1'); // the journal goes on, after the period
	await portal(bpbd, clock.moment, 'operator1', nikOf('01'));
	const { logs: later, ...again } = counted('BPBD'); // by another process
	assert.deepEqual(again, figures);
	assert.deepEqual(later.map(([log, , , , entries]) => [log, entries]), logs.map(([log, , , , entries]) => [log, entries]));
	assert.ok(later[0][1] > logs[0][1], `${later[0][1]} entries were read, ${logs[0][1]} before`);
});

/* ---- the documents ---- */

const MONTHS = ['Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni'];
const CODES = ['01', '11', '12', '13', '14', '15', '03', '04', '05', '07', '09', '10', '16', '17'];
const METHODS = { portal: 'Web portal', CALL_NIK: 'Data (CALL_NIK)', CALL_VERIFY_BY_ELEMEN: 'Kesesuaian (CALL_VERIFY_BY_ELEMEN)' };
const masked = (id) => (id.length > 3 ? `${id.slice(0, 2)}•••${id.at(-1)}` : `${id[0]}•••`);
const dotted = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, '.');

/** The head makes the report of the semester; its three documents as bytes. */
const documents = async (user) => {
	const head = new Browser(padan);
	await head.login(user);
	await head.go('GET', '/laporan');
	await head.submit('/laporan/baru', { jenis: 'semester', semester: '2026-1' });
	const target = head.page.target;
	for (let i = 0; !/Sidik angka/.test(head.page.body); i++) {
		assert.ok(i < 600, `the figures come: ${text(head.page.body).slice(-300)}`);
		await new Promise((r) => setTimeout(r, 100));
		await head.go('GET', target.split('&')[0]);
	}
	const id = /[?;]r=(\d+)/.exec(target)?.[1] ?? head.hidden('/laporan/langkah').r;
	const made = {};
	for (const kind of ['csv', 'xlsx', 'pdf']) {
		const re = await head.go('GET', `/laporan/unduh?r=${id}&jenis=${kind}`);
		assert.equal(re.status, 200, kind);
		made[kind] = re.bytes;
	}
	return made;
};
/** Lines of the CSV by part, row and column; the part's rows in their order. */
const csvRows = (bytes) => {
	const parts = {};
	for (const line of bytes.toString('utf8').replace(/^\ufeff/, '').trim().split(/\r?\n/).slice(1)) {
		const [part, number, row, column, ...value] = line.split(';');
		((parts[part] ??= [])[number - 1] ??= { row })[column] = value.join(';');
	}
	return parts;
};
const sheets = (bytes, dir) => {
	const file = path.join(dir, 'laporan.xlsx');
	writeFileSync(file, bytes);
	return JSON.parse(execFileSync('/usr/bin/python3', ['-c', `
import openpyxl, json, sys, datetime
plain = lambda v: v.date().isoformat() if isinstance(v, datetime.datetime) else '' if v is None else str(v)
print(json.dumps({s.title: [[plain(c) for c in r] for r in s.iter_rows(values_only=True)] for s in openpyxl.load_workbook(sys.argv[1])}))`, file], { encoding: 'utf8' }));
};
const numbers = (row, names) => names.map((n) => Number(row[n]));
const words = (bytes, dir) => {
	const file = path.join(dir, 'laporan.pdf');
	writeFileSync(file, bytes);
	return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).replace(/[^\S\n]+/g, ' ');
};

for (const [code, account, user] of [['BPBD', bpbd, 'kepala'], ['DINKES', dinkes, 'dinkes-kepala']])
	test(`P8 PDF, workbook and CSV of ${code} say what our own account says`, { timeout: 180000 }, async () => {
		const dir = path.join(padan.dir, '..');
		at('2026-07-03 10:00:00');
		const made = await documents(user), csv = csvRows(made.csv), book = sheets(made.xlsx, dir), pdf = words(made.pdf, dir);

		// what the days gave, by month; '' when one of them had no limit
		const given = (days) => (days.every((r) => r.Kuota !== '') ? days.reduce((n, r) => n + Number(r.Kuota), 0) : '');
		const quotas = MONTHS.map((_, i) => given(csv.Harian.filter((r) => r.row.startsWith(`2026-0${i + 1}`)))), quota = given(csv.Harian);

		// CSV: every table that is about inquiries
		assert.deepEqual(csv['Per bulan'].map((r) => r.row), MONTHS.map((m) => `${m} 2026`));
		for (const [i, row] of csv['Per bulan'].entries()) {
			const month = `2026-0${i + 1}`, sum = account.months[month] ?? none();
			assert.deepEqual(numbers(row, ['Permintaan', 'Ulangan', 'Hit', 'Ditolak']), [sum.inquiries, sum.repeats, sum.hits, sum.refused], month);
			assert.deepEqual(numbers(row, CODES), CODES.map((c) => account.monthCodes[month]?.[c] ?? 0), month);
			assert.equal(row.Kuota, String(quotas[i]), month);
		}
		assert.equal(csv.Harian.length, 181);
		for (const row of csv.Harian) {
			const sum = account.days[row.row] ?? none();
			assert.deepEqual(numbers(row, ['Permintaan', 'Ulangan', 'Hit', 'Ditolak']), [sum.inquiries, sum.repeats, sum.hits, sum.refused], row.row);
		}
		for (const row of csv.Jam) assert.equal(Number(row.Permintaan), account.hours[Number(row.row)] ?? 0, row.row);
		for (const [id, sum] of Object.entries(account.users)) {
			const row = csv['Per User ID'].filter((r) => r.row === masked(id)).find((r) => Number(r.Permintaan) === sum.inquiries);
			assert.ok(row, `${masked(id)} with ${sum.inquiries}`);
			assert.deepEqual(numbers(row, ['Ulangan', 'Hit', 'Ditolak']), [sum.repeats, sum.hits, sum.refused], id);
		}
		assert.equal(csv['Per User ID'].reduce((n, r) => n + Number(r.Permintaan), 0), account.sum.inquiries, 'and nobody else');
		const asked = csv.Metode.filter((r) => Number(r.Permintaan) > 0);
		assert.equal(asked.length, Object.keys(account.methods).length);
		for (const [i, [, sum]] of Object.entries(account.methods).sort(([a], [b]) => Object.keys(METHODS).indexOf(a) - Object.keys(METHODS).indexOf(b)).entries())
			assert.deepEqual(numbers(asked[i], ['Permintaan', 'Hit', 'Ditolak']), [sum.inquiries, sum.hits, sum.refused], asked[i].row);
		const told = (csv['Data balikan'] ?? []).reduce((n, r) => n + Number(Object.values(r).at(-1)), 0);
		assert.equal(told, Object.values(account.told).reduce((a, b) => a + b, 0));
		const summary = Object.fromEntries(csv.Ringkasan.map((r) => [r.row, r.Nilai]));
		const open = [...account.owed.values()].filter((t) => !t).length;
		assert.deepEqual(['Permintaan', 'Di antaranya ulangan', 'Hit', 'Ditolak', 'NIK yang datanya diakses, sampai akhir periode', 'Data balikan yang belum disampaikan'].map((k) => Number(summary[k])),
			[account.sum.inquiries, account.sum.repeats, account.sum.hits, account.sum.refused, account.owed.size, open]);

		// the workbook has the same, cell by cell
		let compared = 0;
		for (const [part, rows] of Object.entries(csv)) {
			const [head, ...body] = book[part];
			for (const [i, row] of rows.entries())
				for (const [column, value] of Object.entries(row)) {
					if (column === 'row') continue;
					assert.equal(body[i][head.indexOf(column)].replace(/^'/, ''), value.replace(/^'|^"|"$/g, ''), `${part} ${i} ${column}`);
					compared++;
				}
		}
		assert.ok(compared > 181 * 4, `${compared} cells`);

		// the PDF: months, the sum, refusals, user ids, debts
		for (const [i, name] of MONTHS.entries()) {
			const month = `2026-0${i + 1}`, sum = account.months[month] ?? none();
			const row = [sum.inquiries, sum.hits, ...(quotas[i] === '' ? [] : [quotas[i]]), ...['01', '11', '12', '13', '14', '15'].map((c) => account.monthCodes[month]?.[c] ?? 0), sum.refused].map(dotted);
			assert.ok(pdf.includes(`${name} 2026 ${row.join(' ')}`), `${name}: ${row.join(' ')}`);
		}
		const total = [account.sum.inquiries, account.sum.hits, quota, ...['01', '11', '12', '13', '14', '15'].map((c) => account.codes[c] ?? 0), account.sum.refused].map((n) => (n === '' ? '–' : dotted(n)));
		assert.ok(pdf.includes(`Jumlah ${total.join(' ')}`), total.join(' '));
		for (const [id, sum] of Object.entries(account.users))
			assert.match(pdf, new RegExp(`${masked(id)} \\S+( \\S+)? ${dotted(sum.inquiries)} ${dotted(sum.hits)} ${dotted(sum.refused)} `), id);
		assert.match(pdf, new RegExp(`Data balikan yang belum disampaikan ${dotted(open)}\\n`));
		assert.doesNotMatch(pdf, /operator1|dinkes-layanan/, 'user ids are masked');
	});
