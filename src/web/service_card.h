/* SPDX-License-Identifier: EUPL-1.2
 * web/service_card.h - the page of one program's user id: what it is bound to, its
 * credentials and never a secret; as it stands, or with what was typed and refused. */
#pragma once
#include "identity/credential.h"
#include "identity/user.h"
#include "web/blame.h"
#include "web/subject.h"

/* What becomes of those that live when another one is made. */
struct service_overlap {
	const char *key, *label;
	int64_t us; /* credential_new.overlap_us */
	bool usual;
};
/* NULL past the end. */
const struct service_overlap *service_overlap_at(size_t i);

/* What was typed in one of its forms; absent texts: as it stands. */
struct service_typed {
	struct blame blame;
	struct str overlap, until;
	struct str narrowing, fingerprints;
	struct str bast_number, bast_day;
};
/* The program the visitor names with the parameter `user`, and may see. RC_ABSENT
 * otherwise, in the words of one that never was. */
MUST_USE enum rc service_card_find(struct visit *v, struct user *ret, struct err *err);
MUST_USE enum rc service_card_draw(struct visit *v, const struct user *user, const struct service_typed *typed, int status,
                                   struct err *err);
