/* SPDX-License-Identifier: EUPL-1.2
 * web/page_report.c - one report: its figures, the texts of the head, the line of its
 * steps, a form for each step that the visitor may take now, and the taking of one. */
#include "report/report_owed.h"
#include "web/clause.h"
#include "web/frame.h"
#include "web/pager.h"
#include "web/pages.h"
#include "web/report.page.h"
#include "web/report_figures.h"
#include "web/report_seen.h"
#include "web/report_told.h"
#include "web/request_form.h"
#include "web/when.h"
#include "web/words.h"

#define FORMS_MAX 4
#define AGAIN_S 3 /* while the figures are counted */

/* What was tried and refused. */
struct attempt {
	const struct report_step_row *row; /* NULL: no step was */
	bool texts;
	const struct ask_flaws *flaws;
	struct str conflict;
	bool write; /* he wants to write while the figures are counted */
};

/* One drawing. */
struct sheet {
	struct visit *v;
	struct report_seen *seen;
	const struct attempt *attempt;
	struct page_report page;
};

static struct str number(const struct sheet *s, int64_t n)
{
	return arena_printf(s->v->arena, "%lld", (long long)n);
}

static struct str day_words(const struct sheet *s, struct day day)
{
	return day.n ? arena_str(s->v->arena, str_c(day_long(day).z)) : S("");
}

static struct str flaw(const struct sheet *s, const char *name)
{
	const struct ask_flaws *flaws = s->attempt->flaws;
	for (size_t i = 0; flaws && s->attempt->texts && i < flaws->n; i++)
		if (strcmp(flaws->at[i].name, name) == 0)
			return words_sentence(s->v->arena, flaws->at[i].words);
	return S("");
}

/* ---- what stands on top ---- */

static void put_head(struct sheet *s)
{
	const struct report *r = &s->seen->report;
	enum turn turn = r->state->turn;
	s->page.kind = str_c(r->kind->label);
	s->page.clause = clause_words(s->v->arena, str_c(r->kind->clause));
	s->page.title = report_title(r, s->v->arena);
	s->page.code = s->seen->standing.code;
	s->page.name = s->seen->standing.name;
	s->page.provider = principal_instansi(s->v->who) == 0;
	s->page.state = str_c(r->state->label);
	s->page.good = r->state->tone == TONE_GOOD;
	s->page.late = report_seen_late(r, s->v->arena);
	s->page.turn = turn == TURN_NOBODY ? S("") : turn == TURN_PROVIDER ? S("Dinas Dukcapil") : s->seen->standing.code;
	s->page.mine = turn != TURN_NOBODY && turn == report_seen_side(s->v);
	s->page.id = number(s, r->report_id);
	s->page.rev = number(s, r->rev);
	s->page.period = arena_printf(s->v->arena, "%s s.d. %s", day_long(r->first).z, day_long(r->last).z);
	s->page.delivered = day_words(s, r->frozen.delivered);
	s->page.asked_by = r->by_provider ? arena_printf(s->v->arena, "Dinas Dukcapil, %.*s", STR_ARG(r->opened_by)) : S("");
}

/* While it is a draft, the day follows the calendar as it stands today. */
static enum rc put_due(struct sheet *s, struct err *err)
{
	const struct report *r = &s->seen->report;
	struct day due = r->frozen.due;
	bool certain = true;
	if (r->kind->kind == REPORT_SEMESTER && r->state->state == REPORT_DRAFT)
		TRY(report_due(s->v->tx, r->last, &due, &certain, err));
	s->page.due = day_words(s, due);
	s->page.uncertain = !certain;
	return RC_OK;
}

static void put_texts(struct sheet *s)
{
	const struct report *r = &s->seen->report;
	struct request_actor by = request_actor(s->v);
	bool typed = s->attempt->texts;
	bool counting = s->seen->run.state == RUN_WAITING || s->seen->run.state == RUN_COUNTING;
	struct url_pair pairs[] = {{"r", s->page.id}, {"tulis", S("1")}};
	s->page.may_write = report_may_write(r, &by);
	s->page.writing = s->page.may_write && (!counting || typed || s->attempt->write);
	s->page.write = url_path(s->v->arena, "/laporan/isi", pairs, LEN(pairs));
	s->page.withheld = !report_seen_texts(s->v, r);
	s->page.obstacles = typed ? http_form(s->v->rq, "kendala") : s->page.withheld ? S("") : r->obstacles;
	s->page.proposals = typed ? http_form(s->v->rq, "usulan") : s->page.withheld ? S("") : r->proposals;
	s->page.obstacles_problem = flaw(s, "kendala");
	s->page.proposals_problem = flaw(s, "usulan");
}

/* ---- the figures ---- */

