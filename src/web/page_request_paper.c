/* SPDX-License-Identifier: EUPL-1.2
 * web/page_request_paper.c - the letters that steps of a request make, as PDF, and the
 * scans that came with them. Both leave the office after the commit; who took out which
 * is in the journal. */
#include "gate/upload.h"
#include "procedure/letters.h"
#include "web/pages.h"
#include "web/request_form.h"
#include "web/request_seen.h"

static enum rc find(struct visit *v, struct request_seen *seen, const struct request_step **ret, struct err *err)
{
	int64_t id, number;
	TRY(request_seen_number(http_query(v->rq, "nomor"), &id, err));
	TRY(request_seen_find(v, id, seen, err));
	if (str_int(http_query(v->rq, "langkah"), 0, REQUEST_STEPS_MAX, &number) == RC_OK)
		for (size_t i = 0; i < seen->steps_n; i++)
			if (seen->steps[i].number == number) {
				*ret = &seen->steps[i];
				return RC_OK;
			}
	return FAIL(err, RC_ABSENT, "Langkah itu tidak ada.");
}

static enum rc journal(struct visit *v, const struct request_seen *seen, const char *what, const struct request_step *step,
                       struct err *err)
{
	struct str about = arena_printf(v->arena, "request %lld %s %s step %lld", (long long)seen->request.request_id,
	                                seen->request.kind->key, what, (long long)step->number);
	struct entry entry = {.act = ACT_EXPORT, .outcome = "ok", .instansi_id = seen->request.instansi_id, .about = about};
	return visit_journal(v, entry, NULL, err);
}

/* ---- letters ---- */

enum rc page_request_letter_get(struct visit *v, struct err *err)
{
	struct request_seen seen;
	const struct request_step *step;
	struct letters *letters;
	struct desk desk = request_desk(v);
	TRY(find(v, &seen, &step, err));
	struct letters_step ask = {.request = &seen.request,
	                           .number = step->number,
	                           .form = str_eq(http_query(v->rq, "lembar"), S("formulir")),
	                           .reveal = request_seen_reveals(v, &seen)};
	TRY(letters_of_step(&desk, &ask, v->arena, &letters, err));
	TRY(journal(v, &seen, "letter", step, err));
	v->own = letters;
	return RC_OK;
}

enum rc page_request_letter_after(struct visit *v, struct err *err)
{
	struct letters *letters = v->own;
	BUF_AUTO pdf = BUF(LETTER_PDF_MAX);
	const struct letter_ask *ask = letters_ask(letters);
	if (!ask)
		return FAIL(err, RC_BROKEN, "memori surat tidak cukup");
	TRY(letter_write(ask, &pdf, err));
	visit_file(v, "application/pdf", letters_filename(letters, v->arena), &pdf);
	return RC_OK;
}

/* ---- attachments ---- */

enum rc page_request_scan_get(struct visit *v, struct err *err)
{
	struct request_seen seen;
	const struct request_step *step;
	struct scan_meta meta;
	int64_t *id = ARENA_NEW(v->arena, int64_t);
	struct str which = http_query(v->rq, "berkas");
	TRY(find(v, &seen, &step, err));
	if (!id)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	*id = ask_int(request_step_value(step, str_eq(which, S("kajian")) ? "kajian" : "berkas"));
	if (*id == 0)
		return FAIL(err, RC_ABSENT, "Lampiran itu tidak ada.");
	TRY(scan_meta(v->tx, *id, &meta, err));
	if (meta.instansi_id != seen.request.instansi_id)
		return FAIL(err, RC_ABSENT, "Lampiran itu tidak ada.");
	TRY(journal(v, &seen, "scan", step, err));
	v->own = id;
	return RC_OK;
}

enum rc page_request_scan_after(struct visit *v, struct err *err)
{
	const int64_t *id = v->own;
	return upload_send(v, *id, err);
}
