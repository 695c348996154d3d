/* SPDX-License-Identifier: EUPL-1.2
 * journal/tree.h - RFC 6962 Merkle trees, as pure arithmetic on hashes. */
#pragma once
#include "base/base.h"

#define TREE_HASH 32
#define TREE_DEPTH_MAX 63

struct tree_hash {
	unsigned char at[TREE_HASH];
};
/* RFC 6962 2.1: SHA-256(0x00 || bytes), SHA-256(0x01 || left || right). */
struct tree_hash tree_leaf(struct str bytes);
struct tree_hash tree_node(const struct tree_hash *left, const struct tree_hash *right);

/* The roots of the perfect subtrees that make up a tree of `size` leaves, largest
 * first: all that is needed to append. */
struct tree_frontier {
	int64_t size;
	int n;
	struct tree_hash at[TREE_DEPTH_MAX];
};
void tree_append(struct tree_frontier *frontier, const struct tree_hash *leaf);
/* The root of the perfect subtree of 2^level leaves whose last leaf is the next
 * one, `leaf`, not yet appended. 2^level must divide frontier->size + 1. */
struct tree_hash tree_completes(const struct tree_frontier *frontier, const struct tree_hash *leaf, int level);
/* The root; of the empty tree SHA-256(""). */
struct tree_hash tree_root(const struct tree_frontier *frontier);

/* RFC 6962 2.1.1, 2.1.2: check proofs. */
bool tree_hash_eq(const struct tree_hash *a, const struct tree_hash *b);
bool tree_check_inclusion(const struct tree_hash *leaf, int64_t index, int64_t size, const struct tree_hash *proof, size_t n,
                          const struct tree_hash *root);
bool tree_check_consistency(int64_t size1, int64_t size2, const struct tree_hash *root1, const struct tree_hash *root2,
                            const struct tree_hash *proof, size_t n);
/* What a proof is made of: the roots over these ranges of leaves, in the order in
 * which they stand in the proof. So whoever stores hashes can make proofs.
 * RC_INVALID: index outside the tree, size1 > size2, a size below 1. */
struct tree_range {
	int64_t begin, end;
};
#define TREE_PROOF_MAX (TREE_DEPTH_MAX + 1)
MUST_USE enum rc tree_inclusion_ranges(int64_t size, int64_t index, struct tree_range ret[TREE_PROOF_MAX], size_t *ret_n);
MUST_USE enum rc tree_consistency_ranges(int64_t size1, int64_t size2, struct tree_range ret[TREE_PROOF_MAX], size_t *ret_n);
/* `proof` has TREE_PROOF_MAX places.
 * Make them from leaf hashes [0, size). For proofs of big logs see verify.c. */
MUST_USE enum rc tree_inclusion(const struct tree_hash *leaves, int64_t size, int64_t index, struct tree_hash *proof,
                                size_t *ret_n);
MUST_USE enum rc tree_consistency(const struct tree_hash *leaves, int64_t size1, int64_t size2, struct tree_hash *proof,
                                  size_t *ret_n);
