/* SPDX-License-Identifier: EUPL-1.2
 * journal/browse.c - see browse.h. The filter runs in the store, over ranges of places: what it
 * keeps back is looked at and not handed over. */
#include "journal/browse.h"

#include "journal/archive.h"
#include "journal/browse.sql.h"
#include "journal/journal.sql.h"
#include "journal/tile.h"
#include "store/store.h"

#define RANGE 8192
#define READER_DAYS 3 /* who read is remembered for so long */

/* ---- logs ---- */

/* Whichever is more: an entry behind the head is shown too, though it should not be there. */
static enum rc size_of(struct tx *tx, int log_id, int64_t *ret, struct err *err)
{
	struct sql_journal_head_find head;
	struct sql_journal_entry_last last;
	struct sql_journal_entry_last_in all = {.begin_id = number_of(log_id, 0), .end_id = number_of(log_id + 1, 0)};
	enum rc rc = sql_journal_head_find(tx, (struct sql_journal_head_find_in){.log_id = log_id}, &head, err);
	if (rc != RC_OK && rc != RC_ABSENT)
		return rc;
	TRY(sql_journal_entry_last(tx, all, &last, err));
	int64_t stored = last.entry_id < 0 ? 0 : last.entry_id - all.begin_id + 1;
	*ret = rc == RC_OK && head.size > stored ? head.size : stored;
	return RC_OK;
}

enum rc browse_logs(struct tx *tx, struct browse_log ret[BROWSE_LOGS_MAX], size_t *ret_n, struct err *err)
{
	struct sql_journal_log_each_rows rows;
	TRY(sql_journal_log_each(tx, &rows, err));
	*ret_n = 0;
	for (size_t i = 0; i < rows.n && i < BROWSE_LOGS_MAX; i++) {
		struct browse_log *log = &ret[(*ret_n)++];
		*log = (struct browse_log){.log_id = (int)rows.at[i].log_id, .origin = rows.at[i].origin, .vkey = rows.at[i].vkey};
		TRY(size_of(tx, log->log_id, &log->size, err));
	}
	return RC_OK;
}

/* ---- a page ---- */

struct reading {
	struct store *office;
	const struct browse_ask *ask;
	struct arena *arena;
	struct browse *ret;
	int64_t first; /* number of the log's place 0 */
};

static enum rc log_size(struct reading *r, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct sql_journal_log_find log;
	struct archive_edge edge;
	TRY(tx_begin(r->office, TX_READ, &tx, err));
	TRY(sql_journal_log_find(tx, (struct sql_journal_log_find_in){.log_id = r->ask->log_id}, &log, err));
	TRY(archive_edge(tx, r->ask->log_id, &edge, err));
	r->ret->archived = edge.upto;
	return size_of(tx, r->ask->log_id, &r->ret->size, err);
}

/* *ret_us: when the first entry from `place` on was written; 0 when there is none. */
static enum rc time_at(struct reading *r, struct tx *tx, int64_t place, int64_t *ret_us, struct err *err)
{
	struct sql_journal_time_at row;
	struct sql_journal_time_at_in in = {.begin_id = r->first + place, .end_id = r->first + r->ret->size};
	enum rc rc = sql_journal_time_at(tx, in, &row, err);
	*ret_us = rc == RC_OK ? row.time_us : 0;
	return rc == RC_ABSENT ? RC_OK : rc;
}

/* The first place written at `us` or later, as far as time runs with the places. */
static enum rc place_at(struct reading *r, int64_t us, int64_t *ret, struct err *err)
{
	TX_AUTO *tx = NULL;
	int64_t low = r->ret->archived, high = r->ret->size;
	TRY(tx_begin(r->office, TX_READ, &tx, err));
	while (low < high) {
		int64_t middle = low + (high - low) / 2, at;
		TRY(time_at(r, tx, middle, &at, err));
		if (at != 0 && at < us)
			low = middle + 1;
		else
			high = middle;
	}
	*ret = low;
	return RC_OK;
}

static enum rc add(struct reading *r, int64_t place, struct str text, struct err *err)
{
	struct browse_row *row = &r->ret->at[r->ret->n++];
	*row = (struct browse_row){.place = place, .text = arena_str(r->arena, text)};
	if (!row->text.at)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	row->unfit = line_read(row->text, &row->line) != RC_OK;
	if (row->unfit)
		row->line = (struct line){0};
	return RC_OK;
}

/* One row more than is wanted tells that there are others. */
static enum rc range_read(struct reading *r, int64_t begin, int64_t end, bool *ret_full, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct sql_journal_browse_rows rows;
	const struct browse_ask *ask = r->ask;
	int64_t room = ask->most - (int64_t)r->ret->n;
	struct sql_journal_browse_in in = {.begin_id = r->first + begin,
	                                   .end_id = r->first + end,
	                                   .act = ask->act,
	                                   .outcome = ask->outcome,
	                                   .instansi_id = ask->instansi_id,
	                                   .user_no = ask->user,
	                                   .from_us = ask->from_us,
	                                   .until_us = ask->until_us,
	                                   .most = room + 1};
	TRY(tx_begin(r->office, TX_READ, &tx, err));
	TRY(sql_journal_browse(tx, in, &rows, err));
	*ret_full = (int64_t)rows.n > room;
	for (size_t i = 0; i < rows.n && (int64_t)i < room; i++)
		TRY(add(r, rows.at[i].entry_id - r->first, rows.at[i].line, err));
	if (*ret_full)
		r->ret->next = r->ret->at[r->ret->n - 1].place;
	return RC_OK;
}

