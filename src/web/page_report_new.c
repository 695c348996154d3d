/* SPDX-License-Identifier: EUPL-1.2
 * web/page_report_new.c - beginning a report: of a semester by a button of the list, of
 * any period by a form. */
#include "web/clause.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/report_new.page.h"
#include "web/report_seen.h"
#include "web/report_told.h"
#include "web/request_form.h"
#include "web/subject.h"
#include "web/words.h"

struct attempt {
	struct report_new ask;
	struct ask_source source; /* of `ask` */
	struct ask_flaws flaws;
	bool typed;
	const char *code_problem;
};

static enum rc draw(struct visit *v, const struct attempt *a, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO fields = BUF(PAGE_MAX);
	bool provider = principal_instansi(v->who) == 0;
	const char *title = provider ? "Minta laporan" : "Laporan untuk masa lain";
	struct request_form form = {.asks = report_opening,
	                            .prefix = "laporan",
	                            .instansi_id = a->ask.instansi_id,
	                            .flaws = a->typed ? &a->flaws : NULL};
	TRY(request_form_write(v, &form, &fields, err));
	page_report_new_write(&body, &(struct page_report_new){
	                                     .provider = provider,
	                                     .clause = clause_words(v->arena, str_c(report_kind_at(REPORT_REQUEST)->clause)),
	                                     .csrf = visit_csrf(v),
	                                     .code = a->typed ? http_form(v->rq, "instansi") : http_query(v->rq, "instansi"),
	                                     .code_problem = str_c(a->code_problem),
	                                     .problem = request_form_problem(v, a->typed ? &a->flaws : NULL),
	                                     .fields = html_from_buf(&fields),
	                             });
	return frame_page(v, &(struct frame){.title = title, .at = "/laporan"}, status, &body, err);
}

enum rc page_report_new_get(struct visit *v, struct err *err)
{
	return draw(v, &(struct attempt){0}, 200, err);
}

static enum rc find_agency(struct visit *v, struct attempt *a, struct err *err)
{
	struct office_subject subject;
	struct err reason = {0};
	enum rc rc = office_subject(v, &subject, &reason);
	if (rc == RC_ABSENT && principal_instansi(v->who) == 0) {
		a->code_problem = "Instansi dengan kode itu tidak ada.";
		return RC_OK;
	}
	if (rc != RC_OK) {
		*err = reason;
		return rc;
	}
	a->ask.instansi_id = subject.row.instansi_id;
	return RC_OK;
}

static enum rc open_report(struct visit *v, struct attempt *a, struct report_taken *taken, struct err *err)
{
	struct desk desk = request_desk(v);
	a->source = request_form_words(v);
	a->ask.source = &a->source;
	TRY(desk_attempt(&desk, err));
	enum rc rc = report_open(&desk, &a->ask, taken, &a->flaws, err);
	TRY(desk_settle(&desk, rc, err));
	return rc;
}

enum rc page_report_new_post(struct visit *v, struct err *err)
{
	struct attempt a = {.typed = true};
	struct report_taken taken = {0};
	bool semester = str_eq(http_form(v->rq, "jenis"), S("semester"));
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	TRY(find_agency(v, &a, err));
	if (a.code_problem)
		return draw(v, &a, 400, err);
	a.ask.kind = semester ? REPORT_SEMESTER : REPORT_REQUEST;
	a.ask.semester = http_form(v->rq, "semester");
	a.ask.by = request_actor(v);
	enum rc rc = open_report(v, &a, &taken, err);
	if (rc == RC_CONFLICT) { /* somebody began it: to that one */
		visit_redirect(v, arena_printf(v->arena, "/laporan/isi?r=%lld&catatan=laporan-ada", (long long)taken.report_id));
		return RC_OK;
	}
	if (rc == RC_INVALID && !semester)
		return draw(v, &a, 400, err);
	TRY(rc);
	TRY(report_tell(v, &taken, err));
	visit_redirect(v, arena_printf(v->arena, "/laporan/isi?r=%lld&catatan=laporan-baru", (long long)taken.report_id));
	return RC_OK;
}
