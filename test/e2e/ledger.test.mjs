// SPDX-License-Identifier: EUPL-1.2
// I7.5: the journal on the screen. It is read, filtered and checked by the provider's people;
// another party signs its checkpoints with a key of its own; and an auditor whose account ends
// takes an export home and finds there, with nothing but the program, what was done to it.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, chmodSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Padan, Browser, OBSERVE, text } from './padan.mjs';

let padan, admin, auditor, head, home;
const at = (name) => path.join(home, name);
const put = (name, content) => (writeFileSync(at(name), content), at(name));
const person = async (user) => {
	const b = new Browser(padan);
	await b.login(user);
	return b;
};
before(async () => {
	home = mkdtempSync(path.join(os.tmpdir(), 'padan-rumah-'));
	padan = await (await Padan.demo({ residents: 300, settings: OBSERVE })).start();
	const operator = await Browser.operator(padan);
	for (const nik of [...padan.nik['01'].slice(0, 6), ...padan.nik['13'].slice(0, 2)]) await operator.verify(nik);
	[admin, auditor, head] = [await person('admin'), await person('auditor'), await person('kepala')];
});
after(async () => {
	await padan?.remove();
	rmSync(home, { recursive: true, force: true });
});

const rows = (html) => (html.match(/<tr>[\s\S]*?<\/tr>/g) ?? []).slice(1).map(text);
const links = (html, path) => [...html.matchAll(new RegExp(`href="(${path}\\?[^"]*)"`, 'g'))].map((m) => m[1].replaceAll('&amp;', '&'));
const download = async (b, target) => {
	const re = await b.go('GET', target);
	assert.equal(re.status, 200, `${target}: ${text(re.body)}`);
	return re.body;
};
const checked = async (b, log = '') => {
	for (let i = 0; i < 600; i++) {
		const re = await b.go('GET', `/jurnal/keutuhan${log}`);
		if (!/name="log"[^>]*><button disabled>/.test(re.body)) return text(re.body);
		await new Promise((r) => setTimeout(r, 100));
	}
	throw new Error('the check never ended');
};

/** The verdict is kept first, and then told in log and journal. */
const told = async (fn) => {
	for (let i = 0; i < 600 && !fn(); i++) await new Promise((r) => setTimeout(r, 100));
	assert.ok(fn(), padan.log());
};

