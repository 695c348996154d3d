/* SPDX-License-Identifier: EUPL-1.2
 * Secrets of programs: issued to services only, found with their user id only,
 * expiring, worthless without the office key. A bearer token alone names its owner.
 * Their life: rotated with an overlap, listed without the secret, ended at once; and the
 * certificates a user id is bound to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "identity/access.h"
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

static enum rc try_issue(struct tx *tx, int64_t user, int64_t expires_us, char secret[CREDENTIAL_TEXT_SIZE])
{
	struct credential_made made;
	const struct credential_new credential = {.user = user, .expires_us = expires_us, .overlap_us = -1, .by = S("admin")};
	TRY(credential_issue(tx, KEY, &credential, NOW, &made, &engine_err));
	memcpy(secret, made.secret, sizeof made.secret);
	return RC_OK;
}

static void issue(struct tx *tx, int64_t user, int64_t expires_us, char secret[CREDENTIAL_TEXT_SIZE])
{
	OK(try_issue(tx, user, expires_us, secret));
}

static const struct principal *behind(struct tx *tx, struct str user_id, const char *secret, int64_t now_us)
{
	const struct principal *who;
	struct credential_ask ask = {user_id, str_c(secret), NULL};
	OK(credential_principals(tx, KEY, &ask, 1, 90, now_us, &who, &engine_err));
	return who;
}

static void check_issued_and_found(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char secret[CREDENTIAL_TEXT_SIZE];
	int64_t id = service(tx, "layanan");
	issue(tx, id, 0, secret);
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
	issue(tx, id, 0, secret);
	issue(tx, second, 0, other);
	struct credential_ask asks[] = {
	        {S("layanan"), str_c(other), NULL},
	        {S("tidakada"), str_c(secret), NULL},
	        {S("layanan"), S(""), NULL},
	        {S(""), str_c(secret), NULL},
	        {S("layanan"), {NULL, 0}, NULL},
	        {S("layanan\xff"), str_c(secret), NULL},
	        {S("layanan'--"), str_c(secret), NULL},
	        {S("lain"), str_c(other), NULL},
	        {S("layananlayananlayananlayananlayananlayanan"), str_c(secret), NULL},
	};
	const struct principal *who[LEN(asks)];
	OK(credential_principals(tx, KEY, asks, LEN(asks), 90, NOW, who, &engine_err));
	for (size_t i = 0; i < LEN(asks); i++)
		assert_int_equal(who[i] != NULL, i == 7);
	struct credential_ask right = {S("layanan"), str_c(secret), NULL};
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
	assert_int_equal(try_issue(tx, person, 0, secret), RC_INVALID);
	assert_int_equal(try_issue(tx, 99, 0, secret), RC_ABSENT);
	issue(tx, id, NOW + 100, secret);
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
	issue(tx, id, 0, secret);
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
	OK(credential_bearer(tx, KEY, &(struct credential_ask){.secret = token}, 90, now_us, &who, &engine_err));
	return who;
}

static void check_a_token_names_its_owner(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char one[CREDENTIAL_TEXT_SIZE], two[CREDENTIAL_TEXT_SIZE];
	int64_t first = service(tx, "balikan"), second = service(tx, "lain");
	issue(tx, first, 0, one);
	issue(tx, second, 0, two);
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
	issue(tx, id, 0, secret);
	issue(tx, id, NOW + 100, over);
	const struct str wrong[] = {
	        S(""), {NULL, 0}, S("balikan"), str_sub(str_c(secret), 0, 42), S("' OR 1=1 --"), S("\xff\0\xfe"),
	};
	for (size_t i = 0; i < LEN(wrong); i++)
		assert_null(bearer(tx, wrong[i], NOW));
	assert_non_null(bearer(tx, str_c(over), NOW + 99));
	assert_null(bearer(tx, str_c(over), NOW + 100));
	assert_non_null(bearer(tx, str_c(secret), NOW + 100)); /* rotation: the other one lives on */
	const struct credential_ask right = {.secret = str_c(secret)};
	OK(credential_bearer(tx, S("kunci lain yang juga 32 bytes..."), &right, 90, NOW, &who, &engine_err));
	assert_null(who);
	assert_int_equal(credential_bearer(tx, S(""), &right, 90, NOW, &who, &engine_err), RC_BROKEN);
	tx_rollback(&tx);
}

