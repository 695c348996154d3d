/* SPDX-License-Identifier: EUPL-1.2
 * web/page_evaluation_letter.c - an evaluation as the letter that is signed, and the letter
 * with which it goes to the minister through the Director General (J.V). Typeset after the
 * tray. */
#include "procedure/letters.h"
#include "web/clause.h"
#include "web/evaluation_seen.h"
#include "web/pages.h"
#include "web/request_form.h"

static void put_results(struct letters *letters, struct arena *arena, const struct evaluation_seen *seen)
{
	const struct evaluation *e = &seen->e;
	const struct recommendation_row *row = recommendation_at(e->recommendation);
	letters_put(letters, "semester", e->semester);
	letters_put_day(letters, "mulai", e->first);
	letters_put_day(letters, "akhir", e->last);
	letters_put(letters, "ringkas", evaluation_seen_summary(arena, seen->decisions));
	letters_put(letters, "temuan", e->findings);
	letters_put_day(letters, "tenggat", e->deadline);
	letters_put_day(letters, "dilihat", seen->on);
	letters_put(letters, "sidik", seen->run.digest);
	letters_put(letters, "rancangan", e->state == EVALUATION_DRAFT ? S("ya") : S(""));
	letters_put(letters, "peringatan", e->recommendation == RECOMMEND_WARN ? S("ya") : S(""));
	if (!row)
		return;
	letters_put(letters, "rekomendasi", str_c(row->label));
	letters_put(letters, "rekomendasi.arti", str_c(row->meaning));
}

static void put_checklist(struct letters *letters, struct arena *arena, const struct evaluation_seen *seen)
{
	for (size_t i = 0; i < POINT_COUNT; i++) {
		const struct point_row *row = point_at(i);
		const struct decision *d = &seen->decisions[i];
		const struct letter_field fields[] = {
		        {"periksa.pokok", str_c(row->label)},
		        {"periksa.dasar", clause_words(arena, str_c(row->clause))},
		        {"periksa.hasil", d->words},
		        {"periksa.usul", str_c(rating_at(d->proposed)->label)},
		        {"periksa.putusan", str_c(rating_at(decision_rating(d))->label)},
		        {"periksa.catatan", d->remark.n ? arena_printf(arena, "Catatan: %.*s", STR_ARG(d->remark)) : S("")},
		};
		letters_row(letters, fields, LEN(fields));
	}
}

/* The letter to the minister carries its own number, once it was reported. */
static enum rc put_cover(struct visit *v, const struct evaluation_seen *seen, struct letters *letters, struct err *err)
{
	struct evaluation_step *steps;
	size_t n;
	letters_put(letters, "surat.nomor", seen->e.number);
	letters_put_day(letters, "surat.tanggal", seen->e.signed_on);
	TRY(evaluation_steps(v->tx, seen->e.evaluation_id, &steps, &n, err));
	for (size_t i = 0; i < n; i++) {
		if (steps[i].step != EVALUATION_REPORT)
			continue;
		letters_put(letters, "nomor", steps[i].letter_number);
		letters_put_day(letters, "tanggal", steps[i].on);
	}
	return RC_OK;
}

static enum rc asked_of(struct visit *v, struct evaluation_seen *seen, bool *ret_cover, struct err *err)
{
	int64_t id;
	TRY(evaluation_seen_number(http_query(v->rq, "e"), &id, err));
	TRY(evaluation_seen_find(v, id, seen, err));
	*ret_cover = str_eq(http_query(v->rq, "lembar"), S("pengantar"));
	/* what goes to the minister is between him and the provider */
	if (*ret_cover && (seen->e.state == EVALUATION_DRAFT || principal_instansi(v->who)))
		return FAIL(err, RC_ABSENT, "Surat itu tidak ada.");
	return RC_OK;
}

enum rc page_evaluation_letter_get(struct visit *v, struct err *err)
{
	struct evaluation_seen seen;
	struct letters *letters;
	bool cover;
	struct desk desk = request_desk(v);
	TRY(asked_of(v, &seen, &cover, err));
	enum letter letter = cover ? LETTER_PENGANTAR_EVALUASI : LETTER_EVALUASI;
	TRY(letters_begin(&desk, letter, seen.e.instansi_id, v->arena, &letters, err));
	put_results(letters, v->arena, &seen);
	if (!cover) {
		letters_put(letters, "nomor", seen.e.number);
		letters_put_day(letters, "tanggal", seen.e.signed_on);
		put_checklist(letters, v->arena, &seen);
	} else {
		TRY(put_cover(v, &seen, letters, err));
	}
	letters_reference(letters,
	                  arena_printf(v->arena, "E-%lld-%.16s", (long long)seen.e.evaluation_id,
	                               seen.run.digest.n >= 16 ? seen.run.digest.at : "-"),
	                  seen.e.moved_us);
	struct str about = arena_printf(v->arena, "evaluation letter %s evaluation=%lld", letter_at(letter)->key,
	                                (long long)seen.e.evaluation_id);
	struct entry entry = {.act = ACT_EXPORT, .outcome = "ok", .instansi_id = seen.e.instansi_id, .about = about};
	TRY(visit_journal(v, entry, NULL, err));
	v->own = letters;
	return RC_OK;
}

enum rc page_evaluation_letter_after(struct visit *v, struct err *err)
{
	BUF_AUTO pdf = BUF(LETTER_PDF_MAX);
	const struct letter_ask *ask = letters_ask(v->own);
	if (!ask)
		return FAIL(err, RC_BROKEN, "memori surat tidak cukup");
	TRY(letter_write(ask, &pdf, err));
	visit_file(v, "application/pdf", arena_printf(v->arena, "%s.pdf", letter_at(ask->letter)->key), &pdf);
	return RC_OK;
}
