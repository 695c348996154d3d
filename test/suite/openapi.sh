#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The OpenAPI document of /api/v1: linted by Spectral, then asked everything it promises and
# forbids, on both engines. Only `npm ci` speaks to the network.
cd "$(dirname "$0")/../.." || exit 111
make -s all >&2 || { echo "0 passed, 1 failed"; exit 1; }
(cd test/openapi && npm ci --fetch-retries=5 --no-audit --no-fund --loglevel=error >&2) || { echo "0 passed, 1 failed"; exit 1; }
log=$(mktemp) && trap 'rm -f "$log"' EXIT
spectral="test/openapi/node_modules/.bin/spectral lint --quiet --fail-severity=hint --ruleset test/openapi/spectral.yaml"
if $spectral build/gen/api/openapi.json >"$log" 2>&1
then echo "ok spectral"; a="1 passed, 0 failed"
else echo "NOT OK spectral"; cat "$log"; a="0 passed, 1 failed"; fi
tools/run-node-tests test/e2e/openapi.test.mjs >"$log"; cat "$log"
b=$(tail -n 1 "$log")
PADAN_E2E_STORE=postgres tools/with-postgres tools/run-node-tests test/e2e/openapi.test.mjs >"$log"; cat "$log"
c=$(tail -n 1 "$log")
printf '%s\n%s\n%s\n' "$a" "$b" "$c" | awk '{p+=$1; f+=$3} END {print p " passed, " f " failed"; exit f > 0}'
