#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The command line from outside: what each verb leaves behind, and the exit codes
# 0 done, 1 the answer is no, 100 used wrongly, 111 temporary.
cd "$(dirname "$0")/../.." || exit 111
make -s all >&2 || { echo "0 passed, 1 failed"; exit 1; }
padan=${PADAN_BINARY:-$PWD/build/padan}
tmp=$(mktemp -d) || exit 111
dir=$tmp/demo
serve=
trap '[ -n "$serve" ] && kill "$serve" 2>/dev/null; rm -rf "$tmp"' EXIT
passed=0 failed=0

ok() { passed=$((passed + 1)); echo "ok $1"; }
bad() { failed=$((failed + 1)); echo "NOT OK $1"; sed 's/^/    /' "$tmp/out" "$tmp/err"; }
# expect STATUS "what" COMMAND...: its exit status; output in $tmp/out and $tmp/err
expect() {
	status=$1 what=$2
	shift 2
	"$@" >"$tmp/out" 2>"$tmp/err" </dev/null
	got=$?
	[ "$got" -eq "$status" ] && ok "$what" || { echo "    exit $got, not $status"; bad "$what"; }
}
# says FILE TEXT: of the command before
says() { grep -qF -- "$2" "$tmp/$1" && ok "says: $2" || bad "does not say: $2"; }
is() { [ "$2" = "$3" ] && ok "$1" || { echo "    '$2' is not '$3'"; bad "$1"; }; }
sum() { find "$1" -type f -exec sha256sum {} + | sort | sha256sum; }
json() {
	node -e 'const v = JSON.parse(require("fs").readFileSync(process.argv[1])); console.log(eval(process.argv[2]))' "$1" "$2"
}

# ---- used wrongly ----
expect 100 "no verb" "$padan"
says err "Cara pakai"
expect 100 "an unknown verb" "$padan" frobnicate
expect 100 "an unknown sub-verb" "$padan" registry frobnicate
says err "padan registry import"
expect 100 "an unknown option" "$padan" init "$tmp/x" --frobnicate
expect 100 "an option without its value" "$padan" init "$tmp/x" --residents
expect 100 "an option twice" "$padan" init "$tmp/x" --seed 1 --seed 2
expect 100 "too many arguments" "$padan" init "$tmp/x" "$tmp/y"
expect 100 "too few arguments" "$padan" registry import "$tmp/x"
expect 100 "not a data directory" "$padan" serve "$tmp"
expect 100 "no such parent" "$padan" init "$tmp/no/such"
expect 100 "a number out of bounds" "$padan" init "$tmp/x" --demo --residents 0
[ -e "$tmp/x" ] && bad "a refused init leaves nothing" || ok "a refused init leaves nothing"
expect 0 "help" "$padan" help
says out "padan journal verify"
expect 0 "version" "$padan" version

# ---- installed ----
stage=$tmp/stage at=$tmp/stage/usr
expect 0 "make install" make -s install DESTDIR="$stage" PREFIX=/usr
for file in bin/padan lib/systemd/system/padan.service share/man/id/man1/padan.1 share/padan/postgres/journal-partition.sql; do
	[ -s "$at/$file" ] && ok "$file" || bad "$file"
done
# what messages, samples and pages name is there
named=$(grep -rohE '\bdoc/[a-z0-9-]+\.md\b' src/cli "$at/share" | sort -u)
is "pages are named" "$(echo "$named" | grep -c backup)" 1
for page in $named; do [ -s "$at/share/doc/padan/${page#doc/}" ] || bad "$page is named and not there"; done
expect 0 "make uninstall" make -s uninstall DESTDIR="$stage" PREFIX=/usr
is "nothing is left" "$(find "$stage" -type f)" ""

