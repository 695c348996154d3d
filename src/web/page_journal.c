/* SPDX-License-Identifier: EUPL-1.2
 * web/page_journal.c - the journal as the provider's people read it (P3.1a): newest first, through
 * a filter, a page at a time. One entry: page_journal_entry.c.
 *
 * It is read before the tray, on a worker, in short transactions: a filter may look at many
 * entries to find few. That somebody reads is itself journaled, once a session and day. */
#include "gate/early.h"
#include "gate/ledger.h"
#include "gate/logbook.h"
#include "identity/user.h"
#include "journal/explain.h"
#include "web/blame.h"
#include "web/frame.h"
#include "web/journal.page.h"
#include "web/journal_words.h"
#include "web/pager.h"
#include "web/pages.h"
#include "web/when.h"

#define PATH "/jurnal"
#define ROWS 25
#define READ_MAX ((size_t)1 << 20) /* of ROWS lines, each as long as can be */
#define CELL_MAX 120
#define OUTCOMES_MAX 32

/* What one row shows; texts in v->arena. */
struct cell {
	int64_t place, time_us, instansi_id;
	struct str act, outcome, user, about;
	bool unfit;
};
struct look {
	struct browse_ask ask;
	struct str instansi, user, from, until, ref; /* as typed */
	struct blame blame;
	struct cell cells[ROWS];
	size_t n;
	int64_t next, reached_us, size, archived;
	bool read, stopped;
};

/* ---- what is asked ---- */

static void read_days(struct visit *v, struct look *look)
{
	struct day from = {0}, until = {0};
	look->from = str_trim(http_query(v->rq, "dari"));
	look->until = str_trim(http_query(v->rq, "sampai"));
	look->ask.until_us = BROWSE_ANY_TIME;
	bool bad = (look->from.n && day_from_str(look->from, &from) != RC_OK) ||
	           (look->until.n && day_from_str(look->until, &until) != RC_OK);
	if (bad)
		blame_set(&look->blame, "hari", "Isi tanggal seperti 2026-11-26.");
	else if (look->from.n && look->until.n && until.n < from.n)
		blame_set(&look->blame, "hari", "Tanggal akhir mendahului tanggal awal.");
	if (look->blame.field)
		return;
	if (look->from.n)
		look->ask.from_us = day_begin_us(from);
	if (look->until.n)
		look->ask.until_us = day_begin_us((struct day){until.n + 1});
}

static struct str act_asked(struct visit *v)
{
	enum act act;
	struct str key = http_query(v->rq, "jenis");
	return act_from_key(key, &act) == RC_OK ? key : S("");
}

static struct str outcome_asked(struct visit *v)
{
	enum outcome outcome;
	struct str key = http_query(v->rq, "hasil");
	bool known = str_eq(key, S("ok")) || str_eq(key, S("refused")) || outcome_from_code(key, &outcome) == RC_OK;
	return known ? key : S("");
}

static void look_of(struct visit *v, struct look *look)
{
	int64_t before, log;
	look->ask = (struct browse_ask){.log_id = logbook_own(v), .before = -1, .most = ROWS};
	if (str_int(http_query(v->rq, "sebelum"), 0, INT64_MAX, &before) == RC_OK)
		look->ask.before = before;
	if (str_int(http_query(v->rq, "log"), 0, JOURNAL_LOG_MAX, &log) == RC_OK)
		look->ask.log_id = (int)log;
	look->ask.act = act_asked(v);
	look->ask.outcome = outcome_asked(v);
	look->instansi = str_trim(http_query(v->rq, "instansi"));
	look->user = str_trim(http_query(v->rq, "user"));
	look->ref = str_trim(http_query(v->rq, "ref"));
	read_days(v, look);
}

static enum rc find_names(struct visit *v, struct err *err)
{
	struct look *look = v->own;
	struct user user;
	struct err ignored = {0};
	enum rc rc = look->instansi.n ? instansi_find(v->tx, look->instansi, &look->ask.instansi_id, &ignored) : RC_OK;
	if (rc == RC_ABSENT)
		blame_set(&look->blame, "instansi", "Tidak ada instansi dengan kode itu.");
	else if (rc != RC_OK)
		return FAIL(err, rc, "instansi tidak dapat dibaca");
	rc = look->user.n ? user_find(v->tx, look->user, &user, &ignored) : RC_ABSENT;
	if (rc == RC_OK)
		look->ask.user = user.user;
	else if (rc != RC_ABSENT)
		return FAIL(err, rc, "user ID tidak dapat dibaca");
	else if (look->user.n)
		blame_set(&look->blame, "user", "Tidak ada User ID dengan nama itu.");
	return RC_OK;
}

/* ---- before the tray ---- */

static struct str cut(struct visit *v, struct str s)
{
	return arena_str(v->arena, str_cut(s, CELL_MAX));
}

