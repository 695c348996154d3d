#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The same conversations, the same race and the pattern guard with office and registry on
# PostgreSQL; there two nodes share what the guard saw.
cd "$(dirname "$0")/../.." || exit 111
export PADAN_E2E_STORE=postgres
exec tools/with-postgres tools/run-node-tests test/e2e/corridor.test.mjs test/e2e/race.test.mjs test/e2e/guard.test.mjs