# ---- letters ----
expect 0 "the kinds of letters" "$padan" letter text
says out "sptjm"
expect 0 "the text of one" "$padan" letter text sptjm
says out "SURAT PERNYATAAN TANGGUNG JAWAB MUTLAK"
cp "$tmp/out" "$tmp/naskah.txt"
expect 0 "a sample of one" "$padan" letter sample sptjm "$tmp/sptjm.pdf"
expect 0 "a sample of an edited one" "$padan" letter sample sptjm "$tmp/edited.pdf" --text "$tmp/naskah.txt"
cmp -s "$tmp/sptjm.pdf" "$tmp/edited.pdf" && ok "the same text, the same bytes" || bad "the same text, the same bytes"
echo 'Nama :: {{kepala.nma}}' >"$tmp/naskah.txt"
expect 100 "an edited one with a mistake" "$padan" letter sample sptjm "$tmp/wrong.pdf" --text "$tmp/naskah.txt"
says err "baris 1: isian {{kepala.nma}} tidak dikenal"
[ -e "$tmp/wrong.pdf" ] && bad "leaves no file" || ok "leaves no file"
expect 100 "a letter that does not exist" "$padan" letter text surat-cinta

# ---- settings ----
expect 0 "the sample of settings" "$padan" conf --sample
grep -q '^#portal.listen' "$tmp/out" && ok "holds every key as a comment" || bad "holds every key as a comment"
expect 100 "init with a setting that does not exist" "$padan" init "$tmp/x" --set nothing.here=1
expect 100 "init with a value out of bounds" "$padan" init "$tmp/x" --set session.idle_s=1
expect 100 "tls=off elsewhere than on loopback" "$padan" init "$tmp/x" --set tls=off --set portal.listen=0.0.0.0:8443
says err "loopback"
[ -e "$tmp/x" ] && bad "nothing is left of them" || ok "nothing is left of them"

# ---- init ----
expect 0 "init --demo" "$padan" init "$dir" --demo --residents 3000 --seed 7 --set session.idle_s=900
is "the directory is private" "$(stat -c %a "$dir")" 700
is "no file is readable by others" "$(find "$dir" -type f ! -perm 0600)" ""
is "accounts" "$(json "$dir/demo-accounts.json" 'v.accounts.map((a) => a.user_id).sort().join()')" \
	"admin,admin2,auditor,dinkes-kepala,dinkes-layanan,dinkes-operator,kepala,operator1,operator2,operator3"
is "no two passwords are the same" "$(json "$dir/demo-accounts.json" 'new Set(v.accounts.map((a) => a.password)).size')" 10
is "a token for each instansi" \
	"$(json "$dir/demo-accounts.json" 'v.tokens.map((t) => t.instansi + (t.token.length >= 22)).join()')" "BPBDtrue,DINKEStrue"
fifty='Object.entries(v).map(([k, n]) => k + ":" + n.filter((x) => /^\d{16}$/.test(x)).length).sort().join()'
is "fifty NIKs, as texts, for every outcome" "$(json "$dir/demo-nik.json" "$fifty")" "01:50,11:50,12:50,13:50,14:50"
openssl x509 -in "$dir/keys/cert.pem" -noout -ext subjectAltName >"$tmp/out" 2>"$tmp/err"
for name in DNS:localhost "IP Address:127.0.0.1" "IP Address:0:0:0:0:0:0:0:1"; do says out "$name"; done
before=$(sum "$dir")
expect 100 "init again" "$padan" init "$dir" --demo
says err "tidak ada yang diubah"
is "and it touched nothing" "$(sum "$dir")" "$before"
mkdir "$tmp/empty"
expect 0 "init in an empty directory" "$padan" init "$tmp/empty"
expect 0 "conf names the source of a value" "$padan" conf "$dir" --set clear.seconds=30
says out "clear.seconds = 30	# --set"
grep -q '^session.idle_s = 900	# padan.conf:[0-9]*$' "$tmp/out" &&
	ok "and the line of the file" || bad "and the line of the file"
cp "$dir/padan.conf" "$tmp/conf"
echo 'sesion.idle_s = 5' >>"$dir/padan.conf"
expect 100 "a misspelt setting" "$padan" conf "$dir"
says err "padan.conf baris $(wc -l <"$dir/padan.conf")"
cp "$tmp/conf" "$dir/padan.conf"
chmod 644 "$dir/keys/master.key"
expect 1 "a master key that others can read" "$padan" user list "$dir"
expect 1 "and check says so" "$padan" check "$dir"
chmod 600 "$dir/keys/master.key"
expect 0 "check" "$padan" check "$dir"
says out "kueri sesuai dengan tabel"

