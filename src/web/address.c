/* SPDX-License-Identifier: EUPL-1.2
 * web/address.c - see address.h. */
#include "web/address.h"

/* A line: a word, the name, and its code when that was granted too. */
struct line_row {
	const char *word;
	enum element name, code;
};
static const struct line_row rows[] = {
	{"Desa/Kelurahan", ELEMENT_KEL_NAME, ELEMENT_NO_KEL},
	{"Kecamatan", ELEMENT_KEC_NAME, ELEMENT_NO_KEC},
	{"Kabupaten/Kota", ELEMENT_KAB_NAME, ELEMENT_NO_KAB},
	{"Provinsi", ELEMENT_PROP_NAME, ELEMENT_NO_PROP},
};
_Static_assert(LEN(rows) + 2 == ADDRESS_LINES, "street, RT/RW, and a line a row");

static struct str rt_rw(struct arena *arena, struct str rt, struct str rw)
{
	if (rt.n && rw.n)
		return arena_printf(arena, "RT %.*s / RW %.*s", STR_ARG(rt), STR_ARG(rw));
	if (rt.n)
		return arena_printf(arena, "RT %.*s", STR_ARG(rt));
	return rw.n ? arena_printf(arena, "RW %.*s", STR_ARG(rw)) : (struct str){NULL, 0};
}

static struct str region(struct arena *arena, const struct line_row *row, struct str name, struct str code)
{
	if (name.n && code.n)
		return arena_printf(arena, "%s %.*s (%.*s)", row->word, STR_ARG(name), STR_ARG(code));
	if (name.n)
		return arena_printf(arena, "%s %.*s", row->word, STR_ARG(name));
	return code.n ? arena_printf(arena, "%s (%.*s)", row->word, STR_ARG(code)) : (struct str){NULL, 0};
}

size_t address_lines(struct arena *arena, const struct str parts[ELEMENT_COUNT], struct str lines[ADDRESS_LINES])
{
	size_t n = 0;
	struct str block = rt_rw(arena, parts[ELEMENT_NO_RT], parts[ELEMENT_NO_RW]);
	if (parts[ELEMENT_ALAMAT].n)
		lines[n++] = arena_str(arena, parts[ELEMENT_ALAMAT]);
	if (block.n)
		lines[n++] = block;
	for (size_t i = 0; i < LEN(rows); i++) {
		struct str line = region(arena, &rows[i], parts[rows[i].name], parts[rows[i].code]);
		if (line.n)
			lines[n++] = line;
	}
	return n;
}
