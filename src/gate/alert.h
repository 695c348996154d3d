/* SPDX-License-Identifier: EUPL-1.2
 * gate/alert.h - the letter that goes out when the pattern guard holds a user id
 * (J.II.E1): to whom, about what, in words. Sending is somebody else's affair: see
 * gate_conf.alert. Names no NIK, none of the digits that were asked for beyond what the
 * evidence says, and no user id: the sworn SPTJM calls it a secret, and mail is not the
 * place for one. */
#pragma once
#include "agreement/agreement.h"

struct alert_hold {
	int64_t hold_id, held_us;
	struct str reason, evidence;
	struct str origin; /* of the portal, "https://..."; "": only the path is named */
};
struct alert {
	int64_t hold_id;
	struct str to[TERMS_CONTACTS_MAX]; /* mail addresses of the contact persons of both sides (J.VI.B) */
	size_t to_n;
	struct str subject, body; /* one line; lines that end in \n */
};
/* Texts in the arena. RC_BROKEN: no memory. No contact person: to_n is 0. */
MUST_USE enum rc alert_make(struct arena *arena, const struct alert_hold *hold, const struct standing *standing, struct alert *ret,
                            struct err *err);
