/* SPDX-License-Identifier: EUPL-1.2
 * gate/walk.c - one tray, from BEGIN to the last answer.
 *
 * Pages come first, each under a savepoint of its own; then the principals of the
 * inquiries are looked up, so that a user id closed by a page of this very tray is
 * closed for its inquiries too; then the inquiries walk the corridor together. One
 * commit. Only when it is durable does anything leave; when it is not, everyone
 * gets 503 and nothing happened. A tray that lost a deadlock against another node's,
 * or its connection, walks again (again.h); one whose COMMIT nobody heard of is looked
 * up (settle.h). */
#include "gate/walk.h"

#include <assert.h>
#include <time.h>

#include "gate/again.h"
#include "gate/code.h"
#include "gate/csrf.h"
#include "gate/outing.h"
#include "gate/program.h"
#include "gate/sandbox.h"
#include "gate/settle.h"
#include "gate/token.h"
#include "gate/vigil.h"
#include "policy/policy.h"
#include "store/store.h"

#define ANSWERS_MAX ((size_t)8 << 20)
#define BODIES_MAX ((size_t)64 << 10) /* of the pages of one tray; one larger than that goes alone */

#define GIVE_WAY_NS (20L * 1000 * 1000)

#define SHARED_MAX (TX_ARENA_MAX / 16) /* of the tray's memory: once its pages used that, the others wait for the next */

/* Of the grounds of the instansi, what also keeps the head from acting for it: papers, requests
 * and debt apart. */
#define GROUNDS_STOPPED (GROUND_BIT(GROUND_SUSPENDED) | GROUND_BIT(GROUND_ENDED) | GROUND_BIT(GROUND_REVOKED))

struct round {
	struct gate *gate;
	struct tx *tx;
	int64_t now_us;
	struct call **calls;
	size_t n;
	struct err err;
	enum tx_fate fate;  /* when it failed */
	int64_t inquiries;  /* decided */
	/* the last entry that this tray wrote and did not undo, to look for it afterwards */
	struct journal_mark mark;
	bool marked;
	int64_t seen; /* marks looked at so far */
};

static bool is_inquiry(const struct call *call)
{
	return !call->errand && call->v.route->inquiry;
}

static bool is_program(const struct call *call)
{
	return is_inquiry(call) && (call->v.route->flags & ROUTE_PROGRAM);
}

static bool is_with_token(const struct call *call)
{
	return !call->errand && token_is_wanted(&call->v);
}

static bool is_persons_inquiry(const struct call *call)
{
	return is_inquiry(call) && !is_program(call) && !is_with_token(call);
}

static bool is_page(const struct call *call)
{
	return !call->errand && !call->v.route->inquiry;
}

static bool is_persons_page(const struct call *call)
{
	return is_page(call) && !(call->v.route->flags & (ROUTE_BEARER | ROUTE_BEARER_MAY | ROUTE_STILL));
}

/* A page that asks again by itself is no sign of anybody. */
static bool is_still_page(const struct call *call)
{
	return is_page(call) && (call->v.route->flags & ROUTE_STILL);
}

static bool is_page_with_token(const struct call *call)
{
	return is_page(call) && is_with_token(call);
}

static bool is_inquiry_with_token(const struct call *call)
{
	return is_inquiry(call) && is_with_token(call);
}

/* The principals of all calls of one kind, in one query per tray. */
static enum rc find_principals(struct round *r, bool (*wanted)(const struct call *))
{
	struct arena *arena = tx_arena(r->tx);
	unsigned char(*tokens)[SESSION_TOKEN_SIZE] = arena_array(arena, r->n, SESSION_TOKEN_SIZE);
	const struct principal **who = ARENA_ARRAY(arena, r->n, const struct principal *);
	struct call **whose = ARENA_ARRAY(arena, r->n, struct call *);
	struct session_limits limits = r->gate->limits;
	size_t n = 0;
	if (arena->broken)
		return FAIL(&r->err, RC_BROKEN, "memori nampan tidak cukup");
	limits.still = wanted == is_still_page;
	for (size_t i = 0; i < r->n; i++) {
		if (!wanted(r->calls[i]) || !r->calls[i]->has_token)
			continue;
		memcpy(tokens[n], r->calls[i]->token, SESSION_TOKEN_SIZE);
		whose[n++] = r->calls[i];
	}
	if (n == 0)
		return RC_OK;
	TRY(session_principals(r->tx, (const unsigned char(*)[SESSION_TOKEN_SIZE])tokens, n, &limits, r->now_us, who, &r->err));
	for (size_t i = 0; i < n; i++)
		whose[i]->v.who = who[i];
	return RC_OK;
}

