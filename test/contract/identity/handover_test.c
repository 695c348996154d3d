/* SPDX-License-Identifier: EUPL-1.2
 * What is handed over with a user id and comes back (P2.1c, J.II.A/B, NDA), and the list
 * of user ids as people look through it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "identity/handover.h"
#include "identity/user_roster.h"
#include "identity/user_roster.sql.h"
#include "people.h"

#define DAYS(n) ((int64_t)(n)*US_PER_DAY)

static void check_every_query_prepares(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	OK(tx_commit(&tx, &engine_err));
	for (size_t i = 0; handover_queries[i]; i++)
		OK(query_check(engine->store, handover_queries[i], &engine_err));
	for (size_t i = 0; user_roster_queries[i]; i++)
		OK(query_check(engine->store, user_roster_queries[i], &engine_err));
}

static struct user get(struct tx *tx, int64_t id)
{
	struct user user;
	OK(user_get(tx, id, &user, &engine_err));
	return user;
}

/* P2.1c: a BAST is due since the latest handing over, or the making. */
static void check_a_bast_is_due_since_the_last_handing_over(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	struct handover *list;
	size_t n;
	int64_t since, id = people_add(tx, "operator1", ROLE_OPERATOR, 3);
	struct user user = get(tx, id);
	OK(handover_since(tx, &user, &since, &engine_err));
	assert_int_equal(since, NOW);
	OK(handover_given(tx, id, S("admin"), NOW + 5, &engine_err));
	OK(handover_given(tx, id, S("admin2"), NOW + 9, &engine_err));
	OK(handover_since(tx, &user, &since, &engine_err));
	assert_int_equal(since, NOW + 9);
	OK(handover_list(tx, id, &list, &n, &engine_err));
	assert_int_equal(n, 2);
	assert_str(list[0].by, "admin2");
	tx_rollback(&tx);
}

/* NDA (DOMAIN 9): written, graphic and physical material, of this closing. */
static void check_materials_belong_to_one_closing(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	struct handover_material back = {.written = day_of_us(NOW), .by = S("admin")}, got;
	int64_t id = people_add(tx, "operator1", ROLE_OPERATOR, 3);
	struct user user = get(tx, id);
	assert_int_equal(handover_returned(tx, &user, &back, NOW, &engine_err), RC_REFUSED);
	OK(user_set_closed(tx, id, USER_CLOSED_ADMIN, NOW, &engine_err));
	user = get(tx, id);
	assert_int_equal(handover_material_get(tx, &user, &got, &engine_err), RC_ABSENT);
	OK(handover_returned(tx, &user, &back, NOW, &engine_err));
	back.graphic = back.written;
	OK(handover_returned(tx, &user, &back, NOW + 1, &engine_err));
	OK(handover_material_get(tx, &user, &got, &engine_err));
	assert_int_equal(got.graphic.n, back.graphic.n);
	assert_int_equal(got.at_us, NOW + 1);
	assert_false(handover_all_back(&got));
	got.physical = got.written;
	assert_true(handover_all_back(&got));
	back.physical.n = back.written.n + 1;
	assert_int_equal(handover_returned(tx, &user, &back, NOW, &engine_err), RC_INVALID);
	OK(user_set_closed(tx, id, USER_OPEN, NOW + 2, &engine_err));
	OK(user_set_closed(tx, id, USER_CLOSED_ADMIN, NOW + 3, &engine_err));
	user = get(tx, id);
	assert_int_equal(handover_material_get(tx, &user, &got, &engine_err), RC_ABSENT);
	tx_rollback(&tx);
}

/* ---- the list ---- */

