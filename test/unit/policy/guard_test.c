/* SPDX-License-Identifier: EUPL-1.2
 * The pattern guard by hand: every named reason with its evidence, what must pass, the
 * instansi's view, clocks that step, values at the edge (J.II.E1, DOMAIN 5). */
#include "policy/guard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define T0 (INT64_C(1767232800) * US_PER_S)

struct desk {
	struct guard_state user[4], instansi;
	int64_t now_us;
	uint64_t chance;
	struct guard_verdict last;
};

static struct desk desk(void)
{
	return (struct desk){.now_us = T0, .chance = 7};
}

/* Gaps of 6 to 18 seconds that no machine would have. */
static int64_t pause_us(struct desk *d)
{
	d->chance = d->chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return 6 * US_PER_S + (int64_t)(d->chance >> 33) % (12 * US_PER_S);
}

static enum guard_stage ask_as(struct desk *d, int user, int64_t nik, enum outcome outcome)
{
	struct guard_ask ask = {{nik}, d->now_us};
	d->last = guard_look(&d->user[user], &d->instansi, &ask, &guard_portal);
	if (d->last.stage != GUARD_HOLD)
		guard_learn(&d->user[user], &d->instansi, &ask, outcome, &guard_portal);
	d->now_us += pause_us(d);
	return d->last.stage;
}

static enum guard_stage ask(struct desk *d, int64_t nik)
{
	return ask_as(d, 0, nik, OUTCOME_DATA);
}

/* Base, base + step ...: how many were answered before the hold; -1: never held. */
static int leak(struct desk *d, int64_t base, int64_t step, int n)
{
	for (int i = 0; i < n; i++)
		if (ask(d, base + i * step) == GUARD_HOLD)
			return i;
	return -1;
}

static int64_t nik(int region, int day, int month, int year, int serial)
{
	return (((region * INT64_C(100) + day) * 100 + month) * 100 + year) * 10000 + serial;
}

/* Somebody from everywhere, another one for each i. */
static int64_t anybody(int i)
{
	uint64_t h = ((uint64_t)i + 1) * UINT64_C(0x9e3779b97f4a7c15);
	h = (h ^ h >> 29) * UINT64_C(0xbf58476d1ce4e5b9);
	h ^= h >> 32;
	return nik(330401 + (int)(h % 20), 1 + (int)(h >> 8 & 0xffff) % 28, 1 + (int)(h >> 16 & 0xffff) % 12,
	           40 + (int)(h >> 24 & 0xffff) % 60, 1 + (int)(h >> 40 & 0xff) % 4);
}

static void held_for(const struct desk *d, enum guard_reason reason, enum guard_clue clue, const char *words)
{
	assert_int_equal(d->last.stage, GUARD_HOLD);
	assert_string_equal(guard_reason_name(d->last.reason), guard_reason_name(reason));
	assert_int_equal(d->last.clue, clue);
	if (!strstr(d->last.evidence, words))
		fail_msg("'%s' does not say '%s'", d->last.evidence, words);
}

/* ---- berurutan ---- */

static void serials_up_are_berurutan(void **state)
{
	(void)state;
	struct desk d = desk();
	int n = leak(&d, nik(330406, 5, 5, 90, 1), 1, 20);
	assert_in_range(n, 3, 8);
	held_for(&d, GUARD_BERURUTAN, GUARD_WALK, "NIK berturut-turut naik 1 pada 12 digit yang sama");
}

static void serials_down_are_berurutan(void **state)
{
	(void)state;
	struct desk d = desk();
	assert_in_range(leak(&d, nik(330406, 5, 5, 90, 60), -1, 20), 3, 8);
	held_for(&d, GUARD_BERURUTAN, GUARD_WALK, "turun 1");
}

static void three_neighbours_are_not_yet(void **state)
{
	(void)state;
	struct desk d = desk();
	assert_int_equal(leak(&d, nik(330406, 5, 5, 90, 1), 1, 3), -1);
	assert_int_not_equal(d.last.stage, GUARD_WARN);
}

