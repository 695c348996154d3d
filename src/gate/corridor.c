/* SPDX-License-Identifier: EUPL-1.2
 * gate/corridor.c - see corridor.h. Each step works on the whole tray, in arrays that
 * live in the transaction's arena. */
#include "gate/corridor.h"

#include <assert.h>

#include "feedback/debt.h"
#include "gate/gate.h"
#include "gate/outing.h"
#include "gate/sandbox.h"
#include "journal/journal.h"
#include "policy/policy.h"
#include "registry/registry.h"
#include "registry/sandbox.h"
#include "store/store.h"

/* The arrays of one walk; all of length n. */
struct walk {
	const struct corridor *corridor;
	const struct corridor_ask *asks;
	size_t n;
	int64_t now_us;
	struct policy_ask *policy_asks;
	struct policy_verdict *verdicts;
	const struct permit **permits;
	const struct answer **answers;
	enum outcome *outcomes;
	struct entry *entries;
	const struct receipt **receipts;
	int64_t *seqs;
	bool *fresh; /* a debt that was not there before */
	/* where a system above is asked: the place of those that go out, and why there is no answer */
	struct relay_place *places;
	enum relay_trouble *troubles;
	int *waits_s; /* where there was no place */
};

static struct outing *outing_of(const struct walk *w, size_t i)
{
	return w->corridor->relay ? *w->asks[i].outing : NULL;
}

static bool comes_back(const struct walk *w, size_t i)
{
	return outing_of(w, i) && outing_of(w, i)->back;
}

static bool goes_out(const struct walk *w, size_t i)
{
	return outing_of(w, i) && !outing_of(w, i)->back;
}

static enum rc walk_init(struct walk *w, struct tx *tx, struct err *err)
{
	struct arena *arena = tx_arena(tx);
	w->policy_asks = ARENA_ARRAY(arena, w->n, struct policy_ask);
	w->verdicts = ARENA_ARRAY(arena, w->n, struct policy_verdict);
	w->permits = ARENA_ARRAY(arena, w->n, const struct permit *);
	w->answers = ARENA_ARRAY(arena, w->n, const struct answer *);
	w->outcomes = ARENA_ARRAY(arena, w->n, enum outcome);
	w->entries = ARENA_ARRAY(arena, w->n, struct entry);
	w->receipts = ARENA_ARRAY(arena, w->n, const struct receipt *);
	w->seqs = ARENA_ARRAY(arena, w->n, int64_t);
	w->fresh = ARENA_ARRAY(arena, w->n, bool);
	w->places = ARENA_ARRAY(arena, w->n, struct relay_place);
	w->troubles = ARENA_ARRAY(arena, w->n, enum relay_trouble);
	w->waits_s = ARENA_ARRAY(arena, w->n, int);
	for (size_t i = 0; i < w->n && !arena->broken; i++)
		w->places[i].user = -1;
	return arena->broken ? FAIL(err, RC_BROKEN, "memori nampan tidak cukup") : RC_OK;
}

static struct policy_ask policy_ask_of(const struct corridor_ask *ask)
{
	const struct inquiry *q = ask->inquiry;
	return (struct policy_ask){
		.who = ask->who,
		.against = q->against,
		.path_instansi = q->path_instansi,
		.peer = *ask->peer,
		.claimed = q->claimed,
		.method = q->method,
		.nik_bad = q->nik_bad,
		.nik = q->nik,
		.wanted = q->wanted,
		.claim = q->claim,
		.kejadian_id = q->kejadian_id,
		.repeat_key = q->repeat_key,
		.repeat_body = q->repeat_body,
		.repeat_order = q->repeat_order,
		.repeat_strict = q->repeat_strict,
	};
}

/* ---- where the registry is a system above ---- */

static bool take_place(void *arg, const struct standing *standing, size_t at)
{
	struct walk *w = arg;
	enum method method = w->asks[at].inquiry->method;
	w->troubles[at] = relay_place_take(w->corridor->relay, standing->code, method, &w->places[at], &w->waits_s[at]);
	return w->troubles[at] == RELAY_WELL;
}

/* It comes back for the purpose it went out for, whatever the session has chosen since. */
static void turn_back(struct walk *w, size_t i)
{
	struct policy_ask *ask = &w->policy_asks[i];
	struct outing *outing = outing_of(w, i);
	assert(outing);
	struct reservation *r = &outing->reservation;
	w->troubles[i] = relay_job_trouble(outing->job);
	r->made = w->troubles[i] == RELAY_WELL && outcome_get(relay_job_outcome(outing->job))->hit;
	ask->leg = LEG_BACK;
	ask->reservation = r;
	ask->kejadian_id = outing->kejadian_id;
	ask->was_repeat = outing->repeat;
	ask->was_repeat_of = outing->repeat_of;
}

