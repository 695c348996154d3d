/* SPDX-License-Identifier: EUPL-1.2
 * Random trays of random inquiries against a model that knows nothing of the code:
 * a list of the keys ever used, a counter per instansi, method and day, walked one
 * inquiry at a time. Every verdict must be the model's. The seed is printed;
 * PADAN_TEST_SEED repeats a run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "office.h"

#define OFFICES 3
#define PEOPLE (OFFICES * 2)
#define TRAYS 150
#define TRAY 12
#define KEYS 4
#define BODIES 2
#define DAYS 64

static uint64_t chance_state;

static int chance(int n) /* 0 ... n - 1; xorshift64 */
{
	chance_state ^= chance_state << 13;
	chance_state ^= chance_state >> 7;
	chance_state ^= chance_state << 17;
	return (int)(chance_state % (uint64_t)n);
}

/* ---- the model ---- */

struct model_key {
	bool used;
	int64_t first_us, first_seq;
	int repeats;
};
struct model {
	int64_t used[OFFICES][METHOD_COUNT][DAYS];
	struct model_key keys[PEOPLE][METHOD_COUNT][KEYS][BODIES];
	bool suspended[OFFICES];
	int64_t limit[OFFICES];
};

struct model_ask {
	int person, key, body; /* key 0: none */
	enum method method;
	bool nik_bad, outside;
};
struct model_says {
	enum ground ground;
	bool repeat;
	int64_t repeat_of, used;
};

static int64_t *model_used(struct model *m, const struct model_ask *a, int64_t now_us)
{
	return &m->used[a->person / 2][a->method][day_of_us(now_us).n % DAYS];
}

static enum ground model_ground(const struct model *m, const struct model_ask *a)
{
	if (a->outside)
		return GROUND_PEER_UNKNOWN;
	if (m->suspended[a->person / 2])
		return GROUND_SUSPENDED;
	if (a->method == METHOD_VERIFY)
		return GROUND_METHOD;
	return a->nik_bad ? GROUND_NIK_FORMAT : GROUND_NONE;
}

static struct model_says model_decide(struct model *m, const struct model_ask *a, int64_t seq, int64_t now_us)
{
	int64_t *used = model_used(m, a, now_us), limit = m->limit[a->person / 2];
	struct model_key *key = &m->keys[a->person][a->method][a->key][a->body];
	struct model_says says = {.ground = model_ground(m, a)};
	bool young = a->key && key->used && now_us - key->first_us < 600 * US_PER_S && key->repeats < 3;
	if (says.ground == GROUND_NONE && young) {
		key->repeats++;
		says.repeat = true;
		says.repeat_of = key->first_seq;
	} else if (says.ground == GROUND_NONE && limit >= 0 && *used >= limit) {
		says.ground = GROUND_QUOTA;
	} else if (says.ground == GROUND_NONE) {
		++*used;
		*key = (struct model_key){.used = true, .first_us = now_us, .first_seq = seq};
	}
	says.used = *used;
	return says;
}

/* ---- the same to both ---- */

struct world {
	struct office office;
	struct model model;
	int64_t instansi[OFFICES];
	struct person people[PEOPLE];
};

static void world_open(struct world *w, struct engine *e)
{
	static const char *const codes[OFFICES] = {"BPBD", "DINKES", "DINSOS"};
	static const int64_t limits[OFFICES] = {12, 40, -1};
	char user_id[40];
	memset(&w->model, 0, sizeof w->model);
	office_open(&w->office, e);
	office_observe(&w->office); /* the model knows no pattern guard, and chance asks as an attacker may */
	for (int i = 0; i < OFFICES; i++) {
		w->model.limit[i] = limits[i];
		w->instansi[i] = office_instansi(
			&w->office, (struct says){.code = codes[i], .before = limits[i], .after = -1, .call_nik = true});
		int64_t kejadian = office_kejadian(&w->office, w->instansi[i]);
		for (int k = 0; k < 2; k++) {
			snprintf(user_id, sizeof user_id, "operator%d%d", i, k);
			w->people[i * 2 + k] = office_operator(&w->office, w->instansi[i], user_id, kejadian);
		}
	}
}

