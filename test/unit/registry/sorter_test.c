/* SPDX-License-Identifier: EUPL-1.2
 * The sorter: order, the later of equals, with memory for all and with far too little;
 * and the packing of a resident into its row. */
#include "registry/sorter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "registry/chance.h"
#include "registry/dict.h"

static struct resident resident_at(int64_t nik, int64_t version, char name[32])
{
	int n = snprintf(name, 32, "N%lld-%lld", (long long)nik, (long long)version);
	return (struct resident){.nik = {nik}, .kk = nik + 1, .name = {name, (size_t)n}, .address = S("DUSUN"),
	                         .birth = {(int32_t)(nik % 20000)}, .rt = (int)(nik % 1000), .rw = 3, .sex = SEX_FEMALE,
	                         .status = (enum resident_status)(nik % 4), .birthplace_id = 7, .job_id = 9, .region_id = 11};
}

static void expect_sorted(int64_t n, int64_t kinds, int64_t memory_max)
{
	struct sorter *s;
	struct resident r;
	struct chance chance = {5};
	char name[32];
	int64_t *latest = calloc((size_t)kinds, sizeof *latest), last = -1, seen = 0, distinct = 0;
	assert_int_equal(sorter_open("/tmp", memory_max, &s, NULL), RC_OK);
	for (int64_t i = 1; i <= n; i++) {
		int64_t at = (int64_t)(chance_next(&chance) % (uint64_t)kinds);
		distinct += latest[at] == 0;
		latest[at] = i;
		r = resident_at(INT64_C(9702000000000000) + at, i, name);
		assert_int_equal(sorter_add(s, &r, NULL), RC_OK);
	}
	assert_int_equal(sorter_n(s), n);
	assert_int_equal(sorter_turn(s, NULL), RC_OK);
	while (sorter_next(s, &r, NULL) == RC_OK) {
		int64_t at = r.nik.n - INT64_C(9702000000000000);
		assert_true(at > last);
		struct resident expected = resident_at(r.nik.n, latest[at], name);
		assert_true(str_eq(r.name, expected.name) && str_eq(r.address, expected.address));
		assert_true(resident_facts(&r) == resident_facts(&expected) && r.kk == expected.kk);
		assert_true(r.birthplace_id == 7 && r.job_id == 9 && r.region_id == 11);
		last = at;
		seen++;
	}
	assert_int_equal(seen, distinct);
	free(latest);
	sorter_close(s);
}

static void in_memory(void **state)
{
	(void)state;
	expect_sorted(1, 1, 1 << 24);
	expect_sorted(50000, 10000, 1 << 26);
	expect_sorted(50000, 1, 1 << 26);
}

static void spilt_to_a_file(void **state)
{
	(void)state;
	expect_sorted(100000, 1000000, SORTER_MEMORY_MIN);
	expect_sorted(100000, 500, SORTER_MEMORY_MIN);
	expect_sorted(60000, 60000, 0); /* raised to the least */
}

static void nothing_gives_nothing(void **state)
{
	(void)state;
	struct sorter *s;
	struct resident r;
	assert_int_equal(sorter_open("/tmp", 1 << 20, &s, NULL), RC_OK);
	assert_int_equal(sorter_turn(s, NULL), RC_OK);
	assert_int_equal(sorter_next(s, &r, NULL), RC_ABSENT);
	sorter_close(s);
}

static void far_too_much_is_refused(void **state)
{
	(void)state;
	struct sorter *s;
	struct err err = {0};
	char name[32];
	enum rc rc = RC_OK;
	assert_int_equal(sorter_open("/tmp", SORTER_MEMORY_MIN, &s, NULL), RC_OK);
	for (int64_t i = 0; i < 5000000 && rc == RC_OK; i++) {
		struct resident r = resident_at(INT64_C(3304000000000000) + i, 1, name);
		rc = sorter_add(s, &r, &err);
	}
	assert_int_equal(rc, RC_LIMIT);
	assert_non_null(strstr(err.what, "batas memori"));
	sorter_close(s);
}

static void no_place_for_the_file_is_said(void **state)
{
	(void)state;
	struct sorter *s;
	struct err err = {0};
	char name[32];
	enum rc rc = RC_OK;
	assert_int_equal(sorter_open("/nonexistent", SORTER_MEMORY_MIN, &s, NULL), RC_OK);
	for (int64_t i = 0; i < 100000 && rc == RC_OK; i++) {
		struct resident r = resident_at(INT64_C(3304000000000000) + i, 1, name);
		rc = sorter_add(s, &r, &err);
	}
	assert_int_equal(rc, RC_BROKEN);
	sorter_close(s);
}

static void facts_are_packed_and_unpacked(void **state)
{
	(void)state;
	static const struct resident rows[] = {
		{.birth = {-62091}, .sex = SEX_MALE, .status = STATUS_ACTIVE},
		{.birth = {84005}, .rt = 999, .rw = 999, .sex = SEX_FEMALE, .status = STATUS_NONACTIVE},
		{.birth = {7305}, .rt = 1, .rw = 0, .sex = SEX_FEMALE, .status = STATUS_DOUBLE},
		{.birth = {-1}, .rt = 0, .rw = 12, .sex = SEX_MALE, .status = STATUS_DECEASED},
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct resident r;
		int64_t facts = resident_facts(&rows[i]);
		resident_from_facts(facts, &r);
		assert_true(r.birth.n == rows[i].birth.n && r.rt == rows[i].rt && r.rw == rows[i].rw);
		assert_true(r.sex == rows[i].sex && r.status == rows[i].status);
		assert_int_equal(resident_facts_status(facts), rows[i].status);
		assert_true(facts < INT64_C(1) << 41);
	}
	assert_string_equal(day_iso((struct day){84005}).z, "2199-12-31");
}

static void a_dictionary_keeps_its_ids(void **state)
{
	(void)state;
	struct dict dict;
	char text[32];
	int32_t id;
	dict_init(&dict);
	for (int round = 0; round < 2; round++)
		for (int i = 1; i <= 5000; i++) {
			int n = snprintf(text, sizeof text, "T%d", i);
			assert_int_equal(dict_intern(&dict, str_from(text, (size_t)n), &id), RC_OK);
			assert_int_equal(id, i);
		}
	assert_int_equal(dict_intern(&dict, (struct str){NULL, 0}, &id), RC_OK);
	assert_int_equal(id, 5001);
	assert_true(dict_text(&dict, 5001).n == 0 && dict_text(&dict, 5001).at);
	assert_true(str_eq(dict_text(&dict, 4999), S("T4999")));
	assert_null(dict_text(&dict, 0).at);
	assert_null(dict_text(&dict, 5002).at);
	dict_free(&dict);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_memory),
		cmocka_unit_test(spilt_to_a_file),
		cmocka_unit_test(nothing_gives_nothing),
		cmocka_unit_test(far_too_much_is_refused),
		cmocka_unit_test(no_place_for_the_file_is_said),
		cmocka_unit_test(facts_are_packed_and_unpacked),
		cmocka_unit_test(a_dictionary_keeps_its_ids),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
