/* SPDX-License-Identifier: EUPL-1.2
 * The log: one event is one line, however long and whatever is in it. */
#include "sys/log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define NOW (INT64_C(1764000000) * US_PER_S)

static void two_looks(void **state)
{
	(void)state;
	char line[LOG_LINE_MAX];
	size_t n = log_format(line, true, LOG_LEVEL_WARNING, NOW, "x");
	assert_string_equal(line, "<4>x\n");
	assert_int_equal(n, strlen(line));
	log_format(line, false, LOG_LEVEL_ERROR, NOW, "x");
	assert_string_equal(line, "2025-11-24T16:00:00.000000Z GALAT: x\n");
}

static void one_event_one_line(void **state)
{
	(void)state;
	char line[LOG_LINE_MAX];
	log_format(line, true, LOG_LEVEL_INFO, NOW, "a\nb\r\x1b[31mc\x7f");
	assert_string_equal(line, "<6>a b  [31mc \n");
}

static void a_long_text_is_cut(void **state)
{
	(void)state;
	char line[LOG_LINE_MAX], text[LOG_LINE_MAX * 2];
	memset(text, 'x', sizeof text);
	text[sizeof text - 1] = '\0';
	size_t n = log_format(line, true, LOG_LEVEL_INFO, NOW, text);
	assert_int_equal(n, LOG_LINE_MAX - 1);
	assert_int_equal(line[n - 1], '\n');
	assert_int_equal(line[n], '\0');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_looks),
		cmocka_unit_test(one_event_one_line),
		cmocka_unit_test(a_long_text_is_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
