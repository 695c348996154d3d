/* SPDX-License-Identifier: EUPL-1.2
 * journal/tile.h - the inner nodes of a stored log, kept so that proofs read little.
 *
 * Level 0 are the leaf hashes, which stand in the entries themselves. Level 1 are
 * the roots of every full 256 leaves, level 2 of every full 65,536, and so on;
 * 256 of them make a row of journal_tile (C2SP tlog-tiles has the same shape).
 * A tile grows until it is full and is then never touched again. A proof over
 * 100 million entries reads a few hundred leaf hashes and at most three tiles. */
#pragma once
#include "journal/tree.h"

#define TILE_BITS 8
#define TILE_WIDTH 256
#define TILE_LEVELS 5 /* level 4 holds roots of 2^32 leaves; a log has at most 2^34 */

/* An entry's number among all logs (journal.h: seq). */
#define NUMBER_PLACE_BITS 34
#define PLACE_MAX ((INT64_C(1) << NUMBER_PLACE_BITS) - 1)
static inline int64_t number_of(int log_id, int64_t place)
{
	return ((int64_t)log_id << NUMBER_PLACE_BITS) + place;
}

struct tx;
/* `leaf` is about to be appended to the tree of `frontier`: store the nodes that
 * become full with it. Nothing to do for 255 of 256 leaves.
 * RC_BROKEN: the stored tile is not the one this tree left. */
MUST_USE enum rc tile_grow(struct tx *tx, int log_id, const struct tree_frontier *frontier, const struct tree_hash *leaf,
                           struct err *err);
/* The root over leaves [begin, end) of a stored log, where begin is a multiple of
 * the largest power of two that is not above end - begin (as in tree_*_ranges).
 * RC_BROKEN: rows are missing. */
MUST_USE enum rc tile_range_root(struct tx *tx, int log_id, struct tree_range range, struct tree_hash *ret, struct err *err);
/* The frontier that a stored log had at `size`. When that is a multiple of TILE_WIDTH it needs no entry, so it
 * is found though they were archived. RC_BROKEN: rows are missing. */
MUST_USE enum rc tile_frontier(struct tx *tx, int log_id, int64_t size, struct tree_frontier *ret, struct err *err);
