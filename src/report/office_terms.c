/* SPDX-License-Identifier: EUPL-1.2
 * report/office_terms.c - which version of the agreement was in force on each day of a
 * period, and the quota it gave as PoC results stood (P9.2, J.II.B). */
#include "report/office_inside.h"
#include "report/office.sql.h"

struct terms_look {
	struct office_look *l;
	struct version *versions; /* latest first, as agreement_versions() gives them */
	size_t versions_n;
	struct sql_office_papers_rows pocs;
};

/* Of those that cover a day the latest. NULL: none. */
static const struct version *version_on(const struct terms_look *t, struct day day)
{
	for (size_t i = 0; i < t->versions_n; i++)
		if (t->versions[i].begin.n <= day.n && t->versions[i].end.n >= day.n)
			return &t->versions[i];
	return NULL;
}

static bool poc_on(const struct terms_look *t, struct str subject, struct day day)
{
	for (size_t i = 0; i < t->pocs.n; i++)
		if (str_eq(t->pocs.at[i].subject, subject) && t->pocs.at[i].signed_day <= day.n && t->pocs.at[i].valid_day >= day.n)
			return true;
	return false;
}

/* J.II.D: the method itself, and every application of the version that asks by it. */
static bool method_proved(const struct terms_look *t, const struct terms *terms, enum method method, struct day day)
{
	if (!poc_on(t, str_c(method_at(method)->key), day))
		return false;
	for (size_t i = 0; i < terms->applications_n; i++)
		if (terms->applications[i].method == method && !poc_on(t, terms->applications[i].code, day))
			return false;
	return true;
}

static void set_quota(const struct terms_look *t, const struct terms *terms, struct day day, struct office_span *ret)
{
	for (size_t i = 0; i < METHOD_COUNT; i++) {
		const struct terms_method *method = &terms->methods[i];
		if (!method->granted)
			continue;
		ret->quota[i] = method_proved(t, terms, (enum method)i, day) ? method->quota_after_poc : method->quota_before_poc;
		ret->limit = ret->quota[i] < 0 || ret->limit < 0 ? -1 : ret->limit + ret->quota[i];
	}
}

/* Its place among those of the office, where it is put when it is not there yet. */
static size_t version_place(struct office_look *l, const struct version *version)
{
	const struct terms *terms = version->terms;
	size_t at = 0;
	while (at < l->o->versions_n && l->o->versions[at].version_id != version->version_id)
		at++;
	if (at < l->o->versions_n)
		return at;
	struct office_version *to = &l->o->versions[l->o->versions_n++];
	*to = (struct office_version){.version_id = version->version_id,
	                              .number = version->number,
	                              .begin = version->begin,
	                              .end = version->end,
	                              .addendum_number = office_keep(l, terms->addendum_number),
	                              .addendum_ground = office_keep(l, terms->addendum_ground),
	                              .addendum_subject = office_keep(l, terms->addendum_subject),
	                              .elements = terms->elements};
	for (size_t i = 0; i < METHOD_COUNT; i++)
		to->granted[i] = terms->methods[i].granted;
	return at;
}

static bool same_span(const struct office_span *a, const struct office_span *b)
{
	return a->last.n + 1 == b->first.n && a->version == b->version && memcmp(a->quota, b->quota, sizeof a->quota) == 0;
}

static void add_day(struct terms_look *t, struct day day)
{
	struct office *o = t->l->o;
	const struct version *version = version_on(t, day);
	if (!version)
		return;
	struct office_span span = {.first = day, .last = day, .version = version_place(t->l, version)};
	set_quota(t, version->terms, day, &span);
	if (o->spans_n && same_span(&o->spans[o->spans_n - 1], &span))
		o->spans[o->spans_n - 1].last = day;
	else
		o->spans[o->spans_n++] = span;
}

/* ---- the term, and the papers it rests on ---- */

