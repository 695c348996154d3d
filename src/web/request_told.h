/* SPDX-License-Identifier: EUPL-1.2
 * web/request_told.h - what pages of requests do around a step: the savepoint it runs
 * under, and the journal entries that follow it. */
#pragma once
#include "gate/visit.h"
#include "procedure/request.h"

/* Ends the page's own savepoint: released when rc is RC_OK, undone otherwise. The words
 * of `err` survive. */
MUST_USE enum rc request_settle(struct visit *v, enum rc rc, struct err *err);
/* ACT_REQUEST, and an entry for everything else that happened on the way. */
MUST_USE enum rc request_journal(struct visit *v, const struct request_taken *taken, struct err *err);
