/* SPDX-License-Identifier: EUPL-1.2
 * web/report_figures.c - see report_figures.h. Numbers are written as officials do; what
 * has no row in the journal has none here. */
#include "web/report_figures.h"

#include "agreement/kejadian.h"
#include "gate/reason.h"
#include "gate/strip.h"
#include "report/chart.h"
#include "report/mask.h"
#include "web/clause.h"
#include "web/pager.h"
#include "web/report_figures.page.h"
#include "web/when.h"

#define CHART_MAX ((size_t)64 << 10)
#define PARTS_MAX 400 /* kejadian, versions: of three years at their fullest */

static const char *const month_names[] = {"Januari", "Februari", "Maret",     "April",   "Mei",      "Juni",
                                          "Juli",    "Agustus",  "September", "Oktober", "November", "Desember"};

/* One drawing; everything stands in the arena of the page. */
struct sheet {
	struct visit *v;
	struct arena *arena;
	const struct report *report;
	const struct figures *f;
	struct page_report_figures page;
};

#define ROWS(s, n, type) ARENA_ARRAY((s)->arena, (n) + 1, type)

static enum rc no_room(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

static struct str count(const struct sheet *s, int64_t n)
{
	return pager_count(s->arena, n);
}

/* ---- how much, and what became of it ---- */

static enum rc put_months(struct sheet *s, struct err *err)
{
	s->page.months = ROWS(s, s->f->months_n, struct page_report_figures_month);
	if (!s->page.months)
		return no_room(err);
	for (size_t i = 0; i < s->f->months_n; i++) {
		const struct figures_month *m = &s->f->months[i];
		s->page.months[s->page.months_n++] = (struct page_report_figures_month){
		        .name = arena_printf(s->arena, "%s %d", month_names[m->month - 1], m->year),
		        .inquiries = count(s, m->sum.inquiries),
		        .hits = count(s, m->sum.hits),
		        .answered = count(s, m->sum.inquiries - m->sum.refused),
		        .refused = count(s, m->sum.refused),
		        .repeats = count(s, m->sum.repeats),
		};
	}
	return RC_OK;
}

static struct str outcome_words(const struct outcome_row *row)
{
	if (row->outcome == OUTCOME_DATA)
		return S("Data ditemukan");
	return str_c(*row->portal ? row->portal : row->wire);
}

static enum rc put_outcomes(struct sheet *s, struct err *err)
{
	s->page.outcomes = ROWS(s, FIGURES_CODES, struct page_report_figures_outcome);
	if (!s->page.outcomes)
		return no_room(err);
	for (size_t i = 0; outcome_at(i); i++) {
		const struct outcome_row *row = outcome_at(i);
		if (s->f->code_n[row->outcome])
			s->page.outcomes[s->page.outcomes_n++] = (struct page_report_figures_outcome){
			        str_c(row->code), outcome_words(row), count(s, s->f->code_n[row->outcome])};
	}
	if (s->f->code_n[0]) /* what makes the sum whole: as the papers have it (report/part_use.c) */
		s->page.outcomes[s->page.outcomes_n++] = (struct page_report_figures_outcome){
		        S("503"), S("Sistem di atas tidak menjawab"), count(s, s->f->code_n[0])};
	return RC_OK;
}

/* The figures have a ground month by month; here is the sum. */
static enum rc put_grounds(struct sheet *s, struct err *err)
{
	s->page.grounds = ROWS(s, s->f->grounds_n, struct page_report_figures_ground);
	if (!s->page.grounds)
		return no_room(err);
	for (size_t i = 0; i < s->f->grounds_n; i++) {
		struct str key = s->f->grounds[i].key;
		int64_t n = 0;
		size_t first = 0;
		while (!str_eq(s->f->grounds[first].key, key))
			first++;
		for (size_t j = i; first == i && j < s->f->grounds_n; j++)
			n += str_eq(s->f->grounds[j].key, key) ? s->f->grounds[j].n : 0;
		if (first != i)
			continue;
		struct gate_reason reason = gate_reason_of(key);
		s->page.grounds[s->page.grounds_n++] = (struct page_report_figures_ground){
		        .words = reason.ground == GROUND_NONE ? key : str_c(reason.text),
		        .clause = clause_words(s->arena, str_c(reason.clause)),
		        .n = count(s, n),
		};
	}
	return RC_OK;
}

/* One column a month, what was refused in the second tone. */
static enum rc put_chart(struct sheet *s, struct buf *out, struct err *err)
{
	size_t n = s->f->months_n;
	struct chart_point *points = ROWS(s, n, struct chart_point);
	if (!points)
		return no_room(err);
	for (size_t i = 0; i < n; i++)
		points[i] =
		        (struct chart_point){s->page.months[i].name, s->f->months[i].sum.inquiries, s->f->months[i].sum.refused};
	chart_svg(out, &(struct chart){.kind = CHART_COLUMNS,
	                               .title = "Permintaan per bulan",
	                               .unit = "permintaan",
	                               .points = points,
	                               .n = n,
	                               .part_label = "ditolak",
	                               .label_head = "Bulan"});
	s->page.chart = html_from_buf(out);
	return RC_OK;
}

/* ---- by whom, and what for ---- */

static enum rc put_users(struct sheet *s, struct err *err)
{
	s->page.users = ROWS(s, s->f->users_n, struct page_report_figures_user);
	if (!s->page.users)
		return no_room(err);
	for (size_t i = 0; i < s->f->users_n; i++) {
		const struct figures_user *u = &s->f->users[i];
		s->page.users[s->page.users_n++] = (struct page_report_figures_user){
		        .id = u->user_no ? arena_str(s->arena, str_c(mask_user_id(u->user_id).z)) : S("Tidak dikenal"),
		        .inquiries = count(s, u->sum.inquiries),
		        .hits = count(s, u->sum.hits),
		        .refused = count(s, u->sum.refused),
		        .last = arena_str(s->arena, str_c(day_short(day_of_us(u->last_us)).z)),
		};
	}
	return RC_OK;
}

static enum rc put_kejadian(struct sheet *s, struct err *err)
{
	size_t all = s->f->kejadian_n, n = all < PARTS_MAX ? all : PARTS_MAX;
	struct kejadian_key *keys = ROWS(s, n, struct kejadian_key);
	struct kejadian *found = ROWS(s, n, struct kejadian);
	bool *there = ROWS(s, n, bool);
	s->page.kejadian = ROWS(s, n, struct page_report_figures_part);
	if (!keys || !found || !there || !s->page.kejadian)
		return no_room(err);
	for (size_t i = 0; i < n; i++)
		keys[i] = (struct kejadian_key){s->report->instansi_id, s->f->kejadian[i].kejadian_id};
	if (n < all)
		s->page.cut = arena_printf(s->arena, "%zu kejadian pertama dari %.*s; semuanya ada pada berkas .xlsx dan CSV.", n,
		                           STR_ARG(count(s, (int64_t)all)));
	if (n)
		TRY(kejadian_find(s->v->tx, keys, n, found, there, err));
	for (size_t i = 0; i < n; i++)
		s->page.kejadian[s->page.kejadian_n++] = (struct page_report_figures_part){
		        .name = there[i] ? arena_printf(s->arena, "Kejadian: %.*s, %.*s", STR_ARG(found[i].jenis),
		                                        STR_ARG(found[i].name))
		                         : S("Kejadian: tanpa kejadian"),
		        .inquiries = count(s, s->f->kejadian[i].sum.inquiries),
		        .hits = count(s, s->f->kejadian[i].sum.hits),
		};
	return RC_OK;
}

static enum rc put_methods(struct sheet *s, struct err *err)
{
	s->page.methods = ROWS(s, s->f->methods_n, struct page_report_figures_part2);
	if (!s->page.methods)
		return no_room(err);
	for (size_t i = 0; i < s->f->methods_n; i++) {
		enum method method;
		bool known = method_from_key(s->f->methods[i].key, &method) == RC_OK;
		s->page.methods[s->page.methods_n++] = (struct page_report_figures_part2){
		        .name = arena_printf(s->arena, "Metode: %s", known ? method_at(method)->label : "tidak dikenal"),
		        .inquiries = count(s, s->f->methods[i].sum.inquiries),
		        .hits = count(s, s->f->methods[i].sum.hits),
		};
	}
	return RC_OK;
}

static struct str version_name(const struct sheet *s, int64_t id, const struct version *versions, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (versions[i].version_id == id)
			return arena_printf(s->arena, "Versi perjanjian: %d", versions[i].number);
	return S("Versi perjanjian: sebelum ada yang berlaku");
}

static enum rc put_versions(struct sheet *s, struct err *err)
{
	struct version *versions;
	size_t n;
	TRY(agreement_versions(gate_agreement(s->v), s->v->tx, s->report->instansi_id, &versions, &n, err));
	s->page.versions = ROWS(s, s->f->versions_n, struct page_report_figures_part3);
	if (!s->page.versions)
		return no_room(err);
	for (size_t i = 0; i < s->f->versions_n; i++)
		s->page.versions[s->page.versions_n++] = (struct page_report_figures_part3){
		        .name = version_name(s, s->f->versions[i].version_id, versions, n),
		        .inquiries = count(s, s->f->versions[i].sum.inquiries),
		        .hits = count(s, s->f->versions[i].sum.hits),
		};
	return RC_OK;
}

/* ---- what it rests on ---- */

static enum rc put_logs(struct sheet *s, struct err *err)
{
	s->page.logs = ROWS(s, s->f->logs_n, struct page_report_figures_log);
	if (!s->page.logs)
		return no_room(err);
	for (size_t i = 0; i < s->f->logs_n; i++)
		s->page.logs[s->page.logs_n++] = (struct page_report_figures_log){.origin = s->f->logs[i].origin,
		                                                                  .size = count(s, s->f->logs[i].size),
		                                                                  .entries = count(s, s->f->logs[i].entries),
		                                                                  .root = s->f->logs[i].root};
	return RC_OK;
}

static void put_sums(struct sheet *s, const struct run *run)
{
	const struct figures *f = s->f;
	s->page.inquiries = count(s, f->sum.inquiries);
	s->page.hits = count(s, f->sum.hits);
	s->page.answered = count(s, f->sum.inquiries - f->sum.refused);
	s->page.refused = count(s, f->sum.refused);
	s->page.repeats = count(s, f->sum.repeats);
	s->page.holds = count(s, figures_acts(f, "guard", "", "hold"));
	s->page.slips = count(s, figures_acts(f, "slip", "ok", "cetak"));
	s->page.logins = count(s, figures_acts(f, "login", "refused", ""));
	s->page.digest = run->digest;
	s->page.counted = arena_str(s->arena, str_c(when_row(run->finished_us).z));
}

static enum rc put_parts(struct sheet *s, struct err *err)
{
	TRY(put_months(s, err));
	TRY(put_outcomes(s, err));
	TRY(put_grounds(s, err));
	TRY(put_users(s, err));
	TRY(put_kejadian(s, err));
	TRY(put_methods(s, err));
	TRY(put_versions(s, err));
	return put_logs(s, err);
}

enum rc report_figures_write(struct visit *v, const struct report *report, const struct run *run, struct buf *out, struct html *ret,
                             struct err *err)
{
	BUF_AUTO chart = BUF(CHART_MAX);
	struct figures figures;
	struct sheet s = {.v = v, .arena = visit_page_arena(v), .report = report, .f = &figures};
	TRY(run_figures(v->tx, run->run_id, s.arena, &figures, err));
	put_sums(&s, run);
	TRY(put_parts(&s, err));
	TRY(put_chart(&s, &chart, err));
	page_report_figures_write(out, &s.page);
	*ret = html_from_buf(out);
	return RC_OK;
}
