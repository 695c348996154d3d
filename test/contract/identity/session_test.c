/* SPDX-License-Identifier: EUPL-1.2
 * Sessions: found by their token alone, ended by idling, by age, by sign-out, by
 * the list; a clock that steps back neither revives nor kills what it should not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "people.h"

#define S_US(s) ((s)*US_PER_S)

static void check_a_token_finds_its_principal(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	unsigned char token[SESSION_TOKEN_SIZE];
	int64_t id = people_add(tx, "satu", ROLE_OPERATOR, 4), session = people_session(tx, id, NOW, token);
	const struct principal *p = people_behind(tx, token, NOW + 1);
	assert_non_null(p);
	assert_int_equal(principal_user(p), id);
	assert_str(principal_user_id(p), "satu");
	assert_int_equal(principal_role(p), ROLE_OPERATOR);
	assert_int_equal(principal_instansi(p), 4);
	assert_int_equal(principal_session(p), session);
	assert_int_equal(principal_flaw(p), USER_FLAW_NONE);
	assert_false(principal_must_change(p));
	assert_int_equal(principal_kejadian(p), 7);
	assert_int_equal(principal_document(p), DOCUMENT_NONE);
	assert_int_equal(principal_idle_expires_us(p), NOW + S_US(1200));
	assert_int_equal(principal_csrf_key(p).n, 32);
	size_t n = 9;
	assert_null(principal_narrowing(p, &n));
	assert_int_equal(n, 0);
	tx_rollback(&tx);
}

static void check_forged_tokens_find_nobody(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	unsigned char tokens[4][SESSION_TOKEN_SIZE] = {{0}};
	const struct principal *who[4];
	int64_t id = people_add(tx, "satu", ROLE_OPERATOR, 4);
	people_session(tx, id, NOW, tokens[0]);
	memcpy(tokens[1], tokens[0], SESSION_TOKEN_SIZE);
	tokens[1][31] ^= 1;
	memcpy(tokens[3], tokens[0], SESSION_TOKEN_SIZE);
	OK(session_principals(tx, (const unsigned char(*)[SESSION_TOKEN_SIZE])tokens, 4, &limits, NOW, who, &engine_err));
	assert_non_null(who[0]);
	assert_null(who[1]);
	assert_null(who[2]);
	assert_non_null(who[3]);
	assert_true(str_eq(principal_csrf_key(who[0]), principal_csrf_key(who[3])));
	tx_rollback(&tx);
}

/* A stolen table holds neither a cookie nor a CSRF key. */
static void check_the_table_keeps_only_a_hash(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	unsigned char token[SESSION_TOKEN_SIZE], other[SESSION_TOKEN_SIZE];
	struct sql_session_find row;
	bool found;
	int64_t id = people_add(tx, "satu", ROLE_OPERATOR, 4);
	people_session(tx, id, NOW, token);
	people_session(tx, id, NOW, other);
	struct sql_session_find_in by_token = {str_from((const char *)token, sizeof token)};
	OK(sql_session_find(tx, &by_token, 1, &row, &found, &engine_err));
	assert_false(found);
	struct str csrf = principal_csrf_key(people_behind(tx, token, NOW));
	struct sql_session_find_in by_csrf = {csrf};
	OK(sql_session_find(tx, &by_csrf, 1, &row, &found, &engine_err));
	assert_false(found);
	assert_false(str_eq(csrf, principal_csrf_key(people_behind(tx, other, NOW))));
	tx_rollback(&tx);
}

static void check_idling_ends_it(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	unsigned char token[SESSION_TOKEN_SIZE];
	int64_t id = people_add(tx, "satu", ROLE_OPERATOR, 4);
	people_session(tx, id, NOW, token);
	assert_non_null(people_behind(tx, token, NOW + S_US(1200) - 1)); /* and it is seen */
	assert_non_null(people_behind(tx, token, NOW + S_US(2400) - 2));
	assert_null(people_behind(tx, token, NOW + S_US(3600) - 2));
	/* found expired, so deleted: a step back does not revive it */
	assert_null(people_behind(tx, token, NOW + S_US(2400)));
	tx_rollback(&tx);
}

