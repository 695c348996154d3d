/* SPDX-License-Identifier: EUPL-1.2
 * The duties of the agreement: which there are, by when, in what state (P2.2, P4, P8,
 * J.II, J.V, J.VI). The sample agreement runs from 20 May 2025 to 20 May 2027. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "agreement/official.h"
#include "agreement/workday.h"
#include "agreement/workday.sql.h"
#include "contract/agreement/office.h"
#include "identity/credential.sql.h"
#include "identity/identity.sql.h"
#include "identity/user.h"
#include "procedure/duty.h"
#include "procedure/incident.h"
#include "procedure/incident.sql.h"
#include "procedure/procedure.sql.h"

struct bureau {
	struct office o;
	int64_t id;
	struct duty_item *items;
	size_t n;
};

static struct bureau bureau_open(struct engine *engine)
{
	const struct schema *schemas[] = {&identity_schema, &credential_schema, &workday_schema, &procedure_schema,
	                                  &incident_schema};
	struct bureau b = {.o = office_open(engine)};
	tx_rollback(&b.o.tx);
	OK(store_migrate(engine->store, schemas, LEN(schemas), NOW, &engine_err));
	OK(tx_begin(engine->store, TX_WRITE, &b.o.tx, &engine_err));
	b.id = office_apply(&b.o, "bpbd", NULL).instansi_id;
	return b;
}

static void look(struct bureau *b, int year, int month, int mday)
{
	struct duty_ask ask = {.agreement = b->o.agreement, .instansi_id = b->id};
	OK(duty_list(b->o.tx, &ask, day_begin_us(day_from_ymd(year, month, mday)) + US_PER_S, &b->items, &b->n, &engine_err));
}

/* The item of a duty; `subject` NULL: the first. */
static const struct duty_item *item(const struct bureau *b, enum duty duty, const char *subject)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->items[i].duty == duty && (!subject || str_eq(b->items[i].subject, str_c(subject))))
			return &b->items[i];
	fail_msg("no item of duty %d %s", (int)duty, subject ? subject : "");
	return NULL;
}

static void paper(struct bureau *b, enum paper_kind kind, const char *subject, struct day on, struct day until)
{
	struct paper p = {.kind = kind,
	                  .instansi_id = b->id,
	                  .subject = str_c(subject),
	                  .number = S("1/CONTOH"),
	                  .signer = S("Contoh"),
	                  .signed_on = on,
	                  .valid_until = until};
	OK(paper_file(b->o.tx, &p, NOW, &engine_err));
}

static void the_table_has_no_holes(void **state)
{
	(void)state;
	for (size_t i = 0; i < DUTY_COUNT; i++) {
		const struct duty_row *row = duty_at(i);
		assert_int_equal(row->duty, i);
		assert_true(*row->key && *row->label && *row->clause && *row->what);
		assert_int_equal(duty_of(str_c(row->key)), i);
	}
	assert_null(duty_at(DUTY_COUNT));
	assert_int_equal(duty_of(S("x")), DUTY_COUNT);
}

static void check_every_duty_is_listed_and_sorted_by_haste(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	look(&b, 2026, 11, 24);
	for (enum duty d = 0; d < DUTY_COUNT; d++)
		if (d != DUTY_EVALUATION && d != DUTY_CREDENTIAL && d != DUTY_LEAK) /* of reports that came in, of secrets
		                                                                       that end soon, of incidents */
			item(&b, d, NULL);
	for (size_t i = 1; i < b.n; i++)
		assert_true(b.items[i - 1].state <= b.items[i].state);
	office_close(&b.o);
}
EACH(every_duty_is_listed_and_sorted_by_haste)

static void tell(struct bureau *b, int64_t incident_id, enum incident_move move, int64_t at_us, int64_t rev)
{
	struct incident_ask ask = {.incident_id = incident_id,
	                           .rev = rev,
	                           .move = move,
	                           .at_us = at_us,
	                           .letter = S("1/CONTOH"),
	                           .note = S("Sudah."),
	                           .by = S("kepala")};
	OK(incident_take(b->o.tx, &ask, at_us, &engine_err));
}

