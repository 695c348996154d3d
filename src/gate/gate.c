/* SPDX-License-Identifier: EUPL-1.2
 * gate/gate.c - opening and closing the gate, and a request's way to the tray. */
#include "gate/gate.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

#include "gate/call.h"
#include "gate/outing.h"
#include "gate/route.h"
#include "gate/sandbox.h"
#include "gate/vigil.h"
#include "gate/walk.h"
#include "registry/registry.h"
#include "store/store.h"
#include "sys/pool.h"

#define SLOW_WAITING_MAX 64
#define RETRY_AFTER S("2")
#define PATIENCE_US (5 * US_PER_S)

/* ---- opening and closing ---- */

enum rc gate_open(const struct gate_conf *conf, struct gate **ret, struct err *err)
{
	struct gate *gate = calloc(1, sizeof *gate); /* tidy: allow, lives as long as the process */
	if (!gate)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	gate->conf = *conf;
	gate->limits = (struct session_limits){.idle_s = conf->idle_s,
	                                       .absolute_s = conf->absolute_s,
	                                       .dormant_days = conf->dormant_days,
	                                       .code_roles = conf->code_roles};
	struct tray_conf tray = {.most = TRAY_MAX, .waiting_max = TRAY_QUEUE_MAX, .walk = walk_tray, .arg = gate};
	gate->patience.us = conf->patience_us ? conf->patience_us : PATIENCE_US;
	if (conf->registry)
		registry_patience(conf->registry, &gate->patience);
	enum rc rc = tray_start(&tray, &gate->tray, err);
	if (rc == RC_OK)
		rc = pool_start(conf->slow_threads, SLOW_WAITING_MAX, &gate->slow, err);
	if (rc == RC_OK)
		rc = vigil_start(gate, &gate->vigil, err);
	if (rc != RC_OK) {
		pool_stop(gate->slow);
		tray_stop(gate->tray);
		free(gate); /* tidy: allow */
		return rc;
	}
	*ret = gate;
	return RC_OK;
}

void gate_quiesce(struct gate *gate)
{
	gate->stopping = true;
	if (gate->conf.relay)
		relay_quiesce(gate->conf.relay);
}

void gate_close(struct gate *gate)
{
	if (!gate)
		return;
	gate->stopping = true;
	vigil_stop(gate->vigil);
	pool_drain(gate->slow); /* its calls go on to the tray, those of the tray come back */
	relay_stop(gate->conf.relay); /* those come back to the tray, too */
	tray_stop(gate->tray);
	vigil_free(gate->vigil);
	pool_stop(gate->slow);
	if (gate->conf.registry)
		registry_patience(gate->conf.registry, NULL);
	free(gate); /* tidy: allow */
}

bool gate_is_away(const struct gate *gate)
{
	return gate->away || vigil_is_stuck(gate);
}

struct gate_stat gate_stat(const struct gate *gate)
{
	return (struct gate_stat){.trays = gate->trays,
	                          .visits = gate->visits,
	                          .inquiries = gate->inquiries,
	                          .refused_full = gate->refused_full,
	                          .failed = gate->failed,
	                          .waiting = tray_waiting(gate->tray)};
}

/* ---- refusing ---- */

int call_status(enum rc rc)
{
	switch (rc) {
	case RC_OK: return 200;
	case RC_REFUSED: return 403;
	case RC_ABSENT: return 404;
	case RC_INVALID: return 400;
	case RC_CONFLICT: return 409;
	case RC_LIMIT: return 429;
	case RC_BROKEN: return 503;
	}
	return 503;
}

static struct http_head *head_of(struct http_response *out, const char *name)
{
	for (int i = 0; i < out->heads_n; i++)
		if (str_ieq(str_c(out->heads[i].name), str_c(name)))
			return &out->heads[i];
	return NULL;
}

