/* SPDX-License-Identifier: EUPL-1.2
 * What the night does: closes user ids that are dormant, past their NDA, or of an agency
 * whose agreement is over (P2.1c, J.VI.E, P4, P5), and mails reminders of duties. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "contract/agreement/office.h"
#include "agreement/workday.sql.h"
#include "identity/credential.sql.h"
#include "identity/identity.sql.h"
#include "identity/user.h"
#include "jobs/jobs.sql.h"
#include "jobs/mail.h"
#include "jobs/reminders.h"
#include "jobs/users.h"
#include "journal/journal.h"
#include "journal/journal.sql.h"
#include "procedure/incident.sql.h"
#include "procedure/procedure.sql.h"
#include "procedure/reminder.sql.h"

struct night {
	struct office o;
	struct job_office office;
	struct secret master;
	int64_t id;
};

static struct night night_open(struct engine *engine)
{
	const struct schema *schemas[] = {&identity_schema, &credential_schema, &workday_schema, &reminder_schema,
	                                  &jobs_schema,     &journal_schema, &procedure_schema, &incident_schema};
	struct night n = {.o = office_open(engine)};
	tx_rollback(&n.o.tx);
	OK(store_migrate(engine->store, schemas, LEN(schemas), NOW, &engine_err));
	OK(secret_copy(&n.master, S("0123456789abcdef0123456789abcdef"), &engine_err));
	struct journal_conf conf = {.origin = "padan.example/1", .master = n.master};
	OK(journal_open(engine->store, &conf, NOW, &n.office.journal, &engine_err));
	OK(tx_begin(engine->store, TX_WRITE, &n.o.tx, &engine_err));
	n.office.agreement = n.o.agreement;
	n.office.dormant_days = 90;
	n.office.mail_on = true;
	n.id = office_apply(&n.o, "bpbd", NULL).instansi_id;
	return n;
}

static void night_close(struct night *n)
{
	tx_rollback(&n->o.tx);
	journal_close(n->office.journal);
	secret_free(&n->master);
	agreement_close(n->o.agreement);
}

static void add(struct night *n, const char *user_id, enum role role, int64_t made_us)
{
	int64_t id;
	struct user_new user = {.user_id = str_c(user_id), .role = role, .instansi_id = n->id};
	OK(user_add(n->o.tx, &user, made_us, &id, &engine_err));
}

static void night(struct night *n, int64_t now_us)
{
	bool more = true;
	for (int i = 0; more; i++) {
		assert_true(i < 20);
		OK(users_close_bite(&n->office, n->o.tx, now_us, &more, &engine_err));
	}
}

static const char *closed(struct night *n, const char *user_id)
{
	struct user user;
	OK(user_find(n->o.tx, str_c(user_id), &user, &engine_err));
	return user.closed ? user_closed_at(user.why)->key : "";
}

static void nda(struct night *n, const char *user_id, const char *number, struct day until)
{
	struct paper p = {.kind = PAPER_NDA,
	                  .instansi_id = n->id,
	                  .subject = str_c(user_id),
	                  .number = str_c(number),
	                  .signer = S("x"),
	                  .signed_on = FIRST,
	                  .valid_until = until};
	OK(paper_file(n->o.tx, &p, NOW, &engine_err));
}

#define DAYS(n) ((n)*US_PER_DAY)

/* P2.1c: 90 days without a sign-in; the head too, the provider never. */
static void check_p21c_dormant_user_ids_close_by_themselves(struct engine *engine)
{
	struct night n = night_open(engine);
	add(&n, "lama", ROLE_OPERATOR, NOW - DAYS(91));
	add(&n, "baru", ROLE_OPERATOR, NOW - DAYS(89));
	night(&n, NOW);
	assert_string_equal(closed(&n, "lama"), "dormant");
	assert_string_equal(closed(&n, "baru"), "");
	n.office.dormant_days = 0; /* the setting: never */
	night(&n, NOW + DAYS(400));
	assert_string_equal(closed(&n, "baru"), "agreement"); /* its term is over by then */
	night_close(&n);
}
EACH(p21c_dormant_user_ids_close_by_themselves)

/* J.VI.E: past its NDA; one that never was signed closes nobody; a new one that waits saves. */
static void check_jvie_past_the_nda(struct engine *engine)
{
	struct night n = night_open(engine);
	struct day yesterday = {day_of_us(NOW).n - 1};
	static const char *const ids[] = {"habis", "tanpa", "ganti", "hariini"};
	for (size_t i = 0; i < LEN(ids); i++)
		add(&n, ids[i], ROLE_OPERATOR, NOW);
	nda(&n, "habis", "1", yesterday);
	nda(&n, "ganti", "1", yesterday);
	nda(&n, "ganti", "2", (struct day){yesterday.n + 300});
	nda(&n, "hariini", "1", day_of_us(NOW));
	night(&n, NOW);
	assert_string_equal(closed(&n, "habis"), "nda");
	assert_string_equal(closed(&n, "tanpa"), "");
	assert_string_equal(closed(&n, "ganti"), "");
	assert_string_equal(closed(&n, "hariini"), "");
	night_close(&n);
}
EACH(jvie_past_the_nda)

