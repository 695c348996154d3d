/* SPDX-License-Identifier: EUPL-1.2
 * gate/hold.h - holds of the pattern guard, for the pages (J.II.E1).
 *
 * The provider sees and decides those of all instansi, the auditor sees them, a head sees
 * and justifies those of his own; whose they are is checked here, and everything done is
 * journaled. Operators are not told why they are held. */
#pragma once
#include "gate/visit.h"
#include "policy/hold.h"

/* How many wait for a decision, of those the visitor may see; 0 for an operator. */
MUST_USE enum rc gate_holds_open(struct visit *v, int64_t *ret, struct err *err);
#define GATE_HOLDS_PAGE 20
struct gate_holds {
	struct hold *open, *past;
	size_t open_n, past_n;
	int64_t open_all, past_all;
	int64_t next; /* `before` of the page after this one; 0: there is none */
};
/* Past ones older than `before`; 0: the newest. */
MUST_USE enum rc gate_holds(struct visit *v, int64_t before, struct gate_holds *ret, struct err *err);
/* RC_ABSENT: none, or not the visitor's to see. */
MUST_USE enum rc gate_hold_get(struct visit *v, int64_t hold_id, struct hold *ret, struct err *err);
/* The head; RC_INVALID, RC_CONFLICT, RC_ABSENT as in policy/hold.h. */
MUST_USE enum rc gate_hold_plead(struct visit *v, int64_t hold_id, struct str text, struct err *err);
/* The admin. *ret HOLD_OPEN: the first of two persons. RC_* as in policy/hold.h. */
MUST_USE enum rc gate_hold_decide(struct visit *v, int64_t hold_id, enum hold_state state, struct str note, enum hold_state *ret,
                                  struct err *err);
bool gate_needs_two(const struct visit *v);
/* The reference of the inquiry that tripped it. */
struct ref_text gate_hold_ref(struct visit *v, const struct hold *hold);