/* Who got a permit goes out with his place; the others give theirs back. */
static enum rc send_out(struct walk *w, struct err *err)
{
	enum rc rc = RC_OK;
	for (size_t i = 0; i < w->n; i++) {
		if (w->places[i].user < 0)
			continue;
		if (rc == RC_OK && w->verdicts[i].permit)
			rc = outing_make(&w->verdicts[i], w->asks[i].who, &w->places[i], w->asks[i].arena, w->now_us,
			                 w->asks[i].outing, err);
		relay_place_give(w->corridor->relay, &w->places[i]); /* nothing where it went over */
	}
	return rc;
}

static enum rc answer_back(struct walk *w, size_t i, struct err *err)
{
	const struct outing *outing = outing_of(w, i);
	const struct permit *permit = w->verdicts[i].permit;
	if (outing->reservation.lost)
		w->troubles[i] = RELAY_LOST;
	if (!permit || w->troubles[i] != RELAY_WELL)
		return RC_OK;
	if (relay_job_outcome(outing->job) == OUTCOME_FORMAT) { /* as if it had been seen here */
		w->verdicts[i].ruling = (struct ruling){GROUND_NIK_FORMAT, OUTCOME_FORMAT};
		w->outcomes[i] = OUTCOME_FORMAT;
		return RC_OK;
	}
	TRY(relay_answer(outing->job, permit, w->corridor->answers, &w->answers[i], err));
	w->outcomes[i] = answer_outcome(w->answers[i]);
	return RC_OK;
}

/* An outcome of 0: there is none, or not yet. */
static enum rc ask_relay(struct walk *w, struct err *err)
{
	for (size_t i = 0; i < w->n; i++) {
		const struct policy_verdict *v = &w->verdicts[i];
		w->outcomes[i] = v->ruling.ground == GROUND_NONE ? 0 : v->ruling.outcome;
		if (comes_back(w, i))
			TRY(answer_back(w, i, err));
	}
	return RC_OK;
}

#define UNANSWERED_WAIT_S 2

/* Nothing speaks against it, but the system above gives no answer: 503, and no hit. */
static bool is_unanswered(const struct walk *w, size_t i)
{
	const struct policy_verdict *v = &w->verdicts[i];
	return w->corridor->relay && !w->outcomes[i] && !goes_out(w, i) && !v->rehearsal && !v->wait_s;
}

static int unanswered_wait_s(const struct walk *w, size_t i)
{
	return w->waits_s[i] ? w->waits_s[i] : UNANSWERED_WAIT_S;
}

/* Once their entries are written. */
static enum rc reserve(struct walk *w, struct tx *tx, struct err *err)
{
	struct reservation *all = ARENA_ARRAY(tx_arena(tx), w->n, struct reservation);
	size_t n = 0;
	if (!all)
		return FAIL(err, RC_BROKEN, "memori nampan tidak cukup");
	for (size_t i = 0; i < w->n; i++) {
		const struct policy_verdict *v = &w->verdicts[i];
		if (!goes_out(w, i))
			continue;
		outing_asked(outing_of(w, i), w->receipts[i], v->repeat_in_tray ? w->seqs[v->repeat_at] : v->repeat_of);
		all[n++] = outing_of(w, i)->reservation;
	}
	return reservation_open(tx, all, n, w->corridor->conf->node, err);
}

/* ---- policy and registry ---- */

static enum rc ask_policy(struct walk *w, struct tx *tx, struct err *err)
{
	const struct policy_room room = {take_place, w};
	for (size_t i = 0; i < w->n; i++) {
		w->policy_asks[i] = policy_ask_of(&w->asks[i]);
		if (comes_back(w, i)) {
			turn_back(w, i);
		} else if (w->corridor->relay) {
			w->policy_asks[i].leg = LEG_OUT;
			w->policy_asks[i].room = &room;
		}
	}
	enum rc rc = policy_decide(w->corridor->policy, tx, w->policy_asks, w->n, w->now_us, w->verdicts, err);
	if (!w->corridor->relay)
		return rc;
	if (rc != RC_OK)
		memset(w->verdicts, 0, w->n * sizeof *w->verdicts); /* no permit: all places go back */
	enum rc out = send_out(w, rc == RC_OK ? err : NULL);
	return rc != RC_OK ? rc : out;
}

