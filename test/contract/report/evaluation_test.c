/* SPDX-License-Identifier: EUPL-1.2
 * J.V, P3.1a, P8: evaluations: what may be evaluated, every step from every state, what may
 * be written, two at once, and the duty that a signed one closes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "agreement/life.h"
#include "contract/procedure/bureau.h"
#include "feedback/feedback.sql.h"
#include "policy/quota.h"
#include "report/evaluation.h"
#include "report/evaluation.sql.h"
#include "report/evidence.h"
#include "report/run.h"
#include "report/run.sql.h"
#include "store/migrate.h"
#include "store/query.h"

#define TODAY day_from_ymd(2026, 11, 24)

struct desk_of { /* one bureau, one evaluation */
	struct bureau b;
	struct finding findings[POINT_COUNT];
	struct decision decisions[POINT_COUNT];
	struct evaluation_flaw flaw;
};

static void put_findings(struct desk_of *d)
{
	for (size_t i = 0; i < POINT_COUNT; i++) {
		d->findings[i] = (struct finding){(enum point)i, RATING_GOOD, S("Terukur.")};
		d->decisions[i] = (struct decision){RATING_NONE, RATING_COUNT, S(""), S("")};
	}
	d->findings[POINT_NDA].proposed = RATING_BREACH;
}

static struct desk_of desk_open(struct engine *engine)
{
	struct desk_of d = {.b = bureau_open(engine)};
	const struct schema *schemas[] = {&run_schema, &feedback_schema, &evaluation_schema};
	OK(tx_commit(&d.b.desk.tx, &engine_err));
	OK(store_migrate(engine->store, schemas, LEN(schemas), NOW, &engine_err));
	OK(tx_begin(engine->store, TX_WRITE, &d.b.desk.tx, &engine_err));
	put_findings(&d);
	return d;
}

static enum rc try_make(struct desk_of *d, const char *semester, struct day first, struct day last, int64_t *ret)
{
	struct evaluation_ask ask = {
	        .instansi_id = d->b.bpbd, .semester = str_c(semester), .first = first, .last = last, .by = S("admin")};
	return evaluation_make(d->b.desk.tx, &ask, NOW, ret, &engine_err);
}

static int64_t make(struct desk_of *d, const char *semester)
{
	int64_t id;
	OK(try_make(d, semester, TODAY, TODAY, &id));
	return id;
}

static struct evaluation get(struct desk_of *d, int64_t id)
{
	struct evaluation e;
	OK(evaluation_get(d->b.desk.tx, id, &e, &engine_err));
	return e;
}

static enum rc try_save(struct desk_of *d, int64_t id, enum recommendation recommendation, const char *findings)
{
	struct evaluation_text text = {.evaluation_id = id,
	                               .rev = get(d, id).rev,
	                               .recommendation = recommendation,
	                               .findings = str_c(findings),
	                               .decisions = d->decisions,
	                               .by = S("admin")};
	return evaluation_save(d->b.desk.tx, &text, NOW, &d->flaw, &engine_err);
}

static struct evaluation_signing signing(struct desk_of *d, int64_t id, const struct checklist_mark *mark)
{
	return (struct evaluation_signing){.evaluation_id = id,
	                                   .rev = get(d, id).rev,
	                                   .number = S("470/9/EVAL"),
	                                   .signed_on = TODAY,
	                                   .signer = S("Satria Contoh"),
	                                   .by = S("admin2"),
	                                   .findings = d->findings,
	                                   .seen = str_c(mark->z)};
}

static enum rc try_sign(struct desk_of *d, int64_t id)
{
	struct checklist_mark mark = checklist_mark(d->findings);
	struct evaluation_signing ask = signing(d, id, &mark);
	return evaluation_sign(d->b.desk.tx, &ask, NOW, &d->flaw, &engine_err);
}

static enum rc try_move(struct desk_of *d, int64_t id, enum evaluation_step_kind step)
{
	struct evaluation_move move = {.evaluation_id = id,
	                               .rev = get(d, id).rev,
	                               .step = step,
	                               .on = TODAY,
	                               .letter_number = S("470/10"),
	                               .note = S("Surat"),
	                               .by = S("admin")};
	return evaluation_move(d->b.desk.tx, &move, NOW, &d->flaw, &engine_err);
}