static void check_flaws_of_its_owner_are_told(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char secret[CREDENTIAL_TEXT_SIZE];
	int64_t id = service(tx, "balikan");
	issue(tx, id, 0, secret);
	assert_int_equal(principal_flaw(bearer(tx, str_c(secret), NOW + 91 * US_PER_DAY)), USER_FLAW_DORMANT);
	assert_int_equal(principal_flaw(bearer(tx, str_c(secret), NOW + 80 * US_PER_DAY)), USER_FLAW_NONE);
	/* being used keeps it awake */
	assert_int_equal(principal_flaw(bearer(tx, str_c(secret), NOW + 160 * US_PER_DAY)), USER_FLAW_NONE);
	OK(user_set_closed(tx, id, USER_CLOSED_ADMIN, NOW, &engine_err));
	assert_int_equal(principal_flaw(bearer(tx, str_c(secret), NOW)), USER_FLAW_CLOSED);
	tx_rollback(&tx);
}

/* ---- the life of a secret (issue 5.1) ---- */

#define HOUR_US (INT64_C(3600) * US_PER_S)

static struct credential_made rotate(struct tx *tx, int64_t user, int64_t overlap_us)
{
	struct credential_made made;
	const struct credential_new credential = {.user = user, .overlap_us = overlap_us, .by = S("admin")};
	OK(credential_issue(tx, KEY, &credential, NOW, &made, &engine_err));
	return made;
}

static void check_rotating_overlaps(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char old[CREDENTIAL_TEXT_SIZE], dated[CREDENTIAL_TEXT_SIZE];
	int64_t id = service(tx, "layanan");
	issue(tx, id, 0, old);
	issue(tx, id, NOW + HOUR_US, dated);
	struct credential_made made = rotate(tx, id, 7 * US_PER_DAY);
	assert_non_null(behind(tx, S("layanan"), made.secret, NOW + 400 * US_PER_DAY));
	assert_non_null(behind(tx, S("layanan"), old, NOW + 7 * US_PER_DAY - 1));
	assert_null(behind(tx, S("layanan"), old, NOW + 7 * US_PER_DAY));
	assert_null(behind(tx, S("layanan"), dated, NOW + HOUR_US)); /* an end that was nearer stays */
	tx_rollback(&tx);
}

static void check_without_overlap_the_old_one_is_over(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char old[CREDENTIAL_TEXT_SIZE];
	int64_t id = service(tx, "layanan");
	issue(tx, id, 0, old);
	struct credential_made made = rotate(tx, id, 0);
	assert_null(behind(tx, S("layanan"), old, NOW));
	assert_non_null(behind(tx, S("layanan"), made.secret, NOW));
	tx_rollback(&tx);
}

static void check_three_live_at_once(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char secret[CREDENTIAL_TEXT_SIZE];
	int64_t id = service(tx, "layanan"), other = service(tx, "lain");
	for (int i = 0; i < CREDENTIAL_LIVE_MAX; i++)
		issue(tx, id, NOW + HOUR_US, secret);
	assert_int_equal(try_issue(tx, id, 0, secret), RC_LIMIT);
	issue(tx, other, 0, secret); /* each user id has its own */
	rotate(tx, id, 0);           /* those that end now make room */
	assert_int_equal(try_issue(tx, id, NOW - 1, secret), RC_INVALID);
	OK(user_set_closed(tx, other, USER_CLOSED_ADMIN, NOW, &engine_err));
	assert_int_equal(try_issue(tx, other, 0, secret), RC_REFUSED);
	tx_rollback(&tx);
}

static struct credential_seen *listed(struct tx *tx, int64_t id, size_t n, int64_t now_us)
{
	struct credential_seen *rows;
	size_t found;
	OK(credential_list(tx, id, now_us, &rows, &found, &engine_err));
	assert_int_equal(found, n);
	return rows;
}

static void check_what_is_listed(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char over[CREDENTIAL_TEXT_SIZE];
	int64_t id = service(tx, "layanan");
	issue(tx, id, NOW + 100, over);
	struct credential_made made = rotate(tx, id, -1);
	struct credential_seen *rows = listed(tx, id, 2, NOW + 100);
	assert_string_equal(rows[0].number.z, made.number.z);
	assert_int_equal(strlen(made.number.z), 8);
	assert_int_equal(rows[0].state, CREDENTIAL_LIVE);
	assert_str(rows[0].by, "admin");
	assert_int_equal(rows[0].made_us, NOW);
	assert_int_equal(rows[0].used_us, 0);
	assert_int_equal(rows[1].state, CREDENTIAL_EXPIRED);
	assert_string_not_equal(rows[1].number.z, rows[0].number.z);
	for (int i = 0; i < 3; i++) /* used thrice in an hour: written down once */
		assert_non_null(behind(tx, S("layanan"), made.secret, NOW + HOUR_US + i));
	assert_int_equal(listed(tx, id, 2, NOW)[0].used_us, NOW + HOUR_US);
	assert_non_null(bearer(tx, str_c(made.secret), NOW + 2 * HOUR_US));
	assert_int_equal(listed(tx, id, 2, NOW)[0].used_us, NOW + 2 * HOUR_US);
	assert_non_null(bearer(tx, str_c(made.secret), NOW)); /* a clock that steps back changes nothing */
	assert_int_equal(listed(tx, id, 2, NOW)[0].used_us, NOW + 2 * HOUR_US);
	tx_rollback(&tx);
}

