/* SPDX-License-Identifier: EUPL-1.2
 * Reports and their life (P8, J.V): every step from every state by every role, what bad
 * input gets, what is frozen and when, how late one is, two at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "contract/procedure/bureau.h"
#include "procedure/duty.h"
#include "procedure/reminder.h"
#include "procedure/reminder.sql.h"
#include "report/report.h"
#include "report/report.sql.h"
#include "report/report_owed.h"
#include "report/run.sql.h"
#include "store/query.h"

#define DIGEST "ab12"
#define SENT "nomor", "800/7/BPBD", "tanggal", "2026-07-10", "cara", "surel"
#define RECEIVED "tanggal", "2026-07-10", "catatan", ""
#define FORWARDED "nomor", "470/9", "tanggal", "2026-07-10", "surel", "laporan@kementerian.example"
#define PERIOD "mulai", "2026-03-01", "akhir", "2026-03-31", "perihal", "Evaluasi banjir"

/* What the one who counts does; here only its end matters. */
static const struct query run_end = {.name = "run_end",
                                     .sqlite = "UPDATE report_run SET state = ?1, digest = ?2 WHERE run_id = ?3",
                                     .postgres = "UPDATE report_run SET state = $1, digest = $2 WHERE run_id = $3",
                                     .params = "tti",
                                     .columns = ""};
static const struct query state_set = {.name = "state_set",
                                       .sqlite = "UPDATE report SET state = ?1, by_provider = ?2 WHERE report_id = ?3",
                                       .postgres = "UPDATE report SET state = $1, by_provider = $2 WHERE report_id = $3",
                                       .params = "tii",
                                       .columns = ""};

static struct report_taken taken;

static struct bureau office_open(struct engine *engine)
{
	const struct schema *more[] = {&run_schema, &report_schema, &reminder_schema};
	OK(store_migrate(engine->store, more, LEN(more), NOW, &engine_err));
	struct bureau b = bureau_open(engine);
	bureau_on(&b, 2026, 7, 10);
	return b;
}

static enum rc try_open(struct bureau *b, enum report_kind kind, struct request_actor by, bureau_form form)
{
	struct ask_source source = {bureau_typed, &form};
	struct report_new ask = {
	        .kind = kind, .instansi_id = b->bpbd, .semester = bureau_typed(&form, "semester"), .source = &source, .by = by};
	b->flaws.n = 0;
	OK(tx_savepoint(b->desk.tx, &engine_err));
	return bureau_settle(b, report_open(&b->desk, &ask, &taken, &b->flaws, &engine_err));
}

static struct report get(struct bureau *b, int64_t id)
{
	struct report report;
	OK(report_get(b->desk.tx, id, &report, &engine_err));
	return report;
}

static void end_run(struct bureau *b, int64_t id, const char *state)
{
	struct value in[] = {{.s = str_c(state)}, {.s = S(DIGEST)}, {.i = get(b, id).frozen.run_id}};
	OK(query_exec(b->desk.tx, &run_end, in, NULL, &engine_err));
}

static int64_t open_report(struct bureau *b, enum report_kind kind, struct request_actor by)
{
	OK(try_open(b, kind, by, kind == REPORT_SEMESTER ? FORM("semester", "2026-1") : FORM(PERIOD)));
	end_run(b, taken.report_id, "done");
	return taken.report_id;
}

static enum rc try_rev(struct bureau *b, int64_t id, int64_t rev, const char *step, struct request_actor by, bureau_form form)
{
	struct ask_source source = {bureau_typed, &form};
	struct report_change ask = {.report_id = id, .rev = rev, .step = str_c(step), .by = by, .source = &source};
	bool texts = strcmp(step, "text") == 0;
	b->flaws.n = 0;
	OK(tx_savepoint(b->desk.tx, &engine_err));
	return bureau_settle(b, (texts ? report_write : report_advance)(&b->desk, &ask, &taken, &b->flaws, &engine_err));
}

static enum rc try_step(struct bureau *b, int64_t id, const char *step, struct request_actor by, bureau_form form)
{
	return try_rev(b, id, get(b, id).rev, step, by, form);
}

