/* SPDX-License-Identifier: EUPL-1.2
 * journal/tree.c - see tree.h. Building follows RFC 6962 2.1; checking follows
 * the loops of RFC 9162 2.1.3.2 and 2.1.4.2, which are the same trees.
 *
 * Making a proof is done in two steps: first the ranges of leaves whose roots it
 * consists of (arithmetic alone), then those roots. tile.c makes the roots of a
 * stored log with few reads, tree_inclusion() and tree_consistency() from leaves. */
#include "journal/tree.h"

#include <assert.h>

#include "journal/sha256.h"

static_assert(TREE_HASH == SHA256_SIZE, "the tree is built of SHA-256");

static struct str bytes_of(const struct tree_hash *hash)
{
	return str_from((const char *)hash->at, TREE_HASH);
}

struct tree_hash tree_leaf(struct str bytes)
{
	struct tree_hash hash;
	sha256((struct str[]){str_from("\0", 1), bytes}, 2, hash.at);
	return hash;
}

struct tree_hash tree_node(const struct tree_hash *left, const struct tree_hash *right)
{
	struct tree_hash hash;
	sha256((struct str[]){S("\1"), bytes_of(left), bytes_of(right)}, 3, hash.at);
	return hash;
}

bool tree_hash_eq(const struct tree_hash *a, const struct tree_hash *b)
{
	return memcmp(a->at, b->at, TREE_HASH) == 0;
}

/* ---- growing ---- */

void tree_append(struct tree_frontier *frontier, const struct tree_hash *leaf)
{
	assert(frontier->n < TREE_DEPTH_MAX);
	frontier->at[frontier->n++] = *leaf;
	frontier->size++;
	for (int64_t left = frontier->size; left % 2 == 0; left /= 2) {
		frontier->n--;
		frontier->at[frontier->n - 1] = tree_node(&frontier->at[frontier->n - 1], &frontier->at[frontier->n]);
	}
}

struct tree_hash tree_completes(const struct tree_frontier *frontier, const struct tree_hash *leaf, int level)
{
	assert(level >= 0 && level <= frontier->n && (frontier->size + 1) % (INT64_C(1) << level) == 0);
	struct tree_hash hash = *leaf;
	for (int i = 1; i <= level; i++)
		hash = tree_node(&frontier->at[frontier->n - i], &hash);
	return hash;
}

struct tree_hash tree_root(const struct tree_frontier *frontier)
{
	struct tree_hash root;
	if (frontier->n == 0) {
		sha256(NULL, 0, root.at);
		return root;
	}
	root = frontier->at[frontier->n - 1];
	for (int i = frontier->n - 2; i >= 0; i--)
		root = tree_node(&frontier->at[i], &root);
	return root;
}

/* ---- checking ---- */

/* Where a proof has led so far: the place of the node under way and of the last
 * node on the same level. */
struct climb {
	int64_t at, last;
};

static void climb_up(struct climb *c)
{
	c->at /= 2;
	c->last /= 2;
}

/* The next hash of the proof stands to the left of the node under way. */
static bool sibling_is_left(const struct climb *c)
{
	return c->at % 2 == 1 || c->at == c->last;
}

/* A last node without a sibling rises until it is a right child. */
static void climb_past_lonely(struct climb *c)
{
	while (c->at % 2 == 0 && c->at != 0)
		climb_up(c);
}

bool tree_check_inclusion(const struct tree_hash *leaf, int64_t index, int64_t size, const struct tree_hash *proof, size_t n,
                          const struct tree_hash *root)
{
	if (index < 0 || index >= size)
		return false;
	struct climb c = {index, size - 1};
	struct tree_hash hash = *leaf;
	for (size_t i = 0; i < n; i++) {
		if (c.last == 0)
			return false;
		if (sibling_is_left(&c)) {
			hash = tree_node(&proof[i], &hash);
			climb_past_lonely(&c);
		} else {
			hash = tree_node(&hash, &proof[i]);
		}
		climb_up(&c);
	}
	return c.last == 0 && tree_hash_eq(&hash, root);
}

static bool is_power_of_two(int64_t n)
{
	return n > 0 && (n & (n - 1)) == 0;
}

