/* SPDX-License-Identifier: EUPL-1.2
 * The precedence table against DOMAIN 2, exhaustively.
 *
 * `domain` below was written from the specification, row by row, and never from
 * the code. Every subset of the 25 grounds is tried: the one that stands first in
 * `domain` must win with its outcome. Sanitized builds try every pair and triple
 * and a deterministic sample instead. */
#include "policy/decide.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

struct expected {
	int step;
	enum ground ground;
	const char *code;   /* of the outcome, two digits */
	const char *clause; /* must be named by the row's clause */
};

static const struct expected domain[] = {
	/* 1: user id, password or IP_USER empty -> 09; malformed body, missing NIK, unknown method -> 07 */
	{1, GROUND_CREDENTIAL_EMPTY, "09", "P2.1c"},
	{1, GROUND_MALFORMED, "07", "P2.1a"},
	/* 2: the peer is in no allow-list of that instansi -> 10 */
	{2, GROUND_PEER_UNKNOWN, "10", "P2.1b"},
	/* 3: unknown user id, wrong password, throttled, instansi of the path -> 03 */
	{3, GROUND_THROTTLED, "03", "P2.1c"},
	{3, GROUND_CREDENTIAL_WRONG, "03", "P2.1c"},
	{3, GROUND_PATH_INSTANSI, "03", "P2.1c"},
	/* 4: outside the user id's own narrowing, or IP_USER differs -> 04 */
	{4, GROUND_PEER_NARROWED, "04", "P2.1b"},
	{4, GROUND_PEER_MISMATCH, "04", "P2.1b"},
	/* 4, decision 0030: narrowed to machines by certificate -> 04 */
	{4, GROUND_CERTIFICATE, "04", "P2.1b"},
	/* 5: not yet active, suspended, ended, revoked; no SPTJM; method not granted -> 16 */
	{5, GROUND_NOT_STARTED, "16", "P4"},
	{5, GROUND_SUSPENDED, "16", "P9.1"},
	{5, GROUND_ENDED, "16", "P4"},
	{5, GROUND_REVOKED, "16", "P9.1"},
	{5, GROUND_NO_MINISTRY, "16", "P4"},
	{5, GROUND_NO_SPTJM, "16", "J.VI.D"},
	{5, GROUND_METHOD, "16", "J.II.C"},
	/* 6: closed, dormant, expired; no NDA; guard hold; debt limit -> 17 */
	{6, GROUND_USER_CLOSED, "17", "J.II.A"},
	{6, GROUND_USER_DORMANT, "17", "P2.1c"},
	{6, GROUND_USER_EXPIRED, "17", "P2.1c"},
	{6, GROUND_SANDBOX_OVER, "17", "J.II.D"}, /* no PoC is open any more: of the rehearsal only */
	{6, GROUND_NO_NDA, "17", "J.VI.E"},
	{6, GROUND_GUARD_HOLD, "17", "J.II.E1"},
	{6, GROUND_DEBT_LIMIT, "17", "P2.2b"},
	/* 7: no open purpose -> 07 */
	{7, GROUND_NO_KEJADIAN, "07", "J.II.E1"},
	/* 8: NIK not in format -> 15 */
	{8, GROUND_NIK_FORMAT, "15", "P2.1a"},
	/* 9: quota spent -> 05 */
	{9, GROUND_QUOTA, "05", "J.II.B"},
};
#define GROUNDS ((int)LEN(domain))
_Static_assert(GROUND_COUNT == GROUNDS + 1, "as many grounds as the specification has");

static enum outcome outcome_of[GROUNDS];

static int codes_are_known(void **state)
{
	(void)state;
	for (int i = 0; i < GROUNDS; i++)
		if (outcome_from_code(str_c(domain[i].code), &outcome_of[i]) != RC_OK)
			return -1;
	return 0;
}

/* `ranks`: bit i stands for domain[i]. No assert macro inside: 33 million rounds. */
static bool rules_as_domain(uint32_t ranks, ground_set against)
{
	struct ruling r = decide(against);
	if (ranks == 0)
		return r.ground == GROUND_NONE;
	int first = __builtin_ctz(ranks);
	return r.ground == domain[first].ground && r.outcome == outcome_of[first];
}

