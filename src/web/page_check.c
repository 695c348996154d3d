/* SPDX-License-Identifier: EUPL-1.2
 * web/page_check.c - is a printed slip genuine? Reference, check value and NIK must
 * belong together. The provider and the auditor check any slip, a head those of the
 * own instansi. Every check is journaled. */
#include "gate/ledger.h"
#include "gate/slip.h"
#include "gate/strip.h"
#include "web/check.page.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/when.h"

#define NIK_TYPED 40
#define ECHO_MAX 40

/* What was typed; a scanner puts the whole QR code into the first field. */
struct typed {
	struct str ref, mac, nik_text;
	struct nik nik;
};

static struct typed typed_of(const struct visit *v)
{
	char digits[NIK_TYPED];
	struct typed t = {.ref = str_trim(http_form(v->rq, "ref")),
	                  .mac = str_trim(http_form(v->rq, "mac")),
	                  .nik_text = str_trim(http_form(v->rq, "nik"))};
	struct str rest = t.ref;
	if (str_ieq(str_split(&rest, ':'), S("PADAN")) && rest.at) {
		t.ref = str_split(&rest, ':');
		t.mac = rest;
	}
	size_t n = nik_strip(t.nik_text, digits, sizeof digits);
	if (nik_from_str((struct str){digits, n}, &t.nik, NULL) != RC_OK)
		t.nik = (struct nik){0};
	return t;
}

static const char *problem_of(const struct typed *t)
{
	if (!t->ref.n || !t->mac.n || !t->nik_text.n)
		return "Isi referensi, nilai periksa, dan NIK seperti tertera pada slip.";
	return t->nik.n ? NULL : "NIK pada slip terdiri atas 16 angka; periksa kembali ketikan Anda.";
}

static enum rc draw(struct visit *v, struct page_check *page, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	page->csrf = visit_csrf(v);
	page->own_only = principal_instansi(v->who) != 0;
	page_check_write(&body, page);
	return frame_page(v, &(struct frame){.title = "Periksa slip", .at = "/slip"}, status, &body, err);
}

enum rc page_check_get(struct visit *v, struct err *err)
{
	return draw(v, &(struct page_check){0}, 200, err);
}

static bool may_see(const struct visit *v, const struct gate_slip *slip)
{
	int64_t own = principal_instansi(v->who);
	return own == 0 || own == slip->instansi_id;
}

static enum rc put_valid(struct visit *v, const struct gate_slip *slip, struct page_check *page, struct err *err)
{
	struct gate_instansi instansi;
	TRY(gate_instansi_get(v, slip->instansi_id, &instansi, err));
	page->valid = true;
	page->outcome = slip->outcome == OUTCOME_DATA ? S("Data ditemukan") : str_c(outcome_get(slip->outcome)->portal);
	page->time = arena_str(v->arena, str_c(when_long(slip->time_us).z));
	page->instansi = instansi.standing.name;
	return RC_OK;
}

enum rc page_check_post(struct visit *v, struct err *err)
{
	struct gate_slip slip;
	struct err ignored = {0};
	struct typed t = typed_of(v);
	struct page_check page = {.ref = str_cut(t.ref, ECHO_MAX), .mac = str_cut(t.mac, ECHO_MAX),
	                          .nik = str_cut(t.nik_text, ECHO_MAX), .problem = str_c(problem_of(&t))};
	if (page.problem.n)
		return draw(v, &page, 400, err);
	enum rc rc = gate_slip_find(v, t.ref, t.nik, &slip, &ignored);
	if (rc != RC_OK && rc != RC_ABSENT && rc != RC_REFUSED) {
		*err = ignored;
		return rc;
	}
	page.asked = true;
	TRY(ledger_archived(v, str_c(slip.ref.z), &page.archived, err));
	if (rc == RC_OK && may_see(v, &slip) && gate_slip_has_mac(&slip, t.mac))
		TRY(put_valid(v, &slip, &page, err));
	struct entry entry = {.act = ACT_SLIP, .outcome = page.valid ? "ok" : "refused", .nik = t.nik, .about = S("periksa")};
	TRY(visit_journal(v, entry, NULL, err));
	return draw(v, &page, 200, err);
}
