/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_owed.h - whose data balikan is owed, and what was told, as /api/v1 lists it
 * (P2.2b, P3.1b): the sender's own agency alone. Each page with NIK is in the journal. */
#pragma once
#include "gate/visit.h"

MUST_USE enum rc v1_owed_list(struct visit *v, struct err *err); /* GET /api/v1/balikan */
MUST_USE enum rc v1_owed_sum(struct visit *v, struct err *err);  /* GET /api/v1/balikan/ringkasan */