/* P2.2g: hours of the calendar, so a Friday's incident is due on Monday; done, it is no duty. */
static void check_p22g_a_leak_is_due_in_72_hours(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	int64_t found_us = day_begin_us(day_from_ymd(2026, 11, 20)) + 22 * US_PER_HOUR, id;
	struct incident incident = {.instansi_id = b.id,
	                            .title = S("Layar difoto"),
	                            .what = S("Difoto."),
	                            .found_us = found_us,
	                            .source_entry = -1,
	                            .opened_by = S("kepala")};
	OK(incident_open(b.o.tx, &incident, found_us, &id, &engine_err));
	look(&b, 2026, 11, 23);
	assert_int_equal(item(&b, DUTY_LEAK, NULL)->state, DUTY_NEAR);
	assert_int_equal(item(&b, DUTY_LEAK, NULL)->due.n, day_from_ymd(2026, 11, 23).n);
	look(&b, 2026, 11, 24);
	assert_int_equal(item(&b, DUTY_LEAK, NULL)->state, DUTY_LATE);
	tell(&b, id, INCIDENT_TELL_AUTHORITY, found_us, 0);
	look(&b, 2026, 11, 24);
	assert_int_equal(item(&b, DUTY_LEAK, NULL)->state, DUTY_LATE); /* the people too */
	tell(&b, id, INCIDENT_TELL_PEOPLE, found_us, 1);
	look(&b, 2026, 11, 24);
	assert_int_equal(item(&b, DUTY_LEAK, NULL)->state, DUTY_OPEN);
	tell(&b, id, INCIDENT_DISMISS, found_us, 2);
	look(&b, 2026, 11, 24);
	for (size_t i = 0; i < b.n; i++)
		assert_int_not_equal(b.items[i].duty, DUTY_LEAK);
	office_close(&b.o);
}
EACH(p22g_a_leak_is_due_in_72_hours)

/* P2.2i, J.II.E3: six months after signing; 20 November 2025 is a working day. */
static void check_p22i_iso_within_six_months(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	look(&b, 2025, 5, 21);
	const struct duty_item *iso = item(&b, DUTY_ISO27001, NULL);
	assert_int_equal(iso->due.n, day_from_ymd(2025, 11, 20).n);
	assert_int_equal(iso->state, DUTY_OPEN);
	look(&b, 2025, 10, 21);
	assert_int_equal(item(&b, DUTY_ISO27001, NULL)->state, DUTY_NEAR);
	look(&b, 2025, 11, 20);
	assert_int_equal(item(&b, DUTY_ISO27001, NULL)->state, DUTY_NEAR); /* the day itself is in time */
	look(&b, 2025, 11, 21);
	assert_int_equal(item(&b, DUTY_ISO27001, NULL)->state, DUTY_LATE);
	paper(&b, PAPER_ISO27001, "", day_from_ymd(2025, 11, 3), day_from_ymd(2026, 11, 2));
	look(&b, 2025, 11, 21);
	assert_int_equal(item(&b, DUTY_ISO27001, NULL)->state, DUTY_DONE);
	assert_str(item(&b, DUTY_ISO27001, NULL)->evidence, "1/CONTOH");
	look(&b, 2026, 10, 20); /* its own expiry comes near, and passes */
	assert_int_equal(item(&b, DUTY_ISO27001, NULL)->state, DUTY_NEAR);
	look(&b, 2026, 11, 3);
	assert_int_equal(item(&b, DUTY_ISO27001, NULL)->state, DUTY_LATE);
	office_close(&b.o);
}
EACH(p22i_iso_within_six_months)

/* P4, J.VI.F: two months before the end on 20 May 2027: 20 March is a Saturday, so the Friday
 * before it. */
