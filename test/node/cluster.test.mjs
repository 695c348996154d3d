// SPDX-License-Identifier: EUPL-1.2
// The servers that the other tests of this folder stand on do what their names say.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { Cluster } from './cluster.mjs';

let primary, standby;
before(async () => {
	primary = await Cluster.create();
	standby = await primary.standby({ sync: true });
}, { timeout: 180000 });
after(() => [standby, primary].forEach((c) => c?.remove()));

test('I8.4 what a primary with a synchronous standby committed is there after it was killed and the standby promoted', () => {
	primary.psql('CREATE TABLE t (n int); INSERT INTO t VALUES (7)');
	assert.equal(standby.psql('SELECT pg_is_in_recovery()'), 't');
	primary.kill();
	standby.promote();
	assert.equal(standby.psql('SELECT n FROM t'), '7');
	standby.psql('INSERT INTO t VALUES (8)');
	assert.throws(() => primary.psql('SELECT 1'));
});
