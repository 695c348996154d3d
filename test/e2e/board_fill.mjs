// SPDX-License-Identifier: EUPL-1.2
// Half a year of sums for dashboards: rows as the counting of the journal writes them.
import './padan.mjs'; // which may have to wait for the next day

const day = Math.floor((Date.now() + 7 * 3600e3) / 86400e3); // WIB
const chunks = (rows, n = 400) => Array.from({ length: Math.ceil(rows.length / n) }, (_, i) => rows.slice(i * n, (i + 1) * n));
const put = (padan, table, rows) => {
	for (const part of chunks(rows)) padan.fill(`INSERT INTO ${table} VALUES ${part.map((r) => `(${r.map((v) => (typeof v === 'string' ? `'${v}'` : v)).join(', ')})`).join(', ')}`);
};
/* The same numbers every time. */
let seed = 7;
const chance = (below) => {
	seed = (seed * 1103515245 + 12345) % 2147483648;
	return Math.floor(seed / 65536) % below;
};

const agency = (at, instansi) => ({ key: [at, instansi], n: 0, repeats: 0, hits: 0, refused: 0 });
const OUTCOMES = [['01', '', 9], ['13', '', 2], ['11', '', 1], ['12', '', 1], ['14', '', 1], ['15', 'nik_format', 2], ['05', 'quota', 1], ['17', 'guard_hold', 1], ['17', 'no_nda', 1]];

/** Rows [day, instansi, inquiries, repeats, hits, refused], none of them there yet. */
export function fillAgencies(padan, rows) {
	const weeks = new Map(), days = new Map();
	const add = (sums, key, row) => sums.set(key, (sums.get(key) ?? [0, 0, 0, 0]).map((n, i) => n + row[2 + i]));
	for (const row of rows) {
		add(weeks, `${row[0] - ((row[0] + 3) % 7)}, ${row[1]}`, row);
		add(days, row[0], row);
	}
	put(padan, 'usage_agency', rows.map((row) => [1, ...row]));
	put(padan, 'usage_agency', [...weeks].map(([key, sums]) => [7, ...key.split(', ').map(Number), ...sums]));
	for (const [day, sums] of days)
		padan.fill(`INSERT INTO usage_total VALUES (${day}, ${sums.join(', ')}) ON CONFLICT (day) DO UPDATE SET n = usage_total.n + excluded.n,
			repeats = usage_total.repeats + excluded.repeats, hits = usage_total.hits + excluded.hits, refused = usage_total.refused + excluded.refused`);
}

/** `users`: numbers of user ids of `instansi`; `days`: how many, until today; `agencies`: how many more there are.
 * Whoever counts the journal later adds to these rows. */
export function fillBoard(padan, { instansi = 1, days = 184, users = [], methods = ['portal'], agencies = 0 } = {}) {
	const sums = [], hours = [], all = [];
	for (let at = day - days + 1; at <= day; at++) {
		const one = agency(at, instansi);
		for (const user of users) {
			for (const [outcome, ground, weight] of OUTCOMES) {
				const n = chance(weight + 1);
				if (!n) continue;
				sums.push([instansi, at, user, methods[user % methods.length], outcome, ground, 1, n, 0]);
				one.n += n;
				one.hits += ['01', '11', '12', '13', '14'].includes(outcome) ? n : 0;
				one.refused += ['05', '17'].includes(outcome) ? n : 0;
			}
		}
		for (let hour = 6; hour < 22; hour++) hours.push([instansi, at, hour, 1 + chance(9)]);
		all.push([at, instansi, one.n, 0, one.hits, one.refused]);
	}
	for (let i = 0; i < agencies; i++) {
		const hits = 1 + chance(900), refused = chance(60);
		padan.fill(`INSERT INTO instansi (instansi_id, code, name, state, state_us, made_us, last_day, name_key)
			VALUES (${1000 + i}, 'DINAS${i}', 'Dinas Contoh Urusan Nomor ${i} Kabupaten Contoh', 'active', 0, 0, 0, 'dinas ${i}')`);
		all.push([day, 1000 + i, hits + refused, 0, hits, refused]);
	}
	put(padan, 'usage_day', sums);
	put(padan, 'usage_hour', hours);
	fillAgencies(padan, all);
	return { sums, all, today: day };
}
