/* SPDX-License-Identifier: EUPL-1.2
 * web/request_told.h - the journal entries that follow a step of a request. */
#pragma once
#include "gate/visit.h"
#include "procedure/request.h"

/* ACT_REQUEST, and an entry for everything else that happened on the way. */
MUST_USE enum rc request_journal(struct visit *v, const struct request_taken *taken, struct err *err);
