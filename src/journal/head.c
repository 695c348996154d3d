/* SPDX-License-Identifier: EUPL-1.2
 * journal/head.c - see head.h. */
#include "journal/head.h"

#include <assert.h>

#include "journal/journal.sql.h"
#include "journal/tile.h"

enum rc head_read(int64_t size, struct str blob, struct tree_frontier *ret, struct err *err)
{
	int n = __builtin_popcountll((unsigned long long)size);
	if (size < 0 || size > PLACE_MAX || blob.n != (size_t)n * TREE_HASH)
		return FAIL(err, RC_BROKEN, "Kepala jurnal rusak");
	ret->size = size;
	ret->n = n;
	if (blob.n)
		memcpy(ret->at, blob.at, blob.n);
	return RC_OK;
}

struct str head_blob(const struct tree_frontier *frontier)
{
	static_assert(sizeof frontier->at == HEAD_BYTES_MAX, "hashes lie side by side");
	return str_from((const char *)frontier->at, (size_t)frontier->n * TREE_HASH);
}

enum rc head_find(struct tx *tx, int log_id, struct tree_frontier *ret, struct err *err)
{
	struct sql_journal_head_find row;
	TRY(sql_journal_head_find(tx, (struct sql_journal_head_find_in){.log_id = log_id}, &row, err));
	return head_read(row.size, row.frontier, ret, err);
}

enum rc head_used(struct tx *tx, bool ret[JOURNAL_LOG_MAX + 1], struct err *err)
{
	struct sql_journal_entry_lasts_in in[JOURNAL_LOG_MAX + 1];
	struct sql_journal_entry_lasts last[JOURNAL_LOG_MAX + 1];
	bool found[JOURNAL_LOG_MAX + 1];
	for (int id = 0; id <= JOURNAL_LOG_MAX; id++)
		in[id] = (struct sql_journal_entry_lasts_in){.begin_id = number_of(id, 0), .end_id = number_of(id + 1, 0)};
	TRY(sql_journal_entry_lasts(tx, in, JOURNAL_LOG_MAX + 1, last, found, err));
	for (int id = 0; id <= JOURNAL_LOG_MAX; id++)
		ret[id] = found[id] && last[id].entry_id >= 0;
	return RC_OK;
}