/* ---- the rehearsal (J.II.D) ---- */

#define SIMULATED_WAIT_S 2

/* What a published NIK stands for is refused as if it were so, ground and clause included. */
static enum ground simulated(enum outcome outcome)
{
	switch (outcome) {
	case OUTCOME_QUOTA: return GROUND_QUOTA;
	case OUTCOME_INSTANSI: return GROUND_SUSPENDED;
	case OUTCOME_USER: return GROUND_USER_CLOSED;
	default: return GROUND_NONE;
	}
}

/* Its paper opens no registry but the made-up one, and no permit is among its papers. */
static enum rc rehearse(struct walk *w, size_t i, struct err *err)
{
	struct policy_verdict *v = &w->verdicts[i];
	struct sandbox_said said;
	assert(!w->permits[i] && !w->answers[i]);
	TRY(sandbox_answer(v->rehearsal, w->corridor->answers, &said, err));
	w->answers[i] = said.answer;
	w->outcomes[i] = said.outcome;
	v->wait_s = said.outage ? SIMULATED_WAIT_S : 0;
	v->ruling = (struct ruling){simulated(said.outcome), said.outcome};
	if (said.outcome == OUTCOME_QUOTA)
		v->quota = (struct quota_use){.resets_us = day_begin_us((struct day){day_of_us(w->now_us).n + 1})};
	return RC_OK;
}

static bool is_rehearsal(const struct walk *w, size_t i)
{
	return w->asks[i].who && principal_is_sandbox(w->asks[i].who);
}

static enum rc ask_registry(struct walk *w, struct err *err)
{
	for (size_t i = 0; i < w->n; i++)
		w->permits[i] = w->verdicts[i].permit;
	if (w->corridor->relay)
		TRY(ask_relay(w, err));
	else
		TRY(registry_answer(w->corridor->registry, w->permits, w->n, w->corridor->answers, w->answers, err));
	for (size_t i = 0; i < w->n; i++) {
		if (!w->corridor->relay)
			w->outcomes[i] = w->answers[i] ? answer_outcome(w->answers[i]) : w->verdicts[i].ruling.outcome;
		if (w->verdicts[i].rehearsal)
			TRY(rehearse(w, i, err));
	}
	return RC_OK;
}

/* What no outcome of the table says. */
static void tell_leg(const struct walk *w, size_t i, struct tx *tx, struct entry *e)
{
	const struct outing *outing = outing_of(w, i);
	if (goes_out(w, i)) {
		e->act = ACT_RELAY;
		e->outcome = "asked";
	} else if (is_unanswered(w, i)) {
		e->outcome = "503";
		e->ground = relay_trouble_get(w->troubles[i])->key;
	}
	if (!comes_back(w, i))
		return;
	e->about = arena_printf(tx_arena(tx), "asked %s", outing->asked.z);
	if (w->asks[i].who)
		return;
	e->instansi_id = outing->reservation.instansi_id; /* who asked is nobody by now */
	e->version_id = outing->version_id;
	e->user = outing->user;
	e->user_id = outing->user_id;
	e->session = outing->session;
}

static struct entry entry_of(const struct walk *w, size_t i)
{
	const struct corridor_ask *ask = &w->asks[i];
	const struct policy_verdict *v = &w->verdicts[i];
	const struct decide_row *row = decide_get(v->ruling.ground);
	const struct method_row *row_of_method = method_at(ask->inquiry->method);
	bool refused = v->ruling.ground != GROUND_NONE;
	struct entry e = {
		.act = ACT_LOOKUP,
		.time_us = w->now_us,
		.outcome = v->wait_s ? "refused" : w->outcomes[i] ? outcome_get(w->outcomes[i])->code : NULL,
		.ground = refused ? row->key : NULL,
		.clause = refused ? row->clause : NULL,
		.instansi_id = v->standing.instansi_id,
		.version_id = v->standing.version_id,
		.kejadian_id = v->kejadian_id,
		.method = row_of_method ? row_of_method->key : NULL,
		.document = document_at(ask->inquiry->document)->key,
		.peer = *ask->peer,
		.repeat = v->repeat,
		.repeat_of = v->repeat_of,
	};
	if (!ask->inquiry->nik_bad) /* the typed text of an outcome 15 goes nowhere */
		e.nik = ask->inquiry->nik;
	if (ask->who) {
		e.user = principal_user(ask->who);
		e.user_id = principal_user_id(ask->who);
		e.session = principal_session(ask->who);
	}
	return is_rehearsal(w, i) ? sandbox_entry(e) : e;
}

