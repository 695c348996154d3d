/* SPDX-License-Identifier: EUPL-1.2
 * api/tell.h - what the two services for data balikan (api/store.h, api/v1_told.h) do alike:
 * which kejadian of the sender's agency is meant, and the telling itself (J.III). */
#pragma once
#include "agreement/kejadian.h"
#include "feedback/record.h"
#include "gate/visit.h"

/* The one the sender's user id always tells for; NULL: none. */
MUST_USE enum rc tell_standing(struct visit *v, const struct kejadian **ret, struct err *err);
/* By number; ids[i] 0: none was named. ret[i] NULL: none was, or his agency has no such. */
MUST_USE enum rc tell_numbered(struct visit *v, const int64_t *ids, size_t n, const struct kejadian **ret, struct err *err);
/* record_tell() in the sender's name. RC_BROKEN also while another node is at the same
 * person: 503, and the same request again goes through. */
MUST_USE enum rc tell_records(struct visit *v, const struct record *records, size_t n, enum record_fate *ret, struct err *err);
/* The same of a sandbox user id: nothing real is read or written (feedback/sandbox.h). `content`
 * of each must be there. */
MUST_USE enum rc tell_rehearsed(struct visit *v, const struct record *records, size_t n, enum record_fate *ret, struct err *err);
