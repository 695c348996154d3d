/* SPDX-License-Identifier: EUPL-1.2
 * web/page_journal_check.c - is the journal whole: checks that run in the background, checkpoints,
 * and the export with which somebody else can see for himself (P3.1a). */
#include "gate/logbook.h"
#include "journal/check.h"
#include "journal/cosign.h"
#include "web/frame.h"
#include "web/journal_check.page.h"
#include "web/journal_words.h"
#include "web/pager.h"
#include "web/pages.h"
#include "web/when.h"
#include "web/words.h"

#define PATH "/jurnal/keutuhan"
#define MENU "/jurnal"
#define CHECKS_SHOWN 5
#define CHECKPOINTS_SHOWN 10
/* What is sent stands in memory until it is out; larger ones are made on the server. */
#define EXPORT_BYTES_MAX ((size_t)20 << 20)
#define EXPORT_ENTRIES_MAX 50000
#define EXPORT_WORDS "50.000 entri atau 20 MB"

/* ---- which log ---- */

struct log_choice {
	struct browse_log *logs;
	size_t n;
	const struct browse_log *log;
};

static enum rc choose_log(struct visit *v, struct str asked, struct log_choice *ret, struct err *err)
{
	int64_t log_id = logbook_own(v);
	if (asked.n && str_int(asked, 0, JOURNAL_LOG_MAX, &log_id) != RC_OK)
		return FAIL(err, RC_ABSENT, "Tidak ada log dengan nomor itu.");
	ret->log = NULL;
	ret->logs = ARENA_ARRAY(visit_page_arena(v), BROWSE_LOGS_MAX, struct browse_log);
	if (!ret->logs)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(browse_logs(v->tx, ret->logs, &ret->n, err));
	for (size_t i = 0; i < ret->n; i++)
		if (ret->logs[i].log_id == log_id)
			ret->log = &ret->logs[i];
	return ret->log ? RC_OK : FAIL(err, RC_ABSENT, "Tidak ada log dengan nomor itu.");
}

static struct url log_url(struct visit *v, const char *path, int log_id, const char *name, int64_t value)
{
	struct url_pair pairs[] = {{"log", arena_printf(v->arena, "%d", log_id)},
	                           {name, arena_printf(v->arena, "%lld", (long long)value)}};
	return url_path(v->arena, path, pairs, name[0] ? 2 : 1);
}

/* ---- checks ---- */

static const char *colour_of(enum check_state state)
{
	switch (state) {
	case CHECK_WHOLE: return "ok";
	case CHECK_BROKEN: return "no";
	case CHECK_FAILED: return "warn";
	case CHECK_STATE_COUNT:
	case CHECK_WAITING:
	case CHECK_RUNNING: break;
	}
	return "";
}

static struct str detail_of(struct visit *v, const struct check *check)
{
	if (check->state != CHECK_WHOLE)
		return check->reason;
	return arena_printf(v->arena, "%.*s entri, %.*s checkpoint; selesai %s", STR_ARG(pager_count(v->arena, check->entries)),
	                    STR_ARG(pager_count(v->arena, check->checkpoints)), when_row(check->finished_us).z);
}

static void put_running(struct visit *v, const struct check *check, struct page_journal_check *page)
{
	page->running = true;
	page->again = log_url(v, PATH, check->log_id, "", 0);
	page->done = check->done;
	page->all = check->all ? check->all : 1;
	page->progress = check->all ? arena_printf(v->arena, "%.*s dari %.*s entri", STR_ARG(pager_count(v->arena, check->done)),
	                                           STR_ARG(pager_count(v->arena, check->all)))
	                            : S("Menunggu giliran");
}

static enum rc put_checks(struct visit *v, const struct log_choice *choice, struct page_journal_check *page, struct err *err)
{
	struct check *checks = ARENA_ARRAY(visit_page_arena(v), CHECK_RECENT_MAX, struct check);
	size_t n;
	page->checks = ARENA_ARRAY(visit_page_arena(v), CHECKS_SHOWN, struct page_journal_check_check);
	if (!checks || !page->checks)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(check_recent(v->tx, choice->log->log_id, checks, &n, err));
	for (size_t i = 0; i < n && i < CHECKS_SHOWN; i++) {
		const struct check *check = &checks[i];
		page->checks[page->checks_n++] = (struct page_journal_check_check){
		        .asked = arena_str(v->arena, str_c(when_row(check->asked_us).z)),
		        .by = check->asked_by,
		        .state = str_c(check_state_at(check->state)->label),
		        .colour = str_c(colour_of(check->state)),
		        .detail = detail_of(v, check),
		};
	}
	if (n == 0)
		return RC_OK;
	page->state = page->checks[0].state;
	page->colour = page->checks[0].colour;
	if (!checks[0].finished_us)
		put_running(v, &checks[0], page);
	return RC_OK;
}

/* ---- checkpoints ---- */

