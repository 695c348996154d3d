// SPDX-License-Identifier: EUPL-1.2
// A clock that a test moves while Padan runs: libfaketime reads it from a file in the
// data directory (the one place that the cage lets be read) at every question.
import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Padan } from './padan.mjs';

/* The library itself: the command `faketime` is a parent that signals do not pass. */
export const library = readdirSync('/usr/lib').map((d) => `/usr/lib/${d}/faketime/libfaketimeMT.so.1`).find(existsSync);
const faked = { LD_PRELOAD: library, FAKETIME_DONT_FAKE_MONOTONIC: '1', FAKETIME_FORCE_MONOTONIC_FIX: '0', DONT_FAKE_MONOTONIC: '1', FAKETIME_NO_CACHE: '1', TZ: 'Asia/Jakarta' };

/** Seconds from now to a moment of WIB, "2025-05-20 08:00". */
const ahead = (moment) => {
	const ms = Date.parse(`${moment.replace(' ', 'T')}+07:00`) - Date.now();
	return `${ms < 0 ? '-' : '+'}${Math.abs(ms / 1000).toFixed(3)}`;
};

export class Clock {
	/** A demo office made at `moment`; it is not started yet. */
	static async demo(moment, options) {
		const clock = new Clock();
		clock.padan = await Padan.demo({ ...options, env: { ...faked, FAKETIME: ahead(moment) } });
		clock.file = path.join(clock.padan.dir, 'clock');
		clock.set(moment);
		clock.padan.env = { ...faked, FAKETIME_TIMESTAMP_FILE: clock.file };
		return clock;
	}

	/** It is `moment` now, and goes on from there. */
	set(moment) {
		writeFileSync(`${this.file}.new`, ahead(moment));
		renameSync(`${this.file}.new`, this.file);
		this.moment = moment;
	}
}
