/* SPDX-License-Identifier: EUPL-1.2
 * web/evaluation_draw.c - see evaluation_draw.h. */
#include "web/evaluation_draw.h"

#include "gate/strip.h"
#include "jobs/mail.h"
#include "web/clause.h"
#include "web/evaluation.page.h"
#include "web/evaluation_draft.page.h"
#include "web/frame.h"
#include "web/when.h"
#include "web/words.h"

#define MENU "/evaluasi"
#define RELOAD_S 3

static struct str number_of(struct arena *arena, int64_t n)
{
	return arena_printf(arena, "%lld", (long long)n);
}

static struct str long_day(struct arena *arena, struct day day)
{
	return day.n ? arena_str(arena, str_c(day_long(day).z)) : S("");
}

/* ---- the form of a draft ---- */

static enum rc put_choices(struct arena *arena, const struct decision *d, struct page_evaluation_draft_point *row, struct err *err)
{
	row->choices = ARENA_ARRAY(arena, RATING_COUNT + 1, struct page_evaluation_draft_choice);
	if (!row->choices)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	row->choices[row->choices_n++] =
	        (struct page_evaluation_draft_choice){.key = S(""), .label = S("Sesuai usul"), .on = d->decided == RATING_COUNT};
	for (size_t i = 0; i < RATING_COUNT; i++)
		row->choices[row->choices_n++] = (struct page_evaluation_draft_choice){
		        .key = str_c(rating_at(i)->key), .label = str_c(rating_at(i)->label), .on = d->decided == (enum rating)i};
	return RC_OK;
}

static enum rc put_form_points(struct visit *v, const struct decision *proposed, const struct decision *decided,
                               const struct blame *blame, struct page_evaluation_draft *page, struct err *err)
{
	struct arena *arena = visit_page_arena(v);
	page->points = ARENA_ARRAY(arena, POINT_COUNT, struct page_evaluation_draft_point);
	if (!page->points)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < POINT_COUNT; i++) {
		const struct point_row *row = point_at(i);
		enum rating rating = proposed[i].proposed;
		struct page_evaluation_draft_point *point = &page->points[page->points_n++];
		*point = (struct page_evaluation_draft_point){
		        .key = str_c(row->key),
		        .label = str_c(row->label),
		        .clause = clause_words(arena, str_c(row->clause)),
		        .words = proposed[i].words,
		        .rule = str_c(row->rule),
		        .proposed = str_c(rating_at(rating)->label),
		        .good = rating == RATING_GOOD,
		        .warned = rating == RATING_ATTENTION,
		        .bad = rating == RATING_BREACH,
		        .remark = decided[i].remark,
		        .problem = blame_of(blame, row->key),
		};
		TRY(put_choices(arena, &decided[i], point, err));
	}
	return RC_OK;
}

static void put_ways(struct visit *v, enum recommendation chosen, struct page_evaluation_draft_way ways[RECOMMEND_COUNT])
{
	for (size_t i = 0; i < RECOMMEND_COUNT; i++) {
		const struct recommendation_row *row = recommendation_at(i);
		ways[i] = (struct page_evaluation_draft_way){.key = str_c(row->key),
		                                             .label = str_c(row->label),
		                                             .meaning = str_c(row->meaning),
		                                             .clause = clause_words(visit_page_arena(v), str_c(row->clause)),
		                                             .on = row->recommendation == chosen};
	}
}

static void put_typed(const struct evaluation_seen *seen, const struct evaluation_try *tried, struct page_evaluation_draft *page)
{
	const struct blame *blame = &tried->blame;
	page->findings = tried->text ? tried->text->findings : seen->e.findings;
	page->deadline = tried->text ? tried->deadline : page->deadline;
	page->p_findings = blame_of(blame, "temuan");
	page->p_way = blame_of(blame, "rekomendasi");
	page->p_deadline = blame_of(blame, "tenggat");
}

static void put_run(const struct run *run, struct page_evaluation_draft *page)
{
	page->refused = run->state == RUN_REFUSED;
	page->trouble = run->trouble;
	page->done = run->done;
	page->all = run->all;
}