static enum rc others_of(struct visit *v, int log_id, int64_t size, struct str *ret, struct err *err)
{
	BUF_AUTO names = BUF(4096);
	struct cosign_line *lines;
	size_t n;
	TRY(cosign_lines(v->tx, log_id, size, &lines, &n, err));
	for (size_t i = 0; i < n; i++) {
		struct str code;
		TRY(journal_instansi(v, lines[i].instansi_id, &code, NULL, err));
		buf_addz(&names, i ? ", " : "");
		buf_add(&names, code.n ? code : lines[i].name);
	}
	*ret = arena_str(v->arena, buf_str(&names));
	return RC_OK;
}

static enum rc put_checkpoints(struct visit *v, const struct log_choice *choice, struct page_journal_check *page, struct err *err)
{
	struct browse_checkpoint at[CHECKPOINTS_SHOWN + 1];
	int64_t below = -1;
	size_t n;
	int log_id = choice->log->log_id;
	if (str_int(http_query(v->rq, "sebelum"), 0, INT64_MAX, &below) != RC_OK)
		below = -1;
	TRY(browse_checkpoints(v->tx, log_id, below, LEN(at), at, &n, err));
	page->checkpoints = ARENA_ARRAY(visit_page_arena(v), CHECKPOINTS_SHOWN, struct page_journal_check_checkpoint);
	if (!page->checkpoints)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; i < n && i < CHECKPOINTS_SHOWN; i++) {
		struct page_journal_check_checkpoint *row = &page->checkpoints[page->checkpoints_n++];
		*row = (struct page_journal_check_checkpoint){
		        .url = log_url(v, "/jurnal/checkpoint", log_id, "ukuran", at[i].size),
		        .size = pager_count(v->arena, at[i].size),
		        .when = arena_str(v->arena, str_c(when_row(at[i].signed_us).z)),
		};
		TRY(others_of(v, log_id, at[i].size, &row->others, err));
	}
	if (n > CHECKPOINTS_SHOWN)
		page->older = log_url(v, PATH, log_id, "sebelum", at[CHECKPOINTS_SHOWN - 1].size);
	return RC_OK;
}

static enum rc put_unsigned(struct visit *v, const struct log_choice *choice, struct page_journal_check *page, struct err *err)
{
	struct browse_checkpoint newest = {0, 0};
	size_t n;
	TRY(browse_checkpoints(v->tx, choice->log->log_id, -1, 1, &newest, &n, err));
	int64_t behind = choice->log->size - newest.size;
	page->unsigned_n = behind > 0 ? pager_count(v->arena, behind) : S("");
	return RC_OK;
}

/* ---- the page ---- */

static enum rc put_logs(struct visit *v, const struct log_choice *choice, struct page_journal_check *page, struct err *err)
{
	page->logs = ARENA_ARRAY(visit_page_arena(v), choice->n + 1, struct page_journal_check_log);
	if (!page->logs)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	for (size_t i = 0; choice->n > 1 && i < choice->n; i++)
		page->logs[page->logs_n++] = (struct page_journal_check_log){arena_printf(v->arena, "%d", choice->logs[i].log_id),
		                                                             journal_log_words(v->arena, &choice->logs[i]),
		                                                             &choice->logs[i] == choice->log};
	return RC_OK;
}

static struct str fingerprint_of(struct visit *v, struct str vkey)
{
	struct note_key key;
	return note_key_read(vkey, &key) == RC_OK ? arena_str(v->arena, str_c(note_fingerprint(&key).z)) : S("tidak terbaca");
}

static enum rc draw(struct visit *v, struct str log, struct str problem, int status, struct err *err)
{
	BUF_AUTO body = BUF(PAGE_MAX);
	struct log_choice choice;
	TRY(choose_log(v, log, &choice, err));
	struct page_journal_check page = {
	        .csrf = visit_csrf(v),
	        .notice = words_notice(v),
	        .problem = problem,
	        .admin = principal_role(v->who) == ROLE_ADMIN,
	        .log = arena_printf(v->arena, "%d", choice.log->log_id),
	        .entries = journal_log_url(v, MENU, choice.log->log_id),
	        .origin = choice.log->origin,
	        .size = pager_count(v->arena, choice.log->size),
	        .export = log_url(v, "/jurnal/ekspor", choice.log->log_id, "", 0),
	        .too_large = choice.log->size > EXPORT_ENTRIES_MAX,
	        .export_max = S(EXPORT_WORDS),
	        .vkey = choice.log->vkey,
	        .fingerprint = fingerprint_of(v, choice.log->vkey),
	};
	TRY(put_logs(v, &choice, &page, err));
	TRY(put_unsigned(v, &choice, &page, err));
	TRY(put_checks(v, &choice, &page, err));
	TRY(put_checkpoints(v, &choice, &page, err));
	page_journal_check_write(&body, &page);
	return frame_page(v, &(struct frame){.title = "Keutuhan jurnal", .at = MENU}, status, &body, err);
}