static void draw_refusal(struct call *call, int status, const struct err *err)
{
	struct visit *v = &call->v;
	buf_free(&v->out.body);
	v->out = (struct http_response){.status = status};
	call->refused = true;
	v->gate->conf.refuse(v, status, err);
}

void call_refuse(struct call *call, int status, const struct err *err)
{
	draw_refusal(call, status, err);
	if ((status == 503 || status == 429) && !head_of(&call->v.out, "Retry-After"))
		http_add_header(&call->v.out, "Retry-After", RETRY_AFTER);
}

void call_put_off(struct call *call, int wait_s)
{
	struct str wait = arena_printf(call->v.arena, "%d", wait_s);
	draw_refusal(call, 503, NULL);
	struct http_head *told = head_of(&call->v.out, "Retry-After"); /* the door's guess */
	if (told)
		told->value = wait;
	else
		http_add_header(&call->v.out, "Retry-After", wait);
}

void call_reply(struct call *call)
{
	struct gate *gate = call->v.gate;
	int slot = call->share_slot;
	bool holds = call->holds_share;
	if (call->sandbox)
		http_add_header(&call->v.out, SANDBOX_HEADER, S(SANDBOX_HEADER_VALUE));
	http_reply(call->v.rq, &call->v.out);
	if (holds)
		share_give(&gate->share, slot);
}

static void refuse_now(struct call *call, int status, const struct err *err)
{
	call_refuse(call, status, err);
	call_reply(call);
}

/* ---- work after the commit ---- */

static bool has_answer(const struct call *call)
{
	const struct http_response *out = &call->v.out;
	return call->refused || out->status != 200 || out->body.n > 0 || !buf_ok(&out->body) || out->fixed.at;
}

static void run_after(void *arg)
{
	struct call *call = arg;
	struct visit *v = &call->v;
	struct err err = {0};
	enum rc rc = v->route->after(v, &err);
	if (rc != RC_OK)
		call_refuse(call, call_status(rc), &err);
	if (rc == RC_BROKEN)
		v->gate->conf.log(v->gate->conf.arg, "pekerjaan sesudah penyimpanan gagal", &err);
	call_reply(call);
}

/* A pool that stops is a gate that closes: nobody else waits for this thread then. */
void call_committed(struct call *call)
{
	struct visit *v = &call->v;
	if (!v->route->after || has_answer(call)) {
		call_reply(call);
		return;
	}
	v->who = NULL;
	v->verdict = NULL;
	v->standing = (struct standing){0};
	enum rc rc = pool_put(v->gate->slow, run_after, call);
	if (rc == RC_LIMIT) {
		v->gate->refused_full++;
		refuse_now(call, 503, NULL);
	} else if (rc != RC_OK) {
		run_after(call);
	}
}

/* ---- a request's way in ---- */

int gate_admit(struct gate *gate, enum http_method method, struct str path)
{
	int status;
	const struct route *route = route_find(gate->conf.routes, method, path, &status);
	return route ? route->body_max : -status;
}

static void put(struct call *call)
{
	struct gate *gate = call->v.gate;
	call->asked = call->inquiry;
	call->own = call->v.own;
	enum rc rc = tray_put(gate->tray, &call->item);
	if (rc == RC_OK)
		return;
	if (rc == RC_LIMIT)
		gate->refused_full++;
	refuse_now(call, 503, NULL);
}

/* What the door does before the tray: parsing, and Argon2. */
static void prepare(struct call *call)
{
	struct visit *v = &call->v;
	struct err err = {0};
	enum rc rc = vigil_is_stuck(v->gate) ? RC_BROKEN : RC_OK;
	if (rc == RC_OK && v->route->slow)
		rc = v->route->slow(v, &err);
	if (rc == RC_OK && v->route->inquiry)
		rc = v->route->inquiry(v, &call->inquiry, &err);
	if (rc == RC_OK)
		put(call);
	else
		refuse_now(call, call_status(rc), &err);
}

