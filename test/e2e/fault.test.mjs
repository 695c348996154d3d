// SPDX-License-Identifier: EUPL-1.2
// A full disk: 503, no answer, no hit lost; normal service when space returns. The data
// directory lies on a small tmpfs of the test's own, in a mount namespace where it can.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync, rmSync, statfsSync, appendFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Padan, Browser, OBSERVE, root, text } from './padan.mjs';

const isRoot = process.getuid() === 0;

test('a full disk: 503 and no answer; service returns with the space', { skip: isRoot ? false : 'needs root to mount a tmpfs' }, async () => {
	const disk = mkdtempSync(path.join(os.tmpdir(), 'padan-disk-'));
	execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', disk]);
	const kept = process.env.TMPDIR;
	process.env.TMPDIR = disk;
	let padan;
	try {
		padan = await (await Padan.demo({ residents: 1000, tls: false, settings: OBSERVE })).start();
		const b = await Browser.operator(padan);
		const sane = await b.verify(padan.nik['01'][0]);
		assert.ok(text(sane.body).includes('Nama lengkap'));
		const used = () => padan.office('SELECT sum(used) AS used FROM quota_day')[0].used;
		const before = used();

		const ballast = path.join(disk, 'ballast');
		const fill = () => { for (const size of [1 << 20, 1 << 16, 4096]) for (;;) { try { appendFileSync(ballast, Buffer.alloc(size)); } catch { break; } } };
		writeFileSync(ballast, '');
		fill();
		const page = { csrf: b.hidden('/verifikasi').csrf };
		let refused = 0, answered = 0;
		for (let i = 0; i < 400 && refused < 5; i++) {
			const re = await b.go('POST', '/verifikasi', { form: { ...page, nik: padan.nik['01'][1 + (i % 40)] } });
			if (re.status === 503) {
				refused++;
				assert.ok(!text(re.body).includes('Nama lengkap'));
				assert.ok(re.headers['retry-after']);
			} else answered++;
		}
		assert.ok(refused >= 5, `the disk is full, yet ${answered} were answered and ${refused} refused`);
		assert.equal(padan.process.exitCode, null, 'a full disk does not end the process');
		rmSync(ballast);
		const re = await b.go('POST', '/verifikasi', { form: { ...page, nik: padan.nik['01'][45] } });
		assert.equal(re.status, 200, 'normal service when space returns');
		assert.ok(text(re.body).includes('Nama lengkap'));
		assert.equal(used(), before + answered + 1, 'nothing refused was charged');
		const lookups = padan.journal().filter((e) => e.act === 'lookup');
		assert.equal(lookups.length, 1 + answered + 1);
		assert.equal(padan.tryRun('journal', 'verify', padan.dir).status, 0);
	} finally {
		await padan?.stop('SIGKILL');
		process.env.TMPDIR = kept ?? '';
		if (!kept) delete process.env.TMPDIR;
		execFileSync('umount', ['-l', disk]);
		rmSync(disk, { recursive: true, force: true });
	}
});

test('a failing fsync: 503, no answer, the process ends with 111; after the restart journal and quota agree', async () => {
	const dir = mkdtempSync(path.join(os.tmpdir(), 'padan-shim-'));
	const shim = path.join(dir, 'fsync_fails.so');
	execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', shim, path.join(root, 'test/fault/shim/fsync_fails.c')]);
	const padan = await Padan.demo({ residents: 1000, tls: false, settings: OBSERVE });
	const trigger = path.join(padan.dir, 'disk-dies'); // within the directory that the cage lets it see
	try {
		await padan.start({ env: { LD_PRELOAD: shim, FSYNC_FAILS_WHEN: trigger } });
		const b = await Browser.operator(padan);
		assert.ok(text((await b.verify(padan.nik['01'][0])).body).includes('Nama lengkap'));
		const form = { csrf: b.hidden('/verifikasi').csrf, nik: padan.nik['01'][1] };
		writeFileSync(trigger, '');
		const re = await b.go('POST', '/verifikasi', { form }).catch(() => null);
		assert.ok(re === null || re.status === 503, `status ${re?.status}`);
		assert.ok(re === null || !text(re.body).includes('Nama lengkap'));
		assert.equal((await padan.exited).code, 111);
		padan.process = null;
		rmSync(trigger);
		await padan.start();
		assert.ok(padan.startMs <= 5000, 'it starts anew at once: whoever waits for a number to be free waits twice as long');
		const lookups = padan.journal().filter((e) => e.act === 'lookup');
		assert.equal(lookups.length, 1, 'what was refused is not in the journal');
		assert.equal(padan.office('SELECT sum(used) AS used FROM quota_day')[0].used, 1);
		assert.equal(padan.tryRun('journal', 'verify', padan.dir).status, 0);
		assert.ok(text((await (await Browser.operator(padan)).verify(padan.nik['01'][1])).body).includes('Nama lengkap'));
	} finally {
		await padan.remove();
		rmSync(dir, { recursive: true, force: true });
	}
});
