/* SPDX-License-Identifier: EUPL-1.2
 * policy/watch.c - see watch.h.
 *
 * A state that cannot be opened or read (another office key, a damaged row) begins
 * afresh: refusing everybody for it would stop an office, and the hold, if there is
 * one, is a record of its own. The verdict says so, and the gate journals it. */
#include "policy/watch.h"

#include <assert.h>
#include <stdio.h>

#include "policy/guard.sql.h"
#include "store/store.h"

#define SEALED_BYTES (GUARD_STATE_BYTES + SEAL_OVERHEAD)

/* One row of the store, before and after. */
struct memory {
	int64_t holder, hold_id, kept_hold_id; /* the last as it was read */
	struct guard_state now;
	uint8_t before[GUARD_STATE_BYTES]; /* as it was read; all zero, which is no state, when nothing was */
	bool lost, written;
};
struct watched {
	struct memory *own, *all; /* of the user id, of its instansi */
	bool held;
};

static enum rc no_memory(struct err *err)
{
	return FAIL(err, RC_BROKEN, "memori tidak cukup");
}

/* ---- thresholds ---- */

_Static_assert(TERMS_GUARD_CLUES == GUARD_CLUES, "a version knows every clue");
_Static_assert(GUARD_WALK == 0 && GUARD_SPREAD == 1 && GUARD_SWEEP == 2 && GUARD_SHARE == 3 && GUARD_PACE == 4 && GUARD_RHYTHM == 5,
               "in the order of terms_guard_clue_at()");

struct guard_thresholds watch_thresholds(const struct standing *standing, enum method method)
{
	bool bulk = method != METHOD_PORTAL && (unsigned)method < METHOD_COUNT && standing->poc_passed[method];
	struct guard_thresholds t = bulk ? guard_service : guard_portal;
	if (!standing->terms)
		return t;
	const struct terms_guard *said = bulk ? &standing->terms->guard_service : &standing->terms->guard_portal;
	for (int clue = 0; clue < GUARD_CLUES; clue++) {
		t.hold[clue] = said->user[clue] ? said->user[clue] : t.hold[clue];
		t.hold_instansi[clue] = said->instansi[clue] ? said->instansi[clue] : t.hold_instansi[clue];
	}
	t.warn = said->warn ? said->warn : t.warn;
	t.note = said->note ? said->note : t.note;
	return t;
}

/* ---- bytes and back ---- */

/* Bytes that were moved to the row of another open nowhere. */
struct place_name {
	char z[40];
};
static struct place_name place_name(int64_t holder)
{
	struct place_name name;
	snprintf(name.z, sizeof name.z, "guard/%lld", (long long)holder);
	return name;
}

static void memory_open(const struct watch_conf *conf, struct memory *m, const struct sql_guard_state_find *row,
                        struct buf *plain)
{
	struct place_name name = place_name(m->holder);
	struct str sealed = row->sealed;
	struct err ignored;
	m->hold_id = m->kept_hold_id = row->hold_id;
	if (sealed.n == 0)
		return; /* just made */
	buf_clear(plain);
	m->lost = sealed.n != SEALED_BYTES || seal_open(plain, conf->key, sealed, str_c(name.z), &ignored) != RC_OK ||
	          guard_decode((const uint8_t *)plain->at, plain->n, &m->now) != RC_OK;
	if (!m->lost)
		memcpy(m->before, plain->at, plain->n);
}

static void memory_seal(const struct watch_conf *conf, const struct memory *m, struct buf *out)
{
	uint8_t plain[GUARD_STATE_BYTES];
	struct place_name name = place_name(m->holder);
	guard_encode(&m->now, plain);
	seal_add(out, conf->key, str_from((const char *)plain, sizeof plain), str_c(name.z));
	secret_wipe(plain, sizeof plain);
}

/* ---- reading ---- */

/* The tray's asks by instansi and user id, and the states of both, each once. */
struct reading {
	const struct policy_tray *tray;
	struct fact_key *keys;
	size_t n, alls_n, owns_n, all_n;
	struct memory *memories; /* alls_n of instansi, owns_n of user ids */
	struct watched *watched; /* owns_n */
	struct sql_guard_state_find *rows;
	bool *found;
};

static enum rc reading_begin(struct reading *r, const bool *wanted, struct err *err)
{
	r->keys = ARENA_ARRAY(tx_arena(r->tray->tx), r->tray->n, struct fact_key);
	if (!r->keys)
		return no_memory(err);
	for (size_t i = 0; i < r->tray->n; i++) {
		const struct principal *who = r->tray->asks[i].who;
		if (wanted[i] && who)
			r->keys[r->n++] = (struct fact_key){principal_instansi(who), principal_user(who), i};
	}
	fact_keys_sort(r->keys, r->n);
	return RC_OK;
}

