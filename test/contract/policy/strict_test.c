/* SPDX-License-Identifier: EUPL-1.2
 * A key that was used with another body, where the door is strict (DOMAIN 2, /api/v1): it is
 * refused before anything is spent, in one tray, in the next, and by two nodes at once. Every
 * engine. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "office.h"

struct scene {
	struct office office;
	int64_t dinkes, kejadian;
	struct person program;
};

static void scene_open(struct scene *s, struct engine *e, int64_t quota)
{
	office_open(&s->office, e);
	s->dinkes = office_instansi(&s->office, (struct says){.code = "DINKES", .before = quota, .after = -1, .call_nik = true});
	s->kejadian = office_kejadian(&s->office, s->dinkes);
	struct user_new user = {.user_id = S("layanan"), .role = ROLE_SERVICE, .instansi_id = s->dinkes};
	s->program = office_person(&s->office, user, s->kejadian, true);
}

static struct inquiry_by ask(const struct scene *s, const char *key, const char *body)
{
	struct inquiry_by q = office_ask_key(&s->program, 9901, key, body);
	q.ask.method = METHOD_CALL_NIK;
	q.ask.repeat_strict = true;
	return q;
}

static void is_first(struct seen s, int64_t used)
{
	assert_true(s.permit && s.repeat_new && !s.repeat && !s.repeat_clash);
	assert_int_equal(s.quota.used, used);
}

static void is_repeat(struct seen s, int64_t used)
{
	assert_true(s.permit && s.repeat && !s.repeat_clash);
	assert_int_equal(s.quota.used, used);
}

static void is_clash(struct seen s, int64_t used)
{
	assert_true(s.repeat_clash && !s.permit && !s.repeat && !s.repeat_new);
	assert_int_equal(s.ruling.ground, GROUND_MALFORMED);
	assert_int_equal(s.ruling.outcome, OUTCOME_PARAMETER);
	assert_int_equal(s.quota.used, used);
}

static void check_refused_and_nothing_spent(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, 200);
	struct office *o = &s.office;
	is_first(office_one(o, ask(&s, "kunci", "isi")), 1);
	for (int i = 0; i < 3; i++)
		is_clash(office_one(o, ask(&s, "kunci", "lain")), 1);
	struct inquiry_by other = ask(&s, "kunci", "isi"); /* the same bytes about somebody else */
	other.ask.nik = office_nik(9902);
	is_clash(office_one(o, other), 1);
	for (int i = 0; i < 3; i++) /* none of them used a repeat of the first */
		is_repeat(office_one(o, ask(&s, "kunci", "isi")), 1);
	is_first(office_one(o, ask(&s, "kunci", "isi")), 2); /* the fourth is new, and no clash with itself */
	is_clash(office_one(o, ask(&s, "kunci", "lain")), 2);
	office_close(o);
}

static void check_as_long_as_the_key_lives(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, 200);
	struct office *o = &s.office;
	is_first(office_one(o, ask(&s, "kunci", "isi")), 1);
	o->now_us += 600 * US_PER_S - 1;
	is_clash(office_one(o, ask(&s, "kunci", "lain")), 1);
	o->now_us += 1;
	is_first(office_one(o, ask(&s, "kunci", "lain")), 2);
	is_clash(office_one(o, ask(&s, "kunci", "isi")), 2);
	office_close(o);
}

static void check_one_tray(struct engine *e)
{
	struct scene s;
	struct seen seen[6];
	scene_open(&s, e, 200);
	struct inquiry_by tray[] = {ask(&s, "kunci", "isi"),    ask(&s, "kunci", "lain"), ask(&s, "kunci", "isi"),
	                            ask(&s, "kunci 2", "lain"), ask(&s, "kunci", "lain"), ask(&s, "kunci", "isi")};
	office_tray(&s.office, tray, LEN(tray), seen);
	is_first(seen[0], 1);
	is_clash(seen[1], 1);
	is_repeat(seen[2], 1);
	is_first(seen[3], 2);
	is_clash(seen[4], 2);
	is_repeat(seen[5], 2);
	office_close(&s.office);
}

/* Who is not strict asks anew; the key is the same one, and the strict one hears of it. */
static void check_beside_one_who_is_not(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, 200);
	struct office *o = &s.office;
	struct inquiry_by loose = ask(&s, "kunci", "isi");
	loose.ask.repeat_strict = false;
	is_first(office_one(o, loose), 1);
	is_clash(office_one(o, ask(&s, "kunci", "lain")), 1);
	loose.ask.repeat_body = S("lain");
	struct seen anew = office_one(o, loose);
	assert_true(anew.permit && anew.repeat_new && anew.repeat_clash);
	assert_int_equal(anew.quota.used, 2);
	office_close(o);
}

/* What never reached the registry leaves its key free; so does what was refused. */
static void check_what_binds_a_key(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, 200);
	struct office *o = &s.office;
	struct inquiry_by q = ask(&s, "kunci", "isi");
	q.outcome = OUTCOME_FORMAT;
	is_first(office_one(o, q), 1);
	q = ask(&s, "kunci", "lain");
	q.ask.kejadian_id = 99;
	assert_int_equal(office_one(o, q).ruling.ground, GROUND_NO_KEJADIAN);
	is_first(office_one(o, ask(&s, "kunci", "ketiga")), 2);
	is_clash(office_one(o, ask(&s, "kunci", "isi")), 2);
	office_close(o);
}

