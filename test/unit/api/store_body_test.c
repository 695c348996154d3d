/* SPDX-License-Identifier: EUPL-1.2
 * Bodies of data balikan (DOMAIN 4.2): what is told, what makes two of them the same, and
 * every way in which one can be wrong, each with the place where it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "api/store_body.h"

#define NIK "3304060101909901"
#define PARAM "{\"KETERANGAN_KORBAN\":\"Mengungsi\",\"JENIS_BENCANA\":\"Banjir\"}"
#define LOST "{\"KETERANGAN_KORBAN\":\"Hilang\",\"JENIS_BENCANA\":\"Banjir\"" /* goes on */
#define FLOOD "{\"JENIS_BENCANA\":\"Banjir\"}"
#define BLOCK(data) "[{\"id_lembaga\":\"010001\",\"nama_lembaga\":\"Contoh\",\"data\":" data "}]"
#define PERSON(nik, params) "{\"NIK\":" nik ",\"param\":" params "}"
#define ONE(param) BLOCK("[" PERSON("\"" NIK "\"", "[" param "]") "]")

static struct arena arena;
static struct err err;
static const struct param_keys *keys; /* of the agency; NULL: only ours */

static int arena_up(void **state)
{
	(void)state;
	keys = NULL;
	arena_init(&arena, (size_t)16 << 20);
	return 0;
}

static int arena_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static struct store_body *read_bytes(struct str json)
{
	struct store_body *body = ARENA_NEW(&arena, struct store_body);
	assert_non_null(body);
	assert_int_equal(store_body_json(json, keys, &arena, body, &err), RC_OK);
	return body;
}

static struct store_body *read_json(const char *json)
{
	return read_bytes(str_c(json));
}

static struct store_body *read_form(const char *nik, const char *lembaga, const char *param)
{
	struct store_body *body = ARENA_NEW(&arena, struct store_body);
	struct store_form form = {str_c(nik), str_c(lembaga), str_c(param)};
	assert_non_null(body);
	assert_int_equal(store_body_form(&form, keys, &arena, body, &err), RC_OK);
	return body;
}

static void assert_sound(const struct store_body *body, size_t n)
{
	if (body->flaws_n)
		print_error("%s: %s\n", body->flaws[0].field ? body->flaws[0].field : "-", body->flaws[0].why);
	assert_int_equal(body->flaws_n, 0);
	assert_null(body->too_many);
	assert_int_equal(body->n, n);
}

/* Exactly one thing is wrong, and it is there. */
static void assert_flaw(const struct store_body *body, int nik_at, int param_at, const char *field)
{
	assert_int_equal(body->flaws_n, 1);
	assert_int_equal(body->flaws[0].nik_at, nik_at);
	assert_int_equal(body->flaws[0].param_at, param_at);
	if (field)
		assert_string_equal(body->flaws[0].field, field);
	else
		assert_null(body->flaws[0].field);
	assert_true(strlen(body->flaws[0].why) > 5);
}

static void assert_same(struct str a, struct str b, bool same)
{
	assert_int_equal(str_eq(a, b), same);
}

/* ---- what is told ---- */

static void the_three_encodings_tell_the_same(void **state)
{
	(void)state;
	const struct store_body *json = read_json(ONE(PARAM)), *form = read_form(NIK, "010001", "[" PARAM "]");
	assert_sound(json, 1);
	assert_sound(form, 1);
	assert_int_equal(json->items[0].nik.n, INT64_C(3304060101909901));
	assert_int_equal(form->items[0].nik.n, json->items[0].nik.n);
	assert_int_equal(json->items[0].keterangan, KETERANGAN_MENGUNGSI);
	assert_string_equal(json->items[0].jenis, "Banjir");
	assert_same(json->items[0].content, form->items[0].content, true);
	assert_same(json->lembaga[0], S("010001"), true);
	assert_same(form->lembaga[0], S("010001"), true);
}