/* Those that come without a session, each kind in its own way. */
static enum rc let_in(struct round *r, bool (*wanted)(const struct call *),
                      enum rc (*enter)(struct tx *tx, struct call **calls, size_t n, int64_t now_us, struct err *err))
{
	struct call **calls = ARENA_ARRAY(tx_arena(r->tx), r->n, struct call *);
	size_t n = 0;
	if (!calls)
		return FAIL(&r->err, RC_BROKEN, "memori nampan tidak cukup");
	for (size_t i = 0; i < r->n; i++)
		if (wanted(r->calls[i]))
			calls[n++] = r->calls[i];
	return enter(r->tx, calls, n, r->now_us, &r->err);
}

/* Before anything of a reply can fail or leave. */
static void mark_sandbox(struct round *r)
{
	for (size_t i = 0; i < r->n; i++)
		sandbox_mark(r->calls[i], r->calls[i]->v.who);
}

static bool csrf_passes(struct call *call)
{
	unsigned char key[32];
	struct visit *v = &call->v;
	if (!(v->route->flags & ROUTE_CSRF))
		return true;
	struct str token = http_form(v->rq, "csrf");
	if (!csrf_origin_is_ours(v->rq, str_c(v->gate->conf.origin)))
		return false;
	if (v->who)
		return csrf_is_valid(principal_csrf_key(v->who), token);
	if (!call->pre_cookie.at)
		return false;
	csrf_key_of_cookie(secret_str(&v->gate->conf.key), call->pre_cookie, key);
	return csrf_is_valid((struct str){(const char *)key, sizeof key}, token);
}

/* Half a sign-in is nobody where nobody is needed, unless the route asks for it. */
static void forget_half_open(struct visit *v)
{
	bool wanted = (v->route->flags & ROUTE_CODE) || !(v->route->flags & ROUTE_PUBLIC);
	if (!v->who || principal_stage(v->who) == STAGE_OPEN || wanted)
		return;
	v->who = NULL;
	v->standing = (struct standing){0};
}

/* Where this visitor must go first; absent: nowhere. The code comes before the password
 * change: until then nobody knows whether it is he. */
static struct str detour(const struct visit *v)
{
	unsigned flags = v->route->flags;
	if (v->who && principal_stage(v->who) != STAGE_OPEN)
		return flags & ROUTE_CODE ? (struct str){NULL, 0} : code_page(principal_stage(v->who));
	if (v->who && principal_must_change(v->who) && !(flags & (ROUTE_MUST_CHANGE | ROUTE_PUBLIC)))
		return S(GATE_PASSWORD);
	return (struct str){NULL, 0};
}

/* May this visitor come in? false: the answer is already drawn. */
static bool entrance(struct call *call)
{
	struct visit *v = &call->v;
	const struct route *route = v->route;
	struct err err = {0};
	if (is_program(call))
		return true;
	if (is_with_token(call)) {
		if (v->fault != TOKEN_GOOD)
			call_refuse(call, token_status(v->fault), NULL);
		return v->fault == TOKEN_GOOD;
	}
	forget_half_open(v);
	if (!v->who && !(route->flags & ROUTE_PUBLIC)) {
		visit_redirect(v, S(GATE_SIGN_IN));
		return false;
	}
	if (!csrf_passes(call)) {
		err_fail(&err, RC_REFUSED, ERR_HERE,
		         "Formulir ini sudah tidak berlaku. Muat ulang halaman, lalu kirim sekali lagi.");
		call_refuse(call, 403, &err);
		return false;
	}
	struct str first = detour(v);
	if (first.n) {
		visit_redirect(v, first);
		return false;
	}
	if (v->who && route->roles && !(route->roles & ROLE_BIT(principal_role(v->who)))) {
		err_fail(&err, RC_REFUSED, ERR_HERE, "Halaman ini bukan untuk peran Anda.");
		call_refuse(call, 403, &err);
		return false;
	}
	return true;
}

