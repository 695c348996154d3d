/* SPDX-License-Identifier: EUPL-1.2
 * backup/key.c - see key.h. */
#include "backup/key.h"

#include <assert.h>
#include <sodium.h>

#define PUBLIC "padan-cadangan-publik:"
#define SECRET "padan-cadangan-rahasia:"
#define CHECK_SIZE 4
#define MARK_SIZE 8

_Static_assert(BACKUP_KEY_SIZE == crypto_box_PUBLICKEYBYTES && BACKUP_KEY_SIZE == crypto_box_SECRETKEYBYTES, "X25519");

static struct backup_mark mark_of(const unsigned char *key, size_t n, const char *what)
{
	unsigned char hash[32];
	struct backup_mark mark;
	crypto_generichash_state state;
	crypto_generichash_init(&state, NULL, 0, sizeof hash);
	crypto_generichash_update(&state, (const unsigned char *)what, strlen(what));
	crypto_generichash_update(&state, key, n);
	crypto_generichash_final(&state, hash, sizeof hash);
	sodium_bin2hex(mark.z, sizeof mark.z, hash, MARK_SIZE);
	secret_wipe(hash, sizeof hash);
	return mark;
}

enum rc backup_key_make(struct secret *ret, struct err *err)
{
	TRY(secret_new(ret, BACKUP_KEY_SIZE, err));
	secret_random(ret->at, ret->n);
	return RC_OK;
}

struct backup_public backup_key_public(const struct secret *secret)
{
	struct backup_public key;
	assert(secret->n == BACKUP_KEY_SIZE);
	int failed = crypto_scalarmult_base(key.at, secret->at);
	assert(failed == 0);
	(void)failed;
	return key;
}

struct backup_mark backup_key_mark(const struct backup_public *key)
{
	return mark_of(key->at, sizeof key->at, "padan-cadangan/kunci");
}

/* The master key has 256 bits of chance: nobody finds it by its hash. */
struct backup_mark backup_master_mark(const struct secret *master)
{
	return mark_of(master->at, master->n, "padan-cadangan/induk");
}

/* ---- as text ---- */

static void check_of(const char *prefix, const unsigned char *key, unsigned char ret[CHECK_SIZE])
{
	struct backup_mark mark = mark_of(key, BACKUP_KEY_SIZE, prefix);
	if (hex_read(str_from(mark.z, 2 * CHECK_SIZE), ret, CHECK_SIZE) != RC_OK)
		assert(!"a mark is hexadecimal");
}

static void key_text(struct buf *out, const char *prefix, const unsigned char *key)
{
	unsigned char check[CHECK_SIZE];
	check_of(prefix, key, check);
	buf_addz(out, prefix);
	hex_add(out, str_from((const char *)key, BACKUP_KEY_SIZE));
	buf_addc(out, ':');
	hex_add(out, str_from((const char *)check, sizeof check));
}

/* `rest` is what stands behind the prefix. */
static enum rc key_read(struct str rest, const char *prefix, unsigned char *ret)
{
	unsigned char check[CHECK_SIZE], typed[CHECK_SIZE];
	struct str hex = str_split(&rest, ':');
	if (hex_read(hex, ret, BACKUP_KEY_SIZE) != RC_OK || hex_read(rest, typed, sizeof typed) != RC_OK)
		return RC_INVALID;
	check_of(prefix, ret, check);
	return memcmp(check, typed, sizeof check) == 0 ? RC_OK : RC_INVALID;
}

void backup_public_text(struct buf *out, const struct backup_public *key)
{
	key_text(out, PUBLIC, key->at);
}

void backup_secret_text(struct buf *out, const struct secret *secret)
{
	assert(secret->n == BACKUP_KEY_SIZE);
	key_text(out, SECRET, secret->at);
}

enum rc backup_public_read(struct str text, struct backup_public *ret, struct err *err)
{
	text = str_trim(text);
	if (str_starts(text, S(SECRET)))
		return FAIL(err, RC_REFUSED,
		            "ini kunci rahasia cadangan; yang diminta kunci publiknya, dan yang rahasia tidak "
		            "boleh ada pada mesin ini");
	if (str_starts(text, S(PUBLIC)) && key_read(str_sub(text, strlen(PUBLIC), text.n), PUBLIC, ret->at) == RC_OK)
		return RC_OK;
	return FAIL(err, RC_INVALID, "bukan kunci publik cadangan (" PUBLIC "...), atau salah ketik");
}

enum rc backup_secret_read(struct str text, struct secret *ret, struct err *err)
{
	text = str_trim(text);
	if (str_starts(text, S(PUBLIC)))
		return FAIL(err, RC_INVALID, "ini kunci publik cadangan; yang diminta kunci rahasianya");
	if (!str_starts(text, S(SECRET)))
		return FAIL(err, RC_INVALID, "bukan kunci rahasia cadangan (" SECRET "...)");
	TRY(secret_new(ret, BACKUP_KEY_SIZE, err));
	if (key_read(str_sub(text, strlen(SECRET), text.n), SECRET, ret->at) == RC_OK)
		return RC_OK;
	secret_free(ret);
	return FAIL(err, RC_INVALID, "kunci rahasia cadangan salah ketik");
}
