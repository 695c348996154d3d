/* SPDX-License-Identifier: EUPL-1.2
 * gate/allowance.h - what the agreement leaves open to the visitor's own agency today, one
 * method after the other (J.II.B-C). The doors may not look into policy. */
#pragma once
#include "gate/visit.h"

struct gate_allowance {
	enum method method;
	bool open; /* the version in force grants it */
	bool poc_passed;
	int64_t limit;      /* hits a WIB day; < 0: without limit; 0: it is not open */
	int64_t used, left; /* left < 0: without limit */
	int64_t resets_us;  /* when the next WIB day begins */
};
/* METHOD_COUNT of them, in the order of the enum. One read; nothing is locked. */
MUST_USE enum rc gate_allowances(struct visit *v, struct gate_allowance ret[METHOD_COUNT], struct err *err);