/* The outcome text a page of a stopped instansi or user id shows; NULL: none. */
static const char *stopped(const struct visit *v, ground_set against)
{
	unsigned flags = v->route->flags;
	bool head = principal_role(v->who) == ROLE_KEPALA;
	bool account = flags & (ROUTE_MUST_CHANGE | ROUTE_CODE); /* signing out, the own password and sessions */
	if (flags & ROUTE_PUBLIC)
		return NULL;
	bool acts = http_method(v->rq) == HTTP_POST && !(flags & ROUTE_DEBT);
	if (!(flags & ROUTE_ENDED) && (against & (head ? (acts ? GROUNDS_STOPPED : 0) : GROUNDS_INSTANSI)))
		return outcome_get(OUTCOME_INSTANSI)->portal;
	return !account && (against & GROUNDS_USER) ? outcome_get(OUTCOME_USER)->portal : NULL;
}

/* What speaks against the visitor, whatever the page. */
static enum rc look_at(struct visit *v, struct tx *tx, int64_t now_us, ground_set *ret, struct err *err)
{
	*ret = 0;
	if (!v->who)
		return RC_OK;
	TRY(policy_grounds(v->gate->conf.policy, tx, v->who, http_peer(v->rq), now_us, ret, &v->standing, err));
	if ((*ret & GROUNDS_PEER) && !token_is_wanted(v))
		v->who = NULL; /* a session is bound to the allow-list (P2.1b) */
	return RC_OK;
}

static enum rc page_run(struct call *call, struct err *err)
{
	struct visit *v = &call->v;
	ground_set against;
	TRY(look_at(v, v->tx, v->now_us, &against, err));
	if (v->who && is_with_token(call) && v->fault == TOKEN_GOOD)
		TRY(token_page(v, against, err));
	if (!entrance(call))
		return RC_OK;
	if (is_with_token(call))
		return v->route->page(v, err);
	const char *text = v->who ? stopped(v, against) : NULL;
	if (text)
		return FAIL(err, RC_REFUSED, "%s", text);
	return v->route->page(v, err);
}

static enum rc run_one(struct round *r, struct call *call, struct err *err)
{
	TRY(call->errand ? call->errand->run(call->errand->arg, r->tx, r->now_us, err) : page_run(call, err));
	return tx_arena(r->tx)->broken ? FAIL(err, RC_BROKEN, "memori nampan tidak cukup") : RC_OK;
}

/* What was appended since the last look belongs to this tray, if it is to be kept. */
static void look_at_mark(struct round *r, bool kept)
{
	if (!r->gate->conf.journal)
		return;
	struct journal_mark now = journal_mark(r->gate->conf.journal);
	if (kept && now.times != r->seen) {
		r->mark = now;
		r->marked = true;
	}
	r->seen = now.times;
}

/* A page or an errand as one step that can fail by itself; where it wanted too much memory,
 * the others of the tray still find theirs. *ret_again: another node was in the way, and it
 * walks with the next tray. RC_BROKEN: the whole transaction is lost. */
static enum rc step(struct round *r, struct call *call, bool *ret_again)
{
	struct err err = {0};
	look_at_mark(r, true);
	TRY(tx_savepoint(r->tx, &r->err));
	enum rc rc = run_one(r, call, &err);
	if (rc == RC_OK)
		rc = tx_release(r->tx, &err); /* hears of what the step did not wait for */
	*ret_again = rc == RC_BROKEN && tx_fate(r->tx) == TX_AGAIN && again_may(call);
	look_at_mark(r, rc == RC_OK);
	if (rc == RC_OK)
		return RC_OK;
	arena_mend(tx_arena(r->tx));
	if (call->errand) {
		call->errand->rc = rc;
		call->errand->err = err;
	} else if (!*ret_again) {
		call_refuse(call, call_status(rc), &err);
	}
	if (rc == RC_BROKEN && !*ret_again && !r->gate->away)
		r->gate->conf.log(r->gate->conf.arg, "langkah gagal", &err);
	enum rc undone = tx_undo(r->tx, &r->err);
	if (undone != RC_OK && rc == RC_BROKEN)
		r->err = err; /* what began it */
	return undone;
}

/* Out of this tray, and the first of the next. */
static void walk_later(struct round *r, size_t i)
{
	struct tray_item *item = &r->calls[i]->item;
	again_make(r->calls[i]);
	r->n--;
	for (size_t k = i; k < r->n; k++)
		r->calls[k] = r->calls[k + 1];
	tray_put_back(r->gate->tray, &item, 1);
}