static void step(struct bureau *b, int64_t id, const char *key, struct request_actor by, bureau_form form, enum report_state state)
{
	enum rc rc = try_step(b, id, key, by, form);
	for (size_t i = 0; i < b->flaws.n; i++)
		print_error("%s: %s\n", b->flaws.at[i].name, b->flaws.at[i].words);
	OK(rc);
	assert_int_equal(get(b, id).state->state, state);
}

static enum rc try_evaluate(struct bureau *b, int64_t id, int64_t evaluation_id)
{
	struct report_evaluation evaluation = {.report_id = id, .evaluation_id = evaluation_id, .by = S("admin")};
	OK(tx_savepoint(b->desk.tx, &engine_err));
	return bureau_settle(b, report_evaluated(&b->desk, &evaluation, &taken, &engine_err));
}

/* ---- the table ---- */

static const struct allowed {
	enum report_kind kind;
	enum report_state from;
	const char *step;
	enum role by;
	enum report_state to;
} allowed[] = {
        {REPORT_SEMESTER, REPORT_DRAFT, "submit", ROLE_KEPALA, REPORT_SUBMITTED},
        {REPORT_SEMESTER, REPORT_DRAFT, "recount", ROLE_KEPALA, REPORT_DRAFT},
        {REPORT_SEMESTER, REPORT_SUBMITTED, "receive", ROLE_ADMIN, REPORT_RECEIVED},
        {REPORT_SEMESTER, REPORT_SUBMITTED, "return", ROLE_ADMIN, REPORT_DRAFT},
        {REPORT_SEMESTER, REPORT_EVALUATED, "forward", ROLE_ADMIN, REPORT_FORWARDED},
        {REPORT_REQUEST, REPORT_DRAFT, "submit", ROLE_KEPALA, REPORT_SUBMITTED},
        {REPORT_REQUEST, REPORT_DRAFT, "recount", ROLE_KEPALA, REPORT_DRAFT},
        {REPORT_REQUEST, REPORT_DRAFT, "cancel", ROLE_KEPALA, REPORT_CANCELLED},
        {REPORT_REQUEST, REPORT_SUBMITTED, "receive", ROLE_ADMIN, REPORT_RECEIVED},
        {REPORT_REQUEST, REPORT_SUBMITTED, "return", ROLE_ADMIN, REPORT_DRAFT},
        {REPORT_REQUEST, REPORT_RECEIVED, "forward", ROLE_ADMIN, REPORT_FORWARDED},
        {REPORT_REQUEST, REPORT_EVALUATED, "forward", ROLE_ADMIN, REPORT_FORWARDED},
};
static const char *const keys[] = {"submit", "recount", "cancel", "receive", "return", "evaluate", "forward"};

static const struct allowed *find_allowed(const struct report *r, const char *key, const struct request_actor *by)
{
	for (size_t i = 0; i < LEN(allowed); i++)
		if (allowed[i].kind == r->kind->kind && allowed[i].from == r->state->state && strcmp(allowed[i].step, key) == 0 &&
		    (!by || allowed[i].by == by->role))
			return &allowed[i];
	return NULL;
}

/* One step by one person; undone afterwards whatever came of it. */
static void try_one(struct bureau *b, int64_t id, const char *key, const struct request_actor *by)
{
	const struct report before = get(b, id);
	const struct allowed *row = find_allowed(&before, key, by);
	bool stranger = by->instansi_id && by->instansi_id != b->bpbd;
	enum rc want = stranger                            ? RC_ABSENT
	               : strcmp(key, "evaluate") == 0      ? RC_ABSENT
	               : !find_allowed(&before, key, NULL) ? RC_CONFLICT
	               : !row                              ? RC_REFUSED
	                                                   : RC_OK;
	OK(tx_savepoint(b->desk.tx, &engine_err));
	bureau_form form = strcmp(key, "submit") == 0    ? FORM(SENT)
	                   : strcmp(key, "receive") == 0 ? FORM(RECEIVED)
	                   : strcmp(key, "return") == 0  ? FORM("alasan", "Lampiran kurang")
	                                                 : FORM(FORWARDED);
	enum rc rc = try_step(b, id, key, *by, form);
	if (rc != want)
		fail_msg("%s %s: %s by %.*s gives %s, not %s", before.kind->key, before.state->key, key, STR_ARG(by->user_id),
		         rc_name(rc), rc_name(want));
	assert_int_equal(get(b, id).state->state, rc == RC_OK ? row->to : before.state->state);
	assert_int_equal(get(b, id).rev, before.rev + (rc == RC_OK));
	OK(tx_undo(b->desk.tx, &engine_err));
}

