/* SPDX-License-Identifier: EUPL-1.2
 * journal/trace.c - see trace.h. Entries of a log stand in order of time but for steps of the
 * clock, so where to begin looking for prints is found by halving. */
#include "journal/trace.h"

#include "journal/archive.h"
#include "journal/journal.sql.h"
#include "journal/line.h"
#include "journal/tile.h"
#include "journal/trace.sql.h"
#include "store/store.h"

static struct str copy(struct arena *arena, struct str text)
{
	return text.at ? arena_str(arena, text) : text;
}

static enum rc read_entry(struct tx *tx, const struct journal_seen *seen, struct arena *arena, struct trace *ret, struct err *err)
{
	struct sql_journal_entry_find row;
	struct line line;
	TRY(sql_journal_entry_find(tx, (struct sql_journal_entry_find_in){.entry_id = seen->seq}, &row, err));
	if (line_read(row.line, &line) != RC_OK || line.time_us != seen->time_us)
		return FAIL(err, RC_BROKEN, "Entri jurnal tidak terbaca");
	*ret = (struct trace){.seq = seen->seq,
	                      .time_us = line.time_us,
	                      .act = seen->act,
	                      .instansi_id = line.instansi_id,
	                      .user = line.user,
	                      .version_id = line.version_id,
	                      .session = line.session,
	                      .kejadian_id = line.kejadian_id,
	                      .outcome = copy(arena, line.outcome),
	                      .ground = copy(arena, line.ground),
	                      .clause = copy(arena, line.clause),
	                      .user_id = copy(arena, line.user_id),
	                      .method = copy(arena, line.method),
	                      .document = copy(arena, line.document),
	                      .peer = copy(arena, line.peer),
	                      .nik_known = seen->nik_known,
	                      .repeat = line.repeat,
	                      .repeat_of = line.repeat_of};
	return arena->broken ? FAIL(err, RC_BROKEN, "memori tidak cukup") : RC_OK;
}

/* ---- repeats ---- */

static enum rc read_repeats(struct tx *tx, struct arena *arena, struct trace *t, struct err *err)
{
	struct sql_trace_repeats_rows rows;
	int64_t first = t->repeat ? t->repeat_of : t->seq;
	struct sql_trace_repeats_in in = {
	        .user_no = t->user, .from_us = t->time_us - TRACE_REPEAT_US, .until_us = t->time_us + TRACE_REPEAT_US};
	struct line line;
	TRY(sql_trace_repeats(tx, in, &rows, err));
	for (size_t i = 0; i < rows.n && t->repeats_n < TRACE_BESIDE_MAX; i++) {
		if (line_read(rows.at[i].line, &line) != RC_OK)
			return FAIL(err, RC_BROKEN, "Entri jurnal tidak terbaca");
		bool of_it = rows.at[i].entry_id == first || (line.repeat && line.repeat_of == first);
		if (of_it && rows.at[i].entry_id != t->seq)
			t->repeats[t->repeats_n++] =
			        (struct trace_beside){rows.at[i].entry_id, line.time_us, copy(arena, line.user_id)};
	}
	return RC_OK;
}

/* ---- prints ---- */

/* The first place of a log whose entry is of that moment or later. */
static enum rc seek(struct tx *tx, const struct sql_trace_log_each *log, int64_t time_us, int64_t *ret, struct err *err)
{
	int64_t low = log->base, high = log->size;
	while (low < high) {
		int64_t middle = low + (high - low) / 2;
		struct sql_trace_time row;
		TRY(sql_trace_time(tx, (struct sql_trace_time_in){.entry_id = number_of((int)log->log_id, middle)}, &row, err));
		if (row.time_us < time_us)
			low = middle + 1;
		else
			high = middle;
	}
	*ret = low;
	return RC_OK;
}

static enum rc read_prints(struct tx *tx, const struct sql_trace_log_each *log, struct str about, struct arena *arena,
                           struct trace *t, struct err *err)
{
	struct sql_trace_slips_rows rows;
	struct line line;
	int64_t place;
	TRY(seek(tx, log, t->time_us, &place, err));
	struct sql_trace_slips_in in = {.begin_id = number_of((int)log->log_id, place),
	                                .end_id = number_of((int)log->log_id, place + TRACE_PRINT_ENTRIES),
	                                .instansi_id = t->instansi_id};
	TRY(sql_trace_slips(tx, in, &rows, err));
	for (size_t i = 0; i < rows.n && t->prints_n < TRACE_BESIDE_MAX; i++) {
		if (line_read(rows.at[i].line, &line) != RC_OK)
			return FAIL(err, RC_BROKEN, "Entri jurnal tidak terbaca");
		if (str_eq(line.about, about) && line.time_us <= t->time_us + TRACE_PRINT_US)
			t->prints[t->prints_n++] =
			        (struct trace_beside){rows.at[i].entry_id, line.time_us, copy(arena, line.user_id)};
	}
	return RC_OK;
}

static enum rc read_all_prints(struct journal *journal, struct tx *tx, struct arena *arena, struct trace *t, struct err *err)
{
	struct sql_trace_log_each_rows logs;
	struct str about = arena_printf(arena, "cetak %s", journal_ref(journal, t->seq).z);
	TRY(sql_trace_log_each(tx, &logs, err));
	for (size_t i = 0; i < logs.n; i++)
		TRY(read_prints(tx, &logs.at[i], about, arena, t, err));
	return RC_OK;
}

enum rc trace_find(struct journal *journal, struct tx *tx, struct str ref, struct arena *arena, struct trace *ret, struct err *err)
{
	struct journal_seen seen;
	struct archive_edges edges;
	TRY(journal_find_ref(journal, tx, ref, &seen, err));
	TRY(read_entry(tx, &seen, arena, ret, err));
	if (ret->act != ACT_LOOKUP)
		return RC_OK;
	TRY(archive_edges(tx, &edges, err));
	ret->archived = ret->time_us - TRACE_REPEAT_US < edges.before_us;
	TRY(read_repeats(tx, arena, ret, err));
	TRY(read_all_prints(journal, tx, arena, ret, err));
	return arena->broken ? FAIL(err, RC_BROKEN, "memori tidak cukup") : RC_OK;
}
