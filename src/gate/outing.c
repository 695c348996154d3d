/* SPDX-License-Identifier: EUPL-1.2
 * gate/outing.c - see outing.h. */
#include "gate/outing.h"

#include <assert.h>

#include "policy/policy.h"
#include "registry/relay_body.h"
#include "store/store.h"

_Static_assert(RESERVATION_HIT == RELAY_HIT, "the hit is named there as it is here");

static struct reservation reservation_of(const struct policy_verdict *v, int64_t now_us)
{
	struct reservation r = {.instansi_id = permit_instansi(v->permit),
	                        .method = permit_method(v->permit),
	                        .day = day_of_us(now_us),
	                        .asked_us = now_us,
	                        .charged = !v->repeat};
	memcpy(r.hit, v->hit, sizeof r.hit);
	return r;
}

static struct str caution_of(const struct policy_guard *guard, struct arena *arena)
{
	bool told = guard->verdict.stage == GUARD_WARN && !guard->observed;
	return told ? arena_str(arena, str_c(guard->verdict.evidence)) : S("");
}

enum rc outing_make(const struct policy_verdict *v, const struct principal *who, struct relay_place *place, struct arena *arena,
                    int64_t now_us, struct outing **ret, struct err *err)
{
	struct outing *outing = ARENA_NEW(arena, struct outing);
	if (!outing)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	*outing = (struct outing){
		.reservation = reservation_of(v, now_us),
		.repeat = v->repeat,
		.kejadian_id = v->kejadian_id,
		.version_id = v->standing.version_id,
		.user = principal_user(who),
		.session = principal_session(who),
		.user_id = arena_str(arena, principal_user_id(who)),
		.caution = caution_of(&v->guard, arena),
	};
	outing->job = relay_ask(v->permit, v->hit, place, arena);
	*ret = outing->job ? outing : NULL;
	return outing->job ? RC_OK : FAIL(err, RC_BROKEN, "memori tidak cukup");
}

void outing_asked(struct outing *outing, const struct receipt *receipt, int64_t repeat_of)
{
	outing->asked = receipt_ref(receipt);
	outing->reservation.journal_entry = receipt_seq(receipt);
	outing->repeat_of = repeat_of;
}

void outing_end(struct relay *relay, struct outing **outing)
{
	if (!*outing)
		return;
	relay_done(relay, (*outing)->job);
	*outing = NULL;
}

/* ---- what nobody brought home ---- */

static struct entry entry_of(const struct outing_forsaken *f, const struct reservation_left *left, struct arena *arena,
                             int64_t now_us)
{
	return (struct entry){
		.act = ACT_RELAY,
		.time_us = now_us,
		.outcome = "unknown",
		.clause = "J.II.B",
		.instansi_id = left->instansi_id,
		.method = method_at(left->method)->key,
		.repeat = !left->charged,
		.about = arena_printf(arena, "asked %s%s", journal_ref(f->journal, left->journal_entry).z,
	                              left->charged ? " charged" : ""),
	};
}

enum rc outing_forsake(void *arg, struct tx *tx, int64_t now_us, struct err *err)
{
	struct outing_forsaken *f = arg;
	const struct reservation_left *left;
	TRY(reservation_give_up(tx, f->node, f->before_us, &left, &f->n, err));
	struct entry *entries = ARENA_ARRAY(tx_arena(tx), f->n + 1, struct entry);
	const struct receipt **receipts = ARENA_ARRAY(tx_arena(tx), f->n + 1, const struct receipt *);
	if (!entries || !receipts)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < f->n; i++)
		entries[i] = entry_of(f, &left[i], tx_arena(tx), now_us);
	return f->n ? journal_append(f->journal, tx, entries, f->n, receipts, err) : RC_OK;
}