/* ---- berpola ---- */

static void constant_steps_are_berpola(void **state)
{
	(void)state;
	struct desk d = desk();
	assert_in_range(leak(&d, nik(330406, 5, 5, 90, 1), 7, 20), 3, 8);
	held_for(&d, GUARD_BERPOLA, GUARD_WALK, "naik 7");
	d = desk();
	assert_in_range(leak(&d, nik(330406, 1, 1, 60, 1), 10001, 20), 3, 8);
	held_for(&d, GUARD_BERPOLA, GUARD_WALK, "berselisih tetap");
}

static void shuffled_serials_are_berpola(void **state)
{
	(void)state;
	static const int serials[] = {14, 3, 29, 8, 22, 1, 17, 40, 11, 35, 6, 25, 19, 2, 31, 9, 44, 12, 27, 5};
	struct desk d = desk();
	size_t i = 0;
	while (i < LEN(serials) && ask(&d, nik(330406, 5, 5, 90, serials[i])) != GUARD_HOLD)
		i++;
	assert_in_range(i, 4, 12);
	held_for(&d, GUARD_BERPOLA, GUARD_SPREAD, "wilayah dan tanggal lahir yang sama");
}

static void date_walks_are_berpola(void **state)
{
	(void)state;
	struct desk d = desk();
	assert_in_range(leak(&d, nik(330406, 1, 5, 90, 1), 100000000, 28), 3, 10);
	held_for(&d, GUARD_BERPOLA, GUARD_WALK, "tanggal lahir naik 1");
	d = desk();
	assert_in_range(leak(&d, nik(330406, 1, 1, 90, 1), 1000000, 12), 3, 10);
	held_for(&d, GUARD_BERPOLA, GUARD_WALK, "bulan lahir naik 1");
	d = desk();
	assert_in_range(leak(&d, nik(330406, 9, 5, 60, 1), 10000, 30), 3, 12);
	held_for(&d, GUARD_BERPOLA, GUARD_WALK, "tahun lahir naik 1");
}

static void shuffled_days_are_a_sweep(void **state)
{
	(void)state;
	struct desk d = desk();
	int i = 0;
	while (i < 28 && ask(&d, nik(330406, 1 + i * i * 3 % 29 + 40 * (i % 2), 5, 90, 1)) != GUARD_HOLD)
		i++;
	assert_in_range(i, 6, 25);
	held_for(&d, GUARD_BERPOLA, GUARD_SWEEP, "tanggal lahir disapu");
}

static void regions_are_a_sweep(void **state)
{
	(void)state;
	static const int kecamatan[] = {7, 2, 15, 11, 4, 19, 1, 9, 13, 6, 17, 3};
	struct desk d = desk();
	size_t i = 0;
	while (i < LEN(kecamatan) && ask(&d, nik(330400 + kecamatan[i], 5, 5, 90, 1)) != GUARD_HOLD)
		i++;
	assert_in_range(i, 3, 8);
	held_for(&d, GUARD_BERPOLA, GUARD_SWEEP, "kode wilayah disapu 3304");
}

static void the_other_sex_again_and_again(void **state)
{
	(void)state;
	struct desk d = desk();
	int i = 0;
	while (i < 60 && ask(&d, nik(330401 + i / 2 % 20, 1 + i / 2 * 11 % 28 + 40 * (i % 2), 1 + i / 2 * 5 % 12, 40 + i / 2, 2)) !=
	                         GUARD_HOLD)
		i++;
	assert_in_range(i, 6, 25);
	held_for(&d, GUARD_BERPOLA, GUARD_SWEEP, "laki-laki dan perempuan");
}

