/* SPDX-License-Identifier: EUPL-1.2
 * How a user id is shown in a report. */
#include "report/mask.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define DOTS "\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2"

static void p8_user_ids_are_masked(void **state)
{
	(void)state;
	static const struct {
		const char *user_id, *mask;
	} rows[] = {
	        {"bpbd-operator1", "bp" DOTS "1"},
	        {"kepala", "ke" DOTS "a"},
	        {"admin", "a" DOTS},
	        {"a", "a" DOTS},
	        {"", ""},
	        {"\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", "\xc3\xa9\xc3\xa9" DOTS "\xc3\xa9"},
	        {"12345678901234567890123456789012", "12" DOTS "2"},
	};
	for (size_t i = 0; i < LEN(rows); i++)
		assert_string_equal(mask_user_id(str_c(rows[i].user_id)).z, rows[i].mask);
	assert_string_equal(mask_user_id((struct str){0}).z, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(p8_user_ids_are_masked)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
