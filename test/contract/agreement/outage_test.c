/* SPDX-License-Identifier: EUPL-1.2
 * I5.5: planned outages: what may be announced, changed and called off, and who sees it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "agreement/outage.h"
#include "agreement/outage.sql.h"
#include "engines.h"
#include "store/migrate.h"
#include "store/query.h"

#define OK ENGINE_OK
#define NOW (day_begin_us(day_from_ymd(2026, 11, 24)))
#define HOUR_US (3600 * US_PER_S)
#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}

static struct tx *office(struct engine *engine)
{
	struct tx *tx;
	const struct schema *schemas[] = {&outage_schema};
	OK(store_migrate(engine->store, schemas, 1, NOW, &engine_err));
	OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	return tx;
}

static struct outage hours(int from, int upto)
{
	return (struct outage){.begin_us = NOW + from * HOUR_US,
	                       .end_us = NOW + upto * HOUR_US,
	                       .part = OUTAGE_SERVICES,
	                       .note = S("Penggantian peladen")};
}

static int64_t plan(struct tx *tx, struct outage outage)
{
	int64_t id;
	OK(outage_plan(tx, &outage, S("admin"), NOW, &id, &engine_err));
	return id;
}

static enum rc try_plan(struct tx *tx, struct outage outage)
{
	int64_t id;
	return outage_plan(tx, &outage, S("admin"), NOW, &id, &engine_err);
}

static struct outage_list coming(struct tx *tx, int64_t now_us, int64_t before_us)
{
	struct outage_list list;
	OK(outage_coming(tx, now_us, before_us, &list, &engine_err));
	return list;
}

static void check_coming_ones(struct engine *engine)
{
	TX_AUTO *tx = office(engine);
	int64_t later = plan(tx, hours(100, 101)), soon = plan(tx, hours(2, 4)), running = plan(tx, hours(-1, 1));
	struct outage_list list = coming(tx, NOW, NOW + OUTAGE_NOTICE_US);
	assert_int_equal(list.n, 2);
	assert_int_equal(list.at[0].outage_id, running);
	assert_int_equal(list.at[1].outage_id, soon);
	assert_true(outage_runs(&list.at[0], NOW) && !outage_runs(&list.at[1], NOW));
	assert_int_equal(list.at[1].begin_us, NOW + 2 * HOUR_US);
	assert_int_equal(list.at[1].end_us, NOW + 4 * HOUR_US);
	assert_int_equal(list.at[1].part, OUTAGE_SERVICES);
	assert_true(str_eq(list.at[1].note, S("Penggantian peladen")) && str_eq(list.at[1].changed_by, S("admin")));
	list = coming(tx, NOW, INT64_MAX);
	assert_int_equal(list.n, 3);
	assert_int_equal(list.at[2].outage_id, later);
	/* the moment it ends it is over, and the moment it begins it runs */
	assert_int_equal(coming(tx, NOW + HOUR_US, NOW + 2 * HOUR_US).n, 0);
	assert_int_equal(coming(tx, NOW + HOUR_US - 1, NOW + 2 * HOUR_US).n, 1);
	assert_int_equal(coming(tx, NOW + HOUR_US, NOW + 2 * HOUR_US + 1).n, 1);
	OK(outage_past(tx, NOW + HOUR_US, &list, &engine_err));
	assert_int_equal(list.n, 1);
	assert_int_equal(list.at[0].outage_id, running);
	tx_rollback(&tx);
}

static void check_refused(struct engine *engine)
{
	TX_AUTO *tx = office(engine);
	struct outage bad;
	assert_int_equal(try_plan(tx, hours(2, 2)), RC_INVALID);
	assert_int_equal(try_plan(tx, hours(3, 2)), RC_INVALID);
	assert_int_equal(try_plan(tx, hours(-3, 0)), RC_INVALID);
	assert_int_equal(try_plan(tx, hours(1, 1 + 14 * 24 + 1)), RC_INVALID);
	assert_int_equal(try_plan(tx, hours(367 * 24, 367 * 24 + 1)), RC_INVALID);
	static const char *const notes[] = {"", "   ", "dua\nbaris", "NIK 3304060101909900", "\xff"};
	for (size_t i = 0; i < LEN(notes); i++) {
		bad = hours(1, 2);
		bad.note = str_c(notes[i]);
		assert_int_equal(try_plan(tx, bad), RC_INVALID);
	}
	char longest[OUTAGE_NOTE_MAX + 1];
	memset(longest, 'a', sizeof longest);
	bad = hours(1, 2);
	bad.note = str_from(longest, sizeof longest);
	assert_int_equal(try_plan(tx, bad), RC_INVALID);
	bad.note = str_from(longest, OUTAGE_NOTE_MAX);
	assert_int_equal(try_plan(tx, bad), RC_OK);
	for (int i = 1; i < OUTAGES_OPEN_MAX; i++)
		plan(tx, hours(i, i + 1));
	assert_int_equal(try_plan(tx, hours(1, 2)), RC_LIMIT);
	assert_int_equal(coming(tx, NOW, INT64_MAX).n, OUTAGES_OPEN_MAX);
	tx_rollback(&tx);
}

