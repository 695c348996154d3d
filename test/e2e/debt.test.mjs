// SPDX-License-Identifier: EUPL-1.2
// P2.2b, J.III: every answered inquiry owes a data balikan. Inquiries, repeats, tellings,
// waivers and mistakes of several user ids, in an order that chance makes; after each of
// them the figures on the screen are those that the journal alone gives, for that prefix
// of it: NIK answered = told + waived + open, for every agency and kejadian.
// The seed is printed; PADAN_TEST_SEED repeats a run, PADAN_TEST_STEPS makes it longer.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { Padan, Browser, OBSERVE } from './padan.mjs';

const seed = Number(process.env.PADAN_TEST_SEED ?? Date.now() % 2 ** 31);
const steps = Number(process.env.PADAN_TEST_STEPS ?? 90);
let state = seed >>> 0;
/** Mulberry32: below n. */
const chance = (n) => {
	state = (state + 0x6d2b79f5) >>> 0;
	let t = state;
	t = Math.imul(t ^ (t >>> 15), t | 1);
	t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
	return ((t ^ (t >>> 14)) >>> 0) % n;
};
const one = (list) => list[chance(list.length)];

const ANSWERED = ['01', '11', '12', '14'];
const WORDS = ['mengungsi', 'luka', 'menderita', 'hilang', 'meninggal'];
const HOUSES = ['', 'berat', 'sedang', 'ringan', 'terendam'];
const REASONS = ['salah-nik', 'lain-orang', 'tidak-terdampak', 'kejadian-lain'];

/* ---- what the journal says ---- */

const people = new Map(); /* the name of a NIK in the journal, which a new epoch changes: the NIK */
const nameOf = (entry) => `${entry.epoch} ${entry.nik}`;

/** What was told; the provider's looks and what goes upstream are entries of the same act. */
const TOLD = /^(?:form|list|service) (victim|waiver) /;

/** Figures by kejadian, from a prefix of the journal. */
const model = (entries) => {
	const debts = new Map(), figures = new Map();
	for (const e of entries) {
		const key = `${e.instansi}/${e.kejadian}/${people.get(nameOf(e))}`;
		if (e.act === 'lookup' && ANSWERED.includes(e.outcome) && !e.repeat && !debts.has(key)) debts.set(key, 'open');
		const told = TOLD.exec(e.act === 'feedback' ? e.about : '');
		if (told) debts.set(key, told[1] === 'waiver' ? 'waived' : 'closed');
	}
	for (const [key, debt] of debts) {
		const kejadian = Number(key.split('/')[1]);
		const f = figures.get(kejadian) ?? { answered: 0, closed: 0, waived: 0, open: 0 };
		f.answered++;
		f[debt]++;
		figures.set(kejadian, f);
	}
	return figures;
};
const NOTHING = { answered: 0, closed: 0, waived: 0, open: 0 };

/* ---- what the screen says ---- */

/** The figures of the page at hand. */
const shown = (html) => {
	const values = [.../<dl class="sum">([\s\S]*?)<\/dl>/.exec(html)[1].matchAll(/<dd[^>]*>([\d.]+)/g)].map((m) => Number(m[1].replaceAll('.', '')));
	const [answered, closed, waived, open] = values;
	return { answered, closed, waived, open };
};
const count = (html) => Number((/–[\d.]+ dari ([\d.]+)<\/p>/.exec(html)?.[1] ?? '0').replaceAll('.', ''));