static void cell_of(struct visit *v, const struct browse_row *row, struct arena *arena, struct cell *cell)
{
	struct explain_pair pairs[EXPLAIN_MAX];
	size_t n;
	*cell = (struct cell){.place = row->place, .unfit = row->unfit || explain_line(row->text, arena, pairs, &n) != RC_OK};
	if (cell->unfit)
		return;
	cell->time_us = row->line.time_us;
	cell->instansi_id = row->line.instansi_id;
	cell->act = cut(v, row->line.act);
	cell->outcome = cut(v, row->line.outcome);
	cell->user = cut(v, explain_value(pairs, n, "user_id"));
	cell->about = cut(v, explain_value(pairs, n, row->line.ground.n ? "ground" : "about"));
}

static enum rc read_entries(struct visit *v, struct look *look, struct arena *arena, struct err *err)
{
	struct browse browse;
	TRY(logbook_browse(v, &look->ask, arena, &browse, err));
	for (size_t i = 0; i < browse.n && i < ROWS; i++)
		cell_of(v, &browse.at[i], arena, &look->cells[look->n++]);
	look->next = browse.next;
	look->stopped = browse.stopped;
	look->reached_us = browse.reached_us;
	look->size = browse.size;
	look->archived = browse.archived;
	look->read = true;
	return RC_OK;
}

static enum rc nothing(struct visit *v, void *arg, struct err *err)
{
	(void)v;
	(void)arg;
	(void)err;
	return RC_OK;
}

/* A stranger causes none of it. */
enum rc page_journal_slow(struct visit *v, struct err *err)
{
	struct arena arena;
	bool entered;
	struct look *look = ARENA_NEW(v->arena, struct look);
	if (!look)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	v->own = look;
	TRY(visit_early(v, nothing, NULL, &entered, err));
	if (!entered)
		return RC_OK;
	look_of(v, look);
	TRY(visit_read(v, find_names, err));
	if (look->blame.field || look->ref.n)
		return RC_OK;
	arena_init(&arena, READ_MAX);
	enum rc rc = read_entries(v, look, &arena, err);
	arena_free(&arena);
	return rc;
}

/* ---- drawing ---- */

static void put_acts(const struct look *look, struct page_journal_act acts[ACT_COUNT])
{
	for (size_t i = 0; i < ACT_COUNT; i++) {
		const struct act_row *row = act_at(i);
		acts[i] = (struct page_journal_act){str_c(row->key), str_c(row->label), str_eq(look->ask.act, str_c(row->key))};
	}
}

static size_t put_outcomes(struct visit *v, const struct look *look, struct page_journal_outcome outcomes[OUTCOMES_MAX])
{
	static const struct {
		const char *key, *label;
	} others[] = {{"ok", "berhasil"}, {"refused", "ditolak"}};
	const struct outcome_row *row;
	size_t n = 0;
	for (; n < LEN(others); n++)
		outcomes[n] = (struct page_journal_outcome){str_c(others[n].key), str_c(others[n].label),
		                                            str_eq(look->ask.outcome, str_c(others[n].key))};
	for (size_t i = 0; (row = outcome_at(i)) && n < OUTCOMES_MAX; i++) {
		struct str words = journal_outcome(v->arena, str_c(row->code));
		outcomes[n++] = (struct page_journal_outcome){str_c(row->code), words, str_eq(look->ask.outcome, str_c(row->code))};
	}
	return n;
}

static struct url page_url(struct visit *v, const struct look *look, int64_t before)
{
	const struct browse_ask *ask = &look->ask;
	struct str absent = {NULL, 0};
	struct url_pair pairs[] = {
	        {"jenis", ask->act.n ? ask->act : absent},
	        {"hasil", ask->outcome.n ? ask->outcome : absent},
	        {"instansi", look->instansi.n ? look->instansi : absent},
	        {"user", look->user.n ? look->user : absent},
	        {"dari", look->from.n ? look->from : absent},
	        {"sampai", look->until.n ? look->until : absent},
	        {"log", arena_printf(v->arena, "%d", ask->log_id)},
	        {"sebelum", before < 0 ? absent : arena_printf(v->arena, "%lld", (long long)before)},
	};
	return url_path(v->arena, PATH, pairs, LEN(pairs));
}

static enum rc row_of(struct visit *v, const struct look *look, const struct cell *cell, struct page_journal_entry *ret,
                      struct err *err)
{
	*ret = (struct page_journal_entry){.url = journal_entry_url(v, look->ask.log_id, cell->place),
	                                   .ref = journal_ref_words(v, look->ask.log_id, cell->place)};
	if (cell->unfit) {
		ret->time = arena_printf(v->arena, "Entri %lld", (long long)cell->place);
		ret->act = S("Isi entri ini tidak terbaca");
		ret->outcome = S("rusak");
		ret->colour = S("no");
		return RC_OK;
	}
	ret->time = arena_str(v->arena, str_c(clock_short_wib(cell->time_us).z));
	ret->act = journal_act(cell->act);
	ret->user = cell->user.n ? cell->user : S("–");
	ret->outcome = cell->outcome.n ? journal_outcome(v->arena, cell->outcome) : S("–");
	ret->colour = journal_colour(cell->outcome);
	ret->about = cell->about;
	return journal_instansi(v, cell->instansi_id, &ret->code, NULL, err);
}