static void check_ending_one_or_all(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char first[CREDENTIAL_TEXT_SIZE], stranger[CREDENTIAL_TEXT_SIZE];
	size_t n;
	int64_t id = service(tx, "layanan"), other = service(tx, "lain");
	issue(tx, id, 0, first);
	issue(tx, other, 0, stranger);
	struct credential_made made = rotate(tx, id, -1);
	assert_int_equal(credential_end(tx, other, str_c(made.number.z), S("kepala"), NOW, &engine_err), RC_ABSENT);
	assert_int_equal(credential_end(tx, id, S(""), S("kepala"), NOW, &engine_err), RC_ABSENT);
	OK(credential_end(tx, id, str_c(made.number.z), S("kepala"), NOW, &engine_err));
	assert_null(behind(tx, S("layanan"), made.secret, NOW));
	assert_null(behind(tx, S("layanan"), made.secret, NOW - HOUR_US)); /* whatever the clock says */
	assert_null(bearer(tx, str_c(made.secret), NOW));
	assert_non_null(behind(tx, S("layanan"), first, NOW));
	assert_int_equal(credential_end(tx, id, str_c(made.number.z), S("kepala"), NOW, &engine_err), RC_ABSENT);
	struct credential_seen *rows = listed(tx, id, 2, NOW);
	assert_int_equal(rows[1].state, CREDENTIAL_ENDED);
	assert_int_equal(rows[1].ended_us, NOW);
	assert_str(rows[1].ended_by, "kepala");
	OK(credential_end_all(tx, id, S(""), NOW, &n, &engine_err));
	assert_int_equal(n, 1);
	assert_null(behind(tx, S("layanan"), first, NOW));
	assert_non_null(behind(tx, S("lain"), stranger, NOW));
	tx_rollback(&tx);
}

/* Only those who are left without any: a secret that has its successor is no trouble. */
static void check_whose_last_one_ends(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char secret[CREDENTIAL_TEXT_SIZE];
	struct credential_ending *rows;
	size_t n;
	int64_t soon = service(tx, "soon"), rolled = service(tx, "rolled");
	int64_t closed = service(tx, "closed"), ended = service(tx, "ended");
	issue(tx, soon, NOW + 5, secret);
	issue(tx, soon, NOW + 9, secret);
	issue(tx, rolled, NOW + 5, secret);
	issue(tx, rolled, 0, secret);
	issue(tx, closed, NOW + 5, secret);
	OK(user_set_closed(tx, closed, USER_CLOSED_ADMIN, NOW, &engine_err));
	issue(tx, ended, NOW + 5, secret);
	OK(credential_end_all(tx, ended, S(""), NOW, &n, &engine_err));
	service(tx, "never");
	OK(credential_ending(tx, 5, NOW + 100, &rows, &n, &engine_err));
	assert_int_equal(n, 1);
	assert_str(rows[0].user_id, "soon");
	assert_int_equal(rows[0].last_us, NOW + 9);
	OK(credential_ending(tx, 5, NOW + 9, &rows, &n, &engine_err));
	assert_int_equal(n, 0);
	OK(credential_ending(tx, 6, NOW + 100, &rows, &n, &engine_err));
	assert_int_equal(n, 0);
	tx_rollback(&tx);
}

static void check_programs_are_listed(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char secret[CREDENTIAL_TEXT_SIZE];
	struct service_row *rows;
	struct service_ask ask = {.instansi_id = 5, .dormant_days = 90, .now_us = NOW + 10, .most = 10};
	size_t n;
	int64_t all, id = service(tx, "b-layanan");
	service(tx, "a-layanan");
	people_add(tx, "orang", ROLE_OPERATOR, 5);
	issue(tx, id, NOW + 5, secret);
	issue(tx, id, NOW + 500, secret);
	OK(service_page(tx, &ask, &rows, &n, &engine_err));
	assert_int_equal(n, 2);
	assert_str(rows[0].user_id, "a-layanan");
	assert_int_equal(rows[0].live, 0);
	assert_int_equal(rows[1].live, 1);
	assert_int_equal(rows[1].last_us, NOW + 500);
	issue(tx, id, 0, secret);
	OK(service_page(tx, &ask, &rows, &n, &engine_err));
	assert_int_equal(rows[1].live, 2);
	assert_int_equal(rows[1].last_us, 0);
	OK(service_count(tx, 5, &all, &engine_err));
	assert_int_equal(all, 2);
	OK(service_count(tx, -1, &all, &engine_err));
	assert_int_equal(all, 2);
	OK(service_count(tx, 6, &all, &engine_err));
	assert_int_equal(all, 0);
	tx_rollback(&tx);
}

