/* SPDX-License-Identifier: EUPL-1.2
 * A tray of 64 inquiries over 64 instansi, and one of 64 over a single one, with
 * everything on: NDA, kejadian, allow-list, repeat keys. As a test it walks each once
 * and checks the counters. With PADAN_TEST_BENCH=ROUNDS it also prints what an
 * inquiry and an instansi cost inside policy_decide and policy_answered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "office.h"

#define TRAY 64

struct cost {
	int64_t decide_us, answered_us;
};

static struct world {
	struct office office;
	struct person people[TRAY];
	struct policy_ask asks[TRAY];
	struct policy_verdict verdicts[TRAY];
	char keys[TRAY][32];
	enum outcome outcomes[TRAY];
	int64_t seqs[TRAY];
	int trays;
} world;

static void world_open(struct world *w, struct engine *e)
{
	char code[24], user_id[40];
	memset(w, 0, sizeof *w);
	office_open(&w->office, e);
	office_observe(&w->office);
	for (int i = 0; i < TRAY; i++) {
		snprintf(code, sizeof code, "I%d", i);
		snprintf(user_id, sizeof user_id, "operator%d", i);
		int64_t instansi = office_instansi(&w->office, (struct says){.code = code, .before = -1, .after = -1});
		w->people[i] = office_operator(&w->office, instansi, user_id, office_kejadian(&w->office, instansi));
		w->outcomes[i] = OUTCOME_DATA;
	}
}

/* Another one each time, so that the pattern guard has something to remember. */
static int64_t somebody(int n)
{
	int64_t date = (n * 7 % 28 + 1) * 10000 + (n / 3 % 12 + 1) * 100 + n / 5 % 100;
	return INT64_C(3304000000009900) + (n / 11 % 20 + 1) * INT64_C(10000000000) + date * 10000 + n % 97;
}

static void fill(struct world *w, struct tx *tx, int instansi)
{
	w->trays++;
	for (int i = 0; i < TRAY; i++) {
		const struct person *by = &w->people[i % instansi];
		snprintf(w->keys[i], sizeof w->keys[i], "%d-%d", w->trays, i);
		w->asks[i] = office_ask_key(by, 9900 + i, w->keys[i], "nik=3304060101909901&dokumen=ktp-el").ask;
		w->asks[i].nik.n = somebody(w->trays * TRAY + i);
		w->asks[i].who = person_principal(&w->office, tx, by);
	}
}

/* One tray over so many instansi. */
static void one_tray(struct world *w, int instansi, struct cost *cost)
{
	struct office *o = &w->office;
	struct tx *tx = office_tx(o);
	fill(w, tx, instansi);
	int64_t begun = clock_steady_us();
	OK(policy_decide(o->policy, tx, w->asks, TRAY, o->now_us, w->verdicts, &engine_err));
	int64_t decided = clock_steady_us();
	OK(policy_answered(o->policy, tx, w->asks, w->verdicts, w->outcomes, w->seqs, TRAY, o->now_us, &engine_err));
	cost->decide_us += decided - begun;
	cost->answered_us += clock_steady_us() - decided;
	for (int i = 0; i < TRAY; i++)
		assert_true(w->verdicts[i].permit && w->verdicts[i].repeat_new && w->verdicts[i].quota.used > i / instansi);
	OK(tx_commit(&tx, &engine_err));
}

static void check_trays(struct engine *e)
{
	const char *given = getenv("PADAN_TEST_BENCH");
	int64_t rounds = 1;
	if (given)
		assert_int_equal(str_int(str_c(given), 1, 100000, &rounds), RC_OK);
	world_open(&world, e);
	for (int instansi = TRAY; instansi > 0; instansi -= TRAY - 1) {
		struct cost cost = {0};
		for (int64_t i = 0; i < rounds; i++)
			one_tray(&world, instansi, &cost);
		if (given)
			print_message("%s: 64 inquiries over %d instansi: decide %.1f us an inquiry, answered %.1f us\n", e->name,
			              instansi, (double)cost.decide_us / (double)(rounds * TRAY),
			              (double)cost.answered_us / (double)(rounds * TRAY));
	}
	struct quota_use use;
	TX_AUTO *tx = office_tx(&world.office);
	OK(quota_read(tx, world.people[0].instansi_id, METHOD_PORTAL, -1, world.office.now_us, &use, &engine_err));
	assert_int_equal(use.used, rounds * (TRAY + 1)); /* one in each wide tray, all of each narrow one */
	tx_rollback(&tx);
	office_close(&world.office);
}

static void test_trays(void **state)
{
	(void)state;
	engine_each(check_trays);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_trays)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