static void check_every_step_from_every_state_by_every_role(struct engine *engine)
{
	struct bureau b = office_open(engine);
	const struct request_actor people[] = {bureau_head(&b),
	                                       {S("operator1"), ROLE_OPERATOR, b.bpbd},
	                                       {S("dinkes-kepala"), ROLE_KEPALA, b.dinkes},
	                                       admin,
	                                       {S("auditor"), ROLE_AUDITOR, 0}};
	const int64_t ids[] = {open_report(&b, REPORT_SEMESTER, bureau_head(&b)), open_report(&b, REPORT_REQUEST, bureau_head(&b))};
	for (size_t i = 0; i < LEN(ids); i++) /* what is received has a letter */
		step(&b, ids[i], "submit", people[0], FORM(SENT), REPORT_SUBMITTED);
	for (size_t i = 0; report_state_at(i); i++) {
		const struct report_state_row *row = report_state_at(i);
		struct value in[] = {{.s = str_c(row->key)}, {.i = 0}, {.i = ids[row->kind]}};
		OK(query_exec(b.desk.tx, &state_set, in, NULL, &engine_err));
		for (size_t k = 0; k < LEN(keys); k++)
			for (size_t p = 0; p < LEN(people); p++)
				try_one(&b, ids[row->kind], keys[k], &people[p]);
		bool may = row->state == REPORT_RECEIVED || row->state == REPORT_EVALUATED;
		OK(tx_savepoint(b.desk.tx, &engine_err));
		assert_int_equal(try_evaluate(&b, ids[row->kind], 5), may ? RC_OK : RC_CONFLICT);
		assert_int_equal(get(&b, ids[row->kind]).frozen.evaluation_id, may ? 5 : 0);
		OK(tx_undo(b.desk.tx, &engine_err));
		const struct report r = get(&b, ids[row->kind]);
		for (size_t p = 0; p < LEN(people); p++)
			assert_int_equal(report_may_write(&r, &people[p]), row->state == REPORT_DRAFT && p == 0);
	}
	bureau_close(&b);
}
EACH(every_step_from_every_state_by_every_role)

/* Whoever asked for a report may take that back, and nobody else. */
static void check_cancelled_by_whoever_opened_it(struct engine *engine)
{
	struct bureau b = office_open(engine);
	int64_t own = open_report(&b, REPORT_REQUEST, bureau_head(&b)), asked = open_report(&b, REPORT_REQUEST, admin);
	assert_int_equal(try_step(&b, own, "cancel", admin, FORM("x", "")), RC_REFUSED);
	assert_int_equal(try_step(&b, asked, "cancel", bureau_head(&b), FORM("x", "")), RC_REFUSED);
	step(&b, own, "cancel", bureau_head(&b), FORM("x", ""), REPORT_CANCELLED);
	step(&b, asked, "cancel", admin, FORM("x", ""), REPORT_CANCELLED);
	bureau_close(&b);
}
EACH(cancelled_by_whoever_opened_it)

/* ---- a whole life ---- */

