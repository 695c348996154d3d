/* SPDX-License-Identifier: EUPL-1.2
 * web/page_incident.c - one incident (P2.2g): its clock, what was done and when, which accesses
 * it touched; a step of it, and a list asked for. What cannot be taken draws the page again
 * with what was typed. */
#include "agreement/kejadian.h"
#include "agreement/outage.h"
#include "gate/ledger.h"
#include "identity/user.h"
#include "web/blame.h"
#include "web/frame.h"
#include "web/incident.page.h"
#include "web/incident_band.h"
#include "web/incident_seen.h"
#include "web/pager.h"
#include "web/pages.h"
#include "web/when.h"
#include "web/words.h"

#define KEJADIAN_SHOWN 100

/* What was sent and not taken. */
struct attempt {
	const char *conflict;    /* nothing changed, and why; NULL */
	enum incident_move move; /* INCIDENT_MOVE_COUNT: no step was sent */
	struct str at, letter, note;
	struct str problem;
	struct str first, last, users; /* of a list */
	int64_t kejadian_id;
	struct blame ask;
};

static bool may_write(const struct visit *v)
{
	return principal_role(v->who) != ROLE_AUDITOR;
}

static struct str row_time(struct visit *v, int64_t us)
{
	return arena_str(v->arena, str_c(when_row(us).z));
}

/* ---- what happened ---- */

static struct page_incident_step step_of(struct visit *v, const struct incident *i, const struct incident_step *step)
{
	const struct incident_move_row *row = incident_move_at(step->move);
	return (struct page_incident_step){
	        .title = str_c(row->done),
	        .when = row_time(v, step->at_us),
	        .by = step->by,
	        .letter = step->letter,
	        .timed = row->letter,
	        .beyond = step->at_us > incident_deadline_us(i),
	        .note = step->note,
	};
}

static enum rc put_line(struct visit *v, const struct incident *i, struct page_incident *page, struct err *err)
{
	struct incident_step *steps;
	size_t n;
	TRY(incident_steps(v->tx, i->incident_id, &steps, &n, err));
	page->line = ARENA_ARRAY(visit_page_arena(v), n + 2, struct page_incident_step);
	if (!page->line)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	page->line[page->line_n++] = (struct page_incident_step){.title = S("Diketahui"), .when = row_time(v, i->found_us)};
	page->line[page->line_n++] =
	        (struct page_incident_step){.title = S("Dibuka"), .when = row_time(v, i->opened_us), .by = i->opened_by};
	for (size_t k = 0; k < n; k++)
		page->line[page->line_n++] = step_of(v, i, &steps[k]);
	return RC_OK;
}

static void put_head(struct visit *v, const struct incident *i, struct page_incident *page)
{
	bool runs = incident_clock_runs(i);
	page->number = i->incident_id;
	page->rev = i->rev;
	page->title = i->title;
	page->kind = str_c(incident_kind_at(i->kind)->label);
	page->state = str_c(incident_state_label(i->state));
	page->colour = str_c(incident_colour(i->state));
	page->found = arena_str(v->arena, str_c(when_long(i->found_us).z));
	page->until = arena_str(v->arena, str_c(when_long(incident_deadline_us(i)).z));
	page->clock = runs ? incident_left(v->arena, i, v->now_us) : S("");
	page->late = v->now_us > incident_deadline_us(i);
	page->untold = incident_untold(i);
	page->opened = arena_printf(v->arena, "%s, %.*s", when_row(i->opened_us).z, STR_ARG(i->opened_by));
	page->what = i->what;
	page->over = i->ended_us != 0;
	if (i->source_entry >= 0)
		page->source = arena_str(v->arena, str_c(ledger_ref(v, i->source_entry).z));
}

/* ---- the forms ---- */