static void check_p4_renewal_two_months_before(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	look(&b, 2026, 11, 24);
	const struct duty_item *renewal = item(&b, DUTY_RENEWAL, NULL);
	assert_int_equal(renewal->due.n, day_from_ymd(2027, 3, 19).n);
	assert_int_equal(renewal->state, DUTY_OPEN);
	look(&b, 2027, 3, 19);
	assert_int_equal(item(&b, DUTY_RENEWAL, NULL)->state, DUTY_NEAR);
	look(&b, 2027, 3, 20);
	assert_int_equal(item(&b, DUTY_RENEWAL, NULL)->state, DUTY_LATE);
	struct sql_request_insert made;
	OK(sql_request_insert(b.o.tx,
	                      (struct sql_request_insert_in){.instansi_id = b.id,
	                                                     .kind = S("renewal"),
	                                                     .state = S("filed"),
	                                                     .turn = S("provider"),
	                                                     .title = S("x"),
	                                                     .subject = S(""),
	                                                     .opened_by = S("kepala"),
	                                                     .now_us = day_begin_us(day_from_ymd(2027, 3, 1))},
	                      &made, &engine_err));
	look(&b, 2027, 3, 20);
	assert_int_equal(item(&b, DUTY_RENEWAL, NULL)->state, DUTY_DONE);
	office_close(&b.o);
}
EACH(p4_renewal_two_months_before)

static void check_a_last_day_moves_back_and_says_so(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	look(&b, 2026, 11, 24);
	const struct duty_item *renewal = item(&b, DUTY_RENEWAL, NULL);
	assert_int_equal(renewal->due_plain.n, day_from_ymd(2027, 3, 20).n); /* a Saturday */
	assert_int_equal(renewal->due.n, day_from_ymd(2027, 3, 19).n);
	assert_true(renewal->due_certain);
	office_close(&b.o);
}
EACH(a_last_day_moves_back_and_says_so)

/* P8, J.V: ten working days after each semester (DOMAIN 6: check values). */
static void check_p8_reports_every_semester(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	look(&b, 2026, 2, 1);
	assert_int_equal(item(&b, DUTY_REPORT, "2025-1")->due.n, day_from_ymd(2025, 7, 14).n);
	assert_int_equal(item(&b, DUTY_REPORT, "2025-2")->due.n, day_from_ymd(2026, 1, 15).n);
	assert_int_equal(item(&b, DUTY_REPORT, "2026-1")->due.n, day_from_ymd(2026, 7, 14).n);
	assert_int_equal(item(&b, DUTY_REPORT, "2025-2")->state, DUTY_LATE);
	assert_int_equal(item(&b, DUTY_REPORT, "2026-1")->state, DUTY_OPEN);
	paper(&b, PAPER_REPORT, "2025-2", day_from_ymd(2026, 1, 20), (struct day){0});
	look(&b, 2026, 2, 1);
	assert_int_equal(item(&b, DUTY_REPORT, "2025-2")->state, DUTY_DONE);
	assert_true(item(&b, DUTY_REPORT, "2025-2")->remark.n > 0);              /* it came late */
	assert_int_equal(item(&b, DUTY_EVALUATION, "2025-2")->state, DUTY_OPEN); /* the provider's turn */
	paper(&b, PAPER_EVIDENCE, "P8-evaluasi 2025-2", day_from_ymd(2026, 1, 25), (struct day){0});
	look(&b, 2026, 2, 1);
	assert_int_equal(item(&b, DUTY_EVALUATION, "2025-2")->state, DUTY_DONE);
	office_close(&b.o);
}
EACH(p8_reports_every_semester)

/* J.VI.E, J.II.B: each user id its NDA and its BAST; those that lack one are named. */
static void check_jvie_papers_of_user_ids(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	static const char *const names[] = {"kepala", "operator1", "operator2"};
	for (size_t i = 0; i < LEN(names); i++) {
		int64_t user;
		struct user_new add = {.user_id = str_c(names[i]), .role = ROLE_OPERATOR, .instansi_id = b.id};
		OK(user_add(b.o.tx, &add, NOW, &user, &engine_err));
	}
	look(&b, 2026, 11, 24);
	assert_str(item(&b, DUTY_NDA, NULL)->subject, "2 dari 3 User ID"); /* operator2 signed none in the sample */
	assert_str(item(&b, DUTY_NDA, NULL)->remark, "Belum: operator2");
	assert_int_equal(item(&b, DUTY_BAST, NULL)->state, DUTY_OPEN);
	paper(&b, PAPER_NDA, "operator2", FIRST, (struct day){0});
	for (size_t i = 0; i < LEN(names); i++)
		paper(&b, PAPER_BAST, names[i], FIRST, (struct day){0});
	look(&b, 2026, 11, 24);
	assert_int_equal(item(&b, DUTY_NDA, NULL)->state, DUTY_DONE);
	assert_int_equal(item(&b, DUTY_BAST, NULL)->state, DUTY_DONE);
	office_close(&b.o);
}
EACH(jvie_papers_of_user_ids)