/* 0 < size1 < size2, and the seed taken: the old root or the proof's first hash. */
static bool climb_consistency(struct climb c, struct tree_hash seed, const struct tree_hash *proof, size_t n,
                              const struct tree_hash roots[2])
{
	struct tree_hash older = seed, newer = seed;
	for (size_t i = 0; i < n; i++) {
		if (c.last == 0)
			return false;
		if (sibling_is_left(&c)) {
			older = tree_node(&proof[i], &older);
			newer = tree_node(&proof[i], &newer);
			climb_past_lonely(&c);
		} else {
			newer = tree_node(&newer, &proof[i]);
		}
		climb_up(&c);
	}
	return c.last == 0 && tree_hash_eq(&older, &roots[0]) && tree_hash_eq(&newer, &roots[1]);
}

bool tree_check_consistency(int64_t size1, int64_t size2, const struct tree_hash *root1, const struct tree_hash *root2,
                            const struct tree_hash *proof, size_t n)
{
	if (size1 < 0 || size1 > size2)
		return false;
	if (size1 == size2)
		return n == 0 && tree_hash_eq(root1, root2);
	if (size1 == 0) { /* everything grows out of the empty tree, and nothing needs to be shown */
		struct tree_hash empty = tree_root(&(struct tree_frontier){0});
		return n == 0 && tree_hash_eq(root1, &empty);
	}
	struct climb c = {size1 - 1, size2 - 1};
	while (c.at % 2 == 1)
		climb_up(&c);
	struct tree_hash roots[2] = {*root1, *root2};
	if (is_power_of_two(size1))
		return climb_consistency(c, *root1, proof, n, roots);
	return n > 0 && climb_consistency(c, proof[0], proof + 1, n - 1, roots);
}

/* ---- making ---- */

/* RFC 6962 2.1: the largest power of two smaller than n; n > 1. */
static int64_t split_of(int64_t n)
{
	int64_t k = 1;
	while (k * 2 < n)
		k *= 2;
	return k;
}

static void reverse(struct tree_range *ranges, size_t n)
{
	for (size_t i = 0; i < n / 2; i++) {
		struct tree_range swap = ranges[i];
		ranges[i] = ranges[n - 1 - i];
		ranges[n - 1 - i] = swap;
	}
}

enum rc tree_inclusion_ranges(int64_t size, int64_t index, struct tree_range ret[TREE_PROOF_MAX], size_t *ret_n)
{
	if (index < 0 || index >= size)
		return RC_INVALID;
	struct tree_range in = {0, size};
	size_t n = 0;
	while (in.end - in.begin > 1) {
		int64_t middle = in.begin + split_of(in.end - in.begin);
		if (index < middle) {
			ret[n++] = (struct tree_range){middle, in.end};
			in.end = middle;
		} else {
			ret[n++] = (struct tree_range){in.begin, middle};
			in.begin = middle;
		}
	}
	reverse(ret, n);
	*ret_n = n;
	return RC_OK;
}

enum rc tree_consistency_ranges(int64_t size1, int64_t size2, struct tree_range ret[TREE_PROOF_MAX], size_t *ret_n)
{
	if (size1 < 1 || size1 > size2)
		return RC_INVALID;
	struct tree_range in = {0, size2};
	size_t n = 0;
	while (in.end != size1) {
		int64_t middle = in.begin + split_of(in.end - in.begin);
		if (size1 <= middle) {
			ret[n++] = (struct tree_range){middle, in.end};
			in.end = middle;
		} else {
			ret[n++] = (struct tree_range){in.begin, middle};
			in.begin = middle;
		}
	}
	if (in.begin > 0) /* else the range is the old tree itself, whose root is known */
		ret[n++] = in;
	reverse(ret, n);
	*ret_n = n;
	return RC_OK;
}

static void roots_of(const struct tree_hash *leaves, const struct tree_range *ranges, size_t n, struct tree_hash *ret)
{
	for (size_t i = 0; i < n; i++) {
		struct tree_frontier f = {0};
		for (int64_t at = ranges[i].begin; at < ranges[i].end; at++)
			tree_append(&f, &leaves[at]);
		ret[i] = tree_root(&f);
	}
}

enum rc tree_inclusion(const struct tree_hash *leaves, int64_t size, int64_t index, struct tree_hash *proof, size_t *ret_n)
{
	struct tree_range ranges[TREE_PROOF_MAX];
	TRY(tree_inclusion_ranges(size, index, ranges, ret_n));
	roots_of(leaves, ranges, *ret_n, proof);
	return RC_OK;
}

enum rc tree_consistency(const struct tree_hash *leaves, int64_t size1, int64_t size2, struct tree_hash *proof, size_t *ret_n)
{
	struct tree_range ranges[TREE_PROOF_MAX];
	TRY(tree_consistency_ranges(size1, size2, ranges, ret_n));
	roots_of(leaves, ranges, *ret_n, proof);
	return RC_OK;
}
