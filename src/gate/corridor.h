/* SPDX-License-Identifier: EUPL-1.2
 * gate/corridor.h - a tray of inquiries through identity, policy, registry and
 * journal, in one transaction.
 *
 * The papers make the order: a principal (identity) is needed for a permit (policy),
 * a permit for an answer (registry); yes and no alike end as a receipt (journal).
 * Any failure on the way fails them all: the caller undoes the transaction and
 * nobody is answered.
 *
 * Where the registry is a system above they walk here twice (gate/outing.h). */
#pragma once
#include "gate/visit.h"

struct gate_conf;
struct outing;
struct policy;
struct registry;
struct relay;

struct corridor {
	const struct gate_conf *conf; /* whom to alert */
	struct policy *policy;
	struct registry *registry;
	struct relay *relay;     /* instead of a registry; NULL: there is one */
	struct journal *journal;
	struct arena *answers; /* wiped by the owner once everyone was answered */
};
struct corridor_ask {
	const struct principal *who; /* NULL: nobody we know */
	const struct inquiry *inquiry;
	const struct addr *peer;
	struct arena *arena;         /* of the visit: what goes out stands there */
	struct outing **outing;      /* not NULL in it: it comes back. Filled in for one that is to go out once the tray is
	                              * durable, of which there is no verdict yet */
};
MUST_USE enum rc corridor_walk(const struct corridor *corridor, struct tx *tx, const struct corridor_ask *asks, size_t n,
                               int64_t now_us, struct verdict *ret, struct err *err);