/* The pages from `from` on go with the next tray; they have seen nothing of this one. */
static void put_off(struct round *r, size_t from)
{
	struct tray_item *later[TRAY_MAX];
	size_t n = from, later_n = 0;
	for (size_t i = from; i < r->n; i++) {
		struct call *call = r->calls[i];
		bool judged = call->v.fault != TOKEN_GOOD; /* journaled and counted in this very tray */
		if (!is_page(call) || judged) {
			r->calls[n++] = call;
			continue;
		}
		call->v.tx = NULL;
		call->v.who = NULL;
		later[later_n++] = &call->item;
	}
	r->n = n;
	tray_put_back(r->gate->tray, later, later_n);
}

/* A small request may ask for much: saving a list that was uploaded before. What is fed to
 * the tray as large bodies ration() sees; this is what it cannot see. */
static enum rc run_steps(struct round *r)
{
	for (size_t i = 0; i < r->n;) {
		bool again = false;
		if (is_inquiry(r->calls[i])) {
			i++;
			continue;
		}
		TRY(step(r, r->calls[i], &again));
		if (again)
			walk_later(r, i);
		else
			i++;
		if (tx_arena(r->tx)->used > SHARED_MAX)
			put_off(r, i);
	}
	return RC_OK;
}

static size_t admit_inquiries(struct round *r, struct call **asking)
{
	size_t n = 0;
	for (size_t i = 0; i < r->n; i++) {
		struct call *call = r->calls[i];
		if (!is_inquiry(call) || (!call->outing && !entrance(call)))
			continue;
		call->asks = true;
		asking[n++] = call;
	}
	return n;
}

static enum rc draw_verdict(struct call *call, const struct verdict *verdict, struct err *err)
{
	struct visit *v = &call->v;
	call->verdict = *verdict;
	v->verdict = &call->verdict;
	v->standing = verdict->standing;
	return v->route->page(v, err);
}

/* The system above is to be asked, once this is durable. */
static bool goes_out(const struct call *call)
{
	return call->outing && !call->outing->back;
}

/* Whoever comes back from the system above has passed the entrance before; a session that
 * ended meanwhile sees nothing of it. */
static enum rc draw_verdicts(struct round *r, struct call **asking, const struct verdict *verdicts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct call *call = asking[i];
		if (goes_out(call))
			continue;
		r->inquiries++;
		if (call->outing && !entrance(call))
			continue;
		if (verdicts[i].wait_s)
			call_put_off(call, verdicts[i].wait_s);
		else
			TRY(draw_verdict(call, &verdicts[i], &r->err));
	}
	return RC_OK;
}

static enum rc run_inquiries(struct round *r)
{
	struct gate *gate = r->gate;
	struct arena *arena = tx_arena(r->tx);
	struct call **asking = ARENA_ARRAY(arena, r->n, struct call *);
	struct corridor_ask *asks = ARENA_ARRAY(arena, r->n, struct corridor_ask);
	struct verdict *verdicts = ARENA_ARRAY(arena, r->n, struct verdict);
	if (arena->broken)
		return FAIL(&r->err, RC_BROKEN, "memori nampan tidak cukup");
	TRY(find_principals(r, is_persons_inquiry));
	TRY(let_in(r, is_program, program_enter));
	TRY(let_in(r, is_inquiry_with_token, token_enter));
	mark_sandbox(r);
	size_t n = admit_inquiries(r, asking);
	if (n == 0)
		return RC_OK;
	for (size_t i = 0; i < n; i++)
		asks[i] = (struct corridor_ask){.who = asking[i]->v.who,
		                                .inquiry = &asking[i]->inquiry,
		                                .peer = http_peer(asking[i]->v.rq),
		                                .arena = asking[i]->v.arena,
		                                .outing = &asking[i]->outing};
	struct corridor corridor = {.conf = &gate->conf,
	                            .policy = gate->conf.policy,
	                            .registry = gate->conf.registry,
	                            .relay = gate->conf.relay,
	                            .journal = gate->conf.journal,
	                            .answers = &gate->answers};
	TRY(corridor_walk(&corridor, r->tx, asks, n, r->now_us, verdicts, &r->err));
	return draw_verdicts(r, asking, verdicts, n);
}

