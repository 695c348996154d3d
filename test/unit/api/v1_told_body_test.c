/* SPDX-License-Identifier: EUPL-1.2
 * One data balikan of /api/v1 (I5.4): every word of DOMAIN 6 is taken, everything wrong with
 * one is told with its place, and nothing that was sent is repeated. */
#include "api/v1_told_body.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#define NIK "\"nik\":\"9702030101909999\""
#define NOW (day_begin_us(day_from_ymd(2026, 11, 24)) + INT64_C(10) * 3600 * US_PER_S)

static struct arena arena;
static struct v1_body body;

static struct v1_told told_of(const char *json)
{
	struct err err = {0};
	struct v1_told told;
	v1_body_close(&body);
	arena_reset(&arena);
	assert_int_equal(v1_body_open(str_c(json), &arena, &body, &err), RC_OK);
	v1_body_check(&body, body.root, S(""), v1_told_fields, v1_told_fields_n);
	v1_told_read(&body, body.root, S(""), NOW, &told);
	return told;
}

static void every_word_is_taken(void **state)
{
	(void)state;
	char json[300];
	for (size_t i = 0; keterangan_at(i); i++)
		for (size_t j = 1; house_at(j); j++) {
			snprintf(json, sizeof json,
			         "{" NIK ",\"kejadian\":7,\"keterangan\":\"%s\",\"rumah\":\"%s\",\"tanggal\":\"2026-11-24\"}",
			         keterangan_at(i)->key, house_at(j)->key);
			struct v1_told t = told_of(json);
			assert_int_equal(body.flaws_n, 0);
			assert_true(t.nik.n == INT64_C(9702030101909999) && t.kejadian_id == 7 && t.told.kind == TOLD_VICTIM);
			assert_true(t.told.keterangan == keterangan_at(i)->keterangan && t.told.house == house_at(j)->house);
			assert_int_equal(t.told.on.n, day_of_us(NOW).n);
		}
	for (size_t i = 0; waiver_at(i); i++) {
		snprintf(json, sizeof json, "{" NIK ",\"alasan\":\"%s\",\"catatan\":\"sebab contoh\"}", waiver_at(i)->key);
		struct v1_told t = told_of(json);
		assert_int_equal(body.flaws_n, 0);
		assert_true(t.told.kind == TOLD_WAIVER && t.told.waiver == waiver_at(i)->waiver && t.kejadian_id == 0);
		assert_true(str_eq(t.told.note, S("sebab contoh")));
	}
}

static void every_flaw_has_its_place(void **state)
{
	(void)state;
	static const struct {
		const char *json, *at;
		size_t n;
	} rows[] = {
	        {"{\"keterangan\":\"hilang\"}", "/nik", 1},
	        {"{\"nik\":\"\",\"keterangan\":\"hilang\"}", "/nik", 1},
	        {"{\"nik\":\"330406010190999\",\"keterangan\":\"hilang\"}", "/nik", 1},
	        {"{\"nik\":\"33040601019099999\",\"keterangan\":\"hilang\"}", "/nik", 1},
	        {"{\"nik\":\"9902030101909999\",\"keterangan\":\"hilang\"}", "/nik", 1},
	        {"{\"nik\":9702030101909999,\"keterangan\":\"hilang\"}", "/nik", 1},
	        {"{\"nik\":null,\"keterangan\":\"hilang\"}", "/nik", 1},
	        {"{" NIK "}", "/keterangan", 1},
	        {"{" NIK ",\"keterangan\":\"\"}", "/keterangan", 1},
	        {"{" NIK ",\"keterangan\":\"Hilang\"}", "/keterangan", 1},
	        {"{" NIK ",\"keterangan\":3}", "/keterangan", 1},
	        {"{" NIK ",\"keterangan\":\"hilang\",\"rumah\":\"\"}", "/rumah", 1},
	        {"{" NIK ",\"keterangan\":\"hilang\",\"rumah\":\"roboh\"}", "/rumah", 1},
	        {"{" NIK ",\"keterangan\":\"hilang\",\"tanggal\":\"24-11-2026\"}", "/tanggal", 1},
	        {"{" NIK ",\"keterangan\":\"hilang\",\"tanggal\":\"2026-11-25\"}", "/tanggal", 1},
	        {"{" NIK ",\"keterangan\":\"hilang\",\"tanggal\":\"1945-08-16\"}", "/tanggal", 1},
	        {"{" NIK ",\"keterangan\":\"hilang\",\"kejadian\":0}", "/kejadian", 1},
	        {"{" NIK ",\"keterangan\":\"hilang\",\"kejadian\":-4}", "/kejadian", 1},
	        {"{" NIK ",\"keterangan\":\"hilang\",\"kejadian\":\"4\"}", "/kejadian", 1},
	        {"{" NIK ",\"keterangan\":\"hilang\",\"kejadian\":4.0}", "/kejadian", 1},
	        {"{" NIK ",\"keterangan\":\"hilang\",\"catatan\":\"lihat 3304060101909999\"}", "/catatan", 1},
	        {"{" NIK ",\"keterangan\":\"hilang\",\"catatan\":\"dua\\nbaris\"}", "/catatan", 2},
	        {"{" NIK ",\"alasan\":\"lain\"}", "/catatan", 1},
	        {"{" NIK ",\"alasan\":\"salah nik\"}", "/alasan", 1},
	        {"{" NIK ",\"alasan\":\"salah-nik\",\"keterangan\":\"hilang\"}", "/keterangan", 1},
	        {"{" NIK ",\"alasan\":\"salah-nik\",\"rumah\":\"berat\"}", "/rumah", 1},
	        {"{" NIK ",\"alasan\":\"salah-nik\",\"tanggal\":\"2026-11-20\"}", "/tanggal", 1},
	        {"{" NIK ",\"keterangan\":\"hilang\",\"NIK\":\"x\"}", "", 1},
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		told_of(rows[i].json);
		if (body.flaws_n != rows[i].n || !str_eq(body.flaws[0].at, str_c(rows[i].at)))
			fail_msg("%s: %zu flaws, the first at \"%.*s\"", rows[i].json, body.flaws_n, STR_ARG(body.flaws[0].at));
		for (size_t j = 0; j < body.flaws_n; j++)
			assert_null(strstr(body.flaws[j].why, "99"));
	}
}

static void all_flaws_are_told_at_once(void **state)
{
	(void)state;
	told_of("{\"nik\":\"1\",\"keterangan\":\"x\",\"rumah\":\"x\",\"tanggal\":\"x\",\"kejadian\":0,\"catatan\":"
	        "\"3304060101909999\"}");
	assert_int_equal(body.flaws_n, 6);
}

static int begin(void **state)
{
	(void)state;
	arena_init(&arena, 262144);
	return 0;
}

static int end(void **state)
{
	(void)state;
	v1_body_close(&body);
	arena_free(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(every_word_is_taken),
	        cmocka_unit_test(every_flaw_has_its_place),
	        cmocka_unit_test(all_flaws_are_told_at_once),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