static void prepare_slowly(void *arg)
{
	struct call *call = arg;
	struct gate *gate = call->v.gate;
	int slot = call->share_slot;
	bool holds = call->holds_share;
	prepare(call); /* may be answered and gone by now */
	if (!holds)
		share_give(&gate->share, slot);
}

/* Routes with slow work take a place of their address first: until that work is done
 * before the tray, or until the answer when there is some after it. */
static void put_slowly(struct call *call)
{
	struct gate *gate = call->v.gate;
	const struct route *route = call->v.route;
	bool program = route->flags & ROUTE_BEARER;
	if (share_take(&gate->share, secret_str(&gate->conf.key), http_peer(call->v.rq), program, &call->share_slot) != RC_OK) {
		gate->refused_full++;
		refuse_now(call, 429, NULL);
		return;
	}
	call->holds_share = true;
	if (!route->slow) {
		prepare(call);
		return;
	}
	call->holds_share = route->after != NULL;
	if (pool_put(gate->slow, prepare_slowly, call) == RC_OK)
		return;
	call->holds_share = true;
	gate->refused_full++;
	refuse_now(call, 503, NULL);
}

static struct call *call_new(struct gate *gate, const struct route *route, struct http_request *rq)
{
	struct call *call = ARENA_NEW(http_arena(rq), struct call);
	if (!call)
		return NULL;
	call->v.route = route;
	call->v.rq = rq;
	call->v.gate = gate;
	call->v.arena = http_arena(rq);
	call->v.now_us = clock_now_us();
	call->v.out.status = 200;
	call->has_token = session_token_from_cookie(http_cookie(rq, COOKIE_SESSION), call->token) == RC_OK;
	call->pre_cookie = http_cookie(rq, COOKIE_PRE);
	return call;
}

/* A person's page may well leave out what it cannot read; a program would get another
 * list than it asked for. */
static bool is_legible(const struct route *route, struct http_request *rq)
{
	return !(route->flags & (ROUTE_BEARER | ROUTE_BEARER_MAY)) || http_query_ok(rq);
}

void gate_handle(struct gate *gate, struct http_request *rq)
{
	int status;
	const struct route *route = route_find(gate->conf.routes, http_method(rq), http_path(rq), &status);
	struct call *call = call_new(gate, route, rq);
	if (!call) {
		struct http_response out = {.status = 503};
		http_reply(rq, &out);
	} else if (!route) {
		refuse_now(call, status, NULL);
	} else if (gate->stopping || vigil_is_stuck(gate)) {
		refuse_now(call, 503, NULL);
	} else if (!is_legible(route, rq)) {
		refuse_now(call, 400, NULL);
	} else if (!route->slow && !route->after) {
		prepare(call);
	} else {
		put_slowly(call);
	}
}

/* ---- errands ---- */

enum rc gate_errand(struct gate *gate, enum rc (*run)(void *arg, struct tx *tx, int64_t now_us, struct err *err), void *arg,
                    struct err *err)
{
	struct errand errand = {.run = run, .arg = arg};
	struct call call = {.errand = &errand};
	call.v.gate = gate;
	errand_init(&errand);
	if (tray_put(gate->tray, &call.item) != RC_OK) {
		errand_done(&errand);
		errand.rc = FAIL(&errand.err, RC_LIMIT, "antrean penuh atau sedang berhenti");
	}
	errand_wait(&errand);
	if (errand.rc != RC_OK && err)
		*err = errand.err;
	return errand.rc;
}

enum rc gate_forsake(struct gate *gate, int64_t before_us, size_t *ret_n, struct err *err)
{
	struct outing_forsaken forsaken = {.journal = gate->conf.journal, .node = gate->conf.node, .before_us = before_us};
	*ret_n = 0;
	do {
		TRY(gate_errand(gate, outing_forsake, &forsaken, err));
		*ret_n += forsaken.n;
	} while (forsaken.n == RESERVATION_LEFT_MAX);
	return RC_OK;
}