static size_t put_moves(struct visit *v, const struct incident *i, const struct attempt *a, struct page_incident_move *moves)
{
	size_t n = 0;
	bool provider = principal_instansi(v->who) == 0;
	if (i->ended_us || !may_write(v))
		return 0;
	for (enum incident_move m = 0; m < INCIDENT_MOVE_COUNT; m++) {
		const struct incident_move_row *row = incident_move_at(m);
		bool sent = a->move == m;
		if (row->provider && !provider)
			continue;
		moves[n++] = (struct page_incident_move){
		        .key = str_c(row->key),
		        .label = str_c(row->label),
		        .lettered = row->letter,
		        .momentary = !row->ends,
		        .open = sent,
		        .at = sent ? a->at : arena_str(v->arena, str_c(outage_time_text(v->now_us).z)),
		        .typed_letter = sent ? a->letter : S(""),
		        .typed_note = sent ? a->note : S(""),
		        .problem = sent ? a->problem : S(""),
		};
	}
	return n;
}

static enum rc put_kejadians(struct visit *v, const struct incident *i, const struct attempt *a, struct page_incident *page,
                             struct err *err)
{
	struct kejadian *list;
	struct kejadian_before_ask ask = {
	        .instansi_id = i->instansi_id, .which = KEJADIAN_ANY, .before = INT64_MAX, .most = KEJADIAN_SHOWN + 1};
	TRY(kejadian_before(v->tx, &ask, &list, &page->kejadians_n, err));
	page->newest_only = page->kejadians_n > KEJADIAN_SHOWN;
	page->kejadians_n -= page->newest_only;
	page->kejadians = ARENA_ARRAY(visit_page_arena(v), page->kejadians_n + 1, struct page_incident_kejadian);
	if (!page->kejadians)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t k = 0; k < page->kejadians_n; k++)
		page->kejadians[k] = (struct page_incident_kejadian){
		        .id = list[k].kejadian_id, .called = list[k].name, .on = list[k].kejadian_id == a->kejadian_id};
	return RC_OK;
}

/* ---- the lists ---- */

static enum rc choice_words(struct visit *v, const struct affected *list, struct str *ret, struct err *err)
{
	struct str users = S("semua User ID"), kejadian = S("semua kejadian");
	struct kejadian k;
	if (list->named)
		TRY(affected_users(v->tx, list->list_id, &users, err));
	if (list->kejadian_id) {
		TRY(kejadian_get(v->tx, list->instansi_id, list->kejadian_id, &k, err));
		kejadian = k.name;
	}
	*ret = arena_printf(v->arena, "%.*s; %.*s; %.*s", STR_ARG(incident_days_words(v, list)), STR_ARG(users), STR_ARG(kejadian));
	return RC_OK;
}

static void put_result(struct visit *v, const struct affected *list, struct page_incident_made *row)
{
	struct arena *arena = v->arena;
	struct str n = pager_count(arena, list->accesses), expected = pager_count(arena, list->expected);
	switch (list->state) {
	case AFFECTED_WAITING: row->result = S("menunggu penghitungan jurnal"); return;
	case AFFECTED_READING:
		row->result = arena_printf(arena, "disusun: %.*s dari sekitar %.*s akses", STR_ARG(n), STR_ARG(expected));
		return;
	case AFFECTED_LARGE:
		row->large = true;
		row->result = arena_printf(arena, "%.*s akses", STR_ARG(expected));
		row->detail = S("Satu daftar memuat paling banyak 100.000. Persempit harinya, User ID-nya, atau kejadiannya.");
		return;
	case AFFECTED_DONE: break;
	}
	row->done = true;
	row->result = arena_printf(arena, "%.*s akses, %.*s", STR_ARG(n), STR_ARG(incident_people_words(v, list)));
	row->detail = arena_printf(arena, "%.*s menampilkan data, %.*s ulangan; %.*s permintaan lain tidak sampai ke data",
	                           STR_ARG(pager_count(arena, list->shown)), STR_ARG(pager_count(arena, list->repeats)),
	                           STR_ARG(pager_count(arena, list->others)));
}