/* Keys are sorted: does the i-th begin a new instansi, a new user id? */
static bool is_new_all(const struct reading *r, size_t i)
{
	return i == 0 || r->keys[i].a != r->keys[i - 1].a;
}

static bool is_new_own(const struct reading *r, size_t i)
{
	return is_new_all(r, i) || r->keys[i].b != r->keys[i - 1].b;
}

/* First all instansi, then all user ids: the order in which rows are locked. */
static enum rc reading_name(struct reading *r, struct err *err)
{
	struct arena *arena = tx_arena(r->tray->tx);
	for (size_t i = 0; i < r->n; i++) {
		r->alls_n += is_new_all(r, i);
		r->owns_n += is_new_own(r, i);
	}
	r->all_n = r->alls_n + r->owns_n;
	r->memories = ARENA_ARRAY(arena, r->all_n, struct memory);
	r->watched = ARENA_ARRAY(arena, r->owns_n, struct watched);
	return r->memories && r->watched ? RC_OK : no_memory(err);
}

static void reading_join(struct reading *r, struct watched **ret)
{
	struct memory *all = r->memories - 1, *own = r->memories + r->alls_n - 1;
	struct watched *watched = r->watched - 1;
	for (size_t i = 0; i < r->n; i++) {
		if (is_new_all(r, i))
			(++all)->holder = -r->keys[i].a;
		if (is_new_own(r, i)) {
			(++own)->holder = r->keys[i].b;
			*++watched = (struct watched){.own = own, .all = all};
		}
		ret[r->keys[i].at] = watched;
	}
}

/* The rows, locked; those of user ids by a statement of their own, because one sees what was
 * committed when it began, and another node may make such a row while we wait for its
 * instansi. Those of an instansi that was never asked are made: two nodes that
 * meet over its very first inquiry may wait for each other, and the store refuses one
 * of the two trays; that is once in the life of an instansi. */
static enum rc find_rows(struct reading *r, struct err *err)
{
	struct arena *arena = tx_arena(r->tray->tx);
	struct sql_guard_state_find_in *in = ARENA_ARRAY(arena, r->all_n, struct sql_guard_state_find_in);
	struct sql_guard_state_make_in *make = ARENA_ARRAY(arena, r->alls_n, struct sql_guard_state_make_in);
	size_t missing = 0;
	r->rows = ARENA_ARRAY(arena, r->all_n, struct sql_guard_state_find);
	r->found = ARENA_ARRAY(arena, r->all_n, bool);
	if (!in || !make || !r->rows || !r->found)
		return no_memory(err);
	for (size_t i = 0; i < r->all_n; i++)
		in[i].holder = r->memories[i].holder;
	TRY(sql_guard_state_find(r->tray->tx, in, r->alls_n, r->rows, r->found, err));
	for (size_t i = 0; i < r->alls_n; i++)
		if (!r->found[i])
			make[missing++].holder = in[i].holder;
	if (missing) {
		TRY(sql_guard_state_make(r->tray->tx, make, missing, err));
		TRY(sql_guard_state_find(r->tray->tx, in, r->alls_n, r->rows, r->found, err));
	}
	size_t own = r->alls_n;
	return sql_guard_state_find(r->tray->tx, in + own, r->owns_n, r->rows + own, r->found + own, err);
}

/* The record says whether it is held, whatever the state says: that one follows. */
static void obey_record(const struct watch_conf *conf, struct watched *w, struct str record)
{
	const struct hold_state_row *released = hold_state_at(HOLD_RELEASED);
	bool over = w->own->hold_id == 0 || str_eq(record, str_c(released->key));
	w->held = !over && !conf->observe;
	if (over && w->own->hold_id) {
		guard_release(&w->own->now);
		w->own->hold_id = 0;
	} else if (!w->held && w->own->now.held) {
		guard_release(&w->own->now);
	}
}

enum rc watch_read(const struct watch_conf *conf, const struct policy_tray *tray, const bool *wanted, struct watched **ret,
                   struct err *err)
{
	BUF_AUTO plain = BUF(GUARD_STATE_BYTES); /* wiped when it is freed */
	struct reading r = {.tray = tray};
	TRY(reading_begin(&r, wanted, err));
	if (r.n == 0)
		return RC_OK;
	TRY(reading_name(&r, err));
	reading_join(&r, ret);
	TRY(find_rows(&r, err));
	for (size_t i = 0; i < r.all_n; i++)
		if (r.found[i])
			memory_open(conf, &r.memories[i], &r.rows[i], &plain);
	for (size_t i = 0; i < r.owns_n; i++)
		obey_record(conf, &r.watched[i], r.rows[r.alls_n + i].record);
	return RC_OK;
}

/* ---- in the walk ---- */

