// SPDX-License-Identifier: EUPL-1.2
// Attempts on the web services (issue 5): what a reply tells somebody who only guesses, and what
// one program can take from the others.
import { test, before, after, describe } from 'node:test';
import assert from 'node:assert/strict';
import { office, form, ask } from './v1.mjs';

describe('DOMAIN 2: nothing tells whether the user id, the secret or the address was wrong', () => {
	let padan;
	before(async () => { padan = await office({ residents: 200 }); });
	after(() => padan?.remove());
	const asToken = (user, secret, more = {}) => form(padan, '/api/v1/token', { grant_type: 'client_credentials' }, { basic: [user, secret], ...more });

	test('a right secret from a foreign address is not told apart by the mark of the rehearsal', async () => {
		const heard = async (secret) => {
			const re = await asToken('bpbd-uji', secret, { from: '127.9.9.9' });
			return [re.status, re.text, re.headers['x-padan-sandbox']];
		};
		padan.run('user', 'change', padan.dir, 'bpbd-uji', '--addresses', '192.0.2.0/24');
		const wrong = await heard('x'.repeat(43));
		assert.equal(wrong[0], 401);
		assert.deepEqual(await heard(padan.accounts['bpbd-uji'].password), wrong);
		padan.run('user', 'change', padan.dir, 'bpbd-uji', '--addresses', '');
	});

	test('user ids that exist wait no longer and no shorter than those that do not', async () => {
		const from = '127.0.0.9';
		for (let i = 0; i < 6; i++) await asToken(`tidak-ada-${i}`, 'x'.repeat(43), { from });
		for (let i = 0; i < 6; i++) await ask(padan, '/dukcapil/get_json/DINKES/CALL_NIK', { NIK: '3404011503859901', user_id: 'dinkes-layanan', password: 'salah', IP_USER: from }, { from });
		const absent = await asToken('tidak-ada-99', 'x'.repeat(43), { from });
		const there = await asToken('dinkes-layanan', 'x'.repeat(43), { from });
		assert.equal(absent.status, 429, absent.text);
		assert.deepEqual([there.status, there.text, there.headers['retry-after']], [absent.status, absent.text, absent.headers['retry-after']]);
	});
});
