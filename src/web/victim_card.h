/* SPDX-License-Identifier: EUPL-1.2
 * web/victim_card.h - the page of one person of a kejadian, as it stands and as a refused
 * form left it (page_victim.c). */
#pragma once
#include "feedback/person.h"
#include "web/blame.h"
#include "web/subject.h"

/* What was typed into one of the two forms, to be shown again with what is wrong. */
struct victim_typed {
	bool sent;        /* false: nothing was, the rest is empty */
	bool waiver;      /* the form of "Bukan korban" */
	struct str word;  /* a keterangan, or a reason */
	struct str house, day, note;
	struct blame blame;
};
/* Of the field `id`. RC_ABSENT: no such person, as far as the visitor may know. */
MUST_USE enum rc victim_card_find(struct visit *v, struct person *ret, struct err *err);
MUST_USE enum rc victim_card_draw(struct visit *v, const struct person *person, const struct victim_typed *typed, int status,
                                  struct err *err);
