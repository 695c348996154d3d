/* SPDX-License-Identifier: EUPL-1.2
 * web/page_tell.c - data balikan in the same motion as the answer: what the card beside it
 * (web/tell_card.h) sends (P2.2b, J.III).
 *
 * To be sent twice changes nothing: the same content told again is told once, so the form
 * needs no one-time key. With script the card alone comes back; without, a page, and its
 * address names the row and never the NIK. Kejadian that are closed still take it: their
 * debts must be closable. Who was never asked for is refused: such people come in by the
 * web service only. */
#include "agreement/kejadian.h"
#include "feedback/record.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/strip.h"
#include "web/tell_card.h"
#include "web/victims_look.h"

#define NIK_TYPED 40
#define ECHO_MAX 1000 /* bytes of a typed note; the form itself is no larger than its route allows */

static struct tell_typed typed_of(const struct visit *v)
{
	struct str note = str_cut(str_trim(http_form(v->rq, "catatan")), ECHO_MAX);
	struct tell_typed typed = {
		.keterangan = http_form(v->rq, "keterangan"),
		.house = http_form(v->rq, "rumah"),
		.day = str_trim(http_form(v->rq, "tanggal")),
		.waiver = http_form(v->rq, "alasan"),
	};
	if (typed.waiver.n)
		typed.why = note;
	else
		typed.note = note;
	return typed;
}

static enum rc waiver_of(const struct tell_typed *typed, struct told *ret, struct err *err)
{
	ret->kind = TOLD_WAIVER;
	ret->note = typed->why;
	if (typed->keterangan.n)
		return FAIL(err, RC_INVALID, "Pilih keterangan korban atau alasan bukan korban, tidak keduanya.");
	if (waiver_from_key(typed->waiver, &ret->waiver) != RC_OK)
		return FAIL(err, RC_INVALID, "Alasan itu tidak ada dalam daftar.");
	return RC_OK;
}

static enum rc victim_of(const struct tell_typed *typed, struct told *ret, struct err *err)
{
	ret->kind = TOLD_VICTIM;
	ret->note = typed->note;
	if (typed->keterangan.n == 0)
		return FAIL(err, RC_INVALID, "Pilih keterangan korban.");
	if (keterangan_from_key(typed->keterangan, &ret->keterangan) != RC_OK)
		return FAIL(err, RC_INVALID, "Keterangan itu tidak ada dalam daftar.");
	if (house_from_key(typed->house, &ret->house) != RC_OK)
		return FAIL(err, RC_INVALID, "Kerusakan rumah itu tidak ada dalam daftar.");
	if (typed->day.n && day_from_str(typed->day, &ret->on) != RC_OK)
		return FAIL(err, RC_INVALID, "Tanggal tidak dapat dibaca; tulis sebagai tahun-bulan-tanggal, misalnya 2026-11-23.");
	return RC_OK;
}

static enum rc told_of(const struct tell_typed *typed, int64_t now_us, struct told *ret, struct err *err)
{
	*ret = (struct told){0};
	TRY(typed->waiver.n ? waiver_of(typed, ret, err) : victim_of(typed, ret, err));
	return told_check(ret, now_us, err);
}

/* Of whom, and for which kejadian of the own instansi. */
static enum rc whom_of(struct visit *v, struct record *ret, struct err *err)
{
	char digits[NIK_TYPED];
	struct kejadian kejadian;
	size_t n = nik_strip(http_form(v->rq, "nik"), digits, sizeof digits);
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	if (nik_from_str((struct str){digits, n}, &ret->nik, NULL) != RC_OK)
		return FAIL(err, RC_INVALID, "NIK tidak terbaca. Periksa kembali NIK-nya, lalu catat.");
	if (str_int(http_form(v->rq, "kejadian"), 1, INT64_MAX, &ret->kejadian_id) != RC_OK)
		return FAIL(err, RC_INVALID, "Kejadian tidak disebutkan.");
	ret->instansi_id = v->standing.instansi_id;
	enum rc rc = kejadian_get(v->tx, ret->instansi_id, ret->kejadian_id, &kejadian, err);
	return rc == RC_ABSENT ? FAIL(err, RC_ABSENT, "Kejadian itu tidak ada pada instansi Anda.") : rc;
}

static enum rc tell(struct visit *v, const struct record *record, struct err *err)
{
	struct entry by = {0};
	enum record_fate fate;
	visit_sign(v, &by);
	TRY(record_tell(visit_feedback(v), v->tx, &by, TOLD_FORM, record, 1, &fate, err));
	if (fate == RECORD_UNASKED)
		return FAIL(err, RC_CONFLICT, "NIK itu belum pernah diperiksa untuk kejadian ini. Periksa dahulu, lalu catat.");
	return RC_OK;
}

/* ---- what comes back ---- */

static enum rc find(struct visit *v, const struct record *record, struct person *ret, struct err *err)
{
	return person_find(visit_feedback(v), v->tx, record->instansi_id, record->kejadian_id, record->nik, ret, err);
}

static enum rc draw_card(struct visit *v, const struct person *person, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct tell_card card = {.nik = person->nik, .kejadian_id = person->kejadian_id, .person = person, .saved = true};
	struct gate_owed owed;
	TRY(tell_card_write(v, &body, &card, err));
	TRY(gate_owed_own(v, &owed, err));
	strip_owed_write(v, &owed, &body);
	return frame_fragment(v, 200, &body, err);
}

static enum rc draw_saved(struct visit *v, const struct record *record, struct err *err)
{
	struct person person;
	TRY(find(v, record, &person, err));
	if (visit_wants_fragment(v))
		return draw_card(v, &person, err);
	visit_redirect(v, arena_printf(v->arena, "/verifikasi?tersimpan=%lld", (long long)person.person_id));
	return RC_OK;
}

/* Without script: the form again, with what was typed in it. */
static enum rc draw_again(struct visit *v, const struct record *record, const struct tell_typed *typed, struct str problem,
                          struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct person person;
	struct err absent = {0};
	struct tell_card card = {.nik = record->nik, .kejadian_id = record->kejadian_id, .csrf = visit_csrf(v),
	                         .problem = problem, .typed = *typed};
	if (find(v, record, &person, &absent) == RC_OK)
		card.person = &person;
	TRY(tell_card_write(v, &body, &card, err));
	return frame_page(v, &(struct frame){.title = "Catat korban", .at = "/verifikasi"}, 400, &body, err);
}

enum rc page_tell_post(struct visit *v, struct err *err)
{
	struct record record = {0};
	struct err reason = {0};
	struct tell_typed typed = typed_of(v);
	if (!victims_may_tell(v, v->standing.instansi_id))
		return FAIL(err, RC_REFUSED, "Perjanjian telah berakhir, dan masa pengiriman data balikan telah lewat.");
	TRY(whom_of(v, &record, err));
	enum rc rc = told_of(&typed, v->now_us, &record.told, &reason);
	if (rc != RC_OK && !visit_wants_fragment(v))
		return draw_again(v, &record, &typed, str_c(reason.what), err);
	if (rc != RC_OK) {
		*err = reason;
		return rc;
	}
	TRY(tell(v, &record, err));
	return draw_saved(v, &record, err);
}