static void check_the_life_of_a_semester_report(struct engine *engine)
{
	struct bureau b = office_open(engine);
	struct request_actor head = bureau_head(&b);
	struct report_moment *moments;
	struct paper paper;
	size_t n;
	int64_t id = open_report(&b, REPORT_SEMESTER, head);
	assert_true(str_starts(taken.about, S("report ")));
	assert_int_equal(get(&b, id).first.n, day_from_ymd(2026, 1, 1).n);
	assert_int_equal(get(&b, id).last.n, day_from_ymd(2026, 6, 30).n);
	assert_str(get(&b, id).frozen.digest, "");
	step(&b, id, "text", head, FORM("kendala", "Jalan\nputus", "usulan", "Kuota darurat"), REPORT_DRAFT);
	assert_str(get(&b, id).obstacles, "Jalan\nputus");
	step(&b, id, "submit", head, FORM(SENT), REPORT_SUBMITTED);
	assert_str(get(&b, id).frozen.digest, DIGEST);
	assert_int_equal(taken.tells, TURN_PROVIDER);
	assert_non_null(memmem(taken.about.at, taken.about.n, "submit semester 2026-1 sha256:" DIGEST, 33));
	/* frozen: neither texts nor figures change any more */
	assert_int_equal(try_step(&b, id, "text", head, FORM("kendala", "lain")), RC_CONFLICT);
	assert_int_equal(try_step(&b, id, "recount", head, FORM("x", "")), RC_CONFLICT);
	step(&b, id, "return", admin, FORM("alasan", "Lampirkan surat"), REPORT_DRAFT);
	assert_str(get(&b, id).frozen.digest, "");
	assert_str(get(&b, id).obstacles, "Jalan\nputus");
	step(&b, id, "submit", head, FORM(SENT), REPORT_SUBMITTED);
	step(&b, id, "receive", admin, FORM("tanggal", "2026-07-10"), REPORT_RECEIVED);
	OK(paper_latest(b.desk.tx, b.bpbd, PAPER_REPORT, S("2026-1"), &paper, &engine_err));
	assert_int_equal(paper.state, PAPER_ACCEPTED);
	assert_str(paper.number, "800/7/BPBD");
	OK(try_evaluate(&b, id, 3));
	OK(try_evaluate(&b, id, 4)); /* a later one takes its place */
	assert_int_equal(get(&b, id).frozen.evaluation_id, 4);
	step(&b, id, "forward", admin, FORM(FORWARDED), REPORT_FORWARDED);
	OK(report_moments(b.desk.tx, id, &moments, &n, &engine_err));
	assert_int_equal(n, 8);
	assert_null(moments[0].row);
	assert_str(report_said(moments, n, REPORT_STEP_FORWARD, "nomor"), "470/9");
	assert_str(report_said(moments, n, REPORT_STEP_RETURN, "alasan"), "Lampirkan surat");
	bureau_close(&b);
}
EACH(the_life_of_a_semester_report)

/* DUTY_REPORT is open until the provider received it. */
static enum duty_state duty_of_semester(struct bureau *b, const char *semester)
{
	struct duty_ask ask = {b->agreement, b->bpbd};
	struct duty_item *items;
	size_t n;
	OK(duty_list(b->desk.tx, &ask, b->desk.now_us, &items, &n, &engine_err));
	for (size_t i = 0; i < n; i++)
		if (items[i].duty == DUTY_REPORT && str_eq(items[i].subject, str_c(semester)))
			return items[i].state;
	fail_msg("no duty of %s", semester);
	return DUTY_OPEN;
}

static size_t owed(struct bureau *b, struct report_owed **ret)
{
	struct duty_ask ask = {b->agreement, b->bpbd};
	size_t n;
	OK(report_owed_of(b->desk.tx, &ask, b->desk.now_us, ret, &n, &engine_err));
	return n;
}

