/* SPDX-License-Identifier: EUPL-1.2
 * web/user_card.h - the page of one user id, as it stands or with what was typed and
 * refused. Everything it says comes from the user id, its papers and what was handed
 * over; the journal is not read. */
#pragma once
#include "identity/handover.h"
#include "web/blame.h"
#include "web/subject.h"

/* What was typed in one of its forms; absent texts: as it stands. */
struct user_typed {
	struct blame blame;
	struct str holder, position, narrowing, until;
	struct str written, graphic, physical;
	struct str bast_number, bast_day;
};
/* The user id the visitor names with the parameter `user`, and may see. RC_ABSENT
 * otherwise, in the words of one that never was. */
MUST_USE enum rc user_card_find(struct visit *v, struct user *ret, struct err *err);
MUST_USE enum rc user_card_draw(struct visit *v, const struct user *user, const struct user_typed *typed, int status,
                                struct err *err);
