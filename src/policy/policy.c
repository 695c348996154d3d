/* SPDX-License-Identifier: EUPL-1.2
 * policy/policy.c - a tray walks through policy, in this order:
 *
 *   facts     every instansi once, in order of id; NDAs; kejadian     (facts.c)
 *   owed      data balikan of those whose version refuses for it      (owed.c)
 *   grounds   what stands against each inquiry but the quota          (grounds.c)
 *   watch     what the pattern guard remembers of those against whom nothing of steps
 *             1 to 6 stands, the rows of their instansi locked in order; who is under a
 *             hold is refused here (watch.c)
 *   hold      the quota rows of those nothing stands against, locked in order of
 *             instansi and method; under these locks the repeat keys are read
 *   walk      in order of the tray: a repeat is free; a new inquiry is shown to the
 *             guard, and one that trips a hold is refused; what is left takes a hit or
 *             is refused; whoever is left then gets a permit
 *   spend     what was taken; an update only where it is not what hold charged
 *
 * Where the registry is a system above, an inquiry walks here twice (policy/reservation.h): out, as
 * told, but for a place with that system, which is asked for before the hit; and back, when
 * whatever speaks against it by now is looked at again, quota and debts apart, since it has
 * paid. Under the quota rows its reservation ends.
 *
 * What must stay true: no permit without decide() saying so; no hit without a permit;
 * a rollback of the caller's transaction undoes charges and repeats alike. */
#include "policy/policy.h"

#include <assert.h>

#include "policy/facts.h"
#include "policy/grounds.h"
#include "policy/owed.h"
#include "policy/pace.h"
#include "policy/permit_inside.h"
#include "policy/policy.sql.h"
#include "policy/repeat.h"
#include "policy/sandbox_inside.h"
#include "policy/watch.h"
#include "store/store.h"

#define REPEAT_KEY_SIZE 32

struct policy {
	struct arena arena; /* holds this struct itself */
	struct policy_conf conf;
	struct agreement *agreement;
	struct repeat_rules repeats;
	struct recall *recall;
	struct watch_conf watch;
	struct pace pace;
};

/* One tray under way. Arrays of tray.n in tx_arena. */
struct walk {
	struct policy_tray tray;
	const struct policy_conf *conf;
	const struct repeat_rules *rules;
	const struct watch_conf *watch;
	struct pace *pace;
	struct policy_verdict *verdicts;
	struct fact *facts;
	ground_set *against;
	bool *passed;              /* nothing stands against it but perhaps the quota; never of a rehearsal */
	struct quota_line **lines; /* the counter of each ask; NULL without an instansi */
	struct quota_line *held, *seen;
	size_t held_n, seen_n;
	struct repeat **repeats;
	struct watched **watched; /* NULL: the guard has nothing to do with it */
};

/* Of him only walk_rehearsal() speaks: owed, watch, hold and walk pass him over. */
static bool is_rehearsal(const struct policy_ask *ask)
{
	return ask->who && principal_is_sandbox(ask->who);
}

int64_t policy_kejadian(const struct policy_ask *ask)
{
	if (ask->kejadian_id)
		return ask->kejadian_id;
	return ask->who ? principal_kejadian(ask->who) : 0;
}

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

enum rc policy_open(const struct policy_conf *conf, struct agreement *agreement, struct policy **ret, struct err *err)
{
	struct arena arena;
	bool keys = conf->repeat_key.n == REPEAT_KEY_SIZE && conf->office_key.n == SEAL_KEY_SIZE;
	if (!keys || conf->repeat_life_us < 0 || conf->repeat_max < 0 || conf->sandbox_per_minute < 0)
		return FAIL(err, RC_INVALID, "pengaturan kebijakan tidak sah");
	arena_init(&arena, sizeof(struct policy) + 4096);
	struct policy *policy = ARENA_NEW(&arena, struct policy);
	if (!policy)
		return no_memory(err);
	policy->arena = arena;
	policy->conf = *conf;
	policy->agreement = agreement;
	policy->repeats = (struct repeat_rules){secret_str(&conf->repeat_key), conf->repeat_life_us, conf->repeat_max};
	policy->watch = (struct watch_conf){&policy->conf.office_key, conf->guard == GUARD_OBSERVE};
	policy->pace.per_minute = conf->sandbox_per_minute;
	*ret = policy;
	enum rc rc = recall_open(&policy->recall, err);
	if (rc != RC_OK)
		policy_close(policy);
	return rc;
}

