/* SPDX-License-Identifier: EUPL-1.2
 * gate/outing.h - an inquiry on its way to the system above and back (DESIGN 1 "Relay").
 *
 *	tray 1   permit, hit reserved, entry "asked"; durable
 *	         then the system above is asked, outside of any transaction
 *	tray 2   what speaks against it by now; hit kept or given back; entry of the outcome;
 *	         durable; then it is answered
 *
 * The visit waits between the two as it does in the queue. What came back stands in memory
 * of the relay's until tray 2 has copied out of it what is granted, and is wiped then. */
#pragma once
#include "gate/visit.h"
#include "policy/reservation.h"
#include "registry/relay.h"

struct policy_verdict;

struct outing {
	struct reservation reservation;
	struct relay_job *job;
	bool back;          /* the system above was asked, and it is over */
	bool repeat;
	int64_t repeat_of;
	int64_t kejadian_id, version_id, user, session;
	struct str user_id, caution; /* in memory of the visit's */
	struct ref_text asked;       /* of the entry "asked" */
};

/* From a permit: in `arena`, of the visit. The place goes over to it. */
MUST_USE enum rc outing_make(const struct policy_verdict *v, const struct principal *who, struct relay_place *place,
                             struct arena *arena, int64_t now_us, struct outing **ret, struct err *err);
/* Once its entry "asked" is written. */
void outing_asked(struct outing *outing, const struct receipt *receipt, int64_t repeat_of);
/* Wipe what came back and give back its place; *outing is NULL then. NULL is allowed. */
void outing_end(struct relay *relay, struct outing **outing);

/* As an errand: what node left open and began before a moment is unknown from now on, charged
 * as it is, and journaled. `n` says how many, RESERVATION_LEFT_MAX at most. */
struct outing_forsaken {
	struct journal *journal;
	int64_t node, before_us;
	size_t n;
};
MUST_USE enum rc outing_forsake(void *arg, struct tx *tx, int64_t now_us, struct err *err);
