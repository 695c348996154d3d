/* SPDX-License-Identifier: EUPL-1.2
 * The table of routes has no hole: every row has a handler, somebody who may come,
 * and, where it changes something, a token check and a journal act. */
#include "web/pages.h"
#include "web/web.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static void every_row_is_whole(void **state)
{
	(void)state;
	for (const struct route *r = web_routes; r->path; r++) {
		assert_int_equal(r->path[0], '/');
		assert_non_null(r->page);
		assert_true(r->roles != 0 || (r->flags & ROUTE_PUBLIC));
		assert_false(r->roles & ROLE_BIT(ROLE_SERVICE)); /* programs have their own door */
		assert_true(r->act <= ACT_COUNT);
	}
}

static void what_changes_something_is_checked_and_journaled(void **state)
{
	(void)state;
	for (const struct route *r = web_routes; r->path; r++) {
		bool post = r->method == HTTP_POST;
		assert_true(post || r->method == HTTP_GET);
		assert_int_equal((r->flags & ROUTE_CSRF) != 0, post);
		assert_true(post ? r->act != ACT_COUNT : r->act == ACT_COUNT || r->act == ACT_EXPORT); /* a copy leaves */
		assert_int_equal(r->body_max > 0, post);
		assert_true(post || !r->inquiry);
		/* reads much, for those who come in */
		assert_true(post || !r->slow || r->page == page_balikan_get || r->page == page_bulk_list_get ||
		            r->page == page_incident_niks_get ||
		            r->page == page_board_get || r->page == page_board_now_get ||
		            r->page == page_journal_get);
	}
}

static void no_path_stands_twice(void **state)
{
	(void)state;
	for (const struct route *a = web_routes; a->path; a++)
		for (const struct route *b = a + 1; b->path; b++)
			assert_false(a->method == b->method && strcmp(a->path, b->path) == 0);
}

static const struct route *row(enum http_method method, const char *path)
{
	for (const struct route *r = web_routes; r->path; r++)
		if (r->method == method && strcmp(r->path, path) == 0)
			return r;
	return NULL;
}

/* P2.1a, P3.1a: only the instansi's people look residents up, and tell what became of them. */
static void roles_are_as_narrow_as_the_agreement(void **state)
{
	(void)state;
	unsigned own = ROLE_BIT(ROLE_KEPALA) | ROLE_BIT(ROLE_OPERATOR);
	assert_int_equal(row(HTTP_POST, "/verifikasi")->roles, own);
	assert_int_equal(row(HTTP_GET, "/verifikasi")->roles, own);
	assert_int_equal(row(HTTP_POST, "/verifikasi/slip")->roles, own);
	assert_int_equal(row(HTTP_POST, "/kejadian/tutup")->roles, own);
	assert_int_equal(row(HTTP_POST, "/korban/orang")->roles, own);
	assert_false(row(HTTP_POST, "/slip")->roles & ROLE_BIT(ROLE_OPERATOR));
	assert_true(row(HTTP_POST, "/verifikasi")->inquiry != NULL);
}

/* P2.1c: whoever must change the password reaches that page, and the way out. */
static void first_use_reaches_only_the_own_account(void **state)
{
	(void)state;
	for (const struct route *r = web_routes; r->path; r++) {
		bool own = strcmp(r->path, "/sandi") == 0 || strcmp(r->path, "/keluar") == 0 || strcmp(r->path, "/sesi") == 0;
		assert_int_equal((r->flags & ROUTE_MUST_CHANGE) != 0, own);
	}
}

/* A session whose one-time code is missing reaches the page of the code, enrolling, and
 * the way out; nothing of it asks the registry. */
static void half_a_sign_in_reaches_only_the_code(void **state)
{
	(void)state;
	for (const struct route *r = web_routes; r->path; r++) {
		bool code = strcmp(r->path, GATE_CODE) == 0 || strcmp(r->path, GATE_ENROL) == 0 || strcmp(r->path, "/keluar") == 0;
		bool sign_in = strcmp(r->path, "/masuk") == 0 && r->method == HTTP_GET; /* only to be led on */
		assert_int_equal((r->flags & ROUTE_CODE) != 0, code || sign_in);
		assert_false((r->flags & ROUTE_CODE) && r->inquiry);
	}
}

/* Every status the server or the gate may refuse with has a page of its own words. */
static void every_error_page_is_drawn(void **state)
{
	(void)state;
	static const int statuses[] = {400, 401, 403, 404, 405, 408, 409, 413, 429, 431, 503};
	for (size_t i = 0; i < LEN(statuses); i++) {
		BUF_AUTO body = BUF((size_t)64 << 10);
		assert_string_equal(web_refuse_body(statuses[i], &body), "text/html; charset=utf-8");
		buf_addc(&body, 0);
		assert_true(buf_ok(&body));
		assert_non_null(strstr(body.at, "<h1>"));
		assert_non_null(strstr(body.at, "lang=\"id\""));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_is_whole),
		cmocka_unit_test(what_changes_something_is_checked_and_journaled),
		cmocka_unit_test(no_path_stands_twice),
		cmocka_unit_test(roles_are_as_narrow_as_the_agreement),
		cmocka_unit_test(first_use_reaches_only_the_own_account),
		cmocka_unit_test(half_a_sign_in_reaches_only_the_code),
		cmocka_unit_test(every_error_page_is_drawn),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
