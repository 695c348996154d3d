/* SPDX-License-Identifier: EUPL-1.2
 * web/page_incident_list.c - the accesses an incident touched, as they were frozen, page by
 * page and as a file; and, for the provider's admin alone, the NIKs of those whom data balikan
 * still knows, so that they can be told (UU 27/2022 art. 46). */
#include "agreement/kejadian.h"
#include "feedback/person.h"
#include "gate/early.h"
#include "gate/ledger.h"
#include "sheet/table.h"
#include "web/frame.h"
#include "web/incident_list.page.h"
#include "web/incident_seen.h"
#include "web/pager.h"
#include "web/pages.h"
#include "web/when.h"

#define FACTS_MAX 8
#define PART AFFECTED_PAGE_MAX
#define CSV_MAX ((size_t)16 << 20) /* AFFECTED_MAX rows of at most 120 bytes */
#define DELIMITER ';'

static bool is_admin(const struct visit *v)
{
	return principal_role(v->who) == ROLE_ADMIN;
}

/* ---- the page ---- */

static struct str outcome_words(struct str code)
{
	enum outcome outcome;
	if (outcome_from_code(code, &outcome) != RC_OK)
		return code;
	return outcome == OUTCOME_DATA ? S("Data ditemukan") : str_c(outcome_get(outcome)->portal);
}

static struct page_incident_list_access access_of(struct visit *v, const struct affected_row *row)
{
	struct arena *arena = visit_page_arena(v);
	return (struct page_incident_list_access){
	        .time = arena_str(arena, str_c(clock_short_wib(row->time_us).z)),
	        .user_id = row->user_id,
	        .ref = arena_str(arena, str_c(ledger_ref(v, row->entry_id).z)),
	        .outcome = outcome_words(row->outcome),
	        .data = str_eq(row->outcome, str_c(outcome_get(OUTCOME_DATA)->code)),
	        .again = row->repeat,
	};
}

static enum rc put_accesses(struct visit *v, const struct affected *list, struct pager *pager, struct page_incident_list *page,
                            struct err *err)
{
	struct affected_part part;
	struct affected_row *rows;
	TRY(affected_skip(v->tx, list->list_id, pager_skip(pager->page), &part, err));
	part.most = PAGER_MOST;
	TRY(affected_page(v->tx, &part, &rows, &page->accesses_n, err));
	page->accesses = ARENA_ARRAY(visit_page_arena(v), page->accesses_n + 1, struct page_incident_list_access);
	if (!page->accesses)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < page->accesses_n; i++)
		page->accesses[i] = access_of(v, &rows[i]);
	pager->shown = page->accesses_n;
	pager->all = list->accesses;
	return RC_OK;
}

static void add_fact(struct page_incident_list *page, const char *label, struct str words, bool digits)
{
	if (words.n && page->facts_n < FACTS_MAX)
		page->facts[page->facts_n++] = (struct page_incident_list_fact){str_c(label), words, digits};
}

static enum rc put_facts(struct visit *v, const struct affected *list, struct page_incident_list *page, struct err *err)
{
	struct arena *arena = v->arena;
	struct str users = S("semua");
	struct kejadian kejadian = {.name = S("semua")};
	if (list->named)
		TRY(affected_users(v->tx, list->list_id, &users, err));
	if (list->kejadian_id)
		TRY(kejadian_get(v->tx, list->instansi_id, list->kejadian_id, &kejadian, err));
	add_fact(page, "Hari", incident_days_words(v, list), false);
	add_fact(page, "User ID", users, false);
	add_fact(page, "Kejadian", kejadian.name, false);
	add_fact(page, "Akses",
	         arena_printf(arena, "%.*s, di antaranya %.*s menampilkan data", STR_ARG(pager_count(arena, list->accesses)),
	                      STR_ARG(pager_count(arena, list->shown))),
	         false);
	add_fact(page, "Orang", incident_people_words(v, list), false);
	add_fact(page, "Disusun", arena_printf(arena, "%s, %.*s", when_row(list->asked_us).z, STR_ARG(list->asked_by)), false);
	add_fact(page, "Checkpoint", list->note, true);
	return RC_OK;
}

static enum rc only_made(const struct affected *list, struct err *err)
{
	return list->state == AFFECTED_DONE ? RC_OK : FAIL(err, RC_ABSENT, "Daftar itu belum selesai disusun.");
}

