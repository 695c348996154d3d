/* SPDX-License-Identifier: EUPL-1.2
 * web/page_report_file.c - a report as PDF, .xlsx or CSV (report/document.h). The page
 * decides whose it is and journals; figures and everything else are read afterwards, on a
 * worker, in one short reading transaction, and typeset there. */
#include "gate/strip.h"
#include "report/document.h"
#include "web/pages.h"
#include "web/report_seen.h"

#define ARENA_MAX ((size_t)64 << 20) /* figures of three years, and ten thousand user ids */

static const struct format {
	const char *key, *type;
	enum rc (*write)(const struct document_ask *document, struct buf *out, struct err *err);
} formats[] = {
        {"pdf", "application/pdf", document_pdf},
        {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", document_xlsx},
        {"csv", "text/csv; charset=utf-8", document_csv},
};

/* From the page to the worker; texts in the arena of the visit. */
struct making {
	const struct format *format;
	struct office_ask office;
	int64_t run_id;
	struct document_ask document;
	struct str filename;
	/* in `after` */
	struct arena arena;
	struct figures figures;
};

static const struct format *format_of(struct str key)
{
	for (size_t i = 0; i < LEN(formats); i++)
		if (str_eq(key, str_c(formats[i].key)))
			return &formats[i];
	return NULL;
}

static bool is_sent(const struct report *r)
{
	return r->state->state != REPORT_DRAFT && r->state->state != REPORT_CANCELLED;
}

/* When it was handed in, the last time; 0: it is not now. */
static int64_t sent_us(const struct report_seen *seen)
{
	for (size_t i = seen->moments_n; is_sent(&seen->report) && i-- > 0;)
		if (seen->moments[i].row && seen->moments[i].row->step == REPORT_STEP_SUBMIT)
			return seen->moments[i].at_us;
	return 0;
}

/* What was said when it was handed in stands on the paper; of a draft, dotted lines do. */
static void put_document(struct visit *v, const struct report_seen *seen, struct making *m)
{
	const struct report *r = &seen->report;
	bool sent = is_sent(r);
	struct str number = report_said(seen->moments, seen->moments_n, REPORT_STEP_SUBMIT, "nomor");
	struct str day = report_said(seen->moments, seen->moments_n, REPORT_STEP_SUBMIT, "tanggal");
	int year, month, mday;
	day_to_ymd(day_of_us(r->opened_us), &year, &month, &mday);
	m->document = (struct document_ask){
	        .obstacles = report_seen_texts(v, r) ? arena_str(v->arena, r->obstacles) : S(""),
	        .proposals = report_seen_texts(v, r) ? arena_str(v->arena, r->proposals) : S(""),
	        .number = sent ? arena_str(v->arena, number) : S(""),
	        .made_on = sent ? ask_day(day) : (struct day){0},
	        .title_note = sent ? S("") : S("Rancangan, belum disampaikan"),
	        .reference = arena_printf(v->arena, "L-%d-%06lld", year, (long long)r->report_id),
	};
}

enum rc page_report_file_get(struct visit *v, struct err *err)
{
	struct report_seen seen;
	int64_t id;
	struct making *m = ARENA_NEW(v->arena, struct making);
	if (!m)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	m->format = format_of(http_query(v->rq, "jenis"));
	TRY(report_seen_number(http_query(v->rq, "r"), &id, err));
	TRY(report_seen_find(v, id, &seen, err));
	if (!m->format || seen.run.state != RUN_DONE)
		return FAIL(err, RC_ABSENT, "Berkas itu belum ada.");
	const struct report *r = &seen.report;
	m->run_id = r->frozen.run_id;
	m->office = (struct office_ask){gate_agreement(v), r->instansi_id, r->first, r->last, v->now_us, sent_us(&seen)};
	m->filename = arena_printf(v->arena, "laporan-%.*s-%s-%s.%s", STR_ARG(seen.standing.code), day_iso(r->first).z,
	                           day_iso(r->last).z, m->format->key);
	put_document(v, &seen, m);
	v->own = m;
	struct entry entry = {.act = ACT_EXPORT,
	                      .outcome = "ok",
	                      .instansi_id = r->instansi_id,
	                      .about = arena_printf(v->arena, "report %lld %s", (long long)id, m->format->key)};
	return visit_journal(v, entry, NULL, err);
}

static enum rc read(struct visit *v, struct err *err)
{
	struct making *m = v->own;
	struct office *office;
	TRY(run_figures(v->tx, m->run_id, &m->arena, &m->figures, err));
	TRY(office_read(v->tx, &m->office, &m->arena, &office, err));
	m->document.figures = &m->figures;
	m->document.office = office;
	return RC_OK;
}

enum rc page_report_file_after(struct visit *v, struct err *err)
{
	struct making *m = v->own;
	BUF_AUTO out = BUF(DOCUMENT_MAX);
	arena_init(&m->arena, ARENA_MAX);
	enum rc rc = visit_read(v, read, err);
	if (rc == RC_OK)
		rc = m->format->write(&m->document, &out, err);
	arena_free(&m->arena);
	TRY(rc);
	visit_file(v, m->format->type, m->filename, &out);
	return RC_OK;
}
