/* SPDX-License-Identifier: EUPL-1.2
 * RFC 6962 trees: against the published eight-leaf reference tree, and against a
 * plain recursive reading of the RFC's definitions for every size up to 70. */
#include "journal/tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define SIZE_TRIED 70

/* The leaves of the certificate-transparency reference tree, in hex. */
static const char *const reference_leaves[] = {
	"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
};
static const char *const reference_roots[] = {
	"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
	"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
	"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
	"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
	"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
	"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
	"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
	"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
	"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};
#define N_96A2 "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
#define N_5F08 "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
#define N_6B47 "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
#define N_BC1A "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
#define N_CA85 "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
#define N_0EBC "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
#define N_D37E "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
#define N_FAC5 "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
#define N_6E34 "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"

struct proof_row {
	int64_t at, size; /* leaf index, or the older size */
	const char *hashes[4];
};
static const struct proof_row reference_inclusion[] = {
	{0, 1, {NULL}},   {0, 8, {N_96A2, N_5F08, N_6B47}}, {5, 8, {N_BC1A, N_CA85, N_D37E}},
	{2, 3, {N_FAC5}}, {1, 5, {N_6E34, N_5F08, N_BC1A}},
};
static const struct proof_row reference_consistency[] = {
	{1, 1, {NULL}},
	{1, 8, {N_96A2, N_5F08, N_6B47}},
	{6, 8, {N_0EBC, N_CA85, N_D37E}},
	{2, 5, {N_5F08, N_BC1A}},
};

static struct tree_hash hash_of_hex(const char *hex)
{
	struct tree_hash h;
	assert_int_equal(hex_read(str_c(hex), h.at, TREE_HASH), RC_OK);
	return h;
}

static void reference_tree(struct tree_hash leaves[8])
{
	for (size_t i = 0; i < 8; i++) {
		unsigned char bytes[16];
		size_t n = strlen(reference_leaves[i]) / 2;
		assert_int_equal(hex_read(str_c(reference_leaves[i]), bytes, n), RC_OK);
		leaves[i] = tree_leaf(str_from((const char *)bytes, n));
	}
}

static void roots_are_the_published_ones(void **state)
{
	(void)state;
	struct tree_hash leaves[8];
	struct tree_frontier f = {0};
	reference_tree(leaves);
	for (size_t size = 0; size < LEN(reference_roots); size++) {
		struct tree_hash want = hash_of_hex(reference_roots[size]), root = tree_root(&f);
		assert_memory_equal(root.at, want.at, TREE_HASH);
		if (size < 8)
			tree_append(&f, &leaves[size]);
	}
}

static size_t row_hashes(const struct proof_row *row, struct tree_hash ret[4])
{
	size_t n = 0;
	for (; n < 4 && row->hashes[n]; n++)
		ret[n] = hash_of_hex(row->hashes[n]);
	return n;
}

static void inclusion_proofs_are_the_published_ones(void **state)
{
	(void)state;
	struct tree_hash leaves[8], want[4], made[TREE_PROOF_MAX];
	reference_tree(leaves);
	for (size_t i = 0; i < LEN(reference_inclusion); i++) {
		const struct proof_row *row = &reference_inclusion[i];
		struct tree_hash root = hash_of_hex(reference_roots[row->size]);
		size_t n = row_hashes(row, want), made_n;
		assert_int_equal(tree_inclusion(leaves, row->size, row->at, made, &made_n), RC_OK);
		assert_int_equal(made_n, n);
		assert_memory_equal(made, want, n * TREE_HASH);
		assert_true(tree_check_inclusion(&leaves[row->at], row->at, row->size, want, n, &root));
	}
}

static void consistency_proofs_are_the_published_ones(void **state)
{
	(void)state;
	struct tree_hash leaves[8], want[4], made[TREE_PROOF_MAX];
	reference_tree(leaves);
	for (size_t i = 0; i < LEN(reference_consistency); i++) {
		const struct proof_row *row = &reference_consistency[i];
		struct tree_hash root1 = hash_of_hex(reference_roots[row->at]);
		struct tree_hash root2 = hash_of_hex(reference_roots[row->size]);
		size_t n = row_hashes(row, want), made_n;
		assert_int_equal(tree_consistency(leaves, row->at, row->size, made, &made_n), RC_OK);
		assert_int_equal(made_n, n);
		assert_memory_equal(made, want, n * TREE_HASH);
		assert_true(tree_check_consistency(row->at, row->size, &root1, &root2, want, n));
	}
}

/* ---- against the definitions, read literally ---- */

static int64_t split(int64_t n)
{
	int64_t k = 1;
	while (k < n)
		k *= 2;
	return k / 2;
}

/* RFC 6962 2.1 MTH */
static struct tree_hash plain_root(const struct tree_hash *leaves, int64_t n)
{
	if (n == 1)
		return leaves[0];
	int64_t k = split(n);
	struct tree_hash left = plain_root(leaves, k), right = plain_root(leaves + k, n - k);
	return tree_node(&left, &right);
}

/* RFC 6962 2.1.1 PATH */
static size_t plain_path(const struct tree_hash *leaves, int64_t n, int64_t m, struct tree_hash *out)
{
	if (n == 1)
		return 0;
	int64_t k = split(n);
	size_t used = m < k ? plain_path(leaves, k, m, out) : plain_path(leaves + k, n - k, m - k, out);
	out[used] = m < k ? plain_root(leaves + k, n - k) : plain_root(leaves, k);
	return used + 1;
}

/* RFC 6962 2.1.2 SUBPROOF */
static size_t plain_subproof(const struct tree_hash *leaves, int64_t n, int64_t m, bool whole, struct tree_hash *out)
{
	if (m == n) {
		if (!whole)
			out[0] = plain_root(leaves, n);
		return whole ? 0 : 1;
	}
	int64_t k = split(n);
	size_t used = m <= k ? plain_subproof(leaves, k, m, whole, out) : plain_subproof(leaves + k, n - k, m - k, false, out);
	out[used] = m <= k ? plain_root(leaves + k, n - k) : plain_root(leaves, k);
	return used + 1;
}

static void many_leaves(struct tree_hash leaves[SIZE_TRIED])
{
	for (int i = 0; i < SIZE_TRIED; i++) {
		char bytes[1] = {(char)i};
		leaves[i] = tree_leaf(str_from(bytes, 1));
	}
}

static void every_root_is_the_recursive_one(void **state)
{
	(void)state;
	struct tree_hash leaves[SIZE_TRIED];
	struct tree_frontier f = {0};
	many_leaves(leaves);
	for (int64_t size = 1; size <= SIZE_TRIED; size++) {
		for (int level = 0; size % (INT64_C(1) << level) == 0; level++) {
			struct tree_hash got = tree_completes(&f, &leaves[size - 1], level);
			struct tree_hash want = plain_root(leaves + size - (INT64_C(1) << level), INT64_C(1) << level);
			assert_memory_equal(got.at, want.at, TREE_HASH);
		}
		tree_append(&f, &leaves[size - 1]);
		struct tree_hash got = tree_root(&f), want = plain_root(leaves, size);
		assert_memory_equal(got.at, want.at, TREE_HASH);
		assert_int_equal(f.n, __builtin_popcountll((unsigned long long)size));
	}
}

/* A proof must be refused when any one thing about it is different. */
static void inclusion_fails_when_changed(const struct tree_hash *leaf, int64_t at, int64_t size, struct tree_hash *proof, size_t n,
					 struct tree_hash root)
{
	for (size_t i = 0; i < n; i++) {
		proof[i].at[7] ^= 1;
		assert_false(tree_check_inclusion(leaf, at, size, proof, n, &root));
		proof[i].at[7] ^= 1;
	}
	assert_false(n && tree_check_inclusion(leaf, at, size, proof, n - 1, &root));
	proof[n] = root;
	assert_false(tree_check_inclusion(leaf, at, size, proof, n + 1, &root));
	assert_false(tree_check_inclusion(leaf, size, size, proof, n, &root));
	assert_false(tree_check_inclusion(leaf, -1, size, proof, n, &root));
	assert_false(at && tree_check_inclusion(leaf, at - 1, size, proof, n, &root));
	root.at[0] ^= 1;
	assert_false(tree_check_inclusion(leaf, at, size, proof, n, &root));
}

static void every_inclusion_proof_holds(void **state)
{
	(void)state;
	struct tree_hash leaves[SIZE_TRIED], want[TREE_PROOF_MAX], made[TREE_PROOF_MAX];
	many_leaves(leaves);
	for (int64_t size = 1; size <= SIZE_TRIED; size++) {
		struct tree_hash root = plain_root(leaves, size);
		for (int64_t at = 0; at < size; at++) {
			size_t n, want_n = plain_path(leaves, size, at, want);
			assert_int_equal(tree_inclusion(leaves, size, at, made, &n), RC_OK);
			assert_int_equal(n, want_n);
			assert_memory_equal(made, want, n * TREE_HASH);
			assert_true(tree_check_inclusion(&leaves[at], at, size, made, n, &root));
			inclusion_fails_when_changed(&leaves[at], at, size, made, n, root);
		}
	}
}

static void consistency_fails_when_changed(int64_t size1, int64_t size2, const struct tree_hash roots[2], struct tree_hash *proof,
					   size_t n)
{
	struct tree_hash other = roots[0];
	other.at[31] ^= 1;
	assert_false(tree_check_consistency(size1, size2, &other, &roots[1], proof, n));
	other = roots[1];
	other.at[0] ^= 0x80;
	assert_false(tree_check_consistency(size1, size2, &roots[0], &other, proof, n));
	for (size_t i = 0; i < n; i++) {
		proof[i].at[0] ^= 1;
		assert_false(tree_check_consistency(size1, size2, &roots[0], &roots[1], proof, n));
		proof[i].at[0] ^= 1;
	}
	assert_false(n && tree_check_consistency(size1, size2, &roots[0], &roots[1], proof, n - 1));
	proof[n] = roots[1];
	assert_false(tree_check_consistency(size1, size2, &roots[0], &roots[1], proof, n + 1));
}

static void every_consistency_proof_holds(void **state)
{
	(void)state;
	struct tree_hash leaves[SIZE_TRIED], want[TREE_PROOF_MAX], made[TREE_PROOF_MAX];
	many_leaves(leaves);
	for (int64_t size2 = 1; size2 <= SIZE_TRIED; size2++) {
		for (int64_t size1 = 1; size1 <= size2; size1++) {
			struct tree_hash roots[2] = {plain_root(leaves, size1), plain_root(leaves, size2)};
			size_t n, want_n = plain_subproof(leaves, size2, size1, true, want);
			assert_int_equal(tree_consistency(leaves, size1, size2, made, &n), RC_OK);
			assert_int_equal(n, want_n);
			assert_memory_equal(made, want, n * TREE_HASH);
			assert_true(tree_check_consistency(size1, size2, &roots[0], &roots[1], made, n));
			consistency_fails_when_changed(size1, size2, roots, made, n);
		}
	}
}

static void edges_are_refused(void **state)
{
	(void)state;
	struct tree_hash leaves[SIZE_TRIED], proof[TREE_PROOF_MAX];
	struct tree_hash empty = tree_root(&(struct tree_frontier){0});
	size_t n;
	many_leaves(leaves);
	assert_int_equal(tree_inclusion(leaves, 0, 0, proof, &n), RC_INVALID);
	assert_int_equal(tree_inclusion(leaves, 5, 5, proof, &n), RC_INVALID);
	assert_int_equal(tree_inclusion(leaves, 5, -1, proof, &n), RC_INVALID);
	assert_int_equal(tree_consistency(leaves, 0, 5, proof, &n), RC_INVALID);
	assert_int_equal(tree_consistency(leaves, 6, 5, proof, &n), RC_INVALID);
	assert_true(tree_check_consistency(0, 5, &empty, &leaves[0], NULL, 0));
	assert_false(tree_check_consistency(0, 5, &leaves[1], &leaves[0], NULL, 0));
	assert_false(tree_check_consistency(6, 5, &leaves[0], &leaves[0], NULL, 0));
	assert_false(tree_check_consistency(3, 5, &leaves[0], &leaves[0], NULL, 0));
}

/* A line longer than the one-shot path takes: streaming must give the same hash. */
static void a_long_leaf_hashes_as_a_short_one_would(void **state)
{
	(void)state;
	static char bytes[10000];
	memset(bytes, 'x', sizeof bytes);
	struct tree_hash got = tree_leaf(str_from(bytes, sizeof bytes));
	/* printf '\0' and ten thousand x, through sha256sum */
	struct tree_hash want = hash_of_hex("eff04d54b48ed336fe0c196f8b6baba7a18ed1e0886a37695c396dfe30b53931");
	assert_memory_equal(got.at, want.at, TREE_HASH);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roots_are_the_published_ones),
		cmocka_unit_test(inclusion_proofs_are_the_published_ones),
		cmocka_unit_test(consistency_proofs_are_the_published_ones),
		cmocka_unit_test(every_root_is_the_recursive_one),
		cmocka_unit_test(every_inclusion_proof_holds),
		cmocka_unit_test(every_consistency_proof_holds),
		cmocka_unit_test(edges_are_refused),
		cmocka_unit_test(a_long_leaf_hashes_as_a_short_one_would),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
