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
