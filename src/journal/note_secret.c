/* SPDX-License-Identifier: EUPL-1.2
 * journal/note_secret.c - see note_secret.h. */
#include "journal/note_secret.h"

#include <assert.h>
#include <sodium.h>

#include "journal/sha256.h"

#define HEAD "PRIVATE+KEY+"
#define TYPE_ED25519 1
#define TYPED (1 + sizeof((struct note_secret){0}.seed))
#define GROUPS 8
#define GROUP 2 /* bytes */

_Static_assert(crypto_sign_SEEDBYTES == 32, "the seed of an Ed25519 pair");

/* The name's key for this seed; also its 64 bytes to sign with, which the caller wipes. */
static enum rc pair_of(struct str name, const unsigned char seed[32], struct note_key *ret, unsigned char ret_secret[64])
{
	unsigned char pub[crypto_sign_PUBLICKEYBYTES];
	assert(seed);
	crypto_sign_seed_keypair(pub, ret_secret, seed);
	return note_key_make(name, pub, ret);
}

enum rc note_secret_make(struct str name, struct note_secret *ret)
{
	unsigned char secret[64];
	randombytes_buf(ret->seed, sizeof ret->seed);
	enum rc rc = pair_of(name, ret->seed, &ret->key, secret);
	secret_wipe(secret, sizeof secret);
	return rc;
}

void note_secret_text(struct buf *out, const struct note_secret *secret)
{
	unsigned char typed[TYPED] = {TYPE_ED25519};
	memcpy(typed + 1, secret->seed, sizeof secret->seed);
	buf_addz(out, HEAD);
	buf_addz(out, secret->key.name);
	buf_addc(out, '+');
	hex_add(out, str_from((const char *)secret->key.hash, sizeof secret->key.hash));
	buf_addc(out, '+');
	base64_add(out, str_from((const char *)typed, sizeof typed));
	secret_wipe(typed, sizeof typed);
}

static enum rc typed_read(struct str name, struct str hex, const unsigned char typed[TYPED], struct note_secret *ret)
{
	unsigned char hash[4], secret[64];
	memcpy(ret->seed, typed + 1, sizeof ret->seed);
	TRY(hex_read(hex, hash, sizeof hash));
	enum rc rc = pair_of(name, ret->seed, &ret->key, secret);
	secret_wipe(secret, sizeof secret);
	if (rc != RC_OK)
		return rc;
	return memcmp(hash, ret->key.hash, sizeof hash) == 0 ? RC_OK : RC_INVALID;
}

enum rc note_secret_read(struct str line, struct note_secret *ret)
{
	unsigned char typed[TYPED];
	size_t n;
	if (!str_starts(line, S(HEAD)))
		return RC_INVALID;
	struct str rest = str_sub(line, sizeof HEAD - 1, line.n);
	struct str name = str_split(&rest, '+');
	struct str hex = str_split(&rest, '+');
	if (!rest.at || base64_read(rest, typed, sizeof typed, &n) != RC_OK || n != sizeof typed || typed[0] != TYPE_ED25519)
		return RC_INVALID;
	enum rc rc = typed_read(name, hex, typed, ret);
	secret_wipe(typed, sizeof typed);
	return rc;
}

static void sign(struct buf *out, struct str text, const struct note_secret *secret)
{
	struct note_key key;
	unsigned char bytes[64];
	if (pair_of(str_c(secret->key.name), secret->seed, &key, bytes) == RC_OK)
		note_sign(out, text, &key, bytes);
	else
		out->broken = true;
	secret_wipe(bytes, sizeof bytes);
}

enum rc note_secret_cosign(struct buf *out, struct str note, const struct note_secret *secret)
{
	struct str text;
	size_t begin = out->n;
	enum rc rc = note_open(note, &secret->key, &text);
	if (rc != RC_REFUSED)
		return rc == RC_OK ? RC_CONFLICT : rc;
	buf_add(out, note);
	sign(out, text, secret);
	if (!buf_ok(out))
		return RC_LIMIT;
	/* What is too long, or signed too often, is no note any more. */
	return note_open(str_sub(buf_str(out), begin, out->n), &secret->key, &text) == RC_OK ? RC_OK : RC_LIMIT;
}

struct note_fingerprint note_fingerprint(const struct note_key *key)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char hash[SHA256_SIZE];
	struct note_fingerprint ret = {{0}};
	size_t at = 0;
	sha256(&(struct str){(const char *)key->pub, sizeof key->pub}, 1, hash);
	for (size_t i = 0; i < (size_t)GROUPS * GROUP; i++) {
		if (i && i % GROUP == 0)
			ret.z[at++] = ' ';
		ret.z[at++] = digits[hash[i] >> 4];
		ret.z[at++] = digits[hash[i] & 15];
	}
	return ret;
}