static void check_age_ends_it(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	unsigned char token[SESSION_TOKEN_SIZE];
	int64_t id = people_add(tx, "satu", ROLE_OPERATOR, 4), at = NOW;
	people_session(tx, id, NOW, token);
	for (; at < NOW + S_US(43200); at += S_US(600))
		assert_non_null(people_behind(tx, token, at));
	assert_non_null(people_behind(tx, token, NOW + S_US(43200) - 1));
	assert_null(people_behind(tx, token, NOW + S_US(43200)));
	tx_rollback(&tx);
}

static int64_t seen_us(struct tx *tx, int64_t user, int64_t now_us)
{
	struct session_seen *list;
	size_t n;
	OK(session_list(tx, user, now_us, &list, &n, &engine_err));
	assert_int_equal(n, 1);
	return list[0].seen_us;
}

static void check_seen_is_written_when_due(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	unsigned char token[SESSION_TOKEN_SIZE];
	int64_t id = people_add(tx, "satu", ROLE_OPERATOR, 4);
	people_session(tx, id, NOW, token);
	assert_non_null(people_behind(tx, token, NOW + SESSION_TOUCH_US - 1));
	assert_int_equal(seen_us(tx, id, NOW), NOW);
	const struct principal *p = people_behind(tx, token, NOW + SESSION_TOUCH_US);
	assert_int_equal(principal_idle_expires_us(p), NOW + SESSION_TOUCH_US + S_US(1200));
	assert_int_equal(seen_us(tx, id, NOW), NOW + SESSION_TOUCH_US);
	tx_rollback(&tx);
}

/* A page that asks again by itself finds the session and leaves its end where it is. */
static void check_who_does_not_come_himself_does_not_grow_it(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	unsigned char tokens[1][SESSION_TOKEN_SIZE];
	struct session_limits still = limits;
	const struct principal *who;
	int64_t later = NOW + S_US(600), id = people_add(tx, "satu", ROLE_OPERATOR, 4);
	still.still = true;
	people_session(tx, id, NOW, tokens[0]);
	OK(session_principals(tx, (const unsigned char(*)[SESSION_TOKEN_SIZE])tokens, 1, &still, later, &who, &engine_err));
	assert_int_equal(principal_idle_expires_us(who), NOW + S_US(1200));
	assert_int_equal(seen_us(tx, id, later), NOW);
	later = NOW + S_US(1200);
	OK(session_principals(tx, (const unsigned char(*)[SESSION_TOKEN_SIZE])tokens, 1, &still, later, &who, &engine_err));
	assert_null(who);
	tx_rollback(&tx);
}

static bool lives(struct tx *tx, int64_t user, struct session_limits now_limits, int64_t age_s)
{
	unsigned char token[SESSION_TOKEN_SIZE];
	const struct principal *who;
	people_session(tx, user, NOW, token);
	OK(session_principals(tx, (const unsigned char(*)[SESSION_TOKEN_SIZE])token, 1, &now_limits, NOW + S_US(age_s),
	                      &who, &engine_err));
	return who != NULL;
}

/* A session begun under other settings: the stricter of both. */
static void check_stricter_settings_act_at_once(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	int64_t id = people_add(tx, "satu", ROLE_OPERATOR, 4);
	struct session_limits idle = {.idle_s = 60, .absolute_s = 43200}, old = {.idle_s = 1200, .absolute_s = 60};
	struct session_limits loose = {.idle_s = 90000, .absolute_s = 90000};
	assert_true(lives(tx, id, idle, 59));
	assert_false(lives(tx, id, idle, 60));
	assert_true(lives(tx, id, old, 59));
	assert_false(lives(tx, id, old, 60));
	assert_true(lives(tx, id, loose, 1199));
	assert_false(lives(tx, id, loose, 1200));
	tx_rollback(&tx);
}