/* The first day of the first version, the last one of those that began by now. */
static void look_term(const struct terms_look *t)
{
	struct office *o = t->l->o;
	for (size_t i = 0; i < t->versions_n; i++) {
		const struct version *version = &t->versions[i];
		if (version->begin.n > t->l->day.n)
			continue;
		if (!o->begin.n || version->begin.n < o->begin.n)
			o->begin = version->begin;
		if (version->end.n > o->end.n)
			o->end = version->end;
	}
}

/* The version that was in force last, by the last day; NULL: there never was one. */
static const struct version *version_last(const struct terms_look *t)
{
	const struct version *last = version_on(t, t->l->day);
	for (size_t i = 0; i < t->versions_n && !last; i++)
		if (t->versions[i].end.n < t->l->day.n)
			last = &t->versions[i];
	return last;
}

static enum rc add_poc(struct office_look *l, struct str subject, struct str name)
{
	struct office_poc *poc = &l->o->pocs[l->o->pocs_n++];
	poc->name = office_keep(l, name);
	return office_find_paper(l, &(struct office_want){.kind = PAPER_POC, .subject = subject}, &poc->paper);
}

static enum rc look_papers(struct office_look *l, const struct terms *terms)
{
	struct office_want ministry = {.kind = PAPER_MINISTRY, .number = terms->ministry_number};
	TRY(office_find_paper(l, &ministry, &l->o->ministry));
	l->o->pocs = ARENA_ARRAY(l->arena, METHOD_COUNT + TERMS_APPLICATIONS_MAX, struct office_poc);
	if (!l->o->pocs)
		return FAIL(l->err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < METHOD_COUNT; i++)
		if (terms->methods[i].granted)
			TRY(add_poc(l, str_c(method_at(i)->key), str_c(method_at(i)->label)));
	for (size_t i = 0; i < terms->applications_n; i++)
		TRY(add_poc(l, terms->applications[i].code, terms->applications[i].name));
	return RC_OK;
}

static enum rc look_spans(struct terms_look *t)
{
	struct office *o = t->l->o;
	size_t days = (size_t)(o->last.n - o->first.n) + 1;
	o->spans = ARENA_ARRAY(t->l->arena, days, struct office_span);
	o->versions = ARENA_ARRAY(t->l->arena, t->versions_n + 1, struct office_version);
	if (!o->spans || !o->versions)
		return FAIL(t->l->err, RC_BROKEN, "memori tidak cukup");
	for (struct day day = o->first; day.n <= t->l->day.n; day.n++)
		add_day(t, day);
	return RC_OK;
}

enum rc office_look_terms(struct office_look *l)
{
	struct terms_look t = {.l = l};
	struct sql_office_papers_in in = {
	        .instansi_id = l->o->instansi_id, .kind = str_c(paper_at(PAPER_POC)->key), .day = l->day.n};
	TRY(agreement_versions(l->agreement, l->tx, l->o->instansi_id, &t.versions, &t.versions_n, l->err));
	TRY(sql_office_papers(l->tx, in, &t.pocs, l->err));
	TRY(look_spans(&t));
	look_term(&t);
	const struct version *last = version_last(&t);
	l->o->ministry = (struct office_paper){.number = S(""), .signer = S("")};
	return last ? look_papers(l, last->terms) : RC_OK;
}

int64_t office_limit(const struct office *office, struct day day)
{
	for (size_t i = 0; i < office->spans_n; i++)
		if (office->spans[i].first.n <= day.n && office->spans[i].last.n >= day.n)
			return office->spans[i].limit;
	return -1;
}

int64_t office_limits(const struct office *office, struct day first, struct day last)
{
	int64_t sum = 0;
	for (size_t i = 0; i < office->spans_n; i++) {
		const struct office_span *span = &office->spans[i];
		int64_t from = first.n > span->first.n ? first.n : span->first.n;
		int64_t until = last.n < span->last.n ? last.n : span->last.n;
		if (from > until)
			continue;
		if (span->limit < 0)
			return -1;
		sum += (until - from + 1) * span->limit;
	}
	return sum;
}