static enum rc put_figures(struct sheet *s, struct buf *out, struct err *err)
{
	const struct run *run = &s->seen->run;
	struct url again = report_seen_url(s->v, "/laporan/isi", s->seen->report.report_id);
	switch (run->state) {
	case RUN_DONE: return report_figures_write(s->v, &s->seen->report, run, out, &s->page.figures, err);
	case RUN_REFUSED: s->page.trouble = run->trouble; return RC_OK;
	case RUN_WAITING:
	case RUN_COUNTING: break;
	}
	s->page.counting = true;
	s->page.again = again;
	s->page.done = number(s, run->done);
	s->page.all = number(s, run->all);
	if (run->all)
		s->page.progress =
		        arena_printf(s->v->arena, "%.*s dari %.*s entri jurnal", STR_ARG(pager_count(s->v->arena, run->done)),
		                     STR_ARG(pager_count(s->v->arena, run->all)));
	if (!s->page.writing) { /* nothing typed may be lost to a page that loads itself, and none keeps a session alive */
		struct url itself = report_seen_url(s->v, "/laporan/hitung", s->seen->report.report_id);
		http_add_header(&s->v->out, "Refresh", arena_printf(s->v->arena, "%d; url=%.*s", AGAIN_S, STR_ARG(itself.s)));
	}
	return RC_OK;
}

static void add_paper(struct sheet *s, const char *type, const char *label)
{
	struct url_pair pairs[] = {{"r", s->page.id}, {"jenis", str_c(type)}};
	s->page.papers[s->page.papers_n++] =
	        (struct page_report_paper){url_path(s->v->arena, "/laporan/unduh", pairs, LEN(pairs)), str_c(label)};
}

static void put_papers(struct sheet *s)
{
	if (s->seen->run.state != RUN_DONE)
		return;
	add_paper(s, "pdf", "PDF");
	add_paper(s, "xlsx", "XLSX");
	add_paper(s, "csv", "CSV");
}

/* ---- the line ---- */

static enum rc put_said(struct sheet *s, const struct report_moment *moment, struct page_report_moment *ret, struct err *err)
{
	ret->said = ARENA_ARRAY(tx_arena(s->v->tx), moment->values_n + 1, struct page_report_fact);
	if (!ret->said)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < moment->values_n; i++) {
		const struct ask_value *value = &moment->values[i];
		const struct ask *ask = ask_find(moment->row->asks, value->name);
		struct url_pair pairs[] = {{"r", s->page.id}, {"langkah", number(s, moment->number)}};
		if (!ask)
			continue;
		if (ask->type == ASK_SCAN) {
			ret->has_scan = true;
			ret->scan = url_path(s->v->arena, "/laporan/lampiran", pairs, LEN(pairs));
		} else {
			ret->said[ret->said_n++] = (struct page_report_fact){
			        str_c(ask->label), ask_words(ask, value->value, s->seen->standing.terms, s->v->arena)};
		}
	}
	return RC_OK;
}

static enum rc put_line(struct sheet *s, struct err *err)
{
	s->page.line = ARENA_ARRAY(tx_arena(s->v->tx), s->seen->moments_n + 1, struct page_report_moment);
	if (!s->page.line)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < s->seen->moments_n; i++) {
		const struct report_moment *moment = &s->seen->moments[i];
		struct page_report_moment *ret = &s->page.line[s->page.line_n++];
		ret->when = arena_str(s->v->arena, str_c(when_row(moment->at_us).z));
		ret->by = moment->by;
		ret->title = str_c(moment->row ? moment->row->done : s->seen->report.by_provider ? "Diminta" : "Dibuat");
		if (moment->row)
			TRY(put_said(s, moment, ret, err));
	}
	return RC_OK;
}

/* ---- what can happen next ---- */

static enum rc put_step(struct sheet *s, const struct report_step_row *row, struct buf *fields, struct err *err)
{
	bool tried = s->attempt->row && strcmp(s->attempt->row->key, row->key) == 0;
	struct page_report_step *step = &s->page.steps[s->page.steps_n];
	struct request_form form = {.asks = row->asks,
	                            .prefix = row->key,
	                            .instansi_id = s->seen->report.instansi_id,
	                            .flaws = tried ? s->attempt->flaws : NULL};
	TRY(request_form_write(s->v, &form, fields, err));
	*step = (struct page_report_step){
	        .key = str_c(row->key),
	        .label = str_c(row->label),
	        .problem = tried ? request_form_problem(s->v, s->attempt->flaws) : S(""),
	        .open = s->attempt->row ? tried
	                                : s->page.steps_n == 0 && s->page.mine && s->seen->report.state->state != REPORT_DRAFT,
	        .only = s->page.steps_n == 0,
	        .file = request_form_has_file(row->asks),
	        .fields = html_from_buf(fields),
	};
	s->page.steps_n++;
	return RC_OK;
}

static enum rc put_steps(struct sheet *s, struct buf fields[FORMS_MAX], struct err *err)
{
	struct request_actor by = request_actor(s->v);
	for (size_t i = 0; report_step_at(i) && s->page.steps_n < FORMS_MAX; i++)
		if (!s->page.counting && report_may(&s->seen->report, report_step_at(i), &by))
			TRY(put_step(s, report_step_at(i), &fields[s->page.steps_n], err));
	return RC_OK;
}

