/* SPDX-License-Identifier: EUPL-1.2
 * web/request_seen.h - a request that the visitor may see: the one place where that is
 * decided for its page, its letters and its attachments. */
#pragma once
#include "gate/visit.h"
#include "procedure/request.h"

struct request_seen {
	struct request request;
	struct request_step *steps;
	size_t steps_n;
	struct standing standing; /* of the agency */
};
/* RC_ABSENT: no number. */
MUST_USE enum rc request_seen_number(struct str typed, int64_t *ret, struct err *err);
/* RC_ABSENT: none of that number, or another agency's: the words are the same. */
MUST_USE enum rc request_seen_find(struct visit *v, int64_t request_id, struct request_seen *ret, struct err *err);
/* Does he see the NIK of the form in clear? The head does, and the admin while the
 * request is open; everybody else sees it masked. */
bool request_seen_reveals(const struct visit *v, const struct request_seen *seen);
/* How many requests wait for the visitor now; 0 for whoever decides nothing. */
MUST_USE enum rc request_seen_waiting(struct visit *v, int64_t *ret, struct err *err);
