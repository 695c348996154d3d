/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_days.h - the parameters `dari` and `sampai` of a query: WIB days, both included. */
#pragma once
#include "api/v1_body.h"

struct v1_days {
	bool from_given, until_given;
	struct day from, until; /* where not given: the first and last of any calendar */
};
/* Flaws go to `query`; *ret is in order all the same. */
void v1_days_read(struct visit *v, struct v1_body *query, struct v1_days *ret);
