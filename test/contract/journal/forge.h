/* SPDX-License-Identifier: EUPL-1.2
 * Somebody with the whole database in his hands and the room's own code: he changes
 * an entry or cuts the tail, and makes leaf hashes, tiles and head fit again. Only
 * signatures are beyond him. */
#pragma once
#include "log.h"
#include "journal/head.h"
#include "journal/line.h"
#include "journal/tile.h"

static inline void forge_tree(struct tx *tx, int64_t size)
{
	static const struct query q_tiles = LOG_SQL("DELETE FROM journal_tile");
	static const struct query q_leaf = {.name = "forge",
					    .sqlite = "UPDATE journal_entry SET leaf = ?1 WHERE entry_id = ?2",
					    .postgres = "UPDATE journal_entry SET leaf = $1 WHERE entry_id = $2",
					    .params = "bi",
					    .columns = ""};
	struct tree_frontier frontier = {0};
	struct sql_journal_entry_range_rows rows;
	ENGINE_OK(query_exec(tx, &q_tiles, NULL, NULL, &engine_err));
	ENGINE_OK(sql_journal_entry_range(tx, (struct sql_journal_entry_range_in){.begin_id = 0, .end_id = size}, &rows,
					  &engine_err));
	for (size_t i = 0; i < rows.n; i++) {
		struct tree_hash leaf = tree_leaf(rows.at[i].line);
		struct value in[2] = {{.s = str_from((const char *)leaf.at, TREE_HASH)}, {.i = rows.at[i].entry_id}};
		ENGINE_OK(query_exec(tx, &q_leaf, in, NULL, &engine_err));
		ENGINE_OK(tile_grow(tx, 0, &frontier, &leaf, &engine_err));
		tree_append(&frontier, &leaf);
	}
	assert_int_equal(frontier.size, size);
	struct sql_journal_head_update_in head = {.log_id = 0, .size = size, .frontier = head_blob(&frontier)};
	ENGINE_OK(sql_journal_head_update(tx, head, NULL, &engine_err));
}

/* Run a statement, then make everything fit a log of `size` entries. */
static inline void forge(struct log *log, const struct query *query, int64_t size)
{
	TX_AUTO *tx = NULL;
	ENGINE_OK(tx_begin(log->engine->store, TX_WRITE, &tx, &engine_err));
	ENGINE_OK(query_exec(tx, query, NULL, NULL, &engine_err));
	forge_tree(tx, size);
	ENGINE_OK(tx_commit(&tx, &engine_err));
}
