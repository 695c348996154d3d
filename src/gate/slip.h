/* SPDX-License-Identifier: EUPL-1.2
 * gate/slip.h - a journaled look-up found again by what a slip carries (P2.2a).
 *
 * Nothing of an answer is kept, so a slip is drawn and checked from the journal: the
 * reference finds the entry, the keyed hash says whether it is about the NIK. */
#pragma once
#include "gate/visit.h"

struct gate_slip {
	struct ref_text ref;   /* in its one spelling */
	struct slip_mac mac;   /* what a genuine slip carries */
	int64_t time_us, instansi_id;
	int version;           /* of the agreement, that allowed it (P9.2) */
	enum outcome outcome;
	bool anonymous;        /* the epoch's key is gone: only the check value can tell */
};
/* `ref` as typed: dashes, blanks and case do not matter, O is 0, I and L are 1.
 * RC_ABSENT  no look-up that reached the registry has that reference
 * RC_REFUSED it is about another NIK
 * RC_BROKEN  the store failed */
MUST_USE enum rc gate_slip_find(struct visit *v, struct str ref, struct nik nik, struct gate_slip *ret, struct err *err);
/* Is the typed check value the one above? Spelling matters as little as in `ref`. */
bool gate_slip_has_mac(const struct gate_slip *slip, struct str typed);
