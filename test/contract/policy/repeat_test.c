/* SPDX-License-Identifier: EUPL-1.2
 * Repeats (DOMAIN 2): free, at most three in ten minutes, bound to user id, method
 * and body; looked at like any other inquiry; remembered only when the first one
 * reached the registry; nothing but hashes in the store. Every engine. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "office.h"

struct scene {
	struct office office;
	int64_t bpbd, kejadian;
	struct person operator;
};

static void scene_open(struct scene *s, struct engine *e, int64_t quota)
{
	office_open(&s->office, e);
	s->bpbd = office_instansi(&s->office, (struct says){.code = "BPBD", .before = quota, .after = -1, .call_nik = true});
	s->kejadian = office_kejadian(&s->office, s->bpbd);
	s->operator = office_operator(&s->office, s->bpbd, "operator1", s->kejadian);
}

static void is_first(struct seen s, int64_t used)
{
	assert_true(s.permit && s.repeat_new);
	assert_false(s.repeat || s.permit_repeat);
	assert_int_equal(s.quota.used, used);
}

static void is_repeat(struct seen s, int64_t of, int64_t used)
{
	assert_true(s.permit && s.repeat && s.permit_repeat);
	assert_false(s.repeat_new || s.repeat_clash || s.repeat_in_tray);
	assert_int_equal(s.repeat_of, of);
	assert_int_equal(s.quota.used, used);
}

static void check_three(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, 200);
	struct office *o = &s.office;
	struct inquiry_by q = office_ask_key(&s.operator, 9901, "kunci", "isi");
	struct seen first = office_one(o, q);
	is_first(first, 1); /* its journal seq is 0: a number like any other */
	assert_int_equal(first.seq, 0);
	for (int i = 0; i < 3; i++)
		is_repeat(office_one(o, q), first.seq, 1);
	struct seen again = office_one(o, q); /* the fourth is a new inquiry */
	is_first(again, 2);
	assert_false(again.repeat_clash);
	is_repeat(office_one(o, q), again.seq, 2);
	/* without a key there is no repeat */
	q.ask.repeat_key = S("");
	struct seen plain = office_one(o, q);
	assert_true(plain.permit && !plain.repeat && !plain.repeat_new);
	assert_int_equal(plain.quota.used, 3);
	office_close(o);
}

static void check_ten_minutes(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, 200);
	struct office *o = &s.office;
	struct inquiry_by q = office_ask_key(&s.operator, 9901, "kunci", "isi");
	struct seen first = office_one(o, q);
	o->now_us += 600 * US_PER_S - 1;
	is_repeat(office_one(o, q), first.seq, 1);
	o->now_us += 1; /* counted from the first, not from the last repeat */
	is_first(office_one(o, q), 2);
	/* a clock that steps back finds it young */
	o->now_us -= 3600 * US_PER_S;
	assert_true(office_one(o, q).repeat);
	office_close(o);
}

static void check_binding(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, 200);
	struct office *o = &s.office;
	struct inquiry_by q = office_ask_key(&s.operator, 9901, "kunci", "isi");
	struct seen first = office_one(o, q);
	/* another body: a new inquiry, and the flag that says the key was used */
	struct inquiry_by other = q;
	other.ask.repeat_body = S("isi lain");
	struct seen clash = office_one(o, other);
	is_first(clash, 2);
	assert_true(clash.repeat_clash);
	is_repeat(office_one(o, other), clash.seq, 2);
	is_repeat(office_one(o, q), first.seq, 2);
	/* the same text for another person is another body, whatever the door says */
	other = q;
	other.ask.nik = office_nik(9902);
	is_first(office_one(o, other), 3);
	/* another user id of the same instansi */
	struct person second = office_operator(o, s.bpbd, "operator3", s.kejadian);
	other = q;
	other.by = &second;
	struct seen theirs = office_one(o, other);
	is_first(theirs, 4);
	assert_false(theirs.repeat_clash);
	/* another method */
	other = q;
	other.ask.method = METHOD_CALL_NIK;
	struct seen method = office_one(o, other);
	is_first(method, 1);
	assert_false(method.repeat_clash);
	/* the key alone */
	other = q;
	other.ask.repeat_key = S("kunci lain");
	struct seen key = office_one(o, other);
	is_first(key, 5);
	assert_false(key.repeat_clash);
	office_close(o);
}