static void every_member_that_is_known_is_read(void **state)
{
	(void)state;
	const struct store_item *item =
	        read_json(ONE("{\"KETERANGAN_KORBAN\":\" luka-luka \",\"JENIS_BENCANA\":\"GELOMBANG PASANG/ABRASI\",\"KEJADIAN\":7,"
	                      "\"TANGGAL\":\"31-01-2026\",\"KERUSAKAN_RUMAH\":\"Rusak berat\"}"))
	                ->items;
	assert_int_equal(item->keterangan, KETERANGAN_LUKA);
	assert_string_equal(item->jenis, "Gelombang pasang / Abrasi");
	assert_same(item->kejadian, S("7"), true);
	assert_int_equal(item->on.n, day_from_ymd(2026, 1, 31).n);
	assert_int_equal(item->house, HOUSE_HEAVY);
	item = read_json(ONE("{\"KETERANGAN_KORBAN\":\"hilang\",\"JENIS_BENCANA\":\"tsunami\",\"KEJADIAN\":\" Banjir Contoh \","
	                     "\"TANGGAL\":\"2026-01-31\",\"KERUSAKAN_RUMAH\":null}"))
	               ->items;
	assert_same(item->kejadian, S("Banjir Contoh"), true);
	assert_int_equal(item->on.n, day_from_ymd(2026, 1, 31).n);
	assert_int_equal(item->house, HOUSE_NONE);
}

/* DOMAIN 3: provinces 91-97 as integers, past 2^53. */
static void numbers_keep_their_digits(void **state)
{
	(void)state;
	static const struct {
		const char *json;
		int64_t n;
	} rows[] = {
	        {BLOCK("[" PERSON("9103010101909999", "[" PARAM "]") "]"), INT64_C(9103010101909999)},
	        {BLOCK("[" PERSON("9701014112759901", "[" PARAM "]") "]"), INT64_C(9701014112759901)},
	        {BLOCK("[" PERSON("\"9103010101909998\"", "[" PARAM "]") "]"), INT64_C(9103010101909998)},
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		const struct store_body *body = read_json(rows[i].json);
		assert_sound(body, 1);
		assert_true(body->items[0].nik.n == rows[i].n);
	}
}

static void several_are_counted_through_the_whole_request(void **state)
{
	(void)state;
	const struct store_body *body =
	        read_json("[{\"id_lembaga\":\"1\",\"data\":[" PERSON("\"" NIK "\"", "[" PARAM "," PARAM "]") "]},"
	                  "{\"ID_LEMBAGA\":\"2\",\"Data\":[" PERSON("\"" NIK "\"", "[" PARAM "]") "]}]");
	assert_sound(body, 3);
	assert_int_equal(body->lembaga_n, 2);
	assert_int_equal(body->items[1].nik_at, 0);
	assert_int_equal(body->items[1].param_at, 1);
	assert_int_equal(body->items[2].nik_at, 1);
	assert_int_equal(body->items[2].param_at, 0);
}

/* ---- what makes two the same ---- */

static struct str content(const char *json)
{
	const struct store_body *body = read_json(json);
	assert_sound(body, 1);
	return body->items[0].content;
}

static void order_case_of_keys_and_blanks_do_not_count(void **state)
{
	(void)state;
	struct str one = content(ONE(PARAM));
	assert_same(one, S("{\"JENIS_BENCANA\":\"Banjir\",\"KETERANGAN_KORBAN\":\"Mengungsi\"}"), true);
	assert_same(one, content(ONE("{ \"jenis_bencana\" : \"Banjir \", \"Keterangan_Korban\":\" Mengungsi\"}")), true);
	assert_same(one, content(ONE("{\"KETERANGAN_KORBAN\":\"\\u004dengungsi\",\"JENIS_BENCANA\":\"Banjir\"}")), true);
}

/* DOMAIN 4.2: another flood is not the same; nor is what only the sender understands. */
static void everything_else_counts(void **state)
{
	(void)state;
	static const char *const others[] = {
	        ONE("{\"KETERANGAN_KORBAN\":\"Mengungsi\",\"JENIS_BENCANA\":\"Tsunami\"}"),
	        ONE("{\"KETERANGAN_KORBAN\":\"Mengungsi\",\"JENIS_BENCANA\":\"Banjir\",\"KEJADIAN\":\"Kedua\"}"),
	        ONE("{\"KETERANGAN_KORBAN\":\"Mengungsi\",\"JENIS_BENCANA\":\"Banjir\",\"TANGGAL\":\"2026-01-02\"}"),
	        ONE("{\"KETERANGAN_KORBAN\":\"Mengungsi\",\"JENIS_BENCANA\":\"Banjir\",\"POSKO\":\"1\"}"),
	        ONE("{\"KETERANGAN_KORBAN\":\"Mengungsi\",\"JENIS_BENCANA\":\"Banjir\",\"POSKO\":1}"),
	        ONE("{\"KETERANGAN_KORBAN\":\"Mengungsi\",\"JENIS_BENCANA\":\"Banjir\",\"POSKO\":[{\"a\":null}]}"),
	};
	struct str seen[LEN(others) + 1] = {content(ONE(PARAM))};
	for (size_t i = 0; i < LEN(others); i++) {
		seen[i + 1] = content(others[i]);
		for (size_t j = 0; j <= i; j++)
			assert_same(seen[i + 1], seen[j], false);
	}
}

