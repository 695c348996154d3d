/* SPDX-License-Identifier: EUPL-1.2
 * journal/note.c - see note.h. Signatures of keys that nobody asked about are
 * passed over, as the format wants: both parties may sign the same checkpoint. */
#include "journal/note.h"

#include <assert.h>
#include <sodium.h>

#include "journal/sha256.h"

#define TYPE_ED25519 1
#define SIGNATURE_BYTES (4 + crypto_sign_BYTES)

static bool name_is_fit(struct str name)
{
	if (name.n == 0 || name.n > NOTE_NAME_MAX || !str_is_text(name))
		return false;
	for (size_t i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.at[i];
		if (c <= ' ' || c == '+' || c == 0x7f)
			return false;
	}
	return true;
}

enum rc note_key_make(struct str name, const unsigned char pub[32], struct note_key *ret)
{
	unsigned char hash[SHA256_SIZE];
	if (!name_is_fit(name))
		return RC_INVALID;
	*ret = (struct note_key){0};
	memcpy(ret->name, name.at, name.n);
	memcpy(ret->pub, pub, sizeof ret->pub);
	sha256((struct str[]){name, S("\n\1"), str_from((const char *)pub, 32)}, 3, hash);
	memcpy(ret->hash, hash, sizeof ret->hash);
	return RC_OK;
}

void note_key_text(struct buf *out, const struct note_key *key)
{
	unsigned char typed[33] = {TYPE_ED25519};
	memcpy(typed + 1, key->pub, 32);
	buf_addz(out, key->name);
	buf_addc(out, '+');
	hex_add(out, str_from((const char *)key->hash, 4));
	buf_addc(out, '+');
	base64_add(out, str_from((const char *)typed, sizeof typed));
}

enum rc note_key_read(struct str vkey, struct note_key *ret)
{
	struct str name = str_split(&vkey, '+');
	struct str hex = str_split(&vkey, '+');
	unsigned char hash[4], typed[33];
	size_t n;
	if (!vkey.at)
		return RC_INVALID;
	TRY(hex_read(hex, hash, sizeof hash));
	if (base64_read(vkey, typed, sizeof typed, &n) != RC_OK || n != sizeof typed || typed[0] != TYPE_ED25519)
		return RC_INVALID;
	TRY(note_key_make(name, typed + 1, ret));
	return memcmp(hash, ret->hash, sizeof hash) == 0 ? RC_OK : RC_INVALID;
}

void note_checkpoint_write(struct buf *out, const struct note_checkpoint *checkpoint, const struct note_key *key,
                           const unsigned char secret[64])
{
	size_t begin = out->n;
	buf_add(out, checkpoint->origin);
	buf_addc(out, '\n');
	buf_add_int(out, checkpoint->size);
	buf_addc(out, '\n');
	base64_add(out, str_from((const char *)checkpoint->root.at, TREE_HASH));
	buf_addc(out, '\n');
	size_t end = out->n;
	buf_addc(out, '\n');
	if (buf_ok(out))
		note_sign(out, str_from(out->at + begin, end - begin), key, secret);
}

void note_sign(struct buf *out, struct str text, const struct note_key *key, const unsigned char secret[64])
{
	unsigned char signature[SIGNATURE_BYTES];
	memcpy(signature, key->hash, 4);
	crypto_sign_detached(signature + 4, NULL, (const unsigned char *)text.at, text.n, secret);
	buf_add(out, S("\u2014 "));
	buf_addz(out, key->name);
	buf_addc(out, ' ');
	base64_add(out, str_from((const char *)signature, sizeof signature));
	buf_addc(out, '\n');
}

/* Where the signatures begin: after the last empty line. 0: nowhere. */
static size_t signatures_at(struct str note)
{
	for (size_t i = note.n; i >= 2; i--) {
		if (note.at[i - 1] == '\n' && note.at[i - 2] == '\n')
			return i;
	}
	return 0;
}

/* One line of a signature. RC_REFUSED: somebody else's. */
static enum rc signature_check(struct str line, const struct note_key *key, struct str text)
{
	unsigned char bytes[256] = {0};
	size_t n;
	assert(key);
	if (!line.at || !str_starts(line, S("\u2014 ")))
		return RC_INVALID;
	line = str_sub(line, sizeof "\u2014 " - 1, line.n);
	struct str name = str_split(&line, ' ');
	if (!name_is_fit(name) || !line.at || base64_read(line, bytes, sizeof bytes, &n) != RC_OK || n < 5)
		return RC_INVALID;
	if (!str_eq(name, str_c(key->name)) || memcmp(bytes, key->hash, 4) != 0 || n != SIGNATURE_BYTES)
		return RC_REFUSED;
	return crypto_sign_verify_detached(bytes + 4, (const unsigned char *)text.at, text.n, key->pub) == 0 ? RC_OK : RC_REFUSED;
}

/* The first line that `key` signed, without its newline. */
static enum rc open_note(struct str note, const struct note_key *key, struct str *ret_text, struct str *ret_line)
{
	size_t at = signatures_at(note);
	if (note.n > NOTE_MAX_BYTES || at < 3 || at == note.n || note.at[note.n - 1] != '\n' || !str_is_text(note))
		return RC_INVALID;
	*ret_text = str_sub(note, 0, at - 1);
	struct str rest = str_sub(note, at, note.n - at - 1); /* without the last newline */
	bool found = false;
	for (int i = 0; rest.at; i++) {
		if (i == NOTE_SIGNATURES_MAX)
			return RC_INVALID;
		struct str line = str_split(&rest, '\n');
		enum rc rc = signature_check(line, key, *ret_text);
		if (rc == RC_INVALID)
			return rc;
		if (rc == RC_OK && !found)
			*ret_line = line;
		found = found || rc == RC_OK;
	}
	return found ? RC_OK : RC_REFUSED;
}

enum rc note_open(struct str note, const struct note_key *key, struct str *ret_text)
{
	struct str line = {NULL, 0};
	return open_note(note, key, ret_text, &line);
}

enum rc note_signature(struct str note, const struct note_key *key, struct str *ret_line)
{
	struct str text, line = {NULL, 0};
	TRY(open_note(note, key, &text, &line));
	*ret_line = str_from(line.at, line.n + 1); /* a note ends in a newline */
	return RC_OK;
}

enum rc note_cosigned(struct str note, const struct note_key *own, struct str vkey)
{
	struct note_key key;
	struct str line;
	if (note_key_read(vkey, &key) != RC_OK || memcmp(key.pub, own->pub, sizeof key.pub) == 0)
		return RC_INVALID;
	return note_signature(note, &key, &line) == RC_OK ? RC_OK : RC_REFUSED;
}

static enum rc checkpoint_read(struct str text, struct note_checkpoint *ret)
{
	size_t n;
	ret->origin = str_split(&text, '\n');
	struct str size = str_split(&text, '\n'), root = str_split(&text, '\n');
	if (!text.at || ret->origin.n == 0 || (size.n > 1 && size.at[0] == '0'))
		return RC_INVALID;
	TRY(str_int(size, 0, INT64_MAX, &ret->size));
	if (size.at[0] == '-')
		return RC_INVALID;
	return base64_read(root, ret->root.at, TREE_HASH, &n) == RC_OK && n == TREE_HASH ? RC_OK : RC_INVALID;
}

enum rc note_checkpoint_open(struct str note, const struct note_key *key, struct note_checkpoint *ret)
{
	struct str text;
	enum rc rc = note_open(note, key, &text);
	if (rc == RC_INVALID)
		return rc;
	return checkpoint_read(text, ret) == RC_OK ? rc : RC_INVALID;
}