describe('I7.5 browsing', () => {
	test('newest first, and that somebody reads is itself in the journal, once a session and day', async () => {
		const re = await auditor.go('GET', '/jurnal');
		assert.equal(re.status, 200);
		assert.match(rows(re.body)[0], /Ekspor journal browse|Masuk/);
		assert.match(re.body, /<form class="filter[^>]*action="\/jurnal"[\s\S]*<input type="hidden" name="log" value="0">[\s\S]*<\/form>/, 'a filter stays in the log');
		await auditor.go('GET', '/jurnal');
		await auditor.go('GET', '/jurnal/entri?seq=0');
		const reads = padan.journal().filter((e) => e.about === 'journal browse');
		assert.deepEqual(reads.map((e) => e.user_id), ['auditor']);
		await admin.go('GET', '/jurnal');
		assert.equal(padan.journal().filter((e) => e.about === 'journal browse').length, 2);
	});

	test('each filter shows what an export counts, page after page', async () => {
		const all = padan.journal();
		const pages = async (query) => {
			const found = [];
			for (let next = `/jurnal?${query}`; next;) {
				const re = await auditor.go('GET', next);
				assert.equal(re.status, 200, text(re.body));
				found.push(...links(re.body, '/jurnal/entri').map((u) => Number(new URLSearchParams(u.split('?')[1]).get('seq'))));
				next = /rel="next" href="([^"]+)"/.exec(re.body)?.[1].replaceAll('&amp;', '&');
			}
			return found;
		};
		const want = (fits) => all.filter(fits).map((e) => e.seq).reverse();
		assert.deepEqual(await pages('jenis=lookup'), want((e) => e.act === 'lookup'));
		assert.deepEqual(await pages('jenis=lookup&hasil=13'), want((e) => e.outcome === '13'));
		assert.deepEqual(await pages('user=operator1'), want((e) => e.user_id === 'operator1'));
		assert.deepEqual(await pages('user=OPERATOR1&jenis=login'), want((e) => e.user_id === 'operator1' && e.act === 'login'));
		assert.deepEqual(await pages('instansi=BPBD&jenis=lookup'), want((e) => e.act === 'lookup'));
		const day = new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10);
		assert.deepEqual(await pages(`dari=${day}&sampai=${day}&jenis=lookup`), want((e) => e.act === 'lookup'));
		const everything = await pages('');
		assert.deepEqual(everything.filter((seq) => seq < all.length), all.map((e) => e.seq).reverse());
	});

	test('what cannot be asked is said beside its field, and nothing is made up', async () => {
		for (const [query, words] of [
			['user=tidakada', 'Tidak ada User ID'], ['instansi=TIDAKADA', 'Tidak ada instansi'], ['dari=kemarin', 'Isi tanggal'],
			['dari=2026-02-02&sampai=2026-02-01', 'mendahului'],
		]) {
			const re = await admin.go('GET', `/jurnal?${query}`);
			assert.equal(re.status, 400, query);
			assert.match(text(re.body), new RegExp(words));
			assert.match(re.body, /aria-invalid="true"/);
			assert.equal(rows(re.body).length, 0);
		}
		const none = await admin.go('GET', '/jurnal?dari=2020-01-01&sampai=2020-01-02');
		assert.equal(none.status, 200);
		assert.match(text(none.body), /Tidak ada entri yang cocok/);
		assert.equal((await admin.go('GET', '/jurnal?log=63')).status, 404);
		assert.equal((await admin.go('GET', '/jurnal?log=64&sebelum=x&jenis=apa')).status, 200, 'what is no filter filters nothing');
		assert.equal((await admin.go('GET', '/jurnal/entri?seq=99999999')).status, 404);
		assert.equal((await admin.go('GET', '/jurnal?ref=ZZZZ-ZZZZ')).status, 404);
	});

	test('one entry in words; its reference leads to it; no NIK, and why', async () => {
		const entry = padan.journal().find((e) => e.act === 'lookup' && e.outcome === '01');
		const re = await admin.go('GET', `/jurnal/entri?seq=${entry.seq}`);
		const words = text(re.body);
		assert.match(words, /Yang terjadi Verifikasi NIK lookup/);
		assert.match(words, /User ID operator1/);
		assert.match(words, /NIK tidak dapat ditampilkan/);
		assert.ok(words.includes(entry.line), 'the canonical line, as it is hashed');
		for (const nik of padan.nik['01']) assert.ok(!re.body.includes(nik));
		const ref = /Entri ([0-9A-Z]{4}-[0-9A-Z]{4})/.exec(words)[1];
		assert.match(padan.run('journal', 'find', padan.dir, ref), new RegExp(`^${ref} ${entry.seq} `));
		const found = await admin.go('GET', `/jurnal?ref=${ref.toLowerCase().replace('-', '')}`, { follow: false });
		assert.deepEqual([found.status, found.headers.location], [303, `/jurnal/entri?log=0&seq=${entry.seq}`]);
	});
});