static void check_the_duty_closes_when_it_is_received(struct engine *engine)
{
	struct bureau b = office_open(engine);
	struct report_owed *list;
	assert_int_equal(owed(&b, &list), 4); /* 2025-1, 2025-2, 2026-1, and 2026-2 that runs */
	assert_str(list[0].semester, "2025-1");
	assert_int_equal(list[0].state, DUTY_LATE);
	assert_str(list[2].semester, "2026-1");
	assert_int_equal(list[2].state, DUTY_NEAR);
	assert_int_equal(list[2].due.n, day_from_ymd(2026, 7, 14).n);
	assert_int_equal(list[2].draft_id, 0);
	int64_t id = open_report(&b, REPORT_SEMESTER, bureau_head(&b));
	assert_int_equal(owed(&b, &list), 4);
	assert_int_equal(list[2].draft_id, id);
	step(&b, id, "submit", bureau_head(&b), FORM(SENT), REPORT_SUBMITTED);
	assert_int_equal(owed(&b, &list), 3); /* handed in: the head owes it no more */
	assert_int_equal(duty_of_semester(&b, "2026-1"), DUTY_NEAR);
	step(&b, id, "receive", admin, FORM("tanggal", "2026-07-10"), REPORT_RECEIVED);
	assert_int_equal(duty_of_semester(&b, "2026-1"), DUTY_DONE);
	bureau_close(&b);
}
EACH(the_duty_closes_when_it_is_received)

/* ---- in time, and late ---- */

static const struct {
	int month, mday;      /* submitted; 14 July 2026 is the day it is due */
	const char *received; /* as the provider says */
	int64_t late;
} lates[] = {
        {7, 14, "2026-07-14", 0},  {7, 15, "2026-07-15", 1}, {7, 20, "2026-07-20", 4}, /* over a weekend */
        {8, 18, "2026-08-18", 24},                                                     /* 17 August is a holiday */
        {7, 20, "2026-07-13", 0}, /* the hard copy came before it was recorded */
        {7, 20, "2026-07-16", 2},
};

static void check_late_is_counted_in_working_days(struct engine *engine)
{
	struct bureau b = office_open(engine);
	int64_t id = open_report(&b, REPORT_SEMESTER, bureau_head(&b));
	for (size_t i = 0; i < LEN(lates); i++) {
		OK(tx_savepoint(b.desk.tx, &engine_err));
		bureau_on(&b, 2026, lates[i].month, lates[i].mday);
		step(&b, id, "submit", bureau_head(&b), FORM("nomor", "1", "tanggal", "2026-07-10", "cara", "cetak"),
		     REPORT_SUBMITTED);
		step(&b, id, "receive", admin, FORM("tanggal", lates[i].received), REPORT_RECEIVED);
		assert_int_equal(get(&b, id).frozen.late_days, lates[i].late);
		assert_int_equal(get(&b, id).frozen.due.n, day_from_ymd(2026, 7, 14).n);
		OK(tx_undo(b.desk.tx, &engine_err));
	}
	/* what the provider asks for is due ten working days later; what the head makes has no day */
	bureau_on(&b, 2026, 7, 10);
	assert_int_equal(get(&b, open_report(&b, REPORT_REQUEST, admin)).frozen.due.n, day_from_ymd(2026, 7, 24).n);
	assert_int_equal(get(&b, open_report(&b, REPORT_REQUEST, bureau_head(&b))).frozen.due.n, 0);
	bureau_close(&b);
}
EACH(late_is_counted_in_working_days)

/* ---- what bad input gets ---- */

static void check_which_semesters_owe_a_report(struct engine *engine)
{
	static const char *const none[] = {"2024-2", "2027-1", "2026-3", "2026", "", "2026-01", "x"};
	struct bureau b = office_open(engine);
	for (size_t i = 0; i < LEN(none); i++)
		bureau_flawed(&b, try_open(&b, REPORT_SEMESTER, bureau_head(&b), FORM("semester", none[i])), "semester");
	int64_t id = open_report(&b, REPORT_SEMESTER, bureau_head(&b));
	taken.report_id = 0;
	assert_int_equal(try_open(&b, REPORT_SEMESTER, bureau_head(&b), FORM("semester", "2026-1")), RC_CONFLICT);
	assert_int_equal(taken.report_id, id);
	OK(try_open(&b, REPORT_SEMESTER, bureau_head(&b), FORM("semester", "2025-1"))); /* in force for a part of it */
	struct request_actor stranger = {S("dinkes-kepala"), ROLE_KEPALA, b.dinkes}, auditor = {S("auditor"), ROLE_AUDITOR, 0};
	struct request_actor operator= {S("operator1"), ROLE_OPERATOR, b.bpbd};
	assert_int_equal(try_open(&b, REPORT_SEMESTER, stranger, FORM("semester", "2025-2")), RC_ABSENT);
	assert_int_equal(try_open(&b, REPORT_SEMESTER, operator, FORM("semester", "2025-2")), RC_REFUSED);
	assert_int_equal(try_open(&b, REPORT_SEMESTER, admin, FORM("semester", "2025-2")), RC_REFUSED);
	assert_int_equal(try_open(&b, REPORT_REQUEST, auditor, FORM(PERIOD)), RC_REFUSED);
	bureau_close(&b);
}
EACH(which_semesters_owe_a_report)

