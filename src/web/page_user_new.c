/* SPDX-License-Identifier: EUPL-1.2
 * web/page_user_new.c - a user id that nobody can request: another admin, an auditor
 * (whose user id has an end), the head of an agency, since it is the head who requests
 * those of his people (J.II.A/B), and a program that only rehearses, since nothing real is
 * handed over with it (J.II.D). All are made by gate/new_user.h. */
#include "gate/new_user.h"
#include "identity/narrowing.h"
#include "web/blame.h"
#include "web/envelope.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/user_new.page.h"

#define SANDBOX_KEY "latihan" /* a program of the rehearsal, among the roles */

struct attempt {
	struct user_new user;
	struct str until, code; /* as typed; the code of a head's agency */
	struct blame blame;
};

static enum rc draw(struct visit *v, const struct attempt *a, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	page_user_new_write(&body, &(struct page_user_new){
	                                   .csrf = visit_csrf(v),
	                                   .problem = blame_of(&a->blame, ""),
	                                   .user_id = a->user.user_id,
	                                   .p_user_id = blame_of(&a->blame, "user_id"),
	                                   .auditor = a->user.role == ROLE_AUDITOR,
	                                   .head = a->user.role == ROLE_KEPALA,
	                                   .sandbox = a->user.sandbox,
	                                   .code = a->code,
	                                   .p_code = blame_of(&a->blame, "instansi"),
	                                   .holder = a->user.holder,
	                                   .p_holder = blame_of(&a->blame, "pemegang"),
	                                   .position = a->user.position,
	                                   .p_position = blame_of(&a->blame, "jabatan"),
	                                   .narrowing = a->user.narrowing,
	                                   .p_narrowing = blame_of(&a->blame, "alamat"),
	                                   .until = a->until,
	                                   .p_until = blame_of(&a->blame, "sampai"),
	                           });
	return frame_page(v, &(struct frame){.title = "User ID baru", .at = "/pengguna"}, status, &body, err);
}

enum rc page_user_new_get(struct visit *v, struct err *err)
{
	struct str code = str_trim(http_query(v->rq, "instansi"));
	bool sandbox = str_eq(http_query(v->rq, "peran"), S(SANDBOX_KEY));
	enum role role = sandbox ? ROLE_SERVICE : code.n ? ROLE_KEPALA : ROLE_ADMIN;
	return draw(v, &(struct attempt){.user = {.role = role, .sandbox = sandbox}, .code = code}, 200, err);
}

/* The roles this page makes; ROLE_COUNT: none of them. */
static enum role role_of(struct str key)
{
	enum role role;
	if (str_eq(key, S(SANDBOX_KEY)))
		return ROLE_SERVICE;
	if (role_from_key(key, &role) != RC_OK || (role != ROLE_ADMIN && role != ROLE_AUDITOR && role != ROLE_KEPALA))
		return ROLE_COUNT;
	return role;
}

static struct attempt attempt_of(const struct visit *v)
{
	return (struct attempt){
	        .user = {.user_id = str_trim(http_form(v->rq, "user_id")),
	                 .role = role_of(http_form(v->rq, "peran")),
	                 .sandbox = str_eq(http_form(v->rq, "peran"), S(SANDBOX_KEY)),
	                 .narrowing = str_trim(http_form(v->rq, "alamat")),
	                 .holder = str_trim(http_form(v->rq, "pemegang")),
	                 .position = str_trim(http_form(v->rq, "jabatan"))},
	        .until = str_trim(http_form(v->rq, "sampai")),
	        .code = str_trim(http_form(v->rq, "instansi")),
	};
}

static void check_end(struct visit *v, struct attempt *a)
{
	struct day last = {0};
	if (a->until.n && day_from_str(a->until, &last) != RC_OK)
		blame_set(&a->blame, "sampai",
		          "Tanggal tidak dapat dibaca; tulis sebagai tahun-bulan-tanggal, misalnya 2027-05-20.");
	else if (a->until.n && last.n < day_of_us(v->now_us).n)
		blame_set(&a->blame, "sampai", "Hari terakhir sudah lewat.");
	else if (!a->until.n && a->user.role == ROLE_AUDITOR)
		blame_set(&a->blame, "sampai", "User ID auditor memerlukan hari terakhir.");
	else if (last.n)
		a->user.expires_us = day_begin_us((struct day){last.n + 1});
}

/* A head and a program belong to an agency, the provider's people to none. */
static enum rc check_agency(struct visit *v, struct attempt *a, struct err *err)
{
	if (a->user.role != ROLE_KEPALA && a->user.role != ROLE_SERVICE) {
		if (a->code.n)
			blame_set(&a->blame, "instansi",
			          "Hanya untuk kepala instansi dan program latihan; kosongkan untuk admin dan auditor.");
		return RC_OK;
	}
	enum rc rc = a->code.n ? instansi_find(v->tx, a->code, &a->user.instansi_id, err) : RC_ABSENT;
	if (rc == RC_ABSENT)
		blame_set(&a->blame, "instansi", "Tulis kode instansi yang sudah terdaftar.");
	return rc == RC_ABSENT ? RC_OK : rc;
}

static void check(struct visit *v, struct attempt *a)
{
	struct cidr *ranges;
	size_t n;
	struct err reason = {0};
	if (a->user.role == ROLE_COUNT)
		blame_set(&a->blame, "", "Pilih peran admin, auditor, kepala instansi, atau program latihan PoC.");
	if (!a->user.user_id.n)
		blame_set(&a->blame, "user_id", "User ID harus diisi.");
	if (!a->user.holder.n)
		blame_set(&a->blame, "pemegang", "Nama pemegang harus diisi.");
	if (!a->user.position.n)
		blame_set(&a->blame, "jabatan", "Jabatan harus diisi.");
	if (narrowing_read(a->user.narrowing, v->arena, &ranges, &n, &reason) != RC_OK)
		blame_err(&a->blame, "alamat", &reason, v->arena);
	check_end(v, a);
}

/* A room's complaint starts with the name of its field. */
static const char *field_of(const struct err *reason)
{
	struct str what = str_c(reason->what);
	if (str_starts(what, S("user ID")))
		return "user_id";
	if (str_starts(what, S("nama pemegang")))
		return "pemegang";
	return str_starts(what, S("jabatan")) ? "jabatan" : "";
}

enum rc page_user_new_post(struct visit *v, struct err *err)
{
	struct err reason = {0};
	struct new_user made;
	struct user user;
	struct attempt a = attempt_of(v);
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	check(v, &a);
	TRY(check_agency(v, &a, err));
	if (a.blame.field)
		return draw(v, &a, 400, err);
	enum rc rc = new_user_make(v, &a.user, &made, &reason);
	if (rc == RC_INVALID || rc == RC_CONFLICT) {
		blame_err(&a.blame, field_of(&reason), &reason, v->arena);
		return draw(v, &a, rc == RC_INVALID ? 400 : 409, err);
	}
	if (rc != RC_OK) {
		*err = reason;
		return rc;
	}
	TRY(user_get(v->tx, made.user, &user, err));
	return envelope_draw(v, &user, made.password, (struct url){0}, err);
}
