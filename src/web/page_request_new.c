/* SPDX-License-Identifier: EUPL-1.2
 * web/page_request_new.c - opening a request: the list of kinds the visitor may open,
 * and the form of one. */
#include "web/clause.h"
#include "web/frame.h"
#include "web/pages.h"
#include "web/request_form.h"
#include "web/request_new.page.h"
#include "web/request_told.h"
#include "web/subject.h"
#include "web/words.h"

static size_t put_kinds(struct visit *v, struct page_request_new_kind kinds[KIND_COUNT])
{
	size_t n = 0;
	for (size_t i = 0; i < KIND_COUNT; i++) {
		const struct kind_row *row = kind_at(i);
		struct url_pair pair = {"jenis", str_c(row->key)};
		if (kind_may_open(row, principal_role(v->who)))
			kinds[n++] =
			        (struct page_request_new_kind){url_path(v->arena, "/permohonan/baru", &pair, 1), str_c(row->label),
			                                       str_c(row->lead), clause_words(v->arena, str_c(row->clause))};
	}
	return n;
}

static enum rc draw_kinds(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct page_request_new_kind kinds[KIND_COUNT];
	page_request_new_write(&body, &(struct page_request_new){.kinds = kinds, .kinds_n = put_kinds(v, kinds)});
	return frame_page(v, &(struct frame){.title = "Permohonan baru", .at = "/permohonan"}, 200, &body, err);
}

/* What was typed, when something was. */
struct attempt {
	const struct kind_row *kind;
	int64_t instansi_id;           /* whose choices; 0: not named yet */
	const struct ask_flaws *flaws; /* NULL: nothing was typed */
	const char *code_problem;
};

static enum rc draw_form(struct visit *v, const struct attempt *attempt, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO fields = BUF(PAGE_MAX);
	const struct kind_row *kind = attempt->kind;
	bool agency = principal_instansi(v->who) == 0;
	struct request_form form = {
	        .asks = kind->asks, .prefix = kind->key, .instansi_id = attempt->instansi_id, .flaws = attempt->flaws};
	TRY(request_form_write(v, &form, &fields, err));
	page_request_new_write(&body, &(struct page_request_new){
	                                      .label = str_c(kind->label),
	                                      .lead = str_c(kind->lead),
	                                      .clause = clause_words(v->arena, str_c(kind->clause)),
	                                      .csrf = visit_csrf(v),
	                                      .key = str_c(kind->key),
	                                      .agency = agency,
	                                      .code = attempt->flaws ? http_form(v->rq, "instansi") : http_query(v->rq, "instansi"),
	                                      .code_problem = str_c(attempt->code_problem),
	                                      .problem = request_form_problem(v, attempt->flaws),
	                                      .file = request_form_has_file(kind->asks),
	                                      .fields = html_from_buf(&fields),
	                              });
	return frame_page(v, &(struct frame){.title = kind->label, .at = "/permohonan"}, status, &body, err);
}

/* RC_ABSENT: no such kind; RC_REFUSED: not his to open. */
static enum rc kind_asked(struct visit *v, struct str key, const struct kind_row **ret, struct err *err)
{
	enum kind kind;
	if (kind_from_key(key, &kind) != RC_OK)
		return FAIL(err, RC_ABSENT, "Jenis permohonan itu tidak ada.");
	*ret = kind_at(kind);
	if (!kind_may_open(*ret, principal_role(v->who)))
		return FAIL(err, RC_REFUSED, "Permohonan ini tidak diajukan oleh peran Anda.");
	return RC_OK;
}

enum rc page_request_new_get(struct visit *v, struct err *err)
{
	struct attempt attempt = {.instansi_id = principal_instansi(v->who)};
	struct str key = http_query(v->rq, "jenis");
	if (!key.n)
		return draw_kinds(v, err);
	TRY(kind_asked(v, key, &attempt.kind, err));
	return draw_form(v, &attempt, 200, err);
}

enum rc page_request_new_slow(struct visit *v, struct err *err)
{
	return request_form_slow(v, false, err);
}

/* Under a savepoint of its own: a refused form leaves nothing, its files included. */
static enum rc open_request(struct visit *v, const struct attempt *attempt, struct ask_flaws *flaws, struct request_taken *ret,
                            struct err *err)
{
	struct ask_source source = request_form_source(v);
	struct desk desk = request_desk(v);
	TRY(request_form_file(v, attempt->kind->asks, attempt->instansi_id, flaws, err));
	struct request_new ask = {
	        .kind = attempt->kind->kind, .instansi_id = attempt->instansi_id, .by = request_actor(v), .source = &source};
	return request_open(&desk, &ask, ret, flaws, err);
}

static enum rc find_agency(struct visit *v, struct attempt *attempt, struct err *err)
{
	struct office_subject subject;
	struct err reason = {0};
	enum rc rc = office_subject(v, &subject, &reason);
	attempt->instansi_id = rc == RC_OK ? subject.row.instansi_id : 0;
	if (rc == RC_ABSENT && principal_instansi(v->who) == 0) {
		attempt->code_problem = "Instansi dengan kode itu tidak ada.";
		return RC_OK;
	}
	*err = reason;
	return rc;
}

enum rc page_request_new_post(struct visit *v, struct err *err)
{
	struct attempt attempt = {0};
	struct ask_flaws flaws = {0};
	struct request_taken taken;
	struct desk desk = request_desk(v);
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	TRY(kind_asked(v, http_form(v->rq, "jenis"), &attempt.kind, err));
	TRY(find_agency(v, &attempt, err));
	attempt.flaws = &flaws;
	if (attempt.code_problem)
		return draw_form(v, &attempt, 400, err);
	TRY(desk_attempt(&desk, err));
	enum rc rc = open_request(v, &attempt, &flaws, &taken, err);
	TRY(desk_settle(&desk, rc, err));
	if (rc == RC_INVALID)
		return draw_form(v, &attempt, 400, err);
	TRY(rc);
	TRY(request_journal(v, &taken, err));
	visit_redirect(v, arena_printf(v->arena, "/permohonan/isi?nomor=%lld&catatan=permohonan-%s", (long long)taken.request_id,
	                               attempt.kind->letter[0] ? "diajukan" : "dicatat"));
	return RC_OK;
}