static void what_does_not_exist_is_counted(void **state)
{
	(void)state;
	struct desk d = desk();
	int i = 0;
	while (i < 80 && ask_as(&d, 0, anybody(i), i % 8 < 5 ? OUTCOME_ABSENT : OUTCOME_DATA) != GUARD_HOLD)
		i++;
	assert_in_range(i, 8, 40);
	held_for(&d, GUARD_BERPOLA, GUARD_SHARE, "% tidak terdapat atau salah format dari ");
}

static void format_errors_count_too(void **state)
{
	(void)state;
	struct desk d = desk();
	int i = 0;
	while (i < 80 && ask_as(&d, 0, 0, OUTCOME_FORMAT) != GUARD_HOLD)
		i++;
	assert_in_range(i, 10, 25);
	held_for(&d, GUARD_BERPOLA, GUARD_SHARE, "100% ");
}

static void a_walk_on_spent_quota_is_a_walk(void **state)
{
	(void)state;
	struct desk d = desk();
	int i = 0;
	while (i < 20 && ask_as(&d, 0, nik(330406, 5, 5, 90, 1 + i), OUTCOME_QUOTA) != GUARD_HOLD)
		i++;
	assert_in_range(i, 3, 8);
}

static void two_patterns_taking_turns(void **state)
{
	(void)state;
	struct desk d = desk();
	int i = 0;
	while (i < 40 && ask(&d, i % 2 ? nik(330409, 1 + i / 2, 8, 77, 1) : nik(330406, 5, 5, 90, 3 + i / 2)) != GUARD_HOLD)
		i++;
	assert_in_range(i, 5, 16);
}

/* ---- berdekatan ---- */

static int run_paced(struct desk *d, int64_t gap_us, int64_t jitter_us, int n)
{
	for (int i = 0; i < n; i++) {
		d->now_us = T0 + i * gap_us + (i * 7 % 5 - 2) * jitter_us;
		if (ask(d, anybody(i)) == GUARD_HOLD)
			return i;
	}
	return -1;
}

static void faster_than_hands_is_berdekatan(void **state)
{
	(void)state;
	struct desk d = desk();
	assert_in_range(run_paced(&d, 800000, 20000, 60), 4, 12);
	held_for(&d, GUARD_BERDEKATAN, GUARD_PACE, "lebih cepat daripada orang mengetik");
}

static void even_as_a_machine_is_berdekatan(void **state)
{
	(void)state;
	struct desk d = desk();
	assert_in_range(run_paced(&d, 5300000, 15000, 60), 6, 25);
	held_for(&d, GUARD_BERDEKATAN, GUARD_RHYTHM, "jarak 5,");
	assert_non_null(strstr(d.last.evidence, "hampir tetap"));
}

/* Three and four seconds by a clock that counts whole ones: a quick person. */
static void whole_seconds_are_no_rhythm(void **state)
{
	(void)state;
	struct desk d = desk();
	int64_t now_us = T0;
	for (int i = 0; i < 300; i++) {
		d.now_us = now_us;
		assert_true(ask(&d, anybody(i)) < GUARD_HOLD);
		now_us += (anybody(i) / 10000 % 97 % 4 ? 3 : 4) * US_PER_S;
	}
}

static void web_services_may_be_fast(void **state)
{
	(void)state;
	struct desk d = desk();
	for (int i = 0; i < 300; i++) {
		struct guard_ask one = {{anybody(i)}, T0 + i * 10000};
		assert_int_equal(guard_look(&d.user[0], &d.instansi, &one, &guard_service).stage, GUARD_PASS);
		guard_learn(&d.user[0], &d.instansi, &one, OUTCOME_DATA, &guard_service);
	}
	int i = 0;
	for (; i < 30; i++) {
		struct guard_ask one = {{nik(330406, 5, 5, 90, 1 + i)}, T0 + i * 10000};
		if (guard_look(&d.user[0], &d.instansi, &one, &guard_service).stage == GUARD_HOLD)
			break;
	}
	assert_in_range(i, 3, 10);
}

/* ---- what must pass ---- */

