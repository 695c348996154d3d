/* SPDX-License-Identifier: EUPL-1.2
 * Scopes: the table, their text both ways, and who may ask for which. */
#include "identity/scope.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void every_row_is_whole(void **state)
{
	(void)state;
	size_t n = 0, length = 0;
	for (const struct scope_row *row; (row = scope_at(n)); n++) {
		assert_int_equal(row->scope, n);
		assert_true(*row->key && *row->label);
		for (const char *c = row->key; *c; c++) /* RFC 6749 3.3; a blank parts them */
			assert_true((*c >= 'a' && *c <= 'z') || *c == ':');
		for (size_t k = 0; k < n; k++)
			assert_string_not_equal(row->key, scope_at(k)->key);
		assert_true(row->usual || !row->balikan);
		length += strlen(row->key) + 1;
	}
	assert_int_equal(n, SCOPE_COUNT);
	assert_true(length <= SCOPES_TEXT_MAX);
}

static void text_both_ways(void **state)
{
	(void)state;
	for (scope_set set = 0; set <= SCOPES_ALL; set++) {
		scope_set back;
		struct scopes_text text = scopes_text(set);
		assert_int_equal(scopes_from_text(str_c(text.z), &back, NULL), RC_OK);
		assert_int_equal(back, set);
	}
	scope_set set;
	assert_string_equal(scopes_text(SCOPE_BIT(SCOPE_KESESUAIAN) | SCOPE_BIT(SCOPE_VERIFIKASI)).z, "verifikasi kesesuaian");
	assert_int_equal(scopes_from_text(S("kesesuaian verifikasi kesesuaian"), &set, NULL), RC_OK);
	assert_int_equal(set, SCOPE_BIT(SCOPE_KESESUAIAN) | SCOPE_BIT(SCOPE_VERIFIKASI));
}

static void what_is_no_list(void **state)
{
	(void)state;
	static const char *const rows[] = {" ",
	                                   "verifikasi ",
	                                   " verifikasi",
	                                   "verifikasi  kesesuaian",
	                                   "Verifikasi",
	                                   "verifikasi,kesesuaian",
	                                   "verifikasi\tkesesuaian",
	                                   "semua",
	                                   "balikan",
	                                   "balikan:",
	                                   "verifikasi:read"};
	scope_set set;
	for (size_t i = 0; i < LEN(rows); i++)
		assert_int_equal(scopes_from_text(str_c(rows[i]), &set, NULL), RC_INVALID);
	char z[SCOPES_TEXT_MAX];
	memset(z, 'x', sizeof z);
	assert_int_equal(scopes_from_text(str_from(z, sizeof z), &set, NULL), RC_INVALID);
}

static scope_set allowed(const char *user_id, const char *stored)
{
	scope_set set;
	struct err err = {0};
	assert_int_equal(scopes_allowed(str_c(user_id), str_c(stored), &set, &err), RC_OK);
	return set;
}

static void who_may_ask_for_what(void **state)
{
	(void)state;
	const scope_set telling = SCOPE_BIT(SCOPE_BALIKAN_READ) | SCOPE_BIT(SCOPE_BALIKAN_WRITE) | SCOPE_BIT(SCOPE_KEJADIAN_READ) |
	                          SCOPE_BIT(SCOPE_PERJANJIAN_READ);
	assert_int_equal(allowed("layanan", ""), SCOPES_ALL & ~SCOPE_BIT(SCOPE_KEJADIAN_WRITE));
	assert_int_equal(allowed("layanan", "kejadian:write jurnal:read"),
	                 SCOPE_BIT(SCOPE_KEJADIAN_WRITE) | SCOPE_BIT(SCOPE_JURNAL_READ));
	/* doc/decision/0006: it asks for nobody's data, whatever somebody stored */
	assert_int_equal(allowed("dinkes-balikan", ""), telling);
	assert_int_equal(allowed("dinkes-balikan", "verifikasi kesesuaian balikan:write"), SCOPE_BIT(SCOPE_BALIKAN_WRITE));
	assert_int_equal(allowed("dinkes-balikan", "verifikasi"), 0);
	scope_set set;
	struct err err = {0};
	assert_int_equal(scopes_allowed(S("layanan"), S("semua"), &set, &err), RC_BROKEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(every_row_is_whole),
	        cmocka_unit_test(text_both_ways),
	        cmocka_unit_test(what_is_no_list),
	        cmocka_unit_test(who_may_ask_for_what),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