/* A repeat is answered when the quota is spent; nothing else gets past. */
static void check_quota_spent(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, 1);
	struct office *o = &s.office;
	struct inquiry_by q = office_ask_key(&s.operator, 9901, "kunci", "isi");
	struct seen first = office_one(o, q);
	is_first(first, 1);
	assert_int_equal(office_one(o, office_ask(&s.operator, 9902)).ruling.ground, GROUND_QUOTA);
	for (int i = 0; i < 3; i++)
		is_repeat(office_one(o, q), first.seq, 1);
	struct seen fourth = office_one(o, q);
	assert_int_equal(fourth.ruling.ground, GROUND_QUOTA);
	assert_false(fourth.repeat || fourth.repeat_new || fourth.permit);
	office_close(o);
}

/* Every other ground is looked at again. */
static void check_corridor_again(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, 200);
	struct office *o = &s.office;
	struct inquiry_by q = office_ask_key(&s.operator, 9901, "kunci", "isi");
	struct seen first = office_one(o, q);
	struct tx *tx = office_tx(o);
	OK(instansi_set_state(tx, s.bpbd, INSTANSI_SUSPENDED, o->now_us, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	struct seen refused = office_one(o, q);
	assert_int_equal(refused.ruling.ground, GROUND_SUSPENDED);
	assert_false(refused.repeat || refused.permit);
	tx = office_tx(o);
	OK(instansi_set_state(tx, s.bpbd, INSTANSI_ACTIVE, o->now_us, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	is_repeat(office_one(o, q), first.seq, 1); /* and the refusal used none of the three */
	is_repeat(office_one(o, q), first.seq, 1);
	is_repeat(office_one(o, q), first.seq, 1);
	is_first(office_one(o, q), 2);
	office_close(o);
}

/* What never reached the registry is not remembered. */
static void check_refused_first(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, 200);
	struct office *o = &s.office;
	struct inquiry_by q = office_ask_key(&s.operator, 9901, "kunci", "isi");
	q.ask.against = GROUND_BIT(GROUND_GUARD_HOLD);
	assert_int_equal(office_one(o, q).ruling.ground, GROUND_GUARD_HOLD);
	q.ask.against = 0;
	struct seen first = office_one(o, q);
	is_first(first, 1);
	is_repeat(office_one(o, q), first.seq, 1);
	/* permitted, and then no answer of the registry after all */
	q = office_ask_key(&s.operator, 9903, "kunci", "isi");
	q.outcome = OUTCOME_FORMAT;
	is_first(office_one(o, q), 2);
	is_first(office_one(o, q), 3);
	office_close(o);
}

/* Double-click: both in one tray. */
static void check_one_tray(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, 2);
	struct office *o = &s.office;
	struct seen seen[8];
	struct inquiry_by q = office_ask_key(&s.operator, 9901, "kunci", "isi");
	struct inquiry_by tray[] = {office_ask(&s.operator, 9900), q, q, q, q, q, q, office_ask(&s.operator, 9900)};
	tray[3].ask.repeat_body = S("isi lain");
	office_tray(o, tray, 8, seen);
	is_first(seen[1], 2);
	assert_true(seen[2].repeat && seen[2].permit && seen[2].repeat_in_tray);
	assert_int_equal(seen[2].repeat_at, 1);
	assert_int_equal(seen[2].quota.used, 2);
	assert_int_equal(seen[3].ruling.ground, GROUND_QUOTA); /* another body: a new inquiry, and none left */
	assert_true(seen[3].repeat_clash);
	assert_true(seen[4].repeat && seen[5].repeat);
	assert_int_equal(seen[6].ruling.ground, GROUND_QUOTA); /* the fourth */
	assert_int_equal(seen[7].ruling.ground, GROUND_QUOTA);
	assert_int_equal(office_one(o, q).ruling.ground, GROUND_QUOTA);
	office_close(o);
}

/* The first of a pair finds no quota: the second is no repeat of it. */
static void check_one_tray_refused(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, 1);
	struct office *o = &s.office;
	struct seen seen[4];
	struct inquiry_by q = office_ask_key(&s.operator, 9901, "kunci", "isi");
	struct inquiry_by tray[] = {office_ask(&s.operator, 9900), q, q};
	office_tray(o, tray, 3, seen);
	assert_true(seen[0].permit);
	assert_int_equal(seen[1].ruling.ground, GROUND_QUOTA);
	assert_int_equal(seen[2].ruling.ground, GROUND_QUOTA);
	office_close(o);
}