static void check_bad_forms_say_what_is_wrong(struct engine *engine)
{
	static const char nik[] = "Korban 3304 1301 0190 9999 belum dijawab";
	struct bureau b = office_open(engine);
	struct request_actor head = bureau_head(&b);
	char *long_text = malloc(REPORT_TEXT_MAX + 2); /* tidy: allow, of a test */
	memset(long_text, 'x', REPORT_TEXT_MAX + 1);
	long_text[REPORT_TEXT_MAX + 1] = '\0';
	bureau_flawed(&b, try_open(&b, REPORT_REQUEST, head, FORM("mulai", "2026-03-02", "akhir", "2026-03-01", "perihal", "x")),
	              "akhir");
	bureau_flawed(&b, try_open(&b, REPORT_REQUEST, head, FORM("mulai", "2021-03-02", "akhir", "2026-03-01", "perihal", "x")),
	              "akhir");
	bureau_flawed(&b, try_open(&b, REPORT_REQUEST, head, FORM("mulai", "2026-08-02", "akhir", "2026-08-05", "perihal", "x")),
	              "mulai");
	bureau_flawed(&b, try_open(&b, REPORT_REQUEST, head, FORM("mulai", "2026-03-02", "akhir", "2026-03-05", "perihal", nik)),
	              "perihal");
	int64_t id = open_report(&b, REPORT_SEMESTER, head);
	bureau_flawed(&b, try_step(&b, id, "text", head, FORM("kendala", nik)), "kendala");
	bureau_flawed(&b, try_step(&b, id, "text", head, FORM("usulan", long_text)), "usulan");
	long_text[REPORT_TEXT_MAX] = '\0';
	step(&b, id, "text", head, FORM("usulan", long_text), REPORT_DRAFT);
	bureau_flawed(&b, try_step(&b, id, "submit", head, FORM("nomor", "1", "tanggal", "2026-07-11", "cara", "surel")),
	              "tanggal");
	bureau_flawed(&b, try_step(&b, id, "submit", head, FORM("nomor", "1", "tanggal", "2026-07-10", "cara", "merpati")), "cara");
	step(&b, id, "submit", head, FORM(SENT), REPORT_SUBMITTED);
	bureau_flawed(&b, try_step(&b, id, "receive", admin, FORM("tanggal", "2026-06-30")), "tanggal");
	bureau_flawed(&b, try_step(&b, id, "return", admin, FORM("alasan", " ")), "alasan");
	bureau_flawed(&b, try_step(&b, id, "return", admin, FORM("alasan", nik)), "alasan");
	step(&b, id, "receive", admin, FORM("tanggal", "2026-07-10"), REPORT_RECEIVED);
	OK(try_evaluate(&b, id, 1));
	bureau_flawed(&b, try_step(&b, id, "forward", admin, FORM("nomor", "1", "tanggal", "2026-07-10", "surel", "kementerian")),
	              "surel");
	free(long_text); /* tidy: allow, of a test */
	bureau_close(&b);
}
EACH(bad_forms_say_what_is_wrong)