# ---- registry ----
expect 0 "generate as CSV" "$padan" registry generate "$dir" --residents 500 --seed 3 --csv "$tmp/p.csv"
head -n 1 "$tmp/p.csv" >"$tmp/bad.csv"
sed -n '2,4p' "$tmp/p.csv" >>"$tmp/bad.csv"
sed -n '5p' "$tmp/p.csv" | sed 's/^[0-9]*/3.30406E+15/' >>"$tmp/bad.csv"
sed -n '6p' "$tmp/p.csv" | sed 's/^[0-9]*/1234/' >>"$tmp/bad.csv"
expect 0 "import with two bad rows" "$padan" registry import "$dir" "$tmp/bad.csv" --rejects "$tmp/rejects.csv" --as-of 2026-01-31
says err "2 baris ditolak"
is "rejects name the line" "$(grep -c -E '^(5|6),' "$tmp/rejects.csv")" 2
grep -q E+15 "$tmp/rejects.csv" && bad "rejects hold no row" || ok "rejects hold no row"
expect 0 "stat" "$padan" registry stat "$dir"
says out "31 Januari 2026"
grep -qE '^penduduk +3$' "$tmp/out" && ok "three residents" || bad "three residents"
expect 0 "delta" "$padan" registry delta "$dir" "$tmp/p.csv"
expect 0 "stat after the delta" "$padan" registry stat "$dir"
grep -qE '^penduduk +500$' "$tmp/out" && ok "five hundred residents" || bad "five hundred residents"
echo "this,is,no,header" >"$tmp/no.csv"
live=$(sha256sum <"$dir/registry.db")
expect 100 "a CSV without the header" "$padan" registry import "$dir" "$tmp/no.csv"
is "and the live registry is untouched" "$(sha256sum <"$dir/registry.db")" "$live"
expect 100 "no such CSV" "$padan" registry import "$dir" "$tmp/none.csv"

# ---- agreement ----
expect 0 "list" "$padan" agreement list "$dir"
says out BPBD
expect 0 "export" "$padan" agreement export "$dir" BPBD 1
cp "$tmp/out" "$tmp/bpbd.json"
expect 0 "apply what is on record" "$padan" agreement apply "$dir" "$tmp/bpbd.json"
says out "tidak ada yang berubah"
expect 0 "apply into another office" "$padan" agreement apply "$tmp/empty" "$tmp/bpbd.json"
says out "dicatat"
expect 0 "and once more" "$padan" agreement apply "$tmp/empty" "$tmp/bpbd.json"
says out "tidak ada yang berubah"
sed 's/470\/001\/PKS/470\/999\/PKS/' "$tmp/bpbd.json" >"$tmp/other.json"
expect 1 "the same version with other words" "$padan" agreement apply "$dir" "$tmp/other.json"
sed '3s/.*/!/' "$tmp/bpbd.json" >"$tmp/broken.json"
expect 100 "not JSON" "$padan" agreement apply "$dir" "$tmp/broken.json"
says err "baris 3"
expect 1 "an instansi that is not there" "$padan" agreement show "$dir" NONE
expect 0 "suspend" "$padan" agreement state "$dir" DINKES suspended
expect 1 "a step the lifecycle does not have" "$padan" agreement state "$dir" DINKES draft

