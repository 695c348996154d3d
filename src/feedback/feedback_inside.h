/* SPDX-License-Identifier: EUPL-1.2
 * feedback/feedback_inside.h - how a person is named and hidden; for the room `feedback`
 * alone. */
#pragma once
#include "feedback/feedback.h"

#define PERSON_HASH_SIZE 16
#define PERSON_SEALED_SIZE (8 + SEAL_OVERHEAD)
#define TOLD_HASH_SIZE 16

struct sandbox;

struct feedback {
	struct arena arena; /* holds this struct itself */
	struct feedback_conf conf;
	struct sandbox *sandbox; /* what was rehearsed here (sandbox_inside.h) */
};

/* The kejadian's own key. */
struct person_key {
	unsigned char at[32];
};
struct person_hash {
	unsigned char at[PERSON_HASH_SIZE];
};
struct person_sealed {
	unsigned char at[PERSON_SEALED_SIZE];
};
struct told_hash {
	unsigned char at[TOLD_HASH_SIZE];
};
struct person_key person_key(const struct feedback *feedback, int64_t kejadian_id);
static inline struct str person_hash_str(const struct person_hash *hash)
{
	return (struct str){(const char *)hash->at, sizeof hash->at};
}
struct person_hash person_hash(const struct person_key *key, struct nik nik);
/* Bound to its row by the hash: it opens nowhere else. */
struct person_sealed person_seal(const struct feedback *feedback, struct person_hash hash, struct nik nik);
/* RC_BROKEN: altered, or another office's. */
MUST_USE enum rc person_unseal(const struct feedback *feedback, struct str hash, struct str sealed, struct nik *ret,
                               struct err *err);
/* What was told, in few bytes: the same content has the same ones (DOMAIN 4.2). */
struct told_hash told_hash(const struct feedback *feedback, struct str content);

/* Where one of many stands when all are sorted by kejadian and hash: the order in which rows
 * are locked, on every node. */
struct person_place {
	int64_t kejadian_id;
	struct person_hash hash;
	size_t at;
};
void person_places_sort(struct person_place *places, size_t n);
bool person_places_same(const struct person_place *a, const struct person_place *b);
