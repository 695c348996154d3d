/* SPDX-License-Identifier: EUPL-1.2
 * backup/key.h - the pair of keys of backups: the public half makes them, the secret
 * half opens them and is kept where the server is not (decision 0045).
 *
 * Both are X25519 keys as one line of text, "padan-cadangan-publik:HEX:CHECK" and
 * "padan-cadangan-rahasia:HEX:CHECK"; the check finds a letter that was typed wrongly,
 * and the words keep one from being taken for the other. */
#pragma once
#include "base/base.h"

#define BACKUP_KEY_SIZE 32
#define BACKUP_KEY_TEXT_MAX 128
struct backup_public {
	unsigned char at[BACKUP_KEY_SIZE];
};
/* By which a key is called where it is needed: 16 hex digits. */
struct backup_mark {
	char z[17];
};

/* A new pair from the kernel's generator. RC_BROKEN: no locked memory. */
MUST_USE enum rc backup_key_make(struct secret *ret, struct err *err);
/* The public half of a secret one (asserted to have BACKUP_KEY_SIZE bytes). */
struct backup_public backup_key_public(const struct secret *secret);
struct backup_mark backup_key_mark(const struct backup_public *key);
/* The same kind of name for a master key; it tells nothing about the key itself. */
struct backup_mark backup_master_mark(const struct secret *master);

void backup_public_text(struct buf *out, const struct backup_public *key);
void backup_secret_text(struct buf *out, const struct secret *secret);
/* Blanks around it do not matter. RC_INVALID: no such key, or mistyped.
 * RC_REFUSED: it is a secret one, which has no place where a public one is asked for. */
MUST_USE enum rc backup_public_read(struct str text, struct backup_public *ret, struct err *err);
/* RC_INVALID as above, also when it is a public one. RC_BROKEN: no locked memory. */
MUST_USE enum rc backup_secret_read(struct str text, struct secret *ret, struct err *err);