# ---- user ids, kejadian, credentials ----
expect 0 "a new operator" "$padan" user add "$dir" operator9 --role operator --instansi BPBD --holder "Budi Contoh" --position Staf
says out "sekali pakai"
expect 1 "taken" "$padan" user add "$dir" operator9 --role operator --instansi BPBD
expect 100 "an operator of no instansi" "$padan" user add "$dir" operator8 --role operator
expect 100 "no such role" "$padan" user add "$dir" operator8 --role chief --instansi BPBD
expect 100 "no such instansi" "$padan" user add "$dir" operator8 --role operator --instansi NONE
expect 0 "a new password" "$padan" user reset-password "$dir" operator9
expect 100 "no such reason" "$padan" user close "$dir" operator9 --reason bored
expect 0 "close" "$padan" user close "$dir" operator9 --reason request
expect 0 "list" "$padan" user list "$dir" --instansi BPBD
grep -q '^operator9 .*ditutup' "$tmp/out" && ok "shows it closed" || bad "shows it closed"
says out "atas permintaan instansi"
expect 0 "change" "$padan" user change "$dir" operator9 --expires 2026-01-01
expect 1 "its term is over" "$padan" user reopen "$dir" operator9
expect 0 "another term" "$padan" user change "$dir" operator9 --expires 2099-01-01 --holder "Citra Contoh"
expect 0 "reopen" "$padan" user reopen "$dir" operator9
expect 1 "nobody of that name" "$padan" user close "$dir" nobody
expect 0 "a kejadian" "$padan" kejadian add "$dir" BPBD --jenis Banjir --name "Banjir Contoh" --place Banjarnegara
id=$(tr -cd '0-9' <"$tmp/out")
expect 0 "closed again" "$padan" kejadian close "$dir" BPBD "$id"
expect 1 "another instansi's" "$padan" kejadian close "$dir" DINKES 1
expect 0 "nobody is held" "$padan" guard list "$dir"
expect 1 "no such hold" "$padan" guard release "$dir" 1
expect 100 "a hold that is no number" "$padan" guard release "$dir" x
sqlite3 "$dir/office.db" "INSERT INTO guard_hold SELECT 7, instansi_id, 99, 'operator1', 'open', 'berurutan', 'walk', 0,
	'6 NIK naik 1', 0, 1795600000000000, '', '', 0, 0, '', 0, '', '', 0, '' FROM instansi WHERE code = 'BPBD'"
expect 0 "somebody is held" "$padan" guard list "$dir"
expect 100 "a note that could be a NIK" "$padan" guard release "$dir" 7 --note "3304130101909911"
expect 0 "the first of two" "$padan" guard release "$dir" 7 --note "daftar diperiksa" --set guard.two_persons=on
expect 1 "the command line is one person" "$padan" guard release "$dir" 7 --set guard.two_persons=on
expect 0 "released" "$padan" guard release "$dir" 7
expect 1 "once" "$padan" guard release "$dir" 7
expect 100 "no such jenis" "$padan" kejadian add "$dir" BPBD --jenis Banjirr --name x --place y
expect 0 "a secret for a service" "$padan" credential issue "$dir" dinkes-layanan
is "of 256 bits" "$(tr -d '\n' <"$tmp/out" | wc -c)" 43
expect 100 "none for a person" "$padan" credential issue "$dir" operator1
expect 0 "what its tokens may do" "$padan" credential scopes "$dir" dinkes-layanan verifikasi,kejadian:write
is "that and nothing else" "$(cut -d' ' -f1 "$tmp/out" | tr '\n' ' ')" "verifikasi kejadian:write "
expect 100 "a scope nobody knows" "$padan" credential scopes "$dir" dinkes-layanan verifikasi,semua
expect 100 "data balikan asks for nobody" "$padan" credential scopes "$dir" dinkes-balikan verifikasi

# ---- journal ----
expect 0 "checkpoint" "$padan" journal checkpoint "$dir"
cp "$tmp/out" "$tmp/note"
expect 0 "vkey" "$padan" journal vkey "$dir"
cp "$tmp/out" "$tmp/vkey"
expect 0 "verify the office" "$padan" journal verify "$dir" --checkpoint "$tmp/note" --vkey "$tmp/vkey"
says out "utuh"
expect 0 "export" "$padan" journal export "$dir" "$tmp/journal.txt"
expect 0 "verify the export alone" "$padan" journal verify "$tmp/journal.txt" --checkpoint "$tmp/note" --vkey "$tmp/vkey"
for act in user agreement registry kejadian credential instansi export; do
	grep -q "\"act\":\"$act\"" "$tmp/journal.txt" && ok "$act is journaled" || bad "$act is journaled"
