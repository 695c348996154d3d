#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The registry is a second Padan, and a server that answers as it is told; the offices on each
# of the two engines.
cd "$(dirname "$0")/../.." || exit 111
make -s all >&2 || { echo "0 passed, 1 failed"; exit 1; }
log=$(mktemp) && trap 'rm -f "$log"' EXIT
tools/run-node-tests test/e2e/relay.test.mjs >"$log"; cat "$log"
a=$(tail -n 1 "$log")
PADAN_E2E_STORE=postgres tools/with-postgres tools/run-node-tests test/e2e/relay.test.mjs >"$log"; cat "$log"
b=$(tail -n 1 "$log")
printf '%s\n%s\n' "$a" "$b" | awk '{p+=$1; f+=$3} END {print p " passed, " f " failed"; exit f > 0}'
