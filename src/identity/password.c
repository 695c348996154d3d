/* SPDX-License-Identifier: EUPL-1.2
 * identity/password.c - see password.h.
 *
 * The hash says itself what it cost (m=19456,t=2,p=1), so a later, dearer setting
 * leaves old ones readable. Whoever has no password is compared with `nobody`, a
 * hash of the same cost made of random bytes. */
#include "identity/password.h"

#include <assert.h>
#include <errno.h>
#include <sodium.h>

#include "identity/common_password.h"

#define OPSLIMIT 2
#define MEMLIMIT ((size_t)19 << 20)

static_assert(PASSWORD_HASH_MAX >= crypto_pwhash_STRBYTES, "room for libsodium's encoded form");

static const char nobody[crypto_pwhash_STRBYTES] =
        "$argon2id$v=19$m=19456,t=2,p=1$W7ozELZf1VTcNi4o7hueDw$G307csoNkJBd2zs4rnQvLdPDC4Mb72mYchfS7thlemo";

/* How many characters; the text is UTF-8 by now. */
static size_t count_characters(struct str text)
{
	size_t n = 0;
	for (size_t i = 0; i < text.n; i++)
		n += ((unsigned char)text.at[i] & 0xc0) != 0x80;
	return n;
}

static bool contains(struct str text, struct str part)
{
	for (size_t i = 0; part.n && i + part.n <= text.n; i++)
		if (str_ieq(str_sub(text, i, part.n), part))
			return true;
	return false;
}

static bool one_line(struct str text)
{
	return str_is_text(text) && !memchr(text.n ? text.at : "", '\n', text.n) && !memchr(text.n ? text.at : "", '\r', text.n);
}

enum rc password_check_rules(struct str password, struct str user_id, struct err *err)
{
	if (password.n > PASSWORD_MAX * 4)
		return FAIL(err, RC_INVALID, "kata sandi terlalu panjang: paling banyak %d karakter", PASSWORD_MAX);
	if (!one_line(password))
		return FAIL(err, RC_INVALID, "kata sandi memuat karakter yang tidak dapat dipakai");
	size_t n = count_characters(password);
	if (n < PASSWORD_MIN)
		return FAIL(err, RC_INVALID, "kata sandi terlalu pendek: paling sedikit %d karakter", PASSWORD_MIN);
	if (n > PASSWORD_MAX)
		return FAIL(err, RC_INVALID, "kata sandi terlalu panjang: paling banyak %d karakter", PASSWORD_MAX);
	if (contains(password, user_id))
		return FAIL(err, RC_INVALID, "kata sandi tidak boleh memuat user ID");
	if (common_password(password))
		return FAIL(err, RC_INVALID, "kata sandi ini terlalu umum dan mudah ditebak");
	return RC_OK;
}

static enum rc ready(struct err *err)
{
	return sodium_init() >= 0 ? RC_OK : FAIL(err, RC_BROKEN, "pustaka kriptografi tidak siap");
}

enum rc password_hash(struct str password, char out[PASSWORD_HASH_MAX], struct err *err)
{
	TRY(ready(err));
	if (crypto_pwhash_str_alg(out, password.at ? password.at : "", password.n, OPSLIMIT, MEMLIMIT,
	                          crypto_pwhash_ALG_ARGON2ID13) != 0)
		return FAIL(err, RC_BROKEN, "memori tidak cukup untuk memeriksa kata sandi");
	return RC_OK;
}

enum rc password_verify(struct str hash, struct str password, struct err *err)
{
	char stored[crypto_pwhash_STRBYTES] = {0};
	TRY(ready(err));
	bool known = hash.at && hash.n && hash.n < sizeof stored;
	memcpy(stored, known ? hash.at : nobody, known ? hash.n : sizeof nobody);
	errno = 0;
	if (crypto_pwhash_str_verify(stored, password.at ? password.at : "", password.n) == 0 && known)
		return RC_OK;
	if (errno == ENOMEM)
		return FAIL(err, RC_BROKEN, "memori tidak cukup untuk memeriksa kata sandi");
	return FAIL(err, RC_REFUSED, "kata sandi tidak cocok");
}

void password_one_time(char out[PASSWORD_ONE_TIME_SIZE])
{
	static const char letters[] = "23456789abcdefghjkmnpqrstuvwxyz"; /* without 0 o 1 i l */
	secret_random(out, PASSWORD_ONE_TIME_SIZE);                      /* also makes the generator ready */
	for (int i = 0; i < PASSWORD_ONE_TIME_SIZE - 1; i++)
		out[i] = i % 5 == 4 ? '-' : letters[randombytes_uniform(sizeof letters - 1)];
	out[PASSWORD_ONE_TIME_SIZE - 1] = '\0';
}
