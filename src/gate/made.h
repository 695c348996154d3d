/* SPDX-License-Identifier: EUPL-1.2
 * gate/made.h - a program makes something once, however often it asks (Idempotency-Key).
 *
 * For what a second asking would make twice, as a kejadian; inquiries have policy's repeats,
 * and what is told twice is told once by itself. A key is bound to user id, purpose and the
 * whole body, for a day. It lives in the office store and its row is held until the
 * transaction ends, so a restart forgets nothing and of two nodes one waits for the other. */
#pragma once
#include "gate/visit.h"

#define MADE_HASH 16
#define MADE_LIFE_US US_PER_DAY
#define MADE_SWEEP_MAX 1000 /* rows a call */

struct made {
	bool clash;      /* the key was used with another body: refuse */
	int64_t made_id; /* what was made then; 0: nothing, go on and say made_set() or made_drop() */
	unsigned char key[MADE_HASH], body[MADE_HASH];
};
/* `purpose` tells operations apart: one key serves each of them anew. */
MUST_USE enum rc made_hold(struct visit *v, const char *purpose, struct str key, struct str body, struct made *ret,
                           struct err *err);
MUST_USE enum rc made_set(struct visit *v, const struct made *made, int64_t id, struct err *err);
MUST_USE enum rc made_drop(struct visit *v, const struct made *made, struct err *err);
/* The oldest of those that are over. */
MUST_USE enum rc made_sweep(struct tx *tx, int64_t now_us, struct err *err);
