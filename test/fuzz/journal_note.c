/* SPDX-License-Identifier: EUPL-1.2
 * Bytes as a verifier key, as a secret one, as a checkpoint (signed by us and by others), and as a
 * proof. What is read as a key must be written back the same; what is signed opens. */
#include <stdlib.h>

#include "journal/note_secret.h"
#include "journal/verify.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void try_key(struct str text)
{
	struct note_key key;
	BUF_AUTO back = BUF(512);
	if (note_key_read(text, &key) != RC_OK)
		return;
	note_key_text(&back, &key);
	size_t same = str_index(text, '+') + 1 + 8; /* the hash may stand in capitals */
	if (back.n != text.n || !str_eq(str_sub(text, same, text.n), str_sub(buf_str(&back), same, back.n)))
		abort();
}

static void try_secret(struct str text)
{
	struct note_secret secret, again;
	BUF_AUTO back = BUF(NOTE_SECRET_MAX);
	if (note_secret_read(text, &secret) != RC_OK)
		return;
	note_secret_text(&back, &secret);
	if (!buf_ok(&back) || note_secret_read(buf_str(&back), &again) != RC_OK ||
	    memcmp(secret.key.pub, again.key.pub, sizeof secret.key.pub) != 0)
		abort();
}

/* Whatever is a note takes one more signature, which is found again, or says why not. */
static void try_cosign(struct str text)
{
	static const char seed[] = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
	struct note_secret secret;
	struct str line;
	BUF_AUTO out = BUF(NOTE_MAX_BYTES);
	if (note_secret_read(str_c(seed), &secret) != RC_OK)
		abort();
	enum rc rc = note_secret_cosign(&out, text, &secret);
	if (rc == RC_OK && (note_signature(buf_str(&out), &secret.key, &line) != RC_OK || !str_starts(buf_str(&out), text)))
		abort();
	if (rc == RC_CONFLICT && (note_signature(text, &secret.key, &line) != RC_OK || line.at[line.n - 1] != '\n'))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str text = str_from((const char *)data, n);
	struct note_checkpoint checkpoint;
	struct note_key key;
	struct err err;
	try_key(text);
	try_secret(text);
	try_cosign(text);
	if (note_key_read(S("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"), &key) != RC_OK)
		abort();
	if (note_checkpoint_open(text, &key, &checkpoint) != RC_INVALID && (checkpoint.size < 0 || checkpoint.origin.n == 0))
		abort();
	if (verify_proof(text, &(struct verify_keys){0}, &err) == RC_BROKEN)
		abort();
	return 0;
}