/* Of those that leave no trace there is no receipt, and nothing is open to them: they are
 * strangers (gate/program.h), or rehearse too fast (policy/pace.h). */
static bool is_told(const struct walk *w, size_t i)
{
	const struct policy_verdict *v = &w->verdicts[i];
	bool told = !w->asks[i].inquiry->untold && !(v->wait_s && !v->rehearsal);
	assert(told || !w->verdicts[i].permit);
	return told;
}

static enum rc write_journal(struct walk *w, struct tx *tx, struct err *err)
{
	struct entry *told = ARENA_ARRAY(tx_arena(tx), w->n, struct entry);
	const struct receipt **receipts = ARENA_ARRAY(tx_arena(tx), w->n, const struct receipt *);
	size_t *place = ARENA_ARRAY(tx_arena(tx), w->n, size_t); /* of each entry among those told */
	size_t n = 0;
	if (!told || !receipts || !place)
		return FAIL(err, RC_BROKEN, "memori nampan tidak cukup");
	for (size_t i = 0; i < w->n; i++) {
		const struct policy_verdict *v = &w->verdicts[i];
		w->entries[i] = entry_of(w, i);
		if (w->corridor->relay)
			tell_leg(w, i, tx, &w->entries[i]);
		place[i] = n;
		if (!is_told(w, i))
			continue;
		told[n] = w->entries[i];
		told[n++].repeat_back = v->repeat_in_tray ? place[i] - place[v->repeat_at] : 0;
	}
	TRY(journal_append(w->corridor->journal, tx, told, n, receipts, err));
	for (size_t i = 0; i < w->n; i++) {
		w->receipts[i] = is_told(w, i) ? receipts[place[i]] : NULL;
		w->seqs[i] = w->receipts[i] ? receipt_seq(w->receipts[i]) : 0;
	}
	return RC_OK;
}

/* ---- data balikan (P2.2b) ---- */

/* Who was found owes a feedback; a repeat owes it already. */
static bool is_owed(const struct walk *w, size_t i)
{
	const struct policy_verdict *v = &w->verdicts[i];
	return w->answers[i] && !v->rehearsal && w->outcomes[i] != OUTCOME_ABSENT && v->kejadian_id && !v->repeat;
}

static enum rc open_debts(struct walk *w, struct tx *tx, struct err *err)
{
	struct debt_ask *debts = ARENA_ARRAY(tx_arena(tx), w->n, struct debt_ask);
	size_t *whose = ARENA_ARRAY(tx_arena(tx), w->n, size_t);
	size_t n = 0;
	if (!w->corridor->conf->feedback)
		return RC_OK;
	if (!debts || !whose)
		return FAIL(err, RC_BROKEN, "memori nampan tidak cukup");
	for (size_t i = 0; i < w->n; i++) {
		if (!is_owed(w, i))
			continue;
		whose[n] = i;
		debts[n++] = (struct debt_ask){.instansi_id = w->entries[i].instansi_id,
		                               .kejadian_id = w->entries[i].kejadian_id,
		                               .nik = w->entries[i].nik,
		                               .asked_us = w->now_us,
		                               .journal_entry = w->seqs[i],
		                               .asked_by = w->entries[i].user_id};
	}
	TRY(debt_open(w->corridor->conf->feedback, tx, debts, n, err));
	for (size_t i = 0; i < n; i++)
		w->fresh[whose[i]] = debts[i].fresh;
	return RC_OK;
}

/* ---- what the pattern guard saw (J.II.E1) ---- */

/* "hold berurutan walk 7K2M-94QX": machine words and the inquiry's reference, no NIK. */
static struct str guard_words_of(const struct walk *w, struct tx *tx, size_t i)
{
	const struct policy_guard *guard = &w->verdicts[i].guard;
	const struct guard_verdict *v = &guard->verdict;
	return arena_printf(tx_arena(tx), "%s%s %s %s%s %s", guard->observed ? "observe " : "", guard_stage_name(v->stage),
	                    guard_reason_name(v->reason), guard_clue_name(v->clue), v->instansi ? " instansi" : "",
	                    receipt_ref(w->receipts[i]).z);
}

