/* SPDX-License-Identifier: EUPL-1.2
 * Data balikan that is only rehearsed: the same within the hour is known again, of that
 * agency and for that hour alone. */
#include "feedback/sandbox.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

static unsigned char bytes[32];
static struct feedback *feedback;

static int open_one(void **state)
{
	(void)state;
	struct secret key = {bytes, sizeof bytes};
	struct feedback_conf conf = {.hash_key = key, .office_key = key};
	return feedback_open(&conf, &feedback, NULL) == RC_OK ? 0 : -1;
}

static int close_one(void **state)
{
	(void)state;
	feedback_close(feedback);
	return 0;
}

static enum record_fate told(int64_t instansi_id, int serial, const char *content, int64_t s)
{
	struct record record = {.instansi_id = instansi_id,
	                        .nik = {INT64_C(3304060101909900) + serial},
	                        .content = str_c(content)};
	enum record_fate fate = RECORD_FATE_COUNT;
	assert_int_equal(sandbox_tell(feedback, &record, 1, s * US_PER_S, &fate, NULL), RC_OK);
	return fate;
}

static void the_same_is_known_again(void **state)
{
	(void)state;
	assert_int_equal(told(1, 1, "meninggal", 1000), RECORD_SAVED);
	assert_int_equal(told(1, 1, "meninggal", 1001), RECORD_SAME);
	assert_int_equal(told(1, 1, "hilang", 1002), RECORD_SAVED);
	assert_int_equal(told(1, 2, "meninggal", 1003), RECORD_SAVED);
	assert_int_equal(told(1, 1, "meninggal", 1000 + SANDBOX_TOLD_S - 1), RECORD_SAME);
	assert_int_equal(told(1, 1, "meninggal", 1000 + SANDBOX_TOLD_S), RECORD_SAVED);
}

static void another_agency_is_another(void **state)
{
	(void)state;
	assert_int_equal(told(1, 1, "meninggal", 1000), RECORD_SAVED);
	assert_int_equal(told(2, 1, "meninggal", 1001), RECORD_SAVED);
	assert_int_equal(told(2, 1, "meninggal", 1002), RECORD_SAME);
}

static void within_one_request_too(void **state)
{
	(void)state;
	struct record records[3] = {{.instansi_id = 1, .nik = {1}, .content = S("a")},
	                            {.instansi_id = 1, .nik = {1}, .content = S("b")},
	                            {.instansi_id = 1, .nik = {1}, .content = S("a")}};
	enum record_fate fates[3];
	assert_int_equal(sandbox_tell(feedback, records, 3, US_PER_S, fates, NULL), RC_OK);
	assert_int_equal(fates[0], RECORD_SAVED);
	assert_int_equal(fates[1], RECORD_SAVED);
	assert_int_equal(fates[2], RECORD_SAME);
}

/* However much is told, it is remembered in the same memory. */
static void much_pushes_out_the_old(void **state)
{
	(void)state;
	for (int i = 0; i < 100000; i++)
		assert_int_equal(told(1, i, "meninggal", 1000), RECORD_SAVED);
	assert_int_equal(told(1, 99999, "meninggal", 1000), RECORD_SAME);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_same_is_known_again, open_one, close_one),
		cmocka_unit_test_setup_teardown(another_agency_is_another, open_one, close_one),
		cmocka_unit_test_setup_teardown(within_one_request_too, open_one, close_one),
		cmocka_unit_test_setup_teardown(much_pushes_out_the_old, open_one, close_one),
	};
	return cmocka_run_group_tests_name("feedback/sandbox", tests, NULL, NULL);
}