/* P4, P5: operators at once, services (data balikan) 90 days later, the head never. */
static void check_p5_of_an_agency_that_ended(struct engine *engine)
{
	struct night n = night_open(engine);
	add(&n, "petugas", ROLE_OPERATOR, NOW);
	add(&n, "kepala1", ROLE_KEPALA, NOW);
	add(&n, "balikan", ROLE_SERVICE, NOW);
	n.office.dormant_days = 0;
	night(&n, NOW);
	assert_string_equal(closed(&n, "petugas"), "");
	OK(instansi_set_state(n.o.tx, n.id, INSTANSI_REVOKED, NOW, &engine_err));
	night(&n, NOW);
	assert_string_equal(closed(&n, "petugas"), "agreement");
	assert_string_equal(closed(&n, "balikan"), "");
	night(&n, day_begin_us(day_of_us(NOW)) + DAYS(91) - 1); /* whole days */
	assert_string_equal(closed(&n, "balikan"), "");
	night(&n, day_begin_us(day_of_us(NOW)) + DAYS(91));
	assert_string_equal(closed(&n, "balikan"), "agreement");
	assert_string_equal(closed(&n, "kepala1"), "");
	night_close(&n);
}
EACH(p5_of_an_agency_that_ended)

static void check_p4_the_term_is_over(struct engine *engine)
{
	struct night n = night_open(engine);
	add(&n, "petugas", ROLE_OPERATOR, day_begin_us(LAST));
	night(&n, day_begin_us(LAST) + DAYS(1) - 1); /* the last day is included */
	assert_string_equal(closed(&n, "petugas"), "");
	night(&n, day_begin_us(LAST) + DAYS(1));
	assert_string_equal(closed(&n, "petugas"), "agreement");
	n.office.dormant_days = 0;
	add(&n, "balikan", ROLE_SERVICE, day_begin_us(LAST));
	night(&n, day_begin_us(LAST) + DAYS(91) - 1);
	assert_string_equal(closed(&n, "balikan"), "");
	night(&n, day_begin_us(LAST) + DAYS(91));
	assert_string_equal(closed(&n, "balikan"), "agreement");
	night_close(&n);
}
EACH(p4_the_term_is_over)

/* ---- reminders ---- */

static void remind(struct night *n, int64_t now_us)
{
	bool more = false;
	OK(reminders_bite(&n->office, n->o.tx, now_us, &more, &engine_err));
	assert_false(more);
}

static int64_t waiting(struct night *n)
{
	struct mail_count count;
	OK(mail_count(n->o.tx, &count, &engine_err));
	return count.waiting;
}

/* P2.2i: thirty days before the certificate is due, the agency's contact gets one mail. */
static void check_p22i_a_mail_once_a_stage(struct engine *engine)
{
	struct night n = night_open(engine);
	struct mail_due due;
	int64_t day = day_begin_us(day_from_ymd(2025, 10, 21)) + DAYS(1) / 2;
	add(&n, "petugas", ROLE_OPERATOR, NOW);
	nda(&n, "petugas", "1", (struct day){0});
	remind(&n, day - DAYS(1));
	int64_t before = waiting(&n);
	remind(&n, day);
	assert_int_equal(waiting(&n), before + 1);
	remind(&n, day + DAYS(1));
	assert_int_equal(waiting(&n), before + 1);
	OK(mail_next(n.o.tx, NOW + DAYS(400), &due, &engine_err));
	assert_non_null(memmem(due.body.at, due.body.n, "Padan", 5));
	night_close(&n);
}
EACH(p22i_a_mail_once_a_stage)

static void check_the_mail_says_what_and_to_whom(struct engine *engine)
{
	struct night n = night_open(engine);
	struct mail_due due;
	remind(&n, day_begin_us(day_from_ymd(2025, 11, 13)));
	OK(mail_next(n.o.tx, NOW + DAYS(400), &due, &engine_err));
	assert_str(due.address, "data@bpbd.example"); /* the agency's duty: its own contact person */
	static const char *const words[] = {"Sertifikat ISO/IEC 27001", "20 November 2025", "7 hari"};
	for (size_t i = 0; i < LEN(words); i++)
		assert_non_null(memmem(due.body.at, due.body.n, words[i], strlen(words[i])));
	night_close(&n);
}
EACH(the_mail_says_what_and_to_whom)

static void check_without_a_mail_server_nothing_is_queued(struct engine *engine)
{
	struct night n = night_open(engine);
	n.office.mail_on = false;
	remind(&n, day_begin_us(day_from_ymd(2025, 11, 13)));
	assert_int_equal(waiting(&n), 0);
	night_close(&n);
}
EACH(without_a_mail_server_nothing_is_queued)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(p21c_dormant_user_ids_close_by_themselves),
	        cmocka_unit_test(jvie_past_the_nda),
	        cmocka_unit_test(p5_of_an_agency_that_ended),
	        cmocka_unit_test(p4_the_term_is_over),
	        cmocka_unit_test(p22i_a_mail_once_a_stage),
	        cmocka_unit_test(the_mail_says_what_and_to_whom),
	        cmocka_unit_test(without_a_mail_server_nothing_is_queued),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
