/* SPDX-License-Identifier: EUPL-1.2
 * test/unit/sheet/read.h - read a file as the tests of the room do. Needs cmocka. */
#pragma once
#include <stdio.h>

#include "sheet/sheet.h"

static struct arena arena;
static struct sheet sheet;
static struct err err;

static int open_arena(void **state)
{
	(void)state;
	arena_init(&arena, SHEET_ARENA_MAX);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static inline enum rc read_file(struct str file)
{
	err = (struct err){.what = ""};
	arena_reset(&arena);
	return sheet_read(file, &arena, &sheet, &err);
}

/* A refusal says `words`, as a whole text that was not cut off. */
static inline void expect_refusal(struct str file, enum rc rc, const char *words)
{
	enum rc got = read_file(file);
	if (got != rc || !strstr(err.what, words))
		print_error("expected %s \"%s\", got %s \"%s\"\n", rc_name(rc), words, rc_name(got), err.what);
	assert_int_equal(got, rc);
	assert_non_null(strstr(err.what, words));
	assert_true(strlen(err.what) < sizeof err.what - 1);
	if (rc != RC_BROKEN)
		assert_int_equal(err.what[strlen(err.what) - 1], '.');
}

static inline void expect_read(struct str file)
{
	enum rc rc = read_file(file);
	if (rc != RC_OK)
		print_error("%s: %s (%s, %s)\n", rc_name(rc), err.what, err.detail, err.where ? err.where : "");
	assert_int_equal(rc, RC_OK);
}

/* All rows in one text: `1: a|b` and a newline each; a mark before what is no text: # number, % date, = formula, ! error. */
static inline struct str seen(void)
{
	static char text[65536];
	size_t n = 0;
	for (size_t i = 0; i < sheet.n; i++) {
		const struct sheet_row *row = &sheet.rows[i];
		n += (size_t)snprintf(text + n, sizeof text - n, "%d: ", row->number);
		for (size_t k = 0; k < row->n; k++) {
			static const char *const marks[] = {"", "", "#", "=", "!"};
			struct sheet_cell cell = sheet_cell(row, k);
			n += (size_t)snprintf(text + n, sizeof text - n, "%s%s%s%.*s", k ? "|" : "", marks[cell.kind],
			                      cell.date ? "%" : "", STR_ARG(cell.text));
			assert_true(cell.kind == CELL_EMPTY ? cell.text.n == 0 && !cell.date : true);
			assert_true(str_is_text(cell.text));
			assert_true(n < sizeof text);
		}
		n += (size_t)snprintf(text + n, sizeof text - n, "\n");
		assert_true(n < sizeof text);
	}
	return str_from(text, n);
}

static inline void expect_rows(struct str file, const char *rows)
{
	expect_read(file);
	if (!str_eq(seen(), str_c(rows)))
		print_error("expected:\n%sgot:\n%.*s", rows, STR_ARG(seen()));
	assert_true(str_eq(seen(), str_c(rows)));
}
