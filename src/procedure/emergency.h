/* SPDX-License-Identifier: EUPL-1.2
 * procedure/emergency.h - the addendum of an emergency quota (P6, J.II.B): a version
 * like the one in force on its first day, but for the quota of one method and its dates.
 * When it ends, the version it stands on is in force again by itself.
 *
 * A method that is without limit after its PoC stays so (decision 0021). */
#pragma once
#include "agreement/apply.h"
#include "procedure/desk.h"

#define EMERGENCY_DAYS_MAX 90

struct emergency {
	int64_t instansi_id;
	enum method method;
	int64_t hits;
	struct day begin, end; /* both included */
	struct str number;     /* of the addendum */
	struct day signed_on;
	struct str subject; /* what it is for, in words */
};
/* The version it would stand on. RC_ABSENT: none is in force on its first day. */
MUST_USE enum rc emergency_base(const struct desk *desk, const struct emergency *emergency, struct version *ret, struct err *err);
/* Record it. The caller has looked at dates and quota. Errors as agreement_apply(). */
MUST_USE enum rc emergency_apply(const struct desk *desk, const struct emergency *emergency, struct applied *ret, struct err *err);
