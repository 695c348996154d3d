/* SPDX-License-Identifier: EUPL-1.2
 * feedback/feedback.c - see feedback.h and feedback_inside.h.
 *
 * All hashes are keyed BLAKE2b. A sealed NIK has its row's hash as associated data, so
 * that bytes moved to another row open nowhere. */
#include "feedback/feedback_inside.h"
#include "feedback/sandbox_inside.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>

#define NIK_BYTES 8

enum rc feedback_open(const struct feedback_conf *conf, struct feedback **ret, struct err *err)
{
	struct arena arena;
	if (conf->hash_key.n != 32 || conf->office_key.n != SEAL_KEY_SIZE)
		return FAIL(err, RC_INVALID, "kunci data balikan tidak sah");
	arena_init(&arena, sizeof(struct feedback) + sizeof(struct sandbox) + 4096);
	struct feedback *feedback = ARENA_NEW(&arena, struct feedback);
	struct sandbox *sandbox = ARENA_NEW(&arena, struct sandbox);
	if (!feedback || !sandbox) {
		arena_free(&arena);
		return FAIL(err, RC_BROKEN, "memori tidak cukup");
	}
	*feedback = (struct feedback){arena, *conf, sandbox};
	*ret = feedback;
	return RC_OK;
}

void feedback_close(struct feedback *feedback)
{
	if (!feedback)
		return;
	struct arena arena = feedback->arena; /* out of the memory it is about to give back */
	arena_free(&arena);
}

bool feedback_has_upstream(const struct feedback *feedback)
{
	return feedback->conf.upstream;
}

static void put_number(unsigned char out[NIK_BYTES], int64_t n)
{
	for (int i = 0; i < NIK_BYTES; i++)
		out[i] = (unsigned char)((uint64_t)n >> (8 * i));
}

struct person_key person_key(const struct feedback *feedback, int64_t kejadian_id)
{
	static const unsigned char personal[crypto_generichash_blake2b_PERSONALBYTES] = "padan kejadian 1";
	struct person_key key;
	unsigned char number[NIK_BYTES];
	put_number(number, kejadian_id);
	crypto_generichash_blake2b_salt_personal(key.at, sizeof key.at, number, sizeof number, feedback->conf.hash_key.at,
	                                         feedback->conf.hash_key.n, NULL, personal);
	return key;
}

struct person_hash person_hash(const struct person_key *key, struct nik nik)
{
	struct person_hash hash;
	unsigned char number[NIK_BYTES];
	put_number(number, nik.n);
	crypto_generichash(hash.at, sizeof hash.at, number, sizeof number, key->at, sizeof key->at);
	secret_wipe(number, sizeof number);
	return hash;
}

struct person_sealed person_seal(const struct feedback *feedback, struct person_hash hash, struct nik nik)
{
	struct person_sealed sealed;
	unsigned char number[NIK_BYTES];
	put_number(number, nik.n);
	seal_write(sealed.at, &feedback->conf.office_key, (struct str){(const char *)number, sizeof number},
	           (struct str){(const char *)hash.at, sizeof hash.at});
	secret_wipe(number, sizeof number);
	return sealed;
}

enum rc person_unseal(const struct feedback *feedback, struct str hash, struct str sealed, struct nik *ret, struct err *err)
{
	BUF_AUTO plain = BUF(NIK_BYTES); /* wiped when it is freed */
	struct err ignored;
	uint64_t n = 0;
	if (seal_open(&plain, &feedback->conf.office_key, sealed, hash, &ignored) != RC_OK || plain.n != NIK_BYTES)
		return FAIL(err, RC_BROKEN, "NIK pada data balikan tidak dapat dibuka dengan kunci kantor");
	for (int i = 0; i < NIK_BYTES; i++)
		n |= (uint64_t)(unsigned char)plain.at[i] << (8 * i);
	ret->n = (int64_t)n;
	return RC_OK;
}

struct told_hash told_hash(const struct feedback *feedback, struct str content)
{
	struct told_hash hash;
	crypto_generichash(hash.at, sizeof hash.at, (const unsigned char *)content.at, content.n, feedback->conf.hash_key.at,
	                   feedback->conf.hash_key.n);
	return hash;
}

static int compare(const void *left, const void *right)
{
	const struct person_place *l = left, *r = right;
	if (l->kejadian_id != r->kejadian_id)
		return l->kejadian_id < r->kejadian_id ? -1 : 1;
	int order = memcmp(l->hash.at, r->hash.at, sizeof l->hash.at);
	return order ? order : (l->at > r->at) - (l->at < r->at);
}

void person_places_sort(struct person_place *places, size_t n)
{
	qsort(places, n, sizeof *places, compare);
}

bool person_places_same(const struct person_place *a, const struct person_place *b)
{
	return a->kejadian_id == b->kejadian_id && memcmp(a->hash.at, b->hash.at, sizeof a->hash.at) == 0;
}
