/* SPDX-License-Identifier: EUPL-1.2
 * P2.2g on both engines: an incident is opened, dealt with and closed; its clock is of the
 * calendar; of one that has ended, or has moved meanwhile, nothing changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "engines.h"
#include "procedure/incident.h"
#include "procedure/incident.sql.h"
#include "store/migrate.h"
#include "store/query.h"

#define OK ENGINE_OK
#define FOUND (day_begin_us(day_from_ymd(2026, 11, 20)) + 22 * US_PER_HOUR) /* a Friday night */
#define NOW (FOUND + US_PER_HOUR)
#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}

static struct tx *begin(struct engine *engine)
{
	static const struct schema *const schemas[] = {&incident_schema};
	struct tx *tx;
	OK(store_migrate(engine->store, schemas, LEN(schemas), NOW, &engine_err));
	OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	return tx;
}

static struct incident sample(int64_t instansi_id)
{
	return (struct incident){.instansi_id = instansi_id,
	                         .kind = INCIDENT_SPREAD,
	                         .title = S("Foto layar tersebar"),
	                         .what = S("Beredar di grup."),
	                         .found_us = FOUND,
	                         .source_entry = -1,
	                         .opened_by = S("kepala")};
}

static int64_t opened(struct tx *tx, int64_t instansi_id)
{
	struct incident i = sample(instansi_id);
	int64_t id;
	OK(incident_open(tx, &i, NOW, &id, &engine_err));
	return id;
}

static struct incident get(struct tx *tx, int64_t id)
{
	struct incident i;
	OK(incident_get(tx, id, &i, &engine_err));
	return i;
}

static enum rc take(struct tx *tx, int64_t id, enum incident_move move, int64_t at_us)
{
	struct incident_ask ask = {.incident_id = id,
	                           .rev = get(tx, id).rev,
	                           .move = move,
	                           .at_us = at_us,
	                           .letter = S("360/1/2026"),
	                           .note = S("Sudah."),
	                           .by = S("kepala")};
	return incident_take(tx, &ask, at_us > NOW ? at_us : NOW, &engine_err);
}

static void check_queries(struct engine *engine)
{
	struct tx *tx = begin(engine);
	tx_rollback(&tx);
	for (size_t i = 0; incident_queries[i]; i++)
		OK(query_check(engine->store, incident_queries[i], &engine_err));
}

static void check_life(struct engine *engine)
{
	TX_AUTO *tx = begin(engine);
	int64_t id = opened(tx, 2);
	struct incident i = get(tx, id);
	assert_int_equal(i.state, INCIDENT_OPEN);
	assert_int_equal(incident_deadline_us(&i), FOUND + 3 * US_PER_DAY); /* over the week-end, to Monday night */
	assert_int_equal(take(tx, id, INCIDENT_CLOSE, NOW), RC_REFUSED);
	OK(take(tx, id, INCIDENT_HANDLE, FOUND));
	assert_int_equal(get(tx, id).state, INCIDENT_HANDLED);
	OK(take(tx, id, INCIDENT_TELL_AUTHORITY, NOW));
	i = get(tx, id);
	assert_int_equal(i.state, INCIDENT_HANDLED);
	assert_true(incident_clock_runs(&i)); /* both must be told */
	OK(take(tx, id, INCIDENT_TELL_PEOPLE, FOUND + 4 * US_PER_DAY));
	i = get(tx, id);
	assert_int_equal(i.state, INCIDENT_TOLD);
	assert_false(incident_clock_runs(&i));
	OK(take(tx, id, INCIDENT_HANDLE, FOUND + 5 * US_PER_DAY));
	assert_int_equal(get(tx, id).handled_us, FOUND); /* the first counts */
	assert_int_equal(take(tx, id, INCIDENT_CLOSE, FOUND + 5 * US_PER_DAY), RC_REFUSED);
	OK(take(tx, id, INCIDENT_RECOVER, FOUND + 5 * US_PER_DAY));
	OK(take(tx, id, INCIDENT_CLOSE, FOUND + 6 * US_PER_DAY));
	i = get(tx, id);
	assert_int_equal(i.state, INCIDENT_CLOSED);
	assert_int_equal(i.rev, 6);
	assert_int_equal(take(tx, id, INCIDENT_RECOVER, FOUND + 6 * US_PER_DAY), RC_CONFLICT);
	struct incident_step *steps;
	size_t n;
	OK(incident_steps(tx, id, &steps, &n, &engine_err));
	assert_int_equal(n, 6);
	assert_int_equal(steps[2].move, INCIDENT_TELL_PEOPLE);
	assert_true(str_eq(steps[2].letter, S("360/1/2026")));
	assert_int_equal(steps[0].letter.n, 0); /* no letter belongs to that one */
}