/* ---- the tables ---- */

static void the_tables_have_no_holes(void **state)
{
	(void)state;
	for (size_t i = 0; i < EVALUATION_STATES; i++) {
		assert_int_equal(evaluation_state_at(i)->state, i);
		assert_true(*evaluation_state_at(i)->key && *evaluation_state_at(i)->label);
		assert_int_equal(evaluation_state_of(str_c(evaluation_state_at(i)->key)), i);
	}
	for (size_t i = 0; i < EVALUATION_STEPS; i++) {
		assert_int_equal(evaluation_step_at(i)->step, i);
		assert_true(*evaluation_step_at(i)->key && *evaluation_step_at(i)->label && *evaluation_step_at(i)->done);
		assert_int_equal(evaluation_step_of(str_c(evaluation_step_at(i)->key)), i);
	}
	for (size_t i = 0; i < RECOMMEND_COUNT; i++) {
		const struct recommendation_row *row = recommendation_at(i);
		assert_int_equal(row->recommendation, i);
		assert_true(*row->key && *row->label && *row->meaning && *row->clause);
		assert_int_equal(recommendation_of(str_c(row->key)), i);
		assert_true(!row->life || (row->start && life_of(str_c(row->life)) != LIFE_COUNT));
	}
	assert_null(evaluation_state_at(EVALUATION_STATES));
	assert_null(evaluation_step_at(EVALUATION_STEPS));
	assert_null(recommendation_at(RECOMMEND_COUNT));
	assert_int_equal(recommendation_of(S("")), RECOMMEND_COUNT);
}

/* ---- making one ---- */

static void check_what_may_be_evaluated(struct engine *engine)
{
	struct desk_of d = desk_open(engine);
	struct day none = {0}, before = {TODAY.n - 1}, after = {TODAY.n + 1};
	int64_t id;
	OK(try_make(&d, "2026-1", none, none, &id));
	struct evaluation e = get(&d, id);
	assert_int_equal(e.first.n, day_from_ymd(2026, 1, 1).n);
	assert_int_equal(e.last.n, day_from_ymd(2026, 6, 30).n);
	assert_str(e.semester, "2026-1");
	assert_int_equal(e.state, EVALUATION_DRAFT);
	assert_int_equal(e.recommendation, RECOMMEND_COUNT);
	OK(try_make(&d, "2025-2", none, none, &id));
	assert_int_equal(get(&d, id).first.n, day_from_ymd(2025, 7, 1).n);
	assert_int_equal(get(&d, id).last.n, day_from_ymd(2025, 12, 31).n);
	assert_int_equal(try_make(&d, "2026-1", none, none, &id), RC_CONFLICT); /* one a semester */
	assert_int_equal(try_make(&d, "2026-2", none, none, &id), RC_INVALID);  /* runs still */
	static const char *const bad[] = {"2026", "2026-3", "2026-0", "26-1", "2026/1", "2026-1 ", "1999-1"};
	for (size_t i = 0; i < LEN(bad); i++)
		assert_int_equal(try_make(&d, bad[i], none, none, &id), RC_INVALID);
	OK(try_make(&d, "", before, TODAY, &id));
	OK(try_make(&d, "", before, TODAY, &id)); /* any time, and again */
	assert_str(get(&d, id).semester, "");
	assert_int_equal(try_make(&d, "", TODAY, before, &id), RC_INVALID);
	assert_int_equal(try_make(&d, "", TODAY, after, &id), RC_INVALID);
	assert_int_equal(try_make(&d, "", none, none, &id), RC_INVALID);
	bureau_close(&d.b);
}
EACH(what_may_be_evaluated)

/* ---- the life ---- */

/* Brings a new one to that state. */
static int64_t in_state(struct desk_of *d, enum evaluation_state state)
{
	int64_t id = make(d, "");
	OK(try_save(d, id, RECOMMEND_SUSPEND, "Temuan."));
	if (state >= EVALUATION_FINAL)
		OK(try_sign(d, id));
	if (state >= EVALUATION_TOLD)
		OK(try_move(d, id, EVALUATION_TELL));
	if (state >= EVALUATION_REPORTED)
		OK(try_move(d, id, EVALUATION_REPORT));
	assert_int_equal(get(d, id).state, state);
	return id;
}

