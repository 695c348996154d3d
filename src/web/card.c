/* SPDX-License-Identifier: EUPL-1.2
 * web/card.c - see card.h. */
#include "web/card.h"

#include "web/address.h"
#include "web/answer.page.h"

#define DIGITS_N 16

/* 6-6-4, as NIK and KK are always written; anything else as it came. */
static struct str grouped(struct arena *arena, struct str digits)
{
	if (digits.n != DIGITS_N)
		return arena_str(arena, digits);
	return arena_printf(arena, "%.6s %.6s %.4s", digits.at, digits.at + 6, digits.at + 12);
}

/* "BANJARNEGARA, 1 Juli 1985" */
static struct str birth(struct arena *arena, struct str place, struct str date)
{
	struct day day;
	struct clock_text text = {{0}};
	if (date.n && day_from_str(date, &day) == RC_OK)
		text = day_long(day);
	struct str on = text.z[0] ? str_c(text.z) : date;
	if (place.n && on.n)
		return arena_printf(arena, "%.*s, %.*s", STR_ARG(place), STR_ARG(on));
	return arena_str(arena, place.n ? place : on);
}

static const char *birth_label(const struct str parts[ELEMENT_COUNT])
{
	if (parts[ELEMENT_TMPT_LHR].n && parts[ELEMENT_TGL_LHR].n)
		return "Tempat, tanggal lahir";
	return element_at(parts[ELEMENT_TMPT_LHR].n ? ELEMENT_TMPT_LHR : ELEMENT_TGL_LHR)->label;
}

static struct page_answer_row address(struct arena *arena, const struct str parts[ELEMENT_COUNT])
{
	struct str texts[ADDRESS_LINES];
	struct page_answer_row row = {.label = S("Alamat sekarang")};
	size_t n = address_lines(arena, parts, texts);
	row.lines = ARENA_ARRAY(arena, ADDRESS_LINES, struct page_answer_line);
	row.lines_n = row.lines ? n : 0;
	for (size_t i = 0; i < row.lines_n; i++)
		row.lines[i].text = texts[i];
	return row;
}

static struct page_answer_row row_of(struct arena *arena, enum element e, const struct str parts[ELEMENT_COUNT])
{
	bool digits = e == ELEMENT_NO_KK || e == ELEMENT_NIK;
	if (e == ELEMENT_TGL_LHR)
		return (struct page_answer_row){.label = str_c(birth_label(parts)),
		                                .text = birth(arena, parts[ELEMENT_TMPT_LHR], parts[ELEMENT_TGL_LHR])};
	return (struct page_answer_row){.label = str_c(element_at(e)->label),
	                                .digits = digits,
	                                .text = digits ? grouped(arena, parts[e]) : arena_str(arena, parts[e])};
}

size_t card_rows(struct arena *arena, const struct str parts[ELEMENT_COUNT], struct page_answer_row *rows)
{
	/* the clause's order; the place of birth stands in the row of the date */
	static const enum element singles[] = {ELEMENT_NO_KK,       ELEMENT_NIK,     ELEMENT_NAMA_LGKP,
	                                       ELEMENT_JENIS_KLMIN, ELEMENT_TGL_LHR, ELEMENT_JENIS_PKRJN};
	size_t n = 0;
	for (size_t i = 0; i < LEN(singles); i++) {
		struct page_answer_row row = row_of(arena, singles[i], parts);
		if (row.text.n)
			rows[n++] = row;
	}
	struct page_answer_row last = address(arena, parts);
	if (last.lines_n)
		rows[n++] = last;
	return n;
}