static void asking_again_changes_nothing(void **state)
{
	(void)state;
	struct desk d = desk();
	ask_as(&d, 0, anybody(3), OUTCOME_ABSENT);
	struct desk before = d;
	for (int i = 0; i < 50; i++)
		assert_int_equal(ask_as(&d, 0, anybody(3), i % 2 ? OUTCOME_ABSENT : OUTCOME_DATA), GUARD_PASS);
	assert_memory_equal(d.user, before.user, sizeof d.user);
	assert_memory_equal(&d.instansi, &before.instansi, sizeof d.instansi);
}

static void corrections_are_not_steps(void **state)
{
	(void)state;
	struct desk d = desk();
	for (int i = 0; i < 60; i++) {
		int64_t right = anybody(i * 3 + 1);
		assert_true(ask_as(&d, 0, 0, OUTCOME_FORMAT) < GUARD_WARN);
		assert_true(ask_as(&d, 0, right + (right % 10 < 8 ? 1 : -1), OUTCOME_ABSENT) < GUARD_WARN);
		assert_true(ask_as(&d, 0, right, OUTCOME_DATA) < GUARD_WARN);
		for (int k = 0; k < 2; k++)
			assert_true(ask(&d, anybody(500 + i * 2 + k)) < GUARD_WARN);
	}
}

static void rehearsal_numbers_may_be_absent(void **state)
{
	(void)state;
	struct desk d = desk();
	for (int i = 0; i < 50; i++)
		assert_true(ask_as(&d, 0, anybody(i) / 10000 * 10000 + 9900 + i * 37 % 100, OUTCOME_ABSENT) < GUARD_WARN);
}

/* ---- the instansi ---- */

static void two_user_ids_taking_turns_are_seen(void **state)
{
	(void)state;
	struct desk d = desk();
	bool held[2] = {false};
	int leaked = 0;
	for (int i = 0; i < 100; i++) {
		int user = i * i / 3 % 2;
		held[user] |= ask_as(&d, user, nik(330406, 5, 5, 90, 1 + i), OUTCOME_DATA) == GUARD_HOLD;
		leaked += d.last.stage != GUARD_HOLD;
	}
	assert_true(held[0] && held[1]);
	assert_in_range(leaked, 5, 30);
}

static void a_colleague_is_not_held_for_it(void **state)
{
	(void)state;
	struct desk d = desk();
	for (int i = 0; i < 40; i++) {
		ask_as(&d, i % 2, nik(330406, 5, 5, 90, 1 + i), OUTCOME_DATA);
		assert_int_equal(ask_as(&d, 2, anybody(i), OUTCOME_DATA), GUARD_PASS);
	}
	/* twins, while the instansi's scores stand high */
	assert_true(ask_as(&d, 2, nik(330412, 9, 9, 2, 1), OUTCOME_DATA) < GUARD_WARN);
	assert_true(ask_as(&d, 2, nik(330412, 9, 9, 2, 2), OUTCOME_DATA) < GUARD_WARN);
}

static void a_hold_stays_until_it_is_released(void **state)
{
	(void)state;
	struct desk d = desk();
	assert_true(leak(&d, nik(330406, 5, 5, 90, 1), 1, 20) >= 0);
	enum guard_reason reason = d.last.reason;
	d.now_us += 90 * US_PER_DAY;
	assert_int_equal(ask(&d, anybody(1)), GUARD_HOLD);
	assert_int_equal(d.last.reason, reason);
	assert_true(d.last.evidence[0]);
	guard_release(&d.user[0]);
	assert_int_equal(ask(&d, anybody(2)), GUARD_PASS);
}

/* ---- time ---- */

static void a_drip_over_weeks_is_a_walk(void **state)
{
	(void)state;
	struct desk d = desk();
	int i = 0;
	for (; i < 40; i++, d.now_us += 7 * US_PER_DAY)
		if (ask(&d, nik(330406, 5, 5, 90, 1 + i)) == GUARD_HOLD)
			break;
	assert_in_range(i, 3, 10);
}