/* P2.2d, P2.2f, P2.2h: evidence on file closes them; evidence that is over does not. */
static void check_p22_duties_with_evidence(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	static const enum duty duties[] = {DUTY_STAFF, DUTY_PUBLICITY, DUTY_SECURITY};
	for (size_t i = 0; i < LEN(duties); i++) {
		look(&b, 2026, 11, 24);
		assert_int_equal(item(&b, duties[i], NULL)->state, DUTY_OPEN);
		paper(&b, PAPER_EVIDENCE, duty_at(duties[i])->key, FIRST, day_from_ymd(2026, 12, 31));
		look(&b, 2026, 11, 24);
		assert_int_equal(item(&b, duties[i], NULL)->state, DUTY_DONE);
		look(&b, 2027, 1, 1);
		assert_int_equal(item(&b, duties[i], NULL)->state, DUTY_OPEN);
	}
	office_close(&b.o);
}
EACH(p22_duties_with_evidence)

/* J.VI.D, J.VI.H, P4: what stops the look-ups stands on top. */
static void check_jvid_what_stops_everything_is_late(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	struct official head = {.instansi_id = b.id,
	                        .name = S("Kepala Baru"),
	                        .nip = S(""),
	                        .position = S("Kepala Pelaksana"),
	                        .begin = day_from_ymd(2026, 11, 23),
	                        .letter_number = S("821/1")};
	look(&b, 2026, 11, 24);
	assert_int_equal(item(&b, DUTY_SPTJM, NULL)->state, DUTY_DONE);
	assert_int_equal(item(&b, DUTY_MINISTRY, NULL)->state, DUTY_DONE);
	OK(official_add(b.o.tx, &head, NOW, &engine_err));
	look(&b, 2026, 11, 24);
	assert_int_equal(item(&b, DUTY_SPTJM, NULL)->state, DUTY_LATE);
	b.id = office_apply(&b.o, "bpbd",
	                    CHANGES("\"BPBD\"", "\"LAIN\"", "\"ministry_approval\": \"470/001", "\"ministry_approval\": \"470/999"))
	               .instansi_id;
	look(&b, 2026, 11, 24);
	assert_int_equal(item(&b, DUTY_MINISTRY, NULL)->state, DUTY_LATE);
	office_close(&b.o);
}
EACH(jvid_what_stops_everything_is_late)

static void check_an_agency_without_an_agreement_owes_nothing(struct engine *engine)
{
	struct bureau b = bureau_open(engine);
	OK(instansi_add(b.o.tx, S("BARU"), S("Badan Baru"), NOW, &b.id, &engine_err));
	look(&b, 2026, 11, 24);
	assert_int_equal(b.n, 0);
	office_close(&b.o);
}
EACH(an_agency_without_an_agreement_owes_nothing)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(the_table_has_no_holes),
	        cmocka_unit_test(every_duty_is_listed_and_sorted_by_haste),
	        cmocka_unit_test(p22g_a_leak_is_due_in_72_hours),
	        cmocka_unit_test(p22i_iso_within_six_months),
	        cmocka_unit_test(p4_renewal_two_months_before),
	        cmocka_unit_test(a_last_day_moves_back_and_says_so),
	        cmocka_unit_test(p8_reports_every_semester),
	        cmocka_unit_test(jvie_papers_of_user_ids),
	        cmocka_unit_test(p22_duties_with_evidence),
	        cmocka_unit_test(jvid_what_stops_everything_is_late),
	        cmocka_unit_test(an_agency_without_an_agreement_owes_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
