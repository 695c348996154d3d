/* SPDX-License-Identifier: EUPL-1.2
 * Secrets of programs: issued to services only, found with their user id only,
 * expiring, worthless without the office key. A bearer token alone names its owner. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "people.h"

static const char office_key[] = "kunci kantor untuk uji 32 bytes!";
#define KEY str_from(office_key, 32)

static int64_t service(struct tx *tx, const char *user_id)
{
	int64_t id;
	struct user_new user = {.user_id = str_c(user_id), .role = ROLE_SERVICE, .instansi_id = 5, .standing_kejadian = 11};
	OK(user_add(tx, &user, NOW, &id, &engine_err));
	return id;
}

static const struct principal *behind(struct tx *tx, struct str user_id, const char *secret, int64_t now_us)
{
	const struct principal *who;
	struct credential_ask ask = {user_id, str_c(secret)};
	OK(credential_principals(tx, KEY, &ask, 1, 90, now_us, &who, &engine_err));
	return who;
}

static void check_issued_and_found(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char secret[CREDENTIAL_TEXT_SIZE];
	int64_t id = service(tx, "layanan");
	OK(credential_issue(tx, KEY, id, 0, NOW, secret, &engine_err));
	assert_int_equal(strlen(secret), 43);
	const struct principal *p = behind(tx, S("Layanan"), secret, NOW);
	assert_non_null(p);
	assert_int_equal(principal_user(p), id);
	assert_int_equal(principal_role(p), ROLE_SERVICE);
	assert_int_equal(principal_instansi(p), 5);
	assert_int_equal(principal_session(p), 0);
	assert_int_equal(principal_kejadian(p), 11);
	assert_int_equal(principal_csrf_key(p).n, 0);
	tx_rollback(&tx);
}

static void check_everything_wrong_is_the_same(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char secret[CREDENTIAL_TEXT_SIZE], other[CREDENTIAL_TEXT_SIZE];
	int64_t id = service(tx, "layanan"), second = service(tx, "lain");
	OK(credential_issue(tx, KEY, id, 0, NOW, secret, &engine_err));
	OK(credential_issue(tx, KEY, second, 0, NOW, other, &engine_err));
	struct credential_ask asks[] = {
	        {S("layanan"), str_c(other)},
	        {S("tidakada"), str_c(secret)},
	        {S("layanan"), S("")},
	        {S(""), str_c(secret)},
	        {S("layanan"), {NULL, 0}},
	        {S("layanan\xff"), str_c(secret)},
	        {S("layanan'--"), str_c(secret)},
	        {S("lain"), str_c(other)},
	        {S("layananlayananlayananlayananlayananlayanan"), str_c(secret)},
	};
	const struct principal *who[LEN(asks)];
	OK(credential_principals(tx, KEY, asks, LEN(asks), 90, NOW, who, &engine_err));
	for (size_t i = 0; i < LEN(asks); i++)
		assert_int_equal(who[i] != NULL, i == 7);
	struct credential_ask right = {S("layanan"), str_c(secret)};
	OK(credential_principals(tx, S("kunci lain yang juga 32 bytes..."), &right, 1, 90, NOW, who, &engine_err));
	assert_null(who[0]);
	assert_int_equal(credential_principals(tx, S("pendek"), &right, 1, 90, NOW, who, &engine_err), RC_BROKEN);
	tx_rollback(&tx);
}

static void check_only_services_and_until_it_expires(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char secret[CREDENTIAL_TEXT_SIZE];
	int64_t id = service(tx, "layanan"), person = people_add(tx, "satu", ROLE_OPERATOR, 5);
	assert_int_equal(credential_issue(tx, KEY, person, 0, NOW, secret, &engine_err), RC_INVALID);
	assert_int_equal(credential_issue(tx, KEY, 99, 0, NOW, secret, &engine_err), RC_ABSENT);
	OK(credential_issue(tx, KEY, id, NOW + 100, NOW, secret, &engine_err));
	assert_non_null(behind(tx, S("layanan"), secret, NOW + 99));
	assert_null(behind(tx, S("layanan"), secret, NOW + 100));
	tx_rollback(&tx);
}

/* Correct, but the user id is not: found with its flaw, so that 17 can be said. */
static void check_flaws_are_told(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char secret[CREDENTIAL_TEXT_SIZE];
	int64_t id = service(tx, "layanan");
	OK(credential_issue(tx, KEY, id, 0, NOW, secret, &engine_err));
	assert_int_equal(principal_flaw(behind(tx, S("layanan"), secret, NOW + 91 * US_PER_DAY)), USER_FLAW_DORMANT);
	assert_int_equal(principal_flaw(behind(tx, S("layanan"), secret, NOW + 80 * US_PER_DAY)), USER_FLAW_NONE);
	/* being used keeps it awake */
	assert_int_equal(principal_flaw(behind(tx, S("layanan"), secret, NOW + 160 * US_PER_DAY)), USER_FLAW_NONE);
	OK(user_set_closed(tx, id, USER_CLOSED_ADMIN, NOW, &engine_err));
	assert_int_equal(principal_flaw(behind(tx, S("layanan"), secret, NOW)), USER_FLAW_CLOSED);
	tx_rollback(&tx);
}