static enum rc take(struct desk_of *d, int64_t id, enum evaluation_step_kind step)
{
	struct evaluation e = get(d, id);
	switch (step) {
	case EVALUATION_SAVE: return try_save(d, id, RECOMMEND_CONTINUE, "Lain.");
	case EVALUATION_RECOUNT: return evaluation_recount(d->b.desk.tx, &e, S("admin"), NOW, &engine_err);
	case EVALUATION_DROP: return evaluation_drop(d->b.desk.tx, id, e.rev, &engine_err);
	case EVALUATION_SIGN: return try_sign(d, id);
	case EVALUATION_TELL:
	case EVALUATION_REPORT: return try_move(d, id, step);
	case EVALUATION_FOLLOW:
		return evaluation_followed(d->b.desk.tx, id, e.instansi_id, S("Hak akses dibekukan"), S("admin"), NOW, &engine_err);
	case EVALUATION_MAKE:
	case EVALUATION_STEPS: break;
	}
	return RC_INVALID;
}

/* Every step from every state: those the table allows lead where it says, all others change
 * nothing. */
static void check_every_step_from_every_state(struct engine *engine)
{
	struct desk_of d = desk_open(engine);
	int taken = 0;
	for (enum evaluation_state from = EVALUATION_DRAFT; from < EVALUATION_STATES; from++)
		for (enum evaluation_step_kind step = EVALUATION_SAVE; step < EVALUATION_STEPS; step++) {
			OK(tx_savepoint(d.b.desk.tx, &engine_err)); /* none of them stays */
			int64_t id = in_state(&d, from);
			struct evaluation before = get(&d, id), after;
			enum rc rc = take(&d, id, step);
			if (!evaluation_may(step, from)) {
				assert_int_equal(rc, step == EVALUATION_FOLLOW ? RC_REFUSED : RC_CONFLICT);
				assert_int_equal(get(&d, id).state, from);
				assert_int_equal(get(&d, id).rev, before.rev);
			} else {
				OK(rc);
				taken++;
				rc = evaluation_get(d.b.desk.tx, id, &after, &engine_err);
				assert_int_equal(rc, step == EVALUATION_DROP ? RC_ABSENT : RC_OK);
				enum evaluation_state to = evaluation_step_at(step)->to;
				if (rc == RC_OK)
					assert_int_equal(after.state, to == EVALUATION_STATES ? from : to);
			}
			OK(tx_undo(d.b.desk.tx, &engine_err));
		}
	assert_int_equal(taken, 4 + 1 + 1 + 3); /* of a draft, sign among them; tell; report; follow */
	bureau_close(&d.b);
}
EACH(every_step_from_every_state)

static void check_the_line_of_its_steps(struct engine *engine)
{
	struct desk_of d = desk_open(engine);
	struct evaluation_step *steps;
	size_t n;
	int64_t id = in_state(&d, EVALUATION_REPORTED);
	OK(take(&d, id, EVALUATION_FOLLOW));
	OK(evaluation_steps(d.b.desk.tx, id, &steps, &n, &engine_err));
	static const enum evaluation_step_kind line[] = {EVALUATION_MAKE, EVALUATION_SIGN, EVALUATION_TELL, EVALUATION_REPORT,
	                                                 EVALUATION_FOLLOW};
	assert_int_equal(n, LEN(line));
	for (size_t i = 0; i < n; i++)
		assert_int_equal(steps[i].step, line[i]);
	assert_str(steps[1].letter_number, "470/9/EVAL");
	assert_str(steps[1].by, "admin2");
	assert_int_equal(steps[3].on.n, TODAY.n);
	assert_str(steps[4].note, "Hak akses dibekukan");
	/* of another agency it is not followed */
	assert_int_equal(evaluation_followed(d.b.desk.tx, id, d.b.dinkes, S("x"), S("admin"), NOW, &engine_err), RC_REFUSED);
	bureau_close(&d.b);
}
EACH(the_line_of_its_steps)

/* ---- what is written ---- */

