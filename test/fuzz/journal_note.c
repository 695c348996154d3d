/* SPDX-License-Identifier: EUPL-1.2
 * Bytes as a verifier key, as a checkpoint, and as a proof. What is read as a key
 * must be written back the same. */
#include <stdlib.h>

#include "journal/note.h"
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str text = str_from((const char *)data, n);
	struct note_checkpoint checkpoint;
	struct note_key key;
	struct err err;
	try_key(text);
	if (note_key_read(S("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"), &key) != RC_OK)
		abort();
	if (note_checkpoint_open(text, &key, &checkpoint) != RC_INVALID && (checkpoint.size < 0 || checkpoint.origin.n == 0))
		abort();
	if (verify_proof(text, &(struct verify_keys){0}, &err) == RC_BROKEN)
		abort();
	return 0;
}
