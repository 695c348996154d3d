/* SPDX-License-Identifier: EUPL-1.2
 * report/part_office.c - tables of who and under what terms: versions, methods, user ids
 * with their NDA, kejadian, data balikan, papers, holds; and the summary. */
#include <stdlib.h>

#include "identity/principal.h"
#include "report/mask.h"
#include "procedure/incident.h"
#include "report/part.h"

/* ---- versions and methods ---- */

static struct str methods_words(struct part_make *m, const struct office_version *version)
{
	struct str words = S("");
	for (size_t i = 0; i < METHOD_COUNT; i++)
		if (version->granted[i])
			words = arena_printf(m->arena, "%.*s%s%s", STR_ARG(words), words.n ? ", " : "", method_at(i)->label);
	return words;
}

static struct str quota_words(struct part_make *m, int64_t quota)
{
	return quota < 0 ? S("tanpa batas") : part_number_words(m->arena, quota);
}

/* "200", or of several methods "Web portal 200, ...". */
static struct str quotas_words(struct part_make *m, const struct office_span *span)
{
	const struct office_version *version = &m->o->versions[span->version];
	struct str words = S("");
	size_t granted = 0;
	for (size_t i = 0; i < METHOD_COUNT; i++)
		granted += version->granted[i];
	for (size_t i = 0; i < METHOD_COUNT; i++) {
		if (!version->granted[i])
			continue;
		struct str quota = quota_words(m, span->quota[i]);
		if (granted == 1)
			return quota;
		words = arena_printf(m->arena, "%.*s%s%s %.*s", STR_ARG(words), words.n ? ", " : "", method_at(i)->label,
		                     STR_ARG(quota));
	}
	return words;
}

static struct str basis_words(struct part_make *m, const struct office_version *version)
{
	if (!version->addendum_number.n)
		return S("Perjanjian dasar");
	return arena_printf(m->arena, "Adendum %.*s (%.*s)", STR_ARG(version->addendum_number), STR_ARG(version->addendum_ground));
}

void part_make_terms(struct part_make *m)
{
	for (size_t i = 0; i < m->o->spans_n; i++) {
		const struct office_span *span = &m->o->spans[i];
		const struct office_version *version = &m->o->versions[span->version];
		part_row(m, (const struct part_cell[]){part_number(version->number), part_day(span->first), part_day(span->last),
		                                       part_text(methods_words(m, version)), part_text(quotas_words(m, span)),
		                                       part_text(basis_words(m, version))});
	}
}

static bool was_granted(const struct office *o, size_t method)
{
	for (size_t i = 0; i < o->versions_n; i++)
		if (o->versions[i].granted[method])
			return true;
	return false;
}

static void add_method(struct part_make *m, struct str label, const char *granted, const struct figures_sum *sum)
{
	part_row(m, (const struct part_cell[]){part_text(label), part_z(granted), part_number(sum->inquiries),
	                                       part_number(sum->hits), part_number(sum->refused)});
}

/* Those that were granted, and whatever else was tried. */
void part_make_methods(struct part_make *m)
{
	enum method known;
	for (size_t i = 0; i < METHOD_COUNT; i++) {
		struct figures_sum sum = {0};
		for (size_t j = 0; j < m->f->methods_n; j++)
			if (str_eq(m->f->methods[j].key, str_c(method_at(i)->key)))
				sum = m->f->methods[j].sum;
		if (was_granted(m->o, i) || sum.inquiries)
			add_method(m, str_c(method_at(i)->label), was_granted(m->o, i) ? "Ya" : "Tidak", &sum);
	}
	for (size_t j = 0; j < m->f->methods_n; j++)
		if (method_from_key(m->f->methods[j].key, &known) != RC_OK)
			add_method(m, S("Tidak dikenal"), "Tidak", &m->f->methods[j].sum);
}

/* ---- user ids ---- */

struct person {
	const struct office_user *office;   /* NULL: not among those of the period */
	const struct figures_user *figures; /* NULL: asked nothing */
	int64_t user_no;
};

static int64_t asked(const struct person *p)
{
	return p->figures ? p->figures->sum.inquiries : 0;
}

/* Who asked most first. */
static int by_use(const void *a, const void *b)
{
	const struct person *x = a, *y = b;
	if (asked(x) != asked(y))
		return asked(x) < asked(y) ? 1 : -1;
	return (x->user_no > y->user_no) - (x->user_no < y->user_no);
}