static void check_bound_to_certificates(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char secret[CREDENTIAL_TEXT_SIZE];
	struct certificates bound, read;
	struct fingerprint mine = {.is = true, .at = {1}}, next = {.is = true, .at = {2}};
	struct fingerprint wrong = {.is = true, .at = {3}}, none = {0};
	const struct fingerprint *shown[] = {&mine, &next, &wrong, &none, NULL};
	const struct principal *who;
	int64_t id = service(tx, "layanan"), person = people_add(tx, "satu", ROLE_OPERATOR, 5);
	issue(tx, id, 0, secret);
	assert_false(principal_lacks_certificate(behind(tx, S("layanan"), secret, NOW)));
	bound = (struct certificates){{mine, next}, 2};
	assert_int_equal(credential_bind(tx, person, &bound, &engine_err), RC_INVALID);
	OK(credential_bind(tx, id, &bound, &engine_err));
	OK(credential_bound(tx, id, &read, &engine_err));
	assert_int_equal(read.n, 2);
	for (size_t i = 0; i < LEN(shown); i++) {
		const struct credential_ask ask = {S("layanan"), str_c(secret), shown[i]};
		OK(credential_principals(tx, KEY, &ask, 1, 90, NOW, &who, &engine_err));
		assert_int_equal(principal_lacks_certificate(who), i >= 2);
		OK(credential_bearer(tx, KEY, &ask, 90, NOW, &who, &engine_err));
		assert_int_equal(principal_lacks_certificate(who), i >= 2);
	}
	OK(credential_bind(tx, id, &(struct certificates){.n = 0}, &engine_err));
	assert_false(principal_lacks_certificate(behind(tx, S("layanan"), secret, NOW)));
	tx_rollback(&tx);
}

/* What was got for a credential ends with it, and is bound as it is. */
static void check_access_tokens_go_with_it(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char secret[CREDENTIAL_TEXT_SIZE], token[ACCESS_TEXT_SIZE];
	struct fingerprint mine = {.is = true, .at = {1}};
	struct access_ask asks[] = {{.certificate = NULL}, {.certificate = &mine}};
	const struct principal *who[LEN(asks)];
	size_t n;
	int64_t id = service(tx, "layanan");
	issue(tx, id, 0, secret);
	OK(access_issue(tx, KEY, behind(tx, S("layanan"), secret, NOW), SCOPE_BIT(SCOPE_VERIFIKASI), NOW, token, &engine_err));
	asks[0].token = asks[1].token = str_c(token);
	for (int bound = 0; bound < 2; bound++) {
		OK(access_principals(tx, KEY, asks, LEN(asks), 90, NOW, who, &engine_err));
		assert_int_equal(principal_lacks_certificate(who[0]), bound);
		assert_false(principal_lacks_certificate(who[1]));
		OK(credential_bind(tx, id, &(struct certificates){{mine}, 1}, &engine_err));
	}
	OK(credential_end_all(tx, id, S(""), NOW, &n, &engine_err));
	OK(access_principals(tx, KEY, asks, LEN(asks), 90, NOW, who, &engine_err));
	assert_true(!who[0] && !who[1]);
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
EACH(rotating_overlaps)
EACH(without_overlap_the_old_one_is_over)
EACH(three_live_at_once)
EACH(what_is_listed)
EACH(ending_one_or_all)
EACH(whose_last_one_ends)
EACH(programs_are_listed)
EACH(bound_to_certificates)
EACH(access_tokens_go_with_it)

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
	        cmocka_unit_test(rotating_overlaps),
	        cmocka_unit_test(without_overlap_the_old_one_is_over),
	        cmocka_unit_test(three_live_at_once),
	        cmocka_unit_test(what_is_listed),
	        cmocka_unit_test(ending_one_or_all),
	        cmocka_unit_test(whose_last_one_ends),
	        cmocka_unit_test(programs_are_listed),
	        cmocka_unit_test(bound_to_certificates),
	        cmocka_unit_test(access_tokens_go_with_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
