/* SPDX-License-Identifier: EUPL-1.2
 * The words of a load's progress. */
#include "cli/meter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void words(void **state)
{
	(void)state;
	char room[160];
	meter_words(&(struct load_progress){.rows = 1234567, .bad = 3, .rows_per_s = 512345.6, .bytes_done = 50, .bytes_all = 200,
	                                    .eta_s = 61.4}, room, sizeof room);
	assert_string_equal(room, "1.234.567 baris, 3 ditolak, 512.345/detik, 25%, sisa 1:01");
	meter_words(&(struct load_progress){.rows = 999}, room, sizeof room); /* a pipe: no end in sight */
	assert_string_equal(room, "999 baris, 0 ditolak, 0/detik");
	meter_words(&(struct load_progress){.rows = 1000, .bytes_all = 9, .eta_s = 1e30}, room, sizeof room);
	assert_string_equal(room, "1.000 baris, 0 ditolak, 0/detik");
}

static void nothing_but_a_terminal_is_drawn_on(void **state)
{
	(void)state;
	struct meter meter = {.terminal = false};
	meter_load(&meter, &(struct load_progress){.rows = 1});
	meter_count(&meter, 1, 2);
	meter_rows(&meter, "instansi", 1, 2);
	assert_false(meter.drawn);
	meter_end(&meter);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words),
		cmocka_unit_test(nothing_but_a_terminal_is_drawn_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