describe('I7.5 cosigning', () => {
	let secret;
	test('a key is made away from here, named by the head, confirmed by the provider by its fingerprint', async () => {
		secret = at('kepala.rahasia');
		const made = padan.tryRun('journal', 'cosign-key', secret, '--name', 'bpbd.example/kepala');
		assert.equal(made.status, 0, made.stderr);
		assert.equal(statSync(secret).mode & 0o777, 0o600);
		assert.match(readFileSync(secret, 'utf8'), /^PRIVATE\+KEY\+bpbd\.example\/kepala\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+\n$/);
		assert.equal(padan.tryRun('journal', 'cosign-key', secret, '--name', 'x').status, 1, 'never over one that is there');
		assert.equal(padan.tryRun('journal', 'cosign-key', at('lain'), '--name', 'dua kata').status, 100);
		const print = /sidik kunci: ([0-9a-f ]+)/.exec(made.stderr)[1];
		put('kepala.vkey', made.stdout);

		for (const bad of ['', 'bukan kunci', made.stdout.trim().slice(0, -2), padan.run('journal', 'vkey', padan.dir)]) {
			await head.go('GET', '/jurnal/tanda-tangan');
			const re = await head.submit('/jurnal/kunci', { vkey: bad });
			assert.equal(re.status, 400, bad);
		}
		await head.submit('/jurnal/kunci', { vkey: ` ${made.stdout}` });
		assert.match(text(head.page.body), /Kunci telah didaftarkan/);
		assert.ok(text(head.page.body).includes(print));
		assert.equal((await head.submit('/jurnal/kunci', { vkey: made.stdout })).status, 409);

		await admin.go('GET', '/jurnal/tanda-tangan');
		assert.ok(text(admin.page.body).includes(print), 'both see the same fingerprint');
		assert.match(text(admin.page.body), /BPBD/);
		const id = /name="kunci" value="(\d+)"/.exec(admin.page.body)[1];
		assert.equal((await head.submit('/jurnal/kunci/sahkan', { kunci: id }).catch(() => ({ status: 0 }))).status, 403, 'a head confirms no key');
		const dinkes = await person('dinkes-kepala');
		await dinkes.go('GET', '/jurnal/tanda-tangan');
		assert.ok(!dinkes.page.body.includes('bpbd.example'), 'nobody sees the keys of another agency');
		const csrf = dinkes.hidden('/jurnal/kunci').csrf;
		assert.equal((await dinkes.go('POST', '/jurnal/kunci/akhiri', { form: { csrf, kunci: id } })).status, 404);
		await admin.go('GET', '/jurnal/tanda-tangan');
		await admin.submit('/jurnal/kunci/sahkan', { kunci: id });
		assert.match(text(admin.page.body), /Kunci telah disahkan/);
		assert.equal((await admin.go('POST', '/jurnal/kunci/sahkan', { form: { csrf: admin.hidden('/jurnal/kunci').csrf, kunci: id } })).status, 409);
	});

	test('a downloaded checkpoint is signed at home and taken; from then on it is served with both signatures', async () => {
		await admin.go('GET', '/jurnal/keutuhan');
		await admin.submit('/jurnal/checkpoint', {});
		assert.match(text(admin.page.body), /telah ditandatangani/);
		await head.go('GET', '/jurnal/tanda-tangan');
		const [newest] = links(head.page.body, '/jurnal/checkpoint');
		const note = put('catatan.txt', await download(head, newest));
		put('log.vkey', padan.run('journal', 'vkey', padan.dir));

		const stranger = padan.tryRun('journal', 'cosign', note, '--key', secret, '--vkey', at('kepala.vkey'));
		assert.equal(stranger.status, 1, 'with --vkey only what that log signed');
		chmodSync(secret, 0o644);
		assert.equal(padan.tryRun('journal', 'cosign', note, '--key', secret).status, 1, 'a key that others can read is none');
		chmodSync(secret, 0o600);
		const signed = padan.run('journal', 'cosign', note, '--key', secret, '--vkey', at('log.vkey'));
		assert.ok(signed.startsWith(readFileSync(note, 'utf8')));
		assert.equal(padan.tryRun('journal', 'cosign', put('dua.txt', signed), '--key', secret).status, 1, 'once');

		const send = async (b, catatan) => b.submitFile('/jurnal/tanda-tangan', { catatan }, { name: 'berkas', filename: '', bytes: '' });
		for (const [what, status, words] of [
			['', 400, 'bukan checkpoint'],
			['halo', 400, 'bukan checkpoint'],
			[readFileSync(note, 'utf8'), 409, 'tidak ada tanda tangan yang sah'],
			[signed.replace(/\n(\d+)\n/, (m, n) => `\n${Number(n) + 1}\n`), 409, 'Tidak ada checkpoint dengan ukuran itu'],
			[signed.replace(/^[^\n]+/, 'orang.example/0'), 409, 'milik log lain'],
		]) {
			const re = await send(head, what);
			assert.equal(re.status, status, words);
			assert.match(text(re.body), new RegExp(words));
		}
		// As a browser's text field sends it.
		const taken = await send(head, signed.trimEnd().replaceAll('\n', '\r\n'));
		assert.match(text(taken.body), /Tanda tangan telah diterima/);
		assert.match(text((await send(head, signed)).body), /sudah tersimpan/);
		assert.equal(await download(auditor, newest), signed);
		assert.equal(padan.journal().filter((e) => e.act === 'cosign' && /^sign /.test(e.about)).length, 1);
		put('tertanda.txt', signed);
	});

	test('a proof rests on the cosigned checkpoint, and can be held to it', async () => {
		const entry = padan.journal().find((e) => e.act === 'lookup');
		const proof = put('bukti.json', await download(auditor, `/jurnal/bukti?seq=${entry.seq}`));
		assert.equal(JSON.parse(readFileSync(proof)).checkpoint, readFileSync(at('tertanda.txt'), 'utf8'));
		assert.equal(padan.run('journal', 'proof', proof, '--vkey', at('log.vkey'), '--cosigner', at('kepala.vkey')), 'bukti berlaku\n');
		const other = padan.tryRun('journal', 'cosign-key', at('lain.rahasia'), '--name', 'lain');
		put('lain.vkey', other.stdout);
		assert.equal(padan.tryRun('journal', 'proof', proof, '--vkey', at('log.vkey'), '--cosigner', at('lain.vkey')).status, 1);
		assert.equal(padan.tryRun('journal', 'proof', proof, '--vkey', at('log.vkey'), '--cosigner', at('log.vkey')).status, 100);
		assert.match(text((await admin.go('GET', `/jurnal/entri?seq=${entry.seq}`)).body), /Ditandatangani bersama bpbd\.example\/kepala, BPBD/);
	});

	test('a key that is ended signs nothing more, and what it signed stays', async () => {
		await head.go('GET', '/jurnal/tanda-tangan');
		const id = /name="kunci" value="(\d+)"/.exec(head.page.body)[1];
		await head.submit('/jurnal/kunci/akhiri', { kunci: id });
		assert.match(text(head.page.body), /Kunci telah diakhiri/);
		const re = await head.submitFile('/jurnal/tanda-tangan', { catatan: readFileSync(at('tertanda.txt'), 'utf8') }, { name: 'berkas', filename: '', bytes: '' });
		assert.equal(re.status, 409);
		const [newest] = links((await head.go('GET', '/jurnal/tanda-tangan')).body, '/jurnal/checkpoint');
		assert.match(await download(head, newest), /bpbd\.example\/kepala/);
	});

	test('a key the provider names for its own second person is confirmed by another admin', async () => {
		await admin.go('GET', '/jurnal/tanda-tangan');
		await admin.submit('/jurnal/kunci', { vkey: readFileSync(at('lain.vkey'), 'utf8') });
		const id = Math.max(...padan.office('SELECT key_id FROM cosign_key').map((r) => r.key_id));
		const own = await admin.go('POST', '/jurnal/kunci/sahkan', { form: { csrf: admin.hidden('/jurnal/kunci').csrf, kunci: String(id) } });
		assert.equal(own.status, 403);
		const other = await person('admin2');
		await other.go('GET', '/jurnal/tanda-tangan');
		await other.submit('/jurnal/kunci/sahkan', { kunci: String(id) });
		assert.match(text(other.page.body), /Kunci telah disahkan/);
	});
});

