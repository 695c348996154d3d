/* SPDX-License-Identifier: EUPL-1.2
 * journal/scan.c - see scan.h. */
#include "journal/scan.h"

#include <stdio.h>

#include "journal/archive.h"
#include "journal/head.h"
#include "journal/tile.h"

#define SCAN_RANGE 2048

static enum rc look(struct tx *tx, int log_id, struct scan_log *ret, struct err *err)
{
	struct sql_journal_log_find row;
	struct sql_journal_head_find head;
	struct sql_journal_entry_last last;
	struct sql_journal_checkpoint_last checkpoint;
	struct archive_edge edge;
	struct sql_journal_entry_last_in all = {.begin_id = number_of(log_id, 0), .end_id = number_of(log_id + 1, 0)};
	TRY(sql_journal_log_find(tx, (struct sql_journal_log_find_in){.log_id = log_id}, &row, err));
	TRY(sql_journal_head_find(tx, (struct sql_journal_head_find_in){.log_id = log_id}, &head, err));
	ret->head_unfit = head_read(head.size, head.frontier, &ret->head, err) != RC_OK;
	TRY(sql_journal_entry_last(tx, all, &last, err));
	TRY(sql_journal_checkpoint_last(tx, (struct sql_journal_checkpoint_last_in){.log_id = log_id}, &checkpoint, err));
	TRY(archive_edge(tx, log_id, &edge, err));
	ret->base = edge.upto;
	snprintf(ret->origin, sizeof ret->origin, "%.*s", STR_ARG(row.origin));
	snprintf(ret->vkey, sizeof ret->vkey, "%.*s", STR_ARG(row.vkey));
	ret->log_id = log_id;
	ret->last = last.entry_id < 0 ? -1 : last.entry_id - all.begin_id;
	ret->newest_checkpoint = checkpoint.size;
	return RC_OK;
}

enum rc scan_begin(struct store *office, int log_id, struct scan_log *ret, struct err *err)
{
	TX_AUTO *tx = NULL;
	*ret = (struct scan_log){0};
	TRY(tx_begin(office, TX_READ, &tx, err));
	return look(tx, log_id, ret, err);
}

/* One range of entries, and the checkpoints not yet shown, a page at a time. */
struct scan {
	int log_id;
	const struct scan_visitor *visitor;
	struct tx *tx;
	struct tree_range range;
	int64_t next_size;     /* checkpoints from this size on are still to come */
	struct sql_journal_checkpoint_next_rows page;
	size_t shown;
};

static enum rc page_read(struct scan *s, struct err *err)
{
	struct sql_journal_checkpoint_next_in in = {
		.log_id = s->log_id, .from_size = s->next_size, .upto_size = s->range.end};
	s->shown = 0;
	return sql_journal_checkpoint_next(s->tx, in, &s->page, err);
}

/* Show the checkpoints that cover at most `size` entries. */
static enum rc checkpoints_show(struct scan *s, int64_t size, struct err *err)
{
	while (s->shown < s->page.n && s->page.at[s->shown].size <= size) {
		const struct sql_journal_checkpoint_next *row = &s->page.at[s->shown++];
		s->next_size = row->size + 1;
		TRY(s->visitor->checkpoint(s->visitor->arg, row, err));
		if (s->shown == s->page.n)
			TRY(page_read(s, err));
	}
	return RC_OK;
}

static enum rc range_show(struct scan *s, struct err *err)
{
	struct sql_journal_entry_range_rows rows;
	int64_t first = number_of(s->log_id, 0);
	struct sql_journal_entry_range_in in = {.begin_id = first + s->range.begin, .end_id = first + s->range.end};
	TRY(sql_journal_entry_range(s->tx, in, &rows, err));
	TRY(page_read(s, err));
	for (size_t i = 0; i < rows.n; i++) {
		TRY(checkpoints_show(s, rows.at[i].entry_id - first, err));
		TRY(s->visitor->entry(s->visitor->arg, s->tx, &rows.at[i], err));
	}
	return checkpoints_show(s, s->range.end, err);
}

static enum rc show(struct store *office, struct scan *s, struct err *err)
{
	TX_AUTO *tx = NULL;
	TRY(tx_begin(office, TX_READ, &tx, err));
	s->tx = tx;
	return range_show(s, err);
}

enum rc scan_range(struct store *office, int log_id, struct tree_range range, const struct scan_visitor *visitor, struct err *err)
{
	struct scan s = {.log_id = log_id, .visitor = visitor, .range = range, .next_size = range.begin ? range.begin + 1 : 0};
	return show(office, &s, err);
}

enum rc scan_part(struct store *office, int log_id, struct tree_range whole, const struct scan_visitor *visitor, struct err *err)
{
	struct tree_range range = {whole.begin, whole.begin};
	int64_t size = whole.end;
	do {
		range.begin = range.end;
		range.end = size - range.begin > SCAN_RANGE ? range.begin + SCAN_RANGE : size;
		bool first = range.begin == whole.begin;
		struct scan s = {
		        .log_id = log_id, .visitor = visitor, .range = range, .next_size = range.begin + (first ? 0 : 1)};
		TRY(show(office, &s, err));
		if (visitor->progress)
			TRY(visitor->progress(visitor->arg, range.end, size, err));
	} while (range.end < size);
	return RC_OK;
}

enum rc scan_each(struct store *office, const struct scan_log *log, const struct scan_visitor *visitor, struct err *err)
{
	struct tree_range range = {log->base < log->head.size ? log->base : log->head.size, log->head.size};
	return scan_part(office, log->log_id, range, visitor, err);
}
