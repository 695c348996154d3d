/* SPDX-License-Identifier: EUPL-1.2
 * The working-day calendar as data of the office (P8, P4, J.V): the check values from
 * the compiled-in rows and from imported ones; a year of the store is taken from there
 * alone; an import replaces whole years, or nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "agreement/workday.sql.h"
#include "agreement/workday_file.h"
#include "engines.h"
#include "store/migrate.h"
#include "store/query.h"
#include "sys/file.h"

#define OK ENGINE_OK
#define NOW (day_begin_us(day_from_ymd(2026, 11, 24)))
#define HEAD "tanggal,jenis,nama,sumber\n"
#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}

static struct tx *office(struct engine *engine)
{
	struct tx *tx;
	const struct schema *schemas[] = {&workday_schema};
	OK(store_migrate(engine->store, schemas, 1, NOW, &engine_err));
	OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	return tx;
}

static struct workday_filed import(struct tx *tx, const char *text)
{
	struct workday_filed filed;
	OK(workday_import(tx, str_c(text), NOW, &filed, &engine_err));
	return filed;
}

static struct workdays load(struct tx *tx, int first, int last)
{
	struct workdays cal;
	OK(workdays_load(tx, first, last, &cal, &engine_err));
	return cal;
}

static void assert_day(struct day got, int year, int month, int mday)
{
	assert_string_equal(day_iso(got).z, day_iso(day_from_ymd(year, month, mday)).z);
}

/* P8: at the latest ten working days after the semester; P4: what moves back */
static void assert_check_values(struct tx *tx)
{
	struct workdays cal = load(tx, 2025, 2027);
	assert_day(workday_after(&cal, day_from_ymd(2025, 6, 30), 10), 2025, 7, 14);
	assert_day(workday_after(&cal, day_from_ymd(2025, 12, 31), 10), 2026, 1, 15);
	assert_day(workday_after(&cal, day_from_ymd(2026, 6, 30), 10), 2026, 7, 14);
	assert_day(workday_after(&cal, day_from_ymd(2026, 12, 31), 10), 2027, 1, 18);
	assert_day(workday_after(&cal, day_from_ymd(2027, 6, 30), 10), 2027, 7, 14);
	assert_day(workday_or_before(&cal, day_from_ymd(2027, 3, 20)), 2027, 3, 19);
	assert_day(workday_or_before(&cal, day_from_ymd(2027, 5, 20)), 2027, 5, 14);
	assert_false(workday_year_known(&cal, 2028));
}

static void check_check_values_from_both_places(struct engine *engine)
{
	struct tx *tx = office(engine);
	BUF_AUTO text = BUF(WORKDAY_TEXT_MAX);
	assert_check_values(tx);
	OK(file_read("data/workday.csv", WORKDAY_TEXT_MAX, &text, &engine_err));
	buf_addc(&text, '\0');
	struct workday_filed filed = import(tx, text.at);
	assert_int_equal(filed.years, 3);
	assert_int_equal(filed.rows, 79);
	assert_check_values(tx);
	tx_rollback(&tx);
}
EACH(check_values_from_both_places)

static void check_a_year_of_the_store_stands_alone(struct engine *engine)
{
	struct tx *tx = office(engine);
	struct workday_filed filed = import(tx, HEAD "2026-01-02,libur,Contoh,SK 1\n2028-01-03,cuti-bersama,Contoh,SK 1\n");
	assert_int_equal(filed.first, 2026);
	assert_int_equal(filed.last, 2028);
	assert_int_equal(filed.years, 2);
	struct workdays cal = load(tx, 2026, 2027);
	assert_false(workday_is(&cal, day_from_ymd(2026, 1, 2)));
	assert_true(workday_is(&cal, day_from_ymd(2026, 1, 1)));   /* the compiled-in row of that year is gone */
	assert_false(workday_is(&cal, day_from_ymd(2025, 1, 1)));  /* other years are not */
	assert_false(workday_is(&cal, day_from_ymd(2027, 1, 1)));
	assert_false(workday_is(&cal, day_from_ymd(2028, 1, 3)));
	assert_true(workday_year_known(&cal, 2028));
	cal = load(tx, 2029, 2040);
	assert_true(workday_year_known(&cal, 2028));
	assert_false(workday_year_known(&cal, 2029));
	tx_rollback(&tx);
}
EACH(a_year_of_the_store_stands_alone)

