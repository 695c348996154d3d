/* SPDX-License-Identifier: EUPL-1.2
 * web/page_user.c - one user id, and what the admin does to it: changing, closing with
 * the return of materials (NDA), reopening, new codes, a new one-time password at night
 * whose BAST follows. Nobody does any of it to his own user id, save name and position;
 * one admin at least stays open. */
#include "gate/one_time.h"
#include "identity/narrowing.h"
#include "identity/user_roster.h"
#include "identity/totp.h"
#include "web/envelope.h"
#include "web/pages.h"
#include "web/user_card.h"

enum rc page_user_get(struct visit *v, struct err *err)
{
	struct user user;
	TRY(user_card_find(v, &user, err));
	return user_card_draw(v, &user, &(struct user_typed){0}, 200, err);
}

/* ---- what they all share ---- */

static enum rc somebody_else(const struct visit *v, const struct user *user, struct err *err)
{
	if (user->user == principal_user(v->who))
		return FAIL(err, RC_REFUSED, "Tindakan itu atas user ID sendiri dilakukan oleh admin lain.");
	return RC_OK;
}

static enum rc find_other(struct visit *v, struct user *user, struct err *err)
{
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	TRY(user_card_find(v, user, err));
	return somebody_else(v, user, err);
}

static enum rc done(struct visit *v, const struct user *user, const char *what, const char *remark, struct err *err)
{
	struct entry entry = {.act = ACT_USER,
	                      .outcome = "ok",
	                      .instansi_id = user->instansi_id,
	                      .about = arena_printf(v->arena, "user %s %.*s", what, STR_ARG(user->user_id))};
	TRY(visit_journal(v, entry, NULL, err));
	visit_redirect(v, arena_printf(v->arena, "/pengguna/rincian?user=%.*s&catatan=%s", STR_ARG(user->user_id), remark));
	return RC_OK;
}

/* Somebody did the same a moment ago: the page shows how it stands now. */
static enum rc already(struct visit *v, const struct user *user, const char *what, struct err *err)
{
	struct user_typed typed = {.blame = {"", str_c(what)}};
	return user_card_draw(v, user, &typed, 409, err);
}

/* "" is no day. */
static bool day_typed(struct str text, struct day *ret)
{
	*ret = (struct day){0};
	return text.n == 0 || day_from_str(text, ret) == RC_OK;
}

/* ---- changing ---- */

static struct user_typed change_typed(const struct visit *v)
{
	return (struct user_typed){.holder = str_trim(http_form(v->rq, "pemegang")),
	                           .position = str_trim(http_form(v->rq, "jabatan")),
	                           .narrowing = str_trim(http_form(v->rq, "alamat")),
	                           .until = str_trim(http_form(v->rq, "sampai"))};
}

static bool is_line(struct str s)
{
	return s.n <= USER_HOLDER_MAX && str_is_text(s) && str_index(s, '\n') == s.n;
}

static void check_change(struct visit *v, struct user_typed *t, struct user_change *ret)
{
	struct cidr *ranges;
	size_t n;
	struct day last;
	struct err reason = {0};
	*ret = (struct user_change){.holder = t->holder, .position = t->position, .narrowing = t->narrowing};
	if (!is_line(t->holder))
		blame_set(&t->blame, "pemegang", "Nama pemegang: satu baris, paling panjang 120 huruf.");
	if (!is_line(t->position))
		blame_set(&t->blame, "jabatan", "Jabatan: satu baris, paling panjang 120 huruf.");
	if (narrowing_read(t->narrowing, v->arena, &ranges, &n, &reason) != RC_OK)
		blame_err(&t->blame, "alamat", &reason, v->arena);
	if (!day_typed(t->until, &last))
		blame_set(&t->blame, "sampai",
		          "Tanggal tidak dapat dibaca; tulis sebagai tahun-bulan-tanggal, misalnya 2027-05-20.");
	else if (last.n)
		ret->expires_us = day_begin_us((struct day){last.n + 1});
}

/* DESIGN 8: an auditor's user id has an end, when it is made and ever after. */
static void check_has_end(const struct user *user, struct user_typed *t)
{
	if (user->role == ROLE_AUDITOR && user->expires_us && !t->until.n)
		blame_set(&t->blame, "sampai", "User ID auditor memerlukan hari terakhir.");
}

enum rc page_user_change(struct visit *v, struct err *err)
{
	struct user user;
	struct user_change change;
	struct user_typed typed = change_typed(v);
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	TRY(user_card_find(v, &user, err));
	if (user.closed)
		return already(v, &user, "User ID itu telah ditutup; tidak ada yang diubah.", err);
	bool self = user.user == principal_user(v->who);
	if (!self)
		check_has_end(&user, &typed);
	if (self) {
		typed.narrowing = user.narrowing;
		typed.until = S("");
	}
	check_change(v, &typed, &change);
	if (self)
		change.expires_us = user.expires_us;
	if (typed.blame.field)
		return user_card_draw(v, &user, &typed, 400, err);
	if (user.role == ROLE_ADMIN && change.expires_us)
		TRY(user_roster_spare_admin(v->tx, user.user, err));
	TRY(user_change(v->tx, user.user, &change, err));
	return done(v, &user, "change", "user-ubah", err);
}

