/* SPDX-License-Identifier: EUPL-1.2
 * Reminders: each stage once, the overview of what is late or near, one look a day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "agreement/workday.sql.h"
#include "contract/agreement/office.h"
#include "identity/credential.sql.h"
#include "identity/identity.sql.h"
#include "procedure/reminder.h"
#include "procedure/incident.sql.h"
#include "procedure/procedure.sql.h"
#include "procedure/reminder.sql.h"

static struct office bureau_open(struct engine *engine, int64_t *ret_id)
{
	const struct schema *schemas[] = {&identity_schema, &credential_schema, &workday_schema, &reminder_schema,
	                                  &procedure_schema, &incident_schema};
	struct office o = office_open(engine);
	tx_rollback(&o.tx);
	OK(store_migrate(engine->store, schemas, LEN(schemas), NOW, &engine_err));
	OK(tx_begin(engine->store, TX_WRITE, &o.tx, &engine_err));
	*ret_id = office_apply(&o, "bpbd", NULL).instansi_id;
	return o;
}

static int64_t moment(int year, int month, int mday)
{
	return day_begin_us(day_from_ymd(year, month, mday)) + US_PER_S;
}

/* The stage somebody is reminded of for this duty, "" when of none. */
static const char *told(struct office *o, int64_t id, enum duty duty, int64_t now_us)
{
	struct duty_ask ask = {.agreement = o->agreement, .instansi_id = id};
	struct reminder *fresh;
	const char *stage = "";
	size_t n;
	OK(reminder_look(o->tx, &ask, now_us, &fresh, &n, &engine_err));
	for (size_t i = 0; i < n; i++)
		if (fresh[i].item.duty == duty)
			stage = fresh[i].stage;
	return stage;
}

/* P4, J.VI.F: 6, 4, 3 and 2 months before the end (20 May 2027), then late; each once. */
static void check_p4_renewal_is_called_to_mind_at_6_4_3_2_months(struct engine *engine)
{
	int64_t id;
	struct office o = bureau_open(engine, &id);
	static const struct {
		int year, month, mday;
		const char *stage;
	} days[] = {{2026, 11, 19, ""},       {2026, 11, 20, "6 bulan"},  {2026, 11, 21, ""},
	            {2027, 1, 20, "4 bulan"}, {2027, 2, 20, "3 bulan"},   {2027, 3, 18, ""},
	            {2027, 3, 19, "2 bulan"}, {2027, 3, 20, "terlambat"}, {2027, 3, 21, ""}};
	for (size_t i = 0; i < LEN(days); i++)
		assert_string_equal(told(&o, id, DUTY_RENEWAL, moment(days[i].year, days[i].month, days[i].mday)), days[i].stage);
	office_close(&o);
}
EACH(p4_renewal_is_called_to_mind_at_6_4_3_2_months)

/* Who was away for months gets one reminder, not all that were missed. */
static void check_only_the_latest_stage(struct engine *engine)
{
	int64_t id;
	struct office o = bureau_open(engine, &id);
	assert_string_equal(told(&o, id, DUTY_RENEWAL, moment(2027, 2, 25)), "3 bulan");
	assert_string_equal(told(&o, id, DUTY_RENEWAL, moment(2027, 2, 26)), "");
	office_close(&o);
}
EACH(only_the_latest_stage)

/* P2.2i: 30, 14, 7 and 1 days before 20 November 2025, and when it has passed. */
static void check_p22i_iso_is_called_to_mind(struct engine *engine)
{
	int64_t id;
	struct office o = bureau_open(engine, &id);
	static const struct {
		int month, mday;
		const char *stage;
	} days[] = {{10, 20, ""},       {10, 21, "30 hari"}, {11, 6, "14 hari"},   {11, 13, "7 hari"},
	            {11, 19, "1 hari"}, {11, 20, ""},        {11, 21, "terlambat"}};
	for (size_t i = 0; i < LEN(days); i++)
		assert_string_equal(told(&o, id, DUTY_ISO27001, moment(2025, days[i].month, days[i].mday)), days[i].stage);
	office_close(&o);
}
EACH(p22i_iso_is_called_to_mind)

static void check_the_overview_follows_the_last_look(struct engine *engine)
{
	int64_t id, n;
	size_t page_n;
	struct reminder_due *page;
	struct office o = bureau_open(engine, &id);
	told(&o, id, DUTY_ISO27001, moment(2025, 11, 21));
	OK(reminder_count(o.tx, DUTY_LATE, &n, &engine_err));
	OK(reminder_page(o.tx, DUTY_LATE, 0, 50, &page, &page_n, &engine_err));
	assert_int_equal(page_n, n);
	bool iso = false;
	for (size_t i = 0; i < page_n; i++) {
		assert_str(page[i].code, "BPBD");
		iso = iso || (page[i].duty == DUTY_ISO27001 && page[i].due.n == day_from_ymd(2025, 11, 20).n);
	}
	assert_true(iso);
	struct paper paper = {.kind = PAPER_ISO27001,
	                      .instansi_id = id,
	                      .number = S("ISO/1"),
	                      .signer = S("Lembaga"),
	                      .signed_on = day_from_ymd(2025, 11, 21)};
	OK(paper_file(o.tx, &paper, NOW, &engine_err));
	told(&o, id, DUTY_ISO27001, moment(2025, 11, 22));
	OK(reminder_page(o.tx, DUTY_LATE, 0, 50, &page, &page_n, &engine_err));
	assert_int_equal(page_n, n - 1);
	assert_int_equal(reminder_page(o.tx, DUTY_LATE, -1, 50, &page, &page_n, &engine_err), RC_INVALID);
	assert_int_equal(reminder_page(o.tx, DUTY_LATE, 0, REMINDER_PAGE_MAX + 1, &page, &page_n, &engine_err), RC_INVALID);
	office_close(&o);
}
EACH(the_overview_follows_the_last_look)

/* One look a day; a look that a wrong clock dated later does not stop the next. */
static void check_one_look_a_day(struct engine *engine)
{
	int64_t id, next[10];
	size_t n;
	struct office o = bureau_open(engine, &id);
	OK(reminder_next(o.tx, moment(2026, 1, 5), 10, next, &n, &engine_err));
	assert_int_equal(n, 1);
	assert_int_equal(next[0], id);
	told(&o, id, DUTY_NDA, moment(2026, 1, 5));
	OK(reminder_next(o.tx, moment(2026, 1, 5), 10, next, &n, &engine_err));
	assert_int_equal(n, 0);
	OK(reminder_next(o.tx, moment(2026, 1, 6), 10, next, &n, &engine_err));
	assert_int_equal(n, 1);
	OK(reminder_next(o.tx, moment(2025, 12, 30), 10, next, &n, &engine_err));
	assert_int_equal(n, 1);
	OK(instansi_set_state(o.tx, id, INSTANSI_REVOKED, NOW, &engine_err)); /* nothing is owed any more */
	OK(reminder_next(o.tx, moment(2026, 1, 6), 10, next, &n, &engine_err));
	assert_int_equal(n, 0);
	office_close(&o);
}
EACH(one_look_a_day)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(p4_renewal_is_called_to_mind_at_6_4_3_2_months),
	        cmocka_unit_test(only_the_latest_stage),
	        cmocka_unit_test(p22i_iso_is_called_to_mind),
	        cmocka_unit_test(the_overview_follows_the_last_look),
	        cmocka_unit_test(one_look_a_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