static void check_a_clock_that_steps_back(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	unsigned char token[SESSION_TOKEN_SIZE], future[SESSION_TOKEN_SIZE];
	int64_t id = people_add(tx, "satu", ROLE_OPERATOR, 4), other = people_add(tx, "dua", ROLE_OPERATOR, 4);
	people_session(tx, id, NOW, token);
	assert_non_null(people_behind(tx, token, NOW - S_US(1200)));
	assert_int_equal(seen_us(tx, id, NOW), NOW); /* time does not run backwards for it */
	assert_null(people_behind(tx, token, NOW - S_US(1200) - 1));
	people_session(tx, other, NOW + 365 * US_PER_DAY, future); /* begun under a wrong clock */
	assert_null(people_behind(tx, future, NOW));
	tx_rollback(&tx);
}

static void check_signing_out(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	unsigned char a[SESSION_TOKEN_SIZE], b[SESSION_TOKEN_SIZE], c[SESSION_TOKEN_SIZE];
	int64_t id = people_add(tx, "satu", ROLE_OPERATOR, 4), other = people_add(tx, "dua", ROLE_OPERATOR, 4);
	int64_t first = people_session(tx, id, NOW, a), second = people_session(tx, id, NOW + 1, b);
	people_session(tx, other, NOW, c);
	assert_int_equal(session_end(tx, other, first, &engine_err), RC_ABSENT); /* not his */
	OK(session_end(tx, id, first, &engine_err));
	assert_null(people_behind(tx, a, NOW));
	assert_int_equal(session_end(tx, id, first, &engine_err), RC_ABSENT);
	OK(session_end_all(tx, id, second, &engine_err));
	assert_non_null(people_behind(tx, b, NOW));
	OK(session_end_all(tx, id, 0, &engine_err));
	assert_null(people_behind(tx, b, NOW));
	assert_non_null(people_behind(tx, c, NOW));
	tx_rollback(&tx);
}

static void check_the_list_is_newest_first(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	unsigned char token[SESSION_TOKEN_SIZE];
	struct session_seen *list;
	size_t n;
	int64_t id = people_add(tx, "satu", ROLE_OPERATOR, 4);
	for (int i = 0; i < 120; i++)
		people_session(tx, id, NOW + i, token);
	OK(session_list(tx, id, NOW + 200, &list, &n, &engine_err));
	assert_int_equal(n, 100);
	assert_int_equal(list[0].begun_us, NOW + 119);
	assert_str(list[0].peer, "192.0.2.13");
	assert_str(list[0].device, "Peramban uji");
	OK(session_list(tx, id, NOW + S_US(1300), &list, &n, &engine_err));
	assert_int_equal(n, 0);
	tx_rollback(&tx);
}

static void check_the_device_is_cut_at_a_character(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	unsigned char token[SESSION_TOKEN_SIZE];
	char device[130];
	struct session_seen *list;
	size_t n;
	int64_t session, id = people_add(tx, "satu", ROLE_OPERATOR, 4);
	memset(device, 'x', sizeof device);
	memcpy(device + 119, "\xc3\xa9", 2); /* its second byte would be the 121st */
	struct session_new fresh = {.user = id, .device = str_from(device, sizeof device)};
	OK(session_begin(tx, &fresh, &limits, NOW, token, &session, &engine_err));
	OK(session_list(tx, id, NOW, &list, &n, &engine_err));
	assert_int_equal(list[0].device.n, 119);
	fresh.device = S("\xff\xfe");
	OK(session_begin(tx, &fresh, &limits, NOW + 1, token, &session, &engine_err));
	OK(session_list(tx, id, NOW, &list, &n, &engine_err));
	assert_int_equal(list[0].device.n, 0);
	tx_rollback(&tx);
}

