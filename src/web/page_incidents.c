/* SPDX-License-Identifier: EUPL-1.2
 * web/page_incidents.c - leaks (P2.2g): the list, and opening one. A head opens one of the own
 * instansi, the provider of any. */
#include "agreement/outage.h"
#include "gate/ledger.h"
#include "web/blame.h"
#include "web/frame.h"
#include "web/incident_band.h"
#include "web/incident_new.page.h"
#include "web/incident_seen.h"
#include "web/incidents.page.h"
#include "web/pager.h"
#include "web/pages.h"
#include "web/subject.h"
#include "web/when.h"
#include "web/words.h"

static bool may_write(const struct visit *v)
{
	return principal_role(v->who) != ROLE_AUDITOR;
}

/* ---- the list ---- */

static enum rc row_of(struct visit *v, const struct incident *i, struct page_incidents_incident *ret, struct err *err)
{
	struct instansi_row agency;
	TRY(instansi_get(v->tx, i->instansi_id, &agency, err));
	*ret = (struct page_incidents_incident){
	        .url = incident_url(v, i->incident_id, NULL),
	        .number = i->incident_id,
	        .title = i->title,
	        .kind = str_c(incident_kind_at(i->kind)->label),
	        .code = agency.code,
	        .found = arena_str(v->arena, str_c(when_row(i->found_us).z)),
	        .state = str_c(incident_state_label(i->state)),
	        .colour = str_c(incident_colour(i->state)),
	        .clock = incident_clock_runs(i) ? incident_left(v->arena, i, v->now_us) : S(""),
	        .late = v->now_us > incident_deadline_us(i),
	};
	return RC_OK;
}

enum rc page_incidents_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO pages = BUF(PAGE_MAX);
	struct incident *list;
	int64_t own = principal_instansi(v->who);
	struct page_incidents page = {.notice = words_notice(v), .own = own != 0, .may = may_write(v)};
	struct pager pager = {.path = INCIDENT_PATH, .page = pager_page(v)};
	TRY(incident_list(v->tx, own, pager_skip(pager.page), PAGER_MOST, &list, &pager.shown, err));
	TRY(incident_count(v->tx, own, &pager.all, err));
	page.incidents = ARENA_ARRAY(v->arena, pager.shown + 1, struct page_incidents_incident);
	if (!page.incidents)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (; page.incidents_n < pager.shown; page.incidents_n++)
		TRY(row_of(v, &list[page.incidents_n], &page.incidents[page.incidents_n], err));
	pager_write(v, &pager, &pages);
	page.pages = html_from_buf(&pages);
	page_incidents_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Insiden", .at = INCIDENT_PATH}, 200, &body, err);
}

/* ---- opening one ---- */

struct attempt {
	struct incident incident;
	struct str code, source, found; /* as typed */
	struct blame blame;
};

static enum rc draw(struct visit *v, const struct attempt *a, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct page_incident_new_kind kinds[INCIDENT_KIND_COUNT];
	for (size_t i = 0; i < INCIDENT_KIND_COUNT; i++) {
		const struct incident_kind_row *row = incident_kind_at(i);
		kinds[i] = (struct page_incident_new_kind){str_c(row->key), str_c(row->label), row->kind == a->incident.kind};
	}
	page_incident_new_write(&body, &(struct page_incident_new){
	                                       .csrf = visit_csrf(v),
	                                       .own = principal_instansi(v->who) != 0,
	                                       .code = a->code,
	                                       .source = a->source,
	                                       .kinds = kinds,
	                                       .kinds_n = LEN(kinds),
	                                       .title = a->incident.title,
	                                       .found = a->found,
	                                       .what = a->incident.what,
	                                       .title_most = INCIDENT_TITLE_MAX,
	                                       .most = INCIDENT_TEXT_MAX,
	                                       .p_form = blame_of(&a->blame, ""),
	                                       .p_code = blame_of(&a->blame, "instansi"),
	                                       .p_title = blame_of(&a->blame, "judul"),
	                                       .p_found = blame_of(&a->blame, "diketahui"),
	                                       .p_what = blame_of(&a->blame, "uraian"),
	                               });
	return frame_page(v, &(struct frame){.title = "Buka insiden", .at = INCIDENT_PATH}, status, &body, err);
}