static void an_idle_season_forgives(void **state)
{
	(void)state;
	struct desk d = desk();
	leak(&d, nik(330406, 5, 5, 90, 1), 1, 4);
	assert_true(d.user[0].score[GUARD_WALK] > 0);
	d.now_us += 61 * US_PER_DAY;
	ask(&d, anybody(1));
	assert_int_equal(d.user[0].score[GUARD_WALK], 0);
}

static void clocks_may_step(void **state)
{
	(void)state;
	struct desk d = desk();
	static const int64_t steps[] = {-3600 * US_PER_S, 0, -1, 5 * US_PER_S, 400 * US_PER_DAY, -500 * US_PER_DAY};
	for (int i = 0; i < 200; i++) {
		d.now_us += steps[(size_t)i % LEN(steps)];
		assert_true(ask(&d, anybody(i)) < GUARD_HOLD);
	}
	/* and a walk is one on any clock */
	int i = 0;
	for (; i < 20; i++, d.now_us -= 3600 * US_PER_S)
		if (ask(&d, nik(330406, 5, 5, 90, 1 + i)) == GUARD_HOLD)
			break;
	assert_in_range(i, 3, 8);
}

static void values_at_the_edge(void **state)
{
	(void)state;
	static const int64_t niks[] = {
		0, -1, INT64_MIN, INT64_MAX, 9999999999999999, 9781311299990000, 1101010101000001, 9771123199999999};
	static const int64_t times[] = {0, -1, 1, INT64_MIN / 2, INT64_MAX / 2, T0};
	struct desk d = desk();
	for (size_t i = 0; i < 400; i++) {
		struct guard_ask one = {{niks[i % LEN(niks)]}, times[i / 3 % LEN(times)]};
		guard_look(&d.user[0], &d.instansi, &one, &guard_portal);
		guard_learn(&d.user[0], &d.instansi, &one, (enum outcome[]){OUTCOME_ABSENT, OUTCOME_DATA, OUTCOME_USER}[i % 3],
		            &guard_portal);
	}
	for (int clue = 0; clue < GUARD_CLUES; clue++)
		assert_in_range(d.user[0].score[clue], 0, GUARD_SCORE_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(serials_up_are_berurutan),
		cmocka_unit_test(serials_down_are_berurutan),
		cmocka_unit_test(three_neighbours_are_not_yet),
		cmocka_unit_test(constant_steps_are_berpola),
		cmocka_unit_test(shuffled_serials_are_berpola),
		cmocka_unit_test(date_walks_are_berpola),
		cmocka_unit_test(shuffled_days_are_a_sweep),
		cmocka_unit_test(regions_are_a_sweep),
		cmocka_unit_test(the_other_sex_again_and_again),
		cmocka_unit_test(what_does_not_exist_is_counted),
		cmocka_unit_test(format_errors_count_too),
		cmocka_unit_test(a_walk_on_spent_quota_is_a_walk),
		cmocka_unit_test(two_patterns_taking_turns),
		cmocka_unit_test(faster_than_hands_is_berdekatan),
		cmocka_unit_test(even_as_a_machine_is_berdekatan),
		cmocka_unit_test(whole_seconds_are_no_rhythm),
		cmocka_unit_test(web_services_may_be_fast),
		cmocka_unit_test(asking_again_changes_nothing),
		cmocka_unit_test(corrections_are_not_steps),
		cmocka_unit_test(rehearsal_numbers_may_be_absent),
		cmocka_unit_test(two_user_ids_taking_turns_are_seen),
		cmocka_unit_test(a_colleague_is_not_held_for_it),
		cmocka_unit_test(a_hold_stays_until_it_is_released),
		cmocka_unit_test(a_drip_over_weeks_is_a_walk),
		cmocka_unit_test(an_idle_season_forgives),
		cmocka_unit_test(clocks_may_step),
		cmocka_unit_test(values_at_the_edge),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