/* Who asks, and does he come in? */
static enum rc come_in(struct walk_early *early, struct tx *tx, int64_t now_us, struct err *err)
{
	struct call *call = early->call;
	struct visit *v = &call->v;
	const struct principal *who = NULL;
	ground_set against;
	const unsigned char(*token)[SESSION_TOKEN_SIZE] = (const unsigned char(*)[SESSION_TOKEN_SIZE]) & call->token;
	struct session_limits limits = v->gate->limits;
	limits.still = v->route->flags & ROUTE_STILL;
	if (call->has_token)
		TRY(session_principals(tx, token, 1, &limits, now_us, &who, err));
	v->who = who;
	TRY(look_at(v, tx, now_us, &against, err));
	early->entered = entrance(call) && !(v->who && stopped(v, against));
	return RC_OK;
}

enum rc walk_early(struct walk_early *early, struct tx *tx, int64_t now_us, struct err *err)
{
	struct visit *v = &early->call->v;
	v->tx = tx;
	v->now_us = now_us;
	enum rc rc = come_in(early, tx, now_us, err);
	if (rc == RC_OK && early->entered)
		rc = early->step(v, early->arg, err);
	v->tx = NULL;
	v->who = NULL;
	v->standing = (struct standing){0};
	buf_free(&v->out.body);
	v->out = (struct http_response){.status = 200};
	early->call->refused = false;
	return rc;
}

/* Is the log another's by now (journal/lease.h)? */
static bool is_overtaken(const struct gate *gate)
{
	return gate->conf.journal && journal_is_lost(gate->conf.journal);
}

/* Inquiries walk together and lock in one order; pages that only read lock nothing but their sessions, in order too.
 * A page that writes, and an errand, lock as they come to it: they have the office for themselves. */
static enum tx_turn turn_of(const struct round *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (!is_inquiry(r->calls[i]) && (r->calls[i]->errand || r->calls[i]->v.route->method != HTTP_GET))
			return TURN_ALONE;
	return TURN_SHARED;
}

static enum rc walk(struct round *r, struct tx *tx)
{
	TRY(tx_take_turn(tx, turn_of(r), &r->err));
	r->tx = tx;
	look_at_mark(r, false);
	for (size_t i = 0; i < r->n; i++) {
		r->calls[i]->v.tx = tx;
		r->calls[i]->v.now_us = r->now_us;
	}
	TRY(find_principals(r, is_persons_page));
	TRY(find_principals(r, is_still_page));
	TRY(let_in(r, is_page_with_token, token_enter));
	mark_sandbox(r);
	TRY(run_steps(r));
	mark_sandbox(r);
	TRY(run_inquiries(r));
	if (is_overtaken(r->gate)) /* a step may have hidden it */
		return FAIL(&r->err, RC_BROKEN, "nomor simpul ini telah diambil proses lain");
	return RC_OK;
}

/* Whoever won gets his turn first: a row that was let go is taken by the first who comes, not by the
 * first who waited. */
static void give_way(const struct round *r)
{
	int walks = 0;
	for (size_t i = 0; i < r->n; i++)
		walks = r->calls[i]->walks > walks ? r->calls[i]->walks : walks;
	if (walks)
		nanosleep(&(struct timespec){.tv_nsec = walks * GIVE_WAY_NS}, NULL);
}

static enum rc run_round(struct round *r)
{
	TX_AUTO *tx = NULL;
	give_way(r);
	r->fate = TX_UNDONE;
	r->inquiries = 0;
	r->marked = false;
	if (tx_begin_within(r->gate->conf.office, TX_WRITE, &r->gate->patience, &tx, &r->err) != RC_OK)
		return RC_BROKEN; /* a standby refuses; to an errand that would say that its work was */
	enum rc rc = walk(r, tx);
	if (rc != RC_OK) {
		r->fate = tx_fate(tx);
		return rc;
	}
	look_at_mark(r, true);
	return tx_commit_fate(&tx, &r->fate, &r->err);
}

/* Nothing of the transaction is left, and nothing that lived in it may be read. */
static void refuse_undone(struct call *call)
{
	call->v.who = NULL;
	call->v.verdict = NULL;
	call->v.standing = (struct standing){0};
	call_refuse(call, 503, NULL);
}

/* ---- to the system above and back ---- */

static void come_back(void *arg)
{
	struct call *call = arg;
	tray_return(call->v.gate->tray, &call->item);
}

/* true: it is durable that it asks; the visit waits for what it hears. */
static bool go_out(struct call *call)
{
	struct outing *outing = call->outing;
	if (!goes_out(call))
		return false;
	outing->back = true;
	call->v.gate->visits--; /* counted when it is back */
	call->v.who = NULL;
	call->v.standing = (struct standing){0};
	relay_send(call->v.gate->conf.relay, outing->job, come_back, call); /* it may be back before this returns */
	return true;
}

