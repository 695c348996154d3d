/* SPDX-License-Identifier: EUPL-1.2
 * Browsers as people know them; whoever claims to be several is the first of them. */
#include "web/browser.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void browsers_are_recognised(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox di Linux"},
		{"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0", "Chrome di Windows"},
		{"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36 Edg/126.0", "Edge di Windows"},
		{"Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0", "Chrome di Android"},
		{"Mozilla/5.0 (iPhone; iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", "Safari di iPhone"},
		{"curl/7.88.1", "curl"},
		{"", "Peramban tidak dikenal"},
		{"<script>alert(1)</script>", "Peramban tidak dikenal"},
	};
	struct arena arena;
	arena_init(&arena, 4096);
	for (size_t i = 0; i < LEN(rows); i++) {
		struct str name = browser_name(&arena, str_c(rows[i][0]));
		assert_int_equal(name.n, strlen(rows[i][1]));
		assert_memory_equal(name.at, rows[i][1], name.n);
	}
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(browsers_are_recognised)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
