/* SPDX-License-Identifier: EUPL-1.2
 * web/page_print.c - papers to be signed, as PDF (J.VI.D, J.VI.E, J.II.A/B): the SPTJM of
 * the head, the NDA of whoever holds a user id, the form of a user id, the BAST. An
 * operator prints his own NDA, also before it opens anything to him. And the BAST of a
 * program's credential, which is another one than that of a password. */
#include "web/pages.h"
#include "web/print.h"
#include "web/service_card.h"
#include "web/user_card.h"

/* The user id the paper is about: an operator's own, otherwise the one named, or none. */
static enum rc user_of(struct visit *v, struct user *user, bool *ret_named, struct err *err)
{
	struct str typed = str_trim(http_query(v->rq, "user"));
	bool alone = principal_role(v->who) == ROLE_OPERATOR;
	*ret_named = alone || typed.n > 0;
	if (alone && !typed.n)
		return user_get(v->tx, principal_user(v->who), user, err);
	if (!typed.n)
		return RC_OK;
	TRY(user_card_find(v, user, err));
	if (alone && user->user != principal_user(v->who))
		return FAIL(err, RC_ABSENT, "User ID itu tidak ada.");
	return RC_OK;
}

static enum rc letter_asked(struct visit *v, enum letter *ret, struct err *err)
{
	static const enum letter letters[] = {LETTER_NDA, LETTER_SPTJM, LETTER_FORMULIR_USER_ID}; /* the first: operators too */
	struct str key = http_query(v->rq, "jenis");
	for (size_t i = 0; i < LEN(letters); i++) {
		if (!str_eq(key, str_c(letter_at(letters[i])->key)))
			continue;
		if (i > 0 && principal_role(v->who) == ROLE_OPERATOR)
			return FAIL(err, RC_REFUSED, "Dokumen itu dicetak oleh pimpinan instansi atau Dinas Dukcapil.");
		*ret = letters[i];
		return RC_OK;
	}
	return FAIL(err, RC_ABSENT, "Dokumen itu tidak ada.");
}

enum rc page_print_get(struct visit *v, struct err *err)
{
	enum letter letter;
	struct user user;
	bool named;
	struct office_subject subject;
	TRY(letter_asked(v, &letter, err));
	TRY(user_of(v, &user, &named, err));
	if (named && user.instansi_id)
		return print_begin(v, letter, user.instansi_id, &user, err);
	TRY(office_subject(v, &subject, err));
	return print_begin(v, letter, subject.row.instansi_id, NULL, err);
}

/* ---- BAST ---- */

static enum rc add_giver(struct visit *v, struct err *err)
{
	struct user giver;
	TRY(user_get(v->tx, principal_user(v->who), &giver, err));
	print_add(v, "petugas.nama", giver.holder);
	print_add(v, "petugas.jabatan", giver.position);
	return RC_OK;
}

static void add_head(struct visit *v, struct day day)
{
	static const char *const weekdays[] = {"Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"};
	print_add(v, "nomor", str_trim(http_query(v->rq, "nomor")));
	print_add(v, "tanggal", str_c(day_long(day).z));
	print_add(v, "hari", str_c(weekdays[day_weekday(day)]));
}

/* What was typed for the minutes; "" when it is in order. */
static const char *bast_flaw(struct str number, struct str typed, struct day *ret)
{
	bool dated = day_from_str(typed, ret) == RC_OK;
	if (!number.n || number.n > 120)
		return "Nomor berita acara harus diisi, paling banyak 120 huruf.";
	return dated ? "" : "Tanggal tidak dapat dibaca; tulis sebagai tahun-bulan-tanggal, misalnya 2026-11-23.";
}

static enum rc gather_bast(struct visit *v, const struct user *user, struct day day, struct err *err)
{
	struct handover *given;
	size_t n;
	TRY(handover_list(v->tx, user->user, &given, &n, err));
	TRY(print_begin(v, LETTER_BAST, user->instansi_id, user, err));
	add_head(v, day);
	print_add(v, "alasan",
	          n > 1 || (n == 1 && given[0].given_us != user->made_us) ? S("penyetelan ulang kata sandi") : S("user ID baru"));
	return add_giver(v, err);
}

enum rc page_print_bast(struct visit *v, struct err *err)
{
	struct user user;
	struct day day;
	struct user_typed typed = {.bast_number = str_trim(http_query(v->rq, "nomor")),
	                           .bast_day = str_trim(http_query(v->rq, "tanggal"))};
	TRY(user_card_find(v, &user, err));
	if (!user.instansi_id)
		return FAIL(err, RC_ABSENT, "BAST hanya untuk user ID instansi.");
	const char *flaw = bast_flaw(typed.bast_number, typed.bast_day, &day);
	if (*flaw)
		blame_set(&typed.blame, "bast", flaw);
	if (typed.blame.field)
		return user_card_draw(v, &user, &typed, 400, err);
	return gather_bast(v, &user, day, err);
}

/* ---- of a program ---- */

/* The newest that lives is the one that is handed over. */
static enum rc gather_credential(struct visit *v, const struct user *user, struct day day, struct err *err)
{
	struct credential_seen *rows;
	size_t n;
	TRY(credential_list(v->tx, user->user, v->now_us, &rows, &n, err));
	if (n == 0 || rows[0].state != CREDENTIAL_LIVE)
		return FAIL(err, RC_CONFLICT, "Layanan itu tidak mempunyai kredensial yang berlaku.");
	TRY(print_begin(v, LETTER_BAST_KREDENSIAL, user->instansi_id, user, err));
	add_head(v, day);
	print_add(v, "kredensial.nomor", str_c(rows[0].number.z));
	print_add(v, "kredensial.akhir",
	          rows[0].expires_us ? str_c(day_long(day_of_us(rows[0].expires_us - 1)).z) : S("tanpa batas sendiri"));
	print_add(v, "alasan", n > 1 ? S("penggantian kredensial") : S("kredensial baru"));
	return add_giver(v, err);
}

enum rc page_service_bast(struct visit *v, struct err *err)
{
	struct user user;
	struct day day;
	struct service_typed typed = {.bast_number = str_trim(http_query(v->rq, "nomor")),
	                              .bast_day = str_trim(http_query(v->rq, "tanggal"))};
	TRY(service_card_find(v, &user, err));
	const char *flaw = bast_flaw(typed.bast_number, typed.bast_day, &day);
	if (*flaw)
		blame_set(&typed.blame, "bast", flaw);
	if (typed.blame.field)
		return service_card_draw(v, &user, &typed, 400, err);
	return gather_credential(v, &user, day, err);
}
