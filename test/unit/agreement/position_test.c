/* SPDX-License-Identifier: EUPL-1.2
 * From a path to its line, and how deep brackets go. */
#include "agreement/position.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const char json[] = "\n"                           /* 1 */
                           "{ \"a\": 1,\n"                /* 2 */
                           "  \"b,\\\"}\": \"x]\\\\\",\n" /* 3 */
                           "  \"c\": [10, [20, 21],\n"    /* 4 */
                           "    {\"d\": null,\n"          /* 5 */
                           "     \"e\":\n"                /* 6 */
                           "     [ true,\n"               /* 7 */
                           "       {\"f\": -1}]}],\n"     /* 8 */
                           "  \"g\": {}, \"h\": [],\n"    /* 9 */
                           "  \"i\": {\"a\": 5}\n"        /* 10 */
                           "}\n";

static void paths_lead_to_lines(void **state)
{
	(void)state;
	static const struct {
		const char *path;
		int line;
	} rows[] = {
	        {"", 2},
	        {"a", 2},
	        {"c", 4},
	        {"c[0]", 4},
	        {"c[1][1]", 4},
	        {"c[2]", 5},
	        {"c[2].d", 5},
	        {"c[2].e", 6},
	        {"c[2].e[0]", 7},
	        {"c[2].e[1]", 8},
	        {"c[2].e[1].f", 8},
	        {"g", 9},
	        {"h", 9},
	        {"i", 10},
	        {"i.a", 10},
	        /* what is not there: the deepest part that is */
	        {"z", 2},
	        {"c[9]", 4},
	        {"c[2].e[7].x", 6},
	        {"h[0]", 9},
	        {"g.x", 9},
	        {"a.b", 2},
	        {"a[0]", 2},
	        {"c[x]", 4},
	        {"c[", 4},
	        {"..", 2},
	        {"i.", 10},
	};
	for (size_t i = 0; i < LEN(rows); i++)
		if (position_line(str_c(json), rows[i].path) != rows[i].line)
			fail_msg("%s: line %d, not %d", rows[i].path, position_line(str_c(json), rows[i].path), rows[i].line);
}

static void texts_that_are_no_json_end(void **state)
{
	(void)state;
	static const char *const rows[] = {"", "{", "{\"a", "{\"a\"", "{\"a\":", "[", "[1,", "\"", "\\", "{\"a\":\"\\", "}", "]"};
	for (size_t i = 0; i < LEN(rows); i++)
		assert_true(position_line(str_c(rows[i]), "a[1].b") >= 1);
	assert_int_equal(position_line((struct str){NULL, 0}, "a"), 1);
}

static void depth_is_counted_outside_strings(void **state)
{
	(void)state;
	assert_int_equal(position_too_deep(str_c(json), 5), 0);
	assert_int_equal(position_too_deep(str_c(json), 3), 7);
	assert_int_equal(position_too_deep(S("[\"[[[[\\\"[[[[\"]"), 1), 0);
	assert_int_equal(position_too_deep(S("[\n[\n["), 2), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(paths_lead_to_lines),
	        cmocka_unit_test(texts_that_are_no_json_end),
	        cmocka_unit_test(depth_is_counted_outside_strings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