enum rc page_incident_list_get(struct visit *v, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	BUF_AUTO pages = BUF(PAGE_MAX);
	struct affected list;
	struct incident incident;
	struct page_incident_list_fact facts[FACTS_MAX];
	struct page_incident_list page = {.facts = facts};
	struct pager pager = {.path = "/insiden/akses", .page = pager_page(v)};
	TRY(incident_seen_list(v, http_query(v->rq, "daftar"), &list, &incident, err));
	TRY(only_made(&list, err));
	pager_add(&pager, "daftar", http_query(v->rq, "daftar"));
	page.back = incident_url(v, incident.incident_id, NULL);
	page.number = incident.incident_id;
	page.title = incident.title;
	page.csv = incident_url_of(v, "/insiden/unduh", "daftar", list.list_id);
	if (is_admin(v) && visit_feedback(v))
		page.niks = incident_url_of(v, "/insiden/nik", "daftar", list.list_id);
	TRY(put_facts(v, &list, &page, err));
	TRY(put_accesses(v, &list, &pager, &page, err));
	pager_write(v, &pager, &pages);
	page.pages = html_from_buf(&pages);
	page_incident_list_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Akses yang terdampak", .at = INCIDENT_PATH}, 200, &body, err);
}

/* ---- files ---- */

struct making {
	int64_t list_id, known;
	struct str filename;
	/* in `after` */
	struct buf out;
	struct affected_part part;
	struct affected_known_ask ask;
	int64_t kejadian[AFFECTED_KEJADIAN_MAX], after; /* after: the last of the part before */
	size_t kejadian_n, n;                           /* n: rows of the last part */
};

static void put_row(struct making *m, const struct str *texts, size_t n)
{
	struct sheet_cell cells[8];
	for (size_t i = 0; i < n; i++)
		cells[i] = (struct sheet_cell){texts[i].n ? CELL_TEXT : CELL_EMPTY, false, texts[i]};
	table_csv_row(&m->out, DELIMITER, cells, n);
}

static enum rc begin(struct visit *v, const char *what, struct making *m, struct err *err)
{
	struct affected list;
	struct incident incident;
	TRY(incident_seen_list(v, http_query(v->rq, "daftar"), &list, &incident, err));
	TRY(only_made(&list, err));
	m->list_id = list.list_id;
	m->filename =
	        arena_printf(v->arena, "insiden-%lld-%s-%lld.csv", (long long)incident.incident_id, what, (long long)list.list_id);
	v->own = m;
	int64_t n = strcmp(what, "nik") == 0 ? m->known : list.accesses;
	struct entry entry = {
	        .act = ACT_EXPORT,
	        .outcome = "ok",
	        .instansi_id = list.instansi_id,
	        .about = arena_printf(v->arena, "incident %lld %s %lld", (long long)incident.incident_id, what, (long long)n)};
	return visit_journal(v, entry, NULL, err);
}

static enum rc send(struct visit *v, struct making *m, enum rc rc, struct err *err)
{
	if (rc == RC_OK && buf_ok(&m->out))
		visit_file(v, "text/csv; charset=utf-8", m->filename, &m->out);
	else if (rc == RC_OK)
		rc = FAIL(err, RC_BROKEN, "memori tidak cukup");
	buf_free(&m->out);
	return rc;
}

enum rc page_incident_file_get(struct visit *v, struct err *err)
{
	struct making *m = ARENA_NEW(v->arena, struct making);
	return m ? begin(v, "akses", m, err) : FAIL(err, RC_BROKEN, "memori tidak cukup");
}

static enum rc read_part(struct visit *v, struct err *err)
{
	struct making *m = v->own;
	struct affected_row *rows;
	TRY(affected_page(v->tx, &m->part, &rows, &m->n, err));
	for (size_t i = 0; i < m->n; i++) {
		const struct affected_row *row = &rows[i];
		struct ref_text ref = ledger_ref(v, row->entry_id);
		struct clock_text time = clock_short_wib(row->time_us);
		const struct str texts[] = {str_c(ref.z),
		                            str_c(time.z),
		                            row->user_id,
		                            row->outcome,
		                            outcome_words(row->outcome),
		                            row->repeat ? S("ya") : S("tidak")};
		put_row(m, texts, LEN(texts));
		m->part.after_us = row->time_us;
		m->part.after_entry = row->entry_id;
	}
	return RC_OK;
}

