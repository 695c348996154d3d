// SPDX-License-Identifier: EUPL-1.2
// Many sessions that ask through every node of an office, and the proof afterwards that nothing they were
// answered is lost or doubled.
//
// Each inquiry carries a one-time key and is sent again, with it, until it is answered, at the next node each
// time: what a person does who was told 503 and presses the button once more. So an inquiry whose first fate
// nobody knows ends as one hit, whatever that fate was. Some are sent once more although they were answered.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Browser, binary, text } from '../e2e/padan.mjs';
import { inquire, isHit, outcomeOf, sleep } from './nodes.mjs';

const REF = /Ref\. ([0-9A-Z]{4}-[0-9A-Z]{4})/;
const LOG = 2 ** 34; // an entry's number is its log's number times this, and its place
const TRY_MS = 30, GIVE_UP_MS = 90000, REPEAT_EVERY = 7;

/** A one-time key as the form has it: the first five bytes are the time. */
export const newKey = () => {
	const bytes = randomBytes(16);
	bytes.writeUIntBE(Date.now() % 2 ** 40, 0, 5);
	return bytes.toString('base64url');
};

export class Load {
	/** `people`: { user, instansi, n sessions, pause between inquiries in ms, limit of the instansi's hits }. */
	static async of(office, people) {
		const load = new Load();
		load.office = office;
		load.people = people;
		load.sessions = [];
		for (const p of people) {
			for (let i = 0; i < (p.n ?? 1); i++) {
				const browser = await Browser.operator(office.first, p.user);
				await browser.go('GET', '/verifikasi');
				load.sessions.push({ ...p, browser, csrf: browser.hidden('/verifikasi').csrf });
			}
		}
		load.niks = ['01', '13', '11', '12', '14'].flatMap((k) => office.first.nik[k]);
		load.asked = [];
		load.answers = []; // in the order they came: { at, node, ref, outcome, ask }
		load.refused = []; // 503: { at, took, node }
		load.strange = []; // whatever is neither
		load.running = false;
		return load;
	}

	start() {
		this.running = true;
		this.workers = this.sessions.map((s) => this.#work(s));
	}

	/** Nothing new is asked; what was, is asked until it is answered. */
	async stop() {
		this.running = false;
		await Promise.all(this.workers);
	}

	/** Whatever is under way: after a failure there is nothing more to learn. */
	abandon() {
		this.running = false;
		this.abandoned = true;
	}

	/** Keep asking until `done`; an error after `ms`. */
	async until(what, done, ms = 60000) {
		for (const began = Date.now(); !done(); await sleep(5)) {
			if (Date.now() - began > ms) throw new Error(`never: ${what}; ${this.answers.length} answered, ${this.refused.length} refused, last strange: ${this.strange.at(-1)}`);
		}
	}

	/** At least `n` more answers of every node from now on. */
	async more(n) {
		const began = Date.now();
		const of = (node) => this.answers.filter((a) => a.node === node && a.at > began).length;
		await this.until(`${n} more answers`, () => this.office.nodes.every((_, node) => of(node) >= n));
	}

	hits(instansi) {
		return this.asked.filter((a) => a.instansi === instansi && a.answers.length && isHit(a.answers[0].outcome)).length;
	}

	async #work(session) {
		while (this.running) {
			const ask = { instansi: session.instansi, nik: this.niks[this.asked.length % this.niks.length], key: newKey(), first: this.asked.length, answers: [] };
			this.asked.push(ask);
			await this.#answered(session, ask);
			if (ask.first % REPEAT_EVERY === 0) await this.#answered(session, ask);
			if (session.pause) await sleep(session.pause);
		}
	}