/* After every ground of its owner and 15, before the quota. */
static void check_its_place_among_the_grounds(struct engine *e)
{
	struct scene s;
	scene_open(&s, e, 1);
	struct office *o = &s.office;
	is_first(office_one(o, ask(&s, "kunci", "isi")), 1);
	assert_int_equal(office_one(o, ask(&s, "kunci 2", "isi")).ruling.ground, GROUND_QUOTA);
	struct inquiry_by q = ask(&s, "kunci", "lain");
	is_clash(office_one(o, q), 1);
	q.ask.nik_bad = true;
	q.ask.nik = (struct nik){0};
	assert_int_equal(office_one(o, q).ruling.ground, GROUND_NIK_FORMAT);
	q = ask(&s, "kunci", "lain");
	q.ask.against = GROUND_BIT(GROUND_GUARD_HOLD);
	struct seen held = office_one(o, q);
	assert_int_equal(held.ruling.ground, GROUND_GUARD_HOLD);
	assert_false(held.repeat_clash);
	office_close(o);
}

/* J.II.E1: whoever tripped a hold earlier in the tray hears of the hold. */
static void check_held_in_the_same_tray(struct engine *e)
{
	struct scene s;
	struct inquiry_by tray[40];
	struct seen seen[LEN(tray)];
	scene_open(&s, e, 200);
	tray[0] = ask(&s, "kunci", "isi");
	for (size_t i = 1; i < LEN(tray) - 1; i++) {
		tray[i] = office_ask(&s.program, 9000 + (int)i);
		tray[i].ask.method = METHOD_CALL_NIK;
	}
	tray[LEN(tray) - 1] = ask(&s, "kunci", "lain");
	office_tray(&s.office, tray, LEN(tray), seen);
	is_first(seen[0], 1);
	assert_int_equal(seen[LEN(tray) - 2].ruling.ground, GROUND_GUARD_HOLD); /* or this test proves nothing */
	assert_int_equal(seen[LEN(tray) - 1].ruling.ground, GROUND_GUARD_HOLD);
	assert_false(seen[LEN(tray) - 1].repeat_clash);
	office_close(&s.office);
}

/* ---- two nodes at once ---- */

#define THREADS 6
struct race {
	const struct scene *scene;
	pthread_barrier_t start;
	atomic_int next, won, clashes, broken;
};

/* Each with a body of its own under one key, in a transaction of its own. */
static void *race_run(void *arg)
{
	struct race *r = arg;
	TX_AUTO *tx = NULL;
	char body[32];
	struct policy_verdict v;
	int64_t seq = 5;
	enum outcome outcome = OUTCOME_ABSENT;
	struct office *o = (struct office *)(uintptr_t)&r->scene->office;
	snprintf(body, sizeof body, "isi %d", r->next++);
	struct policy_ask asked = ask(r->scene, "kunci", body).ask;
	const struct credential_ask credential = {.user_id = S("layanan"), .secret = str_c(r->scene->program.secret)};
	pthread_barrier_wait(&r->start);
	bool ok = engine_begin(o->engine->store, &tx) == RC_OK &&
	          credential_principals(tx, str_from((const char *)o->key, sizeof o->key), &credential, 1, 0, o->now_us, &asked.who,
	                                NULL) == RC_OK;
	ok = ok && policy_decide(o->policy, tx, &asked, 1, o->now_us, &v, NULL) == RC_OK;
	if (ok && !v.permit)
		outcome = v.ruling.outcome;
	ok = ok && policy_answered(o->policy, tx, &asked, &v, &outcome, &seq, 1, o->now_us, NULL) == RC_OK;
	bool first = ok && v.repeat_new && v.permit, clash = ok && v.repeat_clash && !v.permit;
	if (!ok || tx_commit(&tx, NULL) != RC_OK)
		r->broken++;
	r->won += first;
	r->clashes += clash;
	return NULL;
}

static void check_race(struct engine *e)
{
	struct scene s;
	pthread_t threads[THREADS];
	scene_open(&s, e, 200);
	struct race race = {.scene = &s};
	pthread_barrier_init(&race.start, NULL, THREADS);
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, race_run, &race), 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	pthread_barrier_destroy(&race.start);
	assert_int_equal(race.broken, 0);
	assert_int_equal(race.won, 1);
	assert_int_equal(race.clashes, THREADS - 1);
	office_close(&s.office);
}

#define EACH(name)                                                                                                                 \
	static void test_##name(void **state)                                                                                      \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
EACH(refused_and_nothing_spent)
EACH(as_long_as_the_key_lives)
EACH(one_tray)
EACH(beside_one_who_is_not)
EACH(what_binds_a_key)
EACH(its_place_among_the_grounds)
EACH(held_in_the_same_tray)
EACH(race)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(test_refused_and_nothing_spent),
	        cmocka_unit_test(test_as_long_as_the_key_lives),
	        cmocka_unit_test(test_one_tray),
	        cmocka_unit_test(test_beside_one_who_is_not),
	        cmocka_unit_test(test_what_binds_a_key),
	        cmocka_unit_test(test_its_place_among_the_grounds),
	        cmocka_unit_test(test_held_in_the_same_tray),
	        cmocka_unit_test(test_race),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