static enum rc tell_stop(struct reading *r, int64_t place, struct err *err)
{
	TX_AUTO *tx = NULL;
	r->ret->stopped = true;
	r->ret->next = place;
	TRY(tx_begin(r->office, TX_READ, &tx, err));
	return time_at(r, tx, place, &r->ret->reached_us, err);
}

static enum rc page_read(struct reading *r, int64_t low, int64_t high, struct err *err)
{
	bool full = false;
	int64_t looked = 0;
	while (high > low && !full) {
		int64_t begin = high - low > RANGE ? high - RANGE : low;
		if (looked >= BROWSE_LOOKED_MAX)
			return tell_stop(r, high, err);
		TRY(range_read(r, begin, high, &full, err));
		looked += high - begin;
		high = begin;
	}
	return RC_OK;
}

enum rc browse_read(struct store *office, const struct browse_ask *ask, struct arena *arena, struct browse *ret, struct err *err)
{
	struct reading r = {office, ask, arena, ret, number_of(ask->log_id, 0)};
	int64_t low, high;
	*ret = (struct browse){.next = -1};
	if (ask->most < 1 || ask->most > BROWSE_PAGE_MAX)
		return FAIL(err, RC_INVALID, "jumlah entri per halaman di luar batas");
	ret->at = ARENA_ARRAY(arena, (size_t)ask->most, struct browse_row);
	if (!ret->at)
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	TRY(log_size(&r, err));
	low = ret->archived;
	high = ret->size;
	if (ask->until_us < BROWSE_ANY_TIME - BROWSE_SLACK_US)
		TRY(place_at(&r, ask->until_us + BROWSE_SLACK_US, &high, err));
	if (ask->from_us > BROWSE_SLACK_US)
		TRY(place_at(&r, ask->from_us - BROWSE_SLACK_US, &low, err));
	if (ask->before >= 0 && ask->before < high)
		high = ask->before;
	return page_read(&r, low, high, err);
}

/* ---- one entry, checkpoints ---- */

enum rc browse_entry(struct tx *tx, int log_id, int64_t place, struct browse_entry *ret, struct err *err)
{
	struct sql_journal_entry_range_rows rows;
	if (place < 0 || place > PLACE_MAX || log_id < 0 || log_id > JOURNAL_LOG_MAX)
		return FAIL(err, RC_ABSENT, "Tidak ada entri dengan nomor itu");
	struct sql_journal_entry_range_in in = {.begin_id = number_of(log_id, place), .end_id = number_of(log_id, place) + 1};
	TRY(sql_journal_entry_range(tx, in, &rows, err));
	if (rows.n == 0)
		return archive_absent(tx, number_of(log_id, place), "Tidak ada entri dengan nomor itu", err);
	*ret = (struct browse_entry){.row = {.place = place, .text = rows.at[0].line}, .leaf = rows.at[0].leaf};
	ret->row.unfit = line_read(ret->row.text, &ret->row.line) != RC_OK;
	if (ret->row.unfit)
		ret->row.line = (struct line){0};
	return RC_OK;
}

enum rc browse_checkpoints(struct tx *tx, int log_id, int64_t below, int64_t most, struct browse_checkpoint *ret, size_t *ret_n,
                           struct err *err)
{
	struct sql_journal_checkpoint_recent_rows rows;
	struct sql_journal_checkpoint_recent_in in = {.log_id = log_id, .below = below < 0 ? INT64_MAX : below, .most = most};
	TRY(sql_journal_checkpoint_recent(tx, in, &rows, err));
	for (*ret_n = 0; *ret_n < rows.n; ++*ret_n)
		ret[*ret_n] = (struct browse_checkpoint){rows.at[*ret_n].size, rows.at[*ret_n].signed_us};
	return RC_OK;
}

enum rc browse_covered(struct tx *tx, int log_id, int64_t place, struct browse_checkpoint *ret, struct err *err)
{
	struct sql_journal_checkpoint_cover row;
	struct sql_journal_checkpoint_cover_in in = {.log_id = log_id, .place = place};
	enum rc rc = sql_journal_checkpoint_cover(tx, in, &row, err);
	*ret = rc == RC_OK ? (struct browse_checkpoint){row.size, row.signed_us} : (struct browse_checkpoint){-1, 0};
	return rc == RC_ABSENT ? RC_OK : rc;
}

/* ---- who reads ---- */

enum rc browse_begin(struct tx *tx, int64_t session, struct day today, bool *ret_first, struct err *err)
{
	int64_t changed;
	TRY(sql_journal_reader_put(tx, (struct sql_journal_reader_put_in){.session = session, .day = today.n}, &changed, err));
	*ret_first = changed > 0;
	if (!*ret_first)
		return RC_OK;
	return sql_journal_reader_sweep(tx, (struct sql_journal_reader_sweep_in){.day = today.n - READER_DAYS}, NULL, err);
}
