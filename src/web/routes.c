/* SPDX-License-Identifier: EUPL-1.2
 * web/routes.c - the portal's table of routes: who may come, what a body may weigh,
 * what is journaled. */
#include "web/pages.h"
#include "web/web.h"

#define INSTANSI (ROLE_BIT(ROLE_KEPALA) | ROLE_BIT(ROLE_OPERATOR))
#define PROVIDER (ROLE_BIT(ROLE_ADMIN) | ROLE_BIT(ROLE_AUDITOR))
#define PEOPLE (INSTANSI | PROVIDER)
#define HEAD ROLE_BIT(ROLE_KEPALA)
/* One's own account stays within reach when the instansi is stopped, or when the
 * password must be changed first. */
#define OWN (ROUTE_ENDED | ROUTE_MUST_CHANGE)
#define FORM 4096 /* bytes; the largest form is a new kejadian */
#define TEXT 16384 /* with a text of a thousand letters, each percent-encoded */

const struct route web_routes[] = {
	{HTTP_GET, "/aset/*", 0, ROUTE_PUBLIC, 0, ACT_COUNT, NULL, NULL, page_asset_get},

	{HTTP_GET, "/masuk", 0, ROUTE_PUBLIC, 0, ACT_COUNT, NULL, NULL, page_login_get},
	{HTTP_POST, "/masuk", 0, ROUTE_PUBLIC | ROUTE_CSRF, FORM, ACT_LOGIN, page_login_slow, NULL, page_login_post},
	{HTTP_GET, "/keluar", PEOPLE, OWN, 0, ACT_COUNT, NULL, NULL, page_logout_get},
	{HTTP_POST, "/keluar", PEOPLE, OWN | ROUTE_CSRF, FORM, ACT_LOGOUT, NULL, NULL, page_logout_post},

	{HTTP_GET, "/", PEOPLE, 0, 0, ACT_COUNT, NULL, NULL, page_home_get},
	{HTTP_GET, "/panduan", PEOPLE, ROUTE_ENDED, 0, ACT_COUNT, NULL, NULL, page_guide_get},

	{HTTP_GET, "/verifikasi", INSTANSI, 0, 0, ACT_COUNT, NULL, NULL, page_lookup_get},
	{HTTP_POST, "/verifikasi", INSTANSI, ROUTE_CSRF, FORM, ACT_LOOKUP, NULL, page_lookup_inquiry, page_lookup_post},
	{HTTP_POST, "/verifikasi/slip", INSTANSI, ROUTE_CSRF, FORM, ACT_SLIP, NULL, NULL, page_slip_print},
	{HTTP_GET, "/slip", PROVIDER | HEAD, 0, 0, ACT_COUNT, NULL, NULL, page_check_get},
	{HTTP_POST, "/slip", PROVIDER | HEAD, ROUTE_CSRF, FORM, ACT_SLIP, NULL, NULL, page_check_post},

	{HTTP_GET, "/kejadian", INSTANSI, 0, 0, ACT_COUNT, NULL, NULL, page_kejadian_get},
	{HTTP_POST, "/kejadian", INSTANSI, ROUTE_CSRF, FORM, ACT_CHOOSE, NULL, NULL, page_kejadian_choose},
	{HTTP_POST, "/kejadian/baru", INSTANSI, ROUTE_CSRF, FORM, ACT_KEJADIAN, NULL, NULL, page_kejadian_new},
	{HTTP_POST, "/kejadian/tutup", HEAD, ROUTE_CSRF, FORM, ACT_KEJADIAN, NULL, NULL, page_kejadian_close},

	{HTTP_GET, "/penjaga", PROVIDER | HEAD, 0, 0, ACT_COUNT, NULL, NULL, page_guard_get},
	{HTTP_POST, "/penjaga/penjelasan", HEAD, ROUTE_CSRF, TEXT, ACT_GUARD, NULL, NULL, page_guard_plead},
	{HTTP_POST, "/penjaga/keputusan", ROLE_BIT(ROLE_ADMIN), ROUTE_CSRF, TEXT, ACT_GUARD, NULL, NULL, page_guard_decide},
	{HTTP_GET, "/penjaga/*", PROVIDER | HEAD, 0, 0, ACT_COUNT, NULL, NULL, page_guard_one},

	{HTTP_GET, "/sandi", PEOPLE, OWN, 0, ACT_COUNT, NULL, NULL, page_password_get},
	{HTTP_POST, "/sandi", PEOPLE, OWN | ROUTE_CSRF, FORM, ACT_PASSWORD, page_password_slow, NULL, page_password_post},
	{HTTP_GET, "/sesi", PEOPLE, OWN, 0, ACT_COUNT, NULL, NULL, page_sessions_get},
	{HTTP_POST, "/sesi", PEOPLE, OWN | ROUTE_CSRF, FORM, ACT_SESSION_END, NULL, NULL, page_sessions_post},
	{0},
};