/* Figures that are not there, or were counted too early, are not handed in. */
static void check_only_whole_figures_are_submitted(struct engine *engine)
{
	static const char *const unready[] = {"waiting", "counting", "refused"};
	struct bureau b = office_open(engine);
	struct request_actor head = bureau_head(&b);
	int64_t id = open_report(&b, REPORT_SEMESTER, head), first_run = get(&b, id).frozen.run_id;
	for (size_t i = 0; i < LEN(unready); i++) {
		end_run(&b, id, unready[i]);
		bureau_flawed(&b, try_step(&b, id, "submit", head, FORM(SENT)), "");
		bool again = strcmp(unready[i], "refused") == 0;
		OK(tx_savepoint(b.desk.tx, &engine_err));
		assert_int_equal(try_step(&b, id, "recount", head, FORM("x", "")), again ? RC_OK : RC_INVALID);
		OK(tx_undo(b.desk.tx, &engine_err));
	}
	end_run(&b, id, "done");
	step(&b, id, "recount", head, FORM("x", ""), REPORT_DRAFT);
	assert_true(get(&b, id).frozen.run_id != first_run);
	/* the half-year that runs may be looked at, not handed in */
	OK(try_open(&b, REPORT_SEMESTER, head, FORM("semester", "2026-2")));
	id = taken.report_id;
	end_run(&b, id, "done");
	bureau_flawed(&b, try_step(&b, id, "submit", head, FORM(SENT)), "");
	bureau_on(&b, 2027, 1, 4);
	bureau_flawed(&b, try_step(&b, id, "submit", head, FORM(SENT)), ""); /* counted before its last day was over */
	step(&b, id, "recount", head, FORM("x", ""), REPORT_DRAFT);
	end_run(&b, id, "done");
	step(&b, id, "submit", head, FORM(SENT), REPORT_SUBMITTED);
	bureau_close(&b);
}
EACH(only_whole_figures_are_submitted)

/* ---- two at once ---- */

static bool says(const char *word)
{
	return strstr(engine_err.what, word) != NULL;
}

static void check_of_two_at_once_one_is_told_what_the_other_did(struct engine *engine)
{
	struct bureau b = office_open(engine);
	struct request_actor head = bureau_head(&b), second = {S("admin2"), ROLE_ADMIN, 0};
	int64_t id = open_report(&b, REPORT_SEMESTER, head), rev = get(&b, id).rev;
	bureau_on(&b, 2026, 7, 13);
	step(&b, id, "text", head, FORM("kendala", "x"), REPORT_DRAFT);
	assert_int_equal(try_rev(&b, id, rev, "submit", head, FORM(SENT)), RC_CONFLICT);
	assert_true(says("kepala") && says("mengubah teks") && says("13-07-2026"));
	step(&b, id, "submit", head, FORM(SENT), REPORT_SUBMITTED);
	rev = get(&b, id).rev;
	step(&b, id, "receive", second, FORM("tanggal", "2026-07-13"), REPORT_RECEIVED);
	assert_int_equal(try_rev(&b, id, rev, "return", admin, FORM("alasan", "x")), RC_CONFLICT);
	assert_true(says("admin2") && says("Diterima"));
	assert_int_equal(get(&b, id).state->state, REPORT_RECEIVED);
	bureau_close(&b);
}
EACH(of_two_at_once_one_is_told_what_the_other_did)

/* ---- lists ---- */

static struct report_list list_of(struct bureau *b, struct report_filter filter)
{
	struct report_list list;
	filter.most = filter.most ? filter.most : 50;
	OK(report_page(b->desk.tx, &filter, &list, &engine_err));
	return list;
}