/* ---- a token, which comes without a user id (J.III) ---- */

static const struct principal *bearer(struct tx *tx, struct str token, int64_t now_us)
{
	const struct principal *who;
	OK(credential_bearer(tx, KEY, token, 90, now_us, &who, &engine_err));
	return who;
}

static void check_a_token_names_its_owner(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char one[CREDENTIAL_TEXT_SIZE], two[CREDENTIAL_TEXT_SIZE];
	int64_t first = service(tx, "balikan"), second = service(tx, "lain");
	OK(credential_issue(tx, KEY, first, 0, NOW, one, &engine_err));
	OK(credential_issue(tx, KEY, second, 0, NOW, two, &engine_err));
	const struct principal *p = bearer(tx, str_c(one), NOW);
	assert_int_equal(principal_user(p), first);
	assert_str(principal_user_id(p), "balikan");
	assert_int_equal(principal_role(p), ROLE_SERVICE);
	assert_int_equal(principal_instansi(p), 5);
	assert_int_equal(principal_kejadian(p), 11);
	assert_int_equal(principal_session(p), 0);
	assert_int_equal(principal_csrf_key(p).n, 0);
	assert_int_equal(principal_user(bearer(tx, str_c(two), NOW)), second);
	tx_rollback(&tx);
}

static void check_nothing_else_is_a_token(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char secret[CREDENTIAL_TEXT_SIZE], over[CREDENTIAL_TEXT_SIZE];
	const struct principal *who;
	int64_t id = service(tx, "balikan");
	OK(credential_issue(tx, KEY, id, 0, NOW, secret, &engine_err));
	OK(credential_issue(tx, KEY, id, NOW + 100, NOW, over, &engine_err));
	const struct str wrong[] = {
	        S(""), {NULL, 0}, S("balikan"), str_sub(str_c(secret), 0, 42), S("' OR 1=1 --"), S("\xff\0\xfe"),
	};
	for (size_t i = 0; i < LEN(wrong); i++)
		assert_null(bearer(tx, wrong[i], NOW));
	assert_non_null(bearer(tx, str_c(over), NOW + 99));
	assert_null(bearer(tx, str_c(over), NOW + 100));
	assert_non_null(bearer(tx, str_c(secret), NOW + 100)); /* rotation: the other one lives on */
	OK(credential_bearer(tx, S("kunci lain yang juga 32 bytes..."), str_c(secret), 90, NOW, &who, &engine_err));
	assert_null(who);
	assert_int_equal(credential_bearer(tx, S(""), str_c(secret), 90, NOW, &who, &engine_err), RC_BROKEN);
	tx_rollback(&tx);
}

static void check_flaws_of_its_owner_are_told(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char secret[CREDENTIAL_TEXT_SIZE];
	int64_t id = service(tx, "balikan");
	OK(credential_issue(tx, KEY, id, 0, NOW, secret, &engine_err));
	assert_int_equal(principal_flaw(bearer(tx, str_c(secret), NOW + 91 * US_PER_DAY)), USER_FLAW_DORMANT);
	assert_int_equal(principal_flaw(bearer(tx, str_c(secret), NOW + 80 * US_PER_DAY)), USER_FLAW_NONE);
	/* being used keeps it awake */
	assert_int_equal(principal_flaw(bearer(tx, str_c(secret), NOW + 160 * US_PER_DAY)), USER_FLAW_NONE);
	OK(user_set_closed(tx, id, USER_CLOSED_ADMIN, NOW, &engine_err));
	assert_int_equal(principal_flaw(bearer(tx, str_c(secret), NOW)), USER_FLAW_CLOSED);
	tx_rollback(&tx);
}

#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
EACH(issued_and_found)
EACH(everything_wrong_is_the_same)
EACH(only_services_and_until_it_expires)
EACH(flaws_are_told)
EACH(a_token_names_its_owner)
EACH(nothing_else_is_a_token)
EACH(flaws_of_its_owner_are_told)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(issued_and_found),
	        cmocka_unit_test(everything_wrong_is_the_same),
	        cmocka_unit_test(only_services_and_until_it_expires),
	        cmocka_unit_test(flaws_are_told),
	        cmocka_unit_test(a_token_names_its_owner),
	        cmocka_unit_test(nothing_else_is_a_token),
	        cmocka_unit_test(flaws_of_its_owner_are_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