static void check_a_decision_against_the_proposal_wants_a_reason(struct engine *engine)
{
	struct desk_of d = desk_open(engine);
	struct decision seen[POINT_COUNT];
	int64_t id = make(&d, "");
	d.decisions[POINT_NDA].decided = RATING_ATTENTION;
	assert_int_equal(try_save(&d, id, RECOMMEND_COUNT, ""), RC_INVALID);
	assert_string_equal(d.flaw.field, "nda");
	d.decisions[POINT_NDA].remark = S("NDA sedang dikirim");
	d.decisions[POINT_BAST].remark = S("Hanya catatan");
	OK(try_save(&d, id, RECOMMEND_CONTINUE, "Temuan.\nLagi."));
	struct evaluation e = get(&d, id);
	OK(evaluation_decisions(d.b.desk.tx, &e, d.findings, seen, &engine_err));
	assert_int_equal(seen[POINT_NDA].proposed, RATING_BREACH);
	assert_int_equal(decision_rating(&seen[POINT_NDA]), RATING_ATTENTION);
	assert_str(seen[POINT_NDA].words, "Terukur.");
	assert_str(seen[POINT_BAST].remark, "Hanya catatan");
	assert_int_equal(decision_rating(&seen[POINT_BAST]), RATING_GOOD);
	/* what is proposed moves with the facts until it is signed; then all of it is frozen */
	d.findings[POINT_SPTJM] = (struct finding){POINT_SPTJM, RATING_BREACH, S("Baru.")};
	OK(try_sign(&d, id));
	put_findings(&d);
	e = get(&d, id);
	OK(evaluation_decisions(d.b.desk.tx, &e, d.findings, seen, &engine_err));
	assert_int_equal(seen[POINT_SPTJM].proposed, RATING_BREACH);
	assert_str(seen[POINT_SPTJM].words, "Baru.");
	assert_int_equal(seen[POINT_NDA].proposed, RATING_BREACH);
	assert_int_equal(seen[POINT_NDA].decided, RATING_ATTENTION);
	assert_str(seen[POINT_NDA].remark, "NDA sedang dikirim");
	bureau_close(&d.b);
}
EACH(a_decision_against_the_proposal_wants_a_reason)

static void check_texts_that_are_refused(struct engine *engine)
{
	struct desk_of d = desk_open(engine);
	static char longest[EVALUATION_FINDINGS_MAX + 2];
	int64_t id = make(&d, "");
	memset(longest, 'a', EVALUATION_FINDINGS_MAX + 1);
	assert_int_equal(try_save(&d, id, RECOMMEND_COUNT, longest), RC_INVALID);
	longest[EVALUATION_FINDINGS_MAX] = '\0';
	OK(try_save(&d, id, RECOMMEND_COUNT, longest));
	assert_int_equal(try_save(&d, id, RECOMMEND_COUNT, "NIK 3304060101909900 diakses"), RC_INVALID);
	assert_string_equal(d.flaw.field, "temuan");
	assert_int_equal(try_save(&d, id, RECOMMEND_COUNT, "\xff"), RC_INVALID);
	static const char *const remarks[] = {"330406 010190 9900", "dua\nbaris", "\xff"};
	for (size_t i = 0; i < LEN(remarks); i++) {
		d.decisions[POINT_DEBT].remark = str_c(remarks[i]);
		assert_int_equal(try_save(&d, id, RECOMMEND_COUNT, ""), RC_INVALID);
		assert_string_equal(d.flaw.field, "utang");
	}
	bureau_close(&d.b);
}
EACH(texts_that_are_refused)

/* ---- signing ---- */

static void sign_flawed(struct desk_of *d, int64_t id, const char *field)
{
	assert_int_equal(try_sign(d, id), RC_INVALID);
	assert_string_equal(d->flaw.field, field);
}

