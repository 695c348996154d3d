/* SPDX-License-Identifier: EUPL-1.2
 * feedback/feedback.h - data balikan: whoever asked for somebody's data owes what became
 * of him (P2.2b, P3.1b, J.III).
 *
 * An answered inquiry (01, 11, 12, 14) opens a debt of its instansi: one person in one
 * kejadian (debt.h). What is told about him closes it, and every later change of his
 * state is told again; a reason why he is no victim waives it (record.h). Told is told to
 * the provider at once; what goes on to a system above waits in the outbox.
 *
 * The NIK lies sealed under the office key; a debt is found by a hash under a key of its
 * kejadian, which a new epoch of the journal does not change. */
#pragma once
#include "base/base.h"

struct journal;
struct tx;

struct feedback_conf {
	struct secret hash_key;   /* 32 bytes, borrowed: debts are found by hashes under keys made from it */
	struct secret office_key; /* 32 bytes, borrowed: seals NIK and notes */
	struct journal *journal;  /* borrowed */
	bool upstream;            /* what is told about victims goes on to a system above (outbox.h) */
};
struct feedback;
/* RC_INVALID: a key is not one. */
MUST_USE enum rc feedback_open(const struct feedback_conf *conf, struct feedback **ret, struct err *err);
/* NULL is allowed. */
void feedback_close(struct feedback *feedback);
bool feedback_has_upstream(const struct feedback *feedback);
