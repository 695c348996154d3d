#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# padan guard from outside: what simulate writes, replay holds or lets pass; files with
# anything wrong in them are told by line and never stop the rest.
cd "$(dirname "$0")/../.." || exit 111
make -s all >&2 || { echo "0 passed, 1 failed"; exit 1; }
padan=${PADAN_BINARY:-$PWD/build/padan}
tmp=$(mktemp -d) || exit 111
trap 'rm -rf "$tmp"' EXIT
passed=0 failed=0

ok() { passed=$((passed + 1)); echo "ok $1"; }
bad() { failed=$((failed + 1)); echo "NOT OK $1"; head -20 "$tmp/out" "$tmp/err" | sed 's/^/    /'; }
# expect STATUS "what" COMMAND...: its exit status; output in $tmp/out and $tmp/err
expect() {
	status=$1 what=$2
	shift 2
	"$@" >"$tmp/out" 2>"$tmp/err" </dev/null
	got=$?
	[ "$got" -eq "$status" ] && ok "$what" || { echo "    exit $got, not $status"; bad "$what"; }
}
says() { grep -qE -- "$2" "$tmp/$1" && ok "says: $2" || bad "does not say: $2"; }
silent() { [ -s "$tmp/$1" ] && bad "$1 is not empty" || ok "$1 is empty"; }
is() { [ "$2" = "$3" ] && ok "$1" || { echo "    '$2' is not '$3'"; bad "$1"; }; }
head='time_us,instansi,user_id,nik,outcome'

# ---- used wrongly ----
expect 100 "no file named" "$padan" guard replay
expect 100 "a file that is not there" "$padan" guard replay "$tmp/none.csv"
expect 100 "terms that are not" "$padan" guard replay "$tmp/none.csv" --terms x
expect 100 "a workload that is not" "$padan" guard simulate --workload nothing
says err "serial-up"
expect 100 "a seed that is no number" "$padan" guard simulate --seed x
: >"$tmp/empty.csv"
expect 100 "an empty file" "$padan" guard replay "$tmp/empty.csv"
says err "berkas kosong"

# ---- simulate and replay ----
"$padan" guard simulate --seed 7 >"$tmp/all.csv"
"$padan" guard simulate --seed 7 >"$tmp/again.csv"
"$padan" guard simulate --seed 8 >"$tmp/other.csv"
cmp -s "$tmp/all.csv" "$tmp/again.csv" && ok "a seed says everything" || bad "a seed says everything"
cmp -s "$tmp/all.csv" "$tmp/other.csv" && bad "another seed, another file" || ok "another seed, another file"
expect 0 "replay of all workloads" "$padan" guard replay "$tmp/all.csv"
silent err
is "a line for each row" "$(wc -l <"$tmp/out")" "$(($(wc -l <"$tmp/all.csv") - 1))"
line='^[0-9]+,(pass,,|(note|warn|hold),(berurutan|berpola|berdekatan),.+)$'
is "every line is n,stage,reason,detail" "$(grep -cvE "$line" "$tmp/out")" 0
is "numbered from 1" "$(head -1 "$tmp/out" | cut -d, -f1)" 1
tail -n +2 "$tmp/all.csv" | cut -d, -f6 | paste -d, - "$tmp/out" >"$tmp/both"
held=$(awk -F, '$3 == "hold" { print $1 }' "$tmp/both" | sort -u)
for name in serial-up serial-down serial-stride serial-shuffled whole-walk interleaved calendar days-shuffled year-shuffled months \
	years regions regions-shuffled other-sex guesses program-fast program-even drip drip-dates drip-hidden colluding-two; do
	echo "$held" | grep -qx -- "$name" && ok "held: $name" || bad "held: $name"
done
for name in landslide families twins one-kecamatan sorted typos fast-typist night-shift recheck demo school posyandu elders week; do
	echo "$held" | grep -qx -- "$name" && bad "not held: $name" || ok "not held: $name"
