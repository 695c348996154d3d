/* SPDX-License-Identifier: EUPL-1.2
 * The table of problems has no hole: one row each, slugs of their own, and every ground of
 * the precedence table has a problem with its code. */
#include "api/problem.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

static void every_row_is_whole(void **state)
{
	(void)state;
	size_t n = 0;
	for (const struct problem_row *row; (row = problem_at(n)); n++) {
		assert_int_equal(row->problem, n);
		assert_ptr_equal(problem_get((enum problem)n), row);
		assert_true(row->status >= 400 && row->status < 600);
		assert_true(row->title && *row->title && row->advice && *row->advice);
		for (const char *c = row->slug; *c; c++)
			assert_true((*c >= 'a' && *c <= 'z') || *c == '-');
		for (size_t k = 0; k < n; k++)
			assert_string_not_equal(row->slug, problem_at(k)->slug);
		enum outcome outcome;
		assert_true(!row->code || outcome_from_code(str_c(row->code), &outcome) == RC_OK);
	}
	assert_int_equal(n, PROBLEM_COUNT);
}

/* DOMAIN 2: one type per outcome; only NO_KEJADIAN has one of its own. What needs no inquiry
 * any more once there is a token (09) reads as what it is, a parameter. */
static void every_ground_has_its_problem(void **state)
{
	(void)state;
	for (size_t i = 0; decide_at(i); i++) {
		const struct decide_row *ground = decide_at(i);
		const struct problem_row *row = problem_get(problem_of_ground(ground->ground));
		if (ground->outcome != OUTCOME_CREDENTIAL)
			assert_string_equal(row->code, outcome_get(ground->outcome)->code);
		assert_int_equal(row->problem == PROBLEM_KEJADIAN, ground->ground == GROUND_NO_KEJADIAN);
		assert_int_not_equal(row->status, 400);
		assert_true(row->status < 500);
	}
	static const struct {
		enum ground ground;
		enum problem problem;
		int status;
	} rows[] = {
	        {GROUND_MALFORMED, PROBLEM_PARAMETER, 422},
	        {GROUND_PEER_UNKNOWN, PROBLEM_PEER, 403},
	        {GROUND_CREDENTIAL_WRONG, PROBLEM_TOKEN, 401},
	        {GROUND_PEER_NARROWED, PROBLEM_ADDRESS, 403},
	        {GROUND_PEER_MISMATCH, PROBLEM_ADDRESS, 403},
	        {GROUND_SUSPENDED, PROBLEM_INSTANSI, 403},
	        {GROUND_METHOD, PROBLEM_INSTANSI, 403},
	        {GROUND_USER_CLOSED, PROBLEM_USER, 403},
	        {GROUND_GUARD_HOLD, PROBLEM_USER, 403},
	        {GROUND_DEBT_LIMIT, PROBLEM_USER, 403},
	        {GROUND_NO_KEJADIAN, PROBLEM_KEJADIAN, 422},
	        {GROUND_NIK_FORMAT, PROBLEM_NIK, 422},
	        {GROUND_QUOTA, PROBLEM_QUOTA, 429},
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		assert_int_equal(problem_of_ground(rows[i].ground), rows[i].problem);
		assert_int_equal(problem_get(rows[i].problem)->status, rows[i].status);
	}
}

static void every_status_has_one(void **state)
{
	(void)state;
	static const int kept[] = {400, 403, 404, 405, 409, 413, 415, 422, 429, 503};
	for (size_t i = 0; i < LEN(kept); i++)
		assert_int_equal(problem_get(problem_of_status(kept[i]))->status, kept[i]);
	assert_int_equal(problem_of_status(429), PROBLEM_TOO_OFTEN); /* nobody's quota */
	assert_int_equal(problem_of_status(418), PROBLEM_PARAMETER);
	assert_int_equal(problem_of_status(500), PROBLEM_UNAVAILABLE);
}

static void each_is_json(void **state)
{
	(void)state;
	for (size_t i = 0; i < PROBLEM_COUNT; i++) {
		BUF_AUTO out = BUF(4096);
		problem_write(&out, (enum problem)i);
		json_t *root = json_loadb(out.at, out.n, JSON_REJECT_DUPLICATES, NULL);
		assert_non_null(root);
		assert_int_equal(json_integer_value(json_object_get(root, "status")), problem_at(i)->status);
		struct str type = str_c(json_string_value(json_object_get(root, "type")));
		assert_true(str_starts(type, S(PROBLEM_BASE)));
		assert_int_equal(json_object_size(root), problem_at(i)->code ? 4 : 3);
		json_decref(root);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(every_row_is_whole),
	        cmocka_unit_test(every_ground_has_its_problem),
	        cmocka_unit_test(every_status_has_one),
	        cmocka_unit_test(each_is_json),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
