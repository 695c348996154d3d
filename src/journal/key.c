/* SPDX-License-Identifier: EUPL-1.2
 * journal/key.c - see key.h. Two processes that make the same key at once end
 * with the one that was written first: insert if absent, then read back. */
#include "journal/key.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>

#include "journal/epoch.h"
#include "journal/journal.sql.h"

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
static_assert(NONCE + KEY_SIZE + crypto_aead_xchacha20poly1305_ietf_ABYTES == KEY_WRAPPED, "key.h tells the size");

struct key_name key_name_epoch(int epoch)
{
	struct key_name name;
	snprintf(name.z, sizeof name.z, "epoch/%s", epoch_text(epoch).z);
	return name;
}

struct key_name key_name_sign(int log_id)
{
	struct key_name name;
	snprintf(name.z, sizeof name.z, "sign/%d", log_id);
	return name;
}

static void wrap(const struct secret *master, const char *name, const unsigned char key[KEY_SIZE], unsigned char ret[KEY_WRAPPED])
{
	secret_random(ret, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(ret + NONCE, NULL, key, KEY_SIZE, (const unsigned char *)name, strlen(name),
	                                           NULL, ret, master->at);
}

enum rc key_unwrap(const struct secret *master, const char *name, struct str wrapped, unsigned char ret[KEY_SIZE],
                   struct err *err)
{
	const unsigned char *at = (const unsigned char *)wrapped.at;
	if (wrapped.n != KEY_WRAPPED ||
	    crypto_aead_xchacha20poly1305_ietf_decrypt(ret, NULL, NULL, at + NONCE, KEY_WRAPPED - NONCE,
	                                               (const unsigned char *)name, strlen(name), at, master->at) != 0)
		return FAIL(err, RC_REFUSED, "Kunci induk bukan kunci yang melindungi jurnal ini");
	return RC_OK;
}

enum rc key_find(struct tx *tx, const char *name, struct str *ret_wrapped, struct err *err)
{
	struct sql_journal_key_find row;
	TRY(sql_journal_key_find(tx, (struct sql_journal_key_find_in){.name = str_c(name)}, &row, err));
	if (!row.wrapped.at)
		return FAIL(err, RC_ABSENT, "Kunci masa ini telah dimusnahkan");
	*ret_wrapped = row.wrapped;
	return RC_OK;
}

enum rc key_find_or_make(struct tx *tx, const struct secret *master, const char *name, int64_t now_us, struct str *ret_wrapped,
                         struct err *err)
{
	unsigned char key[KEY_SIZE], wrapped[KEY_WRAPPED];
	secret_random(key, sizeof key);
	wrap(master, name, key, wrapped);
	secret_wipe(key, sizeof key);
	struct sql_journal_key_insert_in in = {
		.name = str_c(name), .wrapped = str_from((const char *)wrapped, sizeof wrapped), .made_us = now_us};
	TRY(sql_journal_key_insert(tx, in, NULL, err));
	return key_find(tx, name, ret_wrapped, err);
}