static void fill(struct tx *tx)
{
	struct user_new late = {.user_id = S("dinda"),
	                        .role = ROLE_OPERATOR,
	                        .instansi_id = 3,
	                        .expires_us = NOW + DAYS(5),
	                        .holder = S("Wulan Contoh")};
	struct user_new fresh = {
	        .user_id = S("citra"), .role = ROLE_OPERATOR, .instansi_id = 3, .must_change = true, .holder = S("Zaki_Contoh")};
	int64_t id;
	OK(user_add(tx, &late, NOW, &id, &engine_err));
	OK(user_seen(tx, id, NOW + DAYS(1), &engine_err));
	OK(user_add(tx, &fresh, NOW + DAYS(89), &id, &engine_err));
	id = people_add(tx, "bayu", ROLE_KEPALA, 3);
	OK(user_seen(tx, id, NOW + DAYS(80), &engine_err));
	id = people_add(tx, "agus", ROLE_OPERATOR, 3);
	OK(user_set_closed(tx, id, USER_CLOSED_NDA, NOW, &engine_err));
	people_add(tx, "eka", ROLE_OPERATOR, 3);
	people_add(tx, "layanan", ROLE_SERVICE, 3);
	people_add(tx, "lain", ROLE_OPERATOR, 4);
}

static struct user_roster_ask everybody(void)
{
	return (struct user_roster_ask){.instansi_id = 3,
	                                .role = ROLE_COUNT,
	                                .state = USER_ROSTER_STATE_COUNT,
	                                .dormant_days = 90,
	                                .now_us = NOW + DAYS(90),
	                                .most = USER_ROSTER_PAGE_MAX};
}

/* The user ids of a list, a blank between. */
static const char *names(struct tx *tx, const struct user_roster_ask *ask)
{
	static char out[200];
	struct user_roster_row *rows;
	size_t n, at = 0;
	int64_t all;
	OK(user_roster_page(tx, ask, &rows, &n, &engine_err));
	OK(user_roster_count(tx, ask, &all, &engine_err));
	out[0] = '\0';
	for (size_t i = 0; i < n; i++)
		at += (size_t)snprintf(out + at, sizeof out - at, "%s%.*s", i ? " " : "", STR_ARG(rows[i].user_id));
	if (ask->skip == 0)
		assert_int_equal(all, n);
	return out;
}

static void check_the_list_is_in_order(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	fill(tx);
	struct user_roster_ask ask = everybody();
	assert_string_equal(names(tx, &ask), "agus bayu citra dinda eka"); /* neither programs nor others */
	ask.down = true;
	assert_string_equal(names(tx, &ask), "eka dinda citra bayu agus");
	ask.sort = USER_ROSTER_BY_HOLDER;
	assert_string_equal(names(tx, &ask), "citra dinda agus bayu eka");
	ask.down = false;
	assert_string_equal(names(tx, &ask), "agus bayu eka dinda citra");
	ask.sort = USER_ROSTER_BY_SEEN;
	assert_string_equal(names(tx, &ask), "agus citra eka dinda bayu");
	ask.down = true;
	assert_string_equal(names(tx, &ask), "bayu dinda agus citra eka");
	ask = everybody();
	ask.skip = 1;
	assert_string_equal(names(tx, &ask), "bayu citra dinda eka");
	ask.most = 0;
	struct user_roster_row *rows;
	size_t n;
	assert_int_equal(user_roster_page(tx, &ask, &rows, &n, &engine_err), RC_INVALID);
	tx_rollback(&tx);
}

/* What the filter finds is what user_flaw() says of each, and each is in one state. */
static void check_states_are_those_of_the_flaws(struct engine *engine)
{
	static const char *const expected[USER_ROSTER_STATE_COUNT] = {[USER_ROSTER_ACTIVE] = "bayu",
	                                                              [USER_ROSTER_FRESH] = "citra",
	                                                              [USER_ROSTER_DORMANT] = "eka",
	                                                              [USER_ROSTER_EXPIRED] = "dinda",
	                                                              [USER_ROSTER_CLOSED] = "agus"};
	struct tx *tx = people_open(engine);
	fill(tx);
	for (size_t i = 0; i < USER_ROSTER_STATE_COUNT; i++) {
		struct user_roster_ask ask = everybody();
		struct user_roster_row *rows;
		size_t n;
		ask.now_us++; /* eka: asleep a moment longer than 90 days */
		ask.state = (enum user_roster_state)i;
		assert_string_equal(names(tx, &ask), expected[i]);
		OK(user_roster_page(tx, &ask, &rows, &n, &engine_err));
		struct user user = get(tx, rows[0].user);
		assert_int_equal(user_roster_state(&user, 90, ask.now_us), i);
		assert_int_equal(rows[0].state, i);
	}
	struct user_roster_ask awake = everybody();
	awake.state = USER_ROSTER_DORMANT;
	awake.dormant_days = 0;
	assert_string_equal(names(tx, &awake), "");
	tx_rollback(&tx);
}

