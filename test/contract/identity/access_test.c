/* SPDX-License-Identifier: EUPL-1.2
 * Access tokens of programs: for a credential's scopes, for an hour, and gone with either;
 * many are found at once, each its own; swept when nobody can use them. Every engine. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sqlite3.h>
#include <cmocka.h>

#include "identity/access.h"
#include "people.h"

static const char office_key[] = "kunci kantor untuk uji 32 bytes!";
#define KEY str_from(office_key, 32)
#define HOUR (ACCESS_LIFE_S * US_PER_S)

/* What the doors of the room do not offer. */
static void change(struct engine *engine, const char *sql)
{
	sqlite3 *db;
	if (!str_starts(str_c(engine->url), S("sqlite:"))) {
		engine_sql(engine->url, sql);
		return;
	}
	assert_int_equal(sqlite3_open(engine->url + strlen("sqlite:"), &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static int64_t service(struct tx *tx, const char *user_id)
{
	int64_t id;
	struct user_new user = {.user_id = str_c(user_id), .role = ROLE_SERVICE, .instansi_id = 5, .standing_kejadian = 11};
	OK(user_add(tx, &user, NOW, &id, &engine_err));
	return id;
}

struct program {
	char user_id[40], secret[CREDENTIAL_TEXT_SIZE];
	int64_t user;
};

static void secret_new_for(struct tx *tx, struct program *p, int64_t expires_us)
{
	struct credential_made made;
	const struct credential_new fresh = {.user = p->user, .expires_us = expires_us, .overlap_us = -1};
	OK(credential_issue(tx, KEY, &fresh, NOW, &made, &engine_err));
	snprintf(p->secret, sizeof p->secret, "%s", made.secret);
}

static struct program program_new(struct tx *tx, const char *user_id, int64_t expires_us)
{
	struct program p = {.user = service(tx, user_id)};
	snprintf(p.user_id, sizeof p.user_id, "%s", user_id);
	secret_new_for(tx, &p, expires_us);
	return p;
}

/* As the token endpoint sees him. */
static const struct principal *shown(struct tx *tx, const struct program *p, int64_t now_us)
{
	const struct principal *who;
	const struct credential_ask ask = {.user_id = str_c(p->user_id), .secret = str_c(p->secret)};
	OK(credential_principals(tx, KEY, &ask, 1, 90, now_us, &who, &engine_err));
	assert_non_null(who);
	return who;
}

static void issue(struct tx *tx, const struct program *p, scope_set scopes, int64_t now_us, char out[ACCESS_TEXT_SIZE])
{
	OK(access_issue(tx, KEY, shown(tx, p, now_us), scopes, now_us, out, &engine_err));
	assert_int_equal(strlen(out), 43);
}

static const struct principal *behind(struct tx *tx, const char *token, int64_t now_us)
{
	const struct principal *who;
	const struct access_ask asked = {.token = str_c(token)};
	OK(access_principals(tx, KEY, &asked, 1, 90, now_us, &who, &engine_err));
	return who;
}

static void check_issued_and_found(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char token[ACCESS_TEXT_SIZE], again[ACCESS_TEXT_SIZE];
	struct program p = program_new(tx, "layanan", 0);
	const scope_set scopes = SCOPE_BIT(SCOPE_VERIFIKASI) | SCOPE_BIT(SCOPE_JURNAL_READ);
	issue(tx, &p, scopes, NOW, token);
	issue(tx, &p, scopes, NOW, again);
	assert_string_not_equal(token, again);
	const struct principal *who = behind(tx, token, NOW);
	assert_non_null(who);
	assert_int_equal(principal_user(who), p.user);
	assert_int_equal(principal_role(who), ROLE_SERVICE);
	assert_int_equal(principal_instansi(who), 5);
	assert_int_equal(principal_kejadian(who), 11);
	assert_int_equal(principal_session(who), 0);
	assert_int_equal(principal_csrf_key(who).n, 0);
	assert_int_equal(principal_scopes(who), scopes);
	assert_int_equal(principal_flaw(who), USER_FLAW_NONE);
	assert_str(principal_user_id(who), "layanan");
	tx_rollback(&tx);
}

static void check_only_what_is_allowed(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char token[ACCESS_TEXT_SIZE];
	struct program p = program_new(tx, "layanan", 0), telling = program_new(tx, "dinkes-balikan", 0);
	const struct principal *who = shown(tx, &p, NOW);
	assert_int_equal(access_issue(tx, KEY, who, 0, NOW, token, &engine_err), RC_INVALID);
	assert_int_equal(access_issue(tx, KEY, who, SCOPE_BIT(SCOPE_KEJADIAN_WRITE), NOW, token, &engine_err), RC_INVALID);
	assert_int_equal(access_issue(tx, KEY, who, SCOPES_ALL, NOW, token, &engine_err), RC_INVALID);
	assert_int_equal(access_issue(tx, S("pendek"), who, SCOPE_BIT(SCOPE_VERIFIKASI), NOW, token, &engine_err), RC_BROKEN);
	who = shown(tx, &telling, NOW);
	assert_int_equal(access_issue(tx, KEY, who, SCOPE_BIT(SCOPE_VERIFIKASI), NOW, token, &engine_err), RC_INVALID);
	OK(access_issue(tx, KEY, who, SCOPE_BIT(SCOPE_BALIKAN_WRITE), NOW, token, &engine_err));
	/* a person has no credential, and a session is none */
	unsigned char cookie[SESSION_TOKEN_SIZE];
	int64_t person = people_add(tx, "operator1", ROLE_OPERATOR, 5);
	people_session(tx, person, NOW, cookie);
	assert_int_equal(
	        access_issue(tx, KEY, people_behind(tx, cookie, NOW), SCOPE_BIT(SCOPE_VERIFIKASI), NOW, token, &engine_err),
	        RC_INVALID);
	tx_rollback(&tx);
}

static void check_the_border_of_the_hour(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char token[ACCESS_TEXT_SIZE];
	struct program p = program_new(tx, "layanan", 0);
	issue(tx, &p, SCOPE_BIT(SCOPE_VERIFIKASI), NOW, token);
	assert_non_null(behind(tx, token, NOW + HOUR - 1));
	assert_null(behind(tx, token, NOW + HOUR));
	assert_non_null(behind(tx, token, NOW - HOUR)); /* a clock that stepped back */
	tx_rollback(&tx);
}

static void check_it_dies_with_its_credential(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char one[ACCESS_TEXT_SIZE], two[ACCESS_TEXT_SIZE];
	struct program p = program_new(tx, "layanan", NOW + HOUR / 2), second = p;
	secret_new_for(tx, &second, 0);
	issue(tx, &p, SCOPE_BIT(SCOPE_VERIFIKASI), NOW, one);
	issue(tx, &second, SCOPE_BIT(SCOPE_VERIFIKASI), NOW, two);
	assert_non_null(behind(tx, one, NOW + HOUR / 2 - 1));
	assert_null(behind(tx, one, NOW + HOUR / 2)); /* expired */
	assert_non_null(behind(tx, two, NOW + HOUR / 2));
	tx_rollback(&tx);
}

/* Which one it was given for is all that counts: the other of the same user id stays. */
static void check_it_dies_with_its_ended_credential(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char one[ACCESS_TEXT_SIZE], two[ACCESS_TEXT_SIZE], his[ACCESS_TEXT_SIZE];
	struct credential_seen *list;
	size_t n, ended;
	struct program p = program_new(tx, "layanan", 0), second = p, other = program_new(tx, "lain", 0);
	OK(credential_list(tx, p.user, NOW, &list, &n, &engine_err));
	assert_int_equal(n, 1);
	secret_new_for(tx, &second, 0);
	issue(tx, &p, SCOPE_BIT(SCOPE_VERIFIKASI), NOW, one);
	issue(tx, &second, SCOPE_BIT(SCOPE_VERIFIKASI), NOW, two);
	issue(tx, &other, SCOPE_BIT(SCOPE_VERIFIKASI), NOW, his);
	OK(credential_end(tx, p.user, str_c(list[0].number.z), S("admin"), NOW, &engine_err));
	assert_null(behind(tx, one, NOW));
	assert_non_null(behind(tx, two, NOW));
	OK(credential_end_all(tx, p.user, S("admin"), NOW, &ended, &engine_err));
	assert_int_equal(ended, 1);
	assert_null(behind(tx, two, NOW));
	assert_non_null(behind(tx, his, NOW));
	tx_rollback(&tx);
}

/* Found with its flaw, as a right secret is, so that 17 can be said. */
static void check_a_closed_or_expired_user_id(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char token[ACCESS_TEXT_SIZE];
	struct program p = program_new(tx, "layanan", 0);
	issue(tx, &p, SCOPE_BIT(SCOPE_VERIFIKASI), NOW, token);
	OK(tx_commit(&tx, &engine_err));
	change(engine, "UPDATE user_account SET expires_us = 1 WHERE user_id = 'layanan'");
	OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	assert_int_equal(principal_flaw(behind(tx, token, NOW)), USER_FLAW_EXPIRED);
	OK(user_set_closed(tx, p.user, USER_CLOSED_ADMIN, NOW, &engine_err));
	assert_int_equal(principal_flaw(behind(tx, token, NOW)), USER_FLAW_CLOSED);
	tx_rollback(&tx);
}

static void check_scopes_taken_away_later(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char token[ACCESS_TEXT_SIZE];
	struct program p = program_new(tx, "layanan", 0);
	issue(tx, &p, SCOPE_BIT(SCOPE_VERIFIKASI) | SCOPE_BIT(SCOPE_KESESUAIAN), NOW, token);
	OK(tx_commit(&tx, &engine_err));
	change(engine, "UPDATE user_account SET scopes = 'kesesuaian kejadian:write' WHERE user_id = 'layanan'");
	OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	assert_int_equal(principal_scopes(behind(tx, token, NOW)), SCOPE_BIT(SCOPE_KESESUAIAN)); /* and none is added */
	tx_rollback(&tx);
	change(engine, "UPDATE user_account SET scopes = 'semua' WHERE user_id = 'layanan'");
	OK(tx_begin(engine->store, TX_WRITE, &tx, &engine_err));
	const struct principal *who;
	const struct access_ask asked = {.token = str_c(token)};
	assert_int_equal(access_principals(tx, KEY, &asked, 1, 90, NOW, &who, &engine_err), RC_BROKEN);
	tx_rollback(&tx);
}

static void check_only_its_owner_ends_it(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char one[ACCESS_TEXT_SIZE], two[ACCESS_TEXT_SIZE];
	struct program p = program_new(tx, "layanan", 0), other = program_new(tx, "lain", 0);
	issue(tx, &p, SCOPE_BIT(SCOPE_VERIFIKASI), NOW, one);
	issue(tx, &p, SCOPE_BIT(SCOPE_VERIFIKASI), NOW, two);
	OK(access_end(tx, KEY, shown(tx, &other, NOW), str_c(one), &engine_err));
	assert_non_null(behind(tx, one, NOW));
	OK(access_end(tx, KEY, shown(tx, &p, NOW), S("tidak ada"), &engine_err));
	OK(access_end(tx, KEY, shown(tx, &p, NOW), str_c(one), &engine_err));
	assert_null(behind(tx, one, NOW));
	assert_non_null(behind(tx, two, NOW));
	tx_rollback(&tx);
}

static void check_the_oldest_ends_past_the_ceiling(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char token[ACCESS_LIVE_MAX + 1][ACCESS_TEXT_SIZE], his[ACCESS_TEXT_SIZE];
	struct program p = program_new(tx, "layanan", 0), other = program_new(tx, "lain", 0);
	issue(tx, &other, SCOPE_BIT(SCOPE_VERIFIKASI), NOW, his);
	for (int i = 0; i <= ACCESS_LIVE_MAX; i++) {
		if (i == ACCESS_LIVE_MAX)
			assert_non_null(behind(tx, token[0], NOW));
		issue(tx, &p, SCOPE_BIT(SCOPE_VERIFIKASI), NOW, token[i]);
	}
	assert_null(behind(tx, token[0], NOW));
	for (int i = 1; i <= ACCESS_LIVE_MAX; i++)
		assert_non_null(behind(tx, token[i], NOW));
	assert_non_null(behind(tx, his, NOW));
	tx_rollback(&tx);
}

/* Each its own, whatever stands beside it. */
static void check_many_at_once(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char one[ACCESS_TEXT_SIZE], two[ACCESS_TEXT_SIZE];
	struct program p = program_new(tx, "layanan", 0), other = program_new(tx, "lain", 0);
	issue(tx, &p, SCOPE_BIT(SCOPE_VERIFIKASI), NOW, one);
	issue(tx, &other, SCOPE_BIT(SCOPE_KESESUAIAN), NOW, two);
	const struct access_ask tokens[] = {{S("x"), NULL},
	                                    {str_c(one), NULL},
	                                    {S(""), NULL},
	                                    {str_c(two), NULL},
	                                    {str_c(one), NULL},
	                                    {str_c(p.secret), NULL},
	                                    {str_sub(str_c(one), 0, 42), NULL}};
	const struct principal *who[LEN(tokens)];
	OK(access_principals(tx, KEY, tokens, LEN(tokens), 90, NOW, who, &engine_err));
	assert_true(!who[0] && !who[2] && !who[5] && !who[6]);
	assert_int_equal(principal_user(who[1]), p.user);
	assert_int_equal(principal_user(who[3]), other.user);
	assert_int_equal(principal_user(who[4]), p.user);
	assert_int_equal(principal_scopes(who[3]), SCOPE_BIT(SCOPE_KESESUAIAN));
	OK(access_principals(tx, S("kunci lain yang juga 32 bytes..."), tokens, LEN(tokens), 90, NOW, who, &engine_err));
	for (size_t i = 0; i < LEN(tokens); i++)
		assert_null(who[i]);
	OK(access_principals(tx, KEY, tokens, 0, 90, NOW, who, &engine_err));
	tx_rollback(&tx);
}

static void check_sweep(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	char old[ACCESS_TEXT_SIZE], young[ACCESS_TEXT_SIZE];
	int64_t gone;
	struct program p = program_new(tx, "layanan", 0);
	issue(tx, &p, SCOPE_BIT(SCOPE_VERIFIKASI), NOW, old);
	issue(tx, &p, SCOPE_BIT(SCOPE_VERIFIKASI), NOW + 1, young);
	OK(access_sweep(tx, NOW + HOUR - 1, &gone, &engine_err));
	assert_int_equal(gone, 0);
	OK(access_sweep(tx, NOW + HOUR, &gone, &engine_err));
	assert_int_equal(gone, 1);
	assert_null(behind(tx, old, NOW));
	assert_non_null(behind(tx, young, NOW));
	tx_rollback(&tx);
}

#define EACH(name)                                                                                                                 \
	static void test_##name(void **state)                                                                                      \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
EACH(issued_and_found)
EACH(only_what_is_allowed)
EACH(the_border_of_the_hour)
EACH(it_dies_with_its_credential)
EACH(it_dies_with_its_ended_credential)
EACH(a_closed_or_expired_user_id)
EACH(scopes_taken_away_later)
EACH(only_its_owner_ends_it)
EACH(the_oldest_ends_past_the_ceiling)
EACH(many_at_once)
EACH(sweep)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(test_issued_and_found),
	        cmocka_unit_test(test_only_what_is_allowed),
	        cmocka_unit_test(test_the_border_of_the_hour),
	        cmocka_unit_test(test_it_dies_with_its_credential),
	        cmocka_unit_test(test_it_dies_with_its_ended_credential),
	        cmocka_unit_test(test_a_closed_or_expired_user_id),
	        cmocka_unit_test(test_scopes_taken_away_later),
	        cmocka_unit_test(test_only_its_owner_ends_it),
	        cmocka_unit_test(test_the_oldest_ends_past_the_ceiling),
	        cmocka_unit_test(test_many_at_once),
	        cmocka_unit_test(test_sweep),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
