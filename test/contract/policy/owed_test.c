/* SPDX-License-Identifier: EUPL-1.2
 * P2.2b: data balikan that is owed refuses inquiries where the version says so, and there
 * alone. What is owed is handed in, as cli does; here it is what the test says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "office.h"

static struct policy_debt owes; /* of every instansi that is asked about */
static size_t asked_n;          /* instansi asked about, since it was set to 0 */
static enum rc answers = RC_OK;

static enum rc debts_of(struct tx *tx, const int64_t *instansi_ids, size_t n, struct policy_debt *ret, struct err *err)
{
	(void)tx;
	asked_n += n;
	for (size_t i = 0; i < n; i++) {
		assert_true(i == 0 || instansi_ids[i] > instansi_ids[i - 1]);
		ret[i] = owes;
	}
	return answers == RC_OK ? RC_OK : FAIL(err, answers, "basis data hilang");
}

struct two {
	struct office office;
	struct person strict, lenient;
};

static struct person operator_of(struct office *o, const char *code, const char *debt, const char *user_id)
{
	int64_t id = office_instansi(o, (struct says){.code = code, .before = 100, .after = -1, .debt = debt});
	return office_operator(o, id, user_id, office_kejadian(o, id));
}

static void two_open(struct two *t, struct engine *e)
{
	office_open(&t->office, e);
	policy_close(t->office.policy);
	t->office.conf.debts = debts_of;
	t->office.conf.guard = GUARD_OBSERVE;
	OK(policy_open(&t->office.conf, t->office.agreement, &t->office.policy, &engine_err));
	t->strict = operator_of(&t->office, "BPBD", "\"mode\":\"refuse\",\"open_max\":3,\"age_days_max\":7", "operator1");
	t->lenient = operator_of(&t->office, "DINKES", "\"mode\":\"warn\",\"open_max\":3,\"age_days_max\":7", "operator2");
	owes = (struct policy_debt){0};
	asked_n = 0;
}

static enum ground ground_of(struct two *t, const struct person *by)
{
	return office_one(&t->office, office_ask(by, 9901)).ruling.ground;
}

static void check_limits(struct engine *e)
{
	struct two t;
	two_open(&t, e);
	int64_t today = t.office.now_us;
	owes = (struct policy_debt){2, today - 7 * US_PER_DAY};
	assert_int_equal(ground_of(&t, &t.strict), GROUND_NONE);
	owes = (struct policy_debt){3, today};
	struct seen seen = office_one(&t.office, office_ask(&t.strict, 9902));
	assert_int_equal(seen.ruling.ground, GROUND_DEBT_LIMIT);
	assert_string_equal(outcome_get(seen.ruling.outcome)->code, "17");
	assert_int_equal(seen.quota.used, 1); /* of the first; the refused one cost nothing */
	owes = (struct policy_debt){1, today - 8 * US_PER_DAY};
	assert_int_equal(ground_of(&t, &t.strict), GROUND_DEBT_LIMIT);
	owes = (struct policy_debt){0};
	assert_int_equal(ground_of(&t, &t.strict), GROUND_NONE);
	office_close(&t.office);
}

/* A version that only warns is not even asked about; nor is anybody twice in a tray. */
static void check_asked(struct engine *e)
{
	struct two t;
	struct seen seen[4];
	two_open(&t, e);
	owes = (struct policy_debt){1000, 1};
	assert_int_equal(ground_of(&t, &t.lenient), GROUND_NONE);
	assert_int_equal(asked_n, 0);
	struct inquiry_by tray[] = {office_ask(&t.strict, 9901), office_ask(&t.lenient, 9902), office_ask(&t.strict, 9903),
	                            office_ask(&t.lenient, 9904)};
	office_tray(&t.office, tray, LEN(tray), seen);
	assert_int_equal(asked_n, 1);
	for (size_t i = 0; i < LEN(tray); i++)
		assert_int_equal(seen[i].ruling.ground, i % 2 ? GROUND_NONE : GROUND_DEBT_LIMIT);
	office_close(&t.office);
}

/* Of one tray, those that come before count: the limit is not passed by a crowd. */
static void check_crowd(struct engine *e)
{
	struct two t;
	struct seen seen[5];
	two_open(&t, e);
	owes = (struct policy_debt){1, t.office.now_us};
	struct inquiry_by tray[LEN(seen)];
	for (size_t i = 0; i < LEN(tray); i++)
		tray[i] = office_ask(&t.strict, 9901 + (int)i);
	office_tray(&t.office, tray, LEN(tray), seen);
	for (size_t i = 0; i < LEN(tray); i++)
		assert_int_equal(seen[i].ruling.ground, i < 2 ? GROUND_NONE : GROUND_DEBT_LIMIT);
	office_close(&t.office);
}

/* Who cannot be told what is owed is not let through. */
static void check_broken(struct engine *e)
{
	struct two t;
	two_open(&t, e);
	struct tx *tx = office_tx(&t.office);
	struct policy_ask ask = office_ask(&t.strict, 9901).ask;
	struct policy_verdict verdict;
	struct session_limits limits = office_limits;
	const unsigned char(*token)[SESSION_TOKEN_SIZE] = (const unsigned char(*)[SESSION_TOKEN_SIZE]) & t.strict.token;
	OK(session_principals(tx, token, 1, &limits, t.office.now_us, &ask.who, &engine_err));
	answers = RC_BROKEN;
	assert_int_equal(policy_decide(t.office.policy, tx, &ask, 1, t.office.now_us, &verdict, &engine_err), RC_BROKEN);
	answers = RC_OK;
	tx_rollback(&tx);
	office_close(&t.office);
}

/* The page asks the same (policy_grounds). */
static void check_page(struct engine *e)
{
	struct two t;
	struct standing standing;
	struct addr peer = office_addr(OFFICE_INSIDE);
	const struct principal *who;
	ground_set grounds;
	two_open(&t, e);
	owes = (struct policy_debt){3, t.office.now_us};
	struct tx *tx = office_tx(&t.office);
	const unsigned char(*token)[SESSION_TOKEN_SIZE] = (const unsigned char(*)[SESSION_TOKEN_SIZE]) & t.strict.token;
	OK(session_principals(tx, token, 1, &office_limits, t.office.now_us, &who, &engine_err));
	OK(policy_grounds(t.office.policy, tx, who, &peer, t.office.now_us, &grounds, &standing, &engine_err));
	assert_int_equal(grounds, GROUND_BIT(GROUND_DEBT_LIMIT));
	tx_rollback(&tx);
	office_close(&t.office);
}

static void test_limits(void **state) { (void)state; engine_each(check_limits); }
static void test_asked(void **state) { (void)state; engine_each(check_asked); }
static void test_crowd(void **state) { (void)state; engine_each(check_crowd); }
static void test_broken(void **state) { (void)state; engine_each(check_broken); }
static void test_page(void **state) { (void)state; engine_each(check_page); }

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_asked),
		cmocka_unit_test(test_crowd),
		cmocka_unit_test(test_broken),
		cmocka_unit_test(test_page),
	};
	return cmocka_run_group_tests_name("policy/owed", tests, NULL, NULL);
}
