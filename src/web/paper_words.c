/* SPDX-License-Identifier: EUPL-1.2
 * web/paper_words.c - see paper_words.h. */
#include "web/paper_words.h"

struct paper_words paper_words(struct arena *arena, const struct paper *p, struct day today)
{
	struct paper_words words = {.kind = str_c(paper_at(p->kind)->label),
	                            .day = arena_str(arena, str_c(day_short(p->signed_on).z)),
	                            .until = S("tanpa batas"),
	                            .state = str_c(paper_state_at(p->state)->label),
	                            .colour = p->state == PAPER_ACCEPTED ? "ok"
	                                      : p->state == PAPER_FILED  ? "warn"
	                                                                 : "no",
	                            .until_tag = "",
	                            .until_colour = ""};
	if (!p->valid_until.n)
		return words;
	words.until = arena_str(arena, str_c(day_short(p->valid_until).z));
	if (p->valid_until.n < today.n) {
		words.until_tag = "habis";
		words.until_colour = "no";
	} else if (p->valid_until.n - today.n <= PAPER_NEAR_DAYS) {
		words.until_tag = "segera habis";
		words.until_colour = "warn";
	}
	return words;
}

enum rc paper_words_find(struct visit *v, struct paper *ret, struct office_subject *ret_subject, struct err *err)
{
	static const char none[] = "Dokumen itu tidak ada.";
	bool post = http_method(v->rq) == HTTP_POST;
	struct str typed = str_trim(post ? http_form(v->rq, "nomor") : http_query(v->rq, "nomor"));
	int64_t id;
	if (str_int(typed, 1, INT64_MAX, &id) != RC_OK)
		return FAIL(err, RC_ABSENT, none);
	enum rc rc = paper_get(v->tx, id, ret, err);
	if (rc == RC_ABSENT || (rc == RC_OK && !office_subject_seen(v, ret->instansi_id)))
		return FAIL(err, RC_ABSENT, none);
	TRY(rc);
	*ret_subject = (struct office_subject){.own = principal_instansi(v->who) != 0};
	return instansi_get(v->tx, ret->instansi_id, &ret_subject->row, err);
}
