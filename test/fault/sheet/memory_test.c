/* SPDX-License-Identifier: EUPL-1.2
 * The n-th allocation fails, for every n, in ours and in the libraries below (libzip,
 * zlib, expat): reading and writing say RC_BROKEN, give back what they took, and the
 * next attempt works. Sanitizers keep malloc for themselves; there, only the arena's
 * ceiling is lowered step by step. */
#include "sheet/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

#include "unit/sheet/read.h"
#include "workbook.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define OWN_MALLOC 0
#else
#define OWN_MALLOC 1
#endif

static long allocations_left = -1; /* -1: no end */
static long live;                  /* allocated and not given back */

#if OWN_MALLOC
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *at, size_t n);
void __libc_free(void *at);

static void *counted(void *at)
{
	live += at != NULL;
	return at;
}

static bool may_allocate(void)
{
	if (allocations_left == 0)
		return false;
	allocations_left -= allocations_left > 0;
	return true;
}

void *malloc(size_t n)
{
	return may_allocate() ? counted(__libc_malloc(n)) : NULL;
}

void *calloc(size_t n, size_t size)
{
	return may_allocate() ? counted(__libc_calloc(n, size)) : NULL;
}

void *realloc(void *at, size_t n)
{
	if (!may_allocate())
		return NULL;
	void *moved = __libc_realloc(at, n);
	return at ? moved : counted(moved);
}

void free(void *at)
{
	live -= at != NULL;
	__libc_free(at);
}
#endif

static const struct table_column columns[] = {{.title = {"NIK", 3}, .width = 20}, {.title = {"Nama", 4}}};
static const struct sheet_cell cells[] = {{.kind = CELL_TEXT, .text = {"3304060101909999", 16}},
                                          {.kind = CELL_TEXT, .text = {"x", 1}}};
static const struct sheet_row row = {0, cells, 2};
static const struct table table = {{"Daftar", 6}, columns, 2, &row, 1};

static struct buf workbook(void)
{
	struct made made =
	        made_new("<worksheet xmlns='" WORKBOOK_MAIN "'><sheetData><row><c t='s'><v>0</v></c><c s='0'><v>5</v></c></row>"
	                 "</sheetData></worksheet>");
	made_put(&made, WORKBOOK_TEXTS, S(WORKBOOK_STRINGS("<si><t>satu</t></si>")));
	made_put(&made, WORKBOOK_STYLES,
	         S("<styleSheet xmlns='" WORKBOOK_MAIN "'><cellXfs><xf numFmtId='14'/></cellXfs></styleSheet>"));
	return made_bytes(&made);
}

/* libzip 1.7 itself loses a block at some allocations that fail; ours all come back. */
static void expect_given_back(enum rc rc, long before)
{
	assert_in_range(live, before, before + (rc == RC_OK ? 0 : 1));
}

/* With the first `n` allocations granted. */
static enum rc read_with(struct str file, long n)
{
	arena_free(&arena);
	long before = live;
	allocations_left = n;
	enum rc rc = sheet_read(file, &arena, &sheet, &err);
	allocations_left = -1;
	arena_free(&arena);
	expect_given_back(rc, before);
	return rc;
}

/* libzip 1.7 takes a directory it had no memory for as one that is not there (19: "not a zip archive"). */
static bool says_no_memory(enum rc rc)
{
	return (rc == RC_BROKEN && strcmp(err.what, "memori habis") == 0) ||
	       (rc == RC_INVALID && strcmp(err.detail, "libzip 19") == 0);
}

static void reading_fails_cleanly(struct str file, const char *rows, long at_least)
{
	long n = 0;
	enum rc rc;
	while ((rc = read_with(file, n)) != RC_OK) {
		if (!says_no_memory(rc))
			print_error("allocation %ld: %s, %s, %s\n", n, err.what, err.detail, err.where);
		assert_true(says_no_memory(rc));
		n++;
	}
	assert_true(n >= at_least);
	expect_rows(file, rows);
}

static void writing_fails_cleanly(void)
{
	for (long n = 0;; n++) {
		BUF_AUTO out = BUF(TABLE_XLSX_MAX);
		long before = live;
		allocations_left = n;
		enum rc rc = table_xlsx(&out, &table, &err);
		allocations_left = -1;
		expect_given_back(rc, before + (out.at ? 1 : 0));
		if (rc == RC_OK) {
			expect_rows(buf_str(&out), "1: NIK|Nama\n2: 3304060101909999|x\n");
			assert_true(n > 20);
			return;
		}
		assert_int_equal(rc, RC_BROKEN);
		assert_int_equal(out.n, 0);
	}
}

static void every_allocation(void **state)
{
	(void)state;
	if (!OWN_MALLOC)
		skip();
	setenv("TZ", "WIB-7", 1); /* or libc reads a file for libzip's times, and keeps what it read */
	BUF_AUTO zip = workbook();
	expect_read(buf_str(&zip));
	reading_fails_cleanly(S("a;b\n\"c\";d\n"), "1: a|b\n2: c|d\n", 2);
	reading_fails_cleanly(S("\xff\xfe"
	                        "a\0;\0b\0"),
	                      "1: a|b\n", 2);
	reading_fails_cleanly(buf_str(&zip), "1: satu|#%5\n", 50);
	writing_fails_cleanly();
}

/* The arena of whoever asks is smaller than it should be. */
static void every_ceiling_of_the_arena(void **state)
{
	(void)state;
	BUF_AUTO zip = workbook();
	const struct str files[] = {S("a;b\n\"c\";d\n"),
	                            S("\xff\xfe"
	                              "a\0;\0b\0"),
	                            buf_str(&zip)};
	for (size_t i = 0; i < LEN(files); i++) {
		enum rc rc = RC_BROKEN;
		size_t max = 0;
		for (; rc != RC_OK; max += 64) {
			struct arena small;
			arena_init(&small, max);
			rc = sheet_read(files[i], &small, &sheet, &err);
			arena_free(&small);
			assert_true(rc == RC_OK || rc == RC_BROKEN);
		}
		assert_in_range(max, 4096, 1 << 18);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation), cmocka_unit_test(every_ceiling_of_the_arena)};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