	/* From node to node until there is an answer. */
	async #answered(session, ask) {
		const want = ask.answers.length + 1;
		for (let n = ask.first + ask.answers.length; ask.answers.length < want && !this.abandoned; n++) {
			if (Date.now() - (ask.began ??= Date.now()) > GIVE_UP_MS) {
				this.strange.push(`inquiry ${ask.first} was never answered`);
				return;
			}
			await this.#once(session, ask, n % this.office.nodes.length);
			if (ask.answers.length < want) await sleep(TRY_MS);
		}
	}

	async #once(session, ask, node) {
		const began = Date.now();
		try {
			const re = await inquire(session.browser, this.office.nodes[node], ask.nik, { key: ask.key, csrf: session.csrf });
			const ref = REF.exec(text(re.body))?.[1], outcome = outcomeOf(re);
			if (re.status === 200 && ref) {
				const answer = { at: Date.now(), took: Date.now() - began, node, ref, outcome, ask };
				ask.answers.push(answer);
				this.answers.push(answer);
			} else if (re.status === 503) {
				this.refused.push({ at: Date.now(), took: Date.now() - began, node });
				if (ref || /Nama lengkap/.test(text(re.body))) this.strange.push('a refusal with an answer in it');
			} else this.strange.push(`node ${node}: ${outcome} ${text(re.body).slice(0, 200)}`);
		} catch (e) {
			this.strange.push(`node ${node}: ${e.message}`);
		}
	}

	/** Between the last answer that was sent before `at` and the first one asked for at or after it: the time without service,
	 * in ms; and the longest that anybody waited for a refusal. */
	gap(at) {
		const before = this.answers.filter((a) => a.at <= at).at(-1), after = this.answers.find((a) => a.at - a.took >= at);
		const late = this.refused.filter((r) => r.at >= at && (!after || r.at <= after.at)).map((r) => r.took);
		return { ms: after && before ? after.at - before.at : NaN, refused: late.length, slowest: Math.max(0, ...late) };
	}

	/** What is wrong, as words; nothing is wrong when the list is empty. The load must have been stopped. */
	troubles() {
		const { first, nodes } = this.office;
		const wrong = [...new Set(this.strange)];
		const found = new Map(spawnSync(binary, ['journal', 'find', first.dir], { encoding: 'utf8', input: this.answers.map((a) => `${a.ref}\n`).join(''), maxBuffer: 1 << 28 })
			.stdout.trim().split('\n').map((l) => l.split(' ')).map(([ref, seq, , act, outcome]) => [ref, { id: Number(seq), act, outcome }]));
		const lookups = new Map(nodes.flatMap((n) => this.office.log(n)).filter((e) => e.act === 'lookup').map((e) => [e.log * LOG + e.seq, e]));
		const seen = new Set(), roots = new Map();
		for (const a of this.answers) {
			const there = found.get(a.ref), entry = lookups.get(there?.id);
			if (!entry) {
				wrong.push(`answer ${a.ref} is not in the journal`);
				continue;
			}
			if (seen.has(there.id)) wrong.push(`entry ${there.id} was answered twice`);
			seen.add(there.id);
			if (entry.outcome !== a.outcome) wrong.push(`answer ${a.ref} said ${a.outcome}, its entry says ${entry.outcome}`);
			if (!isHit(a.outcome)) continue;
			const root = entry.repeat ? entry.repeat_of : there.id;
			if ((roots.get(root) ?? a.ask) !== a.ask) wrong.push(`entry ${root} is two inquiries`);
			roots.set(root, a.ask);
		}
		const rooted = [...roots.values()];
		if (new Set(rooted).size !== rooted.length) wrong.push(`${rooted.length - new Set(rooted).size} inquiries were charged twice`);
		const charged = [...lookups].filter(([, e]) => isHit(e.outcome) && !e.repeat);
		const stray = charged.filter(([id]) => !roots.has(id)).length;
		if (stray) wrong.push(`${stray} hits in the journal are nobody's inquiry`);
		if (this.office.used() !== charged.length) wrong.push(`${this.office.used()} hits were charged, the journal has ${charged.length}`);
		for (const { instansi, limit } of this.people) {
			const used = this.office.used(instansi), hits = this.hits(instansi);
			if (used !== hits) wrong.push(`${instansi}: ${used} hits charged, ${hits} inquiries answered`);
			if (limit && used > limit) wrong.push(`${instansi}: ${used} hits, the quota is ${limit}`);
		}
		return wrong;
	}
}

/** A checkpoint of each node's log, signed now and kept in files out of the database's reach: as if with the other party. */
export const keepCheckpoints = (office) => office.nodes.map((node, n) => {
	const file = path.join(office.base, `checkpoint-${n}-${Date.now()}`);
	writeFileSync(file, node.run('journal', 'checkpoint', node.dir, '--log', String(n)));
	return { node, n, file };
});

/** What `journal verify` has against the logs, held against checkpoints that were kept. */
export const verifyKept = (kept) => kept.flatMap(({ node, n, file }) => {
	const said = node.tryRun('journal', 'verify', node.dir, '--checkpoint', file, '--log', String(n));
	return said.status === 0 ? [] : [`log ${n}: ${said.stdout.trim()} ${said.stderr.trim()}`];
});