static struct model_ask random_ask(void)
{
	static const enum method methods[] = {METHOD_PORTAL, METHOD_PORTAL, METHOD_CALL_NIK, METHOD_VERIFY};
	return (struct model_ask){
		.person = chance(PEOPLE),
		.key = chance(KEYS),
		.body = chance(BODIES),
		.method = methods[chance(LEN(methods))],
		.nik_bad = chance(8) == 0,
		.outside = chance(12) == 0,
	};
}

static struct inquiry_by as_inquiry(const struct world *w, const struct model_ask *a)
{
	static const char *const keys[KEYS] = {"", "a", "b", "c"};
	static const char *const bodies[BODIES] = {"isi", "isi lain"};
	struct inquiry_by q = office_ask_key(&w->people[a->person], 9900 + a->body, keys[a->key], bodies[a->body]);
	q.ask.method = a->method;
	q.ask.nik_bad = a->nik_bad;
	if (a->outside)
		q.ask.peer = office_addr(OFFICE_OUTSIDE);
	return q;
}

/* Sometimes the clock runs, jumps a day, or steps back; sometimes an instansi is suspended or comes back. */
static void world_moves(struct world *w)
{
	static const int64_t steps_s[] = {0, 1, 20, 200, 700, -300, 43200, -40000};
	w->office.now_us += steps_s[chance(LEN(steps_s))] * US_PER_S;
	if (chance(10))
		return;
	int i = chance(OFFICES);
	bool *suspended = &w->model.suspended[i];
	struct tx *tx = office_tx(&w->office);
	enum instansi_state next = *suspended ? INSTANSI_ACTIVE : INSTANSI_SUSPENDED;
	OK(instansi_set_state(tx, w->instansi[i], next, w->office.now_us, &engine_err));
	OK(tx_commit(&tx, &engine_err));
	*suspended = !*suspended;
}

static void agrees(const struct seen *seen, const struct seen *tray, const struct model_says *says)
{
	int64_t of = seen->repeat_in_tray ? tray[seen->repeat_at].seq : seen->repeat_of;
	if (seen->ruling.ground != says->ground)
		print_error("ground %s, model %s\n", decide_get(seen->ruling.ground)->key, decide_get(says->ground)->key);
	assert_int_equal(seen->ruling.ground, says->ground);
	assert_int_equal(seen->repeat, says->repeat);
	assert_int_equal(seen->permit, says->ground == GROUND_NONE);
	assert_int_equal(seen->quota.used, says->used);
	if (says->repeat)
		assert_int_equal(of, says->repeat_of);
}

static void one_tray(struct world *w)
{
	struct model_ask asks[TRAY];
	struct inquiry_by qs[TRAY];
	struct seen seen[TRAY];
	struct model before = w->model;
	size_t n = 1 + (size_t)chance(TRAY);
	bool rolled_back = chance(10) == 0;
	int64_t seq = w->office.next_seq;
	for (size_t i = 0; i < n; i++) {
		asks[i] = random_ask();
		qs[i] = as_inquiry(w, &asks[i]);
	}
	struct tx *tx = office_tx(&w->office);
	office_walk(&w->office, tx, qs, n, seen);
	for (size_t i = 0; i < n; i++) {
		struct model_says says = model_decide(&w->model, &asks[i], seq + (int64_t)i, w->office.now_us);
		agrees(&seen[i], seen, &says);
	}
	if (!rolled_back) {
		OK(tx_commit(&tx, &engine_err));
		return;
	}
	tx_rollback(&tx);
	w->model = before;
}

static void check_against_model(struct engine *e)
{
	static struct world world;
	const char *given = getenv("PADAN_TEST_SEED");
	int64_t seed = clock_now_us();
	if (given)
		assert_int_equal(str_int(str_c(given), 1, INT64_MAX, &seed), RC_OK);
	print_message("%s: seed %lld\n", e->name, (long long)seed);
	chance_state = (uint64_t)seed;
	world_open(&world, e);
	for (int i = 0; i < TRAYS; i++) {
		one_tray(&world);
		world_moves(&world);
	}
	office_close(&world.office);
}

static void test_against_model(void **state)
{
	(void)state;
	engine_each(check_against_model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_against_model)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
