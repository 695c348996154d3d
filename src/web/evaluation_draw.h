/* SPDX-License-Identifier: EUPL-1.2
 * web/evaluation_draw.h - the two faces of an evaluation: the form of a draft, and the page
 * on which it is read, signed and passed on. page_evaluation.c answers with them. */
#pragma once
#include "web/blame.h"
#include "web/evaluation_seen.h"

/* What was typed and refused, and why; all empty when nothing was. */
struct evaluation_try {
	struct str alert;
	struct blame blame;
	const struct evaluation_text *text; /* of the draft; NULL: what is kept */
	struct str deadline;                /* as typed, with text */
	struct str number, day, note;       /* of a step, as typed */
};
MUST_USE enum rc evaluation_draw_form(struct visit *v, const struct evaluation_seen *seen, const struct evaluation_try *tried,
                                      int status, struct err *err);
MUST_USE enum rc evaluation_draw_page(struct visit *v, const struct evaluation_seen *seen, const struct evaluation_try *tried,
                                      int status, struct err *err);
/* Mail addresses of the agency's contact persons, at most `max`. */
MUST_USE enum rc evaluation_draw_addresses(struct visit *v, int64_t instansi_id, struct str *ret, size_t max, size_t *ret_n,
                                           struct err *err);