static enum rc put_lists(struct visit *v, const struct incident *i, struct page_incident *page, struct err *err)
{
	struct affected *lists;
	TRY(affected_lists(v->tx, i->incident_id, &lists, &page->lists_n, err));
	page->lists = ARENA_ARRAY(visit_page_arena(v), page->lists_n + 1, struct page_incident_made);
	if (!page->lists)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t k = 0; k < page->lists_n; k++) {
		struct page_incident_made *row = &page->lists[k];
		row->url = incident_url_of(v, "/insiden/akses", "daftar", lists[k].list_id);
		row->asked = arena_printf(v->arena, "%s, %.*s", when_row(lists[k].asked_us).z, STR_ARG(lists[k].asked_by));
		page->pending = page->pending || !lists[k].done_us;
		put_result(v, &lists[k], row);
		TRY(choice_words(v, &lists[k], &row->choice, err));
	}
	return RC_OK;
}

/* ---- the page ---- */

static struct url letter_url(struct visit *v, const struct incident *i, const char *whom)
{
	struct url_pair pairs[] = {{"nomor", arena_printf(v->arena, "%lld", (long long)i->incident_id)}, {"untuk", str_c(whom)}};
	return url_path(v->arena, "/insiden/surat", pairs, LEN(pairs));
}

static void put_links(struct visit *v, const struct incident *i, struct str code, struct page_incident *page)
{
	bool provider = principal_instansi(v->who) == 0;
	struct url_pair instansi = {"instansi", provider ? code : (struct str){NULL, 0}};
	struct url_pair ref = {"ref", page->source};
	page->authority = letter_url(v, i, "lembaga");
	page->people = letter_url(v, i, "subjek");
	page->again = incident_url(v, i->incident_id, NULL);
	if (page->over)
		return;
	page->user_ids = url_path(v->arena, "/pengguna", &instansi, 1);
	if (principal_role(v->who) == ROLE_ADMIN)
		page->suspend = url_path(v->arena, "/perjanjian/status", &instansi, 1);
	if (provider && page->source.n)
		page->trace = url_path(v->arena, "/telusur", &ref, 1);
}

static enum rc draw(struct visit *v, const struct incident *i, const struct attempt *a, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct instansi_row agency;
	struct page_incident_move moves[INCIDENT_MOVE_COUNT];
	struct page_incident page = {.csrf = visit_csrf(v),
	                             .notice = words_notice(v),
	                             .conflict = str_c(a->conflict),
	                             .moves = moves,
	                             .most = INCIDENT_TEXT_MAX,
	                             .letter_most = INCIDENT_LETTER_MAX,
	                             .may_ask = may_write(v) && !i->ended_us,
	                             .p_ask = a->ask.field ? a->ask.what : S(""),
	                             .first = a->first,
	                             .last = a->last,
	                             .users = a->users};
	TRY(instansi_get(v->tx, i->instansi_id, &agency, err));
	page.code = agency.code;
	page.name = agency.name;
	put_head(v, i, &page);
	page.moves_n = put_moves(v, i, a, moves);
	TRY(put_line(v, i, &page, err));
	TRY(put_kejadians(v, i, a, &page, err));
	TRY(put_lists(v, i, &page, err));
	put_links(v, i, agency.code, &page);
	page_incident_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Insiden", .at = INCIDENT_PATH}, status, &body, err);
}