/* Both lists come by user_no. */
static size_t merge_people(const struct part_make *m, struct person *people)
{
	size_t n = 0, i = 0, j = 0;
	while (i < m->o->users_n || j < m->f->users_n) {
		const struct office_user *office = i < m->o->users_n ? &m->o->users[i] : NULL;
		const struct figures_user *figures = j < m->f->users_n ? &m->f->users[j] : NULL;
		int64_t there = office ? office->user_no : INT64_MAX, asking = figures ? figures->user_no : INT64_MAX;
		int64_t no = there < asking ? there : asking;
		people[n++] = (struct person){.office = office && office->user_no == no ? office : NULL,
		                              .figures = figures && figures->user_no == no ? figures : NULL,
		                              .user_no = no};
		i += office && office->user_no == no;
		j += figures && figures->user_no == no;
	}
	return n;
}

static struct str paper_words(struct part_make *m, const struct office_paper *paper)
{
	const char *late = paper->late ? ", dicatat sesudah periode" : "";
	switch (paper->state) {
	case OFFICE_PAPER_NONE: return S("Belum ada");
	case OFFICE_PAPER_OVER: return arena_printf(m->arena, "Berakhir %s%s", day_short(paper->valid_until).z, late);
	case OFFICE_PAPER_VALID: break;
	}
	if (!paper->valid_until.n)
		return arena_printf(m->arena, "Berlaku%s", late);
	return arena_printf(m->arena, "Berlaku s.d. %s%s", day_short(paper->valid_until).z, late);
}

static struct str role_words(struct part_make *m, const struct office_user *user)
{
	enum role role;
	const char *label = role_from_key(user->role, &role) == RC_OK ? role_at(role)->label : "";
	return user->closed ? arena_printf(m->arena, "%s, ditutup", label) : str_c(label);
}

static struct str nda_words(struct part_make *m, const struct office_user *user)
{
	enum role role;
	if (role_from_key(user->role, &role) == RC_OK && role == ROLE_SERVICE)
		return S("Tidak perlu (program)");
	return paper_words(m, &user->nda);
}

static void add_person(struct part_make *m, const struct person *p)
{
	static const struct figures_sum nothing;
	const struct figures_sum *sum = p->figures ? &p->figures->sum : &nothing;
	struct str asking = p->figures && p->user_no ? p->figures->user_id : S("");
	struct mask_text mask = mask_user_id(p->office ? p->office->user_id : asking);
	struct part_cell cells[] = {
	        part_text(*mask.z ? arena_str(m->arena, str_c(mask.z)) : S("(tidak dikenal)")),
	        part_text(p->office ? role_words(m, p->office) : S("")),
	        part_number(sum->inquiries),
	        part_number(sum->repeats),
	        part_number(sum->hits),
	        part_number(sum->refused),
	        part_day(p->figures ? day_of_us(p->figures->last_us) : (struct day){0}),
	        part_text(p->office ? nda_words(m, p->office) : S("-")),
	};
	part_row(m, cells);
}

void part_make_users(struct part_make *m)
{
	struct person *people = ARENA_ARRAY(m->arena, m->o->users_n + m->f->users_n + 1, struct person);
	if (!people)
		return;
	size_t n = merge_people(m, people);
	qsort(people, n, sizeof *people, by_use);
	for (size_t i = 0; i < n; i++)
		add_person(m, &people[i]);
}

/* ---- kejadian and data balikan ---- */

static void add_kejadian(struct part_make *m, const struct office_kejadian *known, int64_t id, const struct figures_sum *sum)
{
	struct str name = known ? known->name : id ? arena_printf(m->arena, "Kejadian %lld", (long long)id) : S("Tanpa kejadian");
	static const struct office_debt nothing;
	const struct office_debt *debt = known ? &known->debt : &nothing;
	part_row(m, (const struct part_cell[]){part_text(name), part_text(known ? known->jenis : S("-")),
	                                       part_number(sum->inquiries), part_number(sum->hits), part_number(debt->answered),
	                                       part_number(debt->closed), part_number(debt->waived), part_number(debt->open)});
}