/* ---- what is wrong ---- */

static void what_is_no_json_is_told_by_its_place(void **state)
{
	(void)state;
	static const char *const bodies[] = {
	        "", " ", "[", "[{]", "{}x", "[1,]", ONE(PARAM) "]", ONE(PARAM) ONE(PARAM), "\xef\xbb\xbf[]", "['a']", "[NaN]",
	        "[1e999]", "[99999999999999999999]", "[\"\xff\"]", "[\"\\ud800\"]", "[\"a\\u0000b\"]", "[\"\x01\"]",
	        "[{\"a\":1,\"a\":2}]", "[\"a",
	};
	for (size_t i = 0; i < LEN(bodies); i++) {
		const struct store_body *body = read_json(bodies[i]);
		assert_flaw(body, -1, -1, NULL);
		assert_true(body->flaws[0].line >= 1);
	}
	assert_true(read_bytes(S("[\"a\0b\"]"))->flaws_n == 1);
	assert_true(read_bytes(S(ONE(PARAM) "\0"))->flaws_n == 1);
	assert_true(read_bytes((struct str){NULL, 0})->flaws_n == 1);
}

static void what_has_another_shape_is_told(void **state)
{
	(void)state;
	static const struct {
		const char *json;
		int nik_at, param_at;
		const char *field;
	} rows[] = {
	        {"{}", -1, -1, NULL},
	        {"[]", -1, -1, NULL},
	        {"[1]", -1, -1, NULL},
	        {"[{\"data\":[" PERSON("\"" NIK "\"", "[" PARAM "]") "]}]", -1, -1, "id_lembaga"},
	        {"[{\"id_lembaga\":10001,\"data\":[" PERSON("\"" NIK "\"", "[" PARAM "]") "]}]", -1, -1, "id_lembaga"},
	        {"[{\"id_lembaga\":\"1\"}]", -1, -1, "data"},
	        {BLOCK("{}"), -1, -1, "data"},
	        {BLOCK("[]"), -1, -1, "data"},
	        {BLOCK("[7]"), 0, -1, "data"},
	        {BLOCK("[{\"param\":[" PARAM "]}]"), 0, -1, "NIK"},
	        {BLOCK("[" PERSON("null", "[" PARAM "]") "]"), 0, -1, "NIK"},
	        {BLOCK("[" PERSON("3.30406E+15", "[" PARAM "]") "]"), 0, -1, "NIK"},
	        {BLOCK("[" PERSON("3304060101909901.0", "[" PARAM "]") "]"), 0, -1, "NIK"},
	        {BLOCK("[" PERSON("-3304060101909901", "[" PARAM "]") "]"), 0, -1, "NIK"},
	        {BLOCK("[" PERSON("330406010190990", "[" PARAM "]") "]"), 0, -1, "NIK"},
	        {BLOCK("[" PERSON("\"330406 010190 9901\"", "[" PARAM "]") "]"), 0, -1, "NIK"},
	        {BLOCK("[" PERSON("\" " NIK "\"", "[" PARAM "]") "]"), 0, -1, "NIK"},
	        {BLOCK("[" PERSON("\"3304063201909901\"", "[" PARAM "]") "]"), 0, -1, "NIK"},
	        {BLOCK("[" PERSON("[\"" NIK "\"]", "[" PARAM "]") "]"), 0, -1, "NIK"},
	        {BLOCK("[{\"NIK\":\"" NIK "\",\"nik\":\"" NIK "\",\"param\":[" PARAM "]}]"), 0, -1, "NIK"},
	        {BLOCK("[{\"NIK\":\"" NIK "\"}]"), 0, -1, "param"},
	        {BLOCK("[" PERSON("\"" NIK "\"", PARAM) "]"), 0, -1, "param"},
	        {BLOCK("[" PERSON("\"" NIK "\"", "[]") "]"), 0, -1, "param"},
	        {BLOCK("[" PERSON("\"" NIK "\"", "[" PARAM ",5]") "]"), 0, 1, "param"},
	        {BLOCK("[" PERSON("\"" NIK "\"", "[" PARAM "]") "," PERSON("\"" NIK "\"", "[" PARAM "," FLOOD "]") "]"), 1, 1,
	         "KETERANGAN_KORBAN"},
	        {ONE("{\"KETERANGAN_KORBAN\":\"Mengungsi\"}"), 0, 0, "JENIS_BENCANA"},
	        {ONE("{\"KETERANGAN_KORBAN\":\"Lari\",\"JENIS_BENCANA\":\"Banjir\"}"), 0, 0, "KETERANGAN_KORBAN"},
	        {ONE("{\"KETERANGAN_KORBAN\":5,\"JENIS_BENCANA\":\"Banjir\"}"), 0, 0, "KETERANGAN_KORBAN"},
	        {ONE("{\"KETERANGAN_KORBAN\":\"Hilang\",\"JENIS_BENCANA\":\"Air\"}"), 0, 0, "JENIS_BENCANA"},
	        {ONE("{\"KETERANGAN_KORBAN\":\"Hilang\",\"JENIS_BENCANA\":\"  \"}"), 0, 0, "JENIS_BENCANA"},
	        {ONE("{\"KETERANGAN_KORBAN\":\"Hilang\",\"JENIS_BENCANA\":\"///\"}"), 0, 0, "JENIS_BENCANA"},
	        {ONE(LOST ",\"TANGGAL\":\"31-02-2026\"}"), 0, 0, "TANGGAL"},
	        {ONE(LOST ",\"TANGGAL\":20260101}"), 0, 0, "TANGGAL"},
	        {ONE(LOST ",\"KERUSAKAN_RUMAH\":\"hancur\"}"), 0, 0, "KERUSAKAN_RUMAH"},
	        {ONE(LOST ",\"KEJADIAN\":1.5}"), 0, 0, "KEJADIAN"},
	        {ONE(LOST ",\"KEJADIAN\":true}"), 0, 0, "KEJADIAN"},
	        {ONE(LOST ",\"a\":1,\"A\":1}"), 0, 0, NULL},
	};
	for (size_t i = 0; i < LEN(rows); i++)
		assert_flaw(read_json(rows[i].json), rows[i].nik_at, rows[i].param_at, rows[i].field);
}