/* From an access, its day and user id are what is wanted first. */
static enum rc suggest(struct visit *v, const struct incident *i, struct attempt *a, struct err *err)
{
	struct journal_seen seen;
	struct user user;
	int64_t day_us = i->found_us;
	if (i->source_entry >= 0) {
		enum rc rc = ledger_seen(v, str_c(ledger_ref(v, i->source_entry).z), &seen, err);
		if (rc == RC_ABSENT) /* archived meanwhile */
			seen = (struct journal_seen){.time_us = day_us};
		else
			TRY(rc);
		rc = user_get(v->tx, seen.user, &user, err);
		if (rc != RC_OK && rc != RC_ABSENT)
			return rc;
		a->users = rc == RC_OK ? user.user_id : S("");
		day_us = seen.time_us;
	}
	a->first = a->last = arena_str(v->arena, str_c(day_iso(day_of_us(day_us)).z));
	return RC_OK;
}

enum rc page_incident_get(struct visit *v, struct err *err)
{
	struct incident incident;
	struct attempt a = {.move = INCIDENT_MOVE_COUNT, .users = S("")};
	TRY(incident_seen(v, http_query(v->rq, "nomor"), &incident, err));
	TRY(suggest(v, &incident, &a, err));
	return draw(v, &incident, &a, 200, err);
}

/* ---- a step ---- */

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

static enum rc take(struct visit *v, const struct incident *i, struct attempt *a, struct err *why)
{
	struct incident_ask ask = {.incident_id = i->incident_id,
	                           .move = a->move,
	                           .letter = a->letter,
	                           .note = a->note,
	                           .by = principal_user_id(v->who)};
	if (str_int(http_form(v->rq, "rev"), 0, INT64_MAX, &ask.rev) != RC_OK)
		ask.rev = -1;
	if (!incident_move_at(a->move)->ends && outage_time_from_str(a->at, &ask.at_us) != RC_OK)
		return FAIL(why, RC_INVALID, "Isi tanggal dan jam, misalnya 2026-11-26T22:00.");
	return incident_take(v->tx, &ask, v->now_us, why);
}

static enum rc redraw(struct visit *v, struct incident *i, struct attempt *a, enum rc rc, const struct err *why, struct err *err)
{
	if (rc != RC_INVALID && rc != RC_CONFLICT && rc != RC_REFUSED && rc != RC_LIMIT) {
		*err = *why;
		return rc;
	}
	if (rc == RC_INVALID)
		a->problem = str_c(why->what);
	else
		a->conflict = why->what;
	struct attempt list = {0};
	TRY(incident_get(v->tx, i->incident_id, i, err)); /* as it stands by now */
	TRY(suggest(v, i, &list, err));
	a->first = list.first, a->last = list.last, a->users = list.users;
	return draw(v, i, a, rc == RC_INVALID ? 400 : 409, err);
}

enum rc page_incident_step(struct visit *v, struct err *err)
{
	struct err why = {0};
	struct incident incident;
	struct attempt a = {
	        .at = http_form(v->rq, "waktu"), .letter = str_trim(http_form(v->rq, "surat")), .note = text_of(v, "catatan")};
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	TRY(incident_seen(v, http_form(v->rq, "nomor"), &incident, err));
	if (incident_move_from_key(http_form(v->rq, "langkah"), &a.move) != RC_OK)
		return FAIL(err, RC_INVALID, "Langkah tidak disebutkan.");
	if (incident_move_at(a.move)->provider && principal_instansi(v->who))
		return FAIL(err, RC_REFUSED, "Langkah ini milik Dinas Dukcapil.");
	enum rc rc = take(v, &incident, &a, &why);
	if (rc != RC_OK)
		return redraw(v, &incident, &a, rc, &why, err);
	TRY(incident_journal(v, &incident, arena_printf(v->arena, "step %s", incident_move_at(a.move)->key), err));
	visit_redirect(v, incident_url(v, incident.incident_id, "insiden-langkah").s);
	return RC_OK;
}

/* ---- a list ---- */