enum rc page_incident_file_after(struct visit *v, struct err *err)
{
	static const struct str titles[] = {S("REFERENSI"), S("WAKTU"), S("USER_ID"), S("KODE"), S("HASIL"), S("ULANGAN")};
	struct making *m = v->own;
	enum rc rc = RC_OK;
	m->out = BUF(CSV_MAX);
	m->part = (struct affected_part){.list_id = m->list_id, .after_entry = -1, .most = PART};
	table_csv_begin(&m->out);
	put_row(m, titles, LEN(titles));
	do
		rc = visit_read(v, read_part, err);
	while (rc == RC_OK && m->n == PART);
	return send(v, m, rc, err);
}

/* ---- NIKs that are known ---- */

static enum rc nothing(struct visit *v, void *arg, struct err *err)
{
	(void)v, (void)arg, (void)err;
	return RC_OK;
}

static enum rc count_known(struct visit *v, struct err *err)
{
	struct making *m = v->own;
	int64_t id;
	TRY(incident_seen_number(http_query(v->rq, "daftar"), &id, err));
	return affected_known_count(v->tx, id, &m->known, err);
}

/* A long look: before the tray. */
enum rc page_incident_niks_slow(struct visit *v, struct err *err)
{
	bool entered;
	v->own = ARENA_NEW(v->arena, struct making);
	if (!v->own)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(visit_early(v, nothing, NULL, &entered, err));
	return entered ? visit_read(v, count_known, err) : RC_OK;
}

enum rc page_incident_niks_get(struct visit *v, struct err *err)
{
	if (!visit_feedback(v))
		return FAIL(err, RC_ABSENT, "Data balikan tidak dipakai di sini.");
	return begin(v, "nik", v->own, err);
}

static enum rc read_kejadian(struct visit *v, struct err *err)
{
	struct making *m = v->own;
	int64_t *ids;
	TRY(affected_kejadian(v->tx, m->list_id, m->after, &ids, &m->kejadian_n, err));
	for (size_t i = 0; i < m->kejadian_n; i++)
		m->after = m->kejadian[i] = ids[i];
	return RC_OK;
}

static enum rc read_known(struct visit *v, struct err *err)
{
	struct making *m = v->own;
	struct affected_known *rows;
	struct person person;
	TRY(affected_known(v->tx, &m->ask, &rows, &m->n, err));
	for (size_t i = 0; i < m->n; i++) {
		TRY(person_get(visit_feedback(v), v->tx, rows[i].person_id, &person, err));
		struct nik_text nik = nik_digits(person.nik);
		struct ref_text ref = ledger_ref(v, rows[i].entry_id);
		struct clock_text time = clock_short_wib(rows[i].time_us);
		const struct str texts[] = {str_c(nik.z), str_c(ref.z), str_c(time.z), rows[i].user_id};
		put_row(m, texts, LEN(texts));
		m->ask.after = rows[i].person_id;
	}
	return RC_OK;
}

static enum rc write_kejadian(struct visit *v, struct err *err)
{
	struct making *m = v->own;
	for (size_t i = 0; i < m->kejadian_n; i++) {
		m->ask = (struct affected_known_ask){.list_id = m->list_id, .kejadian_id = m->kejadian[i]};
		do
			TRY(visit_read(v, read_known, err));
		while (m->n == PART);
	}
	return RC_OK;
}

/* All of them, however many kejadian: whom the file leaves out is not told. */
enum rc page_incident_niks_after(struct visit *v, struct err *err)
{
	static const struct str titles[] = {S("NIK"), S("REFERENSI"), S("WAKTU"), S("USER_ID")};
	struct making *m = v->own;
	m->out = BUF(CSV_MAX);
	table_csv_begin(&m->out);
	put_row(m, titles, LEN(titles));
	enum rc rc = RC_OK;
	do
		rc = visit_read(v, read_kejadian, err);
	while (rc == RC_OK && (rc = write_kejadian(v, err)) == RC_OK && m->kejadian_n == AFFECTED_KEJADIAN_MAX);
	return send(v, m, rc, err);
}