void policy_close(struct policy *policy)
{
	if (!policy)
		return;
	recall_close(policy->recall);
	struct arena arena = policy->arena; /* out of the memory it is about to give back */
	arena_free(&arena);
}

static enum rc tray_begin(struct policy *policy, struct tx *tx, int64_t now_us, struct policy_tray *ret, struct err *err)
{
	*ret = (struct policy_tray){.agreement = policy->agreement, .recall = policy->recall, .tx = tx, .now_us = now_us};
	ret->moment.day = day_of_us(now_us);
	return agreement_mark(tx, &ret->moment.mark, err);
}

static enum rc walk_begin(struct walk *w, struct err *err)
{
	struct arena *arena = tx_arena(w->tray.tx);
	w->against = ARENA_ARRAY(arena, w->tray.n, ground_set);
	w->passed = ARENA_ARRAY(arena, w->tray.n, bool);
	w->lines = ARENA_ARRAY(arena, w->tray.n, struct quota_line *);
	w->held = ARENA_ARRAY(arena, w->tray.n, struct quota_line);
	w->seen = ARENA_ARRAY(arena, w->tray.n, struct quota_line);
	w->repeats = ARENA_ARRAY(arena, w->tray.n, struct repeat *);
	w->watched = ARENA_ARRAY(arena, w->tray.n, struct watched *);
	return arena->broken ? no_memory(err) : RC_OK;
}

static enum rc walk_grounds(struct walk *w, struct err *err)
{
	TRY(facts_read(&w->tray, &w->facts, err));
	bool *owes = ARENA_ARRAY(tx_arena(w->tray.tx), w->tray.n, bool);
	if (!owes)
		return no_memory(err);
	TRY(facts_read_kejadian(&w->tray, w->facts, err));
	TRY(owed_read(w->conf, &w->tray, w->facts, owes, err));
	for (size_t i = 0; i < w->tray.n; i++) {
		w->against[i] = grounds_of_inquiry(&w->tray.asks[i], &w->facts[i]);
		if (is_rehearsal(&w->tray.asks[i]))
			continue;
		w->against[i] |= owes[i] && w->tray.asks[i].leg != LEG_BACK ? GROUND_BIT(GROUND_DEBT_LIMIT) : 0;
		w->passed[i] = decide(w->against[i]).ground == GROUND_NONE;
	}
	return RC_OK;
}

/* Nothing of steps 1 to 6 of the table. */
static bool is_watched(ground_set against)
{
	enum ground first = decide(against).ground;
	return first == GROUND_NONE || first >= GROUND_NO_KEJADIAN;
}

static void walk_refuse_held(struct walk *w, size_t i)
{
	w->against[i] |= GROUND_BIT(GROUND_GUARD_HOLD);
	w->passed[i] = false;
}

static enum rc walk_watch(struct walk *w, struct err *err)
{
	bool *wanted = ARENA_ARRAY(tx_arena(w->tray.tx), w->tray.n, bool);
	if (!wanted)
		return no_memory(err);
	for (size_t i = 0; i < w->tray.n; i++)
		wanted[i] = !is_rehearsal(&w->tray.asks[i]) && is_watched(w->against[i]);
	TRY(watch_read(w->watch, &w->tray, wanted, w->watched, err));
	for (size_t i = 0; i < w->tray.n; i++)
		if (w->watched[i] && watch_is_held(w->watched[i]))
			walk_refuse_held(w, i);
	return RC_OK;
}

int64_t policy_quota_limit(const struct standing *standing, enum method method)
{
	if (!standing->terms || !standing->terms->methods[method].granted)
		return 0;
	const struct terms_method *terms = &standing->terms->methods[method];
	return standing->poc_passed[method] ? terms->quota_after_poc : terms->quota_before_poc;
}

static struct quota_line line_of(const struct fact *fact, enum method method)
{
	return (struct quota_line){
		.instansi_id = fact->home->instansi_id,
		.method = method,
		.use.limit = policy_quota_limit(&fact->home->standing, method),
	};
}

static bool is_counted(const struct walk *w, size_t i)
{
	const struct place *home = w->facts[i].home;
	const struct policy_ask *ask = &w->tray.asks[i];
	return home && home->known && (unsigned)ask->method < METHOD_COUNT && !is_rehearsal(ask);
}