enum rc page_incident_new_get(struct visit *v, struct err *err)
{
	struct attempt a = {.code = str_cut(http_query(v->rq, "instansi"), 32),
	                    .source = str_cut(http_query(v->rq, "asal"), 12),
	                    .found = arena_str(v->arena, str_c(outage_time_text(v->now_us).z))};
	return draw(v, &a, 200, err);
}

/* Browsers send a line end as two bytes; one is what people count. */
static struct str text_of(struct visit *v, const char *field)
{
	struct str typed = str_trim(http_form(v->rq, field));
	char *out = arena_alloc(v->arena, typed.n + 1);
	size_t n = 0;
	for (size_t i = 0; out && i < typed.n; i++)
		if (typed.at[i] != '\r')
			out[n++] = typed.at[i];
	return str_from(out, n);
}

/* The entry it is opened from must be one of that instansi. */
static enum rc find_source(struct visit *v, struct attempt *a, struct err *err)
{
	struct err ignored = {0};
	struct journal_seen seen;
	a->incident.source_entry = -1;
	if (a->source.n == 0)
		return RC_OK;
	enum rc rc = ledger_seen(v, a->source, &seen, &ignored);
	if (rc != RC_OK && rc != RC_ABSENT) {
		*err = ignored;
		return rc;
	}
	if (rc == RC_ABSENT || seen.instansi_id != a->incident.instansi_id)
		blame_set(&a->blame, "", "Referensi itu bukan akses instansi ini.");
	else
		a->incident.source_entry = seen.seq;
	return RC_OK;
}

static enum rc read_form(struct visit *v, struct attempt *a, struct err *err)
{
	struct err why = {0};
	struct office_subject subject;
	a->code = str_trim(http_form(v->rq, "instansi"));
	a->source = str_trim(http_form(v->rq, "asal"));
	a->found = http_form(v->rq, "diketahui");
	a->incident.title = str_trim(http_form(v->rq, "judul"));
	a->incident.what = text_of(v, "uraian");
	a->incident.opened_by = principal_user_id(v->who);
	a->incident.by_provider = principal_instansi(v->who) == 0;
	if (incident_kind_from_key(http_form(v->rq, "jenis"), &a->incident.kind) != RC_OK)
		blame_set(&a->blame, "", "Pilih jenis insiden.");
	if (outage_time_from_str(a->found, &a->incident.found_us) != RC_OK)
		blame_set(&a->blame, "diketahui", "Isi tanggal dan jam, misalnya 2026-11-26T22:00.");
	enum rc rc = office_subject(v, &subject, &why);
	if (rc == RC_ABSENT) {
		blame_set(&a->blame, "instansi", "Tidak ada instansi dengan kode itu.");
		return RC_OK;
	}
	if (rc != RC_OK) {
		*err = why;
		return rc;
	}
	a->incident.instansi_id = subject.row.instansi_id;
	return find_source(v, a, err);
}

static void check_parts(struct visit *v, struct attempt *a)
{
	static const char *const fields[] = {
	        [INCIDENT_TITLE] = "judul", [INCIDENT_WHAT] = "uraian", [INCIDENT_FOUND] = "diketahui"};
	for (enum incident_part part = 0; part < INCIDENT_PARTS; part++) {
		struct err why = {0};
		if (incident_check(&a->incident, part, v->now_us, &why) != RC_OK)
			blame_err(&a->blame, fields[part], &why, v->arena);
	}
}

enum rc page_incident_new_post(struct visit *v, struct err *err)
{
	struct attempt a = {0};
	struct err why = {0};
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	TRY(read_form(v, &a, err));
	check_parts(v, &a);
	if (a.blame.field)
		return draw(v, &a, 400, err);
	enum rc rc = incident_open(v->tx, &a.incident, v->now_us, &a.incident.incident_id, &why);
	if (rc == RC_LIMIT) {
		blame_err(&a.blame, "", &why, v->arena);
		return draw(v, &a, 409, err);
	}
	if (rc != RC_OK) {
		*err = why;
		return rc;
	}
	struct str about = arena_printf(v->arena, "open %s", incident_kind_at(a.incident.kind)->key);
	TRY(incident_journal(v, &a.incident, about, err));
	visit_redirect(v, incident_url(v, a.incident.incident_id, "insiden-buka").s);
	return RC_OK;
}
