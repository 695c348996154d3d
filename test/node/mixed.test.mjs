// SPDX-License-Identifier: EUPL-1.2
// Everything at once at two nodes: inquiries of people and programs, and the pages that write: user ids, papers, kejadian,
// requests, victims, lists, incidents, sign-ins. Nothing fails, nothing waits for itself, and afterwards the books agree.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { OBSERVE, text } from '../e2e/padan.mjs';
import { ask, token } from '../e2e/v1.mjs';
import { Office, at, inquire, isHit, outcomeOf, sleep } from './nodes.mjs';

const SECONDS = process.env.PADAN_LONG ? 60 : 8;
const iso = (days) => new Date(Date.now() + 7 * 3600e3 + days * 86400e3).toISOString().slice(0, 10);
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
let office, a, b;
before(async () => {
	office = await Office.create({ settings: { ...OBSERVE, 'checkpoint.every_s': 1 } });
	[a, b] = office.nodes;
}, { timeout: 180000 });
after(() => office?.remove());

/** Somebody signed in, with the token of his forms. */
const signed = async (user, node) => {
	const who = await office.person(node, user);
	await who.go('GET', '/sesi');
	return { who, csrf: who.hidden('/keluar').csrf };
};
/** Transactions of the office that waited for each other in a ring. */
const deadlocks = () => office.value('SELECT deadlocks AS n FROM pg_stat_database WHERE datname = current_database()');
const post = ({ who, csrf }, node, action, form) => at(who, node).go('POST', action, { form: { csrf, ...form }, follow: false });

test('I8.3: inquiries of many people and programs of two agencies at both nodes, repeats crossing: nothing waits for itself', { timeout: 240000 }, async () => {
	const before_it = deadlocks(), users = ['dinkes-operator', 'dinkes-kepala', 'operator1', 'kepala'];
	const people = await Promise.all(users.map(async (u, i) => {
		const x = await office.operator(office.nodes[i % 2], u);
		await x.go('GET', '/verifikasi');
		return Object.assign(x, { csrf: x.hidden('/verifikasi').csrf });
	}));
	const bearer = await token(a), seen = {};
	const note = (o) => { seen[o] = (seen[o] ?? 0) + 1; };
	const until = Date.now() + SECONDS * 500;
	/* a bundle goes to both nodes at once, to one of them backwards */
	const bundle = async (k) => {
		const sends = people.flatMap((x, i) => [(node) => inquire(x, node, a.nik['01'][(k + i) % 50], { key: keys[i][k % keys[i].length] }).then(outcomeOf).then(note),
			(node) => ask(node, '/api/v1/verifikasi', { nik: a.nik['01'][(k + i) % 50] }, { bearer, key: `K-${k}-${i}` }).then((re) => note(re.status === 200 ? re.json.kode : String(re.status)))]);
		await Promise.all([...sends.map((s) => s(a)), ...[...sends].reverse().map((s) => s(b))]);
	};
	const keys = [];
	for (const x of people) {
		const mine = [];
		for (let k = 0; k < 10; k++) {
			await x.go('GET', '/verifikasi');
			mine.push(x.hidden('/verifikasi').once);
		}
		keys.push(mine);
	}
	for (let k = 0; Date.now() < until; k++) await bundle(k);
	console.log(`# [mixed] inquiries: ${JSON.stringify(seen)}`);
	assert.deepEqual(Object.keys(seen).filter((o) => !isHit(o) && o !== '05'), [], JSON.stringify(seen));
	assert.equal(deadlocks(), before_it);
	office.sound();
});