static bool is_back(const struct walk *w, size_t i)
{
	return w->tray.asks[i].leg == LEG_BACK;
}

/* Of those that come back what counts is where they were charged. */
static struct quota_line line_of_run(const struct walk *w, const struct fact_key *key)
{
	const struct fact *fact = &w->facts[key->at];
	if (fact->home && fact->home->instansi_id == key->a)
		return line_of(fact, (enum method)key->b);
	return (struct quota_line){.instansi_id = key->a, .method = (enum method)key->b};
}

/* One line for each instansi and method; held where somebody may be charged, or was. */
static void lines_of_runs(struct walk *w, const struct fact_key *keys, size_t n)
{
	for (size_t i = 0; i < n;) {
		size_t end = fact_keys_run(keys, n, i);
		int64_t charged = 0;
		bool back = false;
		for (size_t k = i; k < end; k++) {
			charged += w->passed[keys[k].at] && !is_back(w, keys[k].at);
			back |= is_back(w, keys[k].at);
		}
		struct quota_line *line = charged || back ? &w->held[w->held_n++] : &w->seen[w->seen_n++];
		*line = line_of_run(w, &keys[i]);
		line->charged = charged;
		for (; i < end; i++)
			w->lines[keys[i].at] = line;
	}
}

static enum rc walk_hold(struct walk *w, struct err *err)
{
	struct fact_key *keys = ARENA_ARRAY(tx_arena(w->tray.tx), w->tray.n, struct fact_key);
	size_t n = 0;
	if (!keys)
		return no_memory(err);
	for (size_t i = 0; i < w->tray.n; i++) {
		const struct policy_ask *ask = &w->tray.asks[i];
		if (ask->leg == LEG_BACK)
			keys[n++] = (struct fact_key){ask->reservation->instansi_id, ask->reservation->method, i};
		else if (is_counted(w, i))
			keys[n++] = (struct fact_key){w->facts[i].home->instansi_id, ask->method, i};
	}
	fact_keys_sort(keys, n);
	lines_of_runs(w, keys, n);
	TRY(quota_hold(w->tray.tx, w->held, w->held_n, w->tray.now_us, err));
	return quota_look(w->tray.tx, w->seen, w->seen_n, w->tray.now_us, err);
}

/* Also of those that come back and are refused: their key may have to be forgotten. */
static enum rc walk_repeats(struct walk *w, struct err *err)
{
	bool *wanted = ARENA_ARRAY(tx_arena(w->tray.tx), w->tray.n, bool);
	if (!wanted)
		return no_memory(err);
	for (size_t i = 0; i < w->tray.n; i++)
		wanted[i] = w->passed[i] || (is_back(w, i) && w->tray.asks[i].who);
	return repeat_read(w->rules, &w->tray, wanted, w->repeats, err);
}

/* ---- what comes back ---- */

/* A hit of today goes back to the line that is held; one of another day has its own row. */
static enum rc give_back(struct walk *w, struct reservation *const *all, const size_t *whose, size_t n, struct err *err)
{
	struct sql_quota_correct_in *in = ARENA_ARRAY(tx_arena(w->tray.tx), n, struct sql_quota_correct_in);
	size_t other = 0;
	if (!in)
		return no_memory(err);
	for (size_t i = 0; i < n; i++) {
		const struct reservation *r = all[i];
		struct quota_line *line = w->lines[whose[i]];
		if (!r->refund)
			continue;
		if (r->day.n == w->tray.moment.day.n) {
			line->use.used--;
			line->hits--;
			continue;
		}
		in[other++] = (struct sql_quota_correct_in){
			.hits = -1, .instansi_id = r->instansi_id, .method = r->method, .day = r->day.n};
	}
	return other ? sql_quota_correct(w->tray.tx, in, other, err) : RC_OK;
}

static enum rc walk_back(struct walk *w, struct err *err)
{
	struct reservation **all = ARENA_ARRAY(tx_arena(w->tray.tx), w->tray.n, struct reservation *);
	size_t *whose = ARENA_ARRAY(tx_arena(w->tray.tx), w->tray.n, size_t);
	size_t n = 0;
	if (!all || !whose)
		return no_memory(err);
	for (size_t i = 0; i < w->tray.n; i++) {
		if (!is_back(w, i))
			continue;
		whose[n] = i;
		all[n++] = w->tray.asks[i].reservation;
	}
	if (n == 0)
		return RC_OK;
	TRY(reservation_settle(w->tray.tx, all, n, err));
	return give_back(w, all, whose, n, err);
}

