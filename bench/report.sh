#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# What a report over a long journal costs, and what inquiries notice of it (decision 0034).
#
# An office with BENCH_ENTRIES entries (10 million); a count by the command line alone; then inquiries
# of 64 connections in rounds of BENCH_SECONDS, in turn without and with a run being counted in
# the same server. The goal: p99 with <= 1.3 x p99 without.
set -eu
cd "$(dirname "$0")/.."
entries=${BENCH_ENTRIES:-10000000} seconds=${BENCH_SECONDS:-10} rounds=${BENCH_ROUNDS:-4} connections=${BENCH_CONNECTIONS:-64}
work=$(mktemp -d) padan=
cleanup() { [ -z "$padan" ] || kill "$padan" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"; }
trap cleanup EXIT
port=$(node -e 'const s=require("net").createServer();s.listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
now() { date +%s%N; }
since() { awk -v a="$1" -v b="$(now)" 'BEGIN{printf "%.1f", (b-a)/1e9}'; }

make -s all build/bench/office build/bench/report >&2
echo "bench-report: $(nproc) cores, $entries entries, rounds of $seconds s, $connections connections" >&2
build/padan init "$work/office" --set tls=off --set portal.listen=127.0.0.1:"$port" >/dev/null
build/padan registry generate "$work/office" --residents 30000 --seed 1 >/dev/null 2>&1
build/bench/office "$work/office" 64 1000 >"$work/sessions"
build/padan registry generate "$work/office" --residents 30000 --seed 1 --csv "$work/residents.csv" >/dev/null 2>&1
sed 1d "$work/residents.csv" | cut -c1-16 | shuf -n 20000 --random-source=<(yes) >"$work/niks"
export BENCH_SESSIONS=$work/sessions BENCH_NIKS=$work/niks BENCH_HOST=127.0.0.1:$port
began=$(now); build/bench/report fill "$work/office" "$entries"
echo "  filled in $(since "$began") s, $(du -sm "$work/office" | cut -f1) MB" >&2

first=$(date -d '-170 days' -I) last=$(date -I)
began=$(now); build/padan report count "$work/office" BN0000 "$first" "$last" | tail -n 1 >&2
took=$(since "$began")
alone=$(awk -v n="$entries" -v t="$took" 'BEGIN{printf "%.0f", n/t}')
echo "  counted alone in $took s: $alone entries/s" >&2

build/padan serve "$work/office" --set guard.mode=observe >"$work/padan.log" 2>&1 & padan=$!
for _ in $(seq 300); do curl -sko /dev/null "http://127.0.0.1:$port/masuk" && break; sleep 0.05; done
load() { # a round; "rate p50 p99" in ms
	wrk -t1 -c"$connections" -d"${seconds}s" --latency -s bench/verifikasi.lua "http://127.0.0.1:$port/verifikasi" |
		awk 'function ms(x) { return x ~ /us$/ ? x / 1000 : x ~ /ms$/ ? x + 0 : x * 1000 }
			$1 == "50%" { p50 = ms($2) } $1 == "99%" { p99 = ms($2) } /Requests\/sec/ { rate = $2 } /Non-2xx/ { bad = " NOT 2xx" }
			END { printf "%.0f %.2f %.2f%s\n", rate, p50, p99, bad }'
}
load >/dev/null # warm
run=
state() { build/bench/report state "$work/office" "$run"; }
for round in $(seq "$rounds"); do
	echo "without $(load)" | tee -a "$work/rows" >&2
	run=$(build/bench/report ask "$work/office" "$first" "$last")
	until [ "$(state | cut -d' ' -f2)" -gt 0 ]; do sleep 0.2; done
	before=$(state | cut -d' ' -f2); began=$(now)
	with=$(load); after=$(state)
	[[ $after == counting* ]] || echo "bench-report: the run ended within the round; more entries are needed" >&2
	per=$(awk -v a="$before" -v b="$(cut -d' ' -f2 <<<"$after")" -v t="$(since "$began")" 'BEGIN{printf "%.0f", (b-a)/t}')
	echo "with $with $per" | tee -a "$work/rows" >&2
	if [ "$round" != "$rounds" ]; then
		build/bench/report drop "$work/office" "$run"
		sleep 5 # until the counter has noticed
		continue
	fi
	began=$(now); from=$(state | cut -d' ' -f2)
	while [[ $(state) == counting* ]]; do sleep 1; done
	echo "  the rest, beside an idle portal: $(awk -v n="$(state | cut -d' ' -f3)" -v f="$from" -v t="$(since "$began")" 'BEGIN{printf "%.0f", (n-f)/t}') entries/s" >&2
done
awk -v alone="$alone" '
	function median(list, n,   i, k, t) { for (i = 2; i <= n; i++) for (k = i; k > 1 && list[k] < list[k-1]; k--) { t = list[k]; list[k] = list[k-1]; list[k-1] = t } return n % 2 ? list[(n+1)/2] : (list[n/2] + list[n/2+1]) / 2 }
	$1 == "without" { a[++n] = $2; b[n] = $3; c[n] = $4 } $1 == "with" { d[++m] = $2; e[m] = $3; f[m] = $4; g[m] = $NF }
	END {
		p = median(c, n); q = median(f, m)
		printf "\n| inquiries | requests/s | p50 | p99 | entries/s of the run |\n|---|---|---|---|---|\n"
		printf "| without a run | %d | %.1f ms | %.1f ms | %d alone |\n", median(a, n), median(b, n), p, alone
		printf "| beside a run | %d | %.1f ms | %.1f ms | %d |\n| ratio | %.2f | %.2f | %.2f | |\n", median(d, m), median(e, m), q, median(g, m), median(d, m)/median(a, n), median(e, m)/median(b, n), q/p
	}' "$work/rows"