test('I8.3: inquiries and every kind of writing at both nodes: no error, each answer once, the books agree', { timeout: 180000 }, async () => {
	const kejadian = office.value("SELECT min(kejadian_id) AS n FROM kejadian k JOIN instansi i ON i.instansi_id = k.instansi_id WHERE i.code = 'DINKES'");
	const [admin, admin2, head, dinkes] = [await signed('admin', a), await signed('admin2', b), await signed('kepala', a), await signed('dinkes-kepala', b)];
	const asking = await Promise.all(['dinkes-operator', 'dinkes-kepala'].map(async (u, i) => {
		const x = await office.operator(office.nodes[i], u);
		await x.go('GET', '/verifikasi');
		return Object.assign(x, { csrf: x.hidden('/verifikasi').csrf });
	}));
	const bearer = await token(a), niks = [...a.nik['01'], ...a.nik['13'], ...a.nik['11']];
	const statuses = {}, outcomes = {}, wrong = [];
	const before_it = deadlocks(), lookups = office.lookups().length, done = new Set();
	let n = 0, events = 0;
	const nik = () => niks[n++ % niks.length];
	const note = (what, re) => {
		const key = `${what} ${re.status}`;
		statuses[key] = (statuses[key] ?? 0) + 1;
		if (re.status >= 500 || re.status === 400) wrong.push(`${what} ${re.status} ${text(re.body ?? re.text).slice(-300)}`);
		return re;
	};
	const answered = (outcome) => { outcomes[outcome] = (outcomes[outcome] ?? 0) + 1; };
	const acts = {
		async portal(node, i) { answered(outcomeOf(note('portal', await inquire(asking[i % 2], node, nik())))); },
		async v1(node) {
			const re = note('v1', await ask(node, '/api/v1/verifikasi', { nik: nik() }, { bearer }));
			answered(re.status === 200 ? re.json.kode : String(re.status));
		},
		async older(node) {
			const re = note('get_json', await ask(node, '/dukcapil/get_json/DINKES/CALL_NIK', { NIK: nik(), user_id: 'dinkes-layanan', password: a.accounts['dinkes-layanan'].password, IP_USER: '127.0.0.1' }));
			answered(re.status === 200 ? re.json.content[0].RESPONSE_CODE ?? '01' : String(re.status));
		},
		async person(node, i) { note('catat', await post(dinkes, node, '/korban/catat', { nik: a.nik['01'][i % 50], kejadian: String(kejadian), keterangan: ['mengungsi', 'luka', 'hilang'][i % 3] })); },
		async user(node, i) {
			note('user baru', await post(node === a ? admin : admin2, node, '/pengguna/baru', { user_id: `audit-${i}`, peran: 'auditor', pemegang: 'Auditor Contoh', jabatan: 'Auditor', alamat: '', sampai: iso(30) }));
			note('user ubah', await post(node === a ? admin : admin2, node, '/pengguna/ubah', { user: 'dinkes-operator', pemegang: `Operator ${i}`, jabatan: 'Staf', alamat: '', sampai: '' }));
		},
		async paper(node, i) { note('dokumen', await post(admin, node, '/dokumen/baru', { instansi: 'DINKES', jenis: 'nda', perihal: 'dinkes-operator', surat: `NDA/${i}`, penanda: 'Contoh', tanggal: iso(0), sampai: '' })); },
		async scan(node, i) {
			const x = at(head.who, node);
			await x.go('GET', '/dokumen/baru?jenis=iso27001');
			note('pindaian', await x.submitFile('/dokumen/baru', { jenis: 'iso27001', surat: `ISO/${i}`, penanda: 'Contoh', tanggal: iso(0) }, { name: 'berkas', filename: 'a.png', bytes: PNG, type: 'image/png' }, { follow: false }));
		},
		async event(node, i) {
			if (++events > 80) return void (await sleep(20)); /* an agency has a hundred open at most */
			note('kejadian', await post(head, node, '/kejadian/baru', { jenis: 'Banjir', nama: `Banjir ${i}`, tempat: 'Desa Contoh', tanggal: iso(-1) }));
		},
		async request(node, i) { note('permohonan', await post(head, node, '/permohonan/baru', { jenis: 'meeting', perihal: `Rapat ${i}`, mulai: '2099-01-05', pukul: '09.00', lokasi: 'Balai' })); },
		async incident(node, i) { note('insiden', await post(head, node, '/insiden/baru', { jenis: 'tersebar', judul: `Insiden ${i}`, diketahui: new Date(Date.now() + 7 * 3600e3 - 120e3).toISOString().slice(0, 16), uraian: 'Contoh' })); },
		async list(node, i) {
			const x = at(dinkes.who, node), some = a.nik['01'].filter((k) => !k.endsWith('0')).slice(i % 20, i % 20 + 15);
			await x.go('GET', '/korban/unggah');
			const re = note('unggah', await x.submitFile('/korban/unggah', { kejadian: String(kejadian) }, { name: 'berkas', filename: 'p.csv', bytes: Buffer.from(`NIK;KETERANGAN\r\n${some.map((k, j) => `${k};${(i + j) % 2 ? 'Hilang' : 'Mengungsi'}`).join('\r\n')}\r\n`) }));
			const nomor = /name="nomor" value="(\d+)"/.exec(re.body)?.[1];
			if (nomor) note('simpan', await post(dinkes, office.nodes[i % 2], '/korban/unggah/simpan', { nomor }));
		},
		async told(node, i) { note('balikan', await ask(node, '/api/v1/balikan', { nik: a.nik['01'][i % 50], keterangan: ['luka', 'mengungsi'][i % 2] }, { bearer: acts.teller })); },
		async session(node) {
			const x = await office.person(node, 'operator1');
			note('masuk', x.page);
			await x.go('GET', '/sesi');
			note('keluar', await x.go('POST', '/keluar', { form: { csrf: x.hidden('/keluar').csrf }, follow: false }));
		},
		async read(node, i) { note('baca', await at(admin.who, node).go('GET', ['/dasbor', '/balikan', '/pengguna', '/dokumen', '/'][i % 5])); },
	};
	acts.teller = await token(a, { user: ['dinkes-balikan', JSON.parse(readFileSync(path.join(a.dir, 'demo-accounts.json'))).tokens.find((t) => t.instansi === 'DINKES').token] });
	const until = Date.now() + SECONDS * 1000;
	let i = 0;
	const worker = async (what) => {
		for (let k = 0; Date.now() < until; k++) {
			await acts[what](office.nodes[k % 2], i++);
			done.add(what);
		}
	};
	const many = ['portal', 'portal', 'portal', 'portal', 'v1', 'v1', 'older', 'person', 'person', 'person', 'user', 'paper', 'scan', 'event', 'request', 'incident', 'list', 'list', 'told', 'told', 'session', 'read'];
	await Promise.all(many.map(worker));
	console.log(`# [mixed] ${JSON.stringify(statuses)}`);
	assert.deepEqual(wrong, []);
	for (const what of Object.keys(acts).filter((k) => k !== 'teller'))
		assert.ok(done.has(what), `${what} never did anything`);
	assert.equal(deadlocks(), before_it, office.nodes.map((n) => n.log()).join(''));
	const journaled = {};
	for (const e of office.lookups().slice(lookups)) journaled[e.outcome] = (journaled[e.outcome] ?? 0) + 1;
	assert.deepEqual(journaled, outcomes, 'each answer is in the journal, once');
	office.sound();
});