done
expect 0 "prove an entry" "$padan" journal prove "$dir" --seq 3
cp "$tmp/out" "$tmp/proof"
expect 0 "the proof holds" "$padan" journal proof "$tmp/proof" --vkey "$tmp/vkey"
sed 's/cli: demo/cli: dema/' "$tmp/proof" >"$tmp/forged"
expect 1 "a forged one does not" "$padan" journal proof "$tmp/forged" --vkey "$tmp/vkey"
expect 1 "no such entry" "$padan" journal prove "$dir" --seq 99999
expect 100 "prove nothing" "$padan" journal prove "$dir"
expect 1 "no such reference" "$padan" journal prove "$dir" ZZZZ-ZZZZ
sed 's/user add operator9/user add operator8/' "$tmp/journal.txt" >"$tmp/damaged.txt"
expect 1 "one word changed" "$padan" journal verify "$tmp/damaged.txt"
says out "TIDAK UTUH"
says out "entri pertama yang salah"
sed '7d' "$tmp/journal.txt" >"$tmp/damaged.txt"
expect 1 "one entry removed" "$padan" journal verify "$tmp/damaged.txt"
sqlite3 "$dir/office.db" "UPDATE journal_entry SET line = replace(line, 'kejadian add', 'kejadian foo')" 2>"$tmp/err"
expect 1 "the office's journal changed" "$padan" journal verify "$dir"
expect 1 "and check sees it" "$padan" check "$dir"

# ---- serve ----
dir=$tmp/empty
expect 100 "serve without a registry" "$padan" serve "$dir" --set portal.listen=127.0.0.1:0
expect 0 "a registry" "$padan" registry generate "$dir" --residents 1000
"$padan" serve "$dir" --set portal.listen=127.0.0.1:0 --set ops.listen=127.0.0.1:0 2>"$tmp/log" &
serve=$!
for _ in $(seq 1200); do grep -q siap "$tmp/log" && break; sleep 0.05; done
cp "$tmp/log" "$tmp/err"
portal=$(sed -n 's/.*portal pada port \([0-9]*\)$/\1/p' "$tmp/log")
ops=$(sed -n 's/.*ops pada port \([0-9]*\)$/\1/p' "$tmp/log")
is "the portal answers" "$(curl -sk -o /dev/null -w '%{http_code}' "https://localhost:$portal/masuk")" 200
is "/healthz" "$(curl -s "http://127.0.0.1:$ops/healthz")" ok
is "/readyz" "$(curl -s "http://127.0.0.1:$ops/readyz")" ready
curl -s "http://127.0.0.1:$ops/metrics" >"$tmp/out"
says out "padan_ready 1"
is "nothing else there" "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$ops/masuk")" 404
is "no core may be written" "$(awk '/Max core/ {print $5 $6}' "/proc/$serve/limits")" 00
expect 111 "a second one on the same directory" "$padan" serve "$dir" --set portal.listen=127.0.0.1:0
says err "padan.lock sedang dipakai oleh proses $serve"
expect 0 "verbs work beside it" "$padan" user add "$dir" admin --role admin
expect 0 "verify beside it" "$padan" journal verify "$dir"
fingerprint() {
	openssl s_client -connect "127.0.0.1:$portal" </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256
}
old=$(fingerprint)
"$padan" init "$tmp/other" >/dev/null
cp "$tmp/other/keys/key.pem" "$tmp/other/keys/cert.pem" "$dir/keys/"
kill -HUP "$serve"
for _ in $(seq 1200); do grep -q 'dibaca kembali' "$tmp/log" && break; sleep 0.05; done
[ -n "$old" ] && [ "$(fingerprint)" != "$old" ] && ok "SIGHUP changes the certificate" || bad "SIGHUP changes the certificate"
kill -TERM "$serve"
wait "$serve"
is "SIGTERM ends it in order" "$?" 0
serve=
expect 0 "its end is journaled and signed" "$padan" journal verify "$dir"
grep -q "belum ditandatangani" "$tmp/out" && bad "nothing is left unsigned" || ok "nothing is left unsigned"
expect 0 "export" "$padan" journal export "$dir"
says out '"act":"stop"'

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
