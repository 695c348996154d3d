/* SPDX-License-Identifier: EUPL-1.2
 * The letter about a hold: to both sides, each address once, without a NIK. */
#include "gate/alert.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const struct alert_hold hold = {.hold_id = 12,
                                       .held_us = INT64_C(1795600000000000),
                                       .reason = {"berurutan", 9},
                                       .evidence = {"7 NIK berturut-turut naik 1 pada 12 digit yang sama", 51},
                                       .origin = {"https://padan.example", 21}};

static void both_sides_are_told(void **state)
{
	static struct terms terms;
	struct arena arena;
	struct alert alert;
	(void)state;
	arena_init(&arena, 65536);
	terms.contacts_n = 3;
	terms.contacts[0] = (struct terms_contact){.side = S("provider"), .email = S("admin@dukcapil.example")};
	terms.contacts[1] = (struct terms_contact){.side = S("instansi"), .email = S("kepala@bpbd.example")};
	terms.contacts[2] = (struct terms_contact){.side = S("instansi"), .email = S("Kepala@BPBD.example")};
	struct standing standing = {
	        .code = S("BPBD"), .name = S("Badan Contoh"), .contacts = terms.contacts, .contacts_n = terms.contacts_n};
	assert_int_equal(alert_make(&arena, &hold, &standing, &alert, NULL), RC_OK);
	assert_int_equal(alert.to_n, 2);
	assert_true(str_eq(alert.to[0], S("admin@dukcapil.example")));
	assert_true(str_eq(alert.subject, S("Padan: User ID pada BPBD ditahan (penahanan nomor 12)")));
	assert_non_null(strstr(alert.body.at, "7 NIK berturut-turut naik 1"));
	assert_non_null(strstr(alert.body.at, "https://padan.example/penjaga/12\n"));
	assert_int_equal(alert.hold_id, 12);
	assert_true(str_index(alert.subject, '\n') == alert.subject.n);
	arena_free(&arena);
}

static void nobody_to_tell_is_no_failure(void **state)
{
	struct arena arena;
	struct alert alert;
	struct standing standing = {.code = S("BPBD")};
	(void)state;
	arena_init(&arena, 65536);
	assert_int_equal(alert_make(&arena, &hold, &standing, &alert, NULL), RC_OK);
	assert_int_equal(alert.to_n, 0);
	arena_free(&arena);
	arena_init(&arena, 64);
	assert_int_equal(alert_make(&arena, &hold, &standing, &alert, NULL), RC_BROKEN);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(both_sides_are_told), cmocka_unit_test(nobody_to_tell_is_no_failure)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
