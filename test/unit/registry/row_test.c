/* SPDX-License-Identifier: EUPL-1.2
 * Rows into residents: one case for every reason to refuse, and the liberties that
 * are allowed. */
#include "registry/row.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

static struct csv_record record_of(const char *const fields[FIELD_COUNT])
{
	struct csv_record r = {.line = 2, .n = FIELD_COUNT};
	for (size_t i = 0; i < FIELD_COUNT; i++)
		r.field[i] = str_c(fields[i]);
	return r;
}

static struct row_map plain_map(void)
{
	struct csv_record header = {.n = FIELD_COUNT};
	struct row_map map;
	for (size_t i = 0; i < FIELD_COUNT; i++)
		header.field[i] = row_field_name((enum row_field)i);
	assert_int_equal(row_map_make(&header, &map, NULL), RC_OK);
	return map;
}

static const char *const good[FIELD_COUNT] = {
	"3304060101909999", "3304060102159900", "BUDI CONTOH", "Laki-Laki", "BANJARNEGARA", "1990-01-01", "GURU",
	"DUSUN KRAJAN", "001", "012", "33", "JAWA TENGAH", "04", "BANJARNEGARA", "06", "BANJARNEGARA", "1001", "KRANDEGAN",
	"aktif"};

static struct row_room room;

static enum row_flaw parse_with(size_t field, const char *value, struct person *ret, enum row_field *ret_field)
{
	const char *fields[FIELD_COUNT];
	memcpy(fields, good, sizeof fields);
	if (field < FIELD_COUNT)
		fields[field] = value;
	struct csv_record r = record_of(fields);
	struct row_map map = plain_map();
	return row_parse(&map, &r, day_from_ymd(2025, 12, 31), &room, ret, ret_field);
}

static void a_good_row(void **state)
{
	(void)state;
	struct person p;
	enum row_field field;
	assert_int_equal(parse_with(FIELD_COUNT, NULL, &p, &field), ROW_OK);
	assert_true(p.resident.nik.n == INT64_C(3304060101909999) && p.resident.kk == INT64_C(3304060102159900));
	assert_true(str_eq(p.resident.name, S("BUDI CONTOH")));
	assert_int_equal(p.resident.sex, SEX_MALE);
	assert_true(str_eq(p.birthplace, S("BANJARNEGARA")) && str_eq(p.job, S("GURU")));
	assert_string_equal(day_iso(p.resident.birth).z, "1990-01-01");
	assert_int_equal(p.resident.rt, 1);
	assert_int_equal(p.resident.rw, 12);
	assert_int_equal(p.region.prop, 33);
	assert_int_equal(p.region.kab, 4);
	assert_int_equal(p.region.kec, 6);
	assert_int_equal(p.region.kel, 1001);
	assert_true(str_eq(p.region.kel_name, S("KRANDEGAN")));
	assert_int_equal(p.resident.status, STATUS_ACTIVE);
}

static char long_text[RESIDENT_ADDRESS_MAX + 2];

