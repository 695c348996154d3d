/* SPDX-License-Identifier: EUPL-1.2
 * I7.5: every key that a line can have is explained, in the line's order, and what is no line is not. */
#include "journal/explain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "journal/line.h"

static void every_key_has_its_words(void **state)
{
	(void)state;
	struct arena arena;
	struct explain_pair pairs[EXPLAIN_MAX];
	size_t n;
	unsigned char hash[NIK_HASH] = {1};
	struct entry entry = {.act = ACT_LOOKUP,
	                      .time_us = INT64_C(1795400467000000),
	                      .outcome = "13",
	                      .ground = "quota",
	                      .clause = "J.II.B",
	                      .instansi_id = 1,
	                      .version_id = 2,
	                      .user = 3,
	                      .session = 4,
	                      .kejadian_id = 5,
	                      .user_id = S("operator1"),
	                      .method = "portal",
	                      .document = "ktp-el",
	                      .nik = {INT64_C(3304060101909999)},
	                      .repeat = true,
	                      .repeat_of = 9,
	                      .about = S("a \"b\"\n\u00e9")};
	struct line_place place = {.log_id = 1, .seq = 7, .nik_hash = hash};
	BUF_AUTO line = BUF(LINE_MAX_BYTES);
	assert_int_equal(addr_from_str(S("192.0.2.13"), &entry.peer), RC_OK);
	line_write(&line, &place, &entry);
	arena_init(&arena, 1 << 16);
	assert_int_equal(explain_line(buf_str(&line), &arena, pairs, &n), RC_OK);
	assert_int_equal(n, 21);
	assert_true(str_eq(pairs[0].key, S("log")) && str_eq(pairs[1].value, S("7")));
	for (size_t i = 0; i < n; i++)
		assert_string_not_equal(pairs[i].label, "Keterangan lain");
	assert_true(str_eq(explain_value(pairs, n, "about"), S("a \"b\"\n\u00e9")));
	assert_true(str_eq(explain_value(pairs, n, "repeat"), S("true")));
	assert_null(explain_value(pairs, n, "lain").at);
	for (size_t i = 0; i < n; i++)
		if (str_eq(pairs[i].key, S("act")))
			assert_string_equal(pairs[i].words, "Verifikasi NIK");
	arena_free(&arena);
}

static void what_is_no_line(void **state)
{
	(void)state;
	static const char *const rows[] = {"",
	                                   "x",
	                                   "[1]",
	                                   "{\"a\":{}}",
	                                   "{\"a\":null}",
	                                   "{\"a\":1.5}",
	                                   "{\"a\":1,\"a\":2}",
	                                   "{\"a\":1} "
	                                   "x"};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct arena arena;
		struct explain_pair pairs[EXPLAIN_MAX];
		size_t n;
		arena_init(&arena, 1 << 16);
		assert_int_equal(explain_line(str_c(rows[i]), &arena, pairs, &n), RC_INVALID);
		arena_free(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_key_has_its_words), cmocka_unit_test(what_is_no_line)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