let padan;
/** user id -> { b: a browser, kejadian: those of the agency, csrf } */
const staff = {};
before(async () => {
	console.log(`# seed ${seed}, ${steps} steps`);
	padan = await Padan.demo({ residents: 300, settings: OBSERVE });
	padan.run('kejadian', 'add', padan.dir, 'BPBD', '--jenis', 'Banjir', '--name', 'Banjir Contoh', '--place', 'Desa Contoh');
	padan.fill(`INSERT INTO paper (instansi_id, kind, subject, number, signer, signed_day, valid_day, filed_us, state, scan_id, note, filed_by, decided_by)
		SELECT instansi_id, 'nda', 'operator2', 'NDA/9', 'x', 1, 2147483647, 1, 'accepted', 0, '', '', '' FROM instansi WHERE code = 'BPBD'`);
	await padan.start();
	for (const user of ['operator1', 'operator2', 'kepala', 'dinkes-operator', 'auditor']) {
		const b = new Browser(padan);
		await b.login(user);
		await b.go('GET', '/sesi');
		const code = user.startsWith('dinkes') ? 'DINKES' : 'BPBD';
		const kejadian = padan.office(`SELECT k.kejadian_id AS n FROM kejadian k JOIN instansi i ON i.instansi_id = k.instansi_id WHERE i.code = '${code}' ORDER BY 1`);
		staff[user] = { user, b, kejadian: kejadian.map((r) => r.n), csrf: b.hidden('/keluar').csrf };
	}
	assert.equal(staff.operator1.kejadian.length, 2);
	for (const user of ['operator1', 'operator2', 'dinkes-operator']) await post(staff[user], '/kejadian', { kejadian: String(one(staff[user].kejadian)) });
});
after(() => padan?.remove());

/* ---- what may happen ---- */

const post = (who, target, form) => who.b.go('POST', target, { form: { csrf: who.csrf, ...form }, follow: false });
const pool = () => [...ANSWERED.flatMap((c) => padan.nik[c].slice(0, 3)), padan.nik['13'][0]];
/** A person of the list of some kejadian, as its row in the store; null when there is none. */
const somebody = (who) => {
	const rows = padan.office(`SELECT person_id AS id, kejadian_id AS kejadian FROM feedback_person WHERE kejadian_id IN (${who.kejadian}) ORDER BY 1`);
	return rows.length ? one(rows) : null;
};
const asker = () => staff[one(['operator1', 'operator1', 'operator2', 'dinkes-operator'])];
const teller = () => staff[one(['operator1', 'operator2', 'kepala', 'dinkes-operator'])];
const learn = (nik) => {
	const entry = padan.journal().findLast((e) => e.act === 'lookup' && e.nik);
	people.set(nameOf(entry), nik);
	asked.push({ nik, kejadian: entry.kejadian });
};
const asked = [];

const acts = {
	async choose() {
		const who = asker();
		return (await post(who, '/kejadian', { kejadian: String(one(who.kejadian)) })).status;
	},
	async ask() {
		const who = asker(), nik = one(pool());
		await who.b.go('GET', '/verifikasi');
		who.last = { ...who.b.hidden('/verifikasi'), nik };
		const re = await who.b.go('POST', '/verifikasi', { form: who.last, follow: false });
		if (re.body.includes('Ref. ')) learn(nik);
		return re.status;
	},
	async repeat() { /* reload, Back, a double click */
		const who = asker();
		if (!who.last) return 0;
		return (await who.b.go('POST', '/verifikasi', { form: who.last, follow: false })).status;
	},
	async tell() {
		const who = teller(), person = somebody(who);
		if (!person) return 0;
		return (await post(who, '/korban/orang', { id: person.id, bentuk: 'korban', keterangan: one(WORDS), rumah: one(HOUSES), catatan: one(['', 'di balai desa']) })).status;
	},
	async quick() {
		const who = teller(), person = somebody(who);
		if (!person) return 0;
		return (await post(who, '/korban/orang', { id: person.id, keterangan: one(WORDS), kembali: `/korban?kejadian=${person.kejadian}` })).status;
	},
	async beside() { /* the card beside the answer; the NIK may never have been asked for there */
		const who = teller(), known = asked.filter((a) => who.kejadian.includes(a.kejadian));
		const { nik, kejadian } = known.length && chance(4) ? one(known) : { nik: one(pool()), kejadian: one(who.kejadian) };
		return (await post(who, '/korban/catat', { nik, kejadian: String(kejadian), keterangan: one(WORDS) })).status;
	},
	async waive() {
		const who = teller(), person = somebody(who);
		if (!person) return 0;
		return (await post(who, '/korban/orang', { id: person.id, bentuk: 'bukan', alasan: one(REASONS) })).status;
	},
	async mistake() {
		const who = teller(), person = somebody(who) ?? { id: 1 };
		return (await post(who, '/korban/orang', { id: person.id, ...one([{}, { keterangan: 'sehat' }, { bentuk: 'bukan', alasan: 'lain' }, { keterangan: 'luka', tanggal: '2199-01-01' },
			{ keterangan: 'luka', catatan: padan.nik['01'][0] }, { keterangan: 'luka', rumah: 'istana' }]) })).status;
	},
	async foreign() {
		const who = staff['dinkes-operator'], person = somebody(staff.operator1);
		if (!person) return 0;
		const re = await post(who, '/korban/orang', { id: person.id, bentuk: 'korban', keterangan: one(WORDS) });
		assert.equal(re.status, 404);
		return re.status;
	},
	async auditor() {
		const person = somebody(staff.operator1);
		if (!person) return 0;
		const re = await post(staff.auditor, '/korban/orang', { id: person.id, bentuk: 'korban', keterangan: one(WORDS) });
		assert.equal(re.status, 403);
		return re.status;
	},
};
const PLAN = ['choose', 'ask', 'ask', 'ask', 'ask', 'repeat', 'tell', 'quick', 'quick', 'beside', 'beside', 'waive', 'waive', 'mistake', 'foreign', 'auditor'];