static void check_refusals(struct engine *engine)
{
	TX_AUTO *tx = begin(engine);
	struct incident wrong[] = {sample(2), sample(2), sample(2), sample(2), sample(2), sample(2)};
	int64_t id;
	wrong[0].title = S("");
	wrong[1].title = S("dua\nbaris");
	wrong[2].what = S("NIK 3304 0601 0190 9999 tersebar");
	wrong[3].found_us = NOW + 1;
	wrong[4].found_us = NOW - INCIDENT_AGE_MAX_US - 1;
	wrong[5].what = S("");
	for (size_t i = 0; i < LEN(wrong); i++)
		assert_int_equal(incident_open(tx, &wrong[i], NOW, &id, &engine_err), RC_INVALID);
	id = opened(tx, 2);
	assert_int_equal(take(tx, id, INCIDENT_HANDLE, FOUND - 1), RC_INVALID);
	struct incident_ask ask = {
	        .incident_id = id, .move = INCIDENT_TELL_PEOPLE, .at_us = NOW, .letter = S(""), .by = S("kepala")};
	assert_int_equal(incident_take(tx, &ask, NOW, &engine_err), RC_INVALID); /* a notice has a number */
	ask = (struct incident_ask){
	        .incident_id = id, .move = INCIDENT_HANDLE, .at_us = NOW + 1, .note = S("Kelak."), .by = S("kepala")};
	assert_int_equal(incident_take(tx, &ask, NOW, &engine_err), RC_INVALID);
	ask.at_us = NOW;
	ask.note = S("");
	assert_int_equal(incident_take(tx, &ask, NOW, &engine_err), RC_INVALID);
	ask.note = S("Sekarang.");
	OK(incident_take(tx, &ask, NOW, &engine_err));
	assert_int_equal(incident_take(tx, &ask, NOW, &engine_err), RC_CONFLICT); /* the same form once more */
	ask.incident_id = id + 7;
	assert_int_equal(incident_take(tx, &ask, NOW, &engine_err), RC_ABSENT);
}

static void check_lists(struct engine *engine)
{
	TX_AUTO *tx = begin(engine);
	struct incident running[INCIDENT_RUNNING_MAX], *list;
	int64_t first = opened(tx, 2), second = opened(tx, 3), third = opened(tx, 2), all;
	size_t n;
	OK(take(tx, third, INCIDENT_DISMISS, NOW));
	assert_int_equal(get(tx, third).state, INCIDENT_DISMISSED);
	OK(incident_running(tx, 2, running, &n, &engine_err));
	assert_int_equal(n, 1);
	assert_int_equal(running[0].incident_id, first);
	OK(incident_running(tx, 0, running, &n, &engine_err));
	assert_int_equal(n, 2);
	OK(incident_list(tx, 0, 0, 50, &list, &n, &engine_err));
	assert_int_equal(n, 3);
	assert_int_equal(list[0].incident_id, second); /* those that have not ended first */
	assert_int_equal(list[2].incident_id, third);
	OK(incident_list(tx, 2, 1, 50, &list, &n, &engine_err));
	assert_int_equal(n, 1);
	assert_int_equal(list[0].incident_id, third);
	OK(incident_count(tx, 2, &all, &engine_err));
	assert_int_equal(all, 2);
}

static void check_turns(struct engine *engine)
{
	TX_AUTO *tx = begin(engine);
	struct incident running[INCIDENT_RUNNING_MAX], another = sample(2);
	int64_t id, told = opened(tx, 2);
	size_t n;
	OK(take(tx, told, INCIDENT_TELL_AUTHORITY, NOW));
	OK(take(tx, told, INCIDENT_TELL_PEOPLE, NOW));
	for (int i = 1; i < INCIDENT_OWN_MAX; i++)
		(void)opened(tx, 2);
	assert_int_equal(incident_open(tx, &another, NOW, &id, &engine_err), RC_LIMIT);
	another.by_provider = true;
	OK(incident_open(tx, &another, NOW, &id, &engine_err));
	int64_t last = opened(tx, 3);
	OK(incident_running(tx, 0, running, &n, &engine_err));
	assert_int_equal(n, INCIDENT_RUNNING_MAX);
	assert_int_equal(running[1].incident_id, last); /* the first of each instansi before the second of any */
	OK(incident_running(tx, 2, running, &n, &engine_err));
	for (size_t i = 0; i < n; i++)
		assert_true(running[i].incident_id != told); /* where somebody is still to be told comes first */
}

static void the_tables_have_no_holes(void **state)
{
	(void)state;
	enum incident_kind kind;
	enum incident_move move;
	for (size_t i = 0; i < INCIDENT_KIND_COUNT; i++) {
		const struct incident_kind_row *row = incident_kind_at(i);
		assert_true(row->kind == i && *row->label);
		OK(incident_kind_from_key(str_c(row->key), &kind));
		assert_int_equal(kind, i);
	}
	for (size_t i = 0; i < INCIDENT_MOVE_COUNT; i++) {
		const struct incident_move_row *row = incident_move_at(i);
		assert_true(row->move == i && *row->label && *row->done);
		OK(incident_move_from_key(str_c(row->key), &move));
		assert_int_equal(move, i);
	}
	for (enum incident_state s = INCIDENT_OPEN; s <= INCIDENT_DISMISSED; s++)
		assert_true(*incident_state_label(s));
	assert_null(incident_kind_at(INCIDENT_KIND_COUNT));
	assert_null(incident_move_at(INCIDENT_MOVE_COUNT));
}

EACH(queries)
EACH(life)
EACH(refusals)
EACH(lists)
EACH(turns)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(queries),  cmocka_unit_test(life), /* P2.2g: 3 x 24 hours of the calendar, both told, then closed
	                                                             */
	        cmocka_unit_test(refusals), cmocka_unit_test(lists), cmocka_unit_test(turns),
	        cmocka_unit_test(the_tables_have_no_holes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
