/* SPDX-License-Identifier: EUPL-1.2
 * User ids: well formed, unique without case, fitting role and instansi; password
 * and closing end sessions (P2.1c); dormancy and expiry. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "people.h"

static void check_every_query_prepares(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	OK(tx_commit(&tx, &engine_err));
	for (size_t i = 0; identity_queries[i]; i++)
		OK(query_check(engine->store, identity_queries[i], &engine_err));
}

static void check_case_does_not_matter(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	struct user user;
	int64_t other, id = people_add(tx, "Operator1", ROLE_OPERATOR, 3);
	OK(user_find(tx, S("OPERATOR1"), &user, &engine_err));
	assert_int_equal(user.user, id);
	assert_str(user.user_id, "operator1");
	assert_int_equal(user.role, ROLE_OPERATOR);
	assert_int_equal(user.instansi_id, 3);
	assert_null(user.password_hash.at);
	assert_int_equal(user.made_us, NOW);
	struct user_new again = {.user_id = S("oPERATOR1"), .role = ROLE_ADMIN};
	assert_int_equal(user_add(tx, &again, NOW, &other, &engine_err), RC_CONFLICT);
	assert_string_equal(engine_err.what, "user ID operator1 sudah ada");
	people_add(tx, "operator2", ROLE_OPERATOR, 3); /* the refusal left the transaction usable */
	assert_int_equal(user_find(tx, S("operator"), &user, &engine_err), RC_ABSENT);
	assert_int_equal(user_find(tx, S(""), &user, &engine_err), RC_ABSENT);
	assert_int_equal(user_find(tx, S("operator1'--"), &user, &engine_err), RC_ABSENT);
	assert_int_equal(user_get(tx, id + 999, &user, &engine_err), RC_ABSENT);
	tx_rollback(&tx);
}

static void check_user_ids_are_well_formed(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	static const char *const bad[] = {
	        "", "1abc", "-abc", ".abc", "a b", "a@b", "é", "a'b", "abcdefghijklmnopqrstuvwxyz0123456"};
	int64_t id;
	for (size_t i = 0; i < LEN(bad); i++) {
		struct user_new user = {.user_id = str_c(bad[i]), .role = ROLE_ADMIN};
		assert_int_equal(user_add(tx, &user, NOW, &id, &engine_err), RC_INVALID);
	}
	people_add(tx, "abcdefghijklmnopqrstuvwxyz012345", ROLE_ADMIN, 0);
	people_add(tx, "a.b-c_9", ROLE_ADMIN, 0);
	tx_rollback(&tx);
}

static void check_role_and_instansi_fit(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	int64_t id;
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		bool of_instansi = (ROLES_INSTANSI & ROLE_BIT(i)) != 0;
		struct user_new wrong = {.user_id = S("satu"), .role = (enum role)i, .instansi_id = of_instansi ? 0 : 1};
		assert_int_equal(user_add(tx, &wrong, NOW, &id, &engine_err), RC_INVALID);
	}
	struct user_new none = {.user_id = S("satu"), .role = ROLE_COUNT};
	assert_int_equal(user_add(tx, &none, NOW, &id, &engine_err), RC_INVALID);
	struct user_new service = {.user_id = S("satu"), .role = ROLE_SERVICE, .instansi_id = 1, .password_hash = S("x")};
	assert_int_equal(user_add(tx, &service, NOW, &id, &engine_err), RC_INVALID);
	struct user_new standing = {.user_id = S("satu"), .role = ROLE_OPERATOR, .instansi_id = 1, .standing_kejadian = 1};
	assert_int_equal(user_add(tx, &standing, NOW, &id, &engine_err), RC_INVALID);
	tx_rollback(&tx);
}

/* P2.1b: narrowable per user id */
static void check_narrowing(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	struct user user;
	int64_t id;
	struct user_new bad = {.user_id = S("satu"), .role = ROLE_KEPALA, .instansi_id = 1, .narrowing = S("192.0.2.1/24")};
	assert_int_equal(user_add(tx, &bad, NOW, &id, &engine_err), RC_INVALID);
	assert_string_equal(engine_err.what, "192.0.2.1/24 bukan alamat jaringan");
	struct user_new good = {
	        .user_id = S("satu"), .role = ROLE_KEPALA, .instansi_id = 1, .narrowing = S("192.0.2.13 , 2001:DB8::/32")};
	OK(user_add(tx, &good, NOW, &id, &engine_err));
	OK(user_get(tx, id, &user, &engine_err));
	assert_str(user.narrowing, "192.0.2.13/32,2001:db8::/32");
	unsigned char token[SESSION_TOKEN_SIZE];
	people_session(tx, id, NOW, token);
	size_t n;
	const struct cidr *ranges = principal_narrowing(people_behind(tx, token, NOW), &n);
	struct addr inside = people_addr("2001:db8::9"), outside = people_addr("192.0.2.14");
	assert_int_equal(n, 2);
	assert_true(cidr_has(&ranges[1], &inside));
	assert_false(cidr_has(&ranges[0], &outside));
	tx_rollback(&tx);
}

