/* SPDX-License-Identifier: EUPL-1.2
 * journal/note_secret.h - the secret half of a note's key, as a file of one line.
 *
 * For whoever signs our checkpoints beside us, on a machine of his own: the office never has
 * one of these. The line is "PRIVATE+KEY+name+hash+base64" (type byte 1 and the 32 bytes of the
 * seed), as the reference implementation of signed notes writes it. */
#pragma once
#include "journal/note.h"

#define NOTE_SECRET_MAX 256
struct note_secret {
	struct note_key key;
	unsigned char seed[32];
};
/* A new one. RC_INVALID: name, as note_key_make(). */
MUST_USE enum rc note_secret_make(struct str name, struct note_secret *ret);
/* The line, without a newline. The caller wipes it. */
void note_secret_text(struct buf *out, const struct note_secret *secret);
/* RC_INVALID: not such a line, or its hash is not its own. */
MUST_USE enum rc note_secret_read(struct str line, struct note_secret *ret);
/* The note with one more line of signature behind the others. RC_INVALID: not a note.
 * RC_CONFLICT: this key signed it already. RC_LIMIT: it holds NOTE_SIGNATURES_MAX, or grows past
 * NOTE_MAX_BYTES. */
MUST_USE enum rc note_secret_cosign(struct buf *out, struct str note, const struct note_secret *secret);

/* What two people read to each other to know that they mean one key: the first 16 bytes of
 * SHA-256 over its public half, "a1b2 c3d4 ..." in eight groups. */
struct note_fingerprint {
	char z[40];
};
struct note_fingerprint note_fingerprint(const struct note_key *key);
