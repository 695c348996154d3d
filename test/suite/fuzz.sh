#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every parser under its fuzzer for a few seconds (PADAN_FUZZ_SECONDS), on the corpus of
# all that once went wrong. `make fuzz` does it for longer.
cd "$(dirname "$0")/../.." || exit 111
seconds=${PADAN_FUZZ_SECONDS:-6}
log=$(mktemp) && trap 'rm -f "$log"' EXIT
make -s fuzz FUZZ_SECONDS="$seconds" >"$log" 2>&1
grep -vE '^ +cc ' "$log"
passed=$(grep -c '^ok ' "$log")
wanted=$(ls test/fuzz/*.c | wc -l)
echo "$passed passed, $((wanted - passed)) failed"
[ "$passed" -eq "$wanted" ]
