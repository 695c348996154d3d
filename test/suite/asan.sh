#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Unit, contract and fault tests, and one whole conversation, under AddressSanitizer and
# UndefinedBehaviorSanitizer.
cd "$(dirname "$0")/../.." || exit 111
export LSAN_OPTIONS="suppressions=$PWD/test/lsan.supp:print_suppressions=0"
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
make -s asan >&2 || { echo "0 passed, 1 failed"; exit 1; }
log=$(mktemp) && trap 'rm -f "$log"' EXIT
tools/run-tests $(find build/asan/test -name '*_test' -type f | sort) >"$log"; cat "$log"
a=$(tail -n 1 "$log")
PADAN_BINARY=$PWD/build/asan/padan tools/run-node-tests test/e2e/corridor.test.mjs >"$log"; cat "$log"
b=$(tail -n 1 "$log")
printf '%s\n%s\n' "$a" "$b" | awk '{p+=$1; f+=$3} END {print p " passed, " f " failed"; exit f > 0}'
