/* SPDX-License-Identifier: EUPL-1.2
 * A guard state as bytes: the way there and back loses nothing, the layout is the one
 * written down, and bytes that are no state are refused. */
#include "policy/guard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "policy/guard_workload.h"

static struct workload_row rows[WORKLOAD_ROWS];

static struct guard_state lived(const char *workload, uint64_t seed)
{
	struct guard_state user = {0}, instansi = {0};
	size_t n = workload_make(workload_find(str_c(workload)), seed, rows);
	for (size_t i = 0; i < n; i++) {
		struct guard_ask ask = {{rows[i].outcome == OUTCOME_FORMAT ? 0 : rows[i].typed}, rows[i].time_us};
		if (guard_look(&user, &instansi, &ask, &guard_portal).stage != GUARD_HOLD)
			guard_learn(&user, &instansi, &ask, rows[i].outcome, &guard_portal);
	}
	return user;
}

static void assert_same(const struct guard_state *a, const struct guard_state *b)
{
	uint8_t x[GUARD_STATE_BYTES], y[GUARD_STATE_BYTES];
	guard_encode(a, x);
	guard_encode(b, y);
	assert_memory_equal(x, y, sizeof x);
	assert_int_equal(a->last_us, b->last_us);
	assert_memory_equal(a->score, b->score, sizeof a->score);
	assert_memory_equal(a->recent, b->recent, sizeof a->recent);
	assert_memory_equal(a->step, b->step, sizeof a->step);
	assert_memory_equal(a->place, b->place, sizeof a->place);
	assert_memory_equal(a->serials, b->serials, sizeof a->serials);
}

static void there_and_back(void **state)
{
	(void)state;
	static const char *const names[] = {"typos", "serial-up", "program-even", "guesses", "days-shuffled", "sorted"};
	for (size_t i = 0; i < LEN(names); i++)
		for (uint64_t seed = 1; seed <= 20; seed++) {
			struct guard_state one = lived(names[i], seed), two;
			uint8_t bytes[GUARD_STATE_BYTES];
			guard_encode(&one, bytes);
			assert_int_equal(guard_decode(bytes, sizeof bytes, &two), RC_OK);
			assert_same(&one, &two);
		}
}

static void a_fresh_state_is_zeros_behind_the_version(void **state)
{
	(void)state;
	struct guard_state fresh = {0};
	uint8_t bytes[GUARD_STATE_BYTES], zeros[GUARD_STATE_BYTES - 1] = {0};
	guard_encode(&fresh, bytes);
	assert_int_equal(bytes[0], 1);
	assert_memory_equal(bytes + 1, zeros, sizeof zeros);
}

static void the_layout_is_little_endian(void **state)
{
	(void)state;
	struct guard_state one = {.last_us = 0x0102030405060708, .score = {0x0a0b}};
	uint8_t bytes[GUARD_STATE_BYTES];
	static const uint8_t time[] = {8, 7, 6, 5, 4, 3, 2, 1};
	guard_encode(&one, bytes);
	assert_memory_equal(bytes + 1, time, sizeof time);
	assert_int_equal(bytes[17], 0x0b);
	assert_int_equal(bytes[18], 0x0a);
}

static void other_bytes_are_refused(void **state)
{
	(void)state;
	struct guard_state one = lived("typos", 3), two;
	uint8_t bytes[GUARD_STATE_BYTES + 1] = {0};
	guard_encode(&one, bytes);
	assert_int_equal(guard_decode(bytes, GUARD_STATE_BYTES - 1, &two), RC_INVALID);
	assert_int_equal(guard_decode(bytes, GUARD_STATE_BYTES + 1, &two), RC_INVALID);
	assert_int_equal(guard_decode(bytes, 0, &two), RC_INVALID);
	bytes[0] = 2;
	assert_int_equal(guard_decode(bytes, GUARD_STATE_BYTES, &two), RC_INVALID);
	assert_int_equal(two.filled, 0);
	bytes[0] = 1;
	bytes[15] = 0x7f; /* a gap of centuries */
	assert_int_equal(guard_decode(bytes, GUARD_STATE_BYTES, &two), RC_INVALID);
	bytes[15] = 0;
	assert_int_equal(guard_decode(bytes, GUARD_STATE_BYTES, &two), RC_OK);
	bytes[20] = 0xff; /* a score below nothing */
	assert_int_equal(guard_decode(bytes, GUARD_STATE_BYTES, &two), RC_INVALID);
}

/* Whatever a disk does to one byte: refused, or a state that can be worked with. */
static void any_byte_may_be_wrong(void **state)
{
	(void)state;
	struct guard_state one = lived("typos", 5);
	for (size_t at = 0; at < GUARD_STATE_BYTES; at++)
		for (int value = 0; value < 256; value += 15) {
			struct guard_state two, instansi = {0};
			struct guard_ask ask = {{INT64_C(3304060505900001)}, INT64_C(1767232800000000)};
			uint8_t bytes[GUARD_STATE_BYTES];
			guard_encode(&one, bytes);
			bytes[at] = (uint8_t)value;
			if (guard_decode(bytes, sizeof bytes, &two) != RC_OK)
				continue;
			guard_look(&two, &instansi, &ask, &guard_portal);
			guard_learn(&two, &instansi, &ask, OUTCOME_ABSENT, &guard_portal);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(a_fresh_state_is_zeros_behind_the_version),
		cmocka_unit_test(the_layout_is_little_endian),
		cmocka_unit_test(other_bytes_are_refused),
		cmocka_unit_test(any_byte_may_be_wrong),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
