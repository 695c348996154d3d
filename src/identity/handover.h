/* SPDX-License-Identifier: EUPL-1.2
 * identity/handover.h - what passes from hand to hand with a user id: one-time passwords
 * that were given out (P2.1c; a BAST follows each, J.II.A/B), and the materials that come
 * back when it is closed (NDA: all of them, written, graphic and physical). */
#pragma once
#include "identity/user.h"

struct handover {
	int64_t given_us;
	struct str by; /* the user id that gave it */
};
/* A one-time password was given to that user id. */
MUST_USE enum rc handover_given(struct tx *tx, int64_t user, struct str by, int64_t now_us, struct err *err);
/* Latest first, at most 20. None for a user id that was made on the command line. */
MUST_USE enum rc handover_list(struct tx *tx, int64_t user, struct handover **ret, size_t *ret_n, struct err *err);
/* Since when a BAST is due: the latest handing over, or the making of the user id. */
MUST_USE enum rc handover_since(struct tx *tx, const struct user *user, int64_t *ret_us, struct err *err);

/* One row a closing; a day that is 0 is "not yet". */
struct handover_material {
	struct day written, graphic, physical;
	struct str by; /* read only, as the next */
	int64_t at_us;
};
bool handover_all_back(const struct handover_material *material);
/* Of the present closing; again as things come back.
 * RC_REFUSED: it is open. RC_INVALID: a day to come. */
MUST_USE enum rc handover_returned(struct tx *tx, const struct user *user, const struct handover_material *material,
                                   int64_t now_us, struct err *err);
/* RC_ABSENT: nothing was recorded of the present closing. */
MUST_USE enum rc handover_material_get(struct tx *tx, const struct user *user, struct handover_material *ret, struct err *err);