static void check_text_and_role(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	fill(tx);
	struct user_roster_ask ask = everybody();
	ask.text = S("CONTOH");
	assert_string_equal(names(tx, &ask), "citra dinda");
	ask.text = S("i_c"); /* no wildcard */
	assert_string_equal(names(tx, &ask), "citra");
	ask.text = S("b");
	assert_string_equal(names(tx, &ask), "bayu");
	ask = everybody();
	ask.role = ROLE_KEPALA;
	assert_string_equal(names(tx, &ask), "bayu");
	ask = everybody();
	ask.instansi_id = -1;
	assert_string_equal(names(tx, &ask), "agus bayu citra dinda eka lain");
	tx_rollback(&tx);
}

/* The time since which a BAST is due comes with the row. */
static void check_rows_know_the_last_handing_over(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	struct user_roster_row *rows;
	size_t n;
	fill(tx);
	struct user user;
	OK(user_find(tx, S("bayu"), &user, &engine_err));
	OK(handover_given(tx, user.user, S("admin"), NOW + 7, &engine_err));
	struct user_roster_ask ask = everybody();
	OK(user_roster_page(tx, &ask, &rows, &n, &engine_err));
	assert_int_equal(rows[0].given_us, NOW);
	assert_int_equal(rows[1].given_us, NOW + 7);
	tx_rollback(&tx);
}

static void check_one_admin_stays(struct engine *engine)
{
	struct tx *tx = people_open(engine);
	int64_t one = people_add(tx, "admin", ROLE_ADMIN, 0), two = people_add(tx, "admin2", ROLE_ADMIN, 0);
	people_add(tx, "auditor", ROLE_AUDITOR, 0);
	OK(user_roster_spare_admin(tx, one, &engine_err));
	OK(user_set_closed(tx, two, USER_CLOSED_ADMIN, NOW, &engine_err));
	assert_int_equal(user_roster_spare_admin(tx, one, &engine_err), RC_REFUSED);
	OK(user_set_closed(tx, two, USER_OPEN, NOW, &engine_err));
	OK(user_change(tx, two,
	               &(struct user_change){.holder = S(""), .position = S(""), .narrowing = S(""), .expires_us = NOW + DAYS(9)},
	               &engine_err));
	assert_int_equal(user_roster_spare_admin(tx, one, &engine_err), RC_REFUSED); /* it ends */
	tx_rollback(&tx);
}

#define EACH(name)                                                                                                                 \
	static void name(void **state)                                                                                             \
	{                                                                                                                          \
		(void)state;                                                                                                       \
		engine_each(check_##name);                                                                                         \
	}
EACH(every_query_prepares)
EACH(a_bast_is_due_since_the_last_handing_over)
EACH(materials_belong_to_one_closing)
EACH(the_list_is_in_order)
EACH(states_are_those_of_the_flaws)
EACH(text_and_role)
EACH(rows_know_the_last_handing_over)
EACH(one_admin_stays)

int main(void)
{
	const struct CMUnitTest tests[] = {
	        cmocka_unit_test(every_query_prepares),
	        cmocka_unit_test(a_bast_is_due_since_the_last_handing_over),
	        cmocka_unit_test(materials_belong_to_one_closing),
	        cmocka_unit_test(the_list_is_in_order),
	        cmocka_unit_test(states_are_those_of_the_flaws),
	        cmocka_unit_test(text_and_role),
	        cmocka_unit_test(rows_know_the_last_handing_over),
	        cmocka_unit_test(one_admin_stays),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