static ground_set grounds_of(uint32_t ranks)
{
	ground_set set = 0;
	for (int i = 0; i < GROUNDS; i++)
		if (ranks >> i & 1)
			set |= GROUND_BIT(domain[i].ground);
	return set;
}

static void every_pair_and_triple(void **state)
{
	(void)state;
	for (int a = 0; a < GROUNDS; a++)
		for (int b = a; b < GROUNDS; b++)
			for (int c = b; c < GROUNDS; c++) {
				uint32_t ranks = 1u << a | 1u << b | 1u << c;
				assert_true(rules_as_domain(ranks, grounds_of(ranks)));
			}
}

static void every_subset(void **state)
{
	(void)state;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
	enum { STEP = 61 }; /* a sample; odd, so that every bit changes */
#else
	enum { STEP = 1 };
#endif
	uint32_t wrong = 0;
	for (uint32_t ranks = 0; ranks < 1u << GROUNDS; ranks += STEP)
		wrong += !rules_as_domain(ranks, grounds_of(ranks));
	assert_int_equal(wrong, 0);
}

static void nothing_against_asks_the_registry(void **state)
{
	(void)state;
	assert_int_equal(decide(0).ground, GROUND_NONE);
	assert_int_equal(decide(0).outcome, 0);
	assert_int_equal(decide_get(GROUND_NONE)->step, 10);
	assert_string_equal(decide_get(GROUND_NONE)->key, "none");
}

static bool names_clause(const char *clauses, const char *clause)
{
	struct str rest = str_c(clauses);
	while (rest.at)
		if (str_eq(str_trim(str_split(&rest, '/')), str_c(clause)))
			return true;
	return false;
}

/* A row without a hole: step, outcome, clause as specified; a journal word of its own; a whole sentence. */
static void every_row_is_whole(void **state)
{
	(void)state;
	for (int i = 0; i < GROUNDS; i++) {
		const struct decide_row *row = decide_at((size_t)i);
		assert_ptr_equal(row, decide_get(domain[i].ground));
		assert_int_equal(row->ground, domain[i].ground);
		assert_int_equal(row->step, domain[i].step);
		assert_int_equal(row->outcome, outcome_of[i]);
		assert_true(names_clause(row->clause, domain[i].clause));
		size_t n = strlen(row->reason);
		assert_true(n > 20 && n < 160 && row->reason[n - 1] == '.');
		assert_true(row->reason[0] >= 'A' && row->reason[0] <= 'Z');
		assert_true(strspn(row->key, "abcdefghijklmnopqrstuvwxyz_") == strlen(row->key) && row->key[0]);
	}
	assert_null(decide_at(GROUNDS));
}

static void keys_and_reasons_are_unique(void **state)
{
	(void)state;
	for (int i = 0; i < GROUNDS; i++)
		for (size_t k = i + 1; k < GROUNDS; k++) {
			assert_string_not_equal(decide_at(i)->key, decide_at(k)->key);
			assert_string_not_equal(decide_at(i)->reason, decide_at(k)->reason);
		}
}

/* J.IV stands beside J.II.C: the card reader is refused under the same ground. */
static void the_method_row_names_the_card_reader(void **state)
{
	(void)state;
	assert_true(names_clause(decide_get(GROUND_METHOD)->clause, "J.IV"));
	assert_true(names_clause(decide_get(GROUND_ENDED)->clause, "P5"));
}

/* No ground of policy is a hit (DOMAIN 2: parameter outcomes and 15 cost nothing). */
static void no_refusal_is_a_hit(void **state)
{
	(void)state;
	for (int i = 0; i < GROUNDS; i++)
		assert_false(outcome_get(decide_at(i)->outcome)->hit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_pair_and_triple),
		cmocka_unit_test(every_subset),
		cmocka_unit_test(nothing_against_asks_the_registry),
		cmocka_unit_test(every_row_is_whole),
		cmocka_unit_test(keys_and_reasons_are_unique),
		cmocka_unit_test(the_method_row_names_the_card_reader),
		cmocka_unit_test(no_refusal_is_a_hit),
	};
	return cmocka_run_group_tests(tests, codes_are_known, NULL);
}