/* true: a repeat, and *v says of what. */
static bool verdict_repeats(const struct walk *w, struct repeat *repeat, struct policy_verdict *v)
{
	if (!repeat || !repeat_take(repeat, w->rules))
		return false;
	v->repeat = true;
	v->repeat_in_tray = repeat->in_tray;
	v->repeat_at = repeat->in_tray ? repeat->at : 0;
	v->repeat_of = repeat->in_tray ? 0 : repeat->seq;
	return true;
}

/* J.II.E1: before the registry, also where 15 or 05 will follow. */
static void walk_guard(struct walk *w, size_t i)
{
	struct watched *watched = w->watched[i];
	if (!watched)
		return;
	if (!watch_is_held(watched))
		watch_look(w->watch, watched, &w->tray.asks[i], &w->verdicts[i], w->tray.now_us);
	if (watch_is_held(watched)) /* by this one, or by one before it */
		walk_refuse_held(w, i);
}

/* A hit taken: true. */
static bool walk_charge(struct walk *w, size_t i)
{
	struct repeat *repeat = w->repeats[i];
	struct policy_verdict *v = &w->verdicts[i];
	v->repeat_clash = repeat && repeat_is_clash(repeat);
	if (!quota_take(w->lines[i]))
		return false;
	v->repeat_new = repeat != NULL;
	if (repeat)
		repeat_begin(repeat, i, w->tray.now_us);
	return true;
}

/* P2.1a: what is asked for beyond the grant is left out, not refused. */
static struct permit *permit_for(const struct walk *w, size_t i)
{
	const struct policy_ask *ask = &w->tray.asks[i];
	const struct place *home = w->facts[i].home;
	assert(home && home->standing.terms); /* without them a ground stands, and no permit is asked for */
	const struct standing *standing = &home->standing;
	element_set granted = standing->terms->elements;
	struct permit *permit = ARENA_NEW(tx_arena(w->tray.tx), struct permit);
	if (permit)
		*permit = (struct permit){
			.nik = ask->nik,
			.elements = ask->wanted ? ask->wanted & granted : granted,
			.method = ask->method,
			.claim = ask->method == METHOD_VERIFY ? ask->claim : NULL,
			.instansi_id = standing->instansi_id,
			.version_id = standing->version_id,
			.repeat = w->verdicts[i].repeat,
		};
	return permit;
}

/* The paper of a rehearsal: neither quota nor repeat, guard or kejadian has to do with it. */
static enum rc walk_rehearsal(struct walk *w, size_t i, struct err *err)
{
	const struct policy_ask *ask = &w->tray.asks[i];
	struct policy_verdict *v = &w->verdicts[i];
	v->kejadian_id = 0;
	v->quota.limit = -1;
	v->wait_s = pace_take(w->pace, principal_instansi(ask->who), w->tray.now_us);
	if (v->wait_s)
		return RC_OK;
	v->ruling = decide(w->against[i]);
	if (v->ruling.ground != GROUND_NONE)
		return RC_OK;
	assert(v->standing.terms);
	element_set granted = v->standing.terms->elements;
	struct sandbox_permit *permit = ARENA_NEW(tx_arena(w->tray.tx), struct sandbox_permit);
	if (permit)
		*permit = (struct sandbox_permit){.nik = ask->nik,
		                                  .elements = ask->wanted ? ask->wanted & granted : granted,
		                                  .method = ask->method,
		                                  .claim = ask->method == METHOD_VERIFY ? ask->claim : NULL};
	v->rehearsal = permit;
	return permit ? RC_OK : no_memory(err);
}

/* Whoever says that a key means one request, and sends another under it, is told so before
 * anything is spent. */
static bool walk_clashes(const struct walk *w, size_t i)
{
	return w->passed[i] && w->tray.asks[i].repeat_strict && w->repeats[i] && repeat_is_clash(w->repeats[i]);
}

static enum rc walk_permit(struct walk *w, size_t i, struct err *err)
{
	struct policy_verdict *v = &w->verdicts[i];
	v->ruling = decide(w->against[i]);
	if (w->lines[i])
		v->quota = w->lines[i]->use;
	if (v->ruling.ground != GROUND_NONE)
		return RC_OK;
	assert(w->passed[i]);
	v->permit = permit_for(w, i);
	return v->permit ? RC_OK : no_memory(err);
}

