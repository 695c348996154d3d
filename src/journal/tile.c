/* SPDX-License-Identifier: EUPL-1.2
 * journal/tile.c - see tile.h. */
#include "journal/tile.h"

#include <assert.h>

#include "journal/journal.sql.h"


static enum rc tile_add(struct tx *tx, struct sql_journal_tile_put_in row, size_t before, const struct tree_hash *hash,
                        struct err *err)
{
	unsigned char bytes[TILE_WIDTH * TREE_HASH];
	if (before) {
		struct sql_journal_tile_find tile;
		struct sql_journal_tile_find_in key = {.log_id = row.log_id, .level = row.level, .place = row.place};
		enum rc rc = sql_journal_tile_find(tx, key, &tile, err);
		if (rc == RC_ABSENT || (rc == RC_OK && tile.hashes.n != before * TREE_HASH))
			return FAIL(err, RC_BROKEN, "Ubin pohon jurnal tidak utuh");
		if (rc != RC_OK)
			return rc;
		memcpy(bytes, tile.hashes.at, tile.hashes.n);
	}
	memcpy(bytes + before * TREE_HASH, hash->at, TREE_HASH);
	row.hashes = str_from((const char *)bytes, (before + 1) * TREE_HASH);
	return sql_journal_tile_put(tx, row, NULL, err);
}

enum rc tile_grow(struct tx *tx, int log_id, const struct tree_frontier *frontier, const struct tree_hash *leaf, struct err *err)
{
	int64_t nodes = frontier->size + 1;
	for (int level = 1; level < TILE_LEVELS && nodes % TILE_WIDTH == 0; level++) {
		nodes /= TILE_WIDTH;
		struct tree_hash root = tree_completes(frontier, leaf, level * TILE_BITS);
		struct sql_journal_tile_put_in row = {
			.log_id = log_id, .level = level, .place = (nodes - 1) / TILE_WIDTH};
		TRY(tile_add(tx, row, (size_t)((nodes - 1) % TILE_WIDTH), &root, err));
	}
	return RC_OK;
}

/* ---- reading ---- */

/* A perfect subtree: 2^bits leaves from leaf number `begin` on. */
struct perfect {
	int64_t begin;
	int bits;
};

static enum rc leaves_read(struct tx *tx, int log_id, struct tree_range range, struct tree_hash *ret, struct err *err)
{
	struct sql_journal_leaf_range_rows rows;
	struct sql_journal_leaf_range_in in = {
		.begin_id = number_of(log_id, range.begin), .end_id = number_of(log_id, range.end)};
	TRY(sql_journal_leaf_range(tx, in, &rows, err));
	if (rows.n != (size_t)(range.end - range.begin))
		return FAIL(err, RC_BROKEN, "Entri jurnal ada yang hilang");
	for (size_t i = 0; i < rows.n; i++) {
		if (rows.at[i].leaf.n != TREE_HASH)
			return FAIL(err, RC_BROKEN, "Sidik daun jurnal rusak");
		memcpy(ret[i].at, rows.at[i].leaf.at, TREE_HASH);
	}
	return RC_OK;
}

static enum rc nodes_read(struct tx *tx, int log_id, int level, struct tree_range range, struct tree_hash *ret, struct err *err)
{
	struct sql_journal_tile_find tile;
	struct sql_journal_tile_find_in key = {.log_id = log_id, .level = level, .place = range.begin / TILE_WIDTH};
	size_t from = (size_t)(range.begin % TILE_WIDTH), n = (size_t)(range.end - range.begin);
	enum rc rc = sql_journal_tile_find(tx, key, &tile, err);
	if (rc == RC_ABSENT || (rc == RC_OK && tile.hashes.n < (from + n) * TREE_HASH))
		return FAIL(err, RC_BROKEN, "Ubin pohon jurnal tidak utuh");
	if (rc == RC_OK)
		memcpy(ret, tile.hashes.at + from * TREE_HASH, n * TREE_HASH);
	return rc;
}

static enum rc perfect_root(struct tx *tx, int log_id, struct perfect p, struct tree_hash *ret, struct err *err)
{
	struct tree_hash nodes[TILE_WIDTH];
	int level = p.bits / TILE_BITS < TILE_LEVELS ? p.bits / TILE_BITS : TILE_LEVELS - 1;
	int64_t first = p.begin >> (level * TILE_BITS), n = INT64_C(1) << (p.bits - level * TILE_BITS);
	struct tree_range range = {first, first + n};
	assert(n <= TILE_WIDTH && first % n == 0);
	if (level == 0)
		TRY(leaves_read(tx, log_id, range, nodes, err));
	else
		TRY(nodes_read(tx, log_id, level, range, nodes, err));
	struct tree_frontier f = {0};
	for (int64_t i = 0; i < n; i++)
		tree_append(&f, &nodes[i]);
	*ret = tree_root(&f);
	return RC_OK;
}

/* As tree_root() wants them: perfect subtrees, largest first. */
static enum rc perfect_roots(struct tx *tx, int log_id, struct tree_range range, struct tree_frontier *ret, struct err *err)
{
	*ret = (struct tree_frontier){.size = range.end - range.begin};
	for (int bits = TREE_DEPTH_MAX - 1; bits >= 0; bits--) {
		int64_t n = INT64_C(1) << bits;
		if (n > range.end - range.begin)
			continue;
		TRY(perfect_root(tx, log_id, (struct perfect){range.begin, bits}, &ret->at[ret->n++], err));
		range.begin += n;
	}
	return RC_OK;
}

enum rc tile_range_root(struct tx *tx, int log_id, struct tree_range range, struct tree_hash *ret, struct err *err)
{
	struct tree_frontier f;
	TRY(perfect_roots(tx, log_id, range, &f, err));
	*ret = tree_root(&f);
	return RC_OK;
}

enum rc tile_frontier(struct tx *tx, int log_id, int64_t size, struct tree_frontier *ret, struct err *err)
{
	return perfect_roots(tx, log_id, (struct tree_range){0, size}, ret, err);
}