enum rc evaluation_draw_form(struct visit *v, const struct evaluation_seen *seen, const struct evaluation_try *tried, int status,
                             struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct arena *arena = visit_page_arena(v);
	struct page_evaluation_draft_way ways[RECOMMEND_COUNT];
	const struct evaluation *e = &seen->e;
	struct page_evaluation_draft page = {
	        .csrf = visit_csrf(v),
	        .notice = words_notice(v),
	        .alert = tried->alert,
	        .id = number_of(arena, e->evaluation_id),
	        .rev = number_of(arena, e->rev),
	        .code = seen->instansi.code,
	        .name = seen->instansi.name,
	        .period = evaluation_seen_period(arena, e),
	        .saved = arena_printf(arena, "%.*s, %s", STR_ARG(e->saved_by), when_row(e->moved_us).z),
	        .counted = seen->counted,
	        .on = long_day(arena, seen->on),
	        .summary = evaluation_seen_summary(arena, seen->decisions),
	        .deadline = e->deadline.n ? arena_str(arena, str_c(day_iso(e->deadline).z)) : S(""),
	        .ways = ways,
	        .ways_n = RECOMMEND_COUNT,
	};
	put_run(&seen->run, &page);
	put_typed(seen, tried, &page);
	put_ways(v, tried->text ? tried->text->recommendation : e->recommendation, ways);
	TRY(put_form_points(v, seen->decisions, tried->text ? tried->text->decisions : seen->decisions, &tried->blame, &page, err));
	page_evaluation_draft_write(&body, &page);
	TRY(frame_page(v, &(struct frame){.title = "Evaluasi", .at = MENU}, status, &body, err));
	if (!seen->counted && seen->run.state != RUN_REFUSED && http_method(v->rq) != HTTP_POST)
		http_add_header(&v->out, "Refresh", /* by a route that keeps no session alive */
		                arena_printf(v->arena, "%d; url=/evaluasi/hitung?e=%lld", RELOAD_S, (long long)e->evaluation_id));
	return RC_OK;
}

/* ---- the page ---- */

static enum rc put_points(struct visit *v, const struct evaluation_seen *seen, struct page_evaluation *page, struct err *err)
{
	struct arena *arena = visit_page_arena(v);
	page->points = ARENA_ARRAY(arena, POINT_COUNT, struct page_evaluation_point);
	if (!page->points)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < POINT_COUNT; i++) {
		const struct point_row *row = point_at(i);
		const struct decision *d = &seen->decisions[i];
		enum rating rating = decision_rating(d);
		bool other = d->decided < RATING_COUNT && d->decided != d->proposed;
		page->points[page->points_n++] = (struct page_evaluation_point){
		        .label = str_c(row->label),
		        .clause = clause_words(arena, str_c(row->clause)),
		        .words = d->words,
		        .verdict = str_c(rating_at(rating)->label),
		        .fine = rating == RATING_GOOD,
		        .care = rating == RATING_ATTENTION,
		        .breach = rating == RATING_BREACH,
		        .instead = other ? arena_printf(arena, "Usul: %s", rating_at(d->proposed)->label) : S(""),
		        .remark = d->remark,
		};
	}
	return RC_OK;
}

static struct str detail_of(struct arena *arena, const struct evaluation_step *step)
{
	struct str words = step->note;
	if (step->letter_number.n)
		words = arena_printf(arena, "Nomor %.*s tanggal %s%s%.*s", STR_ARG(step->letter_number), day_long(step->on).z,
		                     words.n ? ". " : "", STR_ARG(words));
	else if (step->on.n)
		words = arena_printf(arena, "%s%s%.*s", day_long(step->on).z, words.n ? ". " : "", STR_ARG(words));
	return words;
}

static enum rc put_line(struct visit *v, const struct evaluation_seen *seen, struct page_evaluation *page, struct err *err)
{
	struct evaluation_step *steps;
	size_t n;
	struct arena *arena = visit_page_arena(v);
	TRY(evaluation_steps(v->tx, seen->e.evaluation_id, &steps, &n, err));
	page->line = ARENA_ARRAY(arena, n + 1, struct page_evaluation_moment);
	if (!page->line)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n; i++)
		page->line[page->line_n++] = (struct page_evaluation_moment){
		        .title = str_c(evaluation_step_at(steps[i].step)->done),
		        .when = arena_printf(arena, "%s · %.*s", when_row(steps[i].at_us).z, STR_ARG(steps[i].by)),
		        .detail = detail_of(arena, &steps[i])};
	return RC_OK;
}

/* ---- what may be done ---- */

enum rc evaluation_draw_addresses(struct visit *v, int64_t instansi_id, struct str *ret, size_t max, size_t *ret_n, struct err *err)
{
	struct standing s;
	TRY(agreement_standing(gate_agreement(v), v->tx, instansi_id, v->now_us, &s, err));
	*ret_n = 0;
	for (size_t i = 0; i < s.contacts_n && *ret_n < max; i++)
		if (str_eq(s.contacts[i].side, S("instansi")) && mail_address_is_valid(s.contacts[i].email))
			ret[(*ret_n)++] = s.contacts[i].email;
	return RC_OK;
}

/* The form of the recommended step, with the number of the evaluation. */
static void put_start(struct visit *v, const struct evaluation_seen *seen, struct page_evaluation *page)
{
	const struct recommendation_row *row = recommendation_at(seen->e.recommendation);
	if (!row || !row->start || !evaluation_may(EVALUATION_FOLLOW, seen->e.state))
		return;
	struct url_pair pairs[] = {{"instansi", seen->instansi.code}, {"evaluasi", page->id}};
	page->start = url_path(v->arena, row->life ? "/perjanjian/status" : "/perjanjian/rancangan", pairs, LEN(pairs));
	page->start_label = str_c(row->start);
}