/* New, three repeats, new again, its repeat: within one tray, then from the next. */
static void check_one_tray_renewed(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, 200);
	struct office *o = &s.office;
	struct seen seen[6];
	struct inquiry_by q = office_ask_key(&s.operator, 9901, "kunci", "isi");
	struct inquiry_by tray[] = {q, q, q, q, q, q};
	office_tray(o, tray, 6, seen);
	is_first(seen[0], 1);
	is_first(seen[4], 2);
	for (int i = 1; i < 4; i++)
		assert_true(seen[i].repeat && seen[i].repeat_in_tray && seen[i].repeat_at == 0);
	assert_true(seen[5].repeat && seen[5].repeat_at == 4);
	is_repeat(office_one(o, q), seen[4].seq, 2);
	is_repeat(office_one(o, q), seen[4].seq, 2);
	/* used up in the store, renewed in this tray: the old seq is told to nobody */
	office_tray(o, tray, 2, seen);
	is_first(seen[0], 3);
	assert_true(seen[1].repeat && seen[1].repeat_in_tray && seen[1].repeat_of == 0 && seen[1].repeat_at == 0);
	is_repeat(office_one(o, q), seen[0].seq, 3);
	office_close(o);
}

static size_t rows_left(struct office *o, const struct inquiry_by *q)
{
	struct inquiry_by again = *q;
	return office_one(o, again).repeat ? 1 : 0;
}

static void check_sweep(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, 200);
	struct office *o = &s.office;
	struct inquiry_by old = office_ask_key(&s.operator, 9901, "lama", "isi");
	struct inquiry_by young = office_ask_key(&s.operator, 9902, "baru", "isi");
	office_one(o, old);
	o->now_us += 300 * US_PER_S;
	office_one(o, young);
	o->now_us += 300 * US_PER_S;
	int64_t gone;
	struct tx *tx = office_tx(o);
	OK(policy_sweep(o->policy, tx, o->now_us, &gone, &engine_err));
	assert_int_equal(gone, 1);
	OK(tx_commit(&tx, &engine_err));
	o->now_us -= 200 * US_PER_S; /* were the old row still there, it would be young again */
	assert_int_equal(rows_left(o, &young), 1);
	assert_int_equal(rows_left(o, &old), 0);
	office_close(o);
}

/* ---- two nodes at once ---- */

#define THREADS 6
struct race {
	struct office *office;
	const struct person *by;
	pthread_barrier_t start;
	atomic_int firsts, repeats, others, broken;
};

/* Its own transaction, the same key: as a browser that sends twice to two nodes. */
static void race_once(struct race *r)
{
	TX_AUTO *tx = NULL;
	struct policy_verdict v;
	struct policy_ask ask = office_ask_key(NULL, 9901, "kunci", "isi").ask;
	const struct principal *who = NULL;
	struct office *o = r->office;
	int64_t seq = 5;
	enum outcome outcome = OUTCOME_ABSENT;
	bool ok = engine_begin(o->engine->store, &tx) == RC_OK &&
	          session_principals(tx, &r->by->token, 1, &office_limits, o->now_us, &who, NULL) == RC_OK;
	ask.who = who;
	ok = ok && policy_decide(o->policy, tx, &ask, 1, o->now_us, &v, NULL) == RC_OK &&
	     policy_answered(o->policy, tx, &ask, &v, &outcome, &seq, 1, o->now_us, NULL) == RC_OK;
	bool first = ok && v.repeat_new, repeat = ok && v.repeat;
	if (!ok || tx_commit(&tx, NULL) != RC_OK) {
		r->broken++;
		return;
	}
	r->firsts += first;
	r->repeats += repeat;
	r->others += !first && !repeat;
}