describe('I7.5 an auditor at home', () => {
	const verify = (...args) => padan.tryRun('journal', 'verify', at('ekspor.ndjson'), '--vkey', at('log.vkey'), ...args);
	let whole;
	test('export, key and checkpoint are all he needs', async () => {
		whole = await download(auditor, '/jurnal/ekspor');
		put('ekspor.ndjson', whole);
		const re = verify('--checkpoint', at('tertanda.txt'), '--cosigner', at('kepala.vkey'));
		assert.equal(re.status, 0, re.stdout + re.stderr);
		assert.match(re.stdout, /^utuh: \d+ entri/);
		assert.equal(verify('--checkpoint', at('catatan.txt'), '--cosigner', at('kepala.vkey')).status, 1, 'nobody else signed that one');
		assert.equal(verify('--cosigner', at('kepala.vkey')).status, 100, 'a cosigner of what?');
		const last = JSON.parse(whole.trimEnd().split('\n').filter((l) => l.startsWith('{"leaf"')).at(-1));
		assert.equal(last.entry.about, 'journal export log=0', 'what leaves the house is in what leaves the house');
	});

	test('a cut tail is found by the checkpoint that came another way, and by nothing else', () => {
		const size = Number(readFileSync(at('tertanda.txt'), 'utf8').split('\n')[1]);
		const lines = whole.trimEnd().split('\n');
		const headline = JSON.parse(lines[0]);
		const kept = [];
		let n = 0;
		for (const line of lines.slice(1)) {
			if (line.startsWith('{"leaf"') && ++n > size - 3) break;
			if (!line.startsWith('{"checkpoint"') || Number(JSON.parse(line).checkpoint.split('\n')[1]) <= size - 3) kept.push(line);
		}
		put('ekspor.ndjson', [JSON.stringify({ ...headline, size: size - 3 }), ...kept].join('\n') + '\n');
		assert.equal(verify().status, 0);
		const re = verify('--checkpoint', at('tertanda.txt'));
		assert.equal(re.status, 1);
		assert.match(re.stdout, /terpotong/);
	});

	test('an altered line, and a key of somebody else', () => {
		put('ekspor.ndjson', whole.replace('"user_id":"operator1"', '"user_id":"operator9"'));
		assert.match(verify().stdout, /TIDAK UTUH.*sidik daun/);
		put('ekspor.ndjson', whole);
		const re = padan.tryRun('journal', 'verify', at('ekspor.ndjson'), '--vkey', at('kepala.vkey'));
		assert.equal(re.status, 1);
		assert.match(re.stdout, /bukan kunci yang diberikan/);
	});

	test('he reads and asks for a check, and changes nothing', async () => {
		for (const p of ['/jurnal/checkpoint', '/jurnal/tanda-tangan', '/jurnal/kunci', '/jurnal/kunci/sahkan', '/jurnal/kunci/akhiri']) {
			await auditor.go('GET', '/jurnal/keutuhan');
			const re = await auditor.go('POST', p, { form: { csrf: auditor.hidden('/jurnal/periksa').csrf, kunci: '1' } });
			assert.equal(re.status, 403, p);
		}
	});

	test('his account ends on its day: nothing is open on the very next request', async () => {
		const midnight = (Math.floor((Date.now() + 7 * 3600e3) / 864e5) * 864e5 - 7 * 3600e3) * 1000; /* of today, WIB, in microseconds */
		await admin.go('GET', '/pengguna/baru');
		const missing = await admin.submit('/pengguna/baru', { user_id: 'auditor-tamu', peran: 'auditor', pemegang: 'Auditor Tamu', jabatan: 'Auditor' });
		assert.match(text(missing.body), /auditor/i);
		assert.equal(missing.status, 400, 'an auditor without an end date is refused');
		padan.fill(`UPDATE user_account SET expires_us = ${midnight + 864e8} WHERE user_id = 'auditor'`);
		assert.equal((await auditor.go('GET', '/jurnal')).status, 200, 'the last day is included');
		padan.fill(`UPDATE user_account SET expires_us = ${midnight} WHERE user_id = 'auditor'`);
		const re = await auditor.go('GET', '/jurnal', { follow: false });
		assert.notEqual(re.status, 200);
		assert.equal((await auditor.go('GET', '/jurnal/ekspor', { follow: false })).status === 200, false);
	});
});

