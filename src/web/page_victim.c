/* SPDX-License-Identifier: EUPL-1.2
 * web/page_victim.c - one person of a kejadian: what is known of him as a victim, telling
 * a change of it, and "bukan korban" with its reason. The quick entry of the worksheet
 * comes here too (P2.2b, J.III). */
#include "feedback/record.h"
#include "web/pages.h"
#include "web/victim_card.h"
#include "web/glance.h"
#include "web/victims_look.h"

enum rc page_victim_get(struct visit *v, struct err *err)
{
	struct person person;
	TRY(victim_card_find(v, &person, err));
	struct glance glance = {person.instansi_id, person.kejadian_id, person.nik, "korban"};
	TRY(glance_journal(v, &glance, err));
	return victim_card_draw(v, &person, &(struct victim_typed){.sent = false}, 200, err);
}

/* ---- what was typed ---- */

static struct victim_typed typed_of(struct visit *v)
{
	bool waiver = str_eq(http_form(v->rq, "bentuk"), S("bukan"));
	return (struct victim_typed){
		.sent = true,
		.waiver = waiver,
		.word = http_form(v->rq, waiver ? "alasan" : "keterangan"),
		.house = http_form(v->rq, "rumah"),
		.day = str_trim(http_form(v->rq, "tanggal")),
		.note = str_trim(http_form(v->rq, "catatan")),
	};
}

static void read_waiver(struct victim_typed *typed, struct told *ret)
{
	ret->kind = TOLD_WAIVER;
	if (waiver_from_key(typed->word, &ret->waiver) != RC_OK)
		blame_set(&typed->blame, "alasan", "Pilih alasannya.");
}

static void read_victim(struct visit *v, struct victim_typed *typed, struct told *ret)
{
	ret->kind = TOLD_VICTIM;
	if (keterangan_from_key(typed->word, &ret->keterangan) != RC_OK)
		blame_set(&typed->blame, "keterangan", "Pilih keterangan korban.");
	if (house_from_key(typed->house, &ret->house) != RC_OK)
		blame_set(&typed->blame, "keterangan", "Pilih kerusakan rumah dari daftar.");
	if (typed->day.n && day_from_str(typed->day, &ret->on) != RC_OK)
		blame_set(&typed->blame, "tanggal",
		          "Tanggal tidak dapat dibaca; tulis sebagai tahun-bulan-tanggal, misalnya 2026-11-23.");
	else if (ret->on.n > day_of_us(v->now_us).n)
		blame_set(&typed->blame, "tanggal", "Tanggal keadaan korban belum tiba.");
}

/* What can be told, or something to blame. */
static void read(struct visit *v, struct victim_typed *typed, struct told *ret)
{
	struct err reason = {0};
	*ret = (struct told){.note = typed->note};
	if (typed->waiver)
		read_waiver(typed, ret);
	else
		read_victim(v, typed, ret);
	if (!typed->blame.field && told_check(ret, v->now_us, &reason) != RC_OK)
		blame_err(&typed->blame, ret->on.n && !ret->note.n ? "tanggal" : "catatan", &reason, v->arena);
}

/* ---- telling ---- */

/* Back to the list it came from, else to the person. */
static void go_on(struct visit *v, const struct person *person, enum record_fate fate)
{
	struct url back;
	struct str from = http_form(v->rq, "kembali");
	if (url_from_str(from, &back) == RC_OK && str_starts(back.s, S(VICTIMS_PATH "?"))) {
		visit_redirect(v, arena_printf(v->arena, "%.*s&tersimpan=%lld", STR_ARG(back.s), (long long)person->person_id));
		return;
	}
	visit_redirect(v, arena_printf(v->arena, VICTIM_PATH "?id=%lld&catatan=%s", (long long)person->person_id,
	                               fate == RECORD_SAME ? "korban-sama" : "korban-simpan"));
}

enum rc page_victim_post(struct visit *v, struct err *err)
{
	struct person person;
	struct told told;
	struct entry by = {.act = ACT_FEEDBACK};
	enum record_fate fate;
	struct victim_typed typed = typed_of(v);
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	TRY(victim_card_find(v, &person, err));
	if (!victims_may_tell(v, person.instansi_id))
		return FAIL(err, RC_REFUSED, "Perjanjian telah berakhir, dan masa pengiriman data balikan telah lewat.");
	read(v, &typed, &told);
	if (typed.blame.field)
		return victim_card_draw(v, &person, &typed, 400, err);
	struct record record = {person.instansi_id, person.kejadian_id, person.nik, told, {NULL, 0}};
	visit_sign(v, &by);
	TRY(record_tell(visit_feedback(v), v->tx, &by, TOLD_FORM, &record, 1, &fate, err));
	go_on(v, &person, fate);
	return RC_OK;
}