/* Those that were asked for in the period, and those that still owe. */
void part_make_kejadian(struct part_make *m)
{
	static const struct figures_sum nothing;
	for (size_t i = 0; i < m->f->kejadian_n; i++) {
		int64_t id = m->f->kejadian[i].kejadian_id;
		add_kejadian(m, office_kejadian_find(m->o, id), id, &m->f->kejadian[i].sum);
	}
	for (size_t i = 0; i < m->o->kejadian_n; i++) {
		const struct office_kejadian *known = &m->o->kejadian[i];
		bool told = false;
		for (size_t j = 0; j < m->f->kejadian_n && !told; j++)
			told = m->f->kejadian[j].kejadian_id == known->kejadian_id;
		if (!told && known->debt.open)
			add_kejadian(m, known, known->kejadian_id, &nothing);
	}
}

void part_make_told(struct part_make *m)
{
	for (size_t i = 0; i < m->o->told_n; i++) {
		const struct office_told *told = &m->o->told[i];
		struct str label = told->waiver ? arena_printf(m->arena, "Bukan korban: %s", told->label) : str_c(told->label);
		part_row(m, (const struct part_cell[]){part_text(label), part_number(told->n)});
	}
}

void part_make_ages(struct part_make *m)
{
	static const char *const names[OFFICE_AGES] = {"Sampai 7 hari", "8 sampai 30 hari", "31 sampai 90 hari",
	                                               "Lebih dari 90 hari"};
	for (size_t i = 0; i < OFFICE_AGES; i++)
		part_row(m, (const struct part_cell[]){part_z(names[i]), part_number(m->o->debt.age[i])});
}

/* ---- papers, holds, incidents, steps ---- */

static void add_paper(struct part_make *m, struct str name, const struct office_paper *paper)
{
	part_row(m, (const struct part_cell[]){part_text(name), part_text(paper->number), part_day(paper->signed_on),
	                                       part_day(paper->valid_until), part_text(paper_words(m, paper))});
}

void part_make_papers(struct part_make *m)
{
	add_paper(m, S("SPTJM pimpinan"), &m->o->sptjm);
	add_paper(m, S("Sertifikat ISO/IEC 27001"), &m->o->iso);
	add_paper(m, S("Persetujuan kementerian"), &m->o->ministry);
	for (size_t i = 0; i < m->o->pocs_n; i++)
		add_paper(m, arena_printf(m->arena, "Hasil PoC: %.*s", STR_ARG(m->o->pocs[i].name)), &m->o->pocs[i].paper);
}

void part_make_holds(struct part_make *m)
{
	for (size_t i = 0; i < m->o->holds_n; i++) {
		const struct office_hold *hold = &m->o->holds[i];
		part_row(m, (const struct part_cell[]){part_day(day_of_us(hold->held_us)),
		                                       part_text(arena_str(m->arena, str_c(mask_user_id(hold->user_id).z))),
		                                       part_text(hold->reason), part_z(hold->state)});
	}
}

/* "26-03-2026, dalam 72 jam" (UU 27/2022 art. 46). */
static struct str notice_words(struct part_make *m, const struct office_incident *incident, int64_t told_us)
{
	bool late = told_us - incident->found_us > INCIDENT_HOURS * US_PER_HOUR;
	if (!told_us)
		return S("belum");
	return arena_printf(m->arena, "%s, %s", day_short(day_of_us(told_us)).z, late ? "lewat 72 jam" : "dalam 72 jam");
}

static struct str ending_words(struct part_make *m, const struct office_incident *incident)
{
	if (!incident->ended_us)
		return S("Berjalan");
	return arena_printf(m->arena, "%s %s", incident->dismissed ? "Bukan insiden," : "Ditutup",
	                    day_short(day_of_us(incident->ended_us)).z);
}

void part_make_incidents(struct part_make *m)
{
	for (size_t i = 0; i < m->o->incidents_n; i++) {
		const struct office_incident *incident = &m->o->incidents[i];
		part_row(m, (const struct part_cell[]){part_day(day_of_us(incident->found_us)), part_z(incident->kind),
		                                       part_text(notice_words(m, incident, incident->authority_us)),
		                                       part_text(notice_words(m, incident, incident->people_us)),
		                                       part_text(ending_words(m, incident))});
	}
}

void part_make_steps(struct part_make *m)
{
	for (size_t i = 0; i < m->o->steps_n; i++) {
		const struct office_step *step = &m->o->steps[i];
		struct str words = arena_printf(m->arena, "%s (%s)", step->label, step->clause);
		part_row(m, (const struct part_cell[]){part_day(day_of_us(step->at_us)), part_text(words),
		                                       part_text(step->letter_number)});
	}
}