/* ---- the page ---- */

static enum rc fill(struct sheet *s, struct buf fields[FORMS_MAX], struct buf *figures, struct err *err)
{
	put_head(s);
	put_texts(s);
	put_papers(s);
	TRY(put_due(s, err));
	TRY(put_figures(s, figures, err));
	TRY(put_line(s, err));
	return put_steps(s, fields, err);
}

static enum rc draw(struct visit *v, int64_t id, const struct attempt *attempt, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO figures = BUF(PAGE_MAX);
	struct buf fields[FORMS_MAX];
	struct page_report_step steps[FORMS_MAX];
	struct page_report_paper papers[3];
	struct report_seen seen;
	struct sheet s = {.v = v, .seen = &seen, .attempt = attempt};
	TRY(report_seen_find(v, id, &seen, err));
	for (size_t i = 0; i < FORMS_MAX; i++)
		fields[i] = BUF(PAGE_MAX);
	s.page = (struct page_report){
	        .notice = words_notice(v), .conflict = attempt->conflict, .csrf = visit_csrf(v), .steps = steps, .papers = papers};
	enum rc rc = fill(&s, fields, &figures, err);
	if (rc == RC_OK)
		page_report_write(&body, &s.page);
	for (size_t i = 0; i < FORMS_MAX; i++)
		buf_free(&fields[i]);
	TRY(rc);
	return frame_page(v, &(struct frame){.title = seen.report.kind->label, .at = "/laporan"}, status, &body, err);
}

enum rc page_report_get(struct visit *v, struct err *err)
{
	int64_t id;
	TRY(report_seen_number(http_query(v->rq, "r"), &id, err));
	return draw(v, id, &(struct attempt){.write = str_eq(http_query(v->rq, "tulis"), S("1"))}, 200, err);
}

/* ---- changing it ---- */

enum rc page_report_step_slow(struct visit *v, struct err *err)
{
	return request_form_slow(v, false, err);
}

struct changing {
	struct report_change ask;
	struct ask_source source; /* of `ask` */
	struct report_taken taken;
	struct ask_flaws flaws;
	struct attempt attempt;
};

static enum rc begin(struct visit *v, struct changing *c, struct err *err)
{
	if (!http_form_ok(v->rq) || str_int(http_form(v->rq, "rev"), 0, INT64_MAX, &c->ask.rev) != RC_OK)
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	TRY(report_seen_number(http_form(v->rq, "r"), &c->ask.report_id, err));
	c->ask.step = http_form(v->rq, "langkah");
	c->ask.by = request_actor(v);
	c->attempt.flaws = &c->flaws;
	return RC_OK;
}

/* The file of a step is filed only where the step may be taken. */
static enum rc advance(struct visit *v, struct changing *c, const struct desk *desk, struct err *err)
{
	struct report report;
	TRY(report_get(v->tx, c->ask.report_id, &report, err));
	c->attempt.row = report_step_find(report.kind->kind, report.state->state, c->ask.step);
	if (c->attempt.row && report_may(&report, c->attempt.row, &c->ask.by))
		TRY(request_form_file(v, c->attempt.row->asks, report.instansi_id, &c->flaws, err));
	c->source = request_form_source(v);
	c->ask.source = &c->source;
	return report_advance(desk, &c->ask, &c->taken, &c->flaws, err);
}

static enum rc write_texts(struct visit *v, struct changing *c, const struct desk *desk, struct err *err)
{
	c->source = request_form_words(v);
	c->ask.source = &c->source;
	c->attempt.texts = true;
	return report_write(desk, &c->ask, &c->taken, &c->flaws, err);
}

static enum rc change(struct visit *v, enum rc (*how)(struct visit *, struct changing *, const struct desk *, struct err *),
                      const char *notice, struct err *err)
{
	struct changing c = {0};
	struct desk desk = request_desk(v);
	TRY(begin(v, &c, err));
	TRY(desk_attempt(&desk, err));
	enum rc rc = how(v, &c, &desk, err);
	TRY(desk_settle(&desk, rc, err));
	if (rc == RC_CONFLICT)
		c.attempt.conflict = arena_str(v->arena, str_c(err->what));
	if (rc == RC_INVALID || rc == RC_CONFLICT)
		return draw(v, c.ask.report_id, &c.attempt, rc == RC_INVALID ? 400 : 409, err);
	TRY(rc);
	TRY(report_tell(v, &c.taken, err));
	visit_redirect(v, arena_printf(v->arena, "/laporan/isi?r=%lld&catatan=%s", (long long)c.ask.report_id, notice));
	return RC_OK;
}

enum rc page_report_step_post(struct visit *v, struct err *err)
{
	return change(v, advance, "langkah-dicatat", err);
}

enum rc page_report_text_post(struct visit *v, struct err *err)
{
	return change(v, write_texts, "laporan-teks", err);
}