static void every_reason_to_refuse(void **state)
{
	(void)state;
	memset(long_text, 'X', sizeof long_text - 1);
	static const struct {
		enum row_field field;
		const char *value;
		enum row_flaw flaw;
	} rows[] = {
		{FIELD_NIK, "3.30406E+15", ROW_NIK_SHEET},
		{FIELD_NIK, "3,30406e+15", ROW_NIK_SHEET},
		{FIELD_NIK, "3304060101909990.0", ROW_NIK_SHEET},
		{FIELD_NIK, "3304060000000000", ROW_NIK_SHEET},
		{FIELD_NIK, "3304060101900000", ROW_NIK_SHEET},
		{FIELD_NIK, "", ROW_NIK_LENGTH},
		{FIELD_NIK, "330406010190999", ROW_NIK_LENGTH},
		{FIELD_NIK, "33040601019099999", ROW_NIK_LENGTH},
		{FIELD_NIK, "330406010190999X", ROW_NIK_DIGIT},
		{FIELD_NIK, "2204060101909999", ROW_NIK_PROVINCE},
		{FIELD_NIK, "9804060101909999", ROW_NIK_PROVINCE},
		{FIELD_NIK, "3300060101909999", ROW_NIK_KAB},
		{FIELD_NIK, "3304000101909999", ROW_NIK_KEC},
		{FIELD_NIK, "3304068101909999", ROW_NIK_DAY},
		{FIELD_NIK, "3304060113909999", ROW_NIK_MONTH},
		{FIELD_NIK, "3304063102909999", ROW_NIK_DATE},
		{FIELD_NO_KK, "3.30406E+15", ROW_KK_SHEET},
		{FIELD_NO_KK, "3304060102150000", ROW_KK_SHEET},
		{FIELD_NO_KK, "33040601", ROW_KK},
		{FIELD_NO_KK, "0304060102159900", ROW_KK},
		{FIELD_NAMA_LGKP, "", ROW_NAME_EMPTY},
		{FIELD_NAMA_LGKP, "   ", ROW_NAME_EMPTY},
		{FIELD_NAMA_LGKP, "BUDI \xff", ROW_TEXT},
		{FIELD_NAMA_LGKP, "BUDI \x01", ROW_TEXT},
		{FIELD_NAMA_LGKP, long_text, ROW_LONG},
		{FIELD_ALAMAT, long_text, ROW_LONG},
		{FIELD_KEL_NAME, long_text, ROW_LONG},
		{FIELD_JENIS_KLMIN, "L", ROW_SEX},
		{FIELD_JENIS_KLMIN, "3", ROW_SEX},
		{FIELD_JENIS_KLMIN, "", ROW_SEX},
		{FIELD_TGL_LHR, "01-01-1990", ROW_BIRTH},
		{FIELD_TGL_LHR, "1990-02-30", ROW_BIRTH},
		{FIELD_TGL_LHR, "", ROW_BIRTH},
		{FIELD_TGL_LHR, "2026-01-01", ROW_BIRTH_FUTURE},
		{FIELD_JENIS_PKRJN, "", ROW_JOB_EMPTY},
		{FIELD_NO_RT, "1000", ROW_RT_RW},
		{FIELD_NO_RW, "-1", ROW_RT_RW},
		{FIELD_NO_RW, "A", ROW_RT_RW},
		{FIELD_NO_PROP, "10", ROW_CODE},
		{FIELD_NO_KAB, "0", ROW_CODE},
		{FIELD_NO_KEC, "100", ROW_CODE},
		{FIELD_NO_KEL, "0001", ROW_CODE},
		{FIELD_PROP_NAME, "", ROW_REGION_NAME},
		{FIELD_KAB_NAME, "", ROW_REGION_NAME},
		{FIELD_KEC_NAME, "", ROW_REGION_NAME},
		{FIELD_KEL_NAME, "", ROW_REGION_NAME},
		{FIELD_STATUS, "hidup", ROW_STATUS},
		{FIELD_STATUS, "AKTIF", ROW_STATUS},
		{FIELD_STATUS, "", ROW_STATUS},
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct person p;
		enum row_field field;
		enum row_flaw flaw = parse_with(rows[i].field, rows[i].value, &p, &field);
		if (flaw != rows[i].flaw || field != rows[i].field)
			fail_msg("\"%s\": %s (%s)", rows[i].value, row_flaw_text(flaw).at, row_field_name(field).at);
	}
}