/* One user id of the instansi. */
static enum rc add_user(struct visit *v, const struct incident *i, struct str name, struct attempt *a,
                        struct affected_choice *choice, int64_t users[AFFECTED_USERS_MAX], struct err *err)
{
	struct user user;
	struct err ignored = {0};
	enum rc rc = user_find(v->tx, name, &user, &ignored);
	if (rc != RC_OK && rc != RC_ABSENT && rc != RC_INVALID) {
		*err = ignored;
		return rc;
	}
	if (rc != RC_OK || user.instansi_id != i->instansi_id)
		blame_set(&a->ask, "userid", "Ada User ID yang bukan milik instansi ini; periksa ejaannya.");
	else if (choice->users_n == AFFECTED_USERS_MAX)
		blame_set(&a->ask, "userid", "Sebut paling banyak 20 User ID, atau kosongkan untuk semua.");
	else
		users[choice->users_n++] = user.user;
	return RC_OK;
}

static enum rc read_choice(struct visit *v, const struct incident *i, struct attempt *a, struct affected_choice *choice,
                           int64_t users[AFFECTED_USERS_MAX], struct err *err)
{
	struct kejadian kejadian;
	struct str rest = a->users, id = http_form(v->rq, "kejadian");
	if (day_from_str(a->first, &choice->first) != RC_OK || day_from_str(a->last, &choice->last) != RC_OK)
		blame_set(&a->ask, "mulai", "Isi hari pertama dan hari terakhir, misalnya 2026-11-26.");
	while (rest.at && !a->ask.field) {
		struct str name = str_trim(str_split(&rest, ','));
		if (name.n)
			TRY(add_user(v, i, name, a, choice, users, err));
	}
	if (id.n == 0)
		return RC_OK;
	enum rc rc = str_int(id, 1, INT64_MAX, &choice->kejadian_id);
	if (rc == RC_OK)
		rc = kejadian_get(v->tx, i->instansi_id, choice->kejadian_id, &kejadian, err);
	a->kejadian_id = choice->kejadian_id;
	return rc == RC_INVALID || rc == RC_ABSENT ? FAIL(err, RC_ABSENT, "Kejadian itu tidak ada.") : rc;
}

static enum rc ask(struct visit *v, const struct incident *i, struct affected_choice *choice, struct err *err)
{
	int64_t id;
	TRY(incident_journal(v, i, S("list"), err));
	TRY(ledger_checkpoint(v, &choice->note, &choice->size, err)); /* with that entry in it */
	return affected_ask(v->tx, choice, v->now_us, &id, err);
}

enum rc page_incident_ask(struct visit *v, struct err *err)
{
	struct err why = {0};
	struct incident incident;
	int64_t users[AFFECTED_USERS_MAX];
	struct attempt a = {.move = INCIDENT_MOVE_COUNT,
	                    .first = http_form(v->rq, "mulai"),
	                    .last = http_form(v->rq, "sampai"),
	                    .users = str_cut(str_trim(http_form(v->rq, "userid")), 700)};
	struct affected_choice choice = {.users = users, .asked_by = principal_user_id(v->who)};
	if (!http_form_ok(v->rq))
		return FAIL(err, RC_INVALID, "Isian tidak dapat dibaca.");
	TRY(incident_seen(v, http_form(v->rq, "nomor"), &incident, err));
	if (incident.ended_us)
		return FAIL(err, RC_CONFLICT, "Insiden ini sudah selesai.");
	choice.incident_id = incident.incident_id;
	choice.instansi_id = incident.instansi_id;
	TRY(read_choice(v, &incident, &a, &choice, users, err));
	enum rc rc = a.ask.field ? RC_OK : affected_check(v->tx, &choice, v->now_us, &why);
	if (rc == RC_INVALID || rc == RC_LIMIT)
		blame_err(&a.ask, "mulai", &why, v->arena);
	if (a.ask.field)
		return draw(v, &incident, &a, 400, err);
	if (rc != RC_OK) {
		*err = why;
		return rc;
	}
	TRY(ask(v, &incident, &choice, err));
	visit_redirect(v, incident_url(v, incident.incident_id, "insiden-daftar").s);
	return RC_OK;
}