enum rc page_journal_check_get(struct visit *v, struct err *err)
{
	return draw(v, http_query(v->rq, "log"), S(""), 200, err);
}

enum rc page_journal_check_post(struct visit *v, struct err *err)
{
	struct log_choice choice;
	struct err reason = {0};
	struct str log = http_form(v->rq, "log");
	TRY(choose_log(v, log, &choice, err));
	enum rc rc = check_ask(v->tx, choice.log->log_id, principal_user_id(v->who), v->now_us, &reason);
	if (rc == RC_CONFLICT)
		return draw(v, log, arena_str(v->arena, str_c(reason.what)), 409, err);
	if (rc != RC_OK) {
		*err = reason;
		return rc;
	}
	struct str about = arena_printf(v->arena, "verify asked log=%d", choice.log->log_id);
	TRY(visit_journal(v, (struct entry){.act = ACT_CHECKPOINT, .outcome = "ok", .about = about}, NULL, err));
	struct url_pair pairs[] = {{"log", log}, {"catatan", S("jurnal-periksa")}};
	visit_redirect(v, url_path(v->arena, PATH, pairs, LEN(pairs)).s);
	return RC_OK;
}

/* ---- checkpoints ---- */

/* That it was asked for stands in the log before it is signed, so the checkpoint covers it. Back to
 * the log that was shown, whichever node answers there. */
enum rc page_journal_sign_post(struct visit *v, struct err *err)
{
	struct log_choice choice;
	struct entry entry = {.act = ACT_CHECKPOINT, .outcome = "ok", .about = S("sign")};
	TRY(choose_log(v, http_form(v->rq, "log"), &choice, err));
	TRY(visit_journal(v, entry, NULL, err));
	TRY(logbook_sign(v, err));
	struct url_pair pairs[] = {{"log", arena_printf(v->arena, "%d", choice.log->log_id)}, {"catatan", S("jurnal-tanda")}};
	visit_redirect(v, url_path(v->arena, PATH, pairs, LEN(pairs)).s);
	return RC_OK;
}

enum rc page_journal_note_get(struct visit *v, struct err *err)
{
	BUF_AUTO note = BUF(NOTE_MAX_BYTES);
	int64_t log, size;
	struct err ignored = {0};
	if (str_int(http_query(v->rq, "log"), 0, JOURNAL_LOG_MAX, &log) != RC_OK ||
	    str_int(http_query(v->rq, "ukuran"), 0, INT64_MAX, &size) != RC_OK)
		return FAIL(err, RC_ABSENT, "Checkpoint itu tidak ada.");
	enum rc rc = cosign_note(v->tx, (int)log, size, &note, &ignored);
	if (rc == RC_ABSENT)
		return FAIL(err, RC_ABSENT, "Checkpoint itu tidak ada.");
	if (rc != RC_OK)
		return FAIL(err, rc, "checkpoint tidak dapat dibaca");
	struct str about = arena_printf(v->arena, "checkpoint log=%lld size=%lld", (long long)log, (long long)size);
	TRY(visit_journal(v, (struct entry){.act = ACT_EXPORT, .outcome = "ok", .about = about}, NULL, err));
	visit_file(v, "text/plain; charset=utf-8",
	           arena_printf(v->arena, "checkpoint-%lld-%lld.txt", (long long)log, (long long)size), &note);
	return RC_OK;
}

/* ---- the export ---- */

enum rc page_journal_export_get(struct visit *v, struct err *err)
{
	struct log_choice choice;
	TRY(choose_log(v, http_query(v->rq, "log"), &choice, err));
	if (choice.log->size > EXPORT_ENTRIES_MAX)
		return FAIL(err, RC_INVALID,
		            "Log ini lebih besar daripada " EXPORT_WORDS ". Buat ekspor di peladen dengan padan journal export.");
	int *log = ARENA_NEW(v->arena, int);
	if (!log)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	*log = choice.log->log_id;
	v->own = log;
	struct str about = arena_printf(v->arena, "journal export log=%d", *log);
	return visit_journal(v, (struct entry){.act = ACT_EXPORT, .outcome = "ok", .about = about}, NULL, err);
}

enum rc page_journal_export_after(struct visit *v, struct err *err)
{
	BUF_AUTO text = BUF(EXPORT_BYTES_MAX);
	const int *log = v->own;
	enum rc rc = logbook_export(v, *log, &text, err);
	if (rc == RC_LIMIT)
		return FAIL(err, RC_INVALID,
		            "Log ini lebih besar daripada " EXPORT_WORDS ". Buat ekspor di peladen dengan padan journal export.");
	if (rc == RC_OK)
		visit_file(v, "application/x-ndjson",
		           arena_printf(v->arena, "jurnal-%d-%s.ndjson", *log, day_iso(day_of_us(v->now_us)).z), &text);
	return rc;
}
