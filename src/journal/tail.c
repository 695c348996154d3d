/* SPDX-License-Identifier: EUPL-1.2
 * journal/tail.c - see tail.h. */
#include "journal/tail.h"

#include "journal/journal.sql.h"
#include "journal/tile.h"
#include "journal/usage.h"
#include "store/store.h"

#define RANGE 2048 /* entries read at once */

enum rc tail_begin(struct tx *tx, struct tail *ret, struct err *err)
{
	struct sql_usage_log_each_rows rows;
	int64_t n = 0;
	*ret = (struct tail){0};
	TRY(sql_usage_log_each(tx, &rows, err));
	for (size_t i = 0; i < rows.n && i < TAIL_LOGS_MAX; i++) {
		ret->logs[ret->n++] = rows.at[i];
		n += rows.at[i].size - rows.at[i].upto;
	}
	return n <= USAGE_TAIL_MAX ? RC_OK : FAIL(err, RC_LIMIT, "masih ada %lld entri yang belum dihitung", (long long)n);
}

static enum rc read_range(struct store *office, const struct tail_reader *reader, int64_t begin_id, int64_t end_id, struct err *err)
{
	TX_AUTO *tx = NULL;
	struct sql_journal_lookup_range_of_rows rows;
	struct sql_journal_lookup_range_of_in in = {
	        .begin_id = begin_id, .end_id = end_id, .instansi_id = reader->instansi_id, .user_no = reader->user};
	TRY(tx_begin(office, TX_READ, &tx, err));
	TRY(sql_journal_lookup_range_of(tx, in, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		struct line line;
		if (line_read(rows.at[i].line, &line) != RC_OK)
			return FAIL(err, RC_BROKEN, "entri jurnal tidak berbentuk baku");
		TRY(reader->take(reader->arg, rows.at[i].entry_id, &line, err));
	}
	return RC_OK;
}

static enum rc read_log(struct store *office, const struct sql_usage_log_each *log, const struct tail_reader *reader,
                        struct err *err)
{
	int id = (int)log->log_id;
	for (int64_t at = log->upto; at < log->size; at += RANGE) {
		int64_t end = log->size - at > RANGE ? at + RANGE : log->size;
		TRY(read_range(office, reader, number_of(id, at), number_of(id, end), err));
	}
	return RC_OK;
}

enum rc tail_each(struct store *office, const struct tail *tail, const struct tail_reader *reader, struct err *err)
{
	for (size_t i = 0; i < tail->n; i++)
		TRY(read_log(office, &tail->logs[i], reader, err));
	return RC_OK;
}