static void check_signing_wants_all_of_it(struct engine *engine)
{
	struct desk_of d = desk_open(engine);
	struct checklist_mark mark = checklist_mark(d.findings);
	int64_t id = make(&d, "");
	sign_flawed(&d, id, "temuan");
	OK(try_save(&d, id, RECOMMEND_COUNT, "Temuan."));
	sign_flawed(&d, id, "rekomendasi");
	OK(try_save(&d, id, RECOMMEND_WARN, "Temuan."));
	sign_flawed(&d, id, "tenggat"); /* a warning says by when */
	OK(try_save(&d, id, RECOMMEND_CONTINUE, "Temuan."));
	static const struct {
		const char *number;
		int day; /* beside today */
		const char *field;
	} bad[] = {{"", 0, "nomor"}, {"a\nb", 0, "nomor"}, {"1", 1, "tanggal"}, {"1", -1, "tanggal"}};
	for (size_t i = 0; i < LEN(bad); i++) {
		struct evaluation_signing ask = signing(&d, id, &mark);
		ask.number = str_c(bad[i].number);
		ask.signed_on.n += bad[i].day;
		assert_int_equal(evaluation_sign(d.b.desk.tx, &ask, NOW, &d.flaw, &engine_err), RC_INVALID);
		assert_string_equal(d.flaw.field, bad[i].field);
	}
	struct evaluation_signing ask = signing(&d, id, &mark);
	ask.seen = S("0123456789abcdef"); /* what he saw is not what is proposed now */
	assert_int_equal(evaluation_sign(d.b.desk.tx, &ask, NOW, &d.flaw, &engine_err), RC_CONFLICT);
	ask = signing(&d, id, &mark);
	ask.rev--;
	assert_int_equal(evaluation_sign(d.b.desk.tx, &ask, NOW, &d.flaw, &engine_err), RC_CONFLICT);
	ask = signing(&d, id, &mark);
	ask.two_persons = true;
	ask.by = S("admin"); /* who saved it last */
	assert_int_equal(evaluation_sign(d.b.desk.tx, &ask, NOW, &d.flaw, &engine_err), RC_REFUSED);
	ask.by = S("admin2");
	OK(evaluation_sign(d.b.desk.tx, &ask, NOW, &d.flaw, &engine_err));
	assert_str(get(&d, id).number, "470/9/EVAL");
	assert_int_equal(get(&d, id).signed_on.n, TODAY.n);
	bureau_close(&d.b);
}
EACH(signing_wants_all_of_it)

static void check_passing_on_wants_day_and_number(struct engine *engine)
{
	struct desk_of d = desk_open(engine);
	int64_t id = in_state(&d, EVALUATION_TOLD);
	static const struct {
		const char *number, *note, *field;
		int day;
	} bad[] = {{"", "", "nomor", 0}, {"1", "", "tanggal", 1}, {"1", "", "tanggal", -1}, {"1", "a\nb", "keterangan", 0}};
	for (size_t i = 0; i < LEN(bad); i++) {
		struct evaluation_move move = {.evaluation_id = id,
		                               .rev = get(&d, id).rev,
		                               .step = EVALUATION_REPORT,
		                               .on = {TODAY.n + bad[i].day},
		                               .letter_number = str_c(bad[i].number),
		                               .note = str_c(bad[i].note),
		                               .by = S("admin")};
		assert_int_equal(evaluation_move(d.b.desk.tx, &move, NOW, &d.flaw, &engine_err), RC_INVALID);
		assert_string_equal(d.flaw.field, bad[i].field);
	}
	assert_int_equal(get(&d, id).state, EVALUATION_TOLD);
	bureau_close(&d.b);
}
EACH(passing_on_wants_day_and_number)

/* P8: the provider's duty of that semester; of any other time there is none to close. */
static void check_a_signed_one_closes_the_duty_of_its_semester(struct engine *engine)
{
	struct desk_of d = desk_open(engine);
	struct duty_ask ask = {.agreement = d.b.agreement, .instansi_id = d.b.bpbd};
	struct duty_item *items;
	struct paper report = {.kind = PAPER_REPORT,
	                       .instansi_id = d.b.bpbd,
	                       .subject = S("2026-1"),
	                       .number = S("1/LAP"),
	                       .signer = S("Contoh"),
	                       .signed_on = day_from_ymd(2026, 7, 10)};
	size_t n, open = 0, done = 0;
	OK(paper_file(d.b.desk.tx, &report, NOW, &engine_err));
	int64_t id = make(&d, "2026-1"), other = in_state(&d, EVALUATION_FINAL);
	assert_true(other != id);
	OK(duty_list(d.b.desk.tx, &ask, NOW, &items, &n, &engine_err));
	for (size_t i = 0; i < n; i++)
		open += items[i].duty == DUTY_EVALUATION && items[i].state != DUTY_DONE;
	assert_int_equal(open, 1);
	OK(try_save(&d, id, RECOMMEND_CONTINUE, "Temuan."));
	OK(try_sign(&d, id));
	OK(duty_list(d.b.desk.tx, &ask, NOW, &items, &n, &engine_err));
	for (size_t i = 0; i < n; i++)
		done += items[i].duty == DUTY_EVALUATION && items[i].state == DUTY_DONE &&
		        str_eq(items[i].evidence, S("470/9/EVAL"));
	assert_int_equal(done, 1);
	bureau_close(&d.b);
}
EACH(a_signed_one_closes_the_duty_of_its_semester)