/* P2.2e: which document was shown is remembered */
static void check_choices_are_remembered(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	unsigned char token[SESSION_TOKEN_SIZE];
	int64_t id = people_add(tx, "satu", ROLE_OPERATOR, 4), session = people_session(tx, id, NOW, token);
	OK(session_choose(tx, session, 12, DOCUMENT_IKD, &engine_err));
	const struct principal *p = people_behind(tx, token, NOW);
	assert_int_equal(principal_kejadian(p), 12);
	assert_int_equal(principal_document(p), DOCUMENT_IKD);
	assert_int_equal(session_choose(tx, session, 12, DOCUMENT_COUNT, &engine_err), RC_INVALID);
	assert_int_equal(session_choose(tx, session + 1, 12, DOCUMENT_IKD, &engine_err), RC_ABSENT);
	tx_rollback(&tx);
}

static void check_the_sweep_takes_only_what_expired(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	unsigned char old[SESSION_TOKEN_SIZE], fresh[SESSION_TOKEN_SIZE];
	int64_t id = people_add(tx, "satu", ROLE_OPERATOR, 4), left = -1;
	people_session(tx, id, NOW, old);
	int64_t keep = people_session(tx, id, NOW + 1, fresh);
	OK(session_sweep(tx, NOW + S_US(1200), &engine_err));
	assert_null(people_behind(tx, old, NOW));
	assert_non_null(people_behind(tx, fresh, NOW));
	OK(sql_session_end_all(tx, (struct sql_session_end_all_in){.user_key = id, .keep = keep}, &left, &engine_err));
	assert_int_equal(left, 0);
	tx_rollback(&tx);
}

static void a_cookie_is_32_bytes_of_base64url(void **state)
{
	(void)state;
	unsigned char token[SESSION_TOKEN_SIZE];
	assert_int_equal(session_token_from_cookie(S("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"), token), RC_OK);
	for (int i = 0; i < SESSION_TOKEN_SIZE; i++)
		assert_int_equal(token[i], i);
	static const char *const bad[] = {
	        "",
	        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh",
	        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
	        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh+",
	        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9",
	        " AECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
	};
	for (size_t i = 0; i < LEN(bad); i++)
		assert_int_equal(session_token_from_cookie(str_c(bad[i]), token), RC_INVALID);
}

#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
EACH(a_token_finds_its_principal)
EACH(forged_tokens_find_nobody)
EACH(the_table_keeps_only_a_hash)
EACH(idling_ends_it)
EACH(age_ends_it)
EACH(seen_is_written_when_due)
EACH(who_does_not_come_himself_does_not_grow_it)
EACH(stricter_settings_act_at_once)
EACH(a_clock_that_steps_back)
EACH(signing_out)
EACH(the_list_is_newest_first)
EACH(the_device_is_cut_at_a_character)
EACH(choices_are_remembered)
EACH(the_sweep_takes_only_what_expired)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(a_token_finds_its_principal),
	        cmocka_unit_test(forged_tokens_find_nobody),
	        cmocka_unit_test(the_table_keeps_only_a_hash),
	        cmocka_unit_test(idling_ends_it),
	        cmocka_unit_test(age_ends_it),
	        cmocka_unit_test(seen_is_written_when_due),
	        cmocka_unit_test(who_does_not_come_himself_does_not_grow_it),
	        cmocka_unit_test(stricter_settings_act_at_once),
	        cmocka_unit_test(a_clock_that_steps_back),
	        cmocka_unit_test(signing_out),
	        cmocka_unit_test(the_list_is_newest_first),
	        cmocka_unit_test(the_device_is_cut_at_a_character),
	        cmocka_unit_test(choices_are_remembered),
	        cmocka_unit_test(the_sweep_takes_only_what_expired),
	        cmocka_unit_test(a_cookie_is_32_bytes_of_base64url),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
