#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The tests in which threads meet, under ThreadSanitizer, and the quota race.
cd "$(dirname "$0")/../.." || exit 111
export TSAN_OPTIONS="halt_on_error=1 suppressions=$PWD/test/tsan.supp"
make -s tsan >&2 || { echo "0 passed, 1 failed"; exit 1; }
log=$(mktemp) && trap 'rm -f "$log"' EXIT
programs=$(find build/tsan/test -name '*_test' -type f | grep -E '/(gate|sys|store|http|policy|registry)/' | sort)
# shellcheck disable=SC2086 # a list of words
tools/run-tests $programs >"$log"; cat "$log"
a=$(tail -n 1 "$log")
PADAN_BINARY=$PWD/build/tsan/padan tools/run-node-tests test/e2e/race.test.mjs >"$log"; cat "$log"
b=$(tail -n 1 "$log")
printf '%s\n%s\n' "$a" "$b" | awk '{p+=$1; f+=$3} END {print p " passed, " f " failed"; exit f > 0}'