/* ---- closing and what comes back ---- */

static struct user_typed back_typed(const struct visit *v)
{
	return (struct user_typed){.written = str_trim(http_form(v->rq, "tertulis")),
	                           .graphic = str_trim(http_form(v->rq, "gambar")),
	                           .physical = str_trim(http_form(v->rq, "fisik"))};
}

static void check_back(struct visit *v, struct user_typed *t, struct handover_material *ret)
{
	*ret = (struct handover_material){.by = principal_user_id(v->who)};
	struct day today = day_of_us(v->now_us);
	if (!day_typed(t->written, &ret->written) || !day_typed(t->graphic, &ret->graphic) ||
	    !day_typed(t->physical, &ret->physical))
		blame_set(&t->blame, "bahan",
		          "Tanggal tidak dapat dibaca; tulis sebagai tahun-bulan-tanggal, misalnya 2027-05-20.");
	if (ret->written.n > today.n || ret->graphic.n > today.n || ret->physical.n > today.n)
		blame_set(&t->blame, "bahan", "Tanggal pengembalian belum tiba; kosongkan bila bahan belum kembali.");
}

static enum rc take_back(struct visit *v, int64_t id, const struct handover_material *material, struct err *err)
{
	struct user closed;
	TRY(user_get(v->tx, id, &closed, err));
	return handover_returned(v->tx, &closed, material, v->now_us, err);
}

enum rc page_user_close(struct visit *v, struct err *err)
{
	struct user user;
	struct handover_material material;
	struct user_typed typed = back_typed(v);
	TRY(find_other(v, &user, err));
	if (user.closed)
		return already(v, &user, "User ID itu sudah ditutup sebelumnya.", err);
	check_back(v, &typed, &material);
	if (typed.blame.field)
		return user_card_draw(v, &user, &typed, 400, err);
	if (user.role == ROLE_ADMIN)
		TRY(user_roster_spare_admin(v->tx, user.user, err));
	TRY(user_set_closed(v->tx, user.user, USER_CLOSED_ADMIN, v->now_us, err));
	TRY(take_back(v, user.user, &material, err));
	return done(v, &user, "close", "user-tutup", err);
}

enum rc page_user_back(struct visit *v, struct err *err)
{
	struct user user;
	struct handover_material material;
	struct user_typed typed = back_typed(v);
	TRY(find_other(v, &user, err));
	if (!user.closed)
		return already(v, &user, "User ID itu telah dibuka kembali; pengembalian tidak dicatat.", err);
	check_back(v, &typed, &material);
	if (typed.blame.field)
		return user_card_draw(v, &user, &typed, 400, err);
	TRY(handover_returned(v->tx, &user, &material, v->now_us, err));
	return done(v, &user, "materials", "user-bahan", err);
}

enum rc page_user_open(struct visit *v, struct err *err)
{
	struct user user;
	struct err reason = {0};
	TRY(find_other(v, &user, err));
	if (!user.closed)
		return already(v, &user, "User ID itu sudah terbuka.", err);
	enum rc rc = user_set_closed(v->tx, user.user, USER_OPEN, v->now_us, &reason);
	if (rc == RC_REFUSED) {
		struct user_typed typed = {0};
		blame_err(&typed.blame, "", &reason, v->arena);
		return user_card_draw(v, &user, &typed, 409, err);
	}
	if (rc != RC_OK) {
		*err = reason;
		return rc;
	}
	return done(v, &user, "reopen", "user-buka", err);
}

/* ---- locked out ---- */

enum rc page_user_code(struct visit *v, struct err *err)
{
	struct user user;
	TRY(find_other(v, &user, err));
	enum rc rc = totp_reset(v->tx, user.user, 0, err);
	if (rc == RC_ABSENT)
		return already(v, &user, "User ID itu tidak memakai kode sekali pakai.", err);
	TRY(rc);
	return done(v, &user, "reset-code", "user-kode", err);
}

enum rc page_user_password(struct visit *v, struct err *err)
{
	struct user user;
	struct str password;
	TRY(find_other(v, &user, err));
	if (user.closed)
		return already(v, &user, "User ID itu telah ditutup; buka dahulu sebelum kata sandinya disetel ulang.", err);
	TRY(one_time_finish(v, user.user, &password, err));
	return envelope_draw(v, &user, password, (struct url){0}, err);
}
