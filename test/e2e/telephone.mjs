// SPDX-License-Identifier: EUPL-1.2
// The telephone that shows one-time codes: oathtool.
import { execFileSync } from 'node:child_process';

const STEP = 30; // seconds a code lasts (RFC 6238 4.1)
const ROOM = 8; // more than it takes to hand one in

/** The code that `key` shows at the moment `ms`, or `step` codes later. */
export const code = (key, step = 0, ms = Date.now()) =>
	execFileSync('oathtool', ['--totp', '-b', '-N', `@${Math.floor(ms / 1000) + STEP * step}`, key], { encoding: 'utf8' }).trim();

/** The code before the one on the screen: still taken, and leaves the one on the screen for the next sign-in. It is two
 * old, and no longer taken, when the screen turns on the way to the server: not begun shortly before it does. */
export const codeBefore = async (key) => {
	const left = STEP * 1000 - (Date.now() % (STEP * 1000));
	if (left < ROOM * 1000) await new Promise((r) => setTimeout(r, left + 100));
	return code(key, -1);
};

/** A code that is none of those near now. */
export const wrong = (key) => {
	const good = [-2, -1, 0, 1, 2].map((s) => code(key, s));
	return ['000000', '111111', '222222', '333333', '444444', '555555'].find((c) => !good.includes(c));
};