/* It was charged when it went out; what it may not be answered with, nobody gets. */
static enum rc walk_verdict_back(struct walk *w, size_t i, struct err *err)
{
	const struct policy_ask *ask = &w->tray.asks[i];
	struct policy_verdict *v = &w->verdicts[i];
	v->repeat = ask->was_repeat;
	v->repeat_of = ask->was_repeat_of;
	v->repeat_note = w->repeats[i];
	v->guard_note = w->watched[i];
	TRY(walk_permit(w, i, err));
	if (ask->reservation->lost)
		v->permit = NULL;
	return RC_OK;
}

/* true: the system above has no room for it now, and nothing is counted. */
static bool is_shut(const struct walk *w, size_t i)
{
	const struct policy_ask *ask = &w->tray.asks[i];
	bool asks = ask->leg == LEG_OUT && w->passed[i] && !(w->watched[i] && watch_is_held(w->watched[i]));
	return asks && !ask->room->take(ask->room->arg, &w->facts[i].home->standing, i);
}

static void name_hit(const struct walk *w, size_t i)
{
	struct policy_verdict *v = &w->verdicts[i];
	if (w->repeats[i])
		repeat_hit(w->rules, w->repeats[i], v->hit, sizeof v->hit);
	else
		secret_random(v->hit, sizeof v->hit);
}

static enum rc walk_verdict(struct walk *w, size_t i, struct err *err)
{
	const struct fact *fact = &w->facts[i];
	struct policy_verdict *v = &w->verdicts[i];
	*v = (struct policy_verdict){.kejadian_id = fact->kejadian_id};
	if (fact->home)
		v->standing = fact->home->standing;
	if (is_rehearsal(&w->tray.asks[i]))
		return walk_rehearsal(w, i, err);
	if (is_back(w, i))
		return walk_verdict_back(w, i, err);
	v->shut = is_shut(w, i);
	if (v->shut)
		return RC_OK;
	bool held = w->watched[i] && watch_is_held(w->watched[i]); /* in this very tray, too */
	bool repeat = w->passed[i] && !held && verdict_repeats(w, w->repeats[i], v);
	v->repeat_note = w->repeats[i];
	bool clash = !repeat && !held && walk_clashes(w, i);
	if (!repeat && !clash)
		walk_guard(w, i);
	if (clash)
		w->against[i] |= GROUND_BIT(GROUND_MALFORMED);
	else if (w->passed[i] && !repeat && !walk_charge(w, i))
		w->against[i] |= GROUND_BIT(GROUND_QUOTA);
	v->repeat_clash |= clash;
	if (w->tray.asks[i].leg == LEG_OUT)
		name_hit(w, i);
	return walk_permit(w, i, err);
}

enum rc policy_decide(struct policy *policy, struct tx *tx, const struct policy_ask *asks, size_t n, int64_t now_us,
                      struct policy_verdict *ret, struct err *err)
{
	struct walk w = {.conf = &policy->conf,
	                 .rules = &policy->repeats,
	                 .watch = &policy->watch,
	                 .pace = &policy->pace,
	                 .verdicts = ret};
	if (n == 0)
		return RC_OK;
	TRY(tray_begin(policy, tx, now_us, &w.tray, err));
	w.tray.asks = asks;
	w.tray.n = n;
	TRY(walk_begin(&w, err));
	TRY(walk_grounds(&w, err));
	TRY(walk_watch(&w, err));
	TRY(walk_hold(&w, err));
	TRY(walk_repeats(&w, err));
	TRY(walk_back(&w, err));
	for (size_t i = 0; i < n; i++)
		TRY(walk_verdict(&w, i, err));
	return quota_spend(tx, w.held, w.held_n, now_us, err);
}

/* It went out and is back: its first is from now on the entry that tells the answer. */
static struct repeat *repeat_back(const struct policy_ask *ask, const struct policy_verdict *v, int64_t seq)
{
	struct repeat *repeat = v->repeat_note;
	if (!repeat)
		return NULL;
	if (ask->reservation->refund) {
		repeat_forget(repeat);
	} else if (repeat->live && !v->repeat && ask->reservation->made) {
		repeat->seq = seq;
		repeat->changed = true;
	}
	return repeat;
}

