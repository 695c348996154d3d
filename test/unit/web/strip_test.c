/* SPDX-License-Identifier: EUPL-1.2
 * The quota cell: what is left in words and on the meter, the end of it in words. */
#include "web/strip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void cell(int64_t left, int64_t limit, struct buf *out)
{
	buf_clear(out);
	strip_quota_write(out, left, limit);
	buf_addc(out, 0);
	assert_true(buf_ok(out));
	assert_non_null(strstr(out->at, "id=\"kuota\"")); /* the script puts it in place by its id */
}

static void what_is_left_is_said_and_drawn(void **state)
{
	(void)state;
	BUF_AUTO out = BUF(4096);
	cell(142, 200, &out);
	assert_non_null(strstr(out.at, "142 dari 200 hit tersisa"));
	assert_non_null(strstr(out.at, "max=\"200\" low=\"40\""));
	assert_non_null(strstr(out.at, "value=\"142\""));
}

static void the_end_is_said(void **state)
{
	(void)state;
	BUF_AUTO out = BUF(4096);
	cell(0, 200, &out);
	assert_non_null(strstr(out.at, "0 dari 200 hit tersisa"));
	assert_non_null(strstr(out.at, "telah habis; pulih pukul 00.00 WIB"));
}

static void no_limit_and_no_knowledge_draw_no_meter(void **state)
{
	(void)state;
	BUF_AUTO out = BUF(4096);
	cell(-1, -1, &out);
	assert_non_null(strstr(out.at, "tanpa batas"));
	assert_null(strstr(out.at, "<meter"));
	cell(0, 0, &out);
	assert_null(strstr(out.at, "<meter"));
	assert_null(strstr(out.at, "habis"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_left_is_said_and_drawn),
		cmocka_unit_test(the_end_is_said),
		cmocka_unit_test(no_limit_and_no_knowledge_draw_no_meter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