static void a_form_lacks_what_json_lacks(void **state)
{
	(void)state;
	assert_flaw(read_form(NULL, "1", "[" PARAM "]"), 0, -1, "nik");
	assert_flaw(read_form("3304", "1", "[" PARAM "]"), 0, -1, "nik");
	assert_flaw(read_form(NIK, NULL, "[" PARAM "]"), -1, -1, "id_lembaga");
	assert_flaw(read_form(NIK, " ", "[" PARAM "]"), -1, -1, "id_lembaga");
	assert_flaw(read_form(NIK, "1", NULL), 0, -1, "param");
	assert_flaw(read_form(NIK, "1", PARAM), 0, -1, "param");
	assert_flaw(read_form(NIK, "1", "[" PARAM), 0, -1, "param");
	assert_int_equal(read_form(NULL, NULL, NULL)->flaws_n, 3);
}

/* All of them are counted, the first are told. */
static void many_flaws_are_counted(void **state)
{
	(void)state;
	BUF_AUTO json = BUF((size_t)1 << 20);
	buf_addz(&json, "[{\"id_lembaga\":\"1\",\"data\":[");
	for (int i = 0; i < 40; i++)
		buf_addf(&json, "%s{\"NIK\":\"x\",\"param\":[]}", i ? "," : "");
	buf_addz(&json, "]}]");
	const struct store_body *body = read_bytes(buf_str(&json));
	assert_int_equal(body->flaws_n, 80);
	assert_int_equal(body->flaws[STORE_FLAWS_MAX - 1].nik_at, STORE_FLAWS_MAX / 2 - 1);
}

/* ---- ceilings ---- */

