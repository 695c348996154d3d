// SPDX-License-Identifier: EUPL-1.2
// The working-day calendar in the portal and on the command line: everybody reads it,
// the admin alone replaces years of it, and it is journaled (P8, J.V).
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { Padan, Browser, text } from './padan.mjs';

let padan;
before(async () => {
	padan = await (await Padan.demo({ residents: 200 })).start();
});
after(() => padan?.remove());

const who = async (user) => {
	const b = new Browser(padan);
	await b.login(user);
	return b;
};
const HEAD = 'tanggal,jenis,nama,sumber\r\n';

test('every role reads the year, and is told what an unknown year means', async () => {
	for (const user of ['admin', 'auditor', 'kepala', 'operator1']) {
		const b = await who(user);
		const known = await b.go('GET', '/kalender?tahun=2026');
		assert.equal(known.status, 200);
		assert.match(text(known.body), /17 hari libur, 8 cuti bersama, 240 hari kerja/);
		assert.match(text(known.body), /18 Maret Rabu .*cuti bersama/);
		assert.match(known.body, /href="\/kalender\?tahun=2025"/);
		assert.equal(known.body.includes('<textarea'), user === 'admin');
		const unknown = text((await b.go('GET', '/kalender?tahun=2041')).body);
		assert.match(unknown, /Kalender 2041 belum dimuat.*hanya Sabtu dan Minggu/);
		for (const odd of ['x', '1', '99999999999999999999', '-1', '%27'])
			assert.equal((await b.go('GET', `/kalender?tahun=${odd}`)).status, 200, odd);
	}
});

test('a page of it weighs at most 6 KB', async () => {
	const b = await who('admin');
	const re = await b.go('GET', '/kalender?tahun=2026', { headers: { 'Accept-Encoding': 'identity' } });
	assert.ok(gzipSync(re.body).length + 400 <= 6 * 1024, `${gzipSync(re.body).length} bytes`);
});

test('the admin replaces years; a wrong line changes nothing and keeps what was typed', async () => {
	const b = await who('admin');
	await b.go('GET', '/kalender?tahun=2041');
	let re = await b.submit('/kalender', { csv: `${HEAD}2041-01-01,libur,Tahun Baru,SK 1\r\n2041-13-01,libur,<b>x</b>,SK 1\r\n` });
	assert.equal(re.status, 400);
	assert.match(text(re.body), /baris 3: tanggal '2041-13-01' tidak ada.*Tidak ada yang diubah/);
	assert.ok(re.body.includes('2041-01-01,libur,Tahun Baru,SK 1'), 'kept');
	assert.ok(!re.body.includes('<b>x'), 'escaped');
	assert.match(text((await b.go('GET', '/kalender?tahun=2041')).body), /belum dimuat/);

	re = await b.submit('/kalender', { csv: `${HEAD}2041-01-01,libur,"Tahun Baru, ""ya""",SK 1\r\n2041-01-02,cuti-bersama,Tahun Baru,SK 2\r\n` });
	assert.equal(re.status, 200);
	assert.match(text(re.body), /Kalender telah dimuat.*1 hari libur, 1 cuti bersama, 259 hari kerja Dimuat oleh Dinas Dukcapil/);
	// What the form holds now can be sent again as it is.
	const held = /<textarea[^>]*>([\s\S]*?)<\/textarea>/.exec(re.body)[1].replaceAll('&#34;', '"').replaceAll('&quot;', '"');
	assert.ok(held.includes('2041-01-01,libur,"Tahun Baru, ""ya""",SK 1'), held);
	assert.equal((await b.submit('/kalender', { csv: held })).status, 200);
	const entries = padan.journal().filter((e) => e.act === 'calendar');
	assert.equal(entries.length, 2);
	assert.match(entries[0].line, /calendar import 2041\.\.2041, 2/);
});

test('a file stands before what the form holds; what is no text is refused', async () => {
	const b = await who('admin');
	await b.go('GET', '/kalender?tahun=2044');
	const send = async (bytes) => {
		const parts = { ...b.hidden('/kalender'), csv: 'tanggal,jenis,nama,sumber' };
		const head = Object.entries(parts).map(([k, v]) => `--x\r\nContent-Disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`).join('');
		const body = Buffer.concat([Buffer.from(`${head}--x\r\nContent-Disposition: form-data; name="berkas"; filename="kalender.csv"\r\nContent-Type: text/csv\r\n\r\n`), bytes, Buffer.from('\r\n--x--\r\n')]);
		return padan.request('POST', '/kalender', { body, headers: { Cookie: [...b.cookies].map(([k, v]) => `${k}=${v}`).join('; '), Origin: padan.url, 'Content-Type': 'multipart/form-data; boundary=x' } });
	};
	const junk = await send(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff, 10, 0xff]));
	assert.equal(junk.status, 400);
	assert.match(text(junk.body), /Ditolak: baris 1: judul kolom/);
	assert.equal((await send(Buffer.alloc(120 << 10, 'x'))).status, 413);
	assert.equal((await send(Buffer.from('\ufefftanggal;jenis;nama;sumber\r\n01-01-2044;libur;Tahun Baru;SK 4\r\n'))).status, 303);
	assert.match(text((await b.go('GET', '/kalender?tahun=2044')).body), /1 Januari Jumat Tahun Baru.*Sumber: SK 4/);
});

test('nobody else replaces anything, with a valid token too', async () => {
	for (const user of ['auditor', 'kepala', 'operator1']) {
		const b = await who(user);
		await b.go('GET', '/kalender');
		const { csrf } = b.hidden('/keluar');
		assert.ok(csrf);
		const re = await b.go('POST', '/kalender', { form: { csrf, csv: `${HEAD}2042-01-01,libur,x,y` }, follow: false });
		assert.equal(re.status, 403, user);
	}
	assert.equal(padan.office('SELECT count(*) AS n FROM workday_off WHERE year = 2042')[0].n, 0);
});

test('the command line imports and lists', () => {
	const csv = `${padan.dir}/../calendar.csv`;
	assert.equal(padan.tryRun('calendar', 'import', padan.dir, csv).status, 100); // no such file
	writeFileSync(csv, '\ufeffTanggal;Jenis;Nama;Sumber\n01/01/2043;libur;Tahun Baru;SK 3\n');
	padan.run('calendar', 'import', padan.dir, csv);
	assert.match(padan.run('calendar', 'list', padan.dir, '2043'), /^2043: dimuat oleh kantor\n2043-01-01 {2}libur {9}Tahun Baru \(SK 3\)\n$/);
	assert.match(padan.run('calendar', 'list', padan.dir, '2026'), /^2026: bawaan program\n(2026.*\n){25}$/);
	assert.match(padan.run('calendar', 'list', padan.dir, '2050'), /belum dimuat/);
	writeFileSync(csv, `${HEAD}2043-02-30,libur,x,y`);
	assert.match(padan.tryRun('calendar', 'import', padan.dir, csv).stderr, /baris 2: tanggal/);
	assert.equal(padan.tryRun('calendar', 'list', padan.dir, '12').status, 100);
});
