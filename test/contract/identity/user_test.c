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
	for (size_t i = 0; totp_queries[i]; i++)
		OK(query_check(engine->store, totp_queries[i], &engine_err));
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

/* J.II.D: of the rehearsal from its making on, and told by its name. */
static void check_sandbox(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	static const struct {
		const char *user_id;
		enum role role;
		bool sandbox;
		enum rc rc;
	} tries[] = {{"bpbd-uji", ROLE_SERVICE, true, RC_OK},          {"bpbd-uji-balikan", ROLE_SERVICE, true, RC_OK},
	             {"bpbd-layanan", ROLE_SERVICE, true, RC_INVALID}, {"lain-uji", ROLE_SERVICE, false, RC_INVALID},
	             {"LAIN-UJI", ROLE_OPERATOR, false, RC_INVALID},   {"lain-uji-balikan", ROLE_SERVICE, false, RC_INVALID},
	             {"orang-uji", ROLE_OPERATOR, true, RC_INVALID},   {"bpbd-balikan", ROLE_SERVICE, false, RC_OK}};
	for (size_t i = 0; i < LEN(tries); i++) {
		struct user_new user = {
		        .user_id = str_c(tries[i].user_id), .role = tries[i].role, .instansi_id = 1, .sandbox = tries[i].sandbox};
		struct user found;
		int64_t id;
		assert_int_equal(user_add(tx, &user, NOW, &id, &engine_err), tries[i].rc);
		if (tries[i].rc != RC_OK)
			continue;
		OK(user_get(tx, id, &found, &engine_err));
		assert_int_equal(found.sandbox, tries[i].sandbox);
		OK(user_find(tx, user.user_id, &found, &engine_err));
		assert_int_equal(found.sandbox, tries[i].sandbox);
	}
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

/* The user ids a filter shows, joined with blanks. */
static void assert_list(struct tx *tx, struct user_filter filter, const char *want)
{
	struct user *users;
	size_t n;
	int64_t count;
	char got[512] = "";
	OK(user_list(tx, &filter, &users, &n, &engine_err));
	for (size_t i = 0; i < n; i++) {
		size_t at = strlen(got);
		snprintf(got + at, sizeof got - at, "%s%.*s", at ? " " : "", STR_ARG(users[i].user_id));
	}
	assert_string_equal(got, want);
	if (filter.most || filter.after.n)
		return;
	OK(user_count(tx, &filter, &count, &engine_err));
	assert_int_equal(count, n);
}

static int64_t held_by(struct tx *tx, const char *user_id, const char *holder, const char *position)
{
	struct user_new user = {.user_id = str_c(user_id),
	                        .role = ROLE_OPERATOR,
	                        .instansi_id = 3,
	                        .holder = str_c(holder),
	                        .position = str_c(position)};
	int64_t id;
	OK(user_add(tx, &user, NOW, &id, &engine_err));
	return id;
}

static void check_lists_in_pages(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	people_add(tx, "citra", ROLE_OPERATOR, 1);
	people_add(tx, "admin", ROLE_ADMIN, 0);
	people_add(tx, "budi", ROLE_OPERATOR, 2);
	people_add(tx, "kepala", ROLE_KEPALA, 2);
	assert_list(tx, (struct user_filter){.instansi_id = -1}, "admin budi citra kepala");
	assert_list(tx, (struct user_filter){.instansi_id = -1, .after = S("admin"), .most = 2}, "budi citra");
	assert_list(tx, (struct user_filter){.instansi_id = -1, .after = S("citra"), .most = 2}, "kepala");
	assert_list(tx, (struct user_filter){.instansi_id = 2}, "budi kepala");
	assert_list(tx, (struct user_filter){.instansi_id = 0, .after = S("z")}, "");
	assert_list(tx, (struct user_filter){.instansi_id = 2, .by_role = true, .role = ROLE_KEPALA}, "kepala");
	assert_list(tx, (struct user_filter){.instansi_id = -1, .by_role = true, .role = ROLE_ADMIN}, "admin");
	tx_rollback(&tx);
}

static void check_lists_by_text_and_state(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	struct user_filter filter = {.instansi_id = -1};
	struct user *users;
	size_t n;
	int64_t id = held_by(tx, "siaga_1", "Budi CONTOH", "Staf");
	held_by(tx, "siagax1", "Citra 100% Contoh", "Kepala Seksi");
	held_by(tx, "posko", "Siagawan", "");
	assert_list(tx, (struct user_filter){.instansi_id = -1, .text = S("contoh")}, "siaga_1 siagax1");
	assert_list(tx, (struct user_filter){.instansi_id = -1, .text = S("SIAGA")}, "posko siaga_1 siagax1");
	assert_list(tx, (struct user_filter){.instansi_id = -1, .text = S("aga_1")}, ""); /* only how it begins */
	assert_list(tx, (struct user_filter){.instansi_id = -1, .text = S("siaga_")}, "siaga_1");
	assert_list(tx, (struct user_filter){.instansi_id = -1, .text = S("0%")}, "siagax1");
	assert_list(tx, (struct user_filter){.instansi_id = -1, .text = S("!")}, "");
	OK(user_set_closed(tx, id, USER_CLOSED_NDA, NOW, &engine_err));
	assert_list(tx, (struct user_filter){.instansi_id = 3, .which = USER_WHICH_CLOSED}, "siaga_1");
	assert_list(tx, (struct user_filter){.instansi_id = 3, .which = USER_WHICH_OPEN}, "posko siagax1");
	filter.text = S("baris\nlain");
	assert_int_equal(user_list(tx, &filter, &users, &n, &engine_err), RC_INVALID);
	tx_rollback(&tx);
}

static void check_holder_and_change(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	struct user user;
	char long_name[USER_HOLDER_MAX + 2];
	int64_t id = held_by(tx, "satu", "Budi Contoh", "Staf");
	OK(user_get(tx, id, &user, &engine_err));
	assert_str(user.holder, "Budi Contoh");
	assert_str(user.position, "Staf");
	struct user_change change = {S("Citra Contoh"), S("Kepala Seksi"), S("192.0.2.0/28"), NOW + 9};
	OK(user_change(tx, id, &change, &engine_err));
	OK(user_get(tx, id, &user, &engine_err));
	assert_str(user.holder, "Citra Contoh");
	assert_str(user.position, "Kepala Seksi");
	assert_str(user.narrowing, "192.0.2.0/28");
	assert_int_equal(user.expires_us, NOW + 9);
	assert_list(tx, (struct user_filter){.instansi_id = -1, .text = S("citra")}, "satu");
	assert_int_equal(user_change(tx, 99, &change, &engine_err), RC_ABSENT);
	memset(long_name, 'a', sizeof long_name);
	change.holder = str_from(long_name, USER_HOLDER_MAX + 1);
	assert_int_equal(user_change(tx, id, &change, &engine_err), RC_INVALID);
	change.holder = S("dua\nbaris");
	assert_int_equal(user_change(tx, id, &change, &engine_err), RC_INVALID);
	change = (struct user_change){.narrowing = S("192.0.2.1/24")};
	assert_int_equal(user_change(tx, id, &change, &engine_err), RC_INVALID);
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
	OK(user_set_closed(tx, id, USER_CLOSED_REQUEST, NOW + 1, &engine_err));
	assert_null(people_behind(tx, token, NOW));
	OK(user_get(tx, id, &user, &engine_err)); /* the row stays */
	assert_true(user.closed);
	assert_int_equal(user.why, USER_CLOSED_REQUEST);
	assert_int_equal(user.closed_us, NOW + 1);
	people_session(tx, id, NOW, token);
	assert_int_equal(principal_flaw(people_behind(tx, token, NOW)), USER_FLAW_CLOSED);
	OK(user_set_closed(tx, id, USER_OPEN, NOW + 2, &engine_err));
	assert_int_equal(principal_flaw(people_behind(tx, token, NOW)), USER_FLAW_NONE);
	OK(user_get(tx, id, &user, &engine_err));
	assert_int_equal(user.why, USER_OPEN);
	assert_int_equal(user.closed_us, 0);
	assert_int_equal(user_set_closed(tx, 99, USER_CLOSED_ADMIN, NOW, &engine_err), RC_ABSENT);
	assert_int_equal(user_set_closed(tx, 99, USER_OPEN, NOW, &engine_err), RC_ABSENT);
	tx_rollback(&tx);
}

static void assert_dormant(struct tx *tx, int64_t before_us, int64_t after, size_t want)
{
	struct user *users;
	size_t n;
	OK(user_dormant(tx, before_us, after, &users, &n, &engine_err));
	assert_int_equal(n, want);
	for (size_t i = 0; i < n; i++)
		assert_true(users[i].user > after && !users[i].closed);
}

/* P2.1c: dormancy; who was reopened is not closed again the same night */
static void check_dormant_are_found_once(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	unsigned char token[SESSION_TOKEN_SIZE];
	int64_t night = NOW + 100 * US_PER_DAY, cut = night - 90 * US_PER_DAY;
	int64_t asleep = people_add(tx, "tidur", ROLE_OPERATOR, 1), awake = people_add(tx, "bangun", ROLE_OPERATOR, 1);
	people_add(tx, "admin", ROLE_ADMIN, 0); /* the provider is not closed by the night */
	OK(user_seen(tx, awake, cut, &engine_err));
	assert_dormant(tx, NOW, 0, 0); /* not before the cut-off: made at that very moment */
	assert_dormant(tx, cut, 0, 1);
	assert_dormant(tx, cut + 1, 0, 2);
	assert_dormant(tx, cut + 1, asleep, 1);
	OK(user_set_closed(tx, asleep, USER_CLOSED_DORMANT, night, &engine_err));
	assert_dormant(tx, cut, 0, 0);
	OK(user_set_closed(tx, asleep, USER_OPEN, night, &engine_err));
	assert_dormant(tx, cut, 0, 0);
	people_session(tx, asleep, night, token);
	assert_int_equal(principal_flaw(people_behind(tx, token, night)), USER_FLAW_NONE);
	tx_rollback(&tx);
}

static void check_expired_are_found_and_stay_closed(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	struct user *users;
	size_t n;
	int64_t id;
	struct user_new timed = {.user_id = S("pemeriksa"), .role = ROLE_AUDITOR, .expires_us = NOW + 10};
	OK(user_add(tx, &timed, NOW, &id, &engine_err));
	people_add(tx, "tetap", ROLE_AUDITOR, 0);
	OK(user_expired(tx, NOW + 9, 0, &users, &n, &engine_err));
	assert_int_equal(n, 0);
	OK(user_expired(tx, NOW + 10, 0, &users, &n, &engine_err));
	assert_int_equal(n, 1);
	assert_int_equal(users[0].user, id);
	OK(user_set_closed(tx, id, USER_CLOSED_EXPIRED, NOW + 10, &engine_err));
	OK(user_expired(tx, NOW + 10, 0, &users, &n, &engine_err));
	assert_int_equal(n, 0);
	assert_int_equal(user_set_closed(tx, id, USER_OPEN, NOW + 11, &engine_err), RC_REFUSED);
	OK(user_change(tx, id, &(struct user_change){.expires_us = NOW + 20}, &engine_err));
	OK(user_set_closed(tx, id, USER_OPEN, NOW + 11, &engine_err));
	tx_rollback(&tx);
}

static void check_a_night_works_in_batches(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	struct user *users;
	size_t n;
	char user_id[16];
	for (int i = 0; i < USER_BATCH + 3; i++) {
		snprintf(user_id, sizeof user_id, "u%d", i);
		people_add(tx, user_id, ROLE_OPERATOR, 1);
	}
	OK(user_dormant(tx, NOW + 1, 0, &users, &n, &engine_err));
	assert_int_equal(n, USER_BATCH);
	OK(user_dormant(tx, NOW + 1, users[n - 1].user, &users, &n, &engine_err));
	assert_int_equal(n, 3);
	tx_rollback(&tx);
}

static void every_reason_has_its_row(void **state)
{
	(void)state;
	for (size_t i = 0; i < USER_CLOSED_COUNT; i++) {
		enum user_closed why;
		assert_true(user_closed_at(i)->label[0]);
		assert_int_equal(user_closed_from_key(str_c(user_closed_at(i)->key), &why), RC_OK);
		assert_int_equal(why, i);
	}
	enum user_closed none;
	assert_int_equal(user_closed_from_key(S("lain"), &none), RC_ABSENT);
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
	user.reopened_us = NOW + 200 * US_PER_DAY;
	assert_int_equal(user_flaw(&user, 90, NOW + 290 * US_PER_DAY), USER_FLAW_NONE);
	user.reopened_us = 0;
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
EACH(sandbox)
EACH(narrowing)
EACH(lists_in_pages)
EACH(lists_by_text_and_state)
EACH(holder_and_change)
EACH(dormant_are_found_once)
EACH(expired_are_found_and_stay_closed)
EACH(a_night_works_in_batches)
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
	        cmocka_unit_test(sandbox),
	        cmocka_unit_test(narrowing),
	        cmocka_unit_test(lists_in_pages),
	        cmocka_unit_test(lists_by_text_and_state),
	        cmocka_unit_test(holder_and_change),
	        cmocka_unit_test(dormant_are_found_once),
	        cmocka_unit_test(expired_are_found_and_stay_closed),
	        cmocka_unit_test(a_night_works_in_batches),
	        cmocka_unit_test(every_reason_has_its_row),
	        cmocka_unit_test(password_change_ends_the_others),
	        cmocka_unit_test(closing_ends_all),
	        cmocka_unit_test(seen_moves_forward_only),
	        cmocka_unit_test(dormant_and_expired),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