static struct store_body *read_many(int persons, int params, const char *param)
{
	BUF_AUTO json = BUF((size_t)8 << 20);
	buf_addz(&json, "[{\"id_lembaga\":\"1\",\"data\":[");
	for (int i = 0; i < persons; i++) {
		buf_addz(&json, i ? ",{\"NIK\":\"" NIK "\",\"param\":[" : "{\"NIK\":\"" NIK "\",\"param\":[");
		for (int j = 0; j < params; j++)
			buf_addf(&json, "%s%s", j ? "," : "", param);
		buf_addz(&json, "]}");
	}
	buf_addz(&json, "]}]");
	assert_true(buf_ok(&json));
	return read_bytes(buf_str(&json));
}

static void ceilings_hold(void **state)
{
	(void)state;
	assert_sound(read_many(STORE_NIK_MAX, 1, PARAM), STORE_NIK_MAX);
	assert_sound(read_many(STORE_ITEMS_MAX / STORE_PARAM_MAX, STORE_PARAM_MAX, PARAM), STORE_ITEMS_MAX);
	assert_non_null(read_many(STORE_NIK_MAX + 1, 1, PARAM)->too_many);
	assert_non_null(read_many(STORE_ITEMS_MAX / STORE_PARAM_MAX + 1, STORE_PARAM_MAX, PARAM)->too_many);
	assert_flaw(read_many(1, STORE_PARAM_MAX + 1, PARAM), 0, -1, "param");
}

static struct store_body *read_nested(int depth, int wide)
{
	BUF_AUTO json = BUF((size_t)8 << 20);
	for (int i = 0; i < depth; i++)
		buf_addc(&json, '[');
	for (int i = 0; i < wide; i++)
		buf_addz(&json, i ? ",{}" : "{}");
	for (int i = 0; i < depth; i++)
		buf_addc(&json, ']');
	return read_bytes(buf_str(&json));
}

/* What is too deep or too much is never given to the parser. */
static void depth_and_number_are_bounded(void **state)
{
	(void)state;
	static const char words[] = "JSON terlalu dalam atau memuat terlalu banyak unsur.";
	assert_string_not_equal(read_nested(STORE_DEPTH_MAX, 0)->flaws[0].why, words);
	assert_string_equal(read_nested(STORE_DEPTH_MAX + 1, 0)->flaws[0].why, words);
	assert_string_equal(read_nested(100000, 0)->flaws[0].why, words);
	assert_string_equal(read_nested(1, 60000)->flaws[0].why, words);
	/* brackets within a text are none */
	assert_sound(read_json(ONE(LOST ",\"x\":\"[[[[[[[[[[[[\\\"[[[\"}")), 1);
}

static void long_texts_are_bounded(void **state)
{
	(void)state;
	BUF_AUTO param = BUF(8192);
	buf_addz(&param, LOST ",\"KEJADIAN\":\"");
	for (int i = 0; i <= STORE_KEJADIAN_MAX; i++)
		buf_addc(&param, 'a');
	buf_addz(&param, "\"}");
	buf_addc(&param, 0);
	assert_flaw(read_many(1, 1, param.at), 0, 0, "KEJADIAN");
	buf_clear(&param);
	buf_addz(&param, LOST ",\"x\":\"");
	for (int i = 0; i <= 4096; i++)
		buf_addc(&param, 'a');
	buf_addz(&param, "\"}");
	buf_addc(&param, 0);
	assert_flaw(read_many(1, 1, param.at), 0, 0, NULL);
}

/* ---- names of an agency (DOMAIN 4.2, decision 0031) ---- */

static const struct param_keys others = {{{"STATUS", 6}, {"Bencana", 7}, {"PERISTIWA", 9}, {"SEJAK", 5}, {"RUMAH", 5}}};
#define OURS \
	"{\"KETERANGAN_KORBAN\":\"Hilang\",\"JENIS_BENCANA\":\"Banjir\",\"KEJADIAN\":\"X\"," \
	"\"TANGGAL\":\"2026-01-31\",\"KERUSAKAN_RUMAH\":\"Rusak berat\"}"
#define THEIRS \
	"{\"rumah\":\"Rusak berat\",\"STATUS\":\"Hilang\",\"bencana\":\"Banjir\",\"PERISTIWA\":\"X\"," \
	"\"Sejak\":\"2026-01-31\"}"
#define MIXED \
	"{\"RUMAH\":\"Rusak berat\",\"KETERANGAN_KORBAN\":\"Hilang\",\"Bencana\":\"Banjir\",\"kejadian\":\"X\"," \
	"\"TANGGAL\":\"2026-01-31\"}"