static void *race_run(void *arg)
{
	struct race *r = arg;
	pthread_barrier_wait(&r->start);
	for (int i = 0; i < 4; i++)
		race_once(r);
	return NULL;
}

/* 24 of one key: 1 new and 3 free, six times over, however they meet. */
static void check_race(struct engine *e)
{
	struct scene s;
	pthread_t threads[THREADS];
	scene_open(&s, e, 200);
	struct race race = {.office = &s.office, .by = &s.operator};
	pthread_barrier_init(&race.start, NULL, THREADS);
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, race_run, &race), 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	pthread_barrier_destroy(&race.start);
	assert_int_equal(race.broken, 0);
	assert_int_equal(race.firsts, 6);
	assert_int_equal(race.repeats, 18);
	assert_int_equal(race.others, 0);
	office_close(&s.office);
}

/* A tray's keys are looked for among many young ones: by the key, not by the age that nearly all have. The plan was
 * made when there were none. */
static void check_among_many(struct engine *e)
{
	enum { TRAYS = 20, TRAY = 30, MANY = 3000 };
	struct scene s;
	struct inquiry_by tray[TRAY];
	struct seen seen[TRAY];
	char keys[TRAY][32], sql[240];
	if (store_is_sqlite(e->store))
		return;
	scene_open(&s, e, TRAYS * TRAY);
	struct office *o = &s.office;
	engine_sql(e->url, "VACUUM ANALYZE repeat_key");
	for (int i = 0; i < TRAYS * TRAY; i++) {
		int at = i % TRAY;
		snprintf(keys[at], sizeof keys[at], "kunci %d", i);
		tray[at] = office_ask_key(&s.operator, 9901, keys[at], "isi");
		if (at < TRAY - 1)
			continue;
		office_tray(o, tray, TRAY, seen);
		is_first(seen[at], i + 1);
		snprintf(sql, sizeof sql,
		         "INSERT INTO repeat_key SELECT sha256(n::text::bytea), 'x', %lld, 1, 1 FROM generate_series(1, %d) n",
		         (long long)o->now_us, MANY);
		if (i / TRAY == TRAYS / 2)
			engine_sql(e->url, sql);
	}
	office_close(o);
	store_close(e->store);
	e->store = NULL;
	engine_counted(e->url, "SELECT n_tup_ins FROM pg_stat_user_tables WHERE relid = 'repeat_key'::regclass",
	               TRAYS * TRAY + MANY);
	assert_true(engine_number(e->url, "SELECT seq_tup_read FROM pg_stat_user_tables "
	                                  "WHERE relid = 'repeat_key'::regclass") < MANY);
	assert_true(engine_number(e->url, "SELECT idx_tup_read FROM pg_stat_user_indexes "
	                                  "WHERE indexrelid = 'repeat_key_by_made'::regclass") < MANY);
}

#define EACH(name)                                                                                                     \
	static void test_##name(void **state)                                                                          \
	{                                                                                                              \
		(void)state;                                                                                           \
		engine_each(check_##name);                                                                             \
	}
EACH(three)
EACH(ten_minutes)
EACH(binding)
EACH(quota_spent)
EACH(corridor_again)
EACH(refused_first)
EACH(one_tray)
EACH(one_tray_refused)
EACH(one_tray_renewed)
EACH(sweep)
EACH(race)
EACH(among_many)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_three),          cmocka_unit_test(test_ten_minutes),
		cmocka_unit_test(test_binding),        cmocka_unit_test(test_quota_spent),
		cmocka_unit_test(test_corridor_again), cmocka_unit_test(test_refused_first),
		cmocka_unit_test(test_one_tray),       cmocka_unit_test(test_one_tray_refused),
		cmocka_unit_test(test_one_tray_renewed), cmocka_unit_test(test_sweep),
		cmocka_unit_test(test_race),             cmocka_unit_test(test_among_many),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