describe('I7.5 checking now', () => {
	test('asked, done in the background, and kept with who asked', async () => {
		await admin.go('GET', '/jurnal/keutuhan');
		await admin.submit('/jurnal/periksa', {});
		assert.match(text(admin.page.body), /Pemeriksaan telah diminta/);
		assert.match(await checked(admin), /Keadaan utuh .* utuh [\d.]+ entri/);
		const checks = () => padan.journal().filter((e) => e.act === 'checkpoint' && /^verify/.test(e.about ?? '')).map((e) => e.about).join(' | ');
		await told(() => /verify asked log=0 \| verify whole log=0 entries=\d+ bad=-1/.test(checks()));
		assert.doesNotMatch(text((await admin.go('GET', '/')).body), /Jurnal tidak utuh/);
	});

	test('a journal that was changed is told above every page of the provider until it is whole again', async () => {
		const entry = padan.journal().find((e) => e.act === 'lookup');
		padan.fill(`UPDATE journal_entry SET line = replace(line, '"outcome":"01"', '"outcome":"13"') WHERE entry_id = ${entry.seq}`);
		await admin.go('GET', '/jurnal/keutuhan');
		await admin.submit('/jurnal/periksa', {});
		assert.match(await checked(admin), new RegExp(`tidak utuh Isi entri ${entry.seq}`));
		for (const p of ['/', '/kewajiban', '/jurnal']) assert.match(text((await admin.go('GET', p)).body), /Jurnal tidak utuh \(log 0\)/);
		assert.doesNotMatch(text((await head.go('GET', '/')).body), /Jurnal tidak utuh/, 'not the matter of an agency');
		await told(() => /jurnal log 0 TIDAK UTUH/.test(padan.log()));
		padan.fill(`UPDATE journal_entry SET line = replace(line, '"outcome":"13"', '"outcome":"01"') WHERE entry_id = ${entry.seq}`);
		assert.match(text((await admin.go('GET', '/')).body), /Jurnal tidak utuh/, 'only a check clears it');
		await admin.go('GET', '/jurnal/keutuhan');
		await admin.submit('/jurnal/periksa', {});
		assert.match(await checked(admin), /Keadaan utuh/);
		assert.doesNotMatch(text((await admin.go('GET', '/')).body), /Jurnal tidak utuh/);
	});

	test('half-written: a line that is none, missing entries, an unfit head: refused in words, and nothing falls over', async () => {
		const last = padan.office('SELECT max(entry_id) AS n FROM journal_entry')[0].n;
		padan.fill(`UPDATE journal_entry SET line = 'rusak' WHERE entry_id = 3`);
		const one = await admin.go('GET', '/jurnal/entri?seq=3');
		assert.equal(one.status, 200);
		assert.match(text(one.body), /Isi entri ini tidak terbaca/);
		const list = await admin.go('GET', '/jurnal?sebelum=6');
		assert.match(text(list.body), /rusak/);
		padan.fill('DELETE FROM journal_entry WHERE entry_id BETWEEN 4 AND 6');
		assert.equal((await admin.go('GET', '/jurnal/entri?seq=5')).status, 404);
		assert.equal((await admin.go('GET', '/jurnal?sebelum=9')).status, 200);
		padan.fill(`UPDATE journal_checkpoint SET note = 'x' WHERE size = (SELECT max(size) FROM journal_checkpoint)`);
		for (const p of ['/jurnal/keutuhan', '/jurnal/tanda-tangan', `/jurnal/entri?seq=${last - 1}`]) assert.equal((await admin.go('GET', p)).status, 200, p);
		padan.fill("INSERT INTO journal_checkpoint (log_id, size, note, signed_us) SELECT log_id, size + 1000, 'x', 1 FROM journal_head");
		const signed = () => padan.office('SELECT count(*) AS n FROM journal_checkpoint WHERE signed_us > 1')[0].n;
		await admin.go('GET', '/jurnal/keutuhan');
		const kept = signed(), re = await admin.submit('/jurnal/checkpoint', {});
		assert.deepEqual([re.status, signed()], [409, kept], 'a log that lost its end is not signed over it');
		assert.match(text(re.body), /Log 0 terpotong/);
		await padan.stop();
		padan.fill('UPDATE journal_head SET size = size + 1000 WHERE log_id = 0');
		await padan.start().then(() => assert.fail('a log with an unfit head must not be served'), () => {});
		padan.fill('UPDATE journal_head SET size = size - 1000 WHERE log_id = 0');
	});
});
