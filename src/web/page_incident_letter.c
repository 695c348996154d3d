/* SPDX-License-Identifier: EUPL-1.2
 * web/page_incident_letter.c - the written notices of a leak (UU 27/2022 art. 46): what was
 * exposed, when and how, and what is done about it. Filled from the incident, its steps and
 * its latest list; what is not known stays a dotted line. */
#include "agreement/kejadian.h"
#include "gate/strip.h"
#include "web/incident_seen.h"
#include "web/pager.h"
#include "web/pages.h"
#include "web/print.h"
#include "web/when.h"

#define NOTES_MAX ((size_t)12 << 10) /* bytes of a field: less than a letter takes */

/* What was written down at the steps of a kind, a paragraph each. */
static struct str notes_of(struct visit *v, const struct incident_step *steps, size_t n, enum incident_move move)
{
	BUF_AUTO out = BUF(NOTES_MAX);
	for (size_t i = 0; i < n; i++)
		if (steps[i].move == move && out.n + steps[i].note.n + 64 < NOTES_MAX)
			buf_addf(&out, "%s%s: %.*s", out.n ? "\n" : "", when_row(steps[i].at_us).z, STR_ARG(steps[i].note));
	return arena_str(v->arena, buf_str(&out));
}

static enum rc put_list(struct visit *v, const struct incident *i, struct err *err)
{
	struct affected *lists;
	struct kejadian kejadian;
	size_t n, at = 0;
	TRY(affected_lists(v->tx, i->incident_id, &lists, &n, err));
	while (at < n && lists[at].state != AFFECTED_DONE)
		at++;
	if (at == n)
		return RC_OK;
	const struct affected *list = &lists[at];
	print_add(v, "insiden.akses",
	          arena_printf(v->arena, "%.*s akses, %.*s menampilkan data", STR_ARG(pager_count(v->arena, list->accesses)),
	                       STR_ARG(pager_count(v->arena, list->shown))));
	print_add(v, "insiden.orang", incident_people_words(v, list));
	bool one = list->first.n == list->last.n;
	print_add(v, "insiden.waktu",
	          arena_printf(v->arena, "%s%s%s", day_long(list->first).z, one ? "" : " sampai dengan ",
	                       one ? "" : day_long(list->last).z));
	kejadian.name = S("semua kejadian pada waktu itu");
	if (list->kejadian_id)
		TRY(kejadian_get(v->tx, list->instansi_id, list->kejadian_id, &kejadian, err));
	print_add(v, "kejadian", kejadian.name);
	return RC_OK;
}

/* What an answer shows under the agreement. */
static enum rc put_elements(struct visit *v, const struct incident *i, struct err *err)
{
	struct gate_instansi one;
	const struct terms *terms;
	struct str words = S("");
	TRY(gate_instansi_get(v, i->instansi_id, &one, err));
	terms = one.standing.terms;
	if (!terms)
		TRY(agreement_last_terms(gate_agreement(v), v->tx, i->instansi_id, v->now_us, &terms, err));
	for (enum element e = 0; terms && e < ELEMENT_COUNT; e++)
		if (terms->elements & ELEMENT_BIT(e))
			words = arena_printf(v->arena, "%.*s%s%s", STR_ARG(words), words.n ? ", " : "", element_at(e)->label);
	print_add(v, "elemen", words);
	return RC_OK;
}

enum rc page_incident_letter_get(struct visit *v, struct err *err)
{
	struct incident incident;
	struct incident_step *steps;
	size_t n;
	bool people = str_eq(http_query(v->rq, "untuk"), S("subjek"));
	TRY(incident_seen(v, http_query(v->rq, "nomor"), &incident, err));
	TRY(incident_steps(v->tx, incident.incident_id, &steps, &n, err));
	enum letter letter = people ? LETTER_PEMBERITAHUAN_SUBJEK_DATA : LETTER_PEMBERITAHUAN_KEBOCORAN;
	TRY(print_begin(v, letter, incident.instansi_id, NULL, err));
	print_add(v, "insiden.diketahui", str_c(when_long(incident.found_us).z));
	print_add(v, "insiden.batas", str_c(when_long(incident_deadline_us(&incident)).z));
	print_add(v, "insiden.jenis", str_c(incident_kind_at(incident.kind)->label));
	print_add(v, "insiden.uraian", incident.what);
	print_add(v, "insiden.penanganan", notes_of(v, steps, n, INCIDENT_HANDLE));
	print_add(v, "insiden.pemulihan", notes_of(v, steps, n, INCIDENT_RECOVER));
	TRY(put_elements(v, &incident, err));
	TRY(put_list(v, &incident, err));
	struct entry entry = {.act = ACT_EXPORT,
	                      .outcome = "ok",
	                      .instansi_id = incident.instansi_id,
	                      .about = arena_printf(v->arena, "incident %lld letter %s", (long long)incident.incident_id,
	                                            people ? "subjek" : "lembaga")};
	return visit_journal(v, entry, NULL, err);
}
