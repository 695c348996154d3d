/* SPDX-License-Identifier: EUPL-1.2
 * NIK: the table of DOMAIN 3, every province and every day, and their texts. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <stdio.h>

static enum nik_flaw flaw_of(const char *z)
{
	struct nik nik = {-1};
	enum nik_flaw flaw = (enum nik_flaw)99;
	enum rc rc = nik_from_str(str_c(z), &nik, &flaw);
	assert_int_equal(rc, flaw == NIK_FLAW_NONE ? RC_OK : RC_INVALID);
	assert_int_equal(nik_from_str(str_c(z), &nik, NULL), rc);
	assert_true((nik.n == -1) == (rc != RC_OK));
	return flaw;
}

static void the_table(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum nik_flaw flaw;
	} rows[] = {
	        {"3304060101909999", NIK_FLAW_NONE},
	        {"3304064101909999", NIK_FLAW_NONE}, /* a woman */
	        {"9704060101909999", NIK_FLAW_NONE},
	        {"3304067112909901", NIK_FLAW_NONE},
	        {"", NIK_FLAW_LENGTH},
	        {"330406010190999", NIK_FLAW_LENGTH},
	        {"33040601019099990", NIK_FLAW_LENGTH},
	        {"330406010190999a", NIK_FLAW_DIGIT},
	        {"3304 0601019099", NIK_FLAW_DIGIT},
	        {"3.30406E+15", NIK_FLAW_DIGIT},
	        {"-304060101909999", NIK_FLAW_DIGIT},
	        {"0304060101909999", NIK_FLAW_PROVINCE},
	        {"3300060101909999", NIK_FLAW_KAB},
	        {"3304000101909999", NIK_FLAW_KEC},
	        {"3304060001909999", NIK_FLAW_DAY},
	        {"3304063201909999", NIK_FLAW_DAY},
	        {"3304064001909999", NIK_FLAW_DAY},
	        {"3304067201909999", NIK_FLAW_DAY},
	        {"3304060100909999", NIK_FLAW_MONTH},
	        {"3304060113909999", NIK_FLAW_MONTH},
	        {"3304063002909999", NIK_FLAW_DATE},
	        {"3304063104909999", NIK_FLAW_DATE},
	        {"3304067104909999", NIK_FLAW_DATE},
	        {"3304060101900000", NIK_FLAW_SERIAL},
	        {"3304060101900001", NIK_FLAW_NONE},
	        {"0000000000000000", NIK_FLAW_PROVINCE},
	        {"9999999999999999", NIK_FLAW_PROVINCE},
	};
	for (size_t i = 0; i < LEN(rows); i++)
		if (flaw_of(rows[i].text) != rows[i].flaw)
			fail_msg("%s: flaw %d, not %d", rows[i].text, (int)flaw_of(rows[i].text), (int)rows[i].flaw);
}

static void every_province(void **state)
{
	(void)state;
	static const char issued[] = "11 12 13 14 15 16 17 18 19 20 21 31 32 33 34 35 36 51 52 53 54 61 62 63 64 65 "
	                             "71 72 73 74 75 76 81 82 91 92 93 94 95 96 97 ";
	for (int p = 0; p < 100; p++) {
		char nik[48], code[16];
		snprintf(code, sizeof code, "%02d ", p);
		snprintf(nik, sizeof nik, "%02d04060101909999", p);
		assert_int_equal(flaw_of(nik), strstr(issued, code) ? NIK_FLAW_NONE : NIK_FLAW_PROVINCE);
	}
}