done
"$padan" guard simulate --workload serial-up | "$padan" guard replay - >"$tmp/out" 2>"$tmp/err"
says out '^[5-9],hold,berurutan,[5-9] NIK berturut-turut naik 1 pada 12 digit yang sama$'
first=$(grep -n -m 1 ',hold,' "$tmp/out" | cut -d: -f1)
is "held to the end of the file" "$(grep -c ',hold,' "$tmp/out")" "$(($(wc -l <"$tmp/out") - first + 1))"

# ---- files with something wrong ----
cat >"$tmp/wrong.csv" <<EOF
$head
1767232800000000,BPBD,op1,3304060505900001,01
x,BPBD,op1,3304060505900001,01
1767232810000000,BPBD,,3304060505900001,01
1767232820000000,BPBD,op1,33040605059,01
1767232830000000,BPBD,op1,33040605059,15
1767232840000000,BPBD,op1,3304060505900002,99
1767232700000000,BPBD,op2,3304060707800001,13
1767232850000000
1767232860000000,BPBD,op"1,3304060505900001,01
1767232870000000,BPBD,op1,9781311299990000,01

1767232880000000,BPBD,op1,3304060909700001,05,extra
EOF
expect 0 "rows with something wrong" "$padan" guard replay "$tmp/wrong.csv"
says err '^padan: baris 3: time_us'
says err '^padan: baris 4: instansi atau user_id'
says err '^padan: baris 5: nik'
says err '^padan: baris 7: outcome'
says err '^padan: baris 8: waktu mundur 130\.0 detik'
says err '^padan: baris 9: '
says err '^padan: baris 10: tanda kutip'
says err '^padan: baris 11: nik'
is "the rows around them are judged" "$(cut -d, -f1,2 "$tmp/out" | tr '\n' ' ')" "1,pass 5,pass 7,pass 11,pass "
printf '%s\n' "$head" 1767232800000000,BPBD,op1,3304060505900001,01 1767232810000000,DINKES,op1,3304060505900001,01 \
	1767232820000000,DINKES,op2,3304060505900001,01 >"$tmp/stranger.csv"
expect 0 "a user id of another instansi" "$padan" guard replay "$tmp/stranger.csv"
says err '^padan: baris 3: user_id tidak dikenal pada instansi ini, sebelumnya milik BPBD'
is "named once, judged all the same" "$(wc -l <"$tmp/err") $(wc -l <"$tmp/out")" "1 3"
printf '1767232800000000,BPBD,op1,3304060505900001,01\n' >"$tmp/bare.csv"
expect 0 "no header: columns in the order of the manual" "$padan" guard replay "$tmp/bare.csv"
is "one row" "$(cat "$tmp/out")" "1,pass,,"
printf 'outcome,nik,user_id,instansi,time_us\n01,3304060505900001,op1,BPBD,1767232800000000\n' >"$tmp/order.csv"
expect 0 "columns in another order" "$padan" guard replay "$tmp/order.csv"
is "one row again" "$(cat "$tmp/out")" "1,pass,,"
head -c 200000 /dev/urandom >"$tmp/noise.csv"
expect 0 "noise" "$padan" guard replay "$tmp/noise.csv"
says err 'tidak dapat dinilai'

# ---- clocks ----
{
	echo "$head"
	for i in 1 2 3 4 5 6 7 8 9; do echo "$((1767232800000000 - i * 3600000000)),BPBD,op1,330406050590000$i,01"; done
} >"$tmp/back.csv"
expect 0 "a walk on a clock that runs backwards" "$padan" guard replay "$tmp/back.csv"
says out ',hold,berurutan,'

# ---- service terms ----
{
	echo "$head"
	for i in $(seq 1 120); do
		date=$(printf '%02d%02d%02d' $((i * i % 28 + 1)) $((i * i / 7 % 12 + 1)) $((i * i / 3 % 60 + 20)))
		echo "$((1767232800000000 + i * 10000)),BPBD,svc,3304$(printf '%02d' $((i * 7 % 20 + 1)))${date}0001,01"
	done
} >"$tmp/bulk.csv"
expect 0 "bulk on the portal" "$padan" guard replay "$tmp/bulk.csv"
says out ',hold,berdekatan,'
expect 0 "bulk on a web service" "$padan" guard replay "$tmp/bulk.csv" --terms service
is "speed is no reason there" "$(grep -c berdekatan "$tmp/out")" 0

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