/* ---- lists ---- */

static void check_lists(struct engine *engine)
{
	struct desk_of d = desk_open(engine);
	struct evaluation_list list;
	int64_t draft = make(&d, "2026-1"), told = in_state(&d, EVALUATION_TOLD);
	struct evaluation_filter all = {.state = EVALUATION_STATES, .drafts = true, .most = 10};
	OK(evaluation_page(d.b.desk.tx, &all, &list, &engine_err));
	assert_int_equal(list.n, 2);
	assert_int_equal(list.at[0].evaluation_id, told); /* newest first */
	assert_str(list.codes[0], "BPBD");
	assert_int_equal(list.at[0].recommendation, RECOMMEND_SUSPEND);
	assert_int_equal(list.at[1].evaluation_id, draft);
	all.drafts = false; /* as the head sees it */
	all.instansi_id = d.b.bpbd;
	OK(evaluation_page(d.b.desk.tx, &all, &list, &engine_err));
	assert_int_equal(list.all, 1);
	assert_int_equal(list.at[0].evaluation_id, told);
	all.instansi_id = d.b.dinkes;
	OK(evaluation_page(d.b.desk.tx, &all, &list, &engine_err));
	assert_int_equal(list.all + (int64_t)list.n, 0);
	all = (struct evaluation_filter){.state = EVALUATION_DRAFT, .drafts = true, .most = 10};
	OK(evaluation_page(d.b.desk.tx, &all, &list, &engine_err));
	assert_int_equal(list.n, 1);
	bureau_close(&d.b);
}
EACH(lists)

static void check_ceilings(struct engine *engine)
{
	struct desk_of d = desk_open(engine);
	int64_t id;
	enum rc rc = RC_OK;
	int n = 0;
	for (; n <= EVALUATION_DRAFTS_MAX && rc == RC_OK; n++)
		rc = try_make(&d, "", TODAY, TODAY, &id);
	assert_int_equal(rc, RC_LIMIT);
	bureau_close(&d.b);
}
EACH(ceilings)

/* ---- the facts behind the checklist ---- */

static void check_evidence_is_read_from_the_office(struct engine *engine)
{
	struct desk_of d = desk_open(engine);
	struct figures_day days[2] = {{TODAY, {.inquiries = 3}}, {{TODAY.n + 1}, {0}}};
	struct figures figures = {.ask = {d.b.bpbd, {TODAY.n - 200}, TODAY}, .days = days, .days_n = 2};
	struct evidence_ask ask = {
	        .agreement = d.b.agreement, .instansi_id = d.b.bpbd, .figures = &figures, .semester = S(""), .now_us = NOW};
	struct evidence e;
	struct paper report = {.kind = PAPER_REPORT,
	                       .instansi_id = d.b.bpbd,
	                       .subject = S("2026-1"),
	                       .number = S("1/LAP"),
	                       .signer = S("Contoh"),
	                       .signed_on = day_from_ymd(2026, 7, 15)}; /* due on 14 July */
	OK(evidence_read(d.b.desk.tx, &ask, &e, &engine_err));
	assert_int_equal(e.used_days, 1);
	assert_int_equal(e.full_days, 0);
	assert_int_equal(e.quota, 200);
	assert_int_equal(e.answered + e.owed + e.settled + e.oldest_days, 0);
	assert_true(e.duties_n > 0);
	assert_int_equal(e.reports.due, 1); /* of 2026-1: due on 14 July, within the days */
	assert_int_equal(e.reports.missing, 1);
	OK(paper_file(d.b.desk.tx, &report, NOW, &engine_err));
	OK(evidence_read(d.b.desk.tx, &ask, &e, &engine_err));
	assert_int_equal(e.reports.missing, 0);
	assert_int_equal(e.reports.late, 1);
	ask.semester = S("2025-2");
	OK(evidence_read(d.b.desk.tx, &ask, &e, &engine_err));
	assert_int_equal(e.reports.due, 1);
	assert_int_equal(e.reports.missing, 1);
	bureau_close(&d.b);
}
EACH(evidence_is_read_from_the_office)