static void check_lists_in_pages(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	struct user *users;
	size_t n;
	people_add(tx, "citra", ROLE_OPERATOR, 1);
	people_add(tx, "admin", ROLE_ADMIN, 0);
	people_add(tx, "budi", ROLE_OPERATOR, 2);
	OK(user_list(tx, -1, S(""), &users, &n, &engine_err));
	assert_int_equal(n, 3);
	assert_str(users[0].user_id, "admin");
	assert_str(users[2].user_id, "citra");
	OK(user_list(tx, -1, S("admin"), &users, &n, &engine_err));
	assert_int_equal(n, 2);
	OK(user_list(tx, 2, S(""), &users, &n, &engine_err));
	assert_int_equal(n, 1);
	assert_str(users[0].user_id, "budi");
	OK(user_list(tx, 0, S("z"), &users, &n, &engine_err));
	assert_int_equal(n, 0);
	tx_rollback(&tx);
}

/* P2.1c: forced change at first use */
static void check_password_change_ends_the_others(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	unsigned char here[SESSION_TOKEN_SIZE], there[SESSION_TOKEN_SIZE], somebody[SESSION_TOKEN_SIZE];
	struct user user;
	int64_t id = people_add(tx, "satu", ROLE_OPERATOR, 1), other = people_add(tx, "dua", ROLE_OPERATOR, 1);
	int64_t session = people_session(tx, id, NOW, here);
	people_session(tx, id, NOW, there);
	people_session(tx, other, NOW, somebody);
	OK(user_set_password(tx, id, S("$hash"), true, session, &engine_err));
	OK(user_get(tx, id, &user, &engine_err));
	assert_str(user.password_hash, "$hash");
	assert_true(user.must_change);
	assert_true(principal_must_change(people_behind(tx, here, NOW)));
	assert_null(people_behind(tx, there, NOW));
	assert_non_null(people_behind(tx, somebody, NOW));
	OK(user_set_password(tx, id, S("$new"), false, 0, &engine_err));
	assert_null(people_behind(tx, here, NOW));
	assert_int_equal(user_set_password(tx, 99, S("$x"), false, 0, &engine_err), RC_ABSENT);
	tx_rollback(&tx);
}

static void check_closing_ends_all(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	unsigned char token[SESSION_TOKEN_SIZE];
	struct user user;
	int64_t id = people_add(tx, "satu", ROLE_OPERATOR, 1);
	people_session(tx, id, NOW, token);
	OK(user_set_closed(tx, id, true, &engine_err));
	assert_null(people_behind(tx, token, NOW));
	OK(user_get(tx, id, &user, &engine_err)); /* the row stays */
	assert_true(user.closed);
	people_session(tx, id, NOW, token);
	assert_int_equal(principal_flaw(people_behind(tx, token, NOW)), USER_FLAW_CLOSED);
	OK(user_set_closed(tx, id, false, &engine_err));
	assert_int_equal(principal_flaw(people_behind(tx, token, NOW)), USER_FLAW_NONE);
	assert_int_equal(user_set_closed(tx, 99, true, &engine_err), RC_ABSENT);
	tx_rollback(&tx);
}

static void check_seen_moves_forward_only(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	struct user user;
	int64_t id = people_add(tx, "satu", ROLE_OPERATOR, 1);
	OK(user_seen(tx, id, NOW + 5, &engine_err));
	OK(user_seen(tx, id, NOW - 5, &engine_err));
	OK(user_get(tx, id, &user, &engine_err));
	assert_int_equal(user.last_seen_us, NOW + 5);
	tx_rollback(&tx);
}

static void dormant_and_expired(void **state)
{
	(void)state;
	struct user user = {.made_us = NOW, .last_seen_us = 0};
	assert_int_equal(user_flaw(&user, 90, NOW + 90 * US_PER_DAY), USER_FLAW_NONE);
	assert_int_equal(user_flaw(&user, 90, NOW + 90 * US_PER_DAY + 1), USER_FLAW_DORMANT);
	assert_int_equal(user_flaw(&user, 0, NOW + 900 * US_PER_DAY), USER_FLAW_NONE);
	user.last_seen_us = NOW + 10 * US_PER_DAY;
	assert_int_equal(user_flaw(&user, 90, NOW + 100 * US_PER_DAY), USER_FLAW_NONE);
	assert_int_equal(user_flaw(&user, 90, NOW - 1000 * US_PER_DAY), USER_FLAW_NONE); /* the clock stepped back */
	user.expires_us = NOW + 20;
	assert_int_equal(user_flaw(&user, 90, NOW + 19), USER_FLAW_NONE);
	assert_int_equal(user_flaw(&user, 90, NOW + 20), USER_FLAW_EXPIRED);
	user.closed = true;
	assert_int_equal(user_flaw(&user, 90, NOW + 20), USER_FLAW_CLOSED);
}

#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
EACH(every_query_prepares)
EACH(case_does_not_matter)
EACH(user_ids_are_well_formed)
EACH(role_and_instansi_fit)
EACH(narrowing)
EACH(lists_in_pages)
EACH(password_change_ends_the_others)
EACH(closing_ends_all)
EACH(seen_moves_forward_only)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(every_query_prepares),
	        cmocka_unit_test(case_does_not_matter),
	        cmocka_unit_test(user_ids_are_well_formed),
	        cmocka_unit_test(role_and_instansi_fit),
	        cmocka_unit_test(narrowing),
	        cmocka_unit_test(lists_in_pages),
	        cmocka_unit_test(password_change_ends_the_others),
	        cmocka_unit_test(closing_ends_all),
	        cmocka_unit_test(seen_moves_forward_only),
	        cmocka_unit_test(dormant_and_expired),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
