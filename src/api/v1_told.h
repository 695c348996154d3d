/* SPDX-License-Identifier: EUPL-1.2
 * api/v1_told.h - data balikan by /api/v1 (J.III, P2.2b): one at a time or up to
 * V1_TOLD_MAX, all or nothing.
 *
 * What was told last about a person, by whomever and through whatever door, is not told
 * again; a state that came back is (feedback/record.h). So a request whose answer was lost
 * may simply be sent again. Who was never asked for is taken too; a reason why somebody is
 * no victim only where something is known of him. */
#pragma once
#include "gate/visit.h"

#define V1_TOLD_MAX 1000                /* of one request */
#define V1_TOLD_PERSON_MAX 50           /* of those, about one person: each is written after the one before */
#define V1_TOLD_BODY_MAX 4096           /* bytes */
#define V1_TOLD_MANY_BODY_MAX (1 << 20) /* a thousand with the longest notes */

MUST_USE enum rc v1_tell(struct visit *v, struct err *err);      /* POST /api/v1/balikan */
MUST_USE enum rc v1_tell_many(struct visit *v, struct err *err); /* POST /api/v1/balikan/banyak */
