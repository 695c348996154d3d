#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Whole conversations over HTTPS, the quota race, canaries, failing disks, a registry
# that changes under load, what an attacker would try, and the pattern guard.
cd "$(dirname "$0")/../.." || exit 111
exec tools/run-node-tests test/e2e/corridor.test.mjs test/e2e/race.test.mjs test/e2e/canary.test.mjs \
	test/e2e/fault.test.mjs test/e2e/swap.test.mjs test/e2e/attack.test.mjs test/e2e/guard.test.mjs