static void check_an_import_replaces_whole_years(struct engine *engine)
{
	struct tx *tx = office(engine);
	struct workday_list list;
	import(tx, HEAD "2028-01-03,libur,Lama,SK 1\n2028-02-03,libur,Lama,SK 1\n2029-01-01,libur,Lama,SK 1\n");
	import(tx, HEAD "2028-02-03,cuti-bersama,\"Baru, \"\"ya\"\"\",SK 2\n");
	OK(workday_list(tx, 2028, &list, &engine_err));
	assert_int_equal(list.origin, WORKDAY_OFFICE);
	assert_int_equal(list.n, 1);
	assert_day(list.at[0].day, 2028, 2, 3);
	assert_int_equal(list.at[0].kind, WORKDAY_CUTI_BERSAMA);
	assert_true(str_eq(list.at[0].name, S("Baru, \"ya\"")));
	assert_true(str_eq(list.at[0].source, S("SK 2")));
	OK(workday_list(tx, 2029, &list, &engine_err));
	assert_int_equal(list.n, 1);
	OK(workday_list(tx, 2026, &list, &engine_err));
	assert_int_equal(list.origin, WORKDAY_BUILTIN);
	assert_int_equal(list.n, 25);
	assert_day(list.at[0].day, 2026, 1, 1);
	OK(workday_list(tx, 2050, &list, &engine_err));
	assert_int_equal(list.origin, WORKDAY_NOWHERE);
	assert_int_equal(list.n, 0);
	tx_rollback(&tx);
}
EACH(an_import_replaces_whole_years)

static void check_a_wrong_line_changes_nothing(struct engine *engine)
{
	struct workday_list list;
	struct workday_filed filed;
	struct tx *tx = office(engine);
	import(tx, HEAD "2028-01-03,libur,Lama,SK 1\n");
	struct str wrong = S(HEAD "2028-02-03,libur,Baru,SK 2\n2028-02-30,libur,Baru,SK 2\n");
	assert_int_equal(workday_import(tx, wrong, NOW, &filed, &engine_err), RC_INVALID);
	assert_non_null(strstr(engine_err.what, "baris 3"));
	OK(workday_list(tx, 2028, &list, &engine_err));
	assert_int_equal(list.n, 1);
	assert_true(str_eq(list.at[0].name, S("Lama")));
	tx_rollback(&tx);
}
EACH(a_wrong_line_changes_nothing)

/* What was loaded may be remembered: an import moves the mark. */
static void check_an_import_moves_the_mark(struct engine *engine)
{
	int64_t before, after;
	struct tx *tx = office(engine);
	OK(tx_mark(tx, workday_marks, &before, &engine_err));
	import(tx, HEAD "2028-01-03,libur,Contoh,SK 1\n");
	OK(tx_commit(&tx, &engine_err));
	OK(tx_begin(engine->store, TX_READ, &tx, &engine_err));
	OK(tx_mark(tx, workday_marks, &after, &engine_err));
	assert_int_not_equal(before, after);
	tx_rollback(&tx);
}
EACH(an_import_moves_the_mark)

static void check_every_query_prepares(struct engine *engine)
{
	struct tx *tx = office(engine);
	tx_rollback(&tx);
	for (size_t i = 0; workday_queries[i]; i++)
		OK(query_check(engine->store, workday_queries[i], &engine_err));
}
EACH(every_query_prepares)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(check_values_from_both_places),
	        cmocka_unit_test(a_year_of_the_store_stands_alone),
	        cmocka_unit_test(an_import_replaces_whole_years),
	        cmocka_unit_test(a_wrong_line_changes_nothing),
	        cmocka_unit_test(an_import_moves_the_mark),
	        cmocka_unit_test(every_query_prepares),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