/* Everyone's answer, once it is certain. */
static void answer_all(struct round *r, enum rc rc)
{
	for (size_t i = 0; i < r->n; i++) {
		struct call *call = r->calls[i];
		if (call->errand) {
			if (rc != RC_OK) {
				call->errand->rc = rc;
				call->errand->err = r->err;
			}
			errand_done(call->errand);
			continue;
		}
		call->v.tx = NULL;
		if (rc == RC_OK && go_out(call))
			continue;
		if (call->outing)
			outing_end(r->gate->conf.relay, &call->outing);
		if (rc == RC_OK) {
			call_committed(call);
			continue;
		}
		refuse_undone(call);
		call_reply(call);
	}
}

/* A page with a large body has much to write, and everyone in its tray waits for it and
 * shares its memory. What is past the ration goes with the next tray. */
static size_t ration(struct gate *gate, struct tray_item **items, size_t n)
{
	struct tray_item *later[TRAY_MAX];
	size_t now = 0, later_n = 0, bytes = 0;
	for (size_t i = 0; i < n; i++) {
		const struct call *call = call_of_item(items[i]);
		size_t size = is_page(call) ? http_body(call->v.rq).n : 0;
		if (size && bytes && bytes + size > BODIES_MAX) {
			later[later_n++] = items[i];
			continue;
		}
		bytes += size;
		items[now++] = items[i];
	}
	tray_put_back(gate->tray, later, later_n);
	return now;
}

/* Those that cannot walk again are told so; the others are as they came. */
static void make_again(struct round *r)
{
	struct round left = *r;
	struct call *behind[TRAY_MAX];
	size_t n = 0;
	left.calls = behind;
	left.n = 0;
	for (size_t i = 0; i < r->n; i++) {
		if (!again_may(r->calls[i])) {
			behind[left.n++] = r->calls[i];
			continue;
		}
		again_make(r->calls[i]);
		r->calls[n++] = r->calls[i];
	}
	answer_all(&left, RC_BROKEN);
	r->n = n;
	r->err = (struct err){0};
	r->now_us = clock_now_us();
	arena_reset(&r->gate->answers);
}

/* Of a connection that breaks the server's last words may be lost; what never was committed
 * then looks as if nobody knew. */
static enum rc run_and_settle(struct round *r, int64_t until_us)
{
	enum rc rc = run_round(r);
	if (rc == RC_OK || r->fate != TX_UNKNOWN || !r->marked)
		return rc;
	rc = settle(r->gate, &r->mark, until_us, &r->err);
	if (rc == RC_ABSENT)
		r->fate = TX_AGAIN;
	return rc;
}

/* One tray's worth of time: to walk, to find out, to walk again. */
static enum rc run_rounds(struct round *r)
{
	int64_t until_us = clock_steady_us() + r->gate->patience.us;
	enum rc rc = run_and_settle(r, until_us);
	while (rc != RC_OK && r->fate == TX_AGAIN && r->n && clock_steady_us() < until_us) {
		make_again(r);
		rc = run_and_settle(r, until_us);
	}
	return rc;
}

void walk_tray(void *arg, struct tray_item **items, size_t n)
{
	struct gate *gate = arg;
	struct call *calls[TRAY_MAX];
	assert(n <= TRAY_MAX);
	n = ration(gate, items, n);
	struct round round = {.gate = gate, .now_us = clock_now_us(), .calls = calls, .n = n};
	for (size_t i = 0; i < n; i++)
		calls[i] = call_of_item(items[i]);
	arena_init(&gate->answers, ANSWERS_MAX);
	int64_t began_us = clock_steady_us();
	enum rc rc = run_rounds(&round);
	if (rc == RC_OK) {
		gate->inquiries += round.inquiries;
	} else {
		gate->failed++;
		gate->failed_us = round.now_us;
		vigil_note(gate, &round.err);
	}
	answer_all(&round, rc);
	if (rc != RC_OK && clock_steady_us() - began_us >= gate->patience.us / 2)
		vigil_refuse_waiting(gate); /* they have waited as long; the next attempt may take as long again */
	arena_free(&gate->answers);
	gate->trays++;
	gate->visits += (int64_t)round.n;
	if (rc != RC_OK && (store_is_poisoned(gate->conf.office) || is_overtaken(gate)))
		gate->conf.fatal(gate->conf.arg, &round.err);
}