static enum rc put_doing(struct visit *v, const struct evaluation_seen *seen, struct page_evaluation *page, struct err *err)
{
	const struct evaluation *e = &seen->e;
	struct str to[1];
	size_t n = 0;
	if (principal_role(v->who) != ROLE_ADMIN)
		return RC_OK;
	page->may_sign = evaluation_may(EVALUATION_SIGN, e->state) && seen->counted;
	page->may_tell = evaluation_may(EVALUATION_TELL, e->state);
	page->may_report = evaluation_may(EVALUATION_REPORT, e->state);
	if (page->may_sign && visit_two_persons(v) && str_eq(e->saved_by, principal_user_id(v->who)))
		page->other_person = S("Anda yang terakhir menyimpan rancangan ini; admin lain yang menetapkannya.");
	if (page->may_sign)
		page->seen = arena_str(v->arena, str_c(checklist_mark(seen->findings).z));
	if (page->may_tell)
		TRY(evaluation_draw_addresses(v, e->instansi_id, to, LEN(to), &n, err));
	page->may_mail = n > 0;
	if (e->state == EVALUATION_DRAFT)
		page->edit = evaluation_seen_url(v, e->evaluation_id, S(""));
	put_start(v, seen, page);
	return RC_OK;
}

static void put_step_typed(struct visit *v, const struct evaluation_try *tried, struct page_evaluation *page)
{
	const struct blame *blame = &tried->blame;
	page->typed_number = tried->number;
	page->typed_day = tried->day.at ? tried->day : arena_str(v->arena, str_c(day_iso(day_of_us(v->now_us)).z));
	page->typed_note = tried->note;
	page->p_number = blame_of(blame, "nomor");
	page->p_day = blame_of(blame, "tanggal");
	page->p_note = blame_of(blame, "keterangan");
	page->p_form = blame_of(blame, "");
	if (blame->field && !page->p_number.n && !page->p_day.n && !page->p_note.n)
		page->p_form = blame->what;
}

static void put_letters(struct visit *v, const struct evaluation_seen *seen, struct page_evaluation *page)
{
	struct url_pair pairs[] = {{"e", page->id}, {"lembar", S("pengantar")}};
	page->letter = url_path(v->arena, "/evaluasi/surat", pairs, 1);
	if (seen->e.state != EVALUATION_DRAFT && principal_instansi(v->who) == 0)
		page->cover = url_path(v->arena, "/evaluasi/surat", pairs, 2);
}

static void put_result(struct visit *v, const struct evaluation_seen *seen, struct page_evaluation *page)
{
	struct arena *arena = visit_page_arena(v);
	const struct evaluation *e = &seen->e;
	const struct recommendation_row *row = recommendation_at(e->recommendation);
	page->state = str_c(evaluation_state_at(e->state)->label);
	page->next = str_c(evaluation_state_at(e->state)->next);
	page->draft = e->state == EVALUATION_DRAFT;
	page->done = e->state == EVALUATION_REPORTED;
	page->recommendation = row ? str_c(row->label) : S("");
	page->meaning = row ? str_c(row->meaning) : S("");
	page->good = e->recommendation == RECOMMEND_CONTINUE;
	page->warned = e->recommendation == RECOMMEND_WARN || e->recommendation == RECOMMEND_REDUCE;
	page->bad = e->recommendation == RECOMMEND_SUSPEND || e->recommendation == RECOMMEND_REVOKE;
	page->deadline = long_day(arena, e->deadline);
	page->number = e->number;
	page->signed_on = long_day(arena, e->signed_on);
	page->on = long_day(arena, seen->on);
	page->summary = evaluation_seen_summary(arena, seen->decisions);
	page->findings = e->findings;
	page->digest = str_sub(seen->run.digest, 0, 16);
}

enum rc evaluation_draw_page(struct visit *v, const struct evaluation_seen *seen, const struct evaluation_try *tried, int status,
                             struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct page_evaluation page = {
	        .csrf = visit_csrf(v),
	        .notice = words_notice(v),
	        .alert = tried->alert,
	        .id = number_of(v->arena, seen->e.evaluation_id),
	        .rev = number_of(v->arena, seen->e.rev),
	        .code = seen->instansi.code,
	        .name = seen->instansi.name,
	        .provider = principal_instansi(v->who) == 0,
	        .period = evaluation_seen_period(visit_page_arena(v), &seen->e),
	};
	put_result(v, seen, &page);
	put_letters(v, seen, &page);
	put_step_typed(v, tried, &page);
	TRY(put_doing(v, seen, &page, err));
	TRY(put_points(v, seen, &page, err));
	TRY(put_line(v, seen, &page, err));
	page_evaluation_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Evaluasi", .at = MENU}, status, &body, err);
}