/* A repeat key after its inquiry; NULL: there is nothing to write. */
static struct repeat *repeat_answered(const struct policy_ask *ask, const struct policy_verdict *v, enum outcome outcome,
                                      int64_t seq)
{
	if (ask->leg == LEG_BACK)
		return repeat_back(ask, v, seq);
	struct repeat *repeat = v->permit ? v->repeat_note : NULL;
	if (!repeat || !v->repeat_new)
		return repeat;
	if (ask->leg == LEG_WHOLE && !outcome_get(outcome)->hit)
		repeat->changed = false; /* it never reached the registry: there is nothing to repeat */
	repeat->seq = seq;
	return repeat;
}

/* What became of an inquiry, and where it stands in the journal. */
struct answered {
	enum outcome outcome;
	int64_t seq, now_us;
};

static enum rc guard_answered(struct tx *tx, const struct policy_ask *ask, struct policy_verdict *v,
                              struct answered at, struct err *err)
{
	struct watched *watched = v->guard_note;
	bool out = ask->leg == LEG_OUT && v->permit, nothing = ask->leg == LEG_BACK && !at.outcome;
	if (!watched || v->repeat || out || nothing)
		return RC_OK;
	watch_learn(watched, ask, v, at.outcome, at.now_us);
	if (v->guard.verdict.stage != GUARD_HOLD || v->guard.observed)
		return RC_OK;
	struct hold hold = {.user = principal_user(ask->who),
	                    .user_id = principal_user_id(ask->who),
	                    .instansi_id = principal_instansi(ask->who),
	                    .seq = at.seq,
	                    .held_us = at.now_us};
	return watch_hold(watched, tx, v, hold, err);
}

enum rc policy_answered(struct policy *policy, struct tx *tx, const struct policy_ask *asks, struct policy_verdict *verdicts,
                        const enum outcome *outcomes, const int64_t *seqs, size_t n, int64_t now_us, struct err *err)
{
	if (n == 0)
		return RC_OK;
	struct repeat **repeats = ARENA_ARRAY(tx_arena(tx), n, struct repeat *);
	struct watched **watched = ARENA_ARRAY(tx_arena(tx), n, struct watched *);
	if (!repeats || !watched)
		return no_memory(err);
	for (size_t i = 0; i < n; i++) {
		repeats[i] = repeat_answered(&asks[i], &verdicts[i], outcomes[i], seqs[i]);
		watched[i] = verdicts[i].guard_note;
		TRY(guard_answered(tx, &asks[i], &verdicts[i], (struct answered){outcomes[i], seqs[i], now_us}, err));
	}
	TRY(watch_write(&policy->watch, tx, watched, n, err));
	return repeat_write(tx, repeats, n, err);
}

enum rc policy_grounds(struct policy *policy, struct tx *tx, const struct principal *who, const struct addr *peer, int64_t now_us,
                       ground_set *ret, struct standing *ret_standing, struct err *err)
{
	struct policy_ask ask = {.who = who, .peer = *peer};
	struct policy_tray tray;
	struct fact *fact;
	TRY(tray_begin(policy, tx, now_us, &tray, err));
	tray.asks = &ask;
	tray.n = 1;
	TRY(facts_read(&tray, &fact, err));
	*ret = grounds_of_person(&ask, fact);
	if (who && facts_may_look_up(who) && !principal_is_sandbox(who)) {
		bool held, owes = false;
		TRY(owed_read(&policy->conf, &tray, fact, &owes, err));
		*ret |= owes ? GROUND_BIT(GROUND_DEBT_LIMIT) : 0;
		TRY(watch_is_user_held(&policy->watch, tx, principal_user(who), &held, err));
		*ret |= held ? GROUND_BIT(GROUND_GUARD_HOLD) : 0;
	}
	*ret_standing = fact->home ? fact->home->standing : (struct standing){.instansi_id = 0};
	return RC_OK;
}

int policy_rehearse(struct policy *policy, const struct principal *who, int64_t now_us)
{
	return pace_take(&policy->pace, principal_instansi(who), now_us);
}

enum rc policy_sweep(struct policy *policy, struct tx *tx, int64_t now_us, int64_t *ret_gone, struct err *err)
{
	return sql_repeat_sweep(tx, (struct sql_repeat_sweep_in){now_us - policy->repeats.life_us}, ret_gone, err);
}
