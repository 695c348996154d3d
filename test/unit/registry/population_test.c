/* SPDX-License-Identifier: EUPL-1.2
 * Synthetic residents: the same on every machine, never the same NIK twice, plausible. */
#include "registry/population.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

#include "registry/jobs.h"
#include "registry/row.h"

#define CHECKSUM_5000_1 UINT64_C(0x901be2ab39b7fa3f)

static struct population *new_population(struct arena *arena, int64_t n, uint64_t seed)
{
	struct population *p;
	arena_init(arena, (size_t)16 << 20);
	assert_int_equal(population_new(n, seed, arena, &p, NULL), RC_OK);
	return p;
}

static uint64_t checksum(int64_t n, uint64_t seed)
{
	struct arena arena;
	struct person person;
	struct population *p = new_population(&arena, n, seed);
	BUF_AUTO b = BUF((size_t)64 << 20);
	uint64_t sum = UINT64_C(14695981039346656037);
	while (population_next(p, &person))
		row_write(&b, &person);
	assert_true(buf_ok(&b));
	for (size_t i = 0; i < b.n; i++)
		sum = (sum ^ (unsigned char)b.at[i]) * UINT64_C(1099511628211);
	arena_free(&arena);
	return sum;
}

/* Changing these means that every demo, bench and test of the world changes. */
static void the_same_seed_gives_the_same_people(void **state)
{
	(void)state;
	assert_true(checksum(5000, 1) == checksum(5000, 1));
	assert_true(checksum(5000, 1) != checksum(5000, 2));
	uint64_t sum = checksum(5000, 1);
	if (sum != CHECKSUM_5000_1)
		fail_msg("checksum is now 0x%llx", (unsigned long long)sum);
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static void expect_unique(int64_t n, uint64_t seed)
{
	struct arena arena;
	struct person person;
	struct population *p = new_population(&arena, n, seed);
	int64_t *niks = calloc((size_t)n, sizeof *niks);
	size_t count = 0;
	while (population_next(p, &person))
		niks[count++] = person.resident.nik.n;
	assert_int_equal(count, n);
	qsort(niks, count, sizeof *niks, by_number);
	for (size_t i = 1; i < count; i++)
		assert_true(niks[i] != niks[i - 1]);
	free(niks);
	arena_free(&arena);
}

static void no_nik_twice(void **state)
{
	(void)state;
	expect_unique(200000, 7);
	expect_unique(POPULATION_OWN_MAX + 1, 8); /* a nation */
}

struct tally {
	int64_t n, status[STATUS_COUNT], elsewhere, papua, women, single_name, households, serial_sum;
};

static void check_person(const struct person *person, struct tally *t)
{
	const struct resident *r = &person->resident;
	int y, m, d;
	day_to_ymd(r->birth, &y, &m, &d);
	assert_int_equal(nik_check(r->nik.n), NIK_FLAW_NONE);
	assert_in_range(nik_serial(r->nik), 9900, 9999);
	int64_t date = r->nik.n / 10000 % 1000000;
	assert_int_equal(date, ((d + (r->sex == SEX_FEMALE ? 40 : 0)) * 100 + m) * 100 + y % 100);
	assert_true(str_eq(person->region.kab_name, S("BANJARNEGARA")));
	assert_true(person->job.n && person->birthplace.n && r->address.n);
	t->n++;
	t->status[r->status]++;
	t->elsewhere += nik_region(r->nik) / 100 != 3304;
	t->papua += nik_region(r->nik) / 10000 >= 91;
	t->women += r->sex == SEX_FEMALE;
	t->single_name += str_index(r->name, ' ') == r->name.n;
	t->serial_sum += nik_serial(r->nik);
}

static void people_are_plausible(void **state)
{
	(void)state;
	struct arena arena;
	struct person person;
	struct tally t = {0};
	int64_t kk = 0, size = 0, sizes_max = 0;
	struct population *p = new_population(&arena, 50000, 3);
	while (population_next(p, &person)) {
		check_person(&person, &t);
		size = person.resident.kk == kk ? size + 1 : 1;
		t.households += size == 1;
		sizes_max = size > sizes_max ? size : sizes_max;
		kk = person.resident.kk;
	}
	arena_free(&arena);
	assert_in_range(t.status[STATUS_ACTIVE] * 1000 / t.n, 890, 940);
	for (int i = STATUS_DECEASED; i < STATUS_COUNT; i++)
		assert_in_range(t.status[i] * 1000 / t.n, 10, 60);
	assert_in_range(t.elsewhere * 1000 / t.n, 20, 70);
	assert_true(t.papua > 20);
	assert_in_range(t.women * 1000 / t.n, 450, 550);
	assert_in_range(t.single_name * 1000 / t.n, 100, 450);
	assert_in_range(t.n * 10 / t.households, 25, 50);
	assert_int_equal(sizes_max, 6);
	assert_in_range(t.serial_sum / t.n, 9930, 9970);
}

static void parents_are_older_than_their_children(void **state)
{
	(void)state;
	struct arena arena;
	struct person person;
	int64_t kk = 0, families = 0;
	struct day head = {0};
	struct population *p = new_population(&arena, 20000, 4);
	while (population_next(p, &person)) {
		if (person.resident.kk != kk) {
			kk = person.resident.kk;
			head = person.resident.birth;
			continue;
		}
		if (person.resident.birth.n > head.n + 15 * 365)
			families++;
	}
	arena_free(&arena);
	assert_true(families > 4000);
}

static void the_list_of_occupations_is_whole(void **state)
{
	(void)state;
	for (int i = 1; i <= JOB_COUNT; i++) {
		assert_true(job_text(i).n > 2);
		for (int k = 1; k < i; k++)
			assert_false(str_eq(job_text(i), job_text(k)));
	}
	assert_true(str_eq(job_text(1), S("BELUM/TIDAK BEKERJA")) && str_eq(job_text(99), S("LAINNYA")));
	assert_null(job_text(0).at);
	assert_null(job_text(100).at);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_seed_gives_the_same_people),
		cmocka_unit_test(no_nik_twice),
		cmocka_unit_test(people_are_plausible),
		cmocka_unit_test(parents_are_older_than_their_children),
		cmocka_unit_test(the_list_of_occupations_is_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