static void use_quota(struct desk_of *d, enum method method, int day, int64_t hits)
{
	struct quota_use use;
	int64_t spent, now_us = day_begin_us((struct day){TODAY.n + day}) + US_PER_S;
	OK(quota_charge(d->b.desk.tx, d->b.bpbd, method, -1, hits, now_us, &spent, &use, &engine_err));
	assert_int_equal(spent, hits);
}

/* J.II.B: 200 a day before the PoC, and no limit from the day of its result on. */
static void check_full_days_by_the_quota_of_that_day(struct engine *engine)
{
	struct desk_of d = desk_open(engine);
	struct figures figures = {.ask = {d.b.bpbd, {TODAY.n - 9}, TODAY}};
	struct evidence_ask ask = {
	        .agreement = d.b.agreement, .instansi_id = d.b.bpbd, .figures = &figures, .semester = S(""), .now_us = NOW};
	struct evidence e;
	struct paper poc = {.kind = PAPER_POC,
	                    .instansi_id = d.b.bpbd,
	                    .subject = str_c(method_at(METHOD_PORTAL)->key),
	                    .number = S("1/POC"),
	                    .signer = S("Contoh"),
	                    .signed_on = {TODAY.n - 3}};
	use_quota(&d, METHOD_PORTAL, -10, 500); /* before the period */
	use_quota(&d, METHOD_PORTAL, -9, 199);
	use_quota(&d, METHOD_PORTAL, -8, 200);
	use_quota(&d, METHOD_PORTAL, -7, 201);
	use_quota(&d, METHOD_PORTAL, -3, 200);
	use_quota(&d, METHOD_CALL_NIK, -9, 500); /* not granted: no limit of its own */
	OK(evidence_read(d.b.desk.tx, &ask, &e, &engine_err));
	assert_int_equal(e.full_days, 3);
	OK(paper_file(d.b.desk.tx, &poc, NOW, &engine_err));
	OK(evidence_read(d.b.desk.tx, &ask, &e, &engine_err));
	assert_int_equal(e.full_days, 2);
	assert_int_equal(e.quota, -1);
	bureau_close(&d.b);
}
EACH(full_days_by_the_quota_of_that_day)

static void check_every_query_fits_the_tables(struct engine *engine)
{
	struct desk_of d = desk_open(engine);
	tx_rollback(&d.b.desk.tx);
	for (size_t i = 0; evaluation_queries[i]; i++)
		OK(query_check(engine->store, evaluation_queries[i], &engine_err));
	bureau_close(&d.b);
}
EACH(every_query_fits_the_tables)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(the_tables_have_no_holes),
	        cmocka_unit_test(what_may_be_evaluated),
	        cmocka_unit_test(every_step_from_every_state),
	        cmocka_unit_test(the_line_of_its_steps),
	        cmocka_unit_test(a_decision_against_the_proposal_wants_a_reason),
	        cmocka_unit_test(texts_that_are_refused),
	        cmocka_unit_test(signing_wants_all_of_it),
	        cmocka_unit_test(passing_on_wants_day_and_number),
	        cmocka_unit_test(a_signed_one_closes_the_duty_of_its_semester),
	        cmocka_unit_test(lists),
	        cmocka_unit_test(ceilings),
	        cmocka_unit_test(evidence_is_read_from_the_office),
	        cmocka_unit_test(full_days_by_the_quota_of_that_day),
	        cmocka_unit_test(every_query_fits_the_tables),
	};
	return cmocka_run_group_tests_name("report/evaluation", tests, NULL, NULL);
}