static void other_names_tell_the_same(void **state)
{
	(void)state;
	const struct store_body *ours = read_json(ONE(OURS));
	keys = &others;
	const struct store_body *bodies[] = {read_json(ONE(OURS)), read_json(ONE(THEIRS)), read_json(ONE(MIXED)),
	                                     read_form(NIK, "010001", "[" THEIRS "]")};
	assert_sound(ours, 1);
	for (size_t i = 0; i < LEN(bodies); i++) {
		const struct store_item *item = &bodies[i]->items[0];
		assert_sound(bodies[i], 1);
		assert_int_equal(item->keterangan, ours->items[0].keterangan);
		assert_ptr_equal(item->jenis, ours->items[0].jenis);
		assert_int_equal(item->on.n, ours->items[0].on.n);
		assert_int_equal(item->house, ours->items[0].house);
		assert_true(str_eq(item->kejadian, S("X")));
		assert_true(str_eq(item->content, ours->items[0].content)); /* a repeat, whatever the names */
	}
}

static void other_names_are_the_agencys_own(void **state)
{
	(void)state;
	const struct store_body *body = read_json(ONE(THEIRS)); /* of an agency that has none */
	assert_int_equal(body->flaws_n, 2);
	assert_string_equal(body->flaws[0].field, "KETERANGAN_KORBAN");
	assert_string_equal(body->flaws[1].field, "JENIS_BENCANA");
}

/* Whoever reads it finds the name that he wrote, or the one that his agency uses. */
static void flaws_name_the_key_that_was_meant(void **state)
{
	(void)state;
	keys = &others;
	assert_flaw(read_json(ONE("{\"STATUS\":\"Lari\",\"Bencana\":\"Banjir\"}")), 0, 0, "STATUS");
	assert_flaw(read_json(ONE("{\"keterangan_korban\":\"Lari\",\"Bencana\":\"Banjir\"}")), 0, 0, "KETERANGAN_KORBAN");
	assert_flaw(read_json(ONE("{\"Bencana\":\"Banjir\"}")), 0, 0, "STATUS");
	assert_flaw(read_json(ONE("{\"STATUS\":\"Hilang\",\"Bencana\":\"Banjir\",\"PERISTIWA\":true}")), 0, 0, "PERISTIWA");
	/* one thing under two names is one thing told twice */
	const struct store_body *twice =
	        read_json(ONE("{\"STATUS\":\"Hilang\",\"KETERANGAN_KORBAN\":\"Hilang\",\"Bencana\":\"Banjir\"}"));
	assert_int_equal(twice->flaws_n, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test_setup_teardown(the_three_encodings_tell_the_same, arena_up, arena_down),
	        cmocka_unit_test_setup_teardown(every_member_that_is_known_is_read, arena_up, arena_down),
	        cmocka_unit_test_setup_teardown(numbers_keep_their_digits, arena_up, arena_down),
	        cmocka_unit_test_setup_teardown(several_are_counted_through_the_whole_request, arena_up, arena_down),
	        cmocka_unit_test_setup_teardown(order_case_of_keys_and_blanks_do_not_count, arena_up, arena_down),
	        cmocka_unit_test_setup_teardown(everything_else_counts, arena_up, arena_down),
	        cmocka_unit_test_setup_teardown(what_is_no_json_is_told_by_its_place, arena_up, arena_down),
	        cmocka_unit_test_setup_teardown(what_has_another_shape_is_told, arena_up, arena_down),
	        cmocka_unit_test_setup_teardown(a_form_lacks_what_json_lacks, arena_up, arena_down),
	        cmocka_unit_test_setup_teardown(many_flaws_are_counted, arena_up, arena_down),
	        cmocka_unit_test_setup_teardown(ceilings_hold, arena_up, arena_down),
	        cmocka_unit_test_setup_teardown(depth_and_number_are_bounded, arena_up, arena_down),
	        cmocka_unit_test_setup_teardown(long_texts_are_bounded, arena_up, arena_down),
	        cmocka_unit_test_setup_teardown(flaws_name_the_key_that_was_meant, arena_up, arena_down),
	        cmocka_unit_test_setup_teardown(other_names_are_the_agencys_own, arena_up, arena_down),
	        cmocka_unit_test_setup_teardown(other_names_tell_the_same, arena_up, arena_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
