#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# What reads the code without running it: clang's warnings, gcc -fanalyzer, clang-tidy
# (.clang-tidy), cppcheck. One test a tool; what it says is printed when it is not clean.
cd "$(dirname "$0")/../.." || exit 111
make -s all >&2 || { echo "0 passed, 1 failed"; exit 1; }
flags=$(make -s print-cflags)
log=$(mktemp) && trap 'rm -f "$log"' EXIT
passed=0 failed=0
files=$(git ls-files 'src/*.c')
verdict() {
	if [ "$2" -eq 0 ]; then passed=$((passed + 1)); echo "ok $1"
	else failed=$((failed + 1)); echo "NOT OK $1"; sed 's/^/    /' "$log"; fi
}
printf '%s\n' $files | xargs -P 2 -I{} clang $flags -fsyntax-only {} >"$log" 2>&1
verdict clang $?
# The analyzer of gcc 12 does not follow cleanup attributes nor libraries that keep what
# they are given; the three checks that cry wolf over them are left out.
printf '%s\n' $files | xargs -P 2 -I{} gcc $flags -fanalyzer -Wno-analyzer-malloc-leak -Wno-analyzer-file-leak \
	-Wno-analyzer-use-of-uninitialized-value -c -o /dev/null {} >"$log" 2>&1
verdict gcc-analyzer $?
tidy_one="clang-tidy --quiet --warnings-as-errors='*' \"\$0\" -- $flags 2>/dev/null"
printf '%s\n' $files | xargs -P 2 -I{} sh -c "$tidy_one" {} >"$log" 2>&1
verdict clang-tidy $?
cppcheck --quiet --enable=warning,portability,performance --inline-suppr --error-exitcode=1 --std=c11 -j 2 \
	--suppressions-list=test/cppcheck.suppressions -Isrc -Ibuild/gen \
	'-Djson_array_foreach(a,i,v)=for(i=0;v;i++)' '-Djson_object_foreach(o,k,v)=for(k=0;v;)' src >"$log" 2>&1
verdict cppcheck $?
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