static enum rc put_entries(struct visit *v, const struct look *look, struct page_journal *page, struct err *err)
{
	page->entries = ARENA_ARRAY(visit_page_arena(v), ROWS, struct page_journal_entry);
	if (!page->entries)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (; page->entries_n < look->n; page->entries_n++)
		TRY(row_of(v, look, &look->cells[page->entries_n], &page->entries[page->entries_n], err));
	return RC_OK;
}

/* Named only where there are several: a single machine has one. */
static enum rc put_logs(struct visit *v, const struct look *look, struct page_journal *page, struct err *err)
{
	struct browse_log *logs = ARENA_ARRAY(visit_page_arena(v), BROWSE_LOGS_MAX, struct browse_log);
	size_t n;
	page->logs = ARENA_ARRAY(visit_page_arena(v), BROWSE_LOGS_MAX, struct page_journal_log);
	if (!logs || !page->logs)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(browse_logs(v->tx, logs, &n, err));
	for (size_t i = 0; i < n; i++) {
		bool on = logs[i].log_id == look->ask.log_id;
		if (on)
			page->origin = logs[i].origin;
		page->logs[i] = (struct page_journal_log){arena_printf(v->arena, "%d", logs[i].log_id),
		                                           journal_log_words(v->arena, &logs[i]), on};
	}
	page->logs_n = n > 1 ? n : 0;
	return RC_OK;
}

static void put_look(struct visit *v, const struct look *look, struct page_journal *page)
{
	const struct browse_ask *ask = &look->ask;
	page->instansi = look->instansi;
	page->user = look->user;
	page->from = look->from;
	page->until = look->until;
	page->ref = look->ref;
	page->p_instansi = blame_of(&look->blame, "instansi");
	page->p_user = blame_of(&look->blame, "user");
	page->p_day = blame_of(&look->blame, "hari");
	page->p_ref = blame_of(&look->blame, "ref");
	page->filtered = ask->act.n || ask->outcome.n || look->instansi.n || look->user.n || look->from.n || look->until.n;
	page->log = arena_printf(v->arena, "%d", ask->log_id);
	page->clear = journal_log_url(v, PATH, ask->log_id);
	page->check = journal_log_url(v, PATH "/keutuhan", ask->log_id);
	page->unread = !look->read;
	page->size = pager_count(v->arena, look->size);
	if (look->archived)
		page->archived = pager_count(v->arena, look->archived);
	if (ask->before >= 0)
		page->newest = page_url(v, look, -1);
	if (look->read && look->next >= 0)
		page->older = page_url(v, look, look->next);
	if (look->stopped)
		page->reached =
		        look->reached_us ? arena_str(v->arena, str_c(when_row(look->reached_us).z)) : S("entri yang lebih lama");
}

static enum rc draw(struct visit *v, const struct look *look, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct page_journal_act acts[ACT_COUNT];
	struct page_journal_outcome outcomes[OUTCOMES_MAX];
	struct page_journal page = {.acts = acts, .acts_n = ACT_COUNT, .outcomes = outcomes};
	put_acts(look, acts);
	page.outcomes_n = put_outcomes(v, look, outcomes);
	TRY(put_logs(v, look, &page, err));
	TRY(put_entries(v, look, &page, err));
	put_look(v, look, &page);
	page_journal_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Jurnal", .at = PATH}, status, &body, err);
}

/* The reference on a slip leads to its entry. */
static enum rc go_to_entry(struct visit *v, struct look *look, struct err *err)
{
	int log;
	int64_t place;
	struct err reason = {0};
	enum rc rc = logbook_find(v, look->ref, &log, &place, &reason);
	if (rc == RC_OK) {
		visit_redirect(v, journal_entry_url(v, log, place).s);
		return RC_OK;
	}
	if (rc != RC_ABSENT && rc != RC_INVALID) {
		*err = reason;
		return rc;
	}
	bool archived;
	TRY(ledger_archived(v, look->ref, &archived, err));
	blame_set(&look->blame, "ref",
	          archived ? "Entri itu telah diarsipkan; isinya ada pada berkas arsip jurnal."
	                   : "Tidak ada entri dengan referensi itu.");
	return draw(v, look, 404, err);
}

enum rc page_journal_get(struct visit *v, struct err *err)
{
	struct look *look = v->own;
	if (!look || (!look->read && !look->blame.field && !look->ref.n)) /* came in only after he was asked */
		return FAIL(err, RC_CONFLICT, "Silakan muat ulang halaman ini.");
	TRY(journal_reads(v, err));
	if (look->blame.field)
		return draw(v, look, 400, err);
	return look->ref.n ? go_to_entry(v, look, err) : draw(v, look, 200, err);
}
