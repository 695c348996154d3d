/* SPDX-License-Identifier: EUPL-1.2
 * web/evaluation_seen.c - see evaluation_seen.h. */
#include "web/evaluation_seen.h"

#include "gate/strip.h"
#include "report/evidence.h"
#include "web/subject.h"

#define PATH "/evaluasi/isi"

static enum rc absent(struct err *err)
{
	return FAIL(err, RC_ABSENT, "Evaluasi itu tidak ada.");
}

enum rc evaluation_seen_number(struct str text, int64_t *ret, struct err *err)
{
	return str_int(text, 1, INT64_MAX, ret) == RC_OK ? RC_OK : absent(err);
}

/* Proposed anew each time a draft is looked at. */
static enum rc propose(struct visit *v, struct evaluation_seen *seen, struct err *err)
{
	struct figures figures;
	struct evidence evidence;
	struct evidence_ask ask = {.agreement = gate_agreement(v),
	                           .instansi_id = seen->e.instansi_id,
	                           .figures = &figures,
	                           .semester = seen->e.semester,
	                           .now_us = v->now_us};
	TRY(run_figures(v->tx, seen->run.run_id, visit_page_arena(v), &figures, err));
	TRY(evidence_read(v->tx, &ask, &evidence, err));
	seen->on = evidence.on;
	return checklist_fill(&evidence, visit_page_arena(v), seen->findings, err);
}

/* Of one that is signed: the day it was. */
static enum rc signed_day(struct visit *v, struct evaluation_seen *seen, struct err *err)
{
	struct evaluation_step *steps;
	size_t n;
	TRY(evaluation_steps(v->tx, seen->e.evaluation_id, &steps, &n, err));
	for (size_t i = 0; i < n; i++)
		if (steps[i].step == EVALUATION_SIGN)
			seen->on = day_of_us(steps[i].at_us);
	return RC_OK;
}

enum rc evaluation_seen_find(struct visit *v, int64_t evaluation_id, struct evaluation_seen *ret, struct err *err)
{
	bool own = principal_instansi(v->who) != 0;
	*ret = (struct evaluation_seen){0};
	TRY(evaluation_get(v->tx, evaluation_id, &ret->e, err));
	if (!office_subject_seen(v, ret->e.instansi_id) || (own && ret->e.state == EVALUATION_DRAFT))
		return absent(err);
	TRY(instansi_get(v->tx, ret->e.instansi_id, &ret->instansi, err));
	TRY(run_find(v->tx, ret->e.run_id, &ret->run, err));
	ret->counted = ret->run.state == RUN_DONE;
	bool draft = ret->e.state == EVALUATION_DRAFT;
	if (draft && ret->counted)
		TRY(propose(v, ret, err));
	if (!draft)
		TRY(signed_day(v, ret, err));
	return evaluation_decisions(v->tx, &ret->e, draft && ret->counted ? ret->findings : NULL, ret->decisions, err);
}

/* ---- words ---- */

struct url evaluation_seen_url(struct visit *v, int64_t evaluation_id, struct str notice)
{
	struct url_pair pairs[] = {{"e", arena_printf(v->arena, "%lld", (long long)evaluation_id)},
	                           {"catatan", notice.n ? notice : (struct str){NULL, 0}}};
	return url_path(v->arena, PATH, pairs, LEN(pairs));
}

struct str evaluation_seen_period(struct arena *arena, const struct evaluation *e)
{
	struct str days = e->first.n == e->last.n ? arena_str(arena, str_c(day_long(e->first).z))
	                                          : arena_printf(arena, "%s sampai %s", day_long(e->first).z, day_long(e->last).z);
	return e->semester.n ? arena_printf(arena, "Semester %.*s (%.*s)", STR_ARG(e->semester), STR_ARG(days)) : days;
}

static struct str in_words(struct arena *arena, struct str label)
{
	return label.n ? arena_printf(arena, "%c%.*s", label.at[0] | 0x20, (int)label.n - 1, label.at + 1) : label;
}

struct str evaluation_seen_summary(struct arena *arena, const struct decision decisions[POINT_COUNT])
{
	int n[RATING_COUNT] = {0};
	struct str words = S("");
	for (size_t i = 0; i < POINT_COUNT; i++)
		n[decision_rating(&decisions[i])]++;
	for (size_t i = 0; i < RATING_COUNT; i++)
		if (n[i])
			words = arena_printf(arena, "%.*s%s%d %.*s", STR_ARG(words), words.n ? ", " : "", n[i],
			                     STR_ARG(in_words(arena, str_c(rating_at(i)->label))));
	return words;
}

enum rc evaluation_seen_followed(struct visit *v, struct str number, int64_t instansi_id, struct evaluation *ret, struct err *err)
{
	int64_t id;
	TRY(evaluation_seen_number(number, &id, err));
	TRY(evaluation_get(v->tx, id, ret, err));
	if (ret->instansi_id != instansi_id || !evaluation_may(EVALUATION_FOLLOW, ret->state))
		return absent(err);
	return RC_OK;
}
