/* SPDX-License-Identifier: EUPL-1.2
 * web/page_service.c - one program's user id: the admin makes credentials, whose secret is
 * shown once in the answer to the form, and says from where and with which certificates
 * they are good; the head of the agency sees all of it and may end what lives. Making is
 * the provider's alone: a user id and its secret are handed over, with minutes (J.II.A/B). */
#include "gate/new_credential.h"
#include "identity/narrowing.h"
#include "identity/scope.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/secret.page.h"
#include "web/service_card.h"
#include "web/when.h"

enum rc page_service_get(struct visit *v, struct err *err)
{
	struct user user;
	TRY(service_card_find(v, &user, err));
	return service_card_draw(v, &user, &(struct service_typed){0}, 200, err);
}

/* ---- what they all share ---- */

static enum rc find(struct visit *v, struct user *user, struct err *err)
{
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	return service_card_find(v, user, err);
}

static enum rc journal(struct visit *v, const struct user *user, const char *what, struct str more, struct err *err)
{
	struct entry entry = {.act = ACT_CREDENTIAL,
	                      .outcome = "ok",
	                      .instansi_id = user->instansi_id,
	                      .about = arena_printf(v->arena, "credential %s %.*s%s%.*s", what, STR_ARG(user->user_id),
	                                            more.n ? " " : "", STR_ARG(more))};
	return visit_journal(v, entry, NULL, err);
}

static struct url card_url(struct visit *v, const struct user *user, const char *remark)
{
	struct url_pair pairs[] = {{"user", user->user_id}, {"catatan", str_c(remark)}};
	return url_path(v->arena, "/layanan/rincian", pairs, *remark ? 2 : 1);
}

static enum rc done(struct visit *v, const struct user *user, const char *remark)
{
	visit_redirect(v, card_url(v, user, remark).s);
	return RC_OK;
}

static enum rc problem(struct visit *v, const struct user *user, struct service_typed *typed, const struct err *why, int status,
                       struct err *err)
{
	blame_err(&typed->blame, "", why, v->arena);
	return service_card_draw(v, user, typed, status, err);
}

/* ---- making ---- */

static bool overlap_typed(struct str key, int64_t *ret_us)
{
	for (size_t i = 0; service_overlap_at(i); i++) {
		if (!str_eq(key, str_c(service_overlap_at(i)->key)))
			continue;
		*ret_us = service_overlap_at(i)->us;
		return true;
	}
	return false;
}

static void check_new(struct visit *v, struct service_typed *t, struct credential_new *ret)
{
	struct day last = {0};
	if (!overlap_typed(t->overlap, &ret->overlap_us))
		blame_set(&t->blame, "", "Pilih apa yang terjadi dengan kredensial yang sekarang berlaku.");
	if (t->until.n && day_from_str(t->until, &last) != RC_OK)
		blame_set(&t->blame, "sampai",
		          "Tanggal tidak dapat dibaca; tulis sebagai tahun-bulan-tanggal, misalnya 2027-05-20.");
	if (last.n && last.n < day_of_us(v->now_us).n)
		blame_set(&t->blame, "sampai", "Hari itu telah lewat.");
	ret->expires_us = last.n ? day_begin_us((struct day){last.n + 1}) : 0;
}

/* The form was drawn before the newest one was made: a reload, Back, or another admin. */
static enum rc is_stale(struct visit *v, const struct user *user, bool *ret, size_t *ret_live, struct err *err)
{
	struct credential_seen *rows, *newest = NULL;
	size_t n;
	*ret_live = 0;
	TRY(credential_list(v->tx, user->user, v->now_us, &rows, &n, err));
	for (size_t i = 0; i < n; i++) {
		if (!newest || rows[i].credential_id > newest->credential_id)
			newest = &rows[i];
		*ret_live += rows[i].state == CREDENTIAL_LIVE;
	}
	*ret = !str_eq(http_form(v->rq, "terbaru"), newest ? str_c(newest->number.z) : S(""));
	return RC_OK;
}

static struct str from_text(struct visit *v, const struct user *user, size_t certificates)
{
	if (!certificates)
		return user->narrowing;
	return arena_printf(v->arena, "%.*s%sbersama sertifikat klien", STR_ARG(user->narrowing), user->narrowing.n ? ", " : "");
}

static struct str others_text(struct visit *v, int64_t overlap_us, size_t live)
{
	if (live == 0)
		return S("");
	if (overlap_us < 0)
		return S("Kredensial sebelumnya tetap berlaku seperti semula.");
	if (overlap_us == 0)
		return S("Kredensial sebelumnya telah berakhir.");
	return arena_printf(v->arena, "Kredensial sebelumnya berakhir %s; pasang yang baru sebelum itu.",
	                    when_row(v->now_us + overlap_us).z);
}

/* The answer to the form is the one place where it is ever shown. */
static enum rc draw_secret(struct visit *v, const struct user *user, const struct credential_new *credential,
                           const struct credential_made *made, size_t live, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct certificates bound;
	TRY(credential_bound(v->tx, user->user, &bound, err));
	struct str until = S("tanpa batas sendiri");
	if (credential->expires_us)
		until = arena_str(v->arena, str_c(day_long(day_of_us(credential->expires_us - 1)).z));
	page_secret_write(&body, &(struct page_secret){
	                                 .user_id = user->user_id,
	                                 .number = str_c(made->number.z),
	                                 .secret = str_c(made->secret),
	                                 .until = until,
	                                 .from = from_text(v, user, bound.n),
	                                 .others = others_text(v, credential->overlap_us, live),
	                                 .back = card_url(v, user, ""),
	                         });
	enum rc rc = frame_page(v, &(struct frame){.title = "Kredensial baru", .at = "/pengguna"}, 200, &body, err);
	v->out.compress = false; /* a secret beside a form's token: no compressor sees both */
	return rc;
}