static void check_change(struct engine *engine)
{
	TX_AUTO *tx = office(engine);
	struct outage one = hours(2, 4), now;
	one.outage_id = plan(tx, one);
	one.rev = 1;
	one.end_us = NOW + 6 * HOUR_US;
	one.part = OUTAGE_ALL;
	OK(outage_change(tx, &one, S("admin2"), NOW, &engine_err));
	assert_int_equal(outage_change(tx, &one, S("admin"), NOW, &engine_err), RC_CONFLICT); /* had not seen the other's */
	now = coming(tx, NOW, INT64_MAX).at[0];
	assert_int_equal(now.end_us, one.end_us);
	assert_int_equal(now.part, OUTAGE_ALL);
	assert_int_equal(now.rev, 2);
	assert_true(str_eq(now.changed_by, S("admin2")));
	/* what runs keeps its beginning, and may last longer */
	now.begin_us = NOW + 5 * HOUR_US;
	now.end_us = NOW + 8 * HOUR_US;
	OK(outage_change(tx, &now, S("admin"), NOW + 3 * HOUR_US, &engine_err));
	now = coming(tx, NOW + 3 * HOUR_US, INT64_MAX).at[0];
	assert_int_equal(now.begin_us, NOW + 2 * HOUR_US);
	assert_int_equal(now.end_us, NOW + 8 * HOUR_US);
	assert_int_equal(outage_change(tx, &now, S("admin"), NOW + 8 * HOUR_US, &engine_err), RC_ABSENT); /* over */
	now.end_us = NOW;
	assert_int_equal(outage_change(tx, &now, S("admin"), NOW + 3 * HOUR_US, &engine_err), RC_INVALID);
	now.outage_id = 99;
	assert_int_equal(outage_change(tx, &now, S("admin"), NOW, &engine_err), RC_ABSENT);
	tx_rollback(&tx);
}

static void check_cancel(struct engine *engine)
{
	TX_AUTO *tx = office(engine);
	struct outage was, now;
	struct outage_list list;
	int64_t id = plan(tx, hours(2, 4));
	OK(outage_cancel(tx, id, S("admin2"), NOW, &was, &engine_err));
	assert_int_equal(was.begin_us, NOW + 2 * HOUR_US);
	assert_int_equal(coming(tx, NOW, INT64_MAX).n, 0);
	assert_int_equal(outage_cancel(tx, id, S("admin"), NOW, &was, &engine_err), RC_ABSENT);
	OK(outage_past(tx, NOW, &list, &engine_err));
	assert_int_equal(list.n, 1);
	assert_true(list.at[0].cancelled && str_eq(list.at[0].changed_by, S("admin2")));
	assert_false(outage_runs(&list.at[0], NOW + 3 * HOUR_US));
	/* what runs is over from that moment on */
	id = plan(tx, hours(2, 4));
	OK(outage_cancel(tx, id, S("admin"), NOW + 3 * HOUR_US, &now, &engine_err));
	assert_true(!now.cancelled && now.end_us == NOW + 3 * HOUR_US && !outage_runs(&now, NOW + 3 * HOUR_US));
	assert_int_equal(coming(tx, NOW + 3 * HOUR_US, INT64_MAX).n, 0);
	assert_int_equal(outage_cancel(tx, id, S("admin"), NOW + 3 * HOUR_US, &now, &engine_err), RC_ABSENT);
	was.rev = 2;
	assert_int_equal(outage_change(tx, &was, S("admin"), NOW, &engine_err), RC_ABSENT);
	tx_rollback(&tx);
}

static void check_queries(struct engine *engine)
{
	TX_AUTO *tx = office(engine);
	OK(tx_commit(&tx, &engine_err));
	for (size_t i = 0; outage_queries[i]; i++)
		OK(query_check(engine->store, outage_queries[i], &engine_err));
}

/* ---- without a store ---- */

static void words(void **state)
{
	int64_t us;
	enum outage_part part;
	(void)state;
	assert_int_equal(outage_time_from_str(S("2026-11-24T22:30"), &us), RC_OK);
	assert_int_equal(us, NOW + 22 * HOUR_US + HOUR_US / 2);
	assert_string_equal(outage_time_text(us).z, "2026-11-24T22:30");
	assert_int_equal(outage_time_from_str(S("2026-11-24 00:00"), &us), RC_OK);
	assert_int_equal(us, NOW);
	static const char *const bad[] = {"",
	                                  "2026-11-24",
	                                  "2026-11-24T24:00",
	                                  "2026-11-24T22:60",
	                                  "2026-02-30T10:00",
	                                  "2026-11-24T22.30",
	                                  "2026-11-24X22:30",
	                                  "2026-11-24T22:30Z",
	                                  "2026-11-24T-1:30",
	                                  "2026-11-24T+1:30"};
	for (size_t i = 0; i < LEN(bad); i++)
		assert_int_equal(outage_time_from_str(str_c(bad[i]), &us), RC_INVALID);
	for (size_t i = 0; outage_part_at(i); i++) {
		assert_int_equal(outage_part_from_key(str_c(outage_part_at(i)->key), &part), RC_OK);
		assert_int_equal(part, outage_part_at(i)->part);
		assert_true(*outage_part_at(i)->label);
	}
	assert_int_equal(outage_part_from_key(S("listrik"), &part), RC_INVALID);
}

EACH(coming_ones)
EACH(refused)
EACH(change)
EACH(cancel)
EACH(queries)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(coming_ones), cmocka_unit_test(refused), cmocka_unit_test(change),
	        cmocka_unit_test(cancel),      cmocka_unit_test(queries), cmocka_unit_test(words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