/* The range first: day % 40 alone would let 81-99 pass. */
static void every_day_and_month(void **state)
{
	(void)state;
	static const int longest[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	for (int m = 1; m <= 12; m++)
		for (int d = 0; d < 100; d++) {
			char nik[48];
			int day = d > 40 ? d - 40 : d;
			enum nik_flaw want = day < 1 || day > 31    ? NIK_FLAW_DAY
			                     : day > longest[m - 1] ? NIK_FLAW_DATE
			                                            : NIK_FLAW_NONE;
			snprintf(nik, sizeof nik, "330406%02d%02d929999", d, m); /* 92: a leap year */
			assert_int_equal(flaw_of(nik), want);
		}
}

/* 29-02-YY passes if either century has it. */
static void every_29_february(void **state)
{
	(void)state;
	for (int yy = 0; yy < 100; yy++) {
		char man[48], woman[48];
		enum nik_flaw want =
		        ymd_is_valid(1900 + yy, 2, 29) || ymd_is_valid(2000 + yy, 2, 29) ? NIK_FLAW_NONE : NIK_FLAW_DATE;
		snprintf(man, sizeof man, "3304062902%02d9999", yy);
		snprintf(woman, sizeof woman, "3304066902%02d9999", yy);
		assert_int_equal(flaw_of(man), want);
		assert_int_equal(flaw_of(woman), want);
	}
}

static void numbers_are_checked_alike(void **state)
{
	(void)state;
	assert_int_equal(nik_check(INT64_C(3304060101909999)), NIK_FLAW_NONE);
	assert_int_equal(nik_check(INT64_C(9704060101909999)), NIK_FLAW_NONE);
	assert_int_equal(nik_check(0), NIK_FLAW_LENGTH);
	assert_int_equal(nik_check(-1), NIK_FLAW_LENGTH);
	assert_int_equal(nik_check(INT64_MIN), NIK_FLAW_LENGTH);
	assert_int_equal(nik_check(INT64_MAX), NIK_FLAW_LENGTH);
	assert_int_equal(nik_check(INT64_C(304060101909999)), NIK_FLAW_LENGTH);
}

static void family_cards(void **state)
{
	(void)state;
	int64_t kk;
	assert_int_equal(kk_from_str(S("9704060101909999"), &kk), RC_OK);
	assert_true(kk == INT64_C(9704060101909999));
	assert_int_equal(kk_from_str(S("3304069999999999"), &kk), RC_OK); /* any date */
	static const char *const bad[] = {
	        "", "0304060101909999", "330406010190999", "33040601019099990", "-304060101909999", "330406010190999x"};
	for (size_t i = 0; i < LEN(bad); i++)
		assert_int_equal(kk_from_str(str_c(bad[i]), &kk), RC_INVALID);
}

static void typed_groups(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
	        {"3304 0601-0190.9999", "3304060101909999"},
	        {"  3304060101909999\r\n", "3304060101909999"},
	        {"3304060101909999", "3304060101909999"},
	        {"3304/06", "3304/06"},
	        {"", ""},
	        {" .-", ""},
	};
	char out[24];
	for (size_t i = 0; i < LEN(rows); i++) {
		size_t n = nik_strip(str_c(rows[i][0]), out, sizeof out);
		assert_true(str_eq(str_from(out, n), str_c(rows[i][1])));
	}
	assert_int_equal(nik_strip(S("123456"), out, 3), 3);
	assert_int_equal(nik_strip(str_from("1\0002", 3), out, sizeof out), 3); /* a NUL is kept, to be named */
}

static void a_nik_in_a_note(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool stands;
	} rows[] = {{"", false},
	            {"rumah retak di RT 3", false},
	            {"330406010190999", false},
	            {"3304060101909999", true},
	            {"anak dari 330406 010190 9999", true},
	            {"330406.010190-9999.", true},
	            {"330406/010190/9999", true},
	            {"3304_06:0101\xc2\xa0" "90 9999", true},
	            {"no. 12: 330406/010190/9999", true},
	            {"330406 lalu 010190 9999", false},
	            {"25-11-2026, 26-11-2026", false},
	            {"telepon 0812-3456-7890, 21-11-2026", false},
	            {"12345678x12345678", false}};
	for (size_t i = 0; i < LEN(rows); i++)
		assert_int_equal(nik_stands_in(str_c(rows[i].text)), rows[i].stands);
	assert_false(nik_stands_in((struct str){NULL, 0}));
	assert_false(nik_stands_in(str_from("12345678\00012345678", 17)));
}

static void texts(void **state)
{
	(void)state;
	struct nik nik = {INT64_C(9704060101909999)};
	assert_string_equal(nik_digits(nik).z, "9704060101909999");
	assert_string_equal(nik_grouped(nik).z, "970406 010190 9999");
	assert_string_equal(nik_masked(nik).z, "970406 ****** **99");
	assert_int_equal(nik_region(nik), 970406);
	assert_int_equal(nik_serial(nik), 9999);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(the_table),
	        cmocka_unit_test(every_province),
	        cmocka_unit_test(every_day_and_month),
	        cmocka_unit_test(every_29_february),
	        cmocka_unit_test(numbers_are_checked_alike),
	        cmocka_unit_test(family_cards),
	        cmocka_unit_test(typed_groups),
	        cmocka_unit_test(a_nik_in_a_note),
	        cmocka_unit_test(texts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
