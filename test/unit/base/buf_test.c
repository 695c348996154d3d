/* SPDX-License-Identifier: EUPL-1.2
 * Buffers: the ceiling to the byte, stickiness, and the three escapes. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void assert_buf(const struct buf *b, const char *want)
{
	assert_true(buf_ok(b));
	if (!str_eq(buf_str(b), str_c(want)))
		fail_msg("%.*s is not %s", STR_ARG(buf_str(b)), want);
}

static void the_ceiling_holds(void **state)
{
	(void)state;
	for (size_t max = 0; max < 600; max += 7) {
		BUF_AUTO b = BUF(max);
		for (size_t i = 0; i < max; i++)
			buf_addc(&b, 'x');
		assert_true(buf_ok(&b));
		assert_int_equal(b.n, max);
		buf_addc(&b, 'y');
		assert_false(buf_ok(&b));
		buf_add(&b, S("")); /* sticky */
		assert_false(buf_ok(&b));
		assert_int_equal(b.n, max);
		buf_clear(&b);
		assert_true(buf_ok(&b));
		buf_add(&b, S(""));
		assert_true(buf_ok(&b));
	}
}

static void formatting_stops_at_the_ceiling(void **state)
{
	(void)state;
	BUF_AUTO b = BUF(10);
	buf_addf(&b, "%d-%s", 12345, "abcd");
	assert_buf(&b, "12345-abcd");
	buf_addf(&b, "%s", "");
	assert_buf(&b, "12345-abcd");
	buf_addf(&b, "x");
	assert_false(buf_ok(&b));
	assert_int_equal(b.n, 10);
	struct buf huge = BUF(SIZE_MAX);
	buf_addc(&huge, 'a');
	assert_false(buf_room(&huge, SIZE_MAX));
	assert_false(buf_ok(&huge));
	buf_free(&huge);
	buf_free(&huge); /* twice is fine */
}

static void integers(void **state)
{
	(void)state;
	BUF_AUTO b = BUF(200);
	static const int64_t n[] = {0, 7, -7, 10, 3304130101909999, 9712345678901234, INT64_MAX, INT64_MIN};
	for (size_t i = 0; i < LEN(n); i++) {
		buf_add_int(&b, n[i]);
		buf_addc(&b, ' ');
	}
	assert_buf(&b, "0 7 -7 10 3304130101909999 9712345678901234 9223372036854775807 -9223372036854775808 ");
}

static void json(void **state)
{
	(void)state;
	BUF_AUTO b = BUF(400);
	buf_add_json(&b, S("a\"b\\c\nd\te\rf\x01g\x7fh/"));
	assert_buf(&b, "\"a\\\"b\\\\c\\nd\\te\\rf\\u0001g\\u007fh/\"");
	buf_clear(&b);
	buf_add_json(&b, S("\xc3\xa9\xf0\x9f\x98\x80"));
	assert_buf(&b, "\"\xc3\xa9\xf0\x9f\x98\x80\"");
	buf_clear(&b);
	buf_add_json(&b, S("a\xff"
	                   "b"));
	assert_buf(&b, "\"a\xef\xbf\xbd"
	               "b\"");
	buf_clear(&b);
	buf_add_json(&b, str_from("\0", 1));
	assert_buf(&b, "\"\\u0000\"");
	buf_clear(&b);
	buf_add_json(&b, (struct str){NULL, 0});
	assert_buf(&b, "\"\"");
}

/* A control character does not turn the good letters beside it into U+FFFD. */
static void json_keeps_valid_characters(void **state)
{
	(void)state;
	BUF_AUTO b = BUF(400);
	buf_add_json(&b, S("\x01\xc3\xa9\xff\xe2\x82"));
	assert_buf(&b, "\"\\u0001\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
}

static void html(void **state)
{
	(void)state;
	BUF_AUTO b = BUF(200);
	buf_add_html(&b, S("<a href=\"x\" b='y'>&amp;</a>"));
	assert_buf(&b, "&lt;a href=&#34;x&#34; b=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;");
	buf_clear(&b);
	buf_add_html(&b, (struct str){NULL, 0});
	assert_buf(&b, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(the_ceiling_holds),
	        cmocka_unit_test(formatting_stops_at_the_ceiling),
	        cmocka_unit_test(integers),
	        cmocka_unit_test(json),
	        cmocka_unit_test(json_keeps_valid_characters),
	        cmocka_unit_test(html),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