static struct entry guard_entry(const struct walk *w, size_t i, struct str about)
{
	const struct entry *asked = &w->entries[i];
	return (struct entry){
		.act = ACT_GUARD,
		.time_us = w->now_us,
		.clause = "J.II.E1",
		.instansi_id = asked->instansi_id,
		.version_id = asked->version_id,
		.user = asked->user,
		.user_id = asked->user_id,
		.session = asked->session,
		.about = about,
	};
}

static enum rc alert_hold(const struct walk *w, struct tx *tx, size_t i, struct err *err)
{
	const struct gate_conf *conf = w->corridor->conf;
	const struct policy_verdict *v = &w->verdicts[i];
	struct alert alert;
	if (!v->guard.hold_id || !conf->alert)
		return RC_OK;
	struct alert_hold hold = {.hold_id = v->guard.hold_id,
	                          .held_us = w->now_us,
	                          .evidence = str_c(v->guard.verdict.evidence),
	                          .reason = str_c(guard_reason_name(v->guard.verdict.reason)),
	                          .origin = str_c(conf->origin)};
	TRY(alert_make(tx_arena(tx), &hold, &v->standing, &alert, err));
	return conf->alert(conf->arg, tx, &alert, err);
}

/* Two entries at most an inquiry, after those of the inquiries: these have references by now. */
static enum rc journal_guard(struct walk *w, struct tx *tx, struct err *err)
{
	struct entry *entries = ARENA_ARRAY(tx_arena(tx), 2 * w->n, struct entry);
	const struct receipt **receipts = ARENA_ARRAY(tx_arena(tx), 2 * w->n, const struct receipt *);
	size_t n = 0;
	if (!entries || !receipts)
		return FAIL(err, RC_BROKEN, "memori nampan tidak cukup");
	for (size_t i = 0; i < w->n; i++) {
		const struct policy_guard *guard = &w->verdicts[i].guard;
		if (guard->lost)
			entries[n++] = guard_entry(w, i, S("lost"));
		if (guard->verdict.stage != GUARD_PASS)
			entries[n++] = guard_entry(w, i, guard_words_of(w, tx, i));
		TRY(alert_hold(w, tx, i, err));
	}
	return journal_append(w->corridor->journal, tx, entries, n, receipts, err);
}

static enum rc tell_policy(struct walk *w, struct tx *tx, struct err *err)
{
	return policy_answered(w->corridor->policy, tx, w->policy_asks, w->verdicts, w->outcomes, w->seqs, w->n, w->now_us, err);
}

/* The operator is told while he can still stop; what was only observed he is not told. */
static struct str caution_of(const struct policy_guard *guard)
{
	return guard->verdict.stage == GUARD_WARN && !guard->observed ? str_c(guard->verdict.evidence) : S("");
}

static struct verdict verdict_of(const struct walk *w, size_t i)
{
	const struct policy_verdict *v = &w->verdicts[i];
	struct str caution = comes_back(w, i) ? outing_of(w, i)->caution : caution_of(&v->guard);
	return (struct verdict){
		.outcome = w->outcomes[i],
		.ground = v->ruling.ground,
		.answer = w->answers[i],
		.receipt = w->receipts[i],
		.standing = v->standing,
		.kejadian_id = v->kejadian_id,
		.quota_left = quota_left(&v->quota),
		.quota_limit = v->quota.limit,
		.quota_resets_us = v->quota.resets_us,
		.wait_s = is_unanswered(w, i) ? unanswered_wait_s(w, i) : v->wait_s,
		.repeat = v->repeat,
		.clash = v->repeat_clash && v->ruling.ground == GROUND_MALFORMED,
		.fresh_debt = w->fresh[i],
		.caution = caution,
	};
}

enum rc corridor_walk(const struct corridor *corridor, struct tx *tx, const struct corridor_ask *asks, size_t n, int64_t now_us,
                      struct verdict *ret, struct err *err)
{
	struct walk w = {.corridor = corridor, .asks = asks, .n = n, .now_us = now_us};
	TRY(walk_init(&w, tx, err));
	TRY(ask_policy(&w, tx, err));
	TRY(ask_registry(&w, err));
	TRY(write_journal(&w, tx, err));
	TRY(tell_policy(&w, tx, err));
	if (corridor->relay)
		TRY(reserve(&w, tx, err));
	TRY(open_debts(&w, tx, err));
	TRY(journal_guard(&w, tx, err));
	for (size_t i = 0; i < n; i++)
		ret[i] = verdict_of(&w, i);
	return RC_OK;
}
