/* SPDX-License-Identifier: EUPL-1.2
 * web/page_slip.c - printing the proof of a verification (P2.2a). It is drawn from the
 * journal, not from the answer, so it works after the screen was cleared; it carries
 * no other element, and no user id either: that is secret (SPTJM) and the slip goes
 * out of the house. */
#include "gate/slip.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/qr.h"
#include "web/slip.page.h"
#include "web/when.h"

#define NIK_TYPED 40

static enum rc nik_of(const struct visit *v, struct nik *ret, struct err *err)
{
	char digits[NIK_TYPED];
	size_t n = nik_strip(http_form(v->rq, "nik"), digits, sizeof digits);
	if (nik_from_str((struct str){digits, n}, ret, NULL) != RC_OK)
		return FAIL(err, RC_INVALID, "NIK tidak terbaca.");
	return RC_OK;
}

static enum rc journal(struct visit *v, const struct gate_slip *slip, struct nik nik, const char *outcome, struct err *err)
{
	struct str about = arena_printf(v->arena, "cetak %s", slip->ref.z);
	return visit_journal(v, (struct entry){.act = ACT_SLIP, .outcome = outcome, .nik = nik, .about = about}, NULL, err);
}

static enum rc draw(struct visit *v, const struct gate_slip *slip, struct nik nik, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO qr = BUF(QR_SVG_MAX);
	const struct standing *s = &v->standing;
	bool found = slip->outcome == OUTCOME_DATA;
	struct str code = arena_printf(v->arena, "PADAN:%s:%s", slip->ref.z, slip->mac.z);
	TRY(qr_svg_write(code, &qr, err));
	struct nik_text digits = nik_grouped(nik);
	struct clock_text time = when_long(slip->time_us);
	page_slip_write(&body, &(struct page_slip){
		.instansi = s->name,
		.version = slip->version,
		.pks = s->terms ? s->terms->pks_number : S(""),
		.nik = str_c(digits.z),
		.outcome = found ? S("Data ditemukan") : str_c(outcome_get(slip->outcome)->portal),
		.unique = found,
		.time = str_c(time.z),
		.ref = str_c(slip->ref.z),
		.mac = str_c(slip->mac.z),
		.mark = arena_printf(v->arena, "%s · %s", slip->ref.z, clock_short_wib(slip->time_us).z),
		.qr = html_from_buf(&qr),
	});
	return frame_page(v, &(struct frame){.title = "Tanda bukti verifikasi", .at = "/verifikasi"}, 200, &body, err);
}

enum rc page_slip_print(struct visit *v, struct err *err)
{
	struct gate_slip slip;
	struct nik nik;
	TRY(nik_of(v, &nik, err));
	enum rc rc = gate_slip_find(v, http_form(v->rq, "ref"), nik, &slip, err);
	if (rc != RC_OK && rc != RC_ABSENT && rc != RC_REFUSED)
		return rc;
	/* another instansi's reference reads the same as one that never was */
	if (rc != RC_OK || slip.anonymous || slip.instansi_id != v->standing.instansi_id)
		return FAIL(err, RC_ABSENT, "Tidak ada verifikasi instansi Anda dengan NIK dan referensi itu. "
		                            "Periksa kembali NIK, lalu cetak lagi.");
	TRY(journal(v, &slip, nik, "ok", err));
	return draw(v, &slip, nik, err);
}
