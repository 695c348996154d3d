/* SPDX-License-Identifier: EUPL-1.2
 * gate/call.h - what the files of gate share among themselves: the gate, and a visit
 * with the parts of it that no door needs to see. */
#pragma once
#include <stdatomic.h>

#include "gate/corridor.h"
#include "gate/errand.h"
#include "gate/gate.h"
#include "gate/share.h"
#include "gate/tray.h"
#include "identity/session.h"
#include "store/store.h"

struct pool;
struct vigil;

/* The session; and what stands in for one until there is a sign-in. */
#define COOKIE_SESSION "sesi"
#define COOKIE_PRE "pra"

struct gate {
	struct gate_conf conf;
	struct session_limits limits;
	struct tray *tray;
	struct patience patience; /* of the tray's thread, with whatever database */
	struct vigil *vigil;
	atomic_bool away; /* the last tray came to nothing, and none went well since */
	struct pool *slow;
	struct share share; /* of the places in `slow` */
	struct arena answers; /* of the tray under way */
	atomic_bool stopping;
	_Atomic int64_t trays, visits, inquiries, refused_full, failed;
	_Atomic int64_t failed_us; /* when a tray failed last; 0: none did */
};

struct call {
	struct tray_item item; /* first: the tray hands these around */
	struct visit v;
	struct errand *errand; /* not a visit at all when set */
	bool has_token;
	unsigned char token[SESSION_TOKEN_SIZE];
	struct inquiry inquiry, asked; /* asked: as the door left it */
	void *own;                     /* v.own, as it was put on the tray */
	int walks;                     /* trays it was in that came to nothing */
	struct verdict verdict;
	struct str pre_cookie; /* of a browser that has not signed in; see visit_csrf */
	bool holds_share;      /* until its answer (after), of share_slot */
	int share_slot;        /* of a route with slow work */
	bool refused;          /* v.out is an error page of ours */
	bool sandbox;          /* he who asks is of the rehearsal (gate/sandbox.h) */
	bool asks;             /* passed the entrance and walks the corridor */
	struct outing *outing; /* on its way to the system above and back; NULL: it is not */
};

static inline struct call *call_of_item(struct tray_item *item)
{
	return (struct call *)item;
}
static inline struct call *call_of_visit(struct visit *v)
{
	return (struct call *)((char *)v - offsetof(struct call, v));
}

/* Throw away what a page drew and answer with `status` in the door's own look. */
void call_refuse(struct call *call, int status, const struct err *err);
/* The same with 503: nothing was decided, and asking again is worth while in so many seconds. */
void call_put_off(struct call *call, int wait_s);
/* Send v.out and give back what the call held. The call is gone afterwards. */
void call_reply(struct call *call);
/* The commit is durable: answer, or let the route's `after` do so. The call is gone. */
void call_committed(struct call *call);
/* Which status a failed page deserves. */
int call_status(enum rc rc);