enum rc page_service_make(struct visit *v, struct err *err)
{
	struct user user;
	bool stale;
	size_t live;
	struct credential_made made;
	struct err why = {0};
	struct service_typed typed = {.overlap = http_form(v->rq, "lama"), .until = str_trim(http_form(v->rq, "sampai"))};
	TRY(find(v, &user, err));
	struct credential_new credential = {.user = user.user};
	check_new(v, &typed, &credential);
	TRY(is_stale(v, &user, &stale, &live, err));
	if (stale)
		blame_set(&typed.blame, "", "Daftar kredensial telah berubah sejak halaman ini dibuka; tidak ada yang dibuat.");
	if (typed.blame.field)
		return service_card_draw(v, &user, &typed, stale ? 409 : 400, err);
	enum rc rc = new_credential_make(v, &credential, &made, &why);
	if (rc == RC_LIMIT || rc == RC_REFUSED)
		return problem(v, &user, &typed, &why, 409, err);
	if (rc != RC_OK) {
		*err = why;
		return rc;
	}
	rc = draw_secret(v, &user, &credential, &made, live, err);
	secret_wipe(&made, sizeof made);
	return rc;
}

/* ---- ending ---- */

enum rc page_service_end(struct visit *v, struct err *err)
{
	struct user user;
	size_t n = 1;
	struct err why = {0};
	struct str number = str_trim(http_form(v->rq, "nomor"));
	TRY(find(v, &user, err));
	bool all = str_eq(number, S("semua"));
	enum rc rc = all ? credential_end_all(v->tx, user.user, principal_user_id(v->who), v->now_us, &n, &why)
	                 : credential_end(v->tx, user.user, number, principal_user_id(v->who), v->now_us, &why);
	if (rc == RC_ABSENT || (rc == RC_OK && n == 0)) { /* over already: the list shows it */
		FAIL(&why, RC_ABSENT, "Kredensial itu sudah tidak berlaku.");
		return problem(v, &user, &(struct service_typed){0}, &why, 409, err);
	}
	if (rc != RC_OK) {
		*err = why;
		return rc;
	}
	TRY(journal(v, &user, "end", all ? S("all") : number, err));
	return done(v, &user, "kredensial-akhir");
}

/* ---- from where, and with what ---- */

/* Lines, or commas, or both. */
static struct str with_commas(struct visit *v, struct str lines)
{
	struct str copy = arena_str(v->arena, lines);
	char *at = (char *)(uintptr_t)copy.at;
	for (size_t i = 0; i < copy.n; i++)
		if (at[i] == '\n' || at[i] == '\r' || at[i] == ' ')
			at[i] = ',';
	return copy;
}

/* Empty lines stand for nothing. */
static struct str squeezed(struct visit *v, struct str list)
{
	struct str out = S("");
	for (struct str rest = with_commas(v, list); rest.at;) {
		struct str one = str_trim(str_split(&rest, ','));
		if (one.n)
			out = arena_printf(v->arena, "%.*s%s%.*s", STR_ARG(out), out.n ? "," : "", STR_ARG(one));
	}
	return out;
}

enum rc page_service_bind(struct visit *v, struct err *err)
{
	struct user user;
	struct certificates certificates;
	struct cidr *ranges;
	size_t n;
	struct err why = {0};
	struct service_typed typed = {.narrowing = str_trim(http_form(v->rq, "alamat")),
	                              .fingerprints = str_trim(http_form(v->rq, "sidik"))};
	TRY(find(v, &user, err));
	if (narrowing_read(typed.narrowing, v->arena, &ranges, &n, &why) != RC_OK)
		blame_err(&typed.blame, "alamat", &why, v->arena);
	if (certificates_read(squeezed(v, typed.fingerprints), &certificates, &why) != RC_OK)
		blame_err(&typed.blame, "sidik", &why, v->arena);
	if (typed.blame.field)
		return service_card_draw(v, &user, &typed, 400, err);
	struct user_change change = {user.holder, user.position, typed.narrowing, user.expires_us};
	TRY(user_change(v->tx, user.user, &change, err));
	TRY(credential_bind(v->tx, user.user, &certificates, err));
	TRY(journal(v, &user, "bind", arena_printf(v->arena, "%zu %zu", n, certificates.n), err));
	return done(v, &user, "layanan-ikat");
}

/* ---- what its tokens are good for ---- */

enum rc page_service_scopes(struct visit *v, struct err *err)
{
	struct user user;
	struct err why = {0};
	scope_set scopes = 0;
	TRY(find(v, &user, err));
	for (size_t i = 0; scope_at(i); i++)
		if (http_form(v->rq, scope_at(i)->key).n)
			scopes |= SCOPE_BIT(scope_at(i)->scope);
	enum rc rc = scopes_set(v->tx, user.user, user.user_id, scopes, &why);
	if (rc == RC_INVALID)
		return problem(v, &user, &(struct service_typed){0}, &why, 400, err);
	if (rc != RC_OK) {
		*err = why;
		return rc;
	}
	TRY(journal(v, &user, "scopes", str_c(scopes_text(scopes).z), err));
	return done(v, &user, "layanan-cakupan");
}