enum rc watch_is_user_held(const struct watch_conf *conf, struct tx *tx, int64_t user, bool *ret, struct err *err)
{
	struct sql_guard_held row;
	*ret = false;
	if (conf->observe)
		return RC_OK;
	enum rc rc = sql_guard_held(tx, (struct sql_guard_held_in){user}, &row, err);
	*ret = rc == RC_OK && !str_eq(row.state, str_c(hold_state_at(HOLD_RELEASED)->key));
	return rc == RC_ABSENT ? RC_OK : rc;
}

bool watch_is_held(const struct watched *watched)
{
	return watched->held;
}

static struct guard_ask guard_ask_of(const struct policy_ask *ask, int64_t now_us)
{
	return (struct guard_ask){.nik = ask->nik_bad ? (struct nik){0} : ask->nik, .time_us = now_us};
}

void watch_look(const struct watch_conf *conf, struct watched *watched, const struct policy_ask *ask,
                struct policy_verdict *verdict, int64_t now_us)
{
	struct guard_ask asked = guard_ask_of(ask, now_us);
	struct guard_thresholds terms = watch_thresholds(&verdict->standing, ask->method);
	struct policy_guard *guard = &verdict->guard;
	assert(!watched->held);
	guard->verdict = guard_look(&watched->own->now, &watched->all->now, &asked, &terms);
	guard->lost = watched->own->lost || watched->all->lost;
	watched->own->lost = watched->all->lost = false; /* told once */
	verdict->guard_note = watched;
	guard->observed = conf->observe;
	if (guard->verdict.stage != GUARD_HOLD)
		return;
	watched->held = !conf->observe;
	if (conf->observe)
		guard_release(&watched->own->now);
}

void watch_learn(struct watched *watched, const struct policy_ask *ask, const struct policy_verdict *verdict,
                 enum outcome outcome, int64_t now_us)
{
	struct guard_ask asked = guard_ask_of(ask, now_us);
	struct guard_thresholds terms = watch_thresholds(&verdict->standing, ask->method);
	guard_learn(&watched->own->now, &watched->all->now, &asked, outcome, &terms);
}

enum rc watch_hold(struct watched *watched, struct tx *tx, struct policy_verdict *verdict, struct hold hold,
                   struct err *err)
{
	const struct guard_verdict *v = &verdict->guard.verdict;
	hold.reason = str_c(guard_reason_name(v->reason));
	hold.clue = str_c(guard_clue_name(v->clue));
	hold.across = v->instansi;
	hold.evidence = str_c(v->evidence);
	TRY(hold_open(tx, &hold, &verdict->guard.hold_id, err));
	watched->own->hold_id = verdict->guard.hold_id;
	return RC_OK;
}

/* ---- writing ---- */

static bool changed(const struct memory *m)
{
	uint8_t now[GUARD_STATE_BYTES];
	guard_encode(&m->now, now);
	bool differs = memcmp(now, m->before, sizeof now) != 0;
	secret_wipe(now, sizeof now);
	return differs || m->hold_id != m->kept_hold_id;
}

static size_t note_changed(struct memory *m, struct memory **out)
{
	if (m->written || !changed(m))
		return 0;
	m->written = true;
	*out = m;
	return 1;
}

static enum rc write_all(const struct watch_conf *conf, struct tx *tx, struct memory *const *changes, size_t n, struct err *err)
{
	BUF_AUTO sealed = BUF(n * SEALED_BYTES + 1);
	struct sql_guard_state_keep_in *in = ARENA_ARRAY(tx_arena(tx), n, struct sql_guard_state_keep_in);
	if (!in)
		return no_memory(err);
	for (size_t i = 0; i < n; i++)
		memory_seal(conf, changes[i], &sealed);
	if (!buf_ok(&sealed))
		return no_memory(err);
	for (size_t i = 0; i < n; i++)
		in[i] = (struct sql_guard_state_keep_in){
			.holder = changes[i]->holder,
			.hold_id = changes[i]->hold_id,
			.sealed = str_sub(buf_str(&sealed), i * SEALED_BYTES, SEALED_BYTES),
		};
	return sql_guard_state_keep(tx, in, n, err);
}

enum rc watch_write(const struct watch_conf *conf, struct tx *tx, struct watched *const *all, size_t n, struct err *err)
{
	struct memory **changes = ARENA_ARRAY(tx_arena(tx), 2 * n + 1, struct memory *);
	size_t changed_n = 0;
	if (!changes)
		return no_memory(err);
	for (size_t i = 0; i < n; i++) {
		if (!all[i])
			continue;
		changed_n += note_changed(all[i]->own, &changes[changed_n]);
		changed_n += note_changed(all[i]->all, &changes[changed_n]);
	}
	return changed_n ? write_all(conf, tx, changes, changed_n, err) : RC_OK;
}
