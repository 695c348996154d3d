/* SPDX-License-Identifier: EUPL-1.2
 * gate/again.c - see again.h. */
#include "gate/again.h"

#include "gate/outing.h"

bool again_may(const struct call *call)
{
	return !call->errand && !call->v.route->slow && call->walks + 1 < AGAIN_WALKS_MAX;
}

void again_make(struct call *call)
{
	struct visit *v = &call->v;
	call->walks++;
	buf_free(&v->out.body);
	v->out = (struct http_response){.status = 200};
	v->tx = NULL;
	v->who = NULL;
	v->verdict = NULL;
	v->standing = (struct standing){0};
	v->fault = TOKEN_GOOD;
	v->ground = GROUND_NONE;
	v->own = call->own;
	call->inquiry = call->asked;
	call->verdict = (struct verdict){0};
	call->pre_cookie = http_cookie(v->rq, COOKIE_PRE); /* the one it was given went with the answer */
	call->refused = call->sandbox = call->asks = false;
	if (call->outing && !call->outing->back)
		outing_end(v->gate->conf.relay, &call->outing); /* it was never let go */
}