/** Every place that shows figures, beside the model. */
const check = async (what, entries) => {
	const want = model(entries);
	for (const [user, code] of [['operator2', 'BPBD'], ['dinkes-operator', 'DINKES'], ['auditor', 'BPBD']]) {
		const { b } = staff[user];
		const kejadian = staff[code === 'BPBD' ? 'operator1' : 'dinkes-operator'].kejadian;
		for (const id of kejadian) {
			const f = want.get(id) ?? NOTHING;
			const of = user === 'auditor' ? `&instansi=${code}` : '';
			const page = (await b.go('GET', `/korban?kejadian=${id}${of}`)).body;
			assert.deepEqual(shown(page), f, `${what}: kejadian ${id} as ${user} sees it`);
			assert.equal(f.answered, f.closed + f.waived + f.open, what);
			assert.equal(count(page), f.answered, `${what}: rows`);
			const status = ['open', 'closed', 'waived'][id % 3];
			assert.equal(count((await b.go('GET', `/korban?kejadian=${id}&status=${status}${of}`)).body), f[status], `${what}: ${status}`);
		}
	}
};

test('P2.2b: for every prefix of the journal, answered = told + waived + open', { timeout: 600000 }, async () => {
	const seen = {};
	for (let i = 0; i < steps; i++) {
		const act = PLAN[i] ?? one(PLAN); /* everything once, then as chance has it */
		const status = await acts[act]();
		assert.ok(status < 500, `${act}: ${status}`);
		seen[`${act} ${status}`] = (seen[`${act} ${status}`] ?? 0) + 1;
		const entries = padan.journal();
		await check(`seed ${seed}, step ${i} (${act}, ${status})`, entries);
		for (const f of model(entries).values()) assert.equal(f.answered, f.closed + f.waived + f.open);
	}
	console.log(`# ${Object.entries(seen).sort().map(([k, n]) => `${k}: ${n}`).join(', ')}`);
	assert.ok(new Set(padan.journal().filter((e) => e.act === 'lookup' && ANSWERED.includes(e.outcome)).map((e) => e.user_id)).size >= 2, 'several asked');
	for (const act of ['victim', 'waiver'])
		assert.ok(padan.journal().some((e) => e.act === 'feedback' && TOLD.exec(e.about)?.[1] === act), `${act}: something was told`);
	assert.match(padan.run('journal', 'verify', padan.dir), /./);
});

test('every kejadian of the list says the same, in the portal and at the command line', async () => {
	const want = model(padan.journal());
	const list = padan.run('kejadian', 'list', padan.dir, 'BPBD');
	const page = (await staff.kepala.b.go('GET', '/kejadian')).body;
	for (const id of staff.operator1.kejadian) {
		const f = want.get(id) ?? NOTHING;
		assert.match(list, new RegExp(`^ +${id} .*diakses ${f.answered}, dilaporkan ${f.closed}, bukan korban ${f.waived}, belum dilaporkan ${f.open}$`, 'm'));
		const row = page.split('<tr>').find((r) => r.includes(`kejadian=${id}"`));
		assert.match(row, f.open ? new RegExp(`${f.open} belum dilaporkan`) : f.answered ? /semua telah dilaporkan/ : /belum ada/);
	}
});
