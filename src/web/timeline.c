/* SPDX-License-Identifier: EUPL-1.2
 * web/timeline.c - see timeline.h. */
#include "web/timeline.h"

#include <stdlib.h>

#include "web/when.h"

#define OF_EACH 30 /* versions and steps that are shown at most */

static void add(struct timeline *t, struct timeline_step step)
{
	if (t->n < TIMELINE_MAX)
		t->at[t->n++] = step;
}

static void add_versions(struct visit *v, const struct timeline_source *source, struct timeline *t)
{
	for (size_t i = 0; i < source->versions_n && i < OF_EACH; i++) {
		const struct version *one = &source->versions[i];
		struct str subject = one->terms->addendum_subject;
		add(t, (struct timeline_step){
		               .day = one->begin,
		               .title = arena_printf(v->arena, "Versi %d mulai berlaku", one->number),
		               .note = one->number == 1
		                               ? arena_printf(v->arena, "Perjanjian dasar, sampai %s", day_short(one->end).z)
		                               : arena_printf(v->arena, "%.*s; sampai %s", STR_ARG(subject), day_short(one->end).z),
		       });
	}
}

static void add_steps(struct visit *v, const struct timeline_source *source, struct timeline *t)
{
	for (size_t i = 0; i < source->steps_n && i < OF_EACH; i++) {
		const struct life_step *step = &source->steps[i];
		add(t, (struct timeline_step){.day = day_of_us(step->at_us),
		                              .title = str_c(life_at(step->life)->done),
		                              .note = stand_step_words(v, step)});
	}
}

/* P4: what is to come. Past warnings say nothing any more; the day for asking does. */
static void add_end(struct visit *v, const struct stand *stand, struct timeline *t)
{
	const struct term *term = &stand->term;
	for (size_t i = 0; i < TERM_WARNINGS; i++)
		if (term->warn[i].n > stand->today.n && term->warn[i].n < term->due.n)
			add(t,
			    (struct timeline_step){
			            .day = term->warn[i],
			            .title = arena_printf(v->arena, "Peringatan %d bulan sebelum berakhir", term_warning_months(i)),
			            .note = S("Kedua pihak diperingatkan."),
			    });
	add(t, (struct timeline_step){
	               .day = term->due,
	               .title = S("Batas permohonan perpanjangan"),
	               .note = stand->asked ? S("Permohonan telah diajukan.")
	                                    : arena_printf(v->arena, "Oleh kepala instansi%s%s.",
	                                                   term->moved ? "; maju ke hari kerja sebelumnya" : "",
	                                                   term_late(term, stand->today) ? "; terlambat" : ""),
	       });
	add(t,
	    (struct timeline_step){.day = term->last, .title = S("Hari terakhir"), .note = S("Akses berakhir pukul 24.00 WIB.")});
}

static void add_today(struct visit *v, const struct stand *stand, struct timeline *t)
{
	bool runs = stand->s.terms && stand->s.state == INSTANSI_ACTIVE;
	add(t, (struct timeline_step){
	               .day = stand->today,
	               .title = S("Hari ini"),
	               .note = runs ? arena_str(v->arena, str_c(when_left(stand->today, stand->s.last_day).z)) : S(""),
	               .now = true,
	       });
}

/* Of one day, today comes last: what happened stands above it. */
static int by_day(const void *a, const void *b)
{
	const struct timeline_step *left = a, *right = b;
	if (left->day.n != right->day.n)
		return left->day.n < right->day.n ? -1 : 1;
	return left->now - right->now;
}

void timeline_make(struct visit *v, const struct timeline_source *source, struct timeline *ret)
{
	const struct stand *stand = source->stand;
	bool ended = stand->s.state == INSTANSI_ENDED || stand->s.state == INSTANSI_REVOKED;
	ret->n = 0;
	if (!stand->s.last_day.n)
		return;
	add_versions(v, source, ret);
	add_steps(v, source, ret);
	if (!ended)
		add_end(v, stand, ret);
	add_today(v, stand, ret);
	qsort(ret->at, ret->n, sizeof *ret->at, by_day);
}