static void check_what_waits_stands_first(struct engine *engine)
{
	struct bureau b = office_open(engine);
	struct request_actor head = bureau_head(&b);
	int64_t sent = open_report(&b, REPORT_SEMESTER, head), draft = open_report(&b, REPORT_REQUEST, head), waiting;
	int64_t gone = open_report(&b, REPORT_REQUEST, head);
	step(&b, sent, "submit", head, FORM(SENT), REPORT_SUBMITTED);
	step(&b, gone, "cancel", head, FORM("x", ""), REPORT_CANCELLED);
	struct report_list list = list_of(&b, (struct report_filter){.side = TURN_PROVIDER, .state = REPORT_STATES});
	assert_int_equal(list.all, 3);
	assert_int_equal(list.waiting, 1);
	assert_int_equal(list.at[0].report_id, sent);
	assert_int_equal(list.at[1].report_id, gone);
	list = list_of(&b, (struct report_filter){.side = TURN_INSTANSI, .state = REPORT_STATES, .instansi_id = b.bpbd});
	assert_int_equal(list.at[0].report_id, draft);
	list = list_of(&b, (struct report_filter){.side = TURN_NOBODY, .state = REPORT_STATES});
	assert_int_equal(list.waiting, 0);
	assert_int_equal(list.n, 3);
	assert_int_equal(list_of(&b, (struct report_filter){.state = REPORT_SUBMITTED}).all, 1);
	assert_int_equal(list_of(&b, (struct report_filter){.state = REPORT_STATES, .instansi_id = b.dinkes}).all, 0);
	for (int64_t skip = 0; skip < 3; skip++) {
		list = list_of(&b, (struct report_filter){.side = TURN_PROVIDER, .state = REPORT_STATES, .skip = skip, .most = 1});
		assert_int_equal(list.n, 1);
		assert_int_equal(list.at[0].report_id, skip == 0 ? sent : skip == 1 ? gone : draft);
	}
	OK(report_waiting(b.desk.tx, b.bpbd, TURN_INSTANSI, &waiting, &engine_err));
	assert_int_equal(waiting, 1);
	OK(report_waiting(b.desk.tx, 0, TURN_PROVIDER, &waiting, &engine_err));
	assert_int_equal(waiting, 1);
	bureau_close(&b);
}
EACH(what_waits_stands_first)

/* What the provider sees of all agencies, as the nightly look left it. */
static void check_what_nobody_handed_in_is_listed(struct engine *engine)
{
	struct bureau b = office_open(engine);
	struct duty_ask ask = {b.agreement, b.bpbd};
	struct reminder *fresh;
	struct report_owed *list;
	size_t n;
	OK(reminder_look(b.desk.tx, &ask, b.desk.now_us, &fresh, &n, &engine_err));
	OK(report_owed_all(b.desk.tx, desk_today(&b.desk), &list, &n, &engine_err));
	assert_int_equal(n, 3);
	assert_str(list[2].semester, "2026-1");
	assert_str(list[2].code, "BPBD");
	assert_int_equal(list[2].state, DUTY_NEAR);
	OK(report_owed_all(b.desk.tx, day_from_ymd(2026, 7, 15), &list, &n, &engine_err));
	assert_int_equal(list[2].state, DUTY_LATE);
	int64_t id = open_report(&b, REPORT_SEMESTER, bureau_head(&b));
	OK(report_owed_all(b.desk.tx, desk_today(&b.desk), &list, &n, &engine_err));
	assert_int_equal(list[2].draft_id, id);
	step(&b, id, "submit", bureau_head(&b), FORM(SENT), REPORT_SUBMITTED);
	OK(report_owed_all(b.desk.tx, desk_today(&b.desk), &list, &n, &engine_err));
	assert_int_equal(n, 2);
	bureau_close(&b);
}
EACH(what_nobody_handed_in_is_listed)

static void check_queries_prepare(struct engine *engine)
{
	struct bureau b = office_open(engine);
	tx_rollback(&b.desk.tx);
	for (const struct query *const *q = report_queries; *q; q++)
		OK(query_check(engine->store, *q, &engine_err));
	bureau_close(&b);
}
EACH(queries_prepare)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(every_step_from_every_state_by_every_role),
	        cmocka_unit_test(cancelled_by_whoever_opened_it),
	        cmocka_unit_test(the_life_of_a_semester_report),
	        cmocka_unit_test(the_duty_closes_when_it_is_received),
	        cmocka_unit_test(late_is_counted_in_working_days),
	        cmocka_unit_test(which_semesters_owe_a_report),
	        cmocka_unit_test(bad_forms_say_what_is_wrong),
	        cmocka_unit_test(only_whole_figures_are_submitted),
	        cmocka_unit_test(of_two_at_once_one_is_told_what_the_other_did),
	        cmocka_unit_test(what_waits_stands_first),
	        cmocka_unit_test(what_nobody_handed_in_is_listed),
	        cmocka_unit_test(queries_prepare),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
