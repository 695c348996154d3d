# SPDX-License-Identifier: EUPL-1.2
# map.txt: "id | file | words that stand in it", or "id | later | what it waits for".
# Each row with a file is one test: the file exists and holds the words.
BEGIN { FS = " *\\| *" }
/^#/ || NF < 3 { next }
{
	seen[$1]++
	if ($2 == "later") { later++; next }
	found = 0
	while ((getline line < $2) > 0) if (index(line, $3)) found = 1
	close($2)
	if (found) { passed++; print "ok " $1 " " $2 }
	else { failed++; print "NOT OK " $1 ": " $2 " does not hold \"" $3 "\"" }
}
END {
	n = split("P2.1a P2.1b P2.1c P2.2a P2.2b P2.2d P2.2e P2.2g P2.2i P2.2j P3.1a P4 P5 P6 P7 P8 P9.1 P9.2 P9.3 J.I.A J.I.B J.II.A J.II.B J.II.C J.II.C2c J.II.D J.II.E1 J.III J.IV J.V J.VI.B J.VI.D J.VI.E J.VI.F J.VI.H J.VI.J", ids, " ")
	for (i = 1; i <= n; i++) if (!(ids[i] in seen)) { failed++; print "NOT OK no row for clause " ids[i] }
	print later + 0 " rows wait for a later capability"
	print passed + 0 " passed, " failed + 0 " failed"
	exit failed > 0
}
