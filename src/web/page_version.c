/* SPDX-License-Identifier: EUPL-1.2
 * web/page_version.c - one version of an agreement: in full, what it changed, and as
 * the file it came from (the same bytes as `padan agreement export`). */
#include "agreement/apply.h"
#include "gate/strip.h"
#include "web/clause.h"
#include "web/frame.h"
#include "web/link.h"
#include "web/pages.h"
#include "web/subject.h"
#include "web/terms_view.h"
#include "web/version.page.h"
#include "web/when.h"

#define NUMBER_MAX 9999

struct asked {
	struct office_subject subject;
	struct version version;
};

static enum rc asked_of(struct visit *v, struct asked *ret, struct err *err)
{
	int64_t number;
	TRY(office_subject(v, &ret->subject, err));
	if (str_int(http_query(v->rq, "n"), 1, NUMBER_MAX, &number) != RC_OK)
		return FAIL(err, RC_ABSENT, "Versi itu tidak ada.");
	enum rc rc = agreement_version(gate_agreement(v), v->tx, ret->subject.row.instansi_id, (int)number, &ret->version, err);
	return rc == RC_ABSENT ? FAIL(err, RC_ABSENT, "Versi itu tidak ada.") : rc;
}

static void put_facts(struct visit *v, const struct asked *asked, struct page_version *page)
{
	const struct version *one = &asked->version;
	const struct terms *terms = one->terms;
	struct str code = asked->subject.row.code;
	page->name = asked->subject.row.name;
	page->code = code;
	page->number = one->number;
	page->first = arena_str(v->arena, str_c(day_long(one->begin).z));
	page->last = arena_str(v->arena, str_c(day_long(one->end).z));
	page->recorded = arena_str(v->arena, str_c(when_long(one->made_us).z));
	page->back = link_about(v, "/perjanjian", code);
	page->file = link_version(v, "/perjanjian/berkas", code, one->number);
	if (one->number == 1)
		return;
	struct str clause = clause_words(v->arena, terms->addendum_ground);
	page->ground = arena_printf(v->arena, "%.*s; adendum nomor %.*s tanggal %s", STR_ARG(clause),
	                            STR_ARG(terms->addendum_number), day_long(terms->addendum_signed).z);
	page->subject = terms->addendum_subject;
}

static enum rc put_state(struct visit *v, const struct asked *asked, struct page_version *page, struct err *err)
{
	struct gate_instansi now;
	const struct version *one = &asked->version;
	TRY(gate_instansi_get(v, asked->subject.row.instansi_id, &now, err));
	page->good = now.standing.version_id == one->version_id;
	page->state = page->good ? S("berlaku") : one->begin.n > day_of_us(v->now_us).n ? S("terjadwal") : S("tidak berlaku lagi");
	return RC_OK;
}

static enum rc put_changes(struct visit *v, const struct asked *asked, struct str json, struct buf *out, struct page_version *page,
                           struct err *err)
{
	int base;
	struct terms_pair pair = {.after = json, .empty = "Tidak ada isi yang berbeda."};
	TRY(agreement_base(v->tx, asked->subject.row.instansi_id, asked->version.number, &base, err));
	if (!base)
		return RC_OK;
	TRY(agreement_terms_json(v->tx, asked->subject.row.instansi_id, base, &pair.before, err));
	TRY(terms_view_changes(v, &pair, out, NULL, err));
	page->base = base;
	page->changes = html_from_buf(out);
	return RC_OK;
}

enum rc page_version_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO terms = BUF(PAGE_MAX);
	BUF_AUTO changes = BUF(PAGE_MAX);
	struct asked asked;
	struct page_version page = {0};
	struct str json;
	TRY(asked_of(v, &asked, err));
	put_facts(v, &asked, &page);
	TRY(put_state(v, &asked, &page, err));
	TRY(agreement_terms_json(v->tx, asked.subject.row.instansi_id, asked.version.number, &json, err));
	TRY(put_changes(v, &asked, json, &changes, &page, err));
	TRY(terms_view_write(v, json, asked.version.number, &terms, err));
	page.terms = html_from_buf(&terms);
	page_version_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Versi perjanjian", .at = link_menu(v)}, 200, &body, err);
}

enum rc page_version_file(struct visit *v, struct err *err)
{
	BUF_AUTO out = BUF(AGREEMENT_FILE_MAX);
	struct asked asked;
	TRY(asked_of(v, &asked, err));
	const struct instansi_row *row = &asked.subject.row;
	TRY(agreement_export(v->tx, row->instansi_id, asked.version.number, &out, err));
	struct entry entry = {
	        .act = ACT_EXPORT,
	        .outcome = "ok",
	        .instansi_id = row->instansi_id,
	        .version_id = asked.version.version_id,
	        .about = arena_printf(v->arena, "agreement export version=%d", asked.version.number),
	};
	TRY(visit_journal(v, entry, NULL, err));
	struct str name = arena_printf(v->arena, "perjanjian-%.*s-versi-%d.json", STR_ARG(row->code), asked.version.number);
	visit_file(v, "application/json", name, &out);
	return RC_OK;
}