static void what_is_let_pass(void **state)
{
	(void)state;
	static const struct {
		enum row_field field;
		const char *value;
	} rows[] = {
		{FIELD_NIK, "9702064101909990"},   /* registered elsewhere, a woman's day, last digit 0 */
		{FIELD_NIK, "3304062902009999"},   /* 29-02-00 */
		{FIELD_NIK, " 3304060101909999 "}, /* blanks around it */
		{FIELD_NO_KK, "9999999999999999"}, {FIELD_JENIS_KLMIN, "1"},         {FIELD_JENIS_KLMIN, "2"},
		{FIELD_JENIS_KLMIN, "PEREMPUAN"},  {FIELD_TMPT_LHR, ""},             {FIELD_ALAMAT, ""},
		{FIELD_NO_RT, ""},                 {FIELD_NO_RT, "7"},               {FIELD_NO_RW, "000"},
		{FIELD_JENIS_PKRJN, "PENAMBANG"},  {FIELD_NAMA_LGKP, "O'NEIL, S.PD."}, {FIELD_NAMA_LGKP, "RENÉE"},
		{FIELD_TGL_LHR, "2025-12-31"},     {FIELD_NO_PROP, "97"},            {FIELD_STATUS, "nonaktif"},
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		struct person p;
		enum row_field field;
		enum row_flaw flaw = parse_with(rows[i].field, rows[i].value, &p, &field);
		if (flaw != ROW_OK)
			fail_msg("\"%s\": %s", rows[i].value, row_flaw_text(flaw).at);
	}
}

static void line_ends_in_a_text_become_blanks(void **state)
{
	(void)state;
	struct person p;
	enum row_field field;
	assert_int_equal(parse_with(FIELD_ALAMAT, "DUSUN\r\nKRAJAN\tWETAN", &p, &field), ROW_OK);
	assert_true(str_eq(p.resident.address, S("DUSUN  KRAJAN WETAN")));
}

static void the_header_may_be_in_any_order(void **state)
{
	(void)state;
	struct csv_record header = {.n = FIELD_COUNT + 1}, row = {.n = FIELD_COUNT + 1};
	struct row_map map;
	struct person p;
	enum row_field field;
	header.field[0] = row.field[0] = S("agama");
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		header.field[FIELD_COUNT - i] = row_field_name((enum row_field)i);
		row.field[FIELD_COUNT - i] = str_c(good[i]);
	}
	header.field[FIELD_COUNT] = S(" NIK ");
	assert_int_equal(row_map_make(&header, &map, NULL), RC_OK);
	assert_int_equal(row_parse(&map, &row, day_from_ymd(2025, 12, 31), &room, &p, &field), ROW_OK);
	assert_true(str_eq(p.region.prop_name, S("JAWA TENGAH")));
	row.n--;
	assert_int_equal(row_parse(&map, &row, day_from_ymd(2025, 12, 31), &room, &p, &field), ROW_FIELDS);
}

static void a_wrong_header_is_named(void **state)
{
	(void)state;
	struct csv_record header = {.n = FIELD_COUNT};
	struct row_map map;
	struct err err;
	for (size_t i = 0; i < FIELD_COUNT; i++)
		header.field[i] = row_field_name((enum row_field)i);
	header.field[FIELD_STATUS] = S("stat");
	assert_int_equal(row_map_make(&header, &map, &err), RC_INVALID);
	assert_non_null(strstr(err.what, "status"));
	header.field[FIELD_STATUS] = S("nik");
	assert_int_equal(row_map_make(&header, &map, &err), RC_INVALID);
	assert_non_null(strstr(err.what, "dua kali kolom nik"));
}

static void every_flaw_has_a_text_and_every_field_a_name(void **state)
{
	(void)state;
	for (int i = ROW_OK + 1; i < ROW_FLAW_COUNT; i++) {
		struct str text = row_flaw_text((enum row_flaw)i);
		assert_true(text.n > 0 && str_index(text, '"') == text.n);
	}
	for (int i = 0; i < FIELD_COUNT; i++)
		assert_true(row_field_name((enum row_field)i).n > 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_row),
		cmocka_unit_test(every_reason_to_refuse),
		cmocka_unit_test(what_is_let_pass),
		cmocka_unit_test(line_ends_in_a_text_become_blanks),
		cmocka_unit_test(the_header_may_be_in_any_order),
		cmocka_unit_test(a_wrong_header_is_named),
		cmocka_unit_test(every_flaw_has_a_text_and_every_field_a_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
